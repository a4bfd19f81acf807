"""Files on the project screen: added, linked to what they show, and taken away again."""

from __future__ import annotations

import pytest
from sqlalchemy import insert
from streamlit.testing.v1 import AppTest

from borging import clock
from borging.access.actor import Actor
from borging.services.dossier import handover_document as handover_text
from borging.store import database
from borging.store.commands.attachments import add_file, describe_file
from borging.store.commands.hard_questions import save_answers
from borging.store.commands.rows import Row
from borging.store.queries import dossier, portfolio
from borging.store.queries.attachments import content, files_of
from borging.store.tables import Person, Project, ProjectResult
from tests import dossiers
from tests.dossiers import IDS, LISTS, QUESTIONS
from tests.pages.conftest import Visit, words

ANNA = Actor("Anna de Wit")
PDF = b"%PDF-1.7\n"
FORM = "bestanden_3_0"
CLOSING = "dossier_3_hard_question_5_closing"
OPEN = {"vragen_closing_5": "true", "bestanden": "true", "borging": "true"}


@pytest.fixture
def own_url(sqlite_url: str) -> str:
    """A portfolio of one project with one result and nothing else."""
    engine = database.engine_for(sqlite_url)
    with engine.begin() as connection:
        connection.execute(
            insert(Project).values(id=3, code="P3", title="Beeldbellen", state="running")
        )
        connection.execute(insert(Person).values(id=7, name="Carla Bos"))
        connection.execute(insert(ProjectResult).values(id=5, project_id=3, title="Protocol"))
    engine.dispose()
    return sqlite_url


def opened(visit: Visit, url: str, **query: str) -> AppTest:
    return visit("project", url, id="3", **OPEN, **query)


def add(app: AppTest, name: str, data: bytes = PDF, note: str = "") -> AppTest:
    app.file_uploader(key=f"{FORM}_bestand").upload(name, data, "application/octet-stream")
    app.text_input(key=f"{FORM}_nieuw_wat").input(note)
    return press(app, f"FormSubmitter:{FORM}_nieuw-Toevoegen")


def press(app: AppTest, key: str) -> AppTest:
    app = app.button(key=key).click().run()
    assert not app.exception
    return app


def evidence(url: str) -> dict[str, str]:
    found = dossier.items_in(database.engine_for(url), ["hard_question"])["content"]
    return {each["question"]: each.get("evidence") for each in found}


def answered(url: str, said: str) -> None:
    row = {"question": IDS[0], "result": 5, "moment": "closing", "evidence": said}
    save_answers(
        *(database.engine_for(url), ANNA, 3, LISTS["hard_question"], [Row("rij", row)]),
        {QUESTIONS.key: IDS},
    )


def downloads(app: AppTest) -> list[str]:
    return [each.label for each in app.get("download_button")]


def test_a_file_is_added_described_and_taken_away_and_back(visit: Visit, own_url: str) -> None:
    app = add(opened(visit, own_url), "_Plan_ [x](y).pdf", PDF, "Het [plan](x)")
    assert "**\\_Plan\\_ \\[x\\](y).pdf**" in words(app)
    assert "Het \\[plan\\](x) · " in words(app)
    found = files_of(database.engine_for(own_url), 3).iloc[0]
    assert content(database.engine_for(own_url), int(found["id"])) == PDF
    app.session_state["bestanden_3_1_wijzigen"] = True
    app = app.run()
    app.text_input(key="bestanden_3_1_1_wat").input("Ondertekend")
    app = press(app, "FormSubmitter:bestanden_3_1_1_form-Opslaan")
    assert "Ondertekend · " in words(app)
    app = press(app, "FormSubmitter:bestanden_3_1_2_form-Weghalen")
    assert "Ondertekend · " not in words(app)
    app = press(app, "bestanden_3_terug")
    assert "Ondertekend · " in words(app)


def test_a_refusal_is_dutch_and_keeps_what_was_typed(visit: Visit, own_url: str) -> None:
    app = press(opened(visit, own_url), f"FormSubmitter:{FORM}_nieuw-Toevoegen")
    assert "Kies eerst een bestand van hoogstens 5 MB." in words(app)
    app = add(app, "plan.html", b"<html>", "Het plan")
    assert "‘plan.html’ is van een soort die niet kan." in words(app)
    assert app.text_input(key=f"{FORM}_nieuw_wat").value == "Het plan"
    assert files_of(database.engine_for(own_url), 3).empty


def test_a_file_is_linked_to_a_question_and_opened_there(visit: Visit, own_url: str) -> None:
    answered(own_url, "https://plek.nl/(1)")
    app = opened(visit, own_url)
    app.session_state[f"{CLOSING}_bewijs"] = True
    app = app.run()
    assert "[https\\:\u2060//plek.nl/(1)](https://plek.nl/%281%29)" in words(app)
    form = f"{CLOSING}_koppelen_0"
    app = press(app, f"FormSubmitter:{form}-Koppelen")
    assert "Kies waar het bestand bij hoort" in words(app)
    for number, question in ((-1, IDS[0]), (-2, IDS[1])):
        app.selectbox(key=f"{form}_regel").select(number)
        app.file_uploader(key=f"{form}_bestand").upload("plan.pdf", PDF, "x/y")
        app = press(app, f"FormSubmitter:{form}-Koppelen")
        assert evidence(own_url)[question] == "plan.pdf"
        form = f"{CLOSING}_koppelen_1"
    assert len(files_of(database.engine_for(own_url), 3)) == 1
    app.session_state[f"{CLOSING}_bewijs"] = True
    app = app.run()
    assert downloads(app).count("↓ plan.pdf") == 2


def test_what_a_link_replaces_is_told_and_comes_back(visit: Visit, own_url: str) -> None:
    add_file(database.engine_for(own_url), ANNA, 3, "plan.pdf", PDF)
    answered(own_url, "Map 3")
    app = opened(visit, own_url)
    app.session_state[f"{CLOSING}_bewijs"] = True
    app = app.run()
    form = f"{CLOSING}_koppelen_0"
    app.selectbox(key=f"{form}_regel").select(-1)
    app.selectbox(key=f"{form}_bekend").select("plan.pdf")
    app = press(app, f"FormSubmitter:{form}-Koppelen")
    assert "‘plan.pdf’ gekoppeld in plaats van ‘Map 3’." in words(app)
    press(app, f"{CLOSING}_terug")
    assert evidence(own_url)[IDS[0]] == "Map 3"


def test_a_table_with_changes_is_saved_before_a_file_is_linked(visit: Visit, own_url: str) -> None:
    app = opened(visit, own_url)
    app.session_state[f"{CLOSING}_bewijs"] = True
    app.session_state[f"{CLOSING}_tabel_0"] = {
        "edited_rows": {0: {"answer": "ja"}},
        "added_rows": [],
        "deleted_rows": [],
    }
    app = app.run()
    assert "Sla eerst op wat u in de tabel wijzigde" in words(app)
    assert f"{CLOSING}_koppelen_0_regel" not in [each.key for each in app.selectbox]


def test_on_a_phone_a_file_is_chosen_in_the_form(visit: Visit, own_url: str) -> None:
    add_file(database.engine_for(own_url), ANNA, 3, "plan.pdf", PDF)
    answered(own_url, "Map 3")
    app = opened(visit, own_url, smal="1")
    app = app.selectbox(key=f"{CLOSING}_keuze_{CLOSING}_0").select(-1).run()
    place = app.selectbox(key=f"{CLOSING}_0_-1_evidence")
    assert (place.value, list(place.options)) == ("Map 3", ["Map 3", "plan.pdf"])
    place.select("plan.pdf")
    press(app, f"FormSubmitter:{CLOSING}_-1_formulier-Opslaan")
    assert evidence(own_url)[IDS[0]] == "plan.pdf"


def test_geborgd_is_declared_with_the_files_that_show_it(visit: Visit, own_url: str) -> None:
    engine = database.engine_for(own_url)
    assert "Voeg het eerst toe bij Bestanden" in words(opened(visit, own_url))
    file = add_file(engine, ANNA, 3, "plan.pdf", PDF)
    app = opened(visit, own_url)
    app.multiselect(key="borging_3_0_files_sustained").select("plan.pdf")
    app.selectbox(key="borging_3_0_who").select(7)
    app = press(app, "FormSubmitter:borging_3_0_formulier-Vastleggen")
    app.checkbox(key="borging_3_0_weet").check()
    app = press(app, "FormSubmitter:borging_3_0_formulier-Vastleggen")
    said = portfolio.projects(engine, clock.today())["evidence"].iloc[0]
    assert "Bestand: plan.pdf" in said.splitlines()
    assert "↓ plan.pdf" in downloads(app)
    describe_file(engine, ANNA, 3, Row("‘plan.pdf’", None, file.id, 1))
    app = app.run()
    assert "Bestand\\: plan.pdf" in words(app)
    assert "↓ plan.pdf" not in downloads(app)


def test_the_overdrachtsdocument_names_the_file() -> None:
    answer = {"question": IDS[0], "result": 1, "moment": "closing", "evidence": "plan.pdf"}
    found = dossiers.dossier(results=[{"title": "Protocol"}], hard_question=[answer])
    text = handover_text.document(found, QUESTIONS, 1)
    assert "plan.pdf" in [
        cell for each in text.sections if each.table for row in each.table.rows for cell in row
    ]
