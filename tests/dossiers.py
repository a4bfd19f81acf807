"""A dossier of nothing but what a test names, without a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from borging.domain.dossier import all_lists, load_parts
from borging.domain.handover import RESULT
from borging.domain.instruments import load_definition
from borging.domain.questionnaires import Questionnaire
from borging.domain.terms import Sustain
from borging.services.dossier.dossier import Dossier
from borging.services.stages import with_status
from borging.settings import DATA

AS_OF = date(2026, 11, 26)
PARTS = load_parts(DATA / "dossier")
LISTS = all_lists(PARTS)
QUESTIONS = load_definition(DATA / "instruments" / "vijftien-harde-vragen.toml")
assert isinstance(QUESTIONS, Questionnaire)
IDS = [each.id for each in QUESTIONS.questions]
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
    "title": "Valpreventie",
    "state": "running",
    "state_label": "lopend",
    "sustain": Sustain.SUSTAINING,
    "items_open": 0,
    "items_unowned": 0,
    "items_overdue": 0,
}
"""A running project of which nothing else is known."""
PEOPLE = {7: "Carla Bos", 8: "Dirk Kok"}
RESULT_COLUMNS = ("id", "project_id", "version", "formal_receiver", "practical_receiver")
PHASE = (
    "id",
    "project_id",
    "phase",
    "accountable_id",
    "accountable",
    "carried_by",
    "confirmed",
    "version",
)
DATES = ("planned_start", "planned_end", "actual_start", "actual_end")
ITEM = (
    *("id", "project_id", "title", "owner_id", "owner", "accepted_by_id", "accepted_by"),
    *("scan_id", "factor"),
)


def dossier(
    project: Mapping[str, Any] | None = None,
    results: Sequence[dict[str, Any]] = (),
    phases: Sequence[dict[str, Any]] = (),
    residual_items: Sequence[dict[str, Any]] = (),
    people: Mapping[int, str] | None = None,
    **lists: list[dict[str, Any]],
) -> Dossier:
    """Return a dossier, its results and items numbered from 1; fields not named are empty."""
    frames = {}
    for key, each in LISTS.items():
        rows = _numbered(lists.get(key, []), each.by_id)
        columns = ["id", "project_id", "version", *each.by_id]
        frames[key] = pd.DataFrame(rows, columns=columns, dtype=object)
    results = _numbered(results, RESULT.by_id)
    return Dossier(
        AS_OF,
        PROJECT | dict(project or {}),
        PARTS,
        frames,
        _table(results, (*RESULT_COLUMNS, *RESULT.by_id), ("agreed_on", "handed_over_on")),
        with_status(_table([{"confirmed": True} | row for row in phases], PHASE, DATES), AS_OF),
        _table(residual_items, ITEM, ("created_on", "closed_on", "due", "accepted_on")),
        people or PEOPLE,
        {},
        tuple(IDS),
    )


def _numbered(rows: Sequence[dict[str, Any]], fields: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"id": number, "project_id": 1, "version": 1, **dict.fromkeys(fields)} | row
        for number, row in enumerate(rows, start=1)
    ]


def _table(
    rows: Sequence[dict[str, Any]], columns: Sequence[str], days: Sequence[str]
) -> pd.DataFrame:
    names = list(dict.fromkeys([*columns, *days]))
    table = pd.DataFrame(list(rows), columns=names, dtype=object)
    return table.assign(**{name: pd.to_datetime(table[name]) for name in days})


def answers(moment: str, result: int = 1, **given: str) -> list[dict[str, Any]]:
    """Answers to some of the hard questions at one moment."""
    return [
        {"question": question, "result": result, "moment": moment, "answer": answer}
        for question, answer in given.items()
    ]


def all_yes(moment: str, result: int = 1) -> list[dict[str, Any]]:
    """The best answer to every hard question at one moment."""
    return answers(moment, result, **dict.fromkeys(IDS, "ja"))
