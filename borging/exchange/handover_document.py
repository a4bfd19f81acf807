"""The overdrachtsdocument as a file for Word: headings, sentences, tables, lines to sign on."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell, _Row

from borging.domain.texts import storable
from borging.services.dossier.handover_document import DocumentText, Section, Table

WIDTH, HEIGHT, MARGIN = 210, 297, 18
"""An upright sheet of A4, in millimetres."""
SIGNING = 16
"""Height in millimetres of a row to sign in."""
INK = RGBColor(0, 0, 0)
SIZES = {"Normal": Pt(10), "Title": Pt(20)}
TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows."""


def to_docx(text: DocumentText) -> bytes:
    """Return a document as a file."""
    made = docx.Document()
    _set_up(made, text)
    made.add_heading(clean(text.title), level=0)
    made.add_paragraph(clean(text.subtitle))
    for section in text.sections:
        _write(made, section)
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def clean(text: str) -> str:
    """Return text without the characters that a document cannot hold or that turn its lines."""
    return TURNING.sub("", storable(text))


def _set_up(made: Document, text: DocumentText) -> None:
    page = made.sections[0]
    page.page_width, page.page_height = Mm(WIDTH), Mm(HEIGHT)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(MARGIN)
    for style in made.styles:
        fonts = getattr(style, "font", None)
        if style.name in ("Normal", "Title") or str(style.name).startswith("Heading"):
            assert fonts is not None
            fonts.color.rgb = INK
            fonts.size = SIZES.get(str(style.name), fonts.size)
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "nl-NL")
    about = made.core_properties
    about.title, about.language = clean(text.title)[:255], "nl-NL"
    about.author = about.comments = ""
    about.created = about.modified = datetime(text.as_of.year, text.as_of.month, text.as_of.day)


def _write(made: Document, section: Section) -> None:
    made.add_heading(clean(section.heading), level=1)
    for sentence in section.sentences:
        made.add_paragraph(clean(sentence))
    if section.table is not None:
        _table(made, section.table)


def _table(made: Document, table: Table) -> None:
    """Write a table whose head is repeated on every page and whose rows are not broken up."""
    grid = made.add_table(rows=1, cols=len(table.headings), style="Table Grid")
    grid.autofit = False
    millimetres = (WIDTH - 2 * MARGIN) / sum(table.widths)
    for column, share in zip(grid.columns, table.widths, strict=True):
        column.width = Mm(share * millimetres)
    _fill(grid.rows[0], table.headings, bold=True)
    _mark(grid.rows[0], "w:tblHeader")
    for words in table.rows:
        row = grid.add_row()
        _fill(row, words)
        _mark(row, "w:cantSplit")
        if not words[-1]:
            row.height = Mm(SIGNING)
    for row in grid.rows:
        for cell, share in zip(row.cells, table.widths, strict=True):
            cell.width = Mm(share * millimetres)


def _fill(row: _Row, words: tuple[str, ...], *, bold: bool = False) -> None:
    for cell, text in zip(row.cells, words, strict=True):
        _put(cell, text, bold=bold)


def _put(cell: _Cell, text: str, *, bold: bool) -> None:
    run = cell.paragraphs[0].add_run(clean(text))
    run.bold = bold
    run.font.size = Pt(9)


def _mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))
