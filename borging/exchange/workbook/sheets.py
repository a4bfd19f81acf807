"""Drawing the sheets of the own workbook: explanation, data sheets, lists to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from borging.exchange.tables import CELL_LIMIT, REAL_DATE, is_risky
from borging.exchange.workbook.form import CODE, Column, SheetForm
from borging.exchange.workbook.lists import RESULT
from borging.exchange.workbook.workbook import CHOICES, EXPLANATION, forms
from borging.store.imports.items import SHAPES, ItemKind, Value

READY_ROWS = 5000
"""How many rows under the headings get validation lists and date formats."""
LONGEST_LIST = 255
"""Characters of the words of a list that Excel keeps with the cell itself."""

HEAD = {"bold": True, "bg_color": "#E7ECEF", "bottom": 1, "text_wrap": True, "valign": "top"}
NEEDED = {**HEAD, "bg_color": "#C5D9ED"}
TABS = (
    *("#1D5FA6", "#45958B", "#BC8424", "#7A3A10", "#2F6DCB"),
    *("#6096C6", "#66727E", "#8F5200", "#1F7A5C", "#003B77"),
)
"""Colours of the tabs, one per part of the workbook, in turn."""
INTRODUCTION = (
    "Vul de bladen in die u nodig heeft en lees het bestand in op de pagina Beheer. Lege bladen "
    "mogen blijven staan.",
    "Alleen kolommen met een blauwe kop (hieronder met *) zijn verplicht. Leeg betekent onbekend, "
    "nooit nul.",
    "Houd de muis boven een kop voor uitleg. Datums mogen echte Excel-datums zijn, of tekst als "
    "22-11-2026.",
    "Opnieuw inlezen verandert niets; een gewijzigde rij wordt bijgewerkt.",
    "Een blad, kolom of rij die u weglaat, verandert niets aan wat er al staat.",
)
NAMES = {"person": "Personen", "unit": "Onderdelen"}
"""What can be chosen by name, with the heading of its column on the sheet of choices."""
OWNERS = {
    "project": (ItemKind.PROJECT, CODE.field),
    RESULT: (ItemKind.RESULT, "title"),
    "goal": (ItemKind.GOAL, "title"),
    "job_role": (ItemKind.FUNCTION, "name"),
}
"""What is named and stands on a sheet of its own: the kind of that sheet, and the column."""

Record = dict[str, Value]
Known = Mapping[str, tuple[str, ...]]
"""What is named to the names that are there."""


class Sheets:
    """Writes sheets into one book, with its formats. known: names that can be chosen."""

    def __init__(self, book: Any, known: Known) -> None:
        self.book = book
        self.known = known
        self.head = book.add_format(HEAD)
        self.needed = book.add_format(NEEDED)
        self.bold = book.add_format({"bold": True})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.link = book.get_default_url_format()
        self.day = book.add_format({"num_format": REAL_DATE, "align": "left"})
        self.risky = book.add_format({"quote_prefix": True})
        groups = list(dict.fromkeys(form.group for form in forms()))
        self.tabs = {group: TABS[place % len(TABS)] for place, group in enumerate(groups)}
        self.long: dict[tuple[str, ...], int] = {}

    def explain(self, all_forms: tuple[SheetForm, ...]) -> None:
        """Write the first sheet: what there is, then every column with an example."""
        sheet = self.book.add_worksheet(EXPLANATION)
        sheet.hide_gridlines(2)
        for index, width in enumerate((34, 90, 30)):
            sheet.set_column(index, index, width)
        sheet.write_string(0, 0, "Werkboek van de Borgingsmonitor", self.title)
        for row, sentence in enumerate(INTRODUCTION, start=1):
            sheet.write_string(row, 0, sentence)
        row = len(INTRODUCTION) + 1
        group = ""
        for form in all_forms:
            if form.group != group:
                group = form.group
                row += 1
                sheet.write_string(row, 0, group, self._tab(group))
                sheet.write_blank(row, 1, None, self._tab(group))
                row += 1
            sheet.write_url(row, 0, f"internal:{_quoted(form)}!A1", self.link, form.name)
            sheet.write_string(row, 1, form.explanation.split(". ")[0].rstrip(".") + ".", self.wrap)
            row += 1
        row += 2
        sheet.write_string(row, 0, "Wat er in elke kolom komt", self.title)
        row += 2
        for form in all_forms:
            row = self._explain_columns(sheet, row, form)

    def _tab(self, group: str) -> Any:
        """Return the format of the name of a part: white on the colour of its tabs."""
        return self.book.add_format(
            {"bold": True, "font_color": "#FFFFFF", "bg_color": self.tabs[group]}
        )

    def _explain_columns(self, sheet: Any, row: int, form: SheetForm) -> int:
        """Write the columns of a sheet from a row on; return the first row below them."""
        sheet.write_url(row, 0, f"internal:{_quoted(form)}!A1", self.link, f"Blad {form.name}")
        sheet.write_string(row, 1, form.explanation, self.wrap)
        for index, word in enumerate(("Kolom", "Uitleg", "Voorbeeld")):
            sheet.write_string(row + 1, index, word, self.head)
        row += 2
        for column in form.columns:
            name = column.heading + (" *" if column.needed else "")
            sheet.write_string(row, 0, name, self.wrap)
            sheet.write_string(row, 1, _explained(column), self.wrap)
            self._cell(sheet, row, 2, column.example)
            row += 1
        return row + 1

    def write(self, form: SheetForm, records: list[Record]) -> None:
        """Write one sheet: headings, rows, lists to choose from."""
        sheet = self.book.add_worksheet(form.name)
        sheet.set_tab_color(self.tabs[form.group])
        sheet.set_comments_author("Borgingsmonitor")
        last = max(len(records), READY_ROWS)
        for index, column in enumerate(form.columns):
            is_day = column.kind == "day"
            sheet.set_column(index, index, column.width, self.day if is_day else None)
            sheet.write_string(
                0, index, column.heading, self.needed if column.needed else self.head
            )
            self._comment(sheet, index, column)
            rule = self._rule(form, column)
            if rule is not None:
                sheet.data_validation(1, index, last, index, rule)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, max(len(records), 1), len(form.columns) - 1)
        for row, record in enumerate(records, start=1):
            for index, column in enumerate(form.columns):
                self._cell(sheet, row, index, _shown(column, record.get(column.field)))

    def write_choices(self) -> None:
        """Write the last sheet: what can be chosen and is too much to stand with the cells."""
        sheet = self.book.add_worksheet(CHOICES)
        for index, (name, heading) in enumerate(NAMES.items()):
            sheet.set_column(index, index, 30)
            sheet.write_string(0, index, heading, self.head)
            for row, word in enumerate(self.known.get(name, ()), start=1):
                self._cell(sheet, row, index, word)
        for words, index in self.long.items():
            sheet.set_column(index, index, 30)
            sheet.write_string(0, index, "Keuzes", self.head)
            for row, word in enumerate(words, start=1):
                self._cell(sheet, row, index, word)
        sheet.freeze_panes(1, 0)

    def _comment(self, sheet: Any, index: int, column: Column) -> None:
        words = _explained(column) + (" Verplicht." if column.needed else "")
        if words.strip():
            height = 24 + 16 * (1 + len(words) // 44)
            sheet.write_comment(0, index, words.strip(), {"width": 280, "height": height})

    def _rule(self, form: SheetForm, column: Column) -> dict[str, Any] | None:
        """Return what Excel checks in a column and offers to choose from."""
        if column.kind == "day":
            return DAY_RULE
        words = column.choices
        if words:
            inline = len(",".join(words)) <= LONGEST_LIST and not any("," in word for word in words)
            return _choice(list(words) if inline else self._range(words))
        names = column.names or SHAPES[form.kind].references.get(column.field, "")
        if column is CODE:
            names = "project"
        source = self._named(form, column, names) if names else ""
        return {"validate": "list", "source": source, "show_error": False} if source else None

    def _range(self, words: tuple[str, ...]) -> str:
        index = self.long.setdefault(words, len(NAMES) + len(self.long))
        letter = _letter(index)
        return f"={CHOICES}!${letter}$2:${letter}${len(words) + 1}"

    def _named(self, form: SheetForm, column: Column, names: str) -> str:
        """Return the filled cells of the column in which what is named stands; '' for itself."""
        if names in NAMES:
            return _filled(CHOICES, list(NAMES).index(names))
        for owner in forms():
            kind, field = OWNERS.get(names, (ItemKind.ENTRY, ""))
            if owner.kind is kind and (owner.list == names or kind is not ItemKind.ENTRY):
                index = 1 if not field else owner.columns.index(owner.column(field))
                mine = owner is form and form.columns.index(column) == index
                return "" if mine else _filled(_quoted(owner), index)
        return ""

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


def _explained(column: Column) -> str:
    if column.choices and column.kind != "letter":
        words = ", ".join(column.choices).rstrip(".")
        return f"{column.explanation} Kies uit: {words}.".strip()
    return column.explanation


def _shown(column: Column, value: Value) -> Value:
    if column.term is not None and isinstance(value, str):
        return column.term(value).label
    if column.words is not None and isinstance(value, str):
        return column.words.get(value, value)
    if column.percent and isinstance(value, float):
        return round(100 * value, 9)
    return value


def _quoted(form: SheetForm) -> str:
    """Return the name of a sheet as a formula or link writes it."""
    name = form.name.replace("'", "''")
    return f"'{name}'"


def _letter(index: int) -> str:
    """Return the letters of a column, A for 0."""
    first, second = divmod(index, 26)
    return (chr(64 + first) if first else "") + chr(65 + second)


def _filled(sheet: str, index: int) -> str:
    """Return the formula of the cells under a heading down to the last that is filled."""
    letter = _letter(index)
    column = f"{sheet}!${letter}"
    rows = f"MAX(1,COUNTA({column}:${letter})-1)"
    return f"=OFFSET({column}$2,0,0,{rows},1)"


def _choice(source: list[str] | str) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": source,
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
