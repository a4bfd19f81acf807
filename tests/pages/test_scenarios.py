"""The screen of the scenarios: make one, compare it, make it the plan and take that back."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import text as sql
from streamlit.testing.v1 import AppTest

from borging import clock
from borging.access.actor import COMMAND_LINE
from borging.domain.changes import Shift
from borging.domain.staffing import FunctionFields, NeedFields
from borging.store import database
from borging.store.commands.capacity import Row, save_functions, save_needs
from borging.store.commands.scenarios import change_scenario, save_scenario
from borging.store.queries import capacity, scenarios
from borging.store.tables import Project
from tests.pages.conftest import Visit


def next_monday(weeks: int = 1) -> date:
    today = clock.today()
    return today + timedelta(days=7 * weeks - today.weekday())


@pytest.fixture
def own_url(sqlite_url: str) -> str:
    """A project that asks 40 hours for four weeks of a function that has 36 at most."""
    engine = database.engine_for(sqlite_url)
    with database.writing(engine, COMMAND_LINE) as write:
        write.session.add(Project(code="P01", title=":red[Beeldzorg]", state="running"))
    save_functions(engine, COMMAND_LINE, [Row("rij 1", FunctionFields("Leider", 1, 36, 1))])
    need = NeedFields(1, 40, next_monday(), next_monday(5) - timedelta(days=3))
    save_needs(engine, COMMAND_LINE, 1, [Row("rij 1", need)])
    return sqlite_url


def words(app: AppTest) -> str:
    shown = (*app.title, *app.header, *app.markdown, *app.warning)
    return " ".join(each.value for each in shown).replace("\\", "")


def make(app: AppTest, name: str) -> AppTest:
    app.text_input(key="scenario_naam").set_value(name)
    return app.button(key="scenario_maken").click().run()


def add(app: AppTest, kind: str, **values: Any) -> AppTest:
    app.selectbox(key="wijziging_soort").select(kind).run()
    for key, value in values.items():
        for widgets in (app.selectbox, app.number_input, app.date_input, app.text_input):
            for widget in widgets:
                if widget.key == f"wijziging_{key}":
                    widget.set_value(value)
    return app.button(key="wijziging_toevoegen").click().run()


def starts(url: str) -> list[date]:
    return [day.date() for day in capacity.needs(database.engine_for(url))["first"]]


def stored(url: str) -> pd.DataFrame:
    return scenarios.scenarios(database.engine_for(url))


def test_from_making_a_scenario_to_taking_the_plan_back(visit: Visit, own_url: str) -> None:
    app = visit("scenarios", own_url)
    assert app.title[0].value == "Nog geen scenario’s naast het plan van nu"
    app = make(app, "Na de griep")
    assert (app.title[0].value, app.query_params["id"]) == (
        "‘Na de griep’ verandert nog niets",
        "1",
    )
    app = add(app, "Project langer of korter laten duren", project=1, **{"weken_-104": 4})
    assert "minder tekort dan het plan van nu" in app.title[0].value
    assert "4 weken langer, met evenveel uren" in words(app)
    assert len(app.get("plotly_chart")) == 2
    table = app.table[0].value
    assert table["Plan"].tolist() == ["Plan van nu", "Na de griep"]
    assert table["Uren te kort"].iloc[1].startswith("0 (−")

    before = starts(own_url)
    app = add(app, "Project verschuiven", project=1, **{"weken_-104": 2})
    assert starts(own_url) == before
    app = app.button(key="scenario_overnemen").click().run()
    assert not app.exception
    assert starts(own_url) == [before[0] + timedelta(weeks=2)]
    assert app.title[0].value == "‘Na de griep’ is overgenomen in het plan van nu"
    assert "1 rij van het plan veranderde" in words(app)
    app = app.button(key="scenario_terugdraaien").click().run()
    assert not app.exception
    assert starts(own_url) == before
    assert "het plan is weer zoals het was" in words(app)


def test_a_change_can_be_taken_away(visit: Visit, own_url: str) -> None:
    save_scenario(
        database.engine_for(own_url), COMMAND_LINE, "A", [Shift(1, 1), Shift(1, 2)], clock.today()
    )
    app = visit("scenarios", own_url)
    app = app.button(key="weg_1_1_0").click().run()
    assert "Shift" not in words(app)
    assert stored(own_url)["changes"].tolist() == [
        '[{"kind": "shift", "project_id": 1, "weeks": 2}]'
    ]


def test_many_changes_are_rows_to_choose_from_with_what_cannot_be_first(
    visit: Visit, own_url: str
) -> None:
    engine = database.engine_for(own_url)
    weeks = [*range(1, 13), -100]
    shifts = [Shift(1, each) for each in weeks]
    made = save_scenario(engine, COMMAND_LINE, "Lang", shifts, clock.today(), "")
    app = visit("scenarios", own_url)
    key = f"wijzigingen_{made}_1"
    (rows,) = (each for each in app.dataframe if list(each.value.columns) == ["words"])
    assert len(rows.value) == 13
    assert rows.value["words"].iloc[0].startswith("13. ▲ Kan niet meer: ")
    assert "13 wijzigingen · :orange[▲ 1 kan niet meer]" in words(app)
    assert app.button(key=f"weg_{made}_1").disabled
    chosen = {"selection": {"rows": [0, 2], "columns": [], "cells": []}}
    app.session_state[key] = chosen
    app.run()
    app.session_state[key] = chosen
    app.button(key=f"weg_{made}_1").click().run()
    assert not app.exception
    assert "2 wijzigingen weggehaald." in words(app)
    (left,) = stored(own_url)["changes"]
    assert [each["weeks"] for each in json.loads(left)] == [1, *range(3, 13)]
    assert app.button(key=f"weg_{made}_2_0").label == "Weghalen"


def test_what_cannot_be_is_said_and_what_was_filled_in_stays(visit: Visit, own_url: str) -> None:
    app = make(visit("scenarios", own_url), "A")
    app = add(app, "Project verschuiven")
    assert "Kies het project dat verandert." in words(app)
    app = add(app, "Project verschuiven", project=1, **{"weken_-104": -30})
    assert "kan niet 30 weken eerder" in words(app)
    assert app.number_input(key="wijziging_weken_-104").value == -30
    app = add(app, "Uren bij een functie", uren="veel")
    assert "zoals 8 of 7,5" in words(app)
    assert stored(own_url)["changes"].tolist() == ["[]"]
    app = make(app, "a")
    assert "Er is al een scenario ‘A’" in words(app)
    assert app.text_input(key="scenario_naam").value == "a"


def test_hours_and_season_change_the_numbers_and_hours_block_the_plan(
    visit: Visit, own_url: str
) -> None:
    app = make(visit("scenarios", own_url), "A")
    app = add(app, "Ander griepseizoen", seizoen="21 weken")
    assert "Het griepseizoen is nu: 21 weken" in words(app)
    assert "er is niets over te nemen" in words(app)
    days = {"van": next_monday(), "tot": next_monday(5)}
    app = add(app, "Uren bij een functie", functie=1, uren="7,5", **days)
    assert "Leider krijgt 7,5 uur per week erbij" in words(app)
    assert "Voeg die eerst toe bij de functies" in words(app)
    assert not [button for button in app.button if button.key == "scenario_overnemen"]


def test_a_pause_cuts_work_in_two_and_both_parts_become_the_plan(
    visit: Visit, own_url: str
) -> None:
    app = make(visit("scenarios", own_url), "A")
    app = add(app, "Project pauzeren", project=1, pauze=next_monday(3), weken_1=2)
    app = app.button(key="scenario_overnemen").click().run()
    assert starts(own_url) == [next_monday(), next_monday(5)]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE project SET state = 'closed'", "P01 :red[Beeldzorg] is afgesloten"),
        ("UPDATE project SET deleted_at = '2026-01-01 00:00:00'", "het project bestaat niet meer"),
        ("UPDATE staffing_need SET first = '2020-01-01'", "al begonnen of voorbij"),
    ],
)
def test_a_scenario_says_what_can_no_longer_be_done(
    visit: Visit, own_url: str, statement: str, said: str
) -> None:
    engine = database.engine_for(own_url)
    save_scenario(engine, COMMAND_LINE, "A", [Shift(1, 1)], clock.today())
    with database.writing(engine, COMMAND_LINE) as write:
        write.session.add(Project(code="P02", title="Ander", state="running"))
    save_needs(
        engine, COMMAND_LINE, 2, [Row("rij 1", NeedFields(1, 1, next_monday(), next_monday(2)))]
    )
    with engine.begin() as connection:
        connection.execute(
            sql(f"{statement} WHERE {'project_id' if 'need' in statement else 'id'} = 1")
        )
    app = visit("scenarios", own_url)
    assert not app.exception
    shown = words(app)
    assert "Kan niet meer." in shown
    assert said in shown
    assert "Haal eerst weg wat niet meer kan" in shown


def test_an_unknown_scenario_says_so_and_another_can_be_chosen(visit: Visit, own_url: str) -> None:
    save_scenario(database.engine_for(own_url), COMMAND_LINE, "A", [Shift(1, 1)], clock.today())
    app = visit("scenarios", own_url, id="99")
    assert app.title[0].value == "Dit scenario bestaat niet of is verwijderd"
    assert "Er is geen scenario met nummer 99" in words(app)
    app = app.selectbox(key="scenario_keuze").select("1").run()
    assert app.query_params["id"] == "1"
    assert "‘A’" in app.title[0].value


def test_three_scenarios_stand_beside_the_plan(visit: Visit, own_url: str) -> None:
    engine = database.engine_for(own_url)
    for weeks, name in enumerate(("A", "B", "C"), start=1):
        save_scenario(engine, COMMAND_LINE, name, [Shift(1, weeks)], clock.today())
    app = visit("scenarios", own_url, id="2", naast="A")
    assert app.table[0].value["Plan"].tolist() == ["Plan van nu", "B", "A"]
    app = app.multiselect(key="naast").select("C").run()
    assert app.table[0].value["Plan"].tolist() == ["Plan van nu", "B", "C", "A"]


def test_a_scenario_is_renamed_and_removed(visit: Visit, own_url: str) -> None:
    app = make(visit("scenarios", own_url), "A")
    app.text_input(key="scenario_over_1_1_naam").set_value("*Beter*")
    app = app.button(key="scenario_opslaan").click().run()
    assert app.title[0].value == "‘\\*Beter\\*’ verandert nog niets"
    app = app.button(key="scenario_verwijderen").click().run()
    assert len(stored(own_url)) == 1
    app = app.button(key="scenario_weg_nee").click().run()
    app = app.button(key="scenario_verwijderen").click().run()
    app = app.button(key="scenario_weg_ja").click().run()
    assert app.title[0].value == "Nog geen scenario’s naast het plan van nu"
    assert stored(own_url).empty


def test_who_accepts_second_is_told_although_his_button_is_gone(visit: Visit, own_url: str) -> None:
    engine = database.engine_for(own_url)
    save_scenario(engine, COMMAND_LINE, "A", [Shift(1, 1)], clock.today())
    app, other = visit("scenarios", own_url), visit("scenarios", own_url)
    other.button(key="scenario_overnemen").click().run()
    app = app.button(key="scenario_overnemen").click().run()
    assert not app.exception
    assert [each.value for each in app.warning] != []
    assert "Wat is er overgenomen?" in [each.value for each in app.header]
    assert not app.run().warning


def test_who_renames_second_keeps_what_was_typed_and_what_the_other_wrote(
    visit: Visit, own_url: str
) -> None:
    engine = database.engine_for(own_url)
    made = save_scenario(engine, COMMAND_LINE, "A", [Shift(1, 1)], clock.today())
    app = visit("scenarios", own_url)
    app.text_input(key=f"scenario_over_{made}_0_naam").set_value("Mijn naam")
    change_scenario(engine, COMMAND_LINE, made, 1, note="van een ander")
    app = app.button(key="scenario_opslaan").click().run()
    assert "intussen gewijzigd" in words(app)
    assert app.text_input(key=f"scenario_over_{made}_0_naam").value == "Mijn naam"
    app = app.button(key="scenario_opslaan").click().run()
    assert not app.exception
    assert stored(own_url)[["name", "note"]].values.tolist() == [["Mijn naam", "van een ander"]]


def test_a_plan_of_another_day_is_not_accepted(visit: Visit, own_url: str) -> None:
    save_scenario(database.engine_for(own_url), COMMAND_LINE, "A", [Shift(1, 1)], clock.today())
    yesterday = clock.today() - timedelta(days=1)
    app = visit("scenarios", own_url, peildatum=yesterday.isoformat())
    assert "Zet de peildatum op vandaag" in words(app)
    assert not [button for button in app.button if button.key == "scenario_overnemen"]
