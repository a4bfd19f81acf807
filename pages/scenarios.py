"""Wat als we iets verschuiven?"""

import streamlit as st

from borging.services.scenarios import view as scenarios
from borging.services.scenarios import words as scenario_words
from borging.ui import frame, load
from borging.ui.capacity import parts as capacity_parts
from borging.ui.reuse import reuse
from borging.ui.scenarios import choice as scenario_choice
from borging.ui.scenarios import editor as scenario_editor
from borging.ui.scenarios import outcome as scenario_outcome
from borging.ui.scenarios import proposal_parts
from borging.ui.text import plain

# Load
screen = frame.open_screen()
asked = capacity_parts.asked(screen)
saved = reuse(scenarios.saved, load.saved_scenarios())

# Compute
basis = reuse(
    scenarios.basis,
    functions=load.functions(),
    leave=load.leave(),
    needs=load.needs(),
    projects=screen.all_projects,
    phases=load.phases(screen.as_of),
    results=load.results(),
    history=load.flu_history(asked.prefer),
    days_off=load.days_off(),
    absence=asked.absence,
    as_of=screen.as_of,
    period=asked.weeks,
)
choice = scenario_choice.choose(saved, basis)
beside = [reuse(scenarios.laid, basis, each) for each in choice.beside]
one = beside[0] if choice.live else None

# Draw
screen.heading(
    plain(scenarios.title(basis, saved, choice.scenario, one)),
    scenario_words.QUESTION,
    scenario_words.small_print(screen.as_of, basis.weeks, load.days_off()),
)
if basis.empty:
    scenario_choice.nothing_here(basis, screen)
    st.stop()
scenario_choice.new(screen)
top = scenario_editor.notice()
if choice.scenario is not None:
    scenario_editor.changes(choice.scenario, one, basis, screen)
scenario_outcome.overview(basis, beside, screen)
if one is not None:
    scenario_outcome.charts_of(basis, one, screen)
if choice.scenario is not None:
    scenario_editor.decide(choice.scenario, one, screen)
proposal_parts.proposal(basis, screen)
scenario_editor.unsaid(top)
