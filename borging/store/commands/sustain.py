"""Declaring a result geborgd, confirming that again, or saying that it has relapsed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine, insert, select
from sqlmodel import Session

from borging.access.actor import Actor
from borging.domain import attachments, sustain
from borging.domain.sustain import Before, Declaration
from borging.domain.terms import Sustain
from borging.store.commands.attachments import require_files
from borging.store.commands.people import PersonError, person_id
from borging.store.commands.rows import RowsError
from borging.store.database import writing
from borging.store.tables import Record

T = Record.metadata.tables
project, result, declaration = T["project"], T["project_result"], T["sustain_declaration"]


class UnusualDeclarationError(RowsError):
    """A declaration that may be recorded once somebody says that he knows what is unusual."""


def declare(
    engine: Engine,
    actor: Actor,
    project_id: int,
    said: Declaration,
    today: date,
    *,
    knowing: bool = False,
) -> int:
    """Record a declaration and return its id.

    knowing: record it in spite of the remarks; they are written with the evidence.

    Raises:
        UnusualDeclarationError: there are remarks and `knowing` is False.
        RowsError: the project is gone or the declaration cannot be recorded.
    """
    with writing(engine, actor) as write:
        code, before = known_before(write.session, project_id)
        wrong = sustain.problems(said, before, today)
        if wrong:
            raise RowsError(wrong)
        require_files(write.session, project_id, said.files)
        try:
            who = person_id(write, said.declared_by_id)
        except PersonError as problem:
            raise RowsError([str(problem)]) from problem
        named = Declaration(said.verdict, said.declared_on, who, said.evidence.strip())
        unusual = sustain.remarks(named, before)
        if unusual and not knowing:
            raise UnusualDeclarationError(unusual)
        evidence = attachments.with_files(named.evidence, said.files)
        values = {
            "project_id": project_id,
            "declared_on": named.declared_on,
            "verdict": named.verdict,
            "declared_by_id": who,
            "evidence": "\n".join([evidence, *unusual]),
        }
        made: int = write.session.execute(
            insert(declaration).values(**values).returning(declaration.c.id)
        ).scalar_one()
        words = f"{code}: {Sustain(named.verdict).label} verklaard."
        write.record("add", "sustain_declaration", made, words, before=None, after=values)
    return made


def known_before(session: Session, project_id: int) -> tuple[str, Before]:
    """Return the code of a project, and what was known of it when somebody declares.

    Raises:
        RowsError: the project is gone.
    """
    own = session.execute(
        select(project.c.code, project.c.project_lead_id).where(
            project.c.id == project_id, project.c.deleted_at.is_(None)
        )
    ).first()
    if own is None:
        raise RowsError(["Dit project is er niet meer. Kies een ander project."])
    newest = session.execute(
        select(declaration.c.verdict, declaration.c.declared_on)
        .where(declaration.c.project_id == project_id, declaration.c.deleted_at.is_(None))
        .order_by(declaration.c.declared_on.desc(), declaration.c.id.desc())
        .limit(1)
    ).first()
    handed = session.scalars(
        select(result.c.handed_over_on).where(
            result.c.project_id == project_id, result.c.deleted_at.is_(None)
        )
    ).all()
    verdict, day = newest or (None, None)
    return own.code, Before(verdict, day, tuple(handed), own.project_lead_id)
