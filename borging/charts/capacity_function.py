"""What one function has and what is asked of it, week by week."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from borging.charts.capacity import week_words
from borging.charts.margins import with_room
from borging.charts.scale import colour_at
from borging.charts.template import Ink, Look, as_lists, as_written, blank
from borging.services.capacity.one_function import FunctionView
from borging.services.capacity.view import PRINTED_WEEKS

HEIGHT = 400
LEGEND, LEGEND_PHONE = 52, 128
CEILING = 1.32
"""Height of the chart against the highest bar: room for a shortage and the chance of flu."""
SHOWN = 0.05
"""Hours short from which on they are written."""
LABEL, LABEL_PHONE = 34, 26
"""Most characters of a project in the legend."""


def supply_and_load(view: FunctionView, look: Look) -> go.Figure:
    """Draw hours per week: supply as pale bars with a line on top, the work as stacked bars."""
    palette, places = look.palette, list(range(len(view.weeks)))
    step = 1 if len(places) <= 13 else 2 if len(places) <= PRINTED_WEEKS else 8
    totals = [sum(hours) for hours in zip(*(p.hours for p in view.parts), strict=True)] or [0.0]
    top = max(1.0, *view.supply, *totals)
    figure = blank(
        look,
        height=HEIGHT,
        barmode="overlay",
        bargap=0,
        margin={"l": 8, "r": 8, "t": LEGEND_PHONE if look.narrow else LEGEND, "b": 46},
        xaxis={
            "tickvals": places[::step],
            "ticktext": week_words(pd.DatetimeIndex(view.weeks), step),
            "range": [-0.5, len(places) - 0.5],
        },
        yaxis={
            "title": {"text": "uren per week"},
            "range": [0, top * CEILING],
            "showgrid": True,
            "nticks": 5,
        },
    )
    _flu(figure, view, top * CEILING, look)
    figure.add_bar(
        x=places,
        y=list(view.supply),
        width=1,
        marker={"color": palette.supply},
        showlegend=False,
        hoverinfo="skip",
    )
    _work(figure, view, look)
    figure.add_scatter(
        x=[-0.5, *places, len(places) - 0.5],
        y=[view.supply[0], *view.supply, view.supply[-1]],
        mode="lines",
        line={"color": palette.score, "width": 2.5, "shape": "hvh"},
        name="beschikbaar",
        hovertemplate="beschikbaar: %{y:.1f} uur<extra></extra>",
    )
    short = [place for place, hours in enumerate(view.shortage) if hours >= SHOWN]
    crowded = len(places) > PRINTED_WEEKS
    figure.add_scatter(
        x=short,
        y=[totals[place] + (0.04 * top if crowded else 0) for place in short],
        mode="markers" if crowded else "text",
        marker={"color": palette.shortage, "symbol": "triangle-down", "size": 6},
        text=[f"<b>+{view.shortage[place]:.1f}</b>".replace(".", ",") for place in short],
        textposition="top center",
        textfont={"color": palette.shortage, "size": 11 if look.narrow else 12},
        showlegend=False,
        cliponaxis=False,
        customdata=[view.shortage[place] for place in short],
        hovertemplate="tekort: %{customdata:.1f} uur<extra></extra>",
    )
    return as_lists(with_room(figure))


def _work(figure: go.Figure, view: FunctionView, look: Look) -> None:
    palette, base = look.palette, [0.0] * len(view.weeks)
    greys = iter(palette.greys)
    for part in view.parts:
        ink = Ink(palette.page, palette.muted)
        if not part.tentative:
            grey = next(greys)
            ink = Ink(grey, palette.page)
        figure.add_bar(
            x=list(range(len(base))),
            y=list(part.hours),
            base=list(base),
            width=0.66,
            marker={"color": ink.fill, "line": {"color": ink.edge, "width": 1}},
            name=as_written(part.label, LABEL_PHONE if look.narrow else LABEL),
            customdata=list(part.hours),
            hovertemplate=f"{as_written(part.label)}: %{{customdata:.1f}} uur<extra></extra>",
        )
        base = [low + more for low, more in zip(base, part.hours, strict=True)]


def _flu(figure: go.Figure, view: FunctionView, top: float, look: Look) -> None:
    """Lay a wash behind every week that was ever epidemic: the likelier, the darker."""
    palette = look.palette
    wash = ((0.0, palette.page), (0.35, palette.flu_band), (1.0, palette.flu_wash))
    weeks = [
        (place, chance)
        for place, chance in enumerate(view.chances)
        if chance is not None and chance
    ]
    printed = len(view.weeks) <= PRINTED_WEEKS
    figure.add_bar(
        x=[place for place, _chance in weeks],
        y=[top] * len(weeks),
        width=1,
        marker={"color": [colour_at(chance, wash) for _place, chance in weeks]},
        showlegend=False,
        text=[f"{100 * chance:.0f}" if printed else "" for _place, chance in weeks],
        textposition="inside",
        insidetextanchor="end",
        textangle=0,
        textfont={"color": palette.flu, "size": 11 if look.narrow else 12},
        customdata=[view.flu[place] for place, _chance in weeks],
        hovertemplate="%{customdata}<extra></extra>",
    )
    if weeks:
        figure.add_annotation(
            x=weeks[0][0] - 0.5,
            xanchor="left",
            y=top,
            yanchor="bottom",
            text="griepkans, %" if printed else "griepkans: donkerder is hoger",
            showarrow=False,
            font={"color": palette.flu, "size": 12},
        )
