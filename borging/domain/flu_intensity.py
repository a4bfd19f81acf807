"""How high the recorded flu seasons rose, against the threshold of their own season."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=4)
def intensities(path: Path) -> Mapping[str, float | None]:
    """Read peak ÷ threshold per season ('2024/2025'), None where no peak was recorded.

    Peak and threshold are on one scale: consultations for influenza-like illness per 100,000
    inhabitants per week. The threshold differs per season, as does the group that is counted.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {
            row["seizoen"]: float(row["piek_per_100k"]) / float(row["drempel_per_100k"])
            if row["piek_per_100k"]
            else None
            for row in rows
        }
