"""What is drawn of the spread: progress, traits, risks, and effects with their steps."""

from __future__ import annotations

import streamlit as st

from borging.charts.spread import progress_lines, risk_matrix, trait_bars
from borging.domain.wording import count, day
from borging.services.dossier.dossier import Dossier
from borging.services.dossier.rollout import HIGH_RISK, Risk, progress, risks
from borging.services.dossier.rollout_words import effects, traits
from borging.ui import charts, load
from borging.ui.charts import WIDE_LEFT
from borging.ui.frame import Screen
from borging.ui.reuse import reuse
from borging.ui.text import plain

TRAITS = "kenmerken-van-de-verandering"


def spread_target(dossier: Dossier, screen: Screen) -> None:
    """Draw how many teams were how far over time."""
    shown = reuse(progress, dossier)
    if not shown.lines:
        return
    small = (
        f"Peildatum {day(shown.as_of)} · wie stopte, telt vanaf die dag alleen bij ‘gestopt’ mee"
    )
    if shown.undated:
        small += f" · {count(shown.undated, 'team staat', 'teams staan')} er niet in: nog geen dag"
    charts.show(
        reuse(progress_lines, shown, screen.look),
        f"verspreiding_{dossier.project_id}",
        "Aantal teams en locaties, nu of volgens plan: "
        + ", ".join(f"{line.label} {line.teams[-1]}" for line in shown.lines)
        + ".",
        small + ".",
    )


def change_trait(dossier: Dossier, screen: Screen) -> None:
    """Draw the five traits as bars."""
    names = {each.id: each.name for each in load.questionnaire(TRAITS).questions}
    shown = reuse(traits, dossier, names)
    if all(each.score is None for each in shown):
        return
    charts.show(
        reuse(trait_bars, shown, screen.look),
        f"kenmerken_{dossier.project_id}",
        "Kenmerken van 1 tot en met 5: "
        + ", ".join(f"{each.name} {each.score or 'nog geen cijfer'}" for each in shown)
        + ".",
        "1 tot en met 5 · hoe hoger, hoe makkelijker anderen het overnemen · geen meting",
    )
    if screen.look.narrow:
        noted = [each for each in shown if each.note]
        st.markdown("  \n".join(f"**{each.name}** · {plain(each.note)}" for each in noted))


def spread_risk(dossier: Dossier, screen: Screen) -> None:
    """Draw the risks in a matrix, with their names beside it."""
    shown = reuse(risks, dossier)
    if not any(risk.weight for risk in shown):
        return
    left, right = st.columns(WIDE_LEFT, gap="large")
    with left:
        charts.show(
            reuse(risk_matrix, shown, screen.look),
            f"afbreukrisico_{dossier.project_id}",
            "Matrix van kans en gevolg: " + "; ".join(_weighed(risk) for risk in shown) + ".",
            f"Kans × gevolg, elk 1 tot en met 5 · getint = {HIGH_RISK} of meer: daar hoort een "
            "maatregel bij · ▲ = nog geen maatregel",
        )
    with right:
        st.markdown("  \n".join(_line(risk) for risk in shown))


def _weighed(risk: Risk) -> str:
    return f"{risk.what}: {risk.weight or 'nog niet gewogen'}"


def _line(risk: Risk) -> str:
    words = f"{risk.number}\\. {plain(risk.what)} · "
    if risk.weight is None:
        return words + ":gray[nog niet gewogen]"
    words += f"{risk.chance} × {risk.impact} = {risk.weight}"
    return f"**▲ {words} · nog geen maatregel**" if risk.uncovered else words


def effect_action(dossier: Dossier, screen: Screen) -> None:
    """Tell per effect how its steps stand."""
    shown = reuse(effects, dossier)
    for each in shown:
        words = f" · {plain(each.words)}" if each.words else ""
        st.markdown("  \n".join([f"**{plain(each.whom)}**{words}", *map(plain, each.steps)]))
