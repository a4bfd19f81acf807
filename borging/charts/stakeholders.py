"""The map of who is for and who is against, and how much they can do."""

from __future__ import annotations

import plotly.graph_objects as go

from borging.charts.beside import Name, name_points, square
from borging.charts.template import Look, as_written, blank, text_on
from borging.domain.terms import Standing
from borging.services.dossier.stakeholders import DISTANCE, Dot, StakeholderMap

SHAPES = {
    "power": "square",
    "structure": "diamond",
    "motivation": "circle",
    "learning": "triangle-up",
    "energy": "star",
}
RINGS = {"decisive": "beslissend", "much": "veel", "some": "enige", "little": "weinig invloed"}
LONGEST_NAME = 48


def influence_map(shown: StakeholderMap, look: Look) -> go.Figure:
    """Draw who decides in the middle, who is for above the line and who is against below."""
    palette = look.palette
    figure = blank(look, 336 if look.narrow else 460, **square(look))
    for influence, distance in DISTANCE.items():
        figure.add_shape(
            type="circle",
            x0=-distance,
            x1=distance,
            y0=-distance,
            y1=distance,
            layer="below",
            fillcolor=palette.panel if influence == "decisive" else "rgba(0,0,0,0)",
            line={"color": palette.grid, "width": 1},
        )
        figure.add_annotation(
            x=0,
            y=-distance - 0.07,
            text=RINGS[influence],
            showarrow=False,
            font={"size": 11, "color": palette.muted},
        )
    figure.add_shape(
        type="line",
        x0=-1.1,
        x1=1.1,
        y0=0,
        y1=0,
        layer="below",
        line={"color": palette.muted, "width": 1.5},
    )
    for y, word in ((1.06, "vóór"), (-1.2, "tegen")):
        figure.add_annotation(
            x=-0.98 if look.narrow else 0,
            y=y if not look.narrow else y * 0.92,
            text=f"<b>{word}</b>",
            showarrow=False,
            xanchor="left" if look.narrow else "center",
            font={"size": 13, "color": palette.muted},
        )
    if not look.narrow:
        names = [Name(each.x, each.y, as_written(each.name, LONGEST_NAME)) for each in shown.dots]
        name_points(figure, names, look)
    for each in shown.dots:
        _dot(figure, each, look)
    return figure


def _dot(figure: go.Figure, each: Dot, look: Look) -> None:
    palette = look.palette
    colour = palette.muted
    if each.position:
        brown = palette.standing[Standing.UNOWNED].fill
        colour = palette.score if each.position > 0 else brown
    hollow = each.strategy is None
    figure.add_scatter(
        x=[each.x],
        y=[each.y],
        mode="markers+text" if look.narrow else "markers",
        text=[f"<b>{each.number}</b>"],
        textposition="middle center",
        textfont={"size": 12, "color": palette.text if hollow else text_on(colour)},
        marker={
            "symbol": "circle" if look.narrow else SHAPES.get(each.strategy or "", "circle"),
            "size": 24 if look.narrow else 16,
            "color": palette.page if hollow else colour,
            "line": {"color": colour if hollow else palette.page, "width": 2},
        },
        hovertemplate=f"{as_written(each.name)}<br>{as_written(each.words)}<extra></extra>",
    )
