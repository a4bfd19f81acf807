"""A bound on repeated log records, so that nobody can fill the disk from outside."""

from __future__ import annotations

import logging
import time
from collections import Counter

MOST = 20
"""Records of one kind in one period; a kind is one line of code that logs."""
PERIOD = 60.0
"""Seconds."""


class RepeatLimit(logging.Filter):
    """Drops the records of one kind beyond `MOST` per `PERIOD`; the last one says so."""

    def __init__(self) -> None:
        super().__init__()
        self.began = time.monotonic()
        self.seen: Counter[tuple[str, str, int]] = Counter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether a record is written; a period begins with the first record after one."""
        now = time.monotonic()
        if now - self.began >= PERIOD:
            self.began = now
            self.seen.clear()
        kind = (record.name, record.pathname, record.lineno)
        self.seen[kind] += 1
        if self.seen[kind] == MOST:
            record.msg = f"{record.getMessage()} (further records of this kind are dropped)"
            record.args = ()
        return self.seen[kind] <= MOST


def limit_repeats() -> None:
    """Put the bound on every handler that exists; each handler counts for itself."""
    loggers = [logging.root, *map(logging.getLogger, logging.root.manager.loggerDict)]
    handlers = {handler for logger in loggers for handler in logger.handlers}
    if logging.lastResort is not None:
        handlers.add(logging.lastResort)
    for handler in handlers:
        if not any(isinstance(each, RepeatLimit) for each in handler.filters):
            handler.addFilter(RepeatLimit())
