"""Scenarios in a database: saved, accepted as the plan, and taken back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, select, update

from borging.access.actor import Actor
from borging.domain.changes import AddHours, ChangeError, Shift, read_changes
from borging.domain.plan_rows import PlanRow, RowKind, read_rows
from borging.store import database
from borging.store.commands.example import remove_example, restore_example, write_example
from borging.store.commands.scenarios import (
    ScenarioRefusedError,
    accept_scenario,
    change_scenario,
    remove_scenario,
    save_scenario,
    undo_scenario,
)
from borging.store.queries.history import history
from borging.store.queries.scenarios import scenarios
from borging.store.tables import (
    JobRole,
    Person,
    PhaseRecord,
    Project,
    ProjectResult,
    Record,
    StaffingNeed,
)

DAY = date(2026, 12, 16)
ANNA = Actor("Anna de Wit", 1)
T = Record.metadata.tables
FIRST, LAST, LATER = date(2027, 1, 4), date(2027, 1, 29), date(2027, 2, 5)
CUT = date(2027, 1, 15)


@pytest.fixture
def portfolio(engine: Engine) -> Engine:
    """Person 1 Anna; project 1 with need 1, phase 1 and result 1 of four weeks in January."""
    with database.writing(engine, ANNA) as write:
        write.session.add_all([Person(name="Anna de Wit"), Project(code="P01", title="Beeldzorg")])
        role = JobRole(name="Projectleider", fte=1, hours_per_week=36, project_share=1)
        write.session.add(role)
        write.session.flush()
        write.session.add_all(
            [
                StaffingNeed(
                    project_id=1,
                    job_role_id=1,
                    hours_per_week=8,
                    first=FIRST,
                    last=LAST,
                    firm=False,
                ),
                PhaseRecord(project_id=1, phase="handover", planned_start=FIRST, planned_end=LAST),
                ProjectResult(project_id=1, title="Werkwijze", agreed_on=LAST),
            ]
        )
    return engine


NEED = PlanRow(
    RowKind.NEED,
    1,
    "P01 · Projectleider",
    {"first": FIRST, "last": LAST, "hours_per_week": 8.0},
    {"first": FIRST, "last": CUT, "hours_per_week": 8.0},
)
REST = PlanRow(
    RowKind.NEED,
    None,
    "P01 · Projectleider, tweede deel",
    {},
    {"first": date(2027, 1, 25), "last": LATER, "hours_per_week": 8.0},
    copy_of=1,
)
PHASE = PlanRow(
    RowKind.PHASE,
    1,
    "P01 · fase Overdracht",
    {"planned_start": FIRST, "planned_end": LAST},
    {"planned_start": FIRST, "planned_end": LATER},
)
HANDOVER = PlanRow(
    RowKind.HANDOVER, 1, "P01 · overdracht Werkwijze", {"agreed_on": LAST}, {"agreed_on": LATER}
)
ROWS = [NEED, REST, PHASE, HANDOVER]


def save(engine: Engine, name: str = "Later") -> int:
    return save_scenario(engine, ANNA, name, [Shift(1, 1)], DAY)


def row(engine: Engine, scenario_id: int) -> dict[str, Any]:
    return dict(scenarios(engine).set_index("id").loc[scenario_id])


def stored(engine: Engine, table: str) -> list[dict[str, Any]]:
    wanted = select(T[table]).where(T[table].c.deleted_at.is_(None)).order_by(T[table].c.id)
    with engine.connect() as connection:
        return [dict(each) for each in connection.execute(wanted).mappings()]


def plan(engine: Engine) -> list[Any]:
    """The dates of the plan, without versions."""
    return [
        [tuple(each[name] for name in names) for each in stored(engine, table)]
        for table, names in (
            ("staffing_need", ("first", "last", "hours_per_week")),
            ("phase_record", ("planned_start", "planned_end")),
            ("project_result", ("agreed_on",)),
        )
    ]


def entry(engine: Engine) -> Any:
    """The newest audit entry; there is one of the scenario itself for each write."""
    audit = T["audit_entry"]
    with engine.connect() as connection:
        newest = connection.execute(select(audit).order_by(audit.c.id.desc())).mappings().first()
        assert newest is not None
        own = select(audit.c.id).where(
            audit.c.revision == newest["revision"], audit.c.entity == newest["entity"]
        )
        assert len(connection.execute(own).all()) == 1
    return newest


def test_a_scenario_comes_back_as_it_was_saved(portfolio: Engine) -> None:
    new = save_scenario(portfolio, ANNA, "  Na de   griep ", [Shift(1, 1)], DAY, " Voorstel ")
    found = row(portfolio, new)
    assert (found["name"], found["note"], found["status"]) == ("Na de griep", "Voorstel", "draft")
    assert (found["created_by"], found["created_on"].date()) == ("Anna de Wit", DAY)
    assert read_changes(found["changes"]) == (Shift(1, 1),)
    assert json.loads(entry(portfolio)["detail"])["after"]["name"] == "Na de griep"


def test_names_are_unique_among_those_that_are_there(portfolio: Engine) -> None:
    first = save(portfolio)
    with pytest.raises(ScenarioRefusedError, match="Er is al een scenario ‘Later’"):
        save(portfolio, " LATER ")
    save(portfolio, "x" * 100)
    with pytest.raises(ScenarioRefusedError, match="ten hoogste 100 tekens"):
        save(portfolio, "x" * 101)
    with pytest.raises(ScenarioRefusedError, match="naam"):
        save(portfolio, "  ")
    second = save(portfolio, "Eerder")
    with pytest.raises(ScenarioRefusedError, match="Er is al"):
        change_scenario(portfolio, ANNA, second, 1, name="later")
    change_scenario(portfolio, ANNA, second, 1, name="EERDER")
    remove_scenario(portfolio, ANNA, first, 1)
    assert save(portfolio) not in (first, second)


def test_a_change_that_cannot_be_is_not_saved(portfolio: Engine) -> None:
    with pytest.raises(ChangeError):
        save_scenario(portfolio, ANNA, "Later", [Shift(1, 9999)], DAY)
    assert scenarios(portfolio).empty


def test_changing_keeps_what_is_not_given_and_records_before_and_after(portfolio: Engine) -> None:
    new = save(portfolio)
    change_scenario(portfolio, ANNA, new, 1, changes=[Shift(1, 2)])
    found = row(portfolio, new)
    assert (found["name"], found["version"]) == ("Later", 2)
    assert read_changes(found["changes"]) == (Shift(1, 2),)
    detail = json.loads(entry(portfolio)["detail"])
    assert read_changes(detail["before"]["changes"]) == (Shift(1, 1),)
    assert read_changes(detail["after"]["changes"]) == (Shift(1, 2),)


def test_somebody_who_saw_an_older_version_is_told(portfolio: Engine) -> None:
    new = save(portfolio)
    change_scenario(portfolio, ANNA, new, 1, note="x")
    for attempt in (
        lambda: change_scenario(portfolio, ANNA, new, 1, name="Anders"),
        lambda: remove_scenario(portfolio, ANNA, new, 1),
        lambda: accept_scenario(portfolio, ANNA, new, 1, ROWS, DAY),
    ):
        with pytest.raises(ScenarioRefusedError, match="‘Later’ intussen gewijzigd"):
            attempt()
    with pytest.raises(ScenarioRefusedError, match="bestaat niet meer"):
        remove_scenario(portfolio, ANNA, 99, 1)


def test_accepting_writes_the_rows_and_undoing_puts_them_back(portfolio: Engine) -> None:
    before, new = plan(portfolio), save(portfolio)
    accept_scenario(portfolio, ANNA, new, 1, ROWS, DAY)
    assert plan(portfolio) == [
        [(FIRST, CUT, 8.0), (date(2027, 1, 25), LATER, 8.0)],
        [(FIRST, LATER)],
        [(LATER,)],
    ]
    whole, part = stored(portfolio, "staffing_need")
    assert part["firm"] is whole["firm"] is False
    assert part["job_role_id"] == whole["job_role_id"]
    found = row(portfolio, new)
    assert (found["status"], found["accepted_by"]) == ("accepted", "Anna de Wit")
    assert read_rows(found["accepted_rows"]) == (NEED, replace(REST, id=2), PHASE, HANDOVER)
    detail = json.loads(entry(portfolio)["detail"])
    assert read_rows(detail["after"]["accepted_rows"])[0].before["last"] == LAST

    told = [(each.summary, each.undoable) for each in history(portfolio, 1, 9)]
    assert told == [
        ("P01 · overdracht Werkwijze: overgenomen uit scenario ‘Later’.", True),
        ("P01 · fase Overdracht: overgenomen uit scenario ‘Later’.", True),
        ("P01 · Projectleider, tweede deel: overgenomen uit scenario ‘Later’.", False),
        ("P01 · Projectleider: overgenomen uit scenario ‘Later’.", False),
    ]

    undo_scenario(portfolio, ANNA, new, 2)
    assert plan(portfolio) == before
    assert row(portfolio, new)["status"] == "undone"
    assert entry(portfolio)["summary"] == "Scenario ‘Later’ teruggedraaid (4 rijen)."
    accept_scenario(portfolio, ANNA, new, 3, ROWS, DAY)
    assert plan(portfolio) != before


def test_an_accepted_scenario_is_undone_before_it_is_changed(portfolio: Engine) -> None:
    new = save(portfolio)
    with pytest.raises(ScenarioRefusedError, match="nu niet overgenomen"):
        undo_scenario(portfolio, ANNA, new, 1)
    accept_scenario(portfolio, ANNA, new, 1, [PHASE], DAY)
    for attempt in (
        lambda: change_scenario(portfolio, ANNA, new, 2, name="Anders"),
        lambda: remove_scenario(portfolio, ANNA, new, 2),
        lambda: accept_scenario(portfolio, ANNA, new, 2, [PHASE], DAY),
    ):
        with pytest.raises(ScenarioRefusedError, match="Draai het eerst terug"):
            attempt()


SET = {
    "staffing_need": {"hours_per_week": 9.0},
    "phase_record": {"planned_end": FIRST},
    "project_result": {"agreed_on": FIRST},
}


@pytest.mark.parametrize("table", SET)
def test_nothing_is_accepted_when_a_row_changed_since_it_was_seen(
    portfolio: Engine, table: str
) -> None:
    new = save(portfolio)
    with database.writing(portfolio, ANNA) as write:
        write.session.execute(update(T[table]).values(**SET[table]))
    before = plan(portfolio)
    with pytest.raises(ScenarioRefusedError, match="sinds u dit zag gewijzigd: P01 · "):
        accept_scenario(portfolio, ANNA, new, 1, ROWS, DAY)
    assert (plan(portfolio), row(portfolio, new)["status"]) == (before, "draft")


@pytest.mark.parametrize(
    ("table", "row_id", "label"),
    [
        ("staffing_need", 1, NEED.label),
        ("staffing_need", 2, REST.label),
        ("phase_record", 1, PHASE.label),
        ("project_result", 1, HANDOVER.label),
    ],
)
@pytest.mark.parametrize("hidden", [False, True])
def test_nothing_is_undone_when_a_row_changed_since(
    portfolio: Engine, table: str, row_id: int, label: str, hidden: bool
) -> None:
    new = save(portfolio)
    accept_scenario(portfolio, ANNA, new, 1, ROWS, DAY)
    values = {"deleted_at": datetime.now(UTC)} if hidden else SET[table]
    with database.writing(portfolio, ANNA) as write:
        write.session.execute(update(T[table]).where(T[table].c.id == row_id).values(**values))
    before = plan(portfolio)
    with pytest.raises(
        ScenarioRefusedError, match=f"sinds het overnemen gewijzigd: {label}\\. Zet de datums"
    ):
        undo_scenario(portfolio, ANNA, new, 2)
    assert (plan(portfolio), row(portfolio, new)["status"]) == (before, "accepted")


def test_undoing_keeps_what_else_somebody_changed_and_loses_no_part(portfolio: Engine) -> None:
    """Whether a need is firm is no date: it stays. A part that goes away would lose it."""
    new = save(portfolio)
    accept_scenario(portfolio, ANNA, new, 1, ROWS, DAY)
    firm = {"firm": True, "version": T["staffing_need"].c.version + 1}
    with database.writing(portfolio, ANNA) as write:
        own = update(T["staffing_need"]).where(T["staffing_need"].c.id == 2)
        write.session.execute(own.values(**firm))
    with pytest.raises(ScenarioRefusedError, match="tweede deel"):
        undo_scenario(portfolio, ANNA, new, 2)
    with database.writing(portfolio, ANNA) as write:
        write.session.execute(own.values(version=1))
        first = update(T["staffing_need"]).where(T["staffing_need"].c.id == 1)
        write.session.execute(first.values(**firm))
    undo_scenario(portfolio, ANNA, new, 2)
    (left,) = stored(portfolio, "staffing_need")
    assert (left["firm"], left["last"]) == (True, LAST)


def test_what_would_not_be_a_plan_is_not_accepted(portfolio: Engine) -> None:
    nothing = save(portfolio)
    with pytest.raises(ScenarioRefusedError, match="verandert niets aan het plan"):
        accept_scenario(portfolio, ANNA, nothing, 1, [], DAY)
    hours = save_scenario(portfolio, ANNA, "Hulp", [AddHours(1, 4, FIRST, LAST)], DAY)
    with pytest.raises(ScenarioRefusedError, match="Voeg ze toe bij de functies"):
        accept_scenario(portfolio, ANNA, hours, 1, ROWS, DAY)


def test_the_scenario_of_the_example_goes_and_comes_back_with_it(engine: Engine) -> None:
    write_example(engine, ANNA, DAY, projects=40)
    write_example(engine, ANNA, DAY, projects=40)
    own = save(engine, "Eigen")
    names = scenarios(engine)["name"].tolist()
    assert len(names) == 2
    remove_example(engine, ANNA)
    assert scenarios(engine)["id"].tolist() == [own]
    restore_example(engine, ANNA)
    assert scenarios(engine)["name"].tolist() == names
