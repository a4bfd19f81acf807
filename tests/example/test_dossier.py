"""The dossiers of the example portfolio: whole, half and empty ones that the lists accept."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from borging.domain.dossier import FieldType
from borging.domain.dossier_values import checked, from_json
from borging.domain.instruments import load_instrument
from borging.example.dossier import HAPPENED, UNDER, load_dossiers
from borging.example.portfolio import generate
from borging.settings import DATA
from tests.dossiers import LISTS

AS_OF = date(2026, 11, 22)
INSTRUMENT = load_instrument(DATA / "instruments" / "nhs-borgingsscan.toml")
FACTORS = tuple(factor.id for factor in INSTRUMENT.factors)
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def rows() -> Rows:
    return generate(120, 1, AS_OF, factors=FACTORS).rows


def test_every_item_is_one_that_its_list_accepts(rows: Rows) -> None:
    ids = {table: {row["id"] for row in rows[table]} for table in ("person", "unit")}
    for row in rows["dossier_item"]:
        definition, own = LISTS[row["list_key"]], row["project_id"]
        known: dict[str, Any] = {}
        for field in definition.fields:
            if field.type == FieldType.QUESTION:
                known[field.id] = {row["content"].get(field.id)}
            elif field.type == FieldType.RESULT:
                results = rows["project_result"]
                known[field.id] = {each["id"] for each in results if each["project_id"] == own}
            elif field.type == FieldType.ITEM:
                known[field.id] = {
                    each["id"]
                    for each in rows["dossier_item"]
                    if (each["project_id"], each["list_key"]) == (own, field.of)
                }
            else:
                known[field.id] = ids[{FieldType.UNIT: "unit"}.get(field.type, "person")]
        assert checked(definition, from_json(definition, row["content"]), known)[1] == [], row


def test_no_word_of_the_texts_gets_lost() -> None:
    texts = load_dossiers()
    for part in (texts["first"], texts["pool"]):
        for key, items in part.items():
            if key == "answers":
                continue
            for item in items:
                fields = item.keys() - UNDER.keys() - {"held"} | item.get("held", {}).keys()
                assert fields <= LISTS[key].by_id.keys(), (key, item)


def test_the_first_dossier_is_full_and_others_are_half_or_empty(rows: Rows) -> None:
    first = Counter(r["list_key"] for r in rows["dossier_item"] if r["project_id"] == 1)
    assert first.keys() == LISTS.keys()
    assert first["compliance_check"] >= 14
    sizes = Counter(row["project_id"] for row in rows["dossier_item"])
    projects = len(rows["project"])
    assert 0.3 < sum(sizes[row["id"]] == 0 for row in rows["project"]) / projects < 0.8
    assert 0.05 < sum(size >= 70 for size in sizes.values()) / projects < 0.3


def test_what_happened_lies_before_the_day(rows: Rows) -> None:
    days = [
        content[name]
        for content in (row["content"] for row in rows["dossier_item"])
        for name in HAPPENED & content.keys()
    ]
    assert days
    assert max(days) <= AS_OF.isoformat()


def test_closed_projects_left_lessons(rows: Rows) -> None:
    closed = {row["id"] for row in rows["project"] if row["state"] == "closed"}
    assert any(
        row["project_id"] in closed and "lessons" in row["content"]
        for row in rows["dossier_item"]
        if row["list_key"] == "evaluation"
    )
