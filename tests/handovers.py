"""A dossier with results to hand over, for tests, without a database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from borging.domain.dossier import all_lists, load_parts
from borging.domain.handover import RESULT
from borging.domain.instruments import load_definition
from borging.domain.questionnaires import Questionnaire
from borging.services.dossier import Dossier
from borging.settings import DATA

AS_OF = date(2026, 11, 26)
PARTS = load_parts(DATA / "dossier")
LISTS = all_lists(PARTS)
QUESTIONS = load_definition(DATA / "instruments" / "vijftien-harde-vragen.toml")
assert isinstance(QUESTIONS, Questionnaire)
IDS = [each.id for each in QUESTIONS.questions]
PEOPLE = {7: "Carla Bos", 8: "Dirk Kok"}
DAYS = ("agreed_on", "handed_over_on", "due", "created_on", "closed_on")
ITEM = ["title", "owner", "due", "created_on", "closed_on", "accepted_by"]


def _frame(rows: list[dict[str, Any]], columns: list[str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=columns, dtype=object)
    return table.assign(**{name: pd.to_datetime(table[name]) for name in DAYS if name in table})


def dossier(
    results: list[dict[str, Any]] | None = None,
    residual_items: list[dict[str, Any]] | None = None,
    project: Mapping[str, Any] | None = None,
    **lists: list[dict[str, Any]],
) -> Dossier:
    """A dossier of some results and items, each numbered from 1; other fields are empty."""
    frames = {}
    for key, each in LISTS.items():
        rows = [
            {"id": number, "project_id": 1, "version": 1, **dict.fromkeys(each.by_id)} | row
            for number, row in enumerate(lists.get(key, []), start=1)
        ]
        columns = ["id", "project_id", "version", *each.by_id]
        frames[key] = pd.DataFrame(rows, columns=columns, dtype=object)
    given = [{"id": n, "version": 1} | row for n, row in enumerate(results or [], start=1)]
    return Dossier(
        AS_OF,
        {"id": 1, "code": "P1", "title": "Valpreventie", **(project or {})},
        PARTS,
        frames,
        _frame(given, ["id", "version", *RESULT.by_id]),
        pd.DataFrame(),
        _frame(residual_items or [], ITEM),
        PEOPLE,
        {},
    )


def answers(moment: str, result: int = 1, **given: str) -> list[dict[str, Any]]:
    """Answers to some of the hard questions at one moment."""
    return [
        {"question": question, "result": result, "moment": moment, "answer": answer}
        for question, answer in given.items()
    ]


def all_yes(moment: str, result: int = 1) -> list[dict[str, Any]]:
    """The best answer to every hard question at one moment."""
    return answers(moment, result, **dict.fromkeys(IDS, "ja"))
