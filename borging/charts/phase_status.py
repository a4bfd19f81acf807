"""Charts of the fasestatus screen."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from borging.charts.margins import with_room
from borging.charts.template import Ink, Look, as_written, blank, downwards, text_on
from borging.domain.terms import PhaseStatus
from borging.domain.wording import number

ORDER = (
    PhaseStatus.LATE,
    PhaseStatus.RUNNING,
    PhaseStatus.PLANNED,
    PhaseStatus.DONE,
    PhaseStatus.UNKNOWN,
    PhaseStatus.PROPOSED,
    PhaseStatus.UNPLANNED,
)
HATCHES = {PhaseStatus.UNKNOWN: "/", PhaseStatus.PROPOSED: "."}


def status_bars(counts: pd.DataFrame, look: Look) -> go.Figure:
    """Draw phases down and statuses across; see `PhaseStatusView.counts`."""
    palette = look.palette
    longest = max(1, int(counts.sum(axis=1).max()))
    names = [f"{name[:11]}." if look.narrow and len(name) > 12 else name for name in counts.index]
    shown = [status for status in ORDER if counts[status.value].any()]
    figure = blank(
        look,
        height=250 + (60 if look.narrow else 20),
        barmode="stack",
        legend={"traceorder": "normal"},
        margin={"l": 8, "r": 8, "t": 138 if look.narrow else 58, "b": 8},
        xaxis={"visible": False, "range": [0, longest * 1.01]},
        yaxis={"range": downwards(len(counts)), "tickfont": {"color": palette.text}},
    )
    for status in shown:
        held, ink = counts[status.value], palette.status[status]
        figure.add_bar(
            y=names,
            x=held.tolist(),
            orientation="h",
            name=f"{status.label} ({number(int(held.sum()))})",
            marker=_marker(status, ink, look),
            text=[number(n) if _has_room(n, longest, status, look) else "" for n in held],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": text_on(ink.fill)},
            hovertemplate="%{y}: %{x} " + status.label + "<extra></extra>",
        )
    return with_room(figure)


def _marker(status: PhaseStatus, ink: Ink, look: Look) -> dict[str, object]:
    """Hatch what is unknown or a proposal: it must not look like what was not planned."""
    marker: dict[str, object] = {"color": ink.fill, "line": {"color": ink.edge, "width": 1}}
    if status in HATCHES:
        marker["pattern"] = {
            "shape": HATCHES[status],
            "fgcolor": look.palette.muted,
            "bgcolor": ink.fill,
            "size": 8,
            "solidity": 0.15,
        }
    return marker


def _has_room(n: int, longest: int, status: PhaseStatus, look: Look) -> bool:
    """Say whether a number fits in its bar; the hover holds it anyway."""
    width = 240 if look.narrow else 430
    around = 18 if status in HATCHES else 3
    return n > 0 and n / longest * width >= 7 * len(number(n)) + around


def stuck_bars(stuck: pd.DataFrame, look: Look) -> go.Figure:
    """Draw how long phases have been under way, longest on top; see `PhaseStatusView.stuck`."""
    palette = look.palette
    places = list(range(len(stuck)))
    length = 16 if look.narrow else 30
    figure = blank(
        look,
        height=44 + 30 * max(1, len(stuck)),
        barmode="overlay",
        showlegend=True,
        margin={"l": 8, "r": 8, "t": 38, "b": 8},
        xaxis={
            "visible": False,
            "range": [0, max([1, *stuck["days"]]) * (2.6 if look.narrow else 3.0)],
        },
        yaxis={
            "range": [len(stuck) - 0.5, -0.5],
            "tickvals": places,
            "ticktext": [as_written(str(name), length) for name in stuck["project"]],
            "tickfont": {"color": palette.text},
        },
    )
    for status in (PhaseStatus.LATE, PhaseStatus.RUNNING):
        part = stuck["status"] == status
        ink = palette.status[status]
        rows = stuck[part]
        figure.add_bar(
            y=[place for place, mine in zip(places, part, strict=True) if mine],
            x=rows["days"].tolist(),
            orientation="h",
            name=status.label,
            marker={"color": ink.fill, "line": {"color": ink.edge, "width": 1}},
            text=[_beside(row, look) for _, row in rows.iterrows()],
            textposition="outside",
            cliponaxis=False,
            customdata=rows[["project", "phase_label", "accountable"]].map(as_written).to_numpy(),
            hovertemplate=(
                "%{customdata[0]}<br>%{x} dagen in %{customdata[1]}<br>%{customdata[2]}"
                "<extra></extra>"
            ),
        )
    return with_room(figure)


def _beside(row: pd.Series, look: Look) -> str:
    days, phase = f"{number(int(row['days']))} d", str(row["phase_label"]).lower()
    if look.narrow:
        return f"{days} · {as_written(phase, 12)}"
    return f"{days} · {phase} · {as_written(row['accountable'], 24)}"
