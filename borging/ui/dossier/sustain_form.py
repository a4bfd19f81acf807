"""Declaring the result geborgd, confirming it, or saying that it has relapsed."""

from __future__ import annotations

import streamlit as st

from borging import clock
from borging.domain.sustain import LONGEST_EVIDENCE, RECONFIRM_AFTER_MONTHS, Declaration
from borging.domain.terms import Sustain
from borging.domain.wording import day
from borging.services.dossier.dossier import Dossier
from borging.services.dossier.project import ProjectView
from borging.store.commands.rows import RowsError
from borging.store.commands.sustain import UnusualDeclarationError, declare
from borging.ui import edition, grid, load, people_field, tables
from borging.ui.dossier import attachment_field
from borging.ui.frame import Screen
from borging.ui.text import plain

ANYWAY = "Er is nog niets vastgelegd. Klopt dit toch? Vink aan dat u dit weet en leg het vast."
NEXT = {
    Sustain.SUSTAINING: "Als het resultaat gewoon werk is geworden, verklaart iemand in de lijn "
    "dat het geborgd is.",
    Sustain.SUSTAINED: "Bevestig het opnieuw voordat het verloopt, of leg vast dat het terugviel.",
    Sustain.RECONFIRM: "De verklaring is verlopen: bevestig haar, of leg vast dat het terugviel.",
    Sustain.RELAPSED: "Het is teruggevallen. Werkt het weer, verklaar het dan opnieuw geborgd.",
    Sustain.UNKNOWN: "De stand van het project is onbekend: vul die in bij Gegevens.",
    Sustain.NOT_APPLICABLE: "Borgen begint als het project loopt; nu valt er niets te verklaren.",
}


def draw(view: ProjectView, dossier: Dossier, screen: Screen) -> None:
    """Draw the folded part with what was declared, and the form for a new declaration."""
    project = dossier.project
    state: Sustain = project["sustain"]
    st.subheader("Geborgd?", anchor="borging")
    part = tables.folded(f"{state.label} · **Wat nu?** {NEXT[state]}", "borging", keep=True)
    if part is None:
        return
    key = f"borging_{dossier.project_id}"
    with part:
        if project["verdict"]:
            who = plain(project["declared_by"] or "onbekend")
            word = Sustain(project["verdict"]).label
            heading = f"**{word}** · {who}, {day(project['declared_on'])}"
            attachment_field.declared(heading, project["evidence"] or "", dossier, key)
        months = RECONFIRM_AFTER_MONTHS
        st.markdown(f":gray[Een verklaring geldt {months} maanden.]")
        at = f"{key}_{edition.number(key)}"
        verdicts = [Sustain.SUSTAINED.value]
        if project["verdict"] == Sustain.SUSTAINED:
            verdicts.append(Sustain.RELAPSED.value)
        labels = {Sustain.SUSTAINED.value: "geborgd", Sustain.RELAPSED.value: "teruggevallen"}
        verdict = st.radio(
            "Wat verklaart u?",
            verdicts,
            horizontal=True,
            format_func=lambda each: labels[each],
            key=f"{at}_verdict",
        )
        asked = st.session_state.get(f"{at}_asked", False)
        with st.form(f"{at}_formulier", border=False, enter_to_submit=False):
            relapse = verdict == Sustain.RELAPSED
            who_says = people_field.who(
                "Wie in de lijn verklaart dit?",
                dossier.project["owner_id"],
                f"{at}_who",
                help="Niet de projectleider: het gaat om wie het straks draagt.",
            )
            on = st.date_input("Op welke dag?", clock.today(), format="DD-MM-YYYY", key=f"{at}_day")
            evidence = st.text_area(
                "Waardoor viel het terug?" if relapse else "Waaruit blijkt het?",
                "" if relapse else view.evidence,
                max_chars=LONGEST_EVIDENCE,
                height="content",
                key=f"{at}_evidence_{verdict}",
            )
            files = attachment_field.several(dossier, f"{at}_files_{verdict}")
            knowing = asked and st.checkbox("Ik weet dit, en leg het toch vast", key=f"{at}_weet")
            saved = st.form_submit_button("Vastleggen", type="primary")
        if saved:
            declaration = Declaration(str(verdict), on, who_says, evidence, files)
            _save(declaration, dossier, screen, key, at, knowing=bool(knowing))
        grid.refusal(key)
        grid.told(key)


def _save(
    said: Declaration, dossier: Dossier, screen: Screen, key: str, at: str, *, knowing: bool
) -> None:
    try:
        made = declare(
            load.engine(), screen.actor, dossier.project_id, said, clock.today(), knowing=knowing
        )
    except UnusualDeclarationError as unusual:
        grid.say(key, *unusual.sentences, ANYWAY, refused=True)
        st.session_state[f"{at}_asked"] = True
        st.rerun()
    except RowsError as refusal:
        grid.say(key, *refusal.sentences, grid.NOT_SAVED, refused=True)
        return
    words = f"{Sustain(said.verdict).label.capitalize()} vastgelegd."
    edition.done(key, words, "sustain_declaration", [made])
