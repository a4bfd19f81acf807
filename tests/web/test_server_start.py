"""Which names reach the web server, and what it says when its portfolio cannot be opened."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from borging.settings import ROOT
from borging.store import database
from borging.web import server


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501", "localhost"])
def test_this_machine_may_open_the_app(host: str) -> None:
    assert is_host_allowed(host)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8501", "localhost.evil.example"])
def test_a_foreign_name_for_this_machine_may_not(host: str) -> None:
    assert not is_host_allowed(host)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("sqlite:////proc/nope/x.db", "het bestand of de map bestaat niet"),
        ("zomaar", "dit is geen adres van een database"),
        ("zomaar:///x", "dit soort database kent de app niet; gebruik SQLite of PostgreSQL"),
        ("postgresql://127.0.0.1:1/x", "op dat adres antwoordt geen server"),
    ],
)
def test_a_server_that_cannot_open_its_portfolio_says_so_in_one_dutch_sentence(
    url: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BORGING_DATABASE_URL", url)
    with pytest.raises(SystemExit) as refusal:
        server.open_portfolio()
    said = f"De database kan niet worden geopend: {why}. Controleer BORGING_DATABASE_URL."
    assert refusal.value.code == said
    assert refusal.value.__suppress_context__


def test_a_file_that_is_no_database_is_refused_in_dutch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "brief.db"
    path.write_text("geen database " * 100)
    monkeypatch.setenv("BORGING_DATABASE_URL", f"sqlite:///{path}")
    with pytest.raises(server.PortfolioUnreachableError, match="het bestand is geen database"):
        server.open_portfolio()


def test_a_server_without_that_user_or_database_is_refused_in_dutch(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = make_url(postgres_url)
    for change, why in (
        (address.set(database="weg"), "deze database bestaat niet op de server"),
        (address.set(username="weg"), "deze gebruiker bestaat niet op de server"),
    ):
        url = change.render_as_string(hide_password=False)
        monkeypatch.setenv("BORGING_DATABASE_URL", url)
        with pytest.raises(server.PortfolioUnreachableError, match=why):
            server.open_portfolio()


def ended(command: list[str], **more: str) -> tuple[int, str]:
    """Run a process that must end by itself; return its status and all that it said."""
    run = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "STREAMLIT_SERVER_HEADLESS": "true", **more},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    return run.returncode, run.stderr.strip()


def test_a_start_that_fails_says_one_sentence_and_ends_with_status_1(tmp_path: Path) -> None:
    other = tmp_path / "nieuwer.db"
    database.open_database(f"sqlite:///{other}").dispose()
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    app = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port=0"]
    status, said = ended(app, BORGING_DATABASE_URL=f"sqlite:///{other}")
    assert (status, len(said.splitlines())) == (1, 1), said
    assert "nieuwere versie van de Borgingsmonitor" in said


def test_a_scan_process_without_a_portfolio_says_one_sentence(tmp_path: Path) -> None:
    scan = [sys.executable, "-m", "borging", "scan", "serve", "--host", "x.nl", "--port", "0"]
    status, said = ended(scan, BORGING_DATABASE_URL=f"sqlite:///{tmp_path}/weg.db")
    assert (status, said) == (
        1,
        "Er is nog geen portfolio van deze versie. Start eerst de Borgingsmonitor zelf; die maakt "
        "haar of werkt haar bij.",
    )


def test_a_scan_process_on_a_port_that_is_taken_says_one_sentence() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        scan = [sys.executable, "-m", "borging", "scan", "serve", "--host", "x.nl"]
        status, said = ended([*scan, "--port", port])
    assert status == 1
    assert said.startswith(f"Het scanproces kan niet luisteren op 127.0.0.1, poort {port}: een ")
    assert len(said.splitlines()) == 1
