"""What the parts of a dossier show above their lists, in the example and when there is nothing."""

from __future__ import annotations

import re

import pytest

from tests.pages.conftest import Visit, words


@pytest.mark.parametrize("smal", ["0", "1"])
def test_the_maps_say_what_they_leave_out(visit: Visit, example_url: str, smal: str) -> None:
    app = visit("project", example_url, id="1", verankering="true", stakeholders="true", smal=smal)
    assert not app.exception
    assert "Nog niet op de kaart:** Mantelzorgers (houding en invloed onbekend)" in words(app)
    assert "onbekend is getekend als gemiddeld" in words(app)
    assert ("7\\. **Servicedesk**" in words(app)) == (smal == "1")


@pytest.mark.parametrize("smal", ["0", "1"])
def test_the_spread_is_told_in_words_beside_its_charts(
    visit: Visit, example_url: str, smal: str
) -> None:
    app = visit("project", example_url, id="1", verspreiding="true", smal=smal)
    assert not app.exception
    assert "1 team staat er niet in: nog geen dag" in words(app)
    assert "**▲ 2\\. De nachtdienst heeft niemand om mee te kijken · 4 × 3 = 12" in words(app)
    assert "▲ Regel voor de zondag afspreken (nog niemand, te laat" in words(app)


def test_the_running_costs_are_summed_per_year(visit: Visit, example_url: str) -> None:
    app = visit("project", example_url, id="1", exploitatie="true", draagvlak="true")
    assert not app.exception
    sums = next(each.value for each in app.dataframe if "In geen begroting" in each.value.columns)
    assert sums["In een begroting"].tolist() == ["€ 14.400", "€ 15.100", "–"]
    assert sums["In geen begroting"].tolist() == ["–", "€ 16.000", "–"]
    assert sums["Niet gezegd"].tolist() == ["–", "€ 2.600", "€ 15.800 + 1 bedrag onbekend"]


def test_a_phone_tells_items_apart_by_all_that_they_must_have(
    visit: Visit, example_url: str
) -> None:
    app = visit("project", example_url, id="1", exploitatie="true", verspreiding="true", smal="1")
    costs = app.selectbox(key="dossier_1_running_cost_keuze_dossier_1_running_cost_0").options
    assert len(set(costs)) == len(costs) == 8
    assert costs[0].startswith("Licentie beeldverbinding · 20")
    traits = app.selectbox(key="dossier_1_change_trait_keuze_dossier_1_change_trait_0").options
    assert traits[0] == "Is de nieuwe werkwijze beter dan wat er al was?"
    lines = " ".join(each.value for each in app.markdown)
    assert "- **Licentie beeldverbinding** · 2026 · 14400 euro · " in lines
    assert re.search(r" · \d\d\u2011\d\d\u2011\d{4} · ", lines), "days are not broken up"
    assert re.search(r" · \d\d-\d\d-\d{4} · ", lines) is None, "days are not broken up"
