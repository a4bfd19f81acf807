"""The upper part of the calendar: flu, holidays, and projects per week."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from borging.charts.calendar_frame import DAY, Frame, Marks, days, lengths
from borging.domain.terms import Phase
from borging.domain.wording import count, day, percent
from borging.services.calendar.spans import PROJECT
from borging.services.calendar.surroundings import Surroundings
from borging.services.calendar.weeks import LINE, Overview

SCHOOL, PUBLIC = -0.38, -0.38
"""Height of the holidays in the row of flu and holidays, in its own units."""


def flu_and_holidays(figure: go.Figure, marks: Marks, around: Surroundings, place: Frame) -> None:
    """Draw the chance of flu per week as bars, and the holidays as blocks and ticks below."""
    palette = place.palette
    if around.chances:
        mondays = pd.Series(pd.to_datetime(list(around.chances)))
        chances = np.array(list(around.chances.values()), dtype=np.float64)
        figure.add_bar(
            x=[f"{monday}T12:00" for monday in days(mondays + pd.Timedelta(days=3))],
            y=chances,
            width=6 * DAY,
            yaxis="y",
            marker={"color": palette.flu},
            showlegend=False,
            text=[around.flu[monday] for monday in around.chances],
            textposition="none",
            hovertemplate="%{text}<extra></extra>",
        )
        highest = float(chances.max()) if len(chances) else 0.0
        known = bool(highest) and not place.look.narrow
        words = f"Griepkans, hoogste {percent(100 * highest)}" if known else "Griepkans"
        _label(marks, 0.35, "y", words, place, palette.flu)
    if around.school:
        first = pd.Series(pd.to_datetime([h.first for h in around.school]))
        last = pd.Series(pd.to_datetime([h.last for h in around.school]))
        figure.add_bar(
            orientation="h",
            base=days(first),
            x=lengths(first, last),
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
            marks,
            SCHOOL,
            "y",
            "Vakantie, feestdag" if place.look.narrow else "Schoolvakantie, feestdag",
            place,
            palette.muted,
        )


def overview(figure: go.Figure, marks: Marks, found: Overview, place: Frame) -> None:
    """Draw how many projects are in each phase per week, and with the line as a stepped line."""
    palette = place.palette
    starts = pd.Series(found.starts.astype("datetime64[us]"))
    length = pd.Timedelta(weeks=found.step)
    middle = [str(m) for m in (starts + length / 2).to_numpy("datetime64[m]")]
    width = 7 * found.step * DAY
    base = np.zeros(len(starts))
    inks = [(p.value, p.label, palette.phases[p]) for p in Phase]
    inks.append((PROJECT, "fasen niet bekend", palette.unmeasured))
    weeks = [day(pd.Timestamp(d)) for d in found.starts]
    for key, label, ink in inks:
        running = found.running[key]
        if key == PROJECT and not running.any():
            continue
        figure.add_bar(
            x=middle,
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
    line = found.running[LINE]
    for colour, size in ((palette.page, 5), (palette.text, 2)):
        figure.add_scatter(
            x=[*days(starts), *days(starts.tail(1) + length)],
            y=[*line, *line[-1:]],
            yaxis="y2",
            mode="lines",
            line={"color": colour, "width": size, "shape": "hv"},
            name="bij de lijn",
            showlegend=size == 2,
            hovertemplate="%{y:.0f} bij de lijn<extra></extra>",
        )
    top = float(max(base.max(initial=1), line.max(initial=1), 1))
    handed = found.handovers > 0
    figure.add_scatter(
        x=[m for m, any_of_them in zip(middle, handed, strict=True) if any_of_them],
        y=[top * 1.13] * int(handed.sum()),
        yaxis="y2",
        mode="markers",
        marker={"symbol": "diamond-open", "size": 7, "color": palette.text},
        showlegend=False,
        text=[
            f"vanaf {week}: {count(int(n), 'overdracht', 'overdrachten')}"
            for week, n in zip(weeks, found.handovers, strict=True)
            if n
        ],
        hovertemplate="%{text}<extra></extra>",
    )
    figure.update_layout(yaxis2={"range": [0, top * 1.25]})
    _label(marks, top * 0.9, "y2", "Projecten per week", place, palette.text)
    _label(marks, top * 0.5, "y2", "lijn: bij de lijn", place, palette.muted)


def _label(marks: Marks, y: float, axis: str, words: str, place: Frame, colour: str) -> None:
    marks.words.append(
        {
            "x": 0,
            "xref": "paper",
            "xshift": -place.left + 4,
            "xanchor": "left",
            "y": y,
            "yref": axis,
            "text": place.cut(words),
            "showarrow": False,
            "font": {"color": colour, "size": 12 if place.look.narrow else 13},
        }
    )
