"""Naleving: the rule on its edges, and what the pictures show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from borging.domain.dossier_summary import PartState
from borging.services.dossier.compliance import Coverage, compliance, groups_to_train
from borging.services.dossier.interventions import interventions
from tests.dossiers import dossier

KEPT = {"id": 1, "name": "Protocol", "owner": 7}


def check(day: date, compliant: float = 8, sample: float = 10, of: int = 1) -> dict[str, Any]:
    return {"intervention": of, "checked_on": day, "sample": sample, "compliant": compliant}


RECENT = check(date(2026, 11, 1))


def test_nothing_filled_in_is_empty() -> None:
    assert interventions(dossier()).state == PartState.EMPTY


def test_owned_and_checked_is_settled() -> None:
    said = interventions(dossier(intervention=[KEPT], compliance_check=[RECENT]))
    assert (said.state, said.words, said.next) == (
        PartState.SETTLED,
        "1 interventie en 1 controle",
        "",
    )


def test_never_checked_and_not_begun_long_ago_is_under_way() -> None:
    said = interventions(dossier(intervention=[KEPT]))
    assert said.state == PartState.UNDERWAY
    assert said.next.startswith("Spreek af wanneer u voor het eerst kijkt")


def test_an_intervention_without_owner_asks_for_one() -> None:
    said = interventions(dossier(intervention=[KEPT | {"owner": None}], compliance_check=[RECENT]))
    assert said.state == PartState.ATTENTION
    assert said.next == "Spreek af wie in de lijn eigenaar is van ‘Protocol’."


@pytest.mark.parametrize(
    ("on", "asks"),
    [(date(2026, 11, 25), True), (date(2026, 11, 26), False), (date(2026, 11, 27), False)],
)
def test_a_review_is_late_the_day_after(on: date, asks: bool) -> None:
    kept = KEPT | {"review_on": on}
    said = interventions(dossier(intervention=[kept], compliance_check=[RECENT]))
    assert (said.state == PartState.ATTENTION) is asks
    assert ("had herzien moeten zijn" in said.words) is asks


@pytest.mark.parametrize(("on", "asks"), [(date(2026, 8, 25), True), (date(2026, 8, 26), False)])
def test_a_check_is_due_after_three_months(on: date, asks: bool) -> None:
    checked = interventions(dossier(intervention=[KEPT], compliance_check=[check(on)]))
    never = interventions(dossier(intervention=[KEPT | {"since": on}]))
    for said in (checked, never):
        assert (said.state == PartState.ATTENTION) is asks
        assert ("3 maanden niet gecontroleerd" in said.words) is asks


@pytest.mark.parametrize(("trained", "asks"), [(4, True), (5, False)])
def test_less_than_half_trained_asks_for_training(trained: float, asks: bool) -> None:
    group = {"group": "Nachtdienst", "people": 10.0, "trained": trained}
    said = interventions(
        dossier(intervention=[KEPT], compliance_check=[RECENT], training_coverage=[group])
    )
    assert (said.next == "Plan scholing voor Nachtdienst.") is asks


def test_a_fall_comes_first_and_only_while_it_is_the_newest() -> None:
    falling = [check(date(2026, 10, day), 10 - day) for day in range(1, 7)]
    unowned = KEPT | {"owner": None}
    said = interventions(dossier(intervention=[unowned], compliance_check=falling))
    assert said.words == "1 interventie en 6 controles; naleving van ‘Protocol’ daalt"
    later = [*falling, check(date(2026, 10, 7), 9)]
    assert (
        "daalt" not in interventions(dossier(intervention=[unowned], compliance_check=later)).words
    )


def test_each_intervention_has_its_own_series_and_the_rest_is_not_measured() -> None:
    found = dossier(
        intervention=[KEPT, {"id": 2, "name": "Training"}, {"id": 3, "name": "Kaart"}],
        compliance_check=[RECENT, check(date(2026, 11, 2), of=2), check(date(2026, 11, 3), of=9)],
    )
    view = compliance(found)
    assert [each.name for each in view.series] == [
        "Protocol",
        "Training",
        "interventie die er niet meer is",
    ]
    assert view.unchecked == ("Kaart",)
    assert "nog 11 metingen tot regelgrenzen" in view.series[0].in_words


def test_checks_of_later_and_checks_that_cannot_be_do_not_count() -> None:
    rows = [RECENT, check(date(2026, 11, 27)), check(date(2026, 11, 2), 11)]
    (series,) = compliance(dossier(intervention=[KEPT], compliance_check=rows)).series
    assert len(series.chart.checks) == 1


def test_groups_of_the_anchoring_are_offered_where_nobody_is_trained_yet() -> None:
    found = dossier(
        anchoring_group=[{"name": "Nachtdienst", "people": 8.0}, {"name": "Flexpool"}],
        training_coverage=[{"group": "flexpool"}],
    )
    assert groups_to_train(found) == [{"group": "Nachtdienst", "people": 8.0}]


@pytest.mark.parametrize(
    ("people", "trained", "share", "words"),
    [
        (10, 0, 0, "0 van 10"),
        (10, None, None, "niet gemeten"),
        (None, 4, None, "4 van onbekend"),
        (0, 0, None, "0 van 0"),
    ],
)
def test_what_is_not_known_is_not_zero(
    people: int | None, trained: int | None, share: float | None, words: str
) -> None:
    group = Coverage("Nachtdienst", people, trained, None)
    assert (group.share, group.words) == (share, words)
