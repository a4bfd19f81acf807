from __future__ import annotations

import pandas as pd
import pytest

from borging.charts.phase_status import status_bars, stuck_bars
from borging.charts.template import Look
from borging.domain.terms import Phase, PhaseStatus

LOOKS = [Look(dark, narrow) for dark in (False, True) for narrow in (False, True)]


def counts() -> pd.DataFrame:
    table = pd.DataFrame(
        0, index=[phase.label for phase in Phase], columns=[s.value for s in PhaseStatus]
    )
    table["late"] = [1, 0, 2, 0, 0]
    table["done"] = [39, 40, 38, 0, 0]
    table["unknown"] = [0, 0, 0, 40, 0]
    table["unplanned"] = [0, 0, 0, 0, 40]
    return table


def stuck() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "project": ["Digitale verpleegkundige overdracht in de wijk", "Wondzorg"],
            "phase_label": ["Institutionalisering", "Integratie"],
            "days": [1312, 20],
            "status": [PhaseStatus.RUNNING, PhaseStatus.LATE],
            "accountable": ["Anna de Wit", "Bas Visser"],
        }
    )


@pytest.mark.parametrize("look", LOOKS)
def test_the_bars_hold_the_counts_and_leave_out_what_does_not_occur(look: Look) -> None:
    figure = status_bars(counts(), look)
    assert [bar.name for bar in figure.data] == [
        "te laat (3)",
        "afgerond (117)",
        "onbekend (40)",
        "niet gepland (40)",
    ]
    assert list(figure.data[0].x) == [1, 0, 2, 0, 0]
    assert figure.data[2].marker.pattern.shape == "/"
    assert figure.data[3].marker.pattern.shape is None


@pytest.mark.parametrize("look", LOOKS)
def test_what_is_stuck_stands_in_order_with_its_days_and_phase(look: Look) -> None:
    figure = stuck_bars(stuck(), look)
    late, running = figure.data
    assert (list(late.y), list(late.x), list(running.y), list(running.x)) == (
        [1],
        [20],
        [0],
        [1312],
    )
    assert running.text[0].startswith("1.312 d · institu")
    assert ("Anna de Wit" in running.text[0]) is not look.narrow
    assert late.marker.color == look.palette.status[PhaseStatus.LATE].fill
    assert figure.layout.yaxis.ticktext[0].endswith("…")


def test_nothing_stuck_draws_an_empty_chart() -> None:
    figure = stuck_bars(stuck().iloc[:0], Look())
    assert [list(bar.x) for bar in figure.data] == [[], []]
