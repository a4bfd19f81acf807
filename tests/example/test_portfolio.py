"""The example portfolio as rows, without a database."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import mean, pstdev
from typing import Any

import pytest

from borging.domain.changes import Shift, read_changes
from borging.domain.dossier_values import from_json
from borging.domain.instruments import load_instrument
from borging.domain.periods import Week
from borging.domain.phases import PhaseDates, phase_status
from borging.domain.residuals import days_overdue, is_open, standing
from borging.domain.sustain import sustain_state
from borging.domain.terms import Course, Phase, PhaseStatus, ProjectState, ScanKind, Sustain
from borging.example.draft import SOURCE, Numbering
from borging.example.portfolio import TABLES, generate, legal_day
from borging.example.texts import load_texts
from borging.store.tables import EXAMPLE_SOURCE
from tests.dossiers import LISTS

SUNDAY = date(2026, 11, 22)
INSTRUMENT = load_instrument(
    Path(__file__).parents[2] / "data" / "instruments" / "nhs-borgingsscan.toml"
)
FACTORS = tuple(factor.id for factor in INSTRUMENT.factors)
Rows = dict[str, list[dict[str, Any]]]


def made(projects: int = 40, seed: int = 1, as_of: date = SUNDAY) -> Rows:
    return generate(projects, seed, as_of, factors=FACTORS).rows


@pytest.fixture(scope="module")
def rows() -> Rows:
    return made()


def shape(rows: Rows, as_of: date) -> list[tuple[str, str, object]]:
    """Every value, days counted from the Monday of the week of `as_of`.

    Calendar months and years are not a number of weeks: what is counted in them is left out.
    """
    monday = Week.of(as_of).monday
    return [
        (table, column, (value - monday).days if isinstance(value, date) else value)
        for table, entries in rows.items()
        for entry in entries
        for column, value in (entry | _fields(entry)).items()
        if column not in ("legal_deadline", "next_on", "year")
    ]


def _fields(entry: dict[str, Any]) -> dict[str, Any]:
    """What an item of a dossier holds, its days as days."""
    if "list_key" not in entry:
        return {}
    return {"content": None} | from_json(LISTS[entry["list_key"]], entry["content"])


def in_flu_season(day: date) -> bool:
    return Week.of(day).number >= 51 or Week.of(day).number <= 11


def test_one_seed_and_one_day_give_one_portfolio() -> None:
    assert made() == made()
    assert made(seed=2) != made()


@pytest.mark.parametrize("as_of", [date(2026, 11, 16), date(2027, 1, 1), date(2031, 6, 4)])
def test_another_day_moves_the_portfolio_and_changes_nothing_else(rows: Rows, as_of: date) -> None:
    assert shape(made(as_of=as_of), as_of) == shape(rows, SUNDAY)


def test_what_has_happened_lies_before_the_day_and_what_is_planned_may_lie_after() -> None:
    for as_of in (date(2026, 11, 16), SUNDAY):
        rows = made(300, as_of=as_of)
        facts = {
            "phase_record": ("actual_start", "actual_end"),
            "project_result": ("handed_over_on",),
            "course_report": ("reported_on",),
            "sustain_declaration": ("declared_on",),
            "residual_item": ("created_on", "closed_on", "accepted_on"),
            "scan": ("scanned_on", "opened_on", "closed_on", "published_on"),
            "scan_consensus": ("recorded_on",),
        }
        for table, columns in facts.items():
            days = [row[column] for row in rows[table] for column in columns if row[column]]
            assert max(days) <= as_of, table
        assert any(row["planned_end"] > as_of for row in rows["phase_record"])


def test_the_organisation_has_four_locations_twelve_teams_and_forty_people(rows: Rows) -> None:
    kinds = Counter(row["kind"] for row in rows["unit"])
    assert kinds == {"organisation": 1, "location": 4, "team": 12}
    assert 38 <= len(rows["person"]) <= 44
    assert len({row["name"] for row in rows["person"]}) == len(rows["person"])
    assert all(row["role"] and row["unit_id"] for row in rows["person"])
    assert Counter(row["kind"] for row in rows["goal"])["theme"] == 5
    assert [row["legal_deadline"] for row in rows["goal"] if row["legal_deadline"]] == [
        date(2027, 7, 1)
    ]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2026, 2, 11), date(2026, 7, 1)),
        (date(2026, 2, 12), date(2027, 1, 1)),
        (date(2026, 12, 31), date(2027, 7, 1)),
    ],
)
def test_the_legal_day_is_at_least_twenty_weeks_away(as_of: date, expected: date) -> None:
    assert legal_day(as_of) == expected


def test_projects_are_numbered_and_lead_back_to_the_example(rows: Rows) -> None:
    assert SOURCE == EXAMPLE_SOURCE
    assert [row["code"] for row in rows["project"]][:2] == ["P01", "P02"]
    assert [row["id"] for row in rows["project"]] == list(range(1, 41))
    assert all(row["external_id"] == row["code"] for row in rows["project"])
    for table in ("unit", "person", "goal", "project"):
        assert {row["source"] for row in rows[table]} == {"voorbeeld"}


def test_every_state_is_there_and_most_projects_run(rows: Rows) -> None:
    states = Counter(row["state"] for row in rows["project"])
    assert set(states) == {term.value for term in ProjectState if term != ProjectState.UNKNOWN}
    assert states["running"] > 20


def test_every_phase_has_every_kind_of_progress(rows: Rows) -> None:
    seen = defaultdict(set)
    for row in rows["phase_record"]:
        dates = PhaseDates(
            row["planned_start"], row["planned_end"], row["actual_start"], row["actual_end"]
        )
        seen[row["phase"]].add(phase_status(dates, SUNDAY))
    expected = {PhaseStatus.DONE, PhaseStatus.RUNNING, PhaseStatus.PLANNED}
    assert set(seen) == {phase.value for phase in Phase}
    assert all(found >= expected for found in seen.values()), seen
    assert sum(PhaseStatus.LATE in found for found in seen.values()) >= 3
    assert any(PhaseStatus.UNKNOWN in found for found in seen.values())


def test_integration_goes_on_after_the_handover_in_some(rows: Rows) -> None:
    ends: dict[int, dict[str, date]] = defaultdict(dict)
    for row in rows["phase_record"]:
        ends[row["project_id"]][row["phase"]] = row["planned_end"]
    later = [
        project
        for project, phases in ends.items()
        if {"integration", "handover"} <= phases.keys()
        and phases["integration"] > phases["handover"]
    ]
    assert 1 <= len(later) <= 6
    carriers = {
        row["carried_by"] for row in rows["phase_record"] if row["phase"] == "institutionalisation"
    }
    assert carriers == {"line"}


@pytest.mark.parametrize("month", range(1, 13))
def test_handovers_fall_inside_and_outside_the_flu_season_past_and_coming(month: int) -> None:
    as_of = date(2026, month, 15)
    results = [row for row in made(as_of=as_of)["project_result"] if row["agreed_on"]]
    found = {
        (
            row["handed_over_on"] is not None,
            in_flu_season(row["handed_over_on"] or row["agreed_on"]),
        )
        for row in results
    }
    assert found == {(True, True), (True, False), (False, True), (False, False)}


def test_residual_items_stand_out_in_the_right_measure() -> None:
    rows = made(400)
    left_over = [row for row in rows["residual_item"] if row["scan_id"] is None]
    items = [row for row in left_over if is_open(row["created_on"], row["closed_on"], SUNDAY)]
    standings = Counter(
        standing(r["owner_id"], r["accepted_by_id"], None, SUNDAY).value for r in items
    )
    assert 0.06 < standings["unowned"] / len(items) < 0.16
    assert 0.24 < standings["unaccepted"] / len(items) < 0.42
    assert 0.1 < mean(days_overdue(row["due"], SUNDAY) > 0 for row in items) < 0.5
    ages = [(SUNDAY - row["created_on"]).days for row in items]
    assert min(ages) < 14
    assert max(ages) > 365
    per_project = Counter(row["project_id"] for row in left_over)
    assert max(per_project.values()) == 8
    assert len(per_project) < 400
    closed = {row["id"] for row in rows["project"] if row["state"] == "closed"}
    assert any(row["project_id"] in closed for row in items)
    assert all(
        row["created_on"] <= row["accepted_on"] <= (row["closed_on"] or SUNDAY)
        for row in rows["residual_item"]
        if row["accepted_on"]
    )


def test_open_and_closed_items_grow_over_a_year_and_a_half(rows: Rows) -> None:
    opened, closed = [], []
    for weeks in range(-70, 1, 10):
        day = SUNDAY + timedelta(weeks=weeks)
        opened.append(sum(row["created_on"] <= day for row in rows["residual_item"]))
        closed.append(
            sum(
                row["closed_on"] is not None and row["closed_on"] <= day
                for row in rows["residual_item"]
            )
        )
    assert opened == sorted(set(opened))
    assert closed[-1] > closed[-3] > 0
    assert opened[-1] > closed[-1]


def test_the_koers_is_signed_and_red_asks_for_a_decision(rows: Rows) -> None:
    for row in rows["course_report"]:
        assert row["signed_by_id"]
        assert row["sentence"].endswith(".")
        assert "{" not in row["sentence"]
        asked = (row["decision"], row["decision_from"], row["decision_before"])
        assert all(asked) if row["course"] == Course.RED else not any(asked)
    newest: dict[date, dict[int, str]] = {}
    for day in (SUNDAY, SUNDAY - timedelta(weeks=4)):
        known = [row for row in rows["course_report"] if row["reported_on"] <= day]
        known.sort(key=lambda row: row["reported_on"])
        newest[day] = {row["project_id"]: row["course"] for row in known}
    now, before = newest.values()
    changed = [project for project in now if project in before and now[project] != before[project]]
    assert len(changed) >= 5
    running = {row["id"] for row in rows["project"] if row["state"] == "running"}
    assert 1 <= len(running - now.keys()) <= 6


def test_declarations_hold_expire_and_relapse(rows: Rows) -> None:
    newest = {}
    for row in sorted(rows["sustain_declaration"], key=lambda row: row["declared_on"]):
        newest[row["project_id"]] = row
    states = Counter(
        sustain_state(row["verdict"], row["declared_on"], SUNDAY, ProjectState.RUNNING)
        for row in newest.values()
    )
    assert states[Sustain.SUSTAINED] >= 2
    assert 1 <= states[Sustain.RECONFIRM] <= 2
    assert states[Sustain.RELAPSED] == 1


def test_scans_come_in_rounds_and_some_may_not_be_read(rows: Rows) -> None:
    answers = Counter(row["scan_id"] for row in rows["scan_response"])
    individual = [
        row for row in rows["scan"] if row["kind"] == ScanKind.INDIVIDUAL and row["closed_on"]
    ]
    counts = [answers[row["id"]] for row in individual]
    assert set(counts) <= set(range(3, 13))
    assert 1 <= counts.count(3) <= 4
    assert {row["min_answers"] for row in rows["scan"]} == {4}
    joint = [row for row in rows["scan"] if row["kind"] == ScanKind.JOINT]
    assert joint
    assert all(answers[row["id"]] == 1 and row["agreed_by"] for row in joint)
    rounds: dict[int, list[date]] = defaultdict(list)
    for row in individual:
        rounds[row["project_id"]].append(row["scanned_on"])
    assert set(map(len, rounds.values())) == {1, 2, 3}
    gaps = [(later - earlier).days for days in rounds.values() for earlier, later in pairwise(days)]
    assert all(80 <= gap <= 130 for gap in gaps)
    scanned = {row["project_id"] for row in rows["scan"]}
    assert 0.25 <= 1 - len(scanned) / 40 <= 0.35


def test_respondents_differ_and_projects_spread_over_the_scale(rows: Rows) -> None:
    points: dict[int, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    scan_of = {row["id"]: row["scan_id"] for row in rows["scan_response"]}
    for row in rows["factor_answer"]:
        if row["level"]:
            value = INSTRUMENT.factor(row["factor"]).points[row["level"]]
            points[scan_of[row["response_id"]]][row["factor"]].append(value)
    totals = [sum(mean(values) for values in factors.values()) for factors in points.values()]
    assert min(totals) < 35
    assert max(totals) > 75
    unanimous = [
        len(set(values)) == 1
        for factors in points.values()
        for values in factors.values()
        if len(values) >= 4
    ]
    assert mean(unanimous) < 0.2
    assert pstdev(totals) > 10
    levels = Counter(row["level"] for row in rows["factor_answer"])
    assert set(levels) == {"a", "b", "c", "d", None}
    assert 0.02 < levels[None] / sum(levels.values()) < 0.07


def test_the_first_project_is_worth_opening(rows: Rows) -> None:
    for table, least in (("scan", 3), ("residual_item", 4), ("phase_record", 5)):
        assert sum(row["project_id"] == 1 for row in rows[table]) >= least


def test_more_projects_leave_the_first_ones_as_they_are() -> None:
    few, many = made(40)["project"], made(1000)["project"]
    assert [row["title"] for row in many[:40]] == [row["title"] for row in few]
    assert [row["start"] for row in many[:40]] == [row["start"] for row in few]
    assert many[0]["code"] == "P0001"


def test_ten_thousand_titles_are_all_different() -> None:
    texts = load_texts()
    units = [unit for unit in texts.units if unit.parent]
    assert len(texts.projects) * (1 + len(units) * len(texts.variants)) >= 10_000
    titles = [row["title"] for row in made(3000)["project"]]
    assert len(set(titles)) == len(titles)


def test_every_reference_leads_to_a_row_and_ids_start_where_they_are_told() -> None:
    first = {table: 501 for table in TABLES if table != "factor_answer"}
    known = {("person", "Karim Bouazza"): 7}
    rows = generate(
        60, 1, SUNDAY, factors=FACTORS, instrument_id=3, numbering=Numbering(first, known)
    ).rows
    ids = {table: {row.get("id") for row in rows[table]} for table in TABLES}
    assert min(ids["project"]) == min(ids["scan"]) == 501
    assert 7 in ids["person"]
    targets = {"unit_id": "unit", "goal_id": "goal", "project_id": "project", "scan_id": "scan"}
    people = ("sponsor_id", "owner_id", "project_lead_id", "accountable_id", "signed_by_id")
    targets |= dict.fromkeys(people, "person")
    for table in TABLES:
        for row in rows[table]:
            for column, target in targets.items():
                assert row.get(column) is None or row[column] in ids[target]
    assert {row["instrument_id"] for row in rows["scan"]} == {3}


@pytest.mark.parametrize("projects", [0, 10_001])
def test_a_size_out_of_reach_is_refused_in_dutch(projects: int) -> None:
    with pytest.raises(ValueError, match="van 1 tot en met 10000"):
        made(projects)


def test_a_single_project_is_a_portfolio_too() -> None:
    assert [row["code"] for row in made(1)["project"]] == ["P01"]


def test_one_scenario_moves_projects_that_are_about_to_hand_over(rows: Rows) -> None:
    (scenario,) = rows["scenario"]
    begins = {
        row["project_id"]: row["planned_start"]
        for row in rows["phase_record"]
        if row["phase"] == "handover" and row["actual_start"] is None
    }
    changes = read_changes(scenario["changes"])
    assert len(changes) == 3
    for change in changes:
        assert isinstance(change, Shift)
        assert SUNDAY < begins[change.project_id] < SUNDAY + timedelta(weeks=20)
