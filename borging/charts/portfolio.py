"""Bar charts of the portfolio screen."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from borging.charts.margins import with_room
from borging.charts.template import Look, blank, downwards, text_on
from borging.domain.terms import Course, course_words
from borging.domain.wording import number

COURSES: tuple[Course | None, ...] = (Course.RED, Course.AMBER, Course.GREEN, None)
EDGES, DIGIT = 0.04, 0.02
"""Shares of the longest bar that a part needs to hold a number, and each digit of it."""

BESIDE, BESIDE_ON_A_PHONE = 2.1, 2.7
"""Width of the chart in longest bars, where numbers stand beside the bars."""


def course_bars(table: pd.DataFrame, look: Look) -> go.Figure:
    """Draw phases down and koers across; see `PortfolioView.phases_by_course`."""
    palette = look.palette
    longest = max(1, int(table.sum(axis=1).max()))
    tight = _tight(table, longest)
    beside = BESIDE_ON_A_PHONE if look.narrow else BESIDE
    figure = blank(
        look,
        height=(92 if look.narrow else 60) + 34 * len(table),
        barmode="stack",
        legend={"traceorder": "normal"},
        margin={"l": 8, "r": 8, "t": 98 if look.narrow else 58, "b": 8},
        xaxis={"visible": False, "range": [0, longest * (beside if tight.any() else 1.02)]},
        yaxis={"range": downwards(len(table)), "tickfont": {"color": palette.text}},
    )
    for course in COURSES:
        counts = table[course.value if course else "none"]
        ink = palette.course[course]
        figure.add_bar(
            y=table.index.tolist(),
            x=counts.tolist(),
            orientation="h",
            name=course_words(course),
            marker={"color": ink.fill, "line": {"color": ink.edge, "width": 1}},
            text=[
                "" if n == 0 or small else number(n) for n, small in zip(counts, tight, strict=True)
            ],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={
                "color": palette.text if course in (Course.GREEN, None) else text_on(ink.fill)
            },
            hovertemplate="%{y}: %{x} " + course_words(course) + "<extra></extra>",
        )
    for (label, row), small in zip(table.iterrows(), tight, strict=True):
        if row.sum() and not small:
            continue
        parts = [
            f"{course_words(course)[0]} {number(row[course.value if course else 'none'])}"
            for course in COURSES
            if row[course.value if course else "none"]
        ]
        figure.add_annotation(
            x=int(row.sum()),
            y=label,
            text="  ".join(parts) or "0",
            showarrow=False,
            xanchor="left",
            xshift=6,
            font={"color": palette.muted},
        )
    return with_room(figure)


def _tight(table: pd.DataFrame, longest: int) -> pd.Series[bool]:
    """Return which bars have a part that cannot hold its number.

    Their numbers stand beside the bar. That halves the room of all bars, so that each number
    then needs twice the share.
    """
    room = longest * (EDGES + DIGIT * table.map(lambda n: len(str(n))))
    tight = ((table > 0) & (table < room)).any(axis=1)
    return ((table > 0) & (table < 2 * room)).any(axis=1) if tight.any() else tight


def state_bars(states: pd.Series, look: Look) -> go.Figure:
    """Draw how many projects are in each state; see `PortfolioView.states`."""
    palette = look.palette
    figure = blank(
        look,
        height=16 + 30 * len(states),
        xaxis={"visible": False, "range": [0, float(states.max()) * 1.15]},
        yaxis={"range": downwards(len(states)), "tickfont": {"color": palette.text}},
    )
    figure.add_bar(
        y=states.index.tolist(),
        x=states.tolist(),
        orientation="h",
        marker={
            "color": palette.unmeasured.fill,
            "line": {"color": palette.unmeasured.edge, "width": 1},
        },
        text=[number(n) for n in states],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{y}: %{x}<extra></extra>",
    )
    return with_room(figure)
