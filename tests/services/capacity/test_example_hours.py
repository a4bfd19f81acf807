"""Figures of the example portfolio that were reckoned apart from this code."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from borging.access.actor import COMMAND_LINE
from borging.domain.absence import absence_of, sectors
from borging.services.capacity import view as capacity
from borging.services.holidays import school_table
from borging.settings import DATA
from borging.store import database
from borging.store.commands import example
from borging.store.queries import capacity as stored
from borging.store.queries import portfolio
from tests.services.test_flu_winters import dutch
from tests.services.test_holidays import VVT

DAY = date(2026, 12, 1)
REFERENCE = DATA / "reference"


@pytest.fixture(scope="module")
def load(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """Load in whole per cent of the example of seed 7, by function and ISO week."""
    path = tmp_path_factory.mktemp("example") / "p.db"
    engine = database.open_database(f"sqlite:///{path}")
    example.write_example(engine, COMMAND_LINE, DAY, seed=7)
    figures = sectors(REFERENCE / "verzuim-zorg.csv")
    found = capacity.view(
        stored.functions(engine),
        stored.leave(engine),
        stored.needs(engine),
        portfolio.projects(engine, DAY),
        portfolio.results(engine),
        dutch(),
        school_table(REFERENCE / "schoolvakanties.csv"),
        VVT,
        absence_of(next(iter(figures)), figures),
        DAY,
        26,
    )
    return found.table.set_index("function")


def test_good_friday_is_a_working_day(load: pd.DataFrame) -> None:
    """Week 12 of 2027 holds Good Friday: with that day off the load would be 126 %."""
    assert load.loc["Functioneel beheerder ECD", "2027-W12"] == pytest.approx(101, abs=1)
