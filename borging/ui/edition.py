"""What a form keeps while somebody fills it in, and a fresh form when it was saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from borging.ui import grid


def number(key: str) -> int:
    """Return how often the form was saved: part of the keys of its fields."""
    kept: int = st.session_state.get(f"{key}_keer", 0)
    return kept


def based_on(key: str, stored: dict[str, Any]) -> dict[str, Any]:
    """Return what this visitor began to change, with the version he may write on."""
    kept: dict[str, Any] = st.session_state.setdefault(f"{key}_basis", dict(stored))
    return kept


def done(key: str, sentence: str, entity: str = "", ids: Sequence[int] = ()) -> None:
    """Begin a fresh form, say what was saved (see `grid.say`), draw the screen anew."""
    grid.forget(key)
    grid.say(key, sentence, entity=entity, ids=ids)
    st.rerun()
