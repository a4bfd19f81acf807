"""Charts of one scan: the radar and what can be won."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from borging.charts.margins import with_room
from borging.charts.rounding import as_shown
from borging.charts.template import Look, blank, downwards
from borging.domain.instruments import Instrument
from borging.domain.rounds import ScanRound
from borging.domain.scoring import FactorScore
from borging.domain.wording import number, percent, rounded
from borging.services.scan.words import round_words

RADAR_HEIGHT = 450
DASHES = ("solid", "dot", "dash")


def radar(
    shown: Sequence[ScanRound], instrument: Instrument, in_points: bool, look: Look
) -> go.Figure:
    """Draw the mean per factor of at most three rounds; `shown` begins with the newest.

    in_points: points with the maximum as outer line, instead of % of the maximum.
    """
    palette = look.palette
    names = [factor.short for factor in instrument.factors]
    figure = blank(
        look,
        height=400 if look.narrow else RADAR_HEIGHT,
        margin={"l": 84, "r": 84, "t": 116 if look.narrow else 88, "b": 32},
        legend={"traceorder": "normal"},
        polar=polar(in_points, instrument, look),
    )
    if in_points:
        figure.add_scatterpolar(
            theta=[*names, names[0]],
            r=closed(as_shown(factor.maximum for factor in instrument.factors)),
            mode="lines",
            name="maximum",
            line={"color": palette.text, "width": 1},
            hovertemplate="%{theta}: hoogstens %{r:.1f}<extra></extra>",
        )
    for place, scan in reversed(list(enumerate(shown))):
        if scan.score is None:
            continue
        now = place == 0
        colour = palette.score if now else palette.muted
        values = as_shown(f.mean if in_points else f.percent for f in scan.score.factors)
        figure.add_scatterpolar(
            theta=[*names, names[0]],
            r=closed(values),
            mode="lines+markers" if now else "lines",
            name=round_words(scan),
            line={"color": colour, "width": 2.5 if now else 1.5, "dash": DASHES[place]},
            marker={"color": colour, "size": 7},
            fill="toself" if now and None not in values else "none",
            fillcolor=_faded(colour),
            hovertemplate="%{theta}: %{r:.1f}" + ("" if in_points else " %") + "<extra></extra>",
        )
    return figure


def polar(in_points: bool, instrument: Instrument, look: Look) -> dict[str, object]:
    """Return the axes of a radar: clockwise from the top, four rings in %, three in points."""
    palette = look.palette
    top = float(max(factor.maximum for factor in instrument.factors)) if in_points else 100
    rings = [top * share / 4 for share in range(1, 5)] if not in_points else [5, 10, 15]
    named = rings[:-1] if look.narrow else rings
    """On a phone the name of the outer ring would touch that of a factor."""
    unit = "" if in_points else " %"
    return {
        "bgcolor": "rgba(0,0,0,0)",
        "radialaxis": {
            "range": [0, top],
            "tickvals": named,
            "ticktext": [number(ring) + (unit if ring == named[-1] else "") for ring in named],
            "tickfont": {"size": 11, "color": palette.muted},
            "angle": 72,
            "tickangle": 72,
            "showline": False,
            "ticks": "",
            "gridcolor": palette.grid,
        },
        "angularaxis": {
            "direction": "clockwise",
            "rotation": 90,
            "gridcolor": palette.grid,
            "linecolor": palette.grid if in_points else palette.muted,
            "ticks": "outside",
            "ticklen": 8,
            "tickcolor": "rgba(0,0,0,0)",
            "tickfont": {"size": 12 if look.narrow else 13, "color": palette.text},
        },
    }


def closed(values: Sequence[float | None]) -> list[float | None]:
    """Return the values with the first one again at the end, so that a line comes round."""
    return [*values, values[0]]


def _faded(colour: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.12)"


def gain_bars(gains: Sequence[FactorScore], missing: str, look: Look) -> go.Figure:
    """Draw points scored and points still to win per factor, in the order given.

    missing: what to write at a factor without a score.
    """
    palette = look.palette
    names = [name_of(each, look) for each in gains]
    widest = float(max(each.factor.maximum for each in gains))
    figure = blank(
        look,
        height=RADAR_HEIGHT,
        barmode="stack",
        margin={"l": 8, "r": 8, "t": 40, "b": 8},
        xaxis={"visible": False, "range": [0, widest * (1.5 if look.narrow else 1.32)]},
        yaxis={"range": downwards(len(gains)), "tickfont": {"color": palette.text}},
        legend={"traceorder": "normal"},
    )
    scored = as_shown(each.mean or 0.0 for each in gains)
    figure.add_bar(
        y=names,
        x=scored,
        orientation="h",
        name="behaald",
        marker={"color": palette.score, "line": {"color": palette.score, "width": 1}},
        text=["" if each.mean is None else number(each.mean, 1) for each in gains],
        textposition="inside",
        insidetextanchor="end",
        textangle=0,
        textfont={"color": palette.page},
        hovertemplate="%{y}: %{x:.1f} punten behaald<extra></extra>",
    )
    figure.add_bar(
        y=names,
        x=as_shown(each.potential or 0.0 for each in gains),
        orientation="h",
        name="nog te winnen",
        marker={"color": palette.panel, "line": {"color": palette.muted, "width": 1}},
        text=[_gain_words(each, missing) for each in gains],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{y}: nog %{x:.1f} punten te winnen<extra></extra>",
    )
    return with_room(figure)


def _gain_words(scored: FactorScore, missing: str) -> str:
    if scored.potential is None or scored.percent is None:
        return f" {missing}"
    if rounded(scored.potential, 1) == 0:
        return " volledig"
    return f" +{number(scored.potential, 1)} ({percent(100 - scored.percent)})"


def name_of(scored: FactorScore, look: Look) -> str:
    """Return the name of a factor that fits the width."""
    return scored.factor.short if look.narrow else scored.factor.name
