from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Engine

from borging.access.actor import COMMAND_LINE
from borging.domain.instruments import load_instrument
from borging.domain.terms import Course
from borging.services import portfolio, stages
from borging.services.selection import Selection, selected
from borging.settings import DATA
from borging.store import database
from borging.store.commands import example
from borging.store.queries import portfolio as facts
from borging.store.queries import scans

DAY = date(2026, 11, 23)
NHS = load_instrument(DATA / "instruments" / "nhs-borgingsscan.toml")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Engine:
    path = tmp_path_factory.mktemp("portfolio") / "p.db"
    engine = database.open_database(f"sqlite:///{path}")
    example.write_example(engine, COMMAND_LINE, DAY)
    return engine


def staged(engine: Engine, as_of: date) -> pd.DataFrame:
    judged = stages.with_status(facts.phases(engine), as_of)
    return stages.with_stage(facts.projects(engine, as_of), judged, as_of)


def build(engine: Engine, selection: Selection | None = None) -> portfolio.PortfolioView:
    earlier = DAY - timedelta(days=28)
    return portfolio.view(
        projects=selected(staged(engine, DAY), selection or Selection()),
        earlier=staged(engine, earlier),
        scans=scans.newest_scans(engine, NHS, DAY),
        results=facts.results(engine),
        definition=NHS,
        as_of=DAY,
        earlier_as_of=earlier,
    )


@pytest.mark.parametrize(
    ("projects", "active", "red", "behind", "title"),
    [
        (0, 0, 0, 0, "Nog geen projecten"),
        (1, 0, 0, 0, "Geen lopende projecten; 1 project ter inzage"),
        (8, 0, 0, 0, "Geen lopende projecten; 8 projecten ter inzage"),
        (4, 3, 0, 0, "Geen enkel project vraagt een besluit"),
        (4, 3, 1, 0, "1 project vraagt een besluit"),
        (4, 3, 2, 1, "2 projecten vragen een besluit; bij 1 blijft het draagvlak achter"),
        (4, 3, 0, 2, "Geen enkel project vraagt een besluit; bij 2 blijft het draagvlak achter"),
    ],
)
def test_the_finding(projects: int, active: int, red: int, behind: int, title: str) -> None:
    assert portfolio.finding(projects, active, red, behind) == title
    assert len(title) <= 80


def test_the_counts_agree_with_the_facts(filled: Engine) -> None:
    view = build(filled)
    table = staged(filled, DAY)
    active = table[table["state"].isin(["planned", "running", "unknown"])]
    assert view.figures[0].value == f"{(active['course'] == 'red').sum()} van {len(active)}"
    assert int(view.phases_by_course.to_numpy().sum()) == len(active)
    assert view.phases_by_course["red"].sum() == len(view.decisions)
    assert int(view.states.sum()) == len(table) == len(view.table)
    assert view.heatmap.shape[1] + len(view.unmeasured) == len(active)


def test_a_filter_that_leaves_nothing_is_named() -> None:
    assert portfolio.finding(0, 0, 0, 0, filtered=True) == "Geen project past bij de filters"


def test_restpunten_of_closed_projects_count_as_on_their_own_screen(filled: Engine) -> None:
    view = build(filled)
    table = staged(filled, DAY)
    closed = table[~table["state"].isin(["planned", "running", "unknown"])]
    assert closed["items_open"].sum() > 0
    unowned, items = table["items_unowned"].sum(), table["items_open"].sum()
    assert view.figures[2].value == f"{unowned} van {items}"


def test_every_figure_fits_on_the_screen(filled: Engine) -> None:
    assert all(len(figure.label) <= 20 for figure in build(filled).figures)


def test_the_change_is_measured_against_four_weeks_ago(filled: Engine) -> None:
    view = build(filled)
    then, now = staged(filled, DAY - timedelta(days=28)), staged(filled, DAY)
    ids = now.loc[now["state"].isin(["planned", "running", "unknown"]), "id"]
    change = (now[now["id"].isin(ids)]["course"] == "amber").sum() - (
        then[then["id"].isin(ids)]["course"] == "amber"
    ).sum()
    sign = {True: "+", False: "−"}[change > 0]
    expected = "gelijk sinds 26-10" if change == 0 else f"{sign}{abs(change)} sinds 26-10"
    assert view.figures[1].note == expected


def test_every_decision_says_from_whom_and_by_whom(filled: Engine) -> None:
    for decision in build(filled).decisions:
        assert decision.decision
        assert "van " in decision.details
        assert "vóór " in decision.details


def test_the_two_corners_follow_the_one_border_of_the_model(filled: Engine) -> None:
    points = build(filled).quadrant
    late = points[points["side"] == "late"]
    assert (late["total"] < 55).all()
    assert set(late["phase"]) <= {"handover", "institutionalisation"}
    early = points[points["side"] == "early"]
    assert (early["total"] >= 55).all()
    assert set(early["phase"]) <= {"preparation", "introduction"}
    assert len(late)
    assert len(early)


def test_the_heatmap_runs_from_the_lowest_total_and_keeps_the_order_of_factors(
    filled: Engine,
) -> None:
    view = build(filled)
    assert view.heatmap.index.tolist() == [factor.id for factor in NHS.factors]
    weights = pd.Series({factor.id: factor.maximum / 100 for factor in NHS.factors})
    complete = view.heatmap.dropna(axis=1)
    totals = complete.mul(weights, axis=0).sum()
    assert totals.is_monotonic_increasing


def test_a_selection_narrows_everything(filled: Engine) -> None:
    view = build(filled, Selection(themes=("Digitale zorg",)))
    assert 0 < len(view.table) < 40
    assert set(view.table["theme"]) == {"Digitale zorg"}


def test_searching_takes_code_name_and_lead_and_no_patterns(filled: Engine) -> None:
    view = build(filled)
    assert view.found("p01")["code"].tolist() == ["P01"]
    assert len(view.found("  ")) == 40
    assert view.found("(").empty


def test_red_without_a_decision_says_so(filled: Engine) -> None:
    table = staged(filled, DAY)
    table["course"] = Course.RED.value
    table["course_on"] = pd.Timestamp(DAY)
    table["decision"] = None
    view = portfolio.view(
        table, table, scans.newest_scans(filled, NHS, DAY), facts.results(filled), NHS, DAY, DAY
    )
    assert {d.decision for d in view.decisions} == {"Besluit niet vastgelegd"}


def test_an_empty_portfolio_is_no_error(sqlite_url: str) -> None:
    view = build(database.engine_for(sqlite_url))
    assert view.empty
    assert view.title == "Nog geen projecten"
    assert view.figures[0].value == "0 van 0"
