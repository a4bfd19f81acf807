"""What the web server adds round the screens: health, security headers, Dutch as language."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from borging.settings import Settings
from borging.store import database

HEADERS = {
    "content-security-policy": (
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; "
        "frame-ancestors 'self'; base-uri 'self'; form-action 'self'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "SAMEORIGIN",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


def health(_request: Request) -> JSONResponse:
    """Say whether the portfolio can be read, and at which revision it is."""
    try:
        number = database.revision(database.engine_for(Settings().database_url))
    except SQLAlchemyError:
        return JSONResponse({"status": "database niet bereikbaar"}, status_code=503)
    return JSONResponse({"status": "ok", "revision": number})


class ShellMiddleware:
    """Adds the security headers to every answer and says that the page is in Dutch."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; change its answer on the way back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start: Message = {}
        body = bytearray()

        async def changed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message["headers"],
                    *((k.encode(), v.encode()) for k, v in HEADERS.items()),
                ]
                if _is_page(message):
                    start.update(message)
                    return
            elif start and message["type"] == "http.response.body":
                body.extend(message.get("body", b""))
                if message.get("more_body"):
                    return
                page = bytes(body).replace(b'<html lang="en"', b'<html lang="nl"', 1)
                await send(start)
                await send({"type": "http.response.body", "body": page})
                return
            await send(message)

        await self.app(scope, receive, changed)


def _is_page(start: Message) -> bool:
    """Whether an answer is the HTML shell; 'en' and 'nl' are equally long, so is the page."""
    return any(
        name.lower() == b"content-type" and value.startswith(b"text/html")
        for name, value in start["headers"]
    )


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Load the heavy libraries once and set them apart from garbage collection.

    Streamlit collects all garbage after every run of a script; with the libraries frozen that
    takes a quarter of the time.
    """
    import pandas  # noqa: F401
    import plotly.graph_objects  # noqa: F401
    import pyarrow  # noqa: F401

    gc.collect()
    gc.freeze()
    yield


ROUTES = [Route("/health", health)]
MIDDLEWARE = [Middleware(ShellMiddleware)]
LIFESPAN = lifespan
