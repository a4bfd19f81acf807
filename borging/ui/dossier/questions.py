"""The hard questions about a result: all answers in one form, and what stands behind each."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from borging import clock
from borging.domain import handover as rules
from borging.domain.dossier import ListDefinition, all_lists
from borging.domain.hard_answers import YES
from borging.domain.questionnaires import Questionnaire
from borging.domain.wording import count
from borging.services.dossier import handover as services
from borging.services.dossier.dossier import Dossier
from borging.services.dossier.hard_side import contradictions
from borging.store.commands import hard_questions
from borging.store.commands.dossier import ENTITY
from borging.store.commands.rows import Row, RowsChangedError, RowsError, Save
from borging.ui import edition, grid, load, tables
from borging.ui.dossier import item_form, item_lists
from borging.ui.frame import Screen
from borging.ui.reuse import reuse
from borging.ui.text import plain

MOMENTS = {rules.START: "bij de start", rules.CLOSING: "bij het afsluiten"}
WIDTHS = {"question": 480, "answer": 120, "evidence": 260}
FIELD = 420
"""Pixels of the narrowest question; on a phone they stand below each other."""
LOCKED = ("question", "answer")
"""What is not written in the table below the form."""


def draw(result_id: int, moment: str, dossier: Dossier, screen: Screen) -> None:
    """Draw the hard questions at one moment, folded behind how far they are."""
    questionnaire = load.questionnaire(load.HARD_QUESTIONS)
    how = reuse(services.progress, dossier, questionnaire, result_id, moment)
    label = f"**{questionnaire.title} {MOMENTS[moment]}** · {how.words}"
    inside = tables.folded(label, f"vragen_{moment}_{result_id}", keep=True)
    if inside is None:
        return
    definition = all_lists(dossier.parts)[rules.HARD_QUESTION]
    preset = {"result": result_id, "moment": moment}
    rows = reuse(services.question_rows, dossier, questionnaire, result_id, moment)
    save = _answers(definition, dossier, screen)
    key = f"antwoorden_{result_id}_{moment}"
    with inside:
        if how.rest:
            st.markdown(f"Nog open: {plain(how.rest)}.")
        if moment == rules.CLOSING:
            _copy(services.starting_point(dossier, result_id), save, key)
        against = reuse(contradictions, dossier)
        notes = {each.id: against.get((result_id, each.id), "") for each in questionnaire.questions}
        _form(questionnaire, rows, preset, save, key, notes)
        st.subheader("Bewijs, wie en wanneer", anchor=False)
        write = item_form.draw if screen.look.narrow else partial(item_lists.table, widths=WIDTHS)
        write(
            definition,
            dossier,
            screen,
            preset=preset,
            rows=rows,
            fixed=True,
            locked=LOCKED,
            save=save,
        )


def _form(
    questionnaire: Questionnaire,
    rows: pd.DataFrame,
    preset: dict[str, Any],
    save: Save,
    key: str,
    notes: dict[str, str],
) -> None:
    """Draw all questions with their answers to choose from, saved at once.

    notes: per question what is recorded against its answer, empty for nothing.
    """
    now = {row["question"]: row for row in rows.to_dict("records")}
    based = edition.based_on(key, {name: dict(row) for name, row in now.items()})
    labels = {choice.id: choice.label for choice in questionnaire.choices}
    at = f"{key}_{edition.number(key)}"
    given = {}
    with st.form(f"{at}_formulier", border=False, enter_to_submit=False):
        with st.grid(2, min_column_width=FIELD):
            for number, each in enumerate(questionnaire.questions, start=1):
                answer = based[each.id]["answer"]
                wrong = notes[each.id] if now[each.id]["answer"] == YES else ""
                given[each.id] = st.radio(
                    f"{number}. {plain(each.question)}"
                    + (f" :orange[△ {plain(wrong)}]" if wrong else ""),
                    list(labels),
                    index=None if answer is None else list(labels).index(answer),
                    horizontal=True,
                    format_func=lambda choice: labels[choice],
                    key=f"{at}_{each.id}",
                )
        saved = st.form_submit_button("Antwoorden opslaan", type="primary")
    if saved:
        changed = {
            name: answer for name, answer in given.items() if answer != based[name]["answer"]
        }
        numbers = {each.id: n for n, each in enumerate(questionnaire.questions, start=1)}
        made = [
            _row(f"Vraag {numbers[name]}", preset | {"question": name}, answer, based, now)
            for name, answer in changed.items()
        ]
        _save(made, save, based, now, key)
    grid.refusal(key)
    grid.told(key)


def _row(
    place: str,
    asked: dict[str, Any],
    answer: str | None,
    based: dict[str, Any],
    now: dict[Any, dict[Any, Any]],
) -> Row:
    """Return an answer to write: over what is stored, unless that is not what was seen."""
    seen, stored = based[asked["question"]], now[asked["question"]]
    after = {"answer": answer, "answered_on": clock.today() if answer else None}
    if stored["id"] is None:
        return Row(place, asked | after)
    before = {name: seen[name] for name in after}
    same = seen["answer"] == stored["answer"]
    version = stored["version"] if same else seen["version"] or 0
    return Row(place, asked | after, int(stored["id"]), int(version), before=asked | before)


def _save(
    rows: list[Row],
    save: Save,
    based: dict[str, Any],
    now: dict[Any, dict[Any, Any]],
    key: str,
) -> None:
    try:
        ids = save(rows)
    except RowsChangedError as refusal:
        for name, seen in based.items():
            seen["version"] = refusal.versions.get(now[name]["id"], seen["version"])
        grid.say(key, *refusal.sentences, grid.SAVE_ANYWAY, refused=True)
        return
    except RowsError as refusal:
        grid.say(key, *refusal.sentences, grid.NOT_SAVED, refused=True)
        return
    words = count(len(ids), "antwoord", "antwoorden")
    edition.done(key, f"{words} opgeslagen, met de dag van vandaag.", entity=ENTITY, ids=ids)


def _answers(list_definition: ListDefinition, dossier: Dossier, screen: Screen) -> Save:
    return lambda rows: hard_questions.save_answers(
        load.engine(), screen.actor, dossier.project_id, list_definition, rows, load.question_ids()
    )


def _copy(copied: list[dict[str, Any]], save: Save, key: str) -> None:
    """Offer the answers at the start as a starting point for those at closing."""
    if copied:
        words = count(len(copied), "antwoord", "antwoorden")
        st.button(
            f"{words} van de start overnemen",
            key=f"{key}_overnemen",
            on_click=_take_over,
            args=(copied, words, save, key),
            help="Alleen bij vragen die hier nog open zijn. Loop ze daarna na.",
        )


def _take_over(copied: list[dict[str, Any]], words: str, save: Save, key: str) -> None:
    try:
        ids = save([Row(f"rij {place}", fields) for place, fields in enumerate(copied, start=1)])
    except RowsError as refusal:
        grid.say(key, *refusal.sentences, refused=True)
        return
    grid.forget(key)
    grid.say(key, f"{words} overgenomen; loop ze na.", entity=ENTITY, ids=ids)
