"""Where the result goes next: how many teams have come how far, and what holds others back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from borging.domain.dossier_bounds import is_closing
from borging.domain.dossier_summary import PartState, PartSummary
from borging.domain.wording import count
from borging.services.dossier.asks import Ask, named, summed_up
from borging.services.dossier.dossier import Dossier

REACHED = {"prepared_on": "voorbereid", "in_use_on": "in gebruik", "usual_on": "gewoon werk"}
"""What a team reaches, in order; who reached a later one has reached the earlier ones too."""
HIGH_RISK = 12
"""Chance × impact, each 1–5, from which a risk asks for a measure."""
RECENT_DAYS = 183
"""So long a team that stopped asks why."""


@dataclass(frozen=True)
class Line:
    """How many teams there were, day by day: each point holds until the next one.

    days, teams: ascending; the first point is where the count leaves zero.
    """

    key: str
    label: str
    days: tuple[date, ...]
    teams: tuple[int, ...]


@dataclass(frozen=True)
class Progress:
    """lines: those that have anything. targets: how many teams; undated: of those, without a day.

    What was reached ends at as_of; what is planned goes on as far as there is a plan.
    """

    as_of: date
    lines: tuple[Line, ...]
    targets: int
    undated: int


def progress(dossier: Dossier) -> Progress:
    """Count the teams over time; a team that stopped counts no more from that day."""
    rows = dossier.rows("spread_target")
    lines = [_line("planned_on", "gepland", [(row["planned_on"], 1) for row in rows])]
    for key, label in REACHED.items():
        steps: list[tuple[date | None, int]] = []
        for row in rows:
            day, stopped = _reached(row, key), row["stopped_on"]
            if day is None or (stopped is not None and stopped <= day):
                continue
            steps += [(day, 1), (stopped, -1)]
        lines.append(_line(key, label, steps, until=dossier.as_of))
    stopped_lines = [(row["stopped_on"], 1) for row in rows]
    lines.append(_line("stopped_on", "gestopt", stopped_lines, until=dossier.as_of))
    days = ("planned_on", *REACHED, "stopped_on")
    undated = sum(all(row[name] is None for name in days) for row in rows)
    return Progress(dossier.as_of, tuple(e for e in lines if e.days), len(rows), undated)


def _reached(row: Mapping[str, Any], key: str) -> date | None:
    """Return the day on which a team came this far, or further."""
    later = list(REACHED)[list(REACHED).index(key) :]
    return min((row[name] for name in later if row[name] is not None), default=None)


def _line(
    key: str, label: str, steps: list[tuple[date | None, int]], until: date | None = None
) -> Line:
    known = [(day, step) for day, step in steps if day and (until is None or day <= until)]
    days = sorted({day for day, _ in known})
    teams = tuple(sum(step for at, step in known if at <= day) for day in days)
    return Line(key, label, tuple(days), teams)


@dataclass(frozen=True)
class Risk:
    """number: its place in the list, from 1. chance, impact: 1–5, None when not weighed."""

    number: int
    what: str
    chance: int | None
    impact: int | None
    measure: str | None

    @property
    def weight(self) -> int | None:
        """Chance × impact."""
        return self.chance * self.impact if self.chance and self.impact else None

    @property
    def uncovered(self) -> bool:
        """Whether it is high and nobody wrote a measure."""
        return (self.weight or 0) >= HIGH_RISK and not self.measure


def risks(dossier: Dossier) -> tuple[Risk, ...]:
    """Return the risks in the order of the list."""
    return tuple(
        Risk(number, row["what"], _number(row["chance"]), _number(row["impact"]), row["measure"])
        for number, row in enumerate(dossier.rows("spread_risk"), start=1)
    )


def _number(choice: str | None) -> int | None:
    return int(choice) if choice else None


def spread(dossier: Dossier) -> PartSummary:
    """Ask for measures, for why teams stopped, for a plan before the end, for who pulls."""
    rows = dossier.rows("spread_target")
    settled = bool(rows) and all(row["usual_on"] or row["stopped_on"] for row in rows)
    return summed_up(dossier, "verspreiding", _asks(dossier, rows), done=settled)


def _asks(dossier: Dossier, rows: Sequence[Mapping[str, Any]]) -> Iterator[Ask]:
    uncovered = [risk.what for risk in risks(dossier) if risk.uncovered]
    if uncovered:
        yield Ask(
            f"{count(len(uncovered), 'groot risico', 'grote risico’s')} zonder maatregel",
            f"Bedenk een maatregel tegen {named(uncovered)}.",
        )
    stopped = [
        row["name"]
        for row in rows
        if row["stopped_on"] and 0 <= (dossier.as_of - row["stopped_on"]).days <= RECENT_DAYS
    ]
    if stopped:
        yield Ask(
            f"{count(len(stopped), 'team', 'teams')} gestopt",
            f"Zoek uit waarom {named(stopped)} stopte, en wat dat zegt over de andere teams."
            if len(stopped) == 1
            else f"Zoek uit waarom {named(stopped)} stopten, en wat dat zegt over de andere teams.",
        )
    if is_closing(dossier.end, dossier.as_of) and not dossier.rows("spread_plan"):
        yield Ask(
            "het project sluit zonder verspreidingsplan",
            "Leg vóór het einde vast wat er naar wie gaat, of schrijf op dat het hier blijft.",
        )
    unweighed = [risk.what for risk in risks(dossier) if risk.weight is None]
    if unweighed:
        yield Ask(
            f"van {count(len(unweighed), 'risico', 'risico’s')} kans of gevolg onbekend",
            f"Schat kans en gevolg van {named(unweighed)}.",
            PartState.UNDERWAY,
        )
    alone = [
        row["name"]
        for row in rows
        if not row["owner"] and not row["usual_on"] and not row["stopped_on"]
    ]
    if alone:
        yield Ask(
            f"{count(len(alone), 'team', 'teams')} zonder trekker",
            f"Zoek een trekker ter plaatse bij {named(alone)}.",
            PartState.UNDERWAY,
        )
