"""How many tables of the others fit: the search against counting all of them out."""

from __future__ import annotations

from itertools import permutations, product
from random import Random

import pytest

from borging.domain.disclosure import Member, Row, Window, enough_tables, fitting_tables
from borging.domain.publication import publication
from borging.domain.rounds import LEAST_FOR_DEVIATION
from borging.domain.scoring import Deviation, deviation
from tests.scans import NHS, answers

POINTS = (
    {"a": 85, "b": 47, "c": 40, "d": 0},
    {"a": 110, "b": 51, "c": 51, "d": 0},
    {"a": 150, "b": 62, "c": 57, "d": 0},
)
"""Three factors of the instrument in tenths; at the second, two levels are worth the same."""
MANY = 10**6


def sums(rows: list[Row], points: tuple[dict[str, int], ...] = POINTS) -> Deviation:
    complete = [row for row in rows if all(row)]
    totals = [sum(each[x] for each, x in zip(points, row, strict=True)) for row in complete]
    return Deviation(len(totals), sum(totals), sum(t * t for t in totals), 10)


def counted_out(members: list[Member], own: Row, window: Window | None) -> set[tuple[Row, ...]]:
    """Return every multiset of rows with the same letters per factor and group that fits."""
    parts = sorted({name for name, _ in members})
    tables: list[list[Row]] = [[]]
    for part in parts:
        rows = [row for name, row in members if name == part]
        columns = [set(permutations(row[at] for row in rows)) for at in range(len(own))]
        arranged = [list(zip(*chosen, strict=True)) for chosen in product(*columns)]
        tables = [[*table, *more] for table in tables for more in arranged]
    return {
        tuple(sorted(table)) for table in tables if window is None or _fits([*table, own], window)
    }


def _fits(rows: list[Row], window: Window) -> bool:
    found = sums(rows)
    return found.n >= max(2, window.least) and found.tenths == window.tenths


def cases() -> list[tuple[list[Member], Row, int]]:
    rng = Random(3)
    found = []
    for _ in range(60):
        people = rng.randint(2, 4)
        doubt = rng.choice((0.0, 0.0, 0.15))
        parts = rng.choice((("",), ("", "care")))
        rows: list[Row] = [
            tuple("" if rng.random() < doubt else rng.choice("abcd") for _ in POINTS)
            for _ in range(people + 1)
        ]
        members = [(rng.choice(parts), row) for row in rows[1:]]
        found.append((members, rows[0], rng.choice((0, 3))))
    return found


@pytest.mark.parametrize(("members", "own", "least"), cases())
def test_the_search_finds_exactly_the_tables_that_fit(
    members: list[Member], own: Row, least: int
) -> None:
    assert fitting_tables(members, own, None, MANY, MANY) == counted_out(members, own, None)
    whole = sums([own, *(row for _, row in members)])
    if whole.tenths is None or whole.n < least:
        return
    window = Window(POINTS, 10, whole.tenths, least)
    exact = counted_out(members, own, window)
    assert fitting_tables(members, own, window, MANY, MANY) == exact
    assert fitting_tables(members, own, window, 10, MANY) <= exact
    assert len(fitting_tables(members, own, window, MANY, 2)) == min(len(exact), 2)


def test_a_limit_on_the_steps_never_counts_too_many_and_always_gives_the_same() -> None:
    rng = Random(1)
    rows = [tuple(rng.choice("abcd") for _ in POINTS) for _ in range(5)]
    window = Window(POINTS, 10, sums(rows).tenths or 0, 2)
    exact = counted_out([("", row) for row in rows[1:]], rows[0], window)
    shuffled = rows[1:]
    for steps in (1, 5, 50, 500):
        rng.shuffle(shuffled)
        once = fitting_tables([("", row) for row in rows[1:]], rows[0], window, steps, MANY)
        again = fitting_tables([("", row) for row in shuffled], rows[0], window, steps, MANY)
        assert once == again <= exact


def test_levels_of_equal_points_are_different_answers() -> None:
    """Factor 2: b and c are both 5.1 points, so exchanging them changes no deviation."""
    rows: list[Row] = [("a", "b", "a"), ("d", "c", "d"), ("b", "b", "b")]
    others = [("", row) for row in rows[1:]]
    window = Window(POINTS, 10, sums(rows).tenths or 0, 2)
    assert len(fitting_tables(others, rows[0], window, MANY, MANY)) == 2


@pytest.mark.parametrize("n", range(2, 9))
def test_the_bounds_agree_with_the_rounding_at_every_value(n: int) -> None:
    window = Window(POINTS, 10, 7, 2)
    low, high = window.bounds(n)
    for squares in range(4 * n):
        fits = low <= n * squares < high
        assert fits == (Deviation(n, 0, squares, 10).tenths == 7)


def test_when_everybody_else_agrees_only_one_table_is_left() -> None:
    members: list[Member] = [("", ("a",) * 10)] * 6
    assert len(fitting_tables(members[1:], members[0][1], None)) == 1
    assert not enough_tables(members, None)


def rows_of(*letters: str) -> list[tuple[str | None, dict[str, str | None]]]:
    return [(None, answers(each)) for each in letters]


TELLTALE = ("aaaaaaaaaa", "aaaaaaaaab", "aaaaaaaaab", "dddddddddd", "dddddddddd")
"""Two firmly for and two against: the deviation is so large that it can be reached in few ways."""
ORDINARY = (
    "babadbbaaa",
    "aabaabaaab",
    "dbbbaacaad",
    "bbacabcaab",
    "abcbabcbab",
    "cbabdabbca",
    "bacbbadabc",
    "abbcabacdb",
)


def test_a_deviation_that_leaves_few_tables_stays_away() -> None:
    assert publication(NHS, rows_of(*TELLTALE), 4).sd is None


def test_a_deviation_that_leaves_tables_enough_is_given_in_tenths() -> None:
    found = publication(NHS, rows_of(*ORDINARY), 4).sd
    exact = deviation(NHS, [answers(row) for row in ORDINARY]).points
    assert exact is not None
    assert found == pytest.approx(exact, abs=0.05)
    assert found == round(found, 1)


def test_below_five_complete_answers_there_is_no_deviation() -> None:
    assert LEAST_FOR_DEVIATION == 5
    four = [*ORDINARY[:4], *("-" + row[1:] for row in ORDINARY[4:])]
    assert publication(NHS, rows_of(*four), 4).sd is None


def in_group(role: str, *letters: str) -> list[tuple[str | None, dict[str, str | None]]]:
    return [(role, answers(each)) for each in letters]


def test_a_group_in_which_one_member_reads_the_others_is_not_shown() -> None:
    """Of the leaders three say all a: the fourth knows their rows."""
    care = in_group("care", *ORDINARY)
    alike = in_group("lead", *["a" * 10] * 3, "d" * 10)
    assert publication(NHS, [*care, *alike], 4).groups == frozenset()
    apart = in_group("lead", *ORDINARY[:4])
    assert publication(NHS, [*care, *apart], 4).groups == {"care", "lead"}


def test_the_order_of_the_answers_decides_nothing() -> None:
    rng = Random(5)
    rows = [*in_group("care", *ORDINARY), *in_group("lead", *ORDINARY[:4])]
    first = publication(NHS, rows, 4)
    for _ in range(3):
        rng.shuffle(rows)
        assert publication(NHS, rows, 4) == first
