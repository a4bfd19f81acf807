"""Where the screens are, for links and switches between them."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from pathlib import Path

from borging.settings import ROOT

ADDRESSES = {"mijn_team": "mijn-team", "niet_gevonden": "niet-gevonden"}
"""Screens whose place in the address is not their file name."""
ICON = str(ROOT / "borging" / "ui" / "static" / "borging.svg")


def screen(name: str) -> Path:
    """Return the file of a screen in pages/, as Streamlit wants it for a link or a switch."""
    return ROOT / "pages" / f"{name}.py"


@cache
def addresses() -> frozenset[str]:
    """Return the places in the address at which there is a screen."""
    names = {path.stem for path in (ROOT / "pages").glob("*.py")} - {"start"}
    return frozenset({"", *(address(name) for name in names)})


def nearest(asked: str) -> str | None:
    """Return the screen whose place looks most like what was asked for; None when none does."""
    places = sorted(addresses() - {"", "scan", address("niet_gevonden")})
    found = get_close_matches(asked.strip("/").casefold(), places, n=1)
    names = {place: name for name, place in ADDRESSES.items()}
    return names.get(found[0], found[0]) if found else None


def address(name: str) -> str:
    """Return the place of a screen in the address."""
    return ADDRESSES.get(name, name)
