"""Welke projectresultaten beklijven nog niet, en wat moet ik besluiten?"""

from datetime import timedelta

import streamlit as st

from borging.charts import portfolio as drawing
from borging.services.portfolio import view as portfolio
from borging.services.selection import selected
from borging.ui import charts, frame, load
from borging.ui.portfolio import distribution as spread_parts
from borging.ui.portfolio import hard_soft as hard_soft_parts
from borging.ui.portfolio import parts as portfolio_parts
from borging.ui.reuse import renew, reuse

# Load
screen = frame.open_screen()
earlier_day = screen.as_of - timedelta(days=28)

# Compute
view = screen.renew(
    portfolio.view,
    projects=screen.projects,
    earlier=renew(earlier_day, selected, load.projects(earlier_day), screen.selection),
    scans=load.newest_scans(screen.as_of),
    results=load.results(),
    instrument=load.instrument(),
    as_of=screen.as_of,
    earlier_as_of=earlier_day,
    counts=load.hard_counts(),
    standings=load.scan_standings(screen.as_of),
    filtered=screen.selection.active,
)

# Draw
screen.heading(view.title, "Welke projectresultaten beklijven nog niet?", view.small_print)
if view.empty:
    frame.nothing_here(screen)
    st.stop()
frame.key_figures(view.figures)
left, right = st.columns(charts.WIDE_RIGHT, gap="large")
with left:
    st.header("Welke besluiten worden gevraagd?", anchor=False)
    portfolio_parts.decisions(view.decisions)
    st.header("Waar staan de projecten?", anchor=False)
    charts.show(
        reuse(drawing.course_bars, view.phases_by_course, screen.look),
        key="course_bars",
        alt=view.phases_in_words,
        small_print="actieve projecten: gepland, lopend of van onbekende stand",
    )
with right:
    st.header("Houden afspraken en draagvlak gelijke tred?", anchor=False)
    hard_soft_parts.hard_soft(view.hard_soft, screen)
    st.header("Welke stand hebben de projecten?", anchor=False)
    charts.show(
        reuse(drawing.state_bars, view.states, screen.look),
        key="state_bars",
        alt=view.states_in_words,
        small_print="alle projecten in de selectie",
    )
st.header("Welke factoren blijven achter?", anchor=False)
portfolio_parts.heatmap(view, screen)
spread_parts.scan_spread_section(screen)
st.header("Alle projecten", anchor=False)
portfolio_parts.table(view, screen)
