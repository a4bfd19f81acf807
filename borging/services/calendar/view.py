"""Projectenkalender: what runs when, and what is handed over in the flu season?

Handovers of the title are those of `borging.services.handovers`, of active projects. The
overview always counts the whole selection; a chosen group or a shorter window narrows the rows
and the table.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from borging.domain.terms import PhaseStatus
from borging.services import stages
from borging.services.calendar import rows as calendar_rows
from borging.services.calendar import spans as calendar_spans
from borging.services.calendar import surroundings as calendar_tables
from borging.services.calendar import weeks as calendar_weeks
from borging.services.calendar import words as calendar_words
from borging.services.calendar.rows import Grouping, Line, Rows
from borging.services.calendar.spans import PROJECT
from borging.services.calendar.surroundings import Surroundings
from borging.services.calendar.weeks import Overview, Window, Zoom
from borging.services.flu_winters import FluHistory
from borging.services.handovers import coming_handovers
from borging.services.holidays import DaysOff, SchoolHolidays

FEW = 60
"""Up to so many projects the groups are open unless somebody folds them."""


@dataclass(frozen=True)
class Asked:
    """What somebody chose on the calendar. around: None is the day of judgement."""

    zoom: Zoom = Zoom.YEAR
    around: date | None = None
    by: Grouping = Grouping.THEME
    folded: bool | None = None
    group: str | None = None


@dataclass(frozen=True)
class CalendarView:
    """What the calendar shows.

    rows: every row from top to bottom; `page` draws some of them. coming: one row per handover
    that is still to come: id, project, result, day, week, chance. table: one row per project in
    the window: id, project, group, phase_label, first, last, next_handover, week, iso_week,
    chance. outside: projects that have days, none of them in the window. undated: projects
    without any day.
    """

    title: str
    small_print: str
    as_of: date
    asked: Asked
    window: Window
    around: Surroundings
    overview: Overview
    selected: int
    lines: tuple[Line, ...]
    pages: int
    outside: int
    undated: int
    in_words: str
    period: str
    flu: str
    groups: tuple[str, ...]
    coming: pd.DataFrame
    table: pd.DataFrame
    _ordered: pd.DataFrame
    _bars: pd.DataFrame
    _moments: pd.DataFrame

    @property
    def empty(self) -> bool:
        """Whether the selection holds no project at all."""
        return self.selected == 0

    def note(self, rows: Rows) -> str:
        """Return the small print under the chart with these rows."""
        return calendar_words.footnotes(
            self.window,
            bare=bool((rows.bars["phase"] == PROJECT).any()),
            proposed=bool((rows.bars["status"] == PhaseStatus.PROPOSED).any()),
            folded=bool(self.asked.folded),
            busiest=rows.busiest,
            flu=self.flu,
            outside=self.outside,
            undated=self.undated,
            school_until=self.around.school_until,
            wrong_in_source=self.around.wrong,
        )

    def page(self, number: int) -> Rows:
        """Return what is drawn on one page of rows, from 1."""
        lines = calendar_rows.page_of(list(self.lines), number)
        return calendar_rows.rows(lines, self._ordered, self._bars, self._moments, self.window)


def view(
    projects: pd.DataFrame,
    phases: pd.DataFrame,
    results: pd.DataFrame,
    history: FluHistory,
    school: SchoolHolidays,
    days_off: DaysOff,
    as_of: date,
    asked: Asked,
    any_project: bool,
) -> CalendarView:
    """Build the calendar of the selected projects.

    phases: with their status. history: the flu seasons to reckon with. any_project: whether
    there is a project at all, also when the selection holds none. asked.folded and asked.group
    come back as they hold: an unknown group is no group, and one chosen group is open.
    """
    bars = calendar_spans.spans(projects, phases, as_of)
    moments = calendar_spans.handovers(projects, results, as_of)
    span = calendar_weeks.window(asked.zoom, asked.around or as_of, as_of, bars, moments["day"])
    placed = projects.assign(group=calendar_rows.grouped(projects, asked.by))
    names = tuple(placed["group"].value_counts().index)
    group = asked.group if asked.group in names else None
    wanted = placed if group is None else placed[placed["group"] == group]
    shown = wanted[_in_window(wanted["id"], bars, moments, span)]
    folded = group is None and (len(shown) > FEW if asked.folded is None else asked.folded)
    undated = int(calendar_spans.undated(wanted, bars, moments).sum())
    ordered = calendar_rows.in_order(shown, moments, bars)
    lines = calendar_rows.all_lines(ordered, folded)
    active = projects[projects["state"].isin(stages.ACTIVE)]
    found = coming_handovers(results, active, as_of)
    return CalendarView(
        title=calendar_words.title(len(projects), any_project, found),
        small_print=calendar_words.small_print(len(projects), as_of),
        as_of=as_of,
        asked=replace(asked, group=group, folded=folded),
        window=span,
        around=calendar_tables.surroundings(span, history, school, days_off),
        overview=calendar_weeks.overview(bars, moments, span),
        selected=len(projects),
        lines=tuple(lines),
        pages=max(1, -(-len(lines) // calendar_rows.ROWS_ON_A_PAGE)),
        outside=len(wanted) - len(shown) - undated,
        undated=undated,
        in_words=calendar_words.in_words(
            span,
            len(shown),
            calendar_tables.in_each_phase(projects, phases),
            calendar_tables.by_line(projects, phases),
            found,
        ),
        period=calendar_words.period(span),
        flu=calendar_words.around(history, days_off),
        groups=tuple(sorted(names)),
        coming=calendar_tables.coming(active, moments, history, as_of),
        table=calendar_tables.table(ordered, bars, history),
        _ordered=ordered,
        _bars=bars[bars["project_id"].isin(shown["id"])],
        _moments=moments[moments["project_id"].isin(shown["id"])],
    )


def _in_window(
    ids: pd.Series, bars: pd.DataFrame, moments: pd.DataFrame, span: Window
) -> pd.Series:
    near = calendar_rows.touches(bars, span)
    soon = calendar_rows.inside(moments["day"], span)
    return ids.isin(bars.loc[near, "project_id"]) | ids.isin(moments.loc[soon, "project_id"])
