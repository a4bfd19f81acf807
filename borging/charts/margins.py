"""Room for the words beside a chart, known before it is drawn.

plotly can find that room itself, and still does; but then it draws the chart, measures its words,
and draws it once more. With room enough from the start it draws once. A few pixels too many cost
nothing; too few cost the second drawing, no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import plotly.graph_objects as go

SIZE = 13
LINE = 17
STANDOFF = 6
"""Pixels between the words of an axis and the axis itself, as in the template."""
TITLE = {"x": 18, "y": 22}
"""Pixels that a title takes beside the words of its axis."""
PAD = 12
"""The most that plotly adds round the words of an axis; less when a margin is smaller."""
SPARE = 2

WIDTHS = {
    260: "'ijlï,. :;!",
    340: "[]|›()f·{}",
    400: "rt-/I•",
    500: '?zsvyc"xçJL*',
    560: "agkàáFeoéëöèó",
    600: "TZ_bdhnpquü$+0123456789<=>ESY~–PVXÉ",
    700: "CKRABDU&G",
    780: "#HNOQwM",
    900: "m@W%…",
}
"""Thousandths of the size of the letter, at most, of IBM Plex Sans."""
OF = {letter: width for width, letters in WIDTHS.items() for letter in letters}
UNKNOWN = 700
TAG = re.compile(r"<[^>]+>")


def with_room(figure: go.Figure) -> go.Figure:
    """Widen the left and lower margin to what the words of its axes take; return the figure."""
    margin = figure.layout.margin.to_plotly_json()
    asked = {side: margin.get(side, 8) for side in "lrtb"}
    across, up = figure.layout.xaxis, figure.layout.yaxis
    needed = {"l": 0, "b": 0}
    if up.visible is not False and (words := list(_words(figure, "y"))):
        needed["l"] = _width(words) + STANDOFF + (TITLE["y"] if up.title.text else 0)
    if across.visible is not False and across.side != "top" and not across.tickangle:
        lines = max((text.count("<br>") + 1 for text in _words(figure, "x")), default=1)
        needed["b"] = LINE * lines + STANDOFF + (TITLE["x"] if across.title.text else 0)
    pad = min(PAD, *(asked[side] for side in "rt"), *(max(asked[s], needed[s]) for s in "lb"))
    for side, room in needed.items():
        if room and asked[side] < room + pad:
            figure.layout.margin[side] = room + pad + SPARE
    return figure


def _words(figure: go.Figure, axis: str) -> Iterator[str]:
    """The words along an axis: those named, else those of the traces, else its largest number."""
    found = figure.layout[f"{axis}axis"]
    places = found.ticktext if found.ticktext is not None else found.tickvals
    if places is not None:
        yield from (str(each) for each in places)
        return
    for trace in figure.data:
        values = trace[axis]
        if values is None or not len(values):
            continue
        if isinstance(values[0], str):
            yield from values
        else:
            yield f"{max(values):,.0f}"
    if found.range is not None and not isinstance(found.range[1], str):
        yield f"{max(found.range):,.0f}"


def _width(words: list[str]) -> int:
    """Pixels of the longest line."""
    lines = (unescape(TAG.sub("", line)) for text in words for line in text.split("<br>"))
    thousandths = max(sum(OF.get(letter, UNKNOWN) for letter in line) for line in lines)
    return -(-thousandths * SIZE // 1000)
