"""A dossier of nothing but what a test names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from borging.domain.dossier import all_lists, load_parts
from borging.domain.terms import Sustain
from borging.services.dossier import Dossier
from borging.services.stages import with_status
from borging.settings import DATA

DAY = date(2026, 11, 26)
PARTS = load_parts(DATA / "dossier")
LISTS = all_lists(PARTS)
PROJECT = {
    **dict.fromkeys(
        (
            *("course", "course_on", "course_sentence", "course_by", "course_source", "decision"),
            *("decision_from", "decision_before", "declared_on", "verdict", "summary", "end"),
            *("start", "owner", "sponsor", "project_lead", "unit", "theme", "goal", "source"),
            *("funding_source", "funding_end", "borging_in_plan", "next_handover"),
        )
    ),
    "id": 1,
    "code": "P1",
    "title": "Beeldbellen",
    "state": "running",
    "state_label": "lopend",
    "sustain": Sustain.SUSTAINING,
    "items_open": 0,
    "items_unowned": 0,
    "items_overdue": 0,
}
"""A running project of which nothing else is known."""
RESULT = ("id", "project_id", "title", "formal_receiver", "practical_receiver")
PHASE = ("id", "project_id", "phase", "accountable_id", "accountable", "carried_by", "version")
ITEM = ("id", "project_id", "title", "owner_id", "owner", "accepted_by_id", "scan_id", "factor")


def dossier(
    project: dict[str, Any] | None = None,
    results: Sequence[dict[str, Any]] = (),
    phases: Sequence[dict[str, Any]] = (),
    people: Mapping[int, str] | None = None,
    **lists: list[dict[str, Any]],
) -> Dossier:
    """Return a dossier, its items numbered from 1 per list; fields not named are empty."""
    frames = {}
    for key, each in LISTS.items():
        rows = [
            {"id": number, "project_id": 1, "version": 1, **dict.fromkeys(each.by_id)} | row
            for number, row in enumerate(lists.get(key, []), start=1)
        ]
        columns = ["id", "project_id", "version", *each.by_id]
        frames[key] = pd.DataFrame(rows, columns=columns, dtype=object)
    four = ("planned_start", "planned_end", "actual_start", "actual_end")
    return Dossier(
        DAY,
        PROJECT | (project or {}),
        PARTS,
        frames,
        _table(results, RESULT, ("agreed_on", "handed_over_on")),
        with_status(_table(phases, PHASE, four), DAY),
        _table((), ITEM, ("created_on", "closed_on", "due")),
        people or {7: "Anna de Wit"},
        {},
    )


def _table(
    rows: Sequence[dict[str, Any]], columns: Sequence[str], days: Sequence[str]
) -> pd.DataFrame:
    table = pd.DataFrame(list(rows), columns=[*columns, *days], dtype=object)
    return table.assign(**{name: pd.to_datetime(table[name]) for name in days})
