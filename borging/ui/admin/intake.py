"""Reading in a list: choose a file, see what it would do, apply it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

import pandas as pd
import streamlit as st

from borging import clock
from borging.access.actor import Actor
from borging.domain.wording import count, number
from borging.exchange.lists import importing
from borging.exchange.lists.importing import Parsed, StrictImportError
from borging.exchange.lists.profile import load_profiles
from borging.exchange.lists.profile_table import ProfileError
from borging.exchange.lists.report import Report
from borging.exchange.problems import Problem
from borging.exchange.reading import UnreadableFileError
from borging.services.figures import KeyFigure
from borging.store import database
from borging.store.imports.meanwhile import Seen
from borging.store.unavailable import CopyFailedError
from borging.ui import frame, load
from borging.ui.text import plain

TYPES = ["xlsx", "xls", "ods", "csv", "txt"]
AUTOMATIC = "automatisch herkennen"
OWN_WORKBOOK = "werkboek"
REMARKS = {"severity": "Soort", "place": "Waar", "value": "Waarde", "reason": "Wat is er"}
REMARKS_SHOWN = 1000
SHOWN = "intake_shown"
"""The file that was compared last, and what the visitor saw of it."""


@dataclass(frozen=True)
class Done:
    """An import that was applied: the file and the report."""

    name: str
    report: Report


def intake(actor: Actor) -> None:
    """Draw the steps of reading in a list; each step appears when the one before it is done."""
    titles = {profile.name: profile.title for profile in load_profiles()}
    titles[OWN_WORKBOOK] = "Werkboek van de Borgingsmonitor"
    left, right = st.columns([7, 5], gap="large")
    with left:
        file = st.file_uploader(
            "1. Kies een bestand (Excel, OpenDocument of CSV)", type=TYPES, key="intake_file"
        )
    with right:
        profile = st.selectbox(
            "Soort lijst",
            [AUTOMATIC, *titles],
            format_func=lambda name: titles.get(name, AUTOMATIC),
            key="intake_profile",
            help="Een profiel vertaalt de kolommen van een lijst naar die van de portfolio.",
        )
    if file is None:
        _last_import()
        return
    try:
        parsed = importing.read_file(
            file.getvalue(),
            file.name,
            clock.today(),
            None if profile == AUTOMATIC else profile,
        )
    except (UnreadableFileError, ProfileError) as error:
        st.error(plain(str(error)))
        return
    _preview(parsed)
    with st.spinner("De lijst wordt vergeleken met de portfolio …"):
        report, now = importing.compare_now(load.engine(), parsed)
    shown = st.session_state.get(SHOWN)
    key = (parsed.name, parsed.profile, sha256(file.getvalue()).hexdigest())
    seen = shown[1] if shown and shown[0] == key else now
    st.session_state[SHOWN] = (key, now)
    st.markdown("**3. Dit zou er gebeuren** (er is nog niets geschreven)")
    show_report(report, "intake_dry")
    _apply(parsed, report, actor, seen)


def _preview(parsed: Parsed) -> None:
    words = f"{plain(parsed.name)} is herkend als **{plain(parsed.title)}**"
    st.markdown(f"**2. Controleer de lijst:** {words}")
    filled = {each.sheet: each for each in parsed.previews if each.rows}
    previews = filled or {each.sheet: each for each in parsed.previews[:1]}
    chosen: str | None = next(iter(previews))
    if len(previews) > 1:
        names = [name for name in previews if name is not None]
        chosen = st.selectbox(
            f"Blad ({count(len(names), 'blad', 'bladen')} met gegevens)", names, key="intake_sheet"
        )
    preview = previews[chosen]
    headings = [
        heading if preview.headings.index(heading) == i else f"{heading} ({i + 1})"
        for i, heading in enumerate(preview.headings)
    ]
    width = len(headings)
    rows = [(*row, *[""] * width)[:width] for row in preview.rows]
    st.dataframe(
        pd.DataFrame(rows, columns=headings),
        hide_index=True,
        row_height=34,
        height=38 + 34 * min(5, max(1, len(rows))),
        key="intake_preview",
        alt=f"De eerste {len(rows)} rijen van het bestand.",
    )


def _apply(parsed: Parsed, report: Report, actor: Actor, seen: Seen) -> None:
    """Offer to take over what was shown. seen: the comparison that the visitor looked at."""
    if report.new + report.changed == 0:
        last: Done | None = st.session_state.get("intake_done")
        if last is not None and last.name == parsed.name:
            _last_import()
        what = "wat niet is afgewezen" if report.rejected else "alles"
        st.markdown(f"Er valt niets over te nemen: {what} staat al in de portfolio.")
        return
    strict = st.checkbox("Stop als er een rij wordt afgewezen", key="intake_strict")
    rows = count(report.new + report.changed, "rij", "rijen")
    if not st.button(f"{rows} overnemen", type="primary", key="intake_apply"):
        return
    bar = st.progress(0.0, text="Eerst een kopie van de portfolio …")

    def show(share: float, words: str) -> None:
        bar.progress(min(1.0, share), text=words)

    try:
        database.copy_sqlite(load.engine(), "voor-inlezen")
        done = importing.apply(
            load.engine(),
            parsed,
            actor,
            strict,
            progress=show,
            seen=seen,
        )
    except (StrictImportError, CopyFailedError) as error:
        bar.empty()
        st.error(plain(str(error)))
        return
    st.session_state["intake_done"] = Done(parsed.name, done)
    st.rerun()


def _last_import() -> None:
    done: Done | None = st.session_state.get("intake_done")
    if done is None:
        return
    taken = count(done.report.new + done.report.changed, "rij", "rijen")
    st.success(
        f"{plain(done.name)} is ingelezen: {taken} overgenomen, "
        f"{number(done.report.rejected)} afgewezen. Vóór het inlezen is een kopie van de portfolio "
        "gemaakt, in de map kopie naast de database."
    )


def show_report(report: Report, key: str) -> None:
    """Draw the counts of a report and its remarks."""
    frame.key_figures(
        [
            KeyFigure("Gelezen rijen", number(report.read)),
            KeyFigure("Nieuw", number(report.new)),
            KeyFigure("Gewijzigd", number(report.changed)),
            KeyFigure("Ongewijzigd", number(report.unchanged)),
            KeyFigure("Afgewezen", number(report.rejected)),
        ]
    )
    remarks: list[Problem] = [*report.problems, *report.changes]
    if not remarks:
        st.markdown("Geen opmerkingen bij deze lijst.")
        return
    order = {"fout": 0, "waarschuwing": 1, "info": 2}
    remarks.sort(key=lambda problem: order[problem.severity.value])
    table = pd.DataFrame(
        [(p.severity.value, p.place, p.value or "leeg", p.reason) for p in remarks],
        columns=list(REMARKS),
    )
    st.dataframe(
        table.head(REMARKS_SHOWN),
        hide_index=True,
        row_height=34,
        height=min(380, 38 + 34 * len(table)),
        key=key,
        column_config=REMARKS,
        alt="Opmerkingen bij de rijen van het bestand.",
    )
    rest = len(table) - REMARKS_SHOWN
    more = f"; nog {number(rest)} niet getoond" if rest > 0 else ""
    st.markdown(f":small[:gray[{count(len(table), 'opmerking', 'opmerkingen')}{more}]]")
