"""The page that Streamlit serves before any screen is drawn, and what is changed in it.

Streamlit sends one shell for every address; the screen follows over a websocket. What is added
here spares waiting: without it a browser hears late which scripts and letters it will need, and
on an address such as /portfolio first looks for the server below /portfolio/.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import streamlit

FRONTEND = Path(streamlit.__file__).parent / "static"
SCRIPTS = FRONTEND / "static" / "js"
ELEMENTS = ("PlotlyChart", "DataFrame")
"""Elements whose script is large, and that nearly every screen shows."""
FACES = ("ibm-plex-sans-latin-400-normal.woff2", "ibm-plex-sans-latin-600-normal.woff2")
"""The letters of running text and of headings."""

OWN_LETTERS = re.compile(rb'<link\s+rel="preload"[^>]*as="font"[^>]*>')
IMPORT = re.compile(r"""(?:from|import)["'`]\./([\w.-]+\.js)["'`]""")
BASE = b'<script>window.__streamlit = {BACKEND_BASE_URL: new URL(".", location.href).href}</script>'
"""Where the server is: beside the address, as the relative `./static` of the shell says too."""


def changed(page: bytes) -> bytes:
    """Return the shell in Dutch, with what the screens need asked for at once."""
    page = page.replace(b'<html lang="en"', b'<html lang="nl"', 1)
    page = page.replace(b"<head>", b"<head>" + BASE, 1)
    page = OWN_LETTERS.sub(b"", page)
    known = set(re.findall(r"static/js/([\w.-]+\.js)", page.decode()))
    return page.replace(b"</head>", links(frozenset(known)) + b"</head>", 1)


@lru_cache(maxsize=4)
def links(known: frozenset[str]) -> bytes:
    """Return the links to the letters, and to the scripts the shell does not name itself.

    known: names of the scripts it does name.
    """
    fonts = (
        f'<link rel="preload" href="./app/static/{name}" as="font" type="font/woff2" crossorigin>'
        for name in FACES
    )
    modules = (
        f'<link rel="modulepreload" crossorigin href="./static/js/{name}">'
        for name in scripts(SCRIPTS)
        if name not in known
    )
    return "".join([*fonts, *modules]).encode()


def scripts(folder: Path) -> list[str]:
    """Return the files of the large elements in a folder, and of everything these import."""
    waiting = [path.name for element in ELEMENTS for path in folder.glob(f"{element}.*.js")]
    found: list[str] = []
    while waiting:
        name = waiting.pop(0)
        if name not in found and (folder / name).is_file():
            found.append(name)
            waiting += IMPORT.findall((folder / name).read_text(encoding="utf-8"))
    return found
