"""Writers that wait, a database that is busy or gone, and what health says of it."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool

from borging.access.actor import Actor
from borging.store import database, engines, guard, health
from borging.store.guard import Guard, guard_of
from borging.store.tables import Unit
from borging.store.unavailable import (
    ConnectionLostError,
    DatabaseBusyError,
    NotWrittenError,
    WritingStoppedError,
)
from tests.lock_holder import held

ANNA = Actor("Anna de Wit")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Wait half a second instead of ten."""
    for name in ("WAIT_FOR_LOCK", "WAIT_FOR_CONNECTION", "LONGEST_IDLE"):
        monkeypatch.setattr(engines, name, 0.5)
    database.engine_for.cache_clear()
    yield
    database.engine_for.cache_clear()


def add_unit(engine: Engine, name: str = "Wijk 1") -> None:
    with database.writing(engine, ANNA) as write:
        write.session.add(Unit(name=name, kind="team"))
        write.record("add_unit", "unit", None, f"{name} toegevoegd")


def count(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM unit")).scalar_one())


def test_another_process_that_writes_is_told_as_busy(impatient: None, database_url: str) -> None:
    engine = database.engine_for(database_url)
    with held(engine.url.render_as_string(hide_password=False)):
        with pytest.raises(DatabaseBusyError, match="Even geduld"):
            add_unit(engine)
        assert health.examine(engine) is None
    add_unit(engine)
    assert count(engine) == 1
    engine.dispose()


def test_a_writer_too_long_in_line_is_told_so(engine: Engine) -> None:
    with guard_of(engine).turn(), pytest.raises(DatabaseBusyError), guard_of(engine).turn(0.05):
        pass
    add_unit(engine)


def test_writers_get_their_turn_in_order_of_arrival() -> None:
    line, order = Guard(None), []

    def write(number: int) -> None:
        with line.turn():
            order.append(number)

    with line.turn():
        threads = []
        for number in range(8):
            threads.append(threading.Thread(target=write, args=(number,)))
            threads[-1].start()
            while len(line._waiting) <= number:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert order == list(range(8))


def test_fifty_writers_at_once_lose_nothing(
    impatient: None, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each waits longer in all than the database lets one of them wait.

    A writer that a busy machine holds up for half a second may stay idle in its transaction.
    """
    monkeypatch.setattr(engines, "LONGEST_IDLE", 60.0)
    engine = database.engine_for(database_url)

    def write(number: int) -> None:
        with database.writing(engine, ANNA) as writing:
            writing.session.add(Unit(name=f"Wijk {number}", kind="team"))
            time.sleep(0.02)

    with ThreadPoolExecutor(50) as pool:
        list(pool.map(write, range(50)))
    assert count(engine) == database.revision(engine) == 50
    engine.dispose()


@pytest.mark.postgres
def test_all_connections_in_use_is_told_as_busy(impatient: None, postgres_url: str) -> None:
    engine = database.engine_for(postgres_url)
    opened = [engine.connect() for _ in range(15)]
    with pytest.raises(DatabaseBusyError):
        add_unit(engine)
    for each in opened:
        each.close()
    engine.dispose()


@pytest.mark.postgres
def test_a_transaction_in_which_nothing_happens_is_ended(
    impatient: None, postgres_url: str
) -> None:
    engine = database.engine_for(postgres_url)
    with pytest.raises(DatabaseBusyError), database.writing(engine, ANNA):
        time.sleep(1.5)
    add_unit(engine)
    assert count(engine) == 1
    engine.dispose()


@pytest.mark.postgres
def test_a_connection_that_breaks_is_told_so(postgres_url: str) -> None:
    engine = database.engine_for(postgres_url)
    admin = create_engine(engine.url, poolclass=NullPool)

    def write_while_it_breaks() -> None:
        with database.writing(engine, ANNA) as write:
            ours = write.session.execute(text("SELECT pg_backend_pid()")).scalar_one()
            with admin.begin() as connection:
                connection.execute(text(f"SELECT pg_terminate_backend({ours})"))
            write.session.add(Unit(name="Wijk", kind="team"))

    with pytest.raises(ConnectionLostError):
        write_while_it_breaks()
    add_unit(engine)
    engine.dispose()
    database.engine_for.cache_clear()


@pytest.fixture
def file(sqlite_url: str) -> Iterator[Path]:
    engine = database.engine_for(sqlite_url)
    assert health.examine(engine) is None
    add_unit(engine)
    yield Path(str(engine.url.database))
    engine.dispose()
    database.engine_for.cache_clear()


def test_a_removed_file_takes_no_writes_until_it_is_back(sqlite_url: str, file: Path) -> None:
    engine = database.engine_for(sqlite_url)
    aside = file.rename(file.with_suffix(".weg"))
    with pytest.raises(WritingStoppedError, match="verwijderd of verplaatst"):
        add_unit(engine)
    for look in (health.glance, health.examine):
        fault = look(engine)
        assert fault is not None
        assert fault.status == health.MISPLACED
    aside.rename(file)
    assert health.examine(engine) is None
    add_unit(engine)


def test_a_replaced_file_takes_no_writes(sqlite_url: str, file: Path) -> None:
    engine = database.engine_for(sqlite_url)
    copy = file.with_suffix(".kopie")
    shutil.copyfile(file, copy)
    copy.replace(file)
    with pytest.raises(WritingStoppedError, match="een ander bestand"):
        add_unit(engine)
    fault = health.examine(engine)
    assert fault is not None
    assert fault.status == health.MISPLACED


def change(file: Path, statement: str) -> None:
    engine = create_engine(f"sqlite:///{file}", poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "status"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", health.OTHER_VERSION),
        ("UPDATE secret SET value = 'x'", health.OTHER_PORTFOLIO),
        ("DELETE FROM secret", health.OTHER_PORTFOLIO),
        ("DELETE FROM revision", health.DAMAGED),
    ],
)
def test_health_reads_the_database_and_stops_the_writing(
    sqlite_url: str, file: Path, statement: str, status: str
) -> None:
    engine = database.engine_for(sqlite_url)
    change(file, statement)
    fault = health.examine(engine)
    assert fault is not None
    assert fault.status == status
    with pytest.raises(WritingStoppedError):
        add_unit(engine)


def test_health_notices_a_log_that_was_removed(sqlite_url: str, file: Path) -> None:
    """The writes since the last checkpoint are then in a file without a name."""
    engine = database.engine_for(sqlite_url)
    for ending in ("-wal", "-shm"):
        Path(f"{file}{ending}").unlink()
    fault = health.examine(engine)
    assert fault is not None
    assert fault.status in (health.LOST, health.DAMAGED, health.NOT_WRITABLE)
    with pytest.raises(NotWrittenError):
        add_unit(engine)


def test_health_notices_damage(sqlite_url: str, file: Path) -> None:
    engine = database.engine_for(sqlite_url)
    database.wipe(engine)
    with file.open("r+b") as opened:
        opened.seek(4096 * 3)
        opened.write(b"\xff" * 4096 * 10)
    fault = health.examine(engine, thorough=True)
    assert fault is not None
    assert fault.status == health.DAMAGED


def test_a_disk_that_is_full_stops_the_writing(sqlite_url: str, file: Path) -> None:
    engine = database.engine_for(sqlite_url)

    def write_too_much() -> None:
        with database.writing(engine, ANNA) as write:
            write.session.execute(text("PRAGMA max_page_count = 1"))
            write.session.add_all([Unit(name="w" * 200, kind="team") for _ in range(1000)])

    with pytest.raises(WritingStoppedError, match="vol"):
        write_too_much()


def test_the_wait_in_line_is_bounded() -> None:
    assert guard.WAIT_IN_LINE < 30
