"""Every column with text has a bound, and holds what people type on both databases."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import Engine, func, select, update
from sqlmodel.sql.sqltypes import AutoString

from borging.access.actor import Actor
from borging.domain.texts import BOUNDS, MADE, longest, storable
from borging.store import database
from borging.store.tables import Record, ResidualItem, Unit
from borging.store.texts import BoundedText, TextTooLongError

ANNA = Actor("Anna de Wit")
COLUMNS = [
    (table.name, column.name)
    for table in Record.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, AutoString | BoundedText)
]
MADE_BY_THE_PROGRAM = {
    *("audit_entry.summary", "audit_entry.detail", "scan_ballot.content", "scan_draft.content"),
    *("scenario.changes", "scenario.accepted_rows", "calendar_review.portfolio"),
}
AWKWARD = "a\x00b\ud800c\x0bd\ufffe\te\n"


def test_every_bound_is_of_a_column() -> None:
    assert set(BOUNDS) <= {f"{table}.{column}" for table, column in COLUMNS}
    made = {name for name, (_, most) in BOUNDS.items() if most == MADE}
    assert made == MADE_BY_THE_PROGRAM


def test_no_column_takes_ten_thousand_and_one_characters(engine: Engine) -> None:
    taken = []
    for table, column in COLUMNS:
        if f"{table}.{column}" in MADE_BY_THE_PROGRAM:
            continue
        change = update(Record.metadata.tables[table]).where(False).values({column: "x" * 10_001})  # type: ignore[arg-type]
        try:
            with database.transaction(engine) as session:
                session.execute(change)
        except TextTooLongError:
            continue
        taken.append((table, column))
    assert taken == []


def test_every_column_takes_characters_that_nothing_holds(engine: Engine) -> None:
    for table, column in COLUMNS:
        change = update(Record.metadata.tables[table]).where(False).values({column: AWKWARD})  # type: ignore[arg-type]
        with database.transaction(engine) as session:
            session.execute(change)


def test_what_nothing_holds_is_left_out_and_the_rest_stays(engine: Engine) -> None:
    with database.writing(engine, ANNA) as write:
        write.session.add(Unit(name=AWKWARD, kind="team"))
        write.record("add_unit", "unit", None, f"{AWKWARD} toegevoegd", name=AWKWARD)
    with engine.connect() as connection:
        unit, audit = Record.metadata.tables["unit"], Record.metadata.tables["audit_entry"]
        assert connection.execute(select(unit.c.name)).scalar_one() == "abcd\te\n"
        detail = connection.execute(select(audit.c.detail)).scalar_one()
    assert storable(json.loads(str(detail))["name"]) == "abcd\te\n"


@pytest.mark.parametrize(("length", "fits"), [(200, True), (201, False)])
def test_a_text_is_refused_from_one_character_too_many(
    engine: Engine, length: int, fits: bool
) -> None:
    title = Record.metadata.tables["project_result"].c.title
    assert isinstance(title.type, BoundedText)
    unit = Unit(name="é" * length, kind="team")
    if fits:
        with database.writing(engine, ANNA) as write:
            write.session.add(unit)
        return
    with pytest.raises(TextTooLongError) as refusal, database.writing(engine, ANNA) as write:
        write.session.add(unit)
    assert refusal.value.sentences == (
        "‘Naam van de eenheid’ heeft ten hoogste 200 tekens; dit zijn er 201. Kort de tekst in.",
        "Er is niets opgeslagen; wat u invulde staat er nog.",
    )
    with engine.connect() as connection:
        units = Record.metadata.tables["unit"]
        assert connection.execute(select(func.count()).select_from(units)).scalar() == 0


def test_the_title_of_a_restpunt_is_bounded() -> None:
    assert ResidualItem.__table__.c.title.type.most == longest("residual_item.title")  # type: ignore[attr-defined]
