"""Where the parts of the calendar lie, in pixels turned into shares of the height."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from borging.charts.template import Look, Palette

FLU_HEIGHT, OVERVIEW_HEIGHT, ROW_HEIGHT, GAP = 66, 120, 22, 14
LABEL_ROOM, LABEL_ROOM_NARROW = 260, 150
LABEL_LENGTH, LABEL_LENGTH_NARROW = 38, 22
DAY = 86_400_000.0
"""Milliseconds in a day."""


@dataclass(frozen=True)
class Frame:
    """The room of one drawing. count: rows drawn."""

    count: int
    look: Look

    @property
    def palette(self) -> Palette:
        """The colours of the theme."""
        return self.look.palette

    @property
    def left(self) -> int:
        """Room for the words of the rows, in pixels."""
        return LABEL_ROOM_NARROW if self.look.narrow else LABEL_ROOM

    @property
    def top(self) -> int:
        """Room for the legend and the weeks above, in pixels."""
        return 190 if self.look.narrow else 84

    @property
    def bottom(self) -> int:
        """Room for the weeks below, in pixels."""
        return 44

    @property
    def _inner(self) -> float:
        return float(FLU_HEIGHT + OVERVIEW_HEIGHT + 2 * GAP + ROW_HEIGHT * max(1, self.count))

    @property
    def height(self) -> int:
        """Height of the whole figure in pixels."""
        return int(self._inner) + self.top + self.bottom

    @property
    def flu(self) -> list[float]:
        """Share of the plot for flu and holidays, from below."""
        return [1 - FLU_HEIGHT / self._inner, 1]

    @property
    def overview(self) -> list[float]:
        """Share of the plot for projects per week."""
        high = 1 - (FLU_HEIGHT + GAP) / self._inner
        return [high - OVERVIEW_HEIGHT / self._inner, high]

    @property
    def rows(self) -> list[float]:
        """Share of the plot for the rows."""
        return [0, ROW_HEIGHT * max(1, self.count) / self._inner]

    def cut(self, words: str, bold: bool = False) -> str:
        """Return the words of a row as far as there is room."""
        room = LABEL_LENGTH_NARROW if self.look.narrow else LABEL_LENGTH
        room -= 2 if bold else 0
        return words if len(words) <= room else f"{words[: room - 1]}…"


@dataclass
class Marks:
    """Lines, fields and words that are put on the figure at once: one by one is slow."""

    shapes: list[dict[str, Any]] = field(default_factory=list)
    words: list[dict[str, Any]] = field(default_factory=list)


def moment(day: date) -> str:
    """Return a day as a place on the axis of time: its first moment."""
    return day.isoformat()


def days(moments: pd.Series) -> list[str]:
    """Return days as the axis of time wants them: without an hour, so without a time zone."""
    return [str(day) for day in moments.to_numpy("datetime64[D]")]


def lengths(first: pd.Series, last: pd.Series) -> npt.NDArray[np.float64]:
    """Return how long bars are in milliseconds, their last day included."""
    begin, end = first.to_numpy("datetime64[D]"), last.to_numpy("datetime64[D]")
    found: npt.NDArray[np.float64] = ((end - begin).astype(np.float64) + 1) * DAY
    return found
