"""How long a koers counts as recent."""

from __future__ import annotations

from datetime import date, timedelta

RECENT_WEEKS = 13
"""So many weeks after the day it was recorded a koers is recent; that last day included."""
OLD_WORDS = f"ouder dan {RECENT_WEEKS} weken"


def is_old(recorded_on: date, as_of: date) -> bool:
    """Return whether a koers of `recorded_on` is no longer recent on `as_of`."""
    return recorded_on < as_of - timedelta(weeks=RECENT_WEEKS)
