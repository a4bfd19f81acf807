"""A refused write draws the screen anew once, and never again and again."""

from __future__ import annotations

from typing import Any

import pytest

from borging.store.unavailable import DatabaseBusyError, WritingStoppedError
from borging.ui import refused_writes


class Screen:
    """The part of Streamlit that is used: the state of a session, and how often it reran."""

    def __init__(self) -> None:
        self.session_state: dict[str, Any] = {}
        self.reruns = 0

    def rerun(self) -> None:
        self.reruns += 1


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    made = Screen()
    monkeypatch.setattr(refused_writes, "st", made)
    return made


def test_a_refused_write_draws_the_screen_anew(screen: Screen) -> None:
    assert refused_writes.redraw(DatabaseBusyError())
    assert screen.reruns == 1
    assert screen.session_state[refused_writes.PENDING][0].startswith("Even geduld")


def test_a_screen_that_does_not_come_to_its_head_is_not_drawn_for_ever(screen: Screen) -> None:
    assert refused_writes.redraw(WritingStoppedError("Weg."))
    assert not refused_writes.redraw(WritingStoppedError("Weg."))
    assert screen.reruns == 1


def test_another_error_is_a_failure(screen: Screen) -> None:
    assert not refused_writes.redraw(ValueError())
    assert screen.reruns == 0


def test_a_failure_names_a_cause_that_is_known() -> None:
    assert "Even geduld" in refused_writes.why(DatabaseBusyError())
    assert refused_writes.why(ValueError()) == "Dit scherm kon niet worden getekend."
