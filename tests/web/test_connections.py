"""Refusals before Streamlit: foreign names and origins, and too many websockets."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from borging.web import connections, log_limit
from borging.web.connections import Bounds, ConnectionLimit, same_origin
from borging.web.log_limit import limit_repeats
from borging.web.server import HANDLES, raise_handle_limit

NARROW = Bounds(total=3, per_client=2, burst=100, rate=0, first_message=5, silence=5)
HERE = (b"host", b"localhost:8501")


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer 'app'; keep a websocket open until it is disconnected."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"app"})
        return
    await send({"type": "websocket.accept"})
    while (await receive())["type"] != "websocket.disconnect":
        pass


class Client:
    """A browser that holds one websocket through the middleware."""

    def __init__(self, limit: ConnectionLimit, client: str = "10.0.0.1") -> None:
        self.incoming: asyncio.Queue[Message] = asyncio.Queue()
        self.sent: list[Message] = []
        scope = {"type": "websocket", "path": "/_stcore/stream", "headers": [HERE]}
        self.task = asyncio.ensure_future(
            limit({**scope, "client": (client, 1)}, self.incoming.get, self._send)
        )

    async def _send(self, message: Message) -> None:
        self.sent.append(message)

    async def said(self, *, text: str = "") -> list[str]:
        """Send a message when there is one; return the types of what came back so far."""
        if text:
            self.incoming.put_nowait({"type": "websocket.receive", "bytes": text.encode()})
        for _ in range(10):
            await asyncio.sleep(0)
        return [message["type"] for message in self.sent]

    async def leave(self) -> None:
        self.incoming.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await self.task


def get(limit: ConnectionLimit, *headers: tuple[bytes, bytes], client: str = "10.0.0.1") -> Any:
    """Ask for a page; return status, headers and body."""

    async def asked() -> Any:
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        scope = {"type": "http", "method": "GET", "path": "/", "client": (client, 1)}
        await limit({**scope, "headers": list(headers)}, receive, send)
        named = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return sent[0]["status"], named, b"".join(m.get("body", b"") for m in sent).decode()

    return asked()


def run(test: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(test(), 20))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("origin", "host", "allowed"),
    [
        (None, "localhost:8501", True),
        ("http://localhost:8501", "localhost:8501", True),
        ("https://SCAN.voorbeeld.nl", "scan.voorbeeld.nl", True),
        ("http://[::1]:8501", "[::1]:8501", True),
        ("http://localhost:8502", "localhost:8501", False),
        ("http://127.0.0.1:8501", "localhost:8501", False),
        ("https://localhost", "localhost:8501", False),
        ("https://evil.example", "localhost:8501", False),
        ("http://localhost:8501.evil.example", "localhost:8501", False),
        ("http://user@localhost:8501", "localhost:8501", False),
        ("http://[::1", "localhost:8501", False),
        ("null", "localhost:8501", False),
        ("", "", False),
        ("null", None, False),
    ],
)
def test_only_pages_of_this_server_may_connect(
    origin: str | None, host: str | None, allowed: bool
) -> None:
    assert same_origin(origin, host) is allowed


@pytest.mark.parametrize(
    ("headers", "status", "words"),
    [
        ([HERE], 200, "app"),
        ([(b"host", b"evil.example")], 421, connections.UNKNOWN_NAME),
        ([], 421, connections.UNKNOWN_NAME),
        ([HERE, (b"origin", b"https://evil.example")], 403, connections.FOREIGN_ORIGIN),
        ([HERE, (b"origin", b"http://localhost:8501")], 200, "app"),
    ],
)
def test_a_page_is_refused_by_name_and_by_origin(
    headers: list[tuple[bytes, bytes]], status: int, words: str
) -> None:
    async def test() -> None:
        answer = await get(ConnectionLimit(app, NARROW), *headers)
        assert (answer[0], answer[2]) == (status, words)

    run(test)


@pytest.mark.parametrize(
    "headers", [[(b"host", b"evil.example")], [HERE, (b"origin", b"https://evil.example")]]
)
def test_a_foreign_websocket_never_reaches_the_app(headers: list[tuple[bytes, bytes]]) -> None:
    async def test() -> None:
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        async def receive() -> Message:
            raise AssertionError("nothing is read of a refused connection")

        async def forbidden(scope: Scope, receive: Receive, send: Send) -> None:
            raise AssertionError("the app was reached")

        limit = ConnectionLimit(forbidden, NARROW)
        await limit({"type": "websocket", "path": "/", "headers": headers}, receive, send)
        assert [(each["type"], each["code"]) for each in sent] == [("websocket.close", 1008)]

    run(test)


def test_connections_are_bounded_per_address_and_in_all() -> None:
    async def test() -> None:
        limit = ConnectionLimit(app, NARROW)
        first, second = Client(limit), Client(limit)
        assert [await each.said() for each in (first, second)] == [["websocket.accept"]] * 2
        assert await Client(limit).said() == ["websocket.close"], "two for one address"
        other = Client(limit, "10.0.0.2")
        assert await other.said() == ["websocket.accept"]
        assert await Client(limit, "10.0.0.3").said() == ["websocket.close"], "three in all"
        await first.leave()
        assert await Client(limit, "10.0.0.3").said() == ["websocket.accept"]
        assert len(limit.open) == 3

    run(test)


def test_a_full_server_says_so_to_the_next_page_which_loads_itself_again() -> None:
    async def test() -> None:
        limit = ConnectionLimit(app, NARROW)
        page = (HERE, (b"accept", b"text/html,*/*"))
        clients = [Client(limit), Client(limit)]
        for each in clients:
            await each.said()
        status, headers, words = await get(limit, *page)
        assert (status, headers["refresh"]) == (503, "15")
        assert words.startswith("Er zijn op dit moment te veel mensen tegelijk bezig.")
        assert (await get(limit, *page, client="10.0.0.2"))[0] == 200
        assert (await get(limit, HERE))[0] == 200, "what an open page loads still comes"
        await clients[0].leave()
        assert (await get(limit, *page))[0] == 200

    run(test)


def test_a_flood_of_new_connections_is_refused_until_time_has_passed() -> None:
    async def test() -> None:
        limit = ConnectionLimit(app, Bounds(total=100, per_client=100, burst=5, rate=0.1))
        for _ in range(5):
            client = Client(limit)
            assert await client.said() == ["websocket.accept"]
            await client.leave()
        assert await Client(limit).said() == ["websocket.close"]
        assert await Client(limit, "10.0.0.2").said() == ["websocket.accept"]
        limit.new.buckets["10.0.0.1"].at -= 10
        assert await Client(limit).said() == ["websocket.accept"]

    run(test)


def test_a_silent_connection_yields_to_a_new_one_when_the_server_is_full() -> None:
    async def test() -> None:
        limit = ConnectionLimit(app, NARROW)
        silent, busy = Client(limit), Client(limit)
        for each in (silent, busy):
            await each.said(text="x")
        oldest = min(limit.open, key=lambda each: each.heard)
        oldest.heard -= NARROW.yields_after
        assert await Client(limit).said() == ["websocket.accept"]
        assert await silent.said() == ["websocket.accept", "websocket.close"]
        assert await busy.said() == ["websocket.accept"]
        assert len(limit.open) == 2

    run(test)


@pytest.mark.parametrize("text", ["", "x"])
def test_a_connection_that_stays_silent_is_closed(text: str) -> None:
    async def test() -> None:
        first, later = (0.05, 5.0) if not text else (5.0, 0.05)
        bounds = Bounds(3, 3, 100, 0, first_message=first, silence=later)
        limit = ConnectionLimit(app, bounds)
        client = Client(limit)
        await client.said(text=text)
        await asyncio.wait_for(client.task, 2)
        assert client.sent[-1] == {"type": "websocket.close", "code": 1001}
        assert not limit.open

    run(test)


def test_nothing_is_sent_on_a_connection_that_was_closed() -> None:
    async def test() -> None:
        async def late(scope: Scope, receive: Receive, send: Send) -> None:
            await app(scope, receive, send)
            await send({"type": "websocket.send", "bytes": b"late"})

        client = Client(ConnectionLimit(late, Bounds(3, 3, 9, 0, first_message=0.01)))
        await asyncio.wait_for(client.task, 2)
        assert await client.said() == ["websocket.accept", "websocket.close"]

    run(test)


def test_repeated_log_records_are_dropped() -> None:
    log, heard = logging.getLogger("tests.repeats"), logging.StreamHandler(io.StringIO())
    log.addHandler(heard)
    limit_repeats()
    limit_repeats()
    for number in range(100):
        log.warning("refused %d", number)
    log.warning("something else")
    log.removeHandler(heard)
    lines = heard.stream.getvalue().splitlines()
    assert len(lines) == log_limit.MOST + 1
    assert lines[0] == "refused 0"
    assert lines[log_limit.MOST - 1].endswith("(further records of this kind are dropped)")
    assert lines[-1] == "something else"


def test_log_records_are_written_again_in_the_next_period() -> None:
    limit = log_limit.RepeatLimit()
    record = logging.LogRecord("x", logging.INFO, "x.py", 1, "x", (), None)
    assert [limit.filter(record) for _ in range(30)].count(True) == log_limit.MOST
    limit.began -= log_limit.PERIOD
    assert limit.filter(record)


def test_this_process_may_open_more_handles_than_the_usual_limit() -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (1024, before[1]))
        raise_handle_limit()
        now = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        assert now == min(HANDLES, before[1])
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
