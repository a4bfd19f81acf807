"""What is drawn of the people in a dossier: the circle of the groups, the map of stakeholders."""

from __future__ import annotations

import streamlit as st

from borging.charts.anchoring import circle
from borging.charts.stakeholders import influence_map
from borging.domain.wording import listed
from borging.services.dossier.anchoring import sectors
from borging.services.dossier.dossier import Dossier
from borging.services.dossier.stakeholders import (
    NO_STRATEGY,
    STRATEGIES,
    absent_voices,
    stakeholder_map,
)
from borging.ui import charts
from borging.ui.frame import Screen
from borging.ui.reuse import reuse
from borging.ui.text import plain


def anchoring(dossier: Dossier, screen: Screen) -> None:
    """Draw the groups as a circle, with the same in words beside it."""
    groups = reuse(sectors, dossier)
    if not groups:
        return
    charts.show(
        reuse(circle, groups, screen.look),
        f"verankering_{dossier.project_id}",
        "Cirkel van de groepen: " + "; ".join(f"{g.name}, {g.words}" for g in groups) + ".",
        "Breedte = aantal mensen"
        + (", onbekend is getekend als gemiddeld" if any(g.people is None for g in groups) else "")
        + " · vulling van binnen naar buiten = weet, kan, doet, vanzelf · gearceerd = niet bekend "
        "hoe ver",
    )
    if screen.look.narrow:
        st.markdown(
            "  \n".join(
                f"{g.number}\\. **{plain(g.name)}** · {g.size}; {g.reached}" for g in groups
            )
        )


def stakeholders(dossier: Dossier, screen: Screen) -> None:
    """Draw who is for and against, after the warning that a voice is missing."""
    rows = dossier.rows("stakeholder")
    if not rows:
        return
    if missing := absent_voices(dossier):
        st.markdown(f":orange[▲ {'. '.join(missing)}. Beide stemmen zijn nodig.]")
    shown = reuse(stakeholder_map, dossier)
    part = next(part for part in dossier.parts if part.key == "stakeholders")
    labels = part.lists[0].by_id["strategy"].labels
    legend = [f"{symbol} {labels[key]}" for key, symbol in STRATEGIES.items() if key in labels]
    if shown.dots:
        charts.show(
            reuse(influence_map, shown, screen.look),
            f"stakeholders_{dossier.project_id}",
            "Kaart van stakeholders: "
            + "; ".join(f"{each.name}, {each.words}" for each in shown.dots)
            + ".",
            "Hoe dichter bij het midden, hoe meer invloed · boven de lijn vóór, eronder tegen, op "
            f"de lijn neutraal  \n{' · '.join([*legend, f'{NO_STRATEGY} nog geen aanpak'])}",
        )
    if screen.look.narrow:
        st.markdown(
            "  \n".join(f"{each.number}\\. {each.symbol} {plain(each.name)}" for each in shown.dots)
        )
    if shown.beside:
        names = [f"{plain(name)} ({why})" for name, why in shown.beside]
        st.markdown(f"**Nog niet op de kaart:** {listed(names)}.")
