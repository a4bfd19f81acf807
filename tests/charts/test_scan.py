from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from borging.charts.scan import gain_bars, radar
from borging.charts.scan_answers import level_bars, totals
from borging.charts.template import DARK, LIGHT, Look
from borging.domain.rounds import ScanRound
from borging.domain.scoring import score
from borging.domain.terms import ScanKind
from borging.services.scan.view import round_table
from tests.scans import CHECK_CASE, NHS, answers

DAY = date(2026, 11, 18)
LOOKS = [Look(dark, narrow) for dark in (False, True) for narrow in (False, True)]


def a_round(number: int, *rows: str, kind: ScanKind = ScanKind.INDIVIDUAL) -> ScanRound:
    on = DAY - timedelta(days=60 * (4 - number))
    found = score(NHS, [answers(row) for row in rows]) if rows else None
    return ScanRound(number, 1, number, kind, on, 4, NHS.version, None, None, found)


CASE = a_round(4, *CHECK_CASE)
EARLIER = a_round(3, *["b" * 10] * 4)
AGREED = a_round(2, "c" * 10, kind=ScanKind.JOINT)
GAPS = a_round(1, *["-aaaaaaaad"] * 4)
assert CASE.score is not None
FACTORS = CASE.score.factors


def test_the_radar_shows_percentages_of_the_maximum_with_the_newest_on_top() -> None:
    figure = radar((CASE, EARLIER, AGREED), NHS, False, Look())
    assert [trace.name for trace in figure.data] == [
        "ronde 2 · 21-07-2026 (gezamenlijk)",
        "ronde 3 · 19-09-2026 (n = 4)",
        "ronde 4 · 18-11-2026 (n = 4)",
    ]
    now = figure.data[-1]
    assert now.theta[0] == now.theta[-1] == "Voordelen"
    assert now.r[6] == 54.3
    assert now.line.color == LIGHT.score
    assert figure.layout.polar.radialaxis.range == (0, 100)
    assert figure.layout.polar.angularaxis.direction == "clockwise"


def test_the_radar_in_points_has_the_maximum_as_outer_line() -> None:
    figure = radar((CASE,), NHS, True, Look())
    outer, now = figure.data
    assert outer.name == "maximum"
    assert list(outer.r[:-1]) == [float(factor.maximum) for factor in NHS.factors]
    assert now.r[6] == 8.2
    assert figure.layout.polar.radialaxis.range == (0, 15)


def test_a_factor_without_a_score_is_a_gap_in_the_radar_not_a_zero() -> None:
    now = radar((GAPS,), NHS, False, Look()).data[-1]
    assert now.r[0] is None
    assert now.r[9] == 0
    assert now.fill == "none"


def test_the_gains_keep_their_order_and_say_what_can_be_won() -> None:
    gains = tuple(sorted(FACTORS, key=lambda f: -(f.potential or 0)))
    scored, left = gain_bars(gains, "–", Look()).data
    assert scored.y[0] == "Steun van bestuur en management"
    assert (scored.x[0], left.x[0]) == (8.2, 6.8)
    assert left.text[0] == " +6,8 (46\u00a0%)"
    assert left.text[-1] == " volledig"
    assert gain_bars(gains, "–", Look(narrow=True)).data[0].y[0] == "Management"


def test_a_gain_without_a_score_is_said_and_not_drawn() -> None:
    assert GAPS.score is not None
    scored, left = gain_bars(GAPS.score.factors, "te weinig antwoorden", Look()).data
    assert (scored.x[0], left.x[0], scored.text[0]) == (0, 0, "")
    assert left.text[0] == " te weinig antwoorden"


def test_the_levels_are_shares_with_their_counts_and_spread() -> None:
    figure = level_bars(FACTORS, NHS, "–", Look())
    assert [trace.name for trace in figure.data] == [
        "a (hoogste niveau)",
        "b",
        "c",
        "d (laagste niveau)",
    ]
    assert [trace.x[0] for trace in figure.data] == [0.25, 0.5, 0, 0.25]
    assert [trace.text[0] for trace in figure.data] == ["a · 1", "b · 2", "", "d · 1"]
    assert figure.data[0].customdata[0] == ["Voordelen naast betere zorg", 1, "Op veel vlakken"]
    written = [note.text for note in figure.layout.annotations]
    assert written[:4] == [
        "<b>Proces</b>",
        "<b>Medewerkers</b>",
        "<b>Organisatie</b>",
        "spreiding",
    ]
    assert written[4:] == ["<b>3</b>", "1", "1", "2", "<b>3</b>", "1", "2", "0", "0", "<b>3</b>"]
    assert level_bars(FACTORS, NHS, "–", Look(narrow=True)).data[1].text[0] == "2b"


def test_the_levels_of_a_factor_without_answers_are_said_and_not_drawn() -> None:
    assert GAPS.score is not None
    figure = level_bars(GAPS.score.factors, NHS, "te weinig antwoorden", Look())
    assert {trace.x[0] for trace in figure.data} == {0}
    assert "te weinig antwoorden" in [note.text for note in figure.layout.annotations]


def test_the_totals_show_the_border_and_keep_agreed_answers_apart() -> None:
    hidden = a_round(1)
    table = round_table([hidden, AGREED, EARLIER, CASE])
    border, individual, agreed = totals(table, NHS.threshold, NHS.maximum, Look()).data
    assert (set(border.y), border.name) == ({55.0}, "55: geeft reden tot optimisme")
    assert list(individual.y) == pytest.approx([49.9, 71.0], abs=0.3)
    assert individual.text == ("49,9", "71,0")
    assert individual.customdata[1] == ["18-11-2026", "n = 4 invullers"]
    assert (agreed.mode, agreed.marker.symbol) == ("markers+text", "diamond-open")
    assert len(agreed.y) == 1


def test_days_on_the_axis_of_the_totals_never_lie_on_top_of_each_other() -> None:
    near = [a_round(4, *CHECK_CASE), a_round(4, "a" * 10, kind=ScanKind.JOINT), AGREED]
    axis = totals(round_table(near), NHS.threshold, NHS.maximum, Look(narrow=True)).layout.xaxis
    assert axis.ticktext == ("18-11-2026", "21-07-2026")


@pytest.mark.parametrize("on", [date.min, date.max])
def test_the_axis_of_the_totals_ends_where_the_calendar_ends(on: date) -> None:
    table = round_table([replace(CASE, scanned_on=on)])
    figure = totals(table, NHS.threshold, NHS.maximum, Look())
    assert figure.data[1].x == (on.isoformat(),)
    assert on.isoformat() in figure.layout.xaxis.range


@pytest.mark.parametrize("look", LOOKS)
def test_every_chart_takes_its_colours_from_the_theme(look: Look) -> None:
    palette = DARK if look.dark else LIGHT
    assert radar((CASE,), NHS, False, look).data[-1].line.color == palette.score
    assert gain_bars(FACTORS, "–", look).data[0].marker.color == palette.score
    assert level_bars(FACTORS, NHS, "–", look).data[3].marker.color == palette.levels["d"]
    table = round_table([CASE])
    assert totals(table, NHS.threshold, 100, look).data[1].marker.color == palette.score
