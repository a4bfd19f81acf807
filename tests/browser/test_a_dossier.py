"""A newcomer follows a project from its plan to geborgd and to its relapse, in its dossier."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import Engine

from borging import clock
from borging.access.actor import Actor
from borging.store.commands.dossier import save_items
from borging.store.commands.hard_questions import save_answers
from borging.store.commands.rows import Row
from borging.store.database import engine_for
from borging.store.queries.dossier import items_of
from tests.browser.conftest import NewPage, settled
from tests.dossiers import IDS, LISTS, QUESTIONS
from tools.local_server import serving

pytestmark = pytest.mark.browser
NAME = "Carla Bos"
BAS = Actor("Bas Visser")


@pytest.fixture
def empty_address(tmp_path: Path) -> Iterator[str]:
    """Address of an app without anything in it, in portfolio.db of the same folder."""
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


def fill_day(page: Page, label: str, ago: int) -> None:
    """Type a day of so many days ago, as the browser writes it."""
    day = clock.today() - timedelta(ago)
    field = page.get_by_test_id("stDateInput").filter(has_text=label)
    for part, digits in zip(("day", "month", "year"), f"{day:%d-%m-%Y}".split("-"), strict=True):
        field.get_by_role("spinbutton", name=re.compile(part)).press_sequentially(digits)
    page.keyboard.press("Escape")


def answer_all_but(engine: Engine, open_question: str) -> None:
    rows = [
        Row(
            "rij",
            {"question": each, "result": 1, "moment": "closing", "answer": "ja"}
            | ({"answer": "nee"} if each == open_question else {}),
        )
        for each in IDS
    ]
    save_answers(engine, BAS, 1, LISTS["hard_question"], rows, {QUESTIONS.key: IDS})


def hold_first_evaluation(engine: Engine) -> None:
    items = items_of(engine, 1).query("list_key == 'evaluation'")
    first = items.iloc[0]
    held = {"held_on": clock.today(), "outcome": "reached", "lessons": "Begin eerder."}
    row = Row("rij", held, int(first["id"]), int(first["version"]), before={})
    save_items(engine, BAS, 1, LISTS["evaluation"], [row], {})


def test_from_the_plan_to_geborgd_and_back(
    empty_address: str, tmp_path: Path, new_page: NewPage
) -> None:
    engine = engine_for(f"sqlite:///{tmp_path / 'portfolio.db'}")
    page = new_page()
    page.goto(f"{empty_address}/project")
    settled(page)
    page.get_by_label("Hoe heet het project?").fill("Beeldbellen")
    fill_day(page, "Eerste dag", 300)
    fill_day(page, "Dag van overdracht", 10)
    fill_day(page, "Echt begonnen op", 300)
    name(page.get_by_test_id("stForm"), "Eigenaar in de lijn")
    press(page, "Project toevoegen")
    page.wait_for_url(re.compile("id=1"))
    settled(page)
    expect(page.get_by_text("Borging in het plan", exact=True)).to_be_visible()
    expect(page.get_by_text("Voorbereiding", exact=True)).to_be_visible()

    facts = unfold(page, "Gegevens wijzigen")
    box = facts.get_by_role("combobox", name="Paragraaf over borging in het plan")
    box.fill("ja")
    box.press("Enter")
    settled(page)
    facts.get_by_label("Financiering", exact=True).fill("subsidie")
    for visible in (False, True):
        facts.locator("summary").click()
        expect(facts.get_by_label("Financiering", exact=True)).to_be_visible(visible=visible)
    settled(page)
    expect(facts.get_by_label("Financiering", exact=True)).to_have_value("subsidie")
    press(facts, "Opslaan")
    expect(page.get_by_text("Gegevens opgeslagen.")).to_be_visible()

    answer_all_but(engine, "contracts")
    page.reload()
    settled(page)
    page.get_by_role("button", name="Overdracht vastleggen").click()
    expect(page.get_by_text(f"Aan {NAME}.")).to_be_visible()
    expect(page.get_by_text("1 open vraag wordt een restpunt.")).to_be_visible()
    page.get_by_role("button", name="Overdracht vastleggen").last.click()
    expect(page.get_by_text("vastgelegd: 1 restpunt en 3 evaluaties.")).to_be_visible()

    hold_first_evaluation(engine)
    page.reload()
    settled(page)
    expect(page.locator("summary").filter(has_text="3 evaluaties, 1 gehouden")).to_be_visible()
    sustained = unfold(page, "in borging · Wat nu?")
    settled(page)
    press(sustained, "Vastleggen")
    expect(page.get_by_text("Geborgd vastgelegd.")).to_be_visible()

    page.get_by_text("teruggevallen", exact=True).click()
    page.get_by_label("Waardoor viel het terug?").fill("Het team is gewisseld.")
    press(page, "Vastleggen")
    expect(page.get_by_text("Teruggevallen vastgelegd.")).to_be_visible()
    expect(page.get_by_text("Het resultaat is teruggevallen.")).to_be_visible()
