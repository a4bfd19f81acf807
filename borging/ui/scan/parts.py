"""The parts of the borgingsscan screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from borging.domain.rounds import ScanRound
from borging.domain.wording import count, day, number, percent
from borging.services.scan import chooser as scan_chooser
from borging.services.scan.view import ScanView, Topic
from borging.ui import frame, links, load, tables
from borging.ui.frame import Screen
from borging.ui.reuse import reuse
from borging.ui.text import plain, unbroken

FACTORS = {
    "domain": "Domein",
    "factor": "Factor",
    "points": "Punten",
    "maximum": "Maximum",
    "percent": "% van maximum",
    "gain": "Nog te winnen",
    "gain_percent": "Nog te winnen %",
    "n": "n",
    "answers": "Antwoorden",
    "spread": "Spreiding",
}
FACTORS_ON_A_PHONE = {"short": "Factor", "points": "Punten", "answers": "Antwoorden"}
ROUNDS = {
    "number": "Ronde",
    "scanned_on": "Datum",
    "kind": "Soort",
    "moment": "Moment",
    "state": "Staat",
    "who": "Invullers",
    "total": "Totaal",
    "sd": "Standaardafwijking",
    "recorded_by": "Vastgelegd door",
    "version": "Versie",
}
ROUNDS_ON_A_PHONE = {"scanned_on": "Datum", "briefly": "Invullers", "total": "Totaal"}
NOTHING = "–"


def choose(screen: Screen, asked: str | None) -> None:
    """Say when the project in the address is not there, and let somebody choose one."""
    view = reuse(
        scan_chooser.choices,
        screen.plans,
        load.newest_scans(screen.as_of),
        screen.as_of,
        filtered=screen.selection.active,
    )
    if asked:
        choose = "" if view.table.empty else " Kies hieronder een project."
        words = f"Er is geen project met nummer {plain(asked[:40])}.{choose}"
        screen.heading("Dit project is er niet", words, view.small_print)
    else:
        screen.heading(
            view.title, "Van welk project wilt u de borgingsscan zien?", view.small_print
        )
    if view.table.empty:
        frame.nothing_here(screen)
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _pick(view)
        words = st.text_input(
            "Zoek in de lijst",
            key="zoek_scan",
            bind="query-params",
            placeholder="Code, naam of eenheid",
            width=320,
        )
    _list(view.found(words or ""), screen)


def _pick(view: scan_chooser.Chooser) -> None:
    names = {
        project_id: f"{code} · {title}"
        for project_id, code, title in zip(
            view.table["id"].tolist(), view.table["code"], view.table["title"], strict=True
        )
    }
    chosen = st.selectbox(
        "Project",
        list(names),
        index=None,
        format_func=names.__getitem__,
        key="scan_project",
        placeholder="Typ een deel van de naam of kies uit de lijst",
        width=640,
    )
    if chosen is not None:
        _open(chosen)


def _list(rows: pd.DataFrame, screen: Screen) -> None:
    narrow = screen.look.narrow
    shown = ["title", "scanned_on", "total"]
    if not narrow:
        shown = ["code", "title", "unit", "scanned_on", "who", "total"]
    event = st.dataframe(
        rows[shown],
        hide_index=True,
        row_height=34,
        height=min(560, 38 + 34 * max(1, len(rows))),
        key="scan_projects",
        placeholder=NOTHING,
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            "code": st.column_config.TextColumn("Code", width=70),
            "title": st.column_config.TextColumn("Project", width=140 if narrow else None),
            "unit": "Eenheid",
            "scanned_on": st.column_config.DateColumn(
                "Scan van", format="DD-MM-YYYY", width=96 if narrow else None
            ),
            "who": st.column_config.TextColumn("Invullers", width=100),
            "total": st.column_config.NumberColumn("Scan /100", format="%.0f", width=82),
        },
        alt="Projecten met hun nieuwste borgingsscan.",
    )
    if event.selection.rows:
        _open(int(rows.iloc[event.selection.rows[0]]["id"]))
    st.markdown(
        f":small[:gray[{count(len(rows), 'project', 'projecten')} · kies een rij om de scan te "
        "openen · streepje bij scan: geen totaal, want niet gemeten of bij een factor te weinig "
        "antwoorden]]"
    )


def _open(project_id: int) -> None:
    st.query_params["id"] = str(project_id)
    st.rerun()


def controls(project: scan_chooser.Chosen, current: ScanRound | None) -> None:
    """The ways on from here: the rounds, talking about one, an agreed answer, other projects.

    current: the round that is shown; None when nothing may be shown.
    """
    at = {"id": str(project.id)}
    with st.container(horizontal=True, vertical_alignment="center"):
        if current is not None:
            st.page_link(links.screen("scanronde"), label="Ronde beheren", query_params=at)
            talk = {"scan": str(current.id)}
            st.page_link(links.screen("bespreken"), label="Bespreken", query_params=talk)
            st.page_link(
                links.screen("scan_invullen"), label="Gezamenlijk antwoord", query_params=at
            )
        st.page_link(links.screen("project"), label="Naar het project", query_params=at)
        st.button("Ander project", key="other_project", type="tertiary", on_click=_forget)


def _forget() -> None:
    st.query_params.pop("id", None)


def unit_choice() -> bool:
    """Let somebody choose the unit of the radar; True for points."""
    chosen = st.radio(
        "Eenheid van het beeld",
        ["% van het maximum", "punten"],
        key="maat",
        bind="query-params",
        horizontal=True,
        label_visibility="collapsed",
    )
    return chosen == "punten"


def nothing_to_show(view: ScanView, project: scan_chooser.Chosen) -> None:
    """Say what to do when no round may be shown."""
    st.markdown(unbroken(plain(view.empty_words)))
    at = {"id": str(project.id)}
    under_way = not view.rounds.empty and not view.rounds["closed"].iloc[-1]
    with st.container(horizontal=True):
        words = "Ronde beheren" if under_way else "Ronde beginnen"
        if st.button(words, type="primary", key="go_round"):
            st.switch_page(links.screen("scanronde"), query_params=at)
        if st.button("Gezamenlijk antwoord", key="go_joint"):
            st.switch_page(links.screen("scan_invullen"), query_params=at)
    if not view.rounds.empty:
        st.header("Welke rondes zijn er?", anchor=False)


def topics(listed: Sequence[Topic], note: str) -> None:
    """List what to talk about first."""
    st.markdown(note)
    for topic in listed:
        st.markdown(f"**{topic.factor}**  \n{topic.ends}  \n:small[:gray[{plain(topic.answers)}]]")


def factor_table(view: ScanView, code: str, screen: Screen) -> None:
    """Every number of the three charts above, per factor, for who opens it."""
    part = tables.folded("Alle cijfers per factor", "cijfers")
    if part is None:
        return
    headings = FACTORS_ON_A_PHONE if screen.look.narrow else FACTORS
    with part:
        tables.excel_button(view.factors, FACTORS, f"borgingsscan {code}", screen)
        _table(view.factors, headings, "Punten, winst, antwoorden en spreiding per factor")


def round_table(view: ScanView, screen: Screen) -> None:
    """Every round with its date, number of answers, total and who recorded it."""
    headings = ROUNDS_ON_A_PHONE if screen.look.narrow else ROUNDS
    _table(view.rounds[::-1], headings, "Rondes van de borgingsscan")


FORMATS: dict[str, Any] = {
    "points": lambda value: number(value, 1),
    "maximum": lambda value: number(value, 1),
    "gain": lambda value: number(value, 1),
    "percent": percent,
    "gain_percent": percent,
    "total": lambda value: number(value, 1),
    "sd": lambda value: number(value, 1),
    "scanned_on": day,
    "who": plain,
    "recorded_by": plain,
}


def _table(rows: pd.DataFrame, headings: dict[str, str], alt: str) -> None:
    written = rows[list(headings)].rename(columns=headings)
    formats = {heading: FORMATS[name] for name, heading in headings.items() if name in FORMATS}
    styled = written.style.format(formats, na_rep=NOTHING)
    st.table(styled, border="horizontal", hide_index=True, alt=alt)
