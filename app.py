"""The entry of the Borgingsmonitor: `streamlit run app.py`."""

import streamlit as st
from starlette.middleware import Middleware

from borging.settings import ROOT, settings
from borging.web import scan_door
from borging.web.connections import FULL_APP, SCAN, ConnectionLimit
from borging.web.server import LIFESPAN, MIDDLEWARE, ROUTES, open_portfolio, show_failure
from borging.web.unknown_address import UnknownAddress

mode = settings().mode
scan_door.check_address(st.get_option("server.address"), mode)
scan_door.check_message_size(st.get_option("server.maxMessageSize"), mode)
open_portfolio()
app = st.App(
    ROOT / "borging" / "ui" / "main.py",
    routes=ROUTES,
    middleware=[
        *MIDDLEWARE,
        Middleware(ConnectionLimit, bounds=SCAN if mode == "scan" else FULL_APP),
        Middleware(scan_door.ScanDoor),
        Middleware(UnknownAddress),
    ],
    lifespan=LIFESPAN,
    on_script_error=show_failure,
)
