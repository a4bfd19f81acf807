"""Looks at intervals whether what the app writes is where it should be."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy import Engine

from borging.store import health
from borging.store.guard import Fault

log = logging.getLogger(__name__)

INTERVAL = 60.0
"""Seconds between two looks."""
THOROUGH = 60
"""Every how many looks the whole file is read."""


@asynccontextmanager
async def watching(engine: Engine) -> AsyncIterator[None]:
    """Examine a portfolio now and at intervals, until the block is done."""
    task = asyncio.create_task(_watch(engine))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _watch(engine: Engine) -> None:
    looks = 0
    before: Fault | None = None
    while True:
        fault = await asyncio.to_thread(health.examine, engine, looks % THOROUGH == 0)
        if fault != before:
            log.error("Portfolio: %s", fault.sentence if fault else "weer in orde")
        before = fault
        looks += 1
        await asyncio.sleep(INTERVAL)
