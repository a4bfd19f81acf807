"""What asks attention in a project: one signal is one thing that is missing or late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from borging.domain.terms import Term

FIELD = "Lessen uit projecten in de zorg, in eigen woorden (uit geheugen)"
HOUSE = "Afspraak van de Borgingsmonitor (eigen keuze)"


class Severity(Term):
    """How soon a signal asks something; the order is the order in which they are shown."""

    NOW = "now", "nu"
    SOON = "soon", "binnenkort"
    OPEN = "open", "nog open"

    @property
    def symbol(self) -> str:
        """The mark that goes with the word."""
        return {"now": "!", "soon": "△", "open": "○"}[self.value]


@dataclass(frozen=True)
class Signal:
    """One thing that is missing or late. rule: the name of its function. advice: what to do."""

    rule: str
    sentence: str
    severity: Severity
    source: str
    advice: str


def most_urgent(found: Iterable[Signal], n: int) -> tuple[Signal, ...]:
    """Return the first `n`, most severe first, else in the order in which they were found."""
    order = list(Severity)
    return tuple(sorted(found, key=lambda signal: order.index(signal.severity))[:n])
