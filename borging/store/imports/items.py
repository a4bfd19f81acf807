"""What a file says, what the store already holds, and the difference between the two.

An item is one thing in a file. It is recognised by its kind, the key of its project and its
own key; references to units, goals and persons are names, compared without regard to case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from borging.domain.dossier import ListDefinition

WORKBOOK_SOURCE = "werkboek"

Value = str | date | bool | float | None
KeyPart = str | date | int
Key = tuple[KeyPart, ...]


class ItemKind(StrEnum):
    """The things a file may hold, in the order in which they are written."""

    GOAL = "goal"
    PROJECT = "project"
    OBSERVATION = "observation"
    COURSE = "course_report"
    DECLARATION = "sustain_declaration"
    PHASE = "phase_record"
    RESULT = "project_result"
    RESIDUAL = "residual_item"
    SCAN = "scan"
    RESPONSE = "scan_response"
    ENTRY = "dossier_item"
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
    ItemKind.GOAL: Shape(
        "goal",
        "doel",
        key=("title",),
        columns=("title", "kind", "legal_deadline"),
        references={"parent_id": "goal"},
        numbered=True,
        of_project=False,
    ),
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
    ItemKind.DECLARATION: Shape(
        "sustain_declaration",
        "verklaring",
        key=("declared_on", "verdict"),
        columns=("declared_on", "verdict", "evidence"),
        references={"declared_by_id": "person"},
        numbered=True,
    ),
    ItemKind.PHASE: Shape(
        "phase_record",
        "fase",
        key=("phase",),
        columns=(
            "planned_start",
            "planned_end",
            "actual_start",
            "actual_end",
            "carried_by",
            "confirmed",
        ),
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
    ItemKind.ENTRY: Shape("dossier_item", "regel van het dossier", numbered=True),
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
    number among equal ones; of a joint scan: day and kind, with the letters as a field. key of an
    entry of the dossier: its list, then as `imported_lists.key_of` says, and its number.
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
    AMBIGUOUS: its code belongs to more than one project. WRONG: the checks of its list, or of
    the tree of goals, refuse it.
    UNKNOWN_FUNCTION: it is about a function
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
    WRONG = "wrong"
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
    """An item with its verdict; stored_id is None unless the store holds it.

    faults: column, and in Dutch what is wrong there. links: of an entry, column to the kind and
    key of what it names within its project.
    """

    item: Item
    verdict: Verdict
    stored_id: int | None = None
    changes: tuple[FieldChange, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()
    links: Mapping[str, tuple[ItemKind, Key]] = field(default_factory=dict)


@dataclass(frozen=True)
class Stored:
    """A row of the store; references are names. removed: it was deleted here.

    content: of an entry of the dossier what is stored of it, also what its list no longer has.
    """

    id: int
    values: dict[str, Any]
    removed: bool
    content: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Lists:
    """The lists of the dossier that a file may hold, by key, in the order of the page.

    questions: key of a questionnaire to the names of its questions by id.
    """

    by_key: Mapping[str, ListDefinition] = field(default_factory=dict)
    questions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass
class Snapshot:
    """What the store holds of the projects a file may name.

    names: by table, the id under each folded name. code_number: the highest number given out
    after the code prefix of the source.
    """

    lists: Lists = field(default_factory=Lists)

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
