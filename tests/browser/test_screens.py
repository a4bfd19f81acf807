"""What only a real browser shows: cold links, filters that stay, themes, phones, and no leaks."""

from __future__ import annotations

import re
import urllib.request
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, WebSocket, expect

from tests.browser.conftest import PHONE, PHONE_AGENT, NewPage, settled, title
from tools.local_server import serving

pytestmark = pytest.mark.browser
expect.set_options(timeout=30_000)

SCREENS = {
    "portfolio": "besluit",
    "fasestatus": "fase",
    "restpunten": "restpunten",
    "projectenkalender": "overdracht",
    "borgingsscan?id=1": "punten",
    "borgingsscan": "project",
    "capaciteit": "functies",
    "scenarios": "plan van nu",
    "doelenboom": "project",
    "lessen": "les",
    "beheer": "40 projecten",
    "project?id=1": "Medicatiecontrole",
    "project?id=999999": "niet",
    "portfolioo": "er niet",
}


GROUPS = {
    "Fasestatus": "Overzicht",
    "Restpunten": "Overzicht",
    "Projectenkalender": "Planning",
    "Borgingsscan": "Scan",
}


def menu(page: Page, group: str, screen: str) -> None:
    """Go to a screen through the menu at the top."""
    page.get_by_test_id("stTopNavSection").filter(has_text=group).click()
    page.get_by_role("menuitem", name=screen, exact=True).click()
    page.wait_for_url(re.compile(rf"/{screen.lower()}(\?|$)"))
    settled(page)


@pytest.mark.parametrize("link", SCREENS)
def test_a_cold_link_opens_its_screen(address: str, kept_page: NewPage, link: str) -> None:
    page = kept_page()
    page.goto(f"{address}/{link}")
    assert SCREENS[link] in title(page)
    expect(page.get_by_text("Page not found")).to_have_count(0)
    assert page.locator("html").get_attribute("lang") == "nl"
    assert page.locator("h1").count() == 1


def test_the_front_door_leads_to_the_portfolio(address: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(address)
    page.wait_for_url("**/portfolio")
    assert "besluit" in title(page)


def test_a_filter_in_the_address_stays_through_the_menu_and_a_reload(
    address: str, new_page: NewPage
) -> None:
    page = new_page()
    page.goto(f"{address}/portfolio?thema=Wetgeving")
    chip = page.get_by_role("button", name="Thema: Wetgeving ✕")
    expect(chip).to_be_visible()
    menu(page, "Overzicht", "Restpunten")
    page.wait_for_url(re.compile(r"/restpunten\?.*thema=Wetgeving"))
    expect(page.locator("h1")).to_contain_text("restpunt")
    expect(chip).to_be_visible()
    settled(page)
    page.reload()
    expect(page.locator("h1")).to_contain_text("restpunt")
    expect(chip).to_be_visible()
    menu(page, "Overzicht", "Portfolio")
    expect(page.locator("h1")).to_contain_text("besluit")
    expect(chip).to_be_visible()


def test_back_opens_the_screen_before(address: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{address}/portfolio")
    settled(page)
    menu(page, "Overzicht", "Fasestatus")
    expect(page.locator("h1")).to_contain_text("fase")
    page.go_back()
    expect(page.locator("h1")).to_contain_text("besluit")
    page.go_forward()
    expect(page.locator("h1")).to_contain_text("fase")


def test_chips_take_a_choice_back(address: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{address}/portfolio?thema=Wetgeving&stand=lopend")
    page.get_by_role("button", name="Thema: Wetgeving ✕").click()
    expect(page.get_by_role("button", name="Thema: Wetgeving ✕")).to_have_count(0)
    expect(page.get_by_role("button", name="Stand: lopend ✕")).to_be_visible()
    page.get_by_role("button", name="Wis alles").click()
    expect(page.get_by_role("button", name="Stand: lopend ✕")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("stand="))


def test_an_unknown_value_in_the_address_is_no_error(address: str, kept_page: NewPage) -> None:
    page = kept_page()
    page.goto(f"{address}/portfolio?thema=bestaat-niet&peildatum=onzin&van=2026-13-45")
    assert "besluit" in title(page)


LIGHT, DARK = "rgb(18, 26, 36)", "rgb(234, 240, 245)"


def test_charts_follow_a_switch_of_the_operating_system(address: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{address}/portfolio")
    settled(page)
    words = page.locator(".js-plotly-plot .ytick text").first
    expect(words).to_have_css("fill", LIGHT)
    for theme, colour in (("dark", DARK), ("light", LIGHT), ("dark", DARK)):
        page.emulate_media(color_scheme=theme)
        expect(words).to_have_css("fill", colour)


def test_charts_follow_the_menu_of_streamlit(tmp_path: Path, new_page: NewPage) -> None:
    """The menu is hidden as we ship it; whoever shows it gets charts that follow it."""
    with serving(tmp_path / "menu.db", STREAMLIT_CLIENT_TOOLBAR_MODE="viewer") as address:
        page = new_page()
        page.goto(f"{address}/portfolio")
        settled(page)
        words = page.locator(".js-plotly-plot .ytick text").first
        for theme, colour in (("Dark", DARK), ("Light", LIGHT), ("Dark", DARK), ("System", LIGHT)):
            page.get_by_test_id("stMainMenuButton").click()
            page.get_by_role("menuitemradio", name=theme).click()
            expect(words).to_have_css("fill", colour)
            page.keyboard.press("Escape")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_idle_screen_is_drawn_once_and_sends_nothing(
    theme: Literal["light", "dark"], address: str, new_page: NewPage
) -> None:
    page = new_page(color_scheme=theme)
    sent: list[object] = []
    received: list[object] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: sent.append(frame))
        socket.on("framereceived", lambda frame: received.append(frame))

    page.on("websocket", listen)
    page.goto(f"{address}/portfolio")
    settled(page)
    colour = DARK if theme == "dark" else LIGHT
    expect(page.locator(".js-plotly-plot .ytick text").first).to_have_css("fill", colour)
    assert len(sent) == 1, "one visit, one run"
    received.clear()
    page.wait_for_timeout(10_000)
    assert len(sent) == 1
    assert received == []


def test_who_i_am_is_kept_on_other_screens(address: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{address}/portfolio")
    settled(page)
    page.get_by_role("button", name="Ik ben onbekend (lokaal)").click()
    page.get_by_role("combobox", name="Ik ben").click()
    option = page.get_by_role("option").nth(1)
    name = option.inner_text()
    option.click()
    expect(page.get_by_role("button", name=f"Ik ben {name}")).to_be_visible()
    page.keyboard.press("Escape")
    menu(page, "Overzicht", "Fasestatus")
    expect(page.locator("h1")).to_contain_text("fase")
    expect(page.get_by_role("button", name=f"Ik ben {name}")).to_be_visible()


def test_the_example_is_removed_after_a_question_and_can_be_put_back(
    own_address: str, new_page: NewPage
) -> None:
    page = new_page()
    page.goto(f"{own_address}/portfolio")
    settled(page)
    ask = page.get_by_role("button", name="Voorbeelddata verwijderen")
    ask.click()
    page.get_by_role("button", name="Laat staan").click()
    ask.click()
    page.get_by_role("button", name="Verwijderen", exact=True).click()
    expect(page.locator("h1")).to_have_text("Nog geen projecten")
    for screen, group in GROUPS.items():
        menu(page, group, screen)
        expect(page.locator("h1")).to_contain_text(re.compile("Nog (geen|niets)"))
    menu(page, "Beheer", "Beheer")
    page.get_by_role("button", name="Voorbeelddata terugzetten").click()
    expect(page.locator("h1")).to_have_text("40 projecten staan in de portfolio")


@pytest.mark.parametrize("link", SCREENS)
def test_a_phone_never_scrolls_sideways(address: str, kept_page: NewPage, link: str) -> None:
    page = kept_page(viewport=PHONE, user_agent=PHONE_AGENT, is_mobile=True, has_touch=True)
    page.goto(f"{address}/{link}")
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.get_by_test_id("stMain").evaluate("e => e.scrollWidth - e.clientWidth") <= 1


def test_the_keyboard_reaches_the_filters(address: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{address}/portfolio")
    settled(page)
    page.get_by_role("button", name="Filters").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="Thema")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("combobox", name="Thema")).to_be_hidden()


def test_every_answer_carries_the_security_headers(address: str) -> None:
    for path in ("/", "/portfolio", "/health", "/_stcore/health", "/app/static/borging.svg"):
        with urllib.request.urlopen(address + path, timeout=10) as answer:
            assert "default-src 'self'" in answer.headers["content-security-policy"]
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["referrer-policy"] == "same-origin"
