"""Writing restpunten: adding, changing in the table, closing, reopening, accepting."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from borging import clock
from borging.domain.terms import Priority
from borging.domain.texts import longest
from borging.domain.wording import count, number
from borging.store.commands import residuals as commands
from borging.store.commands.residual_problems import ItemsChangedError, ResidualError
from borging.store.commands.residuals import ItemChange, ItemFields
from borging.ui import load, people_field
from borging.ui.frame import Screen
from borging.ui.residuals import drafts as residual_drafts
from borging.ui.residuals.drafts import FIELDS, drafts
from borging.ui.text import plain

NOTICE, NEW = "restpunt_melding", "restpunt_nieuw"
ONE, MANY = "restpunt", "restpunten"


def notice(screen: Screen) -> None:
    """Say what the last action did, with the way back, or why it was refused."""
    said = st.session_state.get(NOTICE)
    if said and said["refused"]:
        st.warning("  \n".join(plain(words) for words in said["words"]))
    elif said:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":green[✓] {plain(' '.join(said['words']))}", width="content")
            if said["closed"]:
                st.button(
                    "Ongedaan maken",
                    key="restpunt_terug",
                    type="tertiary",
                    on_click=_reopen,
                    args=(said["closed"], screen),
                )
    if drafts() and not st.session_state.get("restpunt_wijzigen"):
        waiting = count(len(drafts()), "wijziging is", "wijzigingen zijn")
        st.markdown(f":orange[▲] {waiting} nog niet opgeslagen: zet ‘Wijzigen in de tabel’ aan.")


def _say(*words: str, refused: bool = False, closed: dict[int, int] | None = None) -> None:
    st.session_state[NOTICE] = {"words": words, "refused": refused, "closed": closed or {}}


def actions(rows: pd.DataFrame, screen: Screen, *, closed: bool) -> None:
    """Draw the buttons for the chosen rows."""
    ids = {int(each): int(at) for each, at in zip(rows["id"], rows["version"], strict=True)}
    with st.container(horizontal=True, vertical_alignment="center"):
        if closed:
            st.button(
                "Heropenen",
                key="restpunt_heropenen",
                disabled=not ids,
                on_click=_reopen,
                args=(ids, screen),
            )
        else:
            st.button(
                "Sluiten",
                key="restpunt_sluiten",
                disabled=not ids,
                on_click=_close,
                args=(ids, screen),
            )
            with st.popover("Aanvaarden namens de lijn", disabled=not ids):
                _accept_form(ids, screen)
        words = (
            f"{count(len(ids), ONE, MANY)} gekozen"
            if ids
            else "Kies rijen in de tabel om ze te "
            + ("heropenen." if closed else "sluiten of te aanvaarden.")
        )
        st.markdown(f":small[:gray[{words}]]", width="content")


def _accept_form(ids: dict[int, int], screen: Screen) -> None:
    names, me = load.people_by_id(), screen.actor.person_id
    person = st.selectbox(
        "Wie aanvaardt namens de lijn?",
        list(names),
        format_func=lambda each: names[each],
        index=list(names).index(me) if me in names else None,
        placeholder="Kies een persoon",
        key="restpunt_aanvaarder",
    )
    st.button(
        f"{count(len(ids), ONE, MANY)} aanvaarden",
        key="restpunt_aanvaarden",
        type="primary",
        disabled=person is None,
        on_click=_accept,
        args=(ids, person, screen),
    )


def _refused(refusal: ResidualError) -> None:
    """Say why nothing was done; after a conflict the rows on the screen are the newest."""
    if isinstance(refusal, ItemsChangedError):
        said = [each.sentence for each in refusal.conflicts]
        _say(*said, "Er is niets gedaan. Doe het opnieuw als u daarbij blijft.", refused=True)
        return
    _say(str(refusal), refused=True)


def _close(ids: dict[int, int], screen: Screen) -> None:
    try:
        done = commands.close_items(load.engine(), screen.actor, ids, clock.today())
    except ResidualError as refusal:
        _refused(refusal)
        return
    closed = {each: at + 1 for each, at in ids.items() if each in done}
    _say(f"{count(len(done), ONE, MANY)} gesloten.", closed=closed)


def _reopen(ids: dict[int, int], screen: Screen) -> None:
    try:
        done = commands.reopen_items(load.engine(), screen.actor, ids)
    except ResidualError as refusal:
        _refused(refusal)
        return
    _say(f"{count(len(done), ONE, MANY)} heropend.")


def _accept(ids: dict[int, int], person_id: int, screen: Screen) -> None:
    try:
        done = commands.accept_for_line(load.engine(), screen.actor, ids, person_id, clock.today())
    except ResidualError as refusal:
        _refused(refusal)
        return
    words = [f"{count(len(done), ONE, MANY)} aanvaard namens de lijn."]
    if already := len(ids) - len(done):
        words.append(f"{number(already)} {'was' if already == 1 else 'waren'} al belegd.")
    _say(*words)


def add(screen: Screen, project_id: int | None = None) -> None:
    """Draw the form for a new restpunt; of one project, or of one that is chosen in it."""
    with st.popover("Restpunt toevoegen"), st.form(f"{NEW}_{st.session_state.get(NEW, 0)}"):
        project = project_id or _project(screen)
        title = st.text_input("Wat moet er nog gebeuren?", max_chars=longest("residual_item.title"))
        owner = people_field.who(
            "Eigenaar in de lijn", None, f"{NEW}_eigenaar_{st.session_state.get(NEW, 0)}"
        )
        due = st.date_input("Vervaldatum", value=None, format="DD-MM-YYYY")
        priority = st.selectbox(
            "Prioriteit",
            [term.value for term in Priority],
            index=1,
            format_func=lambda each: Priority(each).label,
        )
        if st.form_submit_button("Toevoegen", type="primary"):
            _add(screen, project, ItemFields(title, owner, due, priority))


def _project(screen: Screen) -> int | None:
    projects = screen.projects.set_index("id")
    labels = {
        int(each): str(title) if code == title else f"{code} {title}"
        for each, code, title in zip(
            projects.index, projects["code"], projects["title"], strict=True
        )
    }
    found: int | None = st.selectbox(
        "Project",
        list(labels),
        index=None,
        format_func=lambda each: labels[each],
        placeholder="Kies een project",
    )
    return found


def _add(screen: Screen, project: int | None, fields: ItemFields) -> None:
    if project is None:
        st.error("Kies het project waar het restpunt uit komt.")
        return
    try:
        commands.add_item(load.engine(), screen.actor, project, fields, clock.today())
    except ResidualError as refusal:
        st.error(plain(str(refusal)))
        return
    st.session_state[NEW] = st.session_state.get(NEW, 0) + 1
    _say(f"‘{fields.title.strip()}’ toegevoegd.")
    st.rerun()


def editor(rows: pd.DataFrame, screen: Screen) -> None:
    """Draw the rows to change in place, and the button that saves what was changed."""
    names = load.people_by_id()
    stored = rows.set_index("id")[["belegd", "code", "project", *FIELDS, "version"]]
    edited = st.data_editor(
        residual_drafts.overlaid(stored.drop(columns="version")),
        hide_index=True,
        num_rows="fixed",
        placeholder="–",
        row_height=34,
        height=min(560, 40 + 34 * len(rows)),
        key=f"restpunt_tabel_{residual_drafts.edition()}",
        disabled=["belegd", "code", "project"],
        column_order=("title", "owner_id", "due")
        if screen.look.narrow
        else ("belegd", "title", "owner_id", "due", "priority", "code", "project"),
        column_config={
            "belegd": st.column_config.TextColumn("Belegd?", width=150),
            "title": st.column_config.TextColumn(
                "Restpunt", required=True, width=330, max_chars=longest("residual_item.title")
            ),
            "owner_id": st.column_config.SelectboxColumn(
                "Eigenaar in de lijn",
                options=list(names),
                format_func=lambda each: names.get(int(each), "onbekend"),
                width=180,
            ),
            "due": st.column_config.DateColumn("Vervaldatum", format="DD-MM-YYYY", width=110),
            "priority": st.column_config.SelectboxColumn(
                "Prioriteit",
                options=[term.value for term in Priority],
                format_func=lambda each: Priority(str(each)).label,
                required=True,
                width=90,
            ),
            "code": st.column_config.TextColumn("Code", width=70),
            "project": st.column_config.TextColumn("Project", width=260),
        },
        alt="Restpunten om te wijzigen: omschrijving, eigenaar, vervaldatum en prioriteit.",
    )
    residual_drafts.remember(edited, stored)
    _save_buttons(set(stored.index), screen)


def _save_buttons(visible: set[int], screen: Screen) -> None:
    n = len(drafts())
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            f"{count(n, 'wijziging', 'wijzigingen')} opslaan" if n else "Opslaan",
            key="restpunt_opslaan",
            type="primary",
            disabled=n == 0,
            on_click=_save,
            args=(screen,),
        )
        if n:
            st.button("Niet opslaan", key="restpunt_vergeten", type="tertiary", on_click=_forget)
        words = "Dubbelklik op een cel om die te wijzigen." if n == 0 else ""
        if hidden := len(drafts().keys() - visible):
            words = f"{number(hidden)} daarvan niet in beeld"
        st.markdown(f":small[:gray[{words}]]", width="content")


def _save(screen: Screen) -> None:
    changes = [
        ItemChange(each, d["version"], ItemFields(**d["before"]), ItemFields(**d["after"]))
        for each, d in drafts().items()
    ]
    try:
        lapsed = commands.change_items(load.engine(), screen.actor, changes)
    except ItemsChangedError as refusal:
        residual_drafts.rebase(load.residual_items(), {each.id for each in refusal.conflicts})
        _say(
            *(conflict.sentence for conflict in refusal.conflicts),
            "Er is niets opgeslagen en uw tekst staat er nog. Sla opnieuw op als u daarbij blijft.",
            refused=True,
        )
        return
    except ResidualError as refusal:
        residual_drafts.rebase(load.residual_items(), set())
        _say(str(refusal), "Er is niets opgeslagen; uw tekst staat er nog.", refused=True)
        return
    _forget()
    words = [f"{count(len(changes), ONE, MANY)} gewijzigd."]
    if lapsed:
        words.append(
            f"Bij {count(len(lapsed), ONE, MANY)} vervalt de aanvaarding, want de eigenaar is een "
            "ander."
        )
    _say(*words)


def _forget() -> None:
    residual_drafts.forget()
    st.session_state.pop(NOTICE, None)
