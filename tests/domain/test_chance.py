"""The exact test against every split written out, and numbers worked by hand."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from random import Random

import pytest

from borging.domain.chance import (
    ALPHA,
    LEAST_ANSWERS,
    holm,
    mid_ranks,
    permutation_chance,
    rank_interval,
    spearman,
)
from tests.scans import NHS

BENEFITS = {"a": 8.5, "b": 4.7, "c": 4.0, "d": 0.0}


def counts(letters: str) -> dict[str, int]:
    return {x: letters.count(x) for x in "abcd"}


def by_hand(points: dict[str, float], before: str, after: str) -> Fraction:
    """Divide the people in every way, one by one."""
    values = [round(10 * points[x]) for x in before + after]
    size, whole, total = len(before), len(before + after), sum(values)
    first = sum(values[:size])
    as_far = [
        abs(whole * sum(values[i] for i in chosen) - size * total)
        >= abs(whole * first - size * total)
        for chosen in combinations(range(whole), size)
    ]
    return Fraction(sum(as_far), len(as_far))


@pytest.mark.parametrize(
    ("before", "after", "chance"),
    [
        ("dd", "aa", Fraction(2, 6)),
        ("d", "aaa", Fraction(1, 4)),
        ("dddd", "aaaa", Fraction(2, 70)),
        ("ddddd", "aaaaa", Fraction(2, 252)),
        ("dddddd", "aaaaaa", Fraction(2, 924)),
        ("abcd", "abcd", Fraction(1)),
        ("aaaa", "aaaa", Fraction(1)),
        # 3 of the 6 pairs from {8.5, 8.5, 8.5, 0} hold the 0; all six lie equally far out.
        ("aa", "ad", Fraction(1)),
    ],
)
def test_the_chance_of_a_split_worked_by_hand(before: str, after: str, chance: Fraction) -> None:
    assert permutation_chance(BENEFITS, counts(before), counts(after)) == chance


@pytest.mark.parametrize("seed", range(60))
def test_the_chance_is_that_of_every_split_written_out(seed: int) -> None:
    rng = Random(seed)
    factor = rng.choice(NHS.factors)
    before = "".join(rng.choices("abcd", k=rng.randint(1, 7)))
    after = "".join(rng.choices("abcd", k=rng.randint(1, 7)))
    found = permutation_chance(factor.points, counts(before), counts(after))
    assert found == by_hand(factor.points, before, after)
    assert found == permutation_chance(factor.points, counts(after), counts(before))


def test_levels_of_equal_worth_are_one_level() -> None:
    behaviour = NHS.factors[5].points
    assert behaviour["b"] == behaviour["c"]
    assert permutation_chance(behaviour, counts("bbbb"), counts("cccc")) == 1


def test_two_hundred_answers_a_round_are_counted_out() -> None:
    before = {"a": 40, "b": 60, "c": 60, "d": 40}
    after = {"a": 70, "b": 60, "c": 40, "d": 30}
    found = permutation_chance(BENEFITS, before, after)
    # The same statistic by the normal approximation: 0.875 / 0.2825 = 3.10, so 0.0019.
    assert 0.0017 < found < 0.0022
    assert permutation_chance(BENEFITS, before, before) == 1


@pytest.mark.parametrize(("before", "after"), [("", "aa"), ("aa", ""), ("", "")])
def test_a_round_without_answers_cannot_be_compared(before: str, after: str) -> None:
    with pytest.raises(ValueError, match="geen antwoorden"):
        permutation_chance(BENEFITS, counts(before), counts(after))


@pytest.mark.parametrize(("size", "passes"), [(5, False), (6, True)])
def test_below_six_answers_a_round_nothing_passes(size: int, passes: bool) -> None:
    chance = permutation_chance(BENEFITS, counts("d" * size), counts("a" * size))
    adjusted = holm([chance, *[Fraction(1)] * 9])[0]
    assert adjusted is not None
    assert (adjusted <= ALPHA) is passes
    assert (size >= LEAST_ANSWERS) is passes


def test_holm_worked_by_hand() -> None:
    chances = [Fraction(n, 1000) for n in (10, 40, 30, 5)]
    # In order 5, 10, 30, 40: × 4, 3, 2, 1 = 20, 30, 60, 40; the last may not be below the third.
    assert holm(chances) == [Fraction(n, 1000) for n in (30, 60, 60, 20)]


def test_holm_never_exceeds_one_and_keeps_what_was_not_tested() -> None:
    found = holm([Fraction(1, 100), None, Fraction(9, 10), None])
    assert found == [Fraction(4, 100), None, Fraction(1), None]
    assert holm([]) == []


def test_middle_places_are_shared() -> None:
    assert mid_ranks([10, 20, 20, 5]) == [2, 3.5, 3.5, 1]
    assert mid_ranks([7, 7, 7]) == [2, 2, 2]


def test_the_rank_correlation_worked_by_hand() -> None:
    # d² = 0, 1, 1, 1, 1 → 1 − 6 × 4 / (5 × 24) = 0.8
    found = spearman([1, 2, 3, 4, 5], [10, 30, 20, 50, 40])
    assert found is not None
    assert (found.rho, found.n) == (pytest.approx(0.8), 5)


def test_the_rank_correlation_with_ties_worked_by_hand() -> None:
    # Places 1, 2.5, 2.5, 4 and 1, 3, 2, 4: products about 2.5 sum to 4.5, squares 4.5 and 5.
    found = spearman([1, 2, 2, 9], [0, 5, 4, 6])
    assert found is not None
    assert found.rho == pytest.approx(4.5 / (4.5 * 5) ** 0.5)


def test_the_interval_worked_by_hand() -> None:
    # atanh 0.5 = 0.549306; √(1.125 / 25) = 0.212132, × 1.959964 = 0.415771
    found = rank_interval(0.5, 28)
    assert (found.low, found.high) == (
        pytest.approx(0.13275, abs=1e-5),
        pytest.approx(0.74653, abs=1e-5),
    )
    assert found.clear
    assert not rank_interval(0.1, 28).clear


def test_no_interval_where_none_can_be_given() -> None:
    perfect = spearman([1, 2, 3, 4, 5], [2, 4, 6, 8, 9])
    assert perfect is not None
    assert (perfect.rho, perfect.low, perfect.high) == (pytest.approx(1), None, None)
    assert not perfect.clear
    assert rank_interval(0.5, 3).low is None
    assert spearman([1, 1, 1], [1, 2, 3]) is None
    assert spearman([1], [2]) is None
