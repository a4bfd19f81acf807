"""Which tables a write changed is taken from its statements, and is never too few."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import IntegrityError

from borging.access.actor import Actor
from borging.domain.project_fields import CourseFields, ProjectFields
from borging.domain.terms import Course
from borging.store import database, statements
from borging.store.commands import example, projects, residuals
from borging.store.commands.residuals import ItemFields
from borging.store.queries.portfolio import newest_report
from borging.store.tables import Person, Project, Record, ResidualItem, Unit

ANNA = Actor("Anna de Wit")
TODAY = date(2026, 12, 1)
BOOKKEEPING = {"revision", "table_revision"}


def content(engine: Engine) -> dict[str, list[Any]]:
    """Every row of every table."""
    with engine.connect() as connection:
        return {
            name: sorted(map(repr, connection.execute(select(table)).all()))
            for name, table in Record.metadata.tables.items()
            if name not in BOOKKEEPING
        }


def numbered(engine: Engine) -> set[str]:
    """The tables that the newest write is said to have changed."""
    found = database.revisions(engine)
    return {name for name, number in found.tables.items() if number == found.number} - BOOKKEEPING


def changed(engine: Engine, write: Callable[[], object]) -> set[str]:
    """Write; return the tables whose content changed, after a check that those were noted."""
    before, number = content(engine), database.revision(engine)
    write()
    assert database.revision(engine) == number + 1
    after = content(engine)
    found = {name for name, rows in after.items() if rows != before[name]}
    assert found <= numbered(engine)
    return found


def test_each_write_notes_the_tables_that_it_changed(engine: Engine) -> None:
    assert database.revisions(engine) == database.Revisions(0, {})
    assert len(changed(engine, lambda: example.write_example(engine, ANNA, TODAY))) > 20

    def item() -> None:
        residuals.add_item(engine, ANNA, 1, ItemFields(title="Contract"), TODAY)

    assert changed(engine, item) == {"residual_item", "audit_entry"}
    assert numbered(engine) == {"residual_item", "audit_entry"}

    course = CourseFields(Course.GREEN.value, "Loopt", 1)
    seen = newest_report(engine, 1)
    assert changed(engine, lambda: projects.set_course(engine, ANNA, 1, course, TODAY, seen)) == {
        "course_report",
        "audit_entry",
    }

    fields = ProjectFields(code="", title="Nieuw", project_lead_id="Iemand die er nog niet was")
    assert {"project", "person"} <= changed(
        engine, lambda: projects.add_project(engine, ANNA, fields)
    )
    assert len(changed(engine, lambda: example.remove_example(engine, ANNA))) > 5
    assert len(changed(engine, lambda: example.restore_example(engine, ANNA))) > 5


def test_every_way_to_write_is_noted(engine: Engine) -> None:
    """Objects of the session, statements of tables, and plain SQL."""

    def write(work: Callable[[database.Write], object]) -> set[str]:
        def run() -> None:
            with database.writing(engine, ANNA) as opened:
                work(opened)

        changed(engine, run)
        return numbered(engine)

    project, items = (Record.metadata.tables[name] for name in ("project", "residual_item"))
    new = [Project(id=1, code="P1", title="Een"), Unit(name="Oost", kind="team")]
    assert write(lambda w: w.session.add_all(new)) == {"project", "unit"}
    row = {"project_id": 1, "title": "Punt", "created_on": TODAY}
    assert write(lambda w: w.session.execute(items.insert(), [row] * 3)) == {"residual_item"}
    found = items.update().where(items.c.project_id == select(project.c.id).scalar_subquery())
    assert write(lambda w: w.session.execute(found.values(title="Later"))) == {"residual_item"}
    assert write(lambda w: w.session.delete(w.session.get(ResidualItem, 1))) == {"residual_item"}
    plain = text("delete from residual_item")
    assert write(lambda w: w.session.execute(plain)) == set(Record.metadata.tables) - BOOKKEEPING
    assert write(lambda w: w.session.execute(select(project))) == set()


def test_a_write_by_other_means_counts_for_every_table(engine: Engine) -> None:
    """As of somebody with a tool for databases who raises the number of the portfolio."""
    with database.writing(engine, ANNA) as write:
        write.session.add(Unit(name="Oost", kind="team"))
    assert database.revisions(engine).of(["unit", "person"]) == {"unit": 1, "person": 0}
    with engine.begin() as connection:
        connection.execute(text("UPDATE unit SET name = 'West'"))
        connection.execute(text("UPDATE revision SET number = number + 1"))
    assert database.revisions(engine).of(["unit", "person"]) == {"unit": 2, "person": 2}
    with database.writing(engine, ANNA) as write:
        write.session.add(Person(name="Anna de Wit"))
    assert database.revisions(engine).of(["unit", "scan"]) == {"unit": 3, "scan": 3}
    with database.writing(engine, ANNA) as write:
        write.session.add(Person(name="Bram Kuipers"))
    assert database.revisions(engine).of(["unit", "person"]) == {"unit": 3, "person": 4}


def test_a_write_that_fails_numbers_nothing(engine: Engine) -> None:
    before = database.revisions(engine)
    units = [Unit(name="Goed", kind="team"), Unit(name="Fout", kind="bestaat niet")]
    with pytest.raises(IntegrityError), database.writing(engine, ANNA) as write:
        write.session.add_all(units)
    assert database.revisions(engine) == before


def test_what_is_read_is_heard_in_parts_and_words_of_a_statement(engine: Engine) -> None:
    project, items = (Record.metadata.tables[name] for name in ("project", "residual_item"))
    counted = select(items.c.id).where(items.c.project_id == project.c.id).scalar_subquery()
    with statements.tables_read() as found, engine.connect() as connection:
        connection.execute(select(project.c.id, counted))
        with statements.tables_read() as inner:
            connection.execute(text("SELECT count(*) FROM person p, unit"))
    assert {"project", "residual_item"} <= found
    assert inner == {"person", "unit"}
    assert not {"scan", "need"} & found
    statements.note_read({"person"})  # nobody collects: no error


def test_the_database_changes_no_rows_of_other_tables_by_itself() -> None:
    """Else a write would have to be noted for those tables too."""
    keys = [key for table in Record.metadata.tables.values() for key in table.foreign_keys]
    assert keys
    assert not [key for key in keys if key.ondelete or key.onupdate]
