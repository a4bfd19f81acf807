"""A server of one's own for a while: on a free port, with a database of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).resolve().parent.parent
SCAN_PROCESS = {"BORGING_MODE": "scan", "STREAMLIT_SERVER_MAX_MESSAGE_SIZE": "1"}
"""Environment of the scan process; `python -m borging scan serve` sets the same."""
START = 90
"""Seconds that a server may take to make its portfolio and answer."""


class ServerDidNotStartError(Exception):
    """The server ended, or did not answer in time; the message holds its last words."""


@dataclass(frozen=True)
class Server:
    """A server that runs. pid: id of its process."""

    address: str
    pid: int


@contextmanager
def serving(
    database: Path,
    script: Path = ROOT / "app.py",
    home: Path = ROOT,
    health: str = "/health",
    **more: str,
) -> Iterator[str]:
    """Start a script as `running` does; give its address."""
    with running(database, script, home, health, **more) as server:
        yield server.address


@contextmanager
def running(
    database: Path,
    script: Path = ROOT / "app.py",
    home: Path = ROOT,
    health: str = "/health",
    **more: str,
) -> Iterator[Server]:
    """Start a script with the settings of the app; give its address and its process.

    database: file of the SQLite portfolio; made and filled with the example when it is not there.
    home: folder to run in, whose .streamlit holds the settings of Streamlit.
    health: path that answers 'ok' once the server can be visited.
    more: variables of the environment.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "BORGING_DATABASE_URL": f"sqlite:///{database}",
        "BORGING_EXAMPLE": "true",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
        "STREAMLIT_SERVER_PORT": str(port),
        "STREAMLIT_SERVER_HEADLESS": "true",
        "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "none",
        **more,
    }
    log = database.with_suffix(".log")
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(script)],
            cwd=home,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_healthy(f"http://127.0.0.1:{port}{health}", server, log)
            yield Server(f"http://127.0.0.1:{port}", server.pid)
        finally:
            server.terminate()
            server.wait(20)


def _wait_until_healthy(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if b"ok" in answer.read()[:20]:
                    return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise ServerDidNotStartError(log.read_text(errors="replace")[-4000:])


def write_demo(database: Path, projects: int, home: Path = ROOT) -> None:
    """Make a SQLite portfolio with so many example projects, as the command line does.

    home: folder with the program that makes it.
    """
    address = f"sqlite:///{database}"
    demo = ["-m", "borging", "demo", "--projects", str(projects), "--database", address]
    subprocess.run([sys.executable, *demo], cwd=home, check=True, stdout=subprocess.DEVNULL)
