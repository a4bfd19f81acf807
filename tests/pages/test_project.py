"""The project screen with little in the portfolio, and with addresses that name no project."""

from __future__ import annotations

import pytest
from sqlalchemy import insert

from borging.domain.signal_rules import RULES
from borging.store import database
from borging.store.tables import Project
from borging.ui.dossier.project_head import PLACES
from tests.pages.conftest import Visit


@pytest.fixture
def bare_url(sqlite_url: str) -> str:
    """Address of a portfolio of one project of which nothing else is known."""
    engine = database.engine_for(sqlite_url)
    with engine.begin() as connection:
        connection.execute(
            insert(Project).values(id=3, code="P3", title="Beeldbellen", state="idea")
        )
    engine.dispose()
    return sqlite_url


def test_a_signal_leads_to_where_it_is_solved(visit: Visit, example_url: str) -> None:
    app = visit("project", example_url, id="1")
    anchors = {each.proto.anchor for each in [*app.header, *app.subheader]}
    assert set(PLACES.values()) <= anchors
    assert set(PLACES) == {rule.__name__ for rule in RULES} - {"not_scanned"}
    assert any("(#exploitatie)" in each.value for each in app.markdown)


def test_a_project_of_which_nothing_is_known_opens(visit: Visit, bare_url: str) -> None:
    app = visit("project", bare_url, id="3")
    assert not app.exception
    assert app.title[0].value == "Beeldbellen\\: fasen niet bekend; nog geen restpunten vastgelegd"
    assert "Geen open restpunten." in [each.value for each in app.markdown]


@pytest.mark.parametrize("asked", ["٣", "9" * 5000, "3.0", " 3", "+3"])
@pytest.mark.parametrize("screen", ["project", "borgingsscan", "scan_invullen"])
def test_only_plain_digits_name_a_project(
    screen: str, asked: str, visit: Visit, bare_url: str
) -> None:
    app = visit(screen, bare_url, id=asked)
    assert not app.exception
    assert app.title[0].value == "Dit project is er niet"


def test_a_restpunt_that_came_out_of_a_scan_says_so(visit: Visit, example_url: str) -> None:
    rows = visit("project", example_url, id="1").dataframe[0].value
    assert rows["scan_short"].dropna().tolist() == ["Infrastructuur"]
    narrow = visit("project", example_url, id="1", smal="1")
    assert not narrow.dataframe
    lines = [each.value for each in narrow.markdown if "uit scan" in each.value]
    assert len(lines) == 1
    assert "Infrastructuur" in lines[0]


def test_what_does_not_fit_below_a_figure_is_told_with_it(visit: Visit, example_url: str) -> None:
    for narrow in ("0", "1"):
        app = visit("project", example_url, id="1", smal=narrow)
        assert [each.label for each in app.metric if each.proto.help] == ["Harde kant"]
        assert app.metric[0].proto.help == (
            "9 deels, 2 nee en 1 open · bij de start en bij het afsluiten"
        )


def test_of_an_idea_without_anything_it_does_not_say_that_all_is_well(
    visit: Visit, example_url: str
) -> None:
    app = visit("project", example_url, id="33")
    said = " ".join(each.value for each in app.markdown)
    assert "Nog te weinig vastgelegd om te zeggen wat aandacht vraagt" in said
    assert "Geen enkele regel" not in said
