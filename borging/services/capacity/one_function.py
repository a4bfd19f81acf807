"""One function: what it has, what is asked of it through which projects, what is short."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from borging.domain.periods import Week
from borging.domain.wording import count, day, number
from borging.planning import demand as asking
from borging.planning import load as loads
from borging.services.capacity import words
from borging.services.capacity.view import PHONE_WEEKS, CapacityView


@dataclass(frozen=True)
class Part:
    """Hours per week of some work, drawn as one colour. tentative: none of it is firm."""

    label: str
    hours: tuple[float, ...]
    tentative: bool = False


@dataclass(frozen=True)
class FunctionView:
    """One function: what it has, what is asked through which projects, what is short.

    table: the same hours, a row per project and certainty and one for what there is (project,
    certainty, and a column per week such as '2026-W53').
    """

    name: str
    weeks: tuple[pd.Timestamp, ...]
    chances: tuple[float | None, ...]
    flu: tuple[str, ...]
    supply: tuple[float, ...]
    parts: tuple[Part, ...]
    shortage: tuple[float, ...]
    table: pd.DataFrame
    in_words: str


def one_function(found: CapacityView, function_id: int, *, narrow: bool) -> FunctionView:
    """Return one function; on a phone only the weeks that a phone shows."""
    here = slice(found.phone_from, found.phone_from + PHONE_WEEKS) if narrow else slice(None)
    weeks = found.weeks[here]
    own = found.needs[found.needs["function_id"] == function_id]
    there = found.supply.loc[function_id].to_numpy(float)[here]
    short = np.clip(found.demand.loc[function_id].to_numpy(float)[here] - there, 0, None)
    name = found.names[function_id]
    lacking = int((short > loads.ROUNDING).sum())
    said = f"{name}: tekort in {count(lacking, 'week', 'weken')} van {len(weeks)}"
    if lacking:
        worst = int(short.argmax())
        said += f", het meest in {words.week(weeks[worst])}: {number(short[worst], 1)} uur"
    return FunctionView(
        name=name,
        weeks=tuple(weeks),
        chances=found.chances[here],
        flu=found.flu[here],
        supply=tuple(there.tolist()),
        parts=_parts(own, weeks),
        shortage=tuple(short.tolist()),
        table=_table(own, weeks, there),
        in_words=f"{said}. Gerekend vanaf {day(weeks[0])}; dezelfde uren staan in de tabel.",
    )


def _parts(own: pd.DataFrame, weeks: pd.DatetimeIndex) -> tuple[Part, ...]:
    """Return the projects with most firm hours, the other firm ones, and what is tentative."""
    firm = asking.by_project(own[own["firm"]], weeks).droplevel("firm")
    firm = firm[firm.sum(axis=1) > 0]
    firm = firm.loc[firm.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    labels = _labels(own)
    order = [int(project) for project in firm.index.tolist()]
    named = 3 if len(firm) <= 3 else 2
    parts = [
        Part(labels[project], tuple(row.tolist()))
        for project, row in zip(order[:named], firm.to_numpy(float)[:named], strict=True)
    ]
    rest = firm.iloc[named:]
    if len(rest):
        parts.append(Part(f"{len(rest)} andere projecten", tuple(rest.sum().tolist())))
    maybe = asking.by_project(own[~own["firm"]], weeks).sum()
    if maybe.sum() > 0:
        parts.append(Part("voorlopig", tuple(maybe.tolist()), tentative=True))
    return tuple(parts)


def _labels(own: pd.DataFrame) -> dict[int, str]:
    return {
        int(project): f"{code} {title}" if code != title else str(code)
        for project, code, title in zip(own["project_id"], own["code"], own["title"], strict=True)
    }


def _table(own: pd.DataFrame, weeks: pd.DatetimeIndex, there: np.ndarray) -> pd.DataFrame:
    """Return the hours per project, most first, below what there is."""
    hours, labels = asking.by_project(own, weeks), _labels(own)
    hours = hours[hours.sum(axis=1) > 0]
    hours = hours.loc[hours.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    columns = [str(Week.of(monday)) for monday in weeks.date]
    table = pd.DataFrame(np.vstack([there[None], hours.to_numpy(float)]).round(1), columns=columns)
    projects = hours.index.get_level_values("project_id").tolist()
    firm = hours.index.get_level_values("firm").tolist()
    table.insert(0, "project", ["beschikbaar", *(labels[each] for each in projects)])
    table.insert(1, "certainty", ["", *("zeker" if each else "voorlopig" for each in firm)])
    return table
