"""Wat is blijven liggen, en van wie is het?"""

import streamlit as st

from borging.charts import residuals as drawing
from borging.services.residuals import view as residuals
from borging.ui import charts, frame, load
from borging.ui.residuals import parts as residual_parts
from borging.ui.reuse import reuse

# Load
screen = frame.open_screen()
items = load.residual_items()

# Compute
view = screen.renew(
    residuals.view,
    items,
    screen.plans,
    load.instrument(),
    screen.as_of,
    filtered=screen.selection.active,
)

# Draw
screen.heading(view.title, "Wat is blijven liggen, en van wie is het?", view.small_print)
if not view.any_project:
    frame.nothing_here(screen)
    st.stop()
if view.empty:
    residual_parts.first_item(screen)
    st.stop()
frame.key_figures(view.figures)
left, right = st.columns(2, gap="large")
with left:
    st.header("Hoe lang liggen ze er al?", anchor=False)
    charts.show(
        reuse(drawing.age_bars, view.ages, screen.look),
        key="age_bars",
        alt=view.ages_in_words,
        small_print=view.ages_note,
    )
with right:
    st.header("Lopen we in of loopt het op?", anchor=False)
    charts.show(
        reuse(drawing.burn_up, view.burn_up, screen.look),
        key="burn_up",
        alt=view.burn_up.in_words,
        small_print=view.burn_up.small_print,
    )
owner, project = residual_parts.overviews(view, screen)
residual_parts.items(view, screen, owner, project)
