"""Naming a file of the project in a field that tells where something is kept, and opening it.

A field holds an address, a place in words, or the name of a file. The name is enough: within a
project it never comes to mean another file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import streamlit as st

from borging.domain.attachments import files_in, folded, web_address
from borging.domain.dossier import Field, FieldType, ListDefinition
from borging.services.dossier.dossier import Dossier
from borging.store.commands import attachments as commands
from borging.store.commands.dossier import ENTITY
from borging.store.commands.rows import Row, RowsError, Save
from borging.ui import edition, grid, load
from borging.ui.dossier import attachments as attachment_parts
from borging.ui.dossier import item_form
from borging.ui.dossier.attachments import MEGABYTES
from borging.ui.frame import Screen
from borging.ui.text import plain

HINT = "Kies een bestand, of typ een adres of plek"
SAVE_FIRST = "Sla eerst op wat u in de tabel wijzigde, of kies Niet opslaan; koppel daarna."
LONGEST = 70
"""Characters of a name or an address that are shown."""


def choose(field: Field, label: str, value: str | None, dossier: Dossier, key: str) -> str | None:
    """Draw a choice of the files of the project in which anything else can be typed too."""
    names = [each["name"] for each in attachment_parts.of_project(dossier.project_id)]
    options = names if value is None or value in names else [value, *names]
    return st.selectbox(
        label,
        options,
        index=None if value is None else options.index(value),
        placeholder=HINT,
        accept_new_options=True,
        key=key,
        help=field.help or None,
        persist_state="session",
    )


def several(dossier: Dossier, key: str) -> tuple[str, ...]:
    """Draw a choice of files of the project; return their names."""
    names = [each["name"] for each in attachment_parts.of_project(dossier.project_id)]
    if not names:
        st.markdown(":small[:gray[Een bestand als bewijs? Voeg het eerst toe bij Bestanden.]]")
        return ()
    chosen = st.multiselect(
        "Welke bestanden laten dit zien?",
        names,
        placeholder="Kies bestanden",
        select_all=False,
        key=key,
    )
    return tuple(chosen)


def declared(heading: str, evidence: str, dossier: Dossier, key: str) -> None:
    """Draw what a declaration rests on: its words, and its files to download.

    heading: in Markdown. A file that was taken away since is still named in the words.
    """
    files = _by_name(dossier)
    there = [name for name in files_in(evidence) if folded(name) in files]
    lines = [line for line in evidence.splitlines() if not set(files_in(line)) & set(there)]
    st.markdown("\n\n".join([heading, *map(plain, lines)]))
    for name in there:
        attachment_parts.download(files[folded(name)], f"↓ {plain(name)}", key)


def beside(
    list_definition: ListDefinition,
    dossier: Dossier,
    screen: Screen,
    key: str,
    items: Mapping[int, dict[str, Any]],
    *,
    fixed: bool,
    given: Mapping[str, Any] | None = None,
    save: Save | None = None,
) -> None:
    """Draw a button that opens what the fields of a list name, and links a file to one of them.

    key: of the table or form it stands beside. items: its rows, as `item_form.by_number` gives
    them. fixed, save: as `item_lists.table` takes them; without save nothing can be linked,
    because the form itself offers the files. given: its preset.
    """
    links = [field for field in list_definition.fields if field.type == FieldType.LINK]
    if not links:
        return
    files = _by_name(dossier)
    there = list(_openable(links, items, files))
    if not there and save is None:
        return
    count = f" · {len(there)}" if there else ""
    inside = st.popover(
        f"Bestanden en links{count}", type="tertiary", key=f"{key}_bewijs", on_change="rerun"
    )
    if not inside.open:
        return
    labels = item_form.labels(list_definition, dossier, items, fixed=fixed)
    with inside:
        for number, name, value in there:
            _open(labels[number], value, files, f"{key}_{number}_{name}")
        if save is None:
            return
        if grid.waiting(key):
            st.markdown(SAVE_FIRST)
        elif items:
            _link(
                links[0], dossier, screen, key, (list_definition, items, labels, given or {}, save)
            )
        else:
            st.markdown("Schrijf eerst een regel in de tabel; koppel daarna een bestand.")


def _by_name(dossier: Dossier) -> dict[str, dict[str, Any]]:
    return {folded(each["name"]): each for each in attachment_parts.of_project(dossier.project_id)}


def _openable(
    links: list[Field], items: Mapping[int, dict[str, Any]], files: Mapping[str, Any]
) -> Iterator[tuple[int, str, str]]:
    """Give row, field and what that names, where it is an address or a file."""
    for number, row in items.items():
        for field in links:
            value = row[field.id]
            if value is not None and (folded(value) in files or web_address(value)):
                yield number, field.id, value


def _open(label: str, value: str, files: Mapping[str, Any], key: str) -> None:
    address, file = web_address(value), files.get(folded(value))
    st.markdown(f":small[{plain(_short(label))}]")
    if file:
        attachment_parts.download(file, f"↓ {plain(_short(file['name']))}", key)
    elif address:
        st.markdown(f"[{plain(_short(value))}]({address})")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


Table = tuple[
    ListDefinition, Mapping[int, dict[str, Any]], Mapping[int, str], Mapping[str, Any], Save
]
"""A list, its rows by number, what these are called, the fields that are given, how to save."""


def _link(field: Field, dossier: Dossier, screen: Screen, key: str, table: Table) -> None:
    definition, items, labels, given, save = table
    at = f"{key}_koppelen_{edition.number(key)}"
    names = [each["name"] for each in attachment_parts.of_project(dossier.project_id)]
    with st.form(at, border=False, enter_to_submit=False):
        number = st.selectbox(
            "Waar hoort het bestand bij?",
            list(items),
            index=None,
            format_func=lambda each: labels[each],
            placeholder="Kies",
            key=f"{at}_regel",
        )
        upload = attachment_parts.ask(f"{at}_bestand")
        known = None
        if names:
            known = st.selectbox(
                "Of een bestand dat er al is",
                names,
                index=None,
                placeholder="Kies",
                key=f"{at}_bekend",
            )
        pressed = st.form_submit_button("Koppelen", type="primary")
    if not pressed:
        return
    if number is None or not (upload or known):
        st.warning(f"Kies waar het bestand bij hoort, en een bestand van hoogstens {MEGABYTES} MB.")
        return
    kept: tuple[str, ...] = ()
    try:
        name = known or ""
        if upload is not None:
            name = commands.add_file(
                load.engine(), screen.actor, dossier.project_id, upload.name, upload.getvalue()
            ).name
            kept = (f"Het bestand is wel bewaard, als ‘{name}’; kies het hierboven.",)
        written = save([_with(field, name, items[number], definition, given)])
    except RowsError as refusal:
        st.warning("  \n".join(plain(words) for words in (*refusal.sentences, *kept)))
        return
    there = items[number][field.id]
    before = f" in plaats van ‘{_short(there)}’" if there not in (None, name) else ""
    edition.done(key, f"‘{name}’ gekoppeld{before}.", entity=ENTITY, ids=written)


def _with(
    field: Field,
    name: str,
    row: Mapping[str, Any],
    list_definition: ListDefinition,
    given: Mapping[str, Any],
) -> Row:
    """Return a row as it was read with a file in one of its fields."""
    before = {each.id: row[each.id] for each in list_definition.fields} | dict(given)
    after = before | {field.id: name}
    if row["id"] is None:
        return Row(list_definition.one.capitalize(), after)
    known = int(row["id"]), int(row["version"])
    return Row(list_definition.one.capitalize(), after, *known, before=before)
