"""Names at both sides of a round map, each with a line to what it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from borging.charts.template import Look

COLUMN = 1.22
"""Where the names begin, left and right; the map itself reaches 1."""
REACH = 1.25
"""How far a map is drawn above and below its middle."""


@dataclass(frozen=True)
class Name:
    """Words for the point (x, y); lines: how many lines they are."""

    x: float
    y: float
    text: str
    lines: int = 1


def name_points(figure: go.Figure, names: Sequence[Name], look: Look) -> None:
    """Write names in two columns, in the order of what they name, apart from each other."""
    for side in (-1, 1):
        own = sorted((each for each in names if (each.x >= 0) == (side > 0)), key=lambda e: e.y)
        heights = apart([each.y for each in own], [0.105 * each.lines + 0.02 for each in own])
        for each, height in zip(own, heights, strict=True):
            figure.add_scatter(
                x=[each.x, side * (COLUMN - 0.08), side * (COLUMN - 0.03)],
                y=[each.y, height, height],
                mode="lines",
                line={"color": look.palette.muted, "width": 0.75},
                hoverinfo="skip",
            )
            figure.add_annotation(
                x=side * COLUMN,
                y=height,
                text=each.text,
                showarrow=False,
                xanchor="left" if side > 0 else "right",
                yanchor="middle",
                align="left" if side > 0 else "right",
                font={"color": look.palette.text, "size": 13},
            )


def apart(wanted: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Return places near the wanted ones (ascending) where nothing of these sizes overlaps."""
    blocks: list[tuple[float, float, int]] = []
    """First edge, total size and number of what stands against each other."""
    for place, size in zip(wanted, sizes, strict=True):
        blocks.append((place - size / 2, size, 1))
        while len(blocks) > 1 and blocks[-2][0] + blocks[-2][1] > blocks[-1][0]:
            (low, below, n), (high, above, m) = blocks[-2:]
            middle = ((low + below / 2) * n + (high + above / 2) * m) / (n + m)
            blocks[-2:] = [(middle - (below + above) / 2, below + above, n + m)]
    places: list[float] = []
    at = 0
    for low, _, n in blocks:
        for size in sizes[at : at + n]:
            places.append(low + size / 2)
            low += size
        at += n
    return places


def square(look: Look) -> dict[str, object]:
    """Return the layout of a round map: no axes, both as long, room for names when it is wide."""
    across = 1.12 if look.narrow else 3.2
    axis: dict[str, object] = {"visible": False, "fixedrange": True, "automargin": False}
    return {
        "showlegend": False,
        "xaxis": {**axis, "range": [-across, across], "constrain": "domain"},
        "yaxis": {
            **axis,
            "range": [-REACH, REACH] if not look.narrow else [-1.12, 1.12],
            "scaleanchor": "x",
            "constrain": "domain",
        },
    }
