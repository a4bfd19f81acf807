"""What a project asks of a function, and the templates that fill it in.

Periods include their first and their last day. Hours are hours per week.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from borging.domain.project_fields import FIRST_DAY, LAST_DAY
from borging.domain.terms import Phase

FULL_WEEK = 60
"""Contract hours per week of one fte that no employer goes above."""
MOST_FTE = 10_000
"""Fte of one function that no employer has."""
LONGEST_NAME = 100
"""Characters of the name of a function."""
MOST_HOURS, MOST_HOURS_WORDS = 10_000, "10.000"
"""Hours per week that no project asks of one function, and that no function is on leave."""


Fault = tuple[str, str]
"""The name of a field, and in Dutch what is wrong with it."""


@dataclass(frozen=True)
class FunctionFields:
    """A function. hours_per_week: contract hours of one fte. project_share: 0–1."""

    name: str
    fte: float | None = None
    hours_per_week: float | None = 36.0
    project_share: float | None = None
    scarce: bool = False

    def problems(self) -> list[str]:
        """Return in Dutch what is wrong with it."""
        return [sentence for _field, sentence in self.faults()]

    def faults(self) -> list[Fault]:
        """Return what is wrong with it, with the field that is wrong."""
        found = []
        if not self.name.strip():
            found.append(("name", "een functie heeft een naam nodig"))
        elif len(self.name.strip()) > LONGEST_NAME:
            found.append(("name", f"de naam heeft ten hoogste {LONGEST_NAME} tekens; kort hem in"))
        if not _between(self.fte, 0, MOST_FTE):
            most = f"{MOST_FTE:,}".replace(",", ".")
            found.append(("fte", f"het aantal fte moet 0 of meer zijn, ten hoogste {most}"))
        if not _between(self.hours_per_week, 0, FULL_WEEK) or self.hours_per_week == 0:
            words = f"de uren per week van één fte moeten meer dan 0 zijn, ten hoogste {FULL_WEEK}"
            found.append(("hours_per_week", words))
        if not _between(self.project_share, 0, 1):
            words = "het deel voor projecten moet van 0 tot en met 100 % zijn"
            found.append(("project_share", words))
        return found


@dataclass(frozen=True)
class NeedFields:
    """Hours that a project asks of a function. phase: a value of Phase, or None."""

    function_id: int | None
    hours_per_week: float | None
    first: date | None
    last: date | None
    firm: bool = True
    phase: str | None = None

    def problems(self, functions: Collection[int]) -> list[str]:
        """Return in Dutch what is wrong with it. functions: ids of those that exist."""
        found = []
        if self.function_id not in functions:
            found.append("kies een functie uit de lijst")
        found += [words for _field, words in period_faults(self)]
        if self.phase is not None and self.phase not in [phase.value for phase in Phase]:
            found.append(f"fase ‘{self.phase}’ bestaat niet")
        return found


@dataclass(frozen=True)
class LeaveFields:
    """Leave that is known of a function: contract hours off per week, all people together."""

    function_id: int | None
    hours_per_week: float | None
    first: date | None
    last: date | None

    def problems(self, functions: Collection[int]) -> list[str]:
        """Return in Dutch what is wrong with it. functions: ids of those that exist."""
        wrong = [] if self.function_id in functions else ["kies een functie uit de lijst"]
        return wrong + [words for _field, words in period_faults(self)]


def period_faults(fields: NeedFields | LeaveFields) -> list[Fault]:
    """Return what is wrong with the hours and the days, with the field that is wrong."""
    found, hours, first, last = [], fields.hours_per_week, fields.first, fields.last
    if not _between(hours, 0, MOST_HOURS) or hours == 0:
        words = f"de uren per week moeten meer dan 0 zijn, ten hoogste {MOST_HOURS_WORDS}"
        found.append(("hours_per_week", words))
    if first is None or last is None:
        words = "vul een eerste en een laatste dag in"
        found.append(("first" if first is None else "last", words))
    elif not all(FIRST_DAY <= day <= LAST_DAY for day in (first, last)):
        name = "last" if FIRST_DAY <= first <= LAST_DAY else "first"
        words = f"een dag ligt tussen {FIRST_DAY.year} en {LAST_DAY.year}; kijk het jaar na"
        found.append((name, words))
    elif last < first:
        words = f"het einde ({last:%d-%m-%Y}) ligt vóór het begin ({first:%d-%m-%Y})"
        found.append(("last", words))
    return found


def _between(value: float | None, low: float, high: float) -> bool:
    return value is not None and math.isfinite(value) and low <= value <= high


@dataclass(frozen=True)
class TemplateLine:
    """Hours per week that one phase asks of a function, which is named."""

    function: str
    phase: Phase
    hours_per_week: float


@dataclass(frozen=True)
class Template:
    """What a kind of project usually asks. theme: the theme it fits best."""

    key: str
    title: str
    theme: str
    lines: tuple[TemplateLine, ...]


@lru_cache(maxsize=4)
def load_templates(path: Path) -> tuple[Template, ...]:
    """Read the templates of a file, in its order."""
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Template(
            row["key"],
            row["title"],
            row["theme"],
            tuple(
                TemplateLine(line["function"], Phase(phase), float(line["hours"]))
                for phase, lines in row["phases"].items()
                for line in lines
            ),
        )
        for row in read["templates"]
    )


def filled(
    template: Template,
    periods: Mapping[str, tuple[date, date]],
    functions: Mapping[str, int],
    firm: bool = False,
) -> list[NeedFields]:
    """Return the needs of a template for the phases that have dates and functions that exist.

    periods: value of a phase to its first and last day. functions: name to id.
    """
    folded = {name.casefold(): function for name, function in functions.items()}
    return [
        NeedFields(
            folded[line.function.casefold()],
            line.hours_per_week,
            *periods[line.phase.value],
            firm,
            line.phase.value,
        )
        for line in template.lines
        if line.phase.value in periods and line.function.casefold() in folded
    ]
