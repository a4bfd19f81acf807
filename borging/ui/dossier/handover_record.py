"""Recording that a result was handed over, with what will happen said first; taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from borging import clock
from borging.domain import handover as rules
from borging.domain.dossier import all_lists
from borging.domain.wording import count, day, listed
from borging.services.dossier import handover as services
from borging.services.dossier.dossier import Dossier
from borging.services.dossier.handover import Consequences
from borging.store.commands import handovers as commands
from borging.store.commands.handovers import Handover, HandoverError
from borging.store.commands.rows import RowsError
from borging.store.queries.handovers import Made
from borging.ui import load
from borging.ui.frame import Screen
from borging.ui.text import plain

NOTICE = "overdracht_melding"
NAMED = 15
"""Names of open questions and actions that are written out."""


def draw(result: Mapping[str, Any], dossier: Dossier, screen: Screen) -> None:
    """Draw what records the handover of a result, or takes it back."""
    if screen.as_of != clock.today():
        st.markdown(
            f":small[:gray[U kijkt naar {day(screen.as_of)}. Zet de peildatum op vandaag om een "
            "overdracht vast te leggen.]]",
            width="content",
        )
    elif result["handed_over_on"] is None:
        with st.popover("Overdracht vastleggen"):
            _record(result, dossier, screen)
    else:
        words = f"Overgedragen op {day(result['handed_over_on'])}."
        st.markdown(f"● {words}", width="content")
        with st.popover("Overdracht terugdraaien", type="tertiary"):
            _take_back(result, dossier, screen)


def notice() -> None:
    """Say once what the last recording did, or why it was refused."""
    said = st.session_state.pop(NOTICE, None)
    if said and said["refused"]:
        st.warning("  \n".join(plain(words) for words in said["words"]))
    elif said:
        st.markdown(f":green[✓] {plain(' '.join(said['words']))}")


def _say(*words: str, refused: bool = False) -> None:
    st.session_state[NOTICE] = {"words": words, "refused": refused}


def _record(result: Mapping[str, Any], dossier: Dossier, screen: Screen) -> None:
    """Draw the day, what will happen, and the button; without a receiver what to do first."""
    if result["formal_receiver_id"] is None:
        st.markdown(
            "**Nog geen formele ontvanger.** Kies in de tabel met resultaten wie het in ontvangst "
            "neemt, en druk op Opslaan. Zonder naam valt er niets over te dragen."
        )
        return
    today = clock.today()
    receiver = dossier.people.get(result["formal_receiver_id"], "onbekend")
    st.markdown(f"Aan **{plain(receiver)}**." + _practical(result, dossier))
    agreed = result["agreed_on"]
    on = st.date_input(
        "Dag van overdracht",
        value=agreed if agreed and agreed <= today else today,
        max_value=today,
        format="DD-MM-YYYY",
        key=f"overdracht_dag_{result['id']}",
    )
    made = services.consequences(
        dossier,
        load.questionnaire(load.HARD_QUESTIONS),
        result["id"],
        on,
        load.left_before(dossier.project_id),
    )
    usual = rules.usual_evaluations(on)
    planned = {
        term: column.date_input(
            rules.evaluation_title(term),
            value=usual[term],
            format="DD-MM-YYYY",
            key=f"overdracht_{term}_{result['id']}_{on}",
        )
        for term, column in zip(made.terms, st.columns(max(1, len(made.terms))), strict=False)
    }
    st.markdown(f"**Wat er gebeurt:** {made.words(planned)}" + _named(made))
    st.button(
        "Overdracht vastleggen",
        key=f"overdracht_vast_{result['id']}",
        type="primary",
        on_click=_hand_over,
        args=(Handover(result["id"], result["version"], on, planned), dossier, screen, today),
    )


def _practical(result: Mapping[str, Any], dossier: Dossier) -> str:
    name = dossier.people.get(result["practical_receiver_id"] or 0)
    if name:
        return f" In de praktijk gaat {plain(name)} ermee verder."
    return (
        "  \n:orange[▲] Er is nog niemand die er in de praktijk mee verder gaat. Vul dat liefst "
        "eerst in: daar blijft het meeste liggen."
    )


def _named(made: Consequences) -> str:
    names = [*made.questions, *made.actions]
    if not names:
        return ""
    rest = f" en nog {len(names) - NAMED}" if len(names) > NAMED else ""
    shown = names[:NAMED]
    return f"  \n:small[:gray[{plain(', '.join(shown) if rest else listed(shown))}{rest}]]"


def _hand_over(handover: Handover, dossier: Dossier, screen: Screen, today: date) -> None:
    try:
        made = commands.hand_over(
            load.engine(),
            screen.actor,
            handover,
            load.questionnaire(load.HARD_QUESTIONS),
            all_lists(dossier.parts),
            today,
        )
    except RowsError as refusal:
        _say(*refusal.sentences, refused=True)
    except HandoverError as refusal:
        _say(str(refusal), refused=True)
    else:
        _say(f"Overdracht op {day(handover.day)} vastgelegd: {_counted(made)}.")


def _counted(made: Made) -> str:
    return listed(
        [
            count(len(made.item_ids), "restpunt", "restpunten"),
            count(len(made.evaluations), "evaluatie", "evaluaties"),
        ]
    )


def _take_back(result: Mapping[str, Any], dossier: Dossier, screen: Screen) -> None:
    st.markdown(
        "De dag van overdracht wordt leeg. Restpunten en evaluaties die erbij zijn ontstaan en die "
        "niemand wijzigde, verdwijnen weer; de andere blijven staan."
    )
    st.button(
        "Terugdraaien",
        key=f"overdracht_terug_{result['id']}",
        on_click=_undo,
        args=(result, dossier, screen),
    )


def _undo(result: Mapping[str, Any], dossier: Dossier, screen: Screen) -> None:
    try:
        hidden = commands.take_back(
            load.engine(),
            screen.actor,
            result["id"],
            result["version"],
            all_lists(dossier.parts),
        )
    except HandoverError as refusal:
        _say(str(refusal), refused=True)
        return
    _say(f"Overdracht teruggedraaid; {_counted(hidden)} weggehaald.")
