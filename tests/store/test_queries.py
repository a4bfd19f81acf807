"""Reads against a handful of facts of which every edge is known."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine

from borging.access.actor import UNKNOWN_LOCAL
from borging.domain.residuals import days_overdue, is_open, standing
from borging.domain.terms import Standing
from borging.store import database
from borging.store.queries import audit, portfolio, structure
from borging.store.tables import (
    CourseReport,
    Goal,
    Observation,
    Person,
    Project,
    ProjectResult,
    Record,
    ResidualItem,
    SustainDeclaration,
    Unit,
)

DAY = date(2026, 11, 23)
BEFORE, AFTER = date(2026, 11, 22), date(2026, 11, 24)


def write(engine: Engine, *rows: Record) -> None:
    with database.writing(engine, UNKNOWN_LOCAL) as transaction:
        for row in rows:
            transaction.session.add(row)
            transaction.session.flush()
        transaction.record("test", "project", None, "Feiten voor een proef")


def only(engine: Engine, as_of: date = DAY) -> dict[str, Any]:
    table = portfolio.projects(engine, as_of)
    assert len(table) == 1
    return dict(table.iloc[0])


@pytest.fixture
def one(engine: Engine) -> Engine:
    """A project with a unit, a goal and a lead, and no other facts."""
    write(
        engine,
        Unit(id=1, name="Zorggroep", kind="organisation"),
        Unit(id=2, name="De Linde", kind="location", parent_id=1),
        Unit(id=3, name="Team Noord", kind="team", parent_id=2),
        Person(id=1, name="Anna"),
        Person(id=2, name="Bram"),
        Goal(id=1, title="Langer thuis", kind="vision"),
        Goal(id=2, title="Digitale zorg", kind="theme", parent_id=1),
        Goal(id=3, title="Beeldzorg", kind="goal", parent_id=2),
        Project(id=7, code="P07", title="Wondzorg", unit_id=3, goal_id=3, project_lead_id=1),
    )
    return engine


def test_a_project_knows_its_place_in_both_trees(one: Engine) -> None:
    found = only(one)
    assert found["unit"] == "De Linde › Team Noord"
    assert (found["location"], found["team"]) == ("De Linde", "Team Noord")
    assert (found["goal"], found["theme"]) == ("Beeldzorg", "Digitale zorg")
    assert found["project_lead"] == "Anna"
    assert structure.units(one)["label"].tolist() == [
        "De Linde",
        "De Linde › Team Noord",
        "Zorggroep",
    ]


def test_nothing_known_is_unknown_and_counts_are_zero(one: Engine) -> None:
    found = only(one)
    assert pd.isna(found["course"])
    assert pd.isna(found["start"])
    assert pd.isna(found["next_handover"])
    assert pd.isna(found["verdict"])
    assert found["items_open"] == 0
    assert found["results"] == 0


def test_the_newest_koers_up_to_and_including_the_day_counts(one: Engine) -> None:
    write(
        one,
        CourseReport(project_id=7, reported_on=BEFORE, course="green", sentence="Goed"),
        CourseReport(project_id=7, reported_on=DAY, course="red", sentence="Stop", signed_by_id=2),
        CourseReport(project_id=7, reported_on=AFTER, course="amber", sentence="Later"),
    )
    found = only(one)
    assert (found["course"], found["course_sentence"], found["course_by"]) == (
        "red",
        "Stop",
        "Bram",
    )
    assert only(one, BEFORE)["course"] == "green"
    assert only(one, AFTER)["course"] == "amber"


def test_a_source_may_report_the_koers_and_the_newest_fact_wins(one: Engine) -> None:
    write(
        one,
        CourseReport(project_id=7, reported_on=BEFORE, course="green", sentence="Goed"),
        Observation(
            project_id=7,
            kind="course",
            observed_on=DAY,
            value="amber",
            raw_text="Amber/Red",
            source="gmpp",
        ),
    )
    found = only(one)
    assert (found["course"], found["course_source"]) == ("amber", "gmpp")
    assert found["course_sentence"] == "Amber/Red"
    assert pd.isna(found["course_by"])


def test_a_newest_observation_without_a_rating_makes_the_koers_unknown(one: Engine) -> None:
    write(
        one,
        Observation(
            project_id=7,
            kind="course",
            observed_on=BEFORE,
            value="green",
            raw_text="Green",
            source="gmpp",
        ),
        Observation(
            project_id=7,
            kind="course",
            observed_on=DAY,
            value=None,
            raw_text="Exempt under Section 43",
            source="gmpp",
        ),
    )
    found = only(one)
    assert pd.isna(found["course"])
    assert found["course_sentence"] == "Exempt under Section 43"


def test_restpunten_are_counted_as_they_were_on_the_day(one: Engine) -> None:
    items = [
        {"created_on": DAY},
        {"created_on": AFTER},
        {"created_on": BEFORE, "closed_on": DAY},
        {"created_on": BEFORE, "closed_on": AFTER, "owner_id": 1},
        {"created_on": BEFORE, "owner_id": 1, "accepted_by_id": 2, "due": BEFORE},
        {"created_on": BEFORE, "owner_id": 1, "due": DAY},
    ]
    write(one, *(ResidualItem(project_id=7, title="Rest", **item) for item in items))
    found = only(one)
    assert found["items_open"] == 4
    assert found["items_unowned"] == 1
    assert found["items_unaccepted"] == 2
    assert found["items_overdue"] == 1
    assert len(portfolio.residual_items(one)) == 6


@pytest.mark.parametrize("seed", range(5))
def test_the_counts_of_restpunten_follow_the_rules_of_the_domain(one: Engine, seed: int) -> None:
    rng = random.Random(seed)

    def day() -> date | None:
        return None if rng.random() < 0.3 else DAY + timedelta(rng.randint(-3, 3))

    items = [
        {
            "created_on": day() or BEFORE,
            "closed_on": day() if rng.random() < 0.4 else None,
            "owner_id": rng.choice([None, 1]),
            "accepted_by_id": rng.choice([None, 2]),
            "accepted_on": day(),
            "due": day(),
        }
        for _ in range(80)
    ]
    write(one, *(ResidualItem(project_id=7, title="Rest", **item) for item in items))
    for as_of in (DAY + timedelta(n) for n in range(-4, 5)):
        left = [i for i in items if is_open(i["created_on"], i["closed_on"], as_of)]
        states = [
            standing(i["owner_id"], i["accepted_by_id"], i["accepted_on"], as_of) for i in left
        ]
        found = only(one, as_of)
        assert found["items_open"] == len(left)
        assert found["items_unowned"] == states.count(Standing.UNOWNED)
        assert found["items_unaccepted"] == states.count(Standing.UNACCEPTED)
        assert found["items_overdue"] == sum(days_overdue(i["due"], as_of) > 0 for i in left)


def test_the_next_handover_is_the_first_that_has_not_happened(one: Engine) -> None:
    write(
        one,
        ProjectResult(project_id=7, title="A", agreed_on=date(2026, 1, 1), handed_over_on=DAY),
        ProjectResult(project_id=7, title="B", agreed_on=date(2027, 3, 1), formal_receiver_id=2),
        ProjectResult(project_id=7, title="C", agreed_on=date(2027, 2, 1)),
        ProjectResult(project_id=7, title="D"),
    )
    found = only(one)
    assert (found["results"], found["results_handed_over"]) == (4, 1)
    assert found["next_handover"] == pd.Timestamp(2027, 2, 1)
    assert only(one, BEFORE)["next_handover"] == pd.Timestamp(2026, 1, 1)
    assert portfolio.results(one)["formal_receiver"].dropna().tolist() == ["Bram"]


def test_the_newest_declaration_counts(one: Engine) -> None:
    write(
        one,
        SustainDeclaration(project_id=7, declared_on=BEFORE, verdict="sustained", declared_by_id=1),
        SustainDeclaration(project_id=7, declared_on=AFTER, verdict="relapsed", declared_by_id=2),
    )
    assert (only(one)["verdict"], only(one)["declared_by"]) == ("sustained", "Anna")
    assert only(one, AFTER)["verdict"] == "relapsed"


def test_what_is_removed_is_nowhere(one: Engine) -> None:
    write(one, ResidualItem(project_id=7, title="Rest", created_on=BEFORE))
    with database.writing(one, UNKNOWN_LOCAL) as transaction:
        project = transaction.session.get(Project, 7)
        assert project is not None
        project.deleted_at = database.datetime.now(database.UTC)
        transaction.session.add(project)
    assert portfolio.projects(one, DAY).empty
    assert portfolio.residual_items(one).empty


def test_an_empty_portfolio_has_every_column(engine: Engine) -> None:
    table = portfolio.projects(engine, DAY)
    assert table.empty
    assert {"theme", "unit", "course", "items_open", "next_handover"} <= set(table.columns)
    assert portfolio.phases(engine).empty


def test_the_newest_audit_entry_comes_first(one: Engine) -> None:
    write(one, Person(id=9, name="Cor"))
    entries = audit.newest_entries(one, limit=1)
    assert entries["actor_name"].tolist() == ["onbekend (lokaal)"]
    assert str(entries["at"].dt.tz) == "UTC"


def test_one_transaction_in_the_same_words_is_one_audit_entry(engine: Engine) -> None:
    for _ in range(2):
        with database.writing(engine, UNKNOWN_LOCAL) as transaction:
            for number in (1, 2, 3):
                transaction.record("import", "project", number, "Ingelezen uit lijst.csv.")
            transaction.record("import", "project", None, "Iets anders.")
    entries = audit.newest_entries(engine)
    assert entries["summary"].tolist() == ["Iets anders.", "Ingelezen uit lijst.csv."] * 2
    assert entries["times"].tolist() == [1, 3, 1, 3]
    assert entries["at"].notna().all()
