"""Screens are drawn a few at a time, in the order in which visitors asked.

One thread runs Python at a time. Of ten screens that are drawn at once each is ready near the end
of all ten; in turns the first is ready after a tenth of that time and the last no later.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Semaphore

AT_ONCE = 2
"""Screens that are drawn at once: while one waits for the database the other goes on."""
PATIENCE = 5.0
"""Seconds after which a screen is drawn out of turn, so that slow screens do not hold up all."""


class Turns:
    """A limit on what happens at once that gives way after a while."""

    def __init__(self, at_once: int = AT_ONCE, patience: float = PATIENCE) -> None:
        self._free, self._patience = Semaphore(at_once), patience

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn, at most `patience` seconds, and hold it meanwhile."""
        held = self._free.acquire(timeout=self._patience)
        try:
            yield
        finally:
            if held:
                self._free.release()


turns = Turns()
