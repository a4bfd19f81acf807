"""The revision of the store, as every cached read asks for it."""

from __future__ import annotations

import time
from dataclasses import dataclass

from sqlalchemy import Engine

from borging.store import database
from borging.ui.once import see_revision

FRESH = 0.05
"""Seconds that a revision counts: the reads of one run then ask for it a few times, not thirty."""


@dataclass(frozen=True)
class _Seen:
    """A revision. at: moment of the question. ended: transaction that had ended before it."""

    at: float
    ended: int
    engine: Engine
    key: tuple[str, int]


_seen: _Seen | None = None


def newest_key(engine: Engine) -> tuple[str, int]:
    """Return the address of a database and its revision.

    A write of this process is seen at once, so that its visitor sees it; one of another process
    within `FRESH` seconds.
    """
    global _seen
    now, ended, seen = time.perf_counter(), database.last_ended(), _seen
    if seen and seen.engine is engine and seen.ended == ended and now - seen.at < FRESH:
        return seen.key
    key = engine.url.render_as_string(hide_password=False), database.revision(engine)
    see_revision(*key)
    _seen = _Seen(now, ended, engine, key)
    return key
