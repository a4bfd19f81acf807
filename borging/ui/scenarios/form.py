"""The small form in which somebody writes down one change."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import streamlit as st

from borging.domain.changes import (
    AddHours,
    Change,
    ChangeError,
    ChangeSeason,
    Pause,
    SeasonChoice,
    Shift,
    ShiftPhase,
    Stretch,
    read_changes,
    write_changes,
)
from borging.domain.terms import Phase
from borging.services.scenarios.view import Basis
from borging.ui.grid import as_number

SHIFT, PHASE, STRETCH, PAUSE, HOURS, SEASON = (
    "Project verschuiven",
    "Fase verschuiven",
    "Project langer of korter laten duren",
    "Project pauzeren",
    "Uren bij een functie",
    "Ander griepseizoen",
)
KINDS = (SHIFT, PHASE, STRETCH, PAUSE, HOURS, SEASON)
WEEKS = {
    SHIFT: "Weken later (met een min: eerder)",
    PHASE: "Weken later (met een min: eerder)",
    STRETCH: "Weken langer (met een min: korter)",
    PAUSE: "Aantal weken",
}


def fields(basis: Basis) -> None:
    """Draw the fields that go with the kind of change."""
    kind = st.selectbox("Soort wijziging", KINDS, key="wijziging_soort")
    if kind in WEEKS:
        _project(basis)
        if kind == PHASE:
            st.selectbox(
                "Fase",
                [phase.value for phase in Phase],
                format_func=lambda each: Phase(each).label,
                key="wijziging_fase",
            )
        if kind == PAUSE:
            _day("Eerste dag van de pauze", "wijziging_pauze")
        low = 1 if kind == PAUSE else -104
        st.number_input(WEEKS[kind], low, 104, 4, step=1, key=f"wijziging_weken_{low}")
    elif kind == HOURS:
        names = _names(basis.plan.functions, "name")
        st.selectbox(
            "Functie", list(names), format_func=lambda each: names[each], key="wijziging_functie"
        )
        st.text_input("Uren per week erbij", key="wijziging_uren", placeholder="8")
        _day("Eerste dag", "wijziging_van")
        _day("Laatste dag", "wijziging_tot")
    else:
        st.selectbox(
            "Griepseizoen",
            list(SeasonChoice),
            index=1,
            format_func=str,
            key="wijziging_seizoen",
            help="Normaal rekent met alle vastgelegde winters; elke andere keuze met één "
            "vastgelegde winter die terugkomt.",
        )


def _project(basis: Basis) -> None:
    projects = basis.plan.projects
    names = _names(projects.assign(label=projects["code"] + " " + projects["title"]), "label")
    st.selectbox(
        "Project",
        list(names),
        index=None,
        format_func=lambda each: names[each],
        placeholder="Kies een project",
        key="wijziging_project",
    )


def _names(table: Any, column: str) -> dict[int, str]:
    return dict(zip(table["id"].tolist(), table[column].tolist(), strict=True))


def _day(label: str, key: str) -> None:
    st.date_input(label, value=None, key=key, format="DD-MM-YYYY")


def made() -> Change | str:
    """Return the change as it was filled in, or a sentence that says what is missing."""
    state = st.session_state
    kind = state["wijziging_soort"]
    if kind in WEEKS and state["wijziging_project"] is None:
        return "Kies het project dat verandert."
    try:
        change = _of(kind)
        return change if isinstance(change, str) else read_changes(write_changes([change]))[0]
    except ChangeError as error:
        return str(error)


def _of(kind: str) -> Change | str:
    state = st.session_state
    if kind == SEASON:
        return ChangeSeason(state["wijziging_seizoen"])
    if kind == HOURS:
        return _hours()
    project = int(state["wijziging_project"])
    if kind == PAUSE:
        first: date | None = state["wijziging_pauze"]
        weeks = int(state["wijziging_weken_1"])
        return Pause(project, first, weeks) if first else "Vul de eerste dag van de pauze in."
    weeks = int(state["wijziging_weken_-104"])
    if kind == PHASE:
        return ShiftPhase(project, state["wijziging_fase"], weeks)
    return Shift(project, weeks) if kind == SHIFT else Stretch(project, weeks)


def _hours() -> Change | str:
    state = st.session_state
    hours = as_number(state["wijziging_uren"])
    if hours is None or math.isnan(hours):
        return "Vul in hoeveel uur per week erbij komt, zoals 8 of 7,5."
    first, last = state["wijziging_van"], state["wijziging_tot"]
    if first is None or last is None:
        return "Vul een eerste en een laatste dag in."
    return AddHours(int(state["wijziging_functie"]), hours, first, last)
