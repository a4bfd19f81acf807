"""The answering page by itself: no navigation, no filters, no banner."""

from __future__ import annotations

import streamlit as st

from borging.ui import links, load, refused_writes

PATH = "scan"
TITLE = "Borgingsscan"
LINKS = ("uitnodiging", "ronde")
"""Names in the address of an invitation and of the link of a team."""


def has_link() -> bool:
    """Whether the address holds a link to answer with, so that most likely this page is asked."""
    return any(name in st.query_params for name in LINKS)


def run(page: st.Page) -> None:
    """Draw the answering page, narrow on a wide window; its title tells nothing of the link."""
    st.set_page_config(page_title=TITLE, page_icon=links.ICON, layout="centered")
    with refused_writes.kept(load.engine()):
        page.run()


def run_alone() -> None:
    """Draw the answering page as the only one there is."""
    screens = [
        st.Page(_no_link, title=TITLE, default=True, visibility="hidden"),
        st.Page(links.screen(PATH), title=TITLE, url_path=PATH, visibility="hidden"),
    ]
    run(st.navigation(screens, position="hidden"))


def _no_link() -> None:
    st.title(TITLE, anchor=False)
    st.markdown("Gebruik de link uit uw uitnodiging.")
