"""Running costs and contracts: sums that never take unknown for nothing, and each rule's edge."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from borging.domain.dossier_summary import PartState
from borging.domain.wording import day
from borging.services.dossier.running_costs import per_year, running
from tests.dossiers import AS_OF, dossier

YEAR = float(AS_OF.year)


def cost(what: str = "Licentie", **more: Any) -> dict[str, Any]:
    return {"what": what, "year": YEAR, "amount": 100.0, "budgeted": True, "owner": 7} | more


def contract(days: int, **more: Any) -> dict[str, Any]:
    return {"what": "Onderhoud", "notice_by": AS_OF + timedelta(days=days), "owner": 7} | more


def test_costs_stand_per_year_and_by_whether_they_are_in_a_budget() -> None:
    rows = [
        cost(year=YEAR + 1, amount=1500.0),
        cost(amount=1234.0),
        cost(amount=None),
        cost(amount=0.0, budgeted=False),
        cost(amount=None, budgeted=None),
    ]
    first, second = per_year(dossier(running_cost=rows))
    assert (first.year, second.year) == (YEAR, YEAR + 1)
    assert [first.sums[said].words for said in (True, False, None)] == [
        "€ 1.234 + 1 bedrag onbekend",
        "€ 0",
        "1 bedrag onbekend",
    ]
    assert [second.sums[said].words for said in (True, False, None)] == ["€ 1.500", "–", "–"]


def test_nothing_is_empty_and_asks_what_it_costs() -> None:
    said = running(dossier())
    assert (said.state, said.next) == (
        PartState.EMPTY,
        "Schrijf op wat het resultaat na het project elk jaar kost.",
    )
    assert running(dossier(running_cost=[cost()])).state == PartState.SETTLED


@pytest.mark.parametrize(
    ("year", "budgeted", "state"),
    [
        (YEAR, False, PartState.ATTENTION),
        (YEAR - 1, False, PartState.SETTLED),
        (YEAR, None, PartState.UNDERWAY),
        (YEAR, True, PartState.SETTLED),
    ],
)
def test_costs_of_this_year_on_belong_in_a_budget(
    year: float, budgeted: bool | None, state: PartState
) -> None:
    assert running(dossier(running_cost=[cost(year=year, budgeted=budgeted)])).state == state


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (61, "1 kostenregel en 1 contract"),
        (60, "1 contract binnen 60 dagen op te zeggen"),
        (0, "1 contract binnen 60 dagen op te zeggen"),
        (-1, "van 1 contract is de opzegdag voorbij"),
        (-60, "van 1 contract is de opzegdag voorbij"),
        (-61, "van 1 contract is geen nieuwe opzegdag bekend"),
    ],
)
def test_a_contract_asks_sixty_days_ahead_and_after(days: int, words: str) -> None:
    said = running(dossier(running_cost=[cost()], contract=[contract(days)]))
    assert said.words == words
    if 0 <= days <= 60:
        until = day(AS_OF + timedelta(days=days))
        assert said.next == f"Besluit uiterlijk op {until} of ‘Onderhoud’ doorgaat."


@pytest.mark.parametrize(("days", "asks"), [(0, True), (-1, False)])
def test_a_contract_that_has_ended_asks_nothing(days: int, asks: bool) -> None:
    ended = contract(-30, ends_on=AS_OF + timedelta(days=days))
    said = running(dossier(running_cost=[cost()], contract=[ended]))
    assert (said.state == PartState.ATTENTION) == asks


def test_costs_and_contracts_need_an_owner() -> None:
    found = dossier(running_cost=[cost(owner=None)], contract=[contract(90, owner=None)])
    assert running(found).words == "2 regels zonder eigenaar"


def test_a_contract_without_costs_asks_for_them() -> None:
    assert running(dossier(contract=[contract(90)])).words == "nog geen jaarlijkse kosten"
