"""The rows of the calendar: names, phases as bars, handovers as diamonds."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from borging.charts.calendar_frame import Frame, Marks, days, lengths
from borging.charts.template import Ink
from borging.domain.terms import Phase, PhaseStatus
from borging.services.calendar.rows import Rows
from borging.services.calendar.spans import PROJECT

BAR, THIN, OVERLAP = 0.62, 0.26, 0.28
"""Share of the height of a row."""

LARGE, SMALL = 11, 6
"""Size of the diamond of one handover, and of a week with handovers in a folded group."""


def rows(figure: go.Figure, marks: Marks, drawn: Rows, place: Frame) -> None:
    """Draw the names, the bars and the moments of the rows."""
    _names(marks, drawn, place)
    palette = place.palette
    inks: list[tuple[str, str, Ink]] = [(p.value, p.label, palette.phases[p]) for p in Phase]
    if (drawn.bars["phase"] == PROJECT).any():
        inks.append((PROJECT, "fasen niet bekend", palette.unmeasured))
    for phase, label, ink in inks:
        own = drawn.bars[drawn.bars["phase"] == phase]
        proposed = own["status"] == PhaseStatus.PROPOSED
        _phase(figure, own[~proposed], label, ink, place)
        if proposed.any():
            _phase(figure, own[proposed], label, ink, place, proposed=True)
    _group_bands(figure, drawn, place)
    _moments(figure, drawn.moments, place)


def _names(marks: Marks, drawn: Rows, place: Frame) -> None:
    for y, line in enumerate(drawn.lines):
        is_head = line.project_id is None
        if is_head:
            marks.shapes.append(
                {
                    "type": "rect",
                    "xref": "paper",
                    "x0": 0,
                    "x1": 1,
                    "yref": "y3",
                    "y0": y - 0.42,
                    "y1": y + 0.42,
                    "line": {"width": 0},
                    "fillcolor": place.palette.panel,
                    "layer": "below",
                }
            )
        mark = "▸ " if line.folded else "▾ "
        words = place.cut(_escaped(line.words), bold=is_head)
        marks.words.append(
            {
                "x": 0,
                "xref": "paper",
                "xshift": -place.left + (2 if is_head else 14),
                "xanchor": "left",
                "y": y,
                "yref": "y3",
                "text": f"<b>{mark}{words}</b>" if is_head else words,
                "showarrow": False,
                "font": {"size": 13 if is_head else 12},
            }
        )


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")


def _hover(words: pd.Series) -> list[str]:
    return [_escaped(text).replace("\n", "<br>") for text in words]


def _phase(
    figure: go.Figure,
    bars: pd.DataFrame,
    label: str,
    ink: Ink,
    place: Frame,
    *,
    proposed: bool = False,
) -> None:
    """Draw the bars of one phase: thin where the line carries it, hatched for a proposal."""
    thick = np.where(bars["by_line"].to_numpy(dtype=bool), THIN, BAR)
    marker: dict[str, object] = {"color": ink.fill}
    if proposed:
        hatch = {"fgcolor": ink.edge, "bgcolor": place.palette.page, "size": 6, "solidity": 0.3}
        marker |= {"pattern": {"shape": "/"} | hatch}
    edge = np.where(bars["overlap"].to_numpy(dtype=bool), place.palette.page, ink.edge)
    figure.add_bar(
        orientation="h",
        base=days(bars["first"]),
        x=lengths(bars["first"], bars["last"]),
        y=bars["y"].to_numpy(dtype=np.float64),
        width=np.where(bars["overlap"].to_numpy(dtype=bool), OVERLAP, thick),
        yaxis="y3",
        name=label,
        showlegend=False,
        marker=marker | {"line": {"color": edge.tolist(), "width": 1}},
        text=_hover(bars["words"]),
        textposition="none",
        customdata=bars["key"].tolist(),
        hovertemplate="%{text}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def _group_bands(figure: go.Figure, drawn: Rows, place: Frame) -> None:
    bands = drawn.bands
    if bands.empty:
        return
    figure.add_bar(
        orientation="h",
        base=days(bands["first"]),
        x=lengths(bands["first"], bands["last"]),
        y=bands["y"].to_numpy(dtype=np.float64),
        width=0.14 + 0.62 * bands["n"].to_numpy(dtype=np.float64) / drawn.busiest,
        yaxis="y3",
        showlegend=False,
        marker={"color": place.palette.greys[1]},
        text=_hover(bands["words"]),
        textposition="none",
        customdata=bands["key"].tolist(),
        hovertemplate="%{text}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def _moments(figure: go.Figure, moments: pd.DataFrame, place: Frame) -> None:
    palette = place.palette
    for done, name, fill in (
        (False, "overdracht afgesproken", palette.page),
        (True, "overdracht gedaan", palette.text),
    ):
        own = moments[moments["done"] == done]
        figure.add_scatter(
            x=[f"{day}T12:00" for day in days(own["day"])],
            y=own["y"].to_numpy(dtype=np.float64),
            yaxis="y3",
            mode="markers",
            name=name,
            showlegend=True,
            marker={
                "symbol": "diamond",
                "size": [SMALL if key.startswith("group:") else LARGE for key in own["key"]],
                "color": fill,
                "opacity": 1,
                "line": {"color": palette.page if done else palette.text, "width": 1.5},
            },
            text=_hover(own["words"]),
            customdata=own["key"].tolist(),
            hovertemplate="%{text}<extra></extra>",
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
        )
