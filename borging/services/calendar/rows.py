"""The rows of the calendar: groups, the projects in them, and the marks on each row.

A row that is drawn has a number y, from 0 at the top.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from borging.domain.flu import in_flu_band
from borging.domain.periods import Week
from borging.domain.terms import Phase, PhaseStatus
from borging.domain.wording import count, day
from borging.services.calendar.spans import PROJECT, pieces
from borging.services.calendar.weeks import Window, per_week

ROWS_ON_A_PAGE = 60
WITHOUT = {"thema": "zonder thema", "eenheid": "zonder eenheid"}
UNKNOWN = "onbekend"


class Grouping(StrEnum):
    """By what the projects are grouped; the value is the word on the screen."""

    THEME = "thema"
    UNIT = "eenheid"


@dataclass(frozen=True)
class Line:
    """One row as it is drawn. project_id: None for the head of a group."""

    group: str
    words: str
    project_id: int | None = None
    folded: bool = False


@dataclass(frozen=True)
class Rows:
    """One page of rows and what is drawn on them; every frame has the row number y.

    bars: y, key, phase, status, by_line, first, last, overlap, words. moments: y, key, day,
    done, in_flu, words. bands: y, key, first, last, n, words: how many projects of a folded
    group run in equal weeks. busiest: the largest n of all folded groups. key: 'project:7' or
    'group:Wetgeving'.
    """

    lines: tuple[Line, ...]
    bars: pd.DataFrame
    moments: pd.DataFrame
    bands: pd.DataFrame
    busiest: int


def grouped(projects: pd.DataFrame, by: Grouping) -> pd.Series:
    """Return the group of every project: its theme, or its location, else its unit."""
    if by == Grouping.THEME:
        return projects["theme"].fillna(WITHOUT[by])
    return projects["location"].fillna(projects["unit"]).fillna(WITHOUT[by])


def in_order(projects: pd.DataFrame, moments: pd.DataFrame, bars: pd.DataFrame) -> pd.DataFrame:
    """Return the projects by group (largest first, without one last), then by handover.

    projects has the column group. A project without a handover stands where its last phase
    that it carries itself ends.
    """
    working = bars[~bars["by_line"]]
    turns = [
        moments.groupby("project_id")["day"].min(),
        working.groupby("project_id")["last"].max(),
        bars.groupby("project_id")["last"].max(),
    ]
    first, second, third = (
        pd.Series(turn.reindex(projects["id"]).to_numpy(), index=projects.index) for turn in turns
    )
    turn = first.fillna(second).fillna(third)
    sizes = projects["group"].map(projects["group"].value_counts())
    ordered = projects.assign(
        nameless=projects["group"].isin(WITHOUT.values()), size=-sizes, turn=turn
    )
    return ordered.sort_values(
        ["nameless", "size", "group", "turn", "code"], na_position="last", ignore_index=True
    )


def all_lines(ordered: pd.DataFrame, folded: bool) -> list[Line]:
    """Return every row from top to bottom, more than fit on one page."""
    lines: list[Line] = []
    for group, part in ordered.groupby("group", sort=False):
        head = f"{group} · {len(part)}"
        lines.append(Line(str(group), head, folded=folded))
        if not folded:
            lines += [
                Line(str(group), name(code, title), int(project_id))
                for project_id, code, title in zip(
                    part["id"], part["code"], part["title"], strict=True
                )
            ]
    return lines


def name(code: str, title: str) -> str:
    """Return code and title of a project, once where they are the same."""
    return code if code == title else f"{code} {title}"


def page_of(lines: list[Line], page: int) -> list[Line]:
    """Return the rows of one page (from 1); a group that goes on gets its head again."""
    shown = lines[(page - 1) * ROWS_ON_A_PAGE : page * ROWS_ON_A_PAGE]
    if shown and shown[0].project_id is not None:
        shown = [Line(shown[0].group, f"{shown[0].group} · vervolg"), *shown]
    return shown


def rows(
    lines: list[Line],
    ordered: pd.DataFrame,
    bars: pd.DataFrame,
    moments: pd.DataFrame,
    span: Window,
) -> Rows:
    """Return what is drawn on one page of rows within a window."""
    own = {line.project_id: y for y, line in enumerate(lines) if line.project_id is not None}
    names = {line.project_id: line.words for line in lines if line.project_id is not None}
    folded = {line.group: y for y, line in enumerate(lines) if line.folded}
    groups = ordered.set_index("id")["group"]
    bands = _bands(folded, bars, groups, span)
    return Rows(
        lines=tuple(lines),
        bars=_bars(bars, own, names, span),
        moments=pd.concat(
            [
                _moments(moments, own, names, span),
                _group_moments(moments, folded, groups, span),
            ],
            ignore_index=True,
        ),
        bands=bands,
        busiest=int(bands["n"].max()) if len(bands) else 0,
    )


def _bars(
    bars: pd.DataFrame, own: Mapping[int, int], names: Mapping[int, str], span: Window
) -> pd.DataFrame:
    near = bars[bars["project_id"].isin(own) & touches(bars, span)]
    cut = pieces(near)
    cut = cut[touches(cut, span)]
    words = [
        f"{names[project_id]}\n{_phase_words(phase)} · {_period(start, end)}{_status_words(status)}"
        + (" · de lijn draagt" if by_line else "")
        for project_id, phase, start, end, status, by_line in zip(
            cut["project_id"],
            cut["phase"],
            cut["start"],
            cut["end"],
            cut["status"],
            cut["by_line"],
            strict=True,
        )
    ]
    return cut.assign(
        y=cut["project_id"].map(own).astype("int64"),
        key="project:" + cut["project_id"].astype(str),
        words=pd.Series(words, index=cut.index, dtype=object),
    )[["y", "key", "phase", "status", "by_line", "first", "last", "overlap", "words"]]


def touches(bars: pd.DataFrame, span: Window) -> pd.Series:
    """Say which bars lie in the window, if only for a day."""
    return (bars["last"] >= pd.Timestamp(span.first)) & (bars["first"] <= pd.Timestamp(span.last))


def _phase_words(phase: str) -> str:
    return "Project, fasen niet bekend" if phase == PROJECT else Phase(phase).label


def _period(start: pd.Timestamp, end: pd.Timestamp) -> str:
    turned = ", begin en eind omgekeerd" if end < start else ""
    return f"{day(start, UNKNOWN)} t/m {day(end, UNKNOWN)}{turned}"


def _status_words(status: str | None) -> str:
    return "" if status is None or pd.isna(status) else f" · {PhaseStatus(status).label}"


def _moments(
    moments: pd.DataFrame, own: Mapping[int, int], names: Mapping[int, str], span: Window
) -> pd.DataFrame:
    near = moments[moments["project_id"].isin(own) & inside(moments["day"], span)]
    words = [
        f"{names[project_id]}\n{result}\n{'overgedragen' if done else 'overdracht afgesproken'} "
        f"{day(when)} · {Week.of(when).label}{' · griepseizoen' if in_flu else ''}"
        for project_id, result, when, done, in_flu in zip(
            near["project_id"],
            near["result"],
            near["day"],
            near["done"],
            near["in_flu"],
            strict=True,
        )
    ]
    return near.assign(
        y=near["project_id"].map(own).astype("int64"),
        key="project:" + near["project_id"].astype(str),
        words=pd.Series(words, index=near.index, dtype=object),
    )[["y", "key", "day", "done", "in_flu", "words"]]


def inside(days: pd.Series, span: Window) -> pd.Series:
    """Say which days lie in the window."""
    return (days >= pd.Timestamp(span.first)) & (days <= pd.Timestamp(span.last))


def _group_moments(
    moments: pd.DataFrame, folded: dict[str, int], groups: pd.Series, span: Window
) -> pd.DataFrame:
    """Return one moment per week for each folded group."""
    group = moments["project_id"].map(groups)
    near = moments.assign(group=group)[group.isin(folded) & inside(moments["day"], span)]
    length = pd.Timedelta(weeks=span.step)
    offset = (near["day"] - pd.Timestamp(span.first)) // length
    monday = pd.Timestamp(span.first) + offset * length
    weekly = (
        near.assign(monday=monday)
        .groupby(["group", "monday"], as_index=False)
        .agg(n=("done", "size"), done=("done", "all"))
    )
    middle = weekly["monday"] + length / 2
    words = [
        f"{name}\n{count(n, 'overdracht', 'overdrachten')} · {_from(start, span.step)}"
        for name, n, start in zip(weekly["group"], weekly["n"], weekly["monday"], strict=True)
    ]
    return pd.DataFrame(
        {
            "y": weekly["group"].map(folded).astype("int64"),
            "key": "group:" + weekly["group"].astype(str),
            "day": middle,
            "done": weekly["done"].astype(bool),
            "in_flu": [in_flu_band(d.date()) for d in weekly["monday"]],
            "words": pd.Series(words, dtype=object),
        }
    )


def _from(monday: pd.Timestamp, weeks: int) -> str:
    week = Week.of(monday.date())
    return f"{week.label} {week.year}" if weeks == 1 else f"{weeks} weken vanaf {day(monday)}"


def _bands(
    folded: dict[str, int], bars: pd.DataFrame, groups: pd.Series, span: Window
) -> pd.DataFrame:
    """Return the weeks in which equally many projects of a folded group run."""
    working = bars[~bars["by_line"]].groupby("project_id")
    extent = working.agg(first=("first", "min"), last=("last", "max"))
    extent["group"] = groups.reindex(extent.index)
    found = []
    for group, part in extent[extent["group"].isin(folded)].groupby("group"):
        counts = per_week(part["first"], part["last"], span)
        begin = np.flatnonzero(np.diff(counts, prepend=-1))
        end = np.append(begin[1:], len(counts))
        found += [
            (folded[str(group)], f"group:{group}", int(a), int(b), int(counts[a]))
            for a, b in zip(begin, end, strict=True)
            if counts[a]
        ]
    bands = pd.DataFrame(found, columns=["y", "key", "a", "b", "n"])
    start, week = pd.Timestamp(span.first), pd.Timedelta(weeks=1)
    bands["first"] = start + bands.pop("a").astype("int64") * week
    bands["last"] = start + bands.pop("b").astype("int64") * week - pd.Timedelta(days=1)
    bands["words"] = [
        f"{key.removeprefix('group:')}\n{count(n, 'project loopt', 'projecten lopen')} · "
        f"{day(first)} t/m {day(last)}"
        for key, n, first, last in zip(
            bands["key"], bands["n"], bands["first"], bands["last"], strict=True
        )
    ]
    return bands
