"""Writing down a scenario: its changes, its name, making it the plan and taking that back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from borging import clock
from borging.domain.changes import ChangeError
from borging.domain.plan_rows import PlanRow, ScenarioStatus
from borging.services import scenario_rows, scenarios
from borging.services.scenarios import Basis, Laid, Saved
from borging.services.wording import count, day
from borging.store.commands import scenarios as commands
from borging.store.commands.scenarios import ScenarioRefusedError
from borging.ui import load, scenario_form, tables
from borging.ui.frame import Screen
from borging.ui.text import plain

NOTICE = "scenario_melding"
ROWS = {"label": "Wat", "before": "Nu", "after": "Wordt"}
NOBODY = "iemand die niet zei wie hij was"


def say(words: str, *, refused: bool = False) -> None:
    """Keep what the next run tells."""
    st.session_state[NOTICE] = (words, refused)


def notice() -> None:
    """Say what was done last, or why it was not."""
    said = st.session_state.pop(NOTICE, None)
    if said is None:
        return
    words, refused = said
    if refused:
        st.warning(plain(words))
    else:
        st.markdown(f":green[✓] {plain(words)}")


def _do(what: Callable[[], Any], done: str) -> bool:
    """Write something and keep what to say of it; say whether it was written."""
    try:
        what()
    except (ScenarioRefusedError, ChangeError) as refusal:
        say(str(refusal), refused=True)
        return False
    say(done)
    return True


def changes(scenario: Saved, one: Laid | None, basis: Basis, screen: Screen) -> None:
    """Show what a scenario changes, with a button that takes each change away, and add more."""
    st.header("Wat verandert er?", anchor=False)
    st.markdown(_origin(scenario))
    if scenario.broken:
        st.warning(plain(scenario.broken))
    if one is None:
        return
    if not one.said:
        st.markdown("Nog geen wijzigingen: dit is het plan van nu.")
    for place, said in enumerate(one.said):
        with st.container(horizontal=True, vertical_alignment="center"):
            mark = "" if said.made else ":orange[▲ Kan niet meer.] "
            st.markdown(f"{place + 1}\\. {mark}{plain(said.words)}", width="stretch")
            st.button(
                "Weghalen",
                key=f"weg_{scenario.id}_{place}",
                type="tertiary",
                on_click=_take_away,
                args=(scenario, place, screen),
            )
    with st.container(horizontal=True):
        with st.popover("Wijziging toevoegen", type="secondary"):
            scenario_form.fields(basis)
            st.button(
                "Toevoegen",
                key="wijziging_toevoegen",
                type="primary",
                on_click=_add,
                args=(scenario, basis, screen),
            )
        _about(scenario, screen)


def _origin(scenario: Saved) -> str:
    parts = [f"Gemaakt op {day(scenario.created_on)} door {scenario.created_by or NOBODY}"]
    if scenario.note:
        parts.append(scenario.note)
    return f":small[:gray[{plain(' · '.join(parts))}]]"


def _take_away(scenario: Saved, place: int, screen: Screen) -> None:
    left = [change for at, change in enumerate(scenario.changes) if at != place]
    _write(scenario, screen, "Wijziging weggehaald.", changes=left)


def _write(scenario: Saved, screen: Screen, done: str, **values: Any) -> bool:
    def change() -> None:
        commands.change_scenario(
            load.engine(), screen.actor, scenario.id, scenario.version, **values
        )

    return _do(change, done)


def _add(scenario: Saved, basis: Basis, screen: Screen) -> None:
    made = scenario_form.made()
    if isinstance(made, str):
        say(made, refused=True)
        return
    if why := scenarios.refusal(basis, scenario, made):
        say(why, refused=True)
        return
    _write(scenario, screen, "Wijziging toegevoegd.", changes=[*scenario.changes, made])


def _about(scenario: Saved, screen: Screen) -> None:
    """Change the name and the note of a scenario, or remove it."""
    name, note = (
        f"scenario_{field}_{scenario.id}_{scenario.version}" for field in ("naam", "noot")
    )
    with st.popover("Naam of verwijderen", type="tertiary"):
        st.text_input("Naam", scenario.name, key=name)
        st.text_area("Toelichting", scenario.note, key=note, height=80)
        with st.container(horizontal=True):
            st.button(
                "Opslaan",
                key="scenario_opslaan",
                type="primary",
                on_click=_rename,
                args=(scenario, screen, name, note),
            )
            st.button(
                "Scenario verwijderen",
                key="scenario_verwijderen",
                on_click=_remove,
                args=(scenario, screen),
            )


def _rename(scenario: Saved, screen: Screen, name: str, note: str) -> None:
    written = {"name": st.session_state[name], "note": st.session_state[note]}
    _write(scenario, screen, "Opgeslagen.", **written)


def _remove(scenario: Saved, screen: Screen) -> None:
    def remove() -> None:
        commands.remove_scenario(load.engine(), screen.actor, scenario.id, scenario.version)

    if _do(remove, f"‘{scenario.name}’ verwijderd."):
        st.query_params.pop("id", None)


def decide(scenario: Saved, one: Laid | None, screen: Screen) -> None:
    """Let somebody make the scenario the plan, or take that back, with what it changes."""
    if scenario.status is ScenarioStatus.ACCEPTED:
        _accepted(scenario, screen)
    elif one is not None and one.said:
        _acceptable(scenario, one, screen)


def _acceptable(scenario: Saved, one: Laid, screen: Screen) -> None:
    st.header("Wordt dit het plan?", anchor=False)
    blocked = one.blocked
    if not blocked and screen.as_of != clock.today():
        blocked = "Zet de peildatum op vandaag; dan kan dit het plan worden."
    if blocked:
        st.markdown(blocked)
        return
    rows = count(len(one.rows), "rij", "rijen")
    st.markdown(
        f"Overnemen zet {rows} van het plan op nieuwe datums. Terugdraaien kan zolang niemand die "
        "rijen wijzigt. Een ander griepseizoen is een aanname en verandert het plan niet."
    )
    _table(one.rows, ROWS, "nieuwe datums", screen)
    with st.popover("Overnemen als plan", type="primary"):
        st.markdown(f"{rows.capitalize()} krijgen nieuwe datums. Weet u het zeker?")
        st.button(
            "Ja, dit wordt het plan",
            key="scenario_overnemen",
            type="primary",
            on_click=_accept,
            args=(scenario, one.rows, screen),
        )


def _accept(scenario: Saved, rows: Sequence[PlanRow], screen: Screen) -> None:
    def accept() -> None:
        commands.accept_scenario(
            load.engine(), screen.actor, scenario.id, scenario.version, rows, clock.today()
        )

    _do(accept, f"‘{scenario.name}’ is nu het plan.")


def _accepted(scenario: Saved, screen: Screen) -> None:
    st.header("Wat is er overgenomen?", anchor=False)
    st.markdown(
        f"Op {day(scenario.accepted_on)} overgenomen als plan door "
        f"{plain(scenario.accepted_by or NOBODY)}: "
        f"{count(len(scenario.rows), 'rij', 'rijen')} van het plan veranderde."
    )
    _table(scenario.rows, ROWS | {"before": "Was", "after": "Werd"}, "overgenomen", screen)
    with st.popover("Terugdraaien"):
        st.markdown("Zet deze rijen terug zoals ze waren. Weet u het zeker?")
        st.button(
            "Ja, draai terug",
            key="scenario_terugdraaien",
            type="primary",
            on_click=_undo,
            args=(scenario, screen),
        )


def _undo(scenario: Saved, screen: Screen) -> None:
    def undo() -> None:
        commands.undo_scenario(load.engine(), screen.actor, scenario.id, scenario.version)

    _do(undo, f"‘{scenario.name}’ is teruggedraaid; het plan is weer zoals het was.")


def _table(rows: Sequence[PlanRow], headings: dict[str, str], content: str, screen: Screen) -> None:
    table = pd.DataFrame(
        [
            (
                row.label,
                scenario_rows.words_of(row.kind, row.before),
                scenario_rows.words_of(row.kind, row.after),
            )
            for row in rows
        ],
        columns=list(headings),
    )
    tables.excel_button(table, headings, content, screen)
    st.dataframe(
        table.rename(columns=headings),
        hide_index=True,
        row_height=34,
        height=min(420, 40 + 34 * len(table)),
        key="scenario_rijen",
        alt="De rijen van het plan die veranderen, met de datums ervoor en erna.",
    )
