"""The calendar screen: recording a review, and planning a new project."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from borging import clock
from borging.access.actor import COMMAND_LINE
from borging.domain.calendar_review import LookedAt, ReviewFields
from borging.store import database
from borging.store.commands.calendar_reviews import correct_review, record_review
from borging.store.commands.example import write_example
from borging.store.queries import calendar, capacity, portfolio
from tests.pages.conftest import Visit, press
from tests.pages.test_project_writing import typed
from tests.pages.test_words_of_people import MARKUP, obeyed


@pytest.fixture
def own_url(sqlite_url: str) -> str:
    """A portfolio of three projects to write in."""
    engine = database.engine_for(sqlite_url)
    write_example(engine, COMMAND_LINE, clock.today(), projects=3, seed=1)
    engine.dispose()
    return sqlite_url


def text(app: AppTest) -> str:
    return " ".join(each.value for each in (*app.markdown, *app.warning))


def test_a_review_is_recorded_corrected_withdrawn_and_taken_back(
    visit: Visit, own_url: str
) -> None:
    engine = database.engine_for(own_url)
    app = visit("projectenkalender", own_url)
    assert "nog nooit herzien" in text(app)
    app.text_area(key="herziening_0_besluiten").set_value(f"Besluit één\n\n{MARKUP}\nBesluit twee")
    app = press(app, "Herziening vastleggen")
    assert "Kies wie de herziening leidde." in text(app)
    assert app.text_area(key="herziening_0_besluiten").value.startswith("Besluit één")
    typed(app, "herziening_0_leider", "Noor Bakker")
    app = press(app, "Herziening vastleggen")
    assert not app.exception
    assert calendar.reviews(engine)["chaired_by"].tolist() == ["Noor Bakker"]
    assert "- Besluit twee" in text(app)
    assert "0 erbij, 0 afgesloten en 0 verschoven" in text(app)
    row = calendar.reviews(engine).iloc[0]
    assert (row["projects"], len(row["entries"])) == (3, 3)
    app.text_input(key="verbetering_1_1_mee").set_value(f"{MARKUP}Karim")
    app = press(app, "Verbetering opslaan")
    assert calendar.reviews(engine)["participants"].tolist() == [f"{MARKUP}Karim"]
    assert obeyed(app) == []
    app = press(app, "Herziening intrekken")
    assert "nog nooit herzien" in text(app)
    app = app.button(key="herziening_terug").click().run()
    assert not app.exception
    assert len(calendar.reviews(engine)) == 1


def test_who_corrects_a_review_second_is_told_and_overwrites_nothing_else(
    visit: Visit, own_url: str
) -> None:
    engine, today = database.engine_for(own_url), clock.today()
    first = ReviewFields(today, 1, "Karim", ("Besluit",), today + timedelta(days=365))
    record_review(engine, COMMAND_LINE, first, LookedAt(today, 0, 0, {}), today)
    app = visit("projectenkalender", own_url)
    theirs = replace(first, participants="Noor")
    correct_review(engine, COMMAND_LINE, 1, 1, theirs, today, first)
    app.text_area(key="verbetering_1_0_besluiten").set_value("Ander besluit")
    app = press(app, "Verbetering opslaan")
    assert "‘Deden mee’ is nu ‘Noor’ (was ‘Karim’)" in text(app)
    assert app.text_area(key="verbetering_1_0_besluiten").value == "Ander besluit"
    app = press(app, "Verbetering opslaan")
    assert not app.exception
    row = calendar.reviews(engine).iloc[0]
    assert (row["participants"], row["decisions"]) == ("Noor", "Ander besluit")


def test_a_review_of_tomorrow_is_refused(visit: Visit, own_url: str) -> None:
    app = visit("projectenkalender", own_url)
    app.selectbox(key="herziening_0_leider").set_value(1)
    app.date_input(key="herziening_0_dag").set_value(clock.today() + timedelta(days=1))
    app = press(app, "Herziening vastleggen")
    assert "is nog niet geweest" in text(app)
    assert calendar.reviews(database.engine_for(own_url)).empty


def test_a_filter_that_leaves_nothing_leaves_the_review(visit: Visit, own_url: str) -> None:
    app = visit("projectenkalender", own_url, stand="afgewezen")
    assert not app.get("plotly_chart")
    assert "nog nooit herzien" in text(app)


def fill(app: AppTest) -> AppTest:
    app.text_input(key="nieuw_project_0_titel").set_value("Slim rooster")
    app.date_input(key="nieuw_project_0_begin").set_value(date(2027, 2, 1))
    app.date_input(key="nieuw_project_0_overdracht").set_value(date(2027, 12, 12))
    return app.selectbox(key="nieuw_project_0_soort").set_value("systeem").run()


def test_a_new_project_is_checked_while_it_is_filled_in_and_saved(
    visit: Visit, own_url: str
) -> None:
    engine = database.engine_for(own_url)
    before = capacity.needs(engine)
    app = fill(visit("projectenkalender", own_url, nieuw_project="true"))
    assert not app.exception
    said = text(app)
    assert "valt in het griepseizoen (wk 51–11)" in said
    assert "de week van 4 februari" in said
    assert "Er is geen eigenaar in de lijn." in said
    assert "Er is geen evaluatie na afsluiting gepland." in said
    typed(app, "nieuw_project_0_eigenaar", "Noor Bakker")
    app = app.run()
    assert "Er is geen eigenaar in de lijn." not in text(app)
    typed(app, "nieuw_project_0_eigenaar", "Noor Bakker")
    app = app.button(key="nieuw_project_opslaan").click().run()
    assert not app.exception
    assert "is ingepland met" in text(app)
    made = portfolio.projects(engine, clock.today()).set_index("code").loc["NP-001"]
    assert (made["title"], made["owner"]) == ("Slim rooster", "Noor Bakker")
    added = capacity.needs(engine)
    added = added[~added["id"].isin(before["id"])]
    assert set(added["project_id"]) == {made["id"]}
    assert not added["firm"].any()
    assert app.text_input(key="nieuw_project_1_titel").value == ""


def test_a_refused_project_keeps_what_was_typed_also_when_it_is_folded(
    visit: Visit, own_url: str
) -> None:
    app = fill(visit("projectenkalender", own_url, nieuw_project="true"))
    app.date_input(key="nieuw_project_0_overdracht").set_value(date(2027, 1, 1)).run()
    app = app.button(key="nieuw_project_opslaan").click().run()
    assert "ligt vóór het begin" in text(app)
    app.session_state["nieuw_project"] = False
    app = app.run()
    assert app.text_input(key="nieuw_project_0_titel").value == "Slim rooster"
    assert "NP-001" not in portfolio.projects(database.engine_for(own_url), clock.today())["code"]


def test_a_project_that_has_not_begun_shows_its_start_check(visit: Visit, example_url: str) -> None:
    projects = portfolio.projects(database.engine_for(example_url), clock.today())
    headings = {}
    for state in ("planned", "running"):
        asked = projects.loc[projects["state"] == state, "id"].iloc[0]
        app = visit("project", example_url, id=str(asked))
        assert not app.exception
        headings[state] = "Is dit een goed moment om te beginnen?" in [h.value for h in app.header]
    assert headings == {"planned": True, "running": False}
