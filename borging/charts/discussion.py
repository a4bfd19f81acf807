"""The answers to one factor, for a wall: everybody, and the groups that may be shown."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from borging.charts.rounding import shares
from borging.charts.template import Look, as_written, blank
from borging.domain.scoring import FactorScore

ROW = 56
TEXT, TEXT_NARROW = 18, 14
"""Pixels of the counts: to be read from the back of a room, and on a phone."""


def answers(
    scored: FactorScore, groups: Sequence[tuple[str, FactorScore]], look: Look
) -> go.Figure:
    """Draw the share of the answers per level, everybody on top; groups as (name, answers).

    The answers to `scored` are at least one.
    """
    palette = look.palette
    rows = [("Iedereen", scored), *groups]
    names = [f"{as_written(name)}<br>n = {each.n}" for name, each in rows]
    figure = blank(
        look,
        height=ROW * len(rows) + 8,
        barmode="stack",
        bargap=0.24,
        margin={"l": 8, "r": 8, "t": 0, "b": 8},
        showlegend=False,
        xaxis={"visible": False, "range": [0, 1]},
        yaxis={
            "range": [len(rows) - 0.5, -0.5],
            "tickvals": list(range(len(rows))),
            "ticktext": names,
            "tickfont": {"color": palette.text},
        },
    )
    for level in scored.factor.levels:
        counts = [each.counts[level.letter] for _, each in rows]
        figure.add_bar(
            y=list(range(len(rows))),
            x=shares(counts, (each.n for _, each in rows)),
            orientation="h",
            name=level.letter,
            marker={
                "color": palette.levels[level.letter],
                "line": {"color": palette.page, "width": 1},
            },
            text=[_count_words(n, level.letter, look) for n in counts],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={
                "color": palette.level_text[level.letter],
                "size": TEXT_NARROW if look.narrow else TEXT,
            },
            customdata=[[n, as_written(level.heading)] for n in counts],
            hovertemplate="%{customdata[0]}× %{customdata[1]}<extra></extra>",
        )
    return figure


def _count_words(n: int, letter: str, look: Look) -> str:
    if not n:
        return ""
    return f"{n}{letter}" if look.narrow else f"{n}× {letter}"
