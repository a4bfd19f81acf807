"""Writing down what a project is, on its screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from borging import clock
from borging.access.actor import Actor
from borging.domain.new_project import NewProject
from borging.domain.project_fields import PhaseFields, ProjectFields
from borging.store import database
from borging.store.commands.new_project import plan_project
from borging.store.commands.projects import add_project, change_project, save_phases
from borging.store.commands.rows import Row
from borging.store.queries import portfolio
from tests.pages.conftest import Visit, words

BAS = Actor("Bas Visser")
BEFORE = ProjectFields("Beeldbellen", code="P-0001")


@pytest.fixture
def own_url(sqlite_url: str) -> str:
    """A portfolio of one project of which nothing else is known."""
    add_project(database.engine_for(sqlite_url), BAS, BEFORE)
    return sqlite_url


def opened(visit: Visit, url: str, part: str) -> AppTest:
    return visit("project", url, **{"id": "1", part: "true"})


def stored(url: str) -> dict[str, Any]:
    table = portfolio.projects(database.engine_for(url), clock.today())
    return {str(name): value for name, value in table.iloc[0].items()}


def press(app: AppTest, label: str) -> AppTest:
    """Press the last button with this label that can be pressed."""
    return (
        [each for each in app.button if each.label == label and not each.disabled][-1].click().run()
    )


def typed(app: AppTest, key: str, name: str) -> None:
    """Type a name that is not in the list yet; AppTest itself only knows how to choose."""
    box = app.selectbox(key=key)
    if name not in box.options:
        box.options.append(name)
    box.set_value(name)


def test_the_facts_are_saved_with_somebody_who_is_new_and_can_be_undone(
    visit: Visit, own_url: str
) -> None:
    app = opened(visit, own_url, "gegevens")
    app.text_input(key="project_1_0_funding_source").input("subsidie")
    typed(app, "project_1_0_owner_id", "Carla Bos")
    app = press(app, "Opslaan")
    assert not app.exception
    assert (stored(own_url)["funding_source"], stored(own_url)["owner"]) == (
        "subsidie",
        "Carla Bos",
    )
    assert "Gegevens opgeslagen\\." in words(app) or "Gegevens opgeslagen." in words(app)
    app = press(app, "Ongedaan maken")
    assert not app.exception
    assert stored(own_url)["funding_source"] is None
    assert app.text_input(key="project_1_2_funding_source").value == ""


def test_what_is_refused_stays_and_says_why(visit: Visit, own_url: str) -> None:
    app = opened(visit, own_url, "gegevens")
    today = clock.today()
    app.date_input(key="project_1_0_start").set_value(today)
    app.date_input(key="project_1_0_end").set_value(today - timedelta(1))
    app = press(app, "Opslaan")
    assert "ligt vóór ‘Eerste dag’" in app.warning[0].value
    assert app.date_input(key="project_1_0_end").value == today - timedelta(1)


def test_the_second_of_two_keeps_his_text_and_can_save_it(visit: Visit, own_url: str) -> None:
    app = opened(visit, own_url, "gegevens")
    after = ProjectFields("Beeldbellen", code="P-0001", state="running")
    change_project(database.engine_for(own_url), BAS, Row("Project", after, 1, 1, BEFORE))
    app.text_input(key="project_1_0_title").input("Zorg op afstand")
    app = press(app, "Opslaan")
    assert "‘Stand’ is nu ‘lopend’ (was ‘onbekend’)" in app.warning[0].value
    app = press(app, "Opslaan")
    assert (stored(own_url)["title"], stored(own_url)["state"]) == ("Zorg op afstand", "running")


def test_a_red_koers_asks_for_the_decision(visit: Visit, own_url: str) -> None:
    app = opened(visit, own_url, "koers")
    app.radio(key="koers_1_0_course").set_value("red").run()
    app.text_input(key="koers_1_0_sentence").input("Te weinig uren.")
    typed(app, "koers_1_0_signed", "Carla Bos")
    app = press(app, "Vastleggen")
    assert "hoort welk besluit nodig is" in app.warning[0].value
    app.text_input(key="koers_1_0_decision").input("Meer uren?")
    app.text_input(key="koers_1_0_from").input("de stuurgroep")
    app.date_input(key="koers_1_0_before").set_value(clock.today())
    typed(app, "koers_1_0_signed", "Carla Bos")
    app = press(app, "Vastleggen")
    assert not app.warning
    assert "■ besluit nodig" in words(app)
    assert (stored(own_url)["course_by"], stored(own_url)["decision"]) == (
        "Carla Bos",
        "Meer uren?",
    )


def test_phases_are_written_in_a_table(visit: Visit, own_url: str) -> None:
    app = opened(visit, own_url, "fasen")
    state = {
        "edited_rows": {3: {"planned_end": "2026-12-28"}},
        "added_rows": [],
        "deleted_rows": [],
    }
    app.session_state["dossier_1_phase_record_tabel_0"] = state
    app.run()
    app.session_state["dossier_1_phase_record_tabel_0"] = state
    app = app.button(key="dossier_1_phase_record_opslaan").click().run()
    assert not app.exception
    row = portfolio.phases(database.engine_for(own_url)).iloc[0]
    assert (row["phase"], f"{row['planned_end']:%Y-%m-%d}") == ("handover", "2026-12-28")


def test_on_a_phone_a_phase_is_a_form_and_the_second_keeps_his_text(
    visit: Visit, own_url: str
) -> None:
    engine, today = database.engine_for(own_url), clock.today()
    app = visit("project", own_url, id="1", fasen="true", smal="1")
    form = "dossier_1_phase_record"
    app.selectbox(key=f"{form}_keuze_{form}_0").select(-4).run()
    app.date_input(key=f"{form}_0_-4_planned_end").set_value(today)
    app.date_input(key=f"{form}_0_-4_actual_start").set_value(today + timedelta(1))
    app = press(app, "Opslaan")
    assert "is nog niet geweest" in app.warning[0].value
    assert app.date_input(key=f"{form}_0_-4_planned_end").value == today
    app.date_input(key=f"{form}_0_-4_actual_start").set_value(today)
    typed(app, f"{form}_0_-4_accountable_id", "Carla Bos")
    app = press(app, "Opslaan")
    assert not app.exception
    row = portfolio.phases(engine).iloc[0]
    assert (row["phase"], row["accountable"]) == ("handover", "Carla Bos")
    number = int(row["id"])
    app.selectbox(key=f"{form}_keuze_{form}_1").select(-4).run()
    stored = PhaseFields("handover", today, today, today, None, 1)
    before = replace(stored, planned_start=None)
    save_phases(engine, BAS, 1, [Row("Fase", stored, number, 1, before)], today)
    app.selectbox(key=f"{form}_1_-4_carried_by").select("line")
    app = press(app, "Opslaan")
    assert "Bas Visser" in app.warning[0].value
    assert "‘Start volgens plan’ is nu" in app.warning[0].value
    assert app.selectbox(key=f"{form}_1_-4_carried_by").value == "line"
    app = press(app, "Opslaan")
    row = portfolio.phases(engine).iloc[0]
    assert (row["carried_by"], row["planned_start"].date()) == ("line", today)


def test_who_fills_in_a_phase_second_on_a_phone_can_give_up(visit: Visit, own_url: str) -> None:
    today, form = clock.today(), "dossier_1_phase_record"
    app = visit("project", own_url, id="1", fasen="true", smal="1")
    app.selectbox(key=f"{form}_keuze_{form}_0").select(-1).run()
    other = PhaseFields("preparation", planned_end=today)
    save_phases(database.engine_for(own_url), BAS, 1, [Row("Fase", other)], today)
    app.date_input(key=f"{form}_0_-1_planned_end").set_value(today - timedelta(9))
    app = press(app, "Opslaan")
    assert "Bas Visser vulde deze fase intussen ook in" in app.warning[0].value
    assert app.date_input(key=f"{form}_0_-1_planned_end").value == today - timedelta(9)
    app = press(app, "Niet opslaan")
    assert not app.warning
    app.selectbox(key=f"{form}_keuze_{form}_1").select(-1).run()
    assert app.date_input(key=f"{form}_1_-1_planned_end").value == today


def test_who_signs_a_koers_second_is_told_the_first_and_both_stay(
    visit: Visit, own_url: str
) -> None:
    first, second = opened(visit, own_url, "koers"), opened(visit, own_url, "koers")
    for app, word, sentence in (
        (first, "green", "De pilot loopt."),
        (second, "amber", "Twee teams wachten."),
    ):
        app.radio(key="koers_1_0_course").set_value(word).run()
        app.text_input(key="koers_1_0_sentence").input(sentence)
        typed(app, "koers_1_0_signed", "Carla Bos")
    assert not press(first, "Vastleggen").warning
    second = press(second, "Vastleggen")
    assert "legde intussen ook een koers vast: op koers, ‘De pilot loopt.’" in (
        second.warning[0].value.replace("\\", "")
    )
    assert second.text_input(key="koers_1_0_sentence").value == "Twee teams wachten."
    assert stored(own_url)["course_sentence"] == "De pilot loopt."
    typed(second, "koers_1_0_signed", "Carla Bos")
    assert not press(second, "Vastleggen").warning
    assert stored(own_url)["course_sentence"] == "Twee teams wachten."
    told = words(opened(visit, own_url, "geschiedenis"))
    assert "op koers" in told
    assert "aandacht" in told


def test_the_second_of_two_in_the_table_of_phases_is_told_and_can_save(
    visit: Visit, own_url: str
) -> None:
    engine, today = database.engine_for(own_url), clock.today()
    before = PhaseFields("handover", planned_end=today)
    (number,) = save_phases(engine, BAS, 1, [Row("Fase", before)], today)
    app = opened(visit, own_url, "fasen")
    table = "dossier_1_phase_record_tabel_0"
    state = {"edited_rows": {3: {"carried_by": "line"}}, "added_rows": [], "deleted_rows": []}
    app.session_state[table] = state
    app.run()
    other = replace(before, planned_end=today + timedelta(7))
    save_phases(engine, BAS, 1, [Row("Fase", other, number, 1, before)], today)
    for told in (True, False):
        app.session_state[table] = state
        app = app.button(key="dossier_1_phase_record_opslaan").click().run()
        assert not app.exception
        assert bool(app.warning) is told
    row = portfolio.phases(engine).iloc[0]
    assert (row["carried_by"], row["planned_end"].date()) == ("line", today + timedelta(7))


def test_geborgd_is_declared_with_evidence_and_what_is_unusual_is_asked(
    visit: Visit, own_url: str
) -> None:
    app = opened(visit, own_url, "borging")
    assert "Harde kant: niet gemeten" in app.text_area(key="borging_1_0_evidence_sustained").value
    typed(app, "borging_1_0_who", "Carla Bos")
    app = press(app, "Vastleggen")
    assert "Er is geen resultaat dat is overgedragen." in app.warning[0].value
    assert stored(own_url)["verdict"] is None
    app.checkbox(key="borging_1_0_weet").check()
    typed(app, "borging_1_0_who", "Carla Bos")
    app = press(app, "Vastleggen")
    assert not app.exception
    assert stored(own_url)["verdict"] == "sustained"
    app.radio(key="borging_1_1_verdict").set_value("relapsed").run()
    typed(app, "borging_1_1_who", "Carla Bos")
    app.text_area(key="borging_1_1_evidence_relapsed").input("Het team is gewisseld.")
    app = press(app, "Vastleggen")
    assert stored(own_url)["verdict"] == "relapsed"
    assert any(each.label.startswith("teruggevallen · **Wat nu?**") for each in app.expander)


def test_the_history_tells_and_takes_back(visit: Visit, own_url: str) -> None:
    after = ProjectFields("Zorg op afstand", code="P-0001")
    change_project(database.engine_for(own_url), BAS, Row("Project", after, 1, 1, BEFORE))
    app = opened(visit, own_url, "geschiedenis")
    assert "Beeldbellen → Zorg op afstand" in words(app)
    app = press(app, "Terugdraaien")
    assert not app.exception
    assert stored(own_url)["title"] == "Beeldbellen"


def test_what_the_history_takes_back_is_shown_in_the_open_form(visit: Visit, own_url: str) -> None:
    engine, today = database.engine_for(own_url), clock.today()
    (number,) = save_phases(engine, BAS, 1, [Row("Fase", PhaseFields("handover"))], today)
    after = PhaseFields("handover", planned_end=today)
    save_phases(engine, BAS, 1, [Row("Fase", after, number, 1, PhaseFields("handover"))], today)
    app = visit("project", own_url, id="1", fasen="true", geschiedenis="true", smal="1")
    form = "dossier_1_phase_record"
    app.selectbox(key=f"{form}_keuze_{form}_0").select(-4).run()
    assert app.date_input(key=f"{form}_0_-4_planned_end").value == today
    app.button(key="geschiedenis_3").click().run()
    app.selectbox(key=f"{form}_keuze_{form}_1").select(-4).run()
    assert app.date_input(key=f"{form}_1_-4_planned_end").value is None


def test_a_new_project_begins_with_its_title(visit: Visit, own_url: str) -> None:
    app = visit("project", own_url)
    app.text_input[0].input("  ")
    app = press(app, "Project toevoegen")
    assert "vul ‘Titel’ in" in app.warning[0].value
    app.text_input[0].input("Medicatiekar")
    app = press(app, "Project toevoegen")
    assert not app.exception
    titles = portfolio.projects(database.engine_for(own_url), clock.today())["title"].tolist()
    assert titles == ["Beeldbellen", "Medicatiekar"]
    assert app.title[0].value.startswith("Medicatiekar")


def test_with_two_days_a_new_project_has_its_phases_and_a_result_with_a_receiver(
    visit: Visit, own_url: str
) -> None:
    app = visit("project", own_url)
    app.text_input[0].input("Medicatiekar")
    app.date_input(key="begin_start").set_value(clock.today() - timedelta(90))
    app.date_input(key="begin_echt").set_value(clock.today() - timedelta(5))
    app.date_input(key="begin_overdracht").set_value(clock.today() + timedelta(200))
    typed(app, "begin_eigenaar", "Carla Bos")
    app = press(app, "Project toevoegen")
    assert not app.exception
    engine = database.engine_for(own_url)
    project = portfolio.projects(engine, clock.today()).set_index("title").loc["Medicatiekar"]
    assert (project["state"], project["owner"]) == ("running", "Carla Bos")
    phases = portfolio.phases(engine)
    assert phases["project_id"].tolist() == [2] * 5
    assert phases["actual_start"].iloc[0].date() == clock.today() - timedelta(5)
    assert portfolio.results(engine)["formal_receiver"].tolist() == ["Carla Bos"]


def test_the_phases_of_a_new_project_are_a_proposal_until_they_are_confirmed(
    visit: Visit, own_url: str
) -> None:
    today, engine = clock.today(), database.engine_for(own_url)
    fields = NewProject("Medicatiekar", today - timedelta(90), today + timedelta(30))
    made = plan_project(engine, BAS, fields, ())
    app = visit("project", own_url, id=str(made.id))
    assert "4 fasen zijn nog een voorstel" in app.title[0].value
    assert "Voorbereiding, Introductie en Integratie al begonnen zijn" in words(app)
    assert "achter" not in app.title[0].value
    app = press(app, "Fasen bevestigen")
    assert not app.exception
    assert portfolio.phases(engine)["confirmed"].all()
    assert "3 fasen lopen achter" in app.title[0].value
    assert "Fasen bevestigd." in words(app)
    app = press(app, "Ongedaan maken")
    assert not portfolio.phases(engine)["confirmed"].any()


def test_a_proposal_is_confirmed_on_fasestatus(visit: Visit, own_url: str) -> None:
    today, engine = clock.today(), database.engine_for(own_url)
    fields = NewProject("Medicatiekar", today - timedelta(90), today + timedelta(30))
    plan_project(engine, BAS, fields, ())
    app = visit("fasestatus", own_url)
    assert app.title[0].value.startswith("De fasen van 1 project zijn nog een voorstel")
    app = press(app, "Fasen bevestigen")
    assert not app.exception
    assert portfolio.phases(engine)["confirmed"].all()
    assert "Fasen bevestigd." in words(app)
