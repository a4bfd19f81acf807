"""What a project is: adding one, changing its facts, its koers and its phases.

Every command is one transaction. Who saves second is told what changed and may save on top.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from sqlalchemy import Engine, func, insert, select, update
from sqlmodel import Session

from borging.access.actor import Actor
from borging.domain.project_fields import (
    PHASE_LABELS,
    PROJECT_LABELS,
    CourseFields,
    ProjectFields,
)
from borging.domain.terms import Carrier, Course, Phase, ProjectState
from borging.store.commands.conflicts import changed_since, last_writer, words_of
from borging.store.commands.people import PersonError, person_id
from borging.store.commands.rows import Row, RowsChangedError, RowsError
from borging.store.database import Write, writing
from borging.store.queries.portfolio import newest_report
from borging.store.tables import Record

T = Record.metadata.tables
project, phase, course = T["project"], T["phase_record"], T["course_report"]
PLACE = "Project"
PEOPLE = ("sponsor_id", "owner_id", "project_lead_id")
GONE = "Dit project is er niet meer. Kies een ander project."


def add_project(engine: Engine, actor: Actor, fields: ProjectFields) -> int:
    """Add a project and return its id; without a code it gets the next free one.

    Raises:
        RowsError: something is wrong with the fields.
    """
    with writing(engine, actor) as write:
        given = replace(fields, code=fields.code.strip() or _next_code(write.session))
        values = _checked(write, given, ProjectFields(""))
        made: int = write.session.execute(
            insert(project).values(**values, version=1).returning(project.c.id)
        ).scalar_one()
        words = f"Project {values['code']} ‘{values['title']}’ toegevoegd."
        write.record("add", "project", made, words, before=None, after=values)
    return made


def change_project(engine: Engine, actor: Actor, row: Row) -> None:
    """Write the facts of a project in which `fields` differs from `before`.

    row: fields and before are ProjectFields.

    Raises:
        RowsError: the project is gone or something is wrong with the fields.
        RowsChangedError: somebody else changed the project since it was read.
    """
    with writing(engine, actor) as write:
        now = _live(write.session, row.id or 0)
        if now["version"] != row.version:
            seen, words = asdict(row.before), {"state": words_of(ProjectState)}
            said = changed_since(
                write.session, "project", now["id"], PROJECT_LABELS, seen, now, words
            )
            raise RowsChangedError([f"{PLACE}: {said}"], {now["id"]: now["version"]})
        current = ProjectFields(**{name: now[name] for name in PROJECT_LABELS})
        mine = {
            name: value
            for name, value in asdict(row.fields).items()
            if value != getattr(row.before, name)
        }
        values = _checked(write, replace(current, **mine), row.before)
        changed = {name: value for name, value in values.items() if value != now[name]}
        if not changed:
            return
        write.session.execute(
            update(project)
            .where(project.c.id == now["id"])
            .values(**changed, version=now["version"] + 1)
        )
        before = {name: now[name] for name in changed}
        words_ = f"Project {now['code']} gewijzigd."
        write.record("change", "project", now["id"], words_, before=before, after=changed)


def set_course(
    engine: Engine,
    actor: Actor,
    project_id: int,
    fields: CourseFields,
    today: date,
    seen: int,
) -> int:
    """Record the koers of a project as somebody signs it today; return its id.

    seen: id of the newest koers on the screen (see `queries.portfolio`), 0 for none.

    Raises:
        RowsError: the project is gone or something is wrong with the fields.
        RowsChangedError: somebody signed a koers since; versions: its id, by that of the project.
    """
    with writing(engine, actor) as write:
        now = _live(write.session, project_id)
        _refuse("Koers", fields.problems(today))
        _refuse_unseen(write.session, project_id, seen)
        red = fields.course == Course.RED
        values = {
            "project_id": project_id,
            "reported_on": today,
            "course": fields.course,
            "sentence": _tidy(fields.sentence),
            "signed_by_id": _person(write, "Koers", fields.signed_by_id),
            "decision": _tidy(fields.decision) if red else None,
            "decision_from": _tidy(fields.decision_from) if red else None,
            "decision_before": fields.decision_before if red else None,
        }
        made: int = write.session.execute(
            insert(course).values(**values).returning(course.c.id)
        ).scalar_one()
        words = f"Koers van {now['code']}: {Course(fields.course).label}."
        write.record("add", "course_report", made, words, before=None, after=values)
    return made


def _refuse_unseen(session: Session, project_id: int, seen: int) -> None:
    newest = newest_report(session.connection(), project_id)
    if newest <= seen:
        return
    row = session.execute(select(course).where(course.c.id == newest)).mappings().one()
    who = last_writer(session, "course_report", newest)
    label = Course(row["course"]).label
    sentence = f"{who} legde intussen ook een koers vast: {label}, ‘{row['sentence']}’"
    raise RowsChangedError([sentence], {project_id: newest})


def save_phases(
    engine: Engine, actor: Actor, project_id: int, rows: Sequence[Row], today: date
) -> list[int]:
    """Write the dates of phases; return the ids of what was written.

    rows: fields and before are PhaseFields; a phase without an id has no dates yet.

    Raises:
        RowsError: the project is gone or something is wrong with a row.
        RowsChangedError: somebody else changed a phase since it was read.
    """
    with writing(engine, actor) as write:
        code = _live(write.session, project_id)["code"]
        stored = {
            each["phase"]: dict(each)
            for each in write.session.execute(
                select(phase).where(phase.c.project_id == project_id)
            ).mappings()
        }
        wrong = [
            f"{row.place}: {'; '.join(problems)}."
            for row in rows
            if row.fields is not None and (problems := row.fields.problems(today))
        ]
        if wrong:
            raise RowsError(wrong)
        _refuse_changed(write.session, rows, stored)
        return [_write_phase(write, project_id, code, row, stored) for row in rows if row.fields]


def _refuse_changed(session: Session, rows: Sequence[Row], stored: dict[str, Any]) -> None:
    said, versions = [], {}
    for row in rows:
        now = stored.get(row.fields.phase) if row.fields else None
        if now is None or now["deleted_at"] is not None or now["version"] == row.version:
            continue
        if row.id is None:
            who = last_writer(session, "phase_record", now["id"])
            raise RowsError(
                [
                    f"{row.place}: {who} vulde deze fase intussen ook in. Kopieer wat u typte, "
                    "kies Niet opslaan en vul het daar aan."
                ]
            )
        words = {"carried_by": words_of(Carrier)}
        told = changed_since(
            session, "phase_record", now["id"], PHASE_LABELS, asdict(row.before), now, words
        )
        said.append(f"{row.place}: {told}")
        versions[now["id"]] = now["version"]
    if said:
        raise RowsChangedError(said, versions)


def _write_phase(write: Write, project_id: int, code: str, row: Row, stored: dict[str, Any]) -> int:
    values: dict[str, Any] = asdict(row.fields)
    values["accountable_id"] = _person(write, row.place, row.fields.accountable_id)
    name = Phase(row.fields.phase).label
    now = stored.get(row.fields.phase)
    if now is None:
        made: int = write.session.execute(
            insert(phase).values(project_id=project_id, **values, version=1).returning(phase.c.id)
        ).scalar_one()
        words = f"Fase {name} van {code} ingevuld."
        write.record("add", "phase_record", made, words, before=None, after=values)
        return made
    seen = asdict(row.before) if row.before else {}
    changed = {
        field: value
        for field, value in values.items()
        if (field not in seen or value != seen[field]) and value != now[field]
    }
    row_id: int = now["id"]
    if changed and not now["confirmed"]:
        changed["confirmed"] = True
    if changed or now["deleted_at"] is not None:
        write.session.execute(
            update(phase)
            .where(phase.c.id == row_id)
            .values(**changed, deleted_at=None, version=now["version"] + 1)
        )
        before = {field: now[field] for field in changed}
        words = f"Fase {name} van {code} gewijzigd."
        write.record("change", "phase_record", row_id, words, before=before, after=changed)
    return row_id


def _live(session: Session, project_id: int) -> dict[str, Any]:
    found = session.execute(
        select(project).where(project.c.id == project_id, project.c.deleted_at.is_(None))
    ).mappings()
    row = found.first()
    if row is None:
        raise RowsError([GONE])
    return dict(row)


def _checked(write: Write, fields: ProjectFields, before: ProjectFields) -> dict[str, Any]:
    """Return the columns to write; who is not named anew is not looked up again."""
    values = asdict(fields)
    for name in ("title", "code", "funding_source"):
        values[name] = _tidy(values[name])
    values["summary"] = (fields.summary or "").strip() or None
    wrong = replace(fields, title=values["title"] or "").problems()
    for name, table in (("goal_id", "goal"), ("unit_id", "unit")):
        wanted = T[table]
        there = select(wanted.c.id).where(
            wanted.c.id == values[name], wanted.c.deleted_at.is_(None)
        )
        if values[name] is not None and write.session.scalar(there) is None:
            wrong.append(f"‘{PROJECT_LABELS[name]}’ is er niet meer; kies opnieuw")
    if values["code"] and values["code"] != before.code:
        wrong += _same_code(write.session, values["code"])
    _refuse(PLACE, wrong)
    for name in PEOPLE:
        if values[name] != getattr(before, name) or isinstance(values[name], str):
            values[name] = _person(write, PLACE, values[name])
    values["code"] = values["code"] or before.code or _next_code(write.session)
    return values


def _person(write: Write, place: str, who: int | str | None) -> int | None:
    try:
        return person_id(write, who)
    except PersonError as problem:
        raise RowsError([f"{place}: {problem}"]) from problem


def _refuse(place: str, problems: Sequence[str]) -> None:
    if problems:
        raise RowsError([f"{place}: {'; '.join(problems)}."])


def _tidy(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None


def _same_code(session: Session, code: str) -> list[str]:
    """Refuse the code of another project: a workbook could not tell the two apart."""
    same = select(project.c.title).where(project.c.code == code, project.c.deleted_at.is_(None))
    title = session.scalars(same).first()
    return [] if title is None else [f"‘{code}’ is al de code van ‘{title}’; kies een andere code"]


def _next_code(session: Session) -> str:
    """Return a code that no project has or had: 'P-0001'."""
    number = int(session.scalar(select(func.coalesce(func.max(project.c.id), 0))) or 0) + 1
    taken = set(session.scalars(select(project.c.code)))
    while f"P-{number:04d}" in taken:
        number += 1
    return f"P-{number:04d}"
