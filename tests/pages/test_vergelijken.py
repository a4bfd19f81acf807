from __future__ import annotations

import pytest
from sqlalchemy import Engine

from borging import clock
from borging.store import database
from tests.pages.conftest import Visit, charts, words
from tests.scans import CHECK_CASE, add_project, individual

CHARTS_OF_A_COMPARISON = 3


@pytest.fixture
def own_url(sqlite_url: str) -> str:
    """Address of a portfolio with three projects (1, 2 and 3), to write in."""
    for code in ("P01", "P02", "P*3"):
        add_project(database.engine_for(sqlite_url), code, f"Project {code}")
    return sqlite_url


@pytest.fixture
def own(own_url: str) -> Engine:
    return database.engine_for(own_url)


def test_two_projects_stand_beside_and_over_each_other(
    visit: Visit, own_url: str, own: Engine
) -> None:
    individual(own, 1, clock.today(), CHECK_CASE)
    individual(own, 3, clock.today(), ["a" * 10] * 5)
    app = visit("vergelijken", own_url, ids="1,3")
    assert not app.exception
    assert app.title[0].value == ("Grootste verschil: infrastructuur (48 tegen 100\u00a0%)")
    assert len(charts(app)) == CHARTS_OF_A_COMPARISON
    assert all(charts(app))
    factors, scans = app.table[0].value, app.table[1].value
    assert factors.columns.tolist() == ["Domein", "Factor", "P01", "P\\*3"]
    assert factors["P01"].tolist()[-1] == "71,0 punten"
    assert scans["Versie"].tolist() == ["2010-nl-1"] * 2
    assert "nog 6 nodig" in words(app)


def test_too_few_answers_and_none_cannot_be_compared_and_look_alike(
    visit: Visit, own_url: str, own: Engine
) -> None:
    individual(own, 1, clock.today(), CHECK_CASE)
    individual(own, 2, clock.today(), CHECK_CASE)
    individual(own, 3, clock.today(), CHECK_CASE[:3])
    app = visit("vergelijken", own_url, ids="1,2,3")
    assert "Project 3 heeft geen scan die te tonen is." in words(app)
    assert app.multiselect(key="vergelijk_projecten").options == [
        "P01 · Project P01",
        "P02 · Project P02",
    ]
    assert len(app.table[1].value) == 2


@pytest.mark.parametrize("measured", [0, 1])
def test_without_two_scans_the_screen_says_what_to_do(
    visit: Visit, own_url: str, own: Engine, measured: int
) -> None:
    for project_id in range(1, measured + 1):
        individual(own, project_id, clock.today(), CHECK_CASE)
    app = visit("vergelijken", own_url)
    assert app.title[0].value.startswith("Nog")
    assert "scan" in words(app)
    assert charts(app) == []


def test_the_choice_goes_to_the_address_and_back(visit: Visit, example_url: str) -> None:
    app = visit("vergelijken", example_url)
    assert app.title[0].value == "Kies 2 tot 4 projecten om te vergelijken"
    app.multiselect(key="vergelijk_projecten").set_value([3, 7]).run()
    assert not app.exception
    assert app.query_params["ids"] in ("3,7", ["3,7"])
    assert app.title[0].value.startswith("Grootste verschil: ")
    app.multiselect(key="vergelijk_projecten").set_value([]).run()
    assert "ids" not in app.query_params
    assert app.title[0].value == "Kies 2 tot 4 projecten om te vergelijken"


@pytest.mark.parametrize("asked", ["99999", "abc", "3,99999,7"])
def test_an_unknown_project_is_said(visit: Visit, example_url: str, asked: str) -> None:
    app = visit("vergelijken", example_url, ids=asked)
    assert not app.exception
    assert "Er is geen project met nummer" in words(app)


def test_factors_can_be_set_against_each_other(visit: Visit, example_url: str) -> None:
    app = visit("vergelijken", example_url)
    assert len(charts(app)) == 2
    assert "45 vergelijkingen" in words(app)
    assert "Rangcorrelatie" in words(app)
    app.selectbox(key="factor").set_value("Infrastructuur")
    app.selectbox(key="tegenfactor").set_value("Infrastructuur").run()
    assert "Kies twee verschillende factoren." in words(app)


def test_a_filter_does_not_hide_what_was_chosen(visit: Visit, example_url: str) -> None:
    nothing = {"stand": "onbekend", "van": "2090-01-01"}
    app = visit("vergelijken", example_url, **nothing)
    assert app.title[0].value == "Geen project past bij de filters"
    app = visit("vergelijken", example_url, ids="3,7", **nothing)
    assert not app.exception
    assert app.title[0].value.startswith("Grootste verschil: ")
    assert len(charts(app)) == CHARTS_OF_A_COMPARISON


def test_empty_and_a_thousand_projects(visit: Visit, empty_url: str, large_url: str) -> None:
    app = visit("vergelijken", empty_url)
    assert app.title[0].value == "Nog geen projecten"
    assert app.button(key="go_import").label == "Lijst inlezen"
    app = visit("vergelijken", large_url, ids="3,7,8,10")
    assert not app.exception
    assert len(charts(app)) == CHARTS_OF_A_COMPARISON + 2
