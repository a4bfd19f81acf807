"""Writing down how far the phases of projects may move."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from borging.domain.room import MOST_WEEKS, RoomFields
from borging.store.commands import capacity as commands
from borging.ui import grid, load, tables
from borging.ui.frame import Screen
from borging.ui.grid import Grid, as_day, as_number, as_texts

KEY = "ruimte_rijen"


def draw(screen: Screen) -> None:
    """Let somebody give projects room of their own; folded away until then."""
    part = tables.folded("Ruimte per project", "ruimte", unsaved=grid.waiting(KEY))
    if part is None:
        return
    with part:
        grid.notice()
        st.markdown(
            ":small[:gray[Alleen voor projecten die afwijken. Leeg is: geen grens, of het gewone "
            "aantal weken; 0 weken is: schuift niet. De wettelijke datum is de laatste dag voor de "
            "overdracht; die van het doel boven een project geldt vanzelf.]]"
        )
        grid.draw(
            Grid(
                KEY,
                as_texts(load.rooms(), "weeks_earlier", "weeks_later"),
                _columns(screen),
                _fields,
                lambda rows: commands.save_rooms(load.engine(), screen.actor, rows),
                "Ruimte per project: vroegste begin, uiterste einde, wettelijke datum, weken "
                f"eerder en later (0 tot en met {MOST_WEEKS}).",
            )
        )


def _columns(screen: Screen) -> dict[str, Any]:
    projects = screen.all_projects
    ids = [int(each) for each in projects["id"]]
    labels = dict(zip(ids, (projects["code"] + " " + projects["title"]).tolist(), strict=True))
    chooser = st.column_config.SelectboxColumn(
        "Project",
        options=ids,
        format_func=lambda each: labels.get(int(each), "onbekend"),
        width=320,
    )
    days = {
        "earliest_start": "Vroegste begin",
        "latest_end": "Uiterste einde",
        "legal_date": "Wettelijke datum",
    }
    weeks = {"weeks_earlier": "Weken eerder", "weeks_later": "Weken later"}
    return {
        "project_id": chooser,
        **{
            name: st.column_config.DateColumn(label, format="DD-MM-YYYY", width=130)
            for name, label in days.items()
        },
        **{
            name: st.column_config.TextColumn(label, width=110, alignment="right")
            for name, label in weeks.items()
        },
    }


def _fields(cells: Mapping[str, Any]) -> RoomFields:
    project = cells.get("project_id")
    return RoomFields(
        None if project is None else int(project),
        as_day(cells.get("earliest_start")),
        as_day(cells.get("latest_end")),
        as_day(cells.get("legal_date")),
        as_number(cells.get("weeks_earlier")),
        as_number(cells.get("weeks_later")),
    )
