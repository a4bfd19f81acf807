from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from borging.domain.terms import RoleGroup
from borging.store.commands import rounds
from borging.store.queries import discussion
from tests.scans import ANNA, CHECK_CASE, NHS, add_project, hand_in, joint, open_round, seen

DAY = date(2026, 11, 18)
EVE = DAY - timedelta(days=1)
Person = tuple[str, str | None]
"""Letters and role of one respondent."""


@pytest.fixture
def project(engine: Engine) -> int:
    return add_project(engine)


def hold(engine: Engine, project_id: int, people: Sequence[Person], minimum: int = 4) -> int:
    scan_id = open_round(engine, project_id, EVE, minimum, asks_role=True)
    for number, (letters, role) in enumerate(people):
        hand_in(engine, scan_id, EVE, letters, {"fit": f"Opmerking {number}"}, role)
    rounds.close_round(engine, ANNA, seen(engine, scan_id), as_of=DAY)
    return scan_id


def test_remarks_come_with_a_factor_that_has_enough_answers(engine: Engine, project: int) -> None:
    scan_id = hold(engine, project, [("a" * 10, None)] * 4)
    found = discussion.remarks(engine, NHS, scan_id, DAY)
    assert sorted(found["fit"]) == [f"Opmerking {number}" for number in range(4)]
    assert discussion.remarks(engine, NHS, scan_id, EVE) == {}


@pytest.mark.parametrize(
    "people",
    [
        [("a" * 10, None)] * 3,
        [("a" * 10, None)] * 3 + [("a" * 8 + "-a", None)],
    ],
    ids=["too few answers", "too few at this factor"],
)
def test_remarks_stay_hidden_below_the_minimum(
    engine: Engine, project: int, people: list[Person]
) -> None:
    scan_id = hold(engine, project, people)
    assert discussion.remarks(engine, NHS, scan_id, DAY) == {}


def test_groups_are_shown_when_they_and_the_rest_are_large_enough(
    engine: Engine, project: int
) -> None:
    care = [(letters, "care") for letters in CHECK_CASE]
    lead = [(letters, "lead") for letters in (*CHECK_CASE, "d" * 10)]
    scan_id = hold(engine, project, [*care, *lead])
    found = discussion.groups(engine, NHS, scan_id, DAY)
    assert list(found) == [RoleGroup.CARE, RoleGroup.LEAD]
    assert (found[RoleGroup.CARE].n, found[RoleGroup.CARE].total) == (4, 71.0)
    assert (found[RoleGroup.LEAD].n, found[RoleGroup.LEAD].total) == (5, 56.8)
    assert found[RoleGroup.CARE].sd is None
    assert discussion.groups(engine, NHS, scan_id, EVE) == {}


def test_groups_are_hidden_when_a_member_could_read_the_others_of_the_group(
    engine: Engine, project: int
) -> None:
    """Of four leaders three agree on everything: the fourth would know their answers."""
    care = [(letters, "care") for letters in CHECK_CASE]
    lead = [*[("a" * 10, "lead")] * 3, ("d" * 10, "lead")]
    scan_id = hold(engine, project, [*care, *lead])
    assert discussion.groups(engine, NHS, scan_id, DAY) == {}


def test_a_group_is_hidden_when_the_rest_could_be_found_by_subtraction(
    engine: Engine, project: int
) -> None:
    scan_id = hold(engine, project, [("a" * 10, "care")] * 5 + [("d" * 10, "lead")] * 3)
    assert discussion.groups(engine, NHS, scan_id, DAY) == {}


def test_a_factor_is_hidden_in_a_group_when_it_or_the_rest_has_too_few_answers(
    engine: Engine, project: int
) -> None:
    """Factor 1: one of the carers does not know. Factor 2: one of the leaders does not."""
    first, *rest = CHECK_CASE
    people = [
        *[(letters, role) for letters in rest for role in ("care", "lead")],
        ("-" + first[1:], "care"),
        (first[0] + "-" + first[2:], "lead"),
    ]
    found = discussion.groups(engine, NHS, hold(engine, project, people), DAY)
    for group in (RoleGroup.CARE, RoleGroup.LEAD):
        shown = [factor.n for factor in found[group].factors]
        assert shown == [0, 0, *[4] * 8]
        assert found[group].total is None


def test_a_round_without_the_question_has_no_groups(engine: Engine, project: int) -> None:
    scan_id = hold(engine, project, [("a" * 10, None)] * 6)
    assert discussion.groups(engine, NHS, scan_id, DAY) == {}
    agreed = joint(engine, project, DAY, "a" * 10)
    assert discussion.groups(engine, NHS, agreed, DAY) == {}
    assert discussion.remarks(engine, NHS, agreed, DAY) == {}
