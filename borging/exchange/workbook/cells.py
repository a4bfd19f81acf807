"""From the cells of one row of the own workbook to the values of its columns."""

from __future__ import annotations

from datetime import date

from borging.domain.terms import Course, Term
from borging.exchange.problems import Severity
from borging.exchange.rows import RowReader
from borging.exchange.values import clean, fold, plain
from borging.exchange.workbook.form import LETTERS, Column, SheetForm
from borging.store.imports.items import Value
from borging.store.imports.snapshot import NO_ANSWER

COURSE_WORDS = {"groen": Course.GREEN, "oranje": Course.AMBER, "rood": Course.RED}
PERIODS = (
    ("start", "end"),
    ("planned_start", "planned_end"),
    ("actual_start", "actual_end"),
    ("created_on", "closed_on"),
)
NO_ANSWER_WORDS = (NO_ANSWER, "?", "weet ik niet")


def fields_of(form: SheetForm, reader: RowReader) -> dict[str, Value]:
    """Return the fields of a row whose column is there, key left out."""
    fields: dict[str, Value] = {}
    for column in form.columns:
        if column.key or not reader.headings.has(column.heading):
            continue
        value = value_of(column, reader)
        fields[column.field] = column.default.value if value is None and column.default else value
    for first, last in PERIODS:
        start, end = fields.get(first), fields.get(last)
        if isinstance(start, date) and isinstance(end, date) and end < start:
            reader.remark(
                Severity.WARNING,
                form.column(last).heading,
                f"Ligt vóór '{form.column(first).heading}' ({start:%d-%m-%Y}); beide zijn bewaard.",
            )
    return fields


def value_of(column: Column, reader: RowReader) -> Value:
    """Return what the cell of a row under a column says; None for blank or not understood."""
    if column.kind == "day":
        return reader.day(column.heading)
    if column.kind == "yes_no":
        return reader.yes_no(column.heading)
    if column.kind == "lines":
        return reader.lines(column.heading)
    if column.kind == "word":
        return _word(column, reader)
    if column.kind == "term":
        return _term(column, reader)
    if column.kind == "number":
        number = reader.number(column.heading)
        return None if number is None else float(number) / (100 if column.percent else 1)
    return reader.name(column.heading) if column.kind == "name" else reader.text(column.heading)


def _term(column: Column, reader: RowReader) -> str | None:
    assert column.term is not None
    text = clean(reader.cell(column.heading)).text
    if not text:
        return None
    bare = text.strip("●▲■○ ")
    term: Term | None = column.term.from_label(bare)
    if term is None and column.term is Course:
        term = COURSE_WORDS.get(fold(bare))
    if term is None:
        words = ", ".join(column.choices)
        reader.unknown(column.heading, f"dit woord past niet; kies uit: {words}")
        return None
    return term.value


def _word(column: Column, reader: RowReader) -> str | None:
    text = fold(plain(reader.cell(column.heading)))
    for word_id, word in (column.words or {}).items():
        if text == fold(word):
            return word_id
    if text:
        words = ", ".join(column.choices)
        reader.unknown(column.heading, f"dit woord past niet; kies uit: {words}")
    return None


def letter_of(column: Column, reader: RowReader) -> str:
    """Return the letter of an answer, NO_ANSWER for none."""
    text = fold(plain(reader.cell(column.heading)))
    if text in LETTERS:
        return text
    if text and text not in NO_ANSWER_WORDS:
        reader.unknown(column.heading, "kies a, b, c of d")
    return NO_ANSWER
