"""The running costs per year, by whether they are in a budget."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from borging.services.dossier.dossier import Dossier
from borging.services.dossier.running_costs import IN_A_BUDGET, per_year
from borging.ui.frame import Screen
from borging.ui.reuse import reuse


def running_cost(dossier: Dossier, screen: Screen) -> None:
    """Sum the costs per year; nothing is drawn when there are none."""
    years = reuse(per_year, dossier)
    if not years:
        return
    rows = [
        {"Jaar": str(each.year)}
        | {w.capitalize(): each.sums[s].words for s, w in IN_A_BUDGET.items()}
        for each in years
    ]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        row_height=34,
        width=760,
        alt="Kosten per jaar: in een begroting, in geen begroting, niet gezegd.",
    )
