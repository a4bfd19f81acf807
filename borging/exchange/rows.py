"""One row of a sheet, read by heading; whatever is not understood becomes a problem."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from borging.exchange.problems import Problem, Severity, shorten
from borging.exchange.reading import Row, Sheet
from borging.exchange.values import (
    LOST,
    Cell,
    DateOrder,
    Thousands,
    clean,
    fold,
    matches,
    plain,
    read_date,
    read_number,
    read_yes_no,
)
from borging.store.imports.items import Item, Place

MAX_NAME_LENGTH = 200
MAX_KEY_LENGTH = 500
EXCERPT = 30
OLD_HEADINGS = {
    "Besluit vóór": "Besluit uiterlijk",
    "Opzeggen vóór": "Opzeggen uiterlijk op",
    "Herzien vóór": "Herzien uiterlijk op",
    "Vóór": "Uiterlijk op",
}
"""Headings of earlier workbooks, which are still read."""
HEADING_ROWS = 20
"""How far down a sheet its headings may stand."""


@dataclass(frozen=True)
class Habits:
    """How a list writes things down.

    unknown: patterns of words that mean unknown. whole: a row with a cell that is not understood
    is rejected, in place of taking the cell for unknown.
    """

    dates: DateOrder = "dmy"
    thousands: Thousands | None = None
    unknown: tuple[str, ...] = ()
    entities: bool = True
    whole: bool = False


@dataclass(frozen=True)
class Headings:
    """Where each heading of a sheet stands; the rows under it hold the data."""

    sheet: Sheet
    row: Row
    columns: dict[str, int]

    @property
    def data(self) -> tuple[Row, ...]:
        """The rows below the headings."""
        return tuple(row for row in self.sheet.rows if row.number > self.row.number)

    @property
    def words(self) -> list[str]:
        """The headings as they stand in the file, on one line each."""
        return [_heading(cell) for cell in self.row.cells]

    def has(self, heading: str) -> bool:
        """Say whether the sheet has a column with this heading."""
        return fold(heading) in self.columns


def _heading(cell: Cell) -> str:
    """Return the words of a heading, as they are now where they changed."""
    words = clean(cell).text
    return next((new for old, new in OLD_HEADINGS.items() if fold(old) == fold(words)), words)


def find_headings(sheet: Sheet, wanted: tuple[str, ...]) -> tuple[Headings | None, list[str]]:
    """Return the first row that holds all `wanted`, else None and what the best row lacks."""
    best = list(wanted)
    for row in sheet.rows[:HEADING_ROWS]:
        columns: dict[str, int] = {}
        for index, cell in enumerate(row.cells):
            columns.setdefault(fold(_heading(cell)), index)
        missing = [heading for heading in wanted if fold(heading) not in columns]
        if not missing:
            return Headings(sheet, row, columns), []
        best = min(best, missing, key=len)
    return None, best


@dataclass
class Mapped:
    """What a file says: items, remarks, and the rows it was read from."""

    items: list[Item] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows: list[Place] = field(default_factory=list)
    rejected: set[Place] = field(default_factory=set)


@dataclass
class RowReader:
    """Reads the cells of one row; of each column at most one remark is kept."""

    headings: Headings
    row: Row
    habits: Habits
    mapped: Mapped
    _remarked: set[str] = field(default_factory=set)

    @property
    def rejected(self) -> bool:
        """Say whether the row was rejected."""
        return self.place in self.mapped.rejected

    @property
    def place(self) -> Place:
        """Sheet and number of the row."""
        return Place(self.headings.sheet.name or "", self.row.number)

    def cell(self, heading: str) -> Cell:
        """Return the cell under a heading; None where the sheet lacks it."""
        return self.row.cell(self.headings.columns.get(fold(heading)))

    def remark(
        self, severity: Severity, heading: str | None, reason: str, value: str | None = None
    ) -> None:
        """Add a problem of this row; the value is the cell unless given."""
        if heading is not None:
            if heading in self._remarked:
                return
            self._remarked.add(heading)
            value = plain(self.cell(heading)) if value is None else value
        self.mapped.problems.append(
            Problem(
                severity,
                self.headings.sheet.name,
                self.row.number,
                heading,
                shorten(clean(value, entities=False).text) if value is not None else None,
                reason,
            )
        )

    def reject(self, heading: str | None, reason: str) -> None:
        """Reject the row."""
        self.mapped.rejected.add(self.place)
        if heading is not None:
            self._remarked.discard(heading)
        self.remark(Severity.ERROR, heading, reason)

    def text(self, heading: str) -> str | None:
        """Return text on one line; None for a blank cell. Lost characters are reported."""
        cleaned = clean(self.cell(heading), self.habits.entities)
        if cleaned.lost:
            around = max(cleaned.text.index(LOST) - EXCERPT, 0)
            self.remark(
                Severity.WARNING,
                heading,
                "Hier zijn tekens in de bron verloren gegaan (�).",
                f"{cleaned.lost} ×: {cleaned.text[around : around + 2 * EXCERPT]}",
            )
        return cleaned.text or None

    def lines(self, heading: str) -> str | None:
        """Return text with its line ends; None for a blank cell."""
        found = (
            clean(line, self.habits.entities).text
            for line in plain(self.cell(heading)).splitlines()
        )
        return "\n".join(found).strip() or None

    def name(self, heading: str) -> str | None:
        """Return text that names something, shortened where it is too long for a name."""
        text = self.text(heading)
        if text is not None and len(text) > MAX_NAME_LENGTH:
            reason = f"Ingekort tot {MAX_NAME_LENGTH} tekens."
            self.remark(Severity.WARNING, heading, reason)
            return shorten(text, MAX_NAME_LENGTH)
        return text

    def said(self, heading: str, raw: str | None = None) -> str:
        """Return what the source itself says, in its own column where it has one."""
        own = clean(self.cell(raw), entities=False).text if raw else ""
        return own or clean(self.cell(heading), entities=False).text

    def day(self, heading: str, raw: str | None = None) -> date | None:
        """Return a day; None where it is blank or not understood."""
        value, reason = read_date(self.cell(heading), self.habits.dates)
        if value is None:
            self.unknown(heading, reason or "geen datum", raw)
        return value

    def number(self, heading: str, raw: str | None = None) -> Decimal | None:
        """Return a number; None where it is blank or not understood."""
        value, reason = read_number(self.cell(heading), self.habits.thousands)
        if value is None:
            self.unknown(heading, reason or "geen getal", raw)
        return value

    def yes_no(self, heading: str) -> bool | None:
        """Return ja or nee; None where it is blank or not understood."""
        value, reason = read_yes_no(self.cell(heading))
        if reason:
            self.unknown(heading, reason)
        return value

    def unknown(self, heading: str, reason: str, raw: str | None = None) -> None:
        """Remark that a cell is taken as unknown; a blank one needs no remark."""
        said = self.said(heading, raw)
        if not said:
            return
        column = raw if raw and clean(self.cell(raw)).text else heading
        if column != heading and not clean(self.cell(heading)).text:
            reason = f"de kolom {heading} is leeg"
        if matches(said, self.habits.unknown):
            self.remark(Severity.INFO, column, "De bron noemt dit niet; het blijft onbekend.")
        elif self.habits.whole:
            self.reject(column, f"{reason[0].upper()}{reason[1:]}.")
        else:
            self.remark(Severity.WARNING, column, f"Blijft onbekend: {reason}.")
