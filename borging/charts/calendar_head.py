"""The upper part of the calendar: flu, holidays, and projects per week."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from borging.charts.calendar_frame import DAY, Frame, milliseconds
from borging.domain.terms import Phase
from borging.services.calendar_spans import PROJECT
from borging.services.calendar_tables import Surroundings
from borging.services.calendar_weeks import Overview
from borging.services.wording import day, percent

SCHOOL, PUBLIC = -0.38, -0.38
"""Height of the holidays in the row of flu and holidays, in its own units."""


def flu_and_holidays(figure: go.Figure, around: Surroundings, place: Frame) -> None:
    """Draw the chance of flu per week as bars, and the holidays as blocks and ticks below."""
    palette = place.palette
    if around.chances:
        mondays = pd.Series(pd.to_datetime(list(around.chances)))
        chances = np.array(list(around.chances.values()), dtype=np.float64)
        figure.add_bar(
            x=milliseconds(mondays) + 3.5 * DAY,
            y=chances,
            width=6 * DAY,
            yaxis="y",
            marker={"color": palette.flu},
            showlegend=False,
            text=[f"week van {day(m)}: {percent(100 * c)}" for m, c in around.chances.items()],
            textposition="none",
            hovertemplate="griepkans, %{text}<extra></extra>",
        )
        highest = float(chances.max()) if len(chances) else 0.0
        known = bool(highest) and not place.look.narrow
        words = f"Griepkans, hoogste {percent(100 * highest)}" if known else "Griepkans"
        _label(figure, 0.35, "y", words, place, palette.flu)
    if around.school:
        first = pd.Series(pd.to_datetime([h.first for h in around.school]))
        last = pd.Series(pd.to_datetime([h.last for h in around.school]))
        figure.add_bar(
            orientation="h",
            base=milliseconds(first),
            x=milliseconds(last) - milliseconds(first) + DAY,
            y=np.full(len(first), SCHOOL),
            width=0.26,
            yaxis="y",
            marker={"color": palette.greys[2]},
            opacity=0.75,
            showlegend=False,
            text=[
                f"{h.name}, {h.where}<br>{day(h.first)} t/m {day(h.last)}" for h in around.school
            ],
            textposition="none",
            hovertemplate="%{text}<extra></extra>",
        )
    if around.public:
        figure.add_scatter(
            x=[h.first.isoformat() + "T12:00" for h in around.public],
            y=[PUBLIC] * len(around.public),
            yaxis="y",
            mode="markers",
            marker={
                "symbol": "line-ns",
                "size": 13,
                "line": {"width": 2, "color": palette.text},
            },
            showlegend=False,
            text=[f"{h.name}, {day(h.first)}" for h in around.public],
            hovertemplate="%{text}<extra></extra>",
        )
    if around.school or around.public:
        _label(
            figure,
            SCHOOL,
            "y",
            "Vakantie, feestdag" if place.look.narrow else "Schoolvakantie, feestdag",
            place,
            palette.muted,
        )


def overview(figure: go.Figure, found: Overview, place: Frame) -> None:
    """Draw how many projects are in each phase per week, and with the line as a stepped line."""
    palette = place.palette
    starts = found.starts.astype("datetime64[ms]").astype(np.float64)
    width = 7 * found.step * DAY
    base = np.zeros(len(starts))
    phases = [p for p in Phase if p != Phase.INSTITUTIONALISATION]
    inks = [(p.value, p.label, palette.phases[p]) for p in phases]
    inks.append((PROJECT, "fasen niet bekend", palette.unmeasured))
    weeks = [day(pd.Timestamp(d)) for d in found.starts]
    for key, label, ink in inks:
        running = found.running[key]
        if key == PROJECT and not running.any():
            continue
        figure.add_bar(
            x=starts + width / 2,
            y=running,
            base=base.copy(),
            width=width * 0.94,
            yaxis="y2",
            marker={"color": ink.fill, "line": {"color": ink.edge, "width": 1}},
            name=label,
            text=weeks,
            textposition="none",
            customdata=running,
            hovertemplate="vanaf %{text}: %{customdata:.0f} in "
            + label.lower()
            + "<extra></extra>",
        )
        base += running
    line = found.running[Phase.INSTITUTIONALISATION.value]
    carried = Phase.INSTITUTIONALISATION
    for colour, size in ((palette.page, 5), (palette.phases[carried].fill, 2)):
        figure.add_scatter(
            x=starts,
            y=line,
            yaxis="y2",
            mode="lines",
            line={"color": colour, "width": size, "shape": "hv"},
            name=carried.label,
            showlegend=size == 2,
            hovertemplate="%{y:.0f} bij de lijn, in institutionalisering<extra></extra>",
        )
    top = float(max(base.max(initial=1), line.max(initial=1), 1))
    figure.update_layout(yaxis2={"range": [0, top * 1.08]})
    _label(figure, top * 0.9, "y2", "Projecten per week", place, palette.text)
    _label(figure, top * 0.5, "y2", "lijn: bij de lijn", place, palette.muted)


def _label(figure: go.Figure, y: float, axis: str, words: str, place: Frame, colour: str) -> None:
    figure.add_annotation(
        x=0,
        xref="paper",
        xshift=-place.left + 4,
        xanchor="left",
        y=y,
        yref=axis,
        text=place.cut(words),
        showarrow=False,
        font={"color": colour, "size": 12 if place.look.narrow else 13},
    )
