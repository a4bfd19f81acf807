"""Planning a new project: the project, its phases, its result and what it asks, at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Engine, insert, select
from sqlmodel import Session

from borging.access.actor import Actor
from borging.domain.new_project import NewProject, lay_phases
from borging.domain.phases import usual_carrier
from borging.domain.staffing import NeedFields
from borging.domain.terms import Carrier, Phase
from borging.store.commands.capacity import columns_of
from borging.store.commands.people import PersonError, person_id
from borging.store.database import Write, writing
from borging.store.tables import Record

T = Record.metadata.tables
project = T["project"]
PREFIX = "NP"
REFERENCES = {
    "goal_id": ("goal", "Dit thema"),
    "unit_id": ("unit", "Dit onderdeel"),
}
PEOPLE = {
    "sponsor_id": "Opdrachtgever",
    "owner_id": "Eigenaar in de lijn",
    "project_lead_id": "Projectleider",
}


class NewProjectError(ValueError):
    """A project cannot be planned like this; `sentences` say in Dutch why."""

    def __init__(self, *sentences: str) -> None:
        self.sentences = sentences
        super().__init__(" ".join(sentences))


@dataclass(frozen=True)
class Planned:
    """The project that was made."""

    id: int
    code: str


def plan_project(
    engine: Engine, actor: Actor, fields: NewProject, needs: Sequence[NeedFields]
) -> Planned:
    """Make a project with a code, its phases, one result and its needs.

    The phases are a proposal until somebody confirms them.

    fields: who is named and not in the list yet is added to it. needs: saved as they are; those
    of a template are tentative.

    Raises:
        NewProjectError: fields or needs are wrong, what they refer to is gone, or there is a
            project of that title and start already.
    """
    with writing(engine, actor) as write:
        session = write.session
        people, unknown = _people(write, fields)
        _refuse([*_wrong(session, fields, needs), *unknown])
        fields = replace(fields, **people)
        assert fields.start is not None
        assert fields.handover is not None
        values = {
            "code": _next_code(session),
            "title": " ".join(fields.title.split()),
            "state": fields.state.value,
            "start": fields.start,
            "end": fields.handover,
            "borging_in_plan": fields.borging_in_plan,
            **{name: getattr(fields, name) for name in (*REFERENCES, *PEOPLE)},
        }
        made = insert(project).values(**values).returning(project.c.id)
        planned = Planned(session.execute(made).scalar_one(), values["code"])
        phases = _phases(fields, planned.id)
        result = {
            "project_id": planned.id,
            "title": values["title"],
            "formal_receiver_id": fields.owner_id,
            "agreed_on": fields.handover,
        }
        asked = [{"project_id": planned.id, **columns_of(n), "version": 1} for n in needs]
        session.execute(insert(T["phase_record"]), phases)
        session.execute(insert(T["project_result"]), [result])
        if asked:
            session.execute(insert(T["staffing_need"]), asked)
        said = f"Project {planned.code} ‘{values['title']}’ ingepland."
        write.record(
            "plan",
            "project",
            planned.id,
            said,
            values=values,
            phases=phases,
            result=result,
            needs=asked,
        )
    return planned


def _people(write: Write, fields: NewProject) -> tuple[dict[str, Any], list[str]]:
    """Return the ids of who is named, new names included, and in Dutch who is not there."""
    found: dict[str, Any] = {}
    unknown = []
    for name, label in PEOPLE.items():
        try:
            found[name] = person_id(write, getattr(fields, name))
        except PersonError as problem:
            unknown.append(f"{label}: {problem}.")
    return found, unknown


def _refuse(sentences: Sequence[str]) -> None:
    if sentences:
        raise NewProjectError(*sentences)


def _wrong(session: Session, fields: NewProject, needs: Sequence[NeedFields]) -> list[str]:
    found = fields.problems()
    for name, (table, words) in REFERENCES.items():
        wanted, c = getattr(fields, name), T[table].c
        there = select(c.id).where(c.id == wanted, c.deleted_at.is_(None))
        if wanted is not None and session.scalar(there) is None:
            found.append(f"{words} bestaat niet meer. Kies opnieuw.")
    role = T["job_role"].c
    known = set(session.scalars(select(role.id).where(role.deleted_at.is_(None))))
    wrong = {sentence for need in needs for sentence in need.problems(known)}
    found += [f"Inzet: {sentence}." for sentence in sorted(wrong)]
    same = select(project.c.code).where(
        project.c.title == " ".join(fields.title.split()),
        project.c.start == fields.start,
        project.c.deleted_at.is_(None),
    )
    code = session.scalar(same)
    if code is not None:
        found.append(f"Er is al een project met deze titel en dit begin: {code}.")
    return found


def _next_code(session: Session) -> str:
    """Return a code that no project has or had."""
    codes = session.scalars(select(project.c.code).where(project.c.code.startswith(f"{PREFIX}-")))
    matched = [re.fullmatch(rf"{PREFIX}-([0-9]{{1,9}})", code) for code in codes]
    number = 1 + max((int(each[1]) for each in matched if each), default=0)
    return f"{PREFIX}-{number:03d}"


def _phases(fields: NewProject, project_id: int) -> list[dict[str, Any]]:
    assert fields.start is not None
    assert fields.handover is not None
    laid = lay_phases(fields.start, fields.handover, fields.evaluation_on)
    rows: list[dict[str, Any]] = []
    for phase, (first, last) in laid.items():
        by_line = usual_carrier(phase) is Carrier.LINE
        rows.append(
            {
                "project_id": project_id,
                "phase": phase.value,
                "planned_start": first,
                "planned_end": last,
                "actual_start": fields.begun_on if phase is Phase.PREPARATION else None,
                "accountable_id": fields.owner_id if by_line else fields.project_lead_id,
                "carried_by": usual_carrier(phase).value,
                "confirmed": False,
            }
        )
    return rows
