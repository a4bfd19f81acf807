"""Welk scherm bedoelde u?"""

import streamlit as st

from borging.ui import frame, links
from borging.ui.text import plain

# Load
screen = frame.open_screen()
asked = st.query_params.get("adres", "")

# Compute
near = links.nearest(asked)

# Draw
question = f"Op het adres ‘{plain(asked[:80])}’ staat geen scherm." if asked else "Kies een scherm."
screen.heading("Deze pagina is er niet", question, "Wat u eerder heeft vastgelegd is bewaard")
if near:
    st.page_link(links.screen(near), label=f"Bedoelde u ‘{links.address(near)}’?")
if near != "portfolio":
    st.page_link(links.screen("portfolio"), label="Naar de portfolio")
