"""When the revisions of the store are asked for again."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine

from borging.access.actor import UNKNOWN_LOCAL
from borging.store import database
from borging.ui import newest


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Engine]:
    """The questions to the database."""
    questions: list[Engine] = []
    real = database.revisions

    def revisions(engine: Engine) -> database.Revisions:
        questions.append(engine)
        return real(engine)

    monkeypatch.setattr(database, "revisions", revisions)
    return questions


def seen(engine: Engine) -> tuple[str, int]:
    """The address and the number of writes, as a cached read takes them."""
    url, revisions = newest.newest_key(engine)
    return url, revisions.number


def write(engine: Engine) -> None:
    with database.writing(engine, UNKNOWN_LOCAL) as transaction:
        transaction.record("test", "project", None, "Een proef")


def test_reads_in_a_row_ask_once(
    engine: Engine, asked: list[Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newest, "FRESH", 60)
    first = newest.newest_key(engine)
    assert [newest.newest_key(engine) for _ in range(5)] == [first] * 5
    assert len(asked) == 1


def test_a_write_of_this_process_is_seen_at_once(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newest, "FRESH", 60)
    for _ in range(3):
        url, before = seen(engine)
        write(engine)
        assert seen(engine) == (url, before + 1)


def test_a_write_of_another_process_is_seen_soon(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = database.engine_for(sqlite_url)
    moments = iter([0.0, 0.049, 0.051])
    monkeypatch.setattr(newest.time, "perf_counter", lambda: next(moments))
    url, before = seen(engine)
    with sqlite3.connect(engine.url.database or "") as other:
        other.execute("UPDATE revision SET number = number + 1")
    assert seen(engine) == (url, before)
    assert seen(engine) == (url, before + 1)


def test_another_database_is_asked_for_itself(
    engine: Engine, sqlite_template: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    shutil.copyfile(sqlite_template, other)
    url = f"sqlite:///{other}"
    first = newest.newest_key(engine)
    assert newest.newest_key(database.engine_for(url))[0] == url
    assert newest.newest_key(engine) == first
