"""The choices, the charts and the table of the capacity."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from borging.charts import capacity as drawing
from borging.charts import capacity_function
from borging.domain.absence import Absence, absence_of, sectors
from borging.domain.flu_seasons import Origin
from borging.domain.wording import number
from borging.services import flu_words
from borging.services.capacity import chance as capacity_chance
from borging.services.capacity import view as capacity
from borging.services.capacity import words as capacity_words
from borging.services.capacity.one_function import one_function as view_of
from borging.services.capacity.view import PERIODS, CapacityView
from borging.services.capacity.winter_draws import fitted
from borging.settings import DATA
from borging.ui import address, charts, frame, load, tables
from borging.ui.frame import Screen
from borging.ui.reuse import reuse
from borging.ui.text import plain

FUNCTION = "functie"
LOAD, CHANCE = "belasting", "kans op tekort"
FROM_FIGURES = "uit de cijfers"
EXCESS = [round(0.1 * step, 1) for step in range(41)]
"""Percentage points in an epidemic week that can be chosen."""
HEADINGS = {
    "function": "Functie",
    "weeks": "Boven 100 %",
    "worst": "Ergste week",
    "hours": "Tekort in uren",
    "projects": "Meeste uren voor",
    "handovers": "Overdrachten in die weken",
}
WIDTHS = {"function": 250, "weeks": 150, "worst": 130, "hours": 110, "projects": 270}
PHONE_WIDTHS = {"function": 158, "weeks": 116, "hours": 80}


@dataclass(frozen=True)
class Asked:
    """What was chosen above the charts."""

    weeks: int
    absence: Absence
    prefer: Origin


def asked(screen: Screen) -> Asked:
    """Draw the period and the sick leave to reckon with, and return them."""
    figures = sectors(DATA / "reference" / "verzuim-zorg.csv")
    periods = list(PERIODS)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if screen.look.narrow:
            period = st.selectbox("Periode", periods, key="periode", bind="query-params", width=160)
        else:
            period = st.radio(
                "Periode",
                periods,
                key="periode",
                bind="query-params",
                horizontal=True,
                width="content",
            )
        with st.popover("Verzuim"):
            sector = st.selectbox(
                "Verzuimcijfers van (CBS)", list(figures), key="sector", bind="query-params"
            )
            excess = st.selectbox(
                "Extra verzuim in een epidemische week, in procentpunten",
                [None, *EXCESS],
                format_func=lambda each: FROM_FIGURES if each is None else number(each, 1),
                key="extra_verzuim",
                help="Uit de cijfers: wat er in het eerste kwartaal boven het gewone najaars- en "
                "voorjaarsverzuim uitkomt. Elk kwartaal houdt zijn gemeten gemiddelde: kiest u "
                "hier meer, dan blijft er minder over voor de andere weken. De oorzaak staat niet "
                "in de cijfers.",
            )
        prefer = st.selectbox(
            "Griepseizoenen",
            list(flu_words.CHOICES),
            key="seizoenen",
            bind="query-params",
            width=160,
        )
    origin = flu_words.CHOICES[prefer]
    given = absence_of(sector, figures, None if excess is None else round(excess / 100, 4))
    absence = reuse(fitted, given, load.flu_history(origin))
    return Asked(PERIODS[period], absence, origin)


def nothing_here(view: CapacityView, screen: Screen) -> None:
    """Say what to do when there are no functions, or nobody asks for them."""
    if screen.all_projects.empty:
        frame.nothing_here(screen)
    if view.functions.empty:
        st.markdown(
            "Vul hieronder in welke functies er zijn, met hun fte en het deel van hun tijd voor "
            "projecten. Daarna geeft u per project aan wie het nodig heeft."
        )
    elif not screen.all_projects.empty:
        st.markdown(
            "De functies zijn er. Geef hieronder per project aan hoeveel uur per week het van wie "
            "vraagt, of begin met een sjabloon."
        )


def heatmap(view: CapacityView, screen: Screen) -> None:
    """Draw every function and week: the load, or the chance of a shortage."""
    title, narrow = st.container(), screen.look.narrow
    shown = st.radio(
        "Toon",
        (LOAD, CHANCE),
        key="toon",
        bind="query-params",
        horizontal=True,
        label_visibility="collapsed",
    )
    scarce = " · ◆ = schaarse functie" if view.functions["scarce"].any() else ""
    if shown == LOAD:
        title.header("Welke functie loopt wanneer vol?", anchor=False)
        charts.show(
            reuse(drawing.load_heatmap, view, screen.look),
            key="capacity_heatmap",
            alt=view.in_words,
            small_print=f"{capacity.load_note(view, narrow)}{scarce}",
        )
        headings = {"function": "Functie"}
        _as_table(view.table, headings, "belasting", "Belasting in % als tabel", screen)
        return
    title.header("Hoe vaak komt een functie uren tekort?", anchor=False)
    found = reuse(capacity_chance.view, view)
    charts.show(
        reuse(drawing.chance_heatmap, view, found, screen.look),
        key="capacity_chance",
        alt=found.in_words,
        small_print=f"{capacity_chance.note(view, found, narrow)}{scarce}",
    )
    _as_table(found.table, {"function": "Functie"}, "kans", "Kans op tekort in % als tabel", screen)


def one_function(view: CapacityView, screen: Screen) -> None:
    """Let somebody choose a function, and draw its supply and its work."""
    names = view.names
    linked = st.query_params.get(FUNCTION, "")
    ids = list(names)
    start = ids.index(int(linked)) if linked in map(str, ids) else 0
    if linked not in ("", *map(str, ids)):
        address.refuse(FUNCTION, names[ids[start]])
    title = st.container()
    chosen = st.selectbox(
        "Functie",
        ids,
        index=start,
        format_func=lambda each: names[each],
        key="functie_keuze",
        on_change=_remember,
        width=360,
    )
    name = plain(capacity_words.in_sentence(names[chosen]))
    title.header(f"Waardoor loopt {name} vol?", anchor=False)
    found = reuse(view_of, view, chosen, narrow=screen.look.narrow)
    charts.show(
        reuse(capacity_function.supply_and_load, found, screen.look),
        key="capacity_function",
        alt=found.in_words,
        small_print="staaf = gevraagde uren per project, hol = voorlopig · lijn = beschikbare uren "
        "na verlof, feestdagen en verwacht verzuim · rood getal = tekort in uren",
    )
    headings = {"project": "Project", "certainty": "Zeker?"}
    _as_table(found.table, headings, "uren", "Uren per project en week als tabel", screen)


def _as_table(
    rows: pd.DataFrame, headings: dict[str, str], content: str, label: str, screen: Screen
) -> None:
    """Fold the numbers of a chart behind a label; the columns of weeks are named as they are."""
    if part := tables.folded(label, f"tabel_{content}"):
        weeks = [str(column) for column in rows.columns if column not in headings]
        with part:
            tables.excel_button(
                rows, {**headings, **{w: w for w in weeks}}, f"capaciteit-{content}", screen
            )
            st.dataframe(
                rows.rename(columns=headings),
                hide_index=True,
                row_height=34,
                height=min(420, 40 + 34 * len(rows)),
                placeholder="–",
                key=f"capacity_{content}",
                column_config={
                    each: st.column_config.NumberColumn(each, format="localized") for each in weeks
                },
                alt=label,
            )


def _remember() -> None:
    st.query_params[FUNCTION] = str(st.session_state["functie_keuze"])


def overloads(view: CapacityView, screen: Screen) -> None:
    """List the weeks in which functions are asked more than they have, and through what."""
    st.header("Wat zit elkaar in de weg?", anchor=False)
    if view.overloads.empty:
        st.markdown("In deze periode vraagt niemand meer uren dan er zijn.")
        return
    tables.excel_button(view.overloads, HEADINGS, "capaciteit", screen)
    shown = tuple(PHONE_WIDTHS if screen.look.narrow else HEADINGS)
    widths = PHONE_WIDTHS if screen.look.narrow else WIDTHS
    height = 66 if screen.look.narrow else 34
    st.dataframe(
        view.overloads[list(shown)],
        hide_index=True,
        row_height=height,
        height=min(420, 40 + height * len(view.overloads)),
        key="capacity_overloads",
        column_config={
            name: st.column_config.NumberColumn(
                "Uur tekort" if screen.look.narrow else heading, format="%.0f", width=widths[name]
            )
            if name == "hours"
            else st.column_config.TextColumn(heading, width=widths.get(name))
            for name, heading in HEADINGS.items()
            if name in shown
        },
        alt="Weken waarin een functie meer uren gevraagd worden dan er zijn, en door welk werk.",
    )
