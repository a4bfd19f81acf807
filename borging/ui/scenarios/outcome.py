"""What scenarios bring beside the plan of today."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from borging.charts import scenarios as drawing
from borging.planning.compare import compare_words
from borging.services.scenarios import view as scenarios
from borging.services.scenarios import words as scenario_words
from borging.services.scenarios.view import Basis, Laid
from borging.ui import charts, tables
from borging.ui.frame import Screen
from borging.ui.reuse import reuse
from borging.ui.text import plain

PLANS = {
    "plan": "Plan",
    "hours": "Uren te kort",
    "full": "Weken boven 100 %",
    "in_flu": "Overdrachten in het griepseizoen",
}
FUNCTIONS = {
    "name": "Functie",
    "overload_before": "Uren te kort nu",
    "overload_after": "Uren te kort in het scenario",
    "full_before": "Weken boven 100 % nu",
    "full_after": "Weken boven 100 % in het scenario",
}


def overview(basis: Basis, beside: Sequence[Laid], screen: Screen) -> None:
    """Show the plan of today and the scenarios in one table."""
    st.header("Wat levert het op?", anchor=False)
    table = scenarios.overview(basis, beside)
    shown = table.assign(plan=[plain(name) for name in table["plan"]])
    st.table(
        shown.rename(columns=PLANS),
        border="horizontal",
        hide_index=True,
        alt="Per plan de uren te kort, de weken boven 100 % en de overdrachten in het griepseizoen",
    )
    st.markdown(f":small[:gray[{scenario_words.NOTE}]]")


def charts_of(basis: Basis, one: Laid, screen: Screen) -> None:
    """Draw where and when the chosen scenario differs from the plan of today."""
    if warning := scenario_words.out_of_period(scenarios.moved_out(basis, one)):
        st.markdown(f":orange[▲] {warning}")
    said = compare_words(basis.side, one.side, one.found)
    table = reuse(scenarios.functions_table, basis, one)
    short = table[(table["overload_before"] > 0) | (table["overload_after"] > 0)]
    if short.empty:
        st.markdown("In deze periode komt geen functie uren te kort, nu niet en zo niet.")
        return
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("Bij wie?", anchor=False)
        charts.show(
            drawing.per_function(short, screen.look),
            key="scenario_functies",
            alt=f"Uren te kort per functie, nu en in het scenario. {said}",
            small_print="○ = plan van nu · ● = scenario · rode streep = meer tekort",
        )
    with right:
        st.subheader("Wanneer?", anchor=False)
        before, after = reuse(scenarios.per_week, basis.side), reuse(scenarios.per_week, one.side)
        charts.show(
            drawing.per_week(before, after, screen.look),
            key="scenario_weken",
            alt=f"Uren te kort per week, alle functies samen, nu en in het scenario. {said}",
            small_print="uren te kort van alle functies samen · staaf = plan van nu · lijn = "
            "scenario",
        )
    if part := tables.folded("Per functie als tabel", "tabel_scenario"):
        with part:
            tables.excel_button(table, FUNCTIONS, "scenario", screen)
            st.dataframe(
                table.rename(columns=FUNCTIONS),
                hide_index=True,
                row_height=34,
                height=min(420, 40 + 34 * len(table)),
                key="scenario_per_functie",
                column_config={
                    FUNCTIONS[name]: st.column_config.NumberColumn(format="%.0f")
                    for name in FUNCTIONS
                    if name != "name"
                },
                alt="Per functie de uren te kort en de weken boven 100 %, nu en in het scenario.",
            )
