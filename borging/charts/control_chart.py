"""Charts of compliance: checks in order with their limits, and who is trained."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from borging.charts.margins import with_room
from borging.charts.template import Look, as_written, blank
from borging.domain.control_chart import ControlChart, Method, Signal
from borging.domain.terms import Standing
from borging.domain.wording import day, percent
from borging.services.dossier.compliance import Coverage, Series, result

HEIGHT = 280
ROW = 34
LABELS = 4
"""Days written along the axis, at most."""
TOP = 116
"""Per cent at the top, so that a point at 100 and the words above it stay whole."""
CLEAR, UNDER_THE_WORDS = 9, 8
"""Per cent between words and the nearest point, and points on either side that they cover."""


def control_chart(series: Series, look: Look) -> go.Figure:
    """Draw the checks of one intervention in order, in per cent; a signal is a diamond with words,
    filled for a fall, hollow for a rise.

    Every check takes as much room, so that the steps of the limits can be seen.
    """
    palette, chart = look.palette, series.chart
    checks, places = chart.checks, list(range(len(chart.checks)))
    ticks = _ticks(len(checks), look)
    figure = blank(
        look,
        height=HEIGHT,
        showlegend=False,
        margin={"l": 8, "r": 88 if look.narrow else 112, "t": 14, "b": 8},
        xaxis={
            "range": [-0.6, max(4, len(checks)) - 0.4],
            "tickvals": ticks,
            "ticktext": [day(checks[place].on) for place in ticks],
        },
        yaxis={
            "range": [-4, TOP],
            "tickvals": [0, 25, 50, 75, 100],
            "ticktext": ["0", "25", "50", "75", f"100{chr(160)}%"],
            "showgrid": True,
        },
    )
    _lines(figure, chart, look)
    marked, falling = _marked(chart), _falling(chart)
    figure.add_scatter(
        x=places,
        y=[100 * each.share for each in checks],
        mode="lines+markers",
        name="meting",
        line={"color": palette.score, "width": 1.5},
        marker={
            "opacity": 1,
            "size": [11 if place in marked else 8 for place in places],
            "symbol": ["diamond" if place in marked else "circle" for place in places],
            "color": [
                palette.standing[Standing.UNOWNED].fill
                if place in falling
                else palette.page
                if place in marked
                else palette.score
                for place in places
            ],
            "line": {
                "width": 2,
                "color": [
                    palette.standing[Standing.UNOWNED].edge if place in falling else palette.score
                    for place in places
                ],
            },
        },
        customdata=[
            "<br>".join([day(each.on), result(each), *marked.get(place, ["past bij toeval"])])
            if chart.limits or place in marked
            else f"{day(each.on)}<br>{result(each)}"
            for place, each in enumerate(checks)
        ],
        hovertemplate="%{customdata}<extra></extra>",
        cliponaxis=False,
    )
    for signal in _worded(chart):
        figure.add_annotation(
            x=signal.last,
            y=_clear_of(chart, signal),
            text=f"{'↑' if signal.upward else '↓'} {signal.words}",
            showarrow=False,
            xanchor="right" if signal.last > 0.5 * len(checks) else "left",
            font={
                "color": palette.text if signal.upward else palette.standing_text[Standing.UNOWNED]
            },
            bgcolor=palette.page,
        )
    return with_room(figure)


def _lines(figure: go.Figure, chart: ControlChart, look: Look) -> None:
    """Draw the line in the middle and the limits, each with its name at the right."""
    palette, end = look.palette, len(chart.checks) - 1
    centre = 100 * (chart.centre or 0)
    name = "mediaan" if chart.method == Method.RUN else "midden"
    lines = [(f"{name} {percent(centre)}", [centre] * (end + 1), "solid")]
    if chart.limits:
        for side in (1, 0):
            bounds = [100 * each[side] for each in chart.limits]
            lines.append((f"grens {percent(bounds[-1])}", bounds, "dash"))
    for _words, values, dash in lines:
        figure.add_scatter(
            x=[-0.5, *range(end + 1), end + 0.5],
            y=[values[0], *values, values[-1]],
            mode="lines",
            line={"color": palette.muted, "width": 1.2, "dash": dash, "shape": "hvh"},
            hoverinfo="skip",
        )
    for words, height in _apart([(words, values[-1]) for words, values, _ in lines]):
        figure.add_annotation(
            x=1,
            xref="paper",
            y=height,
            text=words,
            showarrow=False,
            xanchor="left",
            xshift=4,
            font={"color": palette.muted},
        )


def _apart(labels: Sequence[tuple[str, float]], least: float = 8) -> list[tuple[str, float]]:
    """Return the labels with their heights, from below, never closer than `least`."""
    found: list[tuple[str, float]] = []
    for words, height in sorted(labels, key=lambda each: each[1]):
        found.append((words, max(height, found[-1][1] + least) if found else height))
    over = max(0.0, found[-1][1] - 104)
    return [(words, height - over) for words, height in found]


def _marked(chart: ControlChart) -> dict[int, list[str]]:
    """Return the words of every check that is part of a signal, by place."""
    marked: dict[int, list[str]] = {}
    for signal in chart.signals:
        for place in range(signal.first, signal.last + 1):
            marked.setdefault(place, []).append(signal.words)
    return marked


def _falling(chart: ControlChart) -> set[int]:
    """Return the places of the checks that are part of a fall: these ask for work, a rise not."""
    falls = [each for each in chart.signals if not each.upward]
    return {place for each in falls for place in range(each.first, each.last + 1)}


def _clear_of(chart: ControlChart, signal: Signal) -> float:
    """Return the height at which the words of a signal lie over no point near by."""
    near = slice(max(0, signal.last - UNDER_THE_WORDS), signal.last + UNDER_THE_WORDS + 1)
    shares = [100 * each.share for each in chart.checks[near]]
    if signal.upward:
        return max(shares) + CLEAR
    return min(shares) - CLEAR if min(shares) > CLEAR else max(shares) + CLEAR


def _worded(chart: ControlChart) -> list[Signal]:
    """Return the newest signal of each kind, one at a check: more words would lie over others."""
    newest = {(each.rule, each.upward): each for each in chart.signals}
    found: dict[int, Signal] = {}
    for each in newest.values():
        found.setdefault(each.last, each)
    return list(found.values())


def _ticks(n: int, look: Look) -> list[int]:
    """Return the places whose day is written, the newest always among them."""
    if look.narrow:
        return [0, n - 1] if n > LABELS else [n - 1]
    step = max(1, -(-n // LABELS))
    return list(range(n - 1, -1, -step))[::-1]


def coverage_bars(groups: Sequence[Coverage], look: Look) -> go.Figure:
    """Draw per group how much is trained, in per cent; what is not known has words and no bar."""
    palette, rows = look.palette, list(range(len(groups)))
    figure = blank(
        look,
        height=30 + ROW * len(groups),
        showlegend=False,
        barmode="overlay",
        xaxis={"visible": False, "range": [0, 160 if look.narrow else 140]},
        yaxis={
            "range": [len(groups) - 0.5, -0.5],
            "tickvals": rows,
            "ticktext": [as_written(each.group, 16 if look.narrow else 36) for each in groups],
            "tickfont": {"color": palette.text},
        },
    )
    known = [(row, each) for row, each in zip(rows, groups, strict=True) if each.share is not None]
    for name, values, ink in (
        ("mensen", [100.0] * len(known), palette.unmeasured),
        ("geschoold", [100 * (each.share or 0) for _, each in known], None),
    ):
        figure.add_bar(
            y=[row for row, _ in known],
            x=values,
            orientation="h",
            name=name,
            marker={
                "color": ink.fill if ink else palette.score,
                "line": {"color": ink.edge if ink else palette.score, "width": 1},
            },
            customdata=[[as_written(each.group), each.words] for _, each in known],
            hovertemplate="%{customdata[0]}<br>%{customdata[1]} geschoold<extra></extra>",
        )
    for row, each in zip(rows, groups, strict=True):
        share = "" if each.share is None or look.narrow else f" · {percent(100 * each.share)}"
        figure.add_annotation(
            x=0 if each.share is None else 103,
            y=row,
            text=each.words + share,
            showarrow=False,
            xanchor="left",
            font={"color": palette.muted if each.share is None else palette.text},
        )
    return with_room(figure)
