"""What a project hands over: results, what is asked about each, and the handover itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from borging import clock
from borging.domain import handover as rules
from borging.domain.dossier import ListDefinition, all_lists
from borging.domain.handover import RESULT
from borging.domain.wording import count, day
from borging.services.dossier import handover_document as handover_text
from borging.services.dossier import parts as dossier_rules
from borging.services.dossier.dossier import Dossier
from borging.services.dossier.handover import is_handed_over
from borging.store.commands import results as result_commands
from borging.store.commands.rows import Row
from borging.ui import load, tables
from borging.ui.dossier import handover_record, item_form, item_lists
from borging.ui.dossier import questions as question_parts
from borging.ui.frame import Screen
from borging.ui.reuse import reuse
from borging.ui.text import plain, unbroken

PART = "overdracht"
"""Key of the part of the dossier that this draws."""
RESULT_WIDTHS = {
    "title": 380,
    "formal_receiver_id": 250,
    "practical_receiver_id": 250,
    "agreed_on": 140,
    "handed_over_on": 140,
}


def handover(dossier: Dossier, screen: Screen) -> None:
    """Draw the results, and for the chosen one what is needed to hand it over."""
    part = next(each for each in dossier.parts if each.key == PART)
    said = reuse(dossier_rules.summary, part, dossier)
    st.markdown(
        f"{said.state.symbol} {said.state.label} · {plain(said.words)}"
        + (f"  \n**Wat nu?** {plain(said.next)}" if said.next not in ("", RESULT.add) else "")
    )
    _results(dossier, screen)
    results = dossier.given_results
    if results:
        _result(_choose(results, screen.as_of), dossier, screen)
    for key in (rules.ACTION, rules.RISK):
        _folded_list(all_lists(dossier.parts)[key], dossier, screen)


def _results(dossier: Dossier, screen: Screen) -> None:
    def save(rows: list[Row]) -> list[int]:
        return result_commands.save_results(
            load.engine(), screen.actor, dossier.project_id, rows, clock.today()
        )

    rows = dossier.result_rows
    if screen.look.narrow:
        for each in dossier.given_results:
            st.markdown(_in_a_line(each, dossier))
        item_form.draw(RESULT, dossier, screen, rows=rows, save=save, entity=RESULT.key)
    else:
        item_lists.table(
            RESULT, dossier, screen, rows=rows, save=save, entity=RESULT.key, widths=RESULT_WIDTHS
        )


def _in_a_line(result: Mapping[str, Any], dossier: Dossier) -> str:
    """Return a result with its receivers and its day, for a screen too narrow for a table."""
    formal, practical = (
        plain(dossier.people.get(result[name] or 0, "niet benoemd"))
        for name in ("formal_receiver_id", "practical_receiver_id")
    )
    handed_over, agreed = result["handed_over_on"], result["agreed_on"]
    when = f"overgedragen {day(handed_over)}" if handed_over else f"afgesproken {day(agreed)}"
    return (
        f"**{plain(result['title'])}**  \n:small[formeel: {formal} · praktisch: {practical} · "
        f"{unbroken(when)}]"
    )


def _choose(results: Sequence[Mapping[str, Any]], as_of: date) -> Mapping[str, Any]:
    """Return the result that the visitor looks at; the first that waits until he chooses."""
    if len(results) == 1:
        st.subheader(plain(results[0]["title"]), anchor=False)
        return results[0]
    by_id = {each["id"]: each for each in results}
    waiting = [each["id"] for each in results if not is_handed_over(each, as_of)]
    ids = list(by_id)
    chosen = st.selectbox(
        "Vragen en overdracht van",
        ids,
        index=ids.index(waiting[0]) if waiting else 0,
        format_func=lambda each: plain(by_id[each]["title"]),
        key=f"resultaat_{results[0]['id']}",
    )
    return by_id[chosen]


def _result(result: Mapping[str, Any], dossier: Dossier, screen: Screen) -> None:
    """Draw the questions about one result, its handover and its document."""
    for moment in question_parts.MOMENTS:
        question_parts.draw(result["id"], moment, dossier, screen)
    with st.container(horizontal=True, vertical_alignment="center"):
        handover_record.draw(result, dossier, screen)
        about = [dossier.project["code"], result["title"]]
        questions = load.questionnaire(load.HARD_QUESTIONS)
        tables.word_button(
            lambda: handover_text.document(dossier, questions, result["id"]),
            "overdracht",
            about,
            screen,
        )
    handover_record.notice()


def _folded_list(list_definition: ListDefinition, dossier: Dossier, screen: Screen) -> None:
    number = len(dossier.lists[list_definition.key])
    words = count(number, list_definition.one, list_definition.many) if number else "nog leeg"
    inside = tables.folded(f"**{list_definition.title}** · {words}", list_definition.key, keep=True)
    if inside is None:
        return
    with inside:
        item_lists.draw(list_definition, dossier, screen, titled=False)
