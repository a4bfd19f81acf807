"""The picture of interventions and naleving: control charts, and who is trained."""

from __future__ import annotations

from typing import Any

import streamlit as st

from borging.charts import control_chart as drawing
from borging.domain.dossier import all_lists
from borging.domain.wording import count
from borging.services.dossier.compliance import Series, compliance, groups_to_train
from borging.services.dossier.dossier import Dossier
from borging.store.commands.dossier import ENTITY
from borging.store.commands.rows import Row, RowsError
from borging.ui import charts, grid
from borging.ui.dossier import item_lists
from borging.ui.frame import Screen
from borging.ui.reuse import reuse
from borging.ui.text import plain

TRAINING = "training_coverage"
RULES = (
    "Een verandering is: één meting buiten de regelgrenzen, 8 op rij aan één kant van het midden, "
    "of 6 op rij die stijgen of dalen. Het midden en de grenzen komen uit de eerste 12 metingen "
    "en blijven staan, zodat een verandering zichtbaar wordt. Al het andere kan toeval zijn. "
    "Regels: The Health Care Data Guide (Provost en Murray, 2011), uit geheugen."
)


def picture(dossier: Dossier, screen: Screen) -> None:
    """Draw what there is to draw; nothing when there is nothing."""
    view = reuse(compliance, dossier)
    if view.series:
        st.subheader("Gebeurt het ook echt?", anchor=False)
        st.markdown(f":small[:gray[{RULES}]]")
        abreast = len(view.series) > 1 and not screen.look.narrow
        columns = st.columns(2, gap="large") if abreast else [st.container()]
        for place, each in enumerate(view.series):
            with columns[place % len(columns)]:
                _series(each, f"naleving_{dossier.project_id}_{place}", screen)
        if view.unchecked:
            names = ", ".join(plain(name) for name in view.unchecked)
            st.markdown(f":gray[Niet gemeten: {names}.]")
    if view.coverage:
        st.subheader("Wie is geschoold?", anchor=False)
        charts.show(
            reuse(drawing.coverage_bars, view.coverage, screen.look),
            key=f"geschoold_{dossier.project_id}",
            alt=view.coverage_in_words,
            small_print="geschoolde mensen van alle mensen in de groep",
        )


def groups(dossier: Dossier, screen: Screen) -> None:
    """Offer the groups of the anchoring as groups to train."""
    offered = reuse(groups_to_train, dossier)
    key = f"scholing_{dossier.project_id}"
    if offered:
        words = count(len(offered), "groep", "groepen")
        st.button(
            f"{words} van de verankering overnemen",
            key=f"{key}_overnemen",
            on_click=_take_over,
            args=(offered, words, dossier, screen, key),
            help=", ".join(plain(each["group"]) for each in offered),
        )
    grid.refusal(key)
    grid.told(key)


def _take_over(
    offered: list[dict[str, Any]], words: str, dossier: Dossier, screen: Screen, key: str
) -> None:
    definition = all_lists(dossier.parts)[TRAINING]
    save = item_lists.as_items(definition, dossier, screen)
    try:
        ids = save([Row(each["group"], each) for each in offered])
    except RowsError as refusal:
        grid.say(key, *refusal.sentences, refused=True)
        return
    grid.say(key, f"{words} overgenomen.", entity=ENTITY, ids=ids)


def _series(each: Series, key: str, screen: Screen) -> None:
    st.markdown(f"**{plain(each.name)}**  \n{plain(each.finding)}")
    charts.show(
        reuse(drawing.control_chart, each, screen.look),
        key=key,
        alt=each.in_words,
        small_print=plain(each.small_print),
    )
