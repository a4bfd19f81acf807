"""Two factors over projects, and all factors against each other."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from borging.charts.margins import with_room
from borging.charts.scale import Scale, colour_at
from borging.charts.template import Look, as_lists, blank, text_on
from borging.domain.instruments import Instrument
from borging.domain.wording import number
from borging.services.scan.factor_links import LinksView, PairView

CELL = 34
SMALLEST, LARGEST = 9, 26
"""Width of a mark for one project and at most, in pixels."""


def scatter(pair: PairView, look: Look) -> go.Figure:
    """Draw a mark per place, larger where more projects stand."""
    palette = look.palette
    first, second = pair.first, pair.second
    ticks = {"range": [-5, 105], "tickvals": [0, 25, 50, 75, 100], "zeroline": False}
    figure = blank(
        look,
        height=330 if look.narrow else 400,
        showlegend=False,
        xaxis=ticks
        | {
            "title": {"text": f"{first.short if look.narrow else first.name}, %"},
            "showgrid": True,
        },
        yaxis=ticks | {"title": {"text": f"{second.short if look.narrow else second.name}, %"}},
    )
    people = pair.points["n"].tolist()
    figure.add_scatter(
        x=pair.points["x"].tolist(),
        y=pair.points["y"].tolist(),
        mode="markers",
        marker={
            "size": [min(LARGEST, SMALLEST * n**0.5) for n in people],
            "color": palette.score,
            "opacity": 0.75,
            "line": {"color": palette.page, "width": 1},
        },
        customdata=[
            f"{codes}<br>{first.short} {x} %, {second.short} {y} %"
            for codes, x, y in zip(
                pair.points["codes"], pair.points["x"], pair.points["y"], strict=True
            )
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )
    return with_room(figure)


def diverging(look: Look) -> Scale:
    """Return the scale of a correlation: grey for against, pale for none, blue for together."""
    palette = look.palette
    return ((0.0, palette.greys[1]), (0.5, palette.panel), (1.0, palette.score))


def matrix(links: LinksView, instrument: Instrument, look: Look) -> go.Figure:
    """Draw the rank correlation of every pair once, the number in each cell.

    Rows carry names, columns the numbers of the rows.
    """
    palette, factors, scale = look.palette, instrument.factors, diverging(look)
    size = len(factors)
    names = [f"{at} {f.short if look.narrow else f.name}" for at, f in enumerate(factors, start=1)]
    values = links.matrix.to_numpy(dtype=float).copy()
    values[np.triu_indices(size)] = np.nan
    figure = blank(
        look,
        height=44 + CELL * size,
        showlegend=False,
        margin={"l": 8, "r": 8, "t": 32, "b": 8},
        xaxis={
            "side": "top",
            "tickvals": list(range(size - 1)),
            "ticktext": [str(at) for at in range(1, size)],
            "range": [-0.5, size - 1.5],
            "tickfont": {"color": palette.text},
        },
        yaxis={
            "tickvals": list(range(size)),
            "ticktext": names,
            "range": [size - 0.5, -0.5],
            "tickfont": {"color": palette.text},
        },
    )
    figure.add_heatmap(
        z=np.round(values, 2),
        x=list(range(size)),
        y=list(range(size)),
        zmin=-1,
        zmax=1,
        colorscale=[list(stop) for stop in scale],
        showscale=False,
        xgap=2,
        ygap=2,
        customdata=_hovers(links, instrument),
        hoverongaps=False,
        hovertemplate="%{customdata}<extra></extra>",
    )
    figure.add_trace(_numbers(values, scale, look))
    return as_lists(with_room(figure))


def _hovers(links: LinksView, instrument: Instrument) -> list[list[str]]:
    """Return what each cell says, below the diagonal; '' elsewhere."""
    place = {factor.name: at for at, factor in enumerate(instrument.factors)}
    hovers = [["" for _ in place] for _ in place]
    for row in links.pairs.to_dict("records"):
        across, down = row["first"], row["second"]
        hovers[place[down]][place[across]] = f"{across}<br>{down}<br>{row['said']}"
    return hovers


def _numbers(values: np.ndarray, scale: Scale, look: Look) -> go.Scatter:
    """Write the number of each cell in black or white."""
    down, across = np.nonzero(~np.isnan(values))
    known = values[down, across]
    return go.Scatter(
        x=across,
        y=down,
        mode="text",
        hoverinfo="skip",
        text=[_short(value) if look.narrow else number(value, 2) for value in known],
        textfont={
            "size": 11 if look.narrow else 12,
            "color": [text_on(colour_at((value + 1) / 2, scale)) for value in known],
        },
    )


def _short(value: float) -> str:
    """Write a correlation for a narrow cell: ',71'; a whole one keeps its 1."""
    return number(value, 2).replace("0,", ",", 1) if abs(value) < 0.995 else number(value)
