"""The chart of hard against soft: answers to the hard questions across, the scan up."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from borging.charts.margins import with_room
from borging.charts.rounding import as_shown
from borging.charts.template import Look, as_written, blank, write
from borging.domain.hard_answers import HALF
from borging.domain.wording import number, percent
from borging.services.portfolio.hard_soft import HARD_BEHIND, SOFT_BEHIND

LOWEST, HIGHEST = -4, 106
"""Both axes run from 0 to 100, with room for marks on the ends."""
BORDER = float(100 * HALF)
NAME_LENGTH = 28
NAME_HEIGHT = 3.6
NAMES_DRAWN = 8
"""At most this many projects are named in each corner."""
MARK_ON_A_PHONE = 2.3
"""Half the width of a mark on a phone, in percent of the axis."""
TICKS = [0, 25, 50, 75, 100]
HELP_WORDS, HELP_HEIGHT = "hulplijn: de helft", 97


def hard_soft(points: pd.DataFrame, threshold: float, look: Look) -> go.Figure:
    """Draw the two sides against each other; the corners where they disagree stand out.

    Args:
        points: see `HardSoft.points`.
        threshold: points of the published border of the scan.
    """
    palette = look.palette
    figure = blank(
        look,
        height=430 if look.narrow else 460,
        showlegend=False,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        xaxis={
            "range": [LOWEST, HIGHEST],
            "tickvals": TICKS,
            "ticktext": [percent(each) for each in TICKS],
            "title": {"text": "Hard: deel van de vijftien vragen met ‘ja’"},
        },
        yaxis={
            "range": [LOWEST, HIGHEST],
            "tickvals": TICKS,
            "showgrid": True,
            "title": {"text": "Zacht: scan, punten van 100"},
        },
    )
    _draw_borders(figure, threshold, look)
    marks = {
        "": ("circle-open", palette.greys[1], 8),
        HARD_BEHIND: ("square", palette.score, 10),
        SOFT_BEHIND: ("diamond", palette.levels["d"], 11),
    }
    for side, (symbol, colour, size) in marks.items():
        part = points[points["behind"] == side]
        figure.add_scatter(
            x=as_shown(part["share"]),
            y=as_shown(part["total"]),
            mode="markers",
            marker={"symbol": symbol, "color": colour, "size": size},
            customdata=[
                (as_written(code), as_written(title), hard, number(total, 1), int(n))
                for code, title, hard, total, n in zip(
                    *(part[name] for name in ("code", "title", "hard", "total", "n")), strict=True
                )
            ],
            hovertemplate="%{customdata[0]} %{customdata[1]}<br>%{customdata[2]}<br>"
            "%{customdata[3]} punten, n = %{customdata[4]}<extra></extra>",
        )
    _name_corners(figure, points, look)
    _name_borders(figure, threshold, look)
    _name_projects(figure, points, threshold, look)
    return with_room(figure)


def _draw_borders(figure: go.Figure, threshold: float, look: Look) -> None:
    """Draw both borders, and a field in each corner where one side is behind."""
    for x, y in (
        ((LOWEST, BORDER), (threshold, HIGHEST)),
        ((BORDER, HIGHEST), (LOWEST, threshold)),
    ):
        figure.add_shape(
            type="rect",
            x0=x[0],
            x1=x[1],
            y0=y[0],
            y1=y[1],
            line_width=0,
            fillcolor=look.palette.panel,
            layer="below",
        )
    line = {"color": look.palette.muted, "width": 1, "dash": "dot"}
    figure.add_shape(type="line", x0=LOWEST, x1=HIGHEST, y0=threshold, y1=threshold, line=line)
    figure.add_shape(type="line", x0=BORDER, x1=BORDER, y0=LOWEST, y1=HIGHEST, line=line)


def _name_corners(figure: go.Figure, points: pd.DataFrame, look: Look) -> None:
    palette = look.palette
    corners = (
        (HARD_BEHIND, -3, 104, "left", palette.score, "■ <b>afspraken blijven achter</b>"),
        (SOFT_BEHIND, 105, -1, "right", palette.levels["d"], "◆ <b>draagvlak blijft achter</b>"),
    )
    for side, x, y, anchor, colour, words in corners:
        short = words.replace("blijven ", "").replace("blijft ", "") if look.narrow else words
        figure.add_annotation(
            x=x,
            y=y,
            text=f"{short} ({int((points['behind'] == side).sum())})",
            showarrow=False,
            xanchor=anchor,
            yanchor="middle",
            font={"color": colour},
        )


def _name_borders(figure: go.Figure, threshold: float, look: Look) -> None:
    font = {"color": look.palette.muted, "size": 12}
    figure.add_annotation(
        x=-3,
        xanchor="left",
        y=threshold,
        yshift=-10,
        text=_threshold_words(threshold),
        showarrow=False,
        font=font,
        bgcolor=look.palette.page,
    )
    figure.add_annotation(
        x=BORDER,
        xanchor="left",
        xshift=4,
        y=HELP_HEIGHT,
        yanchor="middle",
        text=HELP_WORDS,
        showarrow=False,
        font=font,
        bgcolor=look.palette.page,
    )


def _name_projects(figure: go.Figure, points: pd.DataFrame, threshold: float, look: Look) -> None:
    """Write names beside the marks in the corners, as far as they cover nothing."""
    soft = points[points["behind"] == SOFT_BEHIND].nsmallest(NAMES_DRAWN, "total")
    hard = points[points["behind"] == HARD_BEHIND].nsmallest(NAMES_DRAWN, "share")
    half = MARK_ON_A_PHONE if look.narrow else 0.0
    occupied = [
        (x - half, x + half, y) for x, y in zip(points["share"], points["total"], strict=True)
    ]
    border = _threshold_words(threshold)
    occupied += [
        (*_span(LOWEST, border, True, look), threshold - 3),
        (*_span(BORDER, HELP_WORDS, True, look), HELP_HEIGHT),
    ]
    named, notes = pd.concat([soft, hard]), []
    for x, y, code, title in zip(
        named["share"], named["total"], named["code"], named["title"], strict=True
    ):
        full = code if look.narrow or code == title else _shortened(f"{code} {title}")
        for name, to_right in ((full, True), (full, False), (code, True), (code, False)):
            span = _span(x, name, to_right, look)
            if _free(span, (x - half, x + half, y), occupied):
                occupied.append((*span, y))
                notes.append(
                    {
                        "x": x,
                        "y": y,
                        "text": as_written(name),
                        "showarrow": False,
                        "xanchor": "left" if to_right else "right",
                        "xshift": 8 if to_right else -8,
                        "font": {"size": 12},
                    }
                )
                break
    write(figure, notes)


def _threshold_words(threshold: float) -> str:
    return f"{number(threshold)}: reden tot optimisme"


def _shortened(name: str) -> str:
    return name if len(name) <= NAME_LENGTH else f"{name[: NAME_LENGTH - 1]}…"


def _span(x: float, name: str, to_right: bool, look: Look) -> tuple[float, float]:
    """Return from where to where a name runs, in percent of the axis."""
    gap = 3.1 if look.narrow else 1.8
    width = gap + len(name) * 2.5 if look.narrow else len(name) * 1.3
    return (x + gap, x + width) if to_right else (x - width, x - gap)


def _free(
    span: tuple[float, float],
    own: tuple[float, float, float],
    occupied: list[tuple[float, float, float]],
) -> bool:
    """Return whether a name fits in the plot and covers no mark, no border and no other name.

    own: the mark that the name is of. Marks and names run from left to right, at a height.
    """
    first, last = span
    if first < LOWEST or last > HIGHEST or first < BORDER < last:
        return False
    return not any(
        left <= last + 0.9 and right >= first - 0.9 and abs(height - own[2]) < NAME_HEIGHT
        for left, right, height in occupied
        if (left, right, height) != own
    )
