"""Naleving of one project: a control chart per intervention, and who is trained.

Checks after the day of the dossier do not count.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from borging.domain.control_chart import (
    LIMITS_FROM,
    Check,
    ControlChart,
    ImpossibleCheckError,
    Method,
    Signal,
    control_chart,
)
from borging.domain.wording import count, day, listed, number, percent
from borging.services.dossier.dossier import Dossier

REMOVED = "interventie die er niet meer is"


@dataclass(frozen=True)
class Series:
    """The checks of one intervention, at least one."""

    name: str
    chart: ControlChart

    @property
    def in_words(self) -> str:
        """The chart as text."""
        newest = self.chart.checks[-1]
        said = [f"Naleving van {self.name}: {result(newest)} op {day(newest.on)}", self.line]
        if self.chart.signals:
            said.append(f"Opvallend: {listed([_when(self.chart, s) for s in self.chart.signals])}")
        elif self.chart.limits:
            said.append("Geen verandering: de verschillen passen bij toeval")
        return f"{'. '.join(said)}."

    @property
    def finding(self) -> str:
        """What the newest check says: change, chance, or not to be told yet."""
        now = result(self.chart.checks[-1])
        if found := self.chart.newest_signals:
            return f"{now}: {listed([each.words for each in found])}"
        if self.chart.limits:
            return f"{now}: past bij toeval"
        return now

    @property
    def line(self) -> str:
        """What the line in the middle is, and how far the limits are."""
        chart = self.chart
        middle = percent(100 * (chart.centre or 0))
        if chart.method == Method.RUN:
            return f"Mediaan {middle}, nog {measurements(chart.missing)} tot regelgrenzen"
        middle = f"Midden {middle}, uit de eerste {LIMITS_FROM} metingen"
        if chart.method == Method.NO_SPREAD:
            return f"{middle}; die zijn alle gelijk, dus er zijn geen regelgrenzen"
        lower, upper = chart.limits[-1]
        between = f"{percent(100 * lower)} en {percent(100 * upper)}"
        return f"{middle}; regelgrenzen van de laatste meting {between}"

    @property
    def small_print(self) -> str:
        """How many checks of how many looks, and by which method."""
        chart = self.chart
        looked = sum(each.sample for each in chart.checks)
        parts = [f"{measurements(len(chart.checks))}, {number(looked)} keer gekeken", self.line]
        if chart.method == Method.LANEY:
            parts.append(
                f"grenzen {number(chart.widened, 1)} keer zo ruim (Laney): er speelt meer dan "
                "toeval in de steekproef"
            )
        elif chart.limits:
            parts.append("p-kaart, 3 standaardafwijkingen")
        if chart.rough:
            parts.append("kleine steekproeven, dus ruwe grenzen: kijk eerst nog een keer")
        return " · ".join(parts)


@dataclass(frozen=True)
class Coverage:
    """One group. people, trained: None is not known. counted_on: None is not known."""

    group: str
    people: int | None
    trained: int | None
    counted_on: date | None

    @property
    def share(self) -> float | None:
        """Part that is trained, 0 to 1; None when that cannot be told."""
        if self.trained is None or not self.people:
            return None
        return self.trained / self.people

    @property
    def words(self) -> str:
        """Trained of people, as far as known."""
        if self.trained is None:
            return "niet gemeten"
        if self.people is None:
            return f"{number(self.trained)} van onbekend"
        return f"{number(self.trained)} van {number(self.people)}"


@dataclass(frozen=True)
class Compliance:
    """series: of the interventions that were checked, in the order of the list. unchecked: names
    of the others. coverage: per group, in the order of the list.
    """

    series: tuple[Series, ...]
    unchecked: tuple[str, ...]
    coverage: tuple[Coverage, ...]

    @property
    def coverage_in_words(self) -> str:
        """The bars as text."""
        parts = [f"{each.group}: {each.words}" for each in self.coverage]
        return f"Geschoold per groep. {'; '.join(parts)}."


def compliance(dossier: Dossier) -> Compliance:
    """Build what the part 'naleving' shows."""
    checks = checks_of(dossier)
    names = {int(row["id"]): str(row["name"]) for row in dossier.rows("intervention")}
    gone = [each for key, own in checks.items() if key not in names for each in own]
    series = [
        Series(name, control_chart(checks[key])) for key, name in names.items() if key in checks
    ]
    if gone:
        series.append(Series(REMOVED, control_chart(gone)))
    return Compliance(
        series=tuple(series),
        unchecked=tuple(name for key, name in names.items() if key not in checks),
        coverage=tuple(
            Coverage(
                str(row["group"]), _whole(row["people"]), _whole(row["trained"]), row["counted_on"]
            )
            for row in dossier.rows("training_coverage")
        ),
    )


def checks_of(dossier: Dossier) -> dict[int, list[Check]]:
    """Return the checks up to the day of the dossier, by id of the intervention.

    What cannot be is left out: it was written under another definition of the list.
    """
    checks: dict[int, list[Check]] = {}
    for row in dossier.rows("compliance_check"):
        values = [row[name] for name in ("intervention", "checked_on", "sample", "compliant")]
        if None in values or row["checked_on"] > dossier.as_of:
            continue
        with suppress(ImpossibleCheckError):
            each = Check(row["checked_on"], int(row["sample"]), int(row["compliant"]))
            checks.setdefault(int(row["intervention"]), []).append(each)
    return checks


def result(check: Check) -> str:
    """Write a check as share with what it is made of: '80 % (8 van 10)'."""
    made_of = f"{number(check.compliant)} van {number(check.sample)}"
    return f"{percent(100 * check.share)} ({made_of})"


def measurements(n: int) -> str:
    """Write a number of checks."""
    return count(n, "meting", "metingen")


def _when(chart: ControlChart, signal: Signal) -> str:
    return f"{signal.words} op {day(chart.checks[signal.last].on)}"


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)


def groups_to_train(dossier: Dossier) -> list[dict[str, Any]]:
    """Return the groups of the anchoring that have no line for their training, as such lines."""
    there = {str(row["group"]).casefold() for row in dossier.rows("training_coverage")}
    return [
        {"group": row["name"], "people": row["people"]}
        for row in dossier.rows("anchoring_group")
        if row["name"].casefold() not in there
    ]
