"""Scans to test with: the instrument, the published case, and rounds written by the commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Engine

from borging.access.actor import Actor
from borging.domain.instruments import load_instrument
from borging.domain.rounds import ScanRound
from borging.domain.terms import ScanKind
from borging.settings import DATA
from borging.store.commands import ballots, rounds
from borging.store.commands.ballots import Filled
from borging.store.commands.invitations import invite
from borging.store.commands.rounds import plan_round, usual_plan
from borging.store.commands.scans import record_joint_answer
from borging.store.commands.ways_in import Link
from borging.store.database import writing
from borging.store.queries import scans as scan_queries
from borging.store.queries.discussion import project_of
from borging.store.tables import Person, Project

NHS = load_instrument(DATA / "instruments" / "nhs-borgingsscan.toml")
CHECK_CASE = ("babadbbaaa", "aabaabaaab", "dbbbaacaad", "bbacabcaab")
"""Total 71.0, standard deviation 9.90."""

ANNA = Actor("Anna de Wit", 1)


def answers(letters: str) -> dict[str, str | None]:
    """Letters in factor order; '-' is 'weet ik niet'."""
    return {f.id: None if x == "-" else x for f, x in zip(NHS.factors, letters, strict=True)}


def add_project(engine: Engine, code: str = "P01", title: str = "ECD mobiel") -> int:
    with writing(engine, ANNA) as write:
        if write.session.get(Person, 1) is None:
            write.session.add(Person(id=1, name=ANNA.name))
        project = Project(code=code, title=title, state="running")
        write.session.add(project)
        write.session.flush()
        assert project.id is not None
        return project.id


def seen(engine: Engine, scan_id: int) -> ScanRound:
    """Return a round as a screen shows it now."""
    project_id = project_of(engine, scan_id) or 0
    found = scan_queries.rounds(engine, NHS, project_id, date.max)
    gone = ScanRound(scan_id, 0, 1, ScanKind.INDIVIDUAL, date.min, 4, "", None, None, None)
    return next((each for each in found if each.id == scan_id), gone)


def open_round(
    engine: Engine, project_id: int, on: date, min_answers: int = 4, *, asks_role: bool = False
) -> int:
    """Make and open a round that takes answers for two weeks."""
    plan = replace(usual_plan(on), min_answers=min_answers, asks_role=asks_role)
    scan_id = plan_round(engine, ANNA, project_id, NHS, plan, as_of=on)
    rounds.open_round(engine, ANNA, seen(engine, scan_id), as_of=on)
    return scan_id


def hand_in(
    engine: Engine,
    scan_id: int,
    on: date,
    row: str,
    remarks: Mapping[str, str] | None = None,
    role: str | None = None,
) -> Link:
    """Invite somebody who answers at once; return his link."""
    (invited,) = invite(engine, ANNA, scan_id, ["Iemand"])
    link = Link(invited.token)
    filled = Filled(answers(row), remarks or {}, role)
    ballots.hand_in(engine, link, scan_id, "browser", filled, NHS, as_of=on)
    return link


def individual(
    engine: Engine,
    project_id: int,
    on: date,
    rows: Sequence[str],
    min_answers: int = 4,
    *,
    publish: bool = True,
) -> int:
    """Hold a whole round on one day, with one response per row of letters."""
    scan_id = open_round(engine, project_id, on, min_answers)
    for row in rows:
        hand_in(engine, scan_id, on, row)
    rounds.close_round(engine, ANNA, seen(engine, scan_id), as_of=on)
    if publish:
        rounds.publish_round(engine, ANNA, seen(engine, scan_id), as_of=on)
    return scan_id


def joint(engine: Engine, project_id: int, on: date, row: str, *, publish: bool = True) -> int:
    """Write an agreed answer."""
    return record_joint_answer(
        engine,
        ANNA,
        project_id,
        on,
        NHS,
        answers(row),
        "Projectgroep, 6 personen",
        as_of=on,
        publish=publish,
    )
