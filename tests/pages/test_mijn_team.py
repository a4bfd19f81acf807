"""The screen of one team: chosen once, in the address, and nothing of anybody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from borging import clock
from borging.store import database
from borging.store.commands import rounds as commands
from borging.store.commands.followup import record_consensus
from borging.store.queries import structure
from borging.store.tables import Person, Project, Unit
from tests.pages.conftest import Visit
from tests.pages.test_all_pages import words
from tests.scans import ANNA, CHECK_CASE, NHS, hand_in, open_round, seen

TODAY = clock.today()
NORTH = "Thuiszorg Waterwilg › Wijkteam Noord"


def text(app: AppTest) -> str:
    return " ".join(words(app))


@pytest.fixture
def own_url(sqlite_url: str) -> str:
    """Address of a portfolio with two teams of one project each; Anna belongs to the first."""
    with database.writing(database.engine_for(sqlite_url), ANNA) as write:
        write.session.add_all([Unit(id=1, name="Noord", kind="team")])
        write.session.add_all([Unit(id=2, name="Zuid", kind="team")])
        write.session.flush()
        write.session.add(Person(id=1, name=ANNA.name, unit_id=1))
        for number, title in ((1, "Beeld*bellen*"), (2, "Nachttoezicht")):
            write.session.add(
                Project(id=number, code=f"P{number}", title=title, state="running", unit_id=number)
            )
    return sqlite_url


@pytest.fixture
def own(own_url: str) -> Engine:
    return database.engine_for(own_url)


def test_without_a_team_the_screen_asks_for_one_and_keeps_it_in_the_address(
    visit: Visit, own_url: str
) -> None:
    app = visit("mijn_team", own_url)
    assert app.title[0].value == "Kies uw team om te beginnen"
    app.selectbox(key="team_choice").set_value("Noord").run()
    assert not app.exception
    assert app.title[0].value == "Beeld\\*bellen\\* is nog nooit gescand"
    assert app.query_params["team"] in ("Noord", ["Noord"])


def test_the_team_of_who_you_are_opens_by_itself(visit: Visit, own_url: str) -> None:
    app = visit("mijn_team", own_url)
    app.selectbox(key="person").set_value(1).run()
    assert app.title[0].value == "Beeld\\*bellen\\* is nog nooit gescand"


def test_an_unknown_team_says_so_and_offers_the_others(visit: Visit, own_url: str) -> None:
    app = visit("mijn_team", own_url, team="Team *West*")
    assert app.title[0].value == "Dit team is er niet"
    assert "Team \\*West\\*" in text(app)
    assert app.selectbox(key="team_choice").options == ["Noord", "Zuid"]


def _answer(engine: Engine, people: int = 4) -> int:
    on = TODAY - timedelta(days=11)
    scan_id = open_round(engine, 1, on)
    for _ in range(people):
        hand_in(engine, scan_id, on, CHECK_CASE[0])
    return scan_id


def _close(engine: Engine) -> int:
    scan_id = _answer(engine)
    commands.close_round(engine, ANNA, seen(engine, scan_id), as_of=TODAY)
    return scan_id


def _agree(engine: Engine) -> None:
    record_consensus(engine, ANNA, _close(engine), NHS, "fit", "a", "Ja.", None, as_of=TODAY)


@pytest.mark.parametrize(
    ("step", "title"),
    [
        (_answer, "Nog 3 dagen om te antwoorden over Beeld\\*bellen\\*"),
        (_close, "Bespreek de ronde van Beeld\\*bellen\\*\\: er is nog niets afgesproken"),
        (_agree, "De ronde van Beeld\\*bellen\\* is nog niet vrijgegeven"),
    ],
)
def test_the_title_follows_the_round(
    visit: Visit, own_url: str, own: Engine, step: Callable[[Engine], object], title: str
) -> None:
    step(own)
    app = visit("mijn_team", own_url, team="Noord")
    assert not app.exception
    assert app.title[0].value == title


def test_an_open_round_tells_nothing_of_its_answers(
    visit: Visit, own_url: str, own: Engine
) -> None:
    _answer(own, people=5)
    app = visit("mijn_team", own_url, team="Noord")
    shown = text(app) + app.table[0].value.to_string()
    assert "niet gemeten" in shown
    assert "n = " not in shown
    assert "5" not in app.table[0].value["Laatste scan"].iloc[0]


def test_the_example_shows_the_story_of_the_first_team(visit: Visit, example_url: str) -> None:
    app = visit("mijn_team", example_url, team=NORTH)
    assert not app.exception
    assert app.table[0].value["Project"].tolist() == ["Medicatiecontrole op afstand"]
    assert "Infrastructuur" in set(app.dataframe[0].value["scan_short"])


@pytest.mark.parametrize("smal", ["0", "1"])
def test_nothing_of_another_team_is_shown(visit: Visit, example_url: str, smal: str) -> None:
    engine = database.engine_for(example_url)
    for team in structure.units(engine)["label"]:
        app = visit("mijn_team", example_url, team=team, smal=smal)
        assert not app.exception
        if not app.dataframe:
            continue
        assert "project" not in app.dataframe[0].value or set(
            app.dataframe[0].value["project"]
        ) <= set(app.table[0].value["Project"])


def test_a_filter_neither_widens_nor_narrows_the_team(visit: Visit, own_url: str) -> None:
    app = visit("mijn_team", own_url, team="Noord", eenheid="Zuid")
    assert app.table[0].value["Project"].tolist() == ["Beeld\\*bellen\\*"]
    assert "de filters gelden hier niet" in text(app)


def test_a_phone_lists_projects_and_shows_three_columns(visit: Visit, example_url: str) -> None:
    app = visit("mijn_team", example_url, team=NORTH, smal="1")
    assert not app.exception
    assert not app.table
    assert "**Medicatiecontrole op afstand**" in text(app)
    assert list(app.dataframe[0].value) == ["title_and_scan", "owner", "overdue"]


def test_a_large_team_opens_too(visit: Visit, large_url: str) -> None:
    app = visit("mijn_team", large_url, team=NORTH)
    assert not app.exception
    assert [len(each.value) > 20 for each in app.table] == [False, True]
