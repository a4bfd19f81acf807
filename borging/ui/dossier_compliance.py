"""The picture of interventions and naleving: control charts, and who is trained."""

from __future__ import annotations

import streamlit as st

from borging.charts import control_chart as drawing
from borging.services.compliance import Series, compliance
from borging.services.dossier import Dossier
from borging.ui import charts
from borging.ui.frame import Screen
from borging.ui.reuse import reuse
from borging.ui.text import plain

RULES = (
    "Een verandering is: één meting buiten de regelgrenzen, 8 op rij aan één kant van het midden, "
    "of 6 op rij die stijgen of dalen. Het midden en de grenzen komen uit de eerste 12 metingen "
    "en blijven staan, zodat een verandering zichtbaar wordt. Al het andere kan toeval zijn. "
    "Regels: The Health Care Data Guide (Provost en Murray, 2011), uit geheugen."
)


def picture(found: Dossier, screen: Screen) -> None:
    """Draw what there is to draw; nothing when there is nothing."""
    view = reuse(compliance, found)
    if view.series:
        st.subheader("Gebeurt het ook echt?", anchor=False)
        st.markdown(f":small[:gray[{RULES}]]")
        abreast = len(view.series) > 1 and not screen.look.narrow
        columns = st.columns(2, gap="large") if abreast else [st.container()]
        for place, each in enumerate(view.series):
            with columns[place % len(columns)]:
                _series(each, f"naleving_{found.project_id}_{place}", screen)
        if view.unchecked:
            names = ", ".join(plain(name) for name in view.unchecked)
            st.markdown(f":gray[Niet gemeten: {names}.]")
    if view.coverage:
        st.subheader("Wie is geschoold?", anchor=False)
        charts.show(
            reuse(drawing.coverage_bars, view.coverage, screen.look),
            key=f"geschoold_{found.project_id}",
            alt=view.coverage_in_words,
            small_print="geschoolde mensen van alle mensen in de groep",
        )


def _series(each: Series, key: str, screen: Screen) -> None:
    st.markdown(f"**{plain(each.name)}**  \n{plain(each.finding)}")
    charts.show(
        reuse(drawing.control_chart, each, screen.look),
        key=key,
        alt=each.in_words,
        small_print=plain(each.small_print),
    )
