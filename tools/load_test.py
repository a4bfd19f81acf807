"""Put the load of fifty open browsers on a server of its own, and measure what they wait.

`python -m tools.load_test --help` names the options. It makes a portfolio, starts a server on
127.0.0.1, measures in one run a single visitor and then many, and prints a Markdown table. All is
bounded: at most 100 visitors, two hours, 10,000 writes, and this machine only.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.load_report import SCREENS, Measured, memory, processor, report
from tools.local_server import ROOT, Server, running, write_demo
from tools.streamlit_client import RunFailedError, Visitor

OF_A_PROJECT = ("borgingsscan", "project")
THEMES = 8
"""Themes that visitors choose from in the filter."""
MOST_VISITORS, MOST_MINUTES, MOST_WRITES = 100, 120, 10_000
AT_ONCE = 5
"""Browsers that open at the same moment."""
SWITCH_ONE_IN = 40
"""One action in so many is a switch between light and dark."""


class WriterFailedError(RuntimeError):
    """The process that writes meanwhile ended before its time."""


@contextmanager
def measuring(name: str, server: Server, rows: list[Measured]) -> Iterator[Measured]:
    """Measure what happens meanwhile as one row."""
    row = Measured(name)
    start, used = time.perf_counter(), processor(server.pid)
    yield row
    row.seconds = time.perf_counter() - start
    row.cpu, row.memory = processor(server.pid) - used, memory(server.pid)
    rows.append(row)
    print(f"{name}: {len(row.waits)} actions, {row.memory:.0f} MB", file=sys.stderr, flush=True)


@contextmanager
def writing(home: Path, database: Path, count: int, every: float) -> Iterator[None]:
    """Write meanwhile, from another process; stop it afterwards."""
    if not count:
        yield
        return
    script = ROOT / "tools" / "load_writes.py"
    process = subprocess.Popen(
        [sys.executable, str(script), f"sqlite:///{database}", str(count), str(every)],
        cwd=home,
        env={**os.environ, "PYTHONPATH": str(home)},
        stdout=subprocess.DEVNULL,
    )
    try:
        yield
        if process.poll():
            raise WriterFailedError(f"the writer ended with status {process.returncode}")
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(20)


def place(screen: str, chance: random.Random, projects: int) -> dict[str, str]:
    """Return the parameters with which somebody opens a screen."""
    return {"id": str(chance.randint(1, projects))} if screen in OF_A_PROJECT else {}


async def act(visitor: Visitor, number: int, chance: random.Random, projects: int) -> float:
    """Do the next thing: a filter, the filter off, another screen, or now and then the theme."""
    if chance.randrange(SWITCH_ONE_IN) == 0:
        return await visitor.switch_theme()
    if number % 3 == 1:
        return await visitor.choose("thema", "thema", chance.randrange(THEMES))
    if number % 3 == 2 and chance.random() < 0.5:
        return await visitor.choose("thema", "thema", None)
    screen = SCREENS[(SCREENS.index(visitor.screen) + 1) % len(SCREENS)]
    return await visitor.go(screen, **place(screen, chance, projects))


async def behave(
    visitor: Visitor, row: Measured, until: float, pause: float, seed: int, projects: int
) -> None:
    """Act every so many seconds until a moment."""
    chance, number = random.Random(seed), 0
    due = time.perf_counter() + chance.random() * pause
    while due < until:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        try:
            wait = await act(visitor, number, chance, projects)
            row.waits.append((visitor.screen, wait))
        except RunFailedError as failure:
            row.errors.append(str(failure))
        number += 1
        due = max(due + pause * (0.75 + chance.random() / 2), time.perf_counter())


async def single(
    row: Measured, choices: argparse.Namespace, server: Server, pause: float, seconds: float
) -> None:
    """Let one visitor act until the time is over."""
    visitor = Visitor(server.address, SCREENS[0])
    await visitor.open()
    until = time.perf_counter() + seconds
    await behave(visitor, row, until, pause, 1, choices.projects)
    await visitor.close()
    collect(row, [visitor])


def collect(row: Measured, visitors: list[Visitor]) -> None:
    """Add to a row what visitors met."""
    row.errors += [error for visitor in visitors for error in visitor.errors]
    row.timer_runs += sum(visitor.timer_runs for visitor in visitors)
    for visitor in visitors:
        visitor.errors.clear()
        visitor.timer_runs = 0


async def warm(server: Server, choices: argparse.Namespace) -> None:
    """Draw every screen twice, so that nothing is measured that happens once per start."""
    visitor, chance = Visitor(server.address, SCREENS[0]), random.Random(0)
    await visitor.open()
    for screen in SCREENS * 2:
        await visitor.go(screen, **place(screen, chance, choices.projects))
    await visitor.close()


async def many(
    rows: list[Measured], choices: argparse.Namespace, server: Server, database: Path
) -> float:
    """Open all browsers and let them act; return the megabytes each open browser takes."""
    visitors = [
        Visitor(server.address, SCREENS[number % len(SCREENS)]) for number in range(choices.users)
    ]
    for number, visitor in enumerate(visitors):
        visitor.query = place(visitor.screen, random.Random(number), choices.projects)
    before = memory(server.pid)
    with measuring("openen", server, rows) as row:
        for first in range(0, len(visitors), AT_ONCE):
            group = visitors[first : first + AT_ONCE]
            waits = await asyncio.gather(*(visitor.open() for visitor in group))
            row.waits += [(v.screen, wait) for v, wait in zip(group, waits, strict=True)]
        collect(row, visitors)
    each = (memory(server.pid) - before) / max(1, len(visitors))
    parts = max(1, round(choices.soak)) if choices.soak else 1
    seconds = choices.soak * 60 / parts if choices.soak else choices.seconds
    count = round(parts * seconds / choices.write_every) + 1 if choices.write_every else 0
    words = f", elke {choices.write_every:.0f} s een wijziging" if count else ""
    with writing(choices.checkout, database, count, choices.write_every):
        for part in range(parts):
            name = f"{choices.users} gebruikers{words}" + (
                f", minuut {part + 1}" if parts > 1 else ""
            )
            with measuring(name, server, rows) as row:
                until = time.perf_counter() + seconds
                await asyncio.gather(
                    *(
                        behave(v, row, until, choices.pause, part * 1000 + n, choices.projects)
                        for n, v in enumerate(visitors)
                    )
                )
                collect(row, visitors)
    await asyncio.gather(*(visitor.close() for visitor in visitors))
    return each


async def after_writes(
    rows: list[Measured], choices: argparse.Namespace, server: Server, database: Path
) -> None:
    """Write many times while one visitor goes from screen to screen."""
    seconds = choices.writes * 1.5
    with (
        measuring(f"één gebruiker, {choices.writes} wijzigingen", server, rows) as row,
        writing(choices.checkout, database, choices.writes, 1.5),
    ):
        await single(row, choices, server, 0.5, seconds)


async def measure(choices: argparse.Namespace, server: Server, database: Path) -> list[str]:
    """Measure all; return the lines of the report."""
    rows: list[Measured] = []
    with measuring("(opwarmen)", server, rows):
        await warm(server, choices)
    with measuring("één gebruiker", server, rows) as row:
        await single(row, choices, server, 0.4, choices.alone)
    if choices.alone_write_every:
        words = f"één gebruiker, elke {choices.alone_write_every:.0f} s een wijziging"
        count = int(choices.alone / choices.alone_write_every) + 1
        with (
            measuring(words, server, rows) as row,
            writing(choices.checkout, database, count, choices.alone_write_every),
        ):
            await single(row, choices, server, 1.0, choices.alone)
    each = await many(rows, choices, server, database)
    if choices.writes:
        await after_writes(rows, choices, server, database)
    return report(rows, f"{choices.projects} projecten", each, by_screen=not choices.soak)


def options(words: list[str]) -> argparse.Namespace:
    """Read the options and hold them to their bounds."""
    parser = argparse.ArgumentParser(prog="python -m tools.load_test", description=__doc__)
    parser.add_argument("--projects", type=int, default=1000)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120, help="of the part with all users")
    parser.add_argument("--pause", type=float, default=10, help="seconds between two actions")
    parser.add_argument("--alone", type=float, default=30, help="seconds of the single user")
    parser.add_argument("--alone-write-every", type=float, default=0)
    parser.add_argument("--write-every", type=float, default=0)
    parser.add_argument("--writes", type=int, default=0, help="writes of the part about memory")
    parser.add_argument("--soak", type=float, default=0, help="minutes, instead of --seconds")
    parser.add_argument("--checkout", type=Path, default=ROOT, help="program to be measured")
    choices = parser.parse_args(words)
    choices.users = min(choices.users, MOST_VISITORS)
    choices.writes = min(choices.writes, MOST_WRITES)
    choices.soak = min(choices.soak, MOST_MINUTES)
    choices.seconds = min(choices.seconds, MOST_MINUTES * 60)
    choices.alone = min(choices.alone, MOST_MINUTES * 60)
    choices.pause = max(choices.pause, 0.2)
    return choices


def main(words: list[str]) -> None:
    """Measure and print."""
    choices = options(words)
    with tempfile.TemporaryDirectory() as room:
        database = Path(room) / "load.db"
        write_demo(database, choices.projects, choices.checkout)
        with running(
            database,
            choices.checkout / "app.py",
            choices.checkout,
            PYTHONPATH=str(choices.checkout),
        ) as server:
            print("\n".join(asyncio.run(measure(choices, server, database))))
            log = database.with_suffix(".log").read_text(errors="replace")
        if "Traceback" in log:
            print(f"\nIn het logboek van de server:\n\n{log[-2000:]}")


if __name__ == "__main__":
    main(sys.argv[1:])
