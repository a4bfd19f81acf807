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
    """Counts of handovers agreed from a day on, for one year. band: its words, 'wk 51–11'.

    projects: whose handovers were looked at. unknown: those of which no day of a handover is known.
    """

    coming: int
    in_flu: int
    band: str
    projects: int = 0
    unknown: int = 0


def coming_handovers(results: pd.DataFrame, projects: pd.DataFrame, as_of: date) -> Handovers:
    """Count the agreed handovers of `projects` from `as_of` up to the same day next year."""
    own = results[results["project_id"].isin(projects["id"])]
    dated = own["agreed_on"].notna() | own["handed_over_on"].notna()
    unknown = int((~projects["id"].isin(own.loc[dated, "project_id"])).sum())
    waiting = own[~(own["handed_over_on"] <= pd.Timestamp(as_of))]
    last = add_months(as_of, 12)
    days = [d for d in dates_of(waiting["agreed_on"]) if d is not None and as_of <= d < last]
    return Handovers(
        len(days), sum(flu.in_flu_band(d) for d in days), flu.BAND_WORDS, len(projects), unknown
    )
