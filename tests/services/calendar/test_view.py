from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine

from borging.access.actor import COMMAND_LINE
from borging.services import stages
from borging.services.calendar import surroundings as calendar_tables
from borging.services.calendar import view as calendar
from borging.services.calendar import words as calendar_words
from borging.services.calendar.rows import ROWS_ON_A_PAGE, Grouping
from borging.services.calendar.spans import PROJECT, pieces, spans
from borging.services.calendar.view import Asked, CalendarView
from borging.services.calendar.weeks import LINE, Window, Zoom, overview, per_week, ticks
from borging.services.handovers import Handovers
from borging.services.holidays import school_table
from borging.settings import DATA
from borging.store import database
from borging.store.commands import example
from borging.store.queries import portfolio
from tests.services.test_flu_winters import dutch
from tests.services.test_holidays import VVT

DAY = date(2026, 11, 23)
HISTORY = dutch()
SCHOOL = school_table(DATA / "reference" / "schoolvakanties.csv")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    path = tmp_path_factory.mktemp("calendar") / "p.db"
    engine = database.open_database(f"sqlite:///{path}")
    example.write_example(engine, COMMAND_LINE, DAY)
    return engine


def build(engine: Engine, asked: Asked | None = None, **only: Any) -> CalendarView:
    judged = stages.with_status(portfolio.phases(engine), DAY)
    projects = stages.with_stage(portfolio.projects(engine, DAY), judged, DAY)
    for column, value in only.items():
        projects = projects[projects[column] == value]
    return calendar.view(
        projects,
        judged,
        portfolio.results(engine),
        HISTORY,
        SCHOOL,
        VVT,
        DAY,
        asked or Asked(),
        any_project=True,
    )


@pytest.mark.parametrize(
    ("coming", "flu", "title"),
    [
        (0, 0, "De komende 12 maanden is er geen overdracht afgesproken"),
        (1, 0, "De enige overdracht valt buiten het griepseizoen"),
        (1, 1, "De enige overdracht valt in het griepseizoen"),
        (5, 0, "Geen van de 5 overdrachten valt in het griepseizoen"),
        (2, 2, "Beide overdrachten vallen in het griepseizoen"),
        (3, 3, "Alle 3 overdrachten vallen in het griepseizoen"),
        (20, 1, "1 van de 20 overdrachten valt in het griepseizoen"),
        (20, 4, "4 van de 20 overdrachten vallen in het griepseizoen"),
    ],
)
def test_the_finding(coming: int, flu: int, title: str) -> None:
    assert calendar_words.finding(Handovers(coming, flu, "wk 51–11")) == title


def test_the_weeks_of_a_year_hold_week_53_of_2026() -> None:
    window = Window(date(2026, 12, 14), date(2027, 1, 17))
    assert [tick.lines for tick in ticks(window, 10)] == [
        ("wk 51", "dec 2026"),
        ("wk 52", "dec"),
        ("wk 53", "dec"),
        ("wk 1", "jan 2027"),
        ("wk 2", "jan"),
    ]


def test_a_bar_counts_in_every_week_it_touches() -> None:
    window = Window(date(2026, 11, 2), date(2026, 11, 29))
    first = pd.Series(pd.to_datetime(["2026-11-08", "2026-10-01", "2026-12-01"]))
    last = pd.Series(pd.to_datetime(["2026-11-09", "2026-11-02", "2026-12-31"]))
    assert per_week(first, last, window).tolist() == [2, 1, 0, 0]


def a_project(**facts: Any) -> pd.DataFrame:
    days = {"start": pd.NaT, "end": pd.NaT} | facts
    return pd.DataFrame([{"id": 1, "state": "unknown", **days}]).astype(
        {"start": "datetime64[us]", "end": "datetime64[us]"}
    )


def phase_rows(*rows: tuple[str, str, str]) -> pd.DataFrame:
    table = pd.DataFrame(
        [
            {
                "project_id": 1,
                "phase": phase,
                "status": "planned",
                "under_way": False,
                "carried_by": "line" if phase == "institutionalisation" else "project",
                "planned_start": pd.Timestamp(first),
                "planned_end": pd.Timestamp(last),
                "actual_start": pd.NaT,
                "actual_end": pd.NaT,
            }
            for phase, first, last in rows
        ],
        columns=[
            "project_id",
            "phase",
            "status",
            "under_way",
            "carried_by",
            "planned_start",
            "planned_end",
            "actual_start",
            "actual_end",
        ],
    )
    return table.astype(
        dict.fromkeys([n for n in table if n.endswith(("_start", "_end"))], "datetime64[us]")
    )


def test_a_project_without_phases_is_one_bar_and_without_days_none() -> None:
    known = a_project(start=pd.Timestamp("2026-01-01"), end=pd.Timestamp("2026-06-30"))
    bars = spans(known, phase_rows(), DAY)
    assert bars["phase"].tolist() == [PROJECT]
    assert spans(a_project(), phase_rows(), DAY).empty


def test_the_days_that_two_phases_share_become_a_piece_of_their_own() -> None:
    judged = phase_rows(
        ("introduction", "2026-01-01", "2026-03-31"), ("integration", "2026-03-01", "2026-06-30")
    )
    cut = pieces(spans(a_project(), judged, DAY))
    found = [
        (phase, str(first.date()), str(last.date()), overlap)
        for phase, first, last, overlap in zip(
            cut["phase"], cut["first"], cut["last"], cut["overlap"], strict=True
        )
    ]
    assert found == [
        ("introduction", "2026-01-01", "2026-03-31", False),
        ("integration", "2026-04-01", "2026-06-30", False),
        ("integration", "2026-03-01", "2026-03-31", True),
    ]


def test_every_project_is_drawn_or_counted_as_left_out(filled: Engine) -> None:
    view = build(filled)
    drawn = [line for line in view.lines if line.project_id is not None]
    assert len(drawn) + view.outside + view.undated == view.selected == 40
    assert len(view.table) == len(drawn)


def test_the_overview_counts_what_runs_on_the_day(filled: Engine) -> None:
    view = build(filled)
    judged = stages.with_status(portfolio.phases(filled), DAY)
    week = (DAY - view.window.first).days // 7
    own = judged["carried_by"] == "project"
    integration = judged[(judged["phase"] == "integration") & own]
    start = integration["actual_start"].where(integration["actual_start"] <= pd.Timestamp(DAY))
    end = integration["actual_end"].where(integration["actual_end"] <= pd.Timestamp(DAY))
    first = start.fillna(integration["planned_start"])
    last = end.fillna(integration["planned_end"])
    runs_on = start.notna() & end.isna() & (last < pd.Timestamp(DAY))
    last = last.mask(runs_on, pd.Timestamp(DAY))
    monday = pd.Timestamp(DAY) - timedelta(days=DAY.weekday())
    expected = int(((first <= monday + timedelta(days=6)) & (last >= monday)).sum())
    assert int(view.overview.running["integration"][week]) == expected


def test_the_field_and_not_the_phase_says_who_carries_a_bar() -> None:
    judged = phase_rows(
        ("integration", "2026-01-01", "2026-03-31"),
        ("institutionalisation", "2026-03-01", "2026-06-30"),
    ).assign(carried_by=["line", "project"])
    bars = spans(a_project(), judged, DAY)
    assert dict(zip(bars["phase"], bars["by_line"], strict=True)) == {
        "integration": True,
        "institutionalisation": False,
    }
    no_day = pd.DataFrame({"day": pd.to_datetime([])})
    counted = overview(bars, no_day, Window(date(2026, 1, 5), date(2026, 12, 27)))
    assert counted.running["integration"].max() == 0
    assert counted.running[LINE].max() == counted.running["institutionalisation"].max() == 1


def test_the_words_count_a_project_in_the_phase_it_is_in() -> None:
    day = pd.Timestamp(DAY)
    soon, later = day - timedelta(3), day + timedelta(30)
    rows = [
        (1, "handover", soon, later, soon),
        (1, "institutionalisation", soon, later, pd.NaT),
        (2, "preparation", soon, later, pd.NaT),
    ]
    columns = ["project_id", "phase", "planned_start", "planned_end", "actual_start"]
    records = pd.DataFrame(rows, columns=columns).assign(
        actual_end=pd.NaT, confirmed=True, carried_by=["project", "line", "project"]
    )
    judged = stages.with_status(records, DAY)
    projects = pd.DataFrame(
        {
            "id": [1, 2, 3],
            "state": ["running", "planned", "running"],
            "verdict": None,
            "declared_on": pd.to_datetime([None] * 3),
        }
    )
    counted = calendar_tables.in_each_phase(stages.with_stage(projects, judged, DAY), judged)
    assert {words: n for words, n in counted.items() if n} == {
        "Overdracht": 1,
        "onbekende fase": 1,
    }


def test_a_group_narrows_the_rows_but_not_the_overview(filled: Engine) -> None:
    every, one = build(filled), build(filled, Asked(group="Wetgeving"))
    assert {line.group for line in one.lines} == {"Wetgeving"}
    assert one.overview.handovers.tolist() == every.overview.handovers.tolist()
    assert build(filled, Asked(group="bestaat niet")).asked.group is None


def test_folded_groups_are_one_line_each(filled: Engine) -> None:
    view = build(filled, Asked(folded=True))
    assert all(line.folded for line in view.lines)
    rows = view.page(1)
    assert rows.bars.empty
    assert rows.busiest >= 1


def test_grouping_by_unit_uses_the_locations(filled: Engine) -> None:
    view = build(filled, Asked(by=Grouping.UNIT))
    locations = set(portfolio.projects(filled, DAY)["location"].dropna())
    assert {line.group for line in view.lines} <= locations | {"zonder eenheid"} | set(
        portfolio.projects(filled, DAY)["unit"].dropna()
    )


@pytest.mark.parametrize("zoom", list(Zoom))
def test_every_zoom_holds_the_day(filled: Engine, zoom: Zoom) -> None:
    window = build(filled, Asked(zoom=zoom)).window
    assert window.first <= DAY <= window.last
    assert window.first.weekday() == 0
    assert window.last.weekday() == 6


def test_a_page_holds_at_most_sixty_rows_and_the_head_of_its_group(filled: Engine) -> None:
    view = build(filled, Asked(zoom=Zoom.ALL, folded=False))
    doubled = replace(view, lines=view.lines * 3)
    assert len(doubled.page(1).lines) == ROWS_ON_A_PAGE
    assert doubled.page(2).lines[0].project_id is None


def test_holidays_that_are_wrong_in_the_source_are_named_and_not_drawn(filled: Engine) -> None:
    view = build(filled)
    assert any(h.first == date(2027, 2, 13) and "Zuid" in h.regions for h in view.around.wrong)
    assert not any(h.first == date(2027, 2, 13) for h in view.around.school)
    assert "fout in de bron: Voorjaarsvakantie 2027 regio Zuid" in view.note(view.page(1))


def test_nothing_selected_is_no_error(filled: Engine) -> None:
    view = build(filled, code="bestaat niet")
    assert view.empty
    assert view.title == "Geen project past bij de filters"
    assert view.page(1).lines == ()


@pytest.mark.parametrize(
    ("projects", "which"),
    [
        (1, "het ene gekozen project niet"),
        (2, "geen van de 2 gekozen projecten"),
        (1652, "geen van de 1.652 gekozen projecten"),
    ],
)
def test_a_period_without_projects_is_said_in_singular_and_plural(
    projects: int, which: str
) -> None:
    assert calendar_words.nothing_runs(projects) == f"In deze periode loopt {which}."
