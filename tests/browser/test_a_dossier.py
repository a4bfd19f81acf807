"""A newcomer begins a project and follows it in its dossier until it is geborgd and relapses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage, settled, title
from tools.local_server import serving

pytestmark = pytest.mark.browser
NAME = "Carla Bos"


@pytest.fixture
def empty_address(tmp_path: Path) -> Iterator[str]:
    """Address of an app without anything in it."""
    with serving(tmp_path / "portfolio.db", BORGING_EXAMPLE="false") as url:
        yield url


def unfold(page: Page, words: str) -> Locator:
    """Open a folded part of the screen."""
    summary = page.locator("summary").filter(has_text=words)
    summary.click()
    return page.get_by_test_id("stExpander").filter(has=summary)


def name(part: Locator, label: str) -> None:
    """Type a name that nobody typed before."""
    box = part.get_by_role("combobox", name=label)
    box.fill(NAME)
    box.press("Enter")


def press(part: Page | Locator, label: str) -> None:
    part.get_by_role("button", name=label, exact=True).click()


def test_from_a_title_to_geborgd_and_back(empty_address: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{empty_address}/project")
    settled(page)
    page.get_by_label("Hoe heet het project?").fill("Beeldbellen")
    press(page, "Project toevoegen")
    page.wait_for_url(re.compile("id=1"))
    assert title(page).startswith("Beeldbellen")

    facts = unfold(page, "Gegevens wijzigen")
    name(facts, "Eigenaar in de lijn")
    press(facts, "Opslaan")
    expect(page.get_by_text("Gegevens opgeslagen.")).to_be_visible()
    expect(page.get_by_text("Niemand in de lijn is eigenaar")).to_have_count(0)

    sustained = unfold(page, "Geborgd?")
    press(sustained, "Vastleggen")
    expect(page.get_by_text("Er is geen resultaat dat is overgedragen.")).to_be_visible()
    page.get_by_text("Ik weet dit, en leg het toch vast").click()
    press(sustained, "Vastleggen")
    expect(page.get_by_text("Geborgd vastgelegd.")).to_be_visible()

    sustained.get_by_role("radio", name="teruggevallen").click()
    page.get_by_label("Waardoor viel het terug?").fill("Het team is gewisseld.")
    press(sustained, "Vastleggen")
    expect(page.get_by_text("Teruggevallen vastgelegd.")).to_be_visible()
    expect(page.get_by_text("Het resultaat is teruggevallen.")).to_be_visible()
