"""The frame round every screen: navigation, example data, who you are."""

import streamlit as st

from borging.settings import ROOT
from borging.ui import frame

st.set_page_config(
    page_title="Borgingsmonitor",
    page_icon=str(ROOT / "borging" / "ui" / "static" / "borging.svg"),
    layout="wide",
)


def screen(name: str, title: str, *, hidden: bool = False, default: bool = False) -> st.Page:
    """Return one file of pages/ as a screen; its file name is its address."""
    return st.Page(
        ROOT / "pages" / f"{name}.py",
        title=title,
        url_path=None if default else name,
        default=default,
        visibility="hidden" if hidden else "visible",
    )


current = st.navigation(
    {
        "": [screen("start", "Start", hidden=True, default=True)],
        "Overzicht": [
            screen("portfolio", "Portfolio"),
            screen("fasestatus", "Fasestatus"),
            screen("restpunten", "Restpunten"),
            screen("project", "Project", hidden=True),
        ],
        "Planning": [screen("projectenkalender", "Projectenkalender")],
        "Scan": [screen("borgingsscan", "Borgingsscan")],
        "Beheer": [screen("beheer", "Beheer")],
    },
    position="top",
)
frame.follow_theme()
frame.example_banner()
current.run()
