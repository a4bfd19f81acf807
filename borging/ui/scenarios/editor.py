"""Writing down a scenario: its changes, its name, making it the plan and taking that back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Literal

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from borging import clock
from borging.domain.changes import ChangeError
from borging.domain.plan_rows import PlanRow, ScenarioStatus
from borging.domain.texts import longest
from borging.domain.wording import count, day, number
from borging.services.scenarios import rows as scenario_rows
from borging.services.scenarios import view as scenarios
from borging.services.scenarios.view import Basis, Laid, Saved
from borging.store.commands import scenarios as commands
from borging.store.commands.scenarios import LONGEST_NAME, ScenarioRefusedError
from borging.ui import load, tables
from borging.ui.frame import Screen
from borging.ui.scenarios import changes as scenario_changes
from borging.ui.scenarios import form as scenario_form
from borging.ui.text import plain

NOTICE, WRITTEN = "scenario_melding", "scenario_geschreven"
ADDING, NAMING = "wijziging_erbij", "scenario_over"
ACCEPTING, UNDOING = "scenario_overnemen_vraag", "scenario_terugdraaien_vraag"
ROWS = {"label": "Wat", "before": "Nu", "after": "Wordt"}


def say(words: str, *, refused: bool = False, place: str = "") -> None:
    """Keep what the next run tells. place: the popover it is about, which then stays open.

    A popover closes when what was filled in has been written.
    """
    st.session_state[NOTICE] = (words, refused, place)
    if not refused:
        st.session_state[WRITTEN] = st.session_state.get(WRITTEN, 0) + 1


def notice(place: str = "") -> DeltaGenerator:
    """Say what was done last, or why it was not, in the place that it is about; return the room.

    What is below keeps its place when there is nothing to say: a popover that moves, closes.
    """
    box = st.container()
    words, refused, where = st.session_state.get(NOTICE, ("", False, ""))
    if not words or place != (where if refused else ""):
        return box
    del st.session_state[NOTICE]
    if refused:
        box.warning(plain(words))
    else:
        box.markdown(f":green[✓] {plain(words)}")
    return box


def unsaid(box: DeltaGenerator) -> None:
    """Say in a room why something was not done, when the place it is about is not there now."""
    words, _refused, _where = st.session_state.pop(NOTICE, ("", False, ""))
    if words:
        box.warning(plain(words))


def popover(
    label: str, place: str, look: Literal["primary", "secondary", "tertiary"] = "secondary"
) -> DeltaGenerator:
    """Draw a popover that closes as soon as something was written."""
    return st.popover(label, type=look, key=f"{place}_{st.session_state.get(WRITTEN, 0)}")


def _do(what: Callable[[], Any], done: str, place: str = "") -> bool:
    """Write something and keep what to say of it; say whether it was written.

    place: the popover that stays open with the reason when it was refused.
    """
    try:
        what()
    except (ScenarioRefusedError, ChangeError) as refusal:
        say(str(refusal), refused=True, place=place)
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
    scenario_changes.show(
        f"{scenario.id}_{scenario.version}",
        one.said,
        partial(_take_away, scenario, screen),
        screen,
    )
    with st.container(horizontal=True):
        with popover("Wijziging toevoegen", ADDING):
            notice(ADDING)
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
    by = f" door {scenario.created_by}" if scenario.created_by else ""
    parts = [f"Gemaakt op {day(scenario.created_on)}{by}"]
    if scenario.note:
        parts.append(scenario.note)
    return f":small[:gray[{plain(' · '.join(parts))}]]"


def _take_away(scenario: Saved, screen: Screen, places: Sequence[int]) -> None:
    left = [change for at, change in enumerate(scenario.changes) if at not in places]
    gone = len(scenario.changes) - len(left)
    done = "Wijziging weggehaald." if gone == 1 else f"{number(gone)} wijzigingen weggehaald."
    _write(scenario, screen, done, changes=left)


def _write(scenario: Saved, screen: Screen, done: str, place: str = "", **values: Any) -> bool:
    def change() -> None:
        commands.change_scenario(
            load.engine(), screen.actor, scenario.id, scenario.version, **values
        )

    return _do(change, done, place)


def _add(scenario: Saved, basis: Basis, screen: Screen) -> None:
    made = scenario_form.made()
    if isinstance(made, str):
        say(made, refused=True, place=ADDING)
        return
    if why := scenarios.refusal(basis, scenario, made):
        say(why, refused=True, place=ADDING)
        return
    _write(scenario, screen, "Wijziging toegevoegd.", changes=[*scenario.changes, made])


def _about(scenario: Saved, screen: Screen) -> None:
    """Change the name and the note of a scenario, or remove it."""
    key = f"scenario_over_{scenario.id}_{st.session_state.get(WRITTEN, 0)}"
    name, note = f"{key}_naam", f"{key}_noot"
    seen = st.session_state.setdefault(
        f"{key}_basis", {"name": scenario.name, "note": scenario.note}
    )
    with popover("Naam of verwijderen", NAMING, "tertiary"):
        notice(NAMING)
        st.text_input("Naam", seen["name"], key=name, max_chars=LONGEST_NAME)
        st.text_area(
            "Toelichting", seen["note"], max_chars=longest("scenario.note"), key=note, height=80
        )
        with st.container(horizontal=True):
            st.button(
                "Opslaan",
                key="scenario_opslaan",
                type="primary",
                on_click=_rename,
                args=(scenario, screen, seen, {"name": name, "note": note}),
            )
            _offer_removal(scenario, screen)


def _offer_removal(scenario: Saved, screen: Screen) -> None:
    """Ask before a scenario goes: there is no way back."""
    asked = f"scenario_weg_{scenario.id}"
    if not st.session_state.get(asked):
        st.button(
            "Scenario verwijderen",
            key="scenario_verwijderen",
            on_click=lambda: st.session_state.update({asked: True}),
        )
        return
    st.markdown("Verwijderen kan niet worden teruggedraaid.")
    st.button("Ja, verwijderen", key="scenario_weg_ja", on_click=_remove, args=(scenario, screen))
    st.button(
        "Laat staan",
        key="scenario_weg_nee",
        on_click=lambda: st.session_state.update({asked: False}),
    )


def _rename(
    scenario: Saved, screen: Screen, seen: Mapping[str, str], keys: Mapping[str, str]
) -> None:
    """Write what was typed; what somebody else wrote meanwhile in another field stays."""
    written = {field: st.session_state[key] for field, key in keys.items()}
    mine = {field: value for field, value in written.items() if value != seen[field]}
    _write(scenario, screen, "Opgeslagen.", NAMING, **mine)


def _remove(scenario: Saved, screen: Screen) -> None:
    def remove() -> None:
        commands.remove_scenario(load.engine(), screen.actor, scenario.id, scenario.version)

    if _do(remove, f"‘{scenario.name}’ verwijderd.", NAMING):
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
    with popover("Overnemen als plan", ACCEPTING, "primary"):
        notice(ACCEPTING)
        st.markdown(f"Dit wijzigt {rows} van het plan. Weet u het zeker?")
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

    _do(accept, f"‘{scenario.name}’ is nu het plan.", ACCEPTING)


def _accepted(scenario: Saved, screen: Screen) -> None:
    st.header("Wat is er overgenomen?", anchor=False)
    by = f" door {plain(scenario.accepted_by)}" if scenario.accepted_by else ""
    st.markdown(
        f"Op {day(scenario.accepted_on)} overgenomen als plan{by}: "
        f"{count(len(scenario.rows), 'rij', 'rijen')} van het plan veranderde."
    )
    _table(scenario.rows, ROWS | {"before": "Was", "after": "Werd"}, "overgenomen", screen)
    with popover("Terugdraaien", UNDOING):
        notice(UNDOING)
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

    _do(undo, f"‘{scenario.name}’ is teruggedraaid; het plan is weer zoals het was.", UNDOING)


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
    shown = ("label", "after", "before") if screen.look.narrow else tuple(headings)
    st.dataframe(
        table[list(shown)].rename(columns=headings),
        hide_index=True,
        row_height=34,
        height=min(420, 40 + 34 * len(table)),
        key="scenario_rijen",
        column_config={
            heading: st.column_config.TextColumn(width=160)
            for heading in headings.values()
            if screen.look.narrow
        },
        alt="De rijen van het plan die veranderen, met de datums ervoor en erna.",
    )
