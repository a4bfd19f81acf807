"""Welke fasen lopen achter, en wie is aan zet?"""

import streamlit as st

from borging.charts import phase_status as drawing
from borging.services.portfolio import phase_status
from borging.ui import charts, frame, load
from borging.ui.dossier import phase_proposals
from borging.ui.portfolio import phase_status as phase_status_parts
from borging.ui.reuse import reuse
from borging.ui.text import plain

# Load
screen = frame.open_screen()
judged = load.phases(screen.as_of)

# Compute
view = screen.renew(
    phase_status.view, screen.plans, judged, screen.as_of, filtered=screen.selection.active
)

# Draw
screen.heading(plain(view.title), "Welke fasen lopen achter, en wie is aan zet?", view.small_print)
if not view.any_project:
    frame.nothing_here(screen)
    st.stop()
if not view.any_phase:
    phase_status_parts.no_phases()
    st.stop()
frame.key_figures(view.figures)
left, right = st.columns(2, gap="large")
with left:
    st.header("Wat is te laat, en wie is aan zet?", anchor=False)
    phase_status_parts.late(view, screen)
with right:
    st.header("Hoe staan de fasen ervoor?", anchor=False)
    charts.show(
        reuse(drawing.status_bars, view.counts, screen.look),
        key="status_bars",
        alt=view.counts_in_words,
        small_print=f"projecten per fase en status · n = {view.counted} projecten met fasen",
    )
left, right = st.columns(2, gap="large")
with left:
    st.header("Wat zit het langst in één fase?", anchor=False)
    charts.show(
        reuse(drawing.stuck_bars, view.stuck, screen.look),
        key="stuck_bars",
        alt=view.stuck_in_words,
        small_print="dagen sinds het werkelijke begin, nog geen einde · wat geborgd is telt niet",
    )
with right:
    st.header("Wat moet opnieuw worden bevestigd?", anchor=False)
    phase_status_parts.sustain(view, screen)
phase_proposals.of_many(view.proposals, screen)
st.header("Hoe staat elk project ervoor?", anchor=False)
phase_status_parts.matrix(view, screen)
phase_status_parts.meanings()
