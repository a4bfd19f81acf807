"""What is added to the shell that Streamlit serves, so that a browser need not wait."""

from __future__ import annotations

import re
from pathlib import Path

from borging.settings import ROOT
from borging.web import shell

LETTERS = ROOT / "borging" / "ui" / "static"
PAGE = (shell.FRONTEND / "index.html").read_bytes()
LINK = re.compile(r'<link rel="(\w+)"[^>]*?href="\./([^"]+)"')


def asked(page: bytes) -> list[tuple[str, str]]:
    """Every (how, what) that the links of a page ask for."""
    flat = page.decode().replace("\n", " ").replace('crossorigin href="', 'href="')
    return LINK.findall(re.sub(r"\s+", " ", flat))


def test_the_large_scripts_are_asked_for_at_once() -> None:
    modules = [what for how, what in asked(shell.changed(PAGE)) if how == "modulepreload"]
    for element in shell.ELEMENTS:
        assert [what for what in modules if f"/{element}." in what], element
    assert len(modules) == len(set(modules))


def test_what_is_asked_for_is_there() -> None:
    linked = [what for how, what in asked(shell.changed(PAGE)) if how != "service"]
    assert len(linked) > len(asked(PAGE))
    for what in linked:
        if what.startswith("app/static/"):
            assert (LETTERS / what.removeprefix("app/static/")).is_file(), what
        elif what.startswith("static/"):
            assert (shell.FRONTEND / what).is_file(), what


def test_only_the_letters_that_are_used_are_asked_for() -> None:
    letters = [what for how, what in asked(shell.changed(PAGE)) if how == "preload"]
    assert [what for how, what in asked(PAGE) if how == "preload"] != letters
    assert letters == [f"app/static/{name}" for name in shell.FACES]


def test_the_server_is_looked_for_beside_the_address() -> None:
    page = shell.changed(PAGE)
    assert page.index(b"BACKEND_BASE_URL") < page.index(b'<script type="module"')


def test_a_script_brings_what_it_imports(tmp_path: Path) -> None:
    (tmp_path / "DataFrame.a1.js").write_text('import{t}from"./Grid.b-2.js";import"./gone.js"')
    (tmp_path / "Grid.b-2.js").write_text('import"./DataFrame.a1.js";import{x}from"./deep.js"')
    (tmp_path / "deep.js").write_text("")
    assert shell.scripts(tmp_path) == ["DataFrame.a1.js", "Grid.b-2.js", "deep.js"]


def test_a_page_of_another_kind_is_left_alone() -> None:
    assert shell.changed(b"<p>Not found</p>") == b"<p>Not found</p>"
