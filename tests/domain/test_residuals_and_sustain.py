from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from borging.domain.residuals import age_class, days_overdue, is_open, standing
from borging.domain.sustain import Before, Declaration, problems, remarks, sustain_state
from borging.domain.terms import ProjectState, Standing, Sustain

DAY = date(2026, 11, 23)


def test_an_item_is_open_from_its_creation_up_to_its_closing() -> None:
    assert is_open(DAY, None, DAY)
    assert not is_open(DAY + timedelta(1), None, DAY)
    assert not is_open(DAY - timedelta(9), DAY, DAY)
    assert is_open(DAY - timedelta(9), DAY + timedelta(1), DAY)


def test_standing_names_the_first_thing_that_is_missing() -> None:
    assert standing(None, None, None, DAY) == Standing.UNOWNED
    assert standing(None, 8, DAY, DAY) == Standing.UNOWNED
    assert standing(7, None, None, DAY) == Standing.UNACCEPTED
    assert standing(7, None, DAY, DAY) == Standing.UNACCEPTED
    assert standing(7, 8, None, DAY) == Standing.ACCEPTED


@pytest.mark.parametrize(
    ("later", "expected"),
    [(-1, Standing.ACCEPTED), (0, Standing.ACCEPTED), (1, Standing.UNACCEPTED)],
)
def test_an_acceptance_counts_from_its_own_day(later: int, expected: Standing) -> None:
    assert standing(7, 8, DAY + timedelta(later), DAY) == expected


def test_the_due_date_itself_is_in_time() -> None:
    assert days_overdue(DAY, DAY) == 0
    assert days_overdue(DAY - timedelta(1), DAY) == 1
    assert days_overdue(None, DAY) == 0


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "korter dan 1 mnd"),
        (30, "korter dan 1 mnd"),
        (31, "1–3 mnd"),
        (365, "6–12 mnd"),
        (366, "langer dan 12 mnd"),
    ],
)
def test_age_classes_on_their_edges(days: int, words: str) -> None:
    assert age_class(days) == words


@pytest.mark.parametrize(
    ("verdict", "declared", "state"),
    [
        (None, None, Sustain.SUSTAINING),
        ("sustained", date(2025, 11, 23), Sustain.SUSTAINED),
        ("sustained", date(2025, 11, 22), Sustain.RECONFIRM),
        ("sustained", date(2026, 11, 24), Sustain.SUSTAINING),
        ("relapsed", date(2020, 1, 1), Sustain.RELAPSED),
    ],
)
def test_a_declaration_expires_after_twelve_months(
    verdict: str | None, declared: date | None, state: Sustain
) -> None:
    assert sustain_state(verdict, declared, DAY, ProjectState.RUNNING) == state


def test_only_what_runs_or_is_closed_is_in_borging_without_a_declaration() -> None:
    found = {state: sustain_state(None, None, DAY, state) for state in ProjectState}
    assert {state for state, each in found.items() if each == Sustain.SUSTAINING} == {
        ProjectState.RUNNING,
        ProjectState.CLOSED,
    }
    assert found[ProjectState.UNKNOWN] == Sustain.UNKNOWN
    rest = {state for state, each in found.items() if each == Sustain.NOT_APPLICABLE}
    assert rest == {
        ProjectState.IDEA,
        ProjectState.PLANNED,
        ProjectState.WITHDRAWN,
        ProjectState.REJECTED,
    }


@pytest.mark.parametrize("state", list(ProjectState))
def test_a_declaration_counts_whatever_the_state(state: ProjectState) -> None:
    assert sustain_state("sustained", DAY, DAY, state) == Sustain.SUSTAINED
    assert sustain_state("relapsed", DAY, DAY, state) == Sustain.RELAPSED


SAID = Declaration("sustained", DAY, 7, "Iedereen werkt zo.")
DONE = Before(handed_over_on=(DAY,))


@pytest.mark.parametrize(
    ("said", "before", "words"),
    [
        (replace(SAID, declared_on=DAY + timedelta(1)), DONE, "is nog niet geweest"),
        (replace(SAID, declared_by_id=None), DONE, "Kies wie in de lijn"),
        (replace(SAID, evidence=" "), DONE, "waaruit blijkt"),
        (replace(SAID, evidence="x" * 2001), DONE, "langer dan 2000"),
        (replace(SAID, verdict="unknown"), DONE, "geborgd of teruggevallen"),
        (SAID, Before("sustained", DAY + timedelta(1)), "al een latere verklaring"),
        (replace(SAID, verdict="relapsed"), DONE, "eerder als geborgd"),
        (replace(SAID, verdict="relapsed"), Before("relapsed", DAY), "eerder als geborgd"),
        (
            replace(SAID, verdict="relapsed", evidence=""),
            Before("sustained", DAY),
            "waardoor het terugviel",
        ),
    ],
)
def test_a_declaration_that_cannot_be_says_why(
    said: Declaration, before: Before, words: str
) -> None:
    (sentence,) = problems(said, before, DAY)
    assert words in sentence


def test_a_declaration_of_today_is_taken_also_on_the_day_of_the_last_one() -> None:
    assert problems(SAID, Before("sustained", DAY), DAY) == []
    assert problems(replace(SAID, verdict="relapsed"), Before("sustained", DAY), DAY) == []


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (DONE, []),
        (Before(handed_over_on=(DAY,), project_lead_id=8), []),
        (Before(handed_over_on=(DAY,), project_lead_id=7), ["Verklaard door de projectleider"]),
        (Before(), ["Er is geen resultaat"]),
        (Before(handed_over_on=(DAY, None)), ["Op die dag was niet elk"]),
        (Before(handed_over_on=(DAY + timedelta(1),)), ["Op die dag was niet elk"]),
    ],
)
def test_what_is_unusual_about_a_declaration(before: Before, words: list[str]) -> None:
    found = remarks(SAID, before)
    assert [each.startswith(word) for each, word in zip(found, words, strict=True)] == [True] * len(
        words
    )
    assert remarks(replace(SAID, verdict="relapsed"), before) == []
