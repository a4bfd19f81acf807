"""Any list of a dossier on the screen, from its definition: a table to write in, or a form.

A table on a wide screen; a form for one item at a time on a phone, and for a list that has one
item at most.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from borging import clock
from borging.domain.dossier import LONGEST, Field, FieldType, ListDefinition
from borging.services.dossier.dossier import Dossier, with_every
from borging.store.commands import dossier as commands
from borging.store.commands.dossier import ENTITY
from borging.store.commands.rows import Save
from borging.ui import grid, load, people_field
from borging.ui.dossier import attachment_field, item_form
from borging.ui.frame import Screen
from borging.ui.grid import Grid, as_day, as_number
from borging.ui.text import plain

YES_NO = {"ja": True, "nee": False}
WIDTHS = {
    FieldType.TEXT: 220,
    FieldType.LONG: 320,
    FieldType.LINK: 180,
    FieldType.NUMBER: 90,
    FieldType.DAY: 110,
    FieldType.FLAG: 90,
    FieldType.CHOICE: 150,
    FieldType.QUESTION: 260,
    FieldType.PERSON: 160,
    FieldType.UNIT: 170,
    FieldType.RESULT: 180,
    FieldType.ITEM: 180,
}


WIDEST_HEADING = 230
"""Pixels that a heading may ask; a longer one is cut off."""


def draw(
    list_definition: ListDefinition,
    dossier: Dossier,
    screen: Screen,
    picture: Callable[[Dossier, Screen], None] | None = None,
    *,
    titled: bool = True,
) -> None:
    """Draw one list with its title, its help, its picture, and a way to write in it."""
    if titled:
        st.subheader(list_definition.title, anchor=False)
    st.markdown(f":small[:gray[{plain(list_definition.help)}]]")
    if picture:
        picture(dossier, screen)
    write = item_form.draw if list_definition.single or screen.look.narrow else table
    if list_definition.every:
        first = list_definition.name_field
        rows = with_every(
            list_definition, dossier.lists[list_definition.key], list(options(first, dossier))
        )
        write(list_definition, dossier, screen, rows=rows, fixed=True, locked=(first.id,))
    else:
        write(list_definition, dossier, screen)


def table(
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
    widths: Mapping[str, int] | None = None,
) -> None:
    """Draw a list as a table to write in.

    Args:
        preset: fields that a new row gets without asking, and that are not shown.
        rows: the rows to show instead of all; a row without an id is not stored yet.
        fixed: no rows are added or removed. locked: fields that cannot be written in.
        save, entity: writes changed rows, and what the history calls one, when it is no item.
        widths: of some columns in pixels, instead of the usual ones.
    """
    given = dict(preset or {})
    shown = [field for field in list_definition.fields if field.id not in given]
    stored = dossier.lists[list_definition.key] if rows is None else rows
    write = save or as_items(list_definition, dossier, screen)
    wide = {field.id: (widths or {}).get(field.id, _width(field)) for field in shown}

    begin = {
        field.id: None if fixed else to_cell(field, default(field, dossier)) for field in shown
    }

    def fields(cells: Mapping[str, Any]) -> dict[str, Any]:
        return given | {field.id: from_cell(field, cells.get(field.id)) for field in shown}

    key = key_of(list_definition, dossier, given)
    names_people = any(field.type == FieldType.PERSON for field in shown)

    def beside() -> None:
        items = item_form.by_number(stored, fixed=fixed)
        attachment_field.beside(
            list_definition, dossier, screen, key, items, fixed=fixed, given=given, save=write
        )
        if names_people:
            people_field.add(key, screen)

    grid.draw(
        Grid(
            key,
            _as_cells(stored, shown),
            {
                field.id: _column(field, options(field, dossier), wide[field.id], begin[field.id])
                for field in shown
            },
            fields,
            write,
            f"{list_definition.title} van dit project: {', '.join(each.label for each in shown)}.",
            fixed=fixed,
            locked=locked,
            entity=entity,
            beside=beside,
            invite=list_definition.add,
            defaults={name: value for name, value in begin.items() if value is not None},
        )
    )


def _width(field: Field) -> int:
    """Return the pixels in which the heading of a column can be read beside its two marks."""
    return max(WIDTHS[field.type], min(WIDEST_HEADING, 7 * len(field.heading) + 54))


def as_items(list_definition: ListDefinition, dossier: Dossier, screen: Screen) -> Save:
    """Return what writes changed rows as items of the dossier."""
    return lambda changed: commands.save_items(
        load.engine(),
        screen.actor,
        dossier.project_id,
        list_definition,
        changed,
        load.question_ids(),
    )


def key_of(list_definition: ListDefinition, dossier: Dossier, preset: Mapping[str, Any]) -> str:
    """Return the name of what is kept of a list on the screen."""
    ending = "".join(f"_{value}" for value in preset.values())
    return f"dossier_{dossier.project_id}_{list_definition.key}{ending}"


def options(field: Field, dossier: Dossier) -> Mapping[Any, str]:
    """Return what may be chosen in a field: stored value to label, in order."""
    if field.type == FieldType.CHOICE:
        return field.labels
    if field.type == FieldType.FLAG:
        return {name: name for name in YES_NO}
    if field.type == FieldType.PERSON:
        return load.people_by_id()
    if field.type == FieldType.UNIT:
        return dossier.units
    if field.type == FieldType.RESULT:
        ids, titles = dossier.results["id"].tolist(), dossier.results["title"].tolist()
        return dict(zip(ids, titles, strict=True))
    if field.type == FieldType.QUESTION:
        return {each.id: each.question for each in load.questionnaire(field.of).questions}
    if field.type == FieldType.ITEM:
        other = next(e for p in dossier.parts for e in p.lists if e.key == field.of)
        return {row["id"]: str(row[other.name_field.id]) for row in dossier.rows(field.of)}
    return {}


def to_cell(field: Field, value: Any) -> Any:
    """Return a value as a cell or a widget holds it."""
    if value is None:
        return None
    if field.type == FieldType.FLAG:
        return "ja" if value else "nee"
    if field.type == FieldType.NUMBER:
        return f"{value:.9g}".replace(".", ",")
    return value


def default(field: Field, dossier: Dossier) -> Any:
    """Return what the field of a new item begins with, None for nothing."""
    known: dict[str, Any] = {
        "vandaag": clock.today(),
        "dit jaar": float(clock.today().year),
        "eigenaar": dossier.project.get("owner_id"),
        "projectleider": dossier.project.get("project_lead_id"),
    }
    value = known.get(field.default)
    return int(value) if value is not None and field.type == FieldType.PERSON else value


def from_cell(field: Field, cell: Any) -> Any:
    """Return what somebody left in a cell or a widget as the value of the field."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if field.type == FieldType.FLAG:
        return YES_NO[cell]
    if field.type == FieldType.NUMBER:
        return as_number(cell)
    if field.type == FieldType.DAY:
        return as_day(cell)
    return cell


def _as_cells(stored: pd.DataFrame, shown: list[Field]) -> pd.DataFrame:
    cells = {
        field.id: pd.Series([to_cell(field, v) for v in stored[field.id]], stored.index, object)
        for field in shown
    }
    for field in shown:
        if field.type == FieldType.DAY:
            cells[field.id] = pd.to_datetime(cells[field.id])
    keys = stored[["id", "version"]].astype("Int64")
    return keys.assign(**cells).reset_index(drop=True)


def _column(field: Field, chosen: Mapping[Any, str], width: int, begin: Any) -> Any:
    heading = field.heading + (" *" if field.required else "")
    more: dict[str, Any] = {"help": field.help or None, "width": width, "default": begin}
    if field.type == FieldType.DAY:
        return st.column_config.DateColumn(heading, format="DD-MM-YYYY", **more)
    if field.type == FieldType.NUMBER:
        return st.column_config.TextColumn(heading, alignment="right", **more)
    if field.type in LONGEST:
        return st.column_config.TextColumn(heading, max_chars=LONGEST[field.type], **more)
    return st.column_config.SelectboxColumn(
        heading,
        options=list(chosen),
        format_func=lambda each: chosen.get(each, "onbekend"),
        **more,
    )
