from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest

from borging.domain.instruments import load_instrument
from borging.domain.scoring import score
from borging.settings import DATA

NHS = load_instrument(DATA / "instruments" / "nhs-borgingsscan.toml")
CHECK_CASE = ("babadbbaaa", "aabaabaaab", "dbbbaacaad", "bbacabcaab")


def responses(*letters: str) -> list[dict[str, str | None]]:
    return [
        {f.id: (x if x != "-" else None) for f, x in zip(NHS.factors, row, strict=True)}
        for row in letters
    ]


def test_the_published_case_gives_71_points_with_a_spread_of_9_90() -> None:
    result = score(NHS, responses(*CHECK_CASE))
    assert result.total == pytest.approx(71.0, abs=0.01)
    assert result.sd == pytest.approx(9.90, abs=0.005)


@pytest.mark.parametrize(
    ("letters", "total"), list(zip(CHECK_CASE, (66.5, 85.4, 63.1, 69.0), strict=True))
)
def test_each_respondent_of_the_published_case(letters: str, total: float) -> None:
    assert score(NHS, responses(letters)).total == pytest.approx(total, abs=0.001)


def test_the_maxima_per_domain_and_in_total() -> None:
    per_domain = dict.fromkeys(NHS.domains, Decimal())
    for factor in NHS.factors:
        per_domain[factor.domain] += factor.maximum
    assert per_domain == {
        "proces": Decimal("31.1"),
        "medewerkers": Decimal("52.4"),
        "organisatie": Decimal("16.5"),
    }
    assert NHS.maximum == 100


def test_every_number_has_a_status() -> None:
    statuses = [level.status for factor in NHS.factors for level in factor.levels]
    assert set(statuses) == {"gezien", "afgeleid", "uit geheugen"}
    assert statuses.count("gezien") == 16
    assert statuses.count("afgeleid") == 5


def test_i_do_not_know_lowers_the_n_of_its_factor_and_is_never_zero() -> None:
    result = score(NHS, responses("aaaaaaaaaa", "-aaaaaaaaa"))
    assert [f.n for f in result.factors] == [1, *[2] * 9]
    assert result.factors[0].mean == 8.5
    assert result.total == pytest.approx(100)
    assert result.sd is None


def test_without_an_answer_to_one_factor_there_is_no_total() -> None:
    assert score(NHS, responses("-aaaaaaaaa", "-aaaaaaaaa")).total is None
    assert score(NHS, []).total is None


def test_the_spread_counts_levels_and_needs_two_answers() -> None:
    one, two = (
        score(NHS, responses("abbbbbbbbb")),
        score(NHS, responses("abbbbbbbbb", "dbcbbbbbbb")),
    )
    assert one.factors[0].spread is None
    assert [f.spread for f in two.factors][:3] == [3, 0, 1]


def sets_of(tenths: int) -> Iterator[str]:
    """Every set of letters that makes a total: 55 points in 2,770 ways."""
    worth = [
        {letter: int(10 * points) for letter, points in factor.points.items()}
        for factor in NHS.factors
    ]
    most = [sum(max(each.values()) for each in worth[at:]) for at in range(len(worth) + 1)]

    def further(at: int, left: int, letters: str) -> Iterator[str]:
        if at == len(worth):
            if left == 0:
                yield letters
        elif 0 <= left <= most[at]:
            for letter, points in worth[at].items():
                yield from further(at + 1, left - points, letters + letter)

    yield from further(0, tenths, "")


def test_every_set_of_exactly_55_points_is_at_the_cut_off() -> None:
    exactly = list(sets_of(550))
    assert len(exactly) == 2770
    for letters in exactly:
        result = score(NHS, responses(letters))
        assert result.exact == 55
        assert result.total == 55.0
        assert result.reaches(NHS.threshold)


def test_a_tenth_of_a_point_below_the_cut_off_does_not_reach_it() -> None:
    below = list(sets_of(549))
    assert below
    assert not any(score(NHS, responses(each)).reaches(NHS.threshold) for each in below)


def test_the_mean_of_several_people_is_compared_exactly() -> None:
    """Three totals of 54.9, 55.0 and 55.1 are 55 on average, whatever thirds do to floats."""
    people = [next(sets_of(tenths)) for tenths in (549, 550, 551)]
    together = score(NHS, responses(*people))
    assert (together.exact, together.total) == (Fraction(55), 55.0)
    assert together.reaches(NHS.threshold)
    lower = score(NHS, responses(people[0], people[1], people[0]))
    assert not lower.reaches(NHS.threshold)


def test_without_a_total_the_cut_off_is_not_reached() -> None:
    assert not score(NHS, responses("-aaaaaaaaa")).reaches(NHS.threshold)
