"""Nothing in a figure makes plotly draw it again when Streamlit hands it over a second time."""

from __future__ import annotations

import json

import pytest

from tests.pages.conftest import Visit

SCREENS = (
    "portfolio",
    "projectenkalender",
    "fasestatus",
    "restpunten",
    "doelenboom",
    "borgingsscan",
    "capaciteit",
    "project",
    "scenarios",
)
PARTS = dict.fromkeys(("verankering", "stakeholders", "verspreiding"), "true")
"""Parts of a dossier that are folded open."""


@pytest.mark.parametrize("screen", SCREENS)
def test_a_figure_has_no_template_and_no_typed_numbers(
    visit: Visit, example_url: str, screen: str
) -> None:
    figures = visit(screen, example_url, id="1", **PARTS).get("plotly_chart")
    assert figures
    for figure in figures:
        spec = json.loads(figure.proto.spec)
        assert "template" not in spec["layout"]
        assert spec["layout"]["datarevision"] == 1
        for trace in spec["data"]:
            places = [trace.get(name) for name in ("x", "y", "base", "width", "customdata")]
            assert [each for each in places if isinstance(each, dict)] == []
