"""What a scenario changes and brings, on a plan worked out by hand; hours are per week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from borging.domain.absence import Absence
from borging.domain.changes import (
    AddHours,
    Change,
    ChangeSeason,
    Pause,
    SeasonChoice,
    Shift,
    ShiftPhase,
    write_changes,
)
from borging.domain.flu_seasons import Origin
from borging.domain.plan_rows import RowKind, ScenarioStatus
from borging.planning.winters import recorded_seasons
from borging.services.flu_winters import FluHistory
from borging.services.scenarios import view as scenarios
from borging.services.scenarios.rows import words_of
from borging.services.scenarios.view import Basis, Laid, Saved
from borging.services.scenarios.words import finding, out_of_period
from tests.planning.cases import TABLE
from tests.services.capacity.test_view import FUNCTIONS, NEEDS, NO_LEAVE, PROJECTS
from tests.services.scenarios.test_plan import PHASES, RESULTS
from tests.services.test_holidays import VVT

AS_OF = date(2026, 12, 14)
"""Monday of 2026-W51. Function 2 has 20 hours, 16 in weeks 52 and 53 with their Friday off."""
HISTORY = FluHistory(
    recorded_seasons(TABLE).assign(origin=Origin.OFFICIAL.value), Origin.OFFICIAL, (), ()
)
WELL = Absence("Ziekenhuizen", 0.0, 2025, 0.0)


@pytest.fixture(scope="module")
def basis() -> Basis:
    """Project 7 asks 18 hours of function 2 for four weeks, project 8 4 hours for two."""
    return scenarios.basis(
        FUNCTIONS,
        NO_LEAVE,
        NEEDS.assign(id=range(1, 1 + len(NEEDS)), phase=None, version=1),
        PROJECTS,
        PHASES.assign(actual_start=pd.NaT, actual_end=pd.NaT),
        RESULTS,
        HISTORY,
        VVT,
        WELL,
        AS_OF,
        6,
    )


def saved(*changes: Change) -> Saved:
    return Saved(1, "Later", "", ScenarioStatus.DRAFT, changes, (), 1, AS_OF, None, None, None)


def laid(basis: Basis, *changes: Change) -> Laid:
    return scenarios.laid(basis, saved(*changes))


def test_hours_short_are_counted_before_and_after(basis: Basis) -> None:
    """In weeks 52 and 53 22 hours are asked of 16: 12 short. Four weeks later 4 of 20 fit."""
    one = laid(basis, Shift(8, 4))
    assert one.found.totals.loc["overload_hours", ["before", "after"]].tolist() == [12, 4]
    assert scenarios.overview(basis, [one]).to_dict("records")[:2] == [
        {"plan": "Plan van nu", "hours": "12", "full": "2", "in_flu": "3"},
        {"plan": "Later", "hours": "4 (−8)", "full": "2 (gelijk)", "in_flu": "3 (gelijk)"},
    ]
    assert scenarios.per_week(basis.side).tolist() == [0, 6, 6, 0, 0, 0]
    assert scenarios.per_week(one.side).tolist() == [0, 2, 2, 0, 0, 0]
    table = scenarios.functions_table(basis, one)
    assert table["name"].tolist() == ["ECD-beheerder", "Projectleider"]


def test_a_handover_that_leaves_the_period_stays_in_its_flu_season(basis: Basis) -> None:
    """On 17 February, past the six weeks, three of the five winters are epidemic.

    Eight weeks later it is 17 March, in week 11; nine weeks later it is out of the season.
    """
    far = laid(basis, Shift(8, 4)).found.handovers
    assert far.loc[4, ["chance_before", "chance_after"]].tolist() == [0.8, 0.6]
    assert laid(basis, Shift(8, 8)).found.totals.loc["flu_handovers", "after"] == 3
    assert laid(basis, Shift(8, 9)).found.totals.loc["flu_handovers", "after"] == 2


def test_work_that_leaves_the_period_is_said(basis: Basis) -> None:
    """Project 8 asks 8 hours in all; four weeks later its second week lies outside."""
    assert scenarios.moved_out(basis, laid(basis, Shift(8, 3))) == 0
    assert scenarios.moved_out(basis, laid(basis, Shift(8, 4))) == 4
    assert out_of_period(0.4) == ""
    assert "4 uur werk valt in dit scenario buiten" in out_of_period(4)


def test_the_rows_to_be_written_hold_before_and_after(basis: Basis) -> None:
    one = laid(basis, Shift(8, 4))
    found = {(row.kind, row.id): row for row in one.rows}
    assert {kind for kind, _id in found} == {RowKind.PHASE, RowKind.NEED, RowKind.HANDOVER}
    need = found[RowKind.NEED, 2]
    assert need.label == "P08 · inzet ECD-beheerder"
    assert need.before == {
        "first": date(2026, 12, 21),
        "last": date(2027, 1, 3),
        "hours_per_week": 4.0,
    }
    assert need.after["first"] == date(2027, 1, 18)
    assert words_of(need.kind, need.before) == "21-12-2026 t/m 03-01-2027, 4\u00a0uur per week"
    handover = found[RowKind.HANDOVER, 4]
    assert (handover.before, handover.after) == (
        {"agreed_on": date(2027, 1, 20)},
        {"agreed_on": date(2027, 2, 17)},
    )
    assert (RowKind.PHASE, 6) not in found
    assert found[RowKind.PHASE, 4].after["planned_end"] == date(2027, 3, 1)


def test_work_that_is_cut_in_two_becomes_a_new_row_of_the_same_need(basis: Basis) -> None:
    one = laid(basis, Pause(7, date(2026, 12, 28), 1), Pause(7, date(2027, 1, 11), 1))
    parts = [row for row in one.rows if row.kind is RowKind.NEED and row.id is None]
    assert [(row.copy_of, row.label, row.before) for row in parts] == [
        (1, "P07 · inzet ECD-beheerder, later deel", {})
    ] * 2
    assert words_of(RowKind.NEED, {}) == "nog niet"


def test_a_scenario_that_changes_no_date_or_counts_on_hours_does_not_become_the_plan(
    basis: Basis,
) -> None:
    assert laid(basis, Shift(8, 4)).blocked == ""
    assert "niets over te nemen" in laid(basis, ChangeSeason(SeasonChoice.MILD)).blocked
    hours = AddHours(2, 8, AS_OF, date(2027, 1, 3))
    assert "Voeg die eerst toe" in laid(basis, Shift(8, 4), hours).blocked
    assert "wat niet meer kan" in laid(basis, Shift(8, 4), Shift(9, 1)).blocked


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Shift(9, -1), "Project 1 week eerder verschuiven kan niet meer: P09 Oud is afgesloten."),
        (
            ShiftPhase(99, "handover", 2),
            "Fase Overdracht 2 weken later verschuiven kan niet meer: "
            "het project bestaat niet meer.",
        ),
        (
            AddHours(99, 8, AS_OF, AS_OF),
            "Uren aan een functie toevoegen kan niet meer: Functie 99 bestaat niet meer.",
        ),
    ],
)
def test_what_can_no_longer_be_done_says_what_and_why(
    basis: Basis, change: Change, said: str
) -> None:
    one = laid(basis, change, Shift(8, 4))
    assert (one.said[0].words, one.said[0].made) == (said, False)
    assert one.said[1].made


def test_a_season_that_was_never_recorded_is_said_and_left_out(basis: Basis) -> None:
    """No recorded winter of these five is 21 weeks long."""
    one = laid(basis, ChangeSeason(SeasonChoice.WEEKS_21), Shift(8, 4))
    assert not one.said[0].made
    assert "Er is geen griepseizoen van 21 weken vastgelegd." in one.said[0].words
    assert one.plan.season is SeasonChoice.NORMAL
    assert "21 weken" in scenarios.refusal(basis, saved(), ChangeSeason(SeasonChoice.WEEKS_21))


def test_changes_that_cannot_be_read_are_no_crash() -> None:
    row = {
        "id": 1,
        "name": "A",
        "note": "",
        "status": "draft",
        "changes": "[]",
        "version": 1,
        "created_on": pd.Timestamp(AS_OF),
        "created_by": None,
        "accepted_on": pd.NaT,
        "accepted_by": None,
        "accepted_rows": None,
    }
    written = write_changes([Shift(1, 2)])
    found = scenarios.saved(
        pd.DataFrame([row | {"changes": written}, row | {"changes": '[{"kind": "fly"}]'}])
    )
    assert found[0].changes == (Shift(1, 2),)
    assert (found[1].changes, "bestaat" in found[1].broken) == ((), True)


def test_the_title_follows_the_hours_and_then_the_weeks() -> None:
    assert finding("A", -0.6, 9) == "‘A’ geeft 1 uur minder tekort dan het plan van nu"
    assert finding("A", 12, -9) == "‘A’ geeft 12 uur meer tekort dan het plan van nu"
    assert finding("A", 0.4, -1) == "‘A’ geeft 1 overvolle week minder dan het plan van nu"
    assert finding("A", 0, 0) == "‘A’ geeft evenveel tekort als het plan van nu"


def test_the_plan_of_today_stays_what_it_was(basis: Basis) -> None:
    before = basis.plan.demand.copy()
    laid(basis, Shift(8, 4))
    pd.testing.assert_frame_equal(basis.plan.demand, before)
    assert replace(basis).side is basis.side
