"""The answers to the hard questions about a result: each question once at each moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Engine

from borging.access.actor import Actor
from borging.domain.dossier import ListDefinition
from borging.store.commands.dossier import Questions, stored_items, what_happened, write_items
from borging.store.commands.rows import Row, RowsError
from borging.store.database import writing

ASKED = ("question", "result", "moment")
"""Fields that no two answers of a project have the same values in."""


def save_answers(
    engine: Engine,
    actor: Actor,
    project_id: int,
    list_definition: ListDefinition,
    rows: Sequence[Row],
    questions: Questions,
) -> list[int]:
    """Save answers as `dossier.save_items` does; who answers a question second is told.

    Raises:
        RowsError: as `save_items`, or somebody else answered a question first.
        RowsChangedError: as `save_items`.
    """
    with writing(engine, actor) as write:
        stored = stored_items(write.session, project_id, list_definition)
        first = {_asked(row["content"]): row for row in stored.values()}
        said = []
        for row in rows:
            now = first.get(_asked(row.fields)) if row.id is None and row.fields else None
            if now is None:
                continue
            seen = Row(
                row.place, None, id=now["id"], before={n: now["content"].get(n) for n in ASKED}
            )
            change = what_happened(write.session, list_definition, seen, now)
            said.append(
                f"{row.place}: {change} Kopieer wat u hier typte, kies Niet opslaan en vul het "
                "daarna aan."
            )
        if said:
            raise RowsError(said)
        return write_items(write, project_id, list_definition, rows, questions)


def _asked(content: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(content.get(name) for name in ASKED)
