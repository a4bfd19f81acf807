"""Lessons over all projects: which there are, in which order, and which are found."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from borging.domain.dossier_values import to_json
from borging.services.dossier.lessons import LessonsView, about, holding, view
from tests.dossiers import AS_OF, LISTS

PROJECTS = pd.DataFrame(
    {
        "id": pd.array([1, 2], dtype="Int64"),
        "code": ["P1", "P2"],
        "title": ["Valpreventie", "Café Ontmoeting"],
        "unit": ["Zuid", None],
    }
)
EARLY = date(2026, 5, 4)


def evaluation(number: int, project: int, **fields: Any) -> dict[str, Any]:
    content = to_json({"title": "Evaluatie", **fields})
    return {
        "id": number,
        "project_id": project,
        "list_key": "evaluation",
        "content": content,
        "version": 1,
    }


ITEMS = pd.DataFrame(
    [
        evaluation(1, 1, lessons="Begin vroeg.", held_on=EARLY, outcome="partly"),
        evaluation(2, 2, lessons="Reëel plannen.", held_on=AS_OF),
        evaluation(3, 1, lessons="Van morgen.", held_on=date(2026, 11, 27)),
        evaluation(4, 1, held_on=EARLY, outcome="reached"),
        evaluation(5, 1, lessons="Zonder dag."),
        evaluation(6, 9, lessons="Van een ander."),
    ]
).astype({"id": "Int64", "project_id": "Int64"})


def found(words: str = "", projects: pd.DataFrame = PROJECTS, **more: Any) -> LessonsView:
    return view(ITEMS, LISTS["evaluation"], projects, words, AS_OF, **more)


def test_lessons_held_by_the_day_come_newest_first() -> None:
    seen = found()
    assert seen.rows["lessons"].tolist() == ["Reëel plannen.", "Begin vroeg.", "Zonder dag."]
    assert seen.title == "3 lessen uit 2 projecten"
    row = seen.rows.to_dict("records")[1]
    assert about(row) == "Evaluatie · 04-05-2026 · deels bereikt"
    assert (row["project_id"], row["code"], row["project"]) == (1, "P1", "Valpreventie")


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("reeel", [2]),
        ("REËEL PLANNEN", [2]),
        ("cafe", [2]),
        ("deels vroeg", [1]),
        ("reëel vroeg", []),
        ("  ", [2, 1, 5]),
    ],
)
def test_every_word_is_found_without_accents_and_capitals(words: str, ids: list[int]) -> None:
    assert holding(found().rows, words)["id"].tolist() == ids


def test_the_title_says_what_is_found_or_how_to_begin() -> None:
    assert found("plannen").title == "1 van 3 lessen past bij uw zoekwoorden"
    assert found("xyz").title == "0 van 3 lessen passen bij uw zoekwoorden"
    nothing = view(ITEMS.head(0), LISTS["evaluation"], PROJECTS, "", AS_OF)
    assert (nothing.title, nothing.total) == ("Nog geen lessen vastgelegd", 0)
    assert found(projects=PROJECTS.head(0)).title == "Nog geen projecten"
    filtered = found(projects=PROJECTS.head(0), filtered=True)
    assert filtered.title == "Geen project past bij de filters"
    assert found(projects=PROJECTS.tail(1)).title == "1 les uit 1 project"
