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
from sqlalchemy import Engine, text

from borging.access.actor import UNKNOWN_LOCAL
from borging.store import database
from borging.store.database import Revisions
from borging.store.tables import Person, Unit
from borging.ui import once
from borging.ui.newest import newest_key
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
    def table(url: str, revisions: Revisions) -> pd.DataFrame:
        return pd.DataFrame({"id": next(rows)})

    first = table(url, Revisions(1, {}))
    assert table(url, Revisions(1, {})) is first
    assert table(url, Revisions(2, {})) is first, "read anew, and equal"
    assert table(url, Revisions(3, {})) is not first
    assert table(url, Revisions(3, {}))["id"].tolist() == [2]


def test_what_was_read_stays_until_one_of_its_tables_is_changed(engine: Engine) -> None:
    """A read counts as one of every table that what it asks for was read from."""
    calls: list[str] = []

    @per_revision
    def units(url: str, revisions: Revisions) -> list[str]:
        calls.append("units")
        with engine.connect() as connection:
            return list(connection.execute(text("SELECT name FROM unit ORDER BY id")).scalars())

    @per_revision
    def report(url: str, revisions: Revisions) -> str:
        calls.append("report")
        return ", ".join(units(url, revisions))

    def write(row: Unit | Person) -> None:
        with database.writing(engine, UNKNOWN_LOCAL) as write:
            write.session.add(row)

    def asked() -> tuple[str, list[str]]:
        calls.clear()
        return report(*newest_key(engine)), list(calls)

    assert asked() == ("", ["report", "units"])
    assert asked() == ("", [])
    write(Person(name="Anna de Wit"))
    assert asked() == ("", [])
    write(Unit(name="Oost", kind="team"))
    assert asked() == ("Oost", ["report", "units"])
    units(*newest_key(engine))
    write(Unit(name="West", kind="team"))
    units(*newest_key(engine))
    assert asked() == ("Oost, West", ["report"]), "also when the inner read was there already"
    write(Unit(name="Noord", kind="team"))
    assert asked()[0] == "Oost, West, Noord"


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
    def table(url: str, revisions: Revisions) -> pd.DataFrame:
        return pd.DataFrame({"id": [revisions.number]})

    seen: list[weakref.ref[pd.DataFrame]] = []
    for revision in range(1, 8):
        see_revision(url, revision)
        rows = table(url, Revisions(revision, {}))
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
