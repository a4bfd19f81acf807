"""Why a restpunt cannot be recorded as asked: named, with the Dutch sentence inside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from borging.domain.terms import Priority


@dataclass(frozen=True)
class Conflict:
    """An item that was changed by somebody else meanwhile; `sentence` says what."""

    id: int
    sentence: str


class ResidualError(ValueError):
    """A restpunt cannot be recorded like this; the message says in Dutch why."""


class EmptyTitleError(ResidualError):
    """A title without words."""

    def __init__(self) -> None:
        super().__init__("Een restpunt heeft een omschrijving nodig: wat moet er nog gebeuren?")


class UnknownItemError(ResidualError):
    """An item that is not there, or not any more."""

    def __init__(self, item_id: int) -> None:
        super().__init__(f"Restpunt {item_id} bestaat niet meer. Laad het scherm opnieuw.")


class UnknownPersonError(ResidualError):
    """A person who is not in the list."""

    def __init__(self, person_id: int) -> None:
        super().__init__(f"Persoon {person_id} staat niet in de lijst. Kies iemand uit de lijst.")


class UnknownProjectError(ResidualError):
    """A project that is not there."""

    def __init__(self, project_id: int) -> None:
        super().__init__(f"Project {project_id} bestaat niet. Kies een project uit de lijst.")


class UnknownPriorityError(ResidualError):
    """A priority outside the vocabulary."""

    def __init__(self, priority: str) -> None:
        words = ", ".join(term.label for term in Priority)
        super().__init__(f"Prioriteit ‘{priority}’ bestaat niet. Kies uit: {words}.")


class DayBeforeCreatedError(ResidualError):
    """Due, accepted or closed before the item was there."""

    def __init__(self, what: str, day: date, title: str, created: date) -> None:
        super().__init__(
            f"{what} {written(day)} ligt vóór de dag waarop ‘{title}’ is vastgelegd "
            f"({written(created)})."
        )


class UnownedItemError(ResidualError):
    """The line can only accept what somebody in the line owns."""

    def __init__(self, titles: Sequence[str]) -> None:
        verb = "heeft" if len(titles) == 1 else "hebben"
        super().__init__(
            f"{_listed(titles)} {verb} nog geen eigenaar. Wijs eerst een eigenaar aan; daarna kan "
            "de lijn aanvaarden. Er is niets vastgelegd."
        )


class ItemsChangedError(ResidualError):
    """Somebody else was first; nothing of the change was written."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        super().__init__(" ".join(conflict.sentence for conflict in conflicts))
        self.conflicts = tuple(conflicts)


def written(day: date) -> str:
    """Write a day as 22-11-2026."""
    return f"{day:%d-%m-%Y}"


def _listed(titles: Sequence[str]) -> str:
    """Name at most three items and count the rest."""
    named = ", ".join(f"‘{title}’" for title in titles[:3])
    rest = len(titles) - 3
    return f"{named} en nog {rest}" if rest > 0 else named
