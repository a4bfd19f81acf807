"""Weekly ILI series as they are published: ECDC ERVISS, RespiCast, snapshots and plain lists.

ILI per 100,000 inhabitants comes out. ARI is another scale: it is left aside with a notice, and
a file that holds nothing else is refused.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from statistics import median

from borging.domain.flu_reference import LAST_ILI_WEEK
from borging.domain.flu_seasons import read_week
from borging.domain.periods import Week
from borging.domain.wording import count
from borging.exchange.flu.dates import Dated, place
from borging.exchange.problems import Problem, Severity, shorten
from borging.exchange.reading import Content, Row, Sheet, read_content
from borging.exchange.values import Cell, clean, fold, read_date

DECIMALS = 2
"""Kept of a value, so that the same series from two sources is the same series."""

MOST = 1000.0
"""Per 100,000; more is a typing error or another scale."""

MOST_MEDIAN_PER_10_000 = 12.0
"""A list per 10,000 whose middle value is higher is per 100,000 after all."""

DUTCH = frozenset({"netherlands", "the netherlands", "nl", "nederland"})
BLANK = frozenset({"", "na", "nan", "n/a", "-", "null"})
_NUMBER = re.compile(r"[+-]?[0-9]{1,12}(?:[.,][0-9]{1,20})?(?:[eE][+-]?[0-9]{1,2})?")


class FluFileError(ValueError):
    """The file holds no series that can be used; the message is a Dutch sentence."""


@dataclass(frozen=True)
class Layout:
    """A way to publish. Columns are headings, folded; None is a column it does not have.

    indicator: column that tells ILI from ARI. taken: column with the day a value was taken on.
    """

    title: str
    week: str
    value: str
    country: str | None = None
    indicator: str | None = None
    age: str | None = None
    taken: str | None = None
    factor: int = 1

    @property
    def columns(self) -> set[str]:
        """The headings by which a file is recognised."""
        names = (self.week, self.value, self.country, self.indicator, self.age, self.taken)
        return {name for name in names if name}


DATED = Layout("lijst met datum en ILI per 10.000", "date", "y", factor=10)
LAYOUTS = (
    Layout("ECDC ERVISS", "yearweek", "value", "countryname", "indicator", "age"),
    Layout("RespiCast", "year_week", "value", "location", "target"),
    Layout(
        "momentopnamen van ERVISS",
        "iso_yearweek",
        "ili_per_100k_as_published",
        taken="snapshot_date",
    ),
    Layout("weeklijst ILI per 100.000", "iso_yearweek", "ili_per_100k"),
    DATED,
)


@dataclass(frozen=True)
class FluSeries:
    """What a file says: week to ILI per 100,000, and what is worth telling, in Dutch."""

    source: str
    values: Mapping[Week, float]
    notices: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _Reading:
    row: Row
    week: Week
    value: float
    taken: date = date.min


def read_flu(source: Path | bytes, name: str, known: Mapping[Week, float]) -> FluSeries:
    """Read a file. known: published values per 100,000, by which late dates show.

    Raises:
        UnreadableFileError: the file cannot be read as a list.
        FluFileError: another kind of list, only ARI, no Dutch rows or nothing usable.
    """
    content = read_content(source, name)
    for sheet in content.sheets:
        for layout in LAYOUTS:
            if sheet.rows and layout.columns <= set(_headings(sheet.rows[0])):
                return _Reader(content, sheet, layout, known).series()
    raise FluFileError(
        f"{name} is geen bekende weekreeks van ILI. Gebruik ILIARIRates.csv van ECDC, of een lijst "
        "met de kolommen iso_yearweek en ili_per_100k."
    )


def _headings(row: Row) -> list[str]:
    return [fold(clean(cell).text) for cell in row.cells]


class _Reader:
    """Reads one sheet and keeps what is worth telling."""

    def __init__(
        self, content: Content, sheet: Sheet, layout: Layout, known: Mapping[Week, float]
    ) -> None:
        self._name, self._sheet, self._layout, self._known = content.name, sheet, layout, known
        headings = _headings(sheet.rows[0])
        self._at = {name: headings.index(name) for name in layout.columns}
        self._problems = list(content.problems)
        self._notices: list[str] = []
        self._last_ari: Week | None = None
        self._blank = 0

    def series(self) -> FluSeries:
        """Return the series; raise FluFileError when there is none."""
        rows = self._relevant(self._sheet.rows[1:])
        readings = self._dated(rows) if self._layout is DATED else self._weekly(rows)
        values = self._merged(readings)
        if not values:
            raise FluFileError(f"In {self._name} staat geen enkel bruikbaar weekcijfer van ILI.")
        if self._blank:
            self._notices.append(f"{count(self._blank, 'week', 'weken')} zonder cijfer.")
        self._notices.append(self._stop(max(values)))
        source = f"{self._layout.title} ({self._name})"
        return FluSeries(source, values, tuple(self._notices), tuple(self._problems))

    def _text(self, row: Row, column: str | None) -> str:
        return fold(clean(row.cell(self._at[column])).text) if column else ""

    def _relevant(self, rows: Iterable[Row]) -> list[Row]:
        """Return the Dutch ILI rows of all ages."""
        layout = self._layout
        dutch = [r for r in rows if not layout.country or self._text(r, layout.country) in DUTCH]
        if not dutch:
            raise FluFileError(f"In {self._name} staan geen cijfers van Nederland.")
        if layout.age:
            dutch = [row for row in dutch if self._text(row, layout.age) == "total"]
        if not layout.indicator:
            return dutch
        scales: dict[str, list[Row]] = {}
        for row in dutch:
            scales.setdefault(self._text(row, layout.indicator)[:3], []).append(row)
        ili, ari = scales.get("ili", []), scales.get("ari", [])
        weeks = [read_week(clean(row.cell(self._at[layout.week])).text) for row in ari]
        self._last_ari = max((week for week in weeks if week), default=None)
        if ari and not ili:
            raise FluFileError(
                f"{self._name} bevat alleen ARI (acute luchtweginfecties). Dat is een andere maat "
                "dan ILI (griepachtige klachten): de drempels gelden er niet voor en de reeksen "
                "worden niet gemengd. Gebruik een bestand met ILI."
            )
        if not ili:
            raise FluFileError(f"In {self._name} staan geen cijfers van ILI van Nederland.")
        return ili

    def _weekly(self, rows: Iterable[Row]) -> list[_Reading]:
        layout, readings = self._layout, []
        for row in rows:
            text = clean(row.cell(self._at[layout.week])).text
            week = read_week(text)
            if week is None:
                self._note(row, layout.week, "is geen ISO-week zoals 2025-W03")
                continue
            taken = date.min
            if layout.taken:
                day, _reason = read_date(row.cell(self._at[layout.taken]))
                if day is None:
                    self._note(row, layout.taken, "is geen datum")
                    continue
                taken = day
            value = self._value(row)
            if value is not None:
                readings.append(_Reading(row, week, value, taken))
        return readings

    def _dated(self, rows: Iterable[Row]) -> list[_Reading]:
        kept: list[Row] = []
        dated: list[Dated] = []
        for row in rows:
            value = self._value(row)
            if value is not None:
                day, _reason = read_date(row.cell(self._at[self._layout.week]))
                kept.append(row)
                dated.append(Dated(row.number, day, value))
        factor = self._layout.factor
        if dated and median(each.value for each in dated) > MOST_MEDIAN_PER_10_000 * factor:
            raise FluFileError(
                f"{self._name} hoort ILI per 10.000 inwoners te geven, maar de cijfers zijn "
                "daarvoor te hoog. Gebruik een lijst met de kolommen iso_yearweek en ili_per_100k."
            )
        self._notices.append("De cijfers zijn per 10.000 inwoners en met 10 vermenigvuldigd.")
        placed = place(dated, self._known)
        if placed.notice:
            self._notices.append(placed.notice)
        readings = []
        for row, each, week in zip(kept, dated, placed.weeks, strict=True):
            if week is None:
                self._note(row, self._layout.week, "is geen datum van een week")
            else:
                readings.append(_Reading(row, week, each.value))
        return readings

    def _value(self, row: Row) -> float | None:
        """Return a value per 100,000; None for a blank and for what is told as a problem."""
        cell = row.cell(self._at[self._layout.value])
        if fold(clean(cell).text) in BLANK:
            self._blank += 1
            return None
        number = _number(cell)
        if number is None:
            self._note(row, self._layout.value, "is geen getal")
            return None
        value = number * self._layout.factor
        if not 0 <= value <= MOST:
            self._note(row, self._layout.value, "kan geen ILI per 100.000 inwoners zijn")
            return None
        return round(value, DECIMALS)

    def _merged(self, readings: Iterable[_Reading]) -> dict[Week, float]:
        """Return one value per week: the newest taken; weeks that contradict themselves go."""
        found: dict[Week, _Reading] = {}
        doubtful: set[Week] = set()
        revised: set[Week] = set()
        for each in sorted(readings, key=lambda reading: reading.taken):
            before = found.get(each.week)
            found[each.week] = each
            if before and before.value != each.value:
                if before.taken == each.taken:
                    doubtful.add(each.week)
                    self._note(each.row, self._layout.value, "spreekt een eerdere rij tegen")
                else:
                    revised.add(each.week)
        if revised:
            words = count(len(revised), "week is", "weken zijn")
            self._notices.append(f"{words} later herzien; de nieuwste momentopname telt.")
        return {w: found[w].value for w in sorted(found) if w not in doubtful}

    def _stop(self, last: Week) -> str:
        if self._last_ari and self._last_ari > last:
            return (
                f"De ILI-reeks in dit bestand stopt met {last}; daarna staat er alleen ARI (t/m "
                f"{self._last_ari}). Dat is een andere maat en wordt er niet mee gemengd."
            )
        if last >= LAST_ILI_WEEK:
            return (
                f"De reeks loopt t/m {last}. De Nederlandse ILI-reeks stopte na {LAST_ILI_WEEK}; "
                "daarna wordt ARI gemeten, een andere maat die er niet mee wordt gemengd."
            )
        return f"De reeks in dit bestand stopt met {last}."

    def _note(self, row: Row, column: str, reason: str) -> None:
        cell = shorten(clean(row.cell(self._at[column])).text)
        words = f"‘{shorten(cell, 40)}’ {reason}; de rij telt niet mee."
        where = (self._sheet.name, row.number, column, cell)
        self._problems.append(Problem(Severity.WARNING, *where, words))


def _number(cell: Cell) -> float | None:
    if isinstance(cell, bool | date | datetime) or cell is None:
        return None
    if isinstance(cell, int | float):
        return float(cell) if math.isfinite(cell) else None
    text = clean(cell).text
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None
