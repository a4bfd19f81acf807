"""What the folded line of a part of a dossier says: its state, in words, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from borging.domain.terms import Term


class PartState(Term):
    """How a part stands. EMPTY is nothing filled in: never good and never bad."""

    EMPTY = "empty", "nog leeg"
    ATTENTION = "attention", "vraagt aandacht"
    UNDERWAY = "underway", "begonnen"
    SETTLED = "settled", "op orde"

    @property
    def symbol(self) -> str:
        """The mark that goes with the word."""
        return {"empty": "○", "attention": "▲", "underway": "◐", "settled": "●"}[self.value]


@dataclass(frozen=True)
class PartSummary:
    """words: what there is, without a full stop. next: a whole sentence, '' when nothing asks."""

    state: PartState
    words: str
    next: str = ""
