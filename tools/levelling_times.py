"""Measure the proposal on a generated portfolio: 200 projects × 60 weeks × 10 functions.

`python -m tools.levelling_times [SECONDS]` prints a Markdown table: how long the first plan takes,
and how many hours short are left after the limit, for an easy, a tight and a full year.
"""

from __future__ import annotations

import os
import platform
import sys
from datetime import date

import numpy as np
import pandas as pd

from borging.domain.terms import Phase
from borging.planning import demand
from borging.planning.levelling.problem import Problem, problem
from borging.planning.levelling.search import Search, Settings
from borging.planning.plan import Plan

START = date(2026, 11, 23)
YEARS = {"ruim": 0.75, "krap": 0.85, "vol": 0.95}
"""Mean load of every function over all weeks."""


def generated(load: float, projects: int = 200, weeks: int = 60, functions: int = 10) -> Problem:
    """Return a year of which every function is asked so much on average; always the same one."""
    random = np.random.default_rng(1)
    mondays = pd.date_range(START, periods=weeks, freq="7D", unit="us")
    phases: list[tuple[object, ...]] = []
    needs: list[tuple[object, ...]] = []
    handovers: list[tuple[object, ...]] = []
    for project in range(projects):
        at = int(random.integers(-20, weeks - 25))
        for phase in Phase:
            length = int(random.integers(3, 10))
            first = pd.Timestamp(START) + pd.Timedelta(weeks=at)
            last = first + pd.Timedelta(days=7 * length - 3)
            phases.append((project, phase.value, first, last, at < 0, at + length <= 0))
            for function in random.choice(functions, size=3, replace=False):
                hours = float(random.integers(4, 24)) / 2
                needs.append(
                    (len(needs), project, int(function), phase.value, hours, first, last, True)
                )
            if phase is Phase.HANDOVER:
                handovers.append((project, project, last))
            at += length - int(random.integers(0, 2))
    asked = pd.DataFrame(
        needs,
        columns=[
            *("id", "project_id", "function_id", "phase", "hours_per_week"),
            *("first", "last", "firm"),
        ],
    )
    names = pd.DataFrame({"id": range(functions), "name": [f"F{n}" for n in range(functions)]})
    mean = demand.demand(asked, names, mondays).mean(axis=1).to_numpy()
    there = mean[:, None] / load * random.uniform(0.9, 1.05, (functions, weeks))
    supply = pd.DataFrame(there, index=names["id"], columns=mondays)
    plan = Plan(
        projects=pd.DataFrame(
            {"id": range(projects), "code": "P", "title": [f"Project {n}" for n in range(projects)]}
        ),
        phases=pd.DataFrame(
            phases, columns=["project_id", "phase", "first", "last", "begun", "ended"]
        ),
        handovers=pd.DataFrame(handovers, columns=["id", "project_id", "day"]),
        functions=names,
        demand=asked,
        present=supply,
        as_of=START,
    )
    return problem(plan, {}, supply)


def main() -> None:
    """Print the table."""
    limit = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    busy = os.getloadavg()[0]
    machine = f"{os.cpu_count()} × {_processor()}, {platform.system()}"
    print(f"{machine}, belasting vooraf {busy:.1f}, limiet {limit:.0f} s\n")
    print("| jaar | wijze | blokken | eerste plan, s | klaar, s | tekort nu | voorstel | ", end="")
    print("minstens | in griepseizoen | weken verschoven | bewezen |\n" + "|---" * 11 + "|")
    for year, load in YEARS.items():
        puzzle = generated(load)
        for reproducible in (False, True):
            found = Search(puzzle, Settings(limit, reproducible)).run()
            print(
                f"| {year} | {'herhaalbaar' if reproducible else 'gewoon'} | {len(puzzle.blocks)} "
                f"| {found.first:.2f} | {found.seconds:.1f} | {found.before:.0f} "
                f"| {found.after:.0f} | {found.least:.0f} "
                f"| {found.flu_before} → {found.flu_after} "
                f"| {np.abs(found.shifts).sum()} | {'ja' if found.proven else 'nee'} |",
                flush=True,
            )


def _processor() -> str:
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        names = [line.split(":")[1].strip() for line in file if line.startswith("model name")]
    return names[0] if names else platform.processor()


if __name__ == "__main__":
    main()
