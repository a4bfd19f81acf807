"""Scans to test with: the instrument, the published case, and rounds written by the commands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Engine

from borging.access.actor import Actor
from borging.domain.instruments import load_instrument
from borging.domain.terms import ScanKind
from borging.settings import DATA
from borging.store.commands.scans import add_response, record_joint_answer, start_round
from borging.store.database import writing
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


def individual(
    engine: Engine, project_id: int, on: date, rows: Sequence[str], min_answers: int = 4
) -> int:
    """Write an individual round with one response per row of letters."""
    scan_id = start_round(
        engine, ANNA, project_id, ScanKind.INDIVIDUAL, on, NHS, min_answers, as_of=on
    )
    for row in rows:
        add_response(engine, scan_id, NHS, answers(row), as_of=on)
    return scan_id


def joint(engine: Engine, project_id: int, on: date, row: str) -> int:
    """Write an agreed answer."""
    return record_joint_answer(
        engine, ANNA, project_id, on, NHS, answers(row), "Projectgroep, 6 personen", as_of=on
    )
