"""Every rule fires on its edge, and does not fire beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from borging.domain import signal_rules as s
from borging.domain.dossier_bounds import Evaluation
from borging.domain.project_facts import Contract, Handover, ProjectFacts
from borging.domain.scan_standing import NEVER_SCANNED, RoundHead, ScanStage, ScanStanding
from borging.domain.signal_rules import RULES, signals
from borging.domain.signals import APPLIES, Severity, Signal, by_urgency
from borging.domain.stakeholders import Voice
from borging.domain.terms import Course, ProjectState, RoundState, Sustain

DAY = date(2026, 11, 26)
YESTERDAY, TOMORROW = DAY - timedelta(1), DAY + timedelta(1)
IN_ORDER = ProjectFacts(
    DAY,
    owner="Anna de Wit",
    borging_in_plan=True,
    course=Course.GREEN,
    course_on=DAY,
    scan=ScanStanding(ScanStage.MEASURED),
)
Rule = Callable[[ProjectFacts], Signal | None]
RESULT = Handover("Bedsensor", "Bas Visser", agreed_on=DAY)
CASES: tuple[tuple[Rule, dict[str, object], dict[str, object]], ...] = (
    (s.relapsed, {"sustain": Sustain.RELAPSED}, {"sustain": Sustain.SUSTAINED}),
    (
        s.handover_overdue,
        {"handovers": (replace(RESULT, agreed_on=YESTERDAY),)},
        {"handovers": (RESULT, replace(RESULT, agreed_on=YESTERDAY, handed_over_on=DAY))},
    ),
    (
        s.no_decision_asked,
        {"course": Course.RED},
        {"course": Course.RED, "decision": "Meer uren?"},
    ),
    (
        s.decision_asked,
        {"course": Course.RED, "decision": "Meer uren?", "decision_before": DAY},
        {"course": Course.RED, "decision": "Meer uren?", "decision_before": YESTERDAY},
    ),
    (
        s.decision_asked,
        {"course": Course.RED, "decision": "Meer uren?"},
        {"course": Course.AMBER, "decision": "Meer uren?"},
    ),
    (
        s.decision_overdue,
        {"course": Course.RED, "decision_before": YESTERDAY},
        {"course": Course.RED, "decision_before": DAY},
    ),
    (s.no_owner, {"owner": None}, {"owner": "Anna"}),
    (s.sustained_expired, {"sustain": Sustain.RECONFIRM}, {"sustain": Sustain.SUSTAINING}),
    (
        s.notice_date,
        {"contracts": (Contract("Onderhoud", DAY + timedelta(60)),)},
        {"contracts": (Contract("Onderhoud", DAY + timedelta(61)), Contract("x"))},
    ),
    (
        s.notice_date,
        {"contracts": (Contract("Onderhoud", YESTERDAY, DAY),)},
        {"contracts": (Contract("Onderhoud", YESTERDAY, YESTERDAY),)},
    ),
    (
        s.notice_date,
        {"contracts": (Contract("Onderhoud", DAY - timedelta(60)),)},
        {"contracts": (Contract("Onderhoud", DAY - timedelta(61)),)},
    ),
    (s.phase_late, {"late_phases": (("Introductie", 1),)}, {"late_phases": ()}),
    (
        s.funding_ends_first,
        {"funding_end": YESTERDAY, "handovers": (RESULT,)},
        {"funding_end": DAY, "handovers": (RESULT,)},
    ),
    (s.no_receiver, {"handovers": (Handover("x"),)}, {"handovers": (RESULT,)}),
    (s.costs_in_no_budget, {"unbudgeted": ("Licentie",)}, {"unbudgeted": ()}),
    (
        s.evaluation_missed,
        {"evaluations": (Evaluation(YESTERDAY),)},
        {"evaluations": (Evaluation(DAY), Evaluation(YESTERDAY, DAY), Evaluation())},
    ),
    (
        s.evaluation_missed,
        {"evaluations": (Evaluation(YESTERDAY, TOMORROW),)},
        {"evaluations": (Evaluation(TOMORROW, TOMORROW),)},
    ),
    (
        s.evaluation_unplanned,
        {"end": DAY + timedelta(91)},
        {"end": DAY + timedelta(92)},
    ),
    (
        s.evaluation_unplanned,
        {"state": ProjectState.CLOSED, "evaluations": (Evaluation(),)},
        {"state": ProjectState.CLOSED, "evaluations": (Evaluation(DAY),)},
    ),
    (
        s.evaluation_unplanned,
        {"end": DAY, "evaluations": (Evaluation(DAY - timedelta(400), DAY - timedelta(400)),)},
        {"end": DAY, "evaluations": (Evaluation(None, DAY, long=True),)},
    ),
    (
        s.evaluation_unplanned,
        {"handovers": (replace(RESULT, handed_over_on=DAY),)},
        {"handovers": (replace(RESULT, handed_over_on=TOMORROW),)},
    ),
    (s.items_without_owner, {"items_unowned": 1}, {"items_unowned": 0}),
    (s.knowledge_with_one, {"known_by_one": ("Koppeling",)}, {"known_by_one": ()}),
    (s.no_critic, {"voices": (Voice(0), Voice(2))}, {"voices": (Voice(-1, True), Voice(2))}),
    (s.no_critic, {"voices": (Voice(-1, False),)}, {"voices": ()}),
    (s.no_critic, {"voices": (Voice(-1),)}, {"voices": (Voice(-1), Voice(-2, True))}),
    (s.not_in_plan, {"borging_in_plan": False}, {"borging_in_plan": True}),
    (s.not_in_plan, {"borging_in_plan": None}, {"borging_in_plan": True}),
    (
        s.course_old,
        {"course_on": DAY - timedelta(92)},
        {"course_on": DAY - timedelta(91)},
    ),
    (s.course_old, {"course_on": None}, {"course_on": DAY}),
    (s.not_scanned, {"scan": NEVER_SCANNED}, {"scan": ScanStanding(ScanStage.MEASURED)}),
    (s.answer_contradicted, {"contradicted": ("Er is geen evaluatie.",)}, {"contradicted": ()}),
)


@pytest.mark.parametrize(("rule", "fires", "rests"), CASES)
def test_a_rule_fires_on_its_edge_and_rests_beside_it(
    rule: Rule, fires: dict[str, object], rests: dict[str, object]
) -> None:
    found = rule(replace(IN_ORDER, **fires))  # type: ignore[arg-type]
    assert found is not None
    assert found.rule == rule.__name__
    assert found.sentence.endswith(".")
    assert found.advice.endswith(".")
    assert rule(replace(IN_ORDER, **rests)) is None  # type: ignore[arg-type]


def test_every_rule_is_in_the_list_and_has_its_tests() -> None:
    assert {rule for rule, _, _ in CASES} == set(RULES)
    assert {rule.__name__ for rule in RULES} == set(APPLIES)


@pytest.mark.parametrize(
    ("rules", "states"),
    [
        (
            "decision_asked decision_overdue no_decision_asked not_in_plan no_critic",
            "planned running unknown",
        ),
        (
            "relapsed handover_overdue sustained_expired notice_date funding_ends_first "
            "costs_in_no_budget evaluation_missed items_without_owner knowledge_with_one "
            "answer_contradicted",
            "idea planned running closed unknown",
        ),
        (
            "no_owner phase_late no_receiver evaluation_unplanned",
            "planned running closed unknown",
        ),
        ("course_old not_scanned", "running"),
    ],
)
def test_in_which_states_a_rule_is_asked(rules: str, states: str) -> None:
    for rule in rules.split():
        assert {state.value for state in ProjectState if APPLIES[rule](state)} == set(
            states.split()
        )


def test_a_decision_that_is_asked_comes_first_with_from_whom_and_until_when() -> None:
    facts = replace(
        IN_ORDER,
        sustain=Sustain.RELAPSED,
        course=Course.RED,
        decision="Meer uren?",
        decision_from="Stuurgroep",
        decision_before=DAY,
    )
    first = by_urgency(signals(facts))[0]
    assert first.sentence == (
        "Er wordt van Stuurgroep uiterlijk op 26-11-2026 een besluit gevraagd: ‘Meer uren?’."
    )


def test_only_what_is_recorded_is_said_of_who_takes_part() -> None:
    def said(*voices: Voice) -> str:
        signal = s.no_critic(replace(IN_ORDER, voices=voices))
        return signal.sentence if signal else ""

    assert said(Voice(2, True)) == "Op de kaart staat geen kritische stakeholder."
    assert said(Voice(-1, False)) == "De kritische stakeholders zitten niet aan tafel."
    assert said(Voice(-1, False), Voice(-2)) == (
        "Van geen kritische stakeholder is bekend of die aan tafel zit."
    )
    assert said(Voice(-1, False), Voice(-2, True)) == ""


def test_a_project_in_order_gives_no_signal_and_neither_does_one_that_was_withdrawn() -> None:
    assert signals(IN_ORDER) == ()
    bad = ProjectFacts(
        DAY,
        state=ProjectState.WITHDRAWN,
        sustain=Sustain.RELAPSED,
        handovers=(Handover("x", agreed_on=YESTERDAY),),
        items_unowned=2,
        unbudgeted=("x",),
    )
    assert signals(bad) == ()


def test_the_most_severe_come_first_and_the_order_of_the_rules_decides_the_rest() -> None:
    facts = replace(
        IN_ORDER, owner=None, borging_in_plan=False, items_unowned=3, sustain=Sustain.RELAPSED
    )
    found = signals(facts)
    assert [each.rule for each in by_urgency(reversed(found))] == [
        "no_owner",
        "relapsed",
        "items_without_owner",
        "not_in_plan",
    ]
    assert [each.severity for each in by_urgency(found)] == [
        Severity.NOW,
        Severity.NOW,
        Severity.SOON,
        Severity.OPEN,
    ]


def test_a_sentence_names_the_oldest_and_counts_the_rest() -> None:
    late = (
        Handover("Later", agreed_on=YESTERDAY),
        Handover("Eerst", agreed_on=DAY - timedelta(9)),
    )
    said = s.handover_overdue(replace(IN_ORDER, handovers=late))
    assert said is not None
    assert "‘Eerst’ was afgesproken op 17-11-2026 (en nog 1)" in said.sentence


@pytest.mark.parametrize(
    ("stage", "sentence", "advice"),
    [
        (ScanStage.NONE, "De borgingsscan is nog niet gedaan.", "Open een ronde:"),
        (ScanStage.DRAFT, "De borgingsscan staat klaar als concept.", "Open de ronde,"),
        (ScanStage.OPEN, "de ronde is open tot en met 15-05-2026.", "Herinner wie"),
        (ScanStage.UNRELEASED, "is gesloten en nog niet vrijgegeven.", "Bespreek de uitslag"),
        (ScanStage.TOO_FEW, "te weinig antwoorden om te tonen (minimaal 4).", "Vraag wat mensen"),
    ],
)
def test_without_a_scan_the_newest_round_gives_the_sentence_and_the_advice(
    stage: ScanStage, sentence: str, advice: str
) -> None:
    head = RoundHead(1, date(2026, 5, 1), RoundState.OPEN, False, 4, date(2026, 5, 15))
    newest = None if stage is ScanStage.NONE else head
    facts = replace(IN_ORDER, as_of=date(2026, 5, 15), scan=ScanStanding(stage, newest))
    found = s.not_scanned(facts)
    assert found is not None
    assert found.sentence.endswith(sentence)
    assert found.advice.startswith(advice)


def test_the_day_after_its_last_day_an_open_round_is_to_be_closed() -> None:
    head = RoundHead(1, date(2026, 5, 1), RoundState.OPEN, False, 4, date(2026, 5, 15))
    facts = replace(IN_ORDER, as_of=date(2026, 5, 16), scan=ScanStanding(ScanStage.OPEN, head))
    found = s.not_scanned(facts)
    assert found is not None
    assert found.sentence == (
        "De laatste dag van de borgingsscan was 15-05-2026, de ronde is nog open."
    )
    assert found.advice.startswith("Sluit de ronde")
