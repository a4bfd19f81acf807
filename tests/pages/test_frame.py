"""The choices round every screen."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy import insert

from borging.store import database
from borging.store.tables import Unit
from tests.pages.conftest import Visit


def test_units_that_share_a_name_are_one_choice(
    visit: Visit, sqlite_template: Path, tmp_path: Path
) -> None:
    path = tmp_path / "portfolio.db"
    shutil.copyfile(sqlite_template, path)
    engine = database.engine_for(f"sqlite:///{path}")
    rows = [{"id": number, "name": "Noord", "kind": "location"} for number in (1, 2)]
    with engine.begin() as connection:
        connection.execute(insert(Unit), rows)
    engine.dispose()
    app = visit("portfolio", f"sqlite:///{path}")
    assert app.multiselect(key="eenheid").options == ["Noord"]


def test_a_date_in_the_head_stays_on_one_line(visit: Visit, example_url: str) -> None:
    app = visit("portfolio", example_url)
    small_print = next(each.value for each in app.markdown if "Peildatum" in each.value)
    assert "01\u201112\u20112026" in small_print
