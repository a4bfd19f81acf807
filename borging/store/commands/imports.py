"""Taking over a file: one transaction, everything or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine

from borging.access.actor import Actor
from borging.store import database
from borging.store.commands.import_rows import Batch, Progress, Writer
from borging.store.comparing import compare
from borging.store.imported import SHAPES, FieldChange, ItemKind, Outcome, Verdict
from borging.store.imported_lists import list_of
from borging.store.snapshot import take_snapshot

COUNTED = (ItemKind.OBSERVATION, ItemKind.SCAN, ItemKind.RESPONSE, ItemKind.GOAL)
"""What gets no audit entry of its own; goals have one together, as a change of their tree."""


class ImportStoppedError(RuntimeError):
    """Nothing was written because `accept` refused the comparison."""

    def __init__(self, outcomes: list[Outcome]) -> None:
        super().__init__("De import is gestopt; er is niets geschreven.")
        self.outcomes = outcomes


def quiet(_share: float, _words: str) -> None:
    """Show no progress."""


def import_portfolio(
    engine: Engine,
    actor: Actor,
    batch: Batch,
    accept: Callable[[list[Outcome]], bool] = lambda _outcomes: True,
    progress: Progress = quiet,
) -> list[Outcome]:
    """Compare a file with the store and write what is new or changed.

    `accept` sees the comparison before the first row is written. A file that changes nothing
    leaves no trace: no revision, no audit entry.

    Raises:
        ImportStoppedError: `accept` returned False; the database is as it was.
    """
    progress(0.05, "Vergelijken met wat er al is")
    try:
        outcomes = _write(engine, actor, batch, accept, progress)
    except _NothingToWrite as nothing:
        outcomes = nothing.outcomes
    progress(1.0, "Klaar")
    return outcomes


class _NothingToWrite(Exception):
    """Leaves the transaction without a new revision."""

    def __init__(self, outcomes: list[Outcome]) -> None:
        super().__init__()
        self.outcomes = outcomes


def _write(
    engine: Engine,
    actor: Actor,
    batch: Batch,
    accept: Callable[[list[Outcome]], bool],
    progress: Progress,
) -> list[Outcome]:
    with database.writing(engine, actor) as write:
        snapshot = take_snapshot(write.session.connection(), batch.origin)
        outcomes = compare(batch.items, snapshot)
        if not accept(outcomes):
            raise ImportStoppedError(outcomes)
        if all(outcome.verdict not in (Verdict.NEW, Verdict.CHANGED) for outcome in outcomes):
            raise _NothingToWrite(outcomes)
        writer = Writer(write.session, batch, snapshot)
        writer.write(outcomes, progress)
        progress(0.95, "Vastleggen")
        _record(write, batch, outcomes, writer)
    return outcomes


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
