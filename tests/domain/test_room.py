"""The room of a project as it is written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from borging.domain.room import Room, RoomFields

FIELDS = RoomFields(1, date(2027, 1, 4), date(2027, 6, 30), date(2027, 6, 30), 2.0, 52.0)


def test_weeks_that_were_not_written_down_are_the_usual_ones() -> None:
    usual = Room(weeks_earlier=3, weeks_later=9)
    assert FIELDS.room(usual) == Room(date(2027, 1, 4), date(2027, 6, 30), date(2027, 6, 30), 2, 52)
    assert RoomFields(1).room(usual) == usual
    assert RoomFields(1, weeks_earlier=0.0).room(usual).weeks_earlier == 0


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (FIELDS, None),
        (replace(FIELDS, project_id=2), "kies een project"),
        (replace(FIELDS, project_id=None), "kies een project"),
        (replace(FIELDS, weeks_earlier=-1.0), "weken eerder moet een heel getal van 0 tot en met"),
        (replace(FIELDS, weeks_later=53.0), "weken later moet"),
        (replace(FIELDS, weeks_later=1.5), "weken later moet"),
        (replace(FIELDS, weeks_later=float("nan")), "weken later moet"),
        (replace(FIELDS, latest_end=date(2027, 1, 4)), None),
        (replace(FIELDS, latest_end=date(2027, 1, 3)), "het uiterste einde (03-01-2027) ligt vóór"),
        (replace(FIELDS, legal_date=date(2027, 1, 3)), "de wettelijke datum (03-01-2027) ligt"),
    ],
)
def test_what_cannot_be_is_told(fields: RoomFields, said: str | None) -> None:
    found = fields.problems({1})
    assert len(found) == (said is not None)
    assert said is None or said in found[0]
