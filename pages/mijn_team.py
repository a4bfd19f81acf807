"""Hoe staan wij ervoor, en wat is van ons?"""

import streamlit as st

from borging.services.scan import team as team_overview
from borging.ui import frame, load
from borging.ui.scan import load_rounds
from borging.ui.scan import team as team_parts

# Load
screen = frame.open_screen()
choice = team_parts.choose(screen)
if choice.label is None:
    team_parts.no_team(screen, choice)
    st.stop()
projects = team_overview.own_projects(screen.all_projects, choice.label)
ids = [int(each) for each in projects["id"]]

# Compute
view = team_overview.view(
    projects,
    load_rounds.rounds_of(ids, screen.as_of),
    load_rounds.agreed_rounds(ids),
    load.residual_items(),
    load.instrument(),
    choice.label,
    screen.as_of,
)

# Draw
team_parts.heading(view, screen)
team_parts.way_there(view.task)
frame.key_figures(view.figures)
st.header("Hoe staan onze projecten ervoor?", anchor=False)
team_parts.projects(view, screen)
st.header("Wat is van ons blijven liggen?", anchor=False)
team_parts.items(view, screen)
