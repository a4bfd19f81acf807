from __future__ import annotations

import pytest

from borging.charts import trend as drawing
from borging.charts.template import DARK, LIGHT, Look
from borging.domain.terms import ScanKind
from borging.services.scan import trend
from borging.services.scan.view import round_table
from tests.scans import CHECK_CASE, NHS
from tests.services.scan.test_view import a_round

BEFORE = a_round(("d-" + "b" * 8,) * 6, 1)
NOW = a_round(("aa" + "b" * 8,) * 6, 2)
VIEW = trend.view([BEFORE, NOW], NHS)


def test_bars_are_now_and_strokes_are_before() -> None:
    now, before = drawing.changes(VIEW, Look()).data
    assert now.name.startswith("ronde 2 ·")
    assert before.name.startswith("ronde 1 ·")
    assert list(now.x[:2]) == [100, 100]
    assert list(before.x[:2]) == [0, None]
    assert "n = 6" in now.customdata[0]


def test_each_factor_carries_its_outcome_in_words() -> None:
    written = [note.text for note in drawing.changes(VIEW, Look()).layout.annotations]
    assert written[:3] == ["<b>stijgt</b>", "te weinig antwoorden", "kan toeval zijn"]


def test_a_short_bar_has_its_number_beside_it() -> None:
    low = trend.view([NOW, a_round(("da" + "b" * 8,) * 6, 3)], NHS)
    assert drawing.changes(low, Look()).data[0].textposition[:2] == ("outside", "inside")


def test_a_total_carries_one_deviation_where_the_round_gives_one() -> None:
    rounds = [a_round(CHECK_CASE, 1), a_round(("b" * 10,), 2, ScanKind.JOINT), a_round(None, 3)]
    figure = drawing.totals_with_spread(round_table(rounds), NHS.threshold, 100, Look())
    named = {trace.name: trace for trace in figure.data}
    individual = named["individueel"]
    assert list(individual.error_y.array) == [9.9]
    assert "standaardafwijking 9,9, 2010-nl-1" in individual.customdata[0][1]
    assert named[ScanKind.JOINT.label].error_y.array is None


@pytest.mark.parametrize(
    "look", [Look(dark, narrow) for dark in (False, True) for narrow in (False, True)]
)
def test_the_colours_come_from_the_theme(look: Look) -> None:
    palette = DARK if look.dark else LIGHT
    bars = drawing.changes(VIEW, look).data[0]
    assert bars.marker.color == palette.score
    names = drawing.changes(VIEW, look).layout.yaxis.ticktext
    assert names[0] == ("Voordelen" if look.narrow else "Voordelen naast betere zorg")
