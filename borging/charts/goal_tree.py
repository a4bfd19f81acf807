"""The goal tree as indented rows: what hangs under each branch, and how that stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from borging.charts.template import Ink, Look, Palette, as_written, blank, downwards, text_on
from borging.domain.terms import GoalKind, Phase, Standing, Sustain
from borging.domain.wording import day, number
from borging.services import stages
from borging.services.goals.tree import LOOSE, PHASES, Branch

NBSP = chr(160)


@dataclass(frozen=True)
class _Places:
    """Where the columns lie, in per cent of the width; row, top: pixels. name, indent: letters
    of a name, and per cent that a deeper branch is moved to the right. lift: rows that the name
    stands above its bar. room: pixels of a bar.
    """

    row: int
    top: int
    name: int
    indent: float
    lift: float
    bar: float
    width: float
    room: int
    thick: float
    heads: tuple[tuple[float, str], ...]


WIDE = _Places(
    row=30,
    top=84,
    name=54,
    indent=1.8,
    lift=0,
    bar=37,
    width=26,
    room=330,
    thick=0.62,
    heads=(
        (0, "tak"),
        (31, "projecten"),
        (37, "fase"),
        (65, "koers"),
        (79, "borging"),
    ),
)
NARROW = _Places(
    row=54,
    top=112,
    name=42,
    indent=4,
    lift=0.26,
    bar=0,
    width=46,
    room=160,
    thick=0.3,
    heads=(),
)
DROP = 0.16
"""Rows that the second line of a branch lies lower, on a phone."""


def goal_tree(branches: Sequence[Branch], look: Look) -> go.Figure:
    """Draw one row per branch, from the top down.

    The bar shows how the projects are spread over the phases: it is always full, and its parts
    hold the numbers. A branch without any project says so in words.
    """
    place = NARROW if look.narrow else WIDE
    figure = blank(
        look,
        height=place.top + place.row * len(branches) + 8,
        barmode="stack",
        margin={"l": 4, "r": 4, "t": place.top, "b": 8},
        legend={"traceorder": "normal"},
        xaxis={"visible": False, "range": [0, 100]},
        yaxis={"visible": False, "range": downwards(len(branches))},
    )
    _bars(figure, branches, place, look)
    _names(figure, branches, place, look)
    if look.narrow:
        _second_line(figure, branches, place, look)
    else:
        _columns(figure, branches, look)
    for x, words in place.heads:
        figure.add_annotation(
            x=x,
            y=-0.5,
            yshift=12,
            text=words,
            showarrow=False,
            xanchor="left",
            font={"color": look.palette.muted},
        )
    return figure


def _ink(phase: str, palette: Palette) -> Ink:
    if phase == stages.NO_PHASE:
        return palette.unmeasured
    return palette.phases[next(each for each in Phase if each.label == phase)]


def _bars(figure: go.Figure, branches: Sequence[Branch], place: _Places, look: Look) -> None:
    held = [(row, each) for row, each in enumerate(branches) if each.counts.projects]
    drop = DROP if look.narrow else 0
    figure.add_bar(
        y=[row + drop for row, _ in held],
        x=[place.bar] * len(held),
        orientation="h",
        width=place.thick,
        marker={"color": "rgba(0,0,0,0)"},
        hoverinfo="skip",
        showlegend=False,
    )
    for phase in PHASES:
        own = [each.counts.phases.get(phase, 0) for _, each in held]
        if not any(own):
            continue
        shares = [n / each.counts.projects for n, (_, each) in zip(own, held, strict=True)]
        ink = _ink(phase, look.palette)
        figure.add_bar(
            y=[row + drop for row, _ in held],
            x=[place.width * share for share in shares],
            orientation="h",
            width=place.thick,
            name=phase.casefold(),
            marker=_marker(phase, ink, look.palette),
            text=[
                number(n) if n and share * place.room >= 8 * len(number(n)) + 6 else ""
                for n, share in zip(own, shares, strict=True)
            ],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": text_on(ink.fill)},
            customdata=[_hover(each) for _, each in held],
            hovertemplate="%{customdata}<extra></extra>",
        )


def _marker(phase: str, ink: Ink, palette: Palette) -> dict[str, object]:
    """What has no phase is hatched: it must not look like what is being prepared."""
    marker: dict[str, object] = {"color": ink.fill, "line": {"color": ink.edge, "width": 1}}
    if phase == stages.NO_PHASE:
        shape = {"shape": "/", "fgcolor": palette.muted, "bgcolor": palette.page}
        marker["pattern"] = shape | {"size": 8, "solidity": 0.15}
    return marker


def _hover(branch: Branch) -> str:
    counts = branch.counts
    lines = [f"<b>{as_written(branch.title)}</b>", counts.project_words, counts.phase_words]
    return "<br>".join([*lines, *filter(None, [counts.course_words, counts.sustain_words])])


def _names(figure: go.Figure, branches: Sequence[Branch], place: _Places, look: Look) -> None:
    names = []
    for each in branches:
        legal = _legal(each)
        room = place.name - 2 * each.depth - len(legal)
        name = as_written(each.title, room)
        bold = name if each.kind == GoalKind.GOAL else f"<b>{name}</b>"
        muted = f'<span style="color:{look.palette.muted}">{legal}</span>'
        names.append(bold + muted if legal else bold)
    _write(
        figure,
        [place.indent * each.depth for each in branches],
        [row - place.lift for row in range(len(branches))],
        names,
        [look.palette.text] * len(branches),
    )


def _columns(figure: go.Figure, branches: Sequence[Branch], look: Look) -> None:
    """Write number, koers and borging of each branch behind its name."""
    palette, rows = look.palette, list(range(len(branches)))
    figure.add_scatter(
        x=[35.5] * len(rows),
        y=rows,
        mode="text",
        text=[number(each.counts.projects) if each.counts.projects else "" for each in branches],
        textposition="middle left",
        textfont={"color": palette.text},
        hoverinfo="skip",
        showlegend=False,
    )
    text = [palette.text] * len(rows)
    _write(figure, [37] * len(rows), rows, [_nothing(e) for e in branches], _alarm(branches, look))
    _write(figure, [65] * len(rows), rows, [_spaced(e) for e in branches], text)
    _write(figure, [79] * len(rows), rows, [_borging(e) for e in branches], text)


def _second_line(figure: go.Figure, branches: Sequence[Branch], place: _Places, look: Look) -> None:
    """Write the same under each name, beside its bar; what is long stays in the table."""
    rows = [row + DROP for row in range(len(branches))]
    words = [
        f"{number(each.counts.projects)} · {_spaced(each)}" if each.counts.projects else ""
        for each in branches
    ]
    beside = [place.bar + place.width + 2.0] * len(rows)
    _write(figure, beside, rows, words, [look.palette.text] * len(rows))
    under = [place.indent * each.depth for each in branches]
    _write(figure, under, rows, [_nothing(each) for each in branches], _alarm(branches, look))


def _write(
    figure: go.Figure,
    x: Sequence[float],
    y: Sequence[float],
    words: Sequence[str],
    colours: Sequence[str],
) -> None:
    figure.add_scatter(
        x=list(x),
        y=list(y),
        mode="text",
        text=list(words),
        textposition="middle right",
        textfont={"color": list(colours)},
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )


def _nothing(branch: Branch) -> str:
    """Say of a branch without projects whether that is so, or only in the selection."""
    if branch.counts.projects:
        return ""
    return "◆ geen project" if branch.bare else "geen project in de selectie"


def _alarm(branches: Sequence[Branch], look: Look) -> list[str]:
    palette = look.palette
    alarm = palette.standing_text[Standing.UNOWNED]
    return [alarm if each.bare and each.id != LOOSE else palette.muted for each in branches]


def _spaced(branch: Branch) -> str:
    return branch.counts.course_words.replace(" ", NBSP)


def _borging(branch: Branch) -> str:
    """Write the borging in short: the words stand in the head of the table."""
    held = branch.counts.sustain
    again = held.get(Sustain.RECONFIRM, 0)
    parts = [
        f"{number(held[state])} {words}"
        for state, words in (
            (Sustain.SUSTAINED, "geborgd"),
            (Sustain.SUSTAINING, "bezig"),
            (Sustain.RELAPSED, "terug"),
            (Sustain.UNKNOWN, "onbekend"),
        )
        if held.get(state)
    ]
    return ", ".join([*parts, f"{number(again)} opnieuw"] if again else parts)


def _legal(branch: Branch) -> str:
    """Write the day that the law names, behind the name of a branch; '' for none."""
    return f" · wet {day(branch.legal_deadline)}" if branch.legal_deadline else ""
