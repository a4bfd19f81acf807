"""The day on which the tests run, for this process and for every process that a test starts.

Importing this module freezes the day: tests/conftest.py does so before any test is imported.
Its folder is on PYTHONPATH during the tests, and Python imports a module with this name at its
start, so that `python -m borging …`, the app and the scan process live on the same day.
The clock ticks on from there: only the day is chosen. Monotonic clocks are left alone.

A process with BORGING_TEST_OUTGOING in its environment has no network either (see `outgoing`).
"""

from __future__ import annotations

import email.utils
import os
import select
import time
from datetime import UTC, datetime
from pathlib import Path

import time_machine

START = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
"""Moment at which the clock of every process starts: a working day, far from midnight."""
DAY = START.date()

if "faketime" in os.environ.get("LD_PRELOAD", ""):
    # Debian's faketime (tools/date_sweep.py) breaks `time.sleep` of Python 3.11, which waits for
    # a moment on the monotonic clock; `select` waits for a length of time.
    time.sleep = lambda seconds: select.select([], [], [], seconds) and None

_ahead = time.time() - START.timestamp()
travel = time_machine.travel(START, tick=True)
travel.start()
_formatdate = email.utils.formatdate


def _date_of_answer(
    timeval: float | None = None, localtime: bool = False, usegmt: bool = False
) -> str:
    """Give what a server calls now as the clock of a browser has it, which nobody freezes.

    Otherwise a browser takes every answer for hours or years old, and asks again for what it
    has just received.
    """
    if usegmt and timeval is not None and abs(timeval - time.time()) < 2:
        timeval += _ahead
    return _formatdate(timeval, localtime, usegmt)


email.utils.formatdate = _date_of_answer

if attempts := os.environ.get("BORGING_TEST_OUTGOING"):
    import outgoing  # type: ignore[import-not-found]

    outgoing.forbid(Path(attempts))
