"""Portfolios to open the screens with: empty, the example of 40 projects, and a large one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from borging import clock
from borging.access.actor import COMMAND_LINE
from borging.settings import ROOT
from borging.store import database
from borging.store.commands.example import write_example
from borging.ui import links

SLOW = 60
"""Seconds for one run of a screen; the first one loads pandas and plotly."""

Visit = Callable[..., AppTest]


def _portfolio(folder: Path, template: Path, projects: int) -> str:
    path = folder / "portfolio.db"
    shutil.copyfile(template, path)
    url = f"sqlite:///{path}"
    if projects:
        engine = database.engine_for(url)
        write_example(engine, COMMAND_LINE, clock.today(), projects=projects, seed=1)
        engine.dispose()
    return url


@pytest.fixture(scope="session")
def empty_url(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of a portfolio without projects."""
    return _portfolio(tmp_path_factory.mktemp("empty"), sqlite_template, 0)


@pytest.fixture(scope="session")
def example_url(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of the example portfolio of 40 projects: read it, do not write in it."""
    return _portfolio(tmp_path_factory.mktemp("example"), sqlite_template, 40)


@pytest.fixture
def copy_url(example_url: str, tmp_path: Path) -> str:
    """Address of a copy of the example portfolio, to write in."""
    path = tmp_path / "portfolio.db"
    shutil.copyfile(example_url.removeprefix("sqlite:///"), path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def large_url(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of an example portfolio of 1,000 projects: read it, do not write in it."""
    return _portfolio(tmp_path_factory.mktemp("large"), sqlite_template, 1000)


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Visit:
    """Open one screen of a portfolio through the frame, as a new visitor with this address."""

    def opened(screen: str, url: str, **query: str) -> AppTest:
        monkeypatch.setenv("BORGING_DATABASE_URL", url)
        monkeypatch.setenv("BORGING_EXAMPLE", "false")
        app = AppTest.from_file(str(ROOT / "borging" / "ui" / "main.py"), default_timeout=SLOW)
        app.switch_page(str(ROOT / "pages" / f"{screen}.py"))
        if screen in links.ADDRESSES:  # before a first run AppTest only knows file names
            app._page_hash = calc_hash(links.address(screen))
        for name, value in query.items():
            app.query_params[name] = value
        return app.run()

    return opened


def words(app: AppTest) -> str:
    """What a visitor reads as text, in one line."""
    shown = (*app.title, *app.header, *app.subheader, *app.markdown, *app.warning)
    return " ".join(each.value for each in shown)


def charts(app: AppTest) -> list[str]:
    """What the charts tell who does not see them."""
    return [each.proto.alt for each in app.get("plotly_chart")]


def press(app: AppTest, label: str, place: int = 0) -> AppTest:
    """Push a button by what stands on it. place: which one of those with this label."""
    return [each for each in app.button if each.label == label][place].click().run()
