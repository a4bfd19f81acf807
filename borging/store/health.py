"""Proof that a portfolio can be read and written, in the place where it should be."""

from __future__ import annotations

import hashlib
import secrets

from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.exc import SQLAlchemyError

from borging.store.engines import fresh_engine
from borging.store.failures import refusal_of
from borging.store.guard import Fault, Guard, guard_of
from borging.store.schema import head_revision, schema_revision
from borging.store.tables import Record
from borging.store.unavailable import DatabaseBusyError, NotWrittenError

UNREACHABLE = "database niet bereikbaar"
MISPLACED = "database verplaatst of vervangen"
OTHER_VERSION = "database van een andere versie"
OTHER_PORTFOLIO = "database van een andere installatie"
LOST = "database mist wat is opgeslagen"
DAMAGED = "database beschadigd"
NOT_WRITABLE = "database niet te beschrijven"

PROBES = 3
"""Times that another process may write its own probe in between."""
T = Record.metadata.tables


class UnhealthyError(Exception):
    """A check did not hold; carries the fault."""

    def __init__(self, status: str, sentence: str) -> None:
        super().__init__(sentence)
        self.fault = Fault(status, sentence)


def glance(engine: Engine) -> Fault | None:
    """Look whether a portfolio can be read and may be written, without writing."""
    guard = guard_of(engine)
    try:
        _require_in_place(guard)
        with engine.connect() as connection:
            _number(connection)
    except UnhealthyError as error:
        return error.fault
    except (SQLAlchemyError, NotWrittenError) as error:
        return Fault(UNREACHABLE, str(error))
    return guard.stopped


def examine(engine: Engine, thorough: bool = False) -> Fault | None:
    """Prove by reading and writing that a portfolio is whole; stop all writing when it is not.

    A database in which somebody else is writing is left alone this time. thorough: read every
    page of an SQLite file too.
    """
    guard = guard_of(engine)
    fault = None
    try:
        _require_in_place(guard)
        _require_same(engine, guard)
        _require_writable(engine)
        if thorough:
            _require_undamaged(engine)
    except UnhealthyError as error:
        fault = error.fault
    except NotWrittenError as error:
        fault = Fault(MISPLACED, error.sentences[0])
    except SQLAlchemyError as error:
        fault = _fault_of(error)
    guard.stopped = fault
    return fault


def _require_in_place(guard: Guard) -> None:
    if words := guard.misplaced():
        raise UnhealthyError(MISPLACED, words)


def _require_same(engine: Engine, guard: Guard) -> None:
    """Compare the database that a new connection finds with the one that is open."""
    with engine.connect() as connection:
        written = _number(connection)
    other = fresh_engine(engine.url)
    if schema_revision(other) != head_revision():
        raise UnhealthyError(
            OTHER_VERSION,
            "De database hoort bij een andere versie van de Borgingsmonitor dan deze app. Start "
            "de app opnieuw met de nieuwste versie.",
        )
    with other.connect() as connection:
        installation = _installation(connection)
        if _number(connection) < written:
            raise UnhealthyError(
                LOST,
                "Wat hier is opgeslagen, staat niet in het databasebestand. Laat de app draaien "
                "en waarschuw uw beheerder: maak eerst een kopie van wat er nog is.",
            )
    if guard.installation not in (None, installation) or not installation:
        raise UnhealthyError(
            OTHER_PORTFOLIO,
            "De database is niet meer die waarmee de app is gestart. Start de app opnieuw als dat "
            "de bedoeling is, of zet een reservekopie terug.",
        )
    guard.installation = installation


def _number(connection: Connection) -> int:
    number = connection.execute(select(T["revision"].c.number)).scalar_one_or_none()
    if number is None:
        raise UnhealthyError(DAMAGED, "De database mist haar teller. Zet een reservekopie terug.")
    return int(number)


def _installation(connection: Connection) -> str:
    """Return what tells this portfolio from another one; '' when its keys have gone."""
    keys = connection.execute(select(T["secret"].c.name, T["secret"].c.value).order_by("name"))
    told = "\n".join(f"{name}={value}" for name, value in keys)
    return hashlib.sha256(told.encode()).hexdigest() if told else ""


def _require_writable(engine: Engine) -> None:
    """Write something without a meaning and read it back over another connection."""
    other = fresh_engine(engine.url)
    if engine.dialect.name != "sqlite":
        with other.begin() as connection:
            connection.execute(text("UPDATE revision SET number = number"))
        return
    for _ in range(PROBES):
        probe = secrets.randbelow(2**30)
        with engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA user_version = {probe}")
            connection.commit()
        with other.connect() as connection:
            if connection.exec_driver_sql("PRAGMA user_version").scalar_one() == probe:
                return
    raise UnhealthyError(
        LOST, "Wat de app schrijft, komt niet in het databasebestand. Waarschuw uw beheerder."
    )


def _require_undamaged(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        with fresh_engine(engine.url).connect() as connection:
            told = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
        if told != "ok":
            raise UnhealthyError(
                DAMAGED, "Het databasebestand is beschadigd. Stop de app en zet een kopie terug."
            )


def _fault_of(error: SQLAlchemyError) -> Fault | None:
    refusal = refusal_of(error)
    if isinstance(refusal, DatabaseBusyError):
        return None
    if refusal is None:
        return Fault(UNREACHABLE, "De database kan niet worden gelezen.")
    words = refusal.sentences[0]
    return Fault(DAMAGED if "beschadigd" in words else NOT_WRITABLE, words)
