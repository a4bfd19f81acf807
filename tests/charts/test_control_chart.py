"""The control chart and the bars of training: what is drawn, and what is not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from borging.charts.control_chart import control_chart, coverage_bars
from borging.charts.template import Look
from borging.domain import control_chart as domain
from borging.services.dossier.compliance import Coverage, Series


def series(*done: int) -> Series:
    first = date(2026, 1, 5)
    checks = [domain.Check(first + timedelta(weeks=n), 10, each) for n, each in enumerate(done)]
    return Series("Protocol <b>", domain.control_chart(checks))


@pytest.mark.parametrize("look", [Look(), Look(dark=True, narrow=True)])
def test_limits_are_drawn_from_twelve_checks_on(look: Look) -> None:
    eleven, twelve = [8, 7, 9] * 3 + [8, 7], [8, 7, 9] * 4
    before, after = control_chart(series(*eleven), look), control_chart(series(*twelve), look)
    assert [len(figure.data) for figure in (before, after)] == [2, 4]
    assert [each.text for each in before.layout.annotations] == ["mediaan 80\u00a0%"]
    assert {each.text for each in after.layout.annotations} == {
        "midden 80\u00a0%",
        "grens 42\u00a0%",
        "grens 100\u00a0%",
    }


def test_a_signal_has_a_word_and_a_mark_of_its_own() -> None:
    figure = control_chart(series(*[8, 7, 9] * 4, 3), Look())
    assert "↓ onder de grens" in [each.text for each in figure.layout.annotations]
    points = figure.data[-1]
    assert points.marker.symbol[-1] == "diamond"
    assert set(points.marker.symbol[:-1]) == {"circle"}
    assert points.customdata[-1].endswith("30\u00a0% (3 van 10)<br>onder de grens")


def test_a_check_with_two_signals_says_the_strongest() -> None:
    figure = control_chart(series(*[8, 7, 9] * 4, *[7] * 7, 3), Look())
    words = [each.text for each in figure.layout.annotations if each.text[0] in "↓↑"]
    assert words == ["↓ onder de grens"]


def test_a_group_that_is_not_measured_has_words_and_no_bar() -> None:
    groups = (Coverage("Dag", 10, 4, None), Coverage("Nacht", 8, None, None))
    figure = coverage_bars(groups, Look())
    assert [list(bar.y) for bar in figure.data] == [[0], [0]]
    assert [each.text for each in figure.layout.annotations] == [
        "4 van 10 · 40\u00a0%",
        "niet gemeten",
    ]


def test_a_rise_does_not_look_like_a_fall() -> None:
    rise = control_chart(series(*[5, 4, 6] * 4, *[7] * 8), Look())
    assert rise.data[-1].marker.symbol[-1] == "diamond"
    assert rise.data[-1].marker.color[-1] == Look().palette.page
    fall = control_chart(series(*[5, 4, 6] * 4, *[3] * 8), Look())
    assert fall.data[-1].marker.color[-1] != Look().palette.page
