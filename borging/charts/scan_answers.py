"""Charts of one scan: the answers per level, and the total of every round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from borging.charts.margins import with_room
from borging.charts.rounding import as_shown, shares
from borging.charts.scan import name_of
from borging.charts.template import Look, as_written, blank, write
from borging.domain.instruments import Instrument, Threshold
from borging.domain.scoring import FactorScore
from borging.domain.terms import ScanKind
from borging.domain.wording import day, number

ROW = 34
GAP = 1.0
"""Room above the factors of a domain, for its name, in rows."""
DIVIDED_MOST = 3
LABEL_ROOM = 14
"""Points on the scale that a number above a mark takes up."""


def level_bars(
    factors: Sequence[FactorScore], instrument: Instrument, missing: str, look: Look
) -> go.Figure:
    """Draw the share of the answers per level, factors in fixed order under their domain.

    missing: what to write at a factor without a score.
    """
    palette = look.palette
    rows, heads = _places(factors, instrument)
    top = 92 if look.narrow else 40
    figure = blank(
        look,
        height=top + round(ROW * (rows[-1] + 2)),
        barmode="stack",
        bargap=0.36,
        margin={"l": 8, "r": 8, "t": top, "b": 0},
        xaxis={"visible": False, "range": [0, 1.36 if look.narrow else 1.17]},
        yaxis={
            "range": [rows[-1] + 0.6, -1.4],
            "tickvals": rows,
            "ticktext": [name_of(each, look) for each in factors],
            "tickfont": {"color": palette.text},
        },
        legend={"traceorder": "normal"},
    )
    for place, level in enumerate(instrument.factors[0].levels):
        counts = [each.counts[level.letter] for each in factors]
        remark = {
            0: " (hoogste niveau)",
            len(instrument.factors[0].levels) - 1: " (laagste niveau)",
        }
        figure.add_bar(
            y=rows,
            x=shares(counts, (each.n for each in factors)),
            orientation="h",
            name=level.letter + remark.get(place, ""),
            marker={
                "color": palette.levels[level.letter],
                "line": {"color": palette.page, "width": 1},
            },
            text=[_count_words(n, level.letter, look) for n in counts],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": palette.level_text[level.letter]},
            customdata=[
                [each.factor.name, n, each.factor.levels[place].heading]
                for each, n in zip(factors, counts, strict=True)
            ],
            hovertemplate="%{customdata[0]}<br>%{customdata[1]}× %{customdata[2]}<extra></extra>",
        )
    notes = [_note(at, 0, f"<b>{words}</b>", palette.muted) for at, words in heads]
    notes.append(_note(-1, 1.02, "spreiding", palette.muted))
    for at, each in zip(rows, factors, strict=True):
        bold = each.spread == DIVIDED_MOST
        words = (
            "–" if each.spread is None else f"<b>{each.spread}</b>" if bold else f"{each.spread}"
        )
        notes.append(_note(at, 1.02, words, palette.text if bold else palette.muted))
        if not each.n:
            notes.append(_note(at, 0, missing, palette.muted))
    write(figure, notes)
    return with_room(figure)


def _places(
    factors: Sequence[FactorScore], instrument: Instrument
) -> tuple[list[float], list[tuple[float, str]]]:
    """Return the place of every factor and of the names of the domains, from the top down."""
    rows: list[float] = []
    heads: list[tuple[float, str]] = []
    at = -GAP
    domain = None
    for each in factors:
        if each.factor.domain != domain:
            domain = each.factor.domain
            heads.append((at, instrument.domains[domain]))
            at += GAP
        rows.append(at)
        at += 1
    return rows, heads


def _count_words(n: int, letter: str, look: Look) -> str:
    if not n:
        return ""
    return f"{n}{letter}" if look.narrow else f"{letter} · {n}"


def _note(y: float, x: float, words: str, colour: str) -> dict[str, Any]:
    font = {"color": colour}
    return {"x": x, "y": y, "text": words, "showarrow": False, "xanchor": "left", "font": font}


def totals(
    rounds: pd.DataFrame, border: Threshold, maximum: float | Decimal, look: Look
) -> go.Figure:
    """Draw the total of every round that has one, at least one; see `scan.round_table`.

    Individual rounds are joined by a line; an agreed answer is a hollow diamond of its own.
    """
    palette = look.palette
    known = rounds[rounds["total"].notna()]
    days = _days(known["scanned_on"], look)
    figure = blank(
        look,
        height=320 if look.narrow else 290,
        margin={"l": 8, "r": 8, "t": 76 if look.narrow else 40, "b": 8},
        legend={"traceorder": "normal"},
        xaxis={"type": "date", **days},
        yaxis={
            "range": [0, float(maximum) * 1.08],
            "tickvals": [0, 25, 50, 75, 100],
            "showgrid": True,
            "title": {"text": f"punten van {number(maximum)}"},
        },
    )
    ends = [days["range"][0], days["range"][1]]
    figure.add_scatter(
        x=ends,
        y=[float(border.points)] * 2,
        mode="lines",
        name=f"{number(border.points)}: {border.text}",
        line={"color": palette.text, "width": 1, "dash": "dot"},
        hoverinfo="skip",
    )
    for kind, symbol in ((ScanKind.INDIVIDUAL, "circle"), (ScanKind.JOINT, "diamond-open")):
        own = known[known["kind"] == kind.label]
        if own.empty:
            continue
        figure.add_scatter(
            x=[_iso(on) for on in own["scanned_on"]],
            y=as_shown(own["total"]),
            mode="lines+markers+text" if kind is ScanKind.INDIVIDUAL else "markers+text",
            name=kind.label,
            line={"color": palette.score, "width": 2},
            marker={"symbol": symbol, "size": 10, "color": palette.score, "line": {"width": 2}},
            text=[number(total, 1) for total in own["total"]],
            textposition=[_label_place(kind, total, border) for total in own["total"]],
            cliponaxis=False,
            customdata=[
                [day(on), as_written(who)]
                for on, who in zip(own["scanned_on"], own["who"], strict=True)
            ],
            hovertemplate="%{customdata[0]}: %{y:.1f}<br>%{customdata[1]}<extra></extra>",
        )
    return with_room(figure)


def _label_place(kind: ScanKind, total: float, border: Threshold) -> str:
    """Keep the number of a point clear of the threshold and of a point of the same day."""
    if kind is ScanKind.JOINT:
        return "middle right"
    return "bottom center" if 0 <= float(border.points) - total < LABEL_ROOM else "top center"


def _days(days: pd.Series, look: Look) -> dict[str, list[str]]:
    """Return range and ticks of the time axis: the days of the rounds, never on top of another."""
    room = max(pd.Timedelta(days=60), (days.max() - days.min()) * 0.2)
    first = max(days.min() - room, pd.Timestamp(date.min))
    last = min(days.max() + room, pd.Timestamp(date.max))
    least = (last - first) / (4 if look.narrow else 6)
    ticks: list[pd.Timestamp] = []
    for each in sorted(days.unique(), reverse=True):
        if not ticks or ticks[-1] - each >= least:
            ticks.append(each)
    return {
        "range": [_iso(first), _iso(last)],
        "tickvals": [_iso(each) for each in ticks],
        "ticktext": [day(each) for each in ticks],
    }


def _iso(moment: pd.Timestamp) -> str:
    return moment.date().isoformat()
