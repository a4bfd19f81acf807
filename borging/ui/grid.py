"""A table to write in, whose changes stay until they are saved or given up.

What Streamlit knows of a changed row is its place; so the table under the changes stays the same
until then, whatever others write meanwhile. They are told apart by the version of each row. Who
leaves the screen finds his changes when he comes back.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from borging.store.commands import undo as undoing
from borging.store.commands.rows import Row, RowsChangedError, RowsError
from borging.store.commands.undo import CannotUndoError
from borging.store.queries.history import last_entries
from borging.ui import load
from borging.ui.frame import current_actor
from borging.ui.text import plain
from borging.ui.unsaved_rows import Base, changed_rows

NOTICE = "tabel_melding"
HOW = (
    ":small[:gray[Dubbelklik op een cel om die te wijzigen; onderaan staat een lege rij. "
    "Weghalen: kies rijen en druk op Delete.]]"
)
HOW_FIXED = ":small[:gray[Dubbelklik op een cel om die te wijzigen.]]"
NOT_SAVED = "Er is niets opgeslagen; wat u invulde staat er nog."
SAVE_ANYWAY = (
    "Er is nog niets opgeslagen; wat u invulde staat er nog. Druk nogmaals op Opslaan om uw tekst "
    "daar overheen te zetten; wat de ander in andere velden schreef blijft staan."
)
NUMBER = re.compile(r"-?\d{1,9}(,\d{1,9}|\.\d{1,2})?")


@dataclass(frozen=True)
class Grid:
    """A table to write in.

    key: its name, also of what is kept of it. stored: the rows with id and version; a row
    without an id is not stored yet. columns: the columns to write in with how they are shown.
    fields: makes of a row what is saved. save: writes rows and returns how many, or their ids.
    fixed: no rows are added or removed. locked: columns that cannot be written in. entity: what
    the history calls a row; then what was saved is told below the table, and can be undone.
    defaults: what cells of a new row begin with. beside: draws what else belongs to the buttons.
    invite: what an empty table asks for.
    """

    key: str
    stored: pd.DataFrame
    columns: Mapping[str, Any]
    fields: Callable[[Mapping[str, Any]], Any]
    save: Callable[[list[Row]], int | list[int]]
    alt: str
    fixed: bool = False
    locked: tuple[str, ...] = ()
    entity: str = ""
    beside: Callable[[], None] | None = None
    invite: str = ""
    defaults: Mapping[str, Any] = field(default_factory=dict)


def draw(grid: Grid) -> None:
    """Draw the table and the button that saves it."""
    base = _base(grid)
    if grid.invite and base.shown.empty:
        st.markdown(f"{plain(grid.invite)} :small[:gray[Klik in de lege rij en typ.]]")
    st.data_editor(
        base.shown[list(grid.columns)],
        hide_index=True,
        num_rows="fixed" if grid.fixed else "dynamic",
        disabled=list(grid.locked),
        row_height=34,
        height="content" if grid.fixed else "auto",
        placeholder="–",
        key=_editor(grid.key),
        column_config=dict(grid.columns),
        alt=grid.alt,
    )
    _remember(grid.key)
    refusal(grid.key)
    _buttons(grid, base)


def _buttons(grid: Grid, base: Base) -> None:
    unsaved = waiting(grid.key)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Opslaan",
            key=f"{grid.key}_opslaan",
            type="primary",
            disabled=not unsaved,
            on_click=_save,
            args=(grid, base),
        )
        if unsaved:
            st.button(
                "Niet opslaan",
                key=f"{grid.key}_vergeten",
                type="tertiary",
                on_click=give_up,
                args=(grid.key,),
            )
        elif not (grid.entity and told(grid.key)):
            st.markdown(HOW_FIXED if grid.fixed else HOW, width="content")
        if grid.beside:
            grid.beside()


def say(
    key: str,
    *sentences: str,
    refused: bool = False,
    entity: str = "",
    ids: Sequence[int] = (),
    undo: Callable[[], None] | None = None,
) -> None:
    """Keep what the next run tells of a table.

    entity, ids: what was written, to take it back by the history. undo: another way back.
    """
    entries = last_entries(load.engine(), entity, ids) if entity and ids else []
    if entries:
        undo = partial(take_back, key, entries, key)
    st.session_state[NOTICE] = {
        "key": key,
        "words": sentences,
        "refused": refused,
        "undo": undo,
    }


def notice() -> None:
    """Say what was saved last; the table may have been folded away since."""
    said = st.session_state.get(NOTICE)
    if not said or said["refused"]:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        _done(said, f"{NOTICE}_terug")


def told(key: str) -> bool:
    """Say what was saved in a table or a form last, with the way back; False for nothing."""
    said = st.session_state.get(NOTICE)
    if not said or said["refused"] or said["key"] != key:
        return False
    with st.container(horizontal=True, vertical_alignment="center", width="content"):
        _done(said, f"{key}_terug")
    return True


def _done(said: Mapping[str, Any], key: str) -> None:
    """Say what was done, with the way back. key: of its button."""
    st.markdown(f":green[✓] {plain(' '.join(said['words']))}", width="content")
    if said["undo"]:
        st.button("Ongedaan maken", key=key, type="tertiary", on_click=said["undo"])


def take_back(key: str, entries: Sequence[int], form: str) -> None:
    """Undo entries of the history, and tell it at a table, a form or the history itself.

    form: key of the form that shows what is undone; it begins anew.
    """
    try:
        words = undoing.undo(load.engine(), current_actor(), entries)
    except CannotUndoError as refused:
        say(key, str(refused), refused=True)
        return
    forget(form)
    say(key, words)


def refusal(key: str) -> None:
    """Say below a table why it was refused."""
    if is_refused(key):
        said = st.session_state[NOTICE]
        st.warning("  \n".join(plain(words) for words in said["words"]))


def is_refused(key: str) -> bool:
    """Say whether what was written in a table or a form last could not be saved."""
    said = st.session_state.get(NOTICE)
    return bool(said and said["refused"] and said["key"] == key)


def as_day(value: Any) -> date | None:
    """Return a cell with a day as a day, None for an empty one."""
    if value is None:
        return None
    return date.fromisoformat(value[:10]) if isinstance(value, str) else pd.Timestamp(value).date()


def as_number(value: Any) -> float | None:
    """Return a cell with a number as a number: None for an empty one, NaN for other words.

    Both '0,5' and '0.5' are a half; a point before three digits could be either and is neither.
    """
    if value is None or isinstance(value, int | float):
        return None if value is None else float(value)
    text = str(value).strip()
    if not text:
        return None
    return float(text.replace(",", ".")) if NUMBER.fullmatch(text) else math.nan


def as_texts(table: pd.DataFrame, *names: str) -> pd.DataFrame:
    """Return a table with some columns of numbers as text with a decimal comma, empty ones None.

    A cell with numbers reads a comma as nothing when the browser is not Dutch: 0,5 becomes 5.
    """
    written = {
        name: [None if pd.isna(n) else f"{n:.9g}".replace(".", ",") for n in table[name]]
        for name in names
    }
    return table.assign(**{name: pd.Series(w, table.index, object) for name, w in written.items()})


def _editor(key: str) -> str:
    return f"{key}_tabel_{st.session_state.get(f'{key}_keer', 0)}"


def waiting(key: str) -> bool:
    """Say whether a table holds changes that were not saved."""
    kept: Base | None = st.session_state.get(f"{key}_basis")
    if kept is not None and (kept.carried or _left(key)):
        return True
    state = st.session_state.get(_editor(key)) or {}
    return any(state.get(name) for name in ("edited_rows", "added_rows", "deleted_rows"))


def _left(key: str) -> bool:
    """Say whether the screen was left with changes: Streamlit forgot what it no longer drew."""
    return f"{key}_klad" in st.session_state and _editor(key) not in st.session_state


def _base(grid: Grid) -> Base:
    """Return the rows under the changes: those of now, or of when the changing began."""
    name = f"{grid.key}_basis"
    kept: Base | None = st.session_state.get(name)
    if kept is None or not waiting(grid.key):
        kept = Base.of(grid.stored)
    elif _left(grid.key):
        kept = kept.carrying(st.session_state.pop(f"{grid.key}_klad"))
    st.session_state[name] = kept
    return kept


def _remember(key: str) -> None:
    """Keep a copy of the changes, for when the screen is left."""
    state = st.session_state.get(_editor(key)) or {}
    st.session_state.pop(f"{key}_klad", None)
    if any(state.values()):
        st.session_state[f"{key}_klad"] = deepcopy(dict(state))


def _save(grid: Grid, base: Base) -> None:
    rows = changed_rows(st.session_state[_editor(grid.key)], base, grid.fields, grid.defaults)
    try:
        written = grid.save(rows)
    except RowsChangedError as refusal:
        st.session_state[f"{grid.key}_basis"] = base.with_versions(refusal.versions)
        say(grid.key, *refusal.sentences, SAVE_ANYWAY, refused=True)
        return
    except RowsError as refusal:
        say(grid.key, *refusal.sentences, NOT_SAVED, refused=True)
        return
    give_up(grid.key)
    ids = written if isinstance(written, list) else []
    n = len(written) if isinstance(written, list) else written
    words = f"{n} {'rij' if n == 1 else 'rijen'} opgeslagen."
    say(grid.key, words, entity=grid.entity, ids=ids)


def forget_unseen(drawn: Collection[str]) -> None:
    """Let go of the rows under tables without changes that are not on the screen.

    drawn: ids of the widgets on the screen.
    """
    for name, kept in list(st.session_state.items()):
        key = str(name).removesuffix("_basis")
        if not isinstance(kept, Base) or kept.carried or f"{key}_klad" in st.session_state:
            continue
        if not any(each.endswith(f"-{_editor(key)}") for each in drawn):
            del st.session_state[name]


def forget(key: str) -> None:
    """Begin a table or a form anew, with what is stored now."""
    for name in [str(name) for name in st.session_state]:
        if name.startswith(f"{key}_") and name.endswith(("_basis", "_klad")):
            del st.session_state[name]
    st.session_state[f"{key}_keer"] = st.session_state.get(f"{key}_keer", 0) + 1


def give_up(key: str) -> None:
    """Begin a table or a form anew, and say nothing of it any more."""
    st.session_state.pop(NOTICE, None)
    forget(key)
