"""Cut off a start of the Borgingsmonitor at every statement, and start again.

    python -m tools.cut_off_starts [--every N] [--from REVISION …] [--postgres URL]

A child process ends itself without any cleaning up before or after statement k, for every k: of a
first start with the example, and of an upgrade from each older revision with data. The next start
must work and must have everything. Ends with status 1 and the cases when one does not.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import traceback
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.pool import NullPool

from borging.store import database
from borging.store.commands.example import ensure_portfolio

AS_OF = date(2026, 11, 22)
FIRST_START = "eerste start"
CUT, FAILED = 77, 1
OLD_ROWS = (
    "INSERT INTO unit (id, name, kind) VALUES (1, 'Thuiszorg', 'team')",
    "INSERT INTO person (id, name) VALUES (1, 'Anna de Wit')",
    "INSERT INTO project (id, code, title, state, unit_id) VALUES (1, 'P01', 'Zorg', 'running', 1)",
    "INSERT INTO instrument (id, key, version, title) VALUES (1, 'nhs', '1', 'Scan')",
    "INSERT INTO phase_record (id, project_id, phase, carried_by)"
    " VALUES (1, 1, 'handover', 'line')",
    "INSERT INTO scan (id, project_id, instrument_id, kind, scanned_on, min_answers)"
    " VALUES (1, 1, 1, 'individual', '2026-05-04', 4)",
    "INSERT INTO scan_response (id, scan_id) VALUES (1, 1)",
    "INSERT INTO factor_answer (response_id, factor, level) VALUES (1, 'fit', 'a')",
    "INSERT INTO residual_item (id, project_id, title, priority, created_on, version)"
    " VALUES (1, 1, 'Rechten', 'normal', '2026-05-04', 1)",
)
"""Rows that the tables of the first revision and all later ones take."""


@dataclass(frozen=True)
class Case:
    """One way to start. fresh: makes a database in the state before and returns its address."""

    name: str
    fresh: Callable[[], str]
    rows: dict[str, int]


def _count(url: str) -> dict[str, int]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        names = sorted(set(inspect(connection).get_table_names()) - {"alembic_version"})
        return {
            name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()
            for name in names
        }


def _in_child(work: Callable[[], None]) -> int:
    """Run `work` in a child process and return its status."""
    child = os.fork()
    if child == 0:
        status = FAILED
        try:
            work()
            status = 0
        finally:
            if status == FAILED:
                traceback.print_exc(limit=1)
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _start(url: str, cut_at: int | None) -> None:
    """Start once; end this process at moment `cut_at`: two moments per statement."""
    moments = 0

    def count(*_arguments: object) -> None:
        nonlocal moments
        if moments == cut_at:
            os._exit(CUT)
        moments += 1

    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, name, count)
    ensure_portfolio(url, AS_OF, example=True)


def _fault(url: str, before: dict[str, int]) -> str | None:
    """Return what is wrong with a database after the second start."""
    rows = _count(url)
    if not before:
        complete = (rows["project"], rows["revision"], rows["audit_entry"]) == (40, 1, 1)
        return None if complete else f"no whole example: {rows['project']} projects"
    lost = {name for name, number in before.items() if rows[name] < number}
    return f"rows lost from {sorted(lost)}" if lost else None


def cut_off(case: Case, every: int) -> tuple[int, list[str]]:
    """Cut off a start at every `every`th moment; return how often, and what went wrong."""
    faults: list[str] = []
    cut_at, times = 0, 0
    while True:
        url = case.fresh()
        status = _in_child(lambda url=url, at=cut_at: _start(url, at))  # type: ignore[misc]
        if status == 0:
            return times, faults
        if status != CUT:
            faults.append(f"{case.name}: the start itself failed at moment {cut_at}")
            return times, faults
        times += 1
        if _in_child(lambda url=url: _start(url, None)) != 0:  # type: ignore[misc]
            faults.append(f"{case.name}: no start after a cut at moment {cut_at}")
        elif fault := _fault(url, case.rows):
            faults.append(f"{case.name}: {fault} after a cut at moment {cut_at}")
        cut_at += every


def _prepare(url: str, revision: str) -> dict[str, int]:
    """Make a database of an older revision with a few rows, and count them."""
    engine = database.engine_for(url)
    database.migrate(engine, revision)
    with engine.begin() as connection:
        for statement in OLD_ROWS:
            connection.execute(text(statement))
    engine.dispose()
    database.engine_for.cache_clear()
    return _count(url)


def sqlite_case(folder: Path, revision: str | None) -> Case:
    """Return a start on SQLite: a first one, or an upgrade from `revision`."""

    def fresh() -> str:
        place = folder / uuid.uuid4().hex
        for old in folder.glob("*/"):
            shutil.rmtree(old)
        place.mkdir()
        if revision is not None:
            shutil.copyfile(folder / f"{revision}.db", place / "portfolio.db")
        return f"sqlite:///{place / 'portfolio.db'}"

    if revision is None:
        return Case(f"SQLite, {FIRST_START}", fresh, {})
    rows = _prepare(f"sqlite:///{folder / f'{revision}.db'}", revision)
    return Case(f"SQLite, van {revision}", fresh, rows)


@contextmanager
def postgres_case(server: str, revision: str | None) -> Iterator[Case]:
    """Give a start on PostgreSQL: a first one, or an upgrade from `revision`."""
    address = make_url(server).set(drivername="postgresql+psycopg")
    admin = create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    name = f"borging_cut_{uuid.uuid4().hex[:12]}"
    template = f"{name}_t"

    def run(*statements: str) -> None:
        with admin.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))

    def url_of(database_name: str) -> str:
        return address.set(database=database_name).render_as_string(hide_password=False)

    def fresh() -> str:
        run(
            f"DROP DATABASE IF EXISTS {name} WITH (FORCE)",
            f"CREATE DATABASE {name} TEMPLATE {template}",
        )
        return url_of(name)

    run(f"CREATE DATABASE {template}")
    try:
        rows = {} if revision is None else _prepare(url_of(template), revision)
        yield Case(f"PostgreSQL, {'van ' + revision if revision else FIRST_START}", fresh, rows)
    finally:
        run(
            f"DROP DATABASE IF EXISTS {name} WITH (FORCE)",
            f"DROP DATABASE {template} WITH (FORCE)",
        )


def main() -> int:
    """Run the cases that the command line names; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="take every Nth moment")
    parser.add_argument("--from", dest="revisions", nargs="*", default=["0001", "0004", "0008"])
    parser.add_argument("--postgres", help="address of a server on which databases may be made")
    asked = parser.parse_args()
    faults: list[str] = []
    for revision in (None, *asked.revisions):
        if asked.postgres:
            with postgres_case(asked.postgres, revision) as case:
                times, wrong = cut_off(case, asked.every)
        else:
            with tempfile.TemporaryDirectory() as folder:
                case = sqlite_case(Path(folder), revision)
                times, wrong = cut_off(case, asked.every)
        print(f"{case.name}: {times} times cut off, {len(wrong)} faults", flush=True)
        faults += wrong
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
