"""The example portfolio in a database: made, replaced, removed, put back."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, text
from sqlmodel import Session

from borging.access.actor import Actor
from borging.store import database, start_gate
from borging.store.commands.example import (
    ensure_portfolio,
    has_example,
    has_own_projects,
    remove_example,
    restore_example,
    write_example,
)
from borging.store.queries import dossier
from borging.store.tables import (
    EXAMPLE_SOURCE,
    AuditEntry,
    FactorAnswer,
    Goal,
    Person,
    Project,
    Record,
    ResidualItem,
    Scan,
    ScanResponse,
    Unit,
)
from borging.store.unavailable import StartLockError

ANNA = Actor("Anna de Wit")
AS_OF = date(2026, 11, 22)
ROOT = Path(__file__).parents[2]


def counted(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in Record.metadata.tables.items()
            if name not in ("audit_entry", "revision", "table_revision")
        }


def visible(engine: Engine, table: type[Unit] | type[Person] | type[Goal] | type[Project]) -> int:
    with Session(engine) as session:
        found = select(func.count()).select_from(table).where(table.deleted_at.is_(None))
        return session.execute(found).scalar_one()


def add_own_project(engine: Engine) -> int:
    """A project of the user's own that leans on a unit, a goal and persons of the example."""
    with Session(engine) as session, session.begin():
        team = session.execute(select(Unit).where(Unit.name == "Wijkteam Noord")).scalar_one()
        goal = session.execute(select(Goal).where(Goal.kind == "goal").limit(1)).scalar_one()
        lead = session.execute(select(Person).where(Person.name == "Bram Kuipers")).scalar_one()
        owner = session.execute(select(Person).where(Person.name == "Iris Claassen")).scalar_one()
        project = Project(
            code="E1",
            title="Eigen project",
            state="running",
            unit_id=team.id,
            goal_id=goal.id,
            project_lead_id=lead.id,
        )
        session.add(project)
        session.flush()
        assert project.id is not None
        session.add(
            ResidualItem(
                project_id=project.id, title="Eigen punt", owner_id=owner.id, created_on=AS_OF
            )
        )
        return project.id


def test_own_projects_are_told_apart_from_the_example(engine: Engine) -> None:
    assert not has_own_projects(engine)
    write_example(engine, ANNA, AS_OF)
    assert not has_own_projects(engine)
    with Session(engine) as session, session.begin():
        session.add(Project(code="E1", title="Eigen"))
    assert has_own_projects(engine)


def test_a_new_portfolio_starts_at_project_1_and_is_audited(engine: Engine) -> None:
    assert write_example(engine, ANNA, AS_OF) == 40
    assert has_example(engine)
    with Session(engine) as session:
        first = session.get(Project, 1)
        assert first is not None
        assert (first.code, first.external_id, first.source) == ("P01", "P01", EXAMPLE_SOURCE)
        entry = session.execute(select(AuditEntry)).scalars().one()
        assert (entry.action, entry.actor_name) == ("write_example", "Anna de Wit")
        assert "40 projecten" in entry.summary
    counts = counted(engine)
    assert counts["project"] == 40
    assert counts["factor_answer"] == 10 * counts["scan_response"]
    assert {name for name, rows in counts.items() if not rows} == {
        "observation",  # what a source reported: only an import has one
        "clock_day",  # recorded as the program runs
        "own_holiday",  # a choice of the organisation, as the next one
        "organisation_setting",
        "scan_draft",  # only the browser that wrote a draft can read it
        "flu_season",  # real winters come from the reference table; nothing is made up
        "flu_week",
        "attachment",  # an example of a file would be a file about nothing
        "calendar_review",  # what people decided together is not made up
    }


def test_ordinary_writes_go_on_after_the_bulk(engine: Engine) -> None:
    write_example(engine, ANNA, AS_OF)
    with Session(engine) as session, session.begin():
        project = Project(code="E1", title="Eigen project", state="idea")
        session.add_all([project, Unit(name="Nieuw", kind="team"), Person(name="Nieuw")])
        session.flush()
        assert project.id == 41
        scan = Scan(project_id=project.id, instrument_id=1, scanned_on=AS_OF)
        session.add(scan)
        session.flush()
        response = ScanResponse(scan_id=scan.id)
        session.add(response)
        session.flush()
        session.add(FactorAnswer(response_id=response.id, factor="f01", level="a"))


def test_a_portfolio_is_replaced_and_other_projects_stay(engine: Engine) -> None:
    write_example(engine, ANNA, AS_OF)
    own = add_own_project(engine)
    people, units = visible(engine, Person), visible(engine, Unit)
    assert write_example(engine, ANNA, AS_OF, projects=12, seed=5) == 12
    assert (visible(engine, Person), visible(engine, Unit)) == (people, units)
    assert visible(engine, Project) == 13
    with Session(engine) as session:
        kept = session.get(Project, own)
        assert kept is not None
        assert (kept.title, kept.deleted_at) == ("Eigen project", None)
        lead = session.get(Person, kept.project_lead_id)
        assert lead is not None
        assert (lead.name, lead.deleted_at) == ("Bram Kuipers", None)
        items = select(func.count()).where(ResidualItem.project_id == own)
        assert session.execute(items).scalar_one() == 1


def test_replacing_leaves_no_rows_of_the_old_portfolio(engine: Engine) -> None:
    write_example(engine, ANNA, AS_OF)
    before = counted(engine)
    write_example(engine, ANNA, AS_OF, projects=200)
    write_example(engine, ANNA, AS_OF)
    assert counted(engine) == before


def test_removing_hides_all_and_restoring_shows_it_again(engine: Engine) -> None:
    write_example(engine, ANNA, AS_OF)
    seen = [visible(engine, table) for table in (Project, Unit, Person, Goal)]
    written = len(dossier.items_of(engine, 1))
    assert written
    assert remove_example(engine, ANNA) == 40
    assert dossier.items_of(engine, 1).empty
    assert not has_example(engine)
    assert [visible(engine, table) for table in (Project, Unit, Person, Goal)] == [0, 0, 0, 0]
    assert remove_example(engine, ANNA) == 0
    restore_example(engine, ANNA)
    assert has_example(engine)
    assert [visible(engine, table) for table in (Project, Unit, Person, Goal)] == seen
    assert len(dossier.items_of(engine, 1)) == written


def test_restoring_leaves_what_was_deleted_before(engine: Engine) -> None:
    write_example(engine, ANNA, AS_OF)
    with Session(engine) as session, session.begin():
        project = session.get(Project, 3)
        assert project is not None
        project.deleted_at = datetime(2026, 11, 1, tzinfo=UTC)
    remove_example(engine, ANNA)
    restore_example(engine, ANNA)
    assert visible(engine, Project) == 39
    restore_example(engine, ANNA)
    assert visible(engine, Project) == 39


def test_removing_keeps_what_other_projects_use(engine: Engine) -> None:
    write_example(engine, ANNA, AS_OF)
    add_own_project(engine)
    remove_example(engine, ANNA)
    with Session(engine) as session:

        def left(table: type[Unit] | type[Person]) -> set[str]:
            rows = select(table.name).where(table.deleted_at.is_(None))
            return set(session.execute(rows).scalars())

        assert left(Person) == {"Bram Kuipers", "Iris Claassen"}
        assert left(Unit) == {
            "Wijkteam Noord",
            "Thuiszorg Waterwilg",
            "Zorggroep Waterwilg",
            "Servicebureau",
            "Geriatrische revalidatie",
            "Het Veerhuis",
        }
        kinds = select(Goal.kind).where(Goal.deleted_at.is_(None))
        assert set(session.execute(kinds).scalars()) == {"vision", "theme", "goal"}
    assert visible(engine, Goal) == 3
    assert visible(engine, Project) == 1


def test_an_own_team_keeps_the_location_above_it(engine: Engine) -> None:
    write_example(engine, ANNA, AS_OF)
    with Session(engine) as session, session.begin():
        above = session.execute(select(Unit).where(Unit.name == "De Wilgenhof")).scalar_one()
        session.add(Unit(name="Eigen team", kind="team", parent_id=above.id))
    remove_example(engine, ANNA)
    assert visible(engine, Unit) == 3


def test_a_removed_portfolio_is_replaced_too(engine: Engine) -> None:
    write_example(engine, ANNA, AS_OF)
    before = counted(engine)
    remove_example(engine, ANNA)
    write_example(engine, ANNA, AS_OF)
    assert has_example(engine)
    assert counted(engine) == before
    assert visible(engine, Person) == before["person"]


def test_a_wrong_size_leaves_the_portfolio_alone(engine: Engine) -> None:
    write_example(engine, ANNA, AS_OF)
    before, number = counted(engine), database.revision(engine)
    with pytest.raises(ValueError, match="aantal projecten"):
        write_example(engine, ANNA, AS_OF, projects=0)
    assert (counted(engine), database.revision(engine)) == (before, number)


def test_a_thousand_projects_are_written(engine: Engine) -> None:
    assert write_example(engine, ANNA, AS_OF, projects=1000) == 1000
    assert visible(engine, Project) == 1000


def emptied(url: str) -> str:
    """Return the address after what was there has gone: the file, or the tables on a server."""
    engine = database.engine_for(url)
    if engine.url.get_backend_name() == "sqlite":
        engine.dispose()
        Path(str(engine.url.database)).unlink()
        return url
    with engine.begin() as connection:
        for table in reversed(Record.metadata.sorted_tables):
            connection.execute(text(f"DROP TABLE {table.name}"))
        connection.execute(text("DROP TABLE alembic_version"))
    engine.dispose()
    return url


def test_a_new_database_is_filled_once(database_url: str) -> None:
    engine = ensure_portfolio(emptied(database_url), AS_OF, example=True)
    assert has_example(engine)
    number = database.revision(engine)
    assert database.revision(ensure_portfolio(database_url, AS_OF, example=True)) == number
    engine.dispose()


def test_a_database_that_exists_is_not_filled(database_url: str) -> None:
    engine = ensure_portfolio(database_url, AS_OF, example=True)
    assert not has_example(engine)
    engine.dispose()


def test_a_new_database_stays_empty_when_asked(database_url: str) -> None:
    engine = ensure_portfolio(emptied(database_url), AS_OF, example=False)
    assert visible(engine, Project) == 0
    engine.dispose()


def test_a_start_that_never_gets_its_turn_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start_gate, "WAIT_FOR_START", 0.1)
    with closing(sqlite3.connect(tmp_path / "a.db-start")) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StartLockError, match="kan niet worden vergrendeld"):
            ensure_portfolio(f"sqlite:///{tmp_path / 'a.db'}", AS_OF, example=True)


def test_processes_that_start_together_fill_it_once(database_url: str) -> None:
    url = emptied(database_url)
    program = (
        "import sys; from datetime import date;"
        "from borging.store.commands.example import ensure_portfolio;"
        "ensure_portfolio(sys.argv[1], date(2026, 11, 22), True)"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, url], cwd=ROOT, stderr=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    for process in started:
        _, problems = process.communicate(timeout=120)
        assert process.returncode == 0, problems
    engine = database.engine_for(url)
    assert visible(engine, Project) == 40
    assert database.revision(engine) == 1
    engine.dispose()
