"""What is refused in a new project, and how its phases are laid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from borging.domain.new_project import LEAD_TIMES, SHORTEST, NewProject, lay_phases
from borging.domain.terms import Phase

START = date(2026, 12, 28)
FIELDS = NewProject("Beeldzorg", START, START + timedelta(days=SHORTEST - 1))


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"title": "  "}, "Geef het project een titel"),
        ({"title": "x" * 201}, "De titel heeft ten hoogste 200 tekens"),
        ({"start": None}, "Vul een begin en een dag van overdracht in"),
        ({"handover": None}, "Vul een begin en een dag van overdracht in"),
        ({"handover": START - timedelta(days=1)}, "(27-12-2026) ligt vóór het begin (28-12-2026)"),
        ({"handover": START + timedelta(days=26)}, "minder dan 4 weken"),
        ({"evaluation_on": FIELDS.handover}, "moet na de overdracht komen (24-01-2027)"),
    ],
)
def test_what_is_wrong_is_said(change: dict[str, object], part: str) -> None:
    (said,) = replace(FIELDS, **change).problems()  # type: ignore[arg-type]
    assert part in said


def test_the_shortest_project_and_the_first_evaluation_are_right() -> None:
    assert replace(FIELDS, evaluation_on=date(2027, 1, 25), title="x" * 200).problems() == []


def test_phases_of_45_weeks_have_the_usual_weeks() -> None:
    laid = lay_phases(START, START + timedelta(weeks=45, days=-1), None)
    assert list(laid) == list(LEAD_TIMES)
    assert [((last - first).days + 1) / 7 for first, last in laid.values()] == [8, 11, 20, 6]


@pytest.mark.parametrize("days", [SHORTEST, 29, 100, 365, 366])
def test_phases_fill_the_project_without_gap_or_overlap(days: int) -> None:
    handover = START + timedelta(days=days - 1)
    laid = list(lay_phases(START, handover, handover + timedelta(days=30)).values())
    assert (laid[0][0], laid[3][1]) == (START, handover)
    assert all(first <= last for first, last in laid)
    for (_, last), (first, _) in pairwise(laid):
        assert first == last + timedelta(days=1)


def test_the_line_goes_on_until_the_evaluation() -> None:
    laid = lay_phases(START, date(2027, 3, 1), date(2027, 9, 1))
    assert laid[Phase.INSTITUTIONALISATION] == (date(2027, 3, 2), date(2027, 9, 1))
