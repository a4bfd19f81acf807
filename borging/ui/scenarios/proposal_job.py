"""Searches that run beside the screens, each in a thread of its own.

A visitor keeps his own search; the screen looks at it now and then. Nothing in the thread knows
of Streamlit, so that he may leave: it ends by itself at its limit, and he finds it when he returns.
"""

from __future__ import annotations

import threading
import time
from dataclasses import replace

from borging.planning.levelling.problem import Problem
from borging.planning.levelling.search import Progress, Proposal, Search, Settings

AT_ONCE = 2
"""Searches of one process at the same time; each takes all processors it can get."""

_places = threading.BoundedSemaphore(AT_ONCE)


class Job:
    """One search of one visitor."""

    def __init__(self, problem: Problem, settings: Settings) -> None:
        self.problem, self.settings = problem, settings
        self.result: Proposal | None = None
        self._began = time.monotonic()
        self._search = Search(problem, settings)
        self._thread = threading.Thread(target=self._work, name="voorstel", daemon=True)

    @property
    def running(self) -> bool:
        """Say whether it still searches."""
        return self._thread.is_alive()

    @property
    def progress(self) -> Progress:
        """How far it is now."""
        return replace(self._search.progress, seconds=time.monotonic() - self._began)

    def stop(self) -> None:
        """Let it end soon, with the best plan so far."""
        self._search.stop()

    def wait(self, seconds: float) -> None:
        """Wait until it is ready, at most so long."""
        self._thread.join(seconds)

    def _start(self) -> None:
        self._thread.start()

    def _work(self) -> None:
        try:
            self.result = self._search.run()
        finally:
            _places.release()


def start(problem: Problem, settings: Settings) -> Job | None:
    """Begin a search; None when as many as may are running already."""
    if not _places.acquire(blocking=False):
        return None
    job = Job(problem, settings)
    job._start()
    return job
