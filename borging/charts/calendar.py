"""The calendar: flu and holidays, projects per week, and the rows, on one axis of time."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import plotly.graph_objects as go

from borging.charts import calendar_head as head
from borging.charts import calendar_rows as body
from borging.charts.calendar_frame import Frame, moment
from borging.charts.template import Look, blank
from borging.services.calendar import CalendarView
from borging.services.calendar_rows import Rows
from borging.services.calendar_weeks import ticks


def calendar(view: CalendarView, rows: Rows, look: Look) -> go.Figure:
    """Draw one page of rows with what holds for everybody above it."""
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
    _bands(figure, view, place)
    _time(figure, view, place)
    head.flu_and_holidays(figure, view.around, place)
    head.overview(figure, view.overview, place)
    body.rows(figure, rows, place)
    _today(figure, view.as_of, view, place)
    return figure


def _bands(figure: go.Figure, view: CalendarView, place: Frame) -> None:
    """Lay a pale wash behind the weeks of the flu season."""
    for first, last in view.around.bands:
        figure.add_shape(
            type="rect",
            xref="x",
            yref="paper",
            x0=moment(first),
            x1=moment(last + timedelta(days=1)),
            y0=0,
            y1=place.overview[1],
            line_width=0,
            fillcolor=place.palette.flu_band,
            layer="below",
        )


def _time(figure: go.Figure, view: CalendarView, place: Frame) -> None:
    """Write the weeks and months above and below, with a line through everything."""
    for tick in ticks(view.window, 6 if place.look.narrow else 14):
        figure.add_shape(
            type="line",
            xref="x",
            yref="paper",
            x0=moment(tick.day),
            x1=moment(tick.day),
            y0=0,
            y1=1,
            line={"color": place.palette.grid, "width": 1},
            layer="below",
        )
        for y, anchor in ((1, "bottom"), (0, "top")):
            figure.add_annotation(
                x=moment(tick.day),
                xref="x",
                y=y,
                yref="paper",
                yanchor=anchor,
                text="<br>".join(tick.lines),
                showarrow=False,
                font={"color": place.palette.muted, "size": 12},
            )


def _today(figure: go.Figure, as_of: date, view: CalendarView, place: Frame) -> None:
    if not view.window.first <= as_of <= view.window.last:
        return
    figure.add_shape(
        type="line",
        xref="x",
        yref="paper",
        x0=moment(as_of),
        x1=moment(as_of),
        y0=0,
        y1=1,
        line={"color": place.palette.text, "width": 1.5, "dash": "dash"},
    )
    figure.add_annotation(
        x=moment(as_of),
        xref="x",
        y=1,
        yref="paper",
        yanchor="top",
        xanchor="right",
        xshift=-4,
        text="<b>vandaag</b>" if place.look.narrow is False else "<b>nu</b>",
        showarrow=False,
    )
