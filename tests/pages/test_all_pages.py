"""What holds for every screen, through the real frame: empty, with 40 and with 1,000 projects."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from borging import clock
from borging.access.actor import COMMAND_LINE
from borging.domain import terms
from borging.store import database
from borging.store.commands.example import write_example
from tests.pages.conftest import Visit

SCREENS = (
    "portfolio",
    "fasestatus",
    "restpunten",
    "lessen",
    "doelenboom",
    "projectenkalender",
    "capaciteit",
    "scenarios",
    "borgingsscan",
    "vergelijken",
    "beheer",
    "project",
    "scanronde",
    "mijn_team",
)
WITH_DAY = tuple(screen for screen in SCREENS if screen not in ("beheer", "scanronde"))
"""The screens that follow the peildatum; the others are about what is to be done today."""
PORTFOLIOS = ("empty_url", "example_url", "large_url")
DUTCH_TOO = {"late", "open", "other", "pilot", "plan", "project", "start"}
"""Stored values that are a word in Dutch as well, or a part of one after markup."""

STORED = {
    str(member.value)
    for vocabulary in vars(terms).values()
    if isinstance(vocabulary, type) and issubclass(vocabulary, terms.Term)
    for member in vocabulary
    if member.value.casefold() != member.label.casefold()
} - DUTCH_TOO
NO_WORD = {"None", "nan", "NaN", "NaT", "<NA>", "True", "False"}
COLOUR = re.compile(r":[a-z]+(-background|-badge)?(?=\[)")
LINK = re.compile(r"\]\([^)]*\)")


def words(app: AppTest) -> list[str]:
    """Every sentence of a screen that a visitor reads as text, without the markup."""
    texts = [each.value for each in (*app.title, *app.header, *app.markdown, *app.caption)]
    for metric in app.metric:
        texts += [metric.label, metric.value, metric.delta]
    texts += [button.label for button in app.button]
    texts += [chart.proto.alt for chart in app.get("plotly_chart")]
    return [LINK.sub("]", COLOUR.sub("", text)) for text in texts]


def leftovers(texts: list[str]) -> list[str]:
    """The sentences that hold a stored value or an empty value of Python as a word."""
    names = "|".join(re.escape(name) for name in sorted(NO_WORD | STORED))
    wrong = re.compile(rf"(?<![\w-])(?:{names})(?![\w-])")
    return [text for text in texts if wrong.search(text)]


@pytest.mark.parametrize("portfolio", PORTFOLIOS)
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_opens_with_one_title_and_dutch_words(
    screen: str, portfolio: str, visit: Visit, request: pytest.FixtureRequest
) -> None:
    app = visit(screen, request.getfixturevalue(portfolio), id="1")
    assert [each.value for each in app.exception] == []
    assert len(app.title) == 1
    assert len(app.title[0].value) > 10
    assert leftovers(words(app)) == []


@pytest.mark.usefixtures("real_day")
def test_every_screen_opens_on_the_day_of_the_machine(visit: Visit, sqlite_url: str) -> None:
    """No figure is asserted here: this notices a screen that breaks on a certain day."""
    engine = database.engine_for(sqlite_url)
    write_example(engine, COMMAND_LINE, clock.today(), projects=12, seed=1)
    for screen in SCREENS:
        app = visit(screen, sqlite_url, id="1")
        assert [each.value for each in app.exception] == [], screen
        assert len(app.title) == 1, screen


@pytest.mark.parametrize("text", ["Stand: handover", ":red[None dagen]", "nan dagen"])
def test_leftovers_are_seen(text: str) -> None:
    assert leftovers([COLOUR.sub("", text)])


@pytest.mark.parametrize("text", [":red[te late fase]", "3 projecten met een hand-over", "–"])
def test_dutch_words_are_no_leftovers(text: str) -> None:
    assert leftovers([COLOUR.sub("", text)]) == []


@pytest.mark.parametrize("screen", SCREENS)
def test_an_empty_portfolio_says_what_to_do(screen: str, visit: Visit, empty_url: str) -> None:
    app = visit(screen, empty_url)
    title = app.title[0].value
    assert re.match(r"(Nog (geen|niets)|Kies een project)", title), title


@pytest.mark.parametrize("screen", WITH_DAY)
def test_new_years_day_of_2027_lies_in_week_53(screen: str, visit: Visit, example_url: str) -> None:
    app = visit(screen, example_url, peildatum="2027-01-01", id="1")
    assert not app.exception
    shown = " ".join(words(app))
    assert "(wk 53)" in shown
    assert "wk 1)" not in shown
    assert "Peildatum: 01-01-2027 ✕" in [button.label for button in app.button]


@pytest.mark.parametrize("screen", ["project", "borgingsscan", "scanronde"])
@pytest.mark.parametrize("asked", ["999999", "0", "-1", "abc", "1e3", "9" * 40, "²"])
def test_an_unknown_project_is_named_as_unknown(
    screen: str, asked: str, visit: Visit, example_url: str
) -> None:
    app = visit(screen, example_url, id=asked)
    assert not app.exception
    assert app.title[0].value == "Dit project is er niet"
    assert any(asked in text for text in words(app))


@pytest.mark.parametrize("screen", WITH_DAY)
def test_a_filter_that_nothing_passes_offers_a_way_back(
    screen: str, visit: Visit, example_url: str
) -> None:
    app = visit(screen, example_url, stand="onbekend", van="2090-01-01", id="1")
    assert not app.exception
    assert len(app.title) == 1
    assert "Nog geen projecten" not in app.title[0].value
    assert "Wis alles" in [button.label for button in app.button]


@pytest.mark.parametrize("asked", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31", "toen"])
@pytest.mark.parametrize("zoom", ["week", "jaar"])
def test_the_calendar_stays_on_the_day_when_the_address_asks_for_no_real_one(
    asked: str, zoom: str, visit: Visit, example_url: str
) -> None:
    app = visit("projectenkalender", example_url, rond=asked, zoom=zoom)
    assert not app.exception
    plain = visit("projectenkalender", example_url, zoom=zoom)
    assert [each for each in words(app) if each != "Begrepen"] == words(plain)
    assert f"rond={asked}" in app.warning[0].value.replace("\\", "")


@pytest.mark.parametrize("asked", ["1900-01-01", "2199-12-31"])
def test_the_calendar_goes_to_the_first_and_the_last_year_of_a_list(
    asked: str, visit: Visit, example_url: str
) -> None:
    app = visit("projectenkalender", example_url, rond=asked)
    assert not app.exception
    assert any(asked[:4] in text for text in words(app))
