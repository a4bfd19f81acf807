"""What the second of two is told: who changed something since he read it, and into what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from borging.store.tables import Record

T = Record.metadata.tables
audit = T["audit_entry"]
NAMES = {"person": "name", "unit": "name", "goal": "title", "project_result": "title"}
"""Table of what can be named to its column with the name."""


def last_writer(session: Session, entity: str, entity_id: int | None) -> str:
    """Return who changed something last."""
    who = session.scalar(
        select(audit.c.actor_name)
        .where(audit.c.entity == entity, audit.c.entity_id == entity_id)
        .order_by(audit.c.id.desc())
        .limit(1)
    )
    return who or "iemand anders"


def changed_since(
    session: Session,
    entity: str,
    entity_id: int,
    labels: Mapping[str, str],
    seen: Mapping[str, Any],
    now: Mapping[str, Any],
    words: Mapping[str, Mapping[str, str]] | None = None,
) -> str:
    """Say who changed a row since it was read, and what is different now.

    labels: of the fields to compare. seen, now: their values. words: per field what its values
    are called.
    """
    called = words or {}
    parts = [
        f"‘{label}’ is nu {_shown(session, name, now[name], called.get(name, {}))} "
        f"(was {_shown(session, name, seen.get(name), called.get(name, {}))})"
        for name, label in labels.items()
        if now[name] != seen.get(name)
    ]
    who = last_writer(session, entity, entity_id)
    return f"intussen gewijzigd door {who}" + (f": {'; '.join(parts)}." if parts else ".")


def name_of(session: Session, table: str, row_id: int) -> str:
    """Return what something that is named by its id is called."""
    column = T[table].c[NAMES[table]]
    return str(session.scalar(select(column).where(T[table].c.id == row_id)) or "onbekend")


def shown(value: Any, words: Mapping[str, str]) -> str:
    """Write a plain value: a day, a number, a text between quotes, yes or no."""
    if value is None:
        return "leeg"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, float):
        return f"{value:.9g}".replace(".", ",")
    return f"‘{words.get(str(value), value)}’"


def _shown(session: Session, name: str, value: Any, words: Mapping[str, str]) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and name.endswith("_id"):
        table = name.removesuffix("_id")
        return name_of(session, table if table in NAMES else "person", value)
    return shown(value, words)


def words_of(terms: Iterable[Any]) -> dict[str, str]:
    """Return value to label of a vocabulary."""
    return {term.value: term.label for term in terms}
