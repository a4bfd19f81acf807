"""The entry of the Borgingsmonitor: `streamlit run app.py`."""

import streamlit as st

from borging.server import LIFESPAN, MIDDLEWARE, ROUTES, show_failure
from borging.settings import ROOT

app = st.App(
    ROOT / "borging" / "ui" / "main.py",
    routes=ROUTES,
    middleware=MIDDLEWARE,
    lifespan=LIFESPAN,
    on_script_error=show_failure,
)
