"""What accepting a scenario writes: rows of the plan, before and after."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from borging.domain.terms import Term

Value = date | float | None
FIELDS = {
    "need": ("first", "last", "hours_per_week"),
    "phase": ("planned_start", "planned_end"),
    "handover": ("agreed_on",),
}
"""The fields of each kind of row that a scenario can change, as they are stored."""


class ScenarioStatus(Term):
    """Whether a scenario has become the plan."""

    DRAFT = "draft", "concept"
    ACCEPTED = "accepted", "overgenomen"
    UNDONE = "undone", "teruggedraaid"


class RowKind(Term):
    """What kind of row of the plan it is."""

    NEED = "need", "inzet"
    PHASE = "phase", "fase"
    HANDOVER = "handover", "overdracht"


@dataclass(frozen=True)
class PlanRow:
    """A stored row of which the plan changes the fields, see FIELDS.

    id: None for work that was cut off from the need `copy_of`; `before` is empty then. label:
    what people call the row.
    """

    kind: RowKind
    id: int | None
    label: str
    before: Mapping[str, Value]
    after: Mapping[str, Value]
    copy_of: int | None = None


def write_rows(rows: Sequence[PlanRow]) -> str:
    """Write rows as JSON."""
    plain = [{**asdict(row), "kind": row.kind.value} for row in rows]
    return json.dumps(plain, default=lambda day: day.isoformat(), ensure_ascii=False)


def read_rows(text: str | None) -> tuple[PlanRow, ...]:
    """Read rows from JSON that `write_rows` made; none from None."""
    return tuple(
        PlanRow(
            RowKind(row["kind"]),
            row["id"],
            row["label"],
            _values(row["before"]),
            _values(row["after"]),
            row["copy_of"],
        )
        for row in json.loads(text or "[]")
    )


def _values(written: Mapping[str, str | float | None]) -> dict[str, Value]:
    return {
        name: date.fromisoformat(value) if isinstance(value, str) else value
        for name, value in written.items()
    }
