"""The part of the borgingsscan screen that looks back, and the spread over the portfolio."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from borging import clock
from borging.store import database
from borging.store.commands.followup import take_action
from borging.store.commands.residuals import ItemFields, close_items
from tests.pages.conftest import Visit, words
from tests.scans import ANNA, NHS, add_project, individual

TODAY = clock.today()


@pytest.fixture
def own_url(sqlite_url: str) -> str:
    add_project(database.engine_for(sqlite_url))
    return sqlite_url


@pytest.fixture
def own(own_url: str) -> Engine:
    return database.engine_for(own_url)


def rounds(own: Engine, *sizes_and_rows: tuple[int, str]) -> None:
    first = TODAY - timedelta(days=100 * (len(sizes_and_rows) - 1))
    for place, (size, row) in enumerate(sizes_and_rows):
        individual(own, 1, first + timedelta(days=100 * place), [row] * size)


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (5, "Te weinig antwoorden om verschil van toeval te onderscheiden"),
        (6, "1 factor stijgt meer dan toeval verklaart."),
    ],
)
def test_the_screen_says_from_six_answers_what_is_more_than_chance(
    visit: Visit, own_url: str, own: Engine, size: int, said: str
) -> None:
    rounds(own, (size, "d" + "b" * 9), (size, "a" + "b" * 9))
    app = visit("borgingsscan", own_url, id="1")
    assert not app.exception
    assert said in words(app)


def test_another_earlier_round_can_be_chosen_and_goes_to_the_address(
    visit: Visit, own_url: str, own: Engine
) -> None:
    rounds(own, (6, "d" + "b" * 9), (6, "a" + "b" * 9), (6, "a" + "b" * 9))
    app = visit("borgingsscan", own_url, id="1")
    assert "Geen factor stijgt of daalt" in words(app)
    app.selectbox(key="eerdere_ronde").set_value("1").run()
    assert not app.exception
    assert app.query_params["eerdere_ronde"] in ("1", ["1"])
    assert "1 factor stijgt meer dan toeval verklaart." in words(app)


def test_a_round_with_too_few_answers_is_not_compared(
    visit: Visit, own_url: str, own: Engine
) -> None:
    rounds(own, (3, "d" * 10), (6, "a" * 10))
    app = visit("borgingsscan", own_url, id="1")
    assert "Nog geen twee rondes om te vergelijken" in words(app)


def test_an_action_stands_beside_its_factor_in_the_round_after_it(
    visit: Visit, own_url: str, own: Engine
) -> None:
    first = TODAY - timedelta(days=100)
    scan_id = individual(own, 1, first, ["d" + "b" * 9] * 6)
    fields = ItemFields("Tijdwinst *bijhouden*", owner_id=1, due=first + timedelta(days=30))
    item = take_action(own, ANNA, scan_id, NHS, "benefits", fields, as_of=first)
    close_items(own, ANNA, {item: 1}, first + timedelta(days=20))
    individual(own, 1, TODAY, ["a" + "b" * 9] * 6)
    app = visit("borgingsscan", own_url, id="1")
    assert not app.exception
    assert "Wat deden we ermee?" in words(app)
    assert (
        "De enige actie is gedaan; daarna staat de factor hoger, meer dan toeval verklaart."
        in words(app)
    )
    row = app.table[-1].value.iloc[0]
    assert row["Actie"] == "Tijdwinst \\*bijhouden\\*"
    assert row["Na de actie"] == "staat hoger, meer dan toeval verklaart"
    narrow = visit("borgingsscan", own_url, id="1", smal="1")
    assert list(narrow.table[-1].value) == ["Actie", "Gedaan", "Na de actie"]


def test_without_actions_the_screen_says_how_one_comes(
    visit: Visit, own_url: str, own: Engine
) -> None:
    rounds(own, (6, "b" * 10))
    assert "Nog geen acties uit een scan." in words(visit("borgingsscan", own_url, id="1"))
