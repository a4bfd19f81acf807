"""The parts of the Beheer screen beside reading in a list."""

from __future__ import annotations

import streamlit as st

from borging import clock
from borging.domain.periods import Week
from borging.exchange import tables as files
from borging.exchange.workbook import writing as workbook_writing
from borging.store.commands import example
from borging.store.queries import audit
from borging.ui import load
from borging.ui.admin import example as example_parts
from borging.ui.frame import Screen
from borging.ui.tables import EXCEL


def workbook() -> None:
    """Offer the empty workbook and the whole portfolio in the same form."""
    st.markdown(
        "Geen eigen lijst? Vul het werkboek: projecten met alles wat in hun dossier staat, de "
        "doelenboom, en voor de capaciteit functies, verlof en inzet. Het eerste blad wijst de "
        "weg; lege bladen mogen blijven staan. Wat u invult leest u hierboven in."
    )
    with st.container(horizontal=True):
        st.download_button(
            "Leeg werkboek",
            data=lambda: workbook_writing.template(load.engine()),
            file_name="borging_werkboek.xlsx",
            mime=EXCEL,
            key="download_template",
            on_click="ignore",
        )
        st.download_button(
            "Hele portfolio als werkboek",
            data=lambda: workbook_writing.export(load.engine()),
            file_name=files.file_name("portfolio", Week.of(clock.today())),
            mime=EXCEL,
            key="download_portfolio",
            on_click="ignore",
        )


def example_data(screen: Screen) -> None:
    """Load, remove or put back the example portfolio."""
    source = load.engine()
    if example.has_example(source):
        st.markdown("De voorbeelddata staat in de portfolio, naast wat u zelf heeft ingelezen.")
        example_parts.remove_button("remove_example_here", screen.actor)
        return
    st.markdown("Met een verzonnen portfolio van 40 projecten kunt u alles uitproberen.")
    with st.container(horizontal=True):
        if example.has_removed_example(source):
            if st.button("Voorbeelddata terugzetten", key="restore_example"):
                example.restore_example(source, screen.actor)
                st.rerun()
        elif st.button("Voorbeelddata laden", key="load_example_here"):
            example.write_example(source, screen.actor, clock.today())
            st.rerun()


def history() -> None:
    """List who wrote what and when, newest first."""
    entries = audit.newest_entries(load.engine())
    if entries.empty:
        st.markdown("Er is nog niets vastgelegd.")
        return
    st.dataframe(
        entries.assign(at=entries["at"].dt.tz_convert(clock.ZONE.key)),
        hide_index=True,
        row_height=34,
        height=min(420, 38 + 34 * len(entries)),
        key="history",
        column_config={
            "at": st.column_config.DatetimeColumn("Wanneer", format="DD-MM-YYYY HH:mm"),
            "actor_name": "Wie",
            "summary": "Wat",
            "times": st.column_config.NumberColumn("Aantal", format="localized", width=80),
        },
        alt="De nieuwste vastgelegde wijzigingen.",
    )
