"""The parts that every screen has in the same place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from borging import clock
from borging.access.actor import UNKNOWN_LOCAL, Actor
from borging.charts.template import Look
from borging.domain.terms import Phase, ProjectState
from borging.domain.wording import count
from borging.services import past_day, stages
from borging.services.figures import NOTE, NOTE_ON_A_PHONE, PHONE, KeyFigure
from borging.services.selection import Selection, chips
from borging.services.selection import selected as select_projects
from borging.store.commands import example
from borging.ui import address, links, load, theme
from borging.ui.reuse import P, R, renew, reuse
from borging.ui.text import plain, unbroken

KEYS = {
    "units": "eenheid",
    "themes": "thema",
    "phases": "fase",
    "states": "stand",
    "leads": "leider",
    "first": "van",
    "last": "tot",
}
"""Field of a selection to its name in the address."""


KEY_FIGURE_WIDTH = 150
"""Narrowest column of a key figure, in pixels; two fit abreast on a phone."""


@dataclass(frozen=True)
class Screen:
    """What a screen needs to begin: the day, the filter, the look, and who acts.

    projects: the projects the filter shows. all_projects: all of them.
    """

    as_of: date
    selection: Selection
    look: Look
    actor: Actor
    projects: pd.DataFrame
    all_projects: pd.DataFrame
    _head: DeltaGenerator

    @property
    def plans(self) -> pd.DataFrame:
        """The projects of the filter without koers and restpunten, which most writes change."""
        return self.renew(stages.without_reports, self.projects)

    @property
    def all_plans(self) -> pd.DataFrame:
        """All projects without koers and restpunten."""
        return renew(self.as_of, stages.without_reports, self.all_projects)

    def renew(self, function: Callable[P, R], *args: P.args, **named: P.kwargs) -> R:
        """Return what a service makes of the newest tables (see `reuse.renew`)."""
        return renew((self.as_of, self.selection), function, *args, **named)

    def heading(self, finding: str, question: str, small_print: str) -> None:
        """Fill the head: the finding as title, the question, and where the numbers come from."""
        with self._head.container(gap=None):
            st.title(unbroken(finding), anchor=False)
            st.markdown(unbroken(f"{question}  \n:small[:gray[{small_print}]]"))


@dataclass(frozen=True)
class _Choices:
    """What the frame drew in this run, before the screen itself began."""

    head: DeltaGenerator
    selection: Selection
    as_of: date


_choices: ContextVar[_Choices] = ContextVar("choices")


def draw_choices(screen: str) -> None:
    """Draw the head, the filters and 'Ik ben' in their place, for `open_screen`.

    The frame draws them and not the screen, because Streamlit keeps the part of the address that
    is bound to a widget only on the screen, or in the frame, that draws it.
    """
    for key in st.session_state.pop("lost_from_address", ()):
        st.session_state[key] = st.session_state[key]
    with st.container(gap=None):
        theme.follow()
        head = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        selection, as_of = _filters()
        _who_am_i()
    if said := past_day.note(screen, as_of, clock.today()):
        st.markdown(f":small[:gray[{said}]]")
    _keep_address(screen)
    _choices.set(_Choices(head, selection, as_of))


def _keep_address(screen: str) -> None:
    """Put back what the address lost when the visitor came here with Back or Forward.

    Streamlit then keeps the filter but takes it out of the address, so that the next Back or
    Forward would drop it. A value that is set before its widget is drawn is written back.
    """
    came_from = st.session_state.get("screen_drawn", screen)
    st.session_state["screen_drawn"] = screen
    if came_from == screen:
        return
    chosen = [key for key in KEYS.values() if st.session_state.get(key)]
    if st.session_state["peildatum"] != clock.today():
        chosen.append("peildatum")
    if lost := [key for key in chosen if key not in st.query_params]:
        st.session_state["lost_from_address"] = lost
        st.rerun()


def open_screen() -> Screen:
    """Return what a screen needs to begin, with what was chosen in the frame."""
    chosen = _choices.get()
    everything = load.projects(chosen.as_of)
    return Screen(
        as_of=chosen.as_of,
        selection=chosen.selection,
        look=look(),
        actor=current_actor(),
        projects=renew(chosen.as_of, select_projects, everything, chosen.selection),
        all_projects=everything,
        _head=chosen.head,
    )


def look() -> Look:
    """Theme and width of this visitor; `?smal=1` or `?smal=0` overrules the width."""
    agent = st.context.headers.get("User-Agent", "")
    asked = st.query_params.get("smal")
    if asked not in (None, "0", "1"):
        address.refuse("smal")
    narrow = asked == "1" if asked in ("0", "1") else "Mobi" in agent
    return Look(dark=theme.shown() == "dark", narrow=narrow)


def _filters() -> tuple[Selection, date]:
    choices = _options()
    with st.popover("Filters"):
        chosen: dict[str, Any] = {
            field: tuple(
                st.multiselect(
                    label,
                    choices[field],
                    key=KEYS[field],
                    bind="query-params",
                    placeholder="alles",
                    select_all=False,
                )
            )
            for field, label in (
                ("units", "Eenheid"),
                ("themes", "Thema"),
                ("phases", "Fase"),
                ("states", "Stand"),
                ("leads", "Projectleider"),
            )
        }
        for field, label in (("first", "Loopt vanaf"), ("last", "Loopt tot en met")):
            chosen[field] = st.date_input(
                label, value=None, key=KEYS[field], bind="query-params", format="DD-MM-YYYY"
            )
        as_of = st.date_input(
            "Peildatum",
            value=clock.today(),
            key="peildatum",
            bind="query-params",
            format="DD-MM-YYYY",
        )
    selection = Selection(**chosen)
    _chips(selection, as_of)
    return selection, as_of


def _options() -> dict[str, list[str]]:
    """What can be chosen: what occurs in the portfolio, in a fixed order."""
    return {
        "units": load.units()["label"].unique().tolist(),
        "phases": [*(phase.label for phase in Phase), stages.NO_PHASE],
        "states": [state.label for state in ProjectState],
        **load.choices(),
    }


def _chips(selection: Selection, as_of: date) -> None:
    for chip in chips(selection):
        st.button(
            f"{plain(chip.words)} ✕",
            key=f"chip_{chip.field}_{chip.value}",
            on_click=_remove,
            args=(chip.field, chip.value),
        )
    if as_of != clock.today():
        st.button(
            f"Peildatum: {as_of:%d-%m-%Y} ✕",
            key="chip_as_of",
            on_click=_set,
            args=("peildatum", clock.today()),
        )
    if selection.active:
        st.button("Wis alles", key="clear_filters", type="tertiary", on_click=_clear)


def _remove(field: str, value: str | date) -> None:
    chosen = st.session_state[KEYS[field]]
    remaining = [each for each in chosen if each != value] if isinstance(chosen, list) else None
    st.session_state[KEYS[field]] = remaining


def _set(key: str, value: object) -> None:
    st.session_state[key] = value


def _clear() -> None:
    for key in KEYS.values():
        st.session_state[key] = [] if isinstance(st.session_state.get(key), list) else None


def _names() -> dict[int, str]:
    return reuse(_names_by_id, load.people())


def _names_by_id(people: pd.DataFrame) -> dict[int, str]:
    return dict(zip(people["id"].tolist(), people["name"].tolist(), strict=True))


def current_actor() -> Actor:
    """The person this visitor said to be; nobody in particular until then."""
    chosen = st.session_state.get("person")
    names = _names()
    return Actor(names[chosen], chosen) if chosen in names else UNKNOWN_LOCAL


def _who_am_i() -> None:
    names = _names()
    with st.popover(f"Ik ben {plain(current_actor().name)}", type="tertiary"):
        st.selectbox(
            "Ik ben",
            [None, *names],
            format_func=lambda each: names.get(each, UNKNOWN_LOCAL.name),
            key="person",
            persist_state="session",
            help="Uw naam komt bij alles wat u vastlegt.",
        )


def key_figures(figures: Sequence[KeyFigure]) -> None:
    """Draw the key figures in one row; on a phone two abreast, or one where a value is long."""
    columns, seen = len(figures), NOTE
    if look().narrow:
        seen = NOTE_ON_A_PHONE
        figures = [figure.on_a_phone() for figure in figures]
        columns = columns if all(len(figure.value) <= PHONE for figure in figures) else 1
    row = st.grid(columns, min_column_width=KEY_FIGURE_WIDTH)
    for figure in figures:
        row.metric(
            figure.label,
            figure.value,
            delta=figure.note,
            delta_color="off",
            delta_arrow="off",
            border=False,
            help=plain(figure.note) if figure.note and len(figure.note) > seen else None,
        )


def nothing_here(screen: Screen) -> None:
    """Say what to do when a screen has no project to show."""
    if screen.selection.active and not screen.all_projects.empty:
        st.markdown(
            f"De portfolio heeft {count(len(screen.all_projects), 'project', 'projecten')}; "
            "haal een filter weg om er weer te zien."
        )
        st.button("Wis alles", key="clear_filters_here", type="primary", on_click=_clear)
        return
    st.markdown(
        "Lees een lijst in die u al heeft, of kijk eerst rond met voorbeelddata. "
        "Uw eigen bestand verandert niet."
    )
    with st.container(horizontal=True):
        if st.button("Lijst inlezen", type="primary", key="go_import"):
            st.switch_page(links.screen("beheer"))
        if st.button("Zelf een project toevoegen", key="go_project"):
            st.switch_page(links.screen("project"))
        if st.button("Voorbeelddata laden", key="load_example"):
            example.write_example(load.engine(), screen.actor, clock.today())
            st.rerun()
