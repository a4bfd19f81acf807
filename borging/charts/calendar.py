"""The calendar: flu and holidays, projects per week, and the rows, on one axis of time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from borging.charts import calendar_head as head
from borging.charts import calendar_rows as body
from borging.charts.calendar_frame import Frame, Marks, moment
from borging.charts.template import Look, as_lists, blank
from borging.services.calendar.rows import Rows
from borging.services.calendar.view import CalendarView
from borging.services.calendar.weeks import ticks


def calendar(view: CalendarView, rows: Rows, look: Look, day_word: str = "vandaag") -> go.Figure:
    """Draw one page of rows with what holds for everybody above it.

    day_word: the word at the day of judgement.
    """
    place = Frame(len(rows.lines), look)
    figure = blank(
        look,
        height=place.height,
        barmode="overlay",
        bargap=0,
        margin={"l": place.left, "r": 12, "t": place.top, "b": place.bottom},
        legend={"traceorder": "normal", "itemwidth": 30},
        clickmode="event+select",
        xaxis={
            "type": "date",
            "range": [
                pd.Timestamp(view.window.first),
                pd.Timestamp(view.window.last + timedelta(days=1)),
            ],
            "showticklabels": False,
            "anchor": "y3",
        },
        yaxis={"domain": place.flu, "range": [-0.62, 1.0], "visible": False},
        yaxis2={
            "domain": place.overview,
            "rangemode": "tozero",
            "nticks": 3,
            "showgrid": True,
        },
        yaxis3={
            "domain": place.rows,
            "range": [max(1, len(rows.lines)) - 0.5, -0.5],
            "visible": False,
        },
    )
    marks = Marks()
    _bands(marks, view, place)
    _time(marks, view, place)
    head.flu_and_holidays(figure, marks, view.around, place)
    head.overview(figure, marks, view.overview, place)
    body.rows(figure, marks, rows, place)
    _today(marks, view, place, day_word)
    figure.update_layout(shapes=marks.shapes, annotations=marks.words)
    return as_lists(figure)


def _bands(marks: Marks, view: CalendarView, place: Frame) -> None:
    """Lay a pale wash behind the weeks of the flu season."""
    marks.shapes += [
        {
            "type": "rect",
            "xref": "x",
            "yref": "paper",
            "x0": moment(first),
            "x1": moment(last + timedelta(days=1)),
            "y0": 0,
            "y1": place.overview[1],
            "line": {"width": 0},
            "fillcolor": place.palette.flu_band,
            "layer": "below",
        }
        for first, last in view.around.bands
    ]


def _upright(day: date, **line: object) -> dict[str, Any]:
    """Return a line through the whole plot at the start of a day."""
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": moment(day),
        "x1": moment(day),
        "y0": 0,
        "y1": 1,
        "line": line,
    }


def _time(marks: Marks, view: CalendarView, place: Frame) -> None:
    """Write the weeks and months above and below, with a line through everything."""
    for tick in ticks(view.window, 6 if place.look.narrow else 14):
        marks.shapes.append(
            {**_upright(tick.day, color=place.palette.grid, width=1), "layer": "below"}
        )
        marks.words += [
            {
                "x": moment(tick.day),
                "xref": "x",
                "y": y,
                "yref": "paper",
                "yanchor": anchor,
                "text": "<br>".join(tick.lines),
                "showarrow": False,
                "font": {"color": place.palette.muted, "size": 12},
            }
            for y, anchor in ((1, "bottom"), (0, "top"))
        ]


def _today(marks: Marks, view: CalendarView, place: Frame, day_word: str) -> None:
    if not view.window.first <= view.as_of <= view.window.last:
        return
    marks.shapes.append(_upright(view.as_of, color=place.palette.text, width=1.5, dash="dash"))
    marks.words.append(
        {
            "x": moment(view.as_of),
            "xref": "x",
            "y": 1,
            "yref": "paper",
            "yanchor": "top",
            "xanchor": "right",
            "xshift": -4,
            "text": f"<b>{day_word}</b>",
            "showarrow": False,
        }
    )
