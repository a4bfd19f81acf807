"""The rounds of the example as teams hold them: opened, closed, talked about, acted on."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from borging.access.actor import COMMAND_LINE
from borging.domain.chance import ALPHA, holm, permutation_chance
from borging.domain.rounds import next_round, shown_groups
from borging.domain.terms import Moment, RoleGroup, ScanKind
from borging.example.texts import load_texts
from borging.store.commands import rounds as round_commands
from borging.store.commands.ballots import LONGEST_REMARK
from borging.store.commands.example import write_example
from borging.store.queries.scans import rounds as read_rounds
from borging.store.tables import Record
from tests.example.test_portfolio import FACTORS, INSTRUMENT, SUNDAY, Rows, made
from tests.scans import seen

T = Record.metadata.tables
PLACES = [moment.value for moment in Moment]


@pytest.fixture(scope="module")
def rows() -> Rows:
    return made()


def test_every_row_of_a_table_has_the_same_columns(rows: Rows) -> None:
    """Rows are written in bulk: what the first one does not have, is written of none."""
    assert {table: len({tuple(sorted(row)) for row in own}) for table, own in rows.items()} == (
        dict.fromkeys(rows, 1)
    )


def individual(rows: Rows) -> list[dict[str, Any]]:
    return [row for row in rows["scan"] if row["kind"] == ScanKind.INDIVIDUAL]


def per_project(scans: list[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    found = defaultdict(list)
    for row in sorted(scans, key=lambda row: row["scanned_on"]):
        found[row["project_id"]].append(row)
    return found


def test_every_individual_round_was_opened_and_says_at_which_moment(rows: Rows) -> None:
    for row in individual(rows):
        assert row["scanned_on"] == row["opened_on"] <= row["closes_on"]
        assert row["moment"] in PLACES
        if row["closed_on"]:
            assert row["opened_on"] <= row["closed_on"] <= SUNDAY
            assert row["next_on"] == next_round(row["closed_on"])
    moments = Counter(row["moment"] for row in individual(rows))
    assert set(moments) == set(PLACES)
    for own in per_project(individual(rows)).values():
        places = [PLACES.index(row["moment"]) for row in own]
        assert places == sorted(places)
    joint = [row for row in rows["scan"] if row["kind"] == ScanKind.JOINT]
    assert {(row["opened_on"], row["moment"], row["next_on"]) for row in joint} == {(None,) * 3}


def test_some_projects_are_late_with_their_next_round(rows: Rows) -> None:
    running = {row["id"] for row in rows["project"] if row["state"] == "running"}
    newest = {project: own[-1] for project, own in per_project(individual(rows)).items()}
    late = [p for p, row in newest.items() if row["next_on"] and row["next_on"] < SUNDAY]
    assert 2 <= len(running.intersection(late)) <= 6
    assert len(late) < len(newest) / 2


def test_two_or_three_closed_rounds_wait_to_be_published(rows: Rows) -> None:
    waiting = [r for r in individual(rows) if r["closed_on"] and not r["published_on"]]
    newest = {own[-1]["id"] for own in per_project(individual(rows)).values()}
    assert 2 <= len(waiting) <= 3
    assert {row["id"] for row in waiting} <= newest


@pytest.mark.parametrize("day", range(16, 23))
def test_one_or_two_rounds_are_open_and_close_in_the_coming_days(day: int) -> None:
    as_of = date(2026, 11, day)
    rows = made(as_of=as_of)
    going = [row for row in individual(rows) if row["closed_on"] is None]
    assert 1 <= len(going) <= 2
    for row in going:
        assert row["opened_on"] < as_of < row["closes_on"] <= as_of + timedelta(days=14)
        assert row["published_on"] is row["next_on"] is None
        assert not [r for r in rows["scan_response"] if r["scan_id"] == row["id"]]
        ballots = [r for r in rows["scan_ballot"] if r["scan_id"] == row["id"]]
        invited = [r for r in rows["scan_invitation"] if r["scan_id"] == row["id"]]
        assert row["min_answers"] <= len(ballots) < len(invited)
        assert len({r["label"] for r in invited}) == len(invited)
    for ballot in rows["scan_ballot"]:
        assert len(ballot["key_hash"]) == len(bytes.fromhex(ballot["key_hash"])) * 2 == 64
        content = json.loads(ballot["content"])
        assert set(content) == {"answers", "remarks", "role"}
        assert set(content["answers"]) == set(FACTORS)


def test_closing_an_open_round_gives_a_result(engine: Engine) -> None:
    write_example(engine, COMMAND_LINE, SUNDAY)
    scan = T["scan"]
    going = select(scan.c.id, scan.c.project_id).where(scan.c.closed_on.is_(None))
    with engine.connect() as connection:
        opened = connection.execute(going).all()
    for scan_id, project_id in opened:
        round_commands.close_round(engine, COMMAND_LINE, seen(engine, scan_id), as_of=SUNDAY)
        newest = read_rounds(engine, INSTRUMENT, project_id, SUNDAY)[-1]
        assert newest.id == scan_id
        assert newest.score is not None
        assert newest.score.total is not None
    with engine.connect() as connection:
        box = select(func.count()).select_from(T["scan_ballot"])
        assert connection.execute(box).scalar_one() == 0


def test_one_round_asked_for_groups_and_can_show_them(rows: Rows) -> None:
    asked = [row for row in individual(rows) if row["asks_role"]]
    assert len(asked) == 1
    roles = Counter(r["role"] for r in rows["scan_response"] if r["scan_id"] == asked[0]["id"])
    assert shown_groups(roles, 4) == {RoleGroup.CARE, RoleGroup.PROJECT}
    others = {r["role"] for r in rows["scan_response"] if r["scan_id"] != asked[0]["id"]}
    assert others == {None}


def test_what_teams_write_is_short_plain_and_names_nobody(rows: Rows) -> None:
    texts = load_texts()
    assert set(texts.factors) == set(FACTORS)
    said = {r["text"] for r in rows["factor_remark"]} | {
        r["reason"] for r in rows["scan_consensus"]
    }
    assert all(text.endswith((".", "?")) and len(text) < LONGEST_REMARK / 2 for text in said)
    names = {part for person in texts.people for part in person.name.split() if part[0].isupper()}
    assert not [text for text in said if names.intersection(text.replace(".", "").split())]


def test_remarks_and_agreements_belong_to_closed_rounds_that_may_be_read(rows: Rows) -> None:
    answers = Counter(row["scan_id"] for row in rows["scan_response"])
    scans = {row["id"]: row for row in rows["scan"]}
    for table in ("factor_remark", "scan_consensus"):
        for row in rows[table]:
            scan = scans[row["scan_id"]]
            assert scan["kind"] == ScanKind.INDIVIDUAL
            assert answers[scan["id"]] >= scan["min_answers"]
    agreed = {(row["scan_id"], row["factor"]) for row in rows["scan_consensus"]}
    assert len(agreed) == len(rows["scan_consensus"])
    newest = {own[-1]["id"] for own in per_project(individual(rows)).values()}
    assert newest - {scan for scan, _ in agreed}, "some team has not talked yet"


def test_actions_come_out_of_rounds_and_only_some_are_done(rows: Rows) -> None:
    scans = {row["id"]: row for row in rows["scan"]}
    actions = [row for row in rows["residual_item"] if row["scan_id"]]
    for row in actions:
        scan = scans[row["scan_id"]]
        assert row["project_id"] == scan["project_id"]
        assert row["created_on"] > scan["closed_on"]
        assert row["owner_id"]
        assert row["due"]
        assert row["factor"] in FACTORS
    done = [row for row in actions if row["closed_on"]]
    assert 0.3 < len(done) / len(actions) < 0.8
    assert any(row["closed_on"] > row["due"] for row in done)
    assert any(row["due"] < SUNDAY for row in actions if not row["closed_on"])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_first_project_tells_a_story(seed: int) -> None:
    rows = made(1, seed)
    assert len(rows["scan"]) == 3
    counts: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    scan_of = {row["id"]: row["scan_id"] for row in rows["scan_response"]}
    for row in rows["factor_answer"]:
        if row["level"]:
            counts[scan_of[row["response_id"]], row["factor"]][row["level"]] += 1
    actions = [row for row in rows["residual_item"] if row["scan_id"]]
    assert [row["closed_on"] is not None for row in actions] == [True, True, False]
    assert len({row["scan_id"] for row in rows["scan_consensus"]}) == 3
    first, then, last = (row["id"] for row in rows["scan"])
    for scan in (first, then, last):
        assert sum(counts[scan, "involvement"].values()) >= 6
    chances = holm(
        [
            permutation_chance(INSTRUMENT.factor(f).points, counts[first, f], counts[then, f])
            for f in FACTORS
        ]
    )
    chance = chances[FACTORS.index("involvement")]
    assert actions[0]["factor"] == "involvement"
    assert chance is not None
    assert chance <= ALPHA
