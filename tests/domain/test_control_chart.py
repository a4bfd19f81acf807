"""Chance and change in compliance checks, worked out by hand, on the edges of the rules."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from borging.domain.control_chart import (
    Check,
    ControlChart,
    ImpossibleCheckError,
    Method,
    Rule,
    control_chart,
)

START = date(2026, 1, 5)


def chart(*done: int, sample: int = 10) -> ControlChart:
    """A chart of weekly checks with the same sample."""
    return control_chart(
        [Check(START + timedelta(weeks=week), sample, n) for week, n in enumerate(done)]
    )


AT_EIGHT = (8, 7, 9, 8, 7, 9, 8, 7, 9, 8, 7, 9)
"""Twelve checks of ten, 96 of 120: the centre is 0.8."""


def test_a_check_of_nothing_is_refused() -> None:
    with pytest.raises(ImpossibleCheckError):
        Check(START, 0, 0)
    assert Check(START, 1, 0).share == 0


@pytest.mark.parametrize("compliant", [-1, 11])
def test_more_done_than_looked_at_is_refused(compliant: int) -> None:
    with pytest.raises(ImpossibleCheckError, match="van 10 keer gekeken kan niet"):
        Check(START, 10, compliant)
    assert Check(START, 10, 10).share == 1


def test_nothing_measured_has_no_centre() -> None:
    empty = chart()
    assert (empty.centre, empty.limits, empty.signals, empty.missing) == (None, (), (), 12)


def test_eleven_checks_have_a_median_and_twelve_have_limits() -> None:
    eleven = chart(*AT_EIGHT[:11])
    assert (eleven.method, eleven.centre, eleven.missing) == (Method.RUN, 0.8, 1)
    assert eleven.limits == ()
    twelve = chart(*AT_EIGHT)
    assert (twelve.method, twelve.missing) == (Method.P, 0)
    assert twelve.centre == pytest.approx(0.8)
    lower, upper = twelve.limits[0]
    assert lower == pytest.approx(0.8 - 3 * 0.126491, abs=1e-5)
    assert upper == 1, "1.179 is cut off: more than everything cannot be done"


def test_each_check_has_limits_of_its_own_sample() -> None:
    checks = list(chart(*AT_EIGHT).checks)
    checks.append(Check(date(2027, 1, 1), 100, 80))
    small, large = control_chart(checks).limits[0], control_chart(checks).limits[-1]
    assert large == pytest.approx((0.68, 0.92))
    assert small[0] == pytest.approx(0.420527, abs=1e-5)


def test_the_centre_weighs_each_check_by_its_sample() -> None:
    checks = [Check(START + timedelta(days=n), 10, 5) for n in range(11)]
    checks.append(Check(date(2027, 1, 1), 110, 99))
    assert control_chart(checks).centre == pytest.approx((55 + 99) / 220)


def test_later_checks_do_not_move_the_baseline() -> None:
    assert chart(*AT_EIGHT, 2, 2, 2).limits[:12] == chart(*AT_EIGHT).limits


@pytest.mark.parametrize(("done", "signals"), [(5, 0), (4, 1)])
def test_outside_is_below_the_limit_of_four_point_two(done: int, signals: int) -> None:
    found = chart(*AT_EIGHT, done).signals
    assert len(found) == signals
    for each in found:
        assert (each.rule, each.upward, each.first, each.last) == (Rule.OUTSIDE, False, 12, 12)
        assert each.words == "onder de grens"


def test_on_the_limit_is_inside() -> None:
    at_limit = [Check(START + timedelta(days=n), 36, 18) for n in range(12)]
    at_limit.append(Check(date(2027, 1, 1), 36, 27))  # 0.5 + 3 × 0.5 / 6 = 0.75
    assert control_chart(at_limit).signals == ()


@pytest.mark.parametrize(("low", "signals"), [(7, 0), (8, 1)])
def test_seven_on_one_side_is_chance_and_eight_is_not(low: int, signals: int) -> None:
    found = chart(*AT_EIGHT, *[7, 6] * (low // 2), *[7] * (low % 2), 9)
    before = chart(*AT_EIGHT[:11], 9, *[7, 6] * (low // 2), *[7] * (low % 2))
    assert [each.rule for each in found.signals] == [Rule.SIDE] * signals
    assert before.falls is bool(signals)
    if signals:
        assert found.signals[0].words == "8 op rij onder het midden"
        assert not found.falls, "the newest check is above the centre again"


def test_a_check_on_the_centre_counts_for_nothing_and_ends_no_row() -> None:
    assert chart(*AT_EIGHT, 7, 6, 7, 8, 8, 6, 7, 6, 7).signals == ()
    (found,) = chart(*AT_EIGHT, 7, 6, 7, 8, 8, 6, 7, 6, 7, 6).signals
    assert (found.first, found.last, found.words) == (12, 21, "8 op rij onder het midden")


@pytest.mark.parametrize(
    ("series", "falls"), [((9, 8, 7, 6, 5), False), ((9, 8, 7, 6, 5, 4), True)]
)
def test_six_falling_are_a_signal_before_there_are_limits(
    series: tuple[int, ...], falls: bool
) -> None:
    found = chart(*series)
    assert found.falls is falls
    assert [each.words for each in found.signals] == ["6 op rij dalend"] * falls


def test_equal_checks_count_for_nothing_in_a_row_that_rises() -> None:
    assert chart(1, 2, 2, 3, 4, 5).signals == ()
    (found,) = chart(1, 2, 2, 3, 4, 5, 6).signals
    assert (found.rule, found.upward, found.first, found.last) == (Rule.WAY, True, 0, 6)


def test_everything_done_in_the_baseline_gives_no_limits() -> None:
    found = chart(*[10] * 12, 9)
    assert (found.method, found.centre, found.limits, found.signals) == (
        Method.NO_SPREAD,
        1,
        (),
        (),
    )


def test_large_samples_that_differ_by_more_than_chance_get_wider_limits() -> None:
    """Shares .85 and .75 of 1,000 in turn: each differs 0.1 from the last, against 0.01265.

    0.1 / 0.012649 / 1.12838 = 7.006 times what the sample explains.
    """
    found = chart(*[850, 750] * 6, sample=1000)
    assert found.method == Method.LANEY
    assert found.widened == pytest.approx(7.006, abs=1e-3)
    assert found.limits[0] == pytest.approx((0.8 - 0.26586, 1), abs=1e-4)
    assert found.signals == ()
    assert not found.rough


def test_checks_that_differ_less_than_chance_do_not_get_narrower_limits() -> None:
    found = chart(*[8] * 12)
    assert (found.method, found.widened) == (Method.P, 1)


@pytest.mark.parametrize(("sample", "rough"), [(25, True), (30, False)])
def test_limits_are_rough_with_five_or_fewer_expected(sample: int, rough: bool) -> None:
    assert chart(*[sample * 4 // 5] * 12, sample=sample).rough is rough


def test_the_order_is_that_of_the_days() -> None:
    checks = list(chart(9, 8, 7, 6, 5, 4).checks)
    assert control_chart(checks[::-1]) == control_chart(checks)
