"""The head of the project screen: how it stands, and what is missing or late."""

from __future__ import annotations

import streamlit as st

from borging.domain.signals import Severity, Signal
from borging.domain.terms import PhaseStatus
from borging.domain.wording import count
from borging.services.dossier.project import ProjectView
from borging.ui.frame import Screen
from borging.ui.text import plain, unbroken

COLOURS = {"■": "red", "▲": "orange", "●": "green", "○": "gray"}
SEVERITIES = {Severity.NOW: "red", Severity.SOON: "orange", Severity.OPEN: "gray"}
STEPS = {PhaseStatus.LATE: "red", PhaseStatus.DONE: "green", PhaseStatus.RUNNING: "blue"}
PLACES = {
    "relapsed": "borging",
    "handover_overdue": "overdracht",
    "no_decision_asked": "koers",
    "decision_overdue": "koers",
    "decision_asked": "koers",
    "no_owner": "gegevens",
    "sustained_expired": "borging",
    "notice_date": "exploitatie",
    "phase_late": "fasen",
    "funding_ends_first": "gegevens",
    "no_receiver": "overdracht",
    "costs_in_no_budget": "exploitatie",
    "evaluation_missed": "evaluaties",
    "evaluation_unplanned": "evaluaties",
    "items_without_owner": "restpunten",
    "knowledge_with_one": "draagvlak",
    "answer_contradicted": "overdracht",
    "not_in_plan": "gegevens",
    "course_old": "koers",
    "no_critic": "stakeholders",
}
"""Rule to the anchor of the heading under which what it asks is filled in; a scan has a screen."""
SHOWN = 3
"""Signals that are open; the others fold out."""
STEP_WIDTH, FACT_WIDTH = 150, 170
"""Narrowest column in pixels."""


def course(view: ProjectView) -> None:
    """The koers in word, symbol and colour, with its signed sentence."""
    colour = COLOURS[view.course[0]]
    st.markdown(f"**:{colour}[{view.course}]**  \n{unbroken(plain(view.course_sentence))}")


def signals(view: ProjectView) -> None:
    """What is most missing or late, with what to do about it."""
    if not view.signals:
        st.markdown(
            ":green[✓] Geen enkele regel vraagt nu aandacht."
            if view.known
            else ":gray[○] Nog te weinig vastgelegd om te zeggen wat aandacht vraagt."
        )
    for each in view.signals[:SHOWN]:
        _signal(each)
    if others := view.signals[SHOWN:]:
        words = count(len(others), "ander punt", "andere punten")
        with st.expander(f"Nog {words} daarna", key="meer_signalen"):
            for each in others:
                _signal(each)


def _signal(each: Signal) -> None:
    mark = f":{SEVERITIES[each.severity]}[**{each.severity.symbol} {each.severity.label}**]"
    st.markdown(
        f"{mark} · **{unbroken(plain(each.sentence))}**  \n{plain(each.advice)}"
        + (f" [Ga erheen](#{PLACES[each.rule]})" if each.rule in PLACES else ""),
        help=f"Bron: {each.source}",
    )


def track(view: ProjectView, screen: Screen) -> None:
    """The five phases in a row, each with its status and its dates; on a phone below each other."""
    narrow = screen.look.narrow
    apart = " · " if narrow else "  \n"
    row = st.grid(1 if narrow else 5, min_column_width=STEP_WIDTH, border=not narrow)
    for number, step in enumerate(view.track, start=1):
        words = f":{STEPS.get(step.status, 'gray')}[**{unbroken(step.words)}**]"
        row.markdown(
            f":small[:gray[{number}]] **{step.label}**{apart}{words}  \n"
            f":small[{unbroken(step.dates) or ':gray[geen data]'}]"
        )


def facts(view: ProjectView, screen: Screen) -> None:
    """Who and what, as label and text."""
    if view.summary:
        st.markdown(plain(view.summary))
    grid = st.grid(2 if screen.look.narrow else 5, min_column_width=FACT_WIDTH // 2)
    for label, words in view.facts:
        grid.markdown(f":small[:gray[{label}]]  \n{unbroken(plain(words))}")
