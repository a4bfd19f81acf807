"""The numbers in the charts of the capacity."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from borging.charts.capacity import chance_heatmap, load_heatmap, week_words
from borging.charts.capacity_function import supply_and_load
from borging.charts.template import Look
from borging.domain.absence import Absence
from borging.planning.supply import weeks_from
from borging.services.capacity import chance as capacity_chance
from borging.services.capacity.one_function import one_function
from borging.services.capacity.view import PHONE_WEEKS, load_note
from tests.services.capacity.test_view import AS_OF, FUNCTIONS, NEEDS, view

LOOKS = [Look(), Look(dark=True), Look(narrow=True), Look(dark=True, narrow=True)]


def test_weeks_are_named_with_the_year_once_at_each_turn() -> None:
    assert week_words(weeks_from(AS_OF, 4)) == ["51<br>2026", "52", "53", "1<br>2027"]
    assert week_words(weeks_from(AS_OF, 9), 4) == ["51<br>2026", "2<br>2027", "6"]


@pytest.mark.parametrize("look", LOOKS)
def test_every_cell_has_its_number_and_is_bold_above_a_hundred(look: Look) -> None:
    figure = load_heatmap(view(), look)
    cells, text = figure.data[0], figure.data[1]
    columns = 9 if look.narrow else 26
    assert (len(cells.z), len(cells.z[0])) == (2, columns)
    assert list(text.text)[:4] == ["90", "<b>138</b>", "<b>138</b>", "90"]
    assert len(text.text) == 2 * columns
    assert cells.customdata[0][1] == (
        "ECD-beheerder · wk 52 (21-12-2026)<br>gevraagd 22,0 uur, beschikbaar 16,0 uur"
    )
    names = list(figure.layout.yaxis.ticktext)
    assert "ECD-beheerder" in names[0]
    assert "◆" in names[0]
    assert "◆" not in names[1]
    assert ("1,0 fte" in names[0]) is not look.narrow


def test_the_chance_of_flu_and_the_holidays_stand_above_the_weeks() -> None:
    figure = load_heatmap(view(), Look())
    flu, school, public = figure.data[2:]
    assert list(flu.y)[:4] == [0, 0.5, 0.5, 0.5]
    assert list(flu.text)[:5] == ["", "50", "50", "50", ""]
    assert list(school.x) == [1, 2]
    assert list(public.x)[:2] == [1, 2]
    assert public.customdata[0] == "Eerste kerstdag"


def test_a_longer_period_has_colours_and_no_numbers_in_its_narrow_cells() -> None:
    for period in (52, 104):
        found = view(period=period)
        cells, text = load_heatmap(found, Look()).data[:2]
        assert len(cells.z[0]) == period
        assert list(text.text) == []
        assert "de getallen staan in de tabel eronder" in load_note(found, narrow=False)
        text = load_heatmap(found, Look(narrow=True)).data[1]
        assert len(text.text) == 2 * PHONE_WEEKS
        phone = load_note(found, narrow=True)
        assert "vet = boven 100 %" in phone
        assert f"getekend: 9 van de {period} weken" in phone
        assert "tabel eronder" not in phone


def test_work_without_hours_is_drawn_at_the_end_of_the_scale() -> None:
    figure = load_heatmap(view(functions=FUNCTIONS.assign(fte=[2.0, 0.0])), Look())
    assert figure.data[1].text[0] == "<b>∞</b>"
    assert figure.data[0].z[0][0] == figure.data[0].zmax == 1.6


@pytest.mark.parametrize("look", LOOKS)
def test_load_is_stacked_tentative_is_hollow_and_the_shortage_is_written(look: Look) -> None:
    figure = supply_and_load(one_function(view(), 2, narrow=look.narrow), look)
    flu, supply, firm, tentative, line, short = figure.data
    assert list(supply.y)[:3] == [20, 16, 16]
    assert (list(firm.base)[1], list(firm.y)[1]) == (0, 18)
    assert (list(tentative.base)[1], list(tentative.y)[1]) == (18, 4)
    assert tentative.marker.color == look.palette.page
    assert line.name == "beschikbaar"
    assert list(short.x) == [1, 2]
    assert list(short.text) == ["<b>+6,0</b>"] * 2
    assert list(flu.x) == [1, 2, 3]
    assert list(flu.text) == ["50"] * 3
    assert flu.customdata[1] == ("griepkans, de week van 31 december: 50\u00a0% (1 van 2 winters)")


def test_a_likelier_week_is_darker_and_without_flu_nothing_is_said() -> None:
    found = one_function(view(), 2, narrow=False)
    both = supply_and_load(replace(found, chances=(0.1, 0.9, None, *found.chances[3:])), Look())
    low, high = both.data[0].marker.color[:2]
    assert sum(int(high[at : at + 2], 16) for at in (1, 3, 5)) < sum(
        int(low[at : at + 2], 16) for at in (1, 3, 5)
    )
    assert both.layout.annotations[0].text == "griepkans, %"
    none = supply_and_load(replace(found, chances=(0.0, None) * 13), Look())
    assert len(none.layout.annotations) == 0


@pytest.mark.parametrize("look", LOOKS)
def test_the_chance_of_a_shortage_is_in_the_same_cells(look: Look) -> None:
    """Sick leave of 10 points in one of two winters: of 16 hours 15.2 or 13.6 are left."""
    found = view(absence=Absence("zorg", 0.05, 2025, 0.1), needs=NEEDS.assign(hours_per_week=15.0))
    figure = chance_heatmap(found, capacity_chance.view(found), look)
    cells, text = figure.data[:2]
    assert cells.zmax == 1
    assert [row[1] for row in cells.z] == [1.0, 0.0]
    assert list(text.text)[:5] == ["0", "<b>100</b>", "<b>100</b>", "0", "0"]
    one = view(
        absence=Absence("zorg", 0.05, 2025, 0.1), needs=NEEDS.iloc[:1].assign(hours_per_week=15.0)
    )
    half = chance_heatmap(one, capacity_chance.view(one), look)
    assert half.data[0].z[0][:4] == [0.0, 0.5, 0.5, 0.0]
    assert half.data[1].text[1] == "<b>50</b>"
    assert half.data[0].customdata[0][1] == (
        "ECD-beheerder · wk 52 (21-12-2026)<br>kans op tekort 50,0 %<br>"
        "tekort hoogstens 0,0 uur in de helft, 1,4 uur in 90 % van de winters"
    )


def test_words_of_people_are_shown_as_written() -> None:
    functions = FUNCTIONS.assign(name=["<b>Lead</b>", "ECD & meer"])
    figure = load_heatmap(view(functions=functions), Look())
    assert "ECD &amp; meer" in figure.layout.yaxis.ticktext[0]
    assert "&lt;b&gt;Lead" in figure.layout.yaxis.ticktext[1]


def test_a_function_without_work_is_drawn() -> None:
    found = view()
    needs = found.needs[found.needs["function_id"] == 2]
    figure = supply_and_load(
        one_function(view(needs=needs.drop(columns=["code", "title", "state"])), 1, narrow=False),
        Look(),
    )
    assert isinstance(figure.data[0].y, tuple | list | pd.Series)
    assert list(figure.data[-1].x) == []
