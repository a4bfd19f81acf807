from __future__ import annotations

import json
from datetime import date

import pytest

from borging.domain.changes import (
    AddHours,
    Change,
    ChangeError,
    ChangeSeason,
    Pause,
    SeasonChoice,
    Shift,
    ShiftPhase,
    Stretch,
    read_changes,
    write_changes,
)

ALL: tuple[Change, ...] = (
    Shift(1, -2),
    ShiftPhase(1, "handover", 3),
    Stretch(2, 4),
    Pause(2, date(2026, 12, 28), 1),
    AddHours(7, 2.5, date(2026, 12, 28), date(2027, 1, 3)),
    ChangeSeason(SeasonChoice.WEEKS_21),
)


def test_changes_come_back_as_they_were_written() -> None:
    assert read_changes(write_changes(ALL)) == ALL
    assert read_changes(write_changes(())) == ()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({"kind": "shift"}, "geen lijst"),
        ([{"kind": "fly", "weeks": 1}], "Wijziging 1 is van een soort die niet bestaat: ‘fly’"),
        (["shift"], "bestaat: ‘shift’"),
        ([{"kind": "shift", "weeks": 1}], "niet de gegevens die erbij horen"),
        ([{"kind": "shift", "project_id": 1, "weeks": 1, "more": 1}], "niet de gegevens"),
        ([{"kind": "shift", "project_id": 1, "weeks": "1"}], "geen getal"),
        ([{"kind": "shift", "project_id": 1, "weeks": True}], "geen getal"),
        ([{"kind": "shift", "project_id": 1, "weeks": 1.5}], "waarde die niet kan"),
        ([{"kind": "shift", "project_id": 1, "weeks": 521}], "waarde die niet kan"),
        ([{"kind": "season", "season": "autumn"}], "waarde die niet kan: ‘autumn’."),
        ([{"kind": "shift_phase", "project_id": 1, "phase": "x", "weeks": 1}], "niet kan"),
        ([{"kind": "pause", "project_id": 1, "first": 4, "weeks": 1}], "niet kan"),
        ([{"kind": "season", "season": "streng"}], "niet kan"),
    ],
)
def test_what_is_no_change_is_refused_with_a_sentence(rows: object, said: str) -> None:
    with pytest.raises(ChangeError, match=said):
        read_changes(json.dumps(rows))


@pytest.mark.parametrize("hours", [0, -1, 10001])
def test_hours_lie_between_none_and_the_most(hours: float) -> None:
    written = write_changes([AddHours(7, 10_000, date(2027, 1, 4), date(2027, 1, 4))])
    assert read_changes(written)
    with pytest.raises(ChangeError, match="uur per week"):
        read_changes(written.replace("10000", str(hours)))


def test_what_is_no_json_is_refused_with_a_sentence() -> None:
    with pytest.raises(ChangeError, match="niet te lezen"):
        read_changes("[")
