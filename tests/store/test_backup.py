"""A copy that somebody asks for: whole and checked, or nothing and a sentence."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from borging.access.actor import COMMAND_LINE
from borging.cli.main import app
from borging.store import database
from borging.store.backup import back_up
from borging.store.unavailable import CopyFailedError


def backup(target: Path, url: str) -> tuple[int, str]:
    run = CliRunner().invoke(app, ["backup", str(target), "--database", url])
    return run.exit_code, run.output.strip()


def test_a_copy_holds_what_was_written_also_while_the_app_runs(
    sqlite_url: str, tmp_path: Path
) -> None:
    engine = database.engine_for(sqlite_url)
    with database.writing(engine, COMMAND_LINE):
        pass
    target = tmp_path / "kopie.db"
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
        status, said = backup(target, sqlite_url)
    assert status == 0
    assert f"gekopieerd naar {target}, en de kopie is gecontroleerd." in said
    assert database.revision(database.engine_for(f"sqlite:///{target}")) == 1
    assert [path.name for path in tmp_path.glob("*.deel")] == []


def test_a_folder_gets_a_copy_with_the_same_name(sqlite_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "kopieën"
    folder.mkdir()
    back_up(sqlite_url, folder)
    assert [path.name for path in folder.iterdir()] == ["portfolio.db"]


def test_a_database_that_is_not_there_gives_no_copy(tmp_path: Path) -> None:
    source, target = tmp_path / "weg.db", tmp_path / "kopie.db"
    status, said = backup(target, f"sqlite:///{source}")
    assert status == 1
    assert said.startswith(f"Het bestand {source} is er niet, dus er is niets gekopieerd.")
    assert list(tmp_path.iterdir()) == []


def test_a_copy_never_goes_over_something_else(sqlite_url: str, tmp_path: Path) -> None:
    target = tmp_path / "kopie.db"
    target.write_text("van iemand anders")
    status, said = backup(target, sqlite_url)
    assert status == 1
    assert said == f"{target} bestaat al; kies een andere naam. Er is niets gekopieerd."
    assert target.read_text() == "van iemand anders"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "het bestand is geen portfolio van de Borgingsmonitor"),
        (b"geen database " * 100, "het bestand is geen database"),
    ],
)
def test_what_is_no_portfolio_gives_no_copy(content: bytes, why: str, tmp_path: Path) -> None:
    source, target = tmp_path / "bron.db", tmp_path / "kopie.db"
    source.write_bytes(content)
    status, said = backup(target, f"sqlite:///{source}")
    assert status == 1
    assert why in said
    assert [path.name for path in tmp_path.iterdir()] == ["bron.db"]


def test_a_damaged_database_gives_no_copy(sqlite_url: str, tmp_path: Path) -> None:
    source, target = Path(sqlite_url.removeprefix("sqlite:///")), tmp_path / "kopie.db"
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    content = bytearray(source.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 8192] = b"\xff" * 8192
    source.write_bytes(content)
    with pytest.raises(CopyFailedError, match="beschadigd"):
        back_up(sqlite_url, target)
    assert not target.exists()


def test_a_folder_that_is_not_there_is_told(sqlite_url: str, tmp_path: Path) -> None:
    status, said = backup(tmp_path / "weg" / "kopie.db", sqlite_url)
    assert status == 1
    assert "bestaat niet" in said


@pytest.mark.parametrize("url", ["postgresql://127.0.0.1/x", "sqlite://"])
def test_what_is_not_in_a_file_is_copied_elsewhere(url: str, tmp_path: Path) -> None:
    status, said = backup(tmp_path / "kopie.db", url)
    assert status == 1
    assert "pg_dump" in said
