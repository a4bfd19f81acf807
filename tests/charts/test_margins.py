"""The room beside a chart, set before it is drawn."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
import pytest

from borging.charts.margins import OF, SIZE, with_room
from borging.charts.template import Look, blank


def bars(names: list[str], **layout: Any) -> go.Figure:
    figure = blank(Look(), height=200, **layout)
    figure.add_bar(y=names, x=[1] * len(names), orientation="h")
    return with_room(figure)


def test_longer_names_get_more_room() -> None:
    short, long = bars(["Zorg"]), bars(["Zorg", "Institutionalisering"])
    assert short.layout.margin.l < long.layout.margin.l
    assert long.layout.margin.l >= SIZE * sum(map(OF.__getitem__, "Institutionalisering")) / 1000


def test_only_the_longest_line_of_a_name_counts_and_tags_do_not() -> None:
    assert bars(["Zorg<br>thuis"]).layout.margin.l == bars(["thuis"]).layout.margin.l
    assert bars(["<b>thuis</b>"]).layout.margin.l == bars(["thuis"]).layout.margin.l
    assert bars(["in &amp; uit"]).layout.margin.l == bars(["in & uit"]).layout.margin.l


def test_named_places_go_before_what_the_traces_say() -> None:
    named = bars(["Institutionalisering"], yaxis={"tickvals": [0], "ticktext": ["Zorg"]})
    assert named.layout.margin.l == bars(["Zorg"]).layout.margin.l


def test_a_title_takes_room_of_its_own() -> None:
    plain = bars(["Zorg"])
    titled = bars(["Zorg"], yaxis={"title": {"text": "Projecten"}})
    assert titled.layout.margin.l > plain.layout.margin.l + SIZE


def test_words_below_get_a_line_each() -> None:
    one = bars(["a"], xaxis={"tickvals": [0], "ticktext": ["maart"]})
    two = bars(["a"], xaxis={"tickvals": [0], "ticktext": ["maart<br>2026"]})
    assert two.layout.margin.b - one.layout.margin.b >= SIZE


@pytest.mark.parametrize("xaxis", [{"visible": False}, {"side": "top"}])
def test_an_axis_that_is_not_there_takes_no_room(xaxis: dict[str, Any]) -> None:
    assert bars(["a"], xaxis=xaxis).layout.margin.b == 8


def test_a_wide_margin_stays_as_it_was_asked() -> None:
    asked = {"l": 300, "r": 8, "t": 8, "b": 90}
    assert bars(["Zorg"], margin=asked).layout.margin.to_plotly_json() == asked


def test_an_empty_chart_is_no_error() -> None:
    assert with_room(blank(Look(), height=100)).data == ()
