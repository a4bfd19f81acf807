"""Where the screens are, for links and switches between them."""

from __future__ import annotations

from pathlib import Path

from borging.settings import ROOT

ICON = str(ROOT / "borging" / "ui" / "static" / "borging.svg")


def screen(name: str) -> Path:
    """Return the file of a screen in pages/, as Streamlit wants it for a link or a switch."""
    return ROOT / "pages" / f"{name}.py"
