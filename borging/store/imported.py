"""What a file says, what the store already holds, and the difference between the two.

An item is one thing in a file. It is recognised by its kind, the key of its project and its
own key; references to units, goals and persons are names, compared without regard to case.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from borging.domain.terms import ScanKind

WORKBOOK_SOURCE = "werkboek"

Value = str | date | bool | float | None
KeyPart = str | date | int
SAME = 1e-6
"""Part of a number that is lost where it goes out as a percentage and comes back."""

Key = tuple[KeyPart, ...]


class ItemKind(StrEnum):
    """The things a file may hold, in the order in which they are written."""

    PROJECT = "project"
    OBSERVATION = "observation"
    COURSE = "course_report"
    PHASE = "phase_record"
    RESULT = "project_result"
    RESIDUAL = "residual_item"
    SCAN = "scan"
    RESPONSE = "scan_response"
    FUNCTION = "job_role"
    LEAVE = "leave_period"
    NEED = "staffing_need"


@dataclass(frozen=True)
class Shape:
    """How a kind is stored: its key columns, followed columns, and columns that hold a name.

    numbered: equal keys are told apart by their order, counted from 1 as last part of the key.
    of_project: whether it hangs under a project; what does not has '' for one. asks: the column
    with the function it is about, which must be here or in the same file.
    """

    table: str
    words: str
    key: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    references: dict[str, str] = field(default_factory=dict)
    numbered: bool = False
    of_project: bool = True
    asks: str | None = None


SHAPES: dict[ItemKind, Shape] = {
    ItemKind.PROJECT: Shape(
        "project",
        "project",
        columns=(
            *("code", "title", "summary", "state", "start", "end"),
            *("funding_source", "funding_end", "borging_in_plan"),
        ),
        references={
            "unit_id": "unit",
            "goal_id": "goal",
            "sponsor_id": "person",
            "owner_id": "person",
            "project_lead_id": "person",
        },
    ),
    ItemKind.OBSERVATION: Shape(
        "observation", "waarneming", key=("kind", "observed_on"), columns=("value", "raw_text")
    ),
    ItemKind.COURSE: Shape(
        "course_report",
        "koers",
        key=("reported_on",),
        columns=("course", "sentence", "decision", "decision_from", "decision_before"),
        references={"signed_by_id": "person"},
    ),
    ItemKind.PHASE: Shape(
        "phase_record",
        "fase",
        key=("phase",),
        columns=("planned_start", "planned_end", "actual_start", "actual_end", "carried_by"),
        references={"accountable_id": "person"},
    ),
    ItemKind.RESULT: Shape(
        "project_result",
        "resultaat",
        key=("title",),
        columns=("title", "agreed_on", "handed_over_on"),
        references={"formal_receiver_id": "person", "practical_receiver_id": "person"},
        numbered=True,
    ),
    ItemKind.RESIDUAL: Shape(
        "residual_item",
        "restpunt",
        key=("title",),
        columns=("title", "due", "priority", "created_on", "closed_on", "accepted_on"),
        references={"owner_id": "person", "accepted_by_id": "person"},
        numbered=True,
    ),
    ItemKind.SCAN: Shape("scan", "scan", key=("scanned_on", "kind"), columns=("agreed_by",)),
    ItemKind.RESPONSE: Shape("scan_response", "antwoord", columns=("letters",)),
    ItemKind.FUNCTION: Shape(
        "job_role",
        "functie",
        key=("name",),
        columns=("name", "fte", "hours_per_week", "project_share", "scarce"),
        numbered=True,
        of_project=False,
    ),
    ItemKind.LEAVE: Shape(
        "leave_period",
        "verlof",
        key=("job_role_id", "first"),
        columns=("first", "last", "hours_per_week"),
        references={"job_role_id": "job_role"},
        numbered=True,
        of_project=False,
        asks="job_role_id",
    ),
    ItemKind.NEED: Shape(
        "staffing_need",
        "inzet",
        key=("job_role_id", "phase"),
        columns=("phase", "hours_per_week", "first", "last", "firm"),
        references={"job_role_id": "job_role"},
        numbered=True,
        asks="job_role_id",
    ),
}


@dataclass(frozen=True, order=True)
class Place:
    """A row in a file; sheet is '' for a text file."""

    sheet: str
    row: int


@dataclass(frozen=True)
class Item:
    """One thing a file says.

    fields are followed on every import, `defaults` only fill a new row. place is where the
    fields stand; first is the row that names the thing first, where that is another one.
    key of a response: day, kind of scan, letters in factor order ('-' for no answer) and its
    number among equal ones; of a joint scan: day and kind, with the letters as a field.
    """

    kind: ItemKind
    project: str
    key: Key
    fields: dict[str, Value]
    place: Place
    first: Place | None = None
    defaults: dict[str, Value] = field(default_factory=dict)

    @property
    def address(self) -> tuple[str, Key]:
        """Where the store keeps it."""
        return self.project, self.key


class Verdict(StrEnum):
    """What an import does with an item.

    REMOVED: somebody removed it here, it stays removed. ORPHAN: its project is not known.
    AMBIGUOUS: its code belongs to more than one project. UNKNOWN_FUNCTION: it is about a function
    that is neither here nor in the file. SEALED: an answer to an individual
    round that is here already; it is not compared either, for the outcome would tell whether
    somebody answered exactly so.
    """

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    ORPHAN = "orphan"
    AMBIGUOUS = "ambiguous"
    UNKNOWN_FUNCTION = "unknown_function"
    SEALED = "sealed"


COUNTS = (Verdict.NEW, Verdict.CHANGED, Verdict.UNCHANGED)
"""Verdicts on what is, or will be, in the portfolio."""


@dataclass(frozen=True)
class FieldChange:
    """A column with the value here and the value in the file."""

    column: str
    old: Value
    new: Value


@dataclass(frozen=True)
class Outcome:
    """An item with its verdict; stored_id is None unless the store holds it."""

    item: Item
    verdict: Verdict
    stored_id: int | None = None
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class Stored:
    """A row of the store; references are names. removed: it was deleted here."""

    id: int
    values: dict[str, Any]
    removed: bool


@dataclass
class Snapshot:
    """What the store holds of the projects a file may name.

    names: by table, the id under each folded name. code_number: the highest number given out
    after the code prefix of the source.
    """

    rows: dict[ItemKind, dict[tuple[str, Key], Stored]] = field(
        default_factory=lambda: {kind: {} for kind in ItemKind}
    )
    names: dict[str, dict[str, int]] = field(
        default_factory=lambda: {"unit": {}, "goal": {}, "person": {}, "job_role": {}}
    )
    ambiguous: set[str] = field(default_factory=set)
    code_number: int = 0


def folded(text: str) -> str:
    """Return a name or title in the form in which it is compared."""
    return " ".join(text.split()).casefold()


def compare(items: Iterable[Item], stored: Snapshot) -> list[Outcome]:
    """Judge every item against the store, in the order of `ItemKind`."""
    ordered = sorted(items, key=lambda item: list(ItemKind).index(item.kind))
    outcomes = []
    known = {project for project, _ in stored.rows[ItemKind.PROJECT]}
    functions = set(stored.names["job_role"])
    gone: set[tuple[ItemKind, str, Key]] = set()
    for item in ordered:
        outcome = _judge(item, stored, known, gone)
        if item.kind is ItemKind.PROJECT and outcome.verdict is Verdict.NEW:
            known.add(item.project)
        elif item.kind is ItemKind.FUNCTION and outcome.verdict is Verdict.NEW:
            functions.add(str(item.key[0]))
        asked = SHAPES[item.kind].asks
        if asked and outcome.verdict in COUNTS and folded(str(item.fields[asked])) not in functions:
            outcome = Outcome(item, Verdict.UNKNOWN_FUNCTION)
        if outcome.verdict is Verdict.REMOVED:
            gone.add((item.kind, *item.address))
        outcomes.append(outcome)
    return outcomes


def _judge(
    item: Item, stored: Snapshot, known: set[str], gone: set[tuple[ItemKind, str, Key]]
) -> Outcome:
    if item.project in stored.ambiguous:
        return Outcome(item, Verdict.AMBIGUOUS)
    if item.kind is not ItemKind.PROJECT and SHAPES[item.kind].of_project:
        if item.project not in known:
            return Outcome(item, Verdict.ORPHAN)
        project = stored.rows[ItemKind.PROJECT].get((item.project, ()))
        if project is not None and project.removed:
            return Outcome(item, Verdict.REMOVED)
    if item.kind is ItemKind.RESPONSE and (ItemKind.SCAN, item.project, item.key[:2]) in gone:
        return Outcome(item, Verdict.REMOVED)
    if item.kind is ItemKind.RESPONSE and item.key[1] != ScanKind.JOINT:
        known_round = (item.project, item.key[:2]) in stored.rows[ItemKind.SCAN]
        return Outcome(item, Verdict.SEALED if known_round else Verdict.NEW)
    row = stored.rows[item.kind].get(item.address)
    if row is None:
        return Outcome(item, Verdict.NEW)
    if row.removed:
        return Outcome(item, Verdict.REMOVED, row.id)
    changes = tuple(
        FieldChange(column, row.values.get(column), value)
        for column, value in item.fields.items()
        if not _same(item.kind, column, row.values.get(column), value)
    )
    return Outcome(item, Verdict.CHANGED if changes else Verdict.UNCHANGED, row.id, changes)


def _same(kind: ItemKind, column: str, old: Value, new: Value) -> bool:
    if column in SHAPES[kind].references:
        return folded(str(old or "")) == folded(str(new or ""))
    if isinstance(old, float) and isinstance(new, float):
        return math.isclose(old, new, rel_tol=SAME)
    return _on_one_line(old) == _on_one_line(new)


def _on_one_line(value: Value) -> Value:
    return (" ".join(value.split()) or None) if isinstance(value, str) else value
