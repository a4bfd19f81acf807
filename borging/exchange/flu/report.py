"""What is told about flu seasons on the command line: one object, a table, and notices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from borging.domain.flu_reference import Reference
from borging.domain.flu_seasons import FluSeason, Origin, runs
from borging.domain.wording import count, listed
from borging.exchange.flu.files import FluSeries
from borging.store.commands.flu import Import, Taken

MOST_SHOWN = 20
"""Rows of a file that are named; the rest is counted."""

HEADINGS = ("seizoen", "begin", "einde", "piek", "weken", "drempel", "status", "herkomst")


def as_dict(version: FluSeason) -> dict[str, Any]:
    """Return the seven fields of a season; null is not known, or no epidemic when weeks is 0.

    threshold is per 100,000.
    """
    return {
        "season": version.season,
        "start": _word(version.start),
        "end": _word(version.end),
        "peak": _word(version.peak),
        "threshold": _short(version.threshold),
        "weeks": version.weeks,
        "status": version.status.value,
    }


def with_origin(version: FluSeason) -> dict[str, Any]:
    """Return a season with who says so, its revision, its source and the numbers that differ."""
    return {
        **as_dict(version),
        "origin": version.origin.value,
        "revision": version.revision,
        "source": version.source,
        "statuses": {name: status.value for name, status in version.statuses.items()},
    }


def table(versions: Iterable[FluSeason], chosen: Iterable[FluSeason] = ()) -> str:
    """Return a table for reading; what planning uses ends in a star."""
    starred = list(chosen)
    rows = [HEADINGS, *(_cells(each, each in starred) for each in versions)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)


def _cells(version: FluSeason, chosen: bool) -> tuple[str, ...]:
    threshold = "–" if version.threshold is None else str(_short(version.threshold))
    return (
        version.season,
        *(_word(week) or "–" for week in (version.start, version.end, version.peak)),
        "–" if version.weeks is None else str(version.weeks),
        threshold.replace(".", ","),
        version.status.value,
        f"{version.origin.label}{', revisie ' + str(version.revision)}{' *' if chosen else ''}",
    )


def notices(series: FluSeries, found: Import, reference: Reference) -> list[str]:
    """Return everything worth telling about an import, in Dutch, one sentence or two each."""
    told = [*series.notices, *_problems(series)]
    if not found.taken and not found.without_threshold:
        told.append("In dit bestand staat geen week van een griepseizoen (week 40 t/m 20).")
    told += [
        f"Van seizoen {season} is de drempel niet bekend; het is niet afgeleid. Zet de drempel "
        "in data/reference/griepseizoenen.csv, of voer het seizoen met de hand in."
        for season in found.without_threshold
    ]
    for taken in found.taken:
        told += _about(taken, reference.official)
    return told


def _problems(series: FluSeries) -> list[str]:
    lines = [f"{each.place}: {each.reason}" for each in series.problems[:MOST_SHOWN]]
    if left := len(series.problems) - len(lines):
        lines.append(f"En nog {count(left, 'opmerking', 'opmerkingen')} over rijen.")
    return lines


def _about(taken: Taken, official: Mapping[str, FluSeason]) -> list[str]:
    season, told = taken.season, []
    if taken.before:
        what = f"{_weeks(taken.changed)} gewijzigd" if taken.changed else "de drempel gewijzigd"
        told.append(
            f"Seizoen {season.season}: {what}. Dit is revisie {season.revision}; revisie "
            f"{taken.before} blijft leesbaar."
        )
    if taken.missing:
        told.append(
            f"Seizoen {season.season} is voorlopig: {_weeks(taken.missing)} zonder cijfer."
            + (" De epidemie liep nog toen de cijfers stopten." if _runs_on(taken) else "")
        )
    stated = official.get(season.season)
    if stated and stated.weeks is not None and stated.weeks != season.weeks:
        told.append(
            f"Seizoen {season.season}: de regel geeft {count(season.weeks or 0, 'week', 'weken')}, "
            f"officieel {'was' if stated.weeks == 1 else 'waren'} het er {stated.weeks}. Beide "
            "blijven staan."
        )
    return told


def _runs_on(taken: Taken) -> bool:
    season = taken.season
    found = runs(season.season, taken.values, season.threshold or 0)
    return any(not each.closed for each in found if each.start == season.start)


def _weeks(weeks: Sequence[object]) -> str:
    """Write up to three weeks out, of more the first and the last."""
    words = [str(week) for week in weeks]
    shown = listed(words) if len(words) <= 3 else f"{words[0]} … {words[-1]}"
    return f"{count(len(words), 'week', 'weken')} ({shown})"


def overruled(found: Import, here: Iterable[FluSeason]) -> list[str]:
    """Say which of the seasons of an import a person has entered; planning uses those."""
    by_hand = {each.season for each in here if each.origin is Origin.MANUAL}
    return [
        f"Seizoen {taken.season.season} is met de hand ingevoerd; dat gaat voor bij het plannen."
        for taken in found.taken
        if taken.season.season in by_hand
    ]


def _word(week: object) -> str | None:
    return None if week is None else str(week)


def _short(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value
