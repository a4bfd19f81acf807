"""The table of a load test: waits, ratios to a single visitor, processor time and memory."""

from __future__ import annotations

import os
import statistics
from dataclasses import dataclass, field
from pathlib import Path

SCREENS = (
    "portfolio",
    "projectenkalender",
    "fasestatus",
    "restpunten",
    "capaciteit",
    "borgingsscan",
    "project",
)
TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Measured:
    """One row of the table.

    waits: screen and seconds of every action. cpu: seconds of processor time of the server.
    """

    name: str
    waits: list[tuple[str, float]] = field(default_factory=list)
    seconds: float = 0.0
    cpu: float = 0.0
    memory: float = 0.0
    errors: list[str] = field(default_factory=list)
    timer_runs: int = 0

    def quantile(self, part: float) -> float:
        """Return the wait in milliseconds that this part of the actions stays below."""
        waits = sorted(wait for _screen, wait in self.waits)
        return 1000 * waits[min(len(waits) - 1, int(part * len(waits)))] if waits else 0.0


def memory(pid: int) -> float:
    """Return the memory a process holds, in megabytes."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


def processor(pid: int) -> float:
    """Return the seconds of processor time a process has used."""
    parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / TICK


def report(rows: list[Measured], what: str, each: float, by_screen: bool) -> list[str]:
    """Return the table: ratios are those to the single visitor of the same run."""
    alone = next(row for row in rows if row.name == "één gebruiker")
    lines = [
        f"{what}, {os.cpu_count()} kernen, "
        f"belasting {os.getloadavg()[0]:.1f}, per open browser {each:.2f} MB",
        "",
        "| deel | acties | p50 ms | p95 ms | max ms | p50 × | p95 × | cpu ms per actie | cpu % "
        "| op de klok | fouten | geheugen MB |",
        "| --- " * 12 + "|",
    ]
    for row in rows:
        count = max(1, len(row.waits))
        half, most = row.quantile(0.5), row.quantile(0.95)
        lines.append(
            f"| {row.name} | {len(row.waits)} | {half:.0f} | {most:.0f} | {row.quantile(1):.0f} | "
            f"{half / max(1.0, alone.quantile(0.5)):.1f} | "
            f"{most / max(1.0, alone.quantile(0.95)):.1f} | {1000 * row.cpu / count:.0f} | "
            f"{100 * row.cpu / max(0.001, row.seconds):.0f} | {row.timer_runs} | "
            f"{len(row.errors)} | {row.memory:.0f} |"
        )
    lines += ["", "| deel | scherm | acties | p50 ms | max ms |", "| --- " * 5 + "|"]
    for row in rows[1:] if by_screen else ():
        for screen in SCREENS:
            waits = [1000 * wait for name, wait in row.waits if name == screen]
            if waits:
                lines.append(
                    f"| {row.name} | {screen} | {len(waits)} | {statistics.median(waits):.0f} | "
                    f"{max(waits):.0f} |"
                )
    errors = sorted({error for row in rows for error in row.errors})
    return lines + (["", *(f"- {error}" for error in errors[:20])] if errors else [])
