"""The round maps of a dossier: the numbers in the figures, and names that stay apart."""

from __future__ import annotations

from itertools import pairwise
from math import hypot
from typing import Any

import pytest

from borging.charts.anchoring import circle
from borging.charts.beside import apart
from borging.charts.stakeholders import influence_map
from borging.charts.template import Look
from borging.services.dossier.anchoring import sectors
from borging.services.dossier.stakeholders import POSITIONS, stakeholder_map
from tests.dossiers import dossier

LOOKS = [Look(dark, narrow) for dark in (False, True) for narrow in (False, True)]
WIDE = Look()


def crowd(number: int) -> list[dict[str, Any]]:
    positions, influence = list(POSITIONS), ["little", "some", "much", "decisive"]
    return [
        {
            "name": f"Naam {place}",
            "position": positions[place % 5],
            "influence": influence[place % 4],
        }
        for place in range(number)
    ]


def radii(trace: Any) -> float:
    return max(hypot(x, y) for x, y in zip(trace.x, trace.y, strict=True))


@pytest.mark.parametrize("look", LOOKS)
def test_a_group_is_filled_as_far_as_it_is_and_hatched_when_not_known(look: Look) -> None:
    found = dossier(
        anchoring_group=[
            {"name": "A <b>", "stage": "can", "people": 5.0},
            {"name": "B", "stage": "natural"},
            {"name": "C"},
        ]
    )
    figure = circle(sectors(found), look)
    filled = [each for each in figure.data if each.fillcolor == look.palette.score]
    assert [round(radii(each), 2) for each in filled] == [0.58, 1.0]
    hatched = [each for each in figure.data if each.fillpattern.shape == "/"]
    assert [each.text for each in hatched] == ["C<br>aantal onbekend; nog niet bekend hoe ver"]
    words = [each.text for each in figure.layout.annotations]
    assert words[:4] == ["weet", "kan", "doet", "vanzelf"]
    assert len(words) == 7
    if not look.narrow:
        assert "A &lt;b&gt;<br>5 mensen · <b>kan</b>" in words


@pytest.mark.parametrize("look", LOOKS)
def test_who_is_for_stands_above_and_who_decides_in_the_middle(look: Look) -> None:
    people = [
        {"name": "Voor", "position": "advocate", "influence": "little", "strategy": "energy"},
        {"name": "Tegen", "position": "opponent", "influence": "decisive"},
        {"name": "Neutraal", "position": "neutral", "influence": "much"},
        {"name": "Onbekend", "influence": "much"},
    ]
    shown = stakeholder_map(dossier(stakeholder=people))
    assert shown.beside == (("Onbekend", "houding onbekend"),)
    above, below, level = shown.dots
    assert above.y > 0 > below.y
    assert level.y == pytest.approx(0)
    assert hypot(below.x, below.y) < hypot(level.x, level.y) < hypot(above.x, above.y)
    figure = influence_map(shown, look)
    dots = [each for each in figure.data if "markers" in each.mode]
    assert [round(each.y[0], 3) for each in dots] == [round(each.y, 3) for each in shown.dots]
    assert (dots[0].marker.color, dots[1].marker.color) == (
        look.palette.score,
        look.palette.page,
    )


def test_fifteen_people_get_a_place_of_their_own_and_names_that_do_not_touch() -> None:
    shown = stakeholder_map(dossier(stakeholder=crowd(15)))
    spots = [(each.x, each.y) for each in shown.dots]
    gaps = [hypot(a - c, b - d) for a, b in spots for c, d in spots if (a, b) != (c, d)]
    assert len(gaps) == 15 * 14
    assert min(gaps) > 0.09
    names = [e for e in influence_map(shown, WIDE).layout.annotations if "Naam" in e.text]
    for side in ("left", "right"):
        heights = sorted(each.y for each in names if each.xanchor == side)
        assert all(high - low > 0.1 for low, high in pairwise(heights))
        assert max(map(abs, heights)) < 1.2


def test_what_has_room_stays_and_what_touches_is_pushed_to_both_sides() -> None:
    assert apart([], []) == []
    assert apart([0.0, 1.0], [0.5, 0.5]) == [0.0, 1.0]
    assert apart([0.0, 0.1], [0.5, 0.5]) == pytest.approx([-0.2, 0.3])
    assert apart([0.0, 0.0, 0.4], [0.5, 0.5, 0.5]) == pytest.approx(
        [-0.367, 0.133, 0.633], abs=0.01
    )
