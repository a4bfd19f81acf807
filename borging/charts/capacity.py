"""Load of every function per week, below the chance of flu and the holidays."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from borging.charts.margins import with_room
from borging.charts.scale import colour_at
from borging.charts.template import Look, as_lists, as_written, blank, text_on
from borging.domain.periods import Week
from borging.services import capacity_words, flu_words
from borging.services.capacity import PHONE_WEEKS, PRINTED_WEEKS, CapacityView

FULL_SCALE = 1.6
"""Load at which the scale of colours ends."""
ROW, HEAD, GAP, FOOT = 26, 92, 6, 46
"""Pixels: a function, flu with holidays, between those, and the words of the weeks."""
HOLIDAYS = -0.42
PHONE_NAME = 14


def load_heatmap(view: CapacityView, look: Look) -> go.Figure:
    """Draw functions down and weeks across, the load in % in each cell."""
    here = slice(view.phone_from, view.phone_from + PHONE_WEEKS) if look.narrow else slice(None)
    weeks, load = view.weeks[here], view.load.iloc[:, here]
    rows, columns = load.shape
    inside = HEAD + GAP + ROW * rows
    step = 1 if columns <= PRINTED_WEEKS else 4
    figure = blank(
        look,
        height=inside + FOOT + 8,
        showlegend=False,
        margin={"l": 8, "r": 8, "t": 8, "b": FOOT},
        xaxis={
            "tickvals": list(range(0, columns, step)),
            "ticktext": week_words(weeks, step),
            "range": [-0.5, columns - 0.5],
        },
        yaxis={
            "domain": [0, ROW * rows / inside],
            "tickvals": list(range(rows)),
            "ticktext": _names(view.functions, look),
            "range": [rows - 0.5, -0.5],
            "tickfont": {"color": look.palette.text},
        },
        yaxis2={
            "domain": [1 - HEAD / inside, 1],
            "anchor": "x",
            "tickvals": [0.3, HOLIDAYS],
            "ticktext": [
                "griepkans, %",
                _grey("vakantie" if look.narrow else "vakantie, feestdag", look),
            ],
            "range": [-0.62, 1.25],
            "tickfont": {"color": look.palette.flu},
        },
    )
    _cells(figure, view, here, look)
    _flu(figure, view.chances[here], weeks, look)
    _holidays(figure, view.school[here], view.public[here], look)
    return as_lists(with_room(figure))


def week_words(weeks: pd.DatetimeIndex, step: int = 1) -> list[str]:
    """Return the number of every step-th week; below the first and the first of a year the year."""
    said, before = [], None
    for monday in weeks[::step]:
        week = Week.of(monday.date())
        said.append(f"{week.number}<br>{week.year}" if week.year != before else str(week.number))
        before = week.year
    return said


def _names(functions: pd.DataFrame, look: Look) -> list[str]:
    """Return the names with their fte, marked when scarce."""
    said = []
    for name, fte, scarce in zip(
        functions["name"], functions["fte"], functions["scarce"], strict=True
    ):
        short = as_written(name, PHONE_NAME if look.narrow else 40)
        people = f"{fte:.1f} fte".replace(".", ",")
        if look.narrow:
            said.append(f"{short}{' ◆' if scarce else ''}")
        else:
            mark = "◆ " if scarce else ""
            said.append(f"{mark}{short} {_grey(people, look)}")
    return said


def _grey(text: str, look: Look) -> str:
    return f'<span style="color:{look.palette.muted}">{text}</span>'


def _cells(figure: go.Figure, view: CapacityView, here: slice, look: Look) -> None:
    load = view.load.iloc[:, here]
    values = np.minimum(load.to_numpy(float), FULL_SCALE)
    scale = look.palette.capacity
    rows, columns = values.shape
    figure.add_heatmap(
        z=np.round(values, 3).tolist(),
        x=list(range(columns)),
        y=list(range(rows)),
        zmin=0,
        zmax=FULL_SCALE,
        colorscale=[list(stop) for stop in scale],
        showscale=False,
        xgap=2 if columns <= PRINTED_WEEKS else 1,
        ygap=2,
        customdata=_hovers(view, here),
        hovertemplate="%{customdata}<extra></extra>",
    )
    written = [
        (column, row, share)
        for row, shares in enumerate(load.to_numpy(float).tolist())
        for column, share in enumerate(shares)
        if columns <= PRINTED_WEEKS
    ]
    figure.add_scatter(
        x=[column for column, _row, _share in written],
        y=[row for _column, row, _share in written],
        mode="text",
        hoverinfo="skip",
        text=[_cell(share) for _column, _row, share in written],
        textfont={
            "size": 11 if look.narrow else 13,
            "color": [
                text_on(colour_at(share / FULL_SCALE, scale)) for _column, _row, share in written
            ],
        },
    )


def _cell(share: float) -> str:
    text = "∞" if np.isinf(share) else f"{100 * share:.0f}"
    return f"<b>{text}</b>" if CapacityView.is_over(share) else text


def _hovers(view: CapacityView, here: slice) -> list[list[str]]:
    labels = [f"{Week.of(m.date()).label} ({m:%d-%m-%Y})" for m in view.weeks[here]]
    asked, there = (
        frame.iloc[:, here].to_numpy(float).round(1) for frame in (view.demand, view.supply)
    )
    return [
        [
            f"{name} · {label}<br>gevraagd {a} uur, beschikbaar {b} uur".replace(".", ",")
            for label, a, b in zip(labels, row_asked, row_there, strict=True)
        ]
        for name, row_asked, row_there in zip(
            map(as_written, view.functions["name"]), asked.tolist(), there.tolist(), strict=True
        )
    ]


def _flu(
    figure: go.Figure, chances: tuple[float | None, ...], weeks: pd.DatetimeIndex, look: Look
) -> None:
    crowded = len(chances) > PRINTED_WEEKS
    figure.add_bar(
        x=list(range(len(chances))),
        y=list(chances),
        yaxis="y2",
        width=0.92,
        marker={"color": look.palette.flu},
        text=["" if crowded or not c else f"{100 * c:.0f}" for c in chances],
        textposition="outside",
        textfont={"color": look.palette.flu, "size": 12},
        cliponaxis=False,
        customdata=[
            f"griepkans {capacity_words.week(m)}: {flu_words.share(c)}"
            for m, c in zip(weeks, chances, strict=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _holidays(
    figure: go.Figure, school: tuple[str, ...], public: tuple[str, ...], look: Look
) -> None:
    """Draw a block for a week with a school holiday, and a mark for one with a public holiday."""
    breaks = [place for place, name in enumerate(school) if name]
    figure.add_bar(
        x=breaks,
        y=[0.22] * len(breaks),
        base=[HOLIDAYS - 0.11] * len(breaks),
        yaxis="y2",
        width=0.92,
        marker={"color": look.palette.grid},
        customdata=[school[place] for place in breaks],
        hovertemplate="%{customdata}<extra></extra>",
    )
    free = [place for place, name in enumerate(public) if name]
    figure.add_scatter(
        x=free,
        y=[HOLIDAYS] * len(free),
        yaxis="y2",
        mode="markers",
        marker={"symbol": "line-ns-open", "size": 11, "color": look.palette.text},
        customdata=[public[place] for place in free],
        hovertemplate="%{customdata}<extra></extra>",
    )
