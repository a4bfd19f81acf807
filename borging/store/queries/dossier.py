"""Items of the lists of a dossier: one row is one item."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Engine, select

from borging.domain.handover import HARD_QUESTION
from borging.store.queries.frames import frame
from borging.store.tables import Record

T = Record.metadata.tables
item, project = T["dossier_item"], T["project"]


def items_of(source: Engine | Connection, project_id: int) -> pd.DataFrame:
    """Every item of one project; columns id, project_id, list_key, content (see `to_json`) and
    version, in the order in which they were added.
    """
    return _items(source, item.c.project_id == project_id)


def items_in(source: Engine | Connection, lists: Sequence[str]) -> pd.DataFrame:
    """Every item of some lists over all projects; columns as `items_of`."""
    return _items(source, item.c.list_key.in_(lists))


def hard_answers(source: Engine | Connection) -> pd.DataFrame:
    """Every answer to the hard questions over all projects, oldest first; one row is one answer.

    Columns: result (id), question, moment, answer.
    """
    result, text = item.c.content["result"].as_integer(), item.c.content
    return frame(
        source,
        select(
            result.label("result"),
            *(text[name].as_string().label(name) for name in ("question", "moment", "answer")),
        )
        .join(project, project.c.id == item.c.project_id)
        .where(
            item.c.list_key == HARD_QUESTION,
            text["answer"].as_string() != "",
            item.c.deleted_at.is_(None),
            project.c.deleted_at.is_(None),
        )
        .order_by(item.c.id),
    )


def _items(source: Engine | Connection, *conditions: ColumnElement[bool]) -> pd.DataFrame:
    c = item.c
    return frame(
        source,
        select(c.id, c.project_id, c.list_key, c.content, c.version)
        .join(project, project.c.id == c.project_id)
        .where(c.deleted_at.is_(None), project.c.deleted_at.is_(None), *conditions)
        .order_by(c.id),
    )
