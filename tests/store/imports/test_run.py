"""The write of an import, apart from any file."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager
from datetime import date

import pytest
from sqlalchemy import Engine, event, func, select, update

from borging.access.actor import COMMAND_LINE, Actor
from borging.domain.terms import UnitKind
from borging.store import database
from borging.store.imports import run as imports
from borging.store.imports.compare import compare
from borging.store.imports.items import Item, ItemKind, Place, Verdict
from borging.store.imports.meanwhile import seen_in
from borging.store.imports.run import ImportStoppedError, import_portfolio
from borging.store.imports.snapshot import Origin, take_snapshot
from borging.store.imports.write_rows import Batch
from borging.store.tables import Record

T = Record.metadata.tables
ORIGIN = Origin("lijst", "L", frozenset((ItemKind.PROJECT, ItemKind.OBSERVATION)))


def project(key: str, row: int = 2, **fields: object) -> Item:
    given = {"title": f"Project {key}", **fields}
    return Item(ItemKind.PROJECT, key, (), given, Place("", row))  # type: ignore[arg-type]


def observation(key: str, day: date, value: str | None, row: int = 2) -> Item:
    fields = {"value": value, "raw_text": value or "TBD"}
    return Item(ItemKind.OBSERVATION, key, ("course", day), fields, Place("", row))


def batch(*items: Item, kind: UnitKind = UnitKind.TEAM) -> Batch:
    return Batch(ORIGIN, "lijst.csv", items, kind)


def verdicts(engine: Engine, given: Batch) -> list[str]:
    return [str(outcome.verdict) for outcome in import_portfolio(engine, COMMAND_LINE, given)]


def count(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(T[table])).scalar_one())


def test_one_import_is_one_revision_with_an_entry_per_project(engine: Engine) -> None:
    before = database.revision(engine)
    items = (project("a"), project("b", 3), observation("a", date(2023, 3, 31), "red"))
    assert verdicts(engine, batch(*items)) == ["new"] * 3
    assert database.revision(engine) == before + 1
    entry = T["audit_entry"].c
    with engine.connect() as connection:
        entries = connection.execute(
            select(entry.entity, entry.actor_name, entry.revision).order_by(entry.id)
        ).all()
        ids = connection.execute(select(T["project"].c.id)).scalars().all()
        named = connection.execute(select(entry.entity_id).where(entry.entity == "project"))
        assert sorted(named.scalars()) == sorted(ids)
    assert [tuple(row) for row in entries] == [
        ("portfolio", "opdrachtregel", before + 1),
        ("project", "opdrachtregel", before + 1),
        ("project", "opdrachtregel", before + 1),
    ]


def test_nothing_new_leaves_no_trace(engine: Engine) -> None:
    verdicts(engine, batch(project("a")))
    before = database.revision(engine), count(engine, "audit_entry")
    assert verdicts(engine, batch(project("a"))) == ["unchanged"]
    assert (database.revision(engine), count(engine, "audit_entry")) == before


def test_what_is_not_accepted_is_not_written(engine: Engine) -> None:
    with pytest.raises(ImportStoppedError) as stopped:
        import_portfolio(engine, COMMAND_LINE, batch(project("a")), accept=lambda _: False)
    assert [outcome.verdict for outcome in stopped.value.outcomes] == [Verdict.NEW]
    assert count(engine, "project") == 0


def test_codes_are_numbered_on_where_the_list_has_none(engine: Engine) -> None:
    verdicts(engine, batch(project("a"), project("b")))
    verdicts(engine, batch(project("c"), project("d", code="Eigen")))
    with engine.connect() as connection:
        codes = connection.execute(select(T["project"].c.code).order_by(T["project"].c.id))
        assert set(codes.scalars()) == {"L-0001", "L-0002", "L-0003", "Eigen"}


def test_a_new_unit_gets_the_kind_of_its_list(engine: Engine) -> None:
    verdicts(engine, batch(project("a", unit_id="Stichting X"), kind=UnitKind.ORGANISATION))
    with engine.connect() as connection:
        unit = connection.execute(select(T["unit"])).mappings().one()
    assert (unit["name"], unit["kind"], unit["source"]) == (
        "Stichting X",
        "organisation",
        "lijst",
    )


def test_the_same_key_of_another_source_is_another_project(engine: Engine) -> None:
    verdicts(engine, batch(project("a")))
    other = Batch(Origin("anders", "A", ORIGIN.kinds), "anders.csv", (project("a"),))
    assert verdicts(engine, other) == ["new"]
    assert count(engine, "project") == 2


def test_an_observation_without_project_is_an_orphan(engine: Engine) -> None:
    assert verdicts(engine, batch(observation("weg", date(2023, 3, 31), "red"))) == ["orphan"]
    assert count(engine, "observation") == 0


def test_two_thousand_projects_take_seconds(engine: Engine) -> None:
    items = [project(str(n), n, unit_id=f"Team {n % 700}", owner_id=f"P {n}") for n in range(2000)]
    started = time.perf_counter()
    import_portfolio(engine, COMMAND_LINE, batch(*items))
    assert count(engine, "project") == 2000
    assert time.perf_counter() - started < 10


def rename(engine: Engine, title: str) -> None:
    with database.writing(engine, Actor("Anna de Wit")) as write:
        write.session.execute(update(T["project"]).values(title=title))
        write.record("change", "project", 1, "Titel gewijzigd")


def titles(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(select(T["project"].c.title)).scalars())


def test_a_row_that_changed_since_the_preview_is_left_and_told(engine: Engine) -> None:
    verdicts(engine, batch(project("a")))
    given = batch(project("a", title="Uit het bestand"), project("b", 3))
    with engine.connect() as connection:
        seen = seen_in(compare(given.items, take_snapshot(connection, ORIGIN)))
    rename(engine, "Van Anna")
    outcomes = import_portfolio(engine, COMMAND_LINE, given, seen=seen)
    assert [outcome.verdict for outcome in outcomes] == [Verdict.WRONG, Verdict.NEW]
    ((column, words),) = outcomes[0].faults
    assert column == "title"
    assert words.startswith("intussen gewijzigd door Anna de Wit: hier staat nu ‘Van Anna’.")
    assert sorted(titles(engine)) == ["Project b", "Van Anna"]
    assert verdicts(engine, given) == ["changed", "unchanged"]


def test_a_row_that_did_not_change_since_the_preview_is_taken_over(engine: Engine) -> None:
    verdicts(engine, batch(project("a")))
    given = batch(project("a", title="Uit het bestand"))
    with engine.connect() as connection:
        seen = seen_in(compare(given.items, take_snapshot(connection, ORIGIN)))
    with database.writing(engine, COMMAND_LINE) as write:
        write.record("change", "project", 9, "Iets anders")
    import_portfolio(engine, COMMAND_LINE, given, seen=seen)
    assert titles(engine) == ["Uit het bestand"]


def test_a_write_during_the_comparison_is_not_overwritten(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    verdicts(engine, batch(project("a")))
    real = database.writing

    def late(target: Engine, actor: Actor) -> AbstractContextManager[database.Write]:
        monkeypatch.setattr(imports.database, "writing", real)
        rename(engine, "Van Anna")
        return real(target, actor)

    monkeypatch.setattr(imports.database, "writing", late)
    assert verdicts(engine, batch(project("a", title="Uit het bestand"))) == ["wrong"]
    assert titles(engine) == ["Van Anna"]


def test_the_lock_is_held_for_a_few_statements_only(engine: Engine) -> None:
    verdicts(engine, batch(*(project(f"{n}", n + 2) for n in range(400))))
    statements: list[str] = []
    locked = False

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        nonlocal locked
        locked = locked or statement.startswith("UPDATE revision")
        if locked:
            statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    given = batch(*(project(f"{n}", n + 2, title=f"Anders {n}") for n in range(400)))
    import_portfolio(engine, COMMAND_LINE, given)
    assert len(statements) < 10
    assert all(f"Anders {n}" in titles(engine) for n in (0, 399))


def test_a_text_that_is_too_long_refuses_its_row_and_not_the_list(engine: Engine) -> None:
    given = batch(project("a", title="x" * 10_001), project("b", 3))
    outcomes = import_portfolio(engine, COMMAND_LINE, given)
    assert [outcome.verdict for outcome in outcomes] == [Verdict.WRONG, Verdict.NEW]
    assert outcomes[0].faults[0][1].startswith("‘Titel van het project’ heeft ten hoogste 10.000")
    assert titles(engine) == ["Project b"]
