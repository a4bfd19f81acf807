"""The larger parts of the portfolio screen."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler
from streamlit.elements.lib.column_types import ColumnConfig

from borging.charts import heatmap as heat
from borging.domain.terms import course_words
from borging.domain.wording import count
from borging.services.portfolio.view import Decision, PortfolioView
from borging.ui import charts, links, load, tables
from borging.ui.frame import Screen
from borging.ui.reuse import reuse
from borging.ui.text import plain, unbroken

DECISIONS_SHOWN = 4
PHONE_COLUMNS = 9
HEADINGS = {
    "code": "Code",
    "title": "Project",
    "course_words": "Koers",
    "course_on": "Koers van",
    "decision": "Gevraagd besluit",
    "decision_before": "Besluit uiterlijk",
    "state_label": "Stand",
    "phase_label": "Fase",
    "total": "Scan /100",
    "n": "invullers",
    "scanned_on": "Scan van",
    "items_open": "Restpunten",
    "items_unowned": "zonder eigenaar",
    "next_handover": "Overdracht",
    "unit": "Eenheid",
    "theme": "Thema",
    "project_lead": "Projectleider",
}
WIDTHS = {
    "code": 60,
    "title": 215,
    "course_words": 110,
    "course_on": 90,
    "state_label": 75,
    "phase_label": 125,
    "total": 75,
    "n": 70,
    "scanned_on": 90,
    "items_open": 80,
    "next_handover": 90,
    "project_lead": 115,
}
"""Column widths in pixels; together with the last column they fit the screen."""
SHORT_CODE = 5
COLOURED_ROWS = 200
"""A colour per row costs the browser a search through all of them for every cell it draws."""
PHONE_WIDTHS = {"course_words": 105, "title": 150, "total": 60}
ON_A_PHONE = ("course_words", "title", "total")
NOT_IN_THE_TABLE = ("items_unowned", "unit", "theme", "decision", "decision_before")
"""Columns of the file that the screen has no room for."""
IN_THE_TABLE = tuple(name for name in HEADINGS if name not in NOT_IN_THE_TABLE)


def decisions(asked: Sequence[Decision]) -> None:
    """List the decisions that are asked, the most urgent first."""
    if not asked:
        st.markdown("Er is geen besluit vastgelegd dat wordt gevraagd.")
    for decision in asked[:DECISIONS_SHOWN]:
        with st.container(gap=None):
            st.markdown(f"**{plain(decision.decision)}**  \n:red[■ besluit nodig]")
            st.page_link(
                links.screen("project"),
                label=plain(decision.project),
                query_params={"id": str(decision.project_id)},
            )
            st.markdown(f":small[:gray[{unbroken(plain(decision.details))}]]")
    if (rest := len(asked) - DECISIONS_SHOWN) > 0:
        more = count(rest, "besluit staat", "besluiten staan")
        st.markdown(f":small[:gray[Nog {more} bovenaan in de tabel ‘Alle projecten’.]]")


def heatmap(view: PortfolioView, screen: Screen) -> None:
    """Draw the factors of at most one page of projects, the lowest total first."""
    measured = view.heatmap.shape[1]
    if not measured:
        st.markdown("Geen van deze projecten heeft een scan met genoeg antwoorden om te tonen.")
        return
    size = PHONE_COLUMNS if screen.look.narrow else heat.HEATMAP_COLUMNS
    pages = -(-measured // size)
    page = 1
    if pages > 1:
        page = st.pagination(pages, key="factorpagina", bind="query-params")
    shown = reuse(view.heatmap_page, page, size)
    charts.show(
        reuse(
            heat.factor_heatmap, shown, view.codes, view.unmeasured, load.instrument(), screen.look
        ),
        key="factor_heatmap",
        alt=view.heatmap_in_words,
        small_print=(
            "% van het maximum per factor · sterk gekleurd = hier is werk · laagste totaal links · "
            f"{shown.shape[1]} van {measured} gemeten projecten · "
            f"{len(view.unmeasured)} niet gemeten"
        ),
    )


def table(view: PortfolioView, screen: Screen) -> None:
    """Draw the searchable table; choosing a row opens the project."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(
            "Zoek in de tabel",
            key="zoek",
            bind="query-params",
            placeholder="Zoek op code, naam of projectleider",
            label_visibility="collapsed",
            width=320,
        )
        rows = view.found(words)
        tables.excel_button(rows, HEADINGS, "projecten", screen)
    shown = ON_A_PHONE if screen.look.narrow else IN_THE_TABLE
    widths = PHONE_WIDTHS if screen.look.narrow else WIDTHS
    if len(rows) and rows["code"].str.len().max() > SHORT_CODE:
        widths = widths | {"code": 105}
    event = st.dataframe(
        _coloured(rows[list(shown)], screen),
        hide_index=True,
        row_height=34,
        height=min(560, 38 + 34 * max(1, len(rows))),
        key="projects_table",
        placeholder="–",
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            name: _column(name, heading, widths.get(name))
            for name, heading in HEADINGS.items()
            if name in shown
        },
        alt="Alle projecten in de selectie, met koers, stand, fase, scan en restpunten.",
    )
    if event.selection.rows:
        chosen = rows.iloc[event.selection.rows[0]]
        st.switch_page(links.screen("project"), query_params={"id": str(chosen["id"])})
    st.markdown(
        f":small[:gray[{count(len(rows), 'project', 'projecten')} · kies een rij om het project te "
        "openen · streepje bij scan: niet gemeten]]"
    )


def _coloured(rows: pd.DataFrame, screen: Screen) -> pd.DataFrame | Styler:
    """Give the koers its colour, beside symbol and word; longer tables stay plain."""
    if len(rows) > COLOURED_ROWS:
        return rows
    colours = {
        course_words(course): f"color: {colour}"
        for course, colour in screen.look.palette.course_text.items()
    }
    return rows.style.map(lambda words: colours[words], subset=["course_words"])


def _column(name: str, heading: str, width: int | None) -> ColumnConfig:
    if name in ("course_on", "decision_before", "scanned_on", "next_handover"):
        return st.column_config.DateColumn(heading, format="DD-MM-YYYY", width=width)
    if name in ("total", "n", "items_open", "items_unowned"):
        return st.column_config.NumberColumn(heading, format="%.0f", width=width)
    return st.column_config.TextColumn(heading, width=width)
