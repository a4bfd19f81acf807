"""Photograph every screen: `python -m tools.screenshots [FOLDER] [SCREEN …]`.

The folder is `beelden`, which git ignores; the few pictures in docs/screenshots are copied from
there.

Starts the app on portfolios of its own: the example, an empty one, and one of 1,000 projects.
Needs Chromium and requirements-dev.txt.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, cast

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import select

from borging.access.actor import COMMAND_LINE
from borging.domain.instruments import load_instrument
from borging.settings import DATA
from borging.store.commands.invitations import share
from borging.store.database import open_database
from borging.store.queries.scans import rounds
from borging.store.tables import Record
from tools.local_server import ROOT, serving, write_demo

SCREENS = {
    "portfolio": "portfolio",
    "projectenkalender": "projectenkalender",
    "capaciteit": "capaciteit",
    "scenarios": "scenarios",
    "fasestatus": "fasestatus",
    "restpunten": "restpunten",
    "lessen": "lessen",
    "doelenboom": "doelenboom",
    "borgingsscan": "borgingsscan?id=1",
    "borgingsscan-kiezen": "borgingsscan",
    "vergelijken": "vergelijken?ids=1,3",
    "scanronde": "scanronde?id=1",
    "bespreken": "bespreken?scan=3",
    "project": "project?id=1",
    "mijn-team": "mijn-team?team=Thuiszorg+Waterwilg+›+Wijkteam+Noord",
    "beheer": "beheer",
}
PROPOSAL = {"voorstel": "scenarios?periode=jaar"}
"""The screen of the scenarios with a proposal that was made."""
DOSSIER = {
    "dossier-verankering": "project?id=1&verankering=true",
    "dossier-stakeholders": "project?id=1&stakeholders=true",
    "dossier-naleving": "project?id=1&naleving=true",
    "dossier-niets-ingevuld": "project?id=33",
}
"""A part of a full dossier opened, and a dossier in which nobody wrote: in the example only."""
ANSWERING = "invullen"
"""Name of the pictures of somebody who answers a round; the address is made for each portfolio."""
PRESSED = {ANSWERING: "Beginnen", "voorstel": "Maak een voorstel"}
"""Screen to the button that is pushed before it is photographed, where it has one."""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
PHONE_AGENT = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Mobile Safari/537.36 Mobi"
)
WINDOWS: dict[int, dict[str, Any]] = {
    1440: {"viewport": {"width": 1440, "height": 900}},
    820: {"viewport": {"width": 820, "height": 1180}},
    390: {
        "viewport": {"width": 390, "height": 844},
        "user_agent": PHONE_AGENT,
        "is_mobile": True,
        "has_touch": True,
    },
}
THEMES: dict[str, Literal["light", "dark"]] = {"licht": "light", "donker": "dark"}
RGB = tuple[int, int, int]
COLOURS = 256
"""Colours of a picture's palette."""
TALLEST = 6000
"""Pixels of a picture; what lies below is cut off."""
QUIET = 1500
"""Milliseconds without a change in the page after which it is drawn."""
WATCH = """() => {
    window.changed = performance.now();
    new MutationObserver(() => { window.changed = performance.now(); })
        .observe(document.body, {subtree: true, childList: true, attributes: true});
}"""
DRAWN = """quiet => {
    const app = document.querySelector('[data-testid="stApp"]');
    return document.querySelector("h1") && app?.dataset.testScriptState === "notRunning"
        && performance.now() - window.changed > quiet;
}"""


@dataclass(frozen=True)
class Album:
    """One portfolio to photograph. ending: what tells its file names from the others."""

    ending: str
    projects: int
    themes: tuple[str, ...]


ALBUMS = (
    Album("", 40, ("licht", "donker")),
    Album("-leeg", 0, ("licht",)),
    Album("-1000", 1000, ("licht",)),
)


def drawn(page: Page) -> None:
    """Wait until the screen stands still, its charts and tables included."""
    page.locator("h1").first.wait_for(timeout=60_000)
    page.evaluate(WATCH)
    page.wait_for_function(DRAWN, arg=QUIET, timeout=60_000)


def whole_height(page: Page) -> int:
    """Height of everything on the screen, which scrolls inside the page."""
    inside = page.get_by_test_id("stMain").evaluate("main => main.scrollHeight")
    return min(TALLEST, int(inside))


def photograph(page: Page, address: str, target: Path, press: str | None = None) -> None:
    """Save the whole screen, not only what a window shows. press: a button to push first."""
    page.goto(address)
    drawn(page)
    button = page.get_by_role("button", name=press)
    if press and button.count():
        button.click()
        page.wait_for_timeout(QUIET)
        drawn(page)
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size(
        {"width": size["width"], "height": max(size["height"], whole_height(page))}
    )
    drawn(page)
    save(page.screenshot(), target)
    page.set_viewport_size(size)


def save(picture: bytes, target: Path) -> None:
    """Write a picture with the colours it has most of: pale fields and small red patches stay."""
    full = Image.open(io.BytesIO(picture)).convert("RGB")
    counted = full.getcolors(full.width * full.height) or []
    found = sorted(counted, key=lambda each: each[0], reverse=True)[:COLOURS]
    palette = Image.new("P", (1, 1))
    palette.putpalette([channel for _, colour in found for channel in cast(RGB, colour)])
    full.quantize(palette=palette, dither=Image.Dither.NONE).save(target, optimize=True)


def link_to_answer(database: Path) -> str | None:
    """Make a shared link to the first open round and return its address; None without a round."""
    engine = open_database(f"sqlite:///{database}")
    scan = Record.metadata.tables["scan"]
    going = select(scan.c.id, scan.c.project_id).where(
        scan.c.opened_on.is_not(None), scan.c.closed_on.is_(None)
    )
    with engine.connect() as connection:
        row = connection.execute(going.order_by(scan.c.id)).first()
    if row is None:
        return None
    instrument = load_instrument(DATA / "instruments" / "nhs-borgingsscan.toml")
    known = rounds(engine, instrument, row.project_id, date.max)
    (seen,) = [each for each in known if each.id == row.id]
    return f"scan?ronde={share(engine, COMMAND_LINE, seen)}"


def make(album: Album, browser: Browser, folder: Path, screens: dict[str, str]) -> None:
    """Photograph the screens of one portfolio in every window and theme asked for."""
    with tempfile.TemporaryDirectory() as room:
        database = Path(room) / "portfolio.db"
        if album.projects:
            write_demo(database, album.projects)
            link = link_to_answer(database) if not album.ending else None
            screens = screens | ({ANSWERING: link} if link else {})
        with serving(database, BORGING_EXAMPLE="false") as address:
            for width, window in WINDOWS.items():
                for theme in album.themes:
                    context = browser.new_context(
                        **window, locale="nl-NL", color_scheme=THEMES[theme]
                    )
                    page = context.new_page()
                    for name, place in screens.items():
                        target = folder / f"{name}{album.ending}-{width}-{theme}.png"
                        photograph(page, f"{address}/{place}", target, PRESSED.get(name))
                        print(f"{target.name}: {target.stat().st_size // 1024} kB")
                    context.close()


def main(words: list[str]) -> None:
    """Make all pictures, or those of the screens that are named."""
    folder = Path(words[0]) if words else ROOT / "beelden"
    every = SCREENS | PROPOSAL | DOSSIER
    screens = {name: every[name] for name in words[1:] or every}
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS
        )
        for album in ALBUMS:
            left_out = DOSSIER if album.ending else {}
            make(album, browser, folder, {n: p for n, p in screens.items() if n not in left_out})
        browser.close()
    size = sum(each.stat().st_size for each in folder.glob("*.png"))
    print(f"Samen {size / 1e6:.1f} MB in {folder}")


if __name__ == "__main__":
    main(sys.argv[1:])
