"""A whole cycle with the scan: open, answer on phones, close, discuss, act, and scan again.

The full app and the scan process run as an organisation runs them, on one portfolio. Between the
rounds the calendar is moved back a quarter, in the database: a round has to rest.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from borging import clock
from borging.store import database
from borging.store.commands import ballots, ways_in
from borging.store.commands.ballots import Filled
from borging.store.commands.ways_in import Link
from tests.browser.conftest import PHONE, PHONE_AGENT, NewPage, settled
from tests.scans import NHS, add_project, answers
from tools.local_server import SCAN_PROCESS, serving

pytestmark = pytest.mark.browser

ON_A_PHONE: dict[str, Any] = {
    "viewport": PHONE,
    "user_agent": PHONE_AGENT,
    "is_mobile": True,
    "has_touch": True,
}
TEAM = ["Anna", "Bas", "Cor", "Dina", "Eef", "Fons"]
PHONES = 3
"""Of the team, who answer in a browser in the first round."""
WEAK = "Infrastructuur"
FIRST = ["dbbcabcaac", "cbbbabbaad", "dbcbabcaad", "cbbcbbbaac", "dabbabcabd", "cbbbabbaad"]
SECOND = [row[:-1] + "a" for row in FIRST]
"""Letters in factor order: the second time the last factor, the weak one, stands higher."""


@dataclass(frozen=True)
class Place:
    """The app, where people answer, and the file both use."""

    app: str
    answering: str
    file: Path


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    file = tmp_path / "portfolio.db"
    engine = database.open_database(f"sqlite:///{file}")
    add_project(engine)
    engine.dispose()
    database.engine_for.cache_clear()
    with (
        serving(file, **SCAN_PROCESS) as answering,
        serving(file, BORGING_EXAMPLE="false", BORGING_SCAN_URL=answering) as app,
    ):
        yield Place(app, answering, file)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def hold(place: Place, page: Page, names: list[str]) -> list[str]:
    """Open a round at the desk and return the links, as they are copied there."""
    page.goto(f"{place.app}/scanronde?id=1")
    settled(page)
    page.get_by_role("textbox", name=re.compile("Wie nodigt u")).fill("\n".join(names))
    press(page, "Openen en links maken")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("is open tot en met"))
    expect(page.get_by_text("gemaakt: geef ze nu door")).to_be_visible()
    links = page.get_by_test_id("stCode").filter(has_text=f"{place.answering}/scan?uitnodiging=")
    expect(links).to_have_count(len(names))
    return [each.inner_text().strip() for each in links.all()]


def answer(new_page: NewPage, link: str, letters: str) -> None:
    """Answer on a phone, factor by factor."""
    page = new_page(**ON_A_PHONE)
    page.goto(link)
    page.get_by_role("button", name="Beginnen").tap()
    for factor, letter in zip(NHS.factors, letters, strict=True):
        expect(page.get_by_role("heading", level=2)).to_have_text(factor.name)
        page.locator("label", has=page.get_by_role("radio")).nth("abcd".index(letter)).tap()
        page.get_by_role("button", name="Verder", exact=True).tap()
    page.get_by_role("button", name="Antwoord geven", exact=True).tap()
    expect(page.get_by_text("Uw antwoord is ontvangen.")).to_be_visible()
    page.context.close()


def answer_at_once(place: Place, link: str, letters: str) -> None:
    """Answer without a screen: the phones had their turn."""
    engine = database.engine_for(f"sqlite:///{place.file}")
    way, today = Link(link.rpartition("=")[2]), clock.today()
    scan_id = ways_in.find_round(engine, way, today).scan_id
    ballots.hand_in(engine, way, scan_id, link, Filled(answers(letters)), NHS, as_of=today)


def close(place: Place, page: Page) -> None:
    page.goto(f"{place.app}/scanronde?id=1")
    settled(page)
    press(page, "Ronde sluiten …")
    press(page, "Ja, sluiten")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("is gesloten: bespreek"))
    settled(page)


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option).first.click()


def a_quarter_later(file: Path) -> None:
    """Move everything that has a day a quarter back."""
    with closing(sqlite3.connect(file, timeout=10)) as connection, connection:
        for table, column in (
            *(("scan", c) for c in ("scanned_on", "opened_on", "closes_on", "closed_on")),
            *(("scan", c) for c in ("published_on", "next_on")),
            *(("residual_item", c) for c in ("created_on", "closed_on", "due")),
            ("scan_consensus", "recorded_on"),
        ):
            connection.execute(f"UPDATE {table} SET {column} = date({column}, '-95 days')")
        connection.execute("UPDATE revision SET number = number + 1")


def test_from_a_first_round_to_the_effect_of_an_action(place: Place, new_page: NewPage) -> None:
    desk = new_page()
    for number, (link, letters) in enumerate(zip(hold(place, desk, TEAM), FIRST, strict=True)):
        if number < PHONES:
            answer(new_page, link, letters)
        else:
            answer_at_once(place, link, letters)
    close(place, desk)

    press(desk, "Bespreken")
    expect(desk.get_by_role("radiogroup", name="Waarover praten wij nu?")).to_be_visible()
    settled(desk)
    desk.get_by_role("radiogroup", name="Waarover praten wij nu?").get_by_text(
        WEAK, exact=True
    ).click()
    expect(desk.get_by_role("heading", name=WEAK)).to_be_visible()
    settled(desk)
    desk.get_by_role("radiogroup", name="Niveau dat wij samen zien").get_by_text(
        re.compile("^c · ")
    ).click()
    desk.get_by_label("Waarom zien wij dit zo?").fill("De spullen zijn er nog niet overal.")
    press(desk, "Afspraak vastleggen")
    expect(desk.get_by_text("De afspraak is vastgelegd")).to_be_visible()
    settled(desk)
    desk.get_by_label("Of in eigen woorden").fill("Een werkplek per afdeling regelen")
    choose(desk, "Wie doet het?", "Anna de Wit")
    press(desk, "Actie vastleggen")
    expect(desk.get_by_text("staat nu ook bij de restpunten")).to_be_visible()

    with closing(sqlite3.connect(place.file, timeout=10)) as connection, connection:
        connection.execute("UPDATE residual_item SET closed_on = ?", (clock.today().isoformat(),))
    a_quarter_later(place.file)
    for link, letters in zip(hold(place, desk, TEAM), SECOND, strict=True):
        answer_at_once(place, link, letters)
    close(place, desk)
    desk.get_by_role("button", name="Vrijgeven voor de portfolio").first.click()
    expect(desk.get_by_text("zij telt mee in de portfolio")).to_be_visible()

    desk.goto(f"{place.app}/borgingsscan?id=1")
    settled(desk)
    done = desk.get_by_text("De enige actie is gedaan; daarna staat de factor hoger")
    expect(done).to_be_visible()
    row = desk.get_by_role("row", name=re.compile("Een werkplek per afdeling regelen"))
    expect(row).to_contain_text("staat hoger, meer dan toeval verklaart")
    expect(row).to_contain_text("n = 6")
