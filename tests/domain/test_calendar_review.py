"""When the calendar counts as reviewed, what is refused, and what changed since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from borging.domain.calendar_review import (
    Changes,
    Entry,
    Reviewed,
    ReviewFields,
    changes,
    decision_lines,
    next_review,
    reviewed,
)

HELD = date(2025, 11, 26)
FIELDS = ReviewFields(HELD, 1, "Els, Karim", ("Twee projecten later",), date(2026, 11, 26))


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2025, 11, 26), Reviewed.ON_TIME),
        (date(2026, 11, 26), Reviewed.ON_TIME),
        (date(2026, 11, 27), Reviewed.LATE),
    ],
)
def test_a_review_is_late_the_day_after_a_year(as_of: date, expected: Reviewed) -> None:
    assert reviewed(HELD, as_of) is expected


def test_without_a_review_the_calendar_was_never_reviewed() -> None:
    assert reviewed(None, HELD) is Reviewed.NEVER


def test_a_year_after_a_leap_day_is_the_last_of_february() -> None:
    assert next_review(date(2028, 2, 29)) == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"held_on": None}, "Vul de dag van de herziening in"),
        ({"held_on": date(2025, 11, 28)}, "De herziening van 28-11-2025 is nog niet geweest"),
        ({"chaired_by_id": None}, "Kies wie de herziening leidde"),
        ({"next_on": None}, "Vul in wanneer de volgende herziening is"),
        ({"next_on": HELD}, "(26-11-2025) moet later zijn dan deze (26-11-2025)"),
        ({"decisions": ("x" * 201,)}, "hoogstens 200 tekens"),
    ],
)
def test_what_is_wrong_is_said(change: dict[str, object], part: str) -> None:
    (said,) = replace(FIELDS, **change).problems(date(2025, 11, 27))  # type: ignore[arg-type]
    assert part in said


def test_what_is_right_says_nothing() -> None:
    edge = replace(FIELDS, next_on=date(2025, 11, 27), decisions=("x" * 200,))
    assert edge.problems(today=HELD) == []


def test_decisions_are_lines_without_blanks() -> None:
    assert decision_lines(" een  besluit \n\n  \nnog een") == ("een besluit", "nog een")


def test_changes_are_counted_by_kind() -> None:
    end, later = date(2027, 1, 1), date(2027, 2, 1)
    before = {
        "A": Entry("running", end),
        "B": Entry("running", end),
        "C": Entry("planned", end),
        "D": Entry("running", None),
        "E": Entry("closed", end),
        "F": Entry("running", end),
    }
    now = {
        "A": Entry("running", end),
        "B": Entry("closed", later),
        "C": Entry("withdrawn", end),
        "D": Entry("running", later),
        "E": Entry("closed", end),
        "G": Entry("idea"),
    }
    assert changes(before, now) == Changes(("G",), ("B",), ("C",), ("B",), ("F",))
    assert changes(now, now) == Changes((), (), (), (), ())
