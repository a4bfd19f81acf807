"""Two to four projects in one radar, in a radar each, and on one line per factor."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from borging.charts.margins import with_room
from borging.charts.rounding import as_shown
from borging.charts.scan import closed, polar
from borging.charts.template import Look, blank
from borging.domain.instruments import Instrument
from borging.domain.scoring import FactorScore
from borging.domain.wording import day, percent
from borging.services.scan.comparison import MOST, ComparisonView, Side

RADAR_HEIGHT = 460
SMALL_HEIGHT = 320
SIDE_ROOM = {1: 0.23, 2: 0.18, 3: 0.22, 4: 0.26}
"""Share of the width left for names on either side, by how many radars stand abreast."""
ROW = 36


@dataclass(frozen=True)
class Pen:
    """How one project is drawn, the same in every chart."""

    colour: str
    dash: str
    symbol: str


def pens(look: Look) -> tuple[Pen, ...]:
    """Return a pen per project, in the order chosen; they differ without colour too."""
    palette = look.palette
    return (
        Pen(palette.score, "solid", "circle"),
        Pen(palette.greys[0], "dash", "square"),
        Pen(palette.greys[1], "dot", "diamond"),
        Pen(palette.greys[2], "dashdot", "triangle-up"),
    )


def overlay(view: ComparisonView, instrument: Instrument, look: Look) -> go.Figure:
    """Draw the projects over each other in % of the maximum."""
    top = 44 + _legend_height(view, look)
    figure = blank(
        look,
        height=(330 if look.narrow else RADAR_HEIGHT - 60) + top,
        margin={"l": 84, "r": 84, "t": top, "b": 32},
        legend={"traceorder": "normal"},
        polar=polar(False, instrument, look),
    )
    for side, pen in zip(view.sides, pens(look), strict=False):
        figure.add_trace(_ring(side, pen, instrument, "polar", look))
    return figure


def _legend_height(view: ComparisonView, look: Look) -> int:
    """Return the pixels of the legend: two names on a line, one on a phone."""
    return 22 * (len(view.sides) if look.narrow else (len(view.sides) + 1) // 2)


def multiples(view: ComparisonView, instrument: Instrument, look: Look) -> go.Figure:
    """Draw a small radar per project, beside each other, on a phone below each other."""
    across = 1 if look.narrow else len(view.sides)
    down = -(-len(view.sides) // across)
    figure = blank(
        look,
        height=(SMALL_HEIGHT if across < MOST else SMALL_HEIGHT - 40) * down,
        showlegend=False,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
    )
    for place, (side, pen) in enumerate(zip(view.sides, pens(look), strict=False)):
        column, row = place % across, place // across
        left, upper = column / across, 1 - row / down
        name = "polar" if place == 0 else f"polar{place + 1}"
        axes = polar(False, instrument, look)
        room = SIDE_ROOM[across]
        figure.update_layout(
            {
                name: axes
                | {
                    "domain": {
                        "x": [left + room / across, left + (1 - room) / across],
                        "y": [upper - 0.91 / down, upper - 0.2 / down],
                    },
                    "angularaxis": _axis(axes, "angularaxis", 11, look),
                    "radialaxis": _axis(axes, "radialaxis", 11, look) | {"showticklabels": False},
                }
            }
        )
        figure.add_trace(_ring(side, pen, instrument, name, look, fill=True))
        figure.add_annotation(
            x=left + 0.5 / across,
            y=upper,
            text=f"<b>{side.label}</b>",
            showarrow=False,
            xref="paper",
            yref="paper",
            xanchor="center",
            yanchor="top",
            font={"color": look.palette.text},
        )
    return figure


def _axis(axes: dict[str, object], name: str, size: int, look: Look) -> dict[str, object]:
    axis = axes[name]
    assert isinstance(axis, dict)
    return axis | {"tickfont": {"size": size, "color": look.palette.text}}


def _ring(
    side: Side, pen: Pen, instrument: Instrument, subplot: str, look: Look, fill: bool = False
) -> go.Scatterpolar:
    names = [factor.short for factor in instrument.factors]
    values = as_shown(each.percent for each in side.factors)
    return go.Scatterpolar(
        theta=[*names, names[0]],
        r=closed(values),
        subplot=subplot,
        mode="lines+markers",
        name=side.label,
        line={"color": pen.colour, "width": 2, "dash": pen.dash},
        marker={"color": pen.colour, "size": 5 if fill else 7, "symbol": pen.symbol},
        fill="toself" if fill and None not in values else "none",
        fillcolor=_faded(pen.colour),
        customdata=[hover(side, each) for each in (*side.factors, side.factors[0])],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _faded(colour: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.12)"


def hover(side: Side, scored: FactorScore) -> str:
    """Return project, factor and score with n, day and version."""
    value = "geen uitslag" if scored.percent is None else percent(scored.percent)
    people = "gezamenlijk" if side.scan.joint else f"n = {scored.n}"
    return (
        f"{side.code} · {scored.factor.name}<br>{value}, {people}"
        f"<br>{day(side.scan.scanned_on)}, versie {side.scan.instrument_version}"
    )


def dots(view: ComparisonView, look: Look) -> go.Figure:
    """Draw each factor as a line from lowest to highest, the widest difference on top."""
    palette = look.palette
    rows = list(range(len(view.gaps)))
    top = 16 + _legend_height(view, look)
    figure = blank(
        look,
        height=top + 34 + ROW * len(rows),
        margin={"l": 8, "r": 8, "t": top, "b": 8},
        legend={"traceorder": "normal"},
        xaxis={
            "range": [-4, 108],
            "tickvals": [0, 25, 50, 75, 100],
            "ticktext": ["0", "25", "50", "75", f"100{chr(160)}%"],
            "showgrid": True,
        },
        yaxis={
            "range": [len(rows) - 0.4, -0.6],
            "tickvals": rows,
            "ticktext": [g.factor.short if look.narrow else g.factor.name for g in view.gaps],
            "tickfont": {"color": palette.text},
        },
    )
    for row, gap in zip(rows, view.gaps, strict=True):
        known = [x for x in as_shown(each.percent for each in gap.scored) if x is not None]
        if len(known) > 1:
            figure.add_shape(
                type="line",
                x0=min(known),
                x1=max(known),
                y0=row,
                y1=row,
                line={"color": palette.muted, "width": 1.5},
                layer="below",
            )
        if not known:
            figure.add_annotation(
                x=0,
                y=row,
                text="geen uitslag",
                showarrow=False,
                xanchor="left",
                font={"color": palette.muted},
            )
    for place, (side, pen) in enumerate(zip(view.sides, pens(look), strict=False)):
        scored = [gap.scored[place] for gap in view.gaps]
        figure.add_scatter(
            x=as_shown(each.percent for each in scored),
            y=rows,
            mode="markers",
            name=side.label,
            marker={"symbol": pen.symbol, "size": 12, "color": pen.colour},
            customdata=[hover(side, each) for each in scored],
            hovertemplate="%{customdata}<extra></extra>",
            cliponaxis=False,
        )
    return with_room(figure)
