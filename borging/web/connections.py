"""Bounds on whoever connects, checked before Streamlit sees the request.

A permitted name (`Host`), an origin of this server itself, and a bound on the websockets that are
open: in all, per client address, per new connection, and on silence. Each websocket is a session
of Streamlit with a thread, some handles and memory of its own, and Streamlit has no bound.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from borging.web.token_bucket import BucketPerClient, network_of

UNKNOWN_NAME = (
    "Deze naam is niet toegestaan voor deze server. Gebruik het adres dat u van uw beheerder kreeg."
)
FOREIGN_ORIGIN = "Dit verzoek komt van een andere website en wordt niet uitgevoerd."
FULL = (
    "Er zijn op dit moment te veel mensen tegelijk bezig. Deze pagina probeert het over "
    "{seconds} seconden vanzelf opnieuw; wat u al had ingevuld blijft bewaard."
)
RETRY = 15
"""Seconds after which the page that says that the server is full loads itself again."""


@dataclass(frozen=True)
class Bounds:
    """Bounds on websockets.

    Attributes:
        total: most that are open at once.
        per_client: most that are open at once from one client address.
        burst: most new ones at once from one client address.
        rate: new ones per second from one client address, after the burst.
        first_message: seconds in which a new connection must send something; a browser does so
            at once.
        silence: seconds without a message after which a connection is closed. A browser that is
            still there connects again and goes on with the same session.
        yields_after: seconds of silence after which a connection yields to a new one when the
            server is full.
    """

    total: int
    per_client: int
    burst: float
    rate: float
    first_message: float = 30
    silence: float = 3600
    yields_after: float = 300


FULL_APP = Bounds(total=500, per_client=500, burst=500, rate=20)
"""The app itself: it listens to this machine alone, so that all visitors share one address."""
SCAN = Bounds(total=300, per_client=150, burst=200, rate=2)
"""The scan process. A meeting or a location behind one address fits in `per_client`."""


@dataclass(eq=False)
class Connection:
    """One open websocket.

    Attributes:
        client: network of the client address (see `network_of`).
        heard: moment of the last message, on the monotonic clock.
        spoke: whether a message has come in.
        yielding: set when the connection must make room.
    """

    client: str
    heard: float
    spoke: bool = False
    yielding: asyncio.Event = field(default_factory=asyncio.Event)


class ConnectionLimit:
    """ASGI middleware that refuses foreign names and origins, and bounds the websockets."""

    def __init__(self, app: ASGIApp, bounds: Bounds) -> None:
        self.app = app
        self.bounds = bounds
        self.open: set[Connection] = set()
        self.new = BucketPerClient(bounds.burst, bounds.rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not is_host_allowed(headers.get("host")):
            await refuse(scope, receive, send, UNKNOWN_NAME, 421)
        elif not same_origin(headers.get("origin"), headers.get("host")):
            await refuse(scope, receive, send, FOREIGN_ORIGIN, 403)
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        elif self._is_page(scope, headers) and self._full(_client(scope), time.monotonic()):
            await _say_full(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    @staticmethod
    def _is_page(scope: Scope, headers: Headers) -> bool:
        return scope["method"] == "GET" and "text/html" in headers.get("accept", "")

    def _full(self, client: str, now: float) -> bool:
        """Return whether a new connection of this client would be refused."""
        if self.new.tokens(client, now) < 1:
            return True
        if Counter(each.client for each in self.open)[client] >= self.bounds.per_client:
            return self._longest_silent(now, client) is None
        return len(self.open) >= self.bounds.total and self._longest_silent(now) is None

    def _longest_silent(self, now: float, client: str | None = None) -> Connection | None:
        """Return the connection that yields first; None when all were heard recently."""
        silent = [
            each
            for each in self.open
            if now - each.heard >= self.bounds.yields_after
            and not each.yielding.is_set()
            and client in (None, each.client)
        ]
        return min(silent, key=lambda each: each.heard, default=None)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        client, now = _client(scope), time.monotonic()
        if self._full(client, now):
            await refuse(scope, receive, send, "", 1013)
            return
        self.new.take(client, now)
        mine = Counter(each.client for each in self.open)[client]
        if mine >= self.bounds.per_client:
            self._yield(self._longest_silent(now, client))
        elif len(self.open) >= self.bounds.total:
            self._yield(self._longest_silent(now))
        connection = Connection(client, now)
        self.open.add(connection)
        try:
            await self.app(scope, *self._watched(connection, receive, send))
        finally:
            self.open.discard(connection)

    def _yield(self, connection: Connection | None) -> None:
        """Let a connection go; it no longer counts."""
        if connection is not None:
            connection.yielding.set()
            self.open.discard(connection)

    def _watched(
        self, connection: Connection, receive: Receive, send: Send
    ) -> tuple[Receive, Send]:
        """Return receive and send that end the connection on silence or when it must yield."""
        closed = False

        async def watched_receive() -> Message:
            nonlocal closed
            message = await self._next_message(connection, receive)
            if message is None:
                closed = True
                await send({"type": "websocket.close", "code": 1001})
                return {"type": "websocket.disconnect", "code": 1001}
            if message["type"] == "websocket.receive":
                connection.heard, connection.spoke = time.monotonic(), True
            return message

        async def watched_send(message: Message) -> None:
            if not closed:
                await send(message)

        return watched_receive, watched_send

    async def _next_message(self, connection: Connection, receive: Receive) -> Message | None:
        """Return the next message; None after too long a silence, or when it must yield."""
        patience = self.bounds.silence if connection.spoke else self.bounds.first_message
        message = asyncio.ensure_future(receive())
        yielding = asyncio.ensure_future(connection.yielding.wait())
        try:
            await asyncio.wait(
                (message, yielding), timeout=patience, return_when=asyncio.FIRST_COMPLETED
            )
            return message.result() if message.done() else None
        finally:
            yielding.cancel()
            if not message.done():
                message.cancel()


def same_origin(origin: str | None, host: str | None) -> bool:
    """Return whether a request comes from a page of this server, or from no page at all.

    Streamlit compares any other origin with the addresses of this machine, and asks a server on
    the internet for its outer address to do so, with everybody waiting.
    """
    if origin is None:
        return True
    if origin in st.get_option("server.corsAllowedOrigins"):
        return True
    try:
        return urlsplit(origin).netloc.lower() == (host or "").lower() != ""
    except ValueError:
        return False


def _client(scope: Scope) -> str:
    client = scope.get("client")
    return network_of(client[0] if client else "")


async def refuse(scope: Scope, receive: Receive, send: Send, words: str, status: int) -> None:
    """Refuse a request with a sentence, or a websocket without one."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": ""})
        return
    headers = {"referrer-policy": "no-referrer", "cache-control": "no-store"}
    await PlainTextResponse(words, status, headers)(scope, receive, send)


async def _say_full(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a page that could not connect: a sentence that loads the page again by itself."""
    headers = {
        "referrer-policy": "no-referrer",
        "cache-control": "no-store",
        "retry-after": str(RETRY),
        "refresh": str(RETRY),
    }
    words = FULL.format(seconds=RETRY)
    await PlainTextResponse(words, 503, headers)(scope, receive, send)
