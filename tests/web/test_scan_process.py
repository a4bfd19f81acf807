"""The real scan process against visitors who ask too much of it."""

from __future__ import annotations

import os
import socket
import struct
import time
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from borging.settings import SCAN_MESSAGE_MEGABYTES
from borging.store import database
from borging.web.connections import FULL, RETRY, SCAN
from tools.local_server import SCAN_PROCESS, ServerDidNotStartError, serving

PROMISED = 150_000_000
"""Bytes that the header of an unfinished message promises."""


@dataclass(frozen=True)
class Process:
    """A running scan process.

    Attributes:
        port: its port on this machine.
        log: file with what it writes.
    """

    port: int
    log: Path

    def connected(self, origin: str | None = None) -> AbstractContextManager[ClientConnection]:
        """Open a websocket, as of a page with this origin."""
        address = f"ws://127.0.0.1:{self.port}/_stcore/stream"
        headers = {"Origin": origin} if origin else {}
        return connect(address, additional_headers=headers, open_timeout=10, max_size=None)

    def page(self, host: str = "127.0.0.1") -> tuple[int, str]:
        """Return status and words of the answering page."""
        headers = {"Host": f"{host}:{self.port}", "Accept": "text/html"}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/scan", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()

    def megabytes(self) -> float:
        """Return the memory of the process that listens, as Linux counts it."""
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                environment = status.with_name("environ").read_bytes()
                words = status.read_text()
            except OSError:
                continue
            if f"STREAMLIT_SERVER_PORT={self.port}\0".encode() in environment and "VmRSS" in words:
                return int(words.split("VmRSS:")[1].split()[0]) / 1024
        raise AssertionError("the process is gone")


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    file = tmp_path_factory.mktemp("scan") / "portfolio.db"
    database.open_database(f"sqlite:///{file}").dispose()
    database.engine_for.cache_clear()
    with serving(file, **SCAN_PROCESS) as address:
        yield Process(int(address.rpartition(":")[2]), file.with_suffix(".log"))


def test_pages_of_others_and_foreign_names_are_refused_at_once(process: Process) -> None:
    began = time.monotonic()
    for origin in ("https://evil.example", "http://localhost:1", "null"):
        for _ in range(4):
            with pytest.raises(InvalidStatus) as refusal, process.connected(origin):
                pass
            assert refusal.value.response.status_code == 403
    assert process.page("evil.example")[0] == 421
    assert process.page()[0] == 200
    assert time.monotonic() - began < 10, "nobody waits for an address on the internet"
    with process.connected(f"http://127.0.0.1:{process.port}"):
        pass


def test_more_phones_than_fit_are_told_so_and_the_others_go_on(process: Process) -> None:
    with ExitStack() as visitors:
        for _ in range(SCAN.per_client):
            visitors.enter_context(process.connected())
        with pytest.raises(InvalidStatus), process.connected():
            pass
        assert process.page() == (503, FULL.format(seconds=RETRY))
        with urllib.request.urlopen(f"http://127.0.0.1:{process.port}/health", timeout=10) as ok:
            assert ok.read() == b'{"status":"ok"}'
    deadline = time.monotonic() + 20
    while process.page()[0] != 200:
        assert time.monotonic() < deadline, "places come free when visitors leave"
        time.sleep(0.1)


def test_large_messages_take_no_memory(process: Process) -> None:
    before = process.megabytes()
    sockets = [unfinished(process.port) for _ in range(8)]
    for each in sockets:
        assert closed(each), "a message that promises too much is refused at its first bytes"
    with process.connected() as visitor:
        visitor.send(b"x" * (SCAN_MESSAGE_MEGABYTES * 1_000_000 + 1))
        with pytest.raises(ConnectionClosed) as ended:
            visitor.recv(timeout=10)
        assert ended.value.rcvd is not None
        assert ended.value.rcvd.code == 1009, "the message is too big"
    assert process.megabytes() - before < 40
    assert process.log.stat().st_size < 100_000


def unfinished(port: int) -> socket.socket:
    """Return a connection on which a message was begun that promises 150 MB, with 5 MB sent."""
    link = socket.create_connection(("127.0.0.1", port), timeout=10)
    key = b64encode(os.urandom(16)).decode()
    words = (
        f"GET /_stcore/stream HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    link.sendall(words.encode())
    while b"\r\n\r\n" not in (answer := link.recv(4096)):
        pass
    assert b"101" in answer
    link.sendall(b"\x82\xff" + struct.pack("!Q", PROMISED) + b"\0\0\0\0")
    with suppress(ConnectionError, TimeoutError):
        link.sendall(b"x" * 5_000_000)
    return link


def closed(link: socket.socket) -> bool:
    """Return whether the other side ends the connection."""
    try:
        while link.recv(65_536):
            pass
    except ConnectionError:
        return True
    except TimeoutError:
        return False
    return True


def test_a_scan_process_that_would_accept_large_messages_does_not_start(tmp_path: Path) -> None:
    file = tmp_path / "portfolio.db"
    with (
        pytest.raises(ServerDidNotStartError, match="STREAMLIT_SERVER_MAX_MESSAGE_SIZE op 1"),
        serving(file, BORGING_MODE="scan"),
    ):
        pass


def test_nobody_else_may_steer_the_page_from_a_frame(process: Process) -> None:
    url = f"http://127.0.0.1:{process.port}/_stcore/host-config"
    with urllib.request.urlopen(url, timeout=10) as answer:
        assert b'"allowedOrigins":[]' in answer.read()
