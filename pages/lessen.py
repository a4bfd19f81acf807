"""Wat leerden andere projecten dat wij nu kunnen gebruiken?"""

import streamlit as st

from borging.services.dossier import lessons
from borging.ui import frame, load
from borging.ui.dossier import lessons as lesson_parts

# Load
screen = frame.open_screen()
items = load.dossier_items_in("evaluation")
words = lesson_parts.asked()

# Compute
view = screen.renew(
    lessons.view,
    items,
    load.lists()["evaluation"],
    screen.plans,
    words,
    screen.as_of,
    filtered=screen.selection.active,
)

# Draw
screen.heading(view.title, "Wat leerden andere projecten?", view.small_print)
if not view.any_project:
    frame.nothing_here(screen)
    st.stop()
if view.total == 0:
    lesson_parts.first_lesson()
    st.stop()
lesson_parts.search(view, screen)
lesson_parts.found(view)
