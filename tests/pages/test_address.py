"""A value in an address that a screen cannot use is told, and nothing else is lost."""

from __future__ import annotations

import ast

import pytest
from streamlit.testing.v1 import AppTest

from borging.settings import ROOT
from borging.ui import address
from tests.pages.conftest import Visit, press


def notes(app: AppTest) -> str:
    assert not app.exception
    return " ".join(each.value.replace("\\", "") for each in app.warning)


@pytest.mark.parametrize(
    ("screen", "asked", "instead"),
    [
        ("portfolio", {"peildatum": "2026-02-31"}, "nu geldt ‘01-12-2026’"),
        ("portfolio", {"peildatum": "31-02-2026"}, "nu geldt ‘01-12-2026’"),
        ("portfolio", {"van": "morgen"}, "is overgeslagen"),
        ("portfolio", {"stand": "nergens"}, "is overgeslagen"),
        ("restpunten", {"leider": "Niemand"}, "is overgeslagen"),
        ("portfolio", {"thma": "Zorg"}, "is overgeslagen"),
        ("portfolio", {"smal": "ja"}, "is overgeslagen"),
        ("projectenkalender", {"zoom": "eeuw"}, "nu geldt ‘jaar’"),
        ("projectenkalender", {"rond": "2026-13-01"}, "is overgeslagen"),
        ("projectenkalender", {"rond": "9999-01-01"}, "is overgeslagen"),
        ("projectenkalender", {"groep": "Maan"}, "nu geldt ‘alle groepen’"),
        ("capaciteit", {"periode": "eeuw"}, "nu geldt"),
        ("capaciteit", {"seizoenen": "mijn"}, "nu geldt"),
        ("capaciteit", {"functie": "999"}, "nu geldt"),
        ("capaciteit", {"functie": "²"}, "nu geldt"),
        ("restpunten", {"restpunt_pagina": "99"}, "nu geldt ‘1’"),
        ("borgingsscan", {"id": "1", "eerdere_ronde": "77"}, ""),
        ("scenarios", {"ernaast": "Nergens"}, "is overgeslagen"),
    ],
)
def test_a_value_that_cannot_be_used_is_told(
    visit: Visit, example_url: str, screen: str, asked: dict[str, str], instead: str
) -> None:
    app = visit(screen, example_url, **asked)
    name, value = list(asked.items())[-1]
    assert f"In het adres staat ‘{name}={value}’. Dat kan dit scherm niet gebruiken" in notes(app)
    assert instead in notes(app)
    assert len(app.title) == 1


def test_a_page_that_is_not_there_is_told(visit: Visit, large_url: str) -> None:
    assert "nu geldt ‘" in notes(visit("fasestatus", large_url, fasestatus_pagina="999"))
    assert notes(visit("fasestatus", large_url, fasestatus_pagina="2")) == ""


def test_what_can_be_used_is_not_lost_and_only_the_rest_is_told(
    visit: Visit, example_url: str
) -> None:
    app = visit("portfolio", example_url, stand=["lopend", "nergens"], peildatum="2027-01-04")
    assert "stand=nergens" in notes(app)
    assert "stand=lopend" not in notes(app)
    assert app.session_state["stand"] == ["lopend"]
    assert "Peildatum: 04-01-2027 ✕" in [each.label for each in app.button]


@pytest.mark.parametrize(
    ("screen", "asked"),
    [
        ("portfolio", {"stand": "lopend", "peildatum": "2026-12-01", "van": "2026-01-01"}),
        ("portfolio", {"stand": "", "zoek": "a", "smal": "1"}),
        ("projectenkalender", {"zoom": "jaar", "rond": "2027-03-01"}),
        ("project", {"id": "1", "verankering": "true"}),
        ("project", {"id": "999999"}),
        ("capaciteit", {"functie": "1"}),
    ],
)
def test_an_address_that_can_be_used_brings_no_sentence(
    visit: Visit, example_url: str, screen: str, asked: dict[str, str]
) -> None:
    assert "In het adres" not in notes(visit(screen, example_url, **asked))


def test_the_sentence_stays_until_it_was_read_or_no_longer_holds(
    visit: Visit, example_url: str
) -> None:
    app = visit("portfolio", example_url, peildatum="31-02-2026", thma="Zorg")
    assert "peildatum" in notes(app.run())
    app.session_state["peildatum"] = app.session_state["peildatum"].replace(year=2025)
    assert "peildatum" not in notes(app.run())
    assert "thma" in notes(app)
    assert "In het adres" not in notes(press(app, "Begrepen"))
    assert "In het adres" not in notes(app.run())


def test_every_name_that_a_screen_reads_itself_is_known() -> None:
    """Other names belong to a widget: without this list they would be told as unknown."""
    found = set()
    for path in [*(ROOT / "borging" / "ui").rglob("*.py"), *(ROOT / "pages").glob("*.py")]:
        source = path.read_text(encoding="utf-8")
        module = ast.parse(source)
        names = {
            target.id: node.value.value
            for node in module.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "st.query_params.get":
                name = (
                    ast.literal_eval(node.args[0])
                    if isinstance(node.args[0], ast.Constant)
                    else names.get(ast.unparse(node.args[0]))
                )
                found.add(name)
    found -= {None, "les_zoek"}
    assert found <= address.READ
    assert {"id", "functie", "rond"} <= found
