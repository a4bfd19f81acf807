"""Factors of many projects in one heatmap."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from borging.charts.margins import with_room
from borging.charts.scale import colour_at
from borging.charts.template import Look, as_lists, as_written, blank, text_on
from borging.domain.instruments import Instrument

HEATMAP_COLUMNS = 20
"""At most this many projects are drawn beside each other: 100 fits in a cell on a tablet."""

CODE_LENGTH = 14
"""Most characters of a code above a column."""

SHORT_CODE, CODE_WIDTH = 7, 7
"""Characters that fit in the head as it is; pixels that each one more takes."""


def factor_heatmap(
    percents: pd.DataFrame,
    codes: dict[int, str],
    unmeasured: list[str],
    instrument: Instrument,
    look: Look,
) -> go.Figure:
    """Draw factors down and projects across in % of the maximum, the number in each cell.

    percents: rows factor ids, columns project ids, NaN where not measured. unmeasured: codes of
    projects without a scan; one grey block at the right stands for them.
    """
    palette = look.palette
    columns = [codes[int(i)] for i in percents.columns]
    places, bottom = _rows(instrument)
    values = percents.to_numpy(dtype=float)
    names = [f.short if look.narrow else _short_enough(f.name) for f in instrument.factors]
    block = _block_width(len(columns), unmeasured, look)
    shown = columns + (unmeasured if block == len(unmeasured) else [])
    labels = [as_written(code, CODE_LENGTH) for code in shown]
    longest = max((min(len(code), CODE_LENGTH) for code in shown), default=0)
    extra = CODE_WIDTH * max(0, longest - SHORT_CODE)
    figure = blank(
        look,
        height=86 + 26 * len(names) + extra,
        showlegend=False,
        margin={"l": 8, "r": 8, "t": 58 + extra, "b": 8},
        xaxis={
            "side": "top",
            "tickangle": -90,
            "tickvals": list(range(len(labels))),
            "ticktext": labels,
            "range": [-0.5, max(len(columns) + block, 9) - 0.5],
        },
        yaxis={
            "tickvals": places,
            "ticktext": names,
            "range": [bottom, -0.6],
            "tickfont": {"color": palette.text},
        },
    )
    figure.add_heatmap(
        z=np.round(values, 1),
        x=list(range(len(columns))),
        y=places,
        zmin=0,
        zmax=100,
        colorscale=[list(stop) for stop in palette.heat],
        showscale=False,
        xgap=2,
        ygap=2,
        customdata=[
            [f"{as_written(code)} · {f.name}" for code in columns] for f in instrument.factors
        ],
        hoverongaps=False,
        hovertemplate="%{customdata}<br>%{z:.0f} % van het maximum<extra></extra>",
    )
    grid_x, grid_y = np.meshgrid(np.arange(len(columns)), places)
    flat = values.ravel()
    figure.add_scatter(
        x=grid_x.ravel(),
        y=grid_y.ravel(),
        mode="text",
        hoverinfo="skip",
        text=["–" if np.isnan(v) else f"{v:.0f}" for v in flat],
        textfont={
            "size": 12 if len(labels) > 15 else 13,
            "color": [
                palette.muted if np.isnan(v) else text_on(colour_at(v / 100, palette.heat))
                for v in flat
            ],
        },
    )
    if block:
        _draw_block(figure, len(columns), block, len(unmeasured), (-0.5, bottom), look)
    return as_lists(with_room(figure))


def _block_width(measured: int, unmeasured: list[str], look: Look) -> int:
    """Return the columns of the grey block: one per project where they fit, else a few."""
    if not unmeasured:
        return 0
    if not look.narrow and measured + len(unmeasured) <= HEATMAP_COLUMNS:
        return len(unmeasured)
    return 3 if look.narrow else 5


def _draw_block(
    figure: go.Figure, first: int, width: int, count: int, rows: tuple[float, float], look: Look
) -> None:
    ink = look.palette.unmeasured
    figure.add_shape(
        type="rect",
        x0=first - 0.45,
        x1=first + width - 0.55,
        y0=rows[0],
        y1=rows[1] - 0.1,
        fillcolor=ink.fill,
        line={"color": ink.edge, "width": 1, "dash": "dot"},
    )
    figure.add_annotation(
        x=first + (width - 1) / 2,
        y=sum(rows) / 2,
        text=f"niet<br>gemeten<br>{count}" if width < 6 else f"niet gemeten<br>{count}",
        showarrow=False,
        font={"color": look.palette.muted},
    )


def _rows(instrument: Instrument) -> tuple[list[float], float]:
    """Return the place of each factor, with some air between domains, and the lower edge."""
    places, place, before = [], 0.0, instrument.factors[0].domain
    for factor in instrument.factors:
        place += 0.28 if factor.domain != before else 0
        places.append(place)
        place, before = place + 1, factor.domain
    return places, place - 0.4


def _short_enough(name: str) -> str:
    return name.replace(" van de nieuwe werkwijze", " werkwijze").replace(" van de ", " ")
