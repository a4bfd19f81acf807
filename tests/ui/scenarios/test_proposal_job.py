"""Searches beside the screens: a few at once, each of its own visitor, stopped when he says so."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from borging.planning.levelling import search as levelling
from borging.planning.levelling.search import Proposal, Search, Settings
from borging.ui.scenarios import proposal_job
from borging.ui.scenarios.proposal_job import AT_ONCE, Job
from tests.planning.levelling.test_search import STAYS, TWO, puzzle


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Searches do not begin before this is set."""
    opened = threading.Event()
    run = Search.run

    def waiting(search: Search) -> Proposal:
        opened.wait(10)
        return run(search)

    monkeypatch.setattr(levelling.Search, "run", waiting)
    yield opened
    opened.set()


def started() -> Job:
    job = proposal_job.start(puzzle(TWO, {1: STAYS}), Settings(limit=3.0))
    assert job is not None
    return job


def test_no_more_run_at_once_than_may_and_a_place_comes_free(gate: threading.Event) -> None:
    jobs = [started() for _place in range(AT_ONCE)]
    assert all(job.running and job.result is None for job in jobs)
    assert proposal_job.start(jobs[0].problem, Settings()) is None
    gate.set()
    for job in jobs:
        job.wait(10)
    assert [job.running for job in jobs] == [False] * AT_ONCE
    assert [job.result.after for job in jobs if job.result] == [0.0] * AT_ONCE
    started().wait(10)


def test_one_that_is_stopped_leaves_the_other_alone(gate: threading.Event) -> None:
    one, other = started(), started()
    one.stop()
    gate.set()
    for job in (one, other):
        job.wait(10)
    assert one.result
    assert other.result
    assert (one.result.stopped, other.result.stopped) == (True, False)
    assert one.progress.step == other.progress.step == 4


def test_a_search_that_fails_gives_its_place_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "excepthook", lambda _args: None)
    monkeypatch.setattr(levelling.Search, "run", lambda _search: 1 / 0)
    for _again in range(AT_ONCE + 1):
        job = started()
        job.wait(10)
        assert job.result is None
        assert not job.running
