"""Functions, leave and needs in a database: saved together, refused together."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Engine, select
from sqlmodel import Session

from borging.access.actor import Actor
from borging.domain.room import RoomFields
from borging.domain.staffing import FunctionFields, LeaveFields, NeedFields
from borging.store import database
from borging.store.commands import example_left
from borging.store.commands.capacity import (
    CapacityError,
    Row,
    fill_needs,
    save_functions,
    save_leave,
    save_needs,
    save_rooms,
    take_back_needs,
)
from borging.store.commands.example import remove_example, restore_example, write_example
from borging.store.queries import capacity
from borging.store.tables import AuditEntry, JobRole, Project

ANNA = Actor("Anna de Wit")
LEAD = FunctionFields("Projectleider", 2.0, 36.0, 0.8)
NURSE = FunctionFields("Wijkverpleegkundige", 6.5, 28.0, 0.1, scarce=True)
FIRST, LAST = date(2026, 12, 28), date(2027, 1, 3)


def add_project(engine: Engine, code: str = "E1") -> int:
    with Session(engine) as session, session.begin():
        project = Project(code=code, title="Eigen project", state="running")
        session.add(project)
        session.flush()
        assert project.id is not None
        return project.id


def add_functions(engine: Engine) -> tuple[int, int]:
    save_functions(engine, ANNA, [Row("rij 1", LEAD), Row("rij 2", NURSE)])
    lead, nurse = capacity.functions(engine)["id"].tolist()
    return lead, nurse


def test_functions_come_back_with_their_units(engine: Engine) -> None:
    add_functions(engine)
    table = capacity.functions(engine)
    assert table.drop(columns=["id", "version"]).to_dict("records") == [
        {
            "name": "Projectleider",
            "fte": 2.0,
            "hours_per_week": 36.0,
            "project_share": 0.8,
            "scarce": False,
        },
        {
            "name": "Wijkverpleegkundige",
            "fte": 6.5,
            "hours_per_week": 28.0,
            "project_share": 0.1,
            "scarce": True,
        },
    ]
    assert table["scarce"].dtype == bool


def test_a_table_of_changes_is_one_transaction_with_one_audit_entry(engine: Engine) -> None:
    project = add_project(engine)
    lead, nurse = add_functions(engine)
    before = database.revision(engine)
    need = NeedFields(lead, 8.0, FIRST, LAST)
    rows = [Row("rij 1", need), Row("rij 2", replace(need, function_id=nurse, firm=False))]
    assert save_needs(engine, ANNA, project, rows) == 2
    assert database.revision(engine) == before + 1
    first, second = capacity.needs(engine).to_dict("records")
    assert (first["hours_per_week"], first["firm"], second["firm"]) == (8.0, True, False)
    assert (first["first"], first["last"]) == (pd.Timestamp(FIRST), pd.Timestamp(LAST))
    changed = Row("rij 1", replace(need, hours_per_week=4.5), first["id"], first["version"])
    gone = Row("rij 2", None, second["id"], second["version"])
    assert save_needs(engine, ANNA, project, [changed, gone]) == 2
    (left,) = capacity.needs(engine).to_dict("records")
    assert (left["id"], left["hours_per_week"], left["version"]) == (first["id"], 4.5, 2)
    with Session(engine) as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.entity == "staffing_need"))
        said = [(each.summary, len(json.loads(each.detail or "")["rows"])) for each in entries]
    assert said == [("Inzet van project E1 gewijzigd.", 2)] * 2


def test_one_wrong_row_refuses_all_and_every_wrong_row_is_named(engine: Engine) -> None:
    project = add_project(engine)
    lead, _nurse = add_functions(engine)
    before = database.revision(engine)
    right = NeedFields(lead, 8.0, FIRST, LAST)
    rows = [
        Row("rij 1", right),
        Row("rij 2", replace(right, hours_per_week=-2.0)),
        Row("rij 3", replace(right, function_id=999, last=date(2026, 1, 1))),
    ]
    with pytest.raises(CapacityError) as refusal:
        save_needs(engine, ANNA, project, rows)
    assert refusal.value.sentences == (
        "rij 2: de uren per week moeten meer dan 0 zijn, ten hoogste 10.000.",
        "rij 3: kies een functie uit de lijst; het einde (01-01-2026) ligt vóór het begin "
        "(28-12-2026).",
    )
    assert capacity.needs(engine).empty
    assert database.revision(engine) == before


def test_a_row_that_somebody_else_changed_is_refused(engine: Engine) -> None:
    lead, _nurse = add_functions(engine)
    save_functions(engine, ANNA, [Row("rij 1", replace(LEAD, fte=3.0), lead, 1)])
    with pytest.raises(CapacityError, match="rij 1: iemand anders heeft deze rij intussen gewij"):
        save_functions(engine, ANNA, [Row("rij 1", replace(LEAD, fte=1.0), lead, 1)])
    with pytest.raises(CapacityError, match="intussen weggehaald"):
        save_functions(engine, ANNA, [Row("rij 9", LEAD, 999, 1)])
    assert capacity.functions(engine)["fte"].tolist() == [3.0, 6.5]


def test_two_functions_have_two_names_but_names_may_be_swapped(engine: Engine) -> None:
    lead, nurse = add_functions(engine)
    with pytest.raises(CapacityError, match="er is al een functie ‘projectLeider’"):
        save_functions(engine, ANNA, [Row("rij 3", replace(NURSE, name=" projectLeider "))])
    swapped = [
        Row("rij 1", replace(LEAD, name="Wijkverpleegkundige"), lead, 1),
        Row("rij 2", replace(NURSE, name="Projectleider"), nurse, 1),
    ]
    assert save_functions(engine, ANNA, swapped) == 2
    with pytest.raises(CapacityError, match="rij 2: er is al"):
        save_functions(
            engine,
            ANNA,
            [Row("rij 1", replace(LEAD, name="Arts")), Row("rij 2", replace(LEAD, name="arts"))],
        )


def test_a_function_that_projects_ask_for_is_not_removed(engine: Engine) -> None:
    project = add_project(engine)
    lead, nurse = add_functions(engine)
    save_needs(engine, ANNA, project, [Row("rij 1", NeedFields(lead, 8.0, FIRST, LAST))])
    with pytest.raises(CapacityError, match="1 project vraagt nog om ‘Projectleider’"):
        save_functions(engine, ANNA, [Row("rij 1", None, lead, 1), Row("rij 2", None, nurse, 1)])
    assert len(capacity.functions(engine)) == 2
    assert save_functions(engine, ANNA, [Row("rij 2", None, nurse, 1)]) == 1
    assert capacity.functions(engine)["name"].tolist() == ["Projectleider"]


def test_leave_is_kept_and_checked(engine: Engine) -> None:
    _lead, nurse = add_functions(engine)
    assert save_leave(engine, ANNA, [Row("rij 1", LeaveFields(nurse, 56.0, FIRST, LAST))]) == 1
    (row,) = capacity.leave(engine).to_dict("records")
    assert (row["function_id"], row["hours_per_week"]) == (nurse, 56.0)
    with pytest.raises(CapacityError, match="ligt vóór het begin"):
        save_leave(engine, ANNA, [Row("rij 1", LeaveFields(nurse, 8.0, LAST, FIRST))])


def test_needs_of_a_project_that_is_gone_are_refused(engine: Engine) -> None:
    lead, _nurse = add_functions(engine)
    with pytest.raises(CapacityError, match="Dit project bestaat niet meer"):
        save_needs(engine, ANNA, 999, [Row("rij 1", NeedFields(lead, 8.0, FIRST, LAST))])


def test_a_row_of_another_project_is_refused(engine: Engine) -> None:
    mine, other = add_project(engine), add_project(engine, "E2")
    lead, _nurse = add_functions(engine)
    need = NeedFields(lead, 8.0, FIRST, LAST)
    save_needs(engine, ANNA, other, [Row("rij 1", need)])
    (row,) = capacity.needs(engine).to_dict("records")
    for fields in (need, None):
        with pytest.raises(CapacityError, match="rij 1: deze rij hoort bij een ander project"):
            save_needs(engine, ANNA, mine, [Row("rij 1", fields, row["id"], row["version"])])
    assert capacity.needs(engine)["project_id"].tolist() == [other]


def test_a_template_is_taken_back_but_for_what_was_changed_since(engine: Engine) -> None:
    project, other = add_project(engine), add_project(engine, "E2")
    lead, nurse = add_functions(engine)
    need = NeedFields(lead, 8.0, FIRST, LAST, firm=False)
    save_needs(engine, ANNA, project, [Row("rij 1", need)])
    own = int(capacity.needs(engine)["id"].iloc[0])
    made = fill_needs(engine, ANNA, project, [need, replace(need, function_id=nurse), need])
    assert len(made) == 3
    save_needs(engine, ANNA, project, [Row("rij 2", replace(need, firm=True), made[0], 1)])
    assert take_back_needs(engine, ANNA, other, made) == 0
    assert take_back_needs(engine, ANNA, project, made) == 2
    assert sorted(capacity.needs(engine)["id"]) == sorted([own, made[0]])
    before = database.revision(engine)
    assert take_back_needs(engine, ANNA, project, made) == 0
    with Session(engine) as session:
        entries = session.scalars(
            select(AuditEntry.summary).where(AuditEntry.revision < before + 1)
        ).all()
    assert "Inzet van project E1 met een sjabloon gevuld." in entries
    assert entries[-1] == "Inzet van project E1 weer zonder sjabloon."


def test_the_example_comes_goes_and_comes_back_with_its_functions(engine: Engine) -> None:
    write_example(engine, ANNA, date(2026, 11, 22), projects=40)
    functions, needs, leave = (
        read(engine) for read in (capacity.functions, capacity.needs, capacity.leave)
    )
    assert (len(functions), len(leave)) == (10, 10)
    assert len(needs) > 300
    write_example(engine, ANNA, date(2026, 11, 22), projects=40)
    assert len(capacity.functions(engine)) == len(capacity.leave(engine)) == 10
    project = add_project(engine)
    lead = int(functions.loc[functions["name"] == "Projectleider", "id"].item())
    save_needs(engine, ANNA, project, [Row("rij 1", NeedFields(lead, 8.0, FIRST, LAST))])
    remove_example(engine, ANNA)
    assert capacity.functions(engine)["id"].tolist() == [lead]
    assert capacity.needs(engine)["project_id"].tolist() == [project]
    restore_example(engine, ANNA)
    assert len(capacity.functions(engine)) == 10
    assert len(capacity.needs(engine)) == len(needs) + 1


@pytest.fixture
def with_left(engine: Engine) -> tuple[Engine, int]:
    """A portfolio after the example, in which an own project asks hours of a made-up function."""
    write_example(engine, ANNA, date(2026, 11, 22), projects=3)
    functions = capacity.functions(engine)
    lead = int(functions.loc[functions["name"] == "Projectleider", "id"].item())
    need = Row("rij 1", NeedFields(lead, 8.0, FIRST, LAST))
    save_needs(engine, ANNA, add_project(engine), [need])
    assert example_left.left_functions(engine) == []
    assert [name for name, _ in example_left.staying(engine).functions] == ["Projectleider"]
    remove_example(engine, ANNA)
    return engine, lead


def test_a_made_up_function_that_stays_is_named_until_somebody_decides(
    with_left: tuple[Engine, int],
) -> None:
    engine, _ = with_left
    ((name, fte),) = example_left.left_functions(engine)
    assert (name, fte > 0) == ("Projectleider", True)
    assert example_left.adopt_functions(engine, ANNA) == 1
    assert example_left.left_functions(engine) == []
    assert capacity.functions(engine)["fte"].tolist() == [fte]
    assert example_left.adopt_functions(engine, ANNA) == 0


def test_made_up_supply_is_taken_out_and_the_need_stays(with_left: tuple[Engine, int]) -> None:
    engine, lead = with_left
    assert len(capacity.leave(engine)) == 1
    assert example_left.empty_functions(engine, ANNA) == 1
    functions = capacity.functions(engine)
    assert (functions["id"].tolist(), functions["fte"].tolist()) == ([lead], [0.0])
    assert (len(capacity.leave(engine)), len(capacity.needs(engine))) == (0, 1)


def test_a_made_up_function_that_somebody_changes_is_their_own(
    with_left: tuple[Engine, int],
) -> None:
    engine, lead = with_left
    row = capacity.functions(engine).iloc[0]
    fields = FunctionFields(row["name"], 1.5, row["hours_per_week"], row["project_share"], False)
    save_functions(engine, ANNA, [Row("rij 1", fields, lead, int(row["version"]))])
    assert example_left.left_functions(engine) == []


def test_a_new_example_leaves_a_function_that_became_own_as_it_is(
    with_left: tuple[Engine, int],
) -> None:
    engine, lead = with_left
    example_left.empty_functions(engine, ANNA)
    write_example(engine, ANNA, date(2026, 11, 22), projects=3)
    functions = capacity.functions(engine).set_index("name")
    assert functions.index.is_unique
    assert functions.loc["Projectleider", ["id", "fte"]].tolist() == [lead, 0.0]
    assert lead not in capacity.leave(engine)["function_id"].tolist()
    remove_example(engine, ANNA)
    assert capacity.functions(engine)["id"].tolist() == [lead]


def test_a_larger_example_has_more_people_in_the_same_functions(engine: Engine) -> None:
    write_example(engine, ANNA, date(2026, 11, 22), projects=400)
    with Session(engine) as session:
        scarce = session.scalars(
            select(JobRole).where(JobRole.name == "Functioneel beheerder ECD")
        ).one()
    assert scarce.fte == 20
    assert scarce.scarce


def test_the_room_of_a_project_is_kept_and_checked(engine: Engine) -> None:
    one, other = add_project(engine, "E1"), add_project(engine, "E2")
    given = RoomFields(one, FIRST, None, date(2027, 6, 30), weeks_later=2)
    assert save_rooms(engine, ANNA, [Row("rij 1", given), Row("rij 2", RoomFields(other))]) == 2
    first, second = capacity.rooms(engine).to_dict("records")
    assert (first["project_id"], first["weeks_later"]) == (one, 2)
    assert first["earliest_start"] == pd.Timestamp(FIRST)
    assert pd.isna(first["latest_end"])
    assert pd.isna(first["weeks_earlier"])
    with pytest.raises(CapacityError, match="rij 3: dit project heeft al een rij"):
        save_rooms(engine, ANNA, [Row("rij 3", RoomFields(one))])
    with pytest.raises(CapacityError, match="rij 1: kies een project"):
        save_rooms(engine, ANNA, [Row("rij 1", RoomFields(999), first["id"], 1)])
    with pytest.raises(CapacityError, match="intussen gewijzigd"):
        save_rooms(engine, ANNA, [Row("rij 1", given, first["id"], 2)])
    gone = [Row("rij 1", None, first["id"], 1), Row("rij 2", None, second["id"], 1)]
    assert save_rooms(engine, ANNA, gone) == 2
    assert capacity.rooms(engine).empty
    assert save_rooms(engine, ANNA, [Row("rij 1", given)]) == 1
