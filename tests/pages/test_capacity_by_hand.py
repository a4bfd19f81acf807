"""What the screens say of one function, week by week, against sums of one's own.

A function of 2 fte × 36 hours × 50 %. Leave of 18 contract hours a week around New Year; New Year's
Day and Easter Monday are free. The sums read nothing but the reference tables.
"""

from __future__ import annotations

import json
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from borging.access.actor import COMMAND_LINE
from borging.domain.absence import absence_of, sectors
from borging.domain.changes import Shift
from borging.domain.flu_intensity import intensities
from borging.domain.flu_reference import load_reference
from borging.domain.flu_seasons import Origin
from borging.domain.periods import Week
from borging.domain.staffing import FunctionFields, LeaveFields, NeedFields
from borging.services.capacity.winter_draws import fitted
from borging.services.flu_winters import FluHistory, history
from borging.settings import DATA
from borging.store import database
from borging.store.commands.capacity import save_functions, save_leave, save_needs
from borging.store.commands.rows import Row
from borging.store.commands.scenarios import save_scenario
from borging.store.queries import flu
from borging.store.tables import Project
from tests.pages.conftest import Visit

DAY = date(2026, 11, 26)
NEW_YEAR, WEEK_3, WEEK_13 = date(2026, 12, 28), date(2027, 1, 18), date(2027, 3, 29)
NEEDS = {
    1: (20, NEW_YEAR, date(2026, 12, 30)),
    2: (8, date(2026, 11, 30), date(2027, 2, 26)),
    3: (40, WEEK_3, date(2027, 1, 22)),
}
FREE = {date(2026, 12, 25), date(2027, 1, 1), date(2027, 3, 29)}
LEAVE = (18, date(2026, 12, 21), date(2027, 1, 1))
SECTORS = sectors(DATA / "reference" / "verzuim-zorg.csv")


@pytest.fixture
def own_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "own.db"
    shutil.copyfile(sqlite_template, path)
    url = f"sqlite:///{path}"
    engine = database.engine_for(url)
    with database.writing(engine, COMMAND_LINE) as write:
        for number in NEEDS:
            write.session.add(Project(code=f"P0{number}", title="Beeldzorg", state="running"))
    save_functions(engine, COMMAND_LINE, [Row("rij 1", FunctionFields("Beheerder", 2, 36, 0.5))])
    save_leave(engine, COMMAND_LINE, [Row("rij 1", LeaveFields(1, *LEAVE))])
    for number, need in NEEDS.items():
        save_needs(engine, COMMAND_LINE, number, [Row("rij 1", NeedFields(1, *need))])
    save_scenario(engine, COMMAND_LINE, "Later", [Shift(3, 10)], DAY)
    return url


def within(days: tuple[date, date], monday: date) -> int:
    """Count the working days of a week that lie in a period, both ends included."""
    return sum(days[0] <= monday + timedelta(days=each) <= days[1] for each in range(5))


def quarters() -> list[float]:
    """Sick leave of the third quarters of the first sector, as shares, oldest first."""
    table = pd.read_csv(DATA / "reference" / "verzuim-zorg.csv", comment="#")
    own = table[(table["sector"] == table["sector"].iloc[0]) & (table["kwartaal"] == 3)]
    return (own.sort_values("jaar")["verzuim_procent"] / 100).tolist()


def winters(url: str) -> FluHistory:
    folder = DATA / "reference"
    versions = flu.versions(database.engine_for(url), load_reference(folder / "griepseizoenen.csv"))
    known = intensities(folder / "griepseizoenen-intensiteit.csv")
    return history(versions, known, Origin.OFFICIAL)


def extras(url: str, monday: date) -> list[tuple[float, float]]:
    """Extra sick leave in a week in each possible winter, with the weight of that winter.

    The excess of an epidemic week and of the quarter are tested on the source elsewhere.
    """
    found = winters(url)
    absence = fitted(absence_of(next(iter(SECTORS)), SECTORS), found)
    thursday = monday + timedelta(days=3)
    season = absence.season[(thursday.month + 2) // 3 - 1]
    told = []
    for row in found.seasons.to_dict("records"):
        year = int(row["season"][:4]) + thursday.year - 2026
        week = str(Week.of(date(year, thursday.month, thursday.day)))
        epidemic = bool(row["weeks"]) and row["start"] <= week <= row["end"]
        told.append((season + epidemic * absence.flu * row["intensity"], row["share"]))
    return told


def present(monday: date) -> float:
    """Return the hours for projects in a week, before sick leave."""
    hours = 0.0
    for day in (monday + timedelta(days=each) for each in range(5)):
        off = LEAVE[0] / 5 if LEAVE[1] <= day <= LEAVE[2] else 0
        hours += 0 if day in FREE else 0.5 * (2 * 36 / 5 - off)
    return hours


def supply(url: str, monday: date) -> float:
    extra = sum(more * weight for more, weight in extras(url, monday)) / len(winters(url).names)
    return present(monday) * (1 - quarters()[-1] - extra)


def hover(app: AppTest, label: str) -> list[float]:
    """Return the numbers that a cell of the heatmap tells, after the name of its week."""
    heat = json.loads(app.get("plotly_chart")[0].proto.spec)["data"][0]
    (told,) = [each for each in heat["customdata"][0] if f"{label} (" in each]
    numbers = re.findall(r"-?\d+(?:,\d+)?", told.split("<br>", 1)[1])
    return [float(each.replace(",", ".")) for each in numbers]


def test_hours_leave_holidays_and_sick_leave_of_a_week(visit: Visit, own_url: str) -> None:
    """Week 53: 14.4 − 3.6 contract hours on four days, half of it for projects: 21.6."""
    assert present(NEW_YEAR) == pytest.approx(21.6)
    app = visit("capaciteit", own_url, peildatum=str(DAY))
    for label, monday, asked in (("wk 53", NEW_YEAR, 12 + 8), ("wk 3", WEEK_3, 40 + 8)):
        there = supply(own_url, monday)
        assert hover(app, label) == pytest.approx([asked, there], abs=0.06)
    heat = json.loads(app.get("plotly_chart")[0].proto.spec)["data"][0]
    place = (NEW_YEAR - date(2026, 11, 23)).days // 7
    assert heat["z"][0][place] == pytest.approx(20 / supply(own_url, NEW_YEAR), abs=0.002)


def test_the_chance_of_a_shortage_of_a_week(visit: Visit, own_url: str) -> None:
    """Short is each winter × change of the third quarter in which 20 hours are not there."""
    steps = [after - before for before, after in zip(quarters(), quarters()[1:], strict=False)]
    mean = sum(steps) / len(steps)
    short = sum(
        weight * (present(NEW_YEAR) * (1 - quarters()[-1] - (step - mean) - extra) < 20)
        for extra, weight in extras(own_url, NEW_YEAR)
        for step in steps
    )
    chance = 100 * short / len(steps) / len(winters(own_url).names)
    assert 20 < chance < 90
    app = visit("capaciteit", own_url, peildatum=str(DAY), toon="kans op tekort")
    assert hover(app, "wk 53")[0] == pytest.approx(chance, abs=3)


def test_the_hours_short_of_a_scenario_beside_the_plan(visit: Visit, own_url: str) -> None:
    """40 hours go from week 3 to week 13: 8 others no longer ask, Easter Monday is free."""
    always = max(0.0, 20 - supply(own_url, NEW_YEAR))
    now = always + 48 - supply(own_url, WEEK_3)
    then = always + 40 - supply(own_url, WEEK_13)
    app = visit("scenarios", own_url, peildatum=str(DAY))
    (table,) = [each.value for each in app.table]
    plan, later = table["Uren te kort"].tolist()
    assert plan == f"{now:.0f}"
    assert later == f"{then:.0f} (−{round(now - then)})"
    assert table["Weken boven 100 %"].tolist()[1].endswith("(gelijk)")
