"""The screen of the capacity: charts, and writing in its tables."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from borging import clock
from borging.access.actor import COMMAND_LINE
from borging.domain.flu_seasons import by_hand
from borging.domain.periods import Week
from borging.domain.staffing import FunctionFields, NeedFields
from borging.settings import ROOT
from borging.store import database
from borging.store.commands.capacity import save_functions, save_needs
from borging.store.commands.example import write_example
from borging.store.commands.flu import enter_season, withdraw_season
from borging.store.commands.rows import Row
from borging.store.queries import capacity, organisation
from tests.pages.conftest import Visit, press
from tests.scans import add_project

FUNCTIONS, NEEDS = "functies_tabel_0", "inzet_1_tabel_0"


@pytest.fixture
def filled_url(sqlite_url: str) -> str:
    """A portfolio of three projects to write in."""
    engine = database.engine_for(sqlite_url)
    write_example(engine, COMMAND_LINE, clock.today(), projects=3, seed=1)
    engine.dispose()
    return sqlite_url


@pytest.mark.parametrize("answer", ["Zet op 0 fte", "De fte kloppen"])
def test_made_up_functions_that_stay_are_told_on_every_screen(
    visit: Visit, filled_url: str, answer: str
) -> None:
    engine = database.engine_for(filled_url)
    lead = capacity.functions(engine).set_index("name").loc["Projectleider"]
    made = add_project(engine, title="Eigen project")
    need = NeedFields(int(lead["id"]), 8.0, clock.today(), clock.today() + timedelta(90))
    save_needs(engine, COMMAND_LINE, made, [Row("rij 1", need)])
    app = visit("portfolio", filled_url)
    app.button(key="remove_example").click().run()
    assert "Blijft, omdat uw projecten er uren van vragen: Projectleider" in text(app)
    app.button(key="example_yes").click().run()
    assert "Gebleven, omdat uw projecten er uren van vragen: Projectleider" in text(app)
    press(app, answer)
    assert "Gebleven, omdat" not in text(app)
    assert capacity.functions(engine)["fte"].tolist() == [
        0.0 if answer == "Zet op 0 fte" else lead["fte"]
    ]


def write(app: AppTest, key: str, **state: Any) -> AppTest:
    """Leave changes in a table, as a visitor does, and save them."""
    empty: dict[str, Any] = {"edited_rows": {}, "added_rows": [], "deleted_rows": []}
    app.session_state[key] = {**empty, **state}
    app.run()
    app.session_state[key] = {**empty, **state}
    return app.button(key=f"{key.split('_tabel')[0]}_opslaan").click().run()


def text(app: AppTest) -> str:
    return " ".join(each.value for each in (*app.markdown, *app.warning))


@pytest.mark.parametrize("portfolio", ["example_url", "large_url"])
def test_both_charts_and_the_list_are_there(
    portfolio: str, visit: Visit, request: pytest.FixtureRequest
) -> None:
    app = visit("capaciteit", request.getfixturevalue(portfolio))
    assert not app.exception
    heat, one = app.get("plotly_chart")
    cells = json.loads(heat.proto.spec)["data"][0]["z"]
    assert (len(cells), len(cells[0])) == (10, 26)
    assert "vol" in app.title[0].value
    assert one.proto.alt
    assert "geen voorspelling" in text(app)
    assert app.selectbox(key="functie_keuze").value in [
        int(each) for each in capacity_ids(request.getfixturevalue(portfolio))
    ]


def capacity_ids(url: str) -> list[int]:
    return [int(each) for each in capacity.functions(database.engine_for(url))["id"]]


def test_all_work_counts_whatever_the_filter_shows(visit: Visit, example_url: str) -> None:
    everything = visit("capaciteit", example_url)
    some = visit("capaciteit", example_url, stand="gepland")
    assert some.title[0].value == everything.title[0].value
    specs = [app.get("plotly_chart")[0].proto.spec for app in (everything, some)]
    assert specs[0] == specs[1]


def test_a_longer_period_and_another_sector_are_in_the_address(
    visit: Visit, example_url: str
) -> None:
    app = visit(
        "capaciteit",
        example_url,
        periode="twee jaar",
        sector="Verpleging en zorg met overnachting",
    )
    assert not app.exception
    cells = json.loads(app.get("plotly_chart")[0].proto.spec)["data"][0]["z"]
    assert len(cells[0]) == 104
    assert "verzuim 8,4 %" in text(app)


def test_a_phone_shows_nine_weeks(visit: Visit, example_url: str) -> None:
    app = visit("capaciteit", example_url, smal="1")
    assert not app.exception
    cells = json.loads(app.get("plotly_chart")[0].proto.spec)["data"][0]["z"]
    assert len(cells[0]) == 9


def test_another_function_can_be_looked_at(visit: Visit, example_url: str) -> None:
    app = visit("capaciteit", example_url)
    chosen = app.selectbox(key="functie_keuze")
    app = chosen.select_index(3).run()
    assert not app.exception
    name = chosen.options[3]
    assert any(name[1:] in each.value for each in app.header)
    ids = capacity_ids(example_url)
    linked = visit("capaciteit", example_url, functie=str(ids[-1]))
    assert linked.selectbox(key="functie_keuze").value == ids[-1]
    unknown = visit("capaciteit", example_url, functie="²")
    assert not unknown.exception


def test_the_heatmap_shows_the_chance_of_a_shortage(visit: Visit, example_url: str) -> None:
    app = visit("capaciteit", example_url)
    app = app.radio(key="toon").set_value("kans op tekort").run()
    assert not app.exception
    (cells, *_rest) = json.loads(app.get("plotly_chart")[0].proto.spec)["data"]
    assert (cells["zmax"], len(cells["z"]), len(cells["z"][0])) == (1, 10, 26)
    assert 0 < max(value for row in cells["z"] for value in row) <= 1
    assert "rusten op deze 17 winters, niet op 2.000 trekkingen" in text(app)
    linked = visit("capaciteit", example_url, toon="kans op tekort", tabel_kans="true")
    assert not linked.exception
    assert linked.get("plotly_chart")[0].proto.spec == app.get("plotly_chart")[0].proto.spec


def test_the_origin_of_the_seasons_is_in_the_address(visit: Visit, example_url: str) -> None:
    """In week 2 of 2023 flu was epidemic both ways, in week 12 only by the statement."""
    found = {
        name: visit("capaciteit", example_url, seizoenen=name) for name in ("officieel", "afgeleid")
    }
    flu = {
        name: json.loads(app.get("plotly_chart")[0].proto.spec)["data"][2]["y"]
        for name, app in found.items()
    }
    assert flu["officieel"] != flu["afgeleid"]
    assert sum(x or 0 for x in flu["officieel"]) > sum(x or 0 for x in flu["afgeleid"])
    assert "8 met officiële weken, 9 met weken afgeleid" in text(found["officieel"])
    assert "3 met officiële weken, 14 met weken afgeleid" in text(found["afgeleid"])


def test_a_season_entered_by_hand_changes_both_screens(visit: Visit, filled_url: str) -> None:
    engine = database.engine_for(filled_url)

    def words() -> str:
        return text(visit("capaciteit", filled_url)) + text(visit("projectenkalender", filled_url))

    assert words().count("riepkans: aandeel van de 17 vastgelegde winters") == 2
    hand = by_hand("2025/2026", Week(2026, 3), Week(2026, 9), "zelf gezien")
    enter_season(engine, COMMAND_LINE, hand, as_of=clock.today())
    changed = words()
    assert changed.count("riepkans: aandeel van de 18 vastgelegde winters") == 2
    assert changed.count("1 met ingevoerde weken") == 2
    withdraw_season(engine, COMMAND_LINE, "2025/2026")
    assert words().count("riepkans: aandeel van de 17 vastgelegde winters") == 2


def test_handovers_and_shortages_are_folded_and_open_by_link(
    visit: Visit, example_url: str
) -> None:
    closed = visit("capaciteit", example_url)
    opened = visit("capaciteit", example_url, tekort="true", griepweek="true")
    assert not opened.exception
    assert len(opened.dataframe) == len(closed.dataframe) + 2
    chances = opened.dataframe[-1].value["chance"].dropna().tolist()
    assert chances == sorted(chances, reverse=True)
    assert chances


@pytest.mark.parametrize(
    "table",
    [
        *("tabel_belasting", "tabel_uren", "winters", "griepkans", "functies", "verlof", "inzet"),
        "feestdagen",
    ],
)
def test_what_is_folded_opens(table: str, visit: Visit, example_url: str) -> None:
    app = visit("capaciteit", example_url, **{table: "true"})
    assert not app.exception


def test_functions_are_written_in_an_empty_portfolio(visit: Visit, sqlite_url: str) -> None:
    app = visit("capaciteit", sqlite_url)
    assert app.button(key="functies_opslaan").disabled
    row = {"name": "Projectleider", "fte": "2", "hours_per_week": "36", "project_share": "80"}
    app = write(app, FUNCTIONS, added_rows=[row])
    assert not app.exception
    assert "1 rij opgeslagen." in text(app)
    assert app.title[0].value == "Nog geen inzet gepland"
    (stored,) = capacity.functions(database.engine_for(sqlite_url)).to_dict("records")
    assert (stored["name"], stored["project_share"]) == ("Projectleider", 0.8)


def test_what_is_refused_is_said_per_row_and_stays(visit: Visit, sqlite_url: str) -> None:
    rows = [
        {"name": "Projectleider", "fte": "2", "hours_per_week": "36", "project_share": "80"},
        {"name": "Digicoach", "fte": "-1", "hours_per_week": "36", "project_share": "120"},
        {},
    ]
    app = write(visit("capaciteit", sqlite_url), FUNCTIONS, added_rows=rows)
    assert not app.exception
    (said,) = [each.value for each in app.warning]
    assert said.replace("\\", "").split("  \n") == [
        "rij 2: het aantal fte moet 0 of meer zijn, ten hoogste 10.000; het deel voor projecten "
        "moet van 0 tot en met 100 % zijn.",
        "Er is niets opgeslagen; wat u invulde staat er nog.",
    ]
    assert app.session_state[FUNCTIONS]["added_rows"] == rows
    assert capacity.functions(database.engine_for(sqlite_url)).empty


def test_needs_are_changed_added_and_removed_at_once(visit: Visit, filled_url: str) -> None:
    engine = database.engine_for(filled_url)
    before = capacity.needs(engine)
    before = before[before["project_id"] == 1].reset_index(drop=True)
    function = int(before["function_id"].iloc[0])
    app = visit("capaciteit", filled_url, inzet="true")
    added = {"function_id": function, "hours_per_week": "7,25", "first": "2026-12-28"}
    app = write(
        app,
        NEEDS,
        edited_rows={0: {"hours_per_week": "3,5", "firm": False}},
        added_rows=[{**added, "last": "2027-01-03", "firm": True}],
        deleted_rows=[1],
    )
    assert not app.exception
    assert "3 rijen opgeslagen." in text(app)
    after = capacity.needs(engine)
    after = after[after["project_id"] == 1].set_index("id")
    changed = after.loc[before["id"].iloc[0]]
    assert (changed["hours_per_week"], bool(changed["firm"])) == (3.5, False)
    assert before["id"].iloc[1] not in after.index
    new = after.loc[after["hours_per_week"] == 7.25].iloc[0]
    assert (new["first"].date(), new["last"].date()) == (date(2026, 12, 28), date(2027, 1, 3))


def test_needs_that_cannot_be_are_refused_in_dutch(visit: Visit, filled_url: str) -> None:
    app = visit("capaciteit", filled_url, inzet="true")
    wrong = {
        "function_id": 999,
        "hours_per_week": "-2",
        "first": "2027-01-03",
        "last": "2026-12-28",
    }
    state = {"added_rows": [wrong], "edited_rows": {0: {"hours_per_week": None}}}
    app = write(app, NEEDS, **state)
    said = app.warning[0].value.replace("\\", "")
    assert "rij 1: de uren per week moeten meer dan 0 zijn" in said
    assert "kies een functie uit de lijst; de uren per week moeten meer dan 0 zijn" in said
    assert "het einde (28-12-2026) ligt vóór het begin (03-01-2027)" in said
    assert app.session_state[NEEDS]["added_rows"] == [wrong]


def test_a_row_that_somebody_else_changed_keeps_what_was_written(
    visit: Visit, filled_url: str
) -> None:
    engine = database.engine_for(filled_url)
    app = visit("capaciteit", filled_url, functies="true")
    first = capacity.functions(engine).iloc[0]
    empty: dict[str, Any] = {"added_rows": [], "deleted_rows": []}
    changed = {**empty, "edited_rows": {0: {"fte": "9"}}}
    app.session_state[FUNCTIONS] = changed
    app.run()
    other = FunctionFields(first["name"], 5.0, 36.0, 0.5)
    save_functions(engine, COMMAND_LINE, [Row("rij 1", other, int(first["id"]), 1)])
    app.session_state[FUNCTIONS] = changed
    app = app.button(key="functies_opslaan").click().run()
    assert "iemand anders heeft deze rij intussen gewijzigd" in app.warning[0].value
    assert capacity.functions(engine)["fte"].iloc[0] == 5.0


def test_a_template_fills_the_phases_to_come_as_tentative(visit: Visit, filled_url: str) -> None:
    engine = database.engine_for(filled_url)
    before = capacity.needs(engine)
    app = visit("capaciteit", filled_url, inzet="true")
    app.selectbox(key="inzet_project").select_index(1).run()
    project = app.selectbox(key="inzet_project").value
    app = app.button(key="inzet_vullen").click().run()
    assert not app.exception
    added = capacity.needs(engine)
    added = added[~added["id"].isin(before["id"])]
    assert len(added) > 0
    assert set(added["project_id"]) == {project}
    assert not added["firm"].any()
    assert "toegevoegd uit ‘Digitale zorg bij de cliënt’" in text(app)
    app = app.button(key="tabel_melding_terug").click().run()
    assert not app.exception
    assert "uit het sjabloon weer weggehaald" in text(app)
    assert capacity.needs(engine)["id"].tolist() == before["id"].tolist()


def test_rows_that_were_not_saved_stay_when_their_table_is_folded(
    visit: Visit, filled_url: str
) -> None:
    app = visit("capaciteit", filled_url, inzet="true", stand="lopend")
    changed = {"edited_rows": {0: {"hours_per_week": "9"}}, "added_rows": [], "deleted_rows": []}
    chosen = app.selectbox(key="inzet_project").value
    table = f"inzet_{chosen}_tabel_0"
    app.session_state[table] = changed
    app.session_state["inzet"] = False
    app.session_state["stand"] = ["gepland"]
    app = app.run()
    assert not app.exception
    assert app.session_state[table] == changed
    assert app.selectbox(key="inzet_project").disabled
    assert not app.button(key=f"inzet_{chosen}_opslaan").disabled
    assert "nog niet opgeslagen" in " ".join(each.label for each in app.expander)


def test_a_table_without_changes_costs_nothing_when_it_is_folded(
    visit: Visit, filled_url: str
) -> None:
    app = visit("capaciteit", filled_url)
    assert "inzet_project" not in app.session_state
    assert "nog niet opgeslagen" not in " ".join(each.label for each in app.expander)


def test_rows_that_were_not_saved_are_there_again_when_somebody_comes_back(
    visit: Visit, filled_url: str
) -> None:
    engine = database.engine_for(filled_url)
    needs = capacity.needs(engine)
    own = needs[needs["project_id"] == 2].reset_index(drop=True)
    app = visit("capaciteit", filled_url, inzet="true")
    app = app.selectbox(key="inzet_project").set_value(2).run()
    table = "inzet_2_tabel_0"
    changed = {"edited_rows": {0: {"hours_per_week": "7,5"}}, "added_rows": [], "deleted_rows": [1]}
    app.session_state[table] = changed
    app.run()
    other = app.switch_page(str(ROOT / "pages" / "portfolio.py")).run()
    assert table not in other.session_state
    app = other.switch_page(str(ROOT / "pages" / "capaciteit.py")).run()
    assert not app.exception
    assert app.selectbox(key="inzet_project").value == 2
    assert app.selectbox(key="inzet_project").disabled
    app.button(key="inzet_2_opslaan").click().run()
    assert not app.exception
    now = capacity.needs(engine)
    now = now[now["project_id"] == 2]
    assert own["id"].iloc[1] not in now["id"].tolist()
    assert now.set_index("id")["hours_per_week"].loc[own["id"].iloc[0]] == 7.5
    assert len(now) == len(own) - 1


def test_the_agreement_and_own_days_off_are_written_and_count(
    visit: Visit, filled_url: str
) -> None:
    """Nobody works on Good Friday once somebody says so; the assumed agreement is named."""
    app = visit("capaciteit", filled_url, feestdagen="true", peildatum="2027-03-01")
    assert "VVT (verpleging, verzorging en thuiszorg); aangenomen" in text(app)
    assert "26\u201103\u20112027" not in text(app)
    app = app.selectbox(key="cao_keuze_0").set_value("umc").run()
    assert text(app).count("De feestdagen van UMC tellen nu.") == 1
    assert "aangenomen" not in text(app)
    assert "Bevrijdingsdag" not in text(app)
    app = write(
        app,
        "eigen_vrije_dagen_tabel_0",
        added_rows=[{"name": "Goede Vrijdag", "day": "2027-03-26"}],
    )
    assert "Goede Vrijdag 26\u201103\u20112027" in text(app)
    engine = database.engine_for(filled_url)
    assert organisation.own_holidays(engine)["name"].tolist() == ["Goede Vrijdag"]
