"""Charts of the restpunten screen."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from borging.charts.margins import with_room
from borging.charts.template import Look, blank, downwards, text_on
from borging.domain.terms import Standing
from borging.domain.wording import day, number
from borging.services.residuals.view import BurnUp

HEIGHT = 270
NARROW_AGES = {"korter dan 1 mnd": "< 1 mnd", "langer dan 12 mnd": "> 12 mnd"}


def age_bars(ages: pd.DataFrame, look: Look) -> go.Figure:
    """Draw age classes down and standing across; see `ResidualsView.ages`."""
    palette = look.palette
    longest = max(1, int(ages.sum(axis=1).max()))
    names = [NARROW_AGES.get(str(age), str(age)) if look.narrow else str(age) for age in ages.index]
    figure = blank(
        look,
        height=HEIGHT + (40 if look.narrow else 0),
        barmode="stack",
        legend={"traceorder": "normal"},
        margin={"l": 8, "r": 8, "t": 78 if look.narrow else 38, "b": 8},
        xaxis={"visible": False, "range": [0, longest * 1.02]},
        yaxis={"range": downwards(len(ages)), "tickfont": {"color": palette.text}},
    )
    for standing in Standing:
        counts = ages[standing.value]
        ink = palette.standing[standing]
        figure.add_bar(
            y=names,
            x=counts.tolist(),
            orientation="h",
            name=f"{standing.label} ({number(int(counts.sum()))})",
            marker={"color": ink.fill, "line": {"color": ink.edge, "width": 1}},
            text=[number(n) if _has_room(n, longest, look) else "" for n in counts],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": text_on(ink.fill)},
            hovertemplate="%{y}: %{x} " + standing.label + "<extra></extra>",
        )
    for name, total in zip(names, ages.sum(axis=1), strict=True):
        if total == 0:
            figure.add_annotation(
                x=0,
                y=name,
                text="0",
                showarrow=False,
                xanchor="left",
                xshift=6,
                font={"color": palette.muted},
            )
    return with_room(figure)


def _has_room(n: int, longest: int, look: Look) -> bool:
    """Say whether a number fits in its bar; the table and the hover hold it anyway."""
    width = 250 if look.narrow else 430
    return n > 0 and n / longest * width >= 7 * len(number(n)) + 3


def burn_up(view: BurnUp, look: Look) -> go.Figure:
    """Draw opened and closed items added up; the space between the lines is what is open."""
    palette, weeks = look.palette, view.weeks
    top = max(1, int(weeks["opened"].max()))
    places = list(range(len(weeks)))
    every = 10 if look.narrow else 5
    ticks = places[:: -1 * every][::-1]
    figure = blank(
        look,
        height=HEIGHT,
        showlegend=False,
        margin={"l": 8, "r": 66 + 8 * len(number(top)), "t": 14, "b": 8},
        xaxis={
            "range": [0, places[-1]],
            "tickvals": ticks,
            "ticktext": [weeks["week"].iloc[place] for place in ticks],
        },
        yaxis={"range": [0, top * 1.08], "showgrid": True, "nticks": 5, "tickformat": ",d"},
    )
    days = [day(each) for each in weeks["day"]]
    for column, word, colour, fill in (
        ("closed", "gesloten", palette.score, None),
        ("opened", "geopend", palette.text, "tonexty"),
    ):
        figure.add_scatter(
            x=places,
            y=weeks[column].tolist(),
            mode="lines",
            name=word,
            line={"color": colour, "width": 2},
            fill=fill,
            fillcolor=palette.unmeasured.fill,
            customdata=days,
            hovertemplate="%{customdata}: %{y} " + word + "<extra></extra>",
        )
    _name_lines(figure, view, top, look)
    return with_room(figure)


def _name_lines(figure: go.Figure, view: BurnUp, top: int, look: Look) -> None:
    """Write the names at the line ends, kept apart, and what is open in the gap."""
    palette, last = look.palette, view.weeks.iloc[-1]
    x, opened, closed = len(view.weeks) - 1, int(last["opened"]), int(last["closed"])
    close = max(0.0, 0.075 * top - (opened - closed)) / 2
    for value, word, colour, shift in (
        (opened, "geopend", palette.text, close),
        (closed, "gesloten", palette.score, -close),
    ):
        figure.add_annotation(
            x=x,
            y=max(value + shift, 0.03 * top),
            text=f"{word} {number(value)}",
            showarrow=False,
            xanchor="left",
            xshift=8,
            font={"color": colour},
        )
    middle = view.weeks.iloc[round(0.8 * x)]
    if middle["opened"] - middle["closed"] > 0.09 * top:
        figure.add_annotation(
            x=0.8 * x,
            y=(int(middle["opened"]) + int(middle["closed"])) / 2,
            text=f"{number(view.open_now)} open",
            showarrow=False,
        )
