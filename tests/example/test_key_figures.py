"""The key figures of the example, counted anew in plain SQL and Python on one day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from borging.access.actor import COMMAND_LINE
from borging.domain.instruments import load_instrument
from borging.services import stages
from borging.services.portfolio import phase_status
from borging.services.portfolio import view as portfolio
from borging.services.scores import with_scores
from borging.settings import DATA
from borging.store import database
from borging.store.commands.example import write_example
from borging.store.queries import portfolio as facts
from borging.store.queries import scans

DAY = date(2026, 12, 1)
TODAY = DAY.isoformat()
NHS = load_instrument(DATA / "instruments" / "nhs-borgingsscan.toml")
ACTIVE = "('planned', 'running', 'unknown')"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    path: Path = tmp_path_factory.mktemp("figures") / "example.db"
    engine = database.open_database(f"sqlite:///{path}")
    write_example(engine, COMMAND_LINE, DAY)
    return engine


def rows(engine: Engine, statement: str) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(text(statement), {"day": TODAY}))


def staged(engine: Engine, day: date) -> Any:
    judged = stages.with_status(facts.phases(engine), day)
    return stages.with_stage(facts.projects(engine, day), judged, day), judged


@pytest.fixture(scope="module")
def view(example: Engine) -> portfolio.PortfolioView:
    before = DAY - timedelta(28)
    return portfolio.view(
        staged(example, DAY)[0],
        staged(example, before)[0],
        with_scores(scans.newest_scans(example, NHS, DAY), NHS),
        facts.results(example),
        NHS,
        DAY,
        before,
    )


def figure(view: portfolio.PortfolioView, label: str) -> str:
    return next(each.value for each in view.figures if each.label == label)


def newest_courses(engine: Engine) -> dict[int, str]:
    """Return the newest koers of every active project, of a person or a source."""
    found = {}
    for project_id, course in rows(
        engine,
        f"""
        SELECT said.project_id, said.course FROM (
            SELECT project_id, course, reported_on AS day, id AS place FROM course_report
            WHERE deleted_at IS NULL AND reported_on <= :day
            UNION ALL
            SELECT project_id, value, observed_on, -id FROM observation
            WHERE kind = 'course' AND observed_on <= :day
        ) AS said JOIN project ON project.id = said.project_id
        WHERE project.state IN {ACTIVE} AND project.deleted_at IS NULL
        ORDER BY said.day, said.place
        """,
    ):
        found[project_id] = course
    return found


def test_decisions_and_koersen(example: Engine, view: portfolio.PortfolioView) -> None:
    (active,) = rows(example, f"SELECT count(*) FROM project WHERE state IN {ACTIVE}")[0]
    courses = Counter(newest_courses(example).values())
    assert active == 29
    assert figure(view, "Besluit nodig") == f"{courses['red']} van {active}"
    assert figure(view, "Aandacht") == f"{courses['amber']} van {active}"
    known = courses["red"] + courses["amber"] + courses["green"]
    assert figure(view, "Koers niet bekend") == f"{active - known} van {active}"
    assert len(view.decisions) == courses["red"] > 0


def test_restpunten_without_owner(example: Engine, view: portfolio.PortfolioView) -> None:
    ((total, unowned),) = rows(
        example,
        f"""
        SELECT count(*), sum(CASE WHEN residual_item.owner_id IS NULL THEN 1 ELSE 0 END)
        FROM residual_item JOIN project ON project.id = project_id
        WHERE project.state IN {ACTIVE} AND residual_item.deleted_at IS NULL
          AND created_on <= :day AND (closed_on IS NULL OR closed_on > :day)
        """,
    )
    assert figure(view, "Zonder eigenaar") == f"{unowned} van {total}"
    assert unowned > 0


def test_borging_of_every_project(example: Engine) -> None:
    newest: dict[int, tuple[str, date]] = {}
    for project_id, verdict, day in rows(
        example,
        "SELECT project_id, verdict, declared_on FROM sustain_declaration "
        "WHERE deleted_at IS NULL AND declared_on <= :day ORDER BY declared_on, id",
    ):
        newest[project_id] = (verdict, date.fromisoformat(str(day)))
    counted: Counter[str] = Counter()
    for project_id, state in rows(example, "SELECT id, state FROM project"):
        verdict, day = newest.get(project_id, ("", DAY))
        if verdict == "relapsed":
            counted["relapsed"] += 1
        elif verdict:
            counted["sustained" if day.replace(year=day.year + 1) >= DAY else "reconfirm"] += 1
        elif state in ("running", "closed"):
            counted["sustaining"] += 1
        else:
            counted["not_applicable"] += 1
    table, _ = staged(example, DAY)
    assert Counter(each.value for each in table["sustain"]) == counted
    assert counted["sustaining"] == 25
    assert counted["sustaining"] + counted["not_applicable"] < 40


def test_late_phases(example: Engine) -> None:
    late = 0
    for planned_start, planned_end, actual_start, actual_end in rows(
        example,
        """
        SELECT planned_start, planned_end, actual_start, actual_end
        FROM phase_record JOIN project ON project.id = project_id
        WHERE project.state NOT IN ('idea', 'withdrawn', 'rejected') AND confirmed
          AND phase_record.deleted_at IS NULL AND project.deleted_at IS NULL
        """,
    ):
        begun = actual_start is not None and str(actual_start) <= TODAY
        ended = actual_end is not None and str(actual_end) <= TODAY
        over = planned_end is not None and str(planned_end) < TODAY and not ended
        unbegun = planned_start is not None and str(planned_start) < TODAY and not (begun or ended)
        late += over or unbegun
    table, judged = staged(example, DAY)
    view = phase_status.view(table, judged, DAY)
    assert view.figures[0].value.split(" ")[0] == str(late)
    assert late > 0
