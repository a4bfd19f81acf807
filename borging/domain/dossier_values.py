"""The values of one item of a dossier: checking what people wrote, and to and from JSON.

Values are plain: str, float, bool, datetime.date, int (the id of something), and None for what
was not filled in. Not filled in is never zero and never no.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from borging.domain.dossier import LONGEST, REFERENCES, WORDS, Field, FieldType, ListDefinition
from borging.domain.texts import storable

Value = str | float | bool | date | int | None
Values = Mapping[str, Value]
FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2199, 12, 31)

Known = Mapping[str, Collection[Any]]
"""What may be named: field id to the ids that exist, for references and questions."""
Fault = tuple[str, str]
"""The id of a field, and in Dutch what is wrong with it."""


def checked(
    list_definition: ListDefinition, written: Mapping[str, Any], known: Known
) -> tuple[dict[str, Value], list[str]]:
    """Return the values in their own type, and in Dutch what is wrong with them.

    written: field id to what somebody filled in; a field that is not in it is empty.
    """
    values, problems = checked_by_field(list_definition, written, known)
    return values, [words for _, words in problems]


def checked_by_field(
    list_definition: ListDefinition, written: Mapping[str, Any], known: Known
) -> tuple[dict[str, Value], list[Fault]]:
    """Do as `checked`, with the id of the field that each problem is about."""
    values: dict[str, Value] = {}
    problems = []
    for field in list_definition.fields:
        value = _typed(field, written.get(field.id))
        values[field.id] = value
        if value is None:
            if field.required:
                problems.append((field.id, f"vul ‘{field.label}’ in"))
            continue
        wrong = _wrong(field, value, known.get(field.id, ()))
        if wrong:
            problems.append((field.id, f"‘{field.label}’ {wrong}"))
    return values, problems or _against_each_other(list_definition, values)


def _against_each_other(list_definition: ListDefinition, values: Values) -> list[Fault]:
    """Return what is wrong with fields beside each other; an empty field bounds nothing."""
    problems = []
    for field in list_definition.fields:
        value, most = values[field.id], values.get(field.not_above)
        if isinstance(value, float) and isinstance(most, float) and value > most:
            other = list_definition.by_id[field.not_above].label
            words = f"‘{field.label}’ ({_number(value)}) is meer dan ‘{other}’ ({_number(most)})"
            problems.append((field.id, words))
        first = values.get(field.not_before)
        if isinstance(value, date) and isinstance(first, date) and value < first:
            other = list_definition.by_id[field.not_before].label
            words = f"‘{field.label}’ ({value:%d-%m-%Y}) ligt vóór ‘{other}’ ({first:%d-%m-%Y})"
            problems.append((field.id, words))
    return problems


def to_json(values: Values) -> dict[str, Any]:
    """Return the values that are filled in as JSON can hold them."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if value is not None
    }


def from_json(list_definition: ListDefinition, stored: Mapping[str, Any]) -> dict[str, Value]:
    """Return every field of the definition; what it no longer knows is left out."""
    return {field.id: _typed(field, stored.get(field.id)) for field in list_definition.fields}


def _typed(field: Field, value: Any) -> Value:
    """Return a value in the type of its field, None for an empty one."""
    if value is None or (isinstance(value, float) and math.isnan(value) and _is_reference(field)):
        return None
    if field.type in WORDS:
        text = storable(str(value)).strip()
        if field.type != FieldType.LONG:
            text = " ".join(text.split())
        return text or None
    if field.type == FieldType.NUMBER:
        return float(value)
    if field.type == FieldType.DAY and isinstance(value, str):
        return date.fromisoformat(value[:10])
    if _is_reference(field):
        return int(value)
    kept: Value = value
    return kept


def _is_reference(field: Field) -> bool:
    return field.type in REFERENCES


def _wrong(field: Field, value: Value, known: Collection[Any]) -> str | None:
    """Return what is wrong with a value, as the end of a sentence that begins with its label."""
    if field.type in LONGEST and len(str(value)) > LONGEST[field.type]:
        return f"is langer dan {LONGEST[field.type]} tekens; kort het in"
    if field.type == FieldType.NUMBER and isinstance(value, float):
        return _wrong_number(field, value)
    if field.type == FieldType.DAY and isinstance(value, date):
        return None if FIRST_DAY <= value <= LAST_DAY else "is geen dag tussen 1950 en 2199"
    if field.type == FieldType.CHOICE and value not in field.labels:
        return f"is ‘{value}’; kies uit {', '.join(field.labels.values())}"
    if (_is_reference(field) or field.type == FieldType.QUESTION) and value not in known:
        return "verwijst naar iets dat er niet (meer) is; kies opnieuw"
    return None


def _wrong_number(field: Field, value: float) -> str | None:
    if math.isnan(value) or math.isinf(value):
        return "is geen getal; schrijf bijvoorbeeld 12 of 0,5"
    if field.whole and value != int(value):
        return "is geen heel getal"
    least, most = field.least, field.most
    if least is not None and value < least:
        return f"is minder dan {_number(least)}"
    if most is not None and value > most:
        return f"is meer dan {_number(most)}"
    return None


def _number(value: float) -> str:
    return f"{value:.9g}".replace(".", ",")
