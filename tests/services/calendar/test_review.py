"""What the calendar says of its reviews."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from borging.domain.calendar_review import Entry, Reviewed
from borging.services.calendar.review import ReviewView, looked_at, view

AS_OF = date(2026, 11, 26)
PROJECTS = pd.DataFrame(
    {
        "id": [1, 2, 3],
        "code": ["P1", "P2", "P3"],
        "title": ["Beeldzorg", "Roosters", "Medicatie"],
        "state": ["running", "closed", "planned"],
        "end": pd.to_datetime(["2027-03-01", "2026-06-01", None]),
        "theme": ["Digitale zorg", None, None],
    }
)
RESULTS = pd.DataFrame(
    {
        "project_id": [1, 2, 3],
        "agreed_on": pd.to_datetime(["2027-03-01", "2026-12-01", "2027-11-26"]),
        "handed_over_on": pd.to_datetime([None, None, None]),
    }
)


def held(*days: str, next_on: str = "2027-06-01") -> pd.DataFrame:
    rows = [
        {
            "id": place,
            "version": 1,
            "held_on": pd.Timestamp(each),
            "chaired_by": "Els de Boer",
            "participants": "",
            "decisions": "Eén besluit\nNog een",
            "next_on": pd.Timestamp(next_on),
            "looked_on": pd.Timestamp(each),
            "projects": 2,
            "running": 2,
            "handovers": 1,
            "entries": {
                "P1": Entry("running", date(2027, 1, 1)),
                "P2": Entry("running", date(2026, 6, 1)),
            },
        }
        for place, each in enumerate(days, start=1)
    ]
    names = ["id", "version", "held_on", "chaired_by", "participants", "decisions", "next_on"]
    names += ["looked_on", "projects", "running", "handovers", "entries"]
    return pd.DataFrame(rows, columns=names).astype({"held_on": "datetime64[us]"})


def seen(*days: str, next_on: str = "2027-06-01") -> ReviewView:
    return view(held(*days, next_on=next_on), PROJECTS, RESULTS, AS_OF)


def test_on_the_table_lie_all_projects_and_the_handovers_of_the_coming_year() -> None:
    found = looked_at(PROJECTS, RESULTS, AS_OF)
    assert (found.projects, found.running, found.handovers) == (3, 1, 1)
    assert found.entries["P1"] == Entry("running", date(2027, 3, 1), "Digitale zorg")
    assert found.entries["P3"] == Entry("planned")


@pytest.mark.parametrize(
    ("days", "next_on", "standing", "warns", "part"),
    [
        ((), "2027-06-01", Reviewed.NEVER, True, "nog nooit herzien"),
        (("2026-11-27",), "2027-06-01", Reviewed.NEVER, True, "nog nooit herzien"),
        (("2025-11-25",), "2027-06-01", Reviewed.LATE, True, "langer dan een jaar geleden"),
        (("2025-11-26",), "2026-11-26", Reviewed.ON_TIME, False, "De volgende is op 26-11-2026"),
        (("2025-11-26",), "2026-11-25", Reviewed.ON_TIME, True, "en is niet vastgelegd"),
    ],
)
def test_the_finding_warns_when_something_is_to_be_done(
    days: tuple[str, ...], next_on: str, standing: Reviewed, warns: bool, part: str
) -> None:
    found = seen(*days, next_on=next_on)
    assert (found.standing, found.warns) == (standing, warns)
    assert part in found.finding


def test_since_the_last_review_is_counted_and_listed() -> None:
    found = seen("2026-05-04", "2025-05-05")
    assert found.since == (
        "Sinds de vorige herziening (stand van 04-05-2026): 1 erbij, 1 afgesloten en 1 verschoven."
    )
    assert found.changed.to_dict("split")["data"] == [
        ["erbij", "P3", "Medicatie", "gepland"],
        ["afgesloten", "P2", "Roosters", "was lopend"],
        ["verschoven", "P1", "Beeldzorg", "einde van 01-01-2027 naar 01-03-2027"],
    ]
    assert found.decisions == ("Eén besluit", "Nog een")
    assert found.held["decided"].tolist() == ["Eén besluit; Nog een"] * 2


def test_what_left_the_list_is_said() -> None:
    found = view(held("2026-05-04"), PROJECTS.iloc[:1], RESULTS, AS_OF)
    assert found.since.endswith("0 erbij, 0 afgesloten, 1 verschoven en 1 niet meer op de lijst.")
    assert found.changed["title"].tolist() == ["Beeldzorg", "–"]
