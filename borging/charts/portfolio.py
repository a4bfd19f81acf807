"""Charts of the portfolio screen, but for the heatmap."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from borging.charts.margins import with_room
from borging.charts.rounding import as_shown
from borging.charts.template import Look, as_written, blank, downwards, text_on
from borging.domain.terms import Course, Phase, course_words
from borging.services.wording import number

COURSES: tuple[Course | None, ...] = (Course.RED, Course.AMBER, Course.GREEN, None)
SMALLEST_PART = 0.06
"""Share of the longest bar below which a part cannot hold its number."""

NAME_LENGTH = 28
NAME_HEIGHT = 3.6
NAMES_DRAWN = 8
"""At most this many projects are named in each corner of the quadrant."""


def course_bars(table: pd.DataFrame, look: Look) -> go.Figure:
    """Draw phases down and koers across; see `PortfolioView.phases_by_course`."""
    palette = look.palette
    longest = max(1, int(table.sum(axis=1).max()))
    tight = ((table > 0) & (table < longest * SMALLEST_PART)).any(axis=1)
    figure = blank(
        look,
        height=(92 if look.narrow else 60) + 34 * len(table),
        barmode="stack",
        legend={"traceorder": "normal"},
        margin={"l": 8, "r": 8, "t": 98 if look.narrow else 58, "b": 8},
        xaxis={"visible": False, "range": [0, longest * (1.02 if not tight.any() else 2.1)]},
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


def quadrant(points: pd.DataFrame, border: float, look: Look) -> go.Figure:
    """Draw phase across and scan total up; the two corners where they disagree stand out.

    points: see `PortfolioView.quadrant`. border: points of the scan's one threshold.
    """
    palette = look.palette
    figure = blank(
        look,
        height=430 if look.narrow else 460,
        showlegend=False,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis={
            "range": [-0.5, 4.5],
            "tickvals": list(range(5)),
            "ticktext": [p.label[:6] + "." if look.narrow else p.label for p in Phase],
            "title": {"text": "Hard: fase waarin het project is"},
        },
        yaxis={
            "range": [-4, 106],
            "tickvals": [0, 25, 50, 75, 100],
            "showgrid": True,
            "title": {"text": "Zacht: scan, punten van 100"},
        },
    )
    for x0, x1, y0, y1 in ((-0.5, 1.5, border, 104), (2.5, 4.5, -2, border)):
        figure.add_shape(
            type="rect",
            x0=x0,
            x1=x1,
            y0=y0,
            y1=y1,
            line_width=0,
            fillcolor=palette.panel,
            layer="below",
        )
    figure.add_shape(
        type="line",
        x0=-0.5,
        x1=4.5,
        y0=border,
        y1=border,
        line={"color": palette.muted, "width": 1, "dash": "dot"},
    )
    spread = points.assign(x=_places(points))
    marks = {
        "": ("circle-open", palette.greys[1], 8),
        "early": ("square", palette.score, 10),
        "late": ("diamond", palette.levels["d"], 11),
    }
    for side, (symbol, colour, size) in marks.items():
        part = spread[spread["side"] == side]
        figure.add_scatter(
            x=part["x"].tolist(),
            y=as_shown(part["total"]),
            mode="markers",
            marker={"symbol": symbol, "color": colour, "size": size},
            customdata=list(
                zip(
                    part["code"].map(as_written),
                    part["title"].map(as_written),
                    part["n"],
                    strict=True,
                )
            ),
            hovertemplate="%{customdata[0]} %{customdata[1]}<br>%{y:.1f} punten, "
            "n = %{customdata[2]}<extra></extra>",
        )
    _name_corners(figure, spread, look, border)
    return with_room(figure)


def _places(points: pd.DataFrame) -> pd.Series:
    """Spread the projects of one phase over its column, in order of total."""
    index = points["phase"].map({phase: i for i, phase in enumerate(Phase)}).astype(float)
    order = points.groupby("phase")["total"].rank(method="first")
    return index + ((order * 0.618034) % 1 - 0.5) * 0.62


def _name_corners(figure: go.Figure, points: pd.DataFrame, look: Look, border: float) -> None:
    palette = look.palette
    corners = (
        ("early", 0, -0.45, 104, "left", palette.score, "fase blijft achter"),
        ("late", 0, 4.45, -1, "right", palette.levels["d"], "draagvlak blijft achter"),
    )
    for side, _, x, y, anchor, colour, words in corners:
        n = int((points["side"] == side).sum())
        mark = "■" if side == "early" else "◆"
        figure.add_annotation(
            x=x,
            y=y,
            text=f"{mark} <b>{words}</b> ({n})",
            showarrow=False,
            xanchor=anchor,
            yanchor="middle",
            font={"color": colour},
        )
    figure.add_annotation(
        x=-0.45,
        xanchor="left",
        y=border,
        yshift=-10,
        text=f"{border:.0f}: reden tot optimisme",
        showarrow=False,
        font={"color": palette.muted, "size": 12},
    )
    late = points[points["side"] == "late"].nsmallest(NAMES_DRAWN, "total")
    early = points[points["side"] == "early"].nlargest(NAMES_DRAWN, "total")
    occupied = [(x, x, y) for x, y in zip(points["x"], points["total"], strict=True)]
    named = pd.concat([late, early])
    for x, y, code, title in zip(
        named["x"], named["total"], named["code"], named["title"], strict=True
    ):
        full = code if look.narrow or code == title else _shortened(f"{code} {title}")
        for name, to_right in ((full, True), (full, False), (code, True), (code, False)):
            span = _span(x, name, to_right, look)
            if _free(span, x, y, occupied):
                occupied.append((*span, y))
                figure.add_annotation(
                    x=x,
                    y=y,
                    text=as_written(name),
                    showarrow=False,
                    xanchor="left" if to_right else "right",
                    xshift=8 if to_right else -8,
                    font={"size": 12},
                )
                break


def _shortened(name: str) -> str:
    return name if len(name) <= NAME_LENGTH else f"{name[: NAME_LENGTH - 1]}…"


def _span(x: float, name: str, to_right: bool, look: Look) -> tuple[float, float]:
    """Return from where to where a name runs, in columns of the quadrant."""
    width = len(name) * (0.11 if look.narrow else 0.058)
    return (x + 0.08, x + width) if to_right else (x - width, x - 0.08)


def _free(
    span: tuple[float, float], x: float, y: float, occupied: list[tuple[float, float, float]]
) -> bool:
    """Whether a name fits in the plot and covers no mark and no other name."""
    first, last = span
    if first < -0.5 or last > 4.5:
        return False
    return not any(
        left <= last + 0.04 and right >= first - 0.04 and abs(height - y) < NAME_HEIGHT
        for left, right, height in occupied
        if (left, right, height) != (x, x, y)
    )
