"""What somebody changed in the table of restpunten and did not save yet.

It stays with his session, by id of the item, until it is saved or dropped: choosing, searching,
paging and the changes of others leave it alone.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypedDict, cast

import pandas as pd
import streamlit as st

DRAFTS, EDITION = "restpunt_concepten", "restpunt_uitgave"
FIELDS = ("title", "owner_id", "due", "priority")


class Draft(TypedDict):
    """An unsaved change: the version it is based on, and the fields before and after."""

    version: int
    before: dict[str, Any]
    after: dict[str, Any]


def drafts() -> dict[int, Draft]:
    """Return the unsaved changes of this visitor, by item."""
    kept: dict[int, Draft] = st.session_state.setdefault(DRAFTS, {})
    return kept


def edition() -> int:
    """Return a number that rises when the table must forget what was typed in it."""
    return int(st.session_state.get(EDITION, 0))


def forget() -> None:
    """Drop every unsaved change."""
    drafts().clear()
    st.session_state[EDITION] = edition() + 1


def overlaid(stored: pd.DataFrame) -> pd.DataFrame:
    """Return the stored rows, indexed by id, with the unsaved changes on top."""
    shown = stored.copy()
    for each in drafts().keys() & set(stored.index):
        for field, value in mine(drafts()[each]).items():
            shown.loc[each, field] = pd.Timestamp(value) if field == "due" else value
    return shown


def mine(draft: Draft) -> dict[str, Any]:
    """Return the fields that the visitor changed."""
    return {f: value for f, value in draft["after"].items() if value != draft["before"][f]}


def remember(edited: pd.DataFrame, stored: pd.DataFrame) -> None:
    """Keep by id what differs from what is stored; forget what was changed back.

    Both are indexed by id and hold FIELDS; stored also version. A draft keeps the version it
    began with, so that a change by somebody else in between is noticed when it is saved.
    """
    versions = dict(zip(stored.index.tolist(), stored["version"].tolist(), strict=True))
    now, kept = _plain(stored), drafts()
    for each, after in _plain(edited).items():
        if after == now[each]:
            kept.pop(each, None)
            continue
        changed = {f: value for f, value in after.items() if value != now[each][f]}
        draft = kept.setdefault(each, Draft(version=versions[each], before=now[each], after={}))
        draft["after"] = draft["before"] | changed


def rebase(items: pd.DataFrame, conflicts: Collection[int]) -> None:
    """Put the drafts of `conflicts` on top of what is stored now; drop those of gone items.

    items: every item as it is stored now.
    """
    kept = drafts()
    rows = items[items["id"].isin(list(kept))].set_index("id")
    versions = dict(zip(rows.index.tolist(), rows["version"].tolist(), strict=True))
    now = _plain(rows)
    for each in kept.keys() - now.keys():
        del kept[each]
    for each in kept.keys() & set(conflicts):
        after = now[each] | mine(kept[each])
        kept[each] = Draft(version=versions[each], before=now[each], after=after)


def _plain(rows: pd.DataFrame) -> dict[int, dict[str, Any]]:
    """Return the fields of rows by id as plain values, None for nothing."""
    due = pd.to_datetime(rows["due"])
    columns = (
        rows.index.tolist(),
        ["" if pd.isna(each) else str(each) for each in rows["title"]],
        [None if pd.isna(each) else int(each) for each in rows["owner_id"]],
        [None if pd.isna(each) else each.date() for each in due],
        rows["priority"].tolist(),
    )
    return {
        cast("int", each): dict(zip(FIELDS, values, strict=True))
        for each, *values in zip(*columns, strict=True)
    }
