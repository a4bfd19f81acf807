"""A part that asks several things: the first one counts, the others are not lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from borging.domain.dossier_summary import PartState, PartSummary
from borging.domain.wording import count, listed
from borging.services.dossier.dossier import Dossier

MOST_NAMED = 3


@dataclass(frozen=True)
class Ask:
    """One thing that is missing. words: in the line of the part; next: a whole sentence."""

    words: str
    next: str
    state: PartState = PartState.ATTENTION


def summed_up(
    dossier: Dossier, part: str, asks: Iterable[Ask], *, done: bool = True
) -> PartSummary:
    """Say what there is in a part and what it asks first.

    asks: the most urgent one first. done: whether a part that asks nothing is settled.
    """
    lists = next(each.lists for each in dossier.parts if each.key == part)
    filled = [
        count(len(dossier.lists[each.key]), each.one, each.many)
        for each in lists
        if len(dossier.lists[each.key])
    ]
    waiting = list(asks)
    first = waiting[0] if waiting else None
    if not filled:
        next_ = first.next if first else lists[0].add
        return PartSummary(PartState.EMPTY, "nog niets ingevuld", next_)
    words = listed(filled[:MOST_NAMED]) if len(filled) <= MOST_NAMED else _many(filled)
    if first is None:
        return PartSummary(PartState.SETTLED if done else PartState.UNDERWAY, words)
    more = len(waiting) - 1
    others = f", en nog {count(more, 'punt', 'punten')}" if more else ""
    state = min((ask.state for ask in waiting), key=_urgency)
    return PartSummary(state, f"{first.words}{others}", first.next)


def _many(filled: Sequence[str]) -> str:
    return f"{', '.join(filled[:MOST_NAMED])} en meer"


def _urgency(state: PartState) -> int:
    return [PartState.ATTENTION, PartState.UNDERWAY].index(state)


def named(names: Sequence[str]) -> str:
    """Write at most three names, each in quotes, and how many more there are."""
    shown = [f"‘{name}’" for name in names[:MOST_NAMED]]
    rest = len(names) - len(shown)
    return listed([*shown, f"nog {rest}"] if rest else shown)


def days_until(day: date, as_of: date) -> int:
    """Return the days from as_of to a day; 0 on the day itself, below 0 when it has passed."""
    return (day - as_of).days
