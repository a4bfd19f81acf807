"""What somebody filled in in a dossier, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from borging.domain.dossier import Field, FieldType
from borging.domain.wording import day, number
from borging.services.dossier.dossier import Dossier

NOT_FILLED_IN = "niet ingevuld"
GONE = "onbekend"


def in_words(field: Field, value: Any, dossier: Dossier) -> str:
    """Return the value of a field as people read it; of a question and an item only its id."""
    if value is None:
        return NOT_FILLED_IN
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):
        return day(value)
    if field.type == FieldType.CHOICE:
        return str(field.labels.get(value, GONE))
    if field.type == FieldType.NUMBER:
        return quantity(value, field.unit)
    named: Mapping[FieldType, Mapping[int, str]] = {
        FieldType.PERSON: dossier.people,
        FieldType.UNIT: dossier.units,
        FieldType.RESULT: dict(zip(dossier.results["id"], dossier.results["title"], strict=True)),
    }
    if field.type in named:
        return named[field.type].get(value, GONE)
    return str(value)


def quantity(value: float, unit: str) -> str:
    """Write an amount with its unit and a thousands point; a year or a count without either."""
    if not unit:
        return f"{value:.9g}".replace(".", ",")
    return f"{number(value, 0 if value == int(value) else 2)} {unit}"
