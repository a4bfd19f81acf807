"""What every screen says of a list in which nothing but names is known: never that it is good."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlmodel import insert

from borging.settings import ROOT
from borging.store import database
from borging.store.tables import JobRole, Project
from tests.pages.conftest import Visit

PROJECTS = 14
NOTHING_KNOWN = {
    "portfolio": "Van 14 projecten is de koers niet bekend",
    "fasestatus": "Nog geen fasen gepland bij 14 projecten",
    "restpunten": "Nog geen restpunten",
    "lessen": "Nog geen lessen vastgelegd",
    "doelenboom": "Nog geen doelen in de doelenboom",
    "projectenkalender": "Van 14 projecten is geen dag van overdracht bekend",
    "capaciteit": "Van 14 projecten is de inzet niet bekend",
    "scenarios": "Nog niets gepland om te verschuiven",
    "borgingsscan": "Nog geen borgingsscan",
    "vergelijken": "Nog geen borgingsscan om te vergelijken",
    "beheer": "14 projecten staan in de portfolio",
    "project": "Project 1\\: koers en fasen niet bekend; nog geen restpunten vastgelegd",
    "scanronde": "Nog geen ronde van de borgingsscan",
    "mijn_team": "Nog geen ",
    "bespreken": "Deze ronde is er niet",
    "scan_invullen": "",
}
"""Screen to how its title begins; '' where the screen asks a question and finds nothing."""
WITHOUT_TITLE = {"start", "scan", "niet_gevonden"}
"""Pages that only lead to another one."""
GOOD = re.compile(
    r"([Gg]een (enkel|enkele|functie|fase|van de)\b|Alle |[Nn]iets (blijft|dringends)|op orde|"
    r"Elk(e)? |vindt niets)"
)
"""Words of a finding that says that something is well."""


@pytest.fixture
def bare_list(sqlite_url: str) -> str:
    """Address of a list of running projects with a name and a function, and nothing else."""
    engine = database.engine_for(sqlite_url)
    with engine.begin() as connection:
        for number in range(1, PROJECTS + 1):
            values = {"id": number, "code": f"P{number}", "title": f"Project {number}"}
            connection.execute(insert(Project).values(**values, state="running"))
        role = {"id": 1, "name": "Verpleegkundige", "fte": 2.0, "hours_per_week": 36.0}
        connection.execute(insert(JobRole).values(**role, project_share=0.1))
    engine.dispose()
    return sqlite_url


def pages() -> set[str]:
    """Return the names of all pages."""
    return {path.stem for path in (Path(ROOT) / "pages").glob("*.py")}


def test_every_page_is_named_here() -> None:
    assert len(pages()) > 15
    assert set(NOTHING_KNOWN) | WITHOUT_TITLE == pages()


@pytest.mark.parametrize("screen", sorted(NOTHING_KNOWN))
def test_where_nothing_is_known_the_title_says_so(
    screen: str, visit: Visit, bare_list: str
) -> None:
    app = visit(screen, bare_list, id="1")
    assert not app.exception
    title = app.title[0].value
    assert title.startswith(NOTHING_KNOWN[screen]), title
    assert not GOOD.search(title), title


@pytest.mark.parametrize("screen", sorted(NOTHING_KNOWN))
def test_key_figures_say_how_much_they_know(screen: str, visit: Visit, bare_list: str) -> None:
    app = visit(screen, bare_list, id="1")
    for metric in app.metric:
        unknown = f"{metric.value} {metric.delta or ''}"
        assert metric.value in ("0", "0 van 0") or re.search(
            r"niet|geen|van 14|onbekend|in borging", unknown
        ), (metric.label, unknown)
