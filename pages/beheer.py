"""Hoe krijg ik onze projecten erin, en wie heeft wat gewijzigd?"""

import streamlit as st

from borging.domain.wording import count
from borging.ui import frame
from borging.ui.admin import intake
from borging.ui.admin import parts as admin_parts

# Load
screen = frame.open_screen()

# Compute
size = len(screen.all_projects)

# Draw
screen.heading(
    f"{count(size, 'project staat', 'projecten staan')} in de portfolio"
    if size
    else "Nog geen projecten: lees een lijst in",
    "Hoe krijg ik onze projecten erin, en wie heeft wat gewijzigd?",
    "Uw eigen bestand verandert niet; nog een keer inlezen geeft geen dubbele projecten",
)
st.header("Een lijst inlezen", anchor=False)
intake.intake(screen.actor)
left, right = st.columns(2, gap="large")
with left:
    st.header("Het eigen werkboek", anchor=False)
    admin_parts.workbook()
with right:
    st.header("Voorbeelddata", anchor=False)
    admin_parts.example_data(screen)
st.header("Wie heeft wat gewijzigd?", anchor=False)
admin_parts.history()
