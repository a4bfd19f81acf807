"""What if: changes to a plan, laid on copies of its frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from borging.domain.changes import (
    AddHours,
    Change,
    ChangeSeason,
    Pause,
    Shift,
    ShiftPhase,
    Stretch,
)
from borging.planning.moves import pause, shift, shift_phase, stretch
from borging.planning.plan import WORKDAYS, Plan, ScenarioError, day_words, ready, workdays


@dataclass(frozen=True)
class Said:
    """A change in a Dutch sentence; `made` is False when it cannot be made, and says why."""

    words: str
    made: bool = True


def apply(plan: Plan, changes: Sequence[Change]) -> tuple[Plan, list[str]]:
    """Make the changes one after the other and say each in a Dutch sentence.

    Raises:
        ScenarioError: a change that cannot be made; then none is.
    """
    said = []
    plan = ready(plan)
    for change in changes:
        plan, sentence = _apply(plan, change)
        said.append(sentence)
    return plan, said


def lay(plan: Plan, changes: Sequence[Change]) -> tuple[Plan, tuple[Said, ...]]:
    """Make the changes that can be made, and say of the others why they cannot."""
    said = []
    plan = ready(plan)
    for change in changes:
        try:
            plan, sentence = _apply(plan, change)
            said.append(Said(sentence))
        except ScenarioError as error:
            said.append(Said(str(error), made=False))
    return plan, tuple(said)


def _apply(plan: Plan, change: Change) -> tuple[Plan, str]:
    match change:
        case Shift():
            return shift(plan, change)
        case ShiftPhase():
            return shift_phase(plan, change)
        case Stretch():
            return stretch(plan, change)
        case Pause():
            return pause(plan, change)
        case AddHours():
            return _add_hours(plan, change)
        case ChangeSeason():
            words = f"Het griepseizoen is nu: {change.season} (was: {plan.season})."
            return replace(plan, season=change.season), words


def _add_hours(plan: Plan, change: AddHours) -> tuple[Plan, str]:
    found = plan.functions.loc[plan.functions["id"] == change.function_id, "name"]
    if found.empty:
        raise ScenarioError(f"Functie {change.function_id} bestaat niet meer.")
    name = str(found.iloc[0])
    if not change.hours_per_week > 0:
        raise ScenarioError("Het aantal extra uren per week is groter dan nul.")
    if change.last < change.first:
        raise ScenarioError("De laatste dag van de extra uren ligt vóór de eerste.")
    mondays = pd.Series(pd.DatetimeIndex(plan.present.columns))
    first = mondays.where(mondays >= pd.Timestamp(change.first), pd.Timestamp(change.first))
    sundays = mondays + pd.Timedelta(days=6)
    last = sundays.where(sundays <= pd.Timestamp(change.last), pd.Timestamp(change.last))
    share = workdays(first, last) / WORKDAYS
    if not share.any():
        raise ScenarioError(f"De extra uren van {name} vallen buiten de weken van dit plan.")
    present = plan.present.astype(float)
    present.loc[change.function_id] += change.hours_per_week * share.to_numpy()
    hours = f"{change.hours_per_week:.1f}".removesuffix(".0").replace(".", ",")
    return replace(plan, present=present), (
        f"{name} krijgt {hours} uur per week erbij van {day_words(change.first)} "
        f"tot en met {day_words(change.last)}."
    )
