"""What is made once, and what makes it be made anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest

from borging.charts.template import Look
from borging.services.selection import Selection
from borging.ui.reuse import renew, reuse

FRAME = pd.DataFrame({"id": [1]})
OTHER = pd.DataFrame({"id": [2]})


@dataclass(frozen=True)
class Holder:
    """A view of a screen, which holds a table."""

    rows: pd.DataFrame
    words: str = ""

    def first(self, number: int) -> list[Any]:
        return [self.words, number]


def made(*things: Any, **named: Any) -> list[Any]:
    """A new list each time it runs."""
    return [things, named]


SAME = [
    (),
    ("a", 1, 2.5, None, date(2026, 1, 2)),
    ([1, "b"], {"a": (1, 2)}),
    (Selection(themes=("Wetgeving",)), Look(dark=True)),
    (FRAME, FRAME["id"].rename("kept")),
]


@pytest.mark.parametrize("things", SAME, ids=range(len(SAME)))
def test_the_same_things_are_made_once(things: tuple[Any, ...]) -> None:
    assert reuse(made, *things) is reuse(made, *things)


@dataclass(frozen=True)
class Side:
    """A choice of a visitor with what was loaded for it."""

    name: str
    shown: tuple[Holder, ...]


def test_what_is_loaded_once_and_wrapped_anew_is_made_once() -> None:
    loaded = Holder(FRAME)
    first = reuse(made, [Side("a", (loaded,))])
    assert reuse(made, [Side("a", (loaded,))]) is first
    assert reuse(made, [Side("b", (loaded,))]) is not first
    assert reuse(made, [Side("a", (Holder(FRAME),))]) is not first


def test_equal_choices_of_two_visitors_share_what_is_made() -> None:
    first = reuse(made, Selection(units=("De Linde",)), Look(narrow=True), day=date(2026, 1, 2))
    second = reuse(made, Selection(units=("De Linde",)), Look(narrow=True), day=date(2026, 1, 2))
    assert first is second


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, True),
        (1, 1.0),
        ("1", 1),
        (None, False),
        (date(2026, 1, 2), datetime(2026, 1, 2)),
        ((1, 2), [1, 2]),
        ([1, 2], [2, 1]),
        ({"a": 1}, {"a": 2}),
        (Look(dark=True), Look(narrow=True)),
        (Selection(units=("A",)), Selection(themes=("A",))),
        (Selection(units=("A", "B")), Selection(units=("B", "A"))),
        (FRAME, OTHER),
        (FRAME, FRAME.copy()),
        (Holder(FRAME), Holder(FRAME)),
        (made, reuse),
    ],
)
def test_another_thing_is_made_anew(one: Any, other: Any) -> None:
    first = reuse(made, one)
    second = reuse(made, other)
    assert first is not second
    assert type(first[0][0]) is type(one)
    assert second[0][0] is other


def test_the_name_of_an_argument_counts() -> None:
    assert reuse(made, a=1)[1] == {"a": 1}
    assert reuse(made, b=1)[1] == {"b": 1}


def test_a_method_counts_with_the_view_it_is_of() -> None:
    one, other = Holder(FRAME, "one"), Holder(FRAME, "other")
    assert reuse(one.first, 2) is reuse(one.first, 2)
    assert reuse(one.first, 2) == ["one", 2]
    assert reuse(other.first, 2) == ["other", 2]


def test_what_cannot_be_compared_is_made_anew() -> None:
    thing = object()
    assert reuse(made, thing) is not reuse(made, thing)
    assert reuse(made, [thing]) == [([thing],), {}]


def test_a_table_that_is_gone_never_lends_its_place_to_another() -> None:
    """A new table may get the address in memory of one that nobody holds any more."""
    for number in range(300):
        rows = pd.DataFrame({"id": [number]})
        assert reuse(made, rows)[0][0]["id"].tolist() == [number]


def test_an_error_is_not_kept() -> None:
    answers = iter([ValueError("not yet"), None])

    def fails_once() -> str:
        if error := next(answers):
            raise error
        return "there"

    with pytest.raises(ValueError, match="not yet"):
        reuse(fails_once)
    assert reuse(fails_once) == "there"


def some(rows: pd.DataFrame, most: int) -> pd.DataFrame:
    """The first rows of a table."""
    return rows[rows["id"] <= most]


@dataclass(frozen=True)
class Pair:
    """A view with two tables."""

    low: pd.DataFrame
    high: pd.DataFrame


def pair(rows: pd.DataFrame) -> Pair:
    return Pair(rows[rows["id"] < 2], rows[rows["id"] >= 2])


def test_a_selection_that_a_write_left_alone_stays_the_same_object() -> None:
    before = pd.DataFrame({"id": [1, 2], "name": ["a", "b"]})
    first = renew("day", some, before, 1)
    assert renew("day", some, before.assign(name=["a", "c"]), 1) is first
    changed = renew("day", some, before.assign(name=["d", "c"]), 1)
    assert changed["name"].tolist() == ["d"]


def test_unchanged_parts_of_a_renewed_view_stay_the_same_objects() -> None:
    before = pd.DataFrame({"id": [1, 2], "name": ["a", "b"]})
    first = renew("view", pair, before)
    after = renew("view", pair, before.assign(name=["a", "c"]))
    assert after is not first
    assert after.low is first.low
    assert after.high["name"].tolist() == ["c"]


@pytest.mark.parametrize(("per", "most"), [("other day", 1), ("day", 2)])
def test_another_choice_does_not_take_the_renewed_answer(per: str, most: int) -> None:
    rows = pd.DataFrame({"id": [1, 2]})
    assert renew("day", some, rows, 1)["id"].tolist() == [1]
    assert renew(per, some, rows, most)["id"].tolist() == list(range(1, most + 1))
    assert renew("day", some, rows, 1)["id"].tolist() == [1]


def test_a_renewed_answer_follows_the_table_back_and_forth() -> None:
    one, two = pd.DataFrame({"id": [1], "n": [1]}), pd.DataFrame({"id": [1], "n": [2]})
    assert [renew("turn", some, rows, 1)["n"].iloc[0] for rows in (one, two, one)] == [1, 2, 1]
