"""What was computed before from the same things, by any visitor.

For functions whose answer hangs on their arguments alone, as those of services and charts. The
arguments are the key, all of them, so that a screen cannot leave one out. A table, a view that
holds one, a long dict, and what lies two dataclasses deep (the levels of a factor of an instrument)
count as the same when they are the very same object: `load` gives the same ones until a write
changes them, and new ones after that. What comes back is shared between visitors: read it, never
change it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import FunctionType, MethodType
from typing import Any, ParamSpec, TypeVar

import pandas as pd

from borging.ui.once import OnceCache, ages_with_revisions

P = ParamSpec("P")
R = TypeVar("R")

COMPARED = 20
"""Entries up to which a dict is compared by what is in it."""
KEPT = 600
"""Answers that are kept; a screen takes about eight, and so does each filter on it."""


def reuse(function: Callable[P, R], *args: P.args, **named: P.kwargs) -> R:
    """Return what the function makes of the arguments; made once as long as it is used.

    An argument that cannot be compared makes that the answer is made anew.
    """
    try:
        call = _Call(function, args, named)
    except _IncomparableError:
        return function(*args, **named)
    return _answers.get(call, lambda: function(*args, **named))


def renew(per: Hashable, function: Callable[P, R], *args: P.args, **named: P.kwargs) -> R:
    """Return what the function makes of the newest tables; whatever did not change is kept.

    After a write the answer is made anew, and parts of it that are equal to those before stay
    the same objects: what `reuse` made of them stays valid.

    Args:
        per: choices, such as day and filter, on which the tables depend; one answer is kept for
            each of them, and for each of the arguments that are no tables.
        function: service that makes the answer.
        args: its arguments.
        named: its arguments by name.
    """
    try:
        call = _Call(function, args, named)
        key = (_key(per), _key((function, args, named), identity=type))
    except _IncomparableError:
        return function(*args, **named)
    return _answers.get(key, lambda: function(*args, **named), call)


class _IncomparableError(TypeError):
    """Of a value it cannot be told whether it is the same as one before."""


class _Call:
    """A function with its arguments, which it keeps alive so that no identity returns."""

    def __init__(
        self, function: Callable[..., Any], args: tuple[Any, ...], named: dict[str, Any]
    ) -> None:
        self.function, self.args, self.named = function, args, named
        self._key = _key((function, args, named))
        self._hash = hash(self._key)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Call) and self._key == other._key


_answers = ages_with_revisions(OnceCache(KEPT))


def _key(value: Any, identity: Callable[[Any], Hashable] = id, *, nested: bool = False) -> Hashable:
    """Return what is equal for the same value alone: 1, 1.0 and True differ.

    Args:
        value: an argument, or a part of one.
        identity: what tells large values apart; with `type` they are all alike.
        nested: the value is a part of a dataclass.
    """
    if value is None or isinstance(value, str | int | float | date | Decimal):
        return type(value), value
    if isinstance(value, FunctionType):
        return type(value), id(value)
    if isinstance(value, pd.DataFrame | pd.Series):
        return type(value), identity(value)
    if isinstance(value, MethodType):
        return value.__func__, _key(value.__self__, identity)
    if isinstance(value, tuple | list):
        return type(value), tuple(_key(each, identity, nested=nested) for each in value)
    if isinstance(value, dict):
        if len(value) > COMPARED:
            return dict, identity(value)
        pairs = ((_key(name), _key(each, identity, nested=nested)) for name, each in value.items())
        return dict, tuple(pairs)
    if is_dataclass(value) and not isinstance(value, type):
        parts = [getattr(value, name) for name in _names(type(value))]
        if any(map(_is_deep if nested else _is_table, parts)):
            return type(value), identity(value)
        return type(value), tuple(_key(part, identity, nested=True) for part in parts)
    raise _IncomparableError(type(value).__name__)


def _is_table(part: Any) -> bool:
    return isinstance(part, pd.DataFrame | pd.Series)


def _is_deep(part: Any) -> bool:
    """Return whether a part of a dataclass has parts of its own that would have to be compared."""
    if isinstance(part, tuple | list):
        return any(map(is_dataclass, part[:1]))
    return isinstance(part, dict) or is_dataclass(part) or _is_table(part)


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
