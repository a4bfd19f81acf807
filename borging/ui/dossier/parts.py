"""The folded parts of a dossier: a line that sums each up, and its lists to write in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from borging.domain.dossier import Part
from borging.services.dossier import parts as dossier_rules
from borging.services.dossier.dossier import Dossier
from borging.ui import tables
from borging.ui.dossier import compliance as dossier_compliance
from borging.ui.dossier import handover as handover_parts
from borging.ui.dossier import item_lists
from borging.ui.dossier import maps as dossier_maps
from borging.ui.dossier import rollout as dossier_spread
from borging.ui.dossier import running_costs as dossier_running
from borging.ui.frame import Screen
from borging.ui.reuse import reuse
from borging.ui.text import plain

PICTURES: Mapping[str, Callable[[Dossier, Screen], None]] = {
    "stakeholders": dossier_maps.stakeholders,
    "verankering": dossier_maps.anchoring,
    "naleving": dossier_compliance.picture,
}
"""What a part shows above its lists, by the key of the part."""
PICTURES_OF_LISTS: Mapping[str, Callable[[Dossier, Screen], None]] = {
    "running_cost": dossier_running.running_cost,
    "spread_target": dossier_spread.spread_target,
    "change_trait": dossier_spread.change_trait,
    "spread_risk": dossier_spread.spread_risk,
    "effect_action": dossier_spread.effect_action,
    dossier_compliance.TRAINING: dossier_compliance.groups,
}
"""What a list shows above its table, by the key of the list."""


def parts(dossier: Dossier, screen: Screen) -> None:
    """Draw every part behind its summary, but the handover, which stands open higher up."""
    for each in dossier.parts:
        if each.key != handover_parts.PART:
            part(each, dossier, screen)


def part(each: Part, dossier: Dossier, screen: Screen) -> None:
    """Draw one part; what is folded costs nothing."""
    said = reuse(dossier_rules.summary, each, dossier)
    st.subheader(each.title, anchor=each.key)
    asked = f" · **Wat nu?** {plain(said.next)}" if said.next else ""
    label = f"{said.state.symbol} {said.state.label} · {plain(said.words)}{asked}"
    inside = tables.folded(label, each.key, keep=True)
    if inside is None:
        return
    with inside:
        st.markdown(f":gray[{each.question}]")
        if picture := PICTURES.get(each.key):
            picture(dossier, screen)
        for definition in each.lists:
            item_lists.draw(definition, dossier, screen, PICTURES_OF_LISTS.get(definition.key))
