"""Taking over a file: one transaction, everything or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from borging.access.actor import Actor
from borging.store import database
from borging.store.imports.compare import compare
from borging.store.imports.items import SHAPES, FieldChange, ItemKind, Outcome, Snapshot, Verdict
from borging.store.imports.lists import list_of
from borging.store.imports.meanwhile import Seen, leave_changed, seen_in
from borging.store.imports.snapshot import take_snapshot
from borging.store.imports.write_rows import Batch, Progress, Writer

COUNTED = (ItemKind.OBSERVATION, ItemKind.SCAN, ItemKind.RESPONSE, ItemKind.GOAL)
"""What gets no audit entry of its own; goals have one together, as a change of their tree."""


class ImportStoppedError(RuntimeError):
    """Nothing was written because `accept` refused the comparison."""

    def __init__(self, outcomes: list[Outcome]) -> None:
        super().__init__("De import is gestopt; er is niets geschreven.")
        self.outcomes = outcomes


def quiet(_share: float, _words: str) -> None:
    """Show no progress."""


@dataclass(frozen=True)
class _Prepared:
    """A comparison. number: writes in the store when it was made; it holds while that holds."""

    number: int
    snapshot: Snapshot
    outcomes: list[Outcome]


def import_portfolio(
    engine: Engine,
    actor: Actor,
    batch: Batch,
    accept: Callable[[list[Outcome]], bool] = lambda _outcomes: True,
    progress: Progress = quiet,
    seen: Seen | None = None,
) -> list[Outcome]:
    """Compare a file with the store and write what is new or changed, all of it or nothing.

    The comparison is made before the store is locked, and again only when somebody wrote in
    between. `accept` sees the comparison before the first row is written. A file that changes
    nothing leaves no trace: no revision, no audit entry.

    Args:
        seen: what the visitor saw before; a row that changed since is left as it is.

    Raises:
        ImportStoppedError: `accept` returned False; the database is as it was.
    """
    progress(0.05, "Vergelijken met wat er al is")
    with Session(engine) as session:
        number = database.revision(engine)
        prepared = _prepare(session, number, batch, seen)
    outcomes = prepared.outcomes
    if _changes_something(outcomes, accept):
        try:
            outcomes = _write(engine, actor, batch, accept, progress, prepared, seen)
        except _NothingToWrite as nothing:
            outcomes = nothing.outcomes
    progress(1.0, "Klaar")
    return outcomes


class _NothingToWrite(Exception):
    """Leaves the transaction without a new revision."""

    def __init__(self, outcomes: list[Outcome]) -> None:
        super().__init__()
        self.outcomes = outcomes


def _prepare(session: Session, number: int, batch: Batch, seen: Seen | None) -> _Prepared:
    snapshot = take_snapshot(session.connection(), batch.origin)
    outcomes = compare(batch.items, snapshot)
    if seen is not None:
        outcomes = leave_changed(session, outcomes, seen)
    return _Prepared(number, snapshot, outcomes)


def _changes_something(outcomes: list[Outcome], accept: Callable[[list[Outcome]], bool]) -> bool:
    if not accept(outcomes):
        raise ImportStoppedError(outcomes)
    return any(outcome.verdict in (Verdict.NEW, Verdict.CHANGED) for outcome in outcomes)


def _write(
    engine: Engine,
    actor: Actor,
    batch: Batch,
    accept: Callable[[list[Outcome]], bool],
    progress: Progress,
    prepared: _Prepared,
    seen: Seen | None,
) -> list[Outcome]:
    with database.writing(engine, actor) as write:
        if write.number - 1 != prepared.number:
            known = seen or seen_in(prepared.outcomes)
            prepared = _prepare(write.session, write.number - 1, batch, known)
            if not _changes_something(prepared.outcomes, accept):
                raise _NothingToWrite(prepared.outcomes)
        writer = Writer(write.session, batch, prepared.snapshot)
        writer.write(prepared.outcomes, progress)
        progress(0.95, "Vastleggen")
        _record(write, batch, prepared.outcomes, writer)
    return prepared.outcomes


def _record(write: database.Write, batch: Batch, outcomes: list[Outcome], writer: Writer) -> None:
    """Add one audit entry for the file and one for everything in it that is new or changed."""
    counts = Counter(f"{o.item.kind}:{o.verdict}" for o in outcomes)
    write.record("import", "portfolio", None, f"{batch.file} ingelezen.", rows=dict(counts))
    if writer.goals:
        many = "1 tak" if len(writer.goals) == 1 else f"{len(writer.goals)} takken"
        summary = f"Doelenboom: {many} ingelezen uit {batch.file}."
        write.record("import", "goal", None, summary, goals=writer.goals, projects={})
    for outcome in outcomes:
        kind, item = outcome.item.kind, outcome.item
        if kind in COUNTED or outcome.verdict not in (
            Verdict.NEW,
            Verdict.CHANGED,
        ):
            continue
        entity_id = outcome.stored_id or writer.new_ids[(kind, item.address)]
        new = outcome.verdict is Verdict.NEW
        words = SHAPES[kind].words
        detail: dict[str, Any] = {
            "values": item.fields if new else _before_and_after(outcome.changes)
        }
        if kind is ItemKind.ENTRY:
            definition = list_of(item, batch.origin.lists)
            words = f"{definition.title}: {definition.one}"
            detail = writer.contents[entity_id]
        summary = f"{words[0].upper()}{words[1:]} {'ingelezen' if new else 'bijgewerkt'}"
        write.record("import", kind.value, entity_id, f"{summary} uit {batch.file}.", **detail)


def _before_and_after(changes: tuple[FieldChange, ...]) -> dict[str, dict[str, object]]:
    return {change.column: {"before": change.old, "after": change.new} for change in changes}
