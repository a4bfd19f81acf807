"""Run the tests with the clock on other days: `python -m tools.date_sweep [OPTIONS] [TEST …]`.

Prints one line a day, and the names of the tests that failed. Needs Debian's `faketime` and
requirements-dev.txt. Every process that the tests start gets the same clock, except Chromium
(tests/browser/conftest.py) and a PostgreSQL server that was running already. Neither can colour the
outcome: no statement takes the day from the database, and a screen takes none from the browser.
Monotonic clocks and the times of files stay real, so that time-outs hold and nothing is compiled
anew; without FAKETIME_FORCE_MONOTONIC_FIX=0 threads of Python wait for each other without end.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from datetime import time as moment
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIBRARIES = "*-linux-gnu*/faketime/libfaketimeMT.so.1"
SATURDAY = date(2027, 7, 3)
DAYS = (date(2026, 12, 31), date(2027, 1, 1), date(2028, 2, 29), SATURDAY, date(2029, 12, 3))
"""The end and the begin of a year around week 53, a leap day, a Saturday, three years on."""
COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped)")
BROKEN = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)


def library() -> Path:
    """Return the library that sets the clock of a process, as Debian installs it."""
    found = sorted(Path("/usr/lib").glob(LIBRARIES))
    if not found:
        raise SystemExit("faketime is not on this machine: apt-get install faketime")
    return found[0]


def environment(start: datetime) -> dict[str, str]:
    """Return the environment in which the clock of every process stands at `start` now.

    The difference with the real clock is passed on, not the moment: then a process that starts
    later reads the same clock as the process that started it.
    """
    seconds = round(start.timestamp() - time.time())
    return {
        **os.environ,
        "LD_PRELOAD": str(library()),
        "FAKETIME": f"{seconds:+d}",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_FORCE_MONOTONIC_FIX": "0",
        "FAKETIME_SKIP_CMDS": "node",
        "NO_FAKE_STAT": "1",
    }


def run(start: datetime, words: list[str]) -> bool:
    """Run the tests at a moment, print the outcome, return whether all of them passed."""
    began = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rfE", *words]
    ended = subprocess.run(
        command, cwd=ROOT, env=environment(start), capture_output=True, text=True, check=False
    )
    last = next((line for line in reversed(ended.stdout.splitlines()) if COUNT.search(line)), "")
    counts = {name.rstrip("s"): int(number) for number, name in COUNT.findall(last)}
    failed = counts.get("failed", 0) + counts.get("error", 0)
    print(
        f"{start:%Y-%m-%d %H:%M %a}  passed {counts.get('passed', 0)}  failed {failed}"
        f"  skipped {counts.get('skipped', 0)}  ({time.monotonic() - began:.0f} s)",
        flush=True,
    )
    for name in BROKEN.findall(ended.stdout):
        print(f"    {name}", flush=True)
    if ended.returncode and not failed:
        print(ended.stdout[-2000:], ended.stderr[-2000:], sep="\n", flush=True)
    return ended.returncode == 0


def _days(words: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(each) for each in words.split(","))


def main() -> None:
    """Run every day that was asked for; end with status 1 when a test failed."""
    parser = argparse.ArgumentParser(description="Run the tests with the clock on other days.")
    parser.add_argument("--days", type=_days, default=DAYS, help="2027-01-01,2028-02-29")
    parser.add_argument("--at", type=moment.fromisoformat, default=moment(10), help="HH:MM, UTC")
    parser.add_argument("-n", default="2", help="processes, as in the command of the README")
    chosen, words = parser.parse_known_args()
    starts = [datetime.combine(day, chosen.at, UTC) for day in chosen.days]
    passed = [run(start, ["-n", chosen.n, *words]) for start in starts]
    raise SystemExit(0 if all(passed) else 1)


if __name__ == "__main__":
    main()
