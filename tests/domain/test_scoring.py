from __future__ import annotations

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
    per_domain = dict.fromkeys(NHS.domains, 0.0)
    for factor in NHS.factors:
        per_domain[factor.domain] += factor.maximum
    assert {k: round(v, 1) for k, v in per_domain.items()} == {
        "proces": 31.1,
        "medewerkers": 52.4,
        "organisatie": 16.5,
    }
    assert NHS.maximum == 100.0


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
