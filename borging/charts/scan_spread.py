"""Projects per class of score, factor by factor."""

from __future__ import annotations

from math import isnan

import numpy as np
import plotly.graph_objects as go

from borging.charts.margins import with_room
from borging.charts.scale import Scale, colour_at
from borging.charts.template import Look, as_lists, blank, text_on
from borging.domain.wording import number, percent
from borging.services.scan.distribution import CLASSES, SpreadView

ROW = 30
GAP = 0.45
"""Air above the total, in rows."""


def spread(view: SpreadView, look: Look) -> go.Figure:
    """Draw factors down and classes of score across, the number of projects in each cell.

    The middle half of the projects stands in words at the right.
    """
    palette = look.palette
    counts = view.classes[CLASSES[1] if look.narrow else CLASSES[0]]
    classes = counts.shape[1]
    width = 100 // classes
    places = [*range(len(counts) - 1), len(counts) - 1 + GAP]
    words = 1.9 if look.narrow else 3.4
    figure = blank(
        look,
        height=60 + round(ROW * (places[-1] + 1)),
        showlegend=False,
        margin={"l": 8, "r": 8, "t": 52, "b": 8},
        xaxis={
            "side": "top",
            "tickvals": [place - 0.5 for place in range(classes + 1)],
            "ticktext": [
                str(place * width) + (f"{chr(160)}%" if place == classes else "")
                for place in range(classes + 1)
            ],
            "range": [-0.6, classes - 0.5 + words],
        },
        yaxis={
            "tickvals": places,
            "ticktext": view.table["short" if look.narrow else "factor"].tolist(),
            "range": [places[-1] + 0.5, -0.5],
            "tickfont": {"color": palette.text},
        },
    )
    values = counts.to_numpy()
    shares = values / np.maximum(values.sum(axis=1, keepdims=True), 1)
    top = max(float(shares.max()), 0.01)
    scale: Scale = ((0.0, palette.panel), (1.0, palette.score))
    figure.add_heatmap(
        z=shares,
        x=list(range(classes)),
        y=places,
        zmin=0,
        zmax=top,
        colorscale=[list(stop) for stop in scale],
        showscale=False,
        xgap=2,
        ygap=2,
        customdata=[
            [
                f"{name}<br>{at * width}–{percent((at + 1) * width)} van het maximum: "
                f"{number(n)} van {number(of)}"
                for at, n in enumerate(row)
            ]
            for name, of, row in zip(view.table["factor"], view.table["n"], values, strict=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )
    grid_x, grid_y = np.meshgrid(np.arange(classes), places)
    figure.add_scatter(
        x=grid_x.ravel(),
        y=grid_y.ravel(),
        mode="text",
        hoverinfo="skip",
        text=[str(n) if n else "" for n in values.ravel()],
        textfont={"color": [text_on(colour_at(s / top, scale)) for s in shares.ravel()]},
    )
    _middle(figure, view, places, classes, look)
    return as_lists(with_room(figure))


def _middle(
    figure: go.Figure, view: SpreadView, places: list[float], classes: int, look: Look
) -> None:
    """Write at the right where the middle of the projects lies."""
    heading = "mediaan" if look.narrow else "mediaan (middelste helft)"
    muted = {"color": look.palette.muted}
    at = {"x": classes - 0.35, "showarrow": False, "xanchor": "left", "font": muted}
    figure.add_annotation(text=heading, yref="paper", y=1, yanchor="bottom", yshift=24, **at)
    written = []
    for place, row in zip(places, view.table.to_dict("records"), strict=True):
        if not row["n"]:
            written.append((place, "geen uitslag"))
            continue
        text = percent(row["median"])
        if not look.narrow and not isnan(row["quarter"]):
            text += f" ({number(row['quarter'])}–{number(row['three_quarters'])})"
        written.append((place, text))
    for place, text in written:
        figure.add_annotation(text=text, y=place, **at)
