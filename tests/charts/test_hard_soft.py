"""Hard against soft: what the chart draws, names and leaves out."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest

from borging.charts import hard_soft
from borging.charts.template import Look

LOOKS = [Look(dark, narrow) for dark in (False, True) for narrow in (False, True)]
POINTS = pd.DataFrame(
    {
        "project_id": [1, 2, 3],
        "code": ["P1", "P2", "P3"],
        "title": ["Een", "Twee", "Drie"],
        "share": [200 / 3, 100 / 7, 50.0],
        "hard": ["10 van 15 ja, 2 open", "2 van 14 ja", "15 van 30 ja"],
        "total": [30.04999, 70.0, 60.0],
        "n": [5, 6, 7],
        "behind": ["soft", "hard", ""],
    }
)


@pytest.mark.parametrize("look", LOOKS)
def test_each_project_is_drawn_once_at_its_two_figures(look: Look) -> None:
    figure = hard_soft.hard_soft(POINTS, 55, look)
    drawn = {(x, y) for trace in figure.data for x, y in zip(trace.x, trace.y, strict=True)}
    assert drawn == {(66.7, 30.0), (14.3, 70.0), (50.0, 60.0)}
    words = [each.text for each in figure.layout.annotations]
    soft, hard = ("", "") if look.narrow else ("blijft ", "blijven ")
    assert any(f"draagvlak {soft}achter</b> (1)" in each for each in words)
    assert any(f"afspraken {hard}achter</b> (1)" in each for each in words)


@pytest.mark.parametrize("look", LOOKS)
def test_the_axes_say_what_is_counted_and_whose_the_borders_are(look: Look) -> None:
    layout = hard_soft.hard_soft(POINTS, 55, look).layout
    assert layout.xaxis.title.text == "Hard: deel van de vijftien vragen met ‘ja’"
    assert {"55: reden tot optimisme", "hulplijn: de helft"} <= {a.text for a in layout.annotations}
    lines = [(s.x0, s.x1, s.y0, s.y1) for s in layout.shapes if s.type == "line"]
    assert [line for line in lines if line[0] == line[1] == 50]
    assert [line for line in lines if line[2] == line[3] == 55]


def test_a_mark_says_the_counts_and_carries_no_more_digits_than_that() -> None:
    figure = hard_soft.hard_soft(POINTS, 55, Look())
    (mark,) = next(trace.customdata for trace in figure.data if 66.7 in trace.x)
    assert list(mark) == ["P1", "Een", "10 van 15 ja, 2 open", "30,0", 5]
    data = json.dumps([trace.to_plotly_json() for trace in figure.data], default=list)
    assert not re.search(r"\d\.\d{2,}", data)


@pytest.mark.parametrize(("other", "anchor"), [(80.0, "right"), (90.0, "left")])
def test_a_name_on_a_phone_keeps_off_the_mark_of_another_project(other: float, anchor: str) -> None:
    points = POINTS.assign(
        share=[70.0, other, 10.0], total=[30.0, 30.5, 90.0], behind=["soft", "", ""]
    )
    figure = hard_soft.hard_soft(points, 55, Look(narrow=True))
    (name,) = [each for each in figure.layout.annotations if each.text == "P1"]
    assert name.xanchor == anchor


@pytest.mark.parametrize("look", LOOKS)
def test_the_words_of_the_borders_can_be_read_over_the_marks(look: Look) -> None:
    figure = hard_soft.hard_soft(POINTS, 55, look)
    words = {"55: reden tot optimisme", "hulplijn: de helft"}
    behind = {a.text: a.bgcolor for a in figure.layout.annotations if a.text in words}
    assert behind == dict.fromkeys(words, look.palette.page)
