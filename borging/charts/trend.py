"""Charts of a scan over time: the factors of two rounds, and the totals with their spread."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from borging.charts.margins import with_room
from borging.charts.rounding import as_shown
from borging.charts.scan import name_of
from borging.charts.scan_answers import totals
from borging.charts.template import Look, blank, write
from borging.domain.instruments import Threshold
from borging.domain.scoring import FactorScore
from borging.domain.terms import ScanKind
from borging.domain.wording import day, number, percent
from borging.services.scan.trend import FactorChange, Outcome, TrendView
from borging.services.scan.words import round_words

ROW = 34
HOLDS_ITS_NUMBER = 20
"""Per cent from which a bar is long enough for its number."""
WORDS_AT = 104
WORDS = {
    Outcome.RISES: "<b>stijgt</b>",
    Outcome.FALLS: "<b>daalt</b>",
    Outcome.CHANCE: "kan toeval zijn",
    Outcome.TOO_FEW: "te weinig om te zeggen",
    Outcome.HIDDEN: "te weinig antwoorden",
}
"""What stands beside a factor; the table below writes it out."""
CLEAR = (Outcome.RISES, Outcome.FALLS)


def changes(view: TrendView, look: Look) -> go.Figure:
    """Draw the mean of each factor now as a bar, with a stroke where it was before.

    In % of the maximum, factors in fixed order. A round without a score has no mark.
    """
    palette = look.palette
    found = view.changes
    rows = list(range(len(found)))
    top = 62 if look.narrow else 40
    figure = blank(
        look,
        height=top + 26 + ROW * len(found),
        barmode="overlay",
        margin={"l": 8, "r": 8, "t": top, "b": 8},
        legend={"traceorder": "normal"},
        xaxis={
            "range": [0, 178 if look.narrow else 150],
            "tickvals": [0, 50, 100],
            "ticktext": ["0", "50", f"100{chr(160)}%"],
            "showgrid": True,
        },
        yaxis={
            "range": [len(found) - 0.4, -0.6],
            "tickvals": rows,
            "ticktext": [name_of(c.now, look) for c in found],
            "tickfont": {"color": palette.text},
        },
    )
    if view.now is None or view.before is None:
        return with_room(figure)
    figure.add_bar(
        y=rows,
        x=as_shown(c.now.percent for c in found),
        orientation="h",
        name=round_words(view.now),
        marker={"color": palette.score, "line": {"color": palette.score, "width": 1}},
        text=["" if c.now.percent is None else percent(c.now.percent) for c in found],
        textposition=[
            "inside" if (c.now.percent or 0) >= HOLDS_ITS_NUMBER else "outside" for c in found
        ],
        insidetextanchor="start",
        textangle=0,
        insidetextfont={"color": palette.page},
        outsidetextfont={"color": palette.text},
        customdata=[_hover(c, c.now) for c in found],
        hovertemplate="%{customdata}<extra></extra>",
    )
    figure.add_scatter(
        y=rows,
        x=as_shown(c.before.percent for c in found),
        mode="markers",
        name=round_words(view.before),
        marker={
            "symbol": "line-ns",
            "size": 20,
            "color": palette.text,
            "line": {"color": palette.text, "width": 3},
        },
        customdata=[_hover(c, c.before) for c in found],
        hovertemplate="%{customdata}<extra></extra>",
        cliponaxis=False,
    )
    write(
        figure,
        [
            {
                "x": WORDS_AT,
                "y": row,
                "text": WORDS[change.outcome],
                "showarrow": False,
                "xanchor": "left",
                "font": {"color": palette.text if change.outcome in CLEAR else palette.muted},
            }
            for row, change in zip(rows, found, strict=True)
        ],
    )
    return with_room(figure)


def _hover(change: FactorChange, scored: FactorScore) -> str:
    if scored.mean is None or scored.percent is None:
        return f"{change.factor.name}: te weinig antwoorden"
    return (
        f"{change.factor.name}<br>{number(scored.mean, 1)} punten, {percent(scored.percent)}"
        f"<br>n = {scored.n}<br>{change.outcome.label}"
    )


def totals_with_spread(
    rounds: pd.DataFrame, border: Threshold, maximum: float | Decimal, look: Look
) -> go.Figure:
    """Draw the total of every round with one standard deviation below and above it.

    See `borging.services.scan.view.round_table`; a round that gives no deviation has no stroke.
    """
    figure = totals(rounds, border, maximum, look)
    own = rounds[rounds["total"].notna() & (rounds["kind"] == ScanKind.INDIVIDUAL.label)]
    figure.update_traces(
        selector={"name": ScanKind.INDIVIDUAL.label},
        error_y={
            "type": "data",
            "array": as_shown(own["sd"]),
            "color": look.palette.score,
            "thickness": 1.5,
            "width": 5,
        },
        textposition=_clear_of_the_line(own["total"].tolist()),
        customdata=[
            [
                day(on),
                f"{who}, standaardafwijking {'–' if pd.isna(sd) else number(sd, 1)}, {version}",
            ]
            for on, who, sd, version in zip(
                own["scanned_on"], own["who"], own["sd"], own["version"], strict=True
            )
        ],
    )
    return with_room(figure)


def _clear_of_the_line(values: Sequence[float]) -> list[str]:
    """Return where each number stands: right of its mark, on the side the line does not take."""
    rises = [after >= before for before, after in pairwise(values)]
    return [f"{'bottom' if up else 'top'} right" for up in [*rises, False]][: len(values)]
