from __future__ import annotations

import pytest

from borging.domain.rounds import ScanRound
from borging.domain.terms import ScanKind
from borging.services.scan import trend
from borging.services.scan.trend import Outcome, TrendView
from tests.scans import NHS
from tests.services.scan.test_view import a_round

BENEFITS = 0


def rows(first: str, others: str = "b") -> tuple[str, ...]:
    """One row per letter of `first`, the answers to the first factor; the rest is `others`."""
    return tuple(letter + others * 9 for letter in first)


def compared(before: str, now: str) -> TrendView:
    return trend.view([a_round(rows(before), 1), a_round(rows(now), 2)], NHS)


def outcome(before: str, now: str) -> Outcome:
    return compared(before, now).changes[BENEFITS].outcome


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("dddddd", "aaaaaa", Outcome.RISES),
        ("aaaaaa", "dddddd", Outcome.FALLS),
        ("dddddd", "aaaaad", Outcome.CHANCE),
        ("aaaaaa", "aaaaaa", Outcome.CHANCE),
        ("ddddd", "aaaaaa", Outcome.TOO_FEW),
        ("dddddd", "aaaaa", Outcome.TOO_FEW),
        ("ddddd", "a" * 60, Outcome.TOO_FEW),
        ("dddd", "aaaa", Outcome.TOO_FEW),
    ],
)
def test_a_factor_passes_from_six_answers_in_both_rounds(
    before: str, now: str, expected: Outcome
) -> None:
    assert outcome(before, now) == expected


def test_the_chance_is_that_of_the_split_times_the_factors() -> None:
    change = compared("dddddd", "aaaaaa").changes[BENEFITS]
    assert change.chance == pytest.approx(10 * 2 / 924)
    assert change.change == pytest.approx(8.5)


def test_doubt_lowers_the_answers_of_its_factor_only() -> None:
    view = compared("ddddd-", "aaaaaa")
    assert view.changes[BENEFITS].outcome == Outcome.TOO_FEW
    assert view.changes[1].outcome == Outcome.CHANCE


def test_a_factor_that_one_round_keeps_to_itself_tells_nothing() -> None:
    view = compared("------", "aaaaaa")
    change = view.changes[BENEFITS]
    assert (change.outcome, change.change, change.chance) == (Outcome.HIDDEN, None, None)
    row = view.table.iloc[BENEFITS]
    assert (row["change"], row["chance"], row["outcome"]) == ("–", "–", "te weinig antwoorden")
    assert row.isna()["before"]
    assert "Voordelen naast betere zorg zonder uitslag in beide rondes" in view.in_words


def test_untested_factors_still_count_as_comparisons() -> None:
    before = tuple("d" + "-" * 9 for _ in range(6))
    now = tuple("a" + "-" * 9 for _ in range(6))
    view = trend.view([a_round(before, 1), a_round(now, 2)], NHS)
    assert view.changes[BENEFITS].chance == pytest.approx(10 * 2 / 924)
    assert view.finding == "1 factor stijgt meer dan toeval verklaart (te beoordelen: 1 van 10)."


def finding(before: tuple[str, ...], now: tuple[str, ...]) -> str:
    return trend.view([a_round(before, 1), a_round(now, 2)], NHS).finding


def test_the_finding_in_all_its_forms() -> None:
    low, high = ("d" * 10,) * 6, ("a" * 10,) * 6
    assert finding(low, high) == "10 factoren stijgen meer dan toeval verklaart."
    assert finding(high, low) == "10 factoren dalen meer dan toeval verklaart."
    assert finding(rows("dddddd"), rows("aaaaaa")) == "1 factor stijgt meer dan toeval verklaart."
    mixed = finding(("da" + "b" * 8,) * 6, ("ad" + "b" * 8,) * 6)
    assert mixed == "1 factor stijgt en 1 factor daalt meer dan toeval verklaart."
    assert finding(low, low) == "Geen factor stijgt of daalt meer dan toeval verklaart."
    assert finding(low[:5], high) == (
        "Te weinig antwoorden om verschil van toeval te onderscheiden: "
        "daarvoor zijn er 6 per ronde nodig."
    )


def test_without_two_rounds_there_is_nothing_to_compare() -> None:
    for rounds in (
        [],
        [a_round(("b" * 10,) * 6, 1)],
        [a_round(("b" * 10,) * 6, 1), a_round(None, 2)],
        [a_round(("b" * 10,) * 6, 1), a_round(("a" * 10,), 2, ScanKind.JOINT)],
    ):
        view = trend.view(rounds, NHS)
        assert view.changes == ()
        assert view.table.empty
        assert view.finding.startswith("Nog geen twee rondes om te vergelijken")


def test_the_newest_individual_round_stands_against_the_one_before_or_the_one_asked() -> None:
    rounds = [a_round(("b" * 10,) * 6, n) for n in (1, 2, 3)]
    rounds.append(a_round(("a" * 10,), 4, ScanKind.JOINT))

    def numbers(view: TrendView) -> tuple[int, int]:
        assert view.before is not None
        assert view.now is not None
        return view.before.number, view.now.number

    assert numbers(trend.view(rounds, NHS)) == (2, 3)
    assert numbers(trend.view(rounds, NHS, "1")) == (1, 3)
    assert [r.number for r in trend.view(rounds, NHS).candidates] == [2, 1]
    for asked in ("3", "4", "9", "", "x"):
        assert numbers(trend.view(rounds, NHS, asked)) == (2, 3)


def test_rounds_of_another_version_are_not_compared() -> None:
    old = a_round(("b" * 10,) * 6, 1)
    other = ScanRound(**{**vars(old), "instrument_version": "2007"})
    view = trend.view([other, a_round(("a" * 10,) * 6, 2)], NHS)
    assert view.changes == ()
    assert "andere versie" in view.finding


def test_the_note_says_n_days_method_and_version() -> None:
    note = compared("dddddd", "aaaaaa").note
    for words in ("(n = 6)", "21-02-2026", "permutatietoets", "Holm over 10", "2010-nl-1"):
        assert words in note


def test_a_chance_is_never_nothing() -> None:
    assert trend.chance_words(0.0004) == "< 0,001"
    assert trend.chance_words(0.0216) == "0,022"
    assert trend.chance_words(1.0) == "1"
    assert trend.chance_words(None) == "–"
