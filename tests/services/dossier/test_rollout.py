"""How far the teams are, which risks weigh, and what the spread asks first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from borging.domain.dossier_summary import PartState
from borging.services.dossier.rollout import progress, risks, spread
from borging.services.dossier.rollout_words import effects, traits
from tests.dossiers import AS_OF, dossier

PLAN = [{"what": "Alles"}]
ONE = timedelta(days=1)


def team(name: str = "Noord", **more: Any) -> dict[str, Any]:
    return {"name": name, "owner": 7} | more


def lines(*teams: dict[str, Any]) -> dict[str, tuple[int, ...]]:
    return {e.label: e.teams for e in progress(dossier(spread_target=list(teams))).lines}


def test_a_team_without_days_is_counted_apart_and_draws_nothing() -> None:
    shown = progress(dossier(spread_target=[team()]))
    assert (shown.lines, shown.targets, shown.undated) == ((), 1, 1)


def test_who_came_further_came_past_what_lies_before() -> None:
    usual = team(usual_on=date(2026, 3, 1))
    in_use = team(in_use_on=date(2026, 5, 1), prepared_on=date(2026, 2, 1))
    assert lines(usual, in_use) == {
        "voorbereid": (1, 2),
        "in gebruik": (1, 2),
        "gewoon werk": (1,),
    }


def test_who_stopped_is_no_longer_in_use() -> None:
    stopped = team(in_use_on=date(2026, 3, 1), stopped_on=date(2026, 6, 1))
    assert lines(stopped) == {"voorbereid": (1, 0), "in gebruik": (1, 0), "gestopt": (1,)}


@pytest.mark.parametrize(("day", "drawn"), [(AS_OF, True), (AS_OF + ONE, False)])
def test_what_is_still_to_come_is_not_reached(day: date, drawn: bool) -> None:
    assert lines(team(in_use_on=day)) == ({"voorbereid": (1,), "in gebruik": (1,)} if drawn else {})


def test_a_plan_goes_on_after_the_day() -> None:
    assert lines(team(planned_on=AS_OF + 90 * ONE)) == {"gepland": (1,)}


@pytest.mark.parametrize(
    ("chance", "impact", "measure", "asks"),
    [
        ("3", "4", None, True),
        ("3", "4", "Iets", False),
        ("2", "5", None, False),
        ("5", None, None, False),
    ],
)
def test_a_risk_of_twelve_asks_for_a_measure(
    chance: str, impact: str | None, measure: str | None, asks: bool
) -> None:
    row = {"what": "Weg", "chance": chance, "impact": impact, "measure": measure}
    found = dossier(spread_risk=[row])
    assert risks(found)[0].uncovered == asks
    assert (spread(found).state == PartState.ATTENTION) == asks
    if asks:
        assert spread(found).next == "Bedenk een maatregel tegen ‘Weg’."


@pytest.mark.parametrize(("days", "asks"), [(-1, False), (0, True), (183, True), (184, False)])
def test_a_team_that_stopped_asks_why_for_half_a_year(days: int, asks: bool) -> None:
    found = dossier(spread_target=[team(stopped_on=AS_OF - days * ONE)])
    assert ("stopte" in spread(found).next) == asks


@pytest.mark.parametrize(
    ("days", "plan", "asks"),
    [(91, [], True), (92, [], False), (-5, [], True), (91, PLAN, False), (None, [], False)],
)
def test_a_project_that_closes_needs_a_plan(
    days: int | None, plan: list[dict[str, Any]], asks: bool
) -> None:
    end = None if days is None else AS_OF + days * ONE
    found = dossier(project={"end": end}, spread_plan=plan, spread_target=[team()])
    assert ("zonder verspreidingsplan" in spread(found).words) == asks


def test_a_team_on_its_way_needs_somebody_who_pulls() -> None:
    found = dossier(spread_target=[team(owner=None), team(owner=None, usual_on=AS_OF)])
    assert spread(found).words == "1 team zonder trekker"
    assert spread(found).state == PartState.UNDERWAY


def test_nothing_is_empty_and_all_teams_at_usual_work_is_settled() -> None:
    assert spread(dossier()).state == PartState.EMPTY
    assert spread(dossier(spread_target=[team(usual_on=AS_OF)])).state == PartState.SETTLED
    assert spread(dossier(spread_target=[team(in_use_on=AS_OF)])).state == PartState.UNDERWAY


def test_several_asks_count_and_the_first_one_leads() -> None:
    risk = {"what": "Weg", "chance": "5", "impact": "5"}
    found = dossier(spread_risk=[risk], spread_target=[team(owner=None)])
    assert spread(found).words == "1 groot risico zonder maatregel, en nog 1 punt"


def test_traits_stand_in_fixed_order_with_and_without_a_score() -> None:
    rows = [{"trait": "b", "score": "2", "note": "Traag"}, {"trait": "b", "score": "3"}]
    shown = traits(dossier(change_trait=rows), {"a": "Voordeel", "b": "Eenvoud"})
    assert [(each.name, each.score, each.note) for each in shown] == [
        ("Voordeel", None, ""),
        ("Eenvoud", 3, ""),
    ]


def test_steps_stand_below_their_effect_by_day_and_say_when_they_are_late() -> None:
    found = dossier(
        people={7: "Anna de Wit"},
        system_effect=[{"whom": "Planning", "effect": "Meer werk"}, {"whom": "Niemand"}],
        effect_action=[
            {"what": "Later", "effect": 1, "due": AS_OF},
            {"what": "Eerst", "effect": 1, "due": AS_OF - ONE, "owner": 7},
            {"what": "Klaar", "effect": 1, "done_on": AS_OF},
        ],
    )
    (shown,) = effects(found)
    assert (shown.whom, shown.words) == ("Planning", "Meer werk")
    assert shown.steps == (
        "▲ Eerst (Anna de Wit, te laat: uiterlijk 25-11-2026)",
        "○ Later (nog niemand, uiterlijk 26-11-2026)",
        "● Klaar (gedaan op 26-11-2026)",
    )
