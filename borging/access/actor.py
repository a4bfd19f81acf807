"""The person in whose name something is written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """Who does something: a person from the database, or a name without one.

    person_id is None for the local user who has not said who he is and for the command line.
    """

    name: str
    person_id: int | None = None


UNKNOWN_LOCAL = Actor("onbekend (lokaal)")
COMMAND_LINE = Actor("opdrachtregel")
FIRST_START = Actor("eerste start")
