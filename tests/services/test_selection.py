from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from borging.services.selection import Selection, chips, choices, file_words, selected

PROJECTS = pd.DataFrame(
    {
        "unit": ["De Linde", "De Linde › Noord", "De Lindehof", None],
        "theme": ["IT", "IT", "Wet", None],
        "phase_label": ["Overdracht", "Introductie", "Overdracht", "geen fase gepland"],
        "state_label": ["lopend", "lopend", "afgesloten", "idee"],
        "project_lead": ["Anna", "Bram", None, "Anna"],
        "start": pd.to_datetime(["2026-01-01", "2026-06-01", None, None]),
        "end": pd.to_datetime(["2026-05-31", None, "2026-03-31", None]),
    }
)


@pytest.mark.parametrize(
    ("selection", "rows"),
    [
        (Selection(), [0, 1, 2, 3]),
        (Selection(units=("De Linde",)), [0, 1]),
        (Selection(units=("De Linde › Noord",)), [1]),
        (Selection(themes=("IT", "Wet")), [0, 1, 2]),
        (Selection(themes=("IT",), leads=("Bram",)), [1]),
        (Selection(states=("idee",)), [3]),
        (Selection(first=date(2026, 5, 31)), [0, 1]),
        (Selection(first=date(2026, 6, 1)), [1]),
        (Selection(last=date(2026, 5, 31)), [0, 2]),
        (Selection(first=date(2026, 3, 31), last=date(2026, 3, 31)), [0, 2]),
    ],
)
def test_a_selection_keeps_what_it_names(selection: Selection, rows: list[int]) -> None:
    assert selected(PROJECTS, selection).index.tolist() == rows


def test_the_choices_of_filters_are_those_of_the_projects() -> None:
    assert choices(PROJECTS) == {"themes": ["IT", "Wet"], "leads": ["Anna", "Bram"]}


def test_every_chosen_value_gets_its_own_chip() -> None:
    selection = Selection(themes=("IT", "Wet"), first=date(2026, 11, 2))
    assert [chip.words for chip in chips(selection)] == [
        "Thema: IT",
        "Thema: Wet",
        "Vanaf: 02-11-2026",
    ]
    assert file_words(selection) == ["IT", "Wet", "2026-11-02"]
    assert not Selection().active
