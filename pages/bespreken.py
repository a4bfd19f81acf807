"""Waarover praten wij eerst, wat spreken wij af en wat gaan wij doen?"""

import streamlit as st

from borging import clock
from borging.services.scan import chooser as scan_chooser
from borging.services.scan import discussion
from borging.ui import frame, load
from borging.ui.scan import discussion as parts
from borging.ui.scan import load_rounds
from borging.ui.text import plain

# Load
screen = frame.open_screen()
instrument = load.instrument()
asked = st.query_params.get("scan")
project = scan_chooser.find(screen.all_projects, load_rounds.project_of_round(asked))
rounds = load_rounds.rounds(project.id, screen.as_of) if project else []
scan = next((each for each in rounds if str(each.id) == asked), None)
groups = load_rounds.groups(scan.id, screen.as_of) if scan else {}

# Compute
code, title = (project.code, project.title) if project else ("", "dit project")
talk = discussion.view(code, title, scan, groups, instrument, screen.as_of)

# Draw
screen.heading(talk.title, plain(talk.question), plain(talk.small_print))
if talk.scan is None or talk.why_not:
    parts.nothing_to_discuss(talk, project.id if project else None)
    st.stop()
parts.controls(talk, talk.scan.project_id)
parts.notice()
agreed = load_rounds.consensus(talk.scan.id)
said = load_rounds.remarks(talk.scan.id, screen.as_of)
today = clock.today()
left, middle, right = st.columns([3, 5, 4], gap="large")
with left:
    scored = parts.choose(talk, agreed, screen)
with middle:
    st.header(scored.factor.name, anchor=False)
    parts.answers(talk, talk.scan, scored, screen)
    if not talk.scan.joint:
        parts.remarks(said.get(scored.factor.id, ()))
    parts.step(talk, scored)
with right:
    if not talk.scan.joint:
        known = agreed.get(scored.factor.id)
        parts.agreement(talk.scan, scored.factor, known, instrument, screen, today)
    parts.actions(talk.scan, scored.factor, instrument, screen, today)
