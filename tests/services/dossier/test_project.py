"""The head of the project screen: facts for the rules, both sides, and what comes next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from borging.domain.dossier_bounds import Evaluation
from borging.domain.instruments import load_instrument
from borging.domain.project_facts import Contract, Handover
from borging.domain.scan_standing import ScanStage, ScanStanding
from borging.domain.stakeholders import Voice
from borging.domain.terms import Course, PhaseStatus, Sustain
from borging.services.dossier.hard_side import hard_side
from borging.services.dossier.project import next_evaluation, view
from borging.services.dossier.project_facts import facts
from borging.services.dossier.project_words import finding
from borging.services.scores import with_scores
from borging.settings import DATA
from tests.dossiers import AS_OF, IDS, dossier

NHS = load_instrument(Path(DATA) / "instruments" / "nhs-borgingsscan.toml")
NO_SCANS = with_scores(
    pd.DataFrame(columns=["project_id", "factor", *"abcd", "n", "responses", "scanned_on", "kind"]),
    NHS,
)
RESULT = {"id": 5, "project_id": 1, "title": "Tablet", "formal_receiver": "Bas"}

MEASURED = ScanStanding(ScanStage.MEASURED)


def answers(moment: str, result: int = 5, **given: int) -> list[dict[str, object]]:
    words = [word for word, n in given.items() for _ in range(n)]
    return [
        {"question": question, "result": result, "moment": moment, "answer": word}
        for question, word in zip(IDS, words, strict=False)
    ]


def test_of_a_bare_project_everything_is_unknown_and_nothing_is_good() -> None:
    shown = view(dossier(), NO_SCANS, NHS)
    values = {figure.label: figure.value for figure in shown.figures}
    assert values == {
        "Harde kant": "niet gemeten",
        "Zachte kant": "niet gemeten",
        "Borging": "in borging",
        "Open restpunten": "0",
        "Volgende overdracht": "niet gepland",
        "Volgende evaluatie": "niet gepland",
    }
    assert [each.rule for each in shown.signals] == [
        "no_owner",
        "not_in_plan",
        "course_old",
        "not_scanned",
    ]
    assert shown.title == (
        "Valpreventie: koers en fasen niet bekend; nog geen restpunten vastgelegd"
    )
    assert not shown.known
    assert {step.status for step in shown.track} == {PhaseStatus.UNPLANNED}
    assert shown.phases["id"].isna().all()
    assert len(shown.phases) == 5


def test_the_hard_side_counts_the_newest_answer_to_each_question() -> None:
    other = RESULT | {"id": 6}
    found = dossier(
        results=[RESULT, other],
        hard_question=[
            *answers("start", ja=15),
            *answers("closing", ja=9, deels=2, nee=1, nvt=1),
            *answers("start", 6, ja=3),
            *answers("closing", 99, nee=15),
        ],
    )
    hard = hard_side(found)
    assert hard is not None
    assert (hard.yes, hard.partly, hard.no, hard.asked, hard.open) == (14, 2, 1, 29, 12)
    assert hard.value == "14 van 29 ja"
    assert hard.note == "2 deels, 1 nee en 12 open · bij de start en bij het afsluiten"


def test_a_result_without_answers_is_open() -> None:
    results = [RESULT, RESULT | {"id": 6}]
    hard = hard_side(dossier(results=results, hard_question=answers("start", ja=6, deels=1, nee=5)))
    assert hard is not None
    assert (hard.asked, hard.open) == (30, 18)


def test_without_an_answer_the_hard_side_is_not_measured() -> None:
    unanswered = [answer | {"answer": None} for answer in answers("start", ja=2)]
    assert hard_side(dossier(results=[RESULT], hard_question=unanswered)) is None
    assert hard_side(dossier(hard_question=answers("start", ja=2))) is None


def test_the_next_evaluation_is_planned_from_today_on_and_not_held() -> None:
    def planned(day: date, held: date | None = None) -> dict[str, object]:
        return {"title": "x", "planned_on": day, "held_on": held}

    yesterday, tomorrow = AS_OF - timedelta(1), AS_OF + timedelta(1)
    found = dossier(evaluation=[planned(yesterday), planned(tomorrow), planned(AS_OF, AS_OF)])
    assert next_evaluation(found) == tomorrow
    assert next_evaluation(dossier(evaluation=[planned(AS_OF)])) == AS_OF
    assert next_evaluation(dossier(evaluation=[planned(yesterday)])) is None


@pytest.mark.parametrize(
    ("handed", "words"),
    [
        ([], "niet gepland"),
        ([AS_OF], "alles gedaan"),
        ([AS_OF, AS_OF + timedelta(1)], "niet gepland"),
    ],
)
def test_without_a_next_handover_it_says_whether_all_is_done(
    handed: list[date], words: str
) -> None:
    results = [RESULT | {"id": n, "handed_over_on": on} for n, on in enumerate(handed)]
    assert view(dossier(results=results), NO_SCANS, NHS).figures[4].value == words


@pytest.mark.parametrize(("days", "note"), [(-1, "te laat"), (0, None), (1, None)])
def test_a_handover_before_the_day_that_did_not_happen_is_late(days: int, note: str | None) -> None:
    planned = dossier(project={"next_handover": pd.Timestamp(AS_OF + timedelta(days))})
    figure = view(planned, NO_SCANS, NHS).figures[4]
    assert (figure.label, figure.note) == ("Volgende overdracht", note)


def test_the_track_says_what_happened_before_what_was_planned() -> None:
    phase = {
        "id": 1,
        "project_id": 1,
        "phase": "handover",
        "planned_start": AS_OF,
        "planned_end": AS_OF + timedelta(9),
        "actual_start": AS_OF - timedelta(2),
    }
    step = view(dossier(phases=[phase]), NO_SCANS, NHS).track[3]
    assert (step.words, step.dates) == ("… loopt t/m 05-12-2026", "24-11-2026 – 05-12-2026")


def test_the_rules_get_the_facts_of_the_dossier() -> None:
    known = facts(
        dossier(
            {
                "course": "red",
                "course_on": pd.Timestamp(AS_OF),
                "sustain": Sustain.RECONFIRM,
                "declared_on": pd.Timestamp(2025, 11, 25),
                "items_unowned": 2,
            },
            results=[RESULT | {"agreed_on": AS_OF}],
            phases=[{"id": 1, "project_id": 1, "phase": "handover", "planned_end": "2026-11-25"}],
            evaluation=[{"planned_on": AS_OF}],
            running_cost=[
                {"what": "Licentie", "year": 2026.0},
                {"what": "Uren", "year": 2026.0, "budgeted": True},
                {"what": "Stroom", "year": 2026.0, "budgeted": False},
                {"what": "Vorig jaar", "year": 2025.0, "budgeted": False},
            ],
            contract=[{"what": "Onderhoud", "notice_by": AS_OF}],
            knowledge_holder=[
                {"topic": "Koppeling", "first": 7},
                {"topic": "Rechten", "first": 7, "second": 7},
                {"topic": "Scholing", "first": 7, "second": 8},
                {"topic": "Niemand"},
            ],
            stakeholder=[{"name": "x", "position": "sceptic"}, {"name": "y"}],
        ),
        MEASURED,
    )
    assert (known.course, known.course_on, known.scan) == (Course.RED, AS_OF, MEASURED)
    assert known.sustained_until == date(2026, 11, 25)
    assert known.handovers == (Handover("Tablet", "Bas", AS_OF),)
    assert known.late_phases == (("Overdracht", 1),)
    assert known.evaluations == (Evaluation(AS_OF),)
    assert known.unbudgeted == ("Stroom",)
    assert known.contracts == (Contract("Onderhoud", AS_OF),)
    assert known.known_by_one == ("Koppeling", "Rechten")
    assert known.voices == (Voice(-1),)
    assert known.items_unowned == 2


@pytest.mark.parametrize(
    ("wrong", "note"),
    [
        ({"items_unowned": 1, "items_overdue": 2}, "1 zonder eigenaar"),
        ({"items_overdue": 2}, "2 te laat"),
        ({}, None),
    ],
)
def test_the_open_restpunten_say_what_asks_most(wrong: dict[str, int], note: str | None) -> None:
    figures = view(dossier({"items_open": 3} | wrong), NO_SCANS, NHS).figures
    assert (figures[3].value, figures[3].note) == ("3", note)


def test_the_evidence_of_a_declaration_says_what_is_known_that_day() -> None:
    shown = view(dossier(results=[RESULT], hard_question=answers("start", ja=15)), NO_SCANS, NHS)
    assert shown.evidence == (
        "Stand op 26-11-2026. Harde kant: 15 van 15 ja (bij de start). Zachte kant: niet gemeten "
        "(geen scan). Open restpunten: 0."
    )


def test_a_project_without_a_scan_still_asks_for_one() -> None:
    found = dossier({"owner": "Anna", "borging_in_plan": True, "course": "green"})
    found = replace(found, project={**found.project, "course_on": pd.Timestamp(AS_OF)})
    assert [each.rule for each in view(found, NO_SCANS, NHS).signals] == ["not_scanned"]


@pytest.mark.parametrize(
    ("later", "words"), [(-1, "– belegd"), (0, "– belegd"), (1, "◇ nog niet aanvaard")]
)
def test_a_restpunt_is_belegd_from_the_day_it_was_accepted(later: int, words: str) -> None:
    item = {
        "title": "Scholing",
        "created_on": AS_OF - timedelta(30),
        "owner_id": 7,
        "owner": "Carla Bos",
        "accepted_by_id": 8,
        "accepted_by": "Dirk Kok",
        "accepted_on": AS_OF + timedelta(later),
    }
    shown = view(dossier(residual_items=[item]), NO_SCANS, NHS)
    assert shown.items["standing"].tolist() == [words]


ALL_KNOWN = {
    "course": True,
    "phases": True,
    "late": 0,
    "recorded": 2,
    "items": 0,
    "unowned": 0,
}


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "geen fase loopt achter en geen open restpunten"),
        ({"recorded": 0}, "geen fase loopt achter en nog geen restpunten vastgelegd"),
        ({"course": False}, "koers niet bekend; geen fase loopt achter en geen open restpunten"),
        (
            {"course": False, "phases": False, "recorded": 0},
            "koers en fasen niet bekend; nog geen restpunten vastgelegd",
        ),
        ({"phases": False, "items": 1}, "fasen niet bekend; 1 open restpunt"),
        (
            {"late": 1, "items": 3, "unowned": 2},
            "1 fase loopt achter en 2 restpunten zonder eigenaar",
        ),
        (
            {"decision": "besluit gevraagd, uiterlijk 14-12-2026", "late": 2},
            "besluit gevraagd, uiterlijk 14-12-2026; 2 fasen lopen achter",
        ),
        (
            {"phases": False, "proposed": 4, "recorded": 0},
            "4 fasen zijn nog een voorstel; nog geen restpunten vastgelegd",
        ),
        (
            {"proposed": 1},
            "1 fase is nog een voorstel; geen fase loopt achter en geen open restpunten",
        ),
        ({"stopped": "ingetrokken", "course": False}, "ingetrokken; geen open restpunten"),
    ],
)
def test_the_title_says_the_decision_then_what_is_not_known(
    facts: dict[str, object], words: str
) -> None:
    assert finding("Bedsensor", **(ALL_KNOWN | facts)) == f"Bedsensor: {words}"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("project", "words"),
    [
        ({"decision_before": pd.Timestamp(AS_OF)}, "besluit gevraagd, uiterlijk 26-11-2026"),
        (
            {"decision_before": pd.Timestamp(AS_OF - timedelta(1))},
            "gevraagd besluit te laat, uiterlijk 25-11-2026",
        ),
        ({}, "besluit gevraagd"),
        ({"decision": None}, "besluit nodig, nog niet gezegd welk"),
    ],
)
def test_the_title_begins_with_the_decision_that_is_asked(
    project: dict[str, object], words: str
) -> None:
    red = {"course": "red", "course_on": pd.Timestamp(AS_OF), "decision": "Meer uren?"}
    shown = view(dossier(red | project), NO_SCANS, NHS)
    assert shown.title.startswith(f"Valpreventie: {words}; ")
    assert shown.signals[0].rule in ("decision_asked", "decision_overdue", "no_decision_asked")
    stopped = view(dossier(red | project | {"state": "withdrawn"}), NO_SCANS, NHS)
    assert stopped.signals == ()
    assert "besluit" not in stopped.title


@pytest.mark.parametrize("state", list(Sustain))
def test_the_state_of_borging_fits_in_its_key_figure(state: Sustain) -> None:
    found = dossier({"sustain": state, "declared_on": pd.Timestamp(AS_OF)})
    value = next(
        each.value for each in view(found, NO_SCANS, NHS).figures if each.label == "Borging"
    )
    assert 0 < len(value) <= 13


def test_a_restpunt_in_time_has_no_days_late() -> None:
    items = [
        {"title": "Te laat", "due": AS_OF - timedelta(days=2)},
        {"title": "Vandaag", "due": AS_OF},
        {"title": "Zonder dag", "due": None},
    ]
    late = view(
        dossier(residual_items=[{"created_on": AS_OF} | each for each in items]), NO_SCANS, NHS
    ).items.set_index("title")["overdue"]
    assert (late["Te laat"], late[["Vandaag", "Zonder dag"]].isna().all()) == (2, True)
