"""Hoe staat dit project ervoor, en wat is er blijven liggen?"""

import streamlit as st

from borging.domain.scan_standing import NEVER_SCANNED
from borging.services.dossier import dossier, project
from borging.services.scan import chooser as scan_chooser
from borging.ui import frame, links, load
from borging.ui.calendar import start_check
from borging.ui.dossier import attachments as attachment_parts
from borging.ui.dossier import handover as handover_parts
from borging.ui.dossier import history as history_parts
from borging.ui.dossier import parts as dossier_parts
from borging.ui.dossier import (
    phase_proposals,
    project_editor,
    project_head,
    project_parts,
    sustain_form,
)
from borging.ui.residuals import editor as residual_editor
from borging.ui.reuse import reuse
from borging.ui.text import plain

# Load
screen = frame.open_screen()
asked = st.query_params.get("id", "")
chosen = scan_chooser.find(screen.all_projects, asked)

# Compute
found = screen.renew(
    dossier.dossier,
    projects=screen.all_projects,
    project_id=chosen.id if chosen else 0,
    parts=load.parts(),
    items=load.dossier_items(chosen.id if chosen else 0),
    results=load.results(),
    phases=load.phases(screen.as_of),
    residual_items=load.residual_items(),
    people=load.people(),
    units=load.units(),
    questions=load.hard_questions(),
    as_of=screen.as_of,
)
if found is None:
    project_parts.unknown(screen, asked)
    st.stop()
view = reuse(
    project.view,
    found,
    load.newest_scans(screen.as_of),
    load.instrument(),
    load.scan_standings(screen.as_of).get(found.project_id, NEVER_SCANNED),
)

# Draw
screen.heading(plain(view.title), "Hoe staat dit project ervoor?", plain(view.small_print))
left, right = st.columns(2, gap="large")
with left:
    st.header("Wat vraagt nu aandacht?", anchor=False)
    project_head.signals(view)
with right:
    st.header("Ligt het project op koers?", anchor="koers")
    project_head.course(view)
    project_editor.course(found, screen)
frame.key_figures(view.figures)
with st.container(horizontal=True):
    st.page_link(
        links.screen("borgingsscan"),
        label="Borgingsscan van dit project",
        query_params={"id": asked},
    )
    st.page_link(links.screen("restpunten"), label="Alle restpunten")
start_check.of_project(found, screen)
st.header("Hoe ver is het?", anchor="fasen")
project_head.track(view, screen)
phase_proposals.of_project(found, screen)
project_editor.phases(view, found, screen)
st.header("Wat is het, en van wie?", anchor="gegevens")
project_head.facts(view, screen)
project_editor.facts(found, screen)
st.header("Wat is er blijven liggen?", anchor="restpunten")
project_parts.items(view, screen)
residual_editor.add(screen, found.project_id)
residual_editor.notice(screen)
st.header("Wat wordt overgedragen, en aan wie?", anchor="overdracht")
handover_parts.handover(found, screen)
st.header("Dossier", anchor=False)
dossier_parts.parts(found, screen)
sustain_form.draw(view, found, screen)
attachment_parts.draw(found, screen)
history_parts.draw(found)
