"""What the web server adds round the screens: health, security headers, Dutch as language."""

from __future__ import annotations

import logging
import re
import sys
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from hashlib import sha256
from typing import Any

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from borging import clock
from borging.domain.causes import cause
from borging.settings import settings
from borging.store import database, health
from borging.store.commands import example
from borging.store.unavailable import DatabaseRefusedError
from borging.ui import refused_writes
from borging.web import garbage, shell
from borging.web.health_watch import watching
from borging.web.log_limit import limit_repeats

log = logging.getLogger(__name__)

POLICY = (
    "default-src 'self'; script-src 'self'{scripts}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; "
    "frame-ancestors 'self'; base-uri 'self'; form-action 'self'"
)
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "SAMEORIGIN",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
HANDLES = 16_384
"""Most open files and connections of this process, where the system permits them."""
INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


class PortfolioUnreachableError(SystemExit):
    """The server cannot start because the portfolio cannot be opened; the message is Dutch."""


def answer_health(_request: Request) -> JSONResponse:
    """Say whether the portfolio can be read and written; nothing that tells who writes when."""
    fault = health.glance(database.engine_for(settings().database_url))
    if fault is not None:
        return JSONResponse({"status": fault.status}, status_code=503)
    return JSONResponse({"status": "ok"})


class ShellMiddleware:
    """Adds the security headers to every answer and changes the page (see `shell.changed`)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; change its answer on the way back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if _wants_page(scope):
            names = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
            scope = {**scope, "headers": names}
        start: dict[str, Any] = {}
        body = bytearray()

        async def changed(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                start.update(message)
            elif message["type"] == "http.response.start":
                await send(_with_headers(message, b""))
            elif start:
                body.extend(message.get("body", b""))
                if not message.get("more_body"):
                    page = shell.changed(bytes(body))
                    await send(_with_headers(_of_length(start, len(page)), page))
                    await send({"type": "http.response.body", "body": page})
            else:
                await send(message)

        await self.app(scope, receive, changed)


def _wants_page(scope: Scope) -> bool:
    """Whether a browser asks for the shell, which must come uncompressed to be changed."""
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])


def _is_page(start: Message) -> bool:
    """Whether an answer is the HTML shell."""
    return any(
        name.lower() == b"content-type" and value.startswith(b"text/html")
        for name, value in start["headers"]
    )


def _of_length(start: Message, length: int) -> Message:
    """Return the start of the changed shell: its own length, and no mark of the file it was.

    By that mark a browser would keep a shell of an earlier version.
    """
    theirs = (b"content-length", b"etag", b"last-modified")
    kept = [pair for pair in start["headers"] if pair[0].lower() not in theirs]
    return {**start, "headers": [*kept, (b"content-length", str(length).encode())]}


def _with_headers(start: Message, page: bytes) -> Message:
    """Return the start of an answer with the security headers it does not have yet.

    The shell holds a small script of Streamlit's own; it may run because its hash is named.
    """
    digests = [b64encode(sha256(each).digest()).decode() for each in INLINE_SCRIPT.findall(page)]
    policy = POLICY.format(scripts="".join(f" 'sha256-{each}'" for each in digests))
    added = {"content-security-policy": policy, **HEADERS}
    present = {name.lower() for name, _value in start["headers"]}
    missing = [(k.encode(), v.encode()) for k, v in added.items() if k.encode() not in present]
    names = [*start["headers"], *missing]
    return {**start, "headers": names}


def show_failure(error: Exception) -> bool:
    """Say in Dutch that a screen failed, and log why under the same moment; True: said so.

    A write that the database could not take now is no failure: the screen is drawn anew, with
    what was filled in.
    """
    if refused_writes.redraw(error):
        return True
    moment = datetime.now(clock.ZONE).strftime("%d-%m-%Y %H:%M:%S")
    log.error("A screen failed at %s", moment, exc_info=error)
    st.error(
        f"{refused_writes.why(error)} Wat u eerder heeft vastgelegd is bewaard. Gaat het weer "
        f"mis, geef dan dit tijdstip door aan uw beheerder: {moment}."
    )
    st.button("Probeer opnieuw", type="primary", key="teken_opnieuw")
    return True


def raise_handle_limit() -> None:
    """Let this process open as many files and connections as the system permits.

    The usual soft limit of 1,024 is reached by some 250 visitors; Windows has no such limit.
    """
    if sys.platform != "win32":
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = HANDLES if hard == resource.RLIM_INFINITY else min(hard, HANDLES)
        if soft != resource.RLIM_INFINITY:
            resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))


def open_portfolio() -> None:
    """Make, update or look at the database before the server answers anybody.

    The entry calls this and not `lifespan`: what is raised there is told with a traceback.

    Raises:
        PortfolioUnreachableError: it cannot be used; the process ends with this sentence alone.
    """
    chosen = settings()
    try:
        if chosen.mode == "scan":
            database.require_current(chosen.database_url)
        else:
            example.ensure_portfolio(chosen.database_url, clock.today(), chosen.example)
    except DatabaseRefusedError as error:
        raise PortfolioUnreachableError(str(error)) from None
    except (SQLAlchemyError, OSError, ModuleNotFoundError) as error:
        raise PortfolioUnreachableError(
            f"De database kan niet worden geopend: {cause(error)}. Controleer BORGING_DATABASE_URL."
        ) from None


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Load the heavy libraries and collect garbage on a schedule of our own."""
    import pandas  # noqa: F401
    import plotly.graph_objects  # noqa: F401
    import pyarrow  # noqa: F401

    raise_handle_limit()
    limit_repeats()
    async with garbage.collecting(), watching(database.engine_for(settings().database_url)):
        yield


ROUTES = [Route("/health", answer_health)]
MIDDLEWARE = [Middleware(ShellMiddleware)]
LIFESPAN = lifespan
