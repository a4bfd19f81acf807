"""How the projects are spread over the scores of the scan, for any screen with projects."""

from __future__ import annotations

import streamlit as st

from borging.charts import scan_spread as drawing
from borging.services.scan import distribution as scan_spread
from borging.services.scan.distribution import SpreadView
from borging.ui import charts, load, tables
from borging.ui.frame import Screen
from borging.ui.reuse import reuse

SPREAD = {
    "domain": "Domein",
    "factor": "Factor",
    "n": "Projecten",
    "lowest": "Laagste %",
    "quarter": "Een kwart onder %",
    "median": "Mediaan %",
    "three_quarters": "Driekwart onder %",
    "highest": "Hoogste %",
}
ON_A_PHONE = ("factor", "n", "median")


def scan_spread_section(screen: Screen) -> None:
    """Say how the projects of the selection are spread; draw it for who opens it."""
    view = screen.renew(
        scan_spread.view, screen.plans, load.newest_scans(screen.as_of), load.instrument()
    )
    st.header("Hoe zijn de projecten verdeeld over de scores?", anchor=False)
    st.markdown(view.finding)
    if view.empty:
        return
    spread = tables.folded("De verdeling per factor en in totaal", "verdeling")
    if spread is None:
        return
    with spread:
        charts.show(
            reuse(drawing.spread, view, screen.look),
            key="scan_spread",
            alt=f"Projecten per klasse van score. {view.in_words}",
            small_print=view.note,
        )
        _table(view, screen)


def _table(view: SpreadView, screen: Screen) -> None:
    tables.excel_button(view.table, SPREAD, "verdeling borgingsscan", screen)
    shown = ON_A_PHONE if screen.look.narrow else tuple(SPREAD)
    st.dataframe(
        view.table[list(shown)],
        hide_index=True,
        row_height=34,
        key="scan_spread_table",
        placeholder="–",
        column_config={
            name: st.column_config.TextColumn(heading)
            if name in ("domain", "factor")
            else st.column_config.NumberColumn(heading, format="%.0f")
            for name, heading in SPREAD.items()
            if name in shown
        },
        alt="Per factor het aantal projecten en waar hun scores liggen.",
    )
