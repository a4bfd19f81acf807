"""The controls and the tables of the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from borging import clock
from borging.charts import calendar as drawing
from borging.exchange.values import FIRST_YEAR, LAST_YEAR
from borging.services.calendar import words as calendar_words
from borging.services.calendar.rows import Grouping, grouped
from borging.services.calendar.view import Asked, CalendarView
from borging.services.calendar.weeks import SIZES, Zoom
from borging.ui import address, charts, links, tables
from borging.ui.frame import Screen
from borging.ui.reuse import reuse

AROUND = "rond"
ALL_GROUPS = "alle groepen"
FOLDS = {"vanzelf": None, "open": False, "dicht": True}
HEADINGS = {
    "project": "Project",
    "group": "Groep",
    "phase_label": "Fase",
    "first": "Van",
    "last": "Tot en met",
    "next_handover": "Overdracht",
    "week": "Week",
    "chance": "Griepkans",
}
WIDTHS = {"project": 330, "group": 220}
"""Column widths in pixels, so that long names leave the last column in sight."""
ON_A_PHONE = ("project", "next_handover")
COMING = {"week": "Week", "project": "Project", "day": "Overdracht", "chance": "Griepkans"}
COMING_SHOWN = 5


def asked(screen: Screen) -> Asked:
    """Draw the choices above the calendar and return them."""
    start = Zoom.QUARTER.value if screen.look.narrow else Zoom.YEAR.value
    with st.container(horizontal=True, vertical_alignment="bottom"):
        zoom = _choice("Zoom", [z.value for z in Zoom], "zoom", screen, start)
        by = Grouping(_choice("Groeperen op", [g.value for g in Grouping], "groepeer", screen))
        fold = _choice("Groepen", list(FOLDS), "groepen", screen)
        names = sorted(grouped(screen.projects, by).unique())
        group = st.selectbox(
            "Groep", [ALL_GROUPS, *names], key="groep", bind="query-params", width=220
        )
    return Asked(
        zoom=Zoom(zoom),
        around=_around(),
        by=by,
        folded=FOLDS[fold],
        group=None if group == ALL_GROUPS else group,
    )


def _around() -> date | None:
    """Return the day that was moved to, from the address; None for the day of judgement.

    Years that no list can hold are left out: weeks before year 1 or after 9999 do not exist.
    """
    try:
        day = date.fromisoformat(st.query_params.get(AROUND, ""))
    except ValueError:
        day = date.min
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    address.refuse(AROUND)
    return None


def _choice(label: str, words: list[str], key: str, screen: Screen, start: str = "") -> str:
    index = words.index(start) if start else 0
    if screen.look.narrow and len(words) > 2:
        return st.selectbox(label, words, index=index, key=key, bind="query-params", width=160)
    return st.radio(
        label, words, index=index, key=key, bind="query-params", horizontal=True, width="content"
    )


def period(view: CalendarView, screen: Screen) -> None:
    """Say what is in view, with the way back and on."""
    if view.asked.zoom == Zoom.ALL:
        st.markdown(f":small[:gray[{view.period}]]")
        return
    step = timedelta(weeks=SIZES[view.asked.zoom][1])
    here = view.asked.around or screen.as_of
    with st.container(horizontal=True, vertical_alignment="center"):
        for words, day, key in (
            ("◂ Eerder", here - step, "kalender_eerder"),
            ("Vandaag", screen.as_of, "kalender_vandaag"),
            ("Later ▸", here + step, "kalender_later"),
        ):
            st.button(words, key=key, on_click=_move, args=(day, screen.as_of))
        st.markdown(f":small[:gray[{view.period}]]", width="content")


def _move(day: date, as_of: date) -> None:
    if day == as_of:
        st.query_params.pop(AROUND, None)
    else:
        st.query_params[AROUND] = day.isoformat()


def _show_all() -> None:
    st.session_state["zoom"] = Zoom.ALL.value


def chart(view: CalendarView, screen: Screen) -> None:
    """Draw one page of rows; choosing a bar opens its project."""
    if not view.lines:
        st.markdown(calendar_words.nothing_runs(view.selected))
        if view.outside:
            st.button("Toon alle jaren", key="kalender_alles", type="primary", on_click=_show_all)
        return
    page = 1
    if view.pages > 1:
        page = st.pagination(view.pages, key="kalenderpagina", bind="query-params")
    rows = reuse(view.page, page)
    event = st.plotly_chart(
        reuse(
            drawing.calendar,
            view,
            rows,
            screen.look,
            "vandaag" if screen.as_of == clock.today() else "peildatum",
        ),
        key="calendar",
        theme=None,
        config=charts.CONFIG,
        alt=view.in_words,
        on_select="rerun",
        selection_mode="points",
    )
    st.markdown(f":small[:gray[{view.note(rows)}]]")
    for point in event.selection.points:
        kind, _, name = str(point.get("customdata", "")).partition(":")
        if kind == "project":
            st.switch_page(links.screen("project"), query_params={"id": name})


def coming(view: CalendarView) -> None:
    """List the next handovers: on a phone they come before the chart."""
    st.header("Eerstvolgende overdrachten", anchor=False)
    if view.coming.empty:
        st.markdown("De komende twaalf maanden is er geen overdracht afgesproken.")
        return
    st.dataframe(
        view.coming.head(COMING_SHOWN)[list(COMING)],
        hide_index=True,
        row_height=34,
        key="coming_handovers",
        column_config={
            "week": st.column_config.TextColumn("Week", width=55),
            "project": st.column_config.TextColumn("Project", width=130),
            "day": st.column_config.DateColumn("Overdracht", format="DD-MM-YYYY", width=90),
            "chance": st.column_config.TextColumn("Griepkans", width=120),
        },
        alt="De eerstvolgende overdrachten met hun week en de griepkans.",
    )


def table(view: CalendarView, screen: Screen) -> None:
    """List the same projects as a table; choosing a row opens the project."""
    if view.table.empty:
        return
    st.header("Dezelfde projecten als tabel", anchor=False)
    tables.excel_button(view.table, HEADINGS, "kalender", screen)
    shown = ON_A_PHONE if screen.look.narrow else tuple(HEADINGS)
    event = st.dataframe(
        view.table[list(shown)],
        hide_index=True,
        row_height=34,
        height=min(520, 38 + 34 * max(1, len(view.table))),
        placeholder="–",
        key="calendar_table",
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            name: st.column_config.DateColumn(heading, format="DD-MM-YYYY")
            if name in ("first", "last", "next_handover")
            else st.column_config.TextColumn(
                heading, width=None if screen.look.narrow else WIDTHS.get(name)
            )
            for name, heading in HEADINGS.items()
            if name in shown
        },
        alt="De projecten van de kalender met hun fase, dagen en eerstvolgende overdracht.",
    )
    if event.selection.rows:
        chosen = view.table.iloc[event.selection.rows[0]]
        st.switch_page(links.screen("project"), query_params={"id": str(chosen["id"])})
