from __future__ import annotations

import numpy as np
import pytest

from borging.charts import comparison as drawing
from borging.charts import factor_links as links_drawing
from borging.charts import scan_spread as spread_drawing
from borging.charts.scale import colour_at
from borging.charts.template import DARK, LIGHT, Look, text_on
from borging.services.scan import distribution as scan_spread
from borging.services.scan import factor_links
from tests.scans import NHS
from tests.services.scan.test_comparison import CASE, HIGH, LOW, side, view
from tests.services.scan.test_distribution import projects, scans
from tests.services.scan.test_factor_links import view as links_of

LOOKS = [Look(dark, narrow) for dark in (False, True) for narrow in (False, True)]
HIDDEN = side(4, *["-" + "d" * 9] * 4)
FOUR = view(HIGH, LOW, CASE, HIDDEN)


def contrast(first: str, second: str) -> float:
    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", LOOKS)
def test_four_projects_differ_in_dash_mark_and_colour(look: Look) -> None:
    traces = drawing.overlay(FOUR, NHS, look).data
    assert len({trace.line.dash for trace in traces}) == 4
    assert len({trace.marker.symbol for trace in traces}) == 4
    assert len({trace.line.color for trace in traces}) == 4
    assert [trace.name for trace in traces] == [each.label for each in FOUR.sides]


def test_a_radar_shows_per_cents_and_leaves_hidden_factors_open() -> None:
    case, hidden = drawing.overlay(FOUR, NHS, Look()).data[2:]
    assert case.r[6] == 54.3
    assert hidden.r[0] is None
    hover = case.customdata[6]
    assert "n = 4" in hover
    assert "18-11-2026, versie 2010-nl-1" in hover


def test_small_radars_each_have_their_own_place() -> None:
    figure = drawing.multiples(FOUR, NHS, Look())
    assert [trace.subplot for trace in figure.data] == ["polar", "polar2", "polar3", "polar4"]
    lefts = [figure.layout[name].domain.x[0] for name in ("polar", "polar2", "polar3", "polar4")]
    assert lefts == sorted(lefts)
    assert len({figure.layout[trace.subplot].domain.y for trace in figure.data}) == 1
    assert figure.data[3].fill == "none"
    phone = drawing.multiples(FOUR, NHS, Look(narrow=True))
    assert len({phone.layout[trace.subplot].domain.y for trace in phone.data}) == 4
    assert phone.layout.height > 3 * figure.layout.height


def test_dots_follow_the_order_of_the_differences() -> None:
    figure = drawing.dots(FOUR, Look())
    assert figure.layout.yaxis.ticktext[-1] == "Voordelen naast betere zorg"
    assert figure.data[3].x[-1] is None
    assert len(figure.layout.shapes) == 10


def test_the_spread_draws_numbers_of_projects() -> None:
    rows = {1: "a" * 10, 2: "d" * 10, 3: "b" * 10}
    found = scan_spread.view(projects(3), scans(rows), NHS)
    cells, numbers = spread_drawing.spread(found, Look()).data
    assert np.asarray(cells.z).shape == (11, 10)
    assert list(numbers.text[:10]) == ["1", "", "", "", "", "1", "", "", "", "1"]
    assert np.asarray(spread_drawing.spread(found, Look(narrow=True)).data[0].z).shape == (11, 5)
    assert "0–10\u00a0% van het maximum: 1 van 3" in cells.customdata[0][0]
    written = [note.text for note in spread_drawing.spread(found, Look()).layout.annotations]
    assert written[:2] == ["mediaan (middelste helft)", "55\u00a0%"]


def test_the_matrix_draws_each_pair_once_with_its_number() -> None:
    links = links_of(24)
    cells, numbers = links_drawing.matrix(links, NHS, Look()).data
    z = np.asarray(cells.z)
    assert np.isnan(z[np.triu_indices(10)]).all()
    assert (~np.isnan(z)).sum() == 45 == len(numbers.text)
    assert z[1, 0] == round(links.pairs["rho"].iloc[0], 2)
    assert links.pairs["said"].iloc[0] in cells.customdata[1][0]
    assert not any(
        text.startswith(("0", "−0"))
        for text in links_drawing.matrix(links, NHS, Look(narrow=True)).data[1].text
    )


@pytest.mark.parametrize("dark", [False, True])
def test_numbers_are_readable_on_every_place_of_the_scales(dark: bool) -> None:
    palette = DARK if dark else LIGHT
    spread = ((0.0, palette.panel), (1.0, palette.score))
    for scale in (links_drawing.diverging(Look(dark)), spread):
        for share in np.linspace(0, 1, 101):
            colour = colour_at(share, scale)
            assert contrast(colour, text_on(colour)) >= 4.5


def test_a_mark_grows_with_the_projects_it_stands_for() -> None:
    rows = dict.fromkeys(range(1, 8), "aa" + "b" * 8) | {8: "dd" + "b" * 8}
    pair = factor_links.pair(links_of(8, rows), NHS.factors[0], NHS.factors[1])
    marks = links_drawing.scatter(pair, Look()).data[0]
    assert (list(marks.x), list(marks.y)) == ([0, 100], [0, 100])
    assert marks.marker.size[1] > marks.marker.size[0]


def test_a_colour_outside_the_scale_is_its_end() -> None:
    scale = ((0.0, "#000000"), (1.0, "#FFFFFF"))
    assert [colour_at(x, scale) for x in (-1, 0, 0.5, 1, 2)] == [
        "#000000",
        "#000000",
        "#808080",
        "#FFFFFF",
        "#FFFFFF",
    ]
