"""The files of a project on the screen: adding, describing, downloading and taking away.

A file is only ever downloaded; nothing of it is drawn.
"""

from __future__ import annotations

from typing import Any, cast

import streamlit as st

from borging import clock
from borging.domain.attachments import ALLOWED, LONGEST_NOTE, MOST_BYTES
from borging.domain.wording import day, size
from borging.services.dossier.dossier import Dossier
from borging.store.commands import attachments as commands
from borging.store.commands.attachments import ENTITY, Added
from borging.store.commands.rows import Row, RowsChangedError, RowsError
from borging.ui import edition, grid, load, tables
from borging.ui.frame import Screen
from borging.ui.text import plain, unbroken

MEGABYTES = MOST_BYTES // 1024**2
ABOUT = (
    "Bewaar hier wat u als bewijs wilt kunnen laten zien, en koppel het bij de vragen of het "
    "dossier. Zet er geen gegevens van cliënten in: iedereen met toegang tot deze app kan het "
    "downloaden."
)
CHOOSE_FIRST = f"Kies eerst een bestand van hoogstens {MEGABYTES} MB."


def draw(dossier: Dossier, screen: Screen) -> None:
    """Draw the folded part with every file of the project, and the form for one more."""
    files = of_project(dossier.project_id)
    part = tables.folded(f"**Bestanden** · {len(files) or 'nog leeg'}", "bestanden", keep=True)
    if part is None:
        return
    key = f"bestanden_{dossier.project_id}"
    with part:
        st.markdown(f":small[:gray[{ABOUT}]]")
        for each in files:
            _file(each, dossier.project_id, key, screen)
        _add(dossier.project_id, key, screen)
        grid.refusal(key)
        grid.told(key)


def of_project(project_id: int) -> list[dict[str, Any]]:
    """Return the files of a project without their bytes (see `queries.attachments.files_of`)."""
    table = load.files(project_id).astype(object)
    return cast("list[dict[str, Any]]", table.where(table.notna(), None).to_dict("records"))


def download(file: dict[str, Any], label: str, key: str) -> None:
    """Draw a button that downloads a file; its bytes are read when it is pressed."""
    file_id = int(file["id"])
    st.download_button(
        label,
        data=lambda: load.file_content(file_id),
        file_name=file["name"],
        mime=file["media_type"],
        key=f"{key}_download_{file_id}",
        type="tertiary",
        on_click="ignore",
    )


def ask(key: str) -> Any:
    """Draw the choice of a file on the machine of the visitor; None until there is one.

    The app says itself, in Dutch, which files it takes; so the browser leaves nothing out.
    """
    return st.file_uploader(
        f"Bestand: {ALLOWED}, hoogstens {MEGABYTES} MB", key=key, max_upload_size=MEGABYTES
    )


def _file(file: dict[str, Any], project_id: int, key: str, screen: Screen) -> None:
    added = day(file["added_at"].tz_convert(clock.ZONE.key))
    about = " · ".join(filter(None, (file["note"], f"{added}, {file['added_by']}")))
    small = unbroken(plain(about))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f"**{plain(file['name'])}** · {size(file['size'])}  \n:small[:gray[{small}]]",
            width="stretch",
        )
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            download(file, "Downloaden", key)
            _change(file, project_id, key, screen)


def _change(file: dict[str, Any], project_id: int, key: str, screen: Screen) -> None:
    name = f"{key}_{file['id']}"
    inside = st.popover("Wijzigen", type="tertiary", key=f"{name}_wijzigen", on_change="rerun")
    if not inside.open:
        return
    based = edition.based_on(name, file)
    at = f"{name}_{edition.number(key)}"
    with inside, st.form(f"{at}_form", border=False, enter_to_submit=False):
        note = st.text_input(
            "Wat is het?", based["note"] or "", max_chars=LONGEST_NOTE, key=f"{at}_wat"
        )
        with st.container(horizontal=True):
            saved = st.form_submit_button("Opslaan", type="primary")
            removed = st.form_submit_button("Weghalen", type="tertiary")
    if not (saved or removed):
        return
    row = Row(
        f"‘{file['name']}’",
        None if removed else {"note": note},
        id=int(file["id"]),
        version=int(based["version"]),
        before={"note": based["note"]},
    )
    try:
        commands.describe_file(load.engine(), screen.actor, project_id, row)
    except RowsChangedError as refusal:
        based["version"] = refusal.versions[int(file["id"])]
        grid.say(key, *refusal.sentences, grid.SAVE_ANYWAY, refused=True)
        return
    except RowsError as refusal:
        grid.say(key, *refusal.sentences, grid.NOT_SAVED, refused=True)
        return
    words = f"‘{file['name']}’ {'weggehaald' if removed else 'opgeslagen'}."
    edition.done(key, words, entity=ENTITY, ids=[int(file["id"])])


def _add(project_id: int, key: str, screen: Screen) -> None:
    at = f"{key}_{edition.number(key)}"
    with st.form(f"{at}_nieuw", border=False, enter_to_submit=False):
        given = ask(f"{at}_bestand")
        note = st.text_input("Wat is het?", max_chars=LONGEST_NOTE, key=f"{at}_nieuw_wat")
        pressed = st.form_submit_button("Toevoegen", type="primary")
    if not pressed:
        return
    if given is None:
        grid.say(key, CHOOSE_FIRST, refused=True)
        return
    try:
        made = commands.add_file(
            load.engine(), screen.actor, project_id, given.name, given.getvalue(), note
        )
    except RowsError as refusal:
        grid.say(key, *refusal.sentences, refused=True)
        return
    edition.done(key, said(made), entity="" if made.known else ENTITY, ids=[made.id])


def said(made: Added) -> str:
    """Return what is told of a file that was added."""
    if made.known:
        return f"Dit bestand stond er al, als ‘{made.name}’; het is niet nog eens bewaard."
    return f"‘{made.name}’ toegevoegd."
