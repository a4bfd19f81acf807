"""Which facts in the lists of a dossier happened on a day, so that they go back with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

HAPPENED: Mapping[str, tuple[str, ...]] = {
    "quick_win": ("done_on",),
    "effect_action": ("done_on",),
    "evaluation": ("held_on",),
    "message": ("told_on",),
    "spread_target": ("prepared_on", "in_use_on", "usual_on", "stopped_on"),
}
"""List to its days on which something was done; a later day counts as not done yet.

An action before a handover is left as it is: the preview of a handover has to agree with what
recording the handover does now.
"""
MEASURED: Mapping[str, tuple[str, str]] = {
    "training_coverage": ("counted_on", "trained"),
    "anchoring_group": ("seen_on", "stage"),
}
"""List to the day of a measurement and the field it holds; a later one is not known yet."""


def as_known_on(key: str, row: dict[str, Any], as_of: date) -> dict[str, Any]:
    """Return an item of a list without what happened or was measured after a day."""
    hidden = {name: None for name in HAPPENED.get(key, ()) if _later(row[name], as_of)}
    if key in MEASURED:
        measured_on, field = MEASURED[key]
        if _later(row[measured_on], as_of):
            hidden = {measured_on: None, field: None}
    return row | hidden if hidden else row


def _later(day: date | None, as_of: date) -> bool:
    return day is not None and day > as_of
