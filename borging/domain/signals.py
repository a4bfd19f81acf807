"""What asks attention in a project: one signal is one thing that is missing or late."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from borging.domain.terms import ProjectState, Term

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


def unless_stopped(state: ProjectState) -> bool:
    """Return whether anything may be asked of a project in this state."""
    return not state.is_stopped


def once_chosen(state: ProjectState) -> bool:
    """Return whether the project is more than an idea and was not stopped."""
    return state.is_chosen


def while_active(state: ProjectState) -> bool:
    """Return whether the project itself still works or will."""
    return state.is_active


def while_running(state: ProjectState) -> bool:
    """Return whether the project runs."""
    return state == ProjectState.RUNNING


APPLIES: dict[str, Callable[[ProjectState], bool]] = {
    "decision_overdue": while_active,
    "decision_asked": while_active,
    "no_decision_asked": while_active,
    "relapsed": unless_stopped,
    "handover_overdue": unless_stopped,
    "no_owner": once_chosen,
    "sustained_expired": unless_stopped,
    "notice_date": unless_stopped,
    "phase_late": once_chosen,
    "funding_ends_first": unless_stopped,
    "no_receiver": once_chosen,
    "costs_in_no_budget": unless_stopped,
    "evaluation_missed": unless_stopped,
    "evaluation_unplanned": once_chosen,
    "items_without_owner": unless_stopped,
    "knowledge_with_one": unless_stopped,
    "answer_contradicted": unless_stopped,
    "not_in_plan": while_active,
    "course_old": while_running,
    "not_scanned": while_running,
    "no_critic": while_active,
}
"""Rule to the states in which it asks; the parts of a dossier go by the same table."""


def day_words(value: date | None) -> str:
    """Write a day in a sentence."""
    return f"{value:%d-%m-%Y}" if value else "onbekend"


def and_more(found: Sequence[object]) -> str:
    """Write how many there are besides the one that is named."""
    rest = len(found) - 1
    return f" (en nog {rest})" if rest else ""


def by_urgency(signals: Iterable[Signal]) -> tuple[Signal, ...]:
    """Return the signals, most severe first, else in their own order."""
    order = list(Severity)
    return tuple(sorted(signals, key=lambda signal: order.index(signal.severity)))
