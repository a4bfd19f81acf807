"""Addresses in people's words stay words: nobody who fills in a scan can lay a link for others."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from borging import clock
from borging.domain.dossier import LONGEST
from borging.store.commands.example import ensure_portfolio
from tests.browser.conftest import PHONE, NewPage, settled
from tests.dossiers import LISTS
from tests.pages.test_words_of_people import FOLDS, SCREENS, WORDS
from tools.local_server import serving

pytestmark = pytest.mark.browser
ADDRESSES = "https://evil.test/a www.evil.test http://evil.test x@evil.test HTTPS://EVIL.TEST "
MORE_WORDS = {"factor_remark": ("text",), "scan_consensus": ("reason",), "sustain_declaration": ()}
MORE_SCREENS = (
    "projectenkalender",
    "capaciteit",
    "mijn-team",
    "vergelijken",
    "bespreken",
    "beheer",
)


@pytest.fixture(scope="module")
def laced_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of an app in which every word of a person begins with addresses."""
    file = tmp_path_factory.mktemp("laced") / "portfolio.db"
    engine = ensure_portfolio(f"sqlite:///{file}", clock.today(), example=True)
    with engine.begin() as connection:
        for table, columns in (WORDS | MORE_WORDS).items():
            for column in columns:
                connection.execute(
                    text(f"UPDATE {table} SET {column} = :words || {column}"), {"words": ADDRESSES}
                )
        for item, key, content in connection.execute(
            text("SELECT id, list_key, content FROM dossier_item")
        ).all():
            laced = {
                name: f"{ADDRESSES}{value}" if LISTS[key].by_id[name].type in LONGEST else value
                for name, value in json.loads(content).items()
            }
            connection.execute(
                text("UPDATE dossier_item SET content = :content WHERE id = :id"),
                {"content": json.dumps(laced), "id": item},
            )
    engine.dispose()
    with serving(file) as url:
        yield url


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_no_address_in_words_of_people_is_a_link(
    laced_address: str, new_page: NewPage, phone: bool
) -> None:
    page = new_page(viewport=PHONE) if phone else new_page()
    page.set_default_timeout(60_000)
    links = {}
    screens = ("project", "scanronde", "portfolio") if phone else (*SCREENS, *MORE_SCREENS)
    folds = "&".join(f"{name}={value}" for name, value in FOLDS.items())
    for screen in screens:
        more = f"&{folds}" if screen == "project" else ""
        page.goto(f"{laced_address}/{screen}?id=1{more}")
        settled(page)
        found = page.locator("a").evaluate_all("all => all.map(each => each.href)")
        links[screen] = [href for href in found if "evil.test" in href.lower()]
    assert links == {screen: [] for screen in screens}
