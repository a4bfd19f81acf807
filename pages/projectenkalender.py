"""Wat loopt wanneer, en wat wordt in het griepseizoen overgedragen?"""

import streamlit as st

from borging.services.calendar import view as calendar
from borging.services.calendar import words as calendar_words
from borging.services.holidays import school_table
from borging.settings import DATA
from borging.ui import frame, load
from borging.ui.calendar import new_project
from borging.ui.calendar import parts as calendar_parts
from borging.ui.calendar import review as calendar_review

# Load
screen = frame.open_screen()
asked = calendar_parts.asked(screen)

# Compute
view = screen.renew(
    calendar.view,
    projects=screen.plans,
    phases=load.phases(screen.as_of),
    results=load.results(),
    history=load.flu_history(),
    school=school_table(DATA / "reference" / "schoolvakanties.csv"),
    days_off=load.days_off(),
    as_of=screen.as_of,
    asked=asked,
    any_project=not screen.all_projects.empty,
)

# Draw
screen.heading(view.title, calendar_words.QUESTION, view.small_print)
if view.empty:
    frame.nothing_here(screen)
    new_project.section(screen)
    calendar_review.section(screen)
    st.stop()
if screen.look.narrow:
    calendar_parts.coming(view)
calendar_parts.period(view, screen)
calendar_parts.chart(view, screen)
if not screen.look.narrow:
    calendar_parts.coming(view)
calendar_parts.table(view, screen)
new_project.section(screen)
calendar_review.section(screen)
