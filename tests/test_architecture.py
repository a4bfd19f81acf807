"""The rules of the house that a reader relies on: who may import whom, and how large a part is."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from borging.settings import ROOT

PAGE_LINES = 120
MODULE_LINES = 300
"""Lines with something on them; a migration is a record of what was, and may be longer."""

INSIDE = {
    "domain": {"domain"},
    "access": {"access", "domain"},
    "example": {"example", "domain"},
    "store": {"store", "access", "domain", "example", "settings"},
    "planning": {"planning", "domain"},
    "services": {"services", "planning", "domain"},
    "exchange": {"exchange", "store", "services", "charts", "access", "domain", "settings"},
    "charts": {"charts", "services", "domain"},
}
"""Room of borging/ to the rooms it may use; what is not named here may use every room."""

FILES = {"python_calamine", "xlsxwriter", "docx", "pandas", "numpy"}
OUTSIDE = {
    "domain": set[str](),
    "access": set[str](),
    "example": set[str](),
    "store": {"sqlmodel", "sqlalchemy", "alembic", "pandas", "numpy", "pydantic", "psycopg"},
    "planning": {"pandas", "numpy", "ortools"},
    "services": {"pandas", "numpy", "holidays"},
    "exchange": {*FILES, "sqlalchemy"},
    "charts": {"plotly", "pandas", "numpy"},
    "ui": {"streamlit", "pandas", "plotly", "segno", "sqlalchemy"},
}
"""Room to the libraries it may use besides Python's own."""

CROSSINGS = {
    "services": {
        ("capacity", "calendar"),
        ("dossier", "portfolio"),
        ("dossier", "residuals"),
        ("portfolio", "dossier"),
        ("portfolio", "scan"),
        ("scan", "residuals"),
        ("scenarios", "capacity"),
    },
    "ui": {("dossier", "calendar")},
    "exchange": {("lists", "workbook")},
    "planning": set[tuple[str, str]](),
}
"""Layer with a room per feature to the pairs of rooms of which the first may use the second."""
SHELL = "borging/ui/main.py"
"""The one module beside the rooms that puts them together."""

NAMES_OF_SQLALCHEMY = {"Engine"}
"""Outside the store a database is only passed on."""
JUDGING = ("domain", "planning", "services", "charts", "example")
ASKING_THE_TIME = {"today", "now", "utcnow"}


def files(*folders: str) -> list[Path]:
    """The Python files below some folders, as paths from the root."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(path.relative_to(ROOT) for path in found)


def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """Every (module, name) that a file imports, also inside its functions."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)


def rooms(path: Path) -> set[str]:
    """The rooms of borging/ that a file uses: `from borging import clock` is room `clock`."""
    dotted = [f"{module}.{name}" for module, name in imports(path)]
    return {each.split(".")[1] for each in dotted if each.startswith("borging.")}


def libraries(path: Path) -> set[str]:
    """The libraries that a file uses besides Python's own and the house itself."""
    used = {module.split(".")[0] for module, _name in imports(path)}
    return used - set(sys.stdlib_module_names) - {"borging", "__future__"}


@pytest.mark.parametrize("room", INSIDE)
def test_a_room_uses_only_the_rooms_below_it(room: str) -> None:
    found = {str(path): rooms(path) - INSIDE[room] for path in files(f"borging/{room}")}
    assert found
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def feature(path: Path) -> str:
    """The room of a feature in which a module lies; '' for a module beside the rooms."""
    return path.parts[2] if len(path.parts) > 3 else ""


def features_used(path: Path, layer: str) -> set[str]:
    """The rooms of features of a layer from which a module imports, besides its own."""
    names = {feature(each) for each in files(f"borging/{layer}")} - {""}
    dotted = [f"{module}.{name}".split(".") for module, name in imports(path)]
    found = {parts[2] for parts in dotted if parts[:2] == ["borging", layer] and len(parts) > 2}
    return (found & names) - {feature(path)}


@pytest.mark.parametrize("layer", CROSSINGS)
def test_a_feature_uses_another_one_only_where_that_was_decided(layer: str) -> None:
    crossed = {
        (feature(path), other)
        for path in files(f"borging/{layer}")
        if feature(path)
        for other in features_used(path, layer)
    }
    assert crossed == CROSSINGS[layer]


@pytest.mark.parametrize("layer", CROSSINGS)
def test_what_features_share_uses_none_of_them(layer: str) -> None:
    shared = [path for path in files(f"borging/{layer}") if not feature(path)]
    wrong = {str(path): features_used(path, layer) for path in shared if str(path) != SHELL}
    assert {path: used for path, used in wrong.items() if used} == {}


@pytest.mark.parametrize("room", OUTSIDE)
def test_a_room_uses_only_its_own_libraries(room: str) -> None:
    found = {str(path): libraries(path) - OUTSIDE[room] for path in files(f"borging/{room}")}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_the_store_is_the_only_room_with_sql() -> None:
    outside = [path for path in files("borging", "pages") if path.parts[1] != "store"]
    wrong = {
        (str(path), module, name)
        for path in outside
        for module, name in imports(path)
        if module.split(".")[0] in {"sqlmodel", "alembic", "psycopg", "sqlite3"}
        or (module == "sqlalchemy" and name not in {*NAMES_OF_SQLALCHEMY, "make_url"})
        or (module.startswith("sqlalchemy.") and module != "sqlalchemy.exc")
    }
    assert wrong == set()


def test_screens_draw_with_charts_and_write_with_commands() -> None:
    allowed = {"streamlit", "pandas"}
    assert {str(p): libraries(p) - allowed for p in files("pages") if libraries(p) - allowed} == {}
    assert [str(p) for p in files("pages") if rooms(p) & {"store", "exchange", "example"}] == []


@pytest.mark.parametrize("path", files("pages"), ids=str)
def test_a_screen_is_short_and_opens_with_the_question_of_its_user(path: Path) -> None:
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) < PAGE_LINES
    said = ast.get_docstring(tree(path))
    assert said
    assert said.endswith("?") or path.stem == "start"
    assert not any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in tree(path).body)


def test_no_module_grows_out_of_hand() -> None:
    sizes = {
        str(path): sum(bool(line.strip()) for line in (ROOT / path).read_text("utf-8").splitlines())
        for path in files("borging", "tools")
        if "versions" not in path.parts
    }
    assert {path: size for path, size in sizes.items() if size > MODULE_LINES} == {}


def test_every_module_has_the_form_of_the_formatter() -> None:
    """No line is kept as it was typed, so that a module looks shorter than it is."""
    kept = re.compile(r"#\s*fmt:\s*(skip|off)")
    read = files("borging", "pages", "tests", "tools")
    found = [str(path) for path in read if kept.search((ROOT / path).read_text(encoding="utf-8"))]
    assert found == []


def test_only_the_edges_know_what_day_it_is() -> None:
    """`as_of` is told to whatever judges; a moment may be noted where something is written."""
    wrong = [
        (str(path), node.lineno)
        for path in files(*(f"borging/{room}" for room in JUDGING))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ASKING_THE_TIME
    ]
    assert wrong == []
    judges = [path for path in files("borging") if path.parts[1] not in ("ui", "cli")]
    assert [
        str(path)
        for path in judges
        if re.search(r"\bdate\.today\(", (ROOT / path).read_text(encoding="utf-8"))
    ] == []


def test_every_error_is_caught_by_name() -> None:
    wrong = [
        (str(path), node.lineno)
        for path in files("borging", "pages", "tools")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
    ]
    assert wrong == []


def test_a_screen_never_writes_its_own_html() -> None:
    forbidden = re.compile(r"unsafe_allow_html|st\.html\(|components\.v1|<style")
    assert [
        str(path)
        for path in files("pages", "borging/ui")
        if forbidden.search((ROOT / path).read_text(encoding="utf-8"))
    ] == []


def test_no_screen_asks_the_server_for_news_on_a_clock() -> None:
    """A timer per visitor costs a run per visitor; only a search that runs shows its progress."""
    timed = {
        str(path)
        for path in files("borging", "pages")
        if "run_every" in (ROOT / path).read_text(encoding="utf-8")
    }
    assert timed == {"borging/ui/scenarios/proposal_parts.py"}


def test_no_file_knows_the_machine_it_was_made_on() -> None:
    """Absolute paths of one machine do not belong in what others run."""
    machine = re.compile(r"""(?<![\w.)~])/(?:work|tmp|root|home)/\w""")
    read = [ROOT / path for path in files("borging", "pages", "tests", "tools")]
    read += [ROOT / "app.py", ROOT / "README.md", ROOT / ".ci" / "run", *ROOT.glob("docs/**/*.md")]
    wrong = {str(path) for path in read if machine.search(path.read_text(encoding="utf-8"))}
    assert wrong == set()
