"""The way in for writers: one at a time in this process, and none when the file has gone.

SQLite keeps an opened file after it was removed or replaced: writes to it succeed and are lost.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from borging.store.unavailable import DatabaseBusyError, WritingStoppedError

WAIT_IN_LINE = 20.0
"""Seconds that a writer waits for the writers before it in this process."""

Identity = tuple[int, int]
"""Device and number of a file: another file under the same name has another one."""


@dataclass(frozen=True)
class Fault:
    """Why a portfolio is not healthy. status: in a few words, without a place; sentence: Dutch."""

    status: str
    sentence: str


class Guard:
    """Lets one writer through at a time, in order of arrival, while the database can take it.

    Attributes:
        file: file of an SQLite database; None for one on a server.
        stopped: why nothing may be written; None when all is well (see `health`).
        installation: what tells this portfolio from another one, once it was read.
    """

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self.stopped: Fault | None = None
        self.installation: str | None = None
        self._identity: Identity | None = None
        self._lock = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._taken = False

    def opened(self) -> None:
        """Note which file was opened; the first one counts.

        Raises:
            WritingStoppedError: another file has taken the place of the first one.
        """
        if self.file is not None and self._identity is None:
            self._identity = _identity(self.file)
        elif fault := self.misplaced():
            raise WritingStoppedError(fault)

    def made_anew(self) -> None:
        """Forget the file that was open: this process is about to make another one."""
        self._identity = self.installation = None

    def misplaced(self) -> str | None:
        """Return in Dutch how the file that is open is not the file with its name, or None."""
        if self.file is None or self._identity is None:
            return None
        now = _identity(self.file)
        if now is None:
            return (
                f"Het databasebestand {self.file.name} is verwijderd of verplaatst terwijl de app "
                "draait. Zet het bestand terug, of stop de app en zet een reservekopie terug."
            )
        if now != self._identity:
            return (
                f"Op de plaats van {self.file.name} staat een ander bestand dan de app heeft "
                "geopend. Start de app opnieuw als dat bestand het goede is."
            )
        return None

    def refusal(self) -> str | None:
        """Return in Dutch why nothing may be written now, or None."""
        return self.misplaced() or (self.stopped.sentence if self.stopped else None)

    @contextmanager
    def turn(self, seconds: float | None = None) -> Iterator[None]:
        """Wait for a turn to write and give it on afterwards. seconds: None for `WAIT_IN_LINE`.

        Raises:
            DatabaseBusyError: the turn did not come in time.
            WritingStoppedError: nothing may be written.
        """
        self._enter(WAIT_IN_LINE if seconds is None else seconds)
        try:
            if words := self.refusal():
                raise WritingStoppedError(words)
            yield
        finally:
            self._leave()

    def _enter(self, seconds: float) -> None:
        with self._lock:
            if not self._taken:
                self._taken = True
                return
            mine = threading.Event()
            self._waiting.append(mine)
        if mine.wait(seconds):
            return
        with self._lock:
            if not mine.is_set():
                self._waiting.remove(mine)
                raise DatabaseBusyError

    def _leave(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False


def _identity(file: Path) -> Identity | None:
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


_GUARDS: WeakKeyDictionary[Engine, Guard] = WeakKeyDictionary()


def give_guard(engine: Engine, file: Path | None) -> Guard:
    """Give an engine its guard."""
    return _GUARDS.setdefault(engine, Guard(file))


def guard_of(engine: Engine) -> Guard:
    """Return the guard of an engine."""
    return _GUARDS.get(engine) or give_guard(engine, None)
