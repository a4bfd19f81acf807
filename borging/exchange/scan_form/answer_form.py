"""A scan on paper: a form of one page to print, and a sheet to enter what came back.

The form shows each level in words. The letter stands once, small, above its column, for the
one who enters the answers; the points stand nowhere, since they would steer the answer.
"""

from __future__ import annotations

from io import BytesIO
from itertools import groupby
from math import ceil
from typing import Any

import xlsxwriter

from borging.domain.instruments import Factor, Instrument, Level
from borging.exchange.scan_form.answer_file import ENTRY_SHEET
from borging.exchange.tables import OPTIONS

FORM_SHEET = "Formulier"
EXPLANATION = "Uitleg"
READY_ROWS = 200
"""Rows under the headings of the entry sheet that have a list to choose from."""

A4 = 9
MARGIN = 0.35
"""Inches on every side of the page."""

BOX = "☐"
BOX_SIZE = 14
DOMAIN_WIDTH, FACTOR_WIDTH, UNKNOWN_WIDTH, REMARK_WIDTH = 3.5, 26, 7.5, 24
LEVELS_WIDTH = 112
"""Width of all levels together, in characters of the standard font."""

FONT_SIZE = 10
LINE_HEIGHT = 13.2
"""Points of height that one line of text takes."""

CHARACTERS_PER_WIDTH = 1.02
"""Letters of the form's font that fit in one character of column width."""

PROMPT_LIMIT = 255
"""The most characters Excel shows beside a cell that is chosen."""

EXPLAINED = (
    "Druk het blad Formulier af: één bladzijde A4 per persoon. De punten staan er niet op.",
    "Zet geen naam op het formulier. Wie de formulieren invoert, ziet wat u antwoordde en schreef: "
    "op papier is een antwoord minder goed verborgen dan op een telefoon.",
    "Schud de formulieren voor u ze invoert. Het rijnummer op een formulier dient alleen om het "
    "invoeren na te kijken.",
    "Vul daarna het blad Invoer: één rij is één formulier, één kolom is één factor. Kies de letter "
    "die boven het aangekruiste vak staat. Leeg is ‘weet ik niet’, nooit nul.",
    "Voeg geen kolom toe. Opmerkingen horen niet in dit blad.",
    "Narekenen: python -m borging scan score BESTAND.xlsx toont het totaal, de spreiding en de "
    "verdeling per factor, ook bij weinig antwoorden.",
    "Om de antwoorden bij een project te bewaren neemt u ze over in het werkboek, blad Scans.",
)


def form(instrument: Instrument) -> bytes:
    """Return the workbook: the sheets Formulier, Invoer and Uitleg."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        book.set_properties({"title": f"{instrument.title}, formulier"})
        _Paper(book, instrument).write()
        _entry(book, instrument)
        _explanation(book)
    return target.getvalue()


class _Paper:
    """The page to print."""

    def __init__(self, book: Any, instrument: Instrument) -> None:
        self.instrument = instrument
        self.sheet = book.add_worksheet(FORM_SHEET)
        self.level_width = LEVELS_WIDTH / len(instrument.letters)
        self.last = 2 + len(instrument.letters) + 1

        def style(**properties: Any) -> Any:
            base = {"font_size": FONT_SIZE, "text_wrap": True, "valign": "top"}
            return book.add_format({**base, **properties})

        frame = {"border": 1, "border_color": "#8A949C"}
        self.title = style(bold=True, font_size=15, text_wrap=False)
        self.line = style(text_wrap=False, font_size=11)
        self.lead = style(font_size=11)
        self.small = style(font_size=8, font_color="#4A545C")
        self.head = style(bold=True, bg_color="#E7ECEF", valign="vcenter", **frame)
        self.letter = style(
            align="center", valign="vcenter", font_color="#4A545C", bg_color="#E7ECEF", **frame
        )
        self.domain = style(bold=True, rotation=90, align="center", valign="vcenter", **frame)
        self.cell = style(**frame)
        self.box = style(align="center", font_size=BOX_SIZE, **frame)
        self.square = style(font_size=BOX_SIZE)
        self.bold = style(bold=True)
        self.plain = style()

    def write(self) -> None:
        """Write the whole page and say how it is printed."""
        top = self._introduction()
        self._columns(top)
        row = top + 1
        for name, group in groupby(self.instrument.factors, lambda factor: factor.domain):
            factors = list(group)
            self._domain(row, row + len(factors) - 1, self.instrument.domains[name])
            for factor in factors:
                self._factor(row, factor)
                row += 1
        self._origin(row)
        self._page(row)

    def _introduction(self) -> int:
        """Write what stands above the table; return the row of its headings."""
        sheet, last = self.sheet, self.last
        sheet.write_string(0, 0, self.instrument.title, self.title)
        sheet.write_string(1, 0, "Project: " + "." * 70, self.line)
        sheet.write_string(1, 3, "Datum: " + "." * 26, self.line)
        sheet.write_string(1, last - 2, "Rij in het blad Invoer: " + "." * 8, self.line)
        sheet.merge_range(
            2,
            0,
            2,
            last,
            "Kruis per regel het vak aan dat het best zegt hoe het nu is. Weet u het niet, kruis "
            "dan ‘weet ik niet’ aan; dat telt niet als nul. Zet geen naam op dit formulier en "
            "schrijf niets op waaraan u te herkennen bent: wie de formulieren invoert, leest mee.",
            self.lead,
        )
        for row, height in enumerate((24, 22, 34)):
            sheet.set_row(row, height)
        return 3

    def _columns(self, row: int) -> None:
        sheet = self.sheet
        widths: list[float] = [DOMAIN_WIDTH, FACTOR_WIDTH]
        widths += [self.level_width] * len(self.instrument.letters)
        widths += [UNKNOWN_WIDTH, REMARK_WIDTH]
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.merge_range(row, 0, row, 1, "Factor", self.head)
        for column, letter in enumerate(self.instrument.letters, start=2):
            sheet.write_string(row, column, letter, self.letter)
        sheet.write_string(row, self.last - 1, "Weet ik niet", self.head)
        sheet.write_string(row, self.last, "Opmerking (mag leeg)", self.head)
        sheet.set_row(row, 2 * LINE_HEIGHT + 5)

    def _domain(self, first: int, last: int, name: str) -> None:
        if first == last:
            self.sheet.write_string(first, 0, name, self.domain)
        else:
            self.sheet.merge_range(first, 0, last, 0, name, self.domain)

    def _factor(self, row: int, factor: Factor) -> None:
        sheet = self.sheet
        number = self.instrument.factors.index(factor) + 1
        name = f"{number}. {factor.name}"
        sheet.write_rich_string(
            row, 1, self.bold, name, self.plain, f"\n{factor.question}", self.cell
        )
        lines = [_lines(name, FACTOR_WIDTH) + _lines(factor.question, FACTOR_WIDTH)]
        for column, level in enumerate(factor.levels, start=2):
            sheet.write_rich_string(row, column, *self._level(level), self.cell)
            heading = f"{BOX} {level.heading}"
            lines.append(_lines(heading, self.level_width) + _lines(level.text, self.level_width))
        sheet.write_string(row, self.last - 1, BOX, self.box)
        sheet.write_blank(row, self.last, None, self.cell)
        sheet.set_row(row, max(lines) * LINE_HEIGHT + 8)

    def _level(self, level: Level) -> tuple[Any, ...]:
        heading = f" {level.heading}"
        return self.square, BOX, self.bold, heading, self.plain, f"\n{level.text}"

    def _origin(self, row: int) -> None:
        instrument = self.instrument
        words = (
            f"Eén formulier gaat over {instrument.unit_of_analysis}. De letters boven de kolommen "
            f"zijn voor het invoeren. Bron: {instrument.source}; versie {instrument.version}."
        )
        self.sheet.merge_range(row, 0, row, self.last, words, self.small)
        self.sheet.set_row(row, 24)

    def _page(self, last_row: int) -> None:
        sheet = self.sheet
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.set_margins(MARGIN, MARGIN, MARGIN, MARGIN)
        sheet.set_header("", {"margin": 0})
        sheet.set_footer("", {"margin": 0})
        sheet.center_horizontally()
        sheet.print_area(0, 0, last_row, self.last)
        sheet.fit_to_pages(1, 1)
        sheet.hide_gridlines(2)


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column, a little on the safe side."""
    return ceil(len(text) / (width * CHARACTERS_PER_WIDTH))


def _entry(book: Any, instrument: Instrument) -> None:
    sheet = book.add_worksheet(ENTRY_SHEET)
    head = book.add_format(
        {"bold": True, "bg_color": "#E7ECEF", "bottom": 1, "text_wrap": True, "valign": "top"}
    )
    middle = book.add_format({"align": "center"})
    for column, factor in enumerate(instrument.factors):
        sheet.set_column(column, column, 17, middle)
        sheet.write_string(0, column, f"{column + 1}. {factor.short}", head)
        sheet.data_validation(1, column, READY_ROWS, column, _choice(factor))
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)


def _choice(factor: Factor) -> dict[str, Any]:
    levels = "\n".join(f"{level.letter} = {level.heading}" for level in factor.levels)
    return {
        "validate": "list",
        "source": [level.letter for level in factor.levels],
        "input_title": factor.short[:32],
        "input_message": levels[:PROMPT_LIMIT],
        "error_title": "Kies een letter",
        "error_message": "Kies een letter uit de lijst of laat de cel leeg voor ‘weet ik niet’.",
    }


def _explanation(book: Any) -> None:
    sheet = book.add_worksheet(EXPLANATION)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 4, wrap)
    sheet.set_column(1, 1, 96, wrap)
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 1, "Een scan op papier", book.add_format({"bold": True, "font_size": 14}))
    for row, sentence in enumerate(EXPLAINED, start=1):
        sheet.write_number(row, 0, row, wrap)
        sheet.write_string(row, 1, sentence, wrap)
        sheet.set_row(row, 32 if len(sentence) > 96 else 16)
