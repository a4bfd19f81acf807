"""The history of a project on the screen, and the way back."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from borging import clock
from borging.domain.dossier import all_lists
from borging.services.dossier import history
from borging.services.dossier.dossier import Dossier
from borging.ui import grid, load, tables
from borging.ui.text import plain

AT_ONCE = 20
KEY = "geschiedenis"
FORMS = {"project": "project_{}", "course_report": "koers_{}", "sustain_declaration": "borging_{}"}
"""Entity to the key of the form that shows it; what is in a list is named after the list."""


def draw(dossier: Dossier) -> None:
    """Draw the folded part: who changed what, newest first."""
    st.subheader("Geschiedenis", anchor=KEY)
    part = tables.folded("Wie wijzigde wat, en wanneer", KEY)
    if part is None:
        return
    with part:
        grid.refusal(KEY)
        grid.told(KEY)
        shown = st.session_state.get(f"{KEY}_aantal", AT_ONCE)
        entries = load.history(dossier.project_id, shown + 1)
        lines = history.lines(
            entries[:shown], all_lists(dossier.parts), _names(dossier), clock.ZONE
        )
        if not lines:
            st.markdown("Er is hier nog niets gewijzigd.")
        for line in lines:
            _line(line, dossier.project_id)
        if len(entries) > shown:
            st.button("Eerdere wijzigingen", key=f"{KEY}_meer", on_click=_more, args=(shown,))


def _names(dossier: Dossier) -> Mapping[str, Mapping[int, str]]:
    """Return what the history can name, by id."""
    goals, results = load.goals(), dossier.results
    items = {
        key: {row["id"]: str(row[each.name_field.id]) for row in dossier.rows(key)}
        for key, each in all_lists(dossier.parts).items()
    }
    return items | {
        "person": dossier.people,
        "unit": dossier.units,
        "goal": dict(zip(goals["id"], goals["title"], strict=True)),
        "project_result": dict(zip(results["id"], results["title"], strict=True)),
    }


def _line(line: history.Line, project_id: int) -> None:
    form = FORMS.get(line.about, "dossier_{}_" + line.about).format(project_id)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        changes = "".join(f"  \n:small[{plain(each)}]" for each in line.changes)
        st.markdown(
            f":small[:gray[{line.when} · {plain(line.who)}]]  \n{plain(line.what)}{changes}",
            width="stretch",
        )
        if line.undo:
            st.button(
                "Terugdraaien",
                key=f"{KEY}_{line.id}",
                type="tertiary",
                on_click=grid.take_back,
                args=(KEY, [line.id], form),
            )


def _more(shown: int) -> None:
    st.session_state[f"{KEY}_aantal"] = shown + AT_ONCE
