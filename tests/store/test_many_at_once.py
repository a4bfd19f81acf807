"""Two hundred people answer one round at the same time."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import Engine, select

from borging.domain.instruments import LETTERS
from borging.store.commands import ballots, invitations, rounds
from borging.store.commands.ballots import Filled
from borging.store.commands.ways_in import Link, NoWayInError
from borging.store.queries import scans
from borging.store.tables import Record
from tests.scans import ANNA, NHS, add_project, answers, open_round, seen

DAY = date(2026, 11, 18)
PEOPLE = 200
AT_ONCE = 50
T = Record.metadata.tables


def letters(person: int) -> str:
    """Answers that tell the persons apart: their number in base four."""
    digits = [(person >> (2 * place)) & 3 for place in range(4)]
    return "".join(LETTERS[digit] for digit in digits) + "a" * 6


@pytest.mark.parametrize("shared", [False, True], ids=["a link each", "one shared link"])
def test_no_answer_is_lost_or_doubled(engine: Engine, shared: bool) -> None:
    project = add_project(engine)
    scan_id = open_round(engine, project, DAY)
    names = [str(person) for person in range(PEOPLE)]
    if shared:
        links = [Link(invitations.share(engine, ANNA, seen(engine, scan_id)), shared=True)] * PEOPLE
    else:
        made = invitations.invite(engine, ANNA, scan_id, names)
        links = [Link(each.token) for each in made]
    together = Barrier(AT_ONCE)

    def answer(person: int) -> None:
        link, browser = links[person], f"browser {person}"
        if person < AT_ONCE:
            together.wait(30)
        for letter in "dcb":
            half = Filled({"benefits": letter})
            ballots.save_draft(engine, link, scan_id, browser, half, NHS, as_of=DAY)
        first = Filled(answers("d" * 10), {"fit": f"Eerst {person}"})
        final = Filled(answers(letters(person)), {"fit": f"Opmerking {person}"})
        for filled in (first, final):
            ballots.hand_in(engine, link, scan_id, browser, filled, NHS, as_of=DAY)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(answer, range(PEOPLE)))
    rounds.close_round(engine, ANNA, seen(engine, scan_id), as_of=DAY)
    (found,) = scans.rounds(engine, NHS, project, DAY)
    assert found.score is not None
    assert found.score.n == PEOPLE
    assert _given(engine) == Counter(letters(person) for person in range(PEOPLE))
    with engine.connect() as connection:
        texts = connection.execute(select(T["factor_remark"].c.text)).scalars().all()
    assert sorted(texts) == sorted(f"Opmerking {person}" for person in range(PEOPLE))


def _given(engine: Engine) -> Counter[str]:
    answer = T["factor_answer"]
    given: dict[int, dict[str, str]] = {}
    with engine.connect() as connection:
        for row in connection.execute(select(answer)):
            given.setdefault(row.response_id, {})[row.factor] = row.level
    order = [factor.id for factor in NHS.factors]
    return Counter("".join(each[factor] for factor in order) for each in given.values())


def test_an_answer_is_counted_or_refused_when_the_round_closes_meanwhile(engine: Engine) -> None:
    project = add_project(engine)
    scan_id = open_round(engine, project, DAY)
    made = invitations.invite(engine, ANNA, scan_id, [str(n) for n in range(40)])
    together = Barrier(11)

    def answer(person: int) -> int:
        if person < 10:
            together.wait(30)
        try:
            filled = Filled(answers("a" * 10))
            link = Link(made[person].token)
            ballots.hand_in(engine, link, scan_id, "own", filled, NHS, as_of=DAY)
        except NoWayInError:
            return 0
        return 1

    def close() -> None:
        together.wait(30)
        rounds.close_round(engine, ANNA, seen(engine, scan_id), as_of=DAY)

    with ThreadPoolExecutor(11) as pool:
        closing = pool.submit(close)
        accepted = sum(pool.map(answer, range(40)))
        closing.result()
    assert sum(_given(engine).values()) == accepted
    with engine.connect() as connection:
        assert connection.execute(select(T["scan_ballot"])).all() == []
