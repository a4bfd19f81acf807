"""The only place that asks what day it is; everything that judges is told."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Amsterdam")


def today() -> date:
    """The day on the calendar in the Netherlands."""
    return datetime.now(ZONE).date()
