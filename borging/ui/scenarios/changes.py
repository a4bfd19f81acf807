"""The changes of a scenario on the screen, with a way to take each of them away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from borging.domain.wording import number
from borging.planning.scenario import Said
from borging.ui.frame import Screen
from borging.ui.text import plain, unbroken

MANY = 12
"""Changes up to which each has a line and a button of its own."""
TALL, TALL_ON_A_PHONE = (66, 1240), (116, 300)
"""Pixels of a row, height and width; from 65 high on words go on over several lines."""
IMPOSSIBLE = "Kan niet meer"


def show(
    key: str, said: Sequence[Said], take_away: Callable[[Sequence[int]], None], screen: Screen
) -> None:
    """Show what a scenario changes. take_away: is given the places of changes to leave out."""
    if not said:
        st.markdown("Nog geen wijzigingen: dit is het plan van nu.")
    elif len(said) <= MANY:
        _lines(key, said, take_away)
    else:
        _table(key, said, take_away, screen)


def _lines(key: str, said: Sequence[Said], take_away: Callable[[Sequence[int]], None]) -> None:
    for place, each in enumerate(said):
        left, right = st.columns([8, 1], vertical_alignment="center")
        mark = "" if each.made else f":orange[▲ {IMPOSSIBLE}.] "
        left.markdown(f"{place + 1}\\. {mark}{unbroken(plain(each.words))}")
        right.button(
            "Weghalen",
            key=f"weg_{key}_{place}",
            type="tertiary",
            on_click=take_away,
            args=([place],),
        )


def _table(
    key: str, said: Sequence[Said], take_away: Callable[[Sequence[int]], None], screen: Screen
) -> None:
    """Show the changes as rows to choose from; what can no longer be made comes first."""
    order = sorted(range(len(said)), key=lambda place: (said[place].made, place))
    impossible = sum(not each.made for each in said)
    words = f"{number(len(said))} wijzigingen"
    if impossible:
        words += f" · :orange[▲ {number(impossible)} {'kan' if impossible == 1 else 'kunnen'} niet "
        words += "meer]"
    st.markdown(f"{words} :small[:gray[Kies rijen om ze weg te halen.]]")
    table = pd.DataFrame(
        [
            f"{place + 1}. {'' if said[place].made else f'▲ {IMPOSSIBLE}: '}{said[place].words}"
            for place in order
        ],
        columns=["words"],
    )
    height, width = TALL_ON_A_PHONE if screen.look.narrow else TALL
    event = st.dataframe(
        table,
        hide_index=True,
        row_height=height,
        height=420,
        key=f"wijzigingen_{key}",
        on_select="rerun",
        selection_mode="multi-row",
        column_config={
            "words": st.column_config.TextColumn("Wijziging", width=width),
        },
        alt="De wijzigingen van dit scenario; gekozen rijen kunnen worden weggehaald.",
    )
    chosen = [order[row] for row in event.selection.rows]
    st.button(
        f"{number(len(chosen))} weghalen" if chosen else "Weghalen",
        key=f"weg_{key}",
        disabled=not chosen,
        on_click=take_away,
        args=(chosen,),
    )
