"""No part of a dossier is settled while something in it is not known."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from borging.domain.dossier import FieldType, ListDefinition, Part
from borging.domain.dossier_summary import PartState
from borging.services.dossier.parts import RULES, summary
from tests.dossiers import AS_OF, IDS, PARTS, dossier

EVERY_LIST = [(part, each) for part in PARTS for each in part.lists]
ASKED_WHILE_ACTIVE = ("quick_win", "message")
REQUIRED: dict[FieldType, Any] = {
    FieldType.TEXT: "x",
    FieldType.NUMBER: 2026.0,
    FieldType.DAY: AS_OF - timedelta(1),
    FieldType.QUESTION: IDS[0],
    FieldType.RESULT: 1,
    FieldType.ITEM: 1,
    FieldType.PERSON: 7,
}


def bare(definition: ListDefinition) -> dict[str, Any]:
    """An item of which only what is required is known."""
    return {
        field.id: field.choices[0].id if field.choices else REQUIRED[field.type]
        for field in definition.fields
        if field.required
    }


def test_every_part_and_list_is_looked_at() -> None:
    assert {part.key for part, _ in EVERY_LIST} == set(RULES)
    assert len(EVERY_LIST) > 20


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.key)
def test_an_empty_part_is_empty(part: Part) -> None:
    assert summary(part, dossier()).state == PartState.EMPTY


FULL: dict[str, tuple[str, dict[str, Any], str]] = {
    "running_cost": (
        "exploitatie",
        {"what": "x", "year": 2026.0, "amount": 1.0, "budgeted": True, "owner": 7},
        "amount",
    ),
    "contract": ("exploitatie", {"what": "x", "notice_by": AS_OF, "owner": 7}, "notice_by"),
    "training_coverage": ("naleving", {"group": "x", "people": 2.0, "trained": 2.0}, "trained"),
    "spread_risk": ("verspreiding", {"what": "x", "chance": "1", "impact": "1"}, "chance"),
    "expertise": ("draagvlak", {"role": "x", "left_behind": "y"}, "left_behind"),
}


@pytest.mark.parametrize("key", FULL)
def test_what_is_not_known_of_an_item_is_asked(key: str) -> None:
    part, item, field = FULL[key]
    definition = next(each for each in PARTS if each.key == part)

    def said(rows: list[dict[str, Any]]) -> str:
        shown = summary(definition, dossier(**{key: rows}))
        return f"{shown.words} {shown.next}"

    unknown = said([item | {field: None}])
    assert unknown != said([item])
    assert "onbekend" in unknown or "niet bekend" in unknown or "bekend" in unknown


@pytest.mark.parametrize("state", ["running", "closed"])
@pytest.mark.parametrize(
    ("part", "definition"), EVERY_LIST, ids=lambda each: getattr(each, "key", "")
)
def test_a_part_with_a_bare_item_is_not_settled(
    part: Part, definition: ListDefinition, state: str
) -> None:
    if state == "closed" and definition.key in ASKED_WHILE_ACTIVE:
        return
    found = dossier({"state": state}, **{definition.key: [bare(definition)]})
    said = summary(part, found)
    assert said.state != PartState.SETTLED, said
