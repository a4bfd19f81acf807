"""How far the groups are: the rule of the circle on its edges, and how wide a sector is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from borging.domain.dossier_summary import PartState
from borging.services.dossier.anchoring import anchoring, sectors
from tests.dossiers import AS_OF, dossier


def group(name: str, stage: str | None = "does", **more: Any) -> dict[str, Any]:
    return {"name": name, "stage": stage, "people": 10.0, "seen_on": AS_OF} | more


def test_a_sector_is_as_wide_as_its_people_and_average_when_unknown() -> None:
    found = sectors(
        dossier(anchoring_group=[group("A"), group("B", people=30.0), group("C", people=None)])
    )
    assert [round(each.share, 3) for each in found] == [0.167, 0.5, 0.333]
    assert [round(each.start, 3) for each in found] == [0, 0.167, 0.667]
    assert [each.size for each in found] == ["10 mensen", "30 mensen", "aantal onbekend"]


def test_groups_without_any_number_are_equally_wide() -> None:
    found = sectors(dossier(anchoring_group=[group(n, people=None) for n in "AB"]))
    assert [each.share for each in found] == [0.5, 0.5]


def test_not_known_is_no_stage_and_not_the_first_one() -> None:
    unknown, knows = sectors(dossier(anchoring_group=[group("A", None), group("B", "knows")]))
    assert (unknown.stage, unknown.reached) == (None, "nog niet bekend hoe ver")
    assert (knows.stage, knows.reached) == (1, "weet")


def test_nothing_in_the_circle_is_empty() -> None:
    assert anchoring(dossier()).state == PartState.EMPTY


@pytest.mark.parametrize(
    ("stage", "asked"),
    [
        (None, "Vraag na hoe ver dit is bij A."),
        ("can", "Spreek af wat nodig is om het te gaan doen bij A."),
        ("does", ""),
        ("natural", ""),
    ],
)
def test_who_does_it_asks_nothing_more(stage: str | None, asked: str) -> None:
    said = anchoring(dossier(anchoring_group=[group("A", stage)]))
    assert said.next == asked
    assert said.state == (PartState.UNDERWAY if asked else PartState.SETTLED)


def test_half_a_year_later_it_has_to_be_looked_at_again() -> None:
    def said(days: int) -> PartState:
        seen = AS_OF - timedelta(days=days)
        return anchoring(dossier(anchoring_group=[group("A", seen_on=seen)])).state

    assert (said(183), said(184)) == (PartState.SETTLED, PartState.UNDERWAY)
    never = anchoring(dossier(anchoring_group=[group("A", seen_on=None)]))
    assert never.next.startswith("Kijk opnieuw")


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (AS_OF, PartState.ATTENTION),
        (AS_OF + timedelta(days=1), PartState.UNDERWAY),
        (None, PartState.UNDERWAY),
    ],
)
def test_handed_over_while_a_group_does_not_do_it_asks_attention(
    day: date | None, state: PartState
) -> None:
    found = dossier(
        results=[{"handed_over_on": day}], anchoring_group=[group("A", "can"), group("B")]
    )
    assert anchoring(found).state == state
    if state == PartState.ATTENTION:
        assert anchoring(found).words == "al overgedragen, nog maar 1 van 2 groepen doet het"
