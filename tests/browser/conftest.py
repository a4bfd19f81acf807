"""The real server and a real browser, and what no visit may ever do."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tools.local_server import serving

PATIENCE = 15_000
"""Milliseconds that an element may take to appear."""
QUIET = 700
"""Milliseconds without a run after which a screen is done."""
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PHONE_AGENT = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Mobile Safari/537.36 Mobi"
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def serving_without_network(database: Path, **environment: str) -> Iterator[str]:
    """Start an app that cannot leave this machine; fail when it has tried to."""
    attempts = database.with_suffix(".outgoing")
    with serving(database, BORGING_TEST_OUTGOING=str(attempts), **environment) as url:
        yield url
    assert not attempts.exists(), attempts.read_text()


REAL_TIME = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}
"""Environment of Chromium: it does not start under the clock of tools/date_sweep.py."""


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of an app with the example portfolio: read it, do not write in it."""
    file = tmp_path_factory.mktemp("server") / "portfolio.db"
    with serving_without_network(file) as url:
        yield url


@pytest.fixture
def own_address(tmp_path: Path) -> Iterator[str]:
    """Address of an app with the example portfolio for one test, which may write in it."""
    with serving(tmp_path / "portfolio.db") as url:
        yield url


@pytest.fixture(scope="package")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=ARGUMENTS, env=REAL_TIME
        )
        yield browser
        browser.close()


NewPage = Callable[..., Page]


def _opened(browser: Browser, wrong: list[str], **options: Any) -> Page:
    """Open a page with a fresh profile that notes what goes wrong in it."""

    def heard(message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        if message.type == "error":
            wrong.append(f"console: {message.text} ({where})")

    def asked(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
            wrong.append(f"request to {url}")

    settings = {"viewport": DESKTOP, "locale": "nl-NL", "color_scheme": "light", **options}
    context = browser.new_context(**settings)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.on("console", heard)
    page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    page.on("request", lambda request: asked(request.url))
    page.on("websocket", lambda socket: asked(socket.url))
    return page


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Make a visitor with a fresh profile; none may meet an error or leave this machine."""
    pages: list[Page] = []
    wrong: list[str] = []

    def made(**options: Any) -> Page:
        pages.append(_opened(browser, wrong, **options))
        return pages[-1]

    yield made
    for page in pages:
        page.context.close()
    assert wrong == []


@pytest.fixture(scope="module")
def kept_pages(browser: Browser) -> Iterator[dict[str, tuple[Page, list[str]]]]:
    kept: dict[str, tuple[Page, list[str]]] = {}
    yield kept
    for page, _wrong in kept.values():
        page.context.close()


@pytest.fixture
def kept_page(browser: Browser, kept_pages: dict[str, tuple[Page, list[str]]]) -> Iterator[NewPage]:
    """Give the visitor that a module keeps, on a blank page: the scripts are there already."""

    def given(**options: Any) -> Page:
        name = repr(sorted(options.items()))
        if name not in kept_pages:
            wrong: list[str] = []
            kept_pages[name] = _opened(browser, wrong, **options), wrong
        page, _ = kept_pages[name]
        page.goto("about:blank")
        return page

    yield given
    for _page, wrong in kept_pages.values():
        found = wrong[:]
        wrong.clear()
        assert found == []


def settled(page: Page) -> Page:
    """Wait until the screen has its title and has not been at work for a while."""
    page.locator("h1").first.wait_for()
    page.evaluate("() => { window.quietSince = performance.now(); }")
    page.wait_for_function(
        """quiet => {
            const app = document.querySelector('[data-testid="stApp"]');
            const busy = app?.dataset.testScriptState !== "notRunning";
            if (busy || window.quietSince === undefined) window.quietSince = performance.now();
            return performance.now() - window.quietSince > quiet;
        }""",
        arg=QUIET,
        polling=100,
    )
    return page


def title(page: Page) -> str:
    """The finding of the screen."""
    return settled(page).locator("h1").first.inner_text()
