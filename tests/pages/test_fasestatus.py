from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy import delete
from streamlit.testing.v1 import AppTest

from borging.store import database
from borging.store.tables import PhaseRecord
from tests.pages.conftest import Visit, charts, words


def checked(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def matrix(app: AppTest) -> list[str]:
    return list(app.dataframe[-1].value["code"])


def test_the_example_names_what_is_late_and_who_is_accountable(
    visit: Visit, example_url: str
) -> None:
    app = visit("fasestatus", example_url)
    assert "achter" in app.title[0].value
    assert app.title[0].value.endswith(("dag", "dagen"))
    assert {"Fasen te laat", "Herbevestigen", "Teruggevallen"} <= {m.label for m in app.metric}
    assert len(matrix(app)) == 40
    late = app.dataframe[0].value
    assert late["accountable"].notna().all()
    assert late["days_late"].is_monotonic_decreasing
    assert charts(app)[0].startswith("Projecten per fase en status.")


def test_the_matrix_can_be_searched_from_the_address(visit: Visit, example_url: str) -> None:
    app = visit("fasestatus", example_url, fasestatus_zoek="P07")
    assert matrix(app) == ["P07"]


def test_a_thousand_projects_come_in_pages(visit: Visit, large_url: str) -> None:
    app = visit("fasestatus", large_url)
    first = matrix(app)
    assert len(first) == 100
    assert "rij 1–100 van 1.000 projecten" in words(app)
    last = visit("fasestatus", large_url, fasestatus_pagina="10")
    assert len(matrix(last)) == 100
    assert not set(matrix(last)) & set(first)


def test_an_empty_portfolio_says_what_to_do(visit: Visit, empty_url: str) -> None:
    app = visit("fasestatus", empty_url)
    assert app.title[0].value == "Nog geen projecten"
    assert "Lijst inlezen" in [button.label for button in app.button]


def test_a_list_without_phases_says_so_and_what_to_do(
    visit: Visit, example_url: str, tmp_path: Path
) -> None:
    path = tmp_path / "list.db"
    shutil.copyfile(example_url.removeprefix("sqlite:///"), path)
    url = f"sqlite:///{path}"
    with database.engine_for(url).begin() as connection:
        connection.execute(delete(PhaseRecord))
    app = visit("fasestatus", url)
    assert app.title[0].value == "Nog geen fasen gepland bij 35 projecten"
    assert "op het blad Fasen" in words(app)
    assert not charts(app)


def test_a_phone_shows_the_phase_a_project_is_in(visit: Visit, example_url: str) -> None:
    app = visit("fasestatus", example_url, smal="1")
    assert list(app.dataframe[-1].value.columns) == ["project", "now"]


def test_a_filter_that_leaves_nothing_says_so(visit: Visit, example_url: str) -> None:
    app = visit("fasestatus", example_url, stand="afgewezen", fase="Integratie")
    assert app.title[0].value == "Geen project past bij de filters"
    checked(app)
