"""A filter that was chosen goes along, and the way back leads to it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage, settled, title
from tests.browser.test_screens import GROUPS, menu

pytestmark = pytest.mark.browser

IN_ADDRESS = re.compile(r"\?.*thema=Digitale")


def chip(page: Page) -> Locator:
    return page.get_by_role("button", name="Thema: Digitale zorg ✕")


def test_a_chosen_filter_goes_along_to_every_screen(address: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{address}/portfolio")
    settled(page)
    page.get_by_role("button", name="Filters").click()
    page.get_by_role("combobox", name="Thema").click()
    page.get_by_role("option", name="Digitale zorg").click()
    page.wait_for_url(IN_ADDRESS)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(chip(page)).to_be_visible()
    for screen, group in GROUPS.items():
        menu(page, group, screen)
        expect(chip(page)).to_be_visible()
        expect(page).to_have_url(IN_ADDRESS)


def back_to_the_portfolio(page: Page) -> None:
    """Go back; a screen and its filter are two steps in the history (decision 0005)."""
    settled(page)
    page.go_back()
    settled(page)
    if "/portfolio" not in page.url:
        page.go_back()
    page.wait_for_url(re.compile(r"/portfolio\?.*thema=Digitale"))


def test_back_from_a_project_returns_to_the_filtered_portfolio(
    address: str, new_page: NewPage
) -> None:
    page = new_page()
    page.goto(f"{address}/portfolio?thema=Digitale+zorg")
    portfolio = title(page)
    page.locator('a[href*="project?"]').first.click()
    expect(page.get_by_text("Hoe staat dit project ervoor?")).to_be_visible()
    back_to_the_portfolio(page)
    expect(page.locator("h1")).to_have_text(portfolio)
    expect(chip(page)).to_be_visible()


def test_back_from_the_menu_returns_to_the_filtered_portfolio(
    address: str, new_page: NewPage
) -> None:
    page = new_page()
    page.goto(f"{address}/portfolio?thema=Digitale+zorg")
    portfolio = title(page)
    menu(page, "Overzicht", "Fasestatus")
    back_to_the_portfolio(page)
    expect(page.locator("h1")).to_have_text(portfolio)
    expect(chip(page)).to_be_visible()
