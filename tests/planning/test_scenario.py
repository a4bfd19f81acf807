from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from borging.domain.periods import Week
from borging.planning.scenario import (
    AddHours,
    Change,
    ChangeSeason,
    Pause,
    Plan,
    ScenarioError,
    Shift,
    Stretch,
    apply,
    work_hours,
)
from borging.planning.winters import SeasonChoice
from tests.planning.cases import mondays

WEEKS = mondays("2026-12-21", 4)
"""2026-W52, 2026-W53, 2027-W01 and 2027-W02."""
COLUMNS = ["id", "project_id", "function_id", "hours_per_week", "first", "last", "firm"]


def needs(*rows: tuple[int, int, int, float, date, date]) -> pd.DataFrame:
    return pd.DataFrame([(*row, True) for row in rows], columns=COLUMNS)


PLAN = Plan(
    projects=pd.DataFrame(
        [
            (1, "Valpreventie", date(2027, 1, 15)),
            (2, "Eiwitrijk eten", date(2027, 3, 1)),
            (3, "Nog niets", None),
        ],
        columns=["id", "name", "handover"],
    ),
    functions=pd.DataFrame([(7, "Fysiotherapeut")], columns=["id", "name"]),
    demand=needs(
        # two weeks, week 52 and 53 (Monday to Friday)
        (10, 1, 7, 8.0, date(2026, 12, 21), date(2027, 1, 1)),
        # two weeks, week 1 and 2
        (11, 1, 7, 4.0, date(2027, 1, 4), date(2027, 1, 15)),
        (12, 2, 7, 6.0, date(2027, 1, 4), date(2027, 1, 29)),
    ),
    present=pd.DataFrame([[36, 36, 36, 36]], index=pd.Index([7]), columns=WEEKS),
)


def days(plan: Plan, row: int) -> tuple[str, str]:
    found = plan.demand.set_index("id").loc[row]
    return found["first"].date().isoformat(), found["last"].date().isoformat()


def handover(plan: Plan, project: int) -> date:
    found: date = plan.projects.set_index("id").loc[project, "handover"].date()
    return found


def hours(plan: Plan, project: int) -> float:
    return float(work_hours(plan.demand[plan.demand["project_id"] == project]).sum())


def one(change: Change, plan: Plan = PLAN) -> tuple[Plan, str]:
    changed, said = apply(plan, [change])
    assert len(said) == 1
    return changed, said[0]


def test_shifting_moves_all_work_and_the_handover_of_one_project() -> None:
    """From week 52 one week on is week 53 of 2026, not week 1."""
    plan, said = one(Shift(1, 1))
    assert days(plan, 10) == ("2026-12-28", "2027-01-08")
    assert str(Week.of(date.fromisoformat(days(plan, 10)[0]))) == "2026-W53"
    assert days(plan, 11) == ("2027-01-11", "2027-01-22")
    assert handover(plan, 1) == date(2027, 1, 22)
    assert days(plan, 12) == ("2027-01-04", "2027-01-29")
    assert handover(plan, 2) == date(2027, 3, 1)
    assert said == (
        "Valpreventie schuift 1 week later: het werk loopt nu van 28 dec 2026 tot en met "
        "22 jan 2027; de overdracht gaat van 15 jan 2027 naar 22 jan 2027."
    )


def test_shifting_to_earlier_says_so() -> None:
    plan, said = one(Shift(2, -2))
    assert days(plan, 12) == ("2026-12-21", "2027-01-15")
    assert said.startswith("Eiwitrijk eten schuift 2 weken eerder: het werk loopt nu van 21 dec")


def test_a_project_without_work_or_handover_says_that_nothing_moved() -> None:
    assert one(Shift(3, 2))[1] == (
        "Nog niets schuift 2 weken later: er is nog geen werk of overdracht gepland."
    )


def test_the_plan_itself_never_changes() -> None:
    before = PLAN.demand.copy(), PLAN.projects.copy(), PLAN.present.copy()
    changes = [Shift(1, 2), Stretch(1, 2), Pause(1, date(2027, 1, 20), 1)]
    apply(PLAN, [*changes, AddHours(7, 4, date(2026, 12, 21), date(2027, 1, 3))])
    for frame, was in zip((PLAN.demand, PLAN.projects, PLAN.present), before, strict=True):
        pd.testing.assert_frame_equal(frame, was)


def test_stretching_spreads_the_same_hours_over_more_weeks() -> None:
    """Four weeks become six: two and two weeks become three and three, at two thirds."""
    plan, said = one(Stretch(1, 2))
    assert days(plan, 10) == ("2026-12-21", "2027-01-08")
    assert days(plan, 11) == ("2027-01-11", "2027-01-29")
    found = plan.demand.set_index("id")["hours_per_week"]
    assert found.loc[[10, 11, 12]].tolist() == pytest.approx([16 / 3, 8 / 3, 6])
    assert handover(plan, 1) == date(2027, 1, 29)
    assert said.startswith("Valpreventie duurt 2 weken langer, met evenveel uren: het werk loopt")


def test_stretching_below_zero_does_the_same_in_fewer_weeks() -> None:
    plan, said = one(Stretch(1, -2))
    assert days(plan, 10) == ("2026-12-21", "2026-12-25")
    assert days(plan, 11) == ("2026-12-28", "2027-01-01")
    assert plan.demand.set_index("id")["hours_per_week"].loc[10] == 16
    assert "2 weken korter" in said


def test_a_handover_after_the_work_keeps_its_distance() -> None:
    """The work of project 2 ends in week 4, its handover is in week 9: five weeks after."""
    assert handover(one(Stretch(2, 3))[0], 2) == date(2027, 3, 22)


def test_a_handover_before_the_work_stays() -> None:
    early = PLAN.projects.assign(handover=[date(2026, 12, 18), None, None])
    plan, _said = one(Stretch(1, 3), replace(PLAN, projects=early))
    assert handover(plan, 1) == date(2026, 12, 18)


@pytest.mark.parametrize("weeks", [-4, -5])
def test_no_project_shrinks_to_nothing(weeks: int) -> None:
    with pytest.raises(ScenarioError, match="duurt 4 weken; zo eindigt het vóór het begint"):
        one(Stretch(1, weeks))


def test_work_that_would_end_before_it_starts_is_refused() -> None:
    """Thursday to Tuesday fits in no single week."""
    plan = replace(PLAN, demand=needs((1, 1, 7, 8, date(2027, 1, 7), date(2027, 1, 12))))
    with pytest.raises(ScenarioError, match="eindigt vóór het begint"):
        one(Stretch(1, -1), plan)


def test_a_pause_cuts_the_work_of_that_day_in_two() -> None:
    plan, said = one(Pause(1, date(2026, 12, 28), 3))
    assert days(plan, 10) == ("2026-12-21", "2026-12-27")
    assert days(plan, 13) == ("2027-01-18", "2027-01-22")
    assert days(plan, 11) == ("2027-01-25", "2027-02-05")
    assert handover(plan, 1) == date(2027, 2, 5)
    assert plan.demand["id"].tolist() == [10, 11, 12, 13]
    assert hours(plan, 1) == hours(PLAN, 1) == 24
    assert said.startswith("Valpreventie ligt 3 weken stil vanaf 28 dec 2026: het werk loopt nu")


@pytest.mark.parametrize(
    ("first", "moved"),
    [(date(2027, 1, 2), [11]), (date(2027, 1, 4), [11]), (date(2026, 12, 21), [10, 11])],
)
def test_a_pause_between_two_pieces_of_work_cuts_none(first: date, moved: list[int]) -> None:
    """Row 10 starts on 21 December and ends on 1 January; row 11 starts on 4 January."""
    plan, _said = one(Pause(1, first, 1))
    ready, _none = apply(PLAN, [])
    assert plan.demand["id"].tolist() == [10, 11, 12]
    assert [row for row in (10, 11, 12) if days(plan, row) != days(ready, row)] == moved


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2027, 1, 3), date(2027, 1, 3)),
        (date(2027, 1, 4), date(2027, 1, 11)),
        (date(2027, 1, 5), date(2027, 1, 12)),
    ],
)
def test_a_handover_from_the_day_of_the_pause_on_moves(day: date, expected: date) -> None:
    planned = replace(PLAN, projects=PLAN.projects.assign(handover=[day, None, None]))
    assert handover(one(Pause(1, date(2027, 1, 4), 1), planned)[0], 1) == expected


def test_a_pause_after_the_last_day_is_refused() -> None:
    assert one(Pause(1, date(2027, 1, 15), 1))[0].demand["id"].tolist() == [10, 11, 12, 13]
    with pytest.raises(ScenarioError, match="heeft vanaf 16 jan 2027 geen werk"):
        one(Pause(1, date(2027, 1, 16), 1))


def test_added_hours_count_by_working_day() -> None:
    """From Wednesday of week 53 to Monday of week 1: three fifths and one fifth of 10."""
    plan, said = one(AddHours(7, 10, date(2026, 12, 30), date(2027, 1, 4)))
    assert plan.present.loc[7].tolist() == pytest.approx([36, 42, 38, 36])
    assert said == (
        "Fysiotherapeut krijgt 10 uur per week erbij van 30 dec 2026 tot en met 4 jan 2027."
    )
    assert "krijgt 2,5 uur" in one(AddHours(7, 2.5, date(2026, 12, 30), date(2027, 1, 4)))[1]


def test_another_season_is_told_with_what_it_was() -> None:
    plan, said = one(ChangeSeason(SeasonChoice.WEEKS_21))
    assert plan.season is SeasonChoice.WEEKS_21
    assert said == "Het griepseizoen is nu: 21 weken (was: normaal)."


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Shift(99, 1), "Project 99 bestaat niet"),
        (Stretch(99, 1), "Project 99 bestaat niet"),
        (Pause(99, date(2027, 1, 4), 1), "Project 99 bestaat niet"),
        (AddHours(8, 1, date(2027, 1, 4), date(2027, 1, 4)), "Functie 8 bestaat niet"),
        (AddHours(7, -1, date(2027, 1, 4), date(2027, 1, 4)), "groter dan nul"),
        (AddHours(7, 0, date(2027, 1, 4), date(2027, 1, 4)), "groter dan nul"),
        (AddHours(7, float("nan"), date(2027, 1, 4), date(2027, 1, 4)), "groter dan nul"),
        (AddHours(7, 1, date(2027, 1, 5), date(2027, 1, 4)), "ligt vóór de eerste"),
        (AddHours(7, 1, date(2027, 1, 18), date(2027, 2, 4)), "buiten de weken van dit plan"),
        (Shift(1, 0), "verandert niets"),
        (Stretch(1, 0), "verandert niets"),
        (Stretch(3, 1), "geen uren om over"),
        (Pause(1, date(2027, 1, 4), 0), "minstens 1 week"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(change: Change, said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        one(change)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ((1, 1, 7, -1.0, date(2027, 1, 4), date(2027, 1, 8)), "negatief aantal uren"),
        ((1, 1, 7, 1.0, date(2027, 1, 8), date(2027, 1, 7)), "eindigt vóór het begint"),
    ],
)
def test_work_that_is_wrong_already_is_not_moved(
    row: tuple[int, int, int, float, date, date], said: str
) -> None:
    for change in (Shift(1, 1), Stretch(1, 1), Pause(1, date(2027, 1, 4), 1)):
        with pytest.raises(ScenarioError, match=said):
            one(change, replace(PLAN, demand=needs(row)))


some_days = st.dates(date(2026, 9, 1), date(2027, 6, 30))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    rows = []
    for number in range(draw(st.integers(1, 4))):
        first = draw(some_days)
        last = date.fromordinal(first.toordinal() + draw(st.integers(0, 120)))
        project = draw(st.sampled_from([1, 2]))
        rows.append((number + 1, project, 7, draw(st.floats(0, 40)), first, last))
    return replace(PLAN, demand=needs(*rows))


@settings(max_examples=40, deadline=None)
@given(plan=plans(), weeks=st.integers(-60, 60).filter(bool))
def test_shifting_there_and_back_is_the_same_plan_with_the_same_hours(
    plan: Plan, weeks: int
) -> None:
    ready, _none = apply(plan, [])
    moved, _said = apply(plan, [Shift(1, weeks)])
    pd.testing.assert_series_equal(work_hours(moved.demand), work_hours(ready.demand))
    back, _said = apply(moved, [Shift(1, -weeks)])
    pd.testing.assert_frame_equal(back.demand, ready.demand)
    pd.testing.assert_frame_equal(back.projects, ready.projects)


@settings(max_examples=40, deadline=None)
@given(plan=plans(), weeks=st.integers(1, 30))
def test_stretching_keeps_hours_and_makes_the_project_as_much_longer(
    plan: Plan, weeks: int
) -> None:
    if not (plan.demand["project_id"] == 1).any():
        return
    stretched, _said = apply(plan, [Stretch(1, weeks)])
    for project in (1, 2):
        assert hours(stretched, project) == pytest.approx(hours(apply(plan, [])[0], project))
    assert (stretched.demand["last"] >= stretched.demand["first"]).all()

    def ends(of: Plan) -> tuple[date, date]:
        own = of.demand[of.demand["project_id"] == 1]
        return Week.of(own["first"].min()).monday, Week.of(own["last"].max()).monday

    (first, last), (new_first, new_last) = ends(apply(plan, [])[0]), ends(stretched)
    assert (new_first, (new_last - last).days) == (first, weeks * 7)


@settings(max_examples=40, deadline=None)
@given(plan=plans(), day=some_days, weeks=st.integers(1, 30))
def test_a_pause_keeps_hours_and_leaves_the_weeks_empty(plan: Plan, day: date, weeks: int) -> None:
    change = Pause(1, day, weeks)
    if not (plan.demand.loc[plan.demand["project_id"] == 1, "last"] >= day).any():
        with pytest.raises(ScenarioError, match="geen werk om te pauzeren"):
            apply(plan, [change])
        return
    paused, _said = apply(plan, [change])
    for project in (1, 2):
        assert hours(paused, project) == pytest.approx(hours(apply(plan, [])[0], project))
    assert paused.demand["id"].is_unique
    own = paused.demand[paused.demand["project_id"] == 1]
    until = pd.Timestamp(day) + pd.Timedelta(weeks=weeks)
    assert ((own["last"] < pd.Timestamp(day)) | (own["first"] >= until)).all()
