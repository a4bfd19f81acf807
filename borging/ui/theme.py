"""Light or dark, as the browser of the visitor shows it.

The colours of charts are chosen in Python, so a switch of theme needs a new run. A small component
asks for it from the browser, at the moment of the switch; nothing runs in between.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.components.v2.types import ComponentRenderer

PACKAGE, COMPONENT = "borgingsmonitor", "theme"
NAME = f"{PACKAGE}.{COMPONENT}"
FOLDER = Path(__file__).parent


def shown() -> Literal["light", "dark"]:
    """Return the theme of this visitor; light when the browser did not say."""
    return "dark" if st.context.theme.type == "dark" else "light"


def follow() -> None:
    """Draw the component, which has no size; it asks for a run when the theme changes."""
    _component(get_bidi_component_manager())(
        key="theme", data={"drawn": shown()}, height=1, on_theme_change=_ignore
    )


@lru_cache(maxsize=1)
def _component(manager: BidiComponentManager) -> ComponentRenderer:
    """Register the component once per server, as one from an installed package.

    Streamlit then serves its script as a file of its own; a script given as text would be loaded
    from a blob, which the content security policy forbids.
    """
    manifest = ComponentManifest(PACKAGE, "1", [ComponentConfig(COMPONENT, "component")])
    manager.register_from_manifest(manifest, FOLDER)
    return st.components.v2.component(NAME, js="theme.js", isolate_styles=False)


def _ignore() -> None:
    """Do nothing: the run that follows draws the charts in the new theme."""
