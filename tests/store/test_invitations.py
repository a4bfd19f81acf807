from __future__ import annotations

import json
from datetime import date

import pytest
from sqlalchemy import Engine, select

from borging.store.commands import invitations, rounds, ways_in
from borging.store.commands.invitations import LONGEST_LABEL, MOST_INVITATIONS
from borging.store.commands.scans import ScanError
from borging.store.commands.ways_in import Link
from borging.store.queries import discussion
from borging.store.tables import Record
from tests.scans import ANNA, add_project, open_round, seen

DAY = date(2026, 11, 18)
T = Record.metadata.tables


@pytest.fixture
def scan_id(engine: Engine) -> int:
    return open_round(engine, add_project(engine), DAY)


def everything(engine: Engine) -> str:
    """All that is stored, as one text."""
    with engine.connect() as connection:
        return "\n".join(
            str(row) for table in T.values() for row in connection.execute(select(table)).all()
        )


def test_each_label_gets_a_link_of_128_random_bits_that_is_stored_nowhere(
    engine: Engine, scan_id: int
) -> None:
    made = invitations.invite(engine, ANNA, scan_id, ["  Anna  de Wit", "Bas", "Bas"])
    assert [each.label for each in made] == ["Anna de Wit", "Bas", "Bas"]
    assert len({each.token for each in made}) == 3
    assert all(len(each.token) == 22 for each in made)
    shared = invitations.share(engine, ANNA, seen(engine, scan_id))
    stored = everything(engine)
    assert "Anna de Wit" in stored
    assert not [token for token in [*(each.token for each in made), shared] if token in stored]
    assert [each.label for each in discussion.invitations(engine, scan_id)] == [
        "Anna de Wit",
        "Bas",
        "Bas",
    ]


def test_a_link_is_revoked_once_and_by_name(engine: Engine, scan_id: int) -> None:
    invitations.invite(engine, ANNA, scan_id, ["Bas"])
    (made,) = discussion.invitations(engine, scan_id)
    invitations.revoke(engine, ANNA, made.id)
    (found,) = discussion.invitations(engine, scan_id)
    assert found.revoked
    audit = T["audit_entry"]
    with engine.connect() as connection:
        entry = connection.execute(select(audit).order_by(audit.c.id.desc()).limit(1)).one()
    assert entry.summary == "P01: ronde van 18-11-2026: uitnodiging voor Bas ingetrokken"
    assert json.loads(entry.detail or "{}") == {}
    with pytest.raises(ScanError, match="bestaat niet"):
        invitations.revoke(engine, ANNA, 999)


def test_a_shared_link_can_be_made_anew_and_stopped(engine: Engine, scan_id: int) -> None:
    assert not discussion.is_shared(engine, scan_id)
    first = invitations.share(engine, ANNA, seen(engine, scan_id))
    assert discussion.is_shared(engine, scan_id)
    assert invitations.share(engine, ANNA, seen(engine, scan_id)) != first
    invitations.stop_sharing(engine, ANNA, seen(engine, scan_id))
    assert not discussion.is_shared(engine, scan_id)


def test_who_answers_is_told_of_a_shared_link_that_was_stopped(
    engine: Engine, scan_id: int
) -> None:
    """Else somebody could share, answer a few times himself, and leave no sign of it."""
    (made,) = invitations.invite(engine, ANNA, scan_id, ["Bas"])
    link = Link(made.token)
    assert not ways_in.find_round(engine, link, DAY).shared
    invitations.share(engine, ANNA, seen(engine, scan_id))
    invitations.stop_sharing(engine, ANNA, seen(engine, scan_id))
    assert ways_in.find_round(engine, link, DAY).shared


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        ([], "voor wie zij is"),
        (["Bas", " "], "voor wie zij is"),
        (["x" * (LONGEST_LABEL + 1)], "hooguit 80 tekens"),
        (["x"] * (MOST_INVITATIONS + 1), "hooguit 200 uitnodigingen"),
    ],
)
def test_labels_that_cannot_be_are_refused(
    engine: Engine, scan_id: int, labels: list[str], words: str
) -> None:
    with pytest.raises(ScanError, match=words):
        invitations.invite(engine, ANNA, scan_id, labels)
    assert discussion.invitations(engine, scan_id) == []


def test_nobody_is_invited_to_a_round_that_is_closed(engine: Engine, scan_id: int) -> None:
    rounds.close_round(engine, ANNA, seen(engine, scan_id), as_of=DAY)
    with pytest.raises(ScanError, match="gesloten"):
        invitations.invite(engine, ANNA, scan_id, ["Bas"])
    with pytest.raises(ScanError, match="gesloten"):
        invitations.share(engine, ANNA, seen(engine, scan_id))
    assert not discussion.is_shared(engine, scan_id)
