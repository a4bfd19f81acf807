"""Colours between the stops of a scale."""

from __future__ import annotations

from itertools import pairwise

Scale = tuple[tuple[float, str], ...]


def colour_at(share: float, scale: Scale) -> str:
    """Return the hexadecimal colour at `share` of a scale from 0 to 1; outside it, its end."""
    share = min(max(share, 0.0), 1.0)
    for (low, first), (high, last) in pairwise(scale):
        if share <= high:
            part = (share - low) / (high - low)
            pairs = zip(_channels(first), _channels(last), strict=True)
            return "#" + "".join(f"{round(a + (b - a) * part):02X}" for a, b in pairs)
    return scale[-1][1]


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
