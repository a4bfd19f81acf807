"""The lines of the calendar: groups that fold, and at most one page of projects below them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

PAGE_SIZE = 60
"""Projects drawn at a time."""

FOLDED_MOST = 25
"""Folded groups drawn at a time; the others are counted."""


class Grouping(StrEnum):
    """What the lines hang under; the value is the word on the screen."""

    THEME = "thema"
    UNIT = "eenheid"

    @property
    def without(self) -> str:
        """The group of projects that have none."""
        return f"zonder {self.value}"


@dataclass(frozen=True)
class Line:
    """One line. project_id: None for a group. count: projects in the group, 1 for a project."""

    words: str
    count: int
    project_id: int | None = None
    unfolded: bool = False

    @property
    def is_group(self) -> bool:
        """Whether projects hang under it."""
        return self.project_id is None


@dataclass(frozen=True)
class Lines:
    """The lines of one page. left_out: folded groups for which there is no room."""

    shown: tuple[Line, ...]
    page: int
    pages: int
    left_out: int

    @property
    def place(self) -> dict[int, int]:
        """Project id to the place of its line."""
        return {x.project_id: n for n, x in enumerate(self.shown) if x.project_id is not None}

    @property
    def folded(self) -> dict[str, int]:
        """Name of a folded group to the place of its line."""
        return {x.words: n for n, x in enumerate(self.shown) if x.is_group and not x.unfolded}


def group_names(projects: pd.DataFrame, grouping: Grouping) -> pd.Series:
    """Return the group of every project; a location stands for the teams below it."""
    if grouping is Grouping.THEME:
        names = projects["theme"]
    else:
        names = projects["location"].fillna(projects["unit"])
    return names.astype(object).fillna(grouping.without)


def sizes(names: pd.Series, grouping: Grouping) -> dict[str, int]:
    """Return the groups with their number of projects: largest first, 'zonder' last."""
    counted = names.value_counts()
    order = sorted(counted.items(), key=lambda x: (x[0] == grouping.without, -x[1], str(x[0])))
    return {str(name): int(n) for name, n in order}


def arrange(
    projects: pd.DataFrame,
    names: pd.Series,
    groups: Mapping[str, int],
    begins: pd.Series,
    page: int,
    folded: bool,
) -> Lines:
    """Put the projects of one page under their groups, the earliest to begin first.

    names: the group per project, on the index of projects. begins: project id to its first
    day, only for projects that have something in view. page: from 1, taken back to the last
    one when there are fewer. folded: keep every group closed.
    """
    place = {name: n for n, name in enumerate(groups)}
    visible = pd.DataFrame(
        {
            "id": projects["id"],
            "words": projects["code"].astype(str) + " " + projects["title"].astype(str),
            "group": names,
            "rank": names.map(place),
            "begins": projects["id"].map(begins),
        }
    )
    visible = visible[visible["begins"].notna()]
    visible = visible.sort_values(["rank", "begins", "words"], kind="stable")
    pages = max(1, -(-len(visible) // PAGE_SIZE))
    page = min(max(1, page), pages)
    drawn = visible.iloc[0:0] if folded else visible[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    members = {str(name): own for name, own in drawn.groupby("group", sort=False)}
    shown: list[Line] = []
    closed = 0
    for name, count in groups.items():
        own = members.get(name)
        if own is None:
            closed += 1
            if closed > FOLDED_MOST:
                continue
        shown.append(Line(name, count, unfolded=own is not None))
        if own is not None:
            rows = zip(own["words"].tolist(), own["id"].tolist(), strict=True)
            shown += [Line(words, 1, project_id=int(number)) for words, number in rows]
    pages = 1 if folded else pages
    return Lines(tuple(shown), min(page, pages), pages, max(0, closed - FOLDED_MOST))
