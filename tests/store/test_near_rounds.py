"""Two projects of one unit asked about the same thing would be a second round of the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, insert, update

from borging.store.commands import invitations, rounds, ways_in
from borging.store.commands.rounds import plan_round, usual_plan
from borging.store.commands.scans import ScanError
from borging.store.commands.ways_in import Link
from borging.store.queries.near_rounds import near_rounds
from borging.store.tables import Record
from tests.scans import ANNA, CHECK_CASE, NHS, add_project, individual, open_round, seen

DAY = date(2026, 11, 18)
T = Record.metadata.tables


@pytest.fixture
def projects(engine: Engine) -> tuple[int, int]:
    """Two projects of one team; each has one result, of another name."""
    first, second = add_project(engine, "P01", "ECD mobiel"), add_project(engine, "P02", "Valtool")
    with engine.begin() as connection:
        connection.execute(insert(T["unit"]).values(id=1, name="Wijkteam Noord", kind="team"))
        connection.execute(update(T["project"]).values(unit_id=1))
        for each, title in ((first, "Werkwijze A"), (second, "Werkwijze B")):
            connection.execute(insert(T["project_result"]).values(project_id=each, title=title))
    return first, second


def same_result(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(update(T["project_result"]).values(title=" werkwijze  a"))


def near(engine: Engine, project_id: int, day: date) -> list[tuple[str, bool]]:
    with engine.connect() as connection:
        return [(each.code, each.same) for each in near_rounds(connection, project_id, day)]


@pytest.mark.parametrize("days", [0, 1, 13, 14])
def test_a_second_project_with_the_same_result_waits_two_weeks(
    engine: Engine, projects: tuple[int, int], days: int
) -> None:
    same_result(engine)
    first, second = projects
    individual(engine, first, DAY, CHECK_CASE)
    on = DAY + timedelta(days=days)
    scan_id = plan_round(engine, ANNA, second, NHS, usual_plan(on), as_of=on)
    read = seen(engine, scan_id)
    if days >= 14:
        rounds.open_round(engine, ANNA, read, as_of=on)
        return
    with pytest.raises(ScanError, match="P01 ‘ECD mobiel’ van hetzelfde onderdeel"):
        rounds.open_round(engine, ANNA, read, as_of=on)


def test_a_second_project_with_the_same_result_waits_while_the_first_is_open(
    engine: Engine, projects: tuple[int, int]
) -> None:
    same_result(engine)
    first, second = projects
    open_round(engine, first, DAY)
    with pytest.raises(ScanError, match="resultaat"):
        open_round(engine, second, DAY + timedelta(days=60))


def test_another_result_of_the_unit_opens_and_is_told_to_who_answers(
    engine: Engine, projects: tuple[int, int]
) -> None:
    first, second = projects
    open_round(engine, first, DAY)
    scan_id = open_round(engine, second, DAY)
    assert near(engine, second, DAY) == [("P01", False)]
    (made,) = invitations.invite(engine, ANNA, scan_id, ["Cor"])
    assert ways_in.find_round(engine, Link(made.token), DAY).near == ("ECD mobiel",)


def test_projects_without_a_unit_or_of_another_one_are_not_near(
    engine: Engine, projects: tuple[int, int]
) -> None:
    first, second = projects
    open_round(engine, first, DAY)
    with engine.begin() as connection:
        connection.execute(
            update(T["project"]).where(T["project"].c.id == second).values(unit_id=None)
        )
    assert near(engine, second, DAY) == []
    assert near(engine, first, DAY) == []
