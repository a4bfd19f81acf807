"""Answering a round on a phone, with a real server: by touch, by keyboard, and without a trace."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine, select

from borging import clock
from borging.store import database
from borging.store.commands import invitations
from borging.store.tables import Record
from borging.web.scan_door import COOKIE
from tests.browser.conftest import PHONE, PHONE_AGENT, NewPage, serving_without_network, settled
from tests.scans import ANNA, NHS, add_project, open_round, seen
from tools.local_server import SCAN_PROCESS

pytestmark = pytest.mark.browser

ON_A_PHONE: dict[str, Any] = {
    "viewport": PHONE,
    "user_agent": PHONE_AGENT,
    "is_mobile": True,
    "has_touch": True,
}
SMALL_PHONE = {"width": 375, "height": 560}
TITLE = "Medicatiecontrole met tweede lezer op afstand"


@dataclass(frozen=True)
class Place:
    """A running scan process with one open round. log: what the server writes."""

    address: str
    engine: Engine
    tokens: list[str]
    shared: str
    log: Path

    def invitation(self, number: int = 0) -> str:
        return f"{self.address}/scan?uitnodiging={self.tokens[number]}"

    def ballots(self) -> list[str]:
        box = Record.metadata.tables["scan_ballot"]
        with self.engine.connect() as connection:
            return [str(each) for each in connection.execute(select(box.c.content)).scalars()]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    file = tmp_path / "portfolio.db"
    engine = database.open_database(f"sqlite:///{file}")
    scan_id = open_round(engine, add_project(engine, title=TITLE), clock.today())
    tokens = [each.token for each in invitations.invite(engine, ANNA, scan_id, ["A", "B"])]
    shared = invitations.share(engine, ANNA, seen(engine, scan_id))
    level = {"STREAMLIT_LOGGER_LEVEL": "debug"}
    with serving_without_network(file, **SCAN_PROCESS, **level) as address:
        yield Place(address, engine, tokens, shared, file.with_suffix(".log"))
    engine.dispose()
    database.engine_for.cache_clear()


def button(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).tap()


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=2)).to_have_text(words)


def choose(page: Page, number: int) -> None:
    """Touch the words of an answer, not its circle."""
    page.locator("label", has=page.get_by_role("radio")).nth(number).tap()


def scrolled(page: Page) -> int:
    return int(page.get_by_test_id("stMain").evaluate("main => main.scrollTop"))


def test_ten_answers_by_touch_with_a_reload_half_way(place: Place, new_page: NewPage) -> None:
    page = new_page(**ON_A_PHONE)
    page.goto(place.invitation())
    button(page, "Beginnen")
    for number, factor in enumerate(NHS.factors):
        heading(page, factor.name)
        settled(page)
        last = page.get_by_text("telt pas na ‘Antwoord geven’").bounding_box()
        assert last is not None
        assert last["y"] + last["height"] <= PHONE["height"]
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        if number == 4:
            page.reload()
            heading(page, factor.name)
            settled(page)
        choose(page, number % 5)
        button(page, "Verder")
    heading(page, "Uw antwoorden")
    button(page, "Antwoord geven")
    expect(page.get_by_text("Uw antwoord is ontvangen.")).to_be_visible()
    assert page.title() == "Borgingsscan"
    (ballot,) = place.ballots()
    assert ballot.count('"a"') == 2
    page.reload()
    expect(page.get_by_text("Uw antwoord is ontvangen.")).to_be_visible()


def test_the_next_factor_begins_at_the_top_for_eyes_and_keyboard(
    place: Place, new_page: NewPage
) -> None:
    page = new_page(**{**ON_A_PHONE, "viewport": SMALL_PHONE})
    page.goto(place.invitation())
    button(page, "Beginnen")
    for here, following in zip(NHS.factors[:4], NHS.factors[1:5], strict=True):
        heading(page, here.name)
        settled(page)
        choose(page, 4)
        page.get_by_role("button", name="Verder").scroll_into_view_if_needed()
        page.get_by_test_id("stMain").evaluate("main => { main.scrollTop = 9999; }")
        assert scrolled(page) > 100
        button(page, "Verder")
        heading(page, following.name)
        settled(page)
        assert scrolled(page) == 0
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.type") == "radio"


def test_the_keyboard_alone_is_enough(place: Place, new_page: NewPage) -> None:
    page = new_page()
    page.goto(place.invitation())
    settled(page)

    def tab_to(name: str, what: str = "innerText") -> None:
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.evaluate(f"document.activeElement.{what}") == name:
                return
        pytest.fail(f"Tab does not reach {name}")

    tab_to("Beginnen")
    page.keyboard.press("Enter")
    for factor in NHS.factors:
        heading(page, factor.name)
        settled(page)
        tab_to("radio", "type")
        page.keyboard.press("Space")
        tab_to("Verder")
        page.keyboard.press("Enter")
    heading(page, "Uw antwoorden")
    settled(page)
    tab_to("Antwoord geven")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Uw antwoord is ontvangen.")).to_be_visible()
    assert len(place.ballots()) == 1


def answer_all(page: Page, number: int) -> None:
    button(page, "Beginnen")
    for factor in NHS.factors:
        heading(page, factor.name)
        choose(page, number)
        button(page, "Verder")
    button(page, "Antwoord geven")
    expect(page.get_by_text("Uw antwoord is ontvangen.")).to_be_visible()


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_second_device_cannot_replace_an_answer_and_may_object(
    place: Place, new_page: NewPage
) -> None:
    first, second = new_page(**ON_A_PHONE), new_page(**ON_A_PHONE)
    first.goto(place.invitation())
    answer_all(first, 0)
    second.goto(place.invitation())
    heading(second, "Met deze link is al geantwoord")
    fits(second)
    (ballot,) = place.ballots()
    assert ballot.count(f'"{NHS.letters[0]}"') == len(NHS.factors)
    button(second, "Dat was ik niet …")
    button(second, "Nee, dat was ik niet")
    heading(second, "Deze link wacht op een nieuwe")
    fits(second)
    assert place.ballots() == []
    first.reload()
    heading(first, "Deze link wacht op een nieuwe")
    expect(first.get_by_text("Vanaf dit toestel is met deze link geantwoord")).to_be_visible()


def test_two_people_answer_on_one_device_and_it_forgets(place: Place, new_page: NewPage) -> None:
    page = new_page(**ON_A_PHONE)
    for number in (0, 1):
        page.goto(place.invitation(number))
        answer_all(page, number)
        button(page, "Vergeet mijn antwoord op dit toestel")
        expect(page.get_by_text("Dit toestel is het vergeten.")).to_be_visible()
    assert len(place.ballots()) == 2
    page.goto(place.invitation())
    heading(page, "Met deze link is al geantwoord")


def test_an_invitation_leaves_no_trace(place: Place, new_page: NewPage) -> None:
    page = new_page(**ON_A_PHONE)
    referrers: list[str] = []
    addresses: list[str] = []

    def seen(request: Any) -> None:
        referrers.append(request.headers.get("referer", ""))
        if not request.is_navigation_request():
            addresses.append(request.url)

    page.on("request", seen)
    page.on("websocket", lambda socket: addresses.append(socket.url))
    titles: set[str] = set()
    page.goto(place.invitation())
    button(page, "Beginnen")
    for factor in NHS.factors:
        heading(page, factor.name)
        titles.add(page.title())
        choose(page, 1)
        button(page, "Verder")
    button(page, "Antwoord geven")
    expect(page.get_by_text("Uw antwoord is ontvangen.")).to_be_visible()
    page.goto(f"{place.address}/scan?ronde={place.shared}")
    expect(page.get_by_role("button", name="Beginnen")).to_be_visible()
    titles.add(page.title())
    assert titles == {"Borgingsscan"}
    said = place.log.read_text(encoding="utf-8")
    assert len(said) > 200
    assert len(referrers) > 10
    for token in (place.tokens[0], place.shared):
        assert token not in said
        assert not [each for each in (*referrers, *addresses) if token in each]


def test_the_cookie_is_out_of_reach_of_scripts(place: Place, new_page: NewPage) -> None:
    page = new_page(**ON_A_PHONE)
    page.goto(place.invitation())
    settled(page)
    (found,) = [each for each in page.context.cookies() if each["name"] == COOKIE]
    assert (found["httpOnly"], found["sameSite"], found["path"]) == (True, "Lax", "/")
    assert COOKIE not in page.evaluate("document.cookie")


def status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_the_scan_process_gives_away_nothing_else(place: Place, new_page: NewPage) -> None:
    for path in ("portfolio", "beheer", "project?id=1", "_stcore/metrics", "_stcore/agent/mcp"):
        assert status(f"{place.address}/{path}") == 404
    page = new_page(**ON_A_PHONE)
    page.goto(place.address)
    settled(page)
    expect(page.get_by_text("Gebruik de link uit uw uitnodiging.")).to_be_visible()
    assert "Medicatie" not in page.locator("body").inner_text()
    statuses = [status(f"{place.address}/scan") for _ in range(120)]
    assert statuses[:60] == [200] * 60
    assert statuses[-1] == 429


def test_the_app_itself_draws_the_page_without_its_frame(
    own_address: str, new_page: NewPage
) -> None:
    page = new_page()
    page.goto(f"{own_address}/scan?uitnodiging=onzin")
    settled(page)
    expect(page.get_by_text("Deze link geeft (nu) geen toegang")).to_be_visible()
    assert page.get_by_test_id("stTopNavSection").count() == 0
    assert page.get_by_role("link").count() <= 1
    assert page.get_by_role("button").count() == 0
    assert status(f"{own_address}/_stcore/metrics") == 404
