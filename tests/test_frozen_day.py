"""One day for every test and for every process that a test starts."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime

import pytest
import time_machine

from borging import clock
from tests.frozen_day.sitecustomize import DAY, START
from tools.local_server import ROOT

AT_IMPORT = clock.today()
PROGRAM = "from borging import clock; print(clock.today().isoformat())"


def day_of_a_process() -> date:
    command = [sys.executable, "-c", PROGRAM]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return date.fromisoformat(ended.stdout.strip())


def test_the_tests_run_on_one_day_also_while_they_are_imported() -> None:
    assert {AT_IMPORT, clock.today(), date.today(), datetime.now(UTC).date()} == {DAY}
    assert datetime.now(UTC) > START, "the clock ticks"


def test_a_process_that_a_test_starts_runs_on_that_day() -> None:
    assert day_of_a_process() == DAY


@pytest.mark.usefixtures("real_day")
def test_a_test_can_ask_for_the_day_of_the_machine() -> None:
    real = time_machine.escape_hatch.datetime.datetime.now(clock.ZONE).date()
    assert clock.today() == real == day_of_a_process()
