from __future__ import annotations

import pytest

from borging.services.figures import PHONE, KeyFigure


@pytest.mark.parametrize("value", ["3 van 40", "43 van 2.568", "70,3 punten", "x" * (PHONE + 1)])
def test_a_value_that_fits_or_cannot_be_split_stays(value: str) -> None:
    figure = KeyFigure("Aandacht", value, "projecten")
    assert figure.on_a_phone() == figure


def test_a_value_that_would_be_cut_off_moves_its_whole_to_the_note() -> None:
    figure = KeyFigure("Scan niet gemeten", "2.568 van 2.568", "projecten")
    moved = figure.on_a_phone()
    assert (moved.value, moved.note) == ("2.568", "van 2.568 · projecten")
    assert KeyFigure("Aandacht", "527 van 2.568").on_a_phone().note == "van 2.568"
