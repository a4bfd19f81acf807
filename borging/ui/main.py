"""The frame round every screen: navigation, example data, who you are."""

import streamlit as st

from borging.settings import ROOT
from borging.ui import frame, links

st.set_page_config(
    page_title="Borgingsmonitor",
    page_icon=str(ROOT / "borging" / "ui" / "static" / "borging.svg"),
    layout="wide",
)


def page(name: str, title: str, *, hidden: bool = False, default: bool = False) -> st.Page:
    """Return one file of pages/ as a screen; see `links.address` for where it is."""
    return st.Page(
        links.screen(name),
        title=title,
        url_path=None if default else links.address(name),
        default=default,
        visibility="hidden" if hidden else "visible",
    )


current = st.navigation(
    {
        "": [page("start", "Start", hidden=True, default=True)],
        "Overzicht": [
            page("portfolio", "Portfolio"),
            page("fasestatus", "Fasestatus"),
            page("restpunten", "Restpunten"),
            page("project", "Project", hidden=True),
        ],
        "Planning": [page("projectenkalender", "Projectenkalender")],
        "Scan": [
            page("borgingsscan", "Borgingsscan"),
            page("mijn_team", "Mijn team"),
            page("vergelijken", "Vergelijken"),
            page("scan_invullen", "Gezamenlijk antwoord", hidden=True),
            page("scanronde", "Rondes", hidden=True),
            page("bespreken", "Bespreken", hidden=True),
        ],
        "Beheer": [page("beheer", "Beheer")],
    },
    position="top",
)
frame.follow_theme()
frame.example_banner()
frame.draw_choices(current.url_path)
current.run()
