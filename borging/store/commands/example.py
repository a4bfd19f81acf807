"""The example portfolio in the store: made, removed, put back.

Removing hides the projects and what only they use; what belongs to a project is hidden with
it. Units, persons, goals and functions are found again by name, so that a portfolio that is made
anew keeps what other projects refer to.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, Connection, Engine, func, insert, or_, select, text, update
from sqlmodel import Session

from borging.access.actor import FIRST_START, Actor
from borging.domain.instruments import Instrument, load_instrument
from borging.example.draft import Numbering, Row
from borging.example.portfolio import TABLES, generate
from borging.settings import DATA
from borging.store import database
from borging.store.commands.example_rows import (
    STRUCTURE,
    T,
    erase_projects,
    hide,
    still_used,
    unhide,
)
from borging.store.schema import open_database
from borging.store.tables import EXAMPLE_SOURCE

INSTRUMENT = DATA / "instruments" / "nhs-borgingsscan.toml"
BATCH = 20_000


def has_example(engine: Engine) -> bool:
    """Say whether there are visible example projects."""
    return _any(engine, T["project"].c.deleted_at.is_(None))


def has_removed_example(engine: Engine) -> bool:
    """Say whether there is a removed example portfolio that can be put back."""
    return not has_example(engine) and _any(engine, T["project"].c.deleted_at.is_not(None))


def has_own_projects(engine: Engine) -> bool:
    """Return whether there are visible projects that are not of the example."""
    project = T["project"]
    own = or_(project.c.source.is_(None), project.c.source != EXAMPLE_SOURCE)
    found = select(project.c.id).where(own, project.c.deleted_at.is_(None)).limit(1)
    with engine.connect() as connection:
        return connection.execute(found).first() is not None


def _any(engine: Engine, condition: ColumnElement[bool]) -> bool:
    project = T["project"]
    found = select(project.c.id).where(project.c.source == EXAMPLE_SOURCE, condition).limit(1)
    with engine.connect() as connection:
        return connection.execute(found).first() is not None


def write_example(
    engine: Engine | Connection, actor: Actor, as_of: date, projects: int = 40, seed: int = 1
) -> int:
    """Make the example portfolio, in place of the one that is there; return its size.

    Other projects are left alone. What was added to the example projects is lost.

    Raises:
        ValueError: `projects` is not 1 up to and including 10,000; nothing was written.
    """
    with database.writing(engine, actor) as write:
        erase_projects(write.session)
        hide(write.session, datetime.now(UTC))
        instrument = load_instrument(INSTRUMENT)
        portfolio = generate(
            projects,
            seed,
            as_of,
            factors=tuple(factor.id for factor in instrument.factors),
            instrument_id=_instrument_id(write.session, instrument),
            numbering=_numbering(write.session),
        )
        for table, rows in portfolio.rows.items():
            _write_rows(write.session, table, rows)
        _raise_sequences(write.session)
        write.record(
            "write_example",
            "project",
            None,
            f"Voorbeeldportfolio van {projects} projecten gemaakt",
            projects=projects,
            seed=seed,
            as_of=as_of,
        )
    return projects


def remove_example(engine: Engine, actor: Actor) -> int:
    """Hide the example portfolio; return the number of projects hidden.

    Units, persons, goals and functions that other projects use stay; for the functions see
    `example_left`. `restore_example` takes it back.
    """
    if not has_example(engine):
        return 0
    with database.writing(engine, actor) as write:
        kept = still_used(write.session)["job_role"]
        hidden = hide(write.session, datetime.now(UTC))
        role = T["job_role"]
        named = (
            select(role.c.name)
            .where(role.c.id.in_(kept), role.c.deleted_at.is_(None))
            .order_by(role.c.name)
        )
        functions = list(write.session.execute(named).scalars())
        stays = f"; in gebruik en gebleven: {', '.join(functions)}" if functions else ""
        write.record(
            "remove_example",
            "project",
            None,
            f"Voorbeelddata verwijderd ({hidden} projecten){stays}",
            projects=hidden,
            functions=functions,
        )
    return hidden


def restore_example(engine: Engine, actor: Actor) -> None:
    """Show again what the last removal hid; without a removal nothing happens."""
    if has_example(engine):
        return
    project = T["project"]
    removal = select(func.max(project.c.deleted_at)).where(project.c.source == EXAMPLE_SOURCE)
    with database.writing(engine, actor) as write:
        stamp = write.session.execute(removal).scalar_one()
        if stamp is not None:
            unhide(write.session, stamp)
            write.record("restore_example", "project", None, "Voorbeelddata teruggezet")


def ensure_portfolio(url: str, as_of: date, example: bool) -> Engine:
    """Open, make or migrate a database; a new one gets the example if `example` says so.

    A start that is cut off leaves nothing: tables and example are written as one.

    Raises:
        DatabaseRefusedError: see `schema.open_database`.
    """

    def fill(connection: Connection) -> None:
        write_example(connection, FIRST_START, as_of)

    return open_database(url, fill if example else None)


def _instrument_id(session: Session, instrument: Instrument) -> int:
    table = T["instrument"]
    known = select(table.c.id).where(
        table.c.key == instrument.key, table.c.version == instrument.version
    )
    found = session.execute(known).scalar_one_or_none()
    if found is None:
        row = {"key": instrument.key, "version": instrument.version, "title": instrument.title}
        session.execute(insert(table), [row])
        found = session.execute(known).scalar_one()
    return int(found)


def _numbering(session: Session) -> Numbering:
    """Return the first free id per table and the ids of the structure that exists."""
    first, known = {}, {}
    for name in TABLES:
        if "id" in T[name].c:
            highest = session.execute(select(func.max(T[name].c.id))).scalar_one()
            first[name] = (highest or 0) + 1
    for name in STRUCTURE:
        table = T[name]
        words = table.c.title if name == "goal" else table.c.name
        mine = table.c.source == EXAMPLE_SOURCE
        if name == "job_role":
            mine |= table.c.source.is_(None) & table.c.deleted_at.is_(None)
        rows = select(words, table.c.id).where(mine).order_by(table.c.source.is_(None))
        known.update({(name, row[0]): row[1] for row in session.execute(rows)})
    return Numbering(first, known)


def _write_rows(session: Session, name: str, rows: list[Row]) -> None:
    """Insert rows in bulk; a unit, person, goal or function that exists is brought up to date."""
    table = T[name]
    if name in STRUCTURE:
        present = set(session.execute(select(table.c.id)).scalars())
        for row in rows:
            if row["id"] in present:
                change = update(table).where(
                    table.c.id == row["id"], table.c.source == EXAMPLE_SOURCE
                )
                session.execute(change.values(**row, deleted_at=None))
        rows = [row for row in rows if row["id"] not in present]
    if name == "leave_period":  # an own function gets no leave that is made up
        role = T["job_role"]
        own = set(session.execute(select(role.c.id).where(role.c.source.is_(None))).scalars())
        rows = [row for row in rows if row["job_role_id"] not in own]
    for start in range(0, len(rows), BATCH):
        session.execute(insert(table), rows[start : start + BATCH])


def _raise_sequences(session: Session) -> None:
    """Let PostgreSQL go on numbering after the ids that were given here."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for name in TABLES:
        if "id" in T[name].c:
            session.execute(
                text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}")
            )
