"""The key figures at the top of a screen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class KeyFigure:
    """One number with what it counts.

    label: at most 20 characters, longer is cut off on the screen. value: as it is written,
    '3 van 40'. note: the grey line below it, None for nothing.
    """

    label: str
    value: str
    note: str | None = None
