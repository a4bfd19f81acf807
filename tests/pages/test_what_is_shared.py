"""Visitors share what is computed, and never each other's choices or an earlier state."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Hashable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from borging import clock
from borging.access.actor import COMMAND_LINE
from borging.store import database
from borging.store.commands import example
from borging.ui import reuse as shared
from tests.pages.conftest import Visit

SCREENS = (
    "portfolio",
    "projectenkalender",
    "fasestatus",
    "restpunten",
    "borgingsscan",
    "vergelijken",
    "scenarios",
    "project",
)


def drawn(app: AppTest) -> list[str]:
    """Everything on a screen that is text, a number or a table, and the data of its charts."""
    assert not app.exception
    tables = [each.value.to_csv() for each in app.dataframe]
    charts = [each.proto.spec for each in app.get("plotly_chart")]
    return [app.title[0].value, *(each.value for each in app.markdown), *tables, *charts]


def forget() -> None:
    """Release everything that was computed."""
    shared._answers.age()
    shared._answers.age()
    assert not len(shared._answers)


def counted(monkeypatch: pytest.MonkeyPatch) -> tuple[list[object], list[object]]:
    """Return the keys that are asked for from now on, and those that are computed."""
    wanted: list[object] = []
    computed: list[object] = []
    get = shared._answers.get

    def counting(key: Hashable, compute: Callable[[], object], stamp: Hashable = None) -> object:
        def computing() -> object:
            computed.append(key)
            return compute()

        wanted.append(key)
        return get(key, computing, stamp)

    monkeypatch.setattr(shared._answers, "get", counting)
    return wanted, computed


@pytest.mark.parametrize("screen", SCREENS)
def test_a_second_visitor_sees_the_same_and_costs_nothing(
    visit: Visit, example_url: str, screen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = drawn(visit(screen, example_url, id="1"))
    wanted, computed = counted(monkeypatch)
    assert drawn(visit(screen, example_url, id="1")) == first
    assert wanted
    assert not computed


@pytest.mark.parametrize("screen", SCREENS)
def test_what_is_shared_is_never_changed(visit: Visit, example_url: str, screen: str) -> None:
    """Draw a screen with everything made anew, and again after all other screens were drawn."""
    forget()
    first = drawn(visit(screen, example_url, id="1"))
    for other in SCREENS:
        visit(other, example_url, id="1")
    assert drawn(visit(screen, example_url, id="1")) == first
    forget()
    assert drawn(visit(screen, example_url, id="1")) == first


def test_visitors_never_see_the_choices_of_another(visit: Visit, example_url: str) -> None:
    def table(**query: str) -> pd.DataFrame:
        found: pd.DataFrame = visit("portfolio", example_url, **query).dataframe[0].value
        return found

    everything = table()
    lead = everything["project_lead"].dropna().iloc[0]
    chosen = table(leider=lead)
    assert 0 < len(chosen) < len(everything)
    assert set(chosen["project_lead"]) == {lead}
    assert table().equals(everything)
    wide = drawn(visit("portfolio", example_url, smal="0"))
    assert drawn(visit("portfolio", example_url, smal="1")) != wide
    assert drawn(visit("portfolio", example_url, smal="0")) == wide


@pytest.mark.parametrize("screen", SCREENS)
def test_a_write_shows_at_once(
    visit: Visit, example_url: str, sqlite_template: Path, tmp_path: Path, screen: str
) -> None:
    url = f"sqlite:///{tmp_path / 'own.db'}"
    shutil.copyfile(example_url.removeprefix("sqlite:///"), tmp_path / "own.db")
    app = visit(screen, url, id="1")
    full = drawn(app)
    engine = database.engine_for(url)
    example.remove_example(engine, COMMAND_LINE)
    empty = drawn(app.run())
    assert empty != full
    assert drawn(visit(screen, url, id="1"))[0] == empty[0]
    example.write_example(engine, COMMAND_LINE, clock.today(), projects=12, seed=2)
    assert drawn(app.run()) not in (full, empty)
