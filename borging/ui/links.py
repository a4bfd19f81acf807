"""Where the screens are, for links and switches between them."""

from __future__ import annotations

from pathlib import Path

from borging.settings import ROOT

ADDRESSES = {"mijn_team": "mijn-team"}
"""Screens whose place in the address is not their file name."""
ICON = str(ROOT / "borging" / "ui" / "static" / "borging.svg")


def screen(name: str) -> Path:
    """Return the file of a screen in pages/, as Streamlit wants it for a link or a switch."""
    return ROOT / "pages" / f"{name}.py"


def address(name: str) -> str:
    """Return the place of a screen in the address."""
    return ADDRESSES.get(name, name)
