"""Which facts become the plan that a scenario starts from."""

from __future__ import annotations

from datetime import date

import pandas as pd

from borging.planning.plan import Plan
from borging.planning.supply import weeks_from
from borging.services.scenarios.plan import plan_of
from tests.services.capacity.test_view import FUNCTIONS, NEEDS, NO_LEAVE, PROJECTS, dated
from tests.services.test_holidays import VVT

AS_OF = date(2026, 12, 16)
PHASES = dated(
    pd.DataFrame(
        [
            (1, 7, "preparation", "2026-11-01", "2026-12-01", "2026-11-01", "2026-12-16"),
            (2, 7, "introduction", "2026-12-16", "2027-01-03", None, None),
            (3, 7, "integration", "2026-12-15", "2027-02-01", None, None),
            (4, 8, "introduction", "2026-12-20", "2027-02-01", "2026-12-16", None),
            (5, 8, "integration", "2026-12-20", "2027-02-01", "2026-12-17", None),
            (6, 8, "handover", None, None, None, None),
            (7, 9, "handover", "2027-01-20", "2027-02-01", None, None),
        ],
        columns=[
            *("id", "project_id", "phase", "planned_start", "planned_end"),
            *("actual_start", "actual_end"),
        ],
    ),
    *("planned_start", "planned_end", "actual_start", "actual_end"),
)
RESULTS = dated(
    pd.DataFrame(
        [
            (1, 7, "Werkwijze", "2027-01-15", None),
            (2, 7, "Handboek", "2027-01-20", "2026-12-16"),
            (3, 8, "Scholing", None, None),
            (4, 8, "Lijst", "2027-01-20", "2026-12-17"),
            (5, 9, "Oud", "2027-01-20", None),
        ],
        columns=["id", "project_id", "title", "agreed_on", "handed_over_on"],
    ),
    *("agreed_on", "handed_over_on"),
)


def plan() -> Plan:
    needs = NEEDS.assign(id=range(1, 1 + len(NEEDS)), phase=None, version=1)
    weeks = weeks_from(AS_OF, 3)
    return plan_of(FUNCTIONS, NO_LEAVE, needs, PROJECTS, PHASES, RESULTS, weeks, VVT, AS_OF)


def test_projects_that_are_over_are_not_in_the_plan() -> None:
    found = plan()
    assert found.projects["id"].tolist() == [7, 8]
    assert set(found.demand["project_id"]) == set(found.phases["project_id"]) == {7, 8}


def test_a_phase_has_begun_with_its_first_day_in_the_past_or_with_an_actual_start() -> None:
    """A day that is still to come is no fact yet: phase 5 begins tomorrow."""
    found = plan().phases.set_index("id")
    assert found["begun"].to_dict() == {1: True, 2: False, 3: True, 4: True, 5: False, 6: False}
    assert found["ended"].to_dict() == {1: True, **dict.fromkeys((2, 3, 4, 5, 6), False)}


def test_handovers_are_those_with_a_day_that_were_not_handed_over_yet() -> None:
    assert plan().handovers["id"].tolist() == [1, 4]


def test_hours_are_those_without_sick_leave() -> None:
    """36 and 20 hours; Christmas and New Year's Day are the Fridays of weeks 52 and 53."""
    assert plan().present.loc[1].tolist() == [36, 28.8, 28.8]
    assert plan().present.loc[2].tolist() == [20, 16, 16]
