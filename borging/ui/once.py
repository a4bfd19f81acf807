"""Answers that are computed once, however many visitors ask for them at the same moment.

One lock per key: whoever asks for what another is computing waits for that answer; other keys go
on. An error is not kept. What nobody used since the revision before the last is let go, so that
writes do not fill the memory.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass, replace
from functools import wraps
from threading import Lock, RLock
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import pandas as pd

from borging.store.database import EVERY_WRITE, Revisions
from borging.store.statements import note_read, tables_read

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")
V = TypeVar("V")

TABLES = 200
"""Tables that are kept at once: a dozen of the portfolio, the rest of single projects."""


class _Slot:
    """One key: its lock, and its stamp with its value once there is one."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.answer: tuple[Any, Any] | None = None


class OnceCache:
    """Values by key; each is valid for the stamp under which it was computed."""

    def __init__(self, most: int) -> None:
        """Most: number of values that are kept; the one used longest ago goes first."""
        self._most = most
        self._guard = Lock()
        self._used: OrderedDict[Hashable, _Slot] = OrderedDict()
        self._before: dict[Hashable, _Slot] = {}

    def get(self, key: Hashable, compute: Callable[[], V], stamp: object = None) -> V:
        """Return the value of the key; compute it when there is none with this stamp.

        A value that did not change keeps being the same object, and so does an unchanged part of
        a dataclass: what was computed from it stays valid too.
        """
        return self.stamped(key, lambda: (stamp, compute()), lambda kept: kept == stamp)[1]

    def stamped(
        self, key: Hashable, compute: Callable[[], tuple[S, V]], holds: Callable[[S], bool]
    ) -> tuple[S, V]:
        """Return the value of the key as `get`, where computing it is what tells its stamp.

        compute: returns stamp and value. holds: whether what has a stamp is still valid.
        """
        slot = self._slot(key)
        answer = slot.answer
        if answer is None or not holds(answer[0]):
            with slot.lock:
                answer = slot.answer
                if answer is None or not holds(answer[0]):
                    stamp, value = compute()
                    if answer is not None:
                        value = shared(answer[1], value)
                    answer = slot.answer = (stamp, value)
        return answer

    def age(self) -> None:
        """Let go of what was not used since the last time this was called."""
        with self._guard:
            self._before = dict(self._used)
            self._used.clear()

    def __len__(self) -> int:
        return len(self._used) + len(self._before)

    def _slot(self, key: Hashable) -> _Slot:
        with self._guard:
            slot = self._used.pop(key, None) or self._before.pop(key, None) or _Slot()
            self._used[key] = slot
            while len(self._used) > self._most:
                self._used.popitem(last=False)
            while self._before and len(self) > self._most:
                del self._before[next(iter(self._before))]
            return slot


def same(one: Any, other: Any) -> bool:
    """Return whether two values hold the same; in doubt they do not."""
    if type(one) is not type(other):
        return False
    if one is other:
        return True
    if isinstance(one, pd.DataFrame | pd.Series):
        return one.equals(other)
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(same, one, other))
    if is_dataclass(one) and not isinstance(one, type):
        return all(same(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return bool(one == other) if isinstance(one, Hashable) else False


def shared(old: Any, new: Any) -> Any:
    """Return the old value when nothing changed, else the new one with the unchanged old parts."""
    if same(old, new):
        return old
    if type(old) is not type(new) or isinstance(new, type) or not is_dataclass(new):
        return new
    names = [field.name for field in fields(new) if field.init]
    parts = {name: shared(getattr(old, name), getattr(new, name)) for name in names}
    return replace(cast(Any, new), **parts)


_tables = OnceCache(TABLES)


Read = Callable[Concatenate[str, Revisions, P], R]


def per_revision(read: Read[P, R]) -> Read[P, R]:
    """Make a read of the store happen once per arguments until a table that it read is changed.

    The first arguments are the address of the database and its revisions. What sends no statement
    is read anew after every write.
    """

    @wraps(read)
    def kept(url: str, revisions: Revisions, /, *args: P.args, **named: P.kwargs) -> R:
        def compute() -> tuple[dict[str, int], R]:
            with tables_read() as tables:
                value = read(url, revisions, *args, **named)
            return revisions.of(tables or {EVERY_WRITE}), value

        key = (read.__qualname__, url, args, tuple(named.items()))
        stamp, value = _tables.stamped(key, compute, lambda stamp: revisions.of(stamp) == stamp)
        note_read(stamp)
        return value

    return kept


_caches = [_tables]
_newest: dict[str, int] = {}
_turning = Lock()


def ages_with_revisions(cache: OnceCache) -> OnceCache:
    """Let a cache age whenever a new revision is seen; return it."""
    _caches.append(cache)
    return cache


def see_revision(url: str, revision: int) -> None:
    """Take note of the revision of a database; a newer one makes what is kept a step older.

    A visitor who read the revision just before a write may report it just after; that is no step.
    """
    if revision <= _newest.get(url, -1):
        return
    with _turning:
        if revision > _newest.get(url, -1):
            _newest[url] = revision
            for cache in _caches:
                cache.age()
