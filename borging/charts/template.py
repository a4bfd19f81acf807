"""The one look of every chart: palette in light and dark, and the layout to begin with.

Colours are hexadecimal and were chosen together: on the page background and on the flu band
every mark reaches a contrast of 3:1 and every word 4.5:1, also for colour-blind readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
import plotly.graph_objects as go

from borging.domain.terms import Course, Phase, PhaseStatus, Standing

FONT = "IBM Plex Sans, DejaVu Sans, sans-serif"


@dataclass(frozen=True)
class Ink:
    """How a mark is drawn: fill and edge."""

    fill: str
    edge: str


@dataclass(frozen=True)
class Palette:
    """All colours of one theme."""

    page: str
    text: str
    muted: str
    grid: str
    panel: str
    phases: dict[str, Ink]
    course: dict[str | None, Ink]
    course_text: dict[str | None, str]
    levels: dict[str, str]
    level_text: dict[str, str]
    score: str
    greys: tuple[str, str, str]
    unmeasured: Ink
    flu_band: str
    flu_wash: str
    flu: str
    standing: dict[str, Ink]
    standing_text: dict[str, str]
    status: dict[str, Ink]
    heat: tuple[tuple[float, str], ...]
    capacity: tuple[tuple[float, str], ...]
    supply: str
    shortage: str


def _solid(colour: str) -> Ink:
    return Ink(colour, colour)


LIGHT = Palette(
    page="#FFFFFF",
    text="#121A24",
    muted="#4A5866",
    grid="#D3DAE1",
    panel="#F4F6F8",
    phases={
        Phase.PREPARATION: Ink("#E3E8ED", "#64717D"),
        Phase.INTRODUCTION: _solid("#45958B"),
        Phase.INTEGRATION: _solid("#2F6DCB"),
        Phase.HANDOVER: _solid("#003B77"),
        Phase.INSTITUTIONALISATION: _solid("#0C1721"),
    },
    course={
        Course.GREEN: Ink("#DDEDE6", "#2F7357"),
        Course.AMBER: _solid("#C3760F"),
        Course.RED: _solid("#970015"),
        None: Ink("#FFFFFF", "#74818E"),
    },
    course_text={
        Course.GREEN: "#17664C",
        Course.AMBER: "#8F5200",
        Course.RED: "#A81B27",
        None: "#56626E",
    },
    levels={"a": "#1D4F87", "b": "#6096C6", "c": "#BC8424", "d": "#7A3A10"},
    level_text={"a": "#FFFFFF", "b": "#0B1118", "c": "#0B1118", "d": "#FFFFFF"},
    score="#1D5FA6",
    greys=("#26333F", "#5A6874", "#8A96A2"),
    unmeasured=Ink("#E6EAEE", "#64717D"),
    flu_band="#F4ECF2",
    flu_wash="#DDC2D7",
    flu="#7A3E6C",
    standing={
        Standing.UNOWNED: _solid("#7A3A10"),
        Standing.UNACCEPTED: _solid("#BC8424"),
        Standing.ACCEPTED: Ink("#E6EAEE", "#64717D"),
    },
    standing_text={
        Standing.UNOWNED: "#7A3A10",
        Standing.UNACCEPTED: "#8F5200",
        Standing.ACCEPTED: "#4A5866",
    },
    status={
        PhaseStatus.LATE: _solid("#7A3A10"),
        PhaseStatus.RUNNING: _solid("#2F6DCB"),
        PhaseStatus.PLANNED: Ink("#FFFFFF", "#64717D"),
        PhaseStatus.DONE: Ink("#E3E8ED", "#64717D"),
        PhaseStatus.UNPLANNED: Ink("#FFFFFF", "#D3DAE1"),
        PhaseStatus.UNKNOWN: Ink("#FFFFFF", "#D3DAE1"),
        PhaseStatus.PROPOSED: Ink("#FFFFFF", "#64717D"),
    },
    heat=((0, "#7A3B06"), (0.25, "#B9772B"), (0.5, "#E6BE85"), (0.75, "#F3EADB"), (1, "#EEF3F7")),
    capacity=(
        (0, "#F7F9FA"),
        (0.5, "#E6EBF0"),
        (0.5626, "#F3E6DF"),
        (0.626, "#F2C6B2"),
        (0.75, "#D4605A"),
        (1, "#7E0011"),
    ),
    supply="#E6EBF0",
    shortage="#A81B27",
)

DARK = Palette(
    page="#10161D",
    text="#EAF0F5",
    muted="#B3BFCB",
    grid="#36424F",
    panel="#1A222C",
    phases={
        Phase.PREPARATION: Ink("#26313C", "#9AA7B3"),
        Phase.INTRODUCTION: _solid("#2B8D80"),
        Phase.INTEGRATION: _solid("#7299F1"),
        Phase.HANDOVER: _solid("#ADDFF1"),
        Phase.INSTITUTIONALISATION: _solid("#FCF1D6"),
    },
    course={
        Course.GREEN: Ink("#1D3B32", "#61CFA7"),
        Course.AMBER: _solid("#F9B548"),
        Course.RED: _solid("#E05A60"),
        None: Ink("#10161D", "#8592A0"),
    },
    course_text={
        Course.GREEN: "#63C7A2",
        Course.AMBER: "#F3B45A",
        Course.RED: "#FF8A87",
        None: "#A9B5C1",
    },
    levels={"a": "#A5D3F8", "b": "#376CA4", "c": "#8F5E2A", "d": "#F7C277"},
    level_text={"a": "#0B1118", "b": "#FFFFFF", "c": "#FFFFFF", "d": "#0B1118"},
    score="#6FB0F5",
    greys=("#D5DEE6", "#94A2AF", "#627180"),
    unmeasured=Ink("#2A343F", "#9AA7B3"),
    flu_band="#2A2030",
    flu_wash="#533A50",
    flu="#D7A6CB",
    standing={
        Standing.UNOWNED: _solid("#F7C277"),
        Standing.UNACCEPTED: _solid("#8F5E2A"),
        Standing.ACCEPTED: Ink("#2A343F", "#9AA7B3"),
    },
    standing_text={
        Standing.UNOWNED: "#F7C277",
        Standing.UNACCEPTED: "#F3B45A",
        Standing.ACCEPTED: "#B3BFCB",
    },
    status={
        PhaseStatus.LATE: _solid("#F7C277"),
        PhaseStatus.RUNNING: _solid("#7299F1"),
        PhaseStatus.PLANNED: Ink("#10161D", "#9AA7B3"),
        PhaseStatus.DONE: Ink("#26313C", "#9AA7B3"),
        PhaseStatus.UNPLANNED: Ink("#10161D", "#36424F"),
        PhaseStatus.UNKNOWN: Ink("#10161D", "#36424F"),
        PhaseStatus.PROPOSED: Ink("#10161D", "#9AA7B3"),
    },
    heat=((0, "#F7C277"), (0.25, "#B98036"), (0.5, "#4F3B20"), (0.75, "#272A2C"), (1, "#18212A")),
    capacity=(
        (0, "#151D26"),
        (0.5, "#232E39"),
        (0.5626, "#33302F"),
        (0.626, "#5E3433"),
        (0.75, "#B34A4B"),
        (1, "#FFA09B"),
    ),
    supply="#232E39",
    shortage="#FF8A87",
)


@dataclass(frozen=True)
class Look:
    """In which theme and for which width a chart is drawn."""

    dark: bool = False
    narrow: bool = False

    @property
    def palette(self) -> Palette:
        """The colours of the theme."""
        return DARK if self.dark else LIGHT


AXIS = re.compile(r"[xy]axis\d*")


def _axis(palette: Palette) -> dict[str, Any]:
    """What every straight axis is unless a chart says otherwise."""
    return {
        "title": {"font": {"size": 13, "color": palette.muted}, "standoff": 8},
        "tickfont": {"color": palette.muted},
        "ticks": "",
        "ticklabelstandoff": 6,
        "ticklabeloverflow": "allow",
        "tickangle": 0,
        "zeroline": False,
        "showgrid": False,
        "gridcolor": palette.grid,
        "gridwidth": 1,
        "fixedrange": True,
        "automargin": True,
    }


def _layout(palette: Palette) -> dict[str, Any]:
    """What every chart is unless it says otherwise, the axes aside."""
    return {
        "font": {"family": FONT, "size": 13, "color": palette.text},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "separators": ",.",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "hoverlabel": {
            "bgcolor": palette.panel,
            "bordercolor": palette.muted,
            "align": "left",
            "font": {"family": FONT, "size": 13, "color": palette.text},
        },
        "bargap": 0.3,
        "dragmode": False,
        "hovermode": "closest",
        "uniformtext": {"minsize": 12, "mode": "show"},
        "legend": {
            "xref": "container",
            "yref": "container",
            "x": 0,
            "y": 1,
            "xanchor": "left",
            "yanchor": "top",
            "orientation": "h",
            "itemclick": False,
            "itemdoubleclick": False,
        },
    }


def blank(look: Look, height: int, **layout: object) -> go.Figure:
    """Return an empty figure in the look of the house; `height` in pixels.

    Streamlit gives every figure to plotly twice, and plotly draws it again when it believes that
    something changed. A template always counts as changed, so the look stands in the layout; a
    revision of the data that stays the same says that they did not. Numbers go in as lists, for
    typed arrays count as changed too. Another figure is a new chart, and is drawn.
    """
    axes = {"xaxis", "yaxis", *filter(AXIS.fullmatch, layout)}
    house = {
        **_layout(look.palette),
        **{name: _axis(look.palette) for name in axes},
        "height": height,
        "datarevision": 1,
        "template": {},  # without one plotly copies its own, which is large
    }
    figure = go.Figure(layout=_merged(house, layout))
    figure.layout.template = None
    return figure


def _merged(base: dict[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Return the base with more on top, part by part; plotly checks each value once, then."""
    return {
        **base,
        **{
            name: _merged(base[name], value)
            if isinstance(value, Mapping) and isinstance(base.get(name), dict)
            else value
            for name, value in more.items()
        },
    }


def write(figure: go.Figure, notes: Iterable[dict[str, Any]]) -> None:
    """Put notes on a figure at once: each call of `add_annotation` copies those before it."""
    figure.layout.annotations = [*figure.layout.annotations, *notes]


def downwards(count: int) -> list[float]:
    """Return the range of an axis of `count` words that are read from the top down.

    Reversing the axis itself makes plotly draw twice (see `blank`).
    """
    return [max(1, count) - 0.5, -0.5]


def as_lists(figure: go.Figure) -> go.Figure:
    """Turn the arrays of numbers in the traces into lists (see `blank`); return the figure."""
    for trace in figure.data:
        for name in ("x", "y", "base", "width", "customdata"):
            if name in trace and isinstance(numbers := trace[name], np.ndarray):
                trace[name] = None  # plotly keeps what is equal to what it has
                trace[name] = numbers.tolist()
    return figure


def as_written(text: str, most: int | None = None) -> str:
    """Return words of people so that a chart shows their tags; cut to `most` characters."""
    one_line = " ".join(text.split())
    if most is not None and len(one_line) > most:
        one_line = f"{one_line[: most - 1].rstrip()}…"
    return escape(one_line, quote=False)


def text_on(colour: str) -> str:
    """Return black or white, whichever reads best on a hexadecimal colour."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#000000" if (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) else "#FFFFFF"
