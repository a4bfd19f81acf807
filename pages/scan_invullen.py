"""Hoe staat het er volgens u voor met de borging van dit project?"""

import streamlit as st

from borging import clock
from borging.domain.terms import ScanKind
from borging.services import scan_chooser
from borging.ui import frame, links, load, scan_form, scan_parts
from borging.ui.text import plain

# Load
screen = frame.open_screen()
definition = load.instrument()
asked = st.query_params.get("id")
project = scan_chooser.find(screen.all_projects, asked)
if project is None:
    scan_parts.choose(screen, asked)
    st.stop()

# Draw
screen.heading(
    "Tien vragen, hooguit tien minuten",
    plain(f"Hoe staat het er volgens u voor met {project.title}?"),
    plain(f"{project.code} · {definition.title} {definition.version}"),
)
st.page_link(
    links.screen("borgingsscan"), label="Naar de uitslag", query_params={"id": str(project.id)}
)
if scan_form.just_saved():
    st.stop()
kind = scan_form.kind_choice()
if kind == ScanKind.JOINT:
    scan_form.joint(project, screen, definition, clock.today())
    st.stop()
scan_id = scan_form.round_choice(project, screen, definition, clock.today())
if scan_id != scan_form.NEW_ROUND:
    scan_form.individual(scan_id, definition, clock.today())
