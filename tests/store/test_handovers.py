"""Results in a table, recording that one was handed over, and taking that back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine, select, update
from sqlmodel import Session

from borging.access.actor import Actor
from borging.domain.dossier import all_lists, load_parts
from borging.domain.handover import RESULT, usual_evaluations
from borging.domain.handover_points import MOST_ITEMS
from borging.domain.instruments import load_definition
from borging.domain.questionnaires import Questionnaire
from borging.settings import DATA
from borging.store.commands import residuals
from borging.store.commands.dossier import save_items
from borging.store.commands.handovers import Handover, HandoverError, hand_over, take_back
from borging.store.commands.hard_questions import save_answers
from borging.store.commands.results import save_results
from borging.store.commands.rows import Row, RowsChangedError, RowsError
from borging.store.commands.undo import CannotUndoError, undo
from borging.store.queries import dossier, portfolio
from borging.store.queries.handovers import Made, left_before
from borging.store.tables import AuditEntry, Person, Project
from tests.store.test_capacity import add_project

ANNA, BAS = Actor("Anna de Wit"), Actor("Bas Visser")
LISTS = all_lists(load_parts(DATA / "dossier"))
QUESTIONS = load_definition(DATA / "instruments" / "vijftien-harde-vragen.toml")
assert isinstance(QUESTIONS, Questionnaire)
IDS = {QUESTIONS.key: [each.id for each in QUESTIONS.questions]}
TODAY, DAY, START = date(2026, 11, 26), date(2026, 11, 20), date(2026, 1, 5)
EMPTY: dict[str, Any] = dict.fromkeys(RESULT.by_id)


@pytest.fixture
def project(engine: Engine) -> int:
    project_id = add_project(engine)
    with Session(engine) as session, session.begin():
        session.add(Person(id=7, name="Carla Bos"))
        session.add(Person(id=8, name="Dirk Kok"))
        session.execute(update(Project).values(start=START))
    return project_id


def add(engine: Engine, project: int, **fields: Any) -> int:
    rows = [Row("rij 1", EMPTY | {"title": "Protocol"} | fields)]
    return save_results(engine, ANNA, project, rows, TODAY)[0]


def one(engine: Engine, result: int) -> dict[str, Any]:
    found = portfolio.results(engine)
    row = found[found["id"] == result].astype(object)
    values: dict[str, Any] = row.where(row.notna(), None).iloc[0].to_dict()
    return values


def change(engine: Engine, project: int, result: int, **fields: Any) -> None:
    now = one(engine, result)
    before = {name: now[name] for name in RESULT.by_id}
    for name in ("agreed_on", "handed_over_on"):
        before[name] = before[name] and before[name].date()
    row = Row("rij 1", before | fields, result, now["version"], before)
    save_results(engine, ANNA, project, [row], TODAY)


def answer(engine: Engine, project: int, result: int, question: str, word: str, **more: Any) -> int:
    fields = {"question": question, "result": result, "moment": "closing", "answer": word} | more
    rows = [Row("rij 1", fields)]
    return save_answers(engine, ANNA, project, LISTS["hard_question"], rows, IDS)[0]


def record(engine: Engine, result: int, day: date = DAY, version: int = 1) -> Made:
    handover = Handover(result, version, day, usual_evaluations(day))
    return hand_over(engine, ANNA, handover, QUESTIONS, LISTS, TODAY)


def items(engine: Engine) -> pd.DataFrame:
    return portfolio.residual_items(engine)


def evaluations(engine: Engine) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = dossier.items_in(engine, ["evaluation"])["content"].tolist()
    return found


def test_results_are_added_changed_and_removed(engine: Engine, project: int) -> None:
    result = add(engine, project, agreed_on=DAY)
    change(engine, project, result, formal_receiver_id=7, title=" Protocol  valrisico ")
    found = one(engine, result)
    assert (found["title"], found["formal_receiver"]) == ("Protocol valrisico", "Carla Bos")
    assert (found["agreed_on"], found["version"]) == (pd.Timestamp(DAY), 2)
    save_results(engine, ANNA, project, [Row("rij 1", None, result, 2)], TODAY)
    assert portfolio.results(engine).empty
    with Session(engine) as session:
        said = session.scalars(select(AuditEntry.summary).order_by(AuditEntry.id)).all()  # type: ignore[arg-type]
    assert said == [
        "Resultaat ‘Protocol’ van E1 toegevoegd.",
        "Resultaat ‘Protocol’ van E1 gewijzigd.",
        "Resultaat ‘Protocol valrisico’ van E1 weggehaald.",
    ]


def test_wrong_results_are_refused_together(engine: Engine, project: int) -> None:
    rows = [Row("rij 1", EMPTY), Row("rij 2", EMPTY | {"title": "x", "formal_receiver_id": 99})]
    with pytest.raises(RowsError) as refused:
        save_results(engine, ANNA, project, rows, TODAY)
    assert [each.split(":")[0] for each in refused.value.sentences] == ["rij 1", "rij 2"]
    assert portfolio.results(engine).empty


def test_the_second_is_told_what_changed_of_a_result(engine: Engine, project: int) -> None:
    result = add(engine, project)
    seen = EMPTY | {"title": "Protocol"}
    theirs = Row("rij 1", seen | {"formal_receiver_id": 7}, result, 1, seen)
    save_results(engine, BAS, project, [theirs], TODAY)
    mine = Row("rij 1", seen | {"agreed_on": DAY}, result, 1, seen)
    with pytest.raises(RowsChangedError) as refused:
        save_results(engine, ANNA, project, [mine], TODAY)
    assert refused.value.sentences == (
        "rij 1: intussen gewijzigd door Bas Visser: ‘Formele ontvanger’ is nu Carla Bos "
        "(was leeg).",
    )
    again = Row("rij 1", seen | {"agreed_on": DAY}, result, refused.value.versions[result], seen)
    save_results(engine, ANNA, project, [again], TODAY)
    assert (one(engine, result)["formal_receiver"], one(engine, result)["version"]) == (
        "Carla Bos",
        3,
    )


def test_a_table_neither_starts_nor_takes_back_a_handover(engine: Engine, project: int) -> None:
    result = add(engine, project, formal_receiver_id=7)
    with pytest.raises(RowsError, match="leg de overdracht vast"):
        change(engine, project, result, handed_over_on=DAY)
    record(engine, result)
    with pytest.raises(RowsError, match="draai eerst de overdracht terug"):
        change(engine, project, result, handed_over_on=None)
    with pytest.raises(RowsError, match="houdt een formele ontvanger"):
        change(engine, project, result, formal_receiver_id=None)
    with pytest.raises(RowsError, match="draai eerst de overdracht terug"):
        save_results(engine, ANNA, project, [Row("rij 1", None, result, 2)], TODAY)
    with pytest.raises(RowsError, match="in de toekomst"):
        change(engine, project, result, handed_over_on=date(2026, 11, 27))
    change(engine, project, result, handed_over_on=TODAY)
    assert one(engine, result)["handed_over_on"] == pd.Timestamp(TODAY)


def test_nothing_is_handed_over_without_a_named_receiver(engine: Engine, project: int) -> None:
    result = add(engine, project, practical_receiver_id=8)
    with pytest.raises(HandoverError, match="nog geen formele ontvanger"):
        record(engine, result)
    assert (one(engine, result)["handed_over_on"], len(items(engine))) == (None, 0)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 27), "in de toekomst"),
        (TODAY, None),
        (START, None),
        (date(2026, 1, 4), "vóór de start"),
    ],
)
def test_a_handover_is_recorded_on_a_day_that_was(
    engine: Engine, project: int, day: date, said: str | None
) -> None:
    result = add(engine, project, formal_receiver_id=7)
    if said is None:
        record(engine, result, day)
        assert one(engine, result)["handed_over_on"] == pd.Timestamp(day)
        return
    with pytest.raises(HandoverError, match=said):
        record(engine, result, day)


def test_what_is_open_becomes_a_restpunt_and_evaluations_are_put_ready(
    engine: Engine, project: int
) -> None:
    result = add(engine, project, formal_receiver_id=7)
    settled = [each for each in IDS[QUESTIONS.key] if each not in ("contracts", "plan", "roles")]
    for question in settled:
        answer(engine, project, result, question, "ja")
    answer(engine, project, result, "contracts", "deels", owner=8)
    answer(engine, project, result, "plan", "nvt")
    action = LISTS["handover_action"]
    rows = [
        Row("rij 1", {"what": "Handleiding drukken", "owner": 7, "due": date(2026, 11, 1)}),
        Row("rij 2", {"what": "Klaar", "done_on": DAY}),
    ]
    save_items(engine, ANNA, project, action, rows)
    made = record(engine, result)
    found = items(engine).set_index("title")
    assert found["owner"].where(found["owner"].notna(), None).to_dict() == {
        "Rollen en taken: nog niet rond bij de overdracht van ‘Protocol’": "Carla Bos",
        "Contracten: nog niet rond bij de overdracht van ‘Protocol’": "Dirk Kok",
        "Handleiding drukken": "Carla Bos",
    }
    assert set(found["created_on"]) == {pd.Timestamp(DAY)}
    assert found.loc["Handleiding drukken", "due"] == pd.Timestamp(DAY)
    assert (len(made.items), len(made.evaluations)) == (3, 3)
    assert [each["planned_on"] for each in evaluations(engine)] == [
        "2027-02-20",
        "2027-05-20",
        "2027-11-20",
    ]
    with pytest.raises(HandoverError, match="al overgedragen op 20-11-2026"):
        record(engine, result, version=2)


def test_what_was_yes_at_the_start_and_not_asked_again_leaves_nothing(
    engine: Engine, project: int
) -> None:
    result = add(engine, project, formal_receiver_id=7, practical_receiver_id=8)
    for question in IDS[QUESTIONS.key]:
        answer(engine, project, result, question, "ja", moment="start")
    answer(engine, project, result, "contracts", "nee")
    record(engine, result)
    found = items(engine)
    assert found["title"].tolist() == ["Contracten: nog niet rond bij de overdracht van ‘Protocol’"]
    assert found["owner"].tolist() == ["Dirk Kok"]
    assert found["accepted_by"].isna().all()


def test_fifteen_open_questions_become_no_more_than_a_receiver_oversees(
    engine: Engine, project: int
) -> None:
    result = add(engine, project, formal_receiver_id=7)
    answer(engine, project, result, "contracts", "deels")
    answer(engine, project, result, "plan", "nee")
    made = record(engine, result)
    found = items(engine)
    assert len(found) == len(made.item_ids) == MOST_ITEMS
    assert len(made.items) == len(left_before(engine, project)) == 15
    assert found["title"].tolist()[0].startswith("Plan voor beide")
    assert found["title"].tolist()[1].startswith("Contracten")
    assert found["title"].tolist()[-1].startswith("Nog 11 punten open bij de overdracht van")
    assert set(found["owner"]) == {"Carla Bos"}
    take_back(engine, ANNA, result, 2, LISTS)
    assert items(engine).empty
    assert left_before(engine, project) == frozenset()


def test_an_evaluation_comes_after_the_handover(engine: Engine, project: int) -> None:
    result = add(engine, project, formal_receiver_id=7)
    handover = Handover(result, 1, DAY, {"short": DAY})
    with pytest.raises(HandoverError, match="niet na de overdracht"):
        hand_over(engine, ANNA, handover, QUESTIONS, LISTS, TODAY)
    assert items(engine).empty


def test_a_second_result_finds_the_evaluations_there(engine: Engine, project: int) -> None:
    first = add(engine, project, formal_receiver_id=7)
    second = add(engine, project, title="Scholing", formal_receiver_id=7)
    action = LISTS["handover_action"]
    save_items(engine, ANNA, project, action, [Row("rij 1", {"what": "Voor beide"})])
    assert len(record(engine, first).items) == 16
    assert len(left_before(engine, project)) == 16
    made = record(engine, second)
    assert (len(made.items), made.evaluations) == (15, ())
    assert len(evaluations(engine)) == 3
    take_back(engine, ANNA, first, 2, LISTS)
    assert len(evaluations(engine)) == 3


def test_taking_back_hides_what_nobody_touched_and_makes_it_again(
    engine: Engine, project: int
) -> None:
    result = add(engine, project, formal_receiver_id=7)
    made = record(engine, result)
    kept = next(iter(made.items.values()))
    residuals.close_items(engine, BAS, {kept: 1}, TODAY)
    hidden = take_back(engine, BAS, result, 2, LISTS)
    assert (len(hidden.items), len(hidden.evaluations)) == (14, 3)
    assert (items(engine)["id"].tolist(), evaluations(engine)) == ([kept], [])
    assert one(engine, result)["handed_over_on"] is None
    again = record(engine, result, version=3)
    assert (len(again.items), len(again.evaluations)) == (14, 3)
    assert items(engine)["title"].is_unique


def test_only_taking_back_undoes_a_handover(engine: Engine, project: int) -> None:
    result = add(engine, project, formal_receiver_id=7)
    record(engine, result)
    with Session(engine) as session:
        entry = session.scalars(
            select(AuditEntry.id).where(AuditEntry.action == "hand_over")  # type: ignore[call-overload]
        ).one()
    with pytest.raises(CannotUndoError):
        undo(engine, BAS, [entry])
    assert one(engine, result)["handed_over_on"] == pd.Timestamp(DAY)


def test_what_was_never_handed_over_cannot_be_taken_back(engine: Engine, project: int) -> None:
    result = add(engine, project)
    with pytest.raises(HandoverError, match="niet overgedragen"):
        take_back(engine, ANNA, result, 1, LISTS)


def test_a_result_that_changed_meanwhile_is_looked_at_first(engine: Engine, project: int) -> None:
    result = add(engine, project, formal_receiver_id=7)
    change(engine, project, result, formal_receiver_id=8)
    with pytest.raises(HandoverError, match="intussen gewijzigd door Anna de Wit"):
        record(engine, result, version=1)
    with pytest.raises(HandoverError, match="er niet meer"):
        record(engine, 999)


def test_a_question_is_answered_once_and_the_second_is_told(engine: Engine, project: int) -> None:
    result = add(engine, project)
    answer(engine, project, result, "plan", "deels")
    with pytest.raises(RowsError) as refused:
        answer(engine, project, result, "plan", "ja")
    assert "intussen gewijzigd door Anna de Wit: ‘Antwoord’ is nu ‘deels’ (was leeg)" in str(
        refused.value
    )
    start = {"question": "plan", "result": result, "moment": "start", "answer": "ja"}
    save_answers(engine, ANNA, project, LISTS["hard_question"], [Row("rij 1", start)], IDS)
    assert len(dossier.items_in(engine, ["hard_question"])) == 2


def test_the_answers_of_all_projects_come_in_one_read(engine: Engine, project: int) -> None:
    first, second = add(engine, project), add(engine, project, title="Scholing")
    answer(engine, project, first, "plan", "ja", moment="start")
    answer(engine, project, second, "roles", "nvt")
    empty = {"question": "roles", "result": first, "moment": "start", "answer": None}
    save_answers(engine, ANNA, project, LISTS["hard_question"], [Row("rij 1", empty)], IDS)
    assert dossier.hard_answers(engine).to_dict("records") == [
        {"result": first, "question": "plan", "moment": "start", "answer": "ja"},
        {"result": second, "question": "roles", "moment": "closing", "answer": "nvt"},
    ]
    with Session(engine) as session, session.begin():
        session.execute(update(Project).values(deleted_at=datetime(2026, 11, 26, tzinfo=UTC)))
    assert dossier.hard_answers(engine).empty


def test_a_handover_is_in_the_audit_trail(engine: Engine, project: int) -> None:
    result = add(engine, project, formal_receiver_id=7)
    record(engine, result)
    take_back(engine, BAS, result, 2, LISTS)
    with Session(engine) as session:
        found = session.execute(
            select(AuditEntry.actor_name, AuditEntry.summary)  # type: ignore[call-overload]
            .where(AuditEntry.entity == "project_result", AuditEntry.action != "add")
            .order_by(AuditEntry.id)
        ).all()
    assert [tuple(each) for each in found] == [
        ("Anna de Wit", "‘Protocol’ van E1 op 20-11-2026 overgedragen aan Carla Bos."),
        ("Bas Visser", "Overdracht van ‘Protocol’ van E1 teruggedraaid."),
    ]
