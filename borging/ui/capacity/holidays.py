"""Which public holidays are days off: the care agreement, and own days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from borging.domain.public_holidays import OwnDayFields
from borging.domain.wording import day, listed
from borging.store.commands import organisation as commands
from borging.store.commands.rows import RowsError
from borging.ui import grid, load, tables
from borging.ui.frame import Screen
from borging.ui.grid import Grid, as_day
from borging.ui.text import plain, unbroken

KEY, CHOICE = "eigen_vrije_dagen", "cao_keuze"


def draw(screen: Screen) -> None:
    """Draw the folded part in which the agreement is chosen and own days are entered."""
    part = tables.folded("Feestdagen", "feestdagen", unsaved=grid.waiting(KEY))
    if part is None:
        return
    with part:
        _agreement(screen)
        _next_year(screen)
        grid.draw(
            Grid(
                KEY,
                load.own_holidays(),
                {
                    "name": st.column_config.TextColumn("Eigen vrije dag", width=300),
                    "day": st.column_config.DateColumn("Datum", format="DD-MM-YYYY", width=120),
                },
                _own_day,
                lambda rows: commands.save_own_days(load.engine(), screen.actor, rows),
                "Eigen vrije dagen van de organisatie: naam en datum.",
                entity=commands.OWN_DAY,
                invite="Is er nog een dag waarop niemand werkt, zoals Goede Vrijdag?",
            )
        )


def _agreement(screen: Screen) -> None:
    known, choice = load.agreements(), load.agreement_choice()
    names = {each.id: each.name for each in known.by_id.values()}
    current = load.days_off().agreement
    if choice is None:
        st.markdown(f"Er is nog geen cao gekozen. Aangenomen is: **{plain(current.name)}**.")
    seen = None if choice is None else choice.version
    st.selectbox(
        "Feestdagen volgens de cao",
        list(names),
        index=None if choice is None else list(names).index(current.id),
        placeholder="Kies uw cao",
        format_func=lambda each: names[each],
        key=f"{CHOICE}_{seen or 0}",
        on_change=_choose,
        args=(screen, seen),
        width=420,
    )
    grid.refusal(CHOICE)
    st.markdown(f":small[:gray[Bron: {plain(current.source)} · {plain(current.status)}.]]")


def _next_year(screen: Screen) -> None:
    """Name the days off of the coming year."""
    last = screen.as_of.replace(year=screen.as_of.year + 1, day=min(screen.as_of.day, 28))
    days = [f"{plain(h.name)} {day(h.first)}" for h in load.days_off().between(screen.as_of, last)]
    st.markdown(unbroken(f"Vrij in het komende jaar: {listed(days)}.") if days else "")


def _own_day(cells: Mapping[str, Any]) -> OwnDayFields:
    return OwnDayFields(str(cells.get("name") or ""), as_day(cells.get("day")))


def _choose(screen: Screen, seen: int | None) -> None:
    chosen = st.session_state[f"{CHOICE}_{seen or 0}"]
    if chosen is None:
        return
    try:
        made = commands.choose_agreement(
            load.engine(), screen.actor, chosen, load.agreements(), seen
        )
    except RowsError as refusal:
        grid.say(CHOICE, *refusal.sentences, refused=True)
        return
    words = f"De feestdagen van {load.agreements().by_id[chosen].name} tellen nu."
    grid.say(CHOICE, words, entity=commands.SETTING, ids=[made])
