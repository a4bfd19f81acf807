"""What is known about Dutch flu seasons without reading a series: thresholds and statements.

The numbers are data (`griepseizoenen.csv`), each with its status and source. An official
statement stands beside the season that the rule derives and never replaces it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from borging.domain.flu_seasons import FluSeason, NumberStatus, Origin, read_week, season_weeks
from borging.domain.periods import Week

THRESHOLD, WEEKS, ANNOUNCED, PEAK_VALUE = "drempel", "weken", "afgekondigd", "piekwaarde"
NUMBERS = {"begin": "start", "einde": "end", "piek": "peak", WEEKS: "weeks"}
"""Word in the file to field of a season."""

ORIGINS = {"regel": Origin.DERIVED, "officieel": Origin.OFFICIAL}
LAST_ILI_WEEK = Week(2026, 9)
"""After this week the Netherlands has no ILI any more, but ARI. Source: griepseizoenen.csv."""


@dataclass(frozen=True)
class Figure:
    """One number as the file has it."""

    value: str
    status: NumberStatus
    source: str


@dataclass(frozen=True)
class Reference:
    """Everything in the file: season to threshold, season to version, week to known value.

    peaks: season to the highest ILI per 100,000; seasons without a weekly series have none.
    """

    thresholds: Mapping[str, Figure]
    official: Mapping[str, FluSeason]
    derived: Mapping[str, FluSeason]
    peaks: Mapping[str, Figure]
    known: Mapping[Week, float]

    def threshold(self, season: str) -> float | None:
        """Return the threshold of a season per 100,000; None where it is not in the file."""
        found = self.thresholds.get(season)
        return float(found.value) if found else None


@lru_cache(maxsize=4)
def load_reference(path: Path) -> Reference:
    """Read the file; ValueError when a season, status or number in it is not what it should be."""
    figures: dict[tuple[str, str], dict[str, Figure]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            season_weeks(row["seizoen"])
            figure = Figure(row["waarde"], NumberStatus(row["status"]), row["bron"])
            figures.setdefault((row["seizoen"], row["oorsprong"]), {})[row["gegeven"]] = figure
    thresholds = {s: found[THRESHOLD] for (s, _o), found in figures.items() if THRESHOLD in found}
    versions: dict[Origin, dict[str, FluSeason]] = {origin: {} for origin in Origin}
    for (season, word), found in figures.items():
        if any(name in found for name in NUMBERS):
            origin = ORIGINS[word]
            versions[origin][season] = _version(season, origin, found, thresholds.get(season))
    named = [(name, figure) for found in figures.values() for name, figure in found.items()]
    weeks = [(read_week(name), figure) for name, figure in named]
    return Reference(
        thresholds=thresholds,
        official=versions[Origin.OFFICIAL],
        derived=versions[Origin.DERIVED],
        peaks={s: found[PEAK_VALUE] for (s, _o), found in figures.items() if PEAK_VALUE in found},
        known={week: float(figure.value) for week, figure in weeks if week is not None},
    )


def _version(
    season: str, origin: Origin, found: Mapping[str, Figure], threshold: Figure | None
) -> FluSeason:
    own = {field: found[name] for name, field in NUMBERS.items() if name in found}
    statuses = {field: figure.status for field, figure in own.items()}
    if threshold:
        statuses["threshold"] = threshold.status
    main = own.get("weeks") or next(iter(own.values()))

    def week(field: str) -> Week | None:
        return Week.parse(own[field].value) if field in own else None

    return FluSeason(
        season=season,
        origin=origin,
        start=week("start"),
        end=week("end"),
        peak=week("peak"),
        threshold=float(threshold.value) if threshold else None,
        weeks=int(own["weeks"].value) if "weeks" in own else None,
        status=main.status,
        source="; ".join(dict.fromkeys(figure.source for figure in own.values())),
        announced=Week.parse(found[ANNOUNCED].value) if ANNOUNCED in found else None,
        statuses=statuses,
    )
