"""The days of the phases of a project, as a template for staffing needs them."""

from __future__ import annotations

from datetime import date

import pandas as pd


def phase_periods(phases: pd.DataFrame, project_id: int) -> dict[str, tuple[date, date]]:
    """Return the first and last day of every phase of a project that has both, by its value.

    What has begun counts from its true start. Phases that ended, and those that end before they
    start, are left out.
    """
    own = phases[(phases["project_id"] == project_id) & phases["actual_end"].isna()]
    started = own["actual_start"].fillna(own["planned_start"])
    return {
        str(phase): (first.date(), last.date())
        for phase, first, last in zip(own["phase"], started, own["planned_end"], strict=True)
        if pd.notna(first) and pd.notna(last) and first <= last
    }
