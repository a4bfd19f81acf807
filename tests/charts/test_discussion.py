from __future__ import annotations

import pytest

from borging.charts import discussion as drawing
from borging.charts.template import Look
from borging.domain.scoring import score
from tests.scans import CHECK_CASE, NHS, answers

FACTOR = score(NHS, [answers(row) for row in CHECK_CASE]).factors[0]
GROUP = score(NHS, [answers("d" * 10)]).factors[0]


@pytest.mark.parametrize("look", [Look(), Look(dark=True), Look(narrow=True)])
def test_every_row_is_whole_and_each_part_is_counted(look: Look) -> None:
    figure = drawing.answers(FACTOR, [("zorg <b>", GROUP)], look)
    assert [bar.name for bar in figure.data] == ["a", "b", "c", "d"]
    for row in range(2):
        assert sum(bar.x[row] for bar in figure.data) == pytest.approx(1)
    assert [bar.x[0] for bar in figure.data] == [0.25, 0.5, 0, 0.25]
    assert figure.data[3].x[1] == 1
    counted = ["1a", "2b", "", "1d"] if look.narrow else ["1× a", "2× b", "", "1× d"]
    assert [bar.text[0] for bar in figure.data] == counted
    assert list(figure.layout.yaxis.ticktext) == [
        "Iedereen<br>n = 4",
        "zorg &lt;b&gt;<br>n = 1",
    ]


def test_colours_are_those_of_the_levels() -> None:
    figure = drawing.answers(FACTOR, [], Look())
    assert [bar.marker.color for bar in figure.data] == [
        Look().palette.levels[letter] for letter in "abcd"
    ]
