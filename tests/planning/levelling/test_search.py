"""The proposal on cases worked out by hand. One function has 8 hours a week, from 2026-W49 on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from borging.domain.changes import ShiftPhase
from borging.domain.room import Room
from borging.planning import demand
from borging.planning.levelling.moves import moves
from borging.planning.levelling.problem import Problem, problem
from borging.planning.levelling.search import Proposal, Search, Settings
from borging.planning.plan import Plan, ready
from borging.planning.scenario import apply
from tests.planning.cases import mondays

WEEKS = mondays("2026-11-30", 12)
"""2026-W49 up to and including 2027-W07; W53 is the fifth."""
AS_OF = date(2026, 11, 30)
FIRST, SECOND = "preparation", "introduction"
QUICK = Settings(limit=3.0, reproducible=True)
STAYS = Room(weeks_earlier=0, weeks_later=0)


def monday(week: int) -> date:
    """The first day of a week of the plan, counted from 0."""
    return AS_OF + timedelta(weeks=week)


def plan_of(
    *work: tuple[int, str, int, int, float],
    handovers: dict[int, date] | None = None,
    begun: set[tuple[int, str]] = frozenset(),  # type: ignore[assignment]
) -> Plan:
    """work: project, phase, first week, number of weeks, hours per week; Monday to Friday."""
    phases, needs = [], []
    for number, (project, phase, week, length, hours) in enumerate(work):
        first, last = monday(week), monday(week + length) - timedelta(days=3)
        phases.append((project, phase, first, last, (project, phase) in begun, False))
        needs.append((number, project, 7, phase, hours, first, last, True))
    projects = sorted({each[0] for each in work})
    names = {"project_id": "int64", "phase": object}
    plan = Plan(
        projects=pd.DataFrame(
            {
                "id": projects,
                "code": [f"P{each}" for each in projects],
                "title": [f"Project {each}" for each in projects],
            }
        ),
        phases=pd.DataFrame(
            phases, columns=["project_id", "phase", "first", "last", "begun", "ended"]
        ).astype(names),
        handovers=pd.DataFrame(
            [(each, each, day) for each, day in (handovers or {}).items()],
            columns=["id", "project_id", "day"],
        ),
        functions=pd.DataFrame({"id": [7], "name": ["Fysiotherapeut"]}),
        demand=pd.DataFrame(
            needs,
            columns=[
                *("id", "project_id", "function_id", "phase", "hours_per_week"),
                *("first", "last", "firm"),
            ],
        ),
        present=there(),
        as_of=AS_OF,
    )
    return ready(plan)


def there(hours: float = 8.0) -> pd.DataFrame:
    return pd.DataFrame([[hours] * len(WEEKS)], pd.Index([7], name="function_id"), WEEKS)


def puzzle(
    plan: Plan,
    rooms: dict[int, Room] | None = None,
    hours: float = 8.0,
) -> Problem:
    return problem(plan, rooms or {}, there(hours))


def solved(case: Problem, settings: Settings = QUICK) -> Proposal:
    return Search(case, settings).run()


TWO = plan_of((1, FIRST, 0, 1, 8.0), (2, FIRST, 0, 1, 8.0))
"""Two projects that ask all 8 hours of the same week."""


def test_one_week_later_solves_it() -> None:
    found = solved(puzzle(TWO, {1: STAYS}))
    assert found.changes == (ShiftPhase(2, FIRST, 1),)
    assert (found.before, found.after, found.least) == (8.0, 0.0, 0.0)
    assert found.fits
    assert found.proven


def test_what_fits_stays_as_it_is() -> None:
    found = solved(puzzle(plan_of((1, FIRST, 0, 1, 8.0), (2, FIRST, 1, 1, 8.0))))
    assert found.changes == ()
    assert found.proven


def test_without_room_nothing_moves_and_the_shortage_is_of_what_stays() -> None:
    found = solved(puzzle(TWO, {1: STAYS, 2: STAYS}))
    assert found.changes == ()
    assert (found.before, found.after, found.fixed_short) == (8.0, 8.0, 8.0)


@pytest.mark.parametrize(("later", "after"), [(0, 8.0), (1, 0.0)])
def test_nothing_moves_further_than_its_project_allows(later: int, after: float) -> None:
    rooms = {1: STAYS, 2: Room(weeks_earlier=0, weeks_later=later)}
    assert solved(puzzle(TWO, rooms)).after == after


@pytest.mark.parametrize(("latest", "after"), [(10, 8.0), (11, 0.0), (12, 0.0)])
def test_the_latest_end_is_included(latest: int, after: float) -> None:
    """A week later the phase ends on Friday 11 December."""
    rooms = {1: STAYS, 2: Room(latest_end=date(2026, 12, latest))}
    assert solved(puzzle(TWO, rooms)).after == after


def test_nothing_moves_to_before_the_day_of_the_plan_nor_out_of_its_weeks() -> None:
    at_the_end = plan_of((1, FIRST, 11, 1, 8.0), (2, FIRST, 0, 1, 8.0))
    first, second = puzzle(at_the_end).blocks
    assert (first.low, first.high) == (-4, 0)
    assert (second.low, second.high) == (0, 8)


def test_what_has_begun_stays() -> None:
    begun = plan_of((1, FIRST, 0, 1, 8.0), (2, FIRST, 0, 1, 8.0), begun={(1, FIRST)})
    assert [block.project_id for block in puzzle(begun).blocks] == [2]
    yesterday = replace(TWO, as_of=date(2026, 12, 1))
    assert puzzle(yesterday).blocks == ()


def test_the_order_of_phases_is_kept() -> None:
    """The first phase can only go later, and pushes the second, which asks nothing that matters."""
    rooms = {1: STAYS}
    plan = plan_of((1, FIRST, 0, 1, 8.0), (2, FIRST, 0, 1, 8.0), (2, SECOND, 1, 1, 0.5))
    found = solved(puzzle(plan, rooms))
    assert found.changes == (ShiftPhase(2, FIRST, 1), ShiftPhase(2, SECOND, 1))
    overlapping = plan_of((1, FIRST, 0, 1, 8.0), (2, FIRST, 0, 2, 8.0), (2, SECOND, 1, 1, 0.5))
    (link,) = puzzle(overlapping).order
    assert link.weeks == -1  # it may begin in the same week, not earlier


def test_hours_short_come_before_moves_and_moves_before_nothing() -> None:
    """Eight weeks to gain half an hour; of two ways the shorter."""
    plan = plan_of((1, FIRST, 0, 8, 8.0), (2, FIRST, 0, 1, 0.5))
    rooms = {1: STAYS}
    assert solved(puzzle(plan, rooms)).changes == (ShiftPhase(2, FIRST, 8),)
    middle = plan_of((1, FIRST, 2, 3, 8.0), (2, FIRST, 3, 1, 0.5))
    assert [abs(each.weeks) for each in solved(puzzle(middle, rooms)).changes] == [2]


def test_a_soft_plan_when_none_fits_with_what_is_least() -> None:
    """Each project asks 8 hours a week where 6 are: 2 and 2 short, apart, is the least."""
    found = solved(puzzle(TWO, hours=6.0))
    assert not found.fits
    assert (found.before, found.after, found.least, found.gap) == (10.0, 4.0, 4.0, 0.0)
    assert found.proven
    assert len(found.changes) == 1


def test_a_handover_goes_out_of_the_flu_season() -> None:
    """The season begins in 2026-W51: W50 is three weeks before W53."""
    plan = plan_of((1, "handover", 4, 1, 1.0), handovers={1: date(2027, 1, 1)})
    found = solved(puzzle(plan))
    assert found.changes == (ShiftPhase(1, "handover", -3),)
    assert (found.flu_before, found.flu_after) == (1, 0)
    assert solved(puzzle(plan, {1: STAYS})).changes == ()


@pytest.mark.parametrize(("legal", "high"), [(14, 0), (15, 1), (22, 2)])
def test_a_handover_stays_before_the_legal_date(legal: int, high: int) -> None:
    """Agreed on Friday 8 January; the 15th is a week later."""
    plan = plan_of((1, "handover", 4, 1, 1.0), handovers={1: date(2027, 1, 8)})
    (block,) = puzzle(plan, {1: Room(legal_date=date(2027, 1, legal))}).blocks
    assert block.high == high


@pytest.mark.parametrize(
    ("room", "said"),
    [
        (
            Room(earliest_start=date(2026, 12, 14), legal_date=date(2026, 12, 18)),
            "P1 Project 1, Voorbereiding: op zijn vroegst klaar op 18-12-2026 (begint niet vóór "
            "14-12-2026), maar uiterlijk klaar op 11-12-2026 (Overdracht komt erna, en "
            "wettelijke datum 18-12-2026).",
        ),
        (
            Room(legal_date=date(2026, 12, 10)),
            "P1 Project 1, Voorbereiding: op zijn vroegst klaar op 04-12-2026 (niets schuift naar "
            "vóór de peildatum), maar uiterlijk klaar op 27-11-2026 (Overdracht komt erna, en "
            "wettelijke datum 10-12-2026).",
        ),
        (
            Room(earliest_start=date(2026, 12, 14), weeks_later=1),
            "P1 Project 1, Voorbereiding: op zijn vroegst klaar op 18-12-2026 (begint niet vóór "
            "14-12-2026), maar uiterlijk klaar op 11-12-2026 (hoogstens 1 week later).",
        ),
    ],
)
def test_dates_that_no_capacity_can_solve_are_named(room: Room, said: str) -> None:
    plan = plan_of(
        (1, FIRST, 0, 1, 1.0),
        (1, "handover", 1, 1, 1.0),
        (2, FIRST, 0, 1, 1.0),
        handovers={1: date(2026, 12, 11)},
    )
    case = puzzle(plan, {1: room})
    assert said in case.conflicts
    assert {block.project_id for block in case.blocks} == {2}


def test_a_handover_without_a_phase_that_is_too_late_is_named() -> None:
    plan = plan_of((1, FIRST, 0, 1, 1.0), handovers={1: date(2027, 1, 8)})
    assert puzzle(plan, {1: Room(legal_date=date(2027, 1, 8))}).conflicts == ()
    (said,) = puzzle(plan, {1: Room(legal_date=date(2027, 1, 7))}).conflicts
    assert said == (
        "P1 Project 1: de overdracht van 08-01-2027 ligt na de wettelijke datum 07-01-2027, en kan "
        "niet schuiven."
    )


def many(seed: int) -> Plan:
    """A year with 8 projects of three phases, always the same one."""
    random = np.random.default_rng(seed)
    work = []
    for project in range(8):
        week = int(random.integers(0, 4))
        for phase in (FIRST, SECOND, "handover"):
            length = int(random.integers(1, 4))
            work.append((project, phase, week, length, float(random.integers(1, 8))))
            week += length - int(random.integers(0, 2))
    return plan_of(*work, handovers={project: monday(5) for project in range(0, 8, 2)})


@pytest.mark.parametrize("hours", [10.0, 22.0])
def test_what_is_told_is_what_the_scenario_makes_of_it(hours: float) -> None:
    """The hours short of the plan with the changes laid on it, counted anew."""
    plan = many(3)
    found = solved(puzzle(plan, hours=hours), Settings(limit=0.2, reproducible=True))
    changed, said = apply(plan, found.changes)
    asked = demand.demand(changed.demand, plan.functions, WEEKS)
    assert found.after == pytest.approx(float((asked - there(hours)).clip(lower=0).sum().sum()))
    assert found.least <= found.after < found.before
    assert len(said) == len(found.changes) > 0
    for link in found.problem.order:
        assert found.shifts[link.after] - found.shifts[link.before] >= link.weeks
    for block, weeks in zip(found.problem.blocks, found.shifts, strict=True):
        assert block.low <= weeks <= block.high


def test_the_same_seed_gives_the_same_plan_however_busy_the_machine() -> None:
    """Cut off by its limit, alone and while two others search."""
    case, settings = puzzle(many(5), hours=12.0), Settings(limit=0.05, reproducible=True, seed=4)
    alone = solved(case, settings)
    assert not alone.proven
    with ThreadPoolExecutor(3) as pool:
        together = list(pool.map(lambda _n: solved(case, settings), range(3)))
    for each in together:
        assert each.shifts.tolist() == alone.shifts.tolist()
        assert (each.after, each.least) == (alone.after, alone.least)


def test_a_search_that_is_stopped_has_its_first_plan() -> None:
    search = Search(puzzle(TWO, {1: STAYS}))
    search.stop()
    found = search.run()
    assert found.stopped
    assert not found.proven
    assert found.after == 0.0
    assert search.progress.short == 0.0
    assert search.progress.step == 4


def test_needs_without_a_phase_stay() -> None:
    loose = TWO.demand.assign(phase=[FIRST, None])
    case = puzzle(replace(TWO, demand=loose))
    assert case.fixed[0, 0] == 8.0
    assert case.hours[:, 0, 0].tolist() == [8.0, 0.0]


def test_a_plan_for_other_room_or_hours_is_a_plan_for_another_puzzle() -> None:
    case = puzzle(TWO)
    assert case.same_as(puzzle(TWO))
    assert not case.same_as(puzzle(TWO, {1: STAYS}))
    assert not case.same_as(puzzle(TWO, hours=7.5))


def test_every_move_says_what_it_is_good_for() -> None:
    plan = plan_of(
        (1, FIRST, 0, 1, 8.0),
        (2, FIRST, 0, 1, 7.5),
        (2, SECOND, 1, 1, 0.5),
        (3, "handover", 2, 1, 0.5),
        handovers={3: date(2026, 12, 18)},
    )
    late = Room(earliest_start=date(2026, 12, 28), weeks_earlier=0)
    plan = replace(
        plan,
        phases=pd.concat([plan.phases, plan_of((4, FIRST, 3, 1, 0.5)).phases]),
        projects=pd.concat([plan.projects, plan_of((4, FIRST, 3, 1, 0.5)).projects]),
    )
    found = solved(puzzle(plan, {1: STAYS, 4: late}))
    told = {(each.block.project_id, each.block.phase): each for each in moves(found)}
    first, second = told[2, FIRST], told[2, SECOND]
    (gain,) = first.relieved
    assert (gain.function_id, gain.hours) == (7, 7.5)
    assert gain.first == gain.last == WEEKS[0]
    assert (first.along, second.along) == ((), (FIRST,))
    assert [each.hours for each in second.relieved] == [0.5]
    assert (told[3, "handover"].weeks, told[3, "handover"].kept_out) == (-1, 1)
    assert (told[4, FIRST].weeks, told[4, FIRST].forced) == (1, True)
    assert not first.forced
