"""The revisions of the store, as every cached read asks for them."""

from __future__ import annotations

import time
from dataclasses import dataclass

from sqlalchemy import Engine

from borging.store import database
from borging.store.database import Revisions
from borging.ui.once import see_revision

FRESH = 0.05
"""Seconds that an answer counts: the reads of one run then ask a few times, not thirty."""


@dataclass(frozen=True)
class _Seen:
    """An answer. at: moment of the question. ended: transaction that had ended before it."""

    at: float
    ended: int
    engine: Engine
    key: tuple[str, Revisions]


_seen: _Seen | None = None


def newest_key(engine: Engine) -> tuple[str, Revisions]:
    """Return the address of a database and its revisions.

    A write of this process is seen at once, so that its visitor sees it; one of another process
    within `FRESH` seconds.
    """
    global _seen
    now, ended, seen = time.perf_counter(), database.last_ended(), _seen
    if seen and seen.engine is engine and seen.ended == ended and now - seen.at < FRESH:
        return seen.key
    key = engine.url.render_as_string(hide_password=False), database.revisions(engine)
    see_revision(key[0], key[1].number)
    _seen = _Seen(now, ended, engine, key)
    return key
