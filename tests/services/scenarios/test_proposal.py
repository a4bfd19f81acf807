"""What the screen says of a proposal, and whose room it reckons with."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from borging.domain.room import Room
from borging.planning.levelling.search import Progress, Proposal
from borging.services.scenarios import proposal_words as words
from borging.services.scenarios.proposal import rooms, view
from tests.planning.levelling.test_search import STAYS, TWO, monday, plan_of, puzzle, solved

USUAL = Room(weeks_earlier=3, weeks_later=6)
GOALS = pd.DataFrame(
    {
        "id": [1, 2, 3],
        "parent_id": pd.array([None, 1, 2], dtype="Int64"),
        "legal_deadline": pd.to_datetime([None, "2027-07-01", "2027-12-31"]),
    }
)
STORED = pd.DataFrame(
    {
        "project_id": [11, 12],
        "earliest_start": pd.to_datetime([None, "2027-01-04"]),
        "latest_end": pd.to_datetime([None, None]),
        "legal_date": pd.to_datetime(["2027-03-01", "2027-09-01"]),
        "weeks_earlier": pd.array([0, None], dtype="Int64"),
        "weeks_later": pd.array([None, 9], dtype="Int64"),
    }
)


def test_the_first_legal_date_on_the_way_up_counts() -> None:
    projects = pd.DataFrame(
        {"id": [11, 12, 13, 14], "goal_id": pd.array([3, 3, 1, None], dtype="Int64")}
    )
    found = rooms(STORED, projects, GOALS, USUAL)
    assert found == {
        11: Room(None, None, date(2027, 3, 1), 0, 6),
        12: Room(date(2027, 1, 4), None, date(2027, 7, 1), 3, 9),
    }
    alone = pd.DataFrame({"id": [20], "goal_id": pd.array([3], dtype="Int64")})
    assert rooms(STORED[:0], alone, GOALS, USUAL)[20] == Room(None, None, date(2027, 7, 1), 3, 6)


def test_a_move_is_told_with_its_reason_and_its_cost() -> None:
    shown = view(solved(puzzle(TWO, {1: STAYS})), TWO)
    assert shown.title == "Het tekort gaat van 8 naar 0 uur"
    assert shown.status == (
        "Bewezen het beste plan, tot op 0,1 uur, van alle plannen binnen deze periode en de "
        "opgegeven ruimte en zonder extra uren: eerst zo min mogelijk tekort, dan overdrachten in "
        "het griepseizoen, dan verschuivingen."
    )
    assert shown.compared == ""
    (row,) = shown.table.to_dict("records")
    assert row == {
        "project": "P2 Project 2",
        "phase": "Voorbereiding",
        "now": "30-11-2026",
        "new": "07-12-2026",
        "shift": "1 week later",
        "why": "8,0 uur fysiotherapeut (wk 49) minder tekort",
        "cost": "einde van het project 1 week later",
    }
    assert [each.value for each in shown.figures] == ["8 uur", "0 uur", "1 fase", "0 → 0"]


def test_a_later_handover_is_a_cost() -> None:
    plan = plan_of(
        (1, "handover", 0, 1, 8.0), (2, "preparation", 0, 1, 8.0), handovers={1: monday(0)}
    )
    (row,) = view(solved(puzzle(plan, {2: STAYS})), plan).table.to_dict("records")
    assert row["cost"] == "overdracht 1 week later; einde van het project 1 week later"


def proposal(**changed: object) -> Proposal:
    case = puzzle(TWO)
    values: dict[str, object] = {
        "problem": case,
        "shifts": np.array([0, 1]),
        "fixed_short": 0.0,
        "before": 100.0,
        "after": 40.0,
        "least": 40.0,
        "flu_before": 2,
        "flu_after": 2,
        "fits": False,
        "proven": False,
        "stopped": False,
        "first": 0.2,
        "seconds": 10.0,
    }
    return Proposal(**{**values, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"proven": True, "fits": True}, "Bewezen het beste plan"),
        (
            {"least": 15.0},
            "Goed plan, niet bewezen optimaal: met andere verschuivingen is hoogstens 25 uur "
            "minder tekort mogelijk. Een plan zonder tekort is niet gevonden",
        ),
        ({"fits": True}, "niet bewezen optimaal: minder tekort kan niet"),
        ({"stopped": True}, "Gestopt voor de tijd om was. Goed plan"),
        ({"fixed_short": 12.0}, "12 uur tekort komt van werk dat niet kan schuiven"),
    ],
)
def test_how_good_the_plan_is_is_told(changed: dict[str, object], said: str) -> None:
    assert said in words.status(proposal(**changed))


def test_nothing_to_move_is_told() -> None:
    assert words.title(proposal(shifts=np.array([0, 0]))).startswith("Niets verschuiven")
    out = {"after": 100.0, "flu_after": 1}
    assert words.title(proposal(**out)) == "1 overdracht gaat uit het griepseizoen"


def test_progress_tells_the_best_and_the_bound() -> None:
    now = Progress(step=2, short=120.0, least=30.0, first=0.4, seconds=4.2)
    assert words.progress(now, 10.0, reproducible=False) == (
        "Zoeken naar zo weinig mogelijk tekort · 4 van hoogstens 10 s · beste tot nu toe: 120 uur "
        "tekort · elk plan heeft minstens 30 uur"
    )
    assert "hoogstens" not in words.progress(now, 10.0, reproducible=True)


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (39.6, "Vergeleken met 1 bewaard scenario: dat heeft niet minder tekort dan dit"),
        (40.0, "Vergeleken met 1 bewaard scenario: dat heeft niet minder tekort dan dit"),
        (
            39.4,
            "‘Later’ heeft 39 uur tekort en zet 340 uur werk buiten deze periode en rekent op "
            "extra uren.",
        ),
    ],
)
def test_a_scenario_with_less_shortage_is_named_with_what_it_does(hours: float, said: str) -> None:
    how = (words.OUT_OF_PERIOD.format("340"), words.EXTRA_HOURS)
    assert said in words.beside(40.0, [words.Beside("Later", hours, how)])


def test_several_scenarios_are_counted_and_without_any_nothing_is_said() -> None:
    assert words.beside(40.0, []) == ""
    many = [words.Beside(f"S{n}", 30.0 + n, (words.OTHER_MOVES,)) for n in range(4)]
    said = words.beside(40.0, many)
    assert "‘S0’ heeft 30 uur" in said
    assert "nog 2 scenario’s met minder tekort" in said


@pytest.mark.parametrize(("hours", "told"), [(0.1, 0.1), (0.11, 0.2), (0.02, 0.1)])
def test_a_precision_is_told_in_tenths_that_hold(hours: float, told: float) -> None:
    assert words.tenths(hours) == told
