"""Welk antwoord geven wij samen op de vragen over de borging van dit project?"""

import streamlit as st

from borging import clock
from borging.services.scan import chooser as scan_chooser
from borging.ui import frame, links, load
from borging.ui.scan import joint_answer as scan_form
from borging.ui.scan import parts as scan_parts
from borging.ui.text import plain

# Load
screen = frame.open_screen()
instrument = load.instrument()
asked = st.query_params.get("id")
project = scan_chooser.find(screen.all_projects, asked)
if project is None:
    scan_parts.choose(screen, asked)
    st.stop()

# Draw
screen.heading(
    "Eén antwoord dat u samen afspreekt",
    plain(f"Hoe staat het volgens u samen met de borging van {project.title}?"),
    plain(
        f"{project.code} · {instrument.title} {instrument.version} · niet anoniem: het antwoord "
        "wordt bewaard en getoond met wie het afspraken"
    ),
)
at = {"id": str(project.id)}
with st.container(horizontal=True):
    st.page_link(links.screen("borgingsscan"), label="Naar de uitslag", query_params=at)
if not scan_form.just_saved():
    scan_form.joint(project, screen, instrument, clock.today())
