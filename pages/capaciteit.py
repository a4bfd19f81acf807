"""Wie hebben we wanneer, ook in het griepseizoen?"""

import streamlit as st

from borging.services.capacity import view as capacity
from borging.services.capacity import words as capacity_words
from borging.services.holidays import school_table
from borging.settings import DATA
from borging.ui import frame, load
from borging.ui.capacity import editor as capacity_editor
from borging.ui.capacity import holidays as holiday_parts
from borging.ui.capacity import parts as capacity_parts
from borging.ui.capacity import winters as capacity_winters
from borging.ui.text import plain

# Load
screen = frame.open_screen()
asked = capacity_parts.asked(screen)

# Compute
view = screen.renew(
    capacity.view,
    functions=load.functions(),
    leave=load.leave(),
    needs=load.needs(),
    projects=screen.all_plans,
    results=load.results(),
    history=load.flu_history(asked.prefer),
    school=school_table(DATA / "reference" / "schoolvakanties.csv"),
    days_off=load.days_off(),
    absence=asked.absence,
    as_of=screen.as_of,
    period=asked.weeks,
)

# Draw
screen.heading(plain(view.title), capacity_words.QUESTION, view.small_print)
if view.empty:
    capacity_parts.nothing_here(view, screen)
else:
    capacity_parts.heatmap(view, screen)
    capacity_parts.one_function(view, screen)
    capacity_parts.overloads(view, screen)
    capacity_winters.sections(view, screen)
st.header("Waar rekenen we mee?", anchor=False)
capacity_editor.notice()
capacity_editor.functions(view, screen)
if not view.functions.empty:
    capacity_editor.needs(view, screen)
    capacity_editor.leave(view, screen)
holiday_parts.draw(screen)
