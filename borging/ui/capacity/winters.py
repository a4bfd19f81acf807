"""What the drawn winters say of shortages and handovers, folded until somebody asks."""

from __future__ import annotations

import streamlit as st

from borging.services import flu_words
from borging.services.capacity import chance as capacity_chance
from borging.services.capacity import handover_chances
from borging.services.capacity.view import CapacityView
from borging.services.flu_winters import FluHistory
from borging.ui import links, load, tables
from borging.ui.frame import Screen
from borging.ui.reuse import reuse
from borging.ui.text import plain

SHORT = {
    "function": "Functie",
    "week": "Week",
    "iso_week": "ISO-week",
    "chance": "Kans op tekort, %",
    "hours_50": "Tekort in 50 % hoogstens, uur",
    "hours_90": "Tekort in 90 % hoogstens, uur",
}
HANDOVERS = {
    "project": "Project",
    "result": "Resultaat",
    "day": "Overdracht",
    "week": "ISO-week",
    "chance": "Griepkans, %",
    "winters": "Epidemisch in",
}
SEASONS = {
    "season": "Seizoen",
    "start": "Eerste week",
    "end": "Laatste week",
    "weeks": "Weken",
    "known": "Bekend is",
    "intensity": "Hevigheid (1 = gemiddeld)",
    "measured": "Hevigheid is",
    "origin": "Weken zijn",
}
PER_WEEK = {
    "week": "Week",
    "iso_week": "ISO-week",
    "chance": "Griepkans, %",
    "epidemic": "Winters epidemisch",
    "known": "Winters bekend",
    "total": "Winters in totaal",
}
WEEK_ON_A_PHONE = {"week": ("Week", 160), "chance": ("Kans, %", 65), "known": ("Bekend", 65)}
"""Column to its heading and width on a phone."""
SHORT_ON_A_PHONE = ("function", "week", "chance", "hours_90")
PHONE_WORDS = {"chance": "Kans, %", "hours_90": "90 %, uur"}
PHONE_WIDTHS = {"function": 130, "week": 55, "chance": 65, "hours_90": 75}
ON_A_PHONE = ("project", "week", "chance")


def sections(view: CapacityView, screen: Screen) -> None:
    """Fold the shortages per function, the likely handovers, and the seasons that count."""
    st.header("Wat doet de griep ermee?", anchor=False)
    if part := tables.folded("Hoeveel uur komt een functie tekort, en hoe vaak?", "tekort"):
        with part:
            _shortages(view, screen)
    if part := tables.folded("Welke overdracht valt het vaakst in een griepweek?", "griepweek"):
        with part:
            _handovers(view, screen)
    if part := tables.folded("Welke griepseizoenen tellen mee?", "winters"):
        with part:
            _seasons(view.draws.history)
    if part := tables.folded("Hoe vaak was elke week epidemisch?", "griepkans"):
        with part:
            _per_week(view, screen)


def _shortages(view: CapacityView, screen: Screen) -> None:
    found = reuse(capacity_chance.view, view)
    if found.worst.empty:
        st.markdown("In geen enkele getrokken winter komt een functie in deze periode uren tekort.")
        return
    tables.excel_button(found.worst, SHORT, "tekorten", screen)
    narrow = screen.look.narrow
    shown = SHORT_ON_A_PHONE if narrow else tuple(name for name in SHORT if name != "iso_week")
    st.dataframe(
        found.worst[list(shown)],
        hide_index=True,
        row_height=34,
        height=min(420, 40 + 34 * len(found.worst)),
        key="capacity_shortages",
        column_config={
            name: st.column_config.NumberColumn(
                PHONE_WORDS[name] if narrow else SHORT[name],
                format="%.0f" if name == "chance" else "localized",
                step=1 if name == "chance" else 0.1,
                width=PHONE_WIDTHS[name] if narrow else None,
            )
            if name in ("chance", "hours_50", "hours_90")
            else st.column_config.TextColumn(
                SHORT[name], width=PHONE_WIDTHS[name] if narrow else None
            )
            for name in shown
        },
        alt="Per functie de weken met het grootste tekort in de getrokken winters.",
    )
    st.markdown(
        f":small[:gray[Per functie de {capacity_chance.WORST} weken met het grootste tekort. "
        f"{plain(found.safe)} {found.method}]]"
    )


def _handovers(view: CapacityView, screen: Screen) -> None:
    found = reuse(
        handover_chances.view, view, screen.all_projects, load.results(), as_of=screen.as_of
    )
    st.markdown(plain(found.in_words))
    if found.table.empty:
        return
    tables.excel_button(found.table, HANDOVERS, "griepkans", screen)
    shown = ON_A_PHONE if screen.look.narrow else tuple(HANDOVERS)
    event = st.dataframe(
        found.table[list(shown)],
        hide_index=True,
        row_height=34,
        height=min(420, 40 + 34 * len(found.table)),
        placeholder="niet gemeten",
        key="capacity_handovers",
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            "project": st.column_config.TextColumn(
                "Project", width=110 if screen.look.narrow else None
            ),
            "result": st.column_config.TextColumn("Resultaat"),
            "day": st.column_config.DateColumn("Overdracht", format="DD-MM-YYYY", width=110),
            "week": st.column_config.TextColumn("ISO-week", width=90),
            "chance": st.column_config.ProgressColumn(
                "Griepkans",
                format="%d %%",
                min_value=0,
                max_value=100,
                width=95 if screen.look.narrow else None,
            ),
        },
        alt="Overdrachten met hun week en de kans dat die week epidemisch is, hoogste kans boven.",
    )
    st.markdown(f":small[:gray[Kies een rij voor het project. {found.method}]]")
    if event.selection.rows:
        chosen = found.table.iloc[event.selection.rows[0]]
        st.switch_page(links.screen("project"), query_params={"id": str(chosen["project_id"])})


def _seasons(history: FluHistory) -> None:
    found = reuse(flu_words.table, history)
    st.dataframe(
        found,
        hide_index=True,
        row_height=34,
        height=40 + 34 * len(found),
        placeholder="–",
        key="capacity_seasons",
        column_config={
            name: st.column_config.NumberColumn(heading, format="localized", step=0.01)
            if name == "intensity"
            else st.column_config.Column(heading)
            for name, heading in SEASONS.items()
        },
        alt="De griepseizoenen waarmee is gerekend, met hun weken en waar die vandaan komen.",
    )
    st.markdown(f":small[:gray[{plain(flu_words.details(history))}]]")


def _per_week(view: CapacityView, screen: Screen) -> None:
    found = reuse(flu_words.per_week, view.draws.history, view.weeks)
    if found.empty:
        st.markdown("In deze periode meet niemand griep (wk 21 t/m 39).")
        return
    tables.excel_button(found, PER_WEEK, "griepkans-per-week", screen)
    narrow = screen.look.narrow
    shown = tuple(WEEK_ON_A_PHONE if narrow else PER_WEEK)
    st.dataframe(
        found[list(shown)],
        hide_index=True,
        row_height=34,
        height=min(420, 40 + 34 * len(found)),
        key="capacity_flu_weeks",
        column_config={
            name: st.column_config.Column(WEEK_ON_A_PHONE[name][0], width=WEEK_ON_A_PHONE[name][1])
            if narrow
            else st.column_config.Column(PER_WEEK[name])
            for name in shown
        },
        alt="Per week in hoeveel winters hij epidemisch was, en van hoeveel dat bekend is.",
    )
    st.markdown(f":small[:gray[{plain(flu_words.chance_sentence(view.draws.history))}]]")
