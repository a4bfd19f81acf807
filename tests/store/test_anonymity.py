"""The promise to the people who answer, tried by somebody who wants to break it.

The attacker has every role: he holds the round, made the links and kept a copy of each, knows
his own answers, reads every screen, export and audit entry, imports what he likes, and looks
before, during and after. In the strongest attacks he reads the whole database too. Which
attacks were tried and how they end is written down in docs/decisions.
"""

from __future__ import annotations

import hashlib
import hmac
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from sqlalchemy import Engine, select

from borging.access.actor import Actor
from borging.exchange.lists.importing import apply, dry_run, read_file
from borging.exchange.workbook import workbook
from borging.exchange.workbook import writing as workbook_writing
from borging.store.commands import ballots, invitations, rounds, ways_in
from borging.store.commands.ballots import Filled
from borging.store.commands.scans import ScanError
from borging.store.commands.ways_in import Link
from borging.store.database import engine_for, revision
from borging.store.queries import audit, discussion, portfolio, scans, structure
from borging.store.tables import Record
from borging.web.server import answer_health
from tests.scans import ANNA, CHECK_CASE, NHS, add_project, answers, hand_in, open_round, seen

DAY = date(2026, 11, 18)
LATER = DAY + timedelta(days=400)
T = Record.metadata.tables
OWN, COLLEAGUES = CHECK_CASE[0], CHECK_CASE[1:]


@pytest.fixture
def project(engine: Engine) -> int:
    return add_project(engine)


@pytest.fixture
def scan_id(engine: Engine, project: int) -> int:
    return open_round(engine, project, DAY, asks_role=True)


def all_that_can_be_read(engine: Engine, project_id: int, scan_id: int) -> str:
    """Everything that any screen, export or route takes its words from, as one text."""
    seen = [
        scans.rounds(engine, NHS, project_id, day) for day in (DAY, DAY + timedelta(days=15), LATER)
    ]
    frames = [
        scans.newest_scans(engine, NHS, LATER),
        portfolio.projects(engine, LATER),
        portfolio.residual_items(engine),
        structure.people(engine),
        audit.newest_entries(engine).drop(columns="at"),
    ]
    talks = [
        discussion.remarks(engine, NHS, scan_id, LATER),
        discussion.groups(engine, NHS, scan_id, LATER),
        discussion.consensus(engine, scan_id),
        discussion.invitations(engine, scan_id),
        discussion.is_shared(engine, scan_id),
    ]
    return "\n".join(
        [
            *map(str, [*seen, *talks, revision(engine)]),
            *(frame.to_csv() for frame in frames),
        ]
    )


def invited(engine: Engine, scan_id: int, people: int = 5) -> list[Link]:
    names = [f"Collega {number}" for number in range(people)]
    return [Link(made.token) for made in invitations.invite(engine, ANNA, scan_id, names)]


def give(engine: Engine, link: Link, scan_id: int, letters: str, browser: str = "own") -> None:
    filled = Filled(answers(letters), {"fit": f"Opmerking bij {letters}"}, "care")
    ballots.hand_in(engine, link, scan_id, browser, filled, NHS, as_of=DAY)


@pytest.mark.parametrize("given", [1, 3, 4, 5])
def test_while_a_round_is_open_nothing_tells_how_many_have_answered(
    engine: Engine, project: int, scan_id: int, given: int
) -> None:
    *links, unused = invited(engine, scan_id, 6)
    before = all_that_can_be_read(engine, project, scan_id)
    for link in links[:given]:
        give(engine, link, scan_id, "a" * 10)
        ballots.save_draft(engine, unused, scan_id, "other", Filled(), NHS, as_of=DAY)
    assert all_that_can_be_read(engine, project, scan_id) == before


def test_health_counts_nothing(
    engine: Engine, scan_id: int, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BORGING_DATABASE_URL", database_url)
    links = invited(engine, scan_id)
    before = bytes(answer_health(None).body)  # type: ignore[arg-type]
    give(engine, links[0], scan_id, "a" * 10)
    assert bytes(answer_health(None).body) == before  # type: ignore[arg-type]


@pytest.mark.parametrize("given", [0, 1, 3])
def test_a_closed_round_with_too_few_answers_looks_like_one_without_any(
    engine: Engine, given: int
) -> None:
    readings = []
    for code, people in (("P01", given), ("P01", 0)):
        number = add_project(engine, code, "Zelfde naam")
        round_id = open_round(engine, number, DAY, asks_role=True)
        links = invited(engine, round_id)
        for link in links[:people]:
            give(engine, link, round_id, OWN)
        rounds.close_round(engine, ANNA, seen(engine, round_id), as_of=DAY)
        rounds.publish_round(engine, ANNA, seen(engine, round_id), as_of=DAY)
        (found,) = scans.rounds(engine, NHS, number, LATER)
        entries = audit.newest_entries(engine, limit=5)["summary"].tolist()
        readings.append(
            (
                found.score,
                found.state,
                entries,
                discussion.remarks(engine, NHS, round_id, LATER),
                discussion.groups(engine, NHS, round_id, LATER),
            )
        )
    assert readings[0] == readings[1]


def test_whoever_holds_a_link_reads_no_draft_and_no_screen_tells_whether_it_was_used(
    engine: Engine, scan_id: int
) -> None:
    used, unused, *_ = invited(engine, scan_id)
    give(engine, used, scan_id, CHECK_CASE[1], browser="the phone of a colleague")
    for link in (used, unused):
        assert ballots.read_draft(engine, link, scan_id, "the phone of the boss") == Filled()
    seen = [ways_in.find_round(engine, link, DAY) for link in (used, unused)]
    assert seen[0] == seen[1]
    labels = discussion.invitations(engine, scan_id)
    assert len({(each.revoked,) for each in labels}) == 1


def test_no_query_gives_answers_that_belong_together(
    engine: Engine, project: int, scan_id: int
) -> None:
    """Two rounds with the same counts per factor, mixed differently, read alike but for the SD."""
    mixed = ["a" * 5 + "d" * 5, "d" * 5 + "a" * 5] * 2
    apart = ["a" * 10, "d" * 10] * 2
    readings = []
    for code, people in (("P02", mixed), ("P03", apart)):
        number = add_project(engine, code)
        round_id = open_round(engine, number, DAY)
        for letters in people:
            hand_in(engine, round_id, DAY, letters, {"fit": "Eens", "benefits": "Oneens"})
        rounds.close_round(engine, ANNA, seen(engine, round_id), as_of=DAY)
        (found,) = scans.rounds(engine, NHS, number, DAY)
        assert found.score is not None
        remarks = discussion.remarks(engine, NHS, round_id, DAY)
        readings.append((found.score.factors, found.score.total, found.score.n, remarks))
    assert readings[0] == readings[1]


def test_my_own_answers_do_not_give_away_three_colleagues(
    engine: Engine, project: int, scan_id: int
) -> None:
    """What is left after taking out one's own answers fits many sets of answers equally well."""
    for letters in CHECK_CASE:
        hand_in(engine, scan_id, DAY, letters)
    rounds.close_round(engine, ANNA, seen(engine, scan_id), as_of=DAY)
    (found,) = scans.rounds(engine, NHS, project, DAY)
    assert found.score is not None
    left = []
    for factor, own in zip(found.score.factors, OWN, strict=True):
        letters = "".join(letter * count for letter, count in factor.counts.items())
        left.append(set(letters.replace(own, "", 1)))
    sets = {"".join(letters) for letters in product(*left)}
    assert set(COLLEAGUES) < sets
    assert len(sets) > 100
    assert found.score.sd is None, "with it, two or three ways to divide the answers would be left"


def test_groups_cannot_be_subtracted_from_the_whole(
    engine: Engine, project: int, scan_id: int
) -> None:
    """Four carers and one leader: showing the carers would show the leader."""
    for letters, role in [("a" * 10, "care")] * 4 + [("d" * 10, "lead")]:
        hand_in(engine, scan_id, DAY, letters, role=role)
    rounds.close_round(engine, ANNA, seen(engine, scan_id), as_of=DAY)
    assert discussion.groups(engine, NHS, scan_id, LATER) == {}
    with engine.connect() as connection:
        stored = connection.execute(select(T["scan_response"].c.role)).scalars().all()
    assert set(stored) == {None}


def test_a_second_round_of_all_but_one_has_to_wait(engine: Engine, project: int) -> None:
    first = open_round(engine, project, DAY)
    for letters in CHECK_CASE:
        hand_in(engine, first, DAY, letters)
    rounds.close_round(engine, ANNA, seen(engine, first), as_of=DAY)
    with pytest.raises(ScanError, match="af te leiden wie wat antwoordde"):
        open_round(engine, project, DAY + timedelta(days=1))


@pytest.mark.parametrize("stage", ["open", "closed"])
@pytest.mark.parametrize("guess", [CHECK_CASE[1], "d" * 10])
def test_an_import_confirms_no_guess_and_fills_up_no_round(
    engine: Engine, project: int, scan_id: int, stage: str, guess: str
) -> None:
    for letters in CHECK_CASE[:3]:
        hand_in(engine, scan_id, DAY, letters)
    if stage == "closed":
        rounds.close_round(engine, ANNA, seen(engine, scan_id), as_of=DAY)
    factors = [column.heading for column in workbook.scans().columns if column.kind == "letter"]
    headings = ["Code", "Datum", "Soort", *factors]
    cells = ["P01", f"{DAY:%d-%m-%Y}", "individueel", *guess]
    parsed = read_file(_workbook(headings, cells), "guess.xlsx", DAY)
    for report in (dry_run(engine, parsed), apply(engine, parsed, Actor("Aanvaller"))):
        assert (report.read, report.unchanged, report.new, report.changed) == (1, 1, 0, 0)
        assert [problem.reason[:21] for problem in report.problems] == ["Deze ronde is er al. "]
    (found,) = scans.rounds(engine, NHS, project, LATER)
    assert found.score is None


def _workbook(headings: list[str], cells: list[str]) -> bytes:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("Scans")
    sheet.write_row(0, 0, headings)
    sheet.write_row(1, 0, cells)
    book.close()
    return buffer.getvalue()


def test_the_export_holds_no_individual_round(engine: Engine, project: int, scan_id: int) -> None:
    for letters in CHECK_CASE:
        hand_in(engine, scan_id, DAY, letters)
    rounds.close_round(engine, ANNA, seen(engine, scan_id), as_of=DAY)
    parsed = read_file(workbook_writing.export(engine), "export.xlsx", DAY)
    assert not [item for item in parsed.batch.items if item.kind.value.startswith("scan")]


def _everything_stored(engine: Engine) -> list[tuple[str, Any]]:
    with engine.connect() as connection:
        return [
            (name, value)
            for name, table in T.items()
            for row in connection.execute(select(table)).all()
            for value in row
        ]


def test_the_whole_database_and_every_link_lead_to_no_answer_once_a_round_is_closed(
    engine: Engine, project: int, scan_id: int
) -> None:
    """Hash every token and every browser with every key there is: nothing in the base matches."""
    links = invited(engine, scan_id, 4)
    for number, (link, letters) in enumerate(zip(links, CHECK_CASE, strict=True)):
        give(engine, link, scan_id, letters, browser=f"browser {number}")
    keys = [v for name, v in _everything_stored(engine) if name == "secret" and len(str(v)) > 20]
    parts = [
        *((link.token,) for link in links),
        *(("invitation", link.token) for link in links),
        *((link.token, str(scan_id), f"browser {number}") for number, link in enumerate(links)),
        *(("shared", str(scan_id), f"browser {number}") for number in range(4)),
        *(
            ("device", link.token, str(scan_id), f"browser {number}")
            for number, link in enumerate(links)
        ),
    ]
    hashes = {
        hmac.new(key.encode(), "\x1f".join(each).encode(), hashlib.sha256).hexdigest()
        for key in keys
        for each in parts
    }

    def found_in() -> set[str]:
        return {name for name, value in _everything_stored(engine) if value in hashes}

    assert found_in() == {"scan_invitation", "scan_ballot", "scan_draft"}
    rounds.close_round(engine, ANNA, seen(engine, scan_id), as_of=DAY)
    assert found_in() == {"scan_invitation"}


def test_responses_hold_nothing_but_round_group_and_letters() -> None:
    assert set(T["scan_response"].c.keys()) == {"id", "scan_id", "role"}
    assert set(T["factor_answer"].c.keys()) == {"response_id", "factor", "level"}
    assert set(T["factor_remark"].c.keys()) == {"id", "scan_id", "factor", "text"}
    assert set(T["scan_draft"].c.keys()) == {"key_hash", "scan_id", "content"}
    assert set(T["scan_ballot"].c.keys()) == {"key_hash", "scan_id", "content", "device_hash"}
    invitation = {"id", "scan_id", "label", "token_hash", "contested", "revoked_at"}
    assert set(T["scan_invitation"].c.keys()) == invitation


def test_the_order_of_ballots_does_not_tell_who_came_first(sqlite_url: str) -> None:
    """Neither table has a hidden row number; PostgreSQL is spoken of in docs/decisions."""
    path = sqlite_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as connection:
        for box in ("scan_draft", "scan_ballot"):
            with pytest.raises(sqlite3.OperationalError, match="no such column: rowid"):
                connection.execute(f"SELECT rowid FROM {box}")


def test_the_files_of_sqlite_forget_the_ballots(sqlite_url: str) -> None:
    engine = engine_for(sqlite_url)
    round_id = open_round(engine, add_project(engine), DAY)
    (link,) = invited(engine, round_id, 1)
    marked = Filled(answers("a" * 10), {"fit": "Alleen ik zeg dit zo"}, None)
    ballots.hand_in(engine, link, round_id, "own", marked, NHS, as_of=DAY)
    with engine.connect() as connection:
        key = connection.execute(select(T["scan_ballot"].c.key_hash)).scalar_one()
    files = _files(sqlite_url)
    assert any(key.encode() in file() for file in files)
    rounds.close_round(engine, ANNA, seen(engine, round_id), as_of=DAY)
    assert not any(key.encode() in file() for file in files)
    engine.dispose()


def _files(url: str) -> list[Callable[[], bytes]]:
    path = Path(url.removeprefix("sqlite:///"))
    return [
        lambda name=name: name.read_bytes() if name.exists() else b""  # type: ignore[misc]
        for name in (path, path.with_name(path.name + "-wal"))
    ]
