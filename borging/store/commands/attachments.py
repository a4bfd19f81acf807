"""Files of a project: adding one, describing it, taking it away.

The history holds what a file is called and what it is, never its bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Engine, insert, select, update
from sqlmodel import Session

from borging.access.actor import Actor
from borging.domain.attachments import LONGEST_NOTE, FileRefusedError, checked, folded, unused
from borging.store.commands.conflicts import changed_since
from borging.store.commands.dossier import project_code
from borging.store.commands.rows import Row, RowsChangedError, RowsError
from borging.store.database import Write, writing
from borging.store.tables import Record

attachment = Record.metadata.tables["attachment"]
ENTITY = "attachment"
TOLD = ("name", "note", "size", "sha256")
"""Columns that the history holds."""


@dataclass(frozen=True)
class Added:
    """A file that was added. known: it was there already, under this name."""

    id: int
    name: str
    known: bool = False


def add_file(
    engine: Engine, actor: Actor, project_id: int, name: str, data: bytes, note: str = ""
) -> Added:
    """Add a file to a project; what is there already is not kept twice.

    A file with the same bytes that was taken away comes back, under the name it had.

    Raises:
        RowsError: the project is gone, or the file or its description is refused.
    """
    try:
        file = checked(name, data)
    except FileRefusedError as refused:
        raise RowsError([str(refused)]) from refused
    words = _note(note)
    digest = sha256(data).hexdigest()
    with writing(engine, actor) as write:
        code = project_code(write.session, project_id)
        same = _same(write.session, project_id, digest)
        if same is not None:
            return _again(write, code, same, words)
        names = write.session.scalars(
            select(attachment.c.name).where(attachment.c.project_id == project_id)
        )
        called = unused(file.name, names)
        values = {
            "name": called,
            "note": words,
            "size": len(data),
            "sha256": digest,
        }
        made: int = write.session.execute(
            insert(attachment)
            .values(
                **values,
                project_id=project_id,
                media_type=file.media_type,
                added_at=datetime.now(UTC),
                added_by=actor.name,
                version=1,
                data=data,
            )
            .returning(attachment.c.id)
        ).scalar_one()
        _record(write, "add", code, made, "toegevoegd", None, values)
    return Added(made, called)


def describe_file(engine: Engine, actor: Actor, project_id: int, row: Row) -> int:
    """Write what a file is, or take it away; return its id.

    row: fields and before hold 'note'; fields None takes the file away.

    Raises:
        RowsError: the file is gone or the description is refused.
        RowsChangedError: somebody else changed it since it was read.
    """
    with writing(engine, actor) as write:
        code = project_code(write.session, project_id)
        now = _live(write.session, project_id, row.id or 0)
        if now["version"] != row.version:
            labels = {"note": "Omschrijving"}
            said = changed_since(write.session, ENTITY, now["id"], labels, row.before or {}, now)
            raise RowsChangedError([f"{row.place}: {said}"], {now["id"]: now["version"]})
        before = {name: now[name] for name in TOLD}
        if row.fields is None:
            _change(write, now, deleted_at=datetime.now(UTC))
            _record(write, "remove", code, now["id"], "weggehaald", before, None)
            return int(now["id"])
        after = before | {"note": _note(row.fields["note"] or "")}
        if after != before:
            _change(write, now, note=after["note"])
            _record(write, "change", code, now["id"], "omschreven", before, after)
    return int(now["id"])


def require_files(session: Session, project_id: int, names: tuple[str, ...]) -> None:
    """Refuse names of files that the project does not have.

    Raises:
        RowsError: one of them is not there (any more).
    """
    there = session.scalars(
        select(attachment.c.name).where(
            attachment.c.project_id == project_id, attachment.c.deleted_at.is_(None)
        )
    )
    known = {folded(each) for each in there}
    gone = [name for name in names if folded(name) not in known]
    if gone:
        raise RowsError([f"‘{name}’ is intussen weggehaald; kies opnieuw." for name in gone])


def _note(text: str) -> str | None:
    tidy = " ".join(text.split())
    if len(tidy) > LONGEST_NOTE:
        raise RowsError([f"De omschrijving is langer dan {LONGEST_NOTE} tekens; kort haar in."])
    return tidy or None


def _about() -> list[Any]:
    return [each for each in attachment.c if each.name != "data"]


def _same(session: Session, project_id: int, digest: str) -> dict[str, Any] | None:
    found = session.execute(
        select(*_about()).where(
            attachment.c.project_id == project_id, attachment.c.sha256 == digest
        )
    ).mappings()
    row = found.first()
    return None if row is None else dict(row)


def _live(session: Session, project_id: int, file_id: int) -> dict[str, Any]:
    found = session.execute(
        select(*_about()).where(
            attachment.c.id == file_id,
            attachment.c.project_id == project_id,
            attachment.c.deleted_at.is_(None),
        )
    ).mappings()
    row = found.first()
    if row is None:
        raise RowsError(["Dit bestand is intussen weggehaald. Ververs de pagina."])
    return dict(row)


def _again(write: Write, code: str, same: dict[str, Any], note: str | None) -> Added:
    if same["deleted_at"] is None:
        return Added(same["id"], same["name"], known=True)
    after = {name: same[name] for name in TOLD} | ({"note": note} if note else {})
    _change(write, same, deleted_at=None, note=after["note"])
    _record(write, "add", code, same["id"], "weer toegevoegd", None, after)
    return Added(same["id"], same["name"])


def _change(write: Write, row: dict[str, Any], **values: Any) -> None:
    write.session.execute(
        update(attachment)
        .where(attachment.c.id == row["id"])
        .values(**values, version=row["version"] + 1)
    )


def _record(
    write: Write,
    action: str,
    code: str,
    file_id: int,
    words: str,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> None:
    called = (after or before or {})["name"]
    summary = f"Dossier van {code}, bestanden: ‘{called}’ {words}."
    write.record(action, ENTITY, file_id, summary, before=before, after=after)
