"""What a migration does with the rows that are there."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from borging.store import database


@pytest.fixture(
    params=[
        pytest.param("sqlite", id="sqlite"),
        pytest.param("postgres", id="postgres", marks=pytest.mark.postgres),
    ]
)
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without any table."""
    if request.param == "sqlite":
        yield database.engine_for(f"sqlite:///{tmp_path / 'bare.db'}")
        database.engine_for.cache_clear()
        return
    admin, _template = request.getfixturevalue("postgres_server")
    name = f"borging_bare_{uuid.uuid4().hex[:12]}"
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine = database.engine_for(admin.url.set(database=name).render_as_string(hide_password=False))
    yield engine
    engine.dispose()
    database.engine_for.cache_clear()
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def test_rounds_from_before_are_closed_and_published_with_their_answers(bare: Engine) -> None:
    database.migrate(bare, "0001")
    with bare.begin() as connection:
        for statement in (
            "INSERT INTO project (id, code, title, state) VALUES (1, 'P01', 'Zorg', 'running')",
            "INSERT INTO instrument (id, key, version, title) VALUES (1, 'nhs', '1', 'Scan')",
            "INSERT INTO scan (id, project_id, instrument_id, kind, scanned_on, min_answers)"
            " VALUES (1, 1, 1, 'individual', '2026-05-04', 4)",
            "INSERT INTO scan_response (id, scan_id) VALUES (1, 1)",
            "INSERT INTO factor_answer (response_id, factor, level) VALUES (1, 'fit', 'a')",
            "INSERT INTO residual_item (id, project_id, title, priority, created_on, version)"
            " VALUES (1, 1, 'Rechten', 'normal', '2026-05-04', 1)",
        ):
            connection.execute(text(statement))
    database.migrate(bare)
    with bare.connect() as connection:
        row = connection.execute(text("SELECT * FROM scan")).mappings().one()
        for table in ("scan_response", "factor_answer", "residual_item"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 1
        secrets = connection.execute(text("SELECT value FROM secret")).scalars().all()
    assert str(row["closed_on"]) == str(row["published_on"]) == "2026-05-04"
    assert (row["opened_on"], bool(row["asks_role"])) == (None, False)
    assert len(set(secrets)) == 4
    assert {len(value) for value in secrets} == {64}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE scan SET moment = 'later'",
        "UPDATE scan SET kind = 'guess'",
        "UPDATE scan SET min_answers = 2",
        "UPDATE scan_response SET role = 'boss'",
        "UPDATE residual_item SET scan_id = 99",
        "UPDATE residual_item SET priority = 'huge'",
    ],
)
def test_old_and_new_rules_hold_after_the_migration(bare: Engine, change: str) -> None:
    test_rounds_from_before_are_closed_and_published_with_their_answers(bare)
    with pytest.raises(IntegrityError), bare.begin() as connection:
        connection.execute(text(change))


def test_phases_from_before_are_confirmed(bare: Engine) -> None:
    database.migrate(bare, "0014")
    with bare.begin() as connection:
        connection.execute(
            text("INSERT INTO project (code, title, state) VALUES ('P', 'P', 'running')")
        )
        connection.execute(
            text(
                "INSERT INTO phase_record (project_id, phase, carried_by) "
                "VALUES (1, 'handover', 'project')"
            )
        )
    database.migrate(bare)
    with bare.connect() as connection:
        assert connection.execute(text("SELECT confirmed FROM phase_record")).scalar() in (1, True)
