"""The charts of the spread hold the numbers of their view, in every look."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from borging.charts.spread import progress_lines, risk_matrix, trait_bars
from borging.charts.template import Look
from borging.services.dossier.rollout import progress, risks
from borging.services.dossier.rollout_words import Trait
from tests.dossiers import AS_OF, dossier

LOOKS = [Look(dark, narrow) for dark in (False, True) for narrow in (False, True)]


@pytest.mark.parametrize("look", LOOKS)
def test_lines_end_on_the_day_and_only_the_plan_goes_on(look: Look) -> None:
    later = AS_OF + timedelta(days=60)
    teams = [
        {"name": "A", "planned_on": date(2026, 2, 1), "in_use_on": date(2026, 3, 1)},
        {"name": "B", "planned_on": later},
    ]
    figure = progress_lines(progress(dossier(spread_target=teams)), look)
    ends = {trace.name: (trace.x[-1], trace.y[-1]) for trace in figure.data}
    assert ends == {
        "gepland": (later.isoformat(), 2),
        "voorbereid": (AS_OF.isoformat(), 1),
        "in gebruik": (AS_OF.isoformat(), 1),
    }
    words = [each.text for each in figure.layout.annotations]
    assert ("<b>2</b> gepland" if look.narrow else "<b>2</b> gepland (plan)") in words
    assert "peildatum" in words


@pytest.mark.parametrize("look", LOOKS)
def test_a_trait_without_a_score_has_words_and_no_bar(look: Look) -> None:
    shown = [Trait("Voordeel", 4, "Minder <i>werk</i>"), Trait("Eenvoud", None, "")]
    figure = trait_bars(shown, look)
    assert list(figure.data[1].x) == [4, None]
    words = [each.text for each in figure.layout.annotations]
    assert "nog geen cijfer" in words
    assert ("Minder &lt;i&gt;werk&lt;/i&gt;" in words) == (not look.narrow)


@pytest.mark.parametrize("look", LOOKS)
def test_risks_stand_together_in_their_cell_and_unweighed_ones_in_none(look: Look) -> None:
    rows = [
        {"what": "A", "chance": "3", "impact": "4"},
        {"what": "B", "chance": "3", "impact": "4", "measure": "Iets"},
        {"what": "C", "chance": "5"},
    ]
    (cells,) = risk_matrix(risks(dossier(spread_risk=rows)), look).data
    assert (list(cells.x), list(cells.y), list(cells.text)) == ([4], [3], ["<b>▲ 1</b>, 2"])
