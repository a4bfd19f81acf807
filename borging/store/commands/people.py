"""The people who can be named: adding one, by himself or with what names him."""

from __future__ import annotations

from sqlalchemy import Engine, insert, select
from sqlmodel import Session

from borging.access.actor import Actor
from borging.domain.project_fields import Who
from borging.store.database import Write, writing
from borging.store.imports.items import folded
from borging.store.tables import Record

T = Record.metadata.tables
person = T["person"]
LONGEST_NAME = 100


class PersonError(ValueError):
    """Somebody cannot be added like this; the message says in Dutch why."""


def add_person(engine: Engine, actor: Actor, name: str, role: str | None = None) -> int:
    """Add somebody to the list and return his id. role: tells who shares a name apart.

    Raises:
        PersonError: no name, or somebody with this name and role is there already.
    """
    with writing(engine, actor) as write:
        tidy, what = _tidy(name), " ".join((role or "").split()) or None
        if what in [role for _id, role in _called(write.session, tidy)]:
            raise PersonError(
                f"{tidy} staat al in de lijst. Kies die naam, of zet er de functie bij als het "
                "iemand anders is."
            )
        return _add(write, tidy, what)


def person_id(write: Write, who: Who) -> int | None:
    """Return the id of who is named, None for nobody; a new name is added to the list.

    Raises:
        PersonError: the id is not in the list, or the name has no words or is too long.
    """
    if who is None:
        return None
    if isinstance(who, str):
        tidy = _tidy(who)
        known = _called(write.session, tidy)
        return known[0][0] if known else _add(write, tidy, None)
    living = person.c.deleted_at.is_(None)
    if write.session.scalar(select(person.c.id).where(person.c.id == who, living)) is None:
        raise PersonError("deze persoon staat niet (meer) in de lijst; kies iemand anders")
    return who


def _called(session: Session, tidy: str) -> list[tuple[int, str | None]]:
    """Return id and role of everybody of this name, oldest first; capitals do not matter.

    SQLite itself only knows the capitals A to Z: ‘Özlem’ would never be found there.
    """
    people = select(person.c.id, person.c.name, person.c.role).where(person.c.deleted_at.is_(None))
    return [
        (each.id, each.role)
        for each in session.execute(people.order_by(person.c.id))
        if folded(each.name) == folded(tidy)
    ]


def _tidy(name: str) -> str:
    tidy = " ".join(name.split())
    if not tidy:
        raise PersonError("Vul een naam in.")
    if len(tidy) > LONGEST_NAME:
        raise PersonError(f"Een naam heeft ten hoogste {LONGEST_NAME} tekens; kort hem in.")
    return tidy


def _add(write: Write, name: str, role: str | None) -> int:
    values = {"name": name, "role": role}
    made: int = write.session.execute(
        insert(person).values(**values).returning(person.c.id)
    ).scalar_one()
    words = f"{name} toegevoegd aan de lijst met personen."
    write.record("add", "person", made, words, before=None, after=values)
    return made
