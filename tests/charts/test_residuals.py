from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from borging.charts.residuals import age_bars, burn_up
from borging.charts.template import Look
from borging.domain.terms import Standing
from borging.services.residuals.view import BurnUp

LOOKS = [Look(dark, narrow) for dark in (False, True) for narrow in (False, True)]


def ages() -> pd.DataFrame:
    return pd.DataFrame(
        [[0, 3, 2], [0, 0, 0], [40, 1, 0]],
        index=["langer dan 12 mnd", "6–12 mnd", "korter dan 1 mnd"],
        columns=[standing.value for standing in Standing],
    )


def weeks(opened: list[int], closed: list[int]) -> BurnUp:
    days = [date(2026, 11, 23) - timedelta(weeks=back) for back in range(len(opened))][::-1]
    labels = [f"wk {each.isocalendar().week}" for each in days]
    frame = pd.DataFrame({"day": days, "week": labels, "opened": opened, "closed": closed})
    return BurnUp(frame, opened[0] - closed[0])


@pytest.mark.parametrize("look", LOOKS)
def test_the_bars_hold_the_counts_with_unowned_at_the_axis(look: Look) -> None:
    figure = age_bars(ages(), look)
    assert [bar.name for bar in figure.data] == [
        "zonder eigenaar (40)",
        "nog niet aanvaard (4)",
        "belegd (2)",
    ]
    assert [list(bar.x) for bar in figure.data] == [[0, 0, 40], [3, 0, 1], [2, 0, 0]]
    assert figure.data[0].marker.color == look.palette.standing[Standing.UNOWNED].fill


def test_a_class_without_items_says_0_and_a_number_without_room_is_left_to_the_hover() -> None:
    figure = age_bars(ages(), Look(narrow=True))
    (zero,) = figure.layout.annotations
    assert (zero.text, zero.y) == ("0", "6–12 mnd")
    assert list(figure.data[1].text) == ["3", "", ""]


def test_the_lines_carry_their_names_and_the_gap_its_number() -> None:
    figure = burn_up(weeks([40, 60, 80, 100], [0, 10, 20, 30]), Look())
    closed, opened = figure.data
    assert (list(opened.y), list(closed.y)) == ([40, 60, 80, 100], [0, 10, 20, 30])
    assert opened.fill == "tonexty"
    assert [note.text for note in figure.layout.annotations] == [
        "geopend 100",
        "gesloten 30",
        "70 open",
    ]


def test_names_at_the_line_ends_do_not_lie_on_each_other() -> None:
    figure = burn_up(weeks([10, 20, 40], [0, 20, 40]), Look())
    opened, closed = figure.layout.annotations
    assert opened.y - closed.y >= 0.07 * 40


def test_nothing_opened_draws_an_empty_chart() -> None:
    figure = burn_up(weeks([0, 0], [0, 0]), Look())
    assert [note.text for note in figure.layout.annotations] == ["geopend 0", "gesloten 0"]
