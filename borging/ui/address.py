"""What an address asks for and a screen cannot use: the visitor reads it, once."""

from __future__ import annotations

from datetime import date
from types import TracebackType

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException

from borging.ui.text import plain

READ = frozenset(
    {"id", "ids", "scan", "tak", "team", "functie", "scenario", "rond", "smal", "adres"}
    | {"eerdere_ronde", "uitnodiging", "ronde"}
)
"""Names that a screen reads itself; every other name in an address belongs to a widget."""
LONGEST = 40
"""Characters of a value that are repeated to the visitor."""
_REFUSED, _READ_ALREADY, _SCREEN = "address_refused", "address_read_already", "address_screen"

Value = object


def refuse(name: str, shown: str | None = None) -> None:
    """Note that a screen cannot use a value that it reads itself.

    name: of the value in the address. shown: what holds instead; None when nothing does.
    """
    for value in st.query_params.get_all(name):
        _note(name, value, shown, None)


class Checked:
    """Compares the address at the start of a run with what the widgets made of it.

    Streamlit takes a value that a widget cannot use out of the address without a word.
    """

    def __init__(self, screen: str) -> None:
        if st.session_state.get(_SCREEN, screen) != screen:
            st.session_state.pop(_REFUSED, None)
        st.session_state[_SCREEN] = screen
        self.asked = {name: st.query_params.get_all(name) for name in st.query_params}
        self.place = st.container()

    def __enter__(self) -> None:
        """Draw the screen inside."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Note every value that was not used, and show the notes above the screen."""
        whole = kind is None or not issubclass(kind, RerunException)
        for name, values in self.asked.items():
            if name in st.session_state:
                _compare(name, values)
            elif whole and name not in READ:
                for value in values:
                    _note(name, value, None, None)
        with self.place:
            _show()


def _compare(name: str, values: list[str]) -> None:
    """Note what a widget left out or replaced."""
    now = st.session_state[name]
    used = now if isinstance(now, list | tuple) else [now]
    for value in values:
        if value and name not in READ and not any(_is(value, each) for each in used):
            _note(name, value, None if isinstance(now, list | tuple) else _words(now), now)


def _is(asked: str, value: Value) -> bool:
    """Return whether a widget has the value that an address asks for."""
    if isinstance(value, date):
        try:
            return date.fromisoformat(asked) == value
        except ValueError:
            return False
    return asked.casefold() == str(value).casefold()


def _words(value: Value) -> str | None:
    """Return a value of a widget as the visitor sees it; None when nothing is chosen."""
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    return None if value is None or isinstance(value, bool) else str(value)


def _note(name: str, asked: str, shown: str | None, value: Value) -> None:
    """Keep a sentence for as long as the value that it names is the one that is shown."""
    what = plain(f"{name}={asked}"[:LONGEST])
    instead = f"; nu geldt ‘{plain(shown)}’" if shown else " en is overgeslagen"
    sentence = f"In het adres staat ‘{what}’. Dat kan dit scherm niet gebruiken{instead}."
    if sentence not in st.session_state.get(_READ_ALREADY, ()):
        st.session_state.setdefault(_REFUSED, {})[sentence] = name, asked, value


def _show() -> None:
    notes = st.session_state.get(_REFUSED, {})
    for sentence, (name, asked, value) in tuple(notes.items()):
        if name in READ:
            holds = asked in st.query_params.get_all(name)
        else:
            holds = st.session_state.get(name, value) == value
        if not holds:
            del notes[sentence]
    if notes:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.warning("  \n".join(notes))
            st.button("Begrepen", key="address_understood", type="tertiary", on_click=_understood)


def _understood() -> None:
    told = st.session_state.pop(_REFUSED, {})
    st.session_state[_READ_ALREADY] = {*st.session_state.get(_READ_ALREADY, ()), *told}
