"""An address at which there is no screen leads to a screen that says so, in Dutch.

Streamlit sends its shell for every address; the browser then opens the first screen below a
dialog in English.
"""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from borging.ui import links

LONGEST = 80
"""Characters of an address that are passed on."""


class UnknownAddress:
    """Sends a browser that would get the shell for an unknown address to the screen for that."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and look at what kind of answer comes back."""
        if scope["type"] != "http" or scope["path"].strip("/") in links.addresses():
            await self.app(scope, receive, send)
            return
        redirected = False

        async def changed(message: Message) -> None:
            nonlocal redirected
            if message["type"] == "http.response.start" and _is_shell(message):
                redirected = True
                await send({"type": message["type"], "status": 307, "headers": _to(scope["path"])})
                await send({"type": "http.response.body"})
            elif not redirected:
                await send(message)

        await self.app(scope, receive, changed)


def _is_shell(start: Message) -> bool:
    """Return whether an answer is a page; all that is not a screen has another type."""
    return start["status"] in (200, 304) and any(
        name.lower() == b"content-type" and value.startswith(b"text/html")
        for name, value in start["headers"]
    )


def _to(path: str) -> list[tuple[bytes, bytes]]:
    query = urlencode({"adres": path[:LONGEST]})
    place = f"/{links.address('niet_gevonden')}?{query}"
    return [
        (b"location", place.encode()),
        (b"content-length", b"0"),
        (b"cache-control", b"no-store"),
    ]
