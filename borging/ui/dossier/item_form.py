"""One item of a list of a dossier as a form, from its definition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

import pandas as pd
import streamlit as st

from borging.domain.dossier import LONGEST, Field, FieldType, ListDefinition
from borging.domain.wording import day
from borging.services.dossier.dossier import Dossier
from borging.store.commands.dossier import ENTITY
from borging.store.commands.rows import Row, RowsChangedError, RowsError, Save
from borging.ui import edition, grid, people_field
from borging.ui.dossier import attachment_field, item_lists
from borging.ui.frame import Screen
from borging.ui.text import plain, unbroken

FIELD = 340
"""Pixels of the narrowest field; on a phone they stand below each other."""
SHOWN = 5
"""Fields of an item that are told in its line."""
NEW = 0
"""What stands for an item that is not there yet in the list to choose from."""


def draw(
    list_definition: ListDefinition,
    dossier: Dossier,
    screen: Screen,
    *,
    preset: Mapping[str, Any] | None = None,
    rows: pd.DataFrame | None = None,
    fixed: bool = False,
    locked: tuple[str, ...] = (),
    save: Save | None = None,
    entity: str = ENTITY,
) -> None:
    """Draw the form; for a list with more items below a choice of which one.

    The arguments are those of `item_lists.table`; rows that are given are shown by the caller.
    """
    given = dict(preset or {})
    key = item_lists.key_of(list_definition, dossier, given)
    items = by_number(dossier.lists[list_definition.key] if rows is None else rows, fixed=fixed)
    if items and not list_definition.single and rows is None:
        st.markdown(
            "\n".join(f"- {_line(list_definition, row, dossier)}" for row in items.values())
        )
    elif not items:
        st.markdown(plain(list_definition.add))
    chosen: int | None = NEW
    stored = next(iter(items.values()), None)
    if not list_definition.single:
        items = items | _being_changed(key, items)
        called = labels(list_definition, dossier, items, fixed=fixed)
        chosen = _choose(list_definition, called, key, fixed=fixed)
    attachment_field.beside(list_definition, dossier, screen, key, items, fixed=fixed)
    if chosen is None:
        grid.told(key)
        return
    stored = stored if list_definition.single else items.get(chosen)
    based = edition.based_on(f"{key}_{chosen}", stored or {})
    new = {} if based else {f.id: item_lists.default(f, dossier) for f in list_definition.fields}
    shown, at = new | based, f"{_edition(key)}_{chosen}"
    asked = [field for field in list_definition.fields if field.id not in {*given, *locked}]
    with st.form(f"{key}_{chosen}_formulier", border=False, enter_to_submit=False):
        with st.grid(2, min_column_width=FIELD):
            cells = {
                field.id: _widget(field, dossier, shown, f"{at}_{field.id}") for field in asked
            }
        with st.container(horizontal=True):
            saved = st.form_submit_button("Opslaan", type="primary")
            removed = (
                based.get("id") is not None
                and not fixed
                and st.form_submit_button("Weghalen", type="tertiary")
            )
    if saved or removed:
        kept = {name: based.get(name) for name in locked} | given
        fields = kept | {field.id: item_lists.from_cell(field, cells[field.id]) for field in asked}
        write = save or item_lists.as_items(list_definition, dossier, screen)
        _save(list_definition, write, key, based, None if removed else fields, entity)
    grid.refusal(key)
    if grid.is_refused(key):
        st.button(
            "Niet opslaan",
            key=f"{key}_vergeten",
            type="tertiary",
            on_click=grid.give_up,
            args=(key,),
        )
    grid.told(key)


def by_number(rows: pd.DataFrame, *, fixed: bool) -> dict[int, dict[str, Any]]:
    """Return the rows by their id; fixed ones by their place, below zero.

    A fixed row has no id until somebody writes in it, and what another types meanwhile belongs
    to its place.
    """
    listed = cast("list[dict[str, Any]]", rows.to_dict("records"))
    return {-place if fixed else int(row["id"]): row for place, row in enumerate(listed, start=1)}


def _being_changed(key: str, items: Mapping[int, dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """Return the item in the form when somebody else removed it meanwhile, so that it stays."""
    chosen: Any = st.session_state.get(_choice(key))
    kept = st.session_state.get(f"{key}_{chosen}_basis")
    return {chosen: kept} if kept and chosen not in items else {}


def labels(
    list_definition: ListDefinition,
    dossier: Dossier,
    items: Mapping[int, dict[str, Any]],
    *,
    fixed: bool,
) -> dict[int, str]:
    """Return what each row is called. items: as `by_number` gives them."""
    name = _fixed_name if fixed else _name
    return {number: name(list_definition, dossier, row) for number, row in items.items()}


def _name(list_definition: ListDefinition, dossier: Dossier, row: dict[str, Any]) -> str:
    """Return what an item is called in the list to choose from: by all it must have."""
    named = [field for field in list_definition.fields if field.required] or [
        list_definition.name_field
    ]
    words = [
        _shown(row[f.id], item_lists.options(f, dossier)) for f in named if row[f.id] is not None
    ]
    return " · ".join(words) or list_definition.one


def _fixed_name(list_definition: ListDefinition, dossier: Dossier, row: dict[str, Any]) -> str:
    """Return what a fixed row is called: its name alone, for the rest is given."""
    name = list_definition.name_field
    return _shown(row[name.id], item_lists.options(name, dossier))


def _line(list_definition: ListDefinition, row: dict[str, Any], dossier: Dossier) -> str:
    """Say in one line what is filled in of an item, its name first."""
    said = []
    for field in list_definition.fields:
        value = row[field.id]
        if value is None or field.type == FieldType.LONG:
            continue
        if field.type == FieldType.DAY:
            words = unbroken(day(value))
        elif field.type == FieldType.FLAG:
            words = f"{field.label}: {'ja' if value else 'nee'}"
        elif field.type == FieldType.NUMBER:
            words = f"{item_lists.to_cell(field, value)} {field.unit}".strip()
        elif field.type in LONGEST:
            words = value
        else:
            words = item_lists.options(field, dossier).get(value, "onbekend")
        said.append(f"**{plain(words)}**" if field == list_definition.name_field else plain(words))
    return " · ".join(said[:SHOWN])


def _choose(
    list_definition: ListDefinition, labels: dict[int, str], key: str, *, fixed: bool
) -> int | None:
    return st.selectbox(
        list_definition.name_field.label if fixed else list_definition.one.capitalize(),
        [*labels] if fixed else [*labels, NEW],
        index=None,
        format_func=lambda each: labels.get(each, f"+ nieuw: {list_definition.one}"),
        placeholder="Kies" if fixed else "Kies, of voeg toe",
        key=_choice(key),
    )


def _shown(value: Any, words: Mapping[Any, str]) -> str:
    if isinstance(value, date):
        return day(value)
    return f"{value:g}" if isinstance(value, float) else str(words.get(value, value))


def _choice(key: str) -> str:
    return f"{key}_keuze_{_edition(key)}"


def _edition(key: str) -> str:
    return f"{key}_{edition.number(key)}"


def _widget(field: Field, dossier: Dossier, row: dict[str, Any], key: str) -> Any:
    value = item_lists.to_cell(field, row.get(field.id))
    label = field.heading + (" *" if field.required else "")
    more: dict[str, Any] = {"key": key, "help": field.help or None}
    if field.type == FieldType.DAY:
        return st.date_input(label, value=value, format="DD-MM-YYYY", **more)
    if field.type == FieldType.LONG:
        limit = LONGEST[field.type]
        return st.text_area(label, value=value or "", max_chars=limit, height="content", **more)
    if field.type == FieldType.LINK:
        return attachment_field.choose(field, label, value, dossier, key)
    if field.type in LONGEST or field.type == FieldType.NUMBER:
        return st.text_input(label, value=value or "", max_chars=LONGEST.get(field.type), **more)
    if field.type == FieldType.PERSON:
        return people_field.who(label, value, key, help=field.help or None)
    chosen = item_lists.options(field, dossier)
    places = list(chosen)
    return st.selectbox(
        label,
        places,
        index=places.index(value) if value in chosen else None,
        format_func=lambda each: chosen[each],
        placeholder="–",
        **more,
    )


def _save(
    list_definition: ListDefinition,
    write: Save,
    key: str,
    based: dict[str, Any],
    fields: dict[str, Any] | None,
    entity: str,
) -> None:
    before = {field.id: based.get(field.id) for field in list_definition.fields}
    row = Row(
        list_definition.one.capitalize(),
        fields,
        id=None if based.get("id") is None else int(based["id"]),
        version=None if based.get("version") is None else int(based["version"]),
        before=before,
    )
    try:
        written = write([row])
    except RowsChangedError as refusal:
        based["version"] = refusal.versions[int(based["id"])]
        grid.say(key, *refusal.sentences, grid.SAVE_ANYWAY, refused=True)
        return
    except RowsError as refusal:
        grid.say(key, *refusal.sentences, grid.NOT_SAVED, refused=True)
        return
    words = "weggehaald" if fields is None else "opgeslagen"
    edition.done(key, f"{list_definition.one.capitalize()} {words}.", entity=entity, ids=written)
