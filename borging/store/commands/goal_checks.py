"""What must hold before the goal tree changes, and who changed it meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from borging.domain.goals import LONGEST_TITLE, GoalFields, below, may_hang
from borging.domain.terms import GoalKind
from borging.store.commands.conflicts import last_writer
from borging.store.commands.goal_problems import (
    GoalTitleError,
    GoalUnderItselfError,
    MisplacedGoalError,
    ProjectsMovedError,
    SameTitleError,
    UnknownGoalError,
)
from borging.store.tables import Record

T = Record.metadata.tables
goal, project = T["goal"], T["project"]
ENTITY = "goal"
FIELD_WORDS = {
    "title": "de naam",
    "kind": "de soort",
    "parent_id": "de plaats",
    "legal_deadline": "de wettelijke datum",
}


def found_goal(session: Session, goal_id: int) -> dict[str, Any]:
    """Return the row of a goal; UnknownGoalError when it is not there (any more)."""
    row = session.execute(
        select(goal).where(goal.c.id == goal_id, goal.c.deleted_at.is_(None))
    ).mappings()
    found = row.first()
    if found is None:
        raise UnknownGoalError
    return dict(found)


def checked(session: Session, new: GoalFields, goal_id: int | None) -> GoalFields:
    """Return the fields with a tidy title; refuse what the tree has no room for."""
    title = " ".join(new.title.split())
    if not title or len(title) > LONGEST_TITLE:
        raise GoalTitleError
    rows = session.execute(
        select(goal.c.id, goal.c.title, goal.c.kind, goal.c.parent_id).where(
            goal.c.deleted_at.is_(None)
        )
    ).all()
    known = {row.id: row for row in rows}
    if any(row.title.casefold() == title.casefold() for row in rows if row.id != goal_id):
        raise SameTitleError(title)
    kind = GoalKind(new.kind)
    if new.parent_id is not None:
        if new.parent_id not in known:
            raise UnknownGoalError
        parents = {row.id: row.parent_id for row in rows}
        if goal_id is not None and new.parent_id in below(parents, goal_id):
            raise GoalUnderItselfError(title)
        above = known[new.parent_id]
        if not may_hang(kind, above.kind):
            raise MisplacedGoalError(kind, above.title, GoalKind(above.kind))
    for child in rows:
        if goal_id is not None and child.parent_id == goal_id and not may_hang(child.kind, kind):
            raise MisplacedGoalError(GoalKind(child.kind), title, kind)
    return GoalFields(title, kind.value, new.parent_id, new.legal_deadline)


def hanging_below(session: Session, goal_id: int) -> str:
    """Return what hangs under a goal, in words, '' for nothing."""
    parts = []
    for table, column, one, many in (
        (goal, goal.c.parent_id, "tak", "takken"),
        (project, project.c.goal_id, "project", "projecten"),
    ):
        n = session.scalar(
            select(func.count()).where(column == goal_id, table.c.deleted_at.is_(None))
        )
        if n:
            parts.append(f"{n} {one if n == 1 else many}")
    return " en ".join(parts)


def refuse_moved(session: Session, seen: Mapping[int, int | None]) -> None:
    """Refuse projects that hang elsewhere than was seen, or are gone."""
    now = {
        row.id: row
        for row in session.execute(
            select(project.c.id, project.c.code, project.c.goal_id, project.c.deleted_at).where(
                project.c.id.in_(seen)
            )
        )
    }
    moved = [
        now[each].code if each in now else f"project {each}"
        for each, was in seen.items()
        if each not in now or now[each].deleted_at is not None or now[each].goal_id != was
    ]
    if moved:
        raise ProjectsMovedError(", ".join(moved))


def what_happened(session: Session, before: GoalFields, row: Mapping[str, Any]) -> str:
    """Say who changed a goal since it was read, and what is different now."""
    who, seen = last_writer(session, ENTITY, row["id"]), asdict(before)
    parts = [
        f"{words} is nu {_shown(session, name, row[name])}"
        for name, words in FIELD_WORDS.items()
        if row[name] != seen[name]
    ]
    said = f": {'; '.join(parts)}" if parts else ""
    return f"‘{before.title}’ is intussen gewijzigd door {who}{said}."


def _shown(session: Session, name: str, value: Any) -> str:
    if name == "parent_id":
        above = session.scalar(select(goal.c.title).where(goal.c.id == value))
        return f"onder ‘{above}’" if above else "bovenaan"
    if value is None:
        return "leeg"
    if name == "kind":
        return GoalKind(value).label
    return f"{value:%d-%m-%Y}" if isinstance(value, date) else f"‘{value}’"
