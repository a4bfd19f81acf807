"""The yearly review of the calendar on the screen: what was held, and recording one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from borging import clock
from borging.domain.calendar_review import ReviewFields, decision_lines, next_review
from borging.domain.texts import longest
from borging.domain.wording import day
from borging.services.calendar import review as calendar_review
from borging.services.calendar.review import ReviewView
from borging.store.commands import calendar_reviews as commands
from borging.store.commands.calendar_reviews import CalendarReviewError, ReviewChangedError
from borging.ui import load, people_field, tables
from borging.ui.frame import Screen
from borging.ui.reuse import reuse
from borging.ui.text import plain, unbroken

NOTICE, EDITION, BASIS = "herziening_melding", "herziening_keer", "herziening_basis"
AGAIN = "Er is niets gewijzigd; wat u invulde staat er nog. Druk nogmaals om het toch te doen."
CHANGED = {"kind": "Wat", "code": "Code", "title": "Project", "detail": "Toelichting"}
ON_A_PHONE = ("kind", "code", "detail")
HELD = {
    "held_on": "Gehouden op",
    "chaired_by": "Geleid door",
    "participants": "Deden mee",
    "decided": "Besluiten",
    "projects": "Projecten",
    "running": "Lopend",
    "handovers": "Overdrachten",
}


def section(screen: Screen) -> None:
    """Say when the calendar was last reviewed, and let somebody record a review."""
    reviews = load.calendar_reviews()
    view = reuse(
        calendar_review.view,
        reviews=reviews,
        projects=screen.all_plans,
        results=load.results(),
        as_of=screen.as_of,
    )
    st.header("Wanneer is de kalender als geheel herzien?", anchor=False)
    _notice(screen)
    mark = ":orange[▲]" if view.warns else ":green[✓]"
    st.markdown(f"{mark} {unbroken(plain(view.finding))}")
    _newest(view, screen)
    with st.expander("Herziening vastleggen", key="herziening_vastleggen"):
        _record(screen)
    if not reviews.empty:
        with st.expander("Herziening verbeteren of intrekken", key="herziening_verbeteren"):
            _correct(reviews, screen)


def _newest(view: ReviewView, screen: Screen) -> None:
    if view.held.empty:
        return
    grid = st.grid(4, min_column_width=170)
    for label, words in view.told:
        grid.markdown(f":small[:gray[{unbroken(label)}]]  \n{plain(words)}")
    lines = "\n".join(f"- {plain(line)}" for line in view.decisions)
    st.markdown(f"**Besloten**\n\n{lines}" if lines else "Er zijn geen besluiten vastgelegd.")
    st.markdown(unbroken(plain(view.since)))
    if not view.changed.empty and (part := tables.folded("Wat is er veranderd?", "veranderd")):
        shown = ON_A_PHONE if screen.look.narrow else tuple(CHANGED)
        with part:
            tables.excel_button(view.changed, CHANGED, "veranderd-op-de-kalender", screen)
            st.dataframe(
                view.changed[list(shown)],
                hide_index=True,
                row_height=34,
                height=min(420, 38 + 34 * len(view.changed)),
                key="veranderd_tabel",
                column_config={name: CHANGED[name] for name in shown},
                alt="Wat er op de kalender veranderde sinds de vorige herziening.",
            )
    if len(view.held) > 1 and (part := tables.folded("Alle herzieningen", "herzieningen")):
        with part:
            _held(view.held, screen)


def _held(held: pd.DataFrame, screen: Screen) -> None:
    shown = ("held_on", "decided") if screen.look.narrow else tuple(HELD)
    st.dataframe(
        held[list(shown)],
        hide_index=True,
        row_height=34,
        key="herzieningen_tabel",
        column_config={
            name: st.column_config.DateColumn(HELD[name], format="DD-MM-YYYY")
            if name == "held_on"
            else HELD[name]
            for name in shown
        },
        alt="De herzieningen van de projectenkalender met hun besluiten.",
    )


def _notice(screen: Screen) -> None:
    said = st.session_state.get(NOTICE)
    if not said:
        return
    words, withdrawn = said
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":green[✓] {plain(words)}", width="content")
        if withdrawn is not None:
            st.button(
                "Ongedaan maken",
                key="herziening_terug",
                type="tertiary",
                on_click=_restore,
                args=(*withdrawn, screen),
            )


def _record(screen: Screen) -> None:
    st.markdown(
        ":small[:gray[Bij de herziening bewaart de Borgingsmonitor de lijst van nu: staat, einde "
        "en thema per project. Volgend jaar ziet u daarmee wat er is veranderd.]]"
    )
    key = f"herziening_{st.session_state.get(EDITION, 0)}"
    empty = ReviewFields(clock.today(), screen.actor.person_id, "", (), None)
    with st.form(key, border=False):
        fields = _fields(key, empty)
        if st.form_submit_button("Herziening vastleggen", type="primary"):
            today = clock.today()
            seen = calendar_review.looked_at(load.projects(today), load.results(), today)
            source, who = load.engine(), screen.actor
            if _done(lambda: commands.record_review(source, who, fields, seen, today)):
                _say(f"Herziening van {day(fields.held_on)} vastgelegd.")


def _correct(reviews: pd.DataFrame, screen: Screen) -> None:
    rows = reviews.set_index("id")
    chosen = st.selectbox(
        "Welke herziening?",
        rows.index.tolist(),
        format_func=lambda each: f"{rows.loc[each, 'held_on']:%d-%m-%Y}",
        key="herziening_keuze",
        width=220,
    )
    row = rows.loc[chosen]
    key = f"verbetering_{chosen}_{st.session_state.get(EDITION, 0)}"
    stored = ReviewFields(
        row["held_on"].date(),
        int(row["chaired_by_id"]),
        row["participants"],
        tuple(row["decisions"].splitlines()),
        row["next_on"].date(),
    )
    based: dict[str, Any] = st.session_state.setdefault(
        f"{BASIS}_{key}", {"version": int(row["version"]), "fields": stored}
    )
    with st.form(key, border=False):
        fields = _fields(key, based["fields"])
        with st.container(horizontal=True):
            save = st.form_submit_button("Verbetering opslaan", type="primary")
            withdraw = st.form_submit_button("Herziening intrekken", type="tertiary")
    source, who, today = load.engine(), screen.actor, clock.today()

    def correct() -> None:
        version, seen = based["version"], based["fields"]
        commands.correct_review(source, who, chosen, version, fields, today, seen)

    def remove() -> None:
        commands.withdraw_review(source, who, chosen, based["version"], based["fields"])

    if save and _done(correct, based):
        _say(f"Herziening van {day(fields.held_on)} verbeterd.")
    if withdraw and _done(remove, based):
        gone = int(chosen), int(based["version"]) + 1
        _say(f"Herziening van {day(row['held_on'])} ingetrokken.", withdrawn=gone)


def _fields(key: str, before: ReviewFields) -> ReviewFields:
    left, middle, right = st.columns(3)
    held_on = left.date_input(
        "Gehouden op", value=before.held_on, format="DD-MM-YYYY", key=f"{key}_dag"
    )
    with middle:
        chair = people_field.who("Geleid door", before.chaired_by_id, f"{key}_leider")
    next_on = right.date_input(
        "Volgende herziening",
        value=before.next_on,
        format="DD-MM-YYYY",
        help="Leeg: een jaar later.",
        key=f"{key}_volgende",
    )
    participants = st.text_input(
        "Wie deden mee?",
        before.participants,
        max_chars=longest("calendar_review.participants"),
        key=f"{key}_mee",
    )
    decisions = st.text_area(
        "Wat is er besloten? Eén besluit per regel.",
        "\n".join(before.decisions),
        max_chars=longest("calendar_review.decisions"),
        key=f"{key}_besluiten",
    )
    assert held_on is None or isinstance(held_on, date)
    due = next_review(held_on) if held_on and next_on is None else next_on
    return ReviewFields(held_on, chair, participants, decision_lines(decisions), due)


def _done(write: Callable[[], object], based: dict[str, Any] | None = None) -> bool:
    """Write; say why not when it is refused, and leave what was typed.

    based: what this visitor began to change; once told of a newer version he may write on that.
    """
    try:
        write()
    except CalendarReviewError as refusal:
        told = [*refusal.sentences]
        if isinstance(refusal, ReviewChangedError) and based is not None:
            based["version"] = refusal.version
            told.append(AGAIN)
        st.warning("  \n".join(plain(words) for words in told))
        return False
    return True


def _say(words: str, withdrawn: tuple[int, int] | None = None) -> None:
    st.session_state[NOTICE] = words, withdrawn
    st.session_state[EDITION] = st.session_state.get(EDITION, 0) + 1
    st.rerun()


def _restore(review_id: int, version: int, screen: Screen) -> None:
    try:
        commands.restore_review(load.engine(), screen.actor, review_id, version)
    except CalendarReviewError as refusal:
        st.session_state[NOTICE] = str(refusal), None
        return
    st.session_state[NOTICE] = "Herziening teruggezet.", None
