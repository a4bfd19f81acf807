"""Garbage collection on a schedule of our own, instead of after every run of a script.

Streamlit collects all generations after each run (`runner.postScriptGC`, off in
`.streamlit/config.toml`), which cost more than half of the server's time. Objects without cycles go
at once as always, and Python still collects young objects by itself; only the full collection waits
for this schedule.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator

EVERY = 10.0
"""Seconds between two looks."""
YOUNG = 5
"""Collections of the youngest generation since the last look from which it is worth a full one."""
THOROUGH = 30
"""Every so many collections what was set apart is looked through too."""


class Collector:
    """Collects when something was drawn since the last look, and sets apart what stays.

    What exists after the first use (libraries, tables, views) is frozen: a full collection then
    looks only at what came after. Now and then everything is looked through and frozen anew, so
    that cycles among what was frozen are released too.
    """

    def __init__(self) -> None:
        self.collections = 0
        self._seen = _young()

    def look(self) -> bool:
        """Collect if there was any use; return whether it did."""
        if _young() - self._seen < YOUNG:
            return False
        thorough = self.collections % THOROUGH == 0
        if thorough:
            gc.unfreeze()
        gc.collect()
        if thorough:
            gc.freeze()
        self.collections += 1
        self._seen = _young()
        return True


def _young() -> int:
    return int(gc.get_stats()[0]["collections"])


async def _keep_collecting(every: float) -> None:
    collector = Collector()
    while True:
        await asyncio.sleep(every)
        collector.look()


@contextlib.asynccontextmanager
async def collecting(every: float = EVERY) -> AsyncIterator[None]:
    """Collect on schedule as long as the server runs."""
    gc.collect()
    gc.freeze()
    task = asyncio.create_task(_keep_collecting(every))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
