"""Hard against soft on the portfolio: the chart, and the same figures as a table."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from borging.charts import hard_soft as drawing
from borging.services.portfolio.hard_soft import HardSoft
from borging.ui import charts, links, load, tables
from borging.ui.frame import Screen
from borging.ui.reuse import reuse

HEADINGS = {
    "code": "Code",
    "title": "Project",
    "hard": "Vijftien vragen",
    "share": "% ja",
    "total": "Scan /100",
    "n": "invullers",
    "side": "Blijft achter",
}
ON_A_PHONE = ("code", "hard", "total")
DECIMALS = {"share": "%.0f", "total": "localized", "n": "%.0f"}


def hard_soft(view: HardSoft, screen: Screen) -> None:
    """Draw the questions against the scan, or say that there is nothing to draw yet."""
    if view.points.empty:
        st.markdown(
            "Geen van deze projecten heeft zowel antwoorden op de vijftien vragen als een scan met "
            "genoeg antwoorden. De vragen staan bij een project onder ‘Overdracht’; een scan kost "
            "een team tien minuten."
        )
        st.page_link(links.screen("borgingsscan"), label="Naar de borgingsscan")
    else:
        border = float(load.instrument().threshold.points)
        charts.show(
            reuse(drawing.hard_soft, view.points, border, screen.look),
            key="hard_soft",
            alt=view.in_words,
            small_print=view.note,
        )
    if part := tables.folded("Vragen en scan per project", "vragen_en_scan"):
        with part:
            tables.excel_button(view.table, HEADINGS, "vragen en scan", screen)
            _table(view.table, screen)


def _table(rows: pd.DataFrame, screen: Screen) -> None:
    shown = ON_A_PHONE if screen.look.narrow else tuple(HEADINGS)
    st.dataframe(
        rows[list(shown)],
        hide_index=True,
        row_height=34,
        height=min(420, 40 + 34 * len(rows)),
        key="hard_soft_table",
        placeholder="–",
        column_config={
            name: st.column_config.NumberColumn(HEADINGS[name], format=DECIMALS[name])
            if name in DECIMALS
            else st.column_config.TextColumn(HEADINGS[name])
            for name in shown
        },
        alt="Per project hoeveel van de vijftien vragen een ja hebben, en het totaal van de scan.",
    )
