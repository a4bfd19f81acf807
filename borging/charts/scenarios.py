"""A scenario beside the plan of today: hours short per function, and per week."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from borging.charts.capacity import week_words
from borging.charts.margins import with_room
from borging.charts.template import Look, as_lists, as_written, blank
from borging.domain.periods import Week
from borging.domain.wording import number

ROW = 30
PHONE_NAME = 18


def per_function(table: pd.DataFrame, look: Look) -> go.Figure:
    """Draw what is short before and after as a line with an open and a filled end.

    table: as of `scenarios.functions_table`.
    """
    palette, rows = look.palette, list(range(len(table)))
    names = [as_written(name, PHONE_NAME if look.narrow else 40) for name in table["name"]]
    figure = blank(
        look,
        height=52 + ROW * len(rows),
        margin={"l": 8, "r": 16, "t": 8, "b": 34},
        showlegend=False,
        xaxis={"showgrid": True, "rangemode": "tozero", "title": {"text": "uren te kort"}},
        yaxis={
            "range": [len(rows) - 0.4, -0.6],
            "tickvals": rows,
            "ticktext": names,
            "tickfont": {"color": palette.text},
        },
    )
    for row, before, after in zip(
        rows, table["overload_before"], table["overload_after"], strict=True
    ):
        figure.add_shape(
            type="line",
            x0=before,
            x1=after,
            y0=row,
            y1=row,
            line={"color": palette.muted if after <= before else palette.shortage, "width": 3},
            layer="below",
        )
    for name, column, symbol, colour in (
        ("plan van nu", "overload_before", "circle-open", palette.muted),
        ("scenario", "overload_after", "circle", palette.text),
    ):
        figure.add_scatter(
            x=table[column].round(1).tolist(),
            y=rows,
            mode="markers",
            name=name,
            marker={"symbol": symbol, "size": 12, "color": colour, "line": {"width": 2}},
            customdata=[
                f"{each} · {name}<br>{number(value)} uur te kort"
                for each, value in zip(names, table[column], strict=True)
            ],
            hovertemplate="%{customdata}<extra></extra>",
            cliponaxis=False,
        )
    return as_lists(with_room(figure))


def per_week(before: pd.Series[float], after: pd.Series[float], look: Look) -> go.Figure:
    """Draw the hours short per week, all functions together: bars today, a line the scenario."""
    palette, weeks = look.palette, pd.DatetimeIndex(before.index)
    places = list(range(len(weeks)))
    edges = [place - 0.5 for place in (*places, len(places))]
    step = max(1, round(len(weeks) / (6 if look.narrow else 13)))
    figure = blank(
        look,
        height=300,
        margin={"l": 8, "r": 8, "t": 8, "b": 46},
        showlegend=False,
        bargap=0.15,
        xaxis={"tickvals": places[::step], "ticktext": week_words(weeks, step)},
        yaxis={"showgrid": True, "rangemode": "tozero", "ticksuffix": " uur"},
    )
    labels = [f"{Week.of(monday.date()).label} ({monday:%d-%m-%Y})" for monday in weeks]
    figure.add_bar(
        x=places,
        y=before.round(1).tolist(),
        name="plan van nu",
        marker={"color": palette.greys[2]},
        customdata=_hovers(labels, before, "plan van nu"),
        hovertemplate="%{customdata}<extra></extra>",
    )
    figure.add_scatter(
        x=edges,
        y=[*after.round(1).tolist(), round(float(after.iloc[-1]), 1)],
        name="scenario",
        mode="lines",
        line={"shape": "hv", "color": palette.text, "width": 2.5},
        customdata=[*_hovers(labels, after, "scenario"), ""],
        hovertemplate="%{customdata}<extra></extra>",
    )
    return as_lists(with_room(figure))


def _hovers(labels: list[str], hours: pd.Series[float], name: str) -> list[str]:
    return [
        f"{label} · {name}<br>{number(value)} uur te kort"
        for label, value in zip(labels, hours, strict=True)
    ]
