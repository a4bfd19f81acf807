"""Which scenario the screen is about, which ones stand beside it, and making a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from borging import clock
from borging.domain.changes import ChangeError
from borging.domain.plan_rows import ScenarioStatus
from borging.domain.texts import longest
from borging.services.scenarios.view import MOST, Basis, Saved
from borging.store.commands import scenarios as commands
from borging.store.commands.scenarios import LONGEST_NAME, ScenarioRefusedError
from borging.ui import frame, links, load
from borging.ui.frame import Screen
from borging.ui.scenarios.editor import notice, popover, say
from borging.ui.text import plain

ID, BESIDE = "id", "naast"
NEW, NAME, NOTE = "scenario_nieuw", "scenario_naam", "scenario_toelichting"


@dataclass(frozen=True)
class Choice:
    """scenario: the one that is chosen. beside: what stands beside the plan, that one first."""

    scenario: Saved | None
    beside: tuple[Saved, ...]

    @property
    def live(self) -> bool:
        """Say whether the chosen one can be laid on the plan: one that is the plan cannot."""
        return self.scenario is not None and self.scenario in self.beside


def choose(saved: Sequence[Saved], basis: Basis) -> Choice:
    """Let somebody choose a scenario and what to lay beside it; say when it is not there."""
    if not saved or basis.empty:
        return Choice(None, ())
    by_id = {str(each.id): each for each in saved}
    linked = st.query_params.get(ID, str(saved[0].id))
    if linked not in by_id:
        st.warning(f"Er is geen scenario met nummer {plain(linked[:40])}. Kies een ander.")
    st.session_state["scenario_keuze"] = linked if linked in by_id else None
    names = [each.name for each in saved]
    kept = [name for name in st.session_state.get(BESIDE, []) if name in names]
    if kept != st.session_state.get(BESIDE, kept):
        st.session_state[BESIDE] = kept
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Scenario",
            list(by_id),
            format_func=lambda each: _label(by_id[each]),
            key="scenario_keuze",
            placeholder="Kies een scenario",
            on_change=_remember,
            width=360,
        )
        others = st.multiselect(
            "Ernaast",
            names,
            key=BESIDE,
            bind="query-params",
            placeholder="geen",
            max_selections=MOST - 1,
            select_all=False,
            width=360,
        )
    scenario = by_id.get(chosen or "")
    wanted = [scenario] if scenario else []
    wanted += [each for each in saved if each.name in others and each is not scenario]
    return Choice(
        scenario, tuple(each for each in wanted if each.status is not ScenarioStatus.ACCEPTED)
    )


def _label(scenario: Saved) -> str:
    if scenario.status is ScenarioStatus.DRAFT:
        return scenario.name
    return f"{scenario.name} ({scenario.status.label})"


def _remember() -> None:
    st.query_params[ID] = str(st.session_state["scenario_keuze"])


def nothing_here(basis: Basis, screen: Screen) -> None:
    """Say what to do when there is no plan to change."""
    if screen.all_projects.empty:
        frame.nothing_here(screen)
        return
    if basis.plan.functions.empty or basis.plan.demand.empty:
        st.markdown(
            "Een scenario verschuift het werk van projecten. Vul eerst in welke functies er zijn "
            "en wat projecten van hen vragen."
        )
        st.page_link(links.screen("capaciteit"), label="Naar Capaciteit")


def new(screen: Screen) -> None:
    """Let somebody begin a scenario."""
    with popover("Nieuw scenario", NEW):
        notice(NEW)
        st.text_input(
            "Naam", key=NAME, max_chars=LONGEST_NAME, placeholder="Overdrachten na de griep"
        )
        st.text_area(
            "Toelichting (mag leeg blijven)",
            max_chars=longest("scenario.note"),
            key=NOTE,
            height=80,
        )
        st.button("Maken", key="scenario_maken", type="primary", on_click=_make, args=(screen,))


def _make(screen: Screen) -> None:
    name, note = st.session_state[NAME], st.session_state[NOTE]
    try:
        made = commands.save_scenario(load.engine(), screen.actor, name, [], clock.today(), note)
    except (ScenarioRefusedError, ChangeError) as refusal:
        say(str(refusal), refused=True, place=NEW)
        return
    st.session_state[NAME] = st.session_state[NOTE] = ""
    st.query_params[ID] = str(made)
    say(f"‘{' '.join(name.split())}’ gemaakt. Voeg hieronder wijzigingen toe.")
