from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, select

from borging.store.commands.followup import record_consensus, take_action
from borging.store.commands.residual_problems import ResidualError
from borging.store.commands.residuals import ItemFields
from borging.store.commands.scans import ScanError
from borging.store.queries import discussion, portfolio, scans
from borging.store.tables import Record
from tests.scans import ANNA, CHECK_CASE, NHS, add_project, individual, open_round

DAY = date(2026, 11, 18)
DUE = DAY + timedelta(days=30)
T = Record.metadata.tables
FACTOR = "infrastructure"


@pytest.fixture
def project(engine: Engine) -> int:
    return add_project(engine)


@pytest.fixture
def scan_id(engine: Engine, project: int) -> int:
    return individual(engine, project, DAY, CHECK_CASE)


def agree(engine: Engine, scan_id: int, level: str = "b", reason: str = "Zo is het") -> None:
    known = discussion.consensus(engine, scan_id).get(FACTOR)
    at = known.id if known else None
    record_consensus(engine, ANNA, scan_id, NHS, FACTOR, level, reason, at, as_of=DAY)


def test_what_a_team_agrees_stands_beside_the_answers_and_changes_none(
    engine: Engine, project: int, scan_id: int
) -> None:
    before = scans.rounds(engine, NHS, project, DAY)
    agree(engine, scan_id, "c", "  De spullen \n zijn er niet ")
    assert scans.rounds(engine, NHS, project, DAY) == before
    found = discussion.consensus(engine, scan_id)[FACTOR]
    assert (found.level, found.reason) == ("c", "De spullen zijn er niet")
    assert (found.recorded_on, found.recorded_by) == (DAY, "Anna de Wit")


def test_agreeing_again_replaces_and_the_audit_keeps_the_first(
    engine: Engine, scan_id: int
) -> None:
    agree(engine, scan_id, "c", "Eerst")
    agree(engine, scan_id, "b", "Bij nader inzien")
    assert discussion.consensus(engine, scan_id)[FACTOR].level == "b"
    audit = T["audit_entry"]
    with engine.connect() as connection:
        entry = connection.execute(select(audit).order_by(audit.c.id.desc()).limit(1)).one()
    detail = json.loads(entry.detail)
    assert (detail["before"]["reason"], detail["after"]["level"]) == ("Eerst", "b")


def test_an_action_is_a_restpunt_that_knows_its_round_and_factor(
    engine: Engine, project: int, scan_id: int
) -> None:
    fields = ItemFields("Werkplek regelen", 1, DUE)
    item = take_action(engine, ANNA, scan_id, NHS, FACTOR, fields, as_of=DAY)
    row = portfolio.residual_items(engine).set_index("id").loc[item]
    assert (row["project_id"], row["scan_id"], row["factor"]) == (project, scan_id, FACTOR)
    assert (row["owner"], row["title"]) == ("Anna de Wit", "Werkplek regelen")


def test_an_action_has_an_owner_and_a_date(engine: Engine, scan_id: int) -> None:
    for fields in (ItemFields("Regelen", None, DUE), ItemFields("Regelen", 1, None)):
        with pytest.raises(ScanError, match="eigenaar en een datum"):
            take_action(engine, ANNA, scan_id, NHS, FACTOR, fields, as_of=DAY)
    with pytest.raises(ResidualError, match="omschrijving"):
        take_action(engine, ANNA, scan_id, NHS, FACTOR, ItemFields(" ", 1, DUE), as_of=DAY)
    assert portfolio.residual_items(engine).empty


def test_nothing_follows_on_a_round_that_is_open_or_of_other_questions(
    engine: Engine, scan_id: int
) -> None:
    going_on = open_round(engine, add_project(engine, "P02"), DAY)
    with pytest.raises(ScanError, match="nog niet gesloten"):
        agree(engine, going_on)
    with pytest.raises(ScanError, match="nog niet gesloten"):
        take_action(engine, ANNA, going_on, NHS, FACTOR, ItemFields("Regelen", 1, DUE), as_of=DAY)
    newer = replace(NHS, version="2027-nl-1")
    with pytest.raises(ScanError, match="andere versie"):
        record_consensus(engine, ANNA, scan_id, newer, FACTOR, "b", "Zo", None, as_of=DAY)


@pytest.mark.parametrize(
    ("factor", "level", "reason", "words"),
    [
        ("weather", "b", "Zo", "hoort niet bij"),
        (FACTOR, "e", "Zo", "geen antwoord op"),
        (FACTOR, "b", "  ", "waarom u dit samen zo ziet"),
    ],
)
def test_an_agreement_that_cannot_be_is_refused(
    engine: Engine, scan_id: int, factor: str, level: str, reason: str, words: str
) -> None:
    with pytest.raises(ScanError, match=words):
        record_consensus(engine, ANNA, scan_id, NHS, factor, level, reason, None, as_of=DAY)
    assert discussion.consensus(engine, scan_id) == {}
