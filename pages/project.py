"""Hoe staat dit project ervoor, en wat is er blijven liggen?"""

import streamlit as st

from borging.services import project, scan_chooser
from borging.ui import frame, links, load, project_parts, start_check
from borging.ui.reuse import reuse
from borging.ui.text import plain

# Load
screen = frame.open_screen()
asked = st.query_params.get("id", "")
chosen = scan_chooser.find(screen.all_projects, asked)

# Compute
view = reuse(
    project.view,
    projects=screen.all_projects,
    project_id=chosen.id if chosen else 0,
    phases=load.phases(screen.as_of),
    results=load.results(),
    items=load.residual_items(),
    scans=load.newest_scans(screen.as_of),
    definition=load.instrument(),
    as_of=screen.as_of,
)

# Draw
if view is None:
    project_parts.unknown(screen, asked)
    st.stop()
screen.heading(plain(view.title), "Hoe staat dit project ervoor?", plain(view.small_print))
frame.key_figures(view.figures)
st.header("Ligt het project op koers?", anchor=False)
project_parts.course(view)
start_check.of_project(chosen.id if chosen else 0, screen)
st.header("Hoe verlopen de fasen?", anchor=False)
project_parts.phases(view, screen)
left, right = st.columns(2, gap="large")
with left:
    st.header("Wat is er blijven liggen?", anchor=False)
    project_parts.items(view, screen)
with right:
    st.header("Wat wordt overgedragen, en aan wie?", anchor=False)
    project_parts.results(view, screen)
st.header("Wie en wat?", anchor=False)
project_parts.facts(view)
with st.container(horizontal=True):
    st.page_link(
        links.screen("borgingsscan"),
        label="Borgingsscan van dit project",
        query_params={"id": asked},
    )
    st.page_link(links.screen("restpunten"), label="Alle restpunten")
