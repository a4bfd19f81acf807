"""The goal tree: vision, theme, goal; what may hang under what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from borging.domain.terms import GoalKind

ORDER = tuple(GoalKind)
LONGEST_TITLE = 200


@dataclass(frozen=True)
class GoalFields:
    """What people write of a goal. kind: a value of GoalKind. parent_id: None is at the top.

    legal_deadline: the day from which the law asks it, None when there is none.
    """

    title: str
    kind: str
    parent_id: int | None = None
    legal_deadline: date | None = None


def may_hang(kind: str, parent_kind: str) -> bool:
    """Say whether a goal of one kind may hang under one of another: only lower under higher."""
    return ORDER.index(GoalKind(kind)) > ORDER.index(GoalKind(parent_kind))


def below(parents: Mapping[int, int | None], goal_id: int) -> set[int]:
    """Return a goal and all that hangs under it. parents: id to id of what it hangs under."""
    found = {goal_id}
    grown = True
    while grown:
        more = {each for each, parent in parents.items() if parent in found} - found
        found |= more
        grown = bool(more)
    return found
