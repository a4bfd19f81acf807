"""Visitors share what is computed, and never each other's choices or an earlier state."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import TypeVar

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from borging import clock
from borging.access.actor import COMMAND_LINE
from borging.domain.project_fields import CourseFields
from borging.domain.terms import Course
from borging.store import database
from borging.store.commands import example, projects, residuals
from borging.store.queries import portfolio, structure
from borging.ui import reuse as shared
from borging.ui.once import OnceCache
from tests.pages.conftest import Visit

V = TypeVar("V")
SCREENS = (
    "portfolio",
    "projectenkalender",
    "fasestatus",
    "restpunten",
    "borgingsscan",
    "capaciteit",
    "vergelijken",
    "scenarios",
    "project",
)


def query(screen: str) -> dict[str, str]:
    """Return the parameters with which a screen shows all it has."""
    return {"ids": "1,3"} if screen == "vergelijken" else {"id": "1"}


def drawn(app: AppTest) -> list[str]:
    """Everything on a screen that is text, a number or a table, and the data of its charts."""
    assert not app.exception
    tables = [each.value.to_csv() for each in app.dataframe]
    charts = [each.proto.spec for each in app.get("plotly_chart")]
    return [app.title[0].value, *(each.value for each in app.markdown), *tables, *charts]


class CountingCache(OnceCache):
    """A cache that counts.

    requests: answers that were asked for. computed: those that had to be made.
    """

    requests = computed = 0

    def get(self, key: Hashable, compute: Callable[[], V], stamp: Hashable = None) -> V:
        def counted() -> V:
            self.computed += 1
            return compute()

        self.requests += 1
        return super().get(key, counted, stamp)


def forget(monkeypatch: pytest.MonkeyPatch) -> CountingCache:
    """Start with an empty cache, so that everything is made anew; return it."""
    cache = CountingCache(shared.KEPT)
    monkeypatch.setattr(shared, "_answers", cache)
    return cache


@pytest.mark.parametrize("screen", SCREENS)
def test_a_second_visitor_sees_the_same_and_costs_nothing(
    visit: Visit, example_url: str, screen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting = forget(monkeypatch)
    first = drawn(visit(screen, example_url, **query(screen)))
    computed, requests = counting.computed, counting.requests
    assert computed
    assert drawn(visit(screen, example_url, **query(screen))) == first
    assert counting.computed == computed
    assert counting.requests > requests


@pytest.mark.parametrize("screen", SCREENS)
def test_what_is_shared_is_never_changed(
    visit: Visit, example_url: str, screen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Draw a screen with everything made anew, and again after all other screens were drawn."""
    forget(monkeypatch)
    first = drawn(visit(screen, example_url, **query(screen)))
    for other in SCREENS:
        visit(other, example_url, **query(other))
    assert drawn(visit(screen, example_url, **query(screen))) == first
    forget(monkeypatch)
    assert drawn(visit(screen, example_url, **query(screen))) == first


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
    app = visit(screen, url, **query(screen))
    full = drawn(app)
    engine = database.engine_for(url)
    example.remove_example(engine, COMMAND_LINE)
    empty = drawn(app.run())
    assert empty != full
    assert drawn(visit(screen, url, **query(screen)))[0] == empty[0]
    example.write_example(engine, COMMAND_LINE, clock.today(), projects=12, seed=2)
    assert drawn(app.run()) not in (full, empty)


@pytest.mark.parametrize("theme", [False, True], ids=["everything", "one theme"])
@pytest.mark.parametrize("screen", [*SCREENS, "capaciteit", "lessen", "doelenboom"])
def test_after_a_small_write_a_screen_shows_what_an_empty_cache_would_show(
    visit: Visit,
    example_url: str,
    tmp_path: Path,
    screen: str,
    theme: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url = f"sqlite:///{tmp_path / 'own.db'}"
    shutil.copyfile(example_url.removeprefix("sqlite:///"), tmp_path / "own.db")
    engine, today = database.engine_for(url), clock.today()
    rows = portfolio.projects(engine, today).set_index("id")
    query = {"id": "1", **({"thema": rows.loc[1, "theme"]} if theme else {})}
    app = visit(screen, url, **query)
    before = drawn(app)
    person = int(structure.people(engine)["id"].iloc[0])
    signed = CourseFields(Course.GREEN.value, "Alles loopt.", person)
    for project in (1, int(rows.index[rows["theme"] != rows.loc[1, "theme"]][0])):
        newest = portfolio.newest_report(engine, project)
        projects.set_course(engine, COMMAND_LINE, project, signed, today, newest)
        item = residuals.ItemFields(title="Instructie ontbreekt")
        residuals.add_item(engine, COMMAND_LINE, project, item, today)
    after = drawn(app.run())
    forget(monkeypatch)
    assert drawn(visit(screen, url, **query)) == after
    assert after != before or screen not in ("portfolio", "restpunten", "project")
