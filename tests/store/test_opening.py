"""A start that is cut off or refused: nothing half made, and the good copy stays."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from borging.settings import ROOT
from borging.store import database, safety_copy, schema
from borging.store.commands.example import ensure_portfolio
from borging.store.unavailable import (
    CopyFailedError,
    EmptyDatabaseError,
    UpgradeFailedError,
)

AS_OF = date(2026, 11, 22)
BROKEN = """
from alembic import op

revision, down_revision, branch_labels, depends_on = "9000", "{head}", None, None


def upgrade() -> None:
    op.execute("CREATE TABLE added_later (id INTEGER)")
    op.execute("INSERT INTO nowhere VALUES (1)")
"""


@pytest.fixture(autouse=True)
def _fresh_engines() -> Iterator[None]:
    yield
    database.engine_for.cache_clear()


@pytest.fixture
def broken_upgrade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This program with one migration more, which fails half-way."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    script = BROKEN.format(head=database.head_revision())
    (folder / "versions" / "9000_later.py").write_text(script, encoding="utf-8")
    monkeypatch.setattr(schema, "MIGRATIONS", folder)


def _copies(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "kopie").glob("*"))


def test_a_start_that_is_cut_off_is_made_up_for_by_the_next(tmp_path: Path) -> None:
    """A sample of the moments; `python -m tools.cut_off_starts` tries all of them."""
    run = subprocess.run(
        [sys.executable, "-m", "tools.cut_off_starts", "--every", "90", "--from", "0001"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.count(" 0 faults") == 2


@pytest.mark.postgres
def test_a_start_that_is_cut_off_on_a_server_is_made_up_for_too() -> None:
    server = os.environ.get("BORGING_TEST_POSTGRES")
    if not server:
        pytest.skip("BORGING_TEST_POSTGRES is not set")
    run = subprocess.run(
        [
            *(sys.executable, "-m", "tools.cut_off_starts", "--every", "150"),
            *("--from", "0001", "--postgres", server),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_an_upgrade_that_fails_changes_nothing_and_names_the_copy(
    database_url: str, broken_upgrade: None, tmp_path: Path
) -> None:
    with pytest.raises(UpgradeFailedError, match="Er is niets in gewijzigd") as refusal:
        database.open_database(database_url)
    engine = database.engine_for(database_url)
    with engine.connect() as connection:
        assert not engine.dialect.has_table(connection, "added_later")
    assert database.schema_revision(engine) != "9000"
    if engine.dialect.name == "sqlite":
        (copy,) = _copies(tmp_path)
        assert str(copy) in str(refusal.value)


def test_trying_again_makes_no_second_copy_of_the_same(
    sqlite_url: str, broken_upgrade: None, tmp_path: Path
) -> None:
    for _ in range(3):
        with pytest.raises(UpgradeFailedError):
            database.open_database(sqlite_url)
    assert len(_copies(tmp_path)) == 1


def test_the_oldest_copy_is_never_removed(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safety_copy, "KEPT", 3)
    engine = database.engine_for(sqlite_url)
    made = []
    for number in range(6):
        with engine.begin() as connection:
            connection.execute(text(f"UPDATE revision SET number = {number + 100}"))
        made.append(database.copy_sqlite(engine, "voor-inlezen"))
    assert _copies(tmp_path) == [made[0], made[4], made[5]]


def test_a_copy_that_cannot_be_made_stops_the_work(sqlite_url: str, tmp_path: Path) -> None:
    engine = database.engine_for(sqlite_url)
    (tmp_path / "kopie").write_text("a file where the folder should be")
    with pytest.raises(CopyFailedError, match="Er is niets gewijzigd"):
        database.copy_sqlite(engine, "voor-inlezen")


@pytest.mark.parametrize("content", [b"", None])
def test_a_file_without_a_portfolio_is_refused_and_left_alone(
    tmp_path: Path, content: bytes | None
) -> None:
    """Of 0 bytes, or a database without a table: lost data must not look like a new start."""
    file = tmp_path / "portfolio.db"
    if content is None:
        with closing(sqlite3.connect(file)) as made:
            made.execute("PRAGMA user_version = 1")
            made.commit()
    else:
        file.write_bytes(content)
    before = file.stat().st_size
    with pytest.raises(EmptyDatabaseError, match="Zet een reservekopie terug"):
        ensure_portfolio(f"sqlite:///{file}", AS_OF, example=True)
    assert file.stat().st_size == before


def test_a_database_without_its_keys_is_refused(database_url: str) -> None:
    engine = database.engine_for(database_url)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM secret"))
    with pytest.raises(EmptyDatabaseError, match="secret"):
        database.open_database(database_url)
    engine.dispose()


def test_a_log_without_its_database_is_no_new_start(tmp_path: Path) -> None:
    file = tmp_path / "portfolio.db"
    file.with_name("portfolio.db-wal").write_bytes(b"writes of somebody")
    with pytest.raises(EmptyDatabaseError, match=r"portfolio\.db-wal"):
        ensure_portfolio(f"sqlite:///{file}", AS_OF, example=True)
    assert not file.exists()


def test_an_open_portfolio_never_makes_its_file_anew(sqlite_url: str) -> None:
    engine = database.engine_for(sqlite_url)
    file = Path(str(engine.url.database))
    file.unlink()
    with pytest.raises(OperationalError, match="unable to open"):
        database.revision(engine)
    assert not file.exists()
