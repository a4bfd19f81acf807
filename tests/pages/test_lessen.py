"""The lessons over all projects: empty, searched, filtered, in pages."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest

from borging import clock
from borging.access.actor import COMMAND_LINE
from borging.store import database
from borging.store.commands.dossier import save_items
from borging.store.commands.rows import Row
from borging.store.queries import dossier, portfolio
from tests.dossiers import LISTS
from tests.pages.conftest import Visit, words

LESSON = ":red[Reëel] plannen\n\nTwee teams was te veel"


@pytest.fixture(scope="module")
def own_url(example_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The example with no lessons but seventeen of the first project and one of another."""
    path = tmp_path_factory.mktemp("lessen") / "portfolio.db"
    shutil.copyfile(example_url.removeprefix("sqlite:///"), path)
    url = f"sqlite:///{path}"
    engine = database.engine_for(url)
    definition, today = LISTS["evaluation"], clock.today()
    there = dossier.items_in(engine, ["evaluation"])
    for project, own in there.groupby("project_id"):
        gone = [
            Row("rij", None, int(n), int(v)) for n, v in zip(own["id"], own["version"], strict=True)
        ]
        save_items(engine, COMMAND_LINE, int(project), definition, gone)  # type: ignore[call-overload]
    for number in range(18):
        held = today - timedelta(days=number)
        words = LESSON if number == 0 else f"Les {number}"
        row = Row("rij", {"title": "Evaluatie", "held_on": held, "lessons": words})
        save_items(engine, COMMAND_LINE, 1 if number else _other(url), definition, [row])
    return url


def _other(url: str) -> int:
    """A project with another project lead than the first one has."""
    leads = _leads(url)
    return next(project for project, lead in leads.items() if lead not in (None, leads[1]))


def _leads(url: str) -> dict[int, str | None]:
    found = portfolio.projects(database.engine_for(url), clock.today())
    named = found["project_lead"].where(found["project_lead"].notna(), None)
    return dict(zip(found["id"].tolist(), named.tolist(), strict=True))


def test_lessons_come_newest_first_in_pages(visit: Visit, own_url: str) -> None:
    app = visit("lessen", own_url)
    assert not app.exception
    assert app.title[0].value == "18 lessen uit 2 projecten"
    assert "les 1–15 van 18 lessen" in words(app)
    assert words(app).index("plannen") < words(app).index("Les 1 ")
    assert "Les 15" not in words(app)
    assert "Les 15" in words(visit("lessen", own_url, les_pagina="2"))


def test_a_link_with_a_word_opens_what_it_finds(visit: Visit, own_url: str) -> None:
    app = visit("lessen", own_url, les_zoek="reeel")
    assert app.title[0].value == "1 van 18 lessen past bij uw zoekwoorden"
    assert "\\:red\\[Reëel\\] plannen  \nTwee teams" in words(app)
    app = app.text_input(key="les_zoek").input("onvindbaar").run()
    assert app.title[0].value == "0 van 18 lessen passen bij uw zoekwoorden"
    assert "minder of andere woorden" in words(app)


def test_the_filters_of_the_frame_apply(visit: Visit, own_url: str) -> None:
    lead = _leads(own_url)[_other(own_url)]
    app = visit("lessen", own_url, leider=str(lead))
    assert app.title[0].value == "1 les uit 1 project"


def test_without_lessons_it_says_how_they_come_here(
    visit: Visit, own_url: str, empty_url: str
) -> None:
    long_ago = (clock.today() - timedelta(days=400)).isoformat()
    app = visit("lessen", own_url, peildatum=long_ago)
    assert app.title[0].value == "Nog geen lessen vastgelegd"
    assert "vul bij Evaluaties in wat u leerde" in words(app)
    assert visit("lessen", empty_url).title[0].value == "Nog geen projecten"
