from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from borging.charts import heatmap, portfolio
from borging.charts.scale import colour_at
from borging.charts.template import DARK, LIGHT, Look, Palette, text_on
from borging.domain.instruments import load_instrument
from borging.settings import DATA

NHS = load_instrument(DATA / "instruments" / "nhs-borgingsscan.toml")
LOOKS = [Look(dark, narrow) for dark in (False, True) for narrow in (False, True)]


def test_numbers_that_do_not_fit_a_bar_stand_beside_it() -> None:
    table = pd.DataFrame(
        {"red": [4, 17], "amber": [2, 18], "green": [90, 22], "none": [120, 0]},
        index=["Voorbereiding", "Overdracht"],
    )
    figure = portfolio.course_bars(table, Look())
    assert [note.text for note in figure.layout.annotations] == [
        "■ 4  ▲ 2  ● 90  ○ 120",
        "■ 17  ▲ 18  ● 22",
    ]
    assert all(set(bar.text) == {""} for bar in figure.data)
    phone = portfolio.course_bars(table, Look(narrow=True))
    plot, sign, longest = 228, 5.9, 216
    """Pixels of the plot on a phone of 390 pixels, and of a sign."""
    beside = plot * (1 - longest / phone.layout.xaxis.range[1])
    assert beside > 6 + sign * len(phone.layout.annotations[0].text)


@pytest.mark.parametrize("look", LOOKS)
def test_course_bars_hold_every_count(look: Look) -> None:
    table = pd.DataFrame(
        {"red": [1, 0], "amber": [2, 0], "green": [3, 0], "none": [4, 0]},
        index=["Voorbereiding", "Overdracht"],
    )
    figure = portfolio.course_bars(table, look)
    assert [list(bar.x) for bar in figure.data] == [[1, 0], [2, 0], [3, 0], [4, 0]]
    assert figure.data[0].name == "■ besluit nodig"
    assert [note.text for note in figure.layout.annotations] == ["0"]


def test_the_heatmap_prints_each_number_and_never_a_zero_for_unknown() -> None:
    percents = pd.DataFrame(
        [[12.4, np.nan]] * 10, index=[f.id for f in NHS.factors], columns=[5, 9]
    )
    figure = heatmap.factor_heatmap(percents, {5: "P05", 9: "P09"}, ["P01"], NHS, Look())
    cells, words = figure.data
    assert cells.z.shape == (10, 2)
    assert list(words.text[:2]) == ["12", "–"]
    assert list(figure.layout.xaxis.ticktext) == ["P05", "P09", "P01"]
    assert "niet" in figure.layout.annotations[0].text


def test_many_unmeasured_projects_become_one_block_without_names() -> None:
    percents = pd.DataFrame([[50.0]] * 10, index=[f.id for f in NHS.factors], columns=[1])
    figure = heatmap.factor_heatmap(percents, {1: "P1"}, ["X"] * 300, NHS, Look())
    assert list(figure.layout.xaxis.ticktext) == ["P1"]
    assert "300" in figure.layout.annotations[0].text


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_marks_and_words_can_be_told_from_the_page(palette: Palette) -> None:
    for ink in (*palette.phases.values(), *palette.course.values(), *palette.standing.values()):
        assert contrast(ink.edge, palette.page) >= 3
    for colour in (palette.text, palette.muted, *palette.course_text.values(), palette.flu):
        assert contrast(colour, palette.page) >= 4.5
    for letter, fill in palette.levels.items():
        assert contrast(palette.level_text[letter], fill) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_number_in_a_heatmap_cell_can_be_read_everywhere(palette: Palette) -> None:
    for percent in range(101):
        colour = colour_at(percent / 100, palette.heat)
        assert contrast(text_on(colour), colour) >= 4.5
