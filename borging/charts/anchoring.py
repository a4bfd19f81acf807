"""The circle of the groups: how many people, and how far they have come."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin

import plotly.graph_objects as go

from borging.charts.beside import Name, name_points, square
from borging.charts.template import Look, as_written, blank, text_on
from borging.services.dossier.anchoring import STAGES, UNKNOWN_STAGE, Sector

HOLE = 0.16
"""Radius of the hole in the middle; the outer ring is at 1."""
GAP = 0.1
"""Part of the circle that is left open at the top, for the words of the rings."""
STEPS_ROUND = 180
LONGEST_NAME = 44


def circle(sectors: Sequence[Sector], look: Look) -> go.Figure:
    """Draw every group as a sector, filled from the middle as far as the group has come."""
    palette = look.palette
    figure = blank(look, 336 if look.narrow else 440, **square(look))
    for each in sectors:
        edge, unknown = palette.unmeasured.edge, each.stage is None
        _ring(figure, each, 1.0, palette.page, edge, look=look, hatched=unknown)
        if each.stage is not None:
            _ring(figure, each, _radius(each.stage), palette.score, palette.page, look=look)
    for stage in range(1, len(STAGES)):
        first, last = (_radius(stage) * side for side in (-1, 1))
        figure.add_shape(
            type="circle",
            x0=first,
            x1=last,
            y0=first,
            y1=last,
            line={"color": palette.unmeasured.edge, "width": 1, "dash": "dot"},
        )
    _stages(figure, look)
    if look.narrow:
        _numbers(figure, sectors, look)
    else:
        name_points(figure, [_named(each) for each in sectors], look)
    return figure


def _radius(stage: int) -> float:
    return HOLE + (1 - HOLE) * stage / len(STAGES)


def _at(turn: float, radius: float) -> tuple[float, float]:
    """Return a point; turn: of the groups together, clockwise from the gap at the top."""
    angle = 2 * pi * (GAP / 2 + (1 - GAP) * turn)
    return radius * sin(angle), radius * cos(angle)


def _ring(
    figure: go.Figure,
    each: Sector,
    radius: float,
    fill: str,
    edge: str,
    *,
    look: Look,
    hatched: bool = False,
) -> None:
    steps = max(2, round(each.share * STEPS_ROUND))
    turns = [each.start + each.share * step / steps for step in range(steps + 1)]
    points = [_at(turn, HOLE) for turn in turns] + [_at(turn, radius) for turn in reversed(turns)]
    points.append(points[0])
    figure.add_scatter(
        x=[x for x, _ in points],
        y=[y for _, y in points],
        mode="lines",
        fill="toself",
        fillcolor=fill,
        fillpattern={"shape": "/", "fgcolor": look.palette.unmeasured.edge, "bgcolor": fill}
        if hatched
        else None,
        line={"color": edge, "width": 2 if fill == look.palette.score else 1},
        hoveron="fills",
        name="",
        text=f"{as_written(each.name)}<br>{as_written(each.words)}",
        hoverinfo="text",
    )


def _stages(figure: go.Figure, look: Look) -> None:
    """Write what each ring means, upwards from the middle."""
    for stage, word in enumerate(STAGES.values(), start=1):
        figure.add_annotation(
            x=0,
            y=(_radius(stage) + _radius(stage - 1)) / 2,
            text=word,
            showarrow=False,
            font={"size": 11 if look.narrow else 12, "color": look.palette.text},
            bgcolor=look.palette.page,
            borderpad=0,
        )


def _numbers(figure: go.Figure, sectors: Sequence[Sector], look: Look) -> None:
    for each in sectors:
        x, y = _at(each.start + each.share / 2, _radius(len(STAGES)) - 0.1)
        full = each.stage == len(STAGES)
        figure.add_annotation(
            x=x,
            y=y,
            text=f"<b>{each.number}</b>",
            showarrow=False,
            font={"size": 13, "color": text_on(look.palette.score) if full else look.palette.text},
            bgcolor=None if full else look.palette.page,
        )


def _named(each: Sector) -> Name:
    x, y = _at(each.start + each.share / 2, 1.0)
    reached = "niet bekend hoe ver" if each.reached == UNKNOWN_STAGE else each.reached
    name = as_written(each.name, LONGEST_NAME)
    return Name(x, y, f"{name}<br>{each.size} · <b>{reached}</b>", lines=2)
