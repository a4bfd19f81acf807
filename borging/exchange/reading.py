"""Any list a person may hand in, as sheets of raw rows.

Rows carry the number that Excel shows: the first row is 1, and in a text file a cell with
line ends inside still is one row.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from borging.domain.causes import cause
from borging.exchange.extent import is_too_large
from borging.exchange.formulas import lost_formulas
from borging.exchange.problems import Problem, Severity
from borging.exchange.values import Cell, is_blank

WORKBOOK_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
DELIMITERS = (";", ",", "\t")
MAX_CELL_CHARACTERS = 10_000_000


class UnreadableFileError(ValueError):
    """The file cannot be read as a list; the message is a Dutch sentence for the user."""


@dataclass(frozen=True)
class Row:
    """One row that is not blank; cells count from column A."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, index: int | None) -> Cell:
        """Return a cell, None beyond the end of the row."""
        return self.cells[index] if index is not None and index < len(self.cells) else None


@dataclass(frozen=True)
class Sheet:
    """The rows of one sheet that are not blank; name is None for a text file."""

    name: str | None
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Content:
    """Everything in a file."""

    name: str
    sheets: tuple[Sheet, ...]
    problems: tuple[Problem, ...] = ()

    def sheet(self, name: str) -> Sheet:
        """Return a sheet by name; UnreadableFileError when there is none."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        names = ", ".join(f"'{sheet.name}'" for sheet in self.sheets if sheet.name)
        known = f"De bladen zijn: {names}." if names else "Een tekstbestand heeft geen bladen."
        raise UnreadableFileError(f"{self.name} heeft geen blad '{name}'. {known}")


def read_content(source: Path | bytes, name: str) -> Content:
    """Read xlsx, xls, ods or delimited text; the content decides, not the extension.

    Raises:
        UnreadableFileError: the file is missing, empty, damaged, locked or of another kind.
    """
    try:
        data = source if isinstance(source, bytes) else source.read_bytes()
    except OSError as error:
        raise UnreadableFileError(f"{name} kan niet worden geopend: {cause(error)}.") from error
    if not data.strip():
        raise UnreadableFileError(f"{name} is leeg.")
    if data.startswith(WORKBOOK_STARTS):
        return _read_workbook(data, name)
    return _read_text(data, name)


def _read_workbook(data: bytes, name: str) -> Content:
    if is_too_large(data):
        raise UnreadableFileError(
            f"{name} is te groot om te openen: er staat een cel ver buiten de lijst, of er staat "
            "te veel in. Kopieer alleen de lijst naar een nieuw bestand."
        )
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            sheets = tuple(
                _read_sheet(workbook.get_sheet_by_index(index))
                for index in range(len(workbook.sheet_names))
            )
    except PasswordError as error:
        raise UnreadableFileError(
            f"{name} is met een wachtwoord beveiligd. Sla het op zonder wachtwoord."
        ) from error
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableFileError(
            f"{name} is geen werkblad dat te lezen is (xlsx, xls of ods), of het is beschadigd. "
            "Open het in Excel en sla het opnieuw op."
        ) from error
    return Content(name, sheets, lost_formulas(data))


def _read_sheet(sheet: CalamineSheet) -> Sheet:
    if sheet.start is None:
        return Sheet(sheet.name, ())
    above, left = sheet.start
    padding: tuple[Cell, ...] = (None,) * left
    numbered = (
        Row(number, padding + tuple(cells))
        for number, cells in enumerate(sheet.to_python(), start=above + 1)
    )
    return Sheet(sheet.name, tuple(row for row in numbered if not _is_blank(row)))


def _is_blank(row: Row) -> bool:
    return all(is_blank(cell) for cell in row.cells)


def _read_text(data: bytes, name: str) -> Content:
    text = _decode(data)
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    delimiter = _delimiter(text)
    problems: list[Problem] = []
    try:
        records = list(csv.reader(_lines(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        problems.append(_stray_quotes(text, delimiter))
        try:
            records = list(csv.reader(_lines(text), delimiter=delimiter))
        except csv.Error:
            raise UnreadableFileError(
                f"{name} kan niet worden gelezen: de aanhalingstekens kloppen niet, of een cel is "
                "te lang."
            ) from error
    rows = (Row(number, tuple(record)) for number, record in enumerate(records, start=1))
    kept = tuple(row for row in rows if not _is_blank(row))
    return Content(name, (Sheet(None, kept),), tuple(problems))


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _lines(text: str) -> io.StringIO:
    return io.StringIO(text, newline="")


def _delimiter(text: str) -> str:
    """Return the mark that cuts the first row it can cut at all into the most cells."""
    if text[:4].casefold() == "sep=" and text[4:5] in DELIMITERS:
        return text[4]
    widths = [_first_widths(text, delimiter) for delimiter in DELIMITERS]
    for row in zip_longest(*widths, fillvalue=0):
        if max(row) > 1:
            return DELIMITERS[row.index(max(row))]
    return DELIMITERS[0]


def _first_widths(text: str, delimiter: str, rows: int = 20) -> list[int]:
    try:
        return [len(r) for r in islice(csv.reader(_lines(text), delimiter=delimiter), rows)]
    except csv.Error:
        return []


def _stray_quotes(text: str, delimiter: str) -> Problem:
    """Say from which row on the quotation marks of a text file do not add up."""
    good = 0
    try:
        for _record in csv.reader(_lines(text), delimiter=delimiter, strict=True):
            good += 1
    except csv.Error:
        pass
    return Problem(
        Severity.WARNING,
        None,
        good + 1,
        None,
        None,
        "De aanhalingstekens kloppen hier niet; controleer deze rij en de rijen erna.",
    )
