from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from borging.store.commands import ballots, invitations, rounds, ways_in
from borging.store.commands.ballots import LONGEST_REMARK, Filled
from borging.store.commands.devices import LinkUsedError
from borging.store.commands.scans import ScanError
from borging.store.commands.ways_in import Link, NoWayInError
from borging.store.database import revision
from borging.store.queries import discussion, scans
from borging.store.tables import Record
from tests.scans import ANNA, NHS, add_project, answers, open_round, seen

DAY = date(2026, 11, 18)
T = Record.metadata.tables
ALL_A = Filled(answers("a" * 10))


@pytest.fixture
def project(engine: Engine) -> int:
    return add_project(engine)


@pytest.fixture
def scan_id(engine: Engine, project: int) -> int:
    return open_round(engine, project, DAY, min_answers=3)


def invited(engine: Engine, scan_id: int, label: str = "Iemand") -> Link:
    (made,) = invitations.invite(engine, ANNA, scan_id, [label])
    return Link(made.token)


def give(
    engine: Engine, link: Link, scan_id: int, filled: Filled = ALL_A, browser: str = "phone"
) -> None:
    ballots.hand_in(engine, link, scan_id, browser, filled, NHS, as_of=DAY)


def rows(engine: Engine, table: str) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(select(T[table])).all())


def count(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(T[table])).scalar_one())


def test_a_link_leads_to_its_round(engine: Engine, scan_id: int) -> None:
    link = invited(engine, scan_id)
    invitations.invite(engine, ANNA, scan_id, ["Bas", "Cor"])
    found = ways_in.find_round(engine, link, DAY)
    assert (found.scan_id, found.project, found.min_answers) == (scan_id, "ECD mobiel", 3)
    assert (found.instrument, found.version) == (NHS.key, NHS.version)
    assert (found.invited, found.shared, found.asks_role) == (3, False, False)
    shared = Link(invitations.share(engine, ANNA, seen(engine, scan_id)), shared=True)
    assert ways_in.find_round(engine, shared, DAY).shared


def test_links_taken_back_after_answering_are_still_told_to_who_answers(
    engine: Engine, scan_id: int
) -> None:
    link = invited(engine, scan_id)
    for made_up in [invited(engine, scan_id) for _ in range(3)]:
        give(engine, made_up, scan_id)
    for each in discussion.invitations(engine, scan_id)[1:]:
        invitations.revoke(engine, ANNA, each.id)
    assert ways_in.find_round(engine, link, DAY).invited == 4


def test_a_draft_is_read_back_by_the_browser_that_wrote_it_only(
    engine: Engine, scan_id: int
) -> None:
    link = invited(engine, scan_id)
    half = Filled({"benefits": "b", "fit": None}, {"fit": "Onduidelijk"}, None)
    ballots.save_draft(engine, link, scan_id, "phone", half, NHS, as_of=DAY)
    assert ballots.read_draft(engine, link, scan_id, "phone") == half
    assert ballots.read_draft(engine, link, scan_id, "laptop of the boss") == Filled()
    other = invited(engine, scan_id)
    assert ballots.read_draft(engine, other, scan_id, "phone") == Filled()


def test_one_link_is_one_answer_and_the_last_one_counts(engine: Engine, scan_id: int) -> None:
    link = invited(engine, scan_id)
    give(engine, link, scan_id, Filled(answers("d" * 10)))
    give(engine, link, scan_id, Filled(answers("c" * 10)))
    with pytest.raises(LinkUsedError):
        give(engine, link, scan_id, Filled(answers("b" * 10)), browser="laptop")
    give(engine, invited(engine, scan_id), scan_id)
    give(engine, invited(engine, scan_id), scan_id)
    rounds.close_round(engine, ANNA, seen(engine, scan_id), as_of=DAY)
    with engine.connect() as connection:
        levels = connection.execute(
            select(T["factor_answer"].c.level).where(T["factor_answer"].c.factor == "fit")
        ).scalars()
        assert Counter(levels) == {"a": 2, "c": 1}


def test_a_draft_after_handing_in_does_not_undo_the_answer(engine: Engine, scan_id: int) -> None:
    link = invited(engine, scan_id)
    give(engine, link, scan_id)
    changing = replace(ALL_A, answers={"benefits": "d"})
    ballots.save_draft(engine, link, scan_id, "phone", changing, NHS, as_of=DAY)
    rounds.close_round(engine, ANNA, seen(engine, scan_id), as_of=DAY)
    assert (count(engine, "scan_response"), count(engine, "factor_answer")) == (1, 10)


def test_a_shared_link_is_one_answer_per_browser(engine: Engine, scan_id: int) -> None:
    link = Link(invitations.share(engine, ANNA, seen(engine, scan_id)), shared=True)
    for browser in ("one", "two", "two", "one", "three"):
        give(engine, link, scan_id, browser=browser)
    renewed = Link(invitations.share(engine, ANNA, seen(engine, scan_id)), shared=True)
    give(engine, renewed, scan_id, browser="three")
    rounds.close_round(engine, ANNA, seen(engine, scan_id), as_of=DAY)
    assert count(engine, "scan_response") == 3


def test_the_box_is_empty_when_the_round_is_closed(engine: Engine, scan_id: int) -> None:
    link = invited(engine, scan_id)
    give(engine, link, scan_id, replace(ALL_A, remarks={"fit": "Past goed"}))
    ballots.save_draft(engine, invited(engine, scan_id), scan_id, "x", Filled(), NHS, as_of=DAY)
    assert (count(engine, "scan_ballot"), count(engine, "scan_draft")) == (1, 2)
    assert count(engine, "scan_response") == 0
    rounds.close_round(engine, ANNA, seen(engine, scan_id), as_of=DAY)
    assert (count(engine, "scan_ballot"), count(engine, "scan_draft")) == (0, 0)
    assert (count(engine, "scan_response"), count(engine, "factor_remark")) == (1, 1)
    with pytest.raises(NoWayInError):
        give(engine, link, scan_id)


def test_answers_and_remarks_are_counted_in_a_random_order(
    engine: Engine, scan_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    shuffled: list[int] = []

    class Backwards:
        def shuffle(self, listed: list[Any]) -> None:
            shuffled.append(len(listed))
            listed.sort(key=str, reverse=True)

    monkeypatch.setattr(ballots, "SystemRandom", Backwards)
    for letter in "bca":
        remark = {"fit": f"Ik zeg {letter}"}
        give(engine, invited(engine, scan_id), scan_id, Filled(answers(letter * 10), remark))
    rounds.close_round(engine, ANNA, seen(engine, scan_id), as_of=DAY)
    assert shuffled == [3, 3]
    answer = T["factor_answer"]
    with engine.connect() as connection:
        stored = connection.execute(
            select(answer.c.level)
            .where(answer.c.factor == "benefits")
            .order_by(answer.c.response_id)
        ).scalars()
        assert list(stored) == ["c", "b", "a"]
    found = discussion.remarks(engine, NHS, scan_id, DAY)
    assert found == {"fit": ("Ik zeg c", "Ik zeg b", "Ik zeg a")}


def test_i_do_not_know_is_stored_as_no_level(engine: Engine, scan_id: int) -> None:
    give(engine, invited(engine, scan_id), scan_id, Filled(answers("-aaaaaaaaa")))
    rounds.close_round(engine, ANNA, seen(engine, scan_id), as_of=DAY)
    levels = {row.factor: row.level for row in rows(engine, "factor_answer")}
    assert (levels["benefits"], len(levels)) == (None, 10)


def test_a_role_is_kept_only_of_a_group_that_may_be_shown(engine: Engine, project: int) -> None:
    scan_id = open_round(engine, project, DAY, 3, asks_role=True)
    letters = ("abcdabcdab", "bcdabcdabc", "cdabcdabcd", "dabcdabcda", "acbdacbdac", "bdacbdacbd")
    for role, each in zip(("care", "care", "care", "lead", None, None), letters, strict=True):
        give(engine, invited(engine, scan_id), scan_id, Filled(answers(each), role=role))
    rounds.close_round(engine, ANNA, seen(engine, scan_id), as_of=DAY)
    stored = Counter(row.role for row in rows(engine, "scan_response"))
    assert stored == {"care": 3, None: 3}


def test_no_role_is_kept_of_a_group_whose_counts_give_a_row_of_answers_away(
    engine: Engine, project: int
) -> None:
    """With three equal rows the counts of the group say what each of the three answered."""
    scan_id = open_round(engine, project, DAY, 3, asks_role=True)
    for role in ("care", "care", "care", "lead", "lead", "lead"):
        give(engine, invited(engine, scan_id), scan_id, replace(ALL_A, role=role))
    rounds.close_round(engine, ANNA, seen(engine, scan_id), as_of=DAY)
    assert Counter(row.role for row in rows(engine, "scan_response")) == {None: 6}


def test_answering_leaves_no_revision_and_no_audit(engine: Engine, scan_id: int) -> None:
    link = invited(engine, scan_id)
    before, entries = revision(engine), count(engine, "audit_entry")
    ballots.save_draft(engine, link, scan_id, "phone", Filled(), NHS, as_of=DAY)
    give(engine, link, scan_id)
    assert (revision(engine), count(engine, "audit_entry")) == (before, entries)


@pytest.mark.parametrize(
    ("filled", "words"),
    [
        (Filled(answers("a" * 10) | {"weather": "a"}), "‘weather’ hoort niet bij"),
        (Filled(answers("a" * 10) | {"fit": "e"}), "‘e’ is geen antwoord op ‘Past bij doelen"),
        (Filled({"fit": "a"}), "Nog niet ingevuld: Voordelen naast betere zorg"),
        (replace(ALL_A, role="boss"), "functiegroep is niet bekend"),
        (replace(ALL_A, remarks={"weather": "Nat"}), "‘weather’ hoort niet bij"),
        (replace(ALL_A, remarks={"fit": "x" * (LONGEST_REMARK + 1)}), "501 tekens lang"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_and_leaves_nothing(
    engine: Engine, scan_id: int, filled: Filled, words: str
) -> None:
    link = invited(engine, scan_id)
    with pytest.raises(ScanError, match=words):
        give(engine, link, scan_id, filled)
    assert (count(engine, "scan_ballot"), count(engine, "scan_draft")) == (0, 0)


def test_a_remark_is_one_tidy_line_and_an_empty_one_is_none(engine: Engine, scan_id: int) -> None:
    remarks = {"fit": " twee\n regels \x00", "benefits": "  "}
    for _ in range(3):
        give(engine, invited(engine, scan_id), scan_id, replace(ALL_A, remarks=remarks))
    rounds.close_round(engine, ANNA, seen(engine, scan_id), as_of=DAY)
    assert {row.text for row in rows(engine, "factor_remark")} == {"twee regels"}


def test_nothing_opens_for_a_link_that_is_not_or_no_longer_one(
    engine: Engine, project: int, scan_id: int
) -> None:
    link = invited(engine, scan_id)
    (made,) = discussion.invitations(engine, scan_id)
    shared = Link(invitations.share(engine, ANNA, seen(engine, scan_id)), shared=True)
    invitations.revoke(engine, ANNA, made.id)
    invitations.stop_sharing(engine, ANNA, seen(engine, scan_id))
    wrong_kind = Link(shared.token)
    for closed in (link, shared, wrong_kind, Link("guess"), Link("")):
        with pytest.raises(NoWayInError) as found:
            ways_in.find_round(engine, closed, DAY)
        with pytest.raises(NoWayInError) as written:
            give(engine, closed, scan_id)
        assert str(found.value) == str(written.value)
    assert count(engine, "scan_ballot") == 0


def test_a_link_opens_its_own_round_only(engine: Engine, scan_id: int) -> None:
    other = open_round(engine, add_project(engine, "P02"), DAY)
    with pytest.raises(NoWayInError):
        give(engine, invited(engine, scan_id), other)


def test_a_round_of_another_version_of_the_questions_takes_no_answers(
    engine: Engine, scan_id: int
) -> None:
    link = invited(engine, scan_id)
    newer = replace(NHS, version="2027-nl-1")
    with pytest.raises(NoWayInError):
        ballots.hand_in(engine, link, scan_id, "phone", ALL_A, newer, as_of=DAY)


def test_answers_of_other_rounds_stay_as_they_are(
    engine: Engine, project: int, scan_id: int
) -> None:
    other = open_round(engine, add_project(engine, "P02"), DAY)
    give(engine, invited(engine, other), other)
    give(engine, invited(engine, scan_id), scan_id)
    rounds.close_round(engine, ANNA, seen(engine, scan_id), as_of=DAY)
    assert (count(engine, "scan_ballot"), count(engine, "scan_response")) == (1, 1)
    (found,) = scans.rounds(engine, NHS, project, DAY)
    assert found.closed
