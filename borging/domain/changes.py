"""The changes a scenario is made of, and how they are written down.

First and last days are both included. Written down, a change is a flat object with its kind.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from borging.domain.staffing import MOST_HOURS
from borging.domain.terms import Phase

MOST_WEEKS = 520
"""Weeks that nothing is moved further than."""


class ChangeError(ValueError):
    """What is written down is no change; the message is a Dutch sentence."""


class SeasonChoice(StrEnum):
    """The ready-made seasons, with their words on the screen."""

    NORMAL = "normaal"
    MILD = "mild"
    AVERAGE = "gemiddeld"
    WEEKS_15 = "15 weken"
    WEEKS_21 = "21 weken"


@dataclass(frozen=True)
class Shift:
    """Move a whole project; weeks below zero move it forward in time."""

    project_id: int
    weeks: int


@dataclass(frozen=True)
class ShiftPhase:
    """Move one phase (value of Phase) with its needs, and the handovers with that of handover."""

    project_id: int
    phase: str
    weeks: int


@dataclass(frozen=True)
class Stretch:
    """Do the same hours in more weeks, or in fewer when below zero."""

    project_id: int
    weeks: int


@dataclass(frozen=True)
class Pause:
    """Stop a project from a day on; what lies on or after it comes `weeks` later."""

    project_id: int
    first: date
    weeks: int


@dataclass(frozen=True)
class AddHours:
    """Give a function more hours for projects per week, before sick leave."""

    function_id: int
    hours_per_week: float
    first: date
    last: date


@dataclass(frozen=True)
class ChangeSeason:
    """Reckon with another flu season."""

    season: SeasonChoice


Change = Shift | ShiftPhase | Stretch | Pause | AddHours | ChangeSeason
KINDS: dict[str, type[Change]] = {
    "shift": Shift,
    "shift_phase": ShiftPhase,
    "stretch": Stretch,
    "pause": Pause,
    "add_hours": AddHours,
    "season": ChangeSeason,
}


def write_changes(changes: Sequence[Change]) -> str:
    """Write changes as JSON."""
    names = {kind: name for name, kind in KINDS.items()}
    rows = [{"kind": names[type(change)], **asdict(change)} for change in changes]
    return json.dumps(rows, default=lambda day: day.isoformat(), ensure_ascii=False)


def read_changes(text: str) -> tuple[Change, ...]:
    """Read changes from JSON.

    Raises:
        ChangeError: it is no list of changes, of an unknown kind, or with wrong values.
    """
    try:
        rows = json.loads(text)
    except ValueError as error:
        raise ChangeError("De wijzigingen van dit scenario zijn niet te lezen.") from error
    if not isinstance(rows, list):
        raise ChangeError("De wijzigingen van dit scenario zijn geen lijst.")
    return tuple(_read(row, place) for place, row in enumerate(rows, start=1))


def _read(row: object, place: int) -> Change:
    if not isinstance(row, Mapping) or row.get("kind") not in KINDS:
        given = row.get("kind") if isinstance(row, Mapping) else row
        raise ChangeError(f"Wijziging {place} is van een soort die niet bestaat: ‘{given}’.")
    kind: Callable[..., Change] = KINDS[row["kind"]]
    names = {field.name for field in fields(KINDS[row["kind"]])}
    if set(row) - {"kind"} != names:
        raise ChangeError(f"Wijziging {place} heeft niet de gegevens die erbij horen.")
    try:
        return kind(**{name: _value(name, row[name]) for name in names})
    except ValueError as error:
        raise ChangeError(f"Wijziging {place} heeft een waarde die niet kan: {error}.") from error


WORDS: dict[str, Callable[[Any], object]] = {
    "first": date.fromisoformat,
    "last": date.fromisoformat,
    "season": SeasonChoice,
    "phase": lambda value: Phase(value).value,
}
"""Field to what reads its text."""


def _value(name: str, value: Any) -> object:
    if name in WORDS:
        try:
            return WORDS[name](value)
        except (TypeError, ValueError) as error:
            raise ValueError(f"‘{value}’") from error
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"‘{value}’ is geen getal")
    if name == "hours_per_week":
        if not math.isfinite(value) or not 0 < value <= MOST_HOURS:
            raise ValueError(f"{value} uur per week")
        return float(value)
    if not isinstance(value, int) or (name == "weeks" and abs(value) > MOST_WEEKS):
        raise ValueError(f"{value}")
    return value
