"""An answer belongs to the device that gave it: attacks by somebody who holds every link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import product
from threading import Barrier

import pytest
from sqlalchemy import Engine, select, update

from borging.store.commands import ballots, devices, invitations, rounds, ways_in
from borging.store.commands.ballots import Filled
from borging.store.commands.devices import LinkUse, LinkUsedError
from borging.store.commands.scans import ScanError
from borging.store.commands.ways_in import Link, NoWayInError
from borging.store.database import revision
from borging.store.queries import discussion, scans
from borging.store.tables import Record
from tests.scans import ANNA, CHECK_CASE, NHS, add_project, answers, open_round, seen

DAY = date(2026, 11, 18)
T = Record.metadata.tables
MAKER = "the laptop of whoever made the links"


@pytest.fixture
def project(engine: Engine) -> int:
    return add_project(engine)


@pytest.fixture
def scan_id(engine: Engine, project: int) -> int:
    return open_round(engine, project, DAY)


def invited(engine: Engine, scan_id: int, people: int = 4) -> list[Link]:
    names = [f"Collega {number}" for number in range(people)]
    return [Link(made.token) for made in invitations.invite(engine, ANNA, scan_id, names)]


def give(engine: Engine, link: Link, scan_id: int, letters: str, browser: str) -> None:
    ballots.hand_in(engine, link, scan_id, browser, Filled(answers(letters)), NHS, as_of=DAY)


def use(engine: Engine, link: Link, scan_id: int, browser: str) -> LinkUse:
    return devices.link_use(engine, link, scan_id, browser)


def object_to(engine: Engine, link: Link, scan_id: int, on: date = DAY) -> None:
    devices.object_to_answer(engine, link, scan_id, "phone of the owner", as_of=on)


def given(engine: Engine) -> Counter[str]:
    """Counted sets of answers."""
    table = T["factor_answer"]
    found: dict[int, dict[str, str]] = {}
    with engine.connect() as connection:
        for row in connection.execute(select(table)):
            found.setdefault(row.response_id, {})[row.factor] = row.level
    return Counter("".join(each[f.id] for f in NHS.factors) for each in found.values())


def in_the_box(engine: Engine) -> int:
    with engine.connect() as connection:
        return len(connection.execute(select(T["scan_ballot"])).all())


def close(engine: Engine, scan_id: int, on: date = DAY) -> None:
    rounds.close_round(engine, ANNA, seen(engine, scan_id), as_of=on)


def test_whoever_made_the_links_cannot_overwrite_two_of_three_colleagues(
    engine: Engine, project: int, scan_id: int
) -> None:
    """With four answers, of which three are known, the counts give the fourth in full."""
    links = invited(engine, scan_id)
    for number, (link, letters) in enumerate(zip(links, CHECK_CASE, strict=True)):
        give(engine, link, scan_id, letters, f"phone {number}")
    for link in links[1:3]:
        with pytest.raises(LinkUsedError):
            give(engine, link, scan_id, "a" * 10, MAKER)
        with pytest.raises(LinkUsedError):
            ballots.save_draft(engine, link, scan_id, MAKER, Filled(), NHS, as_of=DAY)
    close(engine, scan_id)
    assert given(engine) == Counter(CHECK_CASE)
    (found,) = scans.rounds(engine, NHS, project, DAY)
    assert found.score is not None
    own, *_ = CHECK_CASE
    left = [
        set("".join(x * n for x, n in each.counts.items()).replace(mine, "", 1))
        for each, mine in zip(found.score.factors, own, strict=True)
    ]
    assert len(list(product(*left))) > 100


def test_another_device_learns_that_a_link_was_used_and_nothing_else(
    engine: Engine, scan_id: int
) -> None:
    (link,) = invited(engine, scan_id, 1)
    assert use(engine, link, scan_id, MAKER) == LinkUse()
    give(engine, link, scan_id, "d" * 10, "phone")
    assert use(engine, link, scan_id, MAKER) == LinkUse(elsewhere=True)
    assert use(engine, link, scan_id, "phone") == LinkUse(was_here=True)
    assert ballots.read_draft(engine, link, scan_id, MAKER) == Filled()


def test_the_same_device_changes_its_answer_until_the_round_closes(
    engine: Engine, scan_id: int
) -> None:
    (link,) = invited(engine, scan_id, 1)
    for letter in "dcb":
        ballots.save_draft(engine, link, scan_id, "phone", Filled(), NHS, as_of=DAY)
        give(engine, link, scan_id, letter * 10, "phone")
    close(engine, scan_id)
    assert given(engine) == Counter(["b" * 10])


def test_several_people_on_one_device_each_have_their_own_answer(
    engine: Engine, scan_id: int
) -> None:
    links = invited(engine, scan_id)
    for link, letters in zip(links, CHECK_CASE, strict=True):
        assert ballots.read_draft(engine, link, scan_id, "ward PC") == Filled()
        give(engine, link, scan_id, letters, "ward PC")
    close(engine, scan_id)
    assert given(engine) == Counter(CHECK_CASE)


def test_a_shared_device_forgets_an_answer_that_stays_counted(engine: Engine, scan_id: int) -> None:
    """The next person at a ward PC opens the link again from the history of the browser."""
    first, second, *_ = invited(engine, scan_id)
    give(engine, first, scan_id, "d" * 10, "ward PC")
    devices.leave_device(engine, first, scan_id, "ward PC", as_of=DAY)
    assert ballots.read_draft(engine, first, scan_id, "ward PC") == Filled()
    assert use(engine, first, scan_id, "ward PC") == LinkUse(elsewhere=True)
    with pytest.raises(LinkUsedError):
        give(engine, first, scan_id, "a" * 10, "ward PC")
    give(engine, second, scan_id, "b" * 10, "ward PC")
    close(engine, scan_id)
    assert given(engine) == Counter(["d" * 10, "b" * 10])


def test_a_shared_link_on_a_device_that_forgot_takes_no_second_answer(
    engine: Engine, scan_id: int
) -> None:
    link = Link(invitations.share(engine, ANNA, seen(engine, scan_id)), shared=True)
    give(engine, link, scan_id, "d" * 10, "tablet")
    devices.leave_device(engine, link, scan_id, "tablet", as_of=DAY)
    with pytest.raises(LinkUsedError):
        give(engine, link, scan_id, "a" * 10, "tablet")
    renewed = Link(invitations.share(engine, ANNA, seen(engine, scan_id)), shared=True)
    with pytest.raises(LinkUsedError):
        give(engine, renewed, scan_id, "a" * 10, "tablet")
    with pytest.raises(NoWayInError):
        devices.object_to_answer(engine, renewed, scan_id, "phone", as_of=DAY)


def test_a_used_link_is_contested_by_another_device_only(engine: Engine, scan_id: int) -> None:
    (link,) = invited(engine, scan_id, 1)
    with pytest.raises(ScanError, match="niet op een ander toestel"):
        object_to(engine, link, scan_id)
    give(engine, link, scan_id, "a" * 10, "phone")
    with pytest.raises(ScanError, match="niet op een ander toestel"):
        devices.object_to_answer(engine, link, scan_id, "phone", as_of=DAY)
    assert in_the_box(engine) == 1


def test_an_objection_erases_the_answer_and_holds_the_round_until_somebody_acts(
    engine: Engine, scan_id: int
) -> None:
    """The link was answered before its owner got it: filled in first, then handed out."""
    link, *others = invited(engine, scan_id)
    give(engine, link, scan_id, "a" * 10, MAKER)
    for number, other in enumerate(others):
        give(engine, other, scan_id, CHECK_CASE[number], f"phone {number}")
    object_to(engine, link, scan_id)
    assert in_the_box(engine) == 3
    with pytest.raises(LinkUsedError):
        give(engine, link, scan_id, "a" * 10, MAKER)
    with pytest.raises(ScanError, match="de link van Collega 0"):
        close(engine, scan_id)
    assert given(engine) == Counter()
    (contested,) = [each for each in discussion.invitations(engine, scan_id) if each.unresolved]
    renewed = invitations.renew(engine, ANNA, contested.id)
    assert renewed.label == "Collega 0"
    with pytest.raises(NoWayInError):
        give(engine, link, scan_id, "a" * 10, MAKER)
    give(engine, Link(renewed.token), scan_id, CHECK_CASE[3], "phone of the owner")
    close(engine, scan_id)
    assert given(engine) == Counter(CHECK_CASE)


def test_a_contested_link_that_is_revoked_lets_the_round_close_without_its_answer(
    engine: Engine, scan_id: int
) -> None:
    """Somebody who objects cannot hold the others up: whoever holds the round goes on."""
    link, *others = invited(engine, scan_id, 5)
    give(engine, link, scan_id, "a" * 10, "phone")
    for number, other in enumerate(others):
        give(engine, other, scan_id, CHECK_CASE[number], f"phone {number}")
    object_to(engine, link, scan_id)
    (contested,) = [each for each in discussion.invitations(engine, scan_id) if each.unresolved]
    invitations.revoke(engine, ANNA, contested.id)
    with pytest.raises(NoWayInError):
        object_to(engine, link, scan_id)
    close(engine, scan_id)
    assert given(engine) == Counter(CHECK_CASE)


def test_an_answer_nobody_contested_is_not_discarded(engine: Engine, scan_id: int) -> None:
    """Otherwise answers could be taken out one by one to leave a known rest."""
    link, *_ = invited(engine, scan_id)
    give(engine, link, scan_id, "a" * 10, "phone")
    first, second, *_ = discussion.invitations(engine, scan_id)
    for each in (first, second):
        with pytest.raises(ScanError, match="niet betwist"):
            invitations.renew(engine, ANNA, each.id)
    invitations.revoke(engine, ANNA, first.id)
    close(engine, scan_id)
    assert given(engine) == Counter(["a" * 10])


def test_discarding_colleagues_under_a_false_objection_is_seen_by_everybody(
    engine: Engine, project: int, scan_id: int
) -> None:
    """The maker objects in their place and answers with the new links: what remains noticed."""
    links = invited(engine, scan_id)
    for number, (link, letters) in enumerate(zip(links, CHECK_CASE, strict=True)):
        give(engine, link, scan_id, letters, f"phone {number}")
    for link in links[1:3]:
        devices.object_to_answer(engine, link, scan_id, MAKER, as_of=DAY)
    for each in discussion.invitations(engine, scan_id):
        if each.unresolved:
            renewed = Link(invitations.renew(engine, ANNA, each.id).token)
            give(engine, renewed, scan_id, "a" * 10, MAKER)
    victim = links[3]
    opened = ways_in.find_round(engine, victim, DAY)
    assert (opened.invited, opened.discarded) == (6, 2)
    for number in (1, 2):
        assert devices.lost_here(engine, links[number], f"phone {number}")
        assert not devices.lost_here(engine, links[number], MAKER)
    close(engine, scan_id)
    (found,) = scans.rounds(engine, NHS, project, DAY)
    assert (found.invited, found.discarded) == (6, 2)


def test_after_closing_nothing_changes(engine: Engine, scan_id: int) -> None:
    links = invited(engine, scan_id)
    for number, (link, letters) in enumerate(zip(links, CHECK_CASE, strict=True)):
        give(engine, link, scan_id, letters, f"phone {number}")
    close(engine, scan_id)
    made = discussion.invitations(engine, scan_id)[0]
    attempts: list[Callable[[], object]] = [
        lambda: object_to(engine, links[0], scan_id),
        lambda: devices.leave_device(engine, links[0], scan_id, "phone 0", as_of=DAY),
        lambda: give(engine, links[0], scan_id, "a" * 10, "phone 0"),
        lambda: invitations.revoke(engine, ANNA, made.id),
        lambda: invitations.renew(engine, ANNA, made.id),
    ]
    for attempt in attempts:
        with pytest.raises(ScanError):
            attempt()
    assert given(engine) == Counter(CHECK_CASE)


def test_an_objection_is_possible_after_the_last_day_until_the_round_is_counted(
    engine: Engine, scan_id: int
) -> None:
    """Answering over a link in the last minute leaves its owner the time to say so."""
    (link,) = invited(engine, scan_id, 1)
    give(engine, link, scan_id, "a" * 10, MAKER)
    after = DAY + timedelta(days=15)
    with pytest.raises(NoWayInError):
        ways_in.find_round(engine, link, after)
    assert ways_in.find_round(engine, link, after, late=True).scan_id == scan_id
    object_to(engine, link, scan_id, after)
    with pytest.raises(ScanError, match="Betwist"):
        close(engine, scan_id, after)


def test_an_objection_leaves_no_sign_of_who_or_when(engine: Engine, scan_id: int) -> None:
    (link,) = invited(engine, scan_id, 1)
    give(engine, link, scan_id, "a" * 10, "phone")
    with engine.connect() as connection:
        entries = len(connection.execute(select(T["audit_entry"])).all())
    before = revision(engine)
    object_to(engine, link, scan_id)
    object_to(engine, link, scan_id)
    with engine.connect() as connection:
        assert len(connection.execute(select(T["audit_entry"])).all()) == entries
        (row,) = connection.execute(select(T["scan_invitation"])).mappings().all()
    assert revision(engine) == before
    assert (row["contested"], row["revoked_at"]) == (True, None)


def test_a_ballot_from_before_devices_were_recorded_keeps_its_device(
    engine: Engine, scan_id: int
) -> None:
    link, stranger, *_ = invited(engine, scan_id)
    for each in (link, stranger):
        give(engine, each, scan_id, "d" * 10, "phone")
    with engine.begin() as connection:
        connection.execute(update(T["scan_ballot"]).values(device_hash=None))
    with pytest.raises(LinkUsedError):
        give(engine, link, scan_id, "a" * 10, MAKER)
    give(engine, link, scan_id, "b" * 10, "phone")
    with pytest.raises(LinkUsedError):
        give(engine, link, scan_id, "a" * 10, MAKER)
    close(engine, scan_id)
    assert given(engine) == Counter(["d" * 10, "b" * 10])


def test_two_devices_at_once_give_one_answer(engine: Engine, scan_id: int) -> None:
    links = invited(engine, scan_id, 20)
    together = Barrier(8)

    def race(number: int) -> list[bool]:
        if number < 8:
            together.wait(30)
        won = []
        for place, link in enumerate(links):
            try:
                give(engine, link, scan_id, "abcd"[place % 4] * 10, f"device {number}")
            except LinkUsedError:
                won.append(False)
            else:
                won.append(True)
        return won

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(race, range(8)))
    assert [sum(each) for each in zip(*outcomes, strict=True)] == [1] * 20


def test_an_objection_and_closing_at_once_never_count_a_contested_answer(engine: Engine) -> None:
    for number in range(6):
        round_id = open_round(engine, add_project(engine, f"P{number}"), DAY)
        (link,) = invited(engine, round_id, 1)
        give(engine, link, round_id, "a" * 10, "phone")
        together = Barrier(2)

        def attempt(action: Callable[[], object], together: Barrier = together) -> bool:
            together.wait(30)
            try:
                action()
            except ScanError:
                return False
            return True

        with ThreadPoolExecutor(2) as pool:
            objected, closed = pool.map(
                attempt,
                [
                    lambda link=link, at=round_id: object_to(engine, link, at),  # type: ignore[misc]
                    lambda at=round_id: close(engine, at),  # type: ignore[misc]
                ],
            )
        assert objected != closed
