"""One item of a list of a dossier as a form, from its definition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from borging.domain.dossier import LONGEST, Field, FieldType, ListDefinition
from borging.services.dossier import Dossier
from borging.services.wording import day
from borging.store.commands import dossier as commands
from borging.store.commands.rows import Row, RowsChangedError, RowsError
from borging.ui import capacity_grid, edition, item_lists, load, people_field
from borging.ui.frame import Screen
from borging.ui.text import plain

FIELD = 340
"""Pixels of the narrowest field; on a phone they stand below each other."""
SHOWN = 5
"""Fields of an item that are told in its line."""
NEW = 0
"""What stands for an item that is not there yet in the list to choose from."""


def draw(definition: ListDefinition, found: Dossier, screen: Screen) -> None:
    """Draw the form; for a list with more items below a choice of which one."""
    key = f"dossier_{found.project_id}_{definition.key}"
    rows = {int(row["id"]): row for row in found.rows(definition.key)}
    if rows and not definition.single:
        st.markdown("\n".join(f"- {_line(definition, row, found)}" for row in rows.values()))
    elif not rows:
        st.markdown(plain(definition.add))
    chosen = next(iter(rows), NEW) if definition.single else _choose(definition, found, rows, key)
    if chosen is None:
        capacity_grid.told(key)
        return
    stored = rows.get(chosen)
    based = edition.based_on(f"{key}_{chosen}", stored or {})
    with st.form(f"{key}_{chosen}_formulier", border=False, enter_to_submit=False):
        with st.grid(2, min_column_width=FIELD):
            cells = {
                field.id: _widget(field, found, based, f"{_edition(key)}_{chosen}_{field.id}")
                for field in definition.fields
            }
        with st.container(horizontal=True):
            saved = st.form_submit_button("Opslaan", type="primary")
            removed = stored is not None and st.form_submit_button("Weghalen", type="tertiary")
    if saved or removed:
        fields = {f.id: item_lists.from_cell(f, cells[f.id]) for f in definition.fields}
        _save(definition, found, screen, key, based, None if removed else fields)
    capacity_grid.refusal(key)
    capacity_grid.told(key)


def _line(definition: ListDefinition, row: dict[str, Any], found: Dossier) -> str:
    """Say in one line what is filled in of an item, its name first."""
    said = []
    for field in definition.fields:
        value = row[field.id]
        if value is None or field.type == FieldType.LONG:
            continue
        if field.type == FieldType.DAY:
            words = day(value)
        elif field.type == FieldType.FLAG:
            words = f"{field.label}: {'ja' if value else 'nee'}"
        elif field.type in LONGEST or field.type == FieldType.NUMBER:
            words = str(item_lists.to_cell(field, value))
        else:
            words = item_lists.options(field, found).get(value, "onbekend")
        said.append(f"**{plain(words)}**" if field == definition.name_field else plain(words))
    return " · ".join(said[:SHOWN])


def _choose(
    definition: ListDefinition, found: Dossier, rows: dict[int, dict[str, Any]], key: str
) -> int | None:
    named = [field for field in definition.fields if field.required]
    words = {field.id: item_lists.options(field, found) for field in named}
    labels = {
        item: " · ".join(_shown(row[field.id], words[field.id]) for field in named)
        or definition.one
        for item, row in rows.items()
    }
    return st.selectbox(
        definition.one.capitalize(),
        [*labels, NEW],
        index=None,
        format_func=lambda each: labels.get(each, f"+ nieuw: {definition.one}"),
        placeholder="Kies, of voeg toe",
        key=f"{key}_keuze_{_edition(key)}",
    )


def _shown(value: Any, words: Mapping[Any, str]) -> str:
    if isinstance(value, date):
        return day(value)
    return f"{value:g}" if isinstance(value, float) else str(words.get(value, value))


def _edition(key: str) -> str:
    return f"{key}_{edition.number(key)}"


def _widget(field: Field, found: Dossier, row: dict[str, Any], key: str) -> Any:
    value = item_lists.to_cell(field, row.get(field.id))
    label = field.heading + (" *" if field.required else "")
    more: dict[str, Any] = {"key": key, "help": field.help or None}
    if field.type == FieldType.DAY:
        return st.date_input(label, value=value, format="DD-MM-YYYY", **more)
    if field.type == FieldType.LONG:
        limit = LONGEST[field.type]
        return st.text_area(label, value=value or "", max_chars=limit, height="content", **more)
    if field.type in LONGEST or field.type == FieldType.NUMBER:
        return st.text_input(label, value=value or "", max_chars=LONGEST.get(field.type), **more)
    if field.type == FieldType.PERSON:
        return people_field.who(label, value, key, help=field.help or None)
    chosen = item_lists.options(field, found)
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
    definition: ListDefinition,
    found: Dossier,
    screen: Screen,
    key: str,
    based: dict[str, Any],
    fields: dict[str, Any] | None,
) -> None:
    before = {field.id: based.get(field.id) for field in definition.fields}
    row = Row(
        definition.one.capitalize(),
        fields,
        id=int(based["id"]) if based else None,
        version=int(based["version"]) if based else None,
        before=before,
    )
    try:
        written = commands.save_items(
            load.engine(), screen.actor, found.project_id, definition, [row], load.question_ids()
        )
    except RowsChangedError as refusal:
        based["version"] = refusal.versions[int(based["id"])]
        capacity_grid.say(key, *refusal.sentences, capacity_grid.SAVE_ANYWAY, refused=True)
        return
    except RowsError as refusal:
        capacity_grid.say(key, *refusal.sentences, capacity_grid.NOT_SAVED, refused=True)
        return
    words = "weggehaald" if fields is None else "opgeslagen"
    edition.done(key, f"{definition.one.capitalize()} {words}.", entity="dossier_item", ids=written)
