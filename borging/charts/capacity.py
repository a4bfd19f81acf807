"""Load of every function per week, below the chance of flu and the holidays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from borging.charts.margins import with_room
from borging.charts.scale import Scale, colour_at
from borging.charts.template import Look, as_lists, as_written, blank, text_on
from borging.domain.periods import Week
from borging.services.capacity.chance import ChanceView, cell
from borging.services.capacity.view import PHONE_WEEKS, PRINTED_WEEKS, CapacityView

FULL_SCALE = 1.6
"""Load at which the scale of colours ends."""
ROW, HEAD, GAP, FOOT = 26, 92, 6, 46
"""Pixels: a function, flu with holidays, between those, and the words of the weeks."""
CHANCES = (0.0, 0.01, 0.1, 0.3, 0.65, 1.0)
"""Chances at which the scale of colours has the colours of the load: from 1 % on it is red."""
SHORT_WORDS = (
    "kans op tekort {} %<br>tekort hoogstens {} uur in de helft, {} uur in 90 % van de winters"
)
OFTEN = 0.5
"""Chance from which on it is bold."""
HOLIDAYS = -0.42
PHONE_NAME = 14


@dataclass(frozen=True)
class Cells:
    """What is in the cells, a row per function and a column per week that is shown.

    values: from 0 to full, the end of the scale of colours.
    """

    values: np.ndarray
    texts: list[list[str]]
    hovers: list[list[str]]
    scale: Scale
    full: float


def load_heatmap(view: CapacityView, look: Look) -> go.Figure:
    """Draw functions down and weeks across, the load in % in each cell."""
    here = _shown(view, look)
    load = view.load.iloc[:, here].to_numpy(float)
    texts = [[_cell(share) for share in row] for row in load.tolist()]
    hours = (view.demand, view.supply)
    hovers = _hovers(view, here, "gevraagd {} uur, beschikbaar {} uur", *hours)
    values = np.minimum(load, FULL_SCALE)
    return _heatmap(
        view, here, Cells(values, texts, hovers, look.palette.capacity, FULL_SCALE), look
    )


def chance_heatmap(view: CapacityView, chances: ChanceView, look: Look) -> go.Figure:
    """Draw the same rows and weeks, with the share of the drawn winters that is short in %."""
    here, found = _shown(view, look), chances.found
    chance = found.chance.iloc[:, here].to_numpy(float)
    texts = [
        [f"<b>{cell(each)}</b>" if each >= OFTEN else cell(each) for each in row]
        for row in chance.tolist()
    ]
    hovers = _hovers(view, here, SHORT_WORDS, 100 * found.chance, found.hours_50, found.hours_90)
    scale = tuple(
        (place, colour)
        for place, (_stop, colour) in zip(CHANCES, look.palette.capacity, strict=True)
    )
    return _heatmap(view, here, Cells(chance, texts, hovers, scale, 1.0), look)


def _shown(view: CapacityView, look: Look) -> slice:
    return slice(view.phone_from, view.phone_from + PHONE_WEEKS) if look.narrow else slice(None)


def _heatmap(view: CapacityView, here: slice, cells: Cells, look: Look) -> go.Figure:
    weeks = view.weeks[here]
    rows, columns = cells.values.shape
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
    _cells(figure, cells, look)
    _flu(figure, view.chances[here], view.flu[here], look)
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


def _cells(figure: go.Figure, cells: Cells, look: Look) -> None:
    rows, columns = cells.values.shape
    figure.add_heatmap(
        z=np.round(cells.values, 3).tolist(),
        x=list(range(columns)),
        y=list(range(rows)),
        zmin=0,
        zmax=cells.full,
        colorscale=[list(stop) for stop in cells.scale],
        showscale=False,
        xgap=2 if columns <= PRINTED_WEEKS else 1,
        ygap=2,
        customdata=cells.hovers,
        hovertemplate="%{customdata}<extra></extra>",
    )
    written = [
        (column, row, value)
        for row, values in enumerate(cells.values.tolist())
        for column, value in enumerate(values)
        if columns <= PRINTED_WEEKS
    ]
    figure.add_scatter(
        x=[column for column, _row, _value in written],
        y=[row for _column, row, _value in written],
        mode="text",
        hoverinfo="skip",
        text=[cells.texts[row][column] for column, row, _value in written],
        textfont={
            "size": 11 if look.narrow else 13,
            "color": [
                text_on(colour_at(value / cells.full, cells.scale))
                for _column, _row, value in written
            ],
        },
    )


def _cell(share: float) -> str:
    text = "∞" if np.isinf(share) else f"{100 * share:.0f}"
    return f"<b>{text}</b>" if CapacityView.is_over(share) else text


def _hovers(view: CapacityView, here: slice, words: str, *frames: pd.DataFrame) -> list[list[str]]:
    """Return a text per cell: the function, the week, and the words with a number of each frame."""
    labels = [f"{Week.of(m.date()).label} ({m:%d-%m-%Y})" for m in view.weeks[here]]
    numbers = [frame.iloc[:, here].to_numpy(float).round(1).tolist() for frame in frames]
    return [
        [
            f"{name} · {label}<br>" + words.format(*each).replace(".", ",")
            for label, *each in zip(labels, *rows, strict=True)
        ]
        for name, *rows in zip(map(as_written, view.functions["name"]), *numbers, strict=True)
    ]


def _flu(
    figure: go.Figure, chances: tuple[float | None, ...], words: tuple[str, ...], look: Look
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
        customdata=list(words),
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
