from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, update

from borging.access.actor import UNKNOWN_LOCAL
from borging.domain.rounds import OPEN_DAYS
from borging.domain.terms import ScanKind
from borging.store.commands import scans
from borging.store.commands.scans import (
    ScanError,
    add_response,
    record_joint_answer,
    start_round,
)
from borging.store.database import revision
from borging.store.queries.scans import rounds
from borging.store.tables import Record
from tests.scans import ANNA, CHECK_CASE, NHS, add_project, answers, individual

DAY = date(2026, 11, 18)
T = Record.metadata.tables


@pytest.fixture
def project(engine: Engine) -> int:
    return add_project(engine)


def start(engine: Engine, project_id: int, **other: Any) -> int:
    given = {"kind": ScanKind.INDIVIDUAL, "scanned_on": DAY, "as_of": DAY} | other
    return start_round(engine, ANNA, project_id, definition=NHS, **given)


def entries(engine: Engine, action: str) -> list[Any]:
    audit = T["audit_entry"]
    with engine.connect() as connection:
        return list(connection.execute(select(audit).where(audit.c.action == action)).mappings())


def count(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(T[table])).scalar_one())


def remove(engine: Engine, table: str, row_id: int) -> None:
    target = T[table]
    with engine.begin() as connection:
        connection.execute(
            update(target).where(target.c.id == row_id).values(deleted_at=datetime.now(UTC))
        )


def test_a_round_is_written_with_its_audit_entry_and_one_revision(
    engine: Engine, project: int
) -> None:
    before = revision(engine)
    scan_id = start(engine, project)
    assert revision(engine) == before + 1
    (entry,) = entries(engine, "start_round")
    assert (entry["actor_name"], entry["entity_id"]) == ("Anna de Wit", scan_id)
    assert entry["summary"] == "P01: borgingsscan van 18-11-2026 begonnen (individueel)"


def test_the_instrument_is_made_once_per_version(engine: Engine, project: int) -> None:
    start(engine, project)
    start(engine, project, scanned_on=DAY - timedelta(days=1))
    assert count(engine, "instrument") == 1
    newer = replace(NHS, version="2027-nl-1")
    start_round(
        engine, ANNA, project, ScanKind.INDIVIDUAL, DAY - timedelta(days=2), newer, as_of=DAY
    )
    assert count(engine, "instrument") == 2


def test_the_audit_of_an_answer_knows_neither_the_person_nor_the_answers(
    engine: Engine, project: int
) -> None:
    individual(engine, project, DAY, CHECK_CASE)
    found = entries(engine, "add_response")
    assert len(found) == 4
    for entry in found:
        assert (entry["actor_name"], entry["actor_id"]) == ("anoniem", None)
        assert (entry["summary"], entry["detail"]) == ("Antwoord ontvangen", None)


def test_a_response_holds_nothing_but_its_round_and_its_letters() -> None:
    assert set(T["scan_response"].c.keys()) == {"id", "scan_id"}
    assert set(T["factor_answer"].c.keys()) == {"response_id", "factor", "level"}


def test_responses_are_written_anew_in_a_random_order(
    engine: Engine, project: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Backwards:
        def shuffle(self, rows: list[Any]) -> None:
            rows.reverse()

    monkeypatch.setattr(scans, "SystemRandom", Backwards)
    scan_id = individual(engine, project, DAY, ["a" * 10, "b" * 10, "c" * 10])
    response, answer = T["scan_response"], T["factor_answer"]
    with engine.connect() as connection:
        stored = connection.execute(
            select(answer.c.level)
            .join(response, response.c.id == answer.c.response_id)
            .where(response.c.scan_id == scan_id, answer.c.factor == "benefits")
            .order_by(response.c.id)
        ).scalars()
        assert list(stored) == ["c", "a", "b"]
    assert (count(engine, "scan_response"), count(engine, "factor_answer")) == (3, 30)


def test_answers_of_other_rounds_stay_as_they_are(engine: Engine, project: int) -> None:
    individual(engine, project, DAY - timedelta(days=30), CHECK_CASE)
    individual(engine, project, DAY, ["a" * 10] * 4)
    first, second = (r.score for r in rounds(engine, NHS, project, DAY))
    assert first is not None
    assert second is not None
    assert first.total == pytest.approx(71.0, abs=0.01)
    assert second.total == pytest.approx(100.0)


def test_i_do_not_know_is_stored_as_no_level(engine: Engine, project: int) -> None:
    individual(engine, project, DAY, ["-aaaaaaaaa"])
    answer = T["factor_answer"]
    with engine.connect() as connection:
        levels = dict(connection.execute(select(answer.c.factor, answer.c.level)).all())
    assert levels["benefits"] is None
    assert len(levels) == 10


def test_a_joint_answer_is_audited_with_who_recorded_it(engine: Engine, project: int) -> None:
    before = revision(engine)
    scan_id = record_joint_answer(
        engine, ANNA, project, DAY, NHS, answers("a" * 10), "  Team Noord ", as_of=DAY
    )
    assert revision(engine) == before + 1
    (entry,) = entries(engine, "record_joint_answer")
    assert (entry["actor_name"], entry["entity_id"]) == ("Anna de Wit", scan_id)
    assert json.loads(entry["detail"])["answers"]["fit"] == "a"
    (found,) = rounds(engine, NHS, project, DAY)
    assert (found.agreed_by, found.recorded_by) == ("Team Noord", "Anna de Wit")


def test_somebody_unknown_can_begin_a_round(engine: Engine, project: int) -> None:
    start_round(engine, UNKNOWN_LOCAL, project, ScanKind.INDIVIDUAL, DAY, NHS, as_of=DAY)
    (found,) = rounds(engine, NHS, project, DAY)
    assert found.recorded_by is None


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"scanned_on": DAY + timedelta(days=1)}, "19-11-2026 ligt in de toekomst"),
        ({"min_answers": 2}, "niet lager zijn dan 3"),
        ({"kind": ScanKind.JOINT, "agreed_by": "  "}, "wie dit antwoord samen"),
    ],
)
def test_a_round_that_cannot_be_is_refused_and_leaves_nothing(
    engine: Engine, project: int, other: dict[str, Any], words: str
) -> None:
    before = revision(engine)
    with pytest.raises(ScanError, match=words):
        start(engine, project, **other)
    assert (revision(engine), count(engine, "scan"), count(engine, "instrument")) == (before, 0, 0)


def test_the_lowest_minimum_and_today_are_allowed(engine: Engine, project: int) -> None:
    assert start(engine, project, min_answers=3, scanned_on=DAY)


def test_one_individual_round_a_day(engine: Engine, project: int) -> None:
    first = start(engine, project)
    with pytest.raises(ScanError, match="Er is al een ronde van 18-11-2026"):
        start(engine, project)
    remove(engine, "scan", first)
    assert start(engine, project) != first


@pytest.mark.parametrize("removed", [False, True])
def test_a_project_that_is_not_there_has_no_rounds(
    engine: Engine, project: int, removed: bool
) -> None:
    if removed:
        remove(engine, "project", project)
    with pytest.raises(ScanError, match="project bestaat niet"):
        start(engine, project if removed else 999)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (answers("a" * 10) | {"weather": "a"}, "‘weather’ hoort niet bij"),
        (answers("a" * 10) | {"fit": "e"}, "‘e’ is geen antwoord op ‘Past bij doelen en cultuur’"),
        (
            {k: v for k, v in answers("a" * 10).items() if k not in ("fit", "benefits")},
            "Nog niet ingevuld: Voordelen naast betere zorg, Past bij doelen en cultuur",
        ),
    ],
)
def test_answers_that_cannot_be_are_refused(
    engine: Engine, project: int, given: dict[str, str | None], words: str
) -> None:
    scan_id = start(engine, project)
    with pytest.raises(ScanError, match=words):
        add_response(engine, scan_id, NHS, given, as_of=DAY)
    with pytest.raises(ScanError, match=words):
        record_joint_answer(engine, ANNA, project, DAY, NHS, given, "Team", as_of=DAY)
    assert (count(engine, "scan"), count(engine, "scan_response")) == (1, 0)


def test_a_round_closes_after_its_last_open_day(engine: Engine, project: int) -> None:
    scan_id = start(engine, project)
    last = DAY + timedelta(days=OPEN_DAYS)
    add_response(engine, scan_id, NHS, answers("a" * 10), as_of=last)
    with pytest.raises(ScanError, match="De ronde van 18-11-2026 is gesloten"):
        add_response(engine, scan_id, NHS, answers("a" * 10), as_of=last + timedelta(days=1))
    assert count(engine, "scan_response") == 1


def test_removed_unknown_and_joint_rounds_take_no_answers(engine: Engine, project: int) -> None:
    agreed = record_joint_answer(
        engine, ANNA, project, DAY, NHS, answers("a" * 10), "Team", as_of=DAY
    )
    with pytest.raises(ScanError, match="gezamenlijk antwoord"):
        add_response(engine, agreed, NHS, answers("a" * 10), as_of=DAY)
    removed = start(engine, project)
    remove(engine, "scan", removed)
    for gone in (removed, 999):
        with pytest.raises(ScanError, match="bestaat niet"):
            add_response(engine, gone, NHS, answers("a" * 10), as_of=DAY)
    remove(engine, "project", project)
    with pytest.raises(ScanError, match="bestaat niet"):
        add_response(engine, agreed, NHS, answers("a" * 10), as_of=DAY)


def test_a_round_of_another_version_takes_no_answers(engine: Engine, project: int) -> None:
    scan_id = start(engine, project)
    with pytest.raises(ScanError, match="andere versie"):
        add_response(
            engine, scan_id, replace(NHS, version="2027-nl-1"), answers("a" * 10), as_of=DAY
        )
