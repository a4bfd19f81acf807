"""Handing over on the project screen: results, questions, recording and taking back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import insert
from streamlit.testing.v1 import AppTest

from borging import clock
from borging.access.actor import Actor
from borging.store import database
from borging.store.commands.hard_questions import save_answers
from borging.store.commands.rows import Row
from borging.store.queries import dossier, portfolio
from borging.store.tables import Person, Project, ProjectResult
from tests.dossiers import IDS, LISTS, QUESTIONS
from tests.pages.conftest import Visit, press, words

BAS = Actor("Bas Visser")
TABLE, SAVE = "dossier_3_project_result_tabel_0", "dossier_3_project_result_opslaan"
CLOSING = "dossier_3_hard_question_5_closing"
FORM = "antwoorden_5_closing"


@pytest.fixture
def own_url(sqlite_url: str) -> str:
    """A portfolio of one project with one result that nobody receives yet."""
    engine = database.engine_for(sqlite_url)
    with engine.begin() as connection:
        connection.execute(
            insert(Project).values(id=3, code="P3", title="Beeldbellen", state="running")
        )
        connection.execute(insert(Person).values(id=7, name="Carla [Bos]"))
        connection.execute(insert(ProjectResult).values(id=5, project_id=3, title="**Protocol**"))
    engine.dispose()
    return sqlite_url


def answer(url: str, moment: str, **given: str) -> None:
    rows = [
        Row("rij", {"question": question, "result": 5, "moment": moment, "answer": word})
        for question, word in given.items()
    ]
    ids = {QUESTIONS.key: IDS}
    save_answers(database.engine_for(url), BAS, 3, LISTS["hard_question"], rows, ids)


def answers(url: str) -> list[dict[str, Any]]:
    found = dossier.items_in(database.engine_for(url), ["hard_question"])
    contents: list[dict[str, Any]] = found["content"].tolist()
    return contents


def result(url: str) -> dict[str, Any]:
    found = portfolio.results(database.engine_for(url)).astype(object)
    values: dict[str, Any] = found.where(found.notna(), None).iloc[0].to_dict()
    return values


def edit(app: AppTest, table: str, save: str, **cells: Any) -> AppTest:
    """Write in cells of the first row of a table, and save."""
    change = {"edited_rows": {0: cells}, "added_rows": [], "deleted_rows": []}
    app.session_state[table] = change
    app.run()
    app.session_state[table] = change
    return app.button(key=save).click().run()


def test_a_receiver_is_named_before_anything_is_handed_over(visit: Visit, own_url: str) -> None:
    app = visit("project", own_url, id="3")
    assert "Nog geen formele ontvanger" in words(app)
    assert "overdracht_vast_5" not in [each.key for each in app.button]
    app = edit(app, TABLE, SAVE, formal_receiver_id=7)
    assert not app.exception
    assert result(own_url)["formal_receiver"] == "Carla [Bos]"
    assert "1 rij opgeslagen" in words(app)
    assert "nog niemand die er in de praktijk" in words(app)


def test_a_handover_says_first_what_it_does_and_can_be_taken_back(
    visit: Visit, own_url: str
) -> None:
    given = dict.fromkeys(IDS, "ja") | {"contracts": "nee", "plan": "deels"}
    answer(own_url, "closing", **given)
    app = edit(visit("project", own_url, id="3"), TABLE, SAVE, formal_receiver_id=7)
    today = clock.today()
    day = today - timedelta(days=10)
    app = app.date_input(key="overdracht_dag_5").set_value(day).run()
    later = day + timedelta(days=50)
    app = app.date_input(key=f"overdracht_short_5_{day}").set_value(later).run()
    assert "2 open vragen worden restpunten. Waar niemand bij staat, is " in words(app)
    assert "3 evaluaties worden klaargezet op " in words(app)
    assert f"{later:%d-%m-%Y}" in words(app)
    app = app.button(key="overdracht_vast_5").click().run()
    assert not app.exception
    assert result(own_url)["handed_over_on"] == pd.Timestamp(day)
    engine = database.engine_for(own_url)
    assert len(portfolio.residual_items(engine)) == 2
    planned = [each["planned_on"] for each in dossier.items_in(engine, ["evaluation"])["content"]]
    assert planned[0] == later.isoformat()
    assert "vastgelegd\\: 2 restpunten en 3 evaluaties" in words(app)
    app = app.button(key="overdracht_terug_5").click().run()
    assert not app.exception
    assert result(own_url)["handed_over_on"] is None
    assert portfolio.residual_items(engine).empty


def test_all_questions_are_answered_at_once_and_each_has_a_row_for_its_evidence(
    visit: Visit, own_url: str
) -> None:
    app = visit("project", own_url, id="3", vragen_closing_5="true")
    assert any("bij het afsluiten** · 0 van 15 rond" in each.label for each in app.expander)
    for number, each in enumerate(("ja", "nee")):
        app.radio(key=f"{FORM}_0_{IDS[number]}").set_value(each)
    app = press(app, "Antwoorden opslaan")
    assert not app.exception
    assert "2 antwoorden opgeslagen" in words(app)
    assert any("bij het afsluiten** · 1 van 15 rond" in each.label for each in app.expander)
    app = edit(app, f"{CLOSING}_tabel_0", f"{CLOSING}_opslaan", evidence="Map K")
    assert not app.exception
    today = clock.today().isoformat()
    asked = {"result": 5, "moment": "closing", "answered_on": today}
    assert answers(own_url) == [
        asked | {"question": IDS[0], "answer": "ja", "evidence": "Map K"},
        asked | {"question": IDS[1], "answer": "nee"},
    ]
    app.radio(key=f"{FORM}_1_{IDS[0]}").set_value("deels")
    assert not press(app, "Antwoorden opslaan").warning
    assert answers(own_url)[0]["answer"] == "deels"
    assert answers(own_url)[0]["evidence"] == "Map K"


def test_the_second_to_answer_is_told_and_keeps_his_words(visit: Visit, own_url: str) -> None:
    app = visit("project", own_url, id="3", vragen_closing_5="true")
    answer(own_url, "closing", **{IDS[0]: "nee"})
    app.radio(key=f"{FORM}_0_{IDS[0]}").set_value("ja")
    app.radio(key=f"{FORM}_0_{IDS[1]}").set_value("deels")
    app = press(app, "Antwoorden opslaan")
    assert "Vraag 1\\: intussen gewijzigd door Bas" in app.warning[0].value
    assert [each["answer"] for each in answers(own_url)] == ["nee"]
    assert app.radio(key=f"{FORM}_0_{IDS[1]}").value == "deels"
    app = press(app, "Antwoorden opslaan")
    assert not app.warning
    assert [each["answer"] for each in answers(own_url)] == ["ja", "deels"]


def test_answers_of_the_start_are_taken_over_where_closing_has_none(
    visit: Visit, own_url: str
) -> None:
    answer(own_url, "start", plan="ja", roles="deels")
    answer(own_url, "closing", plan="nee")
    app = visit("project", own_url, id="3", vragen_closing_5="true")
    app = app.button(key=f"{FORM}_overnemen").click().run()
    assert not app.exception
    closing = {row["question"]: row["answer"] for row in answers(own_url) if "g" in row["moment"]}
    assert closing == {"plan": "nee", "roles": "deels"}
    assert "1 antwoord overgenomen" in words(app)


def test_a_phone_has_the_rest_of_one_question_at_a_time(visit: Visit, own_url: str) -> None:
    app = visit("project", own_url, id="3", vragen_closing_5="true", smal="1")
    assert "formeel: niet benoemd" in words(app)
    app = app.selectbox(key=f"{CLOSING}_keuze_{CLOSING}_0").select(-2).run()
    app.date_input(key=f"{CLOSING}_0_-2_answered_on").set_value(date(2026, 11, 20))
    save = [each.label for each in app.button].index("Opslaan")
    app = app.button[save].click().run()
    assert not app.exception
    (saved,) = answers(own_url)
    assert (saved["question"], saved["answered_on"]) == (IDS[1], "2026-11-20")


def test_there_is_a_document_and_markup_of_people_is_not_obeyed(visit: Visit, own_url: str) -> None:
    edit(visit("project", own_url, id="3"), TABLE, SAVE, formal_receiver_id=7)
    app = visit("project", own_url, id="3")
    assert "Overdrachtsdocument" in [each.label for each in app.get("download_button")]
    assert "**Protocol**" not in words(app)
    assert "Aan **Carla \\[Bos\\]**" in words(app)
    assert "Overdracht vastleggen" not in [
        each.label for each in visit("project", own_url, id="3", peildatum="2026-01-05").button
    ]
