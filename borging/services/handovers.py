"""Handovers that are still to come, and how many of them fall in the flu season."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from borging.domain import flu
from borging.domain.periods import add_months
from borging.services.stages import dates_of


@dataclass(frozen=True)
class Handovers:
    """Counts of handovers agreed from a day on, for one year. band: its words, 'wk 51–11'."""

    coming: int
    in_flu: int
    band: str


def coming_handovers(results: pd.DataFrame, projects: pd.DataFrame, as_of: date) -> Handovers:
    """Count the agreed handovers of `projects` from `as_of` up to the same day next year."""
    own = results[results["project_id"].isin(projects["id"])]
    waiting = own[~(own["handed_over_on"] <= pd.Timestamp(as_of))]
    last = add_months(as_of, 12)
    days = [d for d in dates_of(waiting["agreed_on"]) if d is not None and as_of <= d < last]
    return Handovers(len(days), sum(flu.in_flu_band(d) for d in days), flu.BAND_WORDS)
