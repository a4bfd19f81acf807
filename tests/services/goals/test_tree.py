"""The goal tree: what a branch counts, what hangs nowhere, and what projects share."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from borging.domain.goals import below, may_hang
from borging.domain.terms import Course, GoalKind, Sustain
from borging.services.goals.sharing import shared
from borging.services.goals.tree import LOOSE, GoalTree, hangs, projects_table, view

AS_OF = date(2026, 11, 26)
TREE = [
    (1, "Goede zorg", "vision", None),
    (2, "Digitale zorg", "theme", 1),
    (3, "Rustige nachten", "goal", 2),
    (4, "Minder typen", "goal", 2),
]
IDS = {"Anna": 1, "Bas": 2}
PROJECT = {
    "goal_id": None,
    "goal": None,
    "title": "Project",
    "state": "running",
    "state_label": "lopend",
    "phase_label": "Integratie",
    "course": None,
    "sustain": None,
    "unit": None,
    "project_lead": None,
    "owner": None,
    "sponsor": None,
}


def goals(*rows: tuple[int, str, str, int | None]) -> pd.DataFrame:
    table = pd.DataFrame(rows or TREE, columns=["id", "title", "kind", "parent_id"])
    table["parent_id"] = table["parent_id"].astype("Int64")
    deadline = pd.to_datetime(pd.Series([None] * len(table), dtype=object))
    return table.assign(legal_deadline=deadline, version=1)


def projects(*changes: dict[str, Any]) -> pd.DataFrame:
    rows = [{"id": n, "code": f"P{n}"} | PROJECT | each for n, each in enumerate(changes, 1)]
    table = pd.DataFrame(rows, columns=["id", "code", *PROJECT])
    table["goal_id"] = table["goal_id"].astype("Int64")
    for role in ("project_lead", "owner", "sponsor"):
        ids = [each.get(f"{role}_id", IDS.get(each.get(role, ""))) for each in changes]
        table[f"{role}_id"] = pd.array(ids, dtype="Int64")
    return table


def tree(*changes: dict[str, Any]) -> GoalTree:
    own = projects(*changes)
    return view(goals(), own, own, AS_OF)


def test_each_branch_stands_above_what_hangs_under_it() -> None:
    assert [(each.title, each.depth) for each in tree().branches] == [
        ("Goede zorg", 0),
        ("Digitale zorg", 1),
        ("Minder typen", 2),
        ("Rustige nachten", 2),
    ]


def test_a_branch_counts_all_that_hangs_under_it_once() -> None:
    found = tree({"goal_id": 3}, {"goal_id": 3}, {"goal_id": 2}, {"goal_id": 1})
    counted = {each.title: (each.counts.projects, each.own) for each in found.branches}
    assert counted == {
        "Goede zorg": (4, 1),
        "Digitale zorg": (3, 1),
        "Minder typen": (0, 0),
        "Rustige nachten": (2, 2),
    }
    assert [each.title for each in found.branches if each.bare] == ["Minder typen"]


def test_closed_projects_count_but_not_in_the_koers() -> None:
    closed = {"goal_id": 3, "state": "closed", "course": Course.RED, "sustain": Sustain.SUSTAINED}
    counts = tree(closed, {"goal_id": 3, "course": Course.AMBER}).branches[0].counts
    assert (counts.projects, counts.closed) == (2, 1)
    assert counts.course_words == "▲ 1"
    assert counts.sustain_words == "1 geborgd"
    assert counts.project_words == "2 projecten, 1 afgesloten"


def test_not_measured_is_counted_as_such() -> None:
    counts = tree({"goal_id": 3, "course": float("nan")}, {"goal_id": 3}).branches[0].counts
    assert counts.course_words == "○ 2"


def test_a_project_under_no_goal_or_a_goal_that_is_gone_is_shown() -> None:
    found = tree({}, {"goal_id": 99}, {"goal_id": 3})
    assert (found.branches[-1].id, found.branches[-1].title) == (LOOSE, "Zonder doel")
    assert found.branches[-1].counts.projects == 2
    own = projects({}, {"goal_id": 99}, {"goal_id": 3})
    assert found.of_branch(own, LOOSE)["code"].tolist() == ["P1", "P2"]
    assert found.of_branch(own, 1)["code"].tolist() == ["P3"]


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ([], "2 van de 2 doelen hebben geen project"),
        ([{"goal_id": 3}], "1 van de 2 doelen heeft geen project"),
        ([{"goal_id": 3}, {"goal_id": 4}], "Onder elk van de 2 doelen hangt een project"),
        (
            [{"goal_id": 3}, {}],
            "1 van de 2 doelen heeft geen project; 1 project hangt onder geen doel",
        ),
    ],
)
def test_the_title_says_what_hangs_nowhere(changes: list[dict[str, Any]], title: str) -> None:
    assert tree(*changes).title == title


def test_without_goals_the_title_says_what_to_do() -> None:
    none, own = goals()[:0], projects({})
    assert view(none, own, own, AS_OF).title == "Nog geen doelen in de doelenboom"
    assert view(none, own[:0], own[:0], AS_OF).title == "Nog geen projecten"


def test_a_filter_leaves_the_goals_and_says_what_it_counts() -> None:
    everything = projects({"goal_id": 3}, {"goal_id": 4})
    found = view(goals(), everything[:1], everything, AS_OF, filtered=True)
    assert "filter: geteld zijn 1 van de 2 projecten" in found.small_print
    assert len(found.branches) == 4
    assert not any(each.bare for each in found.branches)


def test_a_circle_in_the_tree_is_still_shown_once() -> None:
    found = view(goals((1, "A", "theme", 2), (2, "B", "theme", 1)), projects(), projects(), AS_OF)
    assert sorted(each.title for each in found.branches) == ["A", "B"]


def test_hangs_gives_what_a_project_hangs_under() -> None:
    assert hangs(projects({"goal_id": 3}, {})) == {1: 3, 2: None}


def test_the_table_of_projects_has_words_for_what_is_missing() -> None:
    (row,) = projects_table(projects({"course": float("nan")})).to_dict("records")
    assert (row["course_words"], row["sustain_label"]) == ("○ niet gemeten", "")


def test_below_holds_the_goal_itself_and_ends_in_a_circle() -> None:
    assert below({1: None, 2: 1, 3: 2, 4: None}, 1) == {1, 2, 3}
    assert below({1: 2, 2: 1}, 1) == {1, 2}


def test_only_lower_hangs_under_higher() -> None:
    allowed = {(a.value, b.value) for a in GoalKind for b in GoalKind if may_hang(a, b)}
    assert allowed == {("theme", "vision"), ("goal", "vision"), ("goal", "theme")}


FUNCTIONS = pd.DataFrame({"id": [1], "name": ["Projectleider"]})


def needs(*rows: tuple[int, date, date]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["project_id", "first", "last"]).assign(function_id=1)
    for name in ("first", "last"):
        table[name] = pd.to_datetime(table[name])
    return table


def test_two_people_of_the_same_name_are_not_one() -> None:
    own = projects({"owner": "Anna"}, {"owner": "Anna", "owner_id": 9})
    assert shared(own, needs(), FUNCTIONS, AS_OF).empty


def test_the_same_person_in_any_role_is_shared() -> None:
    own = projects({"project_lead": "Anna", "owner": "Bas"}, {"sponsor": "Anna"}, {})
    (row,) = shared(own, needs(), FUNCTIONS, AS_OF).to_dict("records")
    assert row == {
        "what": "persoon (opdrachtgever, projectleider)",
        "name": "Anna",
        "n": 2,
        "projects": "P1, P2",
        "when": "",
    }


def test_one_person_in_two_roles_of_one_project_shares_nothing() -> None:
    own = projects({"project_lead": "Anna", "owner": "Anna", "unit": "Noord"})
    assert shared(own, needs(), FUNCTIONS, AS_OF).empty


def test_a_closed_project_shares_nothing_any_more() -> None:
    own = projects({"unit": "Noord"}, {"unit": "Noord", "state": "closed"})
    assert shared(own, needs(), FUNCTIONS, AS_OF).empty


@pytest.mark.parametrize(
    ("second_from", "when"),
    [
        (date(2027, 1, 3), "wk 53 2026"),
        (date(2027, 1, 4), None),
        (date(2026, 12, 27), "wk 52 2026 – wk 53 2026"),
    ],
)
def test_a_function_is_shared_in_the_same_week(second_from: date, when: str | None) -> None:
    """The first project asks up to Monday of week 53: that whole week counts."""
    asked = needs((1, date(2026, 1, 1), date(2026, 12, 28)), (2, second_from, date(2027, 2, 1)))
    rows = shared(projects({}, {}), asked, FUNCTIONS, AS_OF)
    assert rows["when"].tolist() == ([when] if when else [])


def test_what_a_function_did_before_the_day_is_not_shared() -> None:
    asked = needs((1, date(2026, 1, 1), date(2026, 11, 25)), (2, date(2026, 1, 1), AS_OF))
    assert shared(projects({}, {}), asked, FUNCTIONS, AS_OF).empty


def test_three_projects_of_which_two_meet_name_those_two() -> None:
    asked = needs(
        (1, AS_OF, date(2026, 12, 6)),
        (2, date(2026, 12, 1), date(2026, 12, 20)),
        (3, date(2027, 2, 1), date(2027, 3, 1)),
    )
    (row,) = shared(projects({}, {}, {}), asked, FUNCTIONS, AS_OF).to_dict("records")
    assert (row["projects"], row["when"]) == ("P1, P2", "wk 49 2026")
