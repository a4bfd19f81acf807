"""The history of a project in words: who changed what, and when."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any

from borging.domain.dossier import REFERENCES, FieldType, ListDefinition
from borging.domain.history import Entry
from borging.domain.project_fields import COURSE_LABELS, PHASE_LABELS, PROJECT_LABELS
from borging.domain.terms import Carrier, Course, Priority, ProjectState
from borging.domain.wording import day
from borging.services.dossier.words import quantity

LABELS: Mapping[str, Mapping[str, str]] = {
    "project": PROJECT_LABELS,
    "phase_record": {**PHASE_LABELS, "confirmed": "Bevestigd"},
    "course_report": COURSE_LABELS,
    "residual_item": {
        "title": "Omschrijving",
        "owner_id": "Eigenaar in de lijn",
        "due": "Vervaldatum",
        "priority": "Prioriteit",
        "closed_on": "Gesloten op",
        "accepted_by_id": "Aanvaard door",
        "accepted_on": "Aanvaard op",
    },
    "project_result": {
        "title": "Resultaat",
        "formal_receiver_id": "Formele ontvanger",
        "practical_receiver_id": "Praktische ontvanger",
        "agreed_on": "Afgesproken",
        "handed_over_on": "Overgedragen",
    },
    "attachment": {"note": "Omschrijving"},
}
"""Entity to its fields with their words; a field without words is not told."""
WORDS: Mapping[str, Mapping[str, str]] = {
    "state": {term.value: term.label for term in ProjectState},
    "carried_by": {term.value: term.label for term in Carrier},
    "course": {term.value: term.label for term in Course},
    "priority": {term.value: term.label for term in Priority},
}
NAMED = {FieldType.PERSON: "person", FieldType.UNIT: "unit", FieldType.RESULT: "project_result"}
"""What a field refers to; any other refers to an item of its list."""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
EMPTY = "leeg"
LONGEST = 120
"""Characters of a value that is told."""


@dataclass(frozen=True)
class Line:
    """One line. id: of the entry; changes: per field what it was and is; undo: may be undone.

    about: key of the list of the dossier that it is about, of other things the entity.
    """

    id: int
    when: str
    who: str
    what: str
    changes: tuple[str, ...]
    undo: bool
    about: str = ""


def lines(
    entries: Sequence[Entry],
    lists: Mapping[str, ListDefinition],
    names: Mapping[str, Mapping[int, str]],
    zone: tzinfo,
) -> tuple[Line, ...]:
    """Write entries in words.

    lists: by key. names: 'person', 'unit', 'goal', 'project_result' and keys of lists to id to
    name.
    """
    return tuple(
        Line(
            entry.id,
            f"{day(entry.at.astimezone(zone).date())}, {entry.at.astimezone(zone):%H:%M}",
            entry.who,
            entry.summary.rstrip(".") + ".",
            _changes(entry, lists, names),
            entry.undoable,
            entry.list_key or entry.entity,
        )
        for entry in entries
    )


def _changes(
    entry: Entry, lists: Mapping[str, ListDefinition], names: Mapping[str, Mapping[int, str]]
) -> tuple[str, ...]:
    if entry.before is None or entry.after is None:
        return ()
    definition = lists.get(entry.list_key or "")
    labels: Mapping[str, str] = LABELS.get(entry.entity, {})
    if definition:
        labels = {name: field.label for name, field in definition.by_id.items()}
    told = []
    for name, label in labels.items():
        old, new = entry.before.get(name), entry.after.get(name)
        if old != new:
            words = [_value(name, each, definition, names) for each in (old, new)]
            told.append(f"{label}: {words[0]} → {words[1]}")
    return tuple(told)


def _value(
    name: str,
    value: Any,
    definition: ListDefinition | None,
    names: Mapping[str, Mapping[int, str]],
) -> str:
    if value is None or value == "":
        return EMPTY
    if isinstance(value, bool):
        return "ja" if value else "nee"
    field = definition.by_id[name] if definition else None
    if field is not None:
        if field.type in REFERENCES:
            return names.get(NAMED.get(field.type, field.of), {}).get(value, "?")
        if field.type == FieldType.DAY:
            return day(date.fromisoformat(value))
        if field.type == FieldType.NUMBER:
            return quantity(value, field.unit)
        return _text(field.labels.get(str(value), value))
    if name.endswith("_id"):
        return names.get(name.removesuffix("_id"), names["person"]).get(value, "?")
    return WORDS.get(name, {}).get(str(value)) or _text(value)


def _text(value: Any) -> str:
    text = str(value)
    if DAY.fullmatch(text):
        return f"{text[8:]}-{text[5:7]}-{text[:4]}"
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
