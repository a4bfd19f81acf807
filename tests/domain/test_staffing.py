"""What is refused in functions and needs, and what a template fills in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import inf, nan

import pytest

from borging.domain.staffing import FunctionFields, LeaveFields, NeedFields, filled, load_templates
from borging.domain.terms import Phase
from borging.example.texts import load_texts
from borging.settings import DATA

TEMPLATES = load_templates(DATA / "templates" / "inzet.toml")
NEED = NeedFields(1, 4.0, date(2026, 12, 28), date(2027, 1, 3))
FUNCTION = FunctionFields("Projectleider", 1.0, 36.0, 0.8)
HOURS = "de uren per week moeten meer dan 0 zijn, ten hoogste 10.000"


def test_what_is_right_has_no_problems() -> None:
    assert NEED.problems({1}) == []
    assert replace(NEED, last=NEED.first, phase=Phase.HANDOVER.value).problems({1, 2}) == []
    assert FUNCTION.problems() == []
    assert FunctionFields("Niemand nog", 0, 36, 0).problems() == []
    assert FunctionFields("x" * 100, 10_000, 60, 1).problems() == []
    assert LeaveFields(1, 8, NEED.first, NEED.first).problems({1}) == []


@pytest.mark.parametrize("hours", [-1.0, 0.0, None, nan, inf, 10_000.5])
def test_hours_that_nobody_can_work_are_refused(hours: float | None) -> None:
    assert replace(NEED, hours_per_week=hours).problems({1}) == [HOURS]
    assert LeaveFields(1, hours, NEED.first, NEED.last).problems({1}) == [HOURS]


@pytest.mark.parametrize("function", [2, None])
def test_a_function_that_does_not_exist_is_refused(function: int | None) -> None:
    assert replace(NEED, function_id=function).problems({1}) == ["kies een functie uit de lijst"]


def test_an_end_before_the_start_is_refused_with_both_days() -> None:
    assert replace(NEED, last=date(2026, 12, 27)).problems({1}) == [
        "het einde (27-12-2026) ligt vóór het begin (28-12-2026)"
    ]
    assert replace(NEED, first=None).problems({1}) == ["vul een eerste en een laatste dag in"]


@pytest.mark.parametrize(
    ("first", "last", "right"),
    [
        (date(1950, 1, 1), date(2199, 12, 31), True),
        (date(1949, 12, 31), date(2027, 1, 3), False),
        (date(2027, 1, 3), date(2200, 1, 1), False),
        (date(1, 1, 1), date(9999, 12, 31), False),
    ],
)
def test_a_day_with_a_mistyped_year_is_refused(first: date, last: date, right: bool) -> None:
    said = "een dag ligt tussen 1950 en 2199; kijk het jaar na"
    assert replace(NEED, first=first, last=last).problems({1}) == ([] if right else [said])
    assert LeaveFields(1, 8, first, last).problems({1}) == ([] if right else [said])


def test_everything_that_is_wrong_is_said_at_once() -> None:
    wrong = NeedFields(9, -3, date(2027, 1, 4), date(2027, 1, 1), phase="later")
    assert len(wrong.problems({1})) == 4


@pytest.mark.parametrize(
    "change",
    [
        {"name": " "},
        {"name": "x" * 101},
        {"fte": 10_001},
        {"fte": -0.1},
        {"fte": None},
        {"hours_per_week": 0.0},
        {"hours_per_week": 60.5},
        {"project_share": 1.01},
        {"project_share": nan},
    ],
)
def test_a_function_that_cannot_be_is_refused(change: dict[str, float]) -> None:
    assert len(replace(FUNCTION, **change).problems()) == 1  # type: ignore[arg-type]


def test_a_template_fills_the_phases_that_have_dates_with_functions_that_exist() -> None:
    (template,) = [each for each in TEMPLATES if each.key == "informatieveiligheid"]
    handover = (date(2027, 2, 1), date(2027, 2, 26))
    found = filled(template, {"handover": handover}, {"functionaris Gegevensbescherming": 7})
    assert found == [NeedFields(7, 2.0, *handover, firm=False, phase="handover")]
    assert filled(template, {}, {"Projectleider": 1}) == []


def test_every_theme_of_the_example_has_a_template_of_its_functions() -> None:
    texts = load_texts()
    themes = {goal.title for goal in texts.goals if goal.kind == "theme"}
    assert {template.theme for template in TEMPLATES} == themes
    named = {line.function for template in TEMPLATES for line in template.lines}
    assert named == {function.name for function in texts.functions}
    assert all(line.hours_per_week > 0 for each in TEMPLATES for line in each.lines)
