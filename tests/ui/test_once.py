"""Answers are computed once for all visitors, and let go when newer ones took their place."""

from __future__ import annotations

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from threading import Barrier, Event

import pandas as pd
import pytest

from borging.ui import once
from borging.ui.once import OnceCache, per_revision, same, see_revision
from borging.ui.reuse import reuse

VISITORS = 20
_numbers = count()


@pytest.fixture
def url() -> str:
    """Address of a database that no other test names."""
    return f"sqlite:///once-{next(_numbers)}.db"


def test_twenty_visitors_at_once_compute_once() -> None:
    cache, together, calls = OnceCache(10), Barrier(VISITORS), []

    def compute() -> object:
        calls.append(1)
        Event().wait(0.05)
        return object()

    def visit(_number: int) -> object:
        together.wait(10)
        return cache.get("view", compute)

    with ThreadPoolExecutor(VISITORS) as pool:
        found = set(pool.map(visit, range(VISITORS)))
    assert len(calls) == 1
    assert len(found) == 1


def test_a_function_that_is_reused_runs_once_for_twenty_visitors() -> None:
    together, calls = Barrier(VISITORS), []

    def view(words: str) -> list[str]:
        calls.append(words)
        Event().wait(0.05)
        return [words]

    def visit(_number: int) -> int:
        together.wait(10)
        return id(reuse(view, "same"))

    with ThreadPoolExecutor(VISITORS) as pool:
        assert len(set(pool.map(visit, range(VISITORS)))) == 1
    assert len(calls) == 1


def test_another_key_does_not_wait() -> None:
    cache, started, release = OnceCache(10), Event(), Event()

    def slow() -> str:
        started.set()
        assert release.wait(10)
        return "slow"

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(cache.get, "slow", slow)
        assert started.wait(10)
        assert cache.get("quick", lambda: "quick") == "quick"
        release.set()
        assert waiting.result(10) == "slow"


def test_an_error_reaches_each_visitor_and_is_not_kept() -> None:
    cache, answers = OnceCache(10), iter([ValueError("not yet"), None])

    def compute() -> str:
        if error := next(answers):
            raise error
        return "there"

    with pytest.raises(ValueError, match="not yet"):
        cache.get("key", compute)
    assert cache.get("key", compute) == "there"


def test_a_computation_may_ask_for_another() -> None:
    cache = OnceCache(10)
    assert cache.get("outer", lambda: cache.get("inner", lambda: 1) + 1) == 2


def test_the_number_that_is_kept_is_bounded() -> None:
    cache = OnceCache(3)
    for number in range(10):
        cache.get(number, lambda: object())
    cache.age()
    for number in range(10, 20):
        cache.get(number, lambda: object())
        assert len(cache) <= 3


def test_a_table_is_read_once_per_revision_and_stays_the_same_when_nothing_changed(
    url: str,
) -> None:
    rows = iter([[1], [1], [2]])

    @per_revision
    def table(url: str, revision: int) -> pd.DataFrame:
        return pd.DataFrame({"id": next(rows)})

    first = table(url, 1)
    assert table(url, 1) is first
    assert table(url, 2) is first, "read anew, and equal"
    assert table(url, 3) is not first
    assert table(url, 3)["id"].tolist() == [2]


@dataclass
class View:
    """A view that holds the table it was made of."""

    rows: pd.DataFrame


def view(rows: pd.DataFrame) -> View:
    return View(rows)


def figure(made: View) -> list[View]:
    return [made]


def test_tables_and_views_of_an_older_revision_are_released(url: str) -> None:
    @per_revision
    def table(url: str, revision: int) -> pd.DataFrame:
        return pd.DataFrame({"id": [revision]})

    seen: list[weakref.ref[pd.DataFrame]] = []
    for revision in range(1, 8):
        see_revision(url, revision)
        rows = table(url, revision)
        seen.append(weakref.ref(rows))
        reuse(figure, reuse(view, rows))
        del rows
    gc.collect()
    assert [each() is None for each in seen] == [True] * 5 + [False] * 2


def test_what_is_used_in_every_revision_stays(url: str) -> None:
    first = reuse(figure, View(pd.DataFrame()))
    shared = View(pd.DataFrame())
    first = reuse(figure, shared)
    for revision in range(1, 6):
        see_revision(url, revision)
        assert reuse(figure, shared) is first


def test_a_visitor_who_is_late_does_not_age_the_cache(url: str) -> None:
    see_revision(url, 5)
    shared = View(pd.DataFrame())
    first = reuse(figure, shared)
    for revision in (4, 5, 4, 5):
        see_revision(url, revision)
    see_revision(url, 6)
    assert reuse(figure, shared) is first
    assert once._newest[url] == 6


FRAME = pd.DataFrame({"id": [1], "day": pd.to_datetime(["2026-12-01"]), "name": ["a"]})


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (FRAME, FRAME.copy(), True),
        (FRAME, FRAME.assign(name="b"), False),
        (FRAME, FRAME.assign(id=1.0), False),
        ([View(FRAME)], [View(FRAME.copy())], True),
        ([View(FRAME)], [View(FRAME.assign(id=2))], False),
        ([View(FRAME)], [], False),
        ({"a": [1]}, {"a": [1]}, True),
        ({"a": [1]}, {"b": [1]}, False),
        ((1, "a"), (1, "a"), True),
        (1, True, False),
        (float("nan"), float("nan"), False),
    ],
)
def test_in_doubt_two_values_are_not_the_same(one: object, other: object, alike: bool) -> None:
    assert same(one, other) is alike
