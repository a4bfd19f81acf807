"""The sheets of the own workbook for the dossier: one per list, made from its definition."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from borging.domain.dossier import (
    LONGEST,
    Field,
    FieldType,
    ListDefinition,
    Part,
    all_lists,
    load_parts,
)
from borging.domain.instruments import load_definition
from borging.domain.questionnaires import Questionnaire
from borging.exchange.tables import sheet_name
from borging.exchange.values import fold
from borging.exchange.workbook.form import CODE, Column, ColumnKind, Example, SheetForm
from borging.settings import DATA
from borging.store.imports.items import ItemKind, Lists
from borging.store.imports.lists import TABLES, words_of

KINDS: dict[FieldType, ColumnKind] = {
    FieldType.LONG: "lines",
    FieldType.NUMBER: "number",
    FieldType.DAY: "day",
    FieldType.FLAG: "yes_no",
    FieldType.CHOICE: "word",
    FieldType.QUESTION: "word",
    FieldType.PERSON: "name",
    FieldType.UNIT: "name",
}
"""Types whose cells are more than one line of text."""
WIDTHS: dict[ColumnKind, int] = {"lines": 50, "text": 30, "word": 22, "name": 20}
OTHER_WIDTH = 14
RESULT = "project_result"
"""What a column names that refers to a result."""
NAMED = {**TABLES, FieldType.RESULT: RESULT}
EXAMPLES: dict[FieldType, Example] = {
    FieldType.DAY: date(2026, 11, 30),
    FieldType.FLAG: True,
    FieldType.PERSON: "Noor Visser",
    FieldType.UNIT: "Zorg Thuis",
    FieldType.RESULT: "Werkwijze beeldzorg",
}
NUMBER = 10.0
NAME = "Voorbeeld"


@lru_cache(maxsize=1)
def dossier_lists() -> Lists:
    """Return the lists of the dossier, with the questions that they refer to."""
    lists = all_lists(_parts())
    asked = {
        field.of
        for each in lists.values()
        for field in each.fields
        if field.type == FieldType.QUESTION
    }
    return Lists(lists, {key: _questions(key) for key in sorted(asked)})


@lru_cache(maxsize=1)
def dossier_forms(reserved: tuple[str, ...]) -> tuple[SheetForm, ...]:
    """Return a sheet per list, in the order of the page. reserved: names of other sheets."""
    taken = {fold(name) for name in reserved}
    return tuple(_form(part, each, taken) for part in _parts() for each in part.lists)


def _parts() -> tuple[Part, ...]:
    return load_parts(DATA / "dossier")


def _questions(key: str) -> dict[str, str]:
    found = load_definition(DATA / "instruments" / f"{key}.toml")
    assert isinstance(found, Questionnaire)
    return {question.id: question.name for question in found.questions}


def _form(part: Part, list_definition: ListDefinition, taken: set[str]) -> SheetForm:
    headings = {fold(CODE.heading)}
    columns = [_column(field, list_definition, headings) for field in list_definition.fields]
    named = ["code", *(f"‘{each.label}’" for each in list_definition.key_fields)]
    keys = " en ".join(words for words in (", ".join(named[:-1]), named[-1]) if words)
    equal = "die komt één keer voor" if list_definition.once else "gelijke rijen tellen op volgorde"
    row = f"Eén rij is één {list_definition.one}. De sleutel is {keys}; {equal}."
    return SheetForm(
        unique(sheet_name(list_definition.short or list_definition.title), taken),
        ItemKind.ENTRY,
        " ".join(words for words in (list_definition.add, list_definition.help, row) if words),
        (CODE, *columns),
        f"Dossier: {part.title}",
        list_definition.key,
        whole=True,
    )


def unique(name: str, taken: set[str]) -> str:
    """Return a name that is not in `taken`, compared as headings are, and add it there."""
    number, found = 1, name
    while fold(found) in taken:
        number += 1
        found = sheet_name(name, f" {number}")
    taken.add(fold(found))
    return found


def _column(field: Field, list_definition: ListDefinition, taken: set[str]) -> Column:
    kind = KINDS.get(field.type, "text")
    return Column(
        unique(field.heading, taken),
        field.id,
        kind,
        _explained(field),
        _example(field, list_definition),
        WIDTHS.get(kind, OTHER_WIDTH),
        required=field.required,
        words=words_of(field, dossier_lists()) or None,
        names=NAMED.get(field.type, field.of if field.type == FieldType.ITEM else ""),
    )


def _explained(field: Field) -> str:
    """Return the help of a field with what the checks ask of it."""
    said = [field.help]
    if field.type in LONGEST:
        said.append(f"Ten hoogste {LONGEST[field.type]} tekens.")
    if field.whole:
        said.append("Een heel getal.")
    bounds = (("ten minste", field.least), ("ten hoogste", field.most))
    if limits := [f"{word} {limit:g}" for word, limit in bounds if limit is not None]:
        said.append(f"{', '.join(limits).capitalize()}.")
    if field.type == FieldType.PERSON:
        said.append("Een nieuwe naam komt in de lijst van personen.")
    elif field.type == FieldType.UNIT:
        said.append("Een nieuwe naam wordt een team.")
    elif field.type == FieldType.RESULT:
        said.append("Een resultaat van dit project, zoals op het blad Resultaten.")
    elif field.type == FieldType.ITEM:
        said.append(f"Zoals bij {dossier_lists().by_key[field.of].many} van dit project.")
    return " ".join(words for words in said if words)


def _example(field: Field, list_definition: ListDefinition) -> Example:
    if words := words_of(field, dossier_lists()):
        return next(iter(words.values()))
    if field.type == FieldType.NUMBER:
        least = NUMBER if field.least is None else max(NUMBER, field.least)
        return least if field.most is None else min(least, field.most)
    named = field.type == FieldType.ITEM or field == list_definition.name_field
    return EXAMPLES.get(field.type, NAME if named else "")
