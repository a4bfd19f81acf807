"""The parts of the goal tree screen that are read: the table, one branch, what is shared."""

from __future__ import annotations

import streamlit as st

from borging.domain.wording import count
from borging.services.goals import sharing as goal_sharing
from borging.services.goals.tree import LOOSE, Branch, GoalTree, described, projects_table
from borging.ui import links, load, tables
from borging.ui.frame import Screen
from borging.ui.text import plain

LEGEND = (
    "projecten per tak, met alles wat eronder hangt · balk: verdeling over de fasen · koers: "
    "■ besluit nodig, ▲ aandacht, ● op koers, ○ niet gemeten · borging: geborgd, bezig = in "
    "borging, terug = teruggevallen, opnieuw = herbevestiging nodig · ◆ doel zonder project"
)
CHOSEN = "tak"
HEADINGS = {
    "branch": "Tak",
    "kind": "Soort",
    "projects": "Projecten",
    "closed": "Afgesloten",
    "phases": "Fasen",
    "courses": "Koers",
    "sustain": "Borging",
    "legal_deadline": "Wettelijke datum",
}
PROJECTS = {
    "code": "Code",
    "title": "Project",
    "goal": "Hangt onder",
    "state_label": "Stand",
    "phase_label": "Fase",
    "course_words": "Koers",
    "sustain_label": "Borging",
}
PROJECTS_ON_A_PHONE = ("title", "course_words")
SHARED = {"what": "Wat", "name": "Wie", "n": "Projecten", "projects": "Welke", "when": "Wanneer"}
SHARED_ON_A_PHONE = ("name", "n", "projects")
TALLEST = 380
"""Pixels of a table; it scrolls from there on."""


def table(view: GoalTree, screen: Screen) -> None:
    """The numbers of the tree, folded, with the same rows as a file."""
    inside = tables.folded("Als tabel", "doelentabel")
    if inside is None:
        return
    with inside:
        rows = view.table
        tables.excel_button(rows, HEADINGS, "doelenboom", screen)
        shown = ["branch", "projects", "courses"] if screen.look.narrow else list(HEADINGS)
        st.dataframe(
            rows[shown],
            hide_index=True,
            row_height=34,
            placeholder="–",
            column_config={
                **{name: st.column_config.TextColumn(HEADINGS[name]) for name in shown},
                "legal_deadline": st.column_config.DateColumn(
                    HEADINGS["legal_deadline"], format="DD-MM-YYYY"
                ),
                "projects": st.column_config.NumberColumn(HEADINGS["projects"], format="%.0f"),
                "closed": st.column_config.NumberColumn(HEADINGS["closed"], format="%.0f"),
            },
            alt=view.in_words,
        )


def choose(view: GoalTree) -> Branch | None:
    """Let somebody choose a branch; the address holds it, None when there is none."""
    if not view.branches:
        st.markdown("Er is nog geen tak. Begin met een visie, een thema of een doel.")
        return None
    names = {
        each.id: f"{'– ' * each.depth}{each.title}" + (f" ({each.kind_label})" if each.kind else "")
        for each in view.branches
    }
    asked = st.query_params.get(CHOSEN, "")
    now = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 19 else None
    chosen = st.selectbox(
        "Tak",
        list(names),
        index=list(names).index(now) if now in names else 0,
        format_func=lambda each: plain(names.get(each, "")),
        key=f"tak_keuze_{now}",
    )
    if asked and now not in names:
        st.markdown(f"Tak {plain(asked[:40])} is er niet (meer); dit is een andere.")
    elif chosen != now:
        st.query_params[CHOSEN] = str(chosen)
    return view.find(chosen)


def projects(view: GoalTree, branch: Branch, screen: Screen) -> None:
    """The projects of the branch; choosing a row opens the project."""
    st.markdown(plain(described(branch)))
    rows = projects_table(view.of_branch(screen.projects, branch.id))
    if rows.empty:
        return
    shown = list(PROJECTS_ON_A_PHONE) if screen.look.narrow else list(PROJECTS)
    event = st.dataframe(
        rows[shown],
        hide_index=True,
        row_height=34,
        height=min(TALLEST, 38 + 34 * len(rows)),
        placeholder="–",
        key=f"projecten_{branch.id}",
        on_select="rerun",
        selection_mode="single-row",
        column_config={name: st.column_config.TextColumn(PROJECTS[name]) for name in shown},
        alt=f"Projecten onder {branch.title}, met stand, fase, koers en borging.",
    )
    if event.selection.rows:
        chosen = rows.iloc[event.selection.rows[0]]
        st.switch_page(links.screen("project"), query_params={"id": str(chosen["id"])})
    st.markdown(
        f":small[:gray[{count(len(rows), 'project', 'projecten')} · kies een rij om het project "
        "te openen]]"
    )


def sharing(view: GoalTree, branch: Branch, screen: Screen) -> None:
    """What two or more projects of the branch share."""
    own = view.of_branch(screen.projects, branch.id)
    rows = goal_sharing.shared(own, load.needs(), load.functions(), screen.as_of)
    if rows.empty:
        st.markdown("Geen twee lopende of geplande projecten in deze tak delen iets.")
        return
    shown = list(SHARED_ON_A_PHONE) if screen.look.narrow else list(SHARED)
    st.dataframe(
        rows[shown],
        hide_index=True,
        row_height=34,
        height=min(TALLEST, 38 + 34 * len(rows)),
        placeholder="–",
        column_config={
            **{name: st.column_config.TextColumn(SHARED[name]) for name in shown},
            "n": st.column_config.NumberColumn(SHARED["n"], format="%.0f", width=90),
        },
        alt="Personen, eenheden en functies die twee of meer projecten van deze tak delen.",
    )
    where = "zonder doel" if branch.id == LOOSE else "in deze tak"
    st.markdown(
        f":small[:gray[lopende en geplande projecten {where} · een functie telt als projecten haar "
        "in dezelfde week vragen, vanaf de peildatum · volgorde zegt niets]]"
    )
