from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, update

from borging.domain.terms import RoundState
from borging.store.commands.scans import ScanError, record_joint_answer
from borging.store.database import revision
from borging.store.queries.scans import newest_scans, rounds
from borging.store.tables import Record
from tests.scans import ANNA, NHS, add_project, answers

DAY = date(2026, 11, 18)
T = Record.metadata.tables


@pytest.fixture
def project(engine: Engine) -> int:
    return add_project(engine)


def record(engine: Engine, project_id: int, **other: Any) -> int:
    given: dict[str, Any] = {
        "scanned_on": DAY,
        "instrument": NHS,
        "answers": answers("a" * 10),
        "agreed_by": "  Team  Noord ",
        "as_of": DAY,
    }
    return record_joint_answer(engine, ANNA, project_id, **(given | other))


def count(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(T[table])).scalar_one())


def test_it_is_audited_with_who_recorded_it_and_what_was_agreed(
    engine: Engine, project: int
) -> None:
    before = revision(engine)
    scan_id = record(engine, project)
    assert revision(engine) == before + 1
    audit = T["audit_entry"]
    with engine.connect() as connection:
        entry = connection.execute(select(audit).order_by(audit.c.id.desc()).limit(1)).one()
    assert (entry.actor_name, entry.action, entry.entity_id) == (
        "Anna de Wit",
        "record_joint_answer",
        scan_id,
    )
    assert json.loads(entry.detail)["answers"]["fit"] == "a"
    (found,) = rounds(engine, NHS, project, DAY)
    assert (found.agreed_by, found.recorded_by) == ("Team Noord", "Anna de Wit")
    assert found.next_on == date(2027, 2, 18)


def test_the_team_keeps_it_to_itself_until_it_is_published(engine: Engine, project: int) -> None:
    record(engine, project)
    (found,) = rounds(engine, NHS, project, DAY)
    assert found.state == RoundState.CLOSED
    assert found.score is not None
    assert newest_scans(engine, NHS, DAY).empty
    record(engine, project, scanned_on=DAY - timedelta(days=1), publish=True)
    assert len(newest_scans(engine, NHS, DAY)) == len(NHS.factors)


def test_the_instrument_is_made_once_per_version(engine: Engine, project: int) -> None:
    record(engine, project)
    record(engine, project)
    assert count(engine, "instrument") == 1
    record(engine, project, instrument=replace(NHS, version="2027-nl-1"))
    assert count(engine, "instrument") == 2


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"scanned_on": DAY + timedelta(days=1)}, "19-11-2026 ligt in de toekomst"),
        ({"agreed_by": "  "}, "wie dit antwoord samen"),
        ({"answers": answers("a" * 10) | {"weather": "a"}}, "‘weather’ hoort niet bij"),
        (
            {"answers": answers("a" * 10) | {"fit": "e"}},
            "‘e’ is geen antwoord op ‘Past bij doelen en cultuur’",
        ),
        (
            {"answers": {k: v for k, v in answers("a" * 10).items() if k != "fit"}},
            "Nog niet ingevuld: Past bij doelen en cultuur",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    engine: Engine, project: int, other: dict[str, Any], words: str
) -> None:
    before = revision(engine)
    with pytest.raises(ScanError, match=words):
        record(engine, project, **other)
    assert (revision(engine), count(engine, "scan"), count(engine, "instrument")) == (before, 0, 0)


@pytest.mark.parametrize("removed", [False, True])
def test_a_project_that_is_not_there_has_no_rounds(
    engine: Engine, project: int, removed: bool
) -> None:
    if removed:
        target = T["project"]
        with engine.begin() as connection:
            connection.execute(update(target).values(deleted_at=datetime.now(UTC)))
    with pytest.raises(ScanError, match="project bestaat niet"):
        record(engine, project if removed else 999)
