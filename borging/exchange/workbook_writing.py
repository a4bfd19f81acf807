"""Writing the own workbook: as an empty template, or filled with a portfolio."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from sqlalchemy import Engine

from borging.domain.terms import ScanKind
from borging.exchange.tables import CELL_LIMIT, OPTIONS, REAL_DATE, is_risky
from borging.exchange.workbook import forms, instrument
from borging.exchange.workbook_form import CODE, Column, SheetForm
from borging.store.imported import (
    SHAPES,
    WORKBOOK_SOURCE,
    ItemKind,
    Snapshot,
    Stored,
    Value,
    folded,
)
from borging.store.snapshot import NO_ANSWER, Origin, take_snapshot

READY_ROWS = 5000
"""How many rows under the headings get validation lists and date formats."""

EXPLANATION = "Uitleg"
HEAD = {"bold": True, "bg_color": "#E7ECEF", "bottom": 1, "text_wrap": True, "valign": "top"}
INTRODUCTION = (
    "Vul de bladen in en lees het bestand in op de pagina Beheer.",
    "Alleen de kolommen met * zijn verplicht. Leeg betekent onbekend, nooit nul.",
    "Datums mogen echte Excel-datums zijn, of tekst als 22-11-2026.",
    "Opnieuw inlezen verandert niets; een gewijzigde rij wordt bijgewerkt.",
    "Een blad of kolom die u weglaat, verandert niets aan wat er al staat.",
)

Record = dict[str, Value]


class DuplicateCodeError(ValueError):
    """Two projects share a code, so that a workbook cannot tell them apart."""


def template() -> bytes:
    """Return an empty workbook with an explanation."""
    return _write({form.name: [] for form in forms()})


def export(engine: Engine) -> bytes:
    """Return the whole portfolio as a workbook that, read back, changes nothing.

    Of the scans only joint ones are in it: the answers of one respondent never leave.

    Raises:
        DuplicateCodeError: two projects share a code.
    """
    factors = tuple(factor.id for factor in instrument().factors)
    origin = Origin(WORKBOOK_SOURCE, "", frozenset(ItemKind), factors)
    with engine.connect() as connection:
        snapshot = take_snapshot(connection, origin)
    if snapshot.ambiguous:
        codes = ", ".join(sorted(snapshot.ambiguous)[:10])
        raise DuplicateCodeError(
            f"Deze codes horen bij meer dan één project: {codes}. Geef elk project een eigen code."
        )
    return _write({form.name: list(_records(form, snapshot)) for form in forms()})


def _records(form: SheetForm, snapshot: Snapshot) -> Iterable[Record]:
    courses = _newest_courses(snapshot) if form.kind is ItemKind.PROJECT else {}
    for (project, key), stored in sorted(_live(form.kind, snapshot), key=_by_code):
        record: Record = {CODE.field: project, **stored.values}
        if form.kind is ItemKind.PROJECT:
            if project != stored.values["code"]:
                continue
            record.update(courses.get(project, {}))
        elif form.kind is ItemKind.PHASE:
            record["phase"] = str(key[0])
        elif form.kind is ItemKind.SCAN:
            answer = snapshot.rows[ItemKind.RESPONSE].get((project, key))
            if key[1] != ScanKind.JOINT or answer is None:
                continue
            day = key[0]
            assert isinstance(day, date)
            record.update(scanned_on=day, kind=str(key[1]))
            for factor, letter in zip(instrument().factors, answer.values["letters"], strict=True):
                record[factor.id] = None if letter == NO_ANSWER else letter
        yield record


def _live(kind: ItemKind, snapshot: Snapshot) -> list[tuple[Any, Stored]]:
    projects, shape = snapshot.rows[ItemKind.PROJECT], SHAPES[kind]
    found = [
        (address, stored)
        for address, stored in snapshot.rows[kind].items()
        if not stored.removed and not (shape.of_project and projects[(address[0], ())].removed)
    ]
    if shape.asks is None:
        return found
    functions = snapshot.names["job_role"]
    return [pair for pair in found if folded(pair[1].values[shape.asks]) in functions]


def _by_code(pair: tuple[Any, Stored]) -> tuple[str, int]:
    return pair[0][0], pair[1].id


def _newest_courses(snapshot: Snapshot) -> dict[str, Record]:
    """Return the newest koers of each project by its code."""
    newest: dict[str, Record] = {}
    for (project, key), stored in sorted(snapshot.rows[ItemKind.COURSE].items(), key=_by_day):
        if not stored.removed:
            day = key[0]
            assert isinstance(day, date)
            newest[project] = {**stored.values, "reported_on": day}
    return newest


def _by_day(pair: tuple[Any, Stored]) -> date:
    day = pair[0][1][0]
    assert isinstance(day, date)
    return day


def _write(records: dict[str, list[Record]]) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        writer = _Writer(book)
        writer.explain()
        for form in forms():
            writer.sheet(form, records[form.name])
    return target.getvalue()


class _Writer:
    """Writes sheets into one book, with its formats."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.head = book.add_format(HEAD)
        self.bold = book.add_format({"bold": True})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.day = book.add_format({"num_format": REAL_DATE, "align": "left"})
        self.risky = book.add_format({"quote_prefix": True})

    def explain(self) -> None:
        """Write the sheet that explains the others, with one filled example for each."""
        sheet = self.book.add_worksheet(EXPLANATION)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 70)
        sheet.set_column(2, 2, 44)
        sheet.write_string(0, 0, "Werkboek van de Borgingsmonitor", self.title)
        for row, sentence in enumerate(INTRODUCTION, start=1):
            sheet.write_string(row, 0, sentence)
        row = len(INTRODUCTION) + 2
        for form in forms():
            sheet.write_string(row, 0, f"Blad {form.name}", self.bold)
            sheet.write_string(row, 1, form.explanation, self.wrap)
            for index, word in enumerate(("Kolom", "Uitleg", "Voorbeeld")):
                sheet.write_string(row + 1, index, word, self.head)
            row += 2
            for column in form.columns:
                self._explain_column(sheet, row, column)
                row += 1
            row += 1

    def _explain_column(self, sheet: Any, row: int, column: Column) -> None:
        words = column.explanation
        if column.choices and column.kind != "letter":
            words = f"{words} Kies uit: {', '.join(column.choices)}."
        sheet.write_string(row, 0, column.heading + (" *" if column.needed else ""), self.wrap)
        sheet.write_string(row, 1, words, self.wrap)
        self._cell(sheet, row, 2, column.example)

    def sheet(self, form: SheetForm, records: list[Record]) -> None:
        """Write one sheet: headings, rows, lists to choose from."""
        sheet = self.book.add_worksheet(form.name)
        last = max(len(records), READY_ROWS)
        for index, column in enumerate(form.columns):
            is_day = column.kind == "day"
            sheet.set_column(index, index, column.width, self.day if is_day else None)
            sheet.write_string(0, index, column.heading, self.head)
            if column.choices:
                sheet.data_validation(1, index, last, index, _choice(column))
            elif is_day:
                sheet.data_validation(1, index, last, index, DAY_RULE)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, max(len(records), 1), len(form.columns) - 1)
        for row, record in enumerate(records, start=1):
            for index, column in enumerate(form.columns):
                self._cell(sheet, row, index, _shown(column, record.get(column.field)))

    def _cell(self, sheet: Any, row: int, index: int, value: Value) -> None:
        if isinstance(value, bool):
            sheet.write_string(row, index, "ja" if value else "nee")
        elif isinstance(value, float):
            sheet.write_number(row, index, value)
        elif isinstance(value, date):
            sheet.write_datetime(row, index, value, self.day)
        elif value:
            text = value[:CELL_LIMIT]
            sheet.write_string(row, index, text, self.risky if is_risky(text) else None)


def _shown(column: Column, value: Value) -> Value:
    if column.term is not None and isinstance(value, str):
        return column.term(value).label
    if column.percent and isinstance(value, float):
        return round(100 * value, 9)
    return value


def _choice(column: Column) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": list(column.choices),
        "error_title": "Kies uit de lijst",
        "error_message": "Deze waarde staat niet in de lijst.",
    }


DAY_RULE: dict[str, Any] = {
    "validate": "date",
    "criteria": ">=",
    "value": date(1900, 1, 1),
    "error_type": "warning",
    "error_title": "Geen datum",
    "error_message": "Vul een datum in, bijvoorbeeld 22-11-2026.",
}
