"""The part of the borgingsscan screen that looks back over the rounds."""

from __future__ import annotations

from typing import Any

import streamlit as st

from borging.charts import trend as drawing
from borging.domain.instruments import Instrument
from borging.domain.rounds import ScanRound
from borging.domain.wording import number
from borging.services.scan import trend
from borging.services.scan.trend import TrendView
from borging.services.scan.view import ScanView
from borging.services.scan.words import round_words
from borging.ui import address, charts, tables
from borging.ui.frame import Screen
from borging.ui.reuse import reuse
from borging.ui.text import plain

CHANGES = {
    "domain": "Domein",
    "factor": "Factor",
    "before": "Punten eerder",
    "n_before": "n eerder",
    "now": "Punten nu",
    "n_now": "n nu",
    "change": "Verschil",
    "chance": "Kans bij toeval (Holm)",
    "outcome": "Uitkomst",
}
CHANGES_ON_A_PHONE = {"short": "Factor", "change": "Verschil", "outcome": "Uitkomst"}
EARLIER = "eerdere_ronde"


def over_time(
    found: ScanView, rounds: list[ScanRound], instrument: Instrument, code: str, screen: Screen
) -> None:
    """Draw totals and factors over the rounds, with what is more than chance and what is not."""
    asked = st.query_params.get(EARLIER)
    view = reuse(trend.view, rounds, instrument, asked)
    if asked and (view.before is None or asked != str(view.before.number)):
        address.refuse(EARLIER, round_words(view.before) if view.before else None)
    if view.changes:
        left, right = st.columns(charts.WIDE_LEFT, gap="large")
        with left:
            _changes(view, screen)
        with right:
            _totals(found, instrument, screen)
        _table(view, code, screen)
        return
    st.markdown(view.finding)
    _totals(found, instrument, screen)


def _changes(view: TrendView, screen: Screen) -> None:
    st.markdown(f"**{view.finding}**")
    if len(view.candidates) > 1:
        _choose_earlier(view)
    charts.show(
        reuse(drawing.changes, view, screen.look),
        key="changes",
        alt=f"Per factor eerder en nu: {view.in_words}",
        small_print=plain(view.note),
    )


def _choose_earlier(view: TrendView) -> None:
    names = {str(each.number): round_words(each) for each in view.candidates}
    st.session_state[EARLIER] = str(view.before.number) if view.before else None
    st.selectbox(
        "Vergelijk de nieuwste ronde met",
        list(names),
        format_func=names.__getitem__,
        key=EARLIER,
        on_change=_remember,
        width=360,
    )


def _remember() -> None:
    st.query_params[EARLIER] = st.session_state[EARLIER]


def _totals(found: ScanView, instrument: Instrument, screen: Screen) -> None:
    if not found.rounds["total"].notna().any():
        return
    st.markdown("**Het totaal per ronde**")
    charts.show(
        reuse(
            drawing.totals_with_spread,
            found.rounds,
            instrument.threshold,
            instrument.maximum,
            screen.look,
        ),
        key="totals",
        alt=found.in_words["totals"],
        small_print=plain(
            "streep door een punt: één standaardafwijking onder en boven, dus hoe ver de invullers "
            "uiteen liggen; geen onzekerheidsmarge · geen streep: te weinig volledige antwoorden, "
            f"of zij zou antwoorden van collega's verraden · {found.totals_note}"
        ),
    )


def _table(view: TrendView, code: str, screen: Screen) -> None:
    part = tables.folded("Alle verschillen per factor", "verschillen")
    if part is None:
        return
    headings = CHANGES_ON_A_PHONE if screen.look.narrow else CHANGES
    shown = view.table[list(headings)].rename(columns=headings)
    formats: dict[Any, Any] = {
        headings[name]: _points for name in ("before", "now") if name in headings
    }
    with part:
        tables.excel_button(view.table, CHANGES, f"borgingsscan verloop {code}", screen)
        st.table(
            shown.style.format(formats, na_rep=trend.NO_COUNT),
            border="horizontal",
            hide_index=True,
            alt="Per factor de punten eerder en nu, het verschil en of dat meer is dan toeval",
        )


def _points(value: float) -> str:
    return number(value, 1)
