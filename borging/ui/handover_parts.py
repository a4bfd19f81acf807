"""What a project hands over: results, the hard questions about each, and the handover itself."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from borging import clock
from borging.domain import handover as rules
from borging.domain.dossier import ListDefinition, all_lists
from borging.domain.handover import RESULT
from borging.services import dossier_rules, handover_text
from borging.services import handover as services
from borging.services.dossier import Dossier
from borging.services.handover import is_handed_over
from borging.services.wording import count, day
from borging.store.commands import hard_questions
from borging.store.commands import results as result_commands
from borging.store.commands.dossier import ENTITY
from borging.store.commands.rows import Row, RowsError, Save
from borging.ui import grid, handover_record, item_form, item_lists, load, tables
from borging.ui.frame import Screen
from borging.ui.reuse import reuse
from borging.ui.text import plain, unbroken

PART = "overdracht"
"""Key of the part of the dossier that this draws."""
QUESTIONS = "vijftien-harde-vragen"
TAKEN_OVER = "antwoorden_overnemen"
MOMENTS = {rules.START: "bij de start", rules.CLOSING: "bij het afsluiten"}
RESULT_WIDTHS = {
    "title": 380,
    "formal_receiver_id": 250,
    "practical_receiver_id": 250,
    "agreed_on": 140,
    "handed_over_on": 140,
}
QUESTION_WIDTHS = {"question": 480, "answer": 120, "evidence": 260}


def handover(found: Dossier, screen: Screen) -> None:
    """Draw the results, and for the chosen one what is needed to hand it over."""
    part = next(each for each in found.parts if each.key == PART)
    said = reuse(dossier_rules.summary, part, found)
    st.markdown(
        f"{said.state.symbol} {said.state.label} · {plain(said.words)}"
        + (f"  \n**Wat nu?** {plain(said.next)}" if said.next else "")
    )
    _results(found, screen)
    results = services.results_of(found)
    if results:
        _result(_choose(results, screen.as_of), found, screen)
    for key in (rules.ACTION, rules.RISK):
        _folded_list(all_lists(found.parts)[key], found, screen)


def _results(found: Dossier, screen: Screen) -> None:
    def save(rows: list[Row]) -> list[int]:
        return result_commands.save_results(
            load.engine(), screen.actor, found.project_id, rows, clock.today()
        )

    rows = reuse(services.result_rows, found)
    if screen.look.narrow:
        for each in services.results_of(found):
            st.markdown(_in_a_line(each, found))
        item_form.draw(RESULT, found, screen, rows=rows, save=save, entity=RESULT.key)
    else:
        item_lists.table(
            RESULT, found, screen, rows=rows, save=save, entity=RESULT.key, widths=RESULT_WIDTHS
        )


def _in_a_line(result: dict[str, Any], found: Dossier) -> str:
    """Return a result with its receivers and its day, for a screen too narrow for a table."""
    formal, practical = (
        plain(found.people.get(result[name] or 0, "niet benoemd"))
        for name in ("formal_receiver_id", "practical_receiver_id")
    )
    handed_over, agreed = result["handed_over_on"], result["agreed_on"]
    when = f"overgedragen {day(handed_over)}" if handed_over else f"afgesproken {day(agreed)}"
    return (
        f"**{plain(result['title'])}**  \n:small[formeel: {formal} · praktisch: {practical} · "
        f"{unbroken(when)}]"
    )


def _choose(results: list[dict[str, Any]], as_of: date) -> dict[str, Any]:
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


def _result(result: dict[str, Any], found: Dossier, screen: Screen) -> None:
    """Draw the questions about one result, its handover and its document."""
    for moment in MOMENTS:
        _questions(result["id"], moment, found, screen)
    with st.container(horizontal=True, vertical_alignment="center"):
        handover_record.draw(result, found, screen)
        text = reuse(handover_text.document, found, load.questionnaire(QUESTIONS), result["id"])
        tables.word_button(text, "overdracht", [found.project["code"], result["title"]], screen)
    handover_record.notice()


def _questions(result_id: int, moment: str, found: Dossier, screen: Screen) -> None:
    """Draw the hard questions at one moment, folded behind how far they are."""
    questionnaire = load.questionnaire(QUESTIONS)
    how = reuse(services.progress, found, questionnaire, result_id, moment)
    label = f"**{questionnaire.title} {MOMENTS[moment]}** · {how.words}"
    inside = tables.folded(label, f"vragen_{moment}_{result_id}", keep=True)
    if inside is None:
        return
    definition = all_lists(found.parts)[rules.HARD_QUESTION]
    preset = {"result": result_id, "moment": moment}
    rows = reuse(services.question_rows, found, questionnaire, result_id, moment)
    save = _answers(definition, found, screen)
    with inside:
        if how.rest:
            st.markdown(f"Nog open: {plain(how.rest)}.")
        if moment == rules.CLOSING:
            _copy(result_id, found, save)
        if screen.look.narrow:
            item_form.draw(
                definition,
                found,
                screen,
                preset=preset,
                rows=rows,
                fixed=True,
                locked=("question",),
                save=save,
            )
        else:
            item_lists.table(
                definition,
                found,
                screen,
                preset=preset,
                rows=rows,
                fixed=True,
                locked=("question",),
                save=save,
                widths=QUESTION_WIDTHS,
            )


def _answers(definition: ListDefinition, found: Dossier, screen: Screen) -> Save:
    return lambda rows: hard_questions.save_answers(
        load.engine(), screen.actor, found.project_id, definition, rows, load.question_ids()
    )


def _copy(result_id: int, found: Dossier, save: Save) -> None:
    """Offer the answers at the start as a starting point for those at closing."""
    copied = services.starting_point(found, result_id)
    key = f"{TAKEN_OVER}_{result_id}"
    grid.told(key)
    if not copied:
        return
    words = count(len(copied), "antwoord", "antwoorden")
    st.button(
        f"{words} van de start overnemen",
        key=key,
        on_click=_take_over,
        args=(copied, words, save, key),
        help="Alleen bij vragen die hier nog open zijn. Loop ze daarna na en vul de dag in.",
    )
    grid.refusal(key)


def _take_over(copied: list[dict[str, Any]], words: str, save: Save, key: str) -> None:
    try:
        ids = save([Row(f"rij {place}", fields) for place, fields in enumerate(copied, start=1)])
    except RowsError as refusal:
        grid.say(key, *refusal.sentences, refused=True)
        return
    said = f"{words} overgenomen; loop ze na."
    grid.say(key, said, entity=ENTITY, ids=ids)


def _folded_list(definition: ListDefinition, found: Dossier, screen: Screen) -> None:
    number = len(found.lists[definition.key])
    words = count(number, definition.one, definition.many) if number else "nog leeg"
    inside = tables.folded(f"**{definition.title}** · {words}", definition.key, keep=True)
    if inside is None:
        return
    with inside:
        item_lists.draw(definition, found, screen, titled=False)
