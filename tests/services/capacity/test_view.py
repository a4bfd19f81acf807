"""What the screen of the capacity counts, on cases worked out by hand; hours are per week."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from borging.domain.absence import Absence
from borging.domain.flu_seasons import Origin
from borging.services.capacity import view as capacity
from borging.services.capacity.one_function import one_function
from borging.services.capacity.periods import phase_periods
from borging.services.capacity.view import CapacityView
from borging.services.flu_winters import history
from borging.services.holidays import Holiday, SchoolHolidays
from tests.services.test_flu_winters import season
from tests.services.test_holidays import VVT

AS_OF = date(2026, 12, 16)
"""Wednesday of 2026-W51; Christmas and New Year are Fridays, of weeks 52 and 53."""
WELL = Absence("Ziekenhuizen", 0.0, 2025, 0.0)
SCHOOL = SchoolHolidays((Holiday("Kerstvakantie", date(2026, 12, 19), date(2027, 1, 3)),), ())


HISTORY = history(
    {
        "2015/2016": [season("2015/2016", "2015-W52", "2016-W01")],
        "2020/2021": [season("2020/2021", None, None)],
    },
    {"2015/2016": 2.0},
    Origin.DERIVED,
)
"""Two winters, one of them epidemic from week 52 over week 53 up to and including week 1."""


def dated(table: pd.DataFrame, *names: str) -> pd.DataFrame:
    for name in names:
        table[name] = pd.to_datetime(table[name]).astype("datetime64[us]")
    ids = ("id", "project_id", "function_id")
    return table.astype({name: "Int64" for name in ids if name in table})


FUNCTIONS = dated(
    pd.DataFrame(
        [(1, "Projectleider", 2.0, 36.0, 0.5, False), (2, "ECD-beheerder", 1.0, 40.0, 0.5, True)],
        columns=["id", "name", "fte", "hours_per_week", "project_share", "scarce"],
    )
)
NO_LEAVE = dated(
    pd.DataFrame([], columns=["function_id", "hours_per_week", "first", "last"]), "first", "last"
)
PROJECTS = dated(
    pd.DataFrame(
        [
            (7, "P07", "Spraak", "running"),
            (8, "P08", "Toezicht", "planned"),
            (9, "P09", "Oud", "closed"),
        ],
        columns=["id", "code", "title", "state"],
    )
)
NEEDS = dated(
    pd.DataFrame(
        [
            (7, 2, 18.0, "2026-12-14", "2027-01-10", True),
            (8, 2, 4.0, "2026-12-21", "2027-01-03", False),
            (7, 1, 9.0, "2026-12-14", "2026-12-20", True),
            (9, 1, 99.0, "2026-12-14", "2027-01-10", True),
        ],
        columns=["project_id", "function_id", "hours_per_week", "first", "last", "firm"],
    ),
    "first",
    "last",
)
RESULTS = dated(
    pd.DataFrame(
        [
            (7, "2026-12-31", None),
            (8, "2026-12-10", None),
            (8, "2026-12-22", "2026-12-15"),
            (9, "2026-12-31", None),
        ],
        columns=["project_id", "agreed_on", "handed_over_on"],
    ),
    "agreed_on",
    "handed_over_on",
)


def view(**other: Any) -> CapacityView:
    known: dict[str, Any] = {
        "functions": FUNCTIONS,
        "leave": NO_LEAVE,
        "needs": NEEDS,
        "projects": PROJECTS,
        "results": RESULTS,
        "history": HISTORY,
        "school": SCHOOL,
        "days_off": VVT,
        "absence": WELL,
        "as_of": AS_OF,
        "period": 26,
    }
    return capacity.view(**{**known, **other})


def test_the_title_names_the_worst_function_and_week() -> None:
    """ECD: 20 hours, 16 in weeks 52 and 53 by their holiday; asked 18, 22, 22 and 18.

    90 %, 137.5 %, 137.5 % and 90 %; the first of the worst weeks is named.
    """
    found = view()
    assert found.title == (
        "1 van de 2 functies loopt vol; het krapst is ECD-beheerder in wk 52 (138\u00a0%)"
    )
    assert found.functions["name"].tolist() == ["ECD-beheerder", "Projectleider"]
    assert found.load.loc[2].tolist()[:5] == pytest.approx([0.9, 1.375, 1.375, 0.9, 0])
    assert found.load.loc[1].tolist()[:2] == [0.25, 0]


def test_work_of_projects_that_are_over_does_not_count_and_is_told() -> None:
    found = view()
    assert found.demand.loc[1].tolist()[:2] == [9, 0]
    assert "inzet van 1 project die voorbij is telt niet mee" in found.small_print
    assert "al het geplande werk" in found.small_print
    assert "(wk 51)" in found.small_print


def test_an_overload_names_the_projects_and_the_handovers_within_it() -> None:
    """Short 6 hours in each of weeks 52 and 53; P07 hands over in week 53, P08 did so before."""
    assert view().overloads.to_dict("records") == [
        {
            "function": "ECD-beheerder",
            "weeks": "wk 52 t/m wk 53",
            "worst": "wk 52: 138\u00a0%",
            "hours": 12.0,
            "projects": "P07 en P08",
            "handovers": "P07 wk 53",
        }
    ]


def test_flu_and_holidays_stand_at_their_weeks() -> None:
    found = view()
    assert found.chances[:5] == (0.0, 0.5, 0.5, 0.5, 0.0)
    assert found.chances[-1] is None
    assert found.school[:4] == ("", "Kerstvakantie", "Kerstvakantie", "")
    assert found.public[:4] == ("", "Eerste kerstdag", "Nieuwjaarsdag", "")


def test_sick_leave_is_the_base_and_more_in_the_winters_that_are_epidemic() -> None:
    """5 %, and 2.2 points in one of two winters: 20 hours in week 51, 16 in week 52."""
    ill = view(absence=Absence("Ziekenhuizen", 0.05, 2025, 0.022))
    assert ill.supply.loc[2].iloc[0] == pytest.approx(20 * (1 - 0.05))
    assert ill.supply.loc[2].iloc[1] == pytest.approx(16 * (1 - 0.061))
    assert ill.present.loc[2].tolist()[:2] == [20, 16]
    assert "verzuim 5,0 % (CBS 80072ned, ziekenhuizen, derde kwartaal 2025)" in ill.note
    assert "2,2 procentpunt per griepweek" in ill.note
    assert "aandeel van de 2 vastgelegde winters 2015/2016 t/m 2020/2021" in ill.note
    assert "geen voorspelling" in ill.note


def test_work_without_any_hours_is_said_in_words() -> None:
    nobody = FUNCTIONS.assign(fte=[2.0, 0.0])
    found = view(functions=nobody)
    assert found.title.endswith("ECD-beheerder in wk 51 (er zijn geen uren)")
    assert "∞ = wel gevraagd" in found.note
    assert np.isinf(found.load.loc[2].iloc[0])
    assert found.table["2026-W51"].isna().tolist() == [True, False]


def test_nothing_full_and_one_function() -> None:
    quiet = NEEDS[NEEDS["function_id"] == 1]
    assert view(needs=quiet).title == (
        "Van 1 van de 2 projecten is de inzet niet bekend; geen functie loopt vol; het krapst is "
        "projectleider in wk 51 (25\u00a0%)"
    )
    assert view(needs=quiet).overloads.empty
    one = view(functions=FUNCTIONS.iloc[1:].reset_index(drop=True))
    assert one.title.startswith("De enige functie loopt vol")


def test_without_functions_or_without_needs_it_says_what_is_missing() -> None:
    none = view(functions=FUNCTIONS.iloc[:0], needs=NEEDS.iloc[:0])
    assert (none.title, none.empty) == ("Nog geen functies om mee te plannen", True)
    unasked = view(needs=NEEDS.iloc[:0])
    assert (unasked.title, unasked.empty) == ("Van 2 projecten is de inzet niet bekend", True)


def test_a_phone_shows_the_worst_week_in_its_middle() -> None:
    late = NEEDS.assign(first=pd.Timestamp("2027-03-01"), last=pd.Timestamp("2027-03-07"))
    assert view(needs=late).phone_from == 11 - 4
    assert view().phone_from == 0


def test_one_function_stacks_firm_work_and_keeps_tentative_apart() -> None:
    found = one_function(view(), 2, narrow=True)
    assert len(found.weeks) == 9
    assert [(p.label, p.tentative, p.hours[:3]) for p in found.parts] == [
        ("P07 Spraak", False, (18, 18, 18)),
        ("voorlopig", True, (0, 4, 4)),
    ]
    assert found.supply[:3] == (20, 16, 16)
    assert found.shortage[:4] == (0, 6, 6, 0)
    assert found.in_words.startswith(
        "ECD-beheerder: tekort in 2 weken van 9, het meest in wk 52: 6,0 uur."
    )
    rows = found.table[["project", "certainty", "2026-W53"]].to_numpy().tolist()
    assert rows == [
        ["beschikbaar", "", 16.0],
        ["P07 Spraak", "zeker", 18.0],
        ["P08 Toezicht", "voorlopig", 4.0],
    ]


def test_a_function_that_nobody_asks_for_has_no_parts() -> None:
    found = one_function(view(needs=NEEDS[NEEDS["function_id"] == 2]), 1, narrow=False)
    assert found.parts == ()
    assert set(found.shortage) == {0.0}


def test_more_than_three_projects_are_two_and_the_rest() -> None:
    many = pd.concat([NEEDS.iloc[:1].assign(project_id=n, hours_per_week=n) for n in range(1, 6)])
    projects = dated(
        pd.DataFrame(
            [(n, f"P{n}", f"P{n}", "running") for n in range(1, 6)],
            columns=["id", "code", "title", "state"],
        )
    )
    needs = many.astype({"project_id": "Int64"}).reset_index(drop=True)
    found = one_function(view(needs=needs, projects=projects), 2, narrow=False)
    assert [(p.label, p.hours[0]) for p in found.parts] == [
        ("P5", 5),
        ("P4", 4),
        ("3 andere projecten", 6),
    ]


def test_the_phases_of_a_template_are_those_to_come() -> None:
    table = dated(
        pd.DataFrame(
            [
                (7, "preparation", "2026-10-01", "2026-11-01", "2026-10-01", "2026-11-01"),
                (7, "introduction", "2026-11-02", "2027-01-31", "2026-11-09", None),
                (7, "integration", "2027-03-01", "2027-02-01", None, None),
                (7, "handover", None, "2027-03-01", None, None),
                (8, "handover", "2027-03-01", "2027-03-05", None, None),
            ],
            columns=[
                "project_id",
                "phase",
                "planned_start",
                "planned_end",
                "actual_start",
                "actual_end",
            ],
        ),
        "planned_start",
        "planned_end",
        "actual_start",
        "actual_end",
    )
    assert phase_periods(table, 7) == {"introduction": (date(2026, 11, 9), date(2027, 1, 31))}
