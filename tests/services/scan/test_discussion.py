"""The talk about a round: what comes first, what may be said of groups, what is being done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from borging.domain.rounds import ScanRound
from borging.domain.scoring import FactorScore, ScanScore, score
from borging.domain.terms import RoleGroup, RoundState, ScanKind
from borging.domain.wording import NBSP
from borging.services.scan import discussion
from borging.services.scan.discussion import Talk, finding, in_order, no_talk, to_win
from tests.scans import CHECK_CASE, NHS, answers

DAY = date(2026, 11, 25)


def scored(*rows: str) -> ScanScore:
    return score(NHS, [answers(row) for row in rows])


def a_round(*rows: str, state: RoundState = RoundState.CLOSED, joint: bool = False) -> ScanRound:
    """A round with one answer per row; without rows too few to show."""
    return ScanRound(
        id=7,
        project_id=1,
        number=3,
        kind=ScanKind.JOINT if joint else ScanKind.INDIVIDUAL,
        scanned_on=DAY,
        min_answers=4,
        instrument_version=NHS.version,
        recorded_by="S. Yilmaz",
        agreed_by="Projectgroep" if joint else None,
        score=scored(*rows) if rows else None,
        state=state,
        closes_on=DAY + timedelta(days=14),
    )


CASE = a_round(*CHECK_CASE)


def view(scan: ScanRound | None, groups: dict[RoleGroup, ScanScore] | None = None) -> Talk:
    return discussion.view("P01", "ECD mobiel", scan, groups or {}, NHS, DAY)


def test_the_most_divided_comes_first_then_what_can_bring_most() -> None:
    order = view(CASE).order
    assert [f.spread for f in order] == sorted((f.spread or 0 for f in order), reverse=True)
    assert [f.factor.id for f in order[:3]] == ["infrastructure", "benefits", "involvement"]
    assert view(CASE).title == "Verdeeld over 5 van de 10 factoren; begin bij infrastructuur"


def test_a_factor_without_a_score_comes_last() -> None:
    order = in_order(scored("-aaaaaaaaa", "-aaaaaaaab").factors)
    assert order[-1].factor.id == "benefits"
    assert discussion.in_brief(order[-1]) == "te weinig antwoorden"


def test_without_division_the_largest_gain_comes_first() -> None:
    talk = view(a_round(*["aaaaaadaaa"] * 4))
    assert talk.title == (
        "De antwoorden liggen dicht bijeen; begin bij steun van bestuur en management"
    )
    assert len(talk.title) <= 80


def test_an_agreed_answer_says_so_and_has_no_groups() -> None:
    talk = view(a_round("aaaaaadaaa", joint=True), {RoleGroup.CARE: scored("a" * 10)})
    assert talk.title == (
        "Eén afgesproken antwoord; de meeste winst: steun van bestuur en management"
    )
    assert talk.groups == {}
    assert talk.question.startswith("Waar is het meest te winnen bij ECD mobiel")
    assert "geen spreiding" in discussion.factor_note(talk.order[0], joint=True)


@pytest.mark.parametrize(
    ("scan", "title", "why"),
    [
        (None, "Deze ronde is er niet", "bestaat niet (meer)"),
        (a_round(state=RoundState.DRAFT), "Ronde 3 is nog een concept", "nog niet geopend"),
        (
            a_round(state=RoundState.OPEN),
            "Ronde 3 is nog open tot en met 09-12-2026",
            "blijven dicht tot de ronde sluit",
        ),
        (a_round(), "Ronde 3 is niet te bespreken", "te weinig antwoorden om te tonen (minimaal 4"),
    ],
)
def test_why_there_is_nothing_to_talk_about(scan: ScanRound | None, title: str, why: str) -> None:
    talk = view(scan)
    assert (talk.title, talk.order) == (title, ())
    assert why in talk.why_not
    assert "n =" not in talk.small_print
    assert finding(scan, ()) == title


def test_a_closed_round_can_be_talked_about_published_or_not() -> None:
    published = replace(CASE, state=RoundState.PUBLISHED)
    assert no_talk(CASE) == no_talk(published) == ""
    assert (view(CASE).published, view(published).published) == (False, True)
    assert "ronde 3 van 25-11-2026 · n = 4 invullers" in view(CASE).small_print


def test_what_can_be_won_in_points_and_per_cent() -> None:
    by_id = {f.factor.id: f for f in scored(*CHECK_CASE).factors}
    assert to_win(by_id["senior_leadership"]) == f"nog 6,8 punten (46{NBSP}%)"
    assert to_win(by_id["fit"]) == "niets meer te winnen"
    nobody = FactorScore(NHS.factors[0], dict.fromkeys("abcd", 0))
    assert to_win(nobody) == "geen uitslag"
    assert discussion.in_brief(by_id["fit"]) == "spreiding 0 · niets meer te winnen"


def test_the_note_names_n_spread_and_its_source() -> None:
    factor = scored(*CHECK_CASE).factors[0]
    assert discussion.factor_note(factor, joint=False) == (
        "n = 4 · spreiding 3 op een schaal van 0–3 (naar Doyle 2013), hoogste min laagste niveau "
        f"· te winnen: nog 4,0 punten (47{NBSP}%)"
    )
    one = scored("a" * 10).factors[0]
    assert "spreiding n.v.t." in discussion.factor_note(one, joint=False)


def test_only_the_chosen_levels_stand_in_words_best_first() -> None:
    factor = scored(*CHECK_CASE).factors[0]
    assert [(level.letter, n) for level, n in discussion.chosen_levels(factor)] == [
        ("a", 1),
        ("b", 2),
        ("d", 1),
    ]


def test_a_group_that_may_not_show_a_factor_is_left_out_of_it() -> None:
    hidden = scored("-" + "a" * 9)
    groups = {RoleGroup.CARE: scored("a" * 10, "b" * 10), RoleGroup.LEAD: hidden}
    assert [label for label, _ in discussion.of_groups(groups, "benefits")] == [
        "zorg en behandeling"
    ]
    assert len(discussion.of_groups(groups, "fit")) == 2
    words = discussion.in_words(scored(*CHECK_CASE).factors[0], discussion.of_groups(groups, "fit"))
    assert words == (
        "Voordelen naast betere zorg: Iedereen 1× a, 2× b, 1× d; zorg en behandeling 1× a, 1× b; "
        "leidinggevend 1× a"
    )


def item(title: str, **more: object) -> dict[str, object]:
    usual = {
        "project_id": 1,
        "scan_id": 7,
        "factor": "fit",
        "title": title,
        "owner": "Anna",
        "due": DAY,
        "created_on": DAY - timedelta(days=30),
        "closed_on": None,
    }
    return usual | more


def test_the_actions_of_a_factor_open_ones_first_with_who_and_when() -> None:
    items = pd.DataFrame(
        [
            item("Gedaan", closed_on=DAY),
            item("Op tijd"),
            item("Te laat", due=DAY - timedelta(days=1), scan_id=3),
            item("Zonder", owner=None, due=None),
            item("Andere factor", factor="benefits"),
            item("Ander project", project_id=2),
            item("Gewoon restpunt", scan_id=None, factor=None),
            item("Later gemaakt", created_on=DAY + timedelta(days=1)),
        ]
    )
    found = discussion.actions(items, 1, "fit", DAY)
    assert [(each.title, each.who, each.when, each.done) for each in found] == [
        ("Op tijd", "Anna", "uiterlijk 25-11-2026", False),
        ("Te laat", "Anna", "24-11-2026, 1 dag te laat", False),
        ("Zonder", "zonder eigenaar", "zonder datum", False),
        ("Gedaan", "Anna", "gedaan op 25-11-2026", True),
    ]


def test_an_action_that_is_done_tomorrow_is_open_today() -> None:
    items = pd.DataFrame([item("Morgen", closed_on=DAY + timedelta(days=1))])
    [found] = discussion.actions(items, 1, "fit", DAY)
    assert not found.done
    assert discussion.actions(items[:0], 1, "fit", DAY) == []
