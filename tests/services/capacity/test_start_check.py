"""The start check against a portfolio: full functions, people in many projects, what is unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from borging.domain.absence import Absence
from borging.domain.flu_seasons import Origin
from borging.domain.new_project import NewProject
from borging.domain.staffing import NeedFields, Template, TemplateLine
from borging.domain.terms import Phase
from borging.planning.winters import recorded_seasons
from borging.services.capacity.start_check import Plan, check, plan_of_new, plan_of_project
from borging.services.flu_winters import FluHistory
from tests.services.test_holidays import VVT

NO_ABSENCE = Absence("geen", 0.0, 2025, 0.0)
FUNCTIONS = pd.DataFrame(
    {
        "id": [1, 2],
        "name": ["Digicoach", "Projectleider"],
        "fte": [1.0, 1.0],
        "hours_per_week": [40.0, 40.0],
        "project_share": [0.5, 0.5],
    }
)
LEAVE = pd.DataFrame(
    {
        "function_id": pd.Series(dtype="int64"),
        "hours_per_week": pd.Series(dtype=float),
        "first": pd.Series(dtype="datetime64[us]"),
        "last": pd.Series(dtype="datetime64[us]"),
    }
)
PEOPLE = {7: "Els", 8: "Karim"}
START, HANDOVER = date(2027, 4, 12), date(2027, 5, 23)
PLAN = Plan(
    project_id=None,
    start=START,
    handover=HANDOVER,
    evaluation_on=date(2027, 9, 1),
    people=(("sponsor_id", None), ("owner_id", 7), ("project_lead_id", 8)),
    borging_in_plan=True,
    needs=(NeedFields(1, 8.0, START, date(2027, 4, 25)),),
)


def projects(*rows: tuple[str, str, str, str, int]) -> pd.DataFrame:
    """code, state, start, end, id of the lead."""
    table = pd.DataFrame(rows, columns=["code", "state", "start", "end", "project_lead_id"])
    table["id"] = range(1, len(table) + 1)
    table = table.assign(sponsor_id=pd.NA, owner_id=pd.NA, borging_in_plan=None)
    table["next_handover"] = pd.NaT
    for name in ("start", "end", "next_handover"):
        table[name] = pd.to_datetime(table[name]).astype("datetime64[us]")
    return table.astype(dict.fromkeys(("sponsor_id", "owner_id", "project_lead_id"), "Int64"))


def needs(*rows: tuple[int, int, float, str, str]) -> pd.DataFrame:
    """project, function, hours per week, first, last."""
    names = ["project_id", "function_id", "hours_per_week", "first", "last"]
    table = pd.DataFrame(rows, columns=names)
    for name in ("first", "last"):
        table[name] = pd.to_datetime(table[name]).astype("datetime64[us]")
    return table


def winters(*spans: tuple[str, str] | None) -> FluHistory:
    """Recorded winters from 2010 on, each with its first and last epidemic week, or none."""
    rows = [
        {
            "season": f"{year}/{year + 1}",
            "start": span and f"{year + 1}-{span[0]}",
            "end": span and f"{year + 1}-{span[1]}",
            "weeks": None if span else 0,
            "intensity": 1.0,
        }
        for year, span in enumerate(spans, start=2010)
    ]
    return FluHistory(recorded_seasons(pd.DataFrame(rows)), Origin.OFFICIAL, (), ())


def found(
    plan: Plan,
    others: pd.DataFrame | None = None,
    asked: pd.DataFrame | None = None,
    history: FluHistory | None = None,
    functions: pd.DataFrame = FUNCTIONS,
    as_of: date = date(2026, 12, 1),
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    others = projects() if others is None else others
    asked = needs() if asked is None else asked
    said = check(
        plan,
        others,
        PEOPLE,
        functions,
        LEAVE,
        asked,
        history or winters(None),
        VVT,
        NO_ABSENCE,
        as_of,
    )
    return said.warnings, said.unchecked


def test_a_plan_that_fits_is_left_in_peace() -> None:
    assert found(PLAN) == ((), ())


@pytest.mark.parametrize(("later", "asks"), [(-1, False), (0, False), (1, True)])
def test_a_begin_in_the_past_asks_what_really_began(later: int, asks: bool) -> None:
    assert PLAN.start is not None
    day = PLAN.start + timedelta(later)
    said, _ = found(PLAN, as_of=day)
    assert bool(said) is asks
    if asks:
        assert "Het begin (12-04-2027) is al geweest" in said[0]
        assert found(replace(PLAN, begun=True), as_of=day) == ((), ())


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        (date(2026, 12, 13), False),
        (date(2026, 12, 14), True),
        (date(2026, 12, 17), True),
        (date(2026, 12, 24), True),
        (date(2027, 3, 17), True),
        (date(2027, 3, 21), True),
        (date(2027, 3, 22), False),
    ],
)
def test_begin_and_handover_in_the_flu_season_are_told(day: date, inside: bool) -> None:
    """The band of the calendar decides, not how often the week was epidemic."""
    winter = winters(None)
    assert bool(found(replace(PLAN, handover=day), history=winter)[0]) is inside
    assert bool(found(replace(PLAN, start=day), history=winter)[0]) is inside


def test_the_week_is_told_by_date_with_the_winters_that_carry_its_chance() -> None:
    plan, winter = replace(PLAN, start=date(2027, 2, 1)), winters(*[("W04", "W06")] * 3, None)
    assert found(plan, history=winter)[0] == (
        "Het begin op 01-02-2027 valt in het griepseizoen (wk 51–11): de week van 4 februari was "
        "in 3 van de 4 getelde winters epidemisch (75\u00a0%, geen voorspelling).",
    )


@pytest.mark.parametrize(("hours", "full"), [(12.0, False), (12.1, True)])
def test_a_function_is_full_above_all_its_hours(hours: float, full: bool) -> None:
    """20 hours a week; the plan asks 8 in week 15 and 16, another project the rest in week 16."""
    other = projects(("P1", "running", "2027-01-01", "2027-12-31", 9))
    said, _ = found(PLAN, other, needs((1, 1, hours, "2027-04-19", "2027-05-16")))
    assert bool(said) is full
    if full:
        assert said == (
            "Functie ‘Digicoach’ is vol in wk 16 (2027): met dit project erbij hoogstens "
            "101\u00a0%.",
        )


@pytest.mark.parametrize(("hours", "full"), [(20.0, False), (20.1, True)])
def test_a_holiday_before_the_first_day_of_the_work_takes_hours_of_its_week(
    hours: float, full: bool
) -> None:
    after_easter = NeedFields(1, hours, date(2027, 3, 30), date(2027, 4, 2))
    plan = replace(PLAN, handover=date(2027, 4, 2), needs=(after_easter,))
    said = " ".join(found(plan)[0])
    assert ("‘Digicoach’ is vol in wk 13 (2027)" in said) is full


def test_work_of_what_is_over_and_of_the_project_itself_does_not_count_twice() -> None:
    other = projects(
        ("P1", "closed", "2027-01-01", "2027-12-31", 9),
        ("P2", "planned", "2027-04-12", "2027-05-23", 9),
    )
    asked = needs(
        (1, 1, 40.0, "2027-04-12", "2027-05-09"), (2, 1, 16.0, "2027-04-12", "2027-04-25")
    )
    assert found(replace(PLAN, project_id=2), other, asked) == ((), ())


@pytest.mark.parametrize(
    ("last", "many"), [(("2027-01-01", "2027-04-12"), True), (("2027-01-01", "2027-04-11"), False)]
)
def test_a_person_in_three_projects_of_the_same_period_is_named(
    last: tuple[str, str], many: bool
) -> None:
    other = projects(
        ("P1", "running", "2026-01-01", "2027-12-31", 8),
        ("P2", "planned", "2027-05-23", "2027-12-31", 8),
        ("P3", "running", *last, 8),
        ("P4", "closed", "2026-01-01", "2027-12-31", 8),
        ("P5", "idea", "2026-01-01", "2027-12-31", 8),
    )
    said, _ = found(PLAN, other)
    assert bool(said) is many
    if many:
        assert said[0].startswith("Karim (projectleider) zit in deze periode al in 3")
        assert said[0].endswith("P1, P2, P3.")


def test_what_is_not_arranged_is_said() -> None:
    bare = replace(PLAN, people=(("owner_id", None),), borging_in_plan=None, evaluation_on=None)
    said, _ = found(bare)
    assert len(said) == 3


def test_what_cannot_be_looked_at_is_said_and_is_no_praise() -> None:
    said, unchecked = found(replace(PLAN, start=None, needs=()))
    assert said == ()
    assert len(unchecked) == 2
    _, unchecked = found(PLAN, functions=FUNCTIONS.iloc[:0])
    assert unchecked == (
        "Er zijn nog geen functies vastgelegd: of het werk past, is niet nagegaan.",
    )


def test_a_new_project_asks_what_its_template_says_per_phase() -> None:
    fields = NewProject("Beeldzorg", START, date(2027, 12, 12), owner_id=7)
    template = Template("k", "t", "th", (TemplateLine("Digicoach", Phase.PREPARATION, 4.0),))
    plan = plan_of_new(fields, template, {"digicoach": 1})
    assert plan.needs == (
        NeedFields(1, 4.0, START, date(2027, 5, 25), firm=False, phase="preparation"),
    )
    assert dict(plan.people)["owner_id"] == 7
    short = replace(fields, handover=START)
    assert plan_of_new(short, template, {"digicoach": 1}).needs == ()


def test_only_a_project_that_has_not_begun_has_a_plan() -> None:
    table = projects(
        ("P1", "planned", "2027-04-12", "2027-05-23", 8),
        ("P2", "running", "2027-04-12", "2027-05-23", 8),
    )
    phases = pd.DataFrame(
        {
            "project_id": [1],
            "phase": ["institutionalisation"],
            "planned_end": pd.to_datetime(["2027-09-01"]),
            "actual_start": pd.to_datetime([None]),
            "actual_end": pd.to_datetime([None]),
        }
    )
    asked = needs((1, 1, 8.0, "2027-04-12", "2027-04-25"))
    plan = plan_of_project(1, table, phases, asked, [])
    assert plan is not None
    assert (plan.start, plan.handover, plan.evaluation_on) == (START, HANDOVER, date(2027, 9, 1))
    assert plan.needs == PLAN.needs
    assert dict(plan.people) == {"sponsor_id": None, "owner_id": None, "project_lead_id": 8}
    assert plan_of_project(2, table, phases, asked, []) is None
    assert plan_of_project(99, table, phases, asked, []) is None


@pytest.mark.parametrize(
    ("planned", "on"),
    [
        ([date(2027, 6, 14), date(2027, 5, 24)], date(2027, 5, 24)),
        ([HANDOVER], date(2027, 9, 1)),
        ([], date(2027, 9, 1)),
    ],
)
def test_an_evaluation_in_the_dossier_counts_from_the_day_after_the_handover(
    planned: list[date], on: date
) -> None:
    table = projects(("P1", "planned", "2027-04-12", "2027-05-23", 8))
    phases = pd.DataFrame(
        {
            "project_id": [1],
            "phase": [Phase.INSTITUTIONALISATION.value],
            "planned_end": pd.to_datetime(["2027-09-01"]).astype("datetime64[us]"),
            "actual_start": pd.to_datetime([None]),
            "actual_end": pd.to_datetime([None]),
        }
    )
    plan = plan_of_project(1, table, phases, needs(), planned)
    assert plan is not None
    assert plan.evaluation_on == on


def test_a_new_owner_who_is_only_typed_is_an_owner() -> None:
    plan = replace(
        PLAN, people=(("sponsor_id", None), ("owner_id", "Noor"), ("project_lead_id", 8))
    )
    assert found(plan) == ((), ())
