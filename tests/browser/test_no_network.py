"""The app and the scan process without a network: neither tries to leave this machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.browser.conftest import serving_without_network
from tools.local_server import ROOT, SCAN_PROCESS

PROGRAMS = {
    "a name": "import urllib.request; urllib.request.urlopen('http://example.org')",
    "an address": "import socket; socket.create_connection(('198.51.100.7', 80), 1)",
    "a datagram": "import socket as s; s.socket(s.AF_INET, s.SOCK_DGRAM).connect(('8.8.8.8', 1))",
}


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_an_attempt_to_leave_the_machine_fails_and_is_written_down(
    program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts = tmp_path / "attempts"
    monkeypatch.setenv("BORGING_TEST_OUTGOING", str(attempts))
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True)
    assert ended.returncode == 1
    assert attempts.read_text().startswith("socket.")


@pytest.mark.parametrize("mode", [{}, SCAN_PROCESS], ids=["app", "scan"])
def test_a_page_of_another_website_makes_no_process_leave_the_machine(
    mode: dict[str, str], sqlite_template: Path, tmp_path: Path
) -> None:
    file = tmp_path / "portfolio.db"
    file.write_bytes(sqlite_template.read_bytes())
    with serving_without_network(file, **mode) as url:
        for origin in ("https://evil.example", "http://192.0.2.1", "http://localhost:1", "null"):
            stream = f"ws://{urlsplit(url).netloc}/_stcore/stream"
            headers = {"Origin": origin}
            with pytest.raises(InvalidStatus), connect(stream, additional_headers=headers):
                pass
