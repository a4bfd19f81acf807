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
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).resolve().parent.parent
START = 90
"""Seconds that a server may take to make its portfolio and answer."""


class ServerDidNotStartError(Exception):
    """The server ended, or did not answer in time; the message holds its last words."""


@contextmanager
def serving(
    database: Path,
    script: Path = ROOT / "app.py",
    home: Path = ROOT,
    health: str = "/health",
    **more: str,
) -> Iterator[str]:
    """Start a script with the settings of the app; give its address.

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
        "PYTHONPATH": str(ROOT),
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
            yield f"http://127.0.0.1:{port}"
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


def write_demo(database: Path, projects: int) -> None:
    """Make a SQLite portfolio with so many example projects, as the command line does."""
    address = f"sqlite:///{database}"
    demo = ["-m", "borging", "demo", "--projects", str(projects), "--database", address]
    subprocess.run([sys.executable, *demo], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
