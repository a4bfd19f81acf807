"""Somebody else is writing: the visitor is told to try again, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPage, settled
from tests.browser.test_a_dossier import fill_day, press, unfold
from tests.lock_holder import held
from tools.local_server import serving

pytestmark = pytest.mark.browser
BUSY = "Even geduld: er wordt op dit moment door anderen opgeslagen."
LONG = 45_000


@pytest.fixture
def empty_address(tmp_path: Path) -> Iterator[str]:
    with serving(tmp_path / "portfolio.db", BORGING_EXAMPLE="false") as url:
        yield url


def test_a_busy_database_keeps_what_was_typed(
    empty_address: str, tmp_path: Path, new_page: NewPage
) -> None:
    url = f"sqlite:///{tmp_path / 'portfolio.db'}"
    page = new_page()
    page.goto(f"{empty_address}/project")
    settled(page)
    page.get_by_label("Hoe heet het project?").fill("Beeldbellen")
    fill_day(page, "Eerste dag", 300)
    fill_day(page, "Dag van overdracht", 10)
    with held(url):
        press(page, "Project toevoegen")
        expect(page.get_by_test_id("stAlert").filter(has_text=BUSY)).to_be_visible(timeout=LONG)
        settled(page)
        expect(page.get_by_label("Hoe heet het project?")).to_have_value("Beeldbellen")
    press(page, "Project toevoegen")
    page.wait_for_url(re.compile("id=1"))
    settled(page)
    expect(page.get_by_text(BUSY)).to_have_count(0)

    facts = unfold(page, "Gegevens wijzigen")
    facts.get_by_label("Financiering", exact=True).fill("subsidie")
    with held(url):
        press(facts, "Opslaan")
        expect(page.get_by_test_id("stAlert").filter(has_text=BUSY)).to_be_visible(timeout=LONG)
        settled(page)
        expect(facts.get_by_label("Financiering", exact=True)).to_have_value("subsidie")
    press(facts, "Opslaan")
    expect(page.get_by_text("Gegevens opgeslagen.")).to_be_visible(timeout=LONG)
