"""The people who can be named: adding one, by himself or with what names him."""

from __future__ import annotations

from sqlalchemy import Engine, func, insert, select

from borging.access.actor import Actor
from borging.domain.project_fields import Who
from borging.store.database import Write, writing
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
        same = select(person.c.role).where(
            func.lower(person.c.name) == tidy.lower(), person.c.deleted_at.is_(None)
        )
        if what in list(write.session.scalars(same)):
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
    living = person.c.deleted_at.is_(None)
    if isinstance(who, str):
        tidy = _tidy(who)
        found = select(person.c.id).where(func.lower(person.c.name) == tidy.lower(), living)
        known: int | None = write.session.scalar(found.order_by(person.c.id).limit(1))
        return _add(write, tidy, None) if known is None else known
    if write.session.scalar(select(person.c.id).where(person.c.id == who, living)) is None:
        raise PersonError("deze persoon staat niet (meer) in de lijst; kies iemand anders")
    return who


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
