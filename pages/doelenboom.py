"""Welk project dient welk doel, en wat hangt nergens onder?"""

import streamlit as st

from borging.charts import goal_tree as drawing
from borging.services.goals import tree as goal_tree
from borging.ui import charts, frame, load
from borging.ui.goals import editor as goal_editor
from borging.ui.goals import parts as goal_parts
from borging.ui.reuse import reuse
from borging.ui.text import plain

# Load
screen = frame.open_screen()

# Compute
view = screen.renew(
    goal_tree.view,
    load.goals(),
    screen.projects,
    screen.all_projects,
    screen.as_of,
    filtered=screen.selection.active,
)

# Draw
screen.heading(plain(view.title), "Welk project dient welk doel?", view.small_print)
goal_editor.notice()
if not view.any_project or (screen.projects.empty and screen.selection.active):
    frame.nothing_here(screen)
if view.branches:
    charts.show(
        reuse(drawing.goal_tree, view.branches, screen.look),
        key="goal_tree",
        alt=view.in_words,
        small_print=goal_parts.LEGEND,
    )
    goal_parts.table(view, screen)
st.header("Wat hangt er onder een tak?", anchor=False)
branch = goal_parts.choose(view)
goal_editor.draw(view, branch, screen)
if branch is not None:
    goal_parts.projects(view, branch, screen)
    st.header("Wat delen deze projecten?", anchor=False)
    goal_parts.sharing(view, branch, screen)
