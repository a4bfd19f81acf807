"""The larger parts of the fasestatus screen."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler
from streamlit.elements.lib.column_types import ColumnConfig

from borging.charts.template import Look, text_on
from borging.domain.terms import Phase, PhaseStatus
from borging.domain.wording import count, number
from borging.services.portfolio.phase_matrix import MEANINGS
from borging.services.portfolio.phase_status import EXPIRES_SOON_MONTHS, PhaseStatusView
from borging.ui import links, tables
from borging.ui.frame import Screen
from borging.ui.text import plain

ROW = 34
ROWS_PER_PAGE = 100
LATE = {
    "project": "Project",
    "phase_label": "Fase",
    "accountable": "Aan zet",
    "days_late": "Dagen",
    "missed": "Volgens plan",
}
LATE_WIDTHS = {
    "project": 146,
    "phase_label": 130,
    "accountable": 116,
    "days_late": 54,
    "missed": 128,
}
SUSTAIN = {
    "project": "Project",
    "words": "Borging",
    "valid_until": "Geldig t/m",
    "declared_by": "Door",
}
SUSTAIN_WIDTHS = {
    "project": 185,
    "words": 165,
    "valid_until": 95,
    "declared_by": 125,
}
MATRIX = {
    "code": "Code",
    "project": "Project",
    **{phase.value: phase.label for phase in Phase},
    "turn": "Aan zet",
}
MATRIX_ON_A_PHONE = {"project": "Project", "now": "Fase nu"}
EXCEL = MATRIX | {"state_label": "Stand", "days_late": "Meeste dagen te laat"}
MATRIX_WIDTHS = {
    "code": 55,
    "project": 200,
    **{phase.value: 168 for phase in Phase},
    "turn": 130,
}


def no_phases() -> None:
    """Say why there is nothing to judge, and how phases get here."""
    st.markdown(
        "Deze projecten hebben nog geen fasen met een datum: veel lijsten kennen alleen een begin "
        "en een einde. Zonder fasen is er niets te laat en niets op tijd. Vul ze in op het blad "
        "Fasen van het werkboek en lees dat in; wat er al staat, blijft staan."
    )
    with st.container(horizontal=True):
        st.page_link(links.screen("beheer"), label="Werkboek ophalen en inlezen")
        st.page_link(links.screen("portfolio"), label="Naar de portfolio")


def late(view: PhaseStatusView, screen: Screen) -> None:
    """List the late phases with who is accountable."""
    if view.late.empty:
        st.markdown("Niets: elke fase ligt op schema of is nog niet begonnen.")
        return
    phone = {"project": 150, "phase_label": 115, "days_late": 60}
    _open_project(view.late, LATE, phone if screen.look.narrow else LATE_WIDTHS, "late_fasen", 8)
    st.markdown(
        f":small[:gray[{count(len(view.late), 'fase', 'fasen')} · langst te laat bovenaan · kies "
        "een rij om het project te openen]]"
    )


def sustain(view: PhaseStatusView, screen: Screen) -> None:
    """List what relapsed and what must be confirmed again."""
    if view.sustain.empty:
        st.markdown("Niets: geen verklaring is verlopen of verloopt binnenkort.")
    else:
        phone = {"project": 150, "words": 165}
        widths = phone if screen.look.narrow else SUSTAIN_WIDTHS
        _open_project(view.sustain, SUSTAIN, widths, "herbevestigen", 8)
    st.markdown(
        ":small[:gray[‘geborgd’ geldt 12 maanden en moet dan opnieuw worden bevestigd · ook wat "
        f"binnen {EXPIRES_SOON_MONTHS} maanden verloopt]]"
    )


def _open_project(
    rows: pd.DataFrame, headings: dict[str, str], widths: dict[str, int], key: str, most: int
) -> None:
    """Draw rows of which one can be chosen to open its project."""
    event = st.dataframe(
        rows[list(widths)],
        hide_index=True,
        row_height=ROW,
        height=38 + ROW * min(most, len(rows)),
        placeholder="–",
        key=key,
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            name: _column(name, headings[name], width) for name, width in widths.items()
        },
        alt=f"Tabel met {', '.join(headings.values()).lower()}.",
    )
    _follow(rows["project_id"], event.selection.rows)


def _follow(ids: pd.Series, chosen: list[int]) -> None:
    if chosen and chosen[0] < len(ids):
        st.switch_page(links.screen("project"), query_params={"id": str(ids.iloc[chosen[0]])})


def _column(name: str, heading: str, width: int | None) -> ColumnConfig:
    if name == "valid_until":
        return st.column_config.DateColumn(heading, format="DD-MM-YYYY", width=width)
    if name == "days_late":
        return st.column_config.NumberColumn(heading, format="%d", width=width)
    return st.column_config.TextColumn(heading, width=width)


def matrix(view: PhaseStatusView, screen: Screen) -> None:
    """Draw projects and phases; ticking a row opens the project, a cell offers it.

    A cell is chosen as soon as the keyboard reaches it, so that alone must not lead away.
    """
    bar = st.container(horizontal=True, vertical_alignment="center")
    with bar:
        words = st.text_input(
            "Zoek in de projecten",
            key="fasestatus_zoek",
            bind="query-params",
            placeholder="Zoek op code, project of wie aan zet is",
            label_visibility="collapsed",
            width=320,
        )
        found = view.found(words)
        tables.excel_button(found, EXCEL, "fasestatus", screen)
    page, first = _page(found)
    headings = MATRIX_ON_A_PHONE if screen.look.narrow else MATRIX
    widths = {"project": 112, "now": 210} if screen.look.narrow else MATRIX_WIDTHS
    event = st.dataframe(
        page[list(headings)] if screen.look.narrow else _inked(page, screen.look),
        hide_index=True,
        row_height=ROW,
        height=min(720, 40 + ROW * max(1, len(page))),
        placeholder="–",
        key="fasestatus_matrix",
        on_select="rerun",
        selection_mode=["single-row", "single-cell"],
        column_config={
            name: _column(name, heading, widths.get(name)) for name, heading in headings.items()
        },
        alt="Projecten en hun vijf fasen, met de status van elke fase in woorden.",
    )
    _follow(page["id"], event.selection.rows)
    for place, _ in event.selection.cells:
        if place < len(page):
            row = page.iloc[place]
            with bar:
                st.page_link(
                    links.screen("project"),
                    label=plain(f"{row['code']} openen"),
                    query_params={"id": str(row["id"])},
                )
    shown = count(len(found), "project", "projecten")
    if len(page) < len(found):
        last = number(first + len(page) - 1)
        shown = f"rij {number(first)}–{last} van {shown}: blader of zoek voor de andere"
    st.markdown(
        f":small[:gray[{shown} · wat werk vraagt staat bovenaan · vink een rij aan, of kies een "
        "cel en dan ‘openen’ · fasen mogen overlappen, een volgorde is niet verplicht]]"
    )


def _page(rows: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return the rows of the chosen page, and the number of its first row, from 1."""
    pages = -(-len(rows) // ROWS_PER_PAGE)
    if pages <= 1:
        return rows, 1
    page = st.pagination(pages, key="fasestatus_pagina", bind="query-params")
    first = (page - 1) * ROWS_PER_PAGE
    return rows.iloc[first : first + ROWS_PER_PAGE], first + 1


def _inked(page: pd.DataFrame, look: Look) -> Styler:
    """Fill what is late, colour what is under way, keep the rest pale."""
    palette = look.palette
    inks = palette.status
    css = {
        PhaseStatus.LATE.value: (
            f"background-color: {inks[PhaseStatus.LATE].fill}; "
            f"color: {text_on(inks[PhaseStatus.LATE].fill)}; font-weight: 600"
        ),
        PhaseStatus.RUNNING.value: f"color: {inks[PhaseStatus.RUNNING].edge}",
        PhaseStatus.DONE.value: (
            f"background-color: {inks[PhaseStatus.DONE].fill}; color: {palette.text}"
        ),
    }
    styles = pd.DataFrame("", index=page.index, columns=list(MATRIX))
    for phase in Phase:
        found = page[f"status {phase.value}"].map(css)
        styles[phase.value] = found.fillna(f"color: {palette.muted}")
    return page[list(MATRIX)].style.apply(lambda _: styles, axis=None)


def meanings() -> None:
    """Say what each status means."""
    st.header("Wat betekenen de woorden?", anchor=False)
    st.markdown("  \n".join(f"**{word}**: {meaning}." for word, meaning in MEANINGS))
