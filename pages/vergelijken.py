"""Waar lijken onze projecten op elkaar, waar niet, en welke factoren gaan samen?"""

import streamlit as st

from borging.services.scan import comparison, factor_links
from borging.ui import frame, load
from borging.ui.reuse import reuse
from borging.ui.scan import comparison as comparison_parts
from borging.ui.text import plain

# Load
screen = frame.open_screen()
instrument = load.instrument()
scans = load.newest_scans(screen.as_of)
asked = comparison_parts.asked(screen)

# Compute
view = reuse(
    comparison.view,
    comparison_parts.sides(asked, screen),
    projects=len(screen.projects),
    measured=screen.renew(comparison.measured, screen.plans, scans, asked),
    instrument=instrument,
    as_of=screen.as_of,
    filtered=screen.selection.active,
)
together = screen.renew(factor_links.view, screen.plans, scans, instrument)

# Draw
screen.heading(
    view.title, "Waar lijken de projecten op elkaar, en waar niet?", plain(view.small_print)
)
if screen.projects.empty and not view.sides:
    frame.nothing_here(screen)
    st.stop()
if view.too_few:
    comparison_parts.too_few(view, asked)
    st.stop()
comparison_parts.choose(asked, screen)
if view.sides:
    comparison_parts.side_by_side(view, screen)
comparison_parts.together(together, screen)
