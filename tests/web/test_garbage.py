"""Garbage is collected by schedule: not after every run, and never without a bound."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
import weakref
from collections.abc import Iterator

import pytest

from borging.settings import ROOT
from borging.web import garbage
from borging.web.garbage import Collector


@pytest.fixture(autouse=True)
def _thaw() -> Iterator[None]:
    yield
    gc.unfreeze()


class Node:
    """An object that holds itself, so that only a collection releases it."""

    def __init__(self) -> None:
        self.me = self


def be_used() -> None:
    """Fill and collect the youngest generation, as drawing screens does."""
    for _ in range(garbage.YOUNG):
        gc.collect(0)


def test_streamlit_does_not_collect_after_every_run() -> None:
    """The option is hidden, so that a later version may drop it: then this fails."""
    ask = "from streamlit import config; print(config.get_option('runner.postScriptGC'))"
    answer = subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "False"


def test_nothing_is_collected_while_nobody_draws_anything() -> None:
    assert Collector().look() is False


def test_cycles_go_after_use() -> None:
    collector, node = Collector(), Node()
    gone = weakref.ref(node)
    del node
    be_used()
    assert collector.look() is True
    assert gone() is None


def test_what_became_garbage_after_it_was_set_apart_goes_too() -> None:
    collector, node = Collector(), Node()
    gone = weakref.ref(node)
    be_used()
    collector.look()
    del node
    for _ in range(garbage.THOROUGH):
        be_used()
        collector.look()
    assert gone() is None


def test_a_server_that_runs_collects_by_itself() -> None:
    async def run() -> weakref.ref[Node]:
        async with garbage.collecting(every=0.01):
            node = Node()
            gone = weakref.ref(node)
            del node
            be_used()
            await asyncio.sleep(0.2)
            return gone

    assert asyncio.run(run())() is None
