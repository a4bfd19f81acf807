"""A write that the database could not take now: told at the top, and nothing typed is lost.

Every form and table is covered, because commands raise `NotWrittenError` and no form catches it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from borging.store.failures import refusal_of
from borging.store.guard import guard_of
from borging.store.unavailable import NotWrittenError
from borging.ui.text import plain

PENDING, REDRAWN = "niet_geschreven", "niet_geschreven_getekend"


@contextmanager
def kept(engine: Engine) -> Iterator[None]:
    """Draw a screen; when its write is refused, draw it again with the reason above it."""
    if words := guard_of(engine).refusal():
        st.error(plain(words))
    sentences = st.session_state.pop(PENDING, None)
    st.session_state[REDRAWN] = sentences is not None
    if sentences:
        st.error("  \n".join(plain(each) for each in sentences))
        st.toast(plain(sentences[0]), icon=":material/hourglass_top:")
    try:
        yield
    except NotWrittenError as refusal:
        if st.session_state[REDRAWN]:
            raise
        st.session_state[PENDING] = refusal.sentences
        st.rerun()
    st.session_state[REDRAWN] = False


def redraw(error: Exception) -> bool:
    """Draw the screen anew after a refused write in a callback, which runs before the screen.

    Return whether it will be; not when the error is another one, or the second in a row. A reason
    that is still pending means that the screen before this one did not come to its head.
    """
    if not isinstance(error, NotWrittenError):
        return False
    if st.session_state.get(REDRAWN) or st.session_state.pop(PENDING, None):
        return False
    st.session_state[PENDING] = error.sentences
    st.rerun()
    return True


def why(error: Exception) -> str:
    """Return in Dutch why a screen could not be drawn, as far as the database tells."""
    refusal = refusal_of(error) if isinstance(error, SQLAlchemyError) else error
    if isinstance(refusal, NotWrittenError):
        return f"Dit scherm kon niet worden getekend: {refusal.sentences[0]}"
    return "Dit scherm kon niet worden getekend."
