"""The part of the borgingsscan screen that looks back, and the spread over the portfolio."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from borging import clock
from borging.store import database
from tests.pages.conftest import Visit
from tests.scans import add_project, individual

TODAY = clock.today()


@pytest.fixture
def own_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "own.db"
    shutil.copyfile(sqlite_template, path)
    url = f"sqlite:///{path}"
    add_project(database.engine_for(url))
    return url


@pytest.fixture
def own(own_url: str) -> Engine:
    return database.engine_for(own_url)


def words(app: AppTest) -> str:
    return " ".join(each.value for each in [*app.title, *app.markdown, *app.subheader])


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
