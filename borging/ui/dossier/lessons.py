"""The parts of the lessons screen: searching, and the lessons to read."""

from __future__ import annotations

from typing import Any, cast

import streamlit as st

from borging.domain.wording import count, number
from borging.services.dossier import lessons
from borging.services.dossier.lessons import LessonsView
from borging.ui import links, tables
from borging.ui.frame import Screen
from borging.ui.text import plain

SEARCH, PAGE = "les_zoek", "les_pagina"
PER_PAGE = 15


def asked() -> str:
    """Return what the visitor searches for, before the field to type in is drawn."""
    return str(st.session_state.get(SEARCH, st.query_params.get(SEARCH, "")))


def first_lesson() -> None:
    """Say how the first lesson comes here."""
    st.markdown(
        "Een les komt hier vanzelf: houd een evaluatie, open het project en vul bij Evaluaties in "
        "wat u leerde. Wie straks iets dergelijks begint, vindt haar hier terug."
    )
    st.page_link(links.screen("portfolio"), label="Kies een project in de portfolio")


def search(view: LessonsView, screen: Screen) -> None:
    """Draw the field to search in and the file."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text_input(
            "Zoek in de lessen",
            key=SEARCH,
            bind="query-params",
            placeholder="Zoek op een woord, project of uitkomst",
            label_visibility="collapsed",
            width=320,
        )
        tables.excel_button(view.rows, lessons.HEADINGS, "lessen", screen)


def found(view: LessonsView) -> None:
    """Draw the lessons of one page, each with the project it comes from."""
    if view.rows.empty:
        st.markdown("Geen les past bij uw zoekwoorden. Zoek met minder of andere woorden.")
        return
    pages = -(-len(view.rows) // PER_PAGE)
    first = 0
    if pages > 1:
        first = (st.pagination(pages, key=PAGE, bind="query-params") - 1) * PER_PAGE
    shown = view.rows.iloc[first : first + PER_PAGE]
    for row in cast("list[dict[str, Any]]", shown.to_dict("records")):
        _lesson(row)
    if pages > 1:
        st.markdown(
            f":small[:gray[les {number(first + 1)}–{number(first + len(shown))} van "
            f"{count(len(view.rows), 'les', 'lessen')}: blader of zoek voor de andere]]"
        )


def _lesson(row: dict[str, Any]) -> None:
    effect = [
        f"**{label}** {plain(row[name])}"
        for name, label in (("aim", "Doel:"), ("measured", "Gemeten:"))
        if row[name]
    ]
    with st.container(gap=None):
        paragraphs = [plain(line) for line in row["lessons"].splitlines() if line.strip()]
        st.markdown("  \n".join(paragraphs), width=760)
        grey = [plain(lessons.about(row)), *effect]
        st.markdown(f":small[:gray[{' · '.join(grey)}]]", width=760)
        st.page_link(
            links.screen("project"),
            label=plain(f"{row['code']} {row['project']}"),
            query_params={"id": str(row["project_id"])},
        )
