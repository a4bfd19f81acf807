from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from borging.domain import residuals as domain
from borging.domain.terms import Standing
from borging.services.residuals import view as residuals
from borging.services.residuals.view import CLOSED, OVERDUE, finding
from tests.scans import NHS

DAY = date(2026, 11, 23)
OLD = date(2026, 1, 5)


def projects(n: int = 3) -> pd.DataFrame:
    """Projects 1, 2 and 3; the last one is closed."""
    frame = pd.DataFrame(
        {
            "id": pd.array(range(1, n + 1), dtype="Int64"),
            "code": [f"P{i:02}" for i in range(1, n + 1)],
            "title": [f"Project {i}" for i in range(1, n + 1)],
            "unit": ["De Linde › Team Noord"] * n,
            "state": ["running"] * (n - 1) + ["closed"] if n else [],
        }
    )
    return frame.astype({"code": object, "title": object, "unit": object, "state": object})


def items(*rows: dict[str, Any]) -> pd.DataFrame:
    """Items 1, 2, …; what a row does not name is unknown."""
    plain: dict[str, Any] = {
        "project_id": 1,
        "title": "Contract verlengen",
        "owner_id": None,
        "owner": None,
        "accepted_by_id": None,
        "accepted_by": None,
        "accepted_on": None,
        "due": None,
        "priority": "normal",
        "created_on": OLD,
        "closed_on": None,
        "version": 1,
        "scan_id": None,
        "factor": None,
    }
    frame = pd.DataFrame([plain | row for row in rows], columns=list(plain), dtype=object)
    frame.insert(0, "id", range(1, len(rows) + 1))
    for name in ("accepted_on", "due", "created_on", "closed_on"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[us]")
    for name in ("id", "project_id", "owner_id", "accepted_by_id", "version", "scan_id"):
        frame[name] = frame[name].astype("Int64")
    return frame


OWNED = {"owner_id": 7, "owner": "Fenna Dijkstra"}
ACCEPTED = OWNED | {"accepted_by_id": 8, "accepted_by": "Bas Visser", "accepted_on": OLD}


def view(*rows: dict[str, Any], as_of: date = DAY) -> residuals.ResidualsView:
    return residuals.view(items(*rows), projects(), NHS, as_of)


@pytest.mark.parametrize(
    ("counts", "title"),
    [
        (
            (40, 61, 6, 20, 9),
            "6 van de 61 restpunten hebben geen eigenaar, 20 wachten op aanvaarding",
        ),
        ((40, 61, 1, 1, 9), "1 van de 61 restpunten heeft geen eigenaar, 1 wacht op aanvaarding"),
        ((40, 61, 6, 0, 9), "6 van de 61 restpunten hebben geen eigenaar, de andere zijn belegd"),
        ((40, 3, 2, 0, 9), "2 van de 3 restpunten hebben geen eigenaar, het andere is belegd"),
        ((40, 61, 61, 0, 9), "Geen van de 61 restpunten heeft een eigenaar"),
        (
            (40, 61, 0, 20, 9),
            "Elk restpunt heeft een eigenaar; 20 van de 61 wachten op aanvaarding",
        ),
        ((40, 61, 0, 1, 9), "Elk restpunt heeft een eigenaar; 1 van de 61 wacht op aanvaarding"),
        ((40, 61, 0, 61, 9), "Alle 61 restpunten wachten op aanvaarding"),
        ((40, 61, 0, 0, 9), "Alle 61 restpunten zijn belegd"),
        ((40, 1, 1, 0, 9), "Het enige open restpunt heeft geen eigenaar"),
        ((40, 1, 0, 1, 9), "Het enige open restpunt wacht op aanvaarding"),
        ((40, 1, 0, 0, 9), "Het enige open restpunt is belegd"),
        ((40, 0, 0, 0, 9), "Alle 9 restpunten zijn gesloten"),
        ((40, 0, 0, 0, 1), "Het enige restpunt is gesloten"),
        ((40, 0, 0, 0, 0), "Nog geen restpunten"),
        ((0, 0, 0, 0, 0), "Nog geen projecten"),
        (
            (900, 20_000, 1_500, 6_000, 0),
            "1.500 van de 20.000 restpunten hebben geen eigenaar, 6.000 wachten op aanvaarding",
        ),
    ],
)
def test_the_title_is_the_finding(counts: tuple[int, int, int, int, int], title: str) -> None:
    assert finding(*counts) == title


def test_an_empty_selection_is_no_empty_portfolio() -> None:
    assert finding(0, 0, 0, 0, 0, filtered=True) == "Geen project past bij de filters"
    assert finding(4, 0, 0, 0, 0, filtered=True) == "Geen restpunten in deze selectie"


@pytest.mark.parametrize("owner", [None, 7])
@pytest.mark.parametrize("accepted_by", [None, 8])
def test_the_standing_is_the_one_of_the_domain(owner: int | None, accepted_by: int | None) -> None:
    found = view({"owner_id": owner, "accepted_by_id": accepted_by}).open_items["standing"].iloc[0]
    assert found == domain.standing(owner, accepted_by, None, DAY)


def test_an_acceptance_after_the_day_has_not_happened_yet() -> None:
    row = ACCEPTED | {"accepted_on": DAY}
    assert view(row).open_items["standing"].iloc[0] == Standing.ACCEPTED
    earlier = view(row, as_of=DAY - timedelta(1))
    assert earlier.open_items["standing"].iloc[0] == Standing.UNACCEPTED
    assert earlier.open_items["accepted_by"].isna().all()


def test_items_of_a_closed_project_stay_and_are_counted_in_the_small_print() -> None:
    shown = view({"project_id": 3}, {"project_id": 1}, {"project_id": 1})
    assert shown.small_print == (
        "Peildatum 23-11-2026 (wk 48) · 3 open restpunten uit 2 projecten, waarvan 1 afgesloten"
    )


def test_unowned_comes_first_and_then_what_is_latest() -> None:
    shown = view(
        ACCEPTED,
        OWNED | {"due": DAY - timedelta(3)},
        OWNED | {"due": DAY - timedelta(30)},
        {"due": DAY},
    ).open_items
    assert shown["id"].tolist() == [4, 3, 2, 1]
    assert shown["overdue"].tolist() == [pd.NA, 30, 3, pd.NA]
    assert shown["belegd"].tolist()[0] == "◆ zonder eigenaar"


def test_the_key_figures_count_the_last_four_weeks_and_nothing_before() -> None:
    edge = DAY - timedelta(28)
    shown = view(
        {"closed_on": DAY},
        {"closed_on": edge + timedelta(1)},
        {"closed_on": edge},
        {"created_on": DAY, "priority": "high"},
        {"created_on": edge, "due": DAY - timedelta(1)},
        {"created_on": DAY + timedelta(1)},
    )
    assert [(f.label, f.value, f.note) for f in shown.figures] == [
        ("Zonder eigenaar", "2 van 2", "1 met hoge prioriteit"),
        ("Nog niet aanvaard", "0 van 2", "wel een eigenaar"),
        ("Over de vervaldatum", "1 van 2", "1 zonder vervaldatum · langste 1 dag"),
        ("Gesloten in 4 weken", "2", "1 nieuw geopend"),
    ]
    assert all(len(f.label) <= 20 for f in shown.figures)


@pytest.mark.parametrize("days", [0, 30, 31, 91, 92, 182, 183, 365, 366, 4000])
def test_an_age_falls_in_the_class_of_the_domain(days: int) -> None:
    ages = view({"created_on": DAY - timedelta(days)}).ages
    assert ages.loc[domain.age_class(days), Standing.UNOWNED.value] == 1
    assert ages.to_numpy().sum() == 1
    assert ages.index[0] == "langer dan 12 mnd"


def test_the_burn_up_ends_at_what_is_open_and_starts_with_what_was_open() -> None:
    start = DAY - timedelta(weeks=26)
    shown = view(
        {"created_on": start, "closed_on": start},
        {"created_on": start},
        {"created_on": start, "closed_on": start + timedelta(1)},
        {"created_on": start + timedelta(8)},
    )
    weeks = shown.burn_up.weeks
    assert (len(weeks), weeks["day"].iloc[0], weeks["day"].iloc[-1]) == (27, start, DAY)
    assert weeks["opened"].tolist()[:3] == [2, 2, 3]
    assert weeks["closed"].tolist()[:3] == [0, 1, 1]
    assert (shown.burn_up.open_at_start, shown.burn_up.open_now) == (2, len(shown.open_items))
    assert "kwamen er 1 bij en zijn er 1 gesloten; nu staan er 2 open" in shown.burn_up.in_words


def test_owners_and_projects_are_counted_with_the_unowned_on_top() -> None:
    shown = view(OWNED, OWNED | {"due": OLD}, ACCEPTED, {"project_id": 2})
    owners = shown.owners.astype(object).where(shown.owners.notna(), None)
    assert owners[["key", "name", "open", "unaccepted", "overdue"]].values.tolist() == [
        [None, "zonder eigenaar", 1, 0, 0],
        [7, "Fenna Dijkstra", 3, 2, 1],
    ]
    assert shown.projects[["key", "open", "unowned"]].values.tolist() == [[2, 1, 1], [1, 3, 0]]


def test_a_quick_choice_narrows_and_words_search_everywhere() -> None:
    shown = view(
        {},
        OWNED | {"title": "Oude module afsluiten"},
        OWNED | {"due": OLD, "project_id": 2},
        {"closed_on": DAY, "title": "Gesloten"},
        {"closed_on": OLD, "title": "Lang geleden gesloten"},
    )
    assert shown.chosen("alles")["id"].tolist() == [1, 3, 2]
    assert shown.chosen("zonder eigenaar")["id"].tolist() == [1]
    assert shown.chosen("nog niet aanvaard")["id"].tolist() == [3, 2]
    assert shown.chosen(OVERDUE)["id"].tolist() == [3]
    assert shown.chosen(CLOSED)["id"].tolist() == [4]
    assert shown.chosen("alles", "MODULE fenna")["id"].tolist() == [2]
    assert shown.chosen("alles", "p02")["id"].tolist() == [3]
    assert shown.chosen("alles", "(").empty
    assert shown.chosen("alles", owner=None)["id"].tolist() == [1]
    assert shown.chosen("alles", owner=7, project=2)["id"].tolist() == [3]


def test_nothing_at_all_is_a_view_and_no_traceback() -> None:
    nothing = residuals.view(items(), projects(0), NHS, DAY)
    assert (nothing.title, nothing.empty, nothing.any_project) == (
        "Nog geen projecten",
        True,
        False,
    )
    only_projects = residuals.view(items(), projects(), NHS, DAY)
    assert (only_projects.empty, only_projects.any_project) == (True, True)


def test_what_came_out_of_a_scan_says_from_which_factor() -> None:
    shown = view({}, {"scan_id": 3, "factor": "infrastructure"}, {"scan_id": 3, "factor": "old"})
    rows = shown.open_items.set_index("id")
    assert rows["scan_factor"].tolist() == [None, "Infrastructuur", "andere vraag"]
    assert rows["title_and_scan"].tolist() == [
        "Contract verlengen",
        "Contract verlengen (uit scan: Infrastructuur)",
        "Contract verlengen (uit scan: andere vraag)",
    ]
    assert shown.chosen("alles", "scan infra")["id"].tolist() == [2]
