from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from borging.domain.changes import (
    AddHours,
    Change,
    ChangeSeason,
    Pause,
    SeasonChoice,
    Shift,
    ShiftPhase,
    Stretch,
)
from borging.domain.periods import Week
from borging.planning.plan import WORKDAYS, Plan, ScenarioError, workdays
from borging.planning.scenario import apply, lay
from tests.planning.cases import mondays

WEEKS = mondays("2026-12-21", 4)
"""2026-W52, 2026-W53, 2027-W01 and 2027-W02."""
COLUMNS = ["id", "project_id", "function_id", "hours_per_week", "first", "last", "phase"]


def work_hours(demand: pd.DataFrame) -> pd.Series[float]:
    """Hours of every row over all its working days."""
    return demand["hours_per_week"] * workdays(demand["first"], demand["last"]) / WORKDAYS


def needs(
    *rows: tuple[int, int, int, float, date, date], phases: tuple[str | None, ...] = ()
) -> pd.DataFrame:
    given = phases or (None,) * len(rows)
    return pd.DataFrame(
        [(*row, phase) for row, phase in zip(rows, given, strict=True)], columns=COLUMNS
    )


def phases(*rows: tuple[int, str, date | None, date | None, bool, bool]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["project_id", "phase", "first", "last", "begun", "ended"])


def handovers(*rows: tuple[int, int, date]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["id", "project_id", "day"])


PLAN = Plan(
    projects=pd.DataFrame(
        [(1, "P1", "Valpreventie"), (2, "P2", "Eiwitrijk eten"), (3, "P3", "Nog niets")],
        columns=["id", "code", "title"],
    ),
    phases=phases(),
    handovers=handovers((1, 1, date(2027, 1, 15)), (2, 2, date(2027, 3, 1))),
    functions=pd.DataFrame([(7, "Fysiotherapeut")], columns=["id", "name"]),
    demand=needs(
        # two weeks, week 52 and 53 (Monday to Friday)
        (10, 1, 7, 8.0, date(2026, 12, 21), date(2027, 1, 1)),
        # two weeks, week 1 and 2
        (11, 1, 7, 4.0, date(2027, 1, 4), date(2027, 1, 15)),
        (12, 2, 7, 6.0, date(2027, 1, 4), date(2027, 1, 29)),
    ),
    present=pd.DataFrame([[36, 36, 36, 36]], index=pd.Index([7]), columns=WEEKS),
    as_of=date(2026, 9, 1),
)


def days(plan: Plan, row: int) -> tuple[str, str]:
    found = plan.demand.set_index("id").loc[row]
    return found["first"].date().isoformat(), found["last"].date().isoformat()


def handover(plan: Plan, project: int) -> date:
    found: date = plan.handovers.set_index("project_id").loc[project, "day"].date()
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
        "Valpreventie schuift 1 week later: het werk loopt dan van 28-12-2026 tot en met "
        "22-01-2027; de overdracht gaat van 15-01-2027 naar 22-01-2027."
    )


def test_shifting_to_earlier_says_so() -> None:
    plan, said = one(Shift(2, -2))
    assert days(plan, 12) == ("2026-12-21", "2027-01-15")
    assert said.startswith("Eiwitrijk eten schuift 2 weken eerder: het werk loopt dan van 21-12")


def test_the_plan_itself_never_changes() -> None:
    before = PLAN.demand.copy(), PLAN.handovers.copy(), PLAN.present.copy()
    changes = [Shift(1, 2), Stretch(1, 2), Pause(1, date(2027, 1, 20), 1)]
    apply(PLAN, [*changes, AddHours(7, 4, date(2026, 12, 21), date(2027, 1, 3))])
    for frame, was in zip((PLAN.demand, PLAN.handovers, PLAN.present), before, strict=True):
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
    early = handovers((1, 1, date(2026, 12, 18)))
    plan, _said = one(Stretch(1, 3), replace(PLAN, handovers=early))
    assert handover(plan, 1) == date(2026, 12, 18)


@pytest.mark.parametrize("weeks", [-4, -5])
def test_no_project_shrinks_to_nothing(weeks: int) -> None:
    with pytest.raises(ScenarioError, match="duurt nog 4 weken; zo eindigt het vóór het begint"):
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
    assert said.startswith("Valpreventie ligt 3 weken stil vanaf 28-12-2026: het werk loopt dan")


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
    planned = replace(PLAN, handovers=handovers((1, 1, day)))
    assert handover(one(Pause(1, date(2027, 1, 4), 1), planned)[0], 1) == expected


def test_a_pause_after_the_last_day_is_refused() -> None:
    assert one(Pause(1, date(2027, 1, 15), 1))[0].demand["id"].tolist() == [10, 11, 12, 13]
    with pytest.raises(ScenarioError, match="heeft vanaf 16-01-2027 geen werk meer"):
        one(Pause(1, date(2027, 1, 16), 1))


def test_what_begins_on_the_day_of_planning_moves_and_what_began_before_stays() -> None:
    """Work 10 begins on Monday 21 December; a day later it has begun."""
    on_the_day, _said = one(Shift(1, 1), replace(PLAN, as_of=date(2026, 12, 21)))
    assert days(on_the_day, 10) == ("2026-12-28", "2027-01-08")
    after, _said = one(Shift(1, 1), replace(PLAN, as_of=date(2026, 12, 22)))
    assert days(after, 10) == ("2026-12-21", "2027-01-01")
    assert days(after, 11) == ("2027-01-11", "2027-01-22")
    assert handover(after, 1) == date(2027, 1, 22)


def test_a_handover_of_yesterday_stays_and_one_of_today_moves() -> None:
    assert handover(one(Shift(1, 1), replace(PLAN, as_of=date(2027, 1, 15)))[0], 1) == date(
        2027, 1, 22
    )
    with pytest.raises(ScenarioError, match="Alles van Valpreventie is al begonnen of voorbij"):
        one(Shift(1, 1), replace(PLAN, as_of=date(2027, 1, 16)))


def test_nothing_moves_to_before_the_day_of_planning() -> None:
    """Work 12 begins on 4 January: two weeks earlier is 21 December."""
    there = replace(PLAN, as_of=date(2026, 12, 21))
    assert days(one(Shift(2, -2), there)[0], 12)[0] == "2026-12-21"
    with pytest.raises(ScenarioError, match="begint iets op 14-12-2026, vóór 21-12-2026"):
        one(Shift(2, -3), there)


PHASED = replace(
    PLAN,
    phases=phases(
        (1, "introduction", date(2026, 12, 21), date(2027, 1, 1), True, False),
        (1, "handover", date(2027, 1, 4), date(2027, 1, 15), False, False),
        (2, "handover", date(2027, 1, 4), date(2027, 1, 29), False, False),
    ),
    demand=needs(
        (10, 1, 7, 8.0, date(2026, 12, 21), date(2027, 1, 1)),
        (11, 1, 7, 4.0, date(2027, 1, 4), date(2027, 1, 15)),
        (12, 2, 7, 6.0, date(2027, 1, 4), date(2027, 1, 29)),
        phases=("introduction", "handover", None),
    ),
    handovers=handovers(
        (1, 1, date(2027, 1, 15)), (3, 1, date(2027, 1, 14)), (2, 2, date(2027, 3, 1))
    ),
)


def ends(plan: Plan, row: int) -> tuple[str, str]:
    found = plan.phases.loc[row]
    return found["first"].date().isoformat(), found["last"].date().isoformat()


def test_a_phase_moves_with_its_work_and_with_all_handovers_when_it_is_that_of_handover() -> None:
    plan, said = one(ShiftPhase(1, "handover", 1), PHASED)
    assert [ends(plan, row) for row in (0, 1, 2)] == [
        ("2026-12-21", "2027-01-01"),
        ("2027-01-11", "2027-01-22"),
        ("2027-01-04", "2027-01-29"),
    ]
    assert days(plan, 11) == ("2027-01-11", "2027-01-22")
    assert days(plan, 10) == ("2026-12-21", "2027-01-01")
    assert [day.date().isoformat() for day in plan.handovers["day"]] == [
        "2027-01-22",
        "2027-01-21",
        "2027-03-01",
    ]
    assert said == (
        "Valpreventie: de fase Overdracht schuift 1 week later: het werk loopt dan van 11-01-2027 "
        "tot en met 22-01-2027; 2 overdrachten gaan mee."
    )


def test_another_phase_takes_no_handover_along() -> None:
    not_begun = replace(PHASED, phases=PHASED.phases.assign(begun=False))
    plan, _said = one(ShiftPhase(1, "introduction", 1), not_begun)
    assert days(plan, 10) == ("2026-12-28", "2027-01-08")
    assert plan.handovers["day"].tolist() == apply(PHASED, [])[0].handovers["day"].tolist()


def test_a_phase_that_has_begun_does_not_move_and_the_sentence_says_so() -> None:
    with pytest.raises(ScenarioError, match="fase Introductie is al begonnen"):
        one(ShiftPhase(1, "introduction", 1), PHASED)
    plan, said = one(Shift(1, 1), PHASED)
    assert ends(plan, 0) == ("2026-12-21", "2027-01-01")
    assert days(plan, 10) == ("2026-12-21", "2027-01-01")
    assert ends(plan, 1) == ("2027-01-11", "2027-01-22")
    assert "wat van Introductie al begon of had moeten beginnen, blijft staan" in said


def test_a_pause_moves_the_end_of_a_running_phase_and_not_its_begin() -> None:
    plan, _said = one(Pause(1, date(2026, 12, 28), 3), PHASED)
    assert ends(plan, 0) == ("2026-12-21", "2027-01-22")
    assert ends(plan, 1) == ("2027-01-25", "2027-02-05")


def test_no_pause_begins_in_the_past() -> None:
    there = replace(PLAN, as_of=date(2027, 1, 5))
    assert one(Pause(1, date(2027, 1, 5), 1), there)[0].demand["id"].tolist() == [10, 11, 12, 13]
    with pytest.raises(ScenarioError, match="wat geweest is, verschuift niet"):
        one(Pause(1, date(2027, 1, 4), 1), there)


def test_stretching_leaves_what_was_done_and_spreads_the_rest() -> None:
    """On 28 December a week of work 10 is done; the three weeks that are left become six."""
    plan, _said = one(Stretch(1, 3), replace(PHASED, as_of=date(2026, 12, 28)))
    assert days(plan, 10) == ("2026-12-21", "2026-12-27")
    assert days(plan, 13) == ("2026-12-28", "2027-01-08")
    assert days(plan, 11) == ("2027-01-11", "2027-02-05")
    assert plan.demand.set_index("id")["hours_per_week"].loc[[10, 13, 11]].tolist() == [8, 4, 2]
    assert plan.demand.set_index("id")["origin"].loc[[10, 13, 11]].tolist() == [10, 10, 11]
    assert ends(plan, 0) == ("2026-12-21", "2027-01-08")
    assert ends(plan, 1) == ("2027-01-11", "2027-02-05")


def test_of_changes_that_cannot_all_be_made_the_others_are() -> None:
    plan, said = lay(PLAN, [Shift(99, 1), Shift(1, 1)])
    assert [each.made for each in said] == [False, True]
    assert "Project 99" in said[0].words
    assert days(plan, 10) == ("2026-12-28", "2027-01-08")


def test_added_hours_count_by_working_day() -> None:
    """From Wednesday of week 53 to Monday of week 1: three fifths and one fifth of 10."""
    plan, said = one(AddHours(7, 10, date(2026, 12, 30), date(2027, 1, 4)))
    assert plan.present.loc[7].tolist() == pytest.approx([36, 42, 38, 36])
    assert said == (
        "Fysiotherapeut krijgt 10 uur per week erbij van 30-12-2026 tot en met 04-01-2027."
    )
    assert "krijgt 2,5 uur" in one(AddHours(7, 2.5, date(2026, 12, 30), date(2027, 1, 4)))[1]


def test_another_season_is_told_with_what_it_was() -> None:
    plan, said = one(ChangeSeason(SeasonChoice.WEEKS_21))
    assert plan.season is SeasonChoice.WEEKS_21
    assert said == "Het griepseizoen is nu: 21 weken (was: normaal)."


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Shift(99, 1), "Project 99 staat niet in dit plan"),
        (Stretch(99, 1), "Project 99 staat niet in dit plan"),
        (Pause(99, date(2027, 1, 4), 1), "Project 99 staat niet in dit plan"),
        (AddHours(8, 1, date(2027, 1, 4), date(2027, 1, 4)), "Functie 8 bestaat niet meer"),
        (AddHours(7, -1, date(2027, 1, 4), date(2027, 1, 4)), "groter dan nul"),
        (AddHours(7, 0, date(2027, 1, 4), date(2027, 1, 4)), "groter dan nul"),
        (AddHours(7, float("nan"), date(2027, 1, 4), date(2027, 1, 4)), "groter dan nul"),
        (AddHours(7, 1, date(2027, 1, 5), date(2027, 1, 4)), "ligt vóór de eerste"),
        (AddHours(7, 1, date(2027, 1, 18), date(2027, 2, 4)), "buiten de weken van dit plan"),
        (Shift(1, 0), "verandert niets"),
        (Shift(3, 1), "Van Nog niets is nog niets gepland"),
        (ShiftPhase(99, "handover", 1), "Project 99 staat niet in dit plan"),
        (ShiftPhase(1, "handover", 0), "verandert niets"),
        (ShiftPhase(1, "preparation", 1), "geen fase Voorbereiding die kan verschuiven"),
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
    return replace(PLAN, demand=needs(*rows), handovers=handovers())


@settings(max_examples=40, deadline=None)
@given(plan=plans(), weeks=st.integers(1, 60))
def test_shifting_there_and_back_is_the_same_plan_with_the_same_hours(
    plan: Plan, weeks: int
) -> None:
    ready, _none = apply(plan, [])
    if not (plan.demand["project_id"] == 1).any():
        return
    moved, _said = apply(plan, [Shift(1, weeks)])
    pd.testing.assert_series_equal(work_hours(moved.demand), work_hours(ready.demand))
    back, _said = apply(moved, [Shift(1, -weeks)])
    pd.testing.assert_frame_equal(back.demand, ready.demand)
    pd.testing.assert_frame_equal(back.handovers, ready.handovers)


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
        with pytest.raises(ScenarioError, match="geen werk meer"):
            apply(plan, [change])
        return
    paused, _said = apply(plan, [change])
    for project in (1, 2):
        assert hours(paused, project) == pytest.approx(hours(apply(plan, [])[0], project))
    assert paused.demand["id"].is_unique
    own = paused.demand[paused.demand["project_id"] == 1]
    until = pd.Timestamp(day) + pd.Timedelta(weeks=weeks)
    assert ((own["last"] < pd.Timestamp(day)) | (own["first"] >= until)).all()
