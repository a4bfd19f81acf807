"""What somebody changed between the preview of an import and its applying: left as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sqlmodel import Session

from borging.store.commands.conflicts import last_writer, shown
from borging.store.imports.items import SHAPES, Item, ItemKind, Key, Outcome, Value, Verdict

Address = tuple[ItemKind, tuple[str, Key]]


@dataclass(frozen=True)
class Seen:
    """What a comparison showed.

    Attributes:
        new: addresses of what was not in the store.
        changed: by address, the values in the store that the file would replace.
    """

    new: frozenset[Address] = frozenset()
    changed: Mapping[Address, Mapping[str, Value]] = field(default_factory=dict)


def seen_in(outcomes: Iterable[Outcome]) -> Seen:
    """Return what a visitor sees of a comparison."""
    outcomes = list(outcomes)
    return Seen(
        frozenset(_address(o.item) for o in outcomes if o.verdict is Verdict.NEW),
        {
            _address(o.item): {change.column: change.old for change in o.changes}
            for o in outcomes
            if o.verdict is Verdict.CHANGED
        },
    )


def leave_changed(session: Session, outcomes: Iterable[Outcome], seen: Seen) -> list[Outcome]:
    """Return the outcomes, with a refusal of each row that changed since `seen`."""
    return [
        replace(outcome, verdict=Verdict.WRONG, changes=(), faults=faults)
        if (faults := _meanwhile(session, outcome, seen))
        else outcome
        for outcome in outcomes
    ]


def _address(item: Item) -> Address:
    return item.kind, item.address


def _meanwhile(session: Session, outcome: Outcome, seen: Seen) -> tuple[tuple[str, str], ...]:
    """Return the columns that changed since, and in Dutch by whom and into what."""
    if outcome.verdict is not Verdict.CHANGED:
        return ()
    address = _address(outcome.item)
    before = seen.changed.get(address, {})
    changed = [
        each
        for each in outcome.changes
        if address in seen.new or each.column not in before or before[each.column] != each.old
    ]
    if not changed:
        return ()
    who = last_writer(session, SHAPES[outcome.item.kind].table, outcome.stored_id)
    return tuple(
        (
            each.column,
            f"intussen gewijzigd door {who}: hier staat nu {shown(each.old, {})}. Er is niets van "
            "overgenomen; lees het bestand opnieuw in als het toch moet",
        )
        for each in changed
    )
