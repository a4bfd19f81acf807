"""The calendar screen: recording a review, and planning a new project."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from borging import clock
from borging.access.actor import COMMAND_LINE
from borging.store import database
from borging.store.commands.example import write_example
from borging.store.queries import calendar
from tests.pages.conftest import Visit


@pytest.fixture
def own_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A portfolio of three projects to write in."""
    path = tmp_path / "own.db"
    shutil.copyfile(sqlite_template, path)
    engine = database.engine_for(f"sqlite:///{path}")
    write_example(engine, COMMAND_LINE, clock.today(), projects=3, seed=1)
    engine.dispose()
    return f"sqlite:///{path}"


def text(app: AppTest) -> str:
    return " ".join(each.value for each in (*app.markdown, *app.warning))


def press(app: AppTest, label: str) -> AppTest:
    return next(each for each in app.button if each.label == label).click().run()


def test_a_review_is_recorded_corrected_withdrawn_and_taken_back(
    visit: Visit, own_url: str
) -> None:
    engine = database.engine_for(own_url)
    app = visit("projectenkalender", own_url)
    assert "nog nooit herzien" in text(app)
    app.text_area(key="herziening_0_besluiten").set_value("Besluit één\n\nBesluit twee")
    app = press(app, "Herziening vastleggen")
    assert "Kies wie de herziening leidde." in text(app)
    assert app.text_area(key="herziening_0_besluiten").value.startswith("Besluit één")
    app.selectbox(key="herziening_0_leider").set_value(1)
    app = press(app, "Herziening vastleggen")
    assert not app.exception
    assert "- Besluit twee" in text(app)
    assert "0 erbij, 0 afgesloten en 0 verschoven" in text(app)
    row = calendar.reviews(engine).iloc[0]
    assert (row["projects"], len(row["entries"])) == (3, 3)
    app.text_input(key="verbetering_1_1_mee").set_value("Karim")
    app = press(app, "Verbetering opslaan")
    assert calendar.reviews(engine)["participants"].tolist() == ["Karim"]
    app = press(app, "Herziening intrekken")
    assert "nog nooit herzien" in text(app)
    app = app.button(key="herziening_terug").click().run()
    assert not app.exception
    assert len(calendar.reviews(engine)) == 1


def test_a_review_of_tomorrow_is_refused(visit: Visit, own_url: str) -> None:
    app = visit("projectenkalender", own_url)
    app.selectbox(key="herziening_0_leider").set_value(1)
    app.date_input(key="herziening_0_dag").set_value(clock.today() + timedelta(days=1))
    app = press(app, "Herziening vastleggen")
    assert "is nog niet geweest" in text(app)
    assert calendar.reviews(database.engine_for(own_url)).empty
