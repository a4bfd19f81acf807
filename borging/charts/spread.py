"""Charts of how a result spreads: teams over time, traits of the change, risks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import plotly.graph_objects as go

from borging.charts.beside import apart
from borging.charts.margins import with_room
from borging.charts.template import Look, as_written, blank, downwards, text_on
from borging.domain.periods import MONTHS
from borging.domain.terms import Standing
from borging.services.dossier.rollout import HIGH_RISK, Line, Progress, Risk
from borging.services.dossier.rollout_words import Trait

HEIGHT = 300
LABEL = 0.075
"""Part of the height that the words at the end of a line take."""
NOTE = 70
"""Characters of a note beside its bar."""
DEGREES = ("heel klein", "klein", "middel", "groot", "heel groot")


def progress_lines(shown: Progress, look: Look) -> go.Figure:
    """Draw how many teams were how far, day by day; nothing is drawn past the plan."""
    palette = look.palette
    first = min(line.days[0] for line in shown.lines) - timedelta(days=14)
    last = max([shown.as_of, *(line.days[-1] for line in shown.lines)])
    room = (last - first) * (0.45 if look.narrow else 0.16)
    top = max(max(line.teams) for line in shown.lines)
    ticks = _quarters(first, last, 3 if look.narrow else 8)
    figure = blank(
        look,
        HEIGHT,
        showlegend=False,
        margin={"l": 8, "r": 8, "t": 30, "b": 8},
        xaxis={
            "type": "date",
            "range": [first.isoformat(), (last + room).isoformat()],
            "tickvals": [day.isoformat() for day in ticks],
            "ticktext": [f"{MONTHS[day.month - 1]}<br>{day.year}" for day in ticks],
        },
        yaxis={
            "range": [0, top * 1.12],
            "showgrid": True,
            "tickvals": list(range(0, top + 1, max(1, -(-top // 5)))),
            "title": {"text": "" if look.narrow else "teams en locaties"},
        },
    )
    styles = {
        "planned_on": (palette.muted, 1.5, "dot"),
        "prepared_on": (palette.greys[1], 2, "solid"),
        "in_use_on": (palette.score, 3, "solid"),
        "usual_on": (palette.text, 3, "solid"),
        "stopped_on": (palette.standing[Standing.UNOWNED].fill, 2, "dash"),
    }
    for line in shown.lines:
        _step_line(figure, line, max(line.days[-1], shown.as_of), styles[line.key])
    _names(figure, shown, [styles[line.key][0] for line in shown.lines], top * 1.12, look)
    figure.add_vline(
        x=shown.as_of.isoformat(), line={"color": palette.text, "width": 1.5, "dash": "dash"}
    )
    figure.add_annotation(
        x=shown.as_of.isoformat(),
        y=1,
        yref="paper",
        yshift=18,
        text="peildatum",
        showarrow=False,
        font={"color": palette.muted},
    )
    return with_room(figure)


def _step_line(figure: go.Figure, line: Line, last: date, style: tuple[str, float, str]) -> None:
    colour, width, dash = style
    days, teams = [line.days[0], *line.days], [0, *line.teams]
    if days[-1] < last:
        days, teams = [*days, last], [*teams, teams[-1]]
    figure.add_scatter(
        x=[day.isoformat() for day in days],
        y=teams,
        mode="lines",
        name=line.label,
        line={"color": colour, "width": width, "dash": dash, "shape": "hv"},
        hovertemplate=f"{line.label}: %{{y}}<extra></extra>",
    )


def _names(
    figure: go.Figure, shown: Progress, colours: Sequence[str], height: float, look: Look
) -> None:
    """Write at the end of each line what it is and where it ended, apart from each other."""
    order = sorted(range(len(shown.lines)), key=lambda at: shown.lines[at].teams[-1])
    sizes = [LABEL * height] * len(order)
    heights = apart([float(shown.lines[at].teams[-1]) for at in order], sizes)
    lift = max(0.0, sizes[0] / 2 - heights[0])
    for at, y in zip(order, heights, strict=True):
        line = shown.lines[at]
        ahead = not look.narrow and line.key == "planned_on" and line.days[-1] > shown.as_of
        figure.add_annotation(
            x=max(line.days[-1], shown.as_of).isoformat(),
            y=y + lift,
            xshift=6,
            bgcolor=look.palette.page,
            borderpad=1,
            text=f"<b>{line.teams[-1]}</b> {line.label}{' (plan)' if ahead else ''}",
            showarrow=False,
            xanchor="left",
            font={"color": colours[at]},
        )


def _quarters(first: date, last: date, most: int) -> list[date]:
    """Return at most so many first days of a quarter, evenly."""
    days = [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in (1, 4, 7, 10)
        if first <= date(year, month, 1) <= last
    ]
    return days[:: max(1, -(-len(days) // most))]


def trait_bars(shown: Sequence[Trait], look: Look) -> go.Figure:
    """Draw the five traits in fixed order; one without a score has words instead of a bar."""
    palette = look.palette
    figure = blank(
        look,
        40 + 34 * len(shown),
        barmode="overlay",
        showlegend=False,
        xaxis={"range": [0, 7.2 if look.narrow else 14], "visible": False},
        yaxis={
            "range": downwards(len(shown)),
            "tickvals": list(range(len(shown))),
            "ticktext": [each.name for each in shown],
            "tickfont": {"color": palette.text},
        },
    )
    rows = list(range(len(shown)))
    figure.add_bar(
        y=rows,
        x=[5] * len(shown),
        orientation="h",
        marker={"color": palette.page, "line": {"color": palette.unmeasured.edge, "width": 1}},
        hoverinfo="skip",
    )
    figure.add_bar(
        y=rows,
        x=[each.score for each in shown],
        orientation="h",
        marker={"color": palette.score, "line": {"color": palette.score, "width": 1}},
        text=["" if each.score is None else f"{each.score}" for each in shown],
        textposition="inside",
        insidetextanchor="end",
        textangle=0,
        textfont={"color": text_on(palette.score)},
        customdata=[as_written(each.note) for each in shown],
        hovertemplate="%{y}: %{x} van 5<br>%{customdata}<extra></extra>",
    )
    for row, each in enumerate(shown):
        words = as_written(each.note, NOTE)
        if each.score is None:
            words = "nog geen cijfer" + (f" · {words}" if words else "")
        if words and (not look.narrow or each.score is None):
            figure.add_annotation(
                x=0.1 if each.score is None and look.narrow else 5.15,
                y=row,
                text=words if not look.narrow else "nog geen cijfer",
                showarrow=False,
                xanchor="left",
                font={"color": palette.muted},
            )
    return with_room(figure)


def risk_matrix(shown: Sequence[Risk], look: Look) -> go.Figure:
    """Draw chance upwards and impact to the right; a risk is its number in the list."""
    palette = look.palette
    names = [word.replace(" ", "<br>") for word in DEGREES] if look.narrow else list(DEGREES)
    axis = {"range": [0.5, 5.5], "tickvals": [1, 2, 3, 4, 5], "tickfont": {"color": palette.text}}
    figure = blank(
        look,
        340,
        showlegend=False,
        xaxis={**axis, "ticktext": names, "title": {"text": "gevolg"}},
        yaxis={**axis, "ticktext": names, "title": {"text": "kans"}},
    )
    warm = dict(palette.capacity)[0.626]
    for chance in range(1, 6):
        for impact in range(1, 6):
            high = chance * impact >= HIGH_RISK
            figure.add_shape(
                type="rect",
                layer="below",
                x0=impact - 0.48,
                x1=impact + 0.48,
                y0=chance - 0.48,
                y1=chance + 0.48,
                fillcolor=warm if high else palette.panel,
                line={"width": 0},
            )
    cells: dict[tuple[int, int], list[Risk]] = {}
    for risk in shown:
        if risk.chance and risk.impact:
            cells.setdefault((risk.impact, risk.chance), []).append(risk)
    figure.add_scatter(
        x=[impact for impact, _ in cells],
        y=[chance for _, chance in cells],
        mode="text",
        text=[", ".join(_number(risk) for risk in risks) for risks in cells.values()],
        textfont={"size": 15, "color": palette.text},
        customdata=["<br>".join(as_written(r.what) for r in risks) for risks in cells.values()],
        hovertemplate="%{customdata}<extra></extra>",
    )
    return with_room(figure)


def _number(risk: Risk) -> str:
    return f"<b>▲ {risk.number}</b>" if risk.uncovered else f"{risk.number}"
