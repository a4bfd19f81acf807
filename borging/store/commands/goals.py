"""The goal tree: adding, changing and removing goals, and hanging projects under them.

Every command is one transaction with one audit entry, which holds what was and what is: the last
change of the tree can be undone from it. A project that moves has an entry of its own besides.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine, insert, select, update
from sqlmodel import Session

from borging.access.actor import Actor
from borging.domain.goals import GoalFields
from borging.domain.terms import GoalKind
from borging.store.commands.goal_checks import (
    ENTITY,
    checked,
    found_goal,
    hanging_below,
    refuse_moved,
    what_happened,
)
from borging.store.commands.goal_problems import (
    GoalChangedError,
    GoalInUseError,
    NothingToUndoError,
)
from borging.store.database import Write, writing
from borging.store.tables import Record

T = Record.metadata.tables
goal, project, audit = T["goal"], T["project"], T["audit_entry"]
UNDONE, AGAIN = "Teruggedraaid: ", "Opnieuw: "
NAMES = tuple(field.name for field in fields(GoalFields))


def add_goal(engine: Engine, actor: Actor, new: GoalFields) -> int:
    """Add a goal and return its id.

    Raises:
        GoalError: no title, a title that is there, an unknown or unsuitable place.
    """
    with writing(engine, actor) as write:
        tidy = checked(write.session, new, None)
        values = asdict(tidy) | {"version": 1}
        goal_id: int = write.session.execute(
            insert(goal).values(**values).returning(goal.c.id)
        ).scalar_one()
        summary = f"Doelenboom: {_named(tidy.kind, tidy.title)} toegevoegd."
        _record(write, "add", goal_id, summary, goals={goal_id: (None, asdict(tidy))})
    return goal_id


def change_goal(
    engine: Engine, actor: Actor, goal_id: int, version: int, before: GoalFields, after: GoalFields
) -> None:
    """Rename, move or date a goal; only fields in which `after` differs from `before` are written.

    Raises:
        GoalChangedError: it has another version than the change was based on.
        GoalError: gone, no title, a title that is there, an unknown or unsuitable place.
    """
    with writing(engine, actor) as write:
        row = found_goal(write.session, goal_id)
        if row["version"] != version:
            raise GoalChangedError(what_happened(write.session, before, row), row["version"])
        old, seen = _fields(row), asdict(before)
        mine = {name: each for name, each in asdict(after).items() if each != seen[name]}
        new = checked(write.session, GoalFields(**(asdict(old) | mine)), goal_id)
        if new == old:
            return
        _put(write.session, goal_id, asdict(new))
        summary = f"Doelenboom: {_named(old.kind, old.title)} gewijzigd."
        _record(write, "change", goal_id, summary, goals={goal_id: (asdict(old), asdict(new))})


def remove_goal(engine: Engine, actor: Actor, goal_id: int, version: int) -> None:
    """Remove a goal under which nothing hangs.

    Raises:
        GoalInUseError: goals or projects hang under it.
        GoalError: gone, or changed by somebody else.
    """
    with writing(engine, actor) as write:
        row = found_goal(write.session, goal_id)
        old = _fields(row)
        if row["version"] != version:
            raise GoalChangedError(what_happened(write.session, old, row), row["version"])
        if hanging := hanging_below(write.session, goal_id):
            raise GoalInUseError(old.title, hanging)
        _put(write.session, goal_id, None)
        summary = f"Doelenboom: {_named(old.kind, old.title)} weggehaald."
        _record(write, "remove", goal_id, summary, goals={goal_id: (asdict(old), None)})


def hang_projects(
    engine: Engine, actor: Actor, goal_id: int | None, seen: Mapping[int, int | None]
) -> int:
    """Hang projects under a goal, or under none; return how many moved.

    seen: id of each project to the id of the goal it hung under when somebody chose it.

    Raises:
        ProjectsMovedError: a project hangs elsewhere by now, or is gone.
        UnknownGoalError: the goal is gone.
    """
    with writing(engine, actor) as write:
        target = None if goal_id is None else _fields(found_goal(write.session, goal_id))
        refuse_moved(write.session, seen)
        moved = {each: (was, goal_id) for each, was in seen.items() if was != goal_id}
        if not moved:
            return 0
        _hang(write, moved)
        many = "1 project" if len(moved) == 1 else f"{len(moved)} projecten"
        summary = (
            f"Doelenboom: {many} losgemaakt."
            if target is None
            else f"Doelenboom: {many} gehangen onder ‘{target.title}’."
        )
        _record(write, "hang", goal_id, summary, projects=moved)
    return len(moved)


def undo_last(engine: Engine, actor: Actor, seen: int) -> str:
    """Put the tree back as it was before its last change; return what was undone, in Dutch.

    Undoing is a change itself: undoing twice has it back.

    seen: the newest change of the tree on the screen (see `queries.structure.newest_change`).

    Raises:
        NothingToUndoError: nothing was changed, somebody changed the tree since, or what was
            changed is different by now.
        GoalError: the tree has no room for it any more.
    """
    with writing(engine, actor) as write:
        last = write.session.execute(
            select(audit).where(audit.c.entity == ENTITY).order_by(audit.c.id.desc()).limit(1)
        ).first()
        if last is None:
            raise NothingToUndoError("In de doelenboom is nog niets gewijzigd.")
        if last.id != seen:
            raise NothingToUndoError(
                f"Intussen wijzigde {last.actor_name} de doelenboom: {last.summary} Er is niets "
                "teruggedraaid. Druk nogmaals om die wijziging terug te draaien."
            )
        detail = json.loads(last.detail)
        goals = {int(key): (_read(old), _read(new)) for key, (old, new) in detail["goals"].items()}
        projects = {int(key): (old, new) for key, (old, new) in detail["projects"].items()}
        for goal_id, (old, new) in goals.items():
            _put_back(write.session, goal_id, old, new)
        refuse_moved(write.session, {each: new for each, (_old, new) in projects.items()})
        for old, _new in projects.values():
            if old is not None:
                found_goal(write.session, old)
        _hang(write, {key: (new, old) for key, (old, new) in projects.items()})
        summary = _undone(last.summary)
        _record(
            write,
            "undo",
            last.entity_id,
            summary,
            goals={key: (_dict(new), _dict(old)) for key, (old, new) in goals.items()},
            projects={key: (new, old) for key, (old, new) in projects.items()},
        )
        return summary


def _undone(summary: str) -> str:
    """Say that a change was undone; of one that undid something, that it was made again."""
    if summary.startswith(UNDONE):
        return AGAIN + summary.removeprefix(UNDONE)
    return UNDONE + summary.removeprefix(AGAIN)


def _put_back(
    session: Session, goal_id: int, old: GoalFields | None, new: GoalFields | None
) -> None:
    """Give a goal the fields from before a change, when it still has those from after."""
    found = session.execute(select(goal).where(goal.c.id == goal_id)).mappings().first()
    row = dict(found) if found else None
    gone = row is None or row["deleted_at"] is not None
    if row is None or gone != (new is None) or (new is not None and _fields(row) != new):
        raise NothingToUndoError(
            "Deze tak is daarna op een andere manier gewijzigd, bijvoorbeeld door een lijst in te "
            "lezen. Wijzig haar met de hand."
        )
    if old is not None:
        checked(session, old, goal_id)
    elif hanging := hanging_below(session, goal_id):
        raise GoalInUseError(row["title"], hanging)
    _put(session, goal_id, _dict(old))


def _put(session: Session, goal_id: int, values: Mapping[str, Any] | None) -> None:
    """Write the fields of a goal, or hide it when there are none."""
    written = {"deleted_at": datetime.now(UTC)} if values is None else {"deleted_at": None}
    session.execute(
        update(goal)
        .where(goal.c.id == goal_id)
        .values(**(values or {}), **written, version=goal.c.version + 1)
    )


def _hang(write: Write, moved: Mapping[int, tuple[int | None, int | None]]) -> None:
    """Hang projects elsewhere, each with an entry in its own history. moved: from and to."""
    for project_id, (was, now) in moved.items():
        code = write.session.execute(
            update(project)
            .where(project.c.id == project_id)
            .values(goal_id=now, version=project.c.version + 1)
            .returning(project.c.code)
        ).scalar_one()
        said = f"Project {code} verhangen in de doelenboom."
        before, after = {"goal_id": was}, {"goal_id": now}
        write.record("hang", project.name, project_id, said, before=before, after=after)


def _fields(row: Mapping[str, Any]) -> GoalFields:
    return GoalFields(**{name: row[name] for name in NAMES})


def _read(stored: Mapping[str, Any] | None) -> GoalFields | None:
    """Return fields from an audit entry."""
    if stored is None:
        return None
    on = stored["legal_deadline"]
    return GoalFields(**(dict(stored) | {"legal_deadline": on and date.fromisoformat(on)}))


def _dict(found: GoalFields | None) -> dict[str, Any] | None:
    return None if found is None else asdict(found)


def _named(kind: str, title: str) -> str:
    return f"{GoalKind(kind).label} ‘{title}’"


def _record(
    write: Write,
    action: str,
    goal_id: int | None,
    summary: str,
    *,
    goals: Mapping[int, Any] | None = None,
    projects: Mapping[int, Any] | None = None,
) -> None:
    write.record(
        action, ENTITY, goal_id, summary, goals=dict(goals or {}), projects=dict(projects or {})
    )
