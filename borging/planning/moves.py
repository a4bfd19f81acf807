"""Moving, stretching and pausing the work of a project.

Everything moves by whole weeks, so that work keeps its weekdays. The hours of a project stay
the same: hours per week × working days (Monday up to and including Friday) ÷ 5, added up. What
lies before the day of planning stays, and so does a phase that has begun.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from borging.domain.changes import Pause, Shift, ShiftPhase, Stretch
from borging.domain.terms import Phase
from borging.planning.plan import (
    WEEK,
    Plan,
    ScenarioError,
    day_words,
    week_words,
    workdays,
)

DAY = pd.Timedelta(days=1)


@dataclass(frozen=True)
class Coming:
    """Which rows of the phases, the demand and the handovers can still move."""

    phases: pd.Series[bool]
    demand: pd.Series[bool]
    handovers: pd.Series[bool]

    @property
    def empty(self) -> bool:
        """Say whether nothing can."""
        return not any(rows.any() for rows in (self.phases, self.demand, self.handovers))


def shift(plan: Plan, change: Shift) -> tuple[Plan, str]:
    """Move what has not begun of a project."""
    name = _project(plan, change.project_id)
    if not change.weeks:
        raise ScenarioError(f"{name} nul weken verschuiven verandert niets.")
    coming = _coming(plan, change.project_id)
    if coming.empty:
        raise ScenarioError(_nothing(plan, change.project_id, name))
    moved = _by(plan, coming, change.weeks, name)
    words = f"{name} schuift {week_words(change.weeks)} {_direction(change.weeks)}"
    return moved, _told(plan, moved, change.project_id, words)


def shift_phase(plan: Plan, change: ShiftPhase) -> tuple[Plan, str]:
    """Move one phase that has not begun."""
    name, phase = _project(plan, change.project_id), Phase(change.phase)
    if not change.weeks:
        raise ScenarioError(f"{name} nul weken verschuiven verandert niets.")
    own = (plan.phases["project_id"] == change.project_id) & (plan.phases["phase"] == phase.value)
    if (own & (plan.phases["begun"] | plan.phases["ended"])).any():
        raise ScenarioError(
            f"{name}: de fase {phase.label} is al begonnen, of had dat volgens plan moeten zijn, "
            "en verschuift daarom niet."
        )
    coming = _coming(plan, change.project_id)
    only = Coming(
        coming.phases & own,
        coming.demand & plan.demand["phase"].isin([phase.value]),
        coming.handovers & (phase is Phase.HANDOVER),
    )
    if only.empty:
        raise ScenarioError(f"{name} heeft geen fase {phase.label} die kan verschuiven.")
    moved = _by(plan, only, change.weeks, name)
    words = (
        f"{name}: de fase {phase.label} schuift {week_words(change.weeks)} "
        f"{_direction(change.weeks)}"
    )
    return moved, _told(plan, moved, change.project_id, words, phase)


def stretch(plan: Plan, change: Stretch) -> tuple[Plan, str]:
    """Spread what is still to be done of a project over more or fewer weeks."""
    name = _project(plan, change.project_id)
    if not change.weeks:
        raise ScenarioError(f"{name} nul weken langer maken verandert niets.")
    demand = _cut(plan.demand, plan.demand["project_id"] == change.project_id, plan.now)
    rows = (demand["project_id"] == change.project_id) & (demand["first"] >= plan.now)
    if not rows.any():
        raise ScenarioError(f"{name} heeft geen uren om over meer of minder weken te verdelen.")
    scale = _Scale.of(demand[rows], change.weeks)
    if scale.span + scale.weeks < 1:
        raise ScenarioError(
            f"{name} duurt nog {week_words(scale.span)}; zo eindigt het vóór het begint."
        )
    own = demand[rows]
    first, last = scale.begins(own["first"]), scale.ends(own["last"])
    days, new_days = workdays(own["first"], own["last"]), workdays(first, last)
    short = (last < first).any() or ((new_days == 0) & (days > 0)).any()
    demand = demand.astype({"hours_per_week": float})
    demand.loc[rows, "first"], demand.loc[rows, "last"] = first, last
    demand.loc[rows, "hours_per_week"] = own["hours_per_week"] * (days / new_days).fillna(1.0)
    phases = plan.phases.copy()
    theirs = (phases["project_id"] == change.project_id) & ~phases["ended"]
    starts, stops = theirs & ~phases["begun"], theirs & (phases["last"] >= plan.now)
    phases.loc[starts, "first"] = scale.begins(phases.loc[starts, "first"])
    phases.loc[stops, "last"] = scale.ends(phases.loc[stops, "last"])
    if short or (phases.loc[theirs, "last"] < phases.loc[theirs, "first"]).any():
        raise ScenarioError(f"{name} wordt te kort: een deel van het werk eindigt vóór het begint.")
    handovers = plan.handovers.copy()
    due = (handovers["project_id"] == change.project_id) & (handovers["day"] >= plan.now)
    handovers.loc[due, "day"] = scale.ends(handovers.loc[due, "day"])
    moved = replace(plan, demand=demand, phases=phases, handovers=handovers)
    _not_before(moved, Coming(starts, rows, due), name, change.weeks)
    words = f"{name} duurt {week_words(change.weeks)} {'langer' if change.weeks > 0 else 'korter'}"
    return moved, _told(plan, moved, change.project_id, words + ", met evenveel uren")


def pause(plan: Plan, change: Pause) -> tuple[Plan, str]:
    """Let a project lie still; work that runs on the first day is cut in two."""
    name = _project(plan, change.project_id)
    if change.weeks < 1:
        raise ScenarioError("Een pauze duurt minstens 1 week.")
    if change.first < plan.as_of:
        raise ScenarioError(
            f"De pauze van {name} begint op {day_words(change.first)}, vóór "
            f"{day_words(plan.as_of)}: wat geweest is, verschuift niet."
        )
    day, later = pd.Timestamp(change.first), change.weeks * WEEK
    demand = _cut(plan.demand, plan.demand["project_id"] == change.project_id, day)
    rows = (demand["project_id"] == change.project_id) & (demand["first"] >= day)
    phases, handovers = plan.phases.copy(), plan.handovers.copy()
    theirs = (phases["project_id"] == change.project_id) & ~phases["ended"]
    starts = theirs & ~phases["begun"] & (phases["first"] >= day)
    stops = theirs & (phases["last"] >= day)
    due = (handovers["project_id"] == change.project_id) & (handovers["day"] >= day)
    if not (rows.any() or stops.any() or starts.any() or due.any()):
        raise ScenarioError(f"{name} heeft vanaf {day_words(change.first)} geen werk meer.")
    demand.loc[rows, ["first", "last"]] += later
    phases.loc[starts, "first"] += later
    phases.loc[stops, "last"] += later
    handovers.loc[due, "day"] += later
    moved = replace(plan, demand=demand, phases=phases, handovers=handovers)
    words = f"{name} ligt {week_words(change.weeks)} stil vanaf {day_words(change.first)}"
    return moved, _told(plan, moved, change.project_id, words)


@dataclass(frozen=True)
class _Scale:
    """Places in weeks on a scale that becomes `weeks` longer; halves go up."""

    start: pd.Timestamp
    span: int
    weeks: int

    @classmethod
    def of(cls, own: pd.DataFrame, weeks: int) -> _Scale:
        start = _monday(own["first"]).min()
        return cls(start, int((_monday(own["last"]) - start).max() // WEEK) + 1, weeks)

    def begins(self, days: pd.Series) -> pd.Series:
        return self._moved(days, 0)

    def ends(self, days: pd.Series) -> pd.Series:
        return self._moved(days, 1)

    def _moved(self, days: pd.Series, extra: int) -> pd.Series:
        """What lies before the scale stays; what lies after it keeps its distance."""
        place = (_monday(days) - self.start) // WEEK
        at = (place + extra).clip(upper=self.span)
        factor = (self.span + self.weeks) / self.span
        by = ((at * factor + 0.5) // 1 - at).where(place >= 0, 0)
        return days + pd.to_timedelta(by * 7, unit="D").astype("timedelta64[us]")


def _project(plan: Plan, project_id: int) -> str:
    """Return the name of a project; its work has to be whole."""
    found = plan.projects.loc[plan.projects["id"] == project_id, "title"]
    if found.empty:
        raise ScenarioError(f"Project {project_id} staat niet in dit plan.")
    name, own = str(found.iloc[0]), plan.demand[plan.demand["project_id"] == project_id]
    if (own["hours_per_week"] < 0).any():
        raise ScenarioError(f"{name} heeft werk met een negatief aantal uren.")
    if (own["last"] < own["first"]).any():
        raise ScenarioError(f"{name} heeft werk dat eindigt vóór het begint.")
    return name


def _coming(plan: Plan, project_id: int) -> Coming:
    own = plan.phases["project_id"] == project_id
    stay = plan.phases["begun"] | plan.phases["ended"]
    dated = plan.phases["first"].notna() | plan.phases["last"].notna()
    begun = plan.phases.loc[own & stay, "phase"].tolist()
    work = (plan.demand["project_id"] == project_id) & (plan.demand["first"] >= plan.now)
    due = plan.handovers["project_id"] == project_id
    return Coming(
        own & ~stay & dated,
        work & ~plan.demand["phase"].isin(begun),
        due & (plan.handovers["day"] >= plan.now),
    )


def _by(plan: Plan, coming: Coming, weeks: int, name: str) -> Plan:
    """Return the plan in which what is coming lies `weeks` later."""
    phases, demand, handovers = (
        frame.copy() for frame in (plan.phases, plan.demand, plan.handovers)
    )
    phases.loc[coming.phases, ["first", "last"]] += weeks * WEEK
    demand.loc[coming.demand, ["first", "last"]] += weeks * WEEK
    handovers.loc[coming.handovers, "day"] += weeks * WEEK
    moved = replace(plan, phases=phases, demand=demand, handovers=handovers)
    _not_before(moved, coming, name, weeks)
    return moved


def _not_before(moved: Plan, coming: Coming, name: str, weeks: int) -> None:
    """Refuse work that would begin before the day of planning."""
    begins = [
        moved.phases.loc[coming.phases, "first"].min(),
        moved.demand.loc[coming.demand, "first"].min(),
        moved.handovers.loc[coming.handovers, "day"].min(),
    ]
    early = [day for day in begins if pd.notna(day) and day < moved.now]
    if early:
        raise ScenarioError(
            f"{name} kan niet {week_words(weeks)} eerder: dan begint iets op "
            f"{day_words(min(early))}, vóór {day_words(moved.as_of)}."
        )


def _cut(demand: pd.DataFrame, rows: pd.Series[bool], day: pd.Timestamp) -> pd.DataFrame:
    """Cut in two what runs through `day`, which belongs to the second part.

    The part before keeps the id of the row, the part after gets one that the frame does not have.
    """
    through = rows & (demand["first"] < day) & (demand["last"] >= day)
    if not through.any():
        return demand.copy()
    before = demand[through].assign(last=day - DAY)
    rest = demand.assign(first=demand["first"].mask(through, day))
    rest.loc[through, "id"] = demand["id"].max() + np.arange(1, int(through.sum()) + 1)
    return pd.concat([rest, before], ignore_index=True).sort_values("id", ignore_index=True)


def _told(
    before: Plan, after: Plan, project_id: int, words: str, phase: Phase | None = None
) -> str:
    """Return the sentence about a change: what moved and where to, and what stayed."""
    parts: list[str] = []
    own = after.demand["project_id"] == project_id
    if phase:
        own &= after.demand["phase"].isin([phase.value])
    work = after.demand[own & (after.demand["last"] >= after.now)]
    phases = after.phases[after.phases["project_id"] == project_id]
    phases = phases[phases["phase"] == phase.value] if phase else phases[~phases["ended"]]
    for what, rows in (("het werk loopt", work), (_phase_words(phase), phases)):
        ends = rows["first"].min(), rows["last"].max()
        if not parts and all(map(pd.notna, ends)):
            parts.append(f"{what} dan van {day_words(ends[0])} tot en met {day_words(ends[1])}")
    parts += _handed(before, after, project_id)
    stay = phases.loc[phases["begun"] & ~phases["ended"], "phase"]
    if stay.any():
        names = " en ".join(Phase(each).label for each in stay)
        parts.append(f"wat van {names} al begon of had moeten beginnen, blijft staan")
    return f"{words}: {'; '.join(parts)}." if parts else f"{words}."


def _phase_words(phase: Phase | None) -> str:
    return "die loopt" if phase else "de fasen lopen"


def _handed(before: Plan, after: Plan, project_id: int) -> list[str]:
    """Say which handovers moved."""
    own = after.handovers["project_id"] == project_id
    was, now = before.handovers.loc[own, "day"], after.handovers.loc[own, "day"]
    moved = [(old, new) for old, new in zip(was, now, strict=True) if old != new]
    if len(moved) == 1:
        return [f"de overdracht gaat van {day_words(moved[0][0])} naar {day_words(moved[0][1])}"]
    return [f"{len(moved)} overdrachten gaan mee"] if moved else []


def _nothing(plan: Plan, project_id: int, name: str) -> str:
    known = any(
        (frame["project_id"] == project_id).any()
        for frame in (plan.phases, plan.demand, plan.handovers)
    )
    if known:
        return f"Alles van {name} is al begonnen of voorbij; er valt niets te verschuiven."
    return f"Van {name} is nog niets gepland; er valt niets te verschuiven."


def _direction(weeks: int) -> str:
    return "later" if weeks > 0 else "eerder"


def _monday(days: pd.Series[pd.Timestamp]) -> pd.Series[pd.Timestamp]:
    return days - pd.to_timedelta(days.dt.day_of_week, unit="D")
