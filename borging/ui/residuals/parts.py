"""The larger parts of the restpunten screen: overviews, and the table to read and act in."""

from __future__ import annotations

from zlib import crc32

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.column_types import ColumnConfig

from borging import clock
from borging.charts.template import Look
from borging.domain.terms import Standing
from borging.domain.wording import count, day, number
from borging.services.residuals import view as residuals
from borging.services.residuals.items import NOBODY
from borging.services.residuals.view import CHOICES, CLOSED, EVERYTHING, ResidualsView
from borging.ui import links, tables
from borging.ui.frame import Screen
from borging.ui.residuals import editor as residual_editor
from borging.ui.text import plain

ROW = 34
ROWS_PER_PAGE = 100
HEADINGS = {
    "belegd": "Belegd?",
    "title": "Restpunt",
    "scan_factor": "Uit scan: factor",
    "code": "Code",
    "project": "Project",
    "unit": "Eenheid",
    "owner": "Eigenaar in de lijn",
    "priority_label": "Prioriteit",
    "age": "Leeftijd, dagen",
    "due": "Vervaldatum",
    "overdue": "Te laat, dagen",
    "accepted_by": "Aanvaard door",
    "created_on": "Vastgelegd",
    "closed_on": "Gesloten",
}
ON_SCREEN = HEADINGS | {"scan_short": "Uit scan", "title_and_scan": "Restpunt"}
"""Shorter words for what a column of a table cannot hold."""
OPEN = (
    "belegd",
    "title",
    "scan_short",
    "code",
    "project",
    "owner",
    "priority_label",
    "age",
    "due",
    "overdue",
)
DONE = ("closed_on", "title", "scan_short", "code", "project", "owner", "accepted_by", "created_on")
OPEN_ON_A_PHONE = ("belegd", "title_and_scan", "overdue")
DONE_ON_A_PHONE = ("closed_on", "title_and_scan", "code")
WIDTHS = {
    "belegd": 150,
    "title": 235,
    "scan_short": 105,
    "code": 60,
    "project": 150,
    "owner": 140,
    "priority_label": 80,
    "age": 105,
    "due": 100,
    "overdue": 105,
    "accepted_by": 140,
}
PHONE_WIDTHS = {"belegd": 128, "title_and_scan": 150, "overdue": 56, "closed_on": 95, "code": 60}
"""Column widths in pixels; together they fit the screen."""

Owner = int | str | None
"""An id, None for items without owner, EVERYTHING for all."""


def first_item(screen: Screen) -> None:
    """Say what a restpunt is and how the first one gets here."""
    residual_editor.notice(screen)
    st.markdown(
        "Een restpunt is wat bij een overdracht blijft liggen: een contract, een handleiding, een "
        "oude module. Leg het vast, dan blijft het in beeld tot iemand in de lijn het aanvaardt."
    )
    with st.container(horizontal=True):
        residual_editor.add(screen)
        st.page_link(links.screen("beheer"), label="Of lees een lijst in")


def overviews(view: ResidualsView, screen: Screen) -> tuple[Owner, int | None]:
    """Draw who and which projects hold the open items; return what the visitor chose there."""
    owner: Owner = EVERYTHING
    project: int | None = None
    if view.open_items.empty:
        return owner, project
    left, right = st.columns(2, gap="large")
    with left:
        st.header("Bij wie liggen ze?", anchor=False)
        chosen = _overview(view.owners, "Eigenaar in de lijn", screen.look, "eigenaren")
        if chosen is not None:
            owner = None if pd.isna(chosen["key"]) else int(chosen["key"])
    with right:
        st.header("Uit welke projecten komen ze?", anchor=False)
        chosen = _overview(view.projects, "Project", screen.look, "projecten")
        if chosen is not None:
            project = int(chosen["key"])
    st.markdown(":small[:gray[Kies een rij om de lijst hieronder daartoe te beperken.]]")
    return owner, project


def _overview(rows: pd.DataFrame, heading: str, look: Look, name: str) -> pd.Series | None:
    headings = {
        "name": heading,
        "open": "Open",
        "unowned": "Zonder eigenaar",
        "unaccepted": "Niet aanvaard",
        "overdue": "Te laat",
        "oldest": "Oudste, dagen",
    }
    del headings["unowned" if name == "eigenaren" else "unaccepted"]
    shown = ["name", "open", "overdue"] if look.narrow else list(headings)
    event = st.dataframe(
        rows[shown],
        hide_index=True,
        row_height=ROW,
        height=38 + ROW * min(6, len(rows)),
        key=f"restpunten_{name}_{_fingerprint(rows['key'])}",
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            column: st.column_config.TextColumn(words, width=180 if look.narrow else 210)
            if column == "name"
            else st.column_config.NumberColumn(words, width=65 if len(words) < 8 else 112)
            for column, words in headings.items()
            if column in shown
        },
        alt=f"Open restpunten per rij: {heading.lower()}, met aantallen.",
    )
    picked = event.selection.rows
    return rows.iloc[picked[0]] if picked else None


def items(view: ResidualsView, screen: Screen, owner: Owner, project: int | None) -> None:
    """Draw the list of items with search, actions and editing."""
    st.header("Welke restpunten zijn het?", anchor=False)
    choice = _choice(screen)
    changeable = screen.as_of == clock.today()
    with st.container(horizontal=True, vertical_alignment="center"):
        words = st.text_input(
            "Zoek in de restpunten",
            key="restpunt_zoek",
            bind="query-params",
            placeholder="Zoek op restpunt, project of eigenaar",
            label_visibility="collapsed",
            width=320,
        )
        rows = view.chosen(choice, words, owner, project)
        tables.excel_button(rows, HEADINGS, "restpunten", screen)
        editing = False
        if changeable:
            residual_editor.add(screen)
            if choice != CLOSED:
                editing = st.toggle("Wijzigen in de tabel", key="restpunt_wijzigen")
    if not changeable:
        st.markdown(
            f":small[:gray[U kijkt naar {day(screen.as_of)}. Zet de peildatum op vandaag om iets "
            "vast te leggen. Eigenaar en vervaldatum staan er zoals ze nu zijn.]]"
        )
    page, first = _page(rows)
    residual_editor.notice(screen)
    if rows.empty:
        st.markdown("Geen restpunt past bij deze keuze.")
    elif editing:
        residual_editor.editor(page, screen)
    else:
        _read(page, screen, closed=choice == CLOSED, changeable=changeable)
    st.markdown(f":small[:gray[{_below(view, rows, page, first, choice, owner, project)}]]")


def _choice(screen: Screen) -> str:
    if screen.look.narrow:
        return st.selectbox("Toon", CHOICES, key="restpunt_keuze", bind="query-params")
    return (
        st.radio(
            "Toon",
            CHOICES,
            key="restpunt_keuze",
            bind="query-params",
            horizontal=True,
            label_visibility="collapsed",
        )
        or EVERYTHING
    )


def _page(rows: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return the rows of the chosen page, and the number of its first row, from 1."""
    pages = -(-len(rows) // ROWS_PER_PAGE)
    if pages <= 1:
        return rows, 1
    page = st.pagination(pages, key="restpunt_pagina", bind="query-params")
    first = (page - 1) * ROWS_PER_PAGE
    return rows.iloc[first : first + ROWS_PER_PAGE], first + 1


def _read(page: pd.DataFrame, screen: Screen, *, closed: bool, changeable: bool) -> None:
    """Draw the rows; those that are chosen can be acted on above the table."""
    bar: DeltaGenerator = st.container()
    wide, narrow = (DONE, DONE_ON_A_PHONE) if closed else (OPEN, OPEN_ON_A_PHONE)
    shown = list(narrow if screen.look.narrow else wide)
    event = st.dataframe(
        page[shown] if closed else _inked(page[shown], page["standing"], screen.look),
        hide_index=True,
        row_height=ROW,
        height=min(560, 40 + ROW * len(page)),
        placeholder="–",
        key=f"restpunten_{_fingerprint(page['id'])}",
        on_select="rerun",
        selection_mode="multi-row",
        column_config={name: _column(name, screen.look) for name in shown},
        alt="Restpunten, wat werk vraagt bovenaan; dezelfde rijen staan in het Excel-bestand.",
    )
    if changeable:
        picked = page.iloc[event.selection.rows]
        with bar:
            residual_editor.actions(picked, screen, closed=closed)


def _inked(rows: pd.DataFrame, standings: pd.Series, look: Look) -> Styler:
    """Colour the words on standing; without owner stands out most."""
    colours = look.palette.standing_text
    ink = [
        f"color: {colours[each]}" + ("; font-weight: 600" if each == Standing.UNOWNED else "")
        for each in standings
    ]
    return rows.style.apply(lambda _: ink, subset=["belegd"])


def _column(name: str, look: Look) -> ColumnConfig:
    width = (PHONE_WIDTHS if look.narrow else WIDTHS).get(name)
    if name in ("due", "created_on", "closed_on"):
        return st.column_config.DateColumn(ON_SCREEN[name], format="DD-MM-YYYY", width=width)
    if name in ("age", "overdue"):
        heading = "Te laat" if look.narrow else ON_SCREEN[name]
        return st.column_config.NumberColumn(heading, format="%d", width=width)
    return st.column_config.TextColumn(ON_SCREEN[name], width=width)


def _below(
    view: ResidualsView,
    rows: pd.DataFrame,
    page: pd.DataFrame,
    first: int,
    choice: str,
    owner: Owner,
    project: int | None,
) -> str:
    """Say what the table shows, and what it leaves out."""
    parts = [count(len(rows), "restpunt", "restpunten")]
    if len(page) < len(rows):
        parts[0] = (
            f"rij {number(first)}–{number(first + len(page) - 1)} van "
            f"{number(len(rows))} restpunten: blader, zoek of kies voor de andere"
        )
    if owner != EVERYTHING:
        named = view.owners.loc[
            view.owners["key"].isna() if owner is None else view.owners["key"] == owner, "name"
        ]
        parts.append(f"alleen {NOBODY}" if owner is None else f"alleen van {plain(named.iloc[0])}")
    if project is not None:
        named = view.projects.loc[view.projects["key"] == project, "name"]
        parts.append(f"alleen uit {plain(named.iloc[0])}")
    if choice == CLOSED:
        parts.append(f"gesloten in de laatste {residuals.WEEKS} weken")
    else:
        parts.append("wat werk vraagt staat bovenaan")
    return " · ".join(parts)


def _fingerprint(ids: pd.Series) -> int:
    """Return a number that differs when rows differ: a choice of rows never moves to others."""
    return crc32(ids.fillna(0).to_numpy("int64").tobytes())
