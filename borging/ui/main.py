"""The frame round every screen: navigation, example data, who you are."""

from typing import Literal

import streamlit as st

from borging.settings import settings
from borging.ui import address, frame, links, load, refused_writes, stale_widgets
from borging.ui.admin import example as example_parts
from borging.ui.scan import answer_frame, load_rounds
from borging.ui.turns import turns

load_rounds.close_overdue()
if settings().mode == "scan":
    answer_frame.run_alone()
    st.stop()


def page(name: str, title: str, *, hidden: bool = False, default: bool = False) -> st.Page:
    """Return one file of pages/ as a screen; see `links.address` for where it is."""
    return st.Page(
        links.screen(name),
        title=title,
        url_path=None if default else links.address(name),
        default=default,
        visibility="hidden" if hidden else "visible",
    )


def navigation(position: Literal["top", "hidden"]) -> st.Page:
    """Offer all screens and return the one that was asked for."""
    return st.navigation(
        {
            "": [
                page("start", "Start", hidden=True, default=True),
                page("niet_gevonden", "Niet gevonden", hidden=True),
            ],
            "Overzicht": [
                page("portfolio", "Portfolio"),
                page("fasestatus", "Fasestatus"),
                page("restpunten", "Restpunten"),
                page("lessen", "Lessen"),
                page("doelenboom", "Doelenboom"),
                page("project", "Project", hidden=True),
            ],
            "Planning": [
                page("projectenkalender", "Projectenkalender"),
                page("capaciteit", "Capaciteit"),
                page("scenarios", "Scenario’s"),
            ],
            "Scan": [
                page("borgingsscan", "Borgingsscan"),
                page("mijn_team", "Mijn team"),
                page("vergelijken", "Vergelijken"),
                page("scan_invullen", "Gezamenlijk antwoord", hidden=True),
                page("scanronde", "Rondes", hidden=True),
                page("bespreken", "Bespreken", hidden=True),
                page("scan", "Antwoord geven", hidden=True),
            ],
            "Beheer": [page("beheer", "Beheer")],
        },
        position=position,
    )


answering = answer_frame.has_link()
current = navigation("hidden" if answering else "top")
if answering != (current.url_path == answer_frame.PATH):
    answering = not answering
    current = navigation("hidden" if answering else "top")
if answering:
    answer_frame.run(current)
    st.stop()
st.set_page_config(page_title="Borgingsmonitor", page_icon=links.ICON, layout="wide")
with turns.turn(), refused_writes.kept(load.engine()), address.Checked(current.url_path):
    example_parts.banner(frame.current_actor())
    frame.draw_choices(current.url_path)
    current.run()
stale_widgets.forget()
