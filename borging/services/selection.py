"""The one filter that every screen, chart and file shares.

The words in a selection are the words on the screen, so that an address can be read.
An empty field selects everything. The period includes both days.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

import pandas as pd

from borging.domain.wording import day

NO_PROJECTS = "Nog geen projecten"
NONE_MATCH = "Geen project past bij de filters"


@dataclass(frozen=True)
class Selection:
    """What somebody chose to see.

    units are labels of units ('De Linde', 'De Linde › Team Noord'); choosing a unit takes in
    what lies below it. first and last bound the period that a project must touch; projects
    without any known day stay visible only when no period is chosen.
    """

    units: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None

    @property
    def active(self) -> bool:
        """Whether anything is left out."""
        return any(getattr(self, field.name) for field in fields(self))


def no_projects(filtered: bool) -> str:
    """Return the title of a screen without projects; filtered: there are some outside it."""
    return NONE_MATCH if filtered else NO_PROJECTS


def selected(projects: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Return the projects (one row each) that a selection shows, in the same order.

    `projects` has the columns unit, theme, project_lead, start, end, and phase_label and
    state_label as `borging.services.stages.with_stage` adds them.
    """
    keep = pd.Series(True, index=projects.index)
    if selection.units:
        unit = projects["unit"].fillna("")
        below = tuple(f"{label} › " for label in selection.units)
        keep &= unit.isin(selection.units) | unit.str.startswith(below).astype(bool)
    for column, words in (
        ("theme", selection.themes),
        ("phase_label", selection.phases),
        ("state_label", selection.states),
        ("project_lead", selection.leads),
    ):
        if words:
            keep &= projects[column].isin(words)
    if selection.first or selection.last:
        first = pd.Timestamp(selection.first or date.min)
        last = pd.Timestamp(selection.last or date.max)
        known = projects["start"].notna() | projects["end"].notna()
        keep &= known & ~(projects["start"] > last) & ~(projects["end"] < first)
    return projects[keep]


def choices(projects: pd.DataFrame) -> dict[str, list[str]]:
    """Return the themes and the project leads that occur in the portfolio, each in order."""
    return {
        "themes": sorted(projects["theme"].dropna().unique()),
        "leads": sorted(projects["project_lead"].dropna().unique()),
    }


@dataclass(frozen=True)
class Chip:
    """One chosen value: its field in the selection, the value and the words on the chip."""

    field: str
    value: str | date
    words: str


CHIP_WORDS = {
    "units": "Eenheid",
    "themes": "Thema",
    "phases": "Fase",
    "states": "Stand",
    "leads": "Projectleider",
    "first": "Vanaf",
    "last": "Tot en met",
}


def chips(selection: Selection) -> list[Chip]:
    """Return one chip per chosen value, in the order of the fields."""
    found = []
    for field, word in CHIP_WORDS.items():
        value = getattr(selection, field)
        if isinstance(value, tuple):
            found += [Chip(field, each, f"{word}: {each}") for each in value]
        elif value is not None:
            found.append(Chip(field, value, f"{word}: {day(value)}"))
    return found


def file_words(selection: Selection) -> list[str]:
    """Return the words of what was chosen, for in a file name."""
    return [str(chip.value) for chip in chips(selection)]
