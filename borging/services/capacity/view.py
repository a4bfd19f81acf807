"""Which function is asked more than it has, in which week, and through which projects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from borging.domain.absence import Absence
from borging.domain.periods import Week
from borging.domain.wording import count, listed
from borging.planning import demand as asking
from borging.planning import load as loads
from borging.planning import supply as having
from borging.planning.shortage import mean_supply
from borging.services import flu_words, stages
from borging.services.capacity import words
from borging.services.capacity.winter_draws import WinterDraws, draw
from borging.services.flu_winters import FluHistory
from borging.services.holidays import DaysOff, Holiday, SchoolHolidays, touching
from borging.services.known import known_first

PERIODS = {"half jaar": 26, "jaar": 52, "twee jaar": 104}
"""What can be chosen to its number of weeks."""
PHONE_WEEKS = 9
PRINTED_WEEKS = 30
"""Weeks up to which every cell has its number."""
NAMED = 3
"""Projects that are named as the cause of an overload."""


@dataclass(frozen=True)
class CapacityView:
    """What the screen shows.

    functions: id, name, fte, scarce; the one with the worst week first, and the rows of load,
    present, supply and demand in the same order. load: 1.0 is full. present, supply: hours before
    sick leave, and after it on average over the drawn winters. needs: those that count, with code
    and title of their project. chances: of flu per week (0–1), None where nobody measures; flu: the
    same in words. school,
    public: names of holidays per week, '' for none. overloads: a row per run of weeks.
    phone_from: place of the first week that a phone shows.
    """

    title: str
    small_print: str
    functions: pd.DataFrame
    weeks: pd.DatetimeIndex
    load: pd.DataFrame
    present: pd.DataFrame
    supply: pd.DataFrame
    demand: pd.DataFrame
    needs: pd.DataFrame
    draws: WinterDraws
    chances: tuple[float | None, ...]
    flu: tuple[str, ...]
    school: tuple[str, ...]
    public: tuple[str, ...]
    overloads: pd.DataFrame
    in_words: str
    note: str
    phone_from: int = 0

    @property
    def empty(self) -> bool:
        """Say whether there is nothing to draw yet."""
        return self.functions.empty or self.needs.empty

    @property
    def table(self) -> pd.DataFrame:
        """The load in whole per cent, a row per function and a column per week ('2026-W53').

        Empty where somebody is asked and there are no hours at all.
        """
        whole = (100 * self.load.replace(np.inf, np.nan)).round().astype("Int64")
        whole.columns = pd.Index([str(Week.of(monday)) for monday in self.weeks.date])
        whole.insert(0, "function", self.functions["name"].tolist())
        return whole.reset_index(drop=True)

    def drawn(self, narrow: bool) -> int:
        """Return the number of weeks that a heatmap shows. narrow: on a phone."""
        return min(PHONE_WEEKS, len(self.weeks)) if narrow else len(self.weeks)

    @staticmethod
    def is_over(share: float) -> bool:
        """Say whether a load is more than full."""
        return loads.is_over(share)

    @property
    def names(self) -> dict[int, str]:
        """Id to name of the functions, in the order of the rows."""
        ids, names = self.functions["id"].tolist(), self.functions["name"].tolist()
        return dict(zip(ids, names, strict=True))


def view(
    functions: pd.DataFrame,
    leave: pd.DataFrame,
    needs: pd.DataFrame,
    projects: pd.DataFrame,
    results: pd.DataFrame,
    history: FluHistory,
    school: SchoolHolidays,
    days_off: DaysOff,
    absence: Absence,
    as_of: date,
    period: int,
) -> CapacityView:
    """Return the load of every function for `period` weeks from the week of `as_of`.

    projects: all of them, filtered or not. history: the flu seasons to reckon with.
    """
    weeks = having.weeks_from(as_of, period)
    first, last = weeks[0].date(), weeks[-1].date() + timedelta(days=6)
    counted, left_out = _counted(needs, projects)
    public = days_off.between(first, last)
    draws = draw(history, weeks, absence)
    asked_weeks = [Week.of(monday) for monday in weeks.date]
    present = having.present(functions, leave, weeks, [h.first for h in public])
    there = mean_supply(present, draws.absent)
    asked = asking.demand(counted, functions, weeks)
    share = loads.load(asked, there)
    order = np.argsort(-share.to_numpy(float).max(axis=1, initial=0), kind="stable")
    functions = functions.iloc[order].reset_index(drop=True)
    present, there, asked, share = (each.iloc[order] for each in (present, there, asked, share))
    names = functions["name"].tolist()
    title = words.NO_FUNCTIONS if functions.empty else words.NO_NEEDS
    going = projects[projects["state"].isin(stages.ACTIVE)]
    unknown = int((~going["id"].isin(counted["project_id"])).sum())
    if not functions.empty and (unknown or not counted.empty):
        said = words.NO_NEEDS if counted.empty else words.finding(share, names)
        title = known_first(said, unknown, len(going), words.NEEDS)
    known = touching(school.known, first, last)
    return CapacityView(
        title=title,
        small_print=words.small_print(as_of, weeks, left_out),
        functions=functions,
        weeks=weeks,
        load=share,
        present=present,
        supply=there,
        demand=asked,
        needs=counted,
        draws=draws,
        chances=tuple(each.chance for each in history.counts(asked_weeks)),
        flu=tuple(flu_words.of_week(history, week) for week in asked_weeks),
        school=_per_week(known, weeks),
        public=_per_week(tuple(h for h in public if h.first.weekday() < 5), weeks),
        overloads=_overloads(asked, there, counted, results, functions),
        in_words=words.in_words(title, share, names),
        note=words.note(
            absence,
            history,
            days_off,
            touching(school.wrong, first, last),
            no_hours=bool(np.isinf(share.to_numpy(float)).any()),
        ),
        phone_from=_phone_from(share),
    )


def load_note(found: CapacityView, narrow: bool) -> str:
    """Return the small print below the heatmap of the load. narrow: on a phone."""
    drawn = found.drawn(narrow)
    parts = [words.load_cells(drawn <= PRINTED_WEEKS), words.some_of(drawn, len(found.weeks))]
    return " · ".join([*filter(None, parts), found.note])


def _counted(needs: pd.DataFrame, projects: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return the needs of projects that are not over, and the number of projects that are."""
    known = projects.set_index("id")[["code", "title", "state"]]
    joined = needs.join(known, on="project_id")
    over = joined["state"].isin(stages.OVER)
    return joined[~over].reset_index(drop=True), joined.loc[over, "project_id"].nunique()


def _per_week(holidays: tuple[Holiday, ...], weeks: pd.DatetimeIndex) -> tuple[str, ...]:
    """Return the names of the holidays that touch Monday up to and including Friday of a week."""
    found = []
    for monday in weeks.date:
        here = [h for h in holidays if h.first <= monday + timedelta(days=4) and h.last >= monday]
        names = [h.name + (f" ({h.where})" if h.regions else "") for h in here]
        found.append(listed(list(dict.fromkeys(names))))
    return tuple(found)


def _phone_from(share: pd.DataFrame) -> int:
    """Return the place of the week from which a phone shows the worst week in its middle."""
    if share.empty:
        return 0
    worst = int(share.to_numpy(float).max(axis=0).argmax())
    return max(0, min(worst - PHONE_WEEKS // 2, share.shape[1] - PHONE_WEEKS))


def _overloads(
    asked: pd.DataFrame,
    there: pd.DataFrame,
    needs: pd.DataFrame,
    results: pd.DataFrame,
    functions: pd.DataFrame,
) -> pd.DataFrame:
    """Return a row per overload; columns function, weeks, worst, hours, projects, handovers."""
    names = dict(zip(functions["id"].tolist(), functions["name"].tolist(), strict=True))
    waiting = results[results["handed_over_on"].isna() & results["agreed_on"].notna()]
    rows = []
    for found in loads.overloads(asked, there):
        span = pd.date_range(found.first, found.last, freq="7D", unit="us")
        own = needs[needs["function_id"] == found.function_id]
        hours = asking.per_need(own, span).sum(axis=1)
        causes = pd.Series(hours, index=own["code"].tolist()).groupby(level=0).sum()
        causes = causes[causes > 0].sort_values(ascending=False, kind="stable")
        end = found.last + pd.Timedelta(days=6)
        handed = waiting[
            waiting["project_id"].isin(own.loc[hours > 0, "project_id"])
            & waiting["agreed_on"].between(found.first, end)
        ].sort_values("agreed_on")
        codes = dict(zip(own["project_id"].tolist(), own["code"].tolist(), strict=True))
        moments = [
            f"{codes[project]} {words.week(moment)}"
            for project, moment in zip(
                handed["project_id"].tolist(), handed["agreed_on"], strict=True
            )
        ]
        rows.append(
            (
                names[found.function_id],
                words.weeks(found.first, found.last),
                f"{words.week(found.worst)}: {words.share(found.share)}",
                found.hours,
                _some(causes.index.tolist()),
                _some(list(dict.fromkeys(moments))) or "geen",
            )
        )
    columns = ["function", "weeks", "worst", "hours", "projects", "handovers"]
    return pd.DataFrame(rows, columns=columns)


def _some(names: list[str]) -> str:
    more = len(names) - NAMED
    if more <= 0:
        return listed(names)
    return f"{', '.join(names[:NAMED])} en {count(more, 'ander', 'andere')}"
