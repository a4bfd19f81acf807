"""The steps of answering a round, as they fit on a phone."""

from __future__ import annotations

import time

import streamlit as st

from borging.domain.instruments import Factor
from borging.domain.terms import RoleGroup
from borging.domain.wording import day
from borging.store.commands.ballots import LONGEST_REMARK
from borging.store.commands.scans import ScanError
from borging.ui.scan import answer_form as form
from borging.ui.scan import answer_promise, answer_used
from borging.ui.scan.answer_form import DO_NOT_KNOW, RATHER_NOT, Visit
from borging.ui.text import plain

TITLE = "Borgingsscan"
EMPTY = 0.25
"""Seconds that the page is empty between two steps.

Streamlit puts new words in the place of the old ones and leaves a visitor where he was: at the
end of the page, with the keyboard at ‘Terug’. From an empty page both begin at the top.
"""
UNANSWERED = "nog niet ingevuld"


EXAMPLES = {
    RoleGroup.CARE.value: "Bijvoorbeeld verpleegkundige, begeleider, behandelaar.",
    RoleGroup.LEAD.value: "Bijvoorbeeld teamleider, manager, bestuurder.",
    RoleGroup.SUPPORT.value: "Bijvoorbeeld ICT, personeelszaken, administratie.",
    RoleGroup.PROJECT.value: "U werkt aan het project zelf.",
    RATHER_NOT: "Uw antwoord telt gewoon mee.",
}


def draw() -> None:
    """Draw the step where this visitor is, or the one sentence that says why there is none."""
    try:
        visit = form.enter()
    except ScanError as error:
        st.title(TITLE, anchor=False)
        st.markdown(str(error))
        return
    place = st.empty()
    if form.turned():
        time.sleep(EMPTY)
    step = str(form.read(form.STEP))
    with place.container(key=f"step_{step}"):
        closes = f"{plain(visit.round.project)} · zonder naam · sluit {day(visit.round.closes_on)}"
        st.title(f":small[:gray[{TITLE} · {closes}]]", anchor=False)
        _step(visit, step)


def _step(visit: Visit, step: str) -> None:
    if step == form.LEFT:
        answer_used.left()
    elif visit.use.contested:
        answer_used.contested(visit)
    elif visit.use.elsewhere:
        answer_used.elsewhere(visit)
    elif step == form.BEGIN:
        answer_promise.begin(visit)
    elif step == form.ROLE:
        _role(visit)
    elif step == form.OVERVIEW:
        _overview(visit)
    elif step == form.RECEIVED:
        _received(visit)
    else:
        _factor(visit, visit.instrument.factor(step))


def _problem() -> None:
    if problem := form.read(form.PROBLEM):
        st.error(str(problem))


def _factor(visit: Visit, factor: Factor) -> None:
    place = visit.steps.index(factor.id) + 1
    total = len(visit.instrument.factors)
    domain = visit.instrument.domains[factor.domain]
    st.progress(place / total, text=f"Factor {place} van {total} · {domain}")
    with st.form(f"form_{factor.id}", border=False, enter_to_submit=False):
        st.header(factor.name, anchor=False)
        st.markdown(factor.question)
        headings = {level.letter: f"**{level.heading}**" for level in factor.levels}
        given = form.answers()
        letters = [*headings, DO_NOT_KNOW]
        chosen = given.get(factor.id) or DO_NOT_KNOW if factor.id in given else None
        st.radio(
            "Kies wat nu het beste past",
            letters,
            index=None if chosen is None else letters.index(chosen),
            format_func=lambda each: headings.get(each, "**Weet ik niet**"),
            captions=[*(level.text for level in factor.levels), "Telt niet mee in de uitslag."],
            key=f"{form.PREFIX}level_{factor.id}",
        )
        remark = form.remarks().get(factor.id, "")
        with st.expander(
            "Opmerking (mag leeg blijven)", expanded=bool(remark), key=f"note_{factor.id}"
        ):
            st.text_area(
                "Uw opmerking wordt letterlijk getoond. Noem geen namen.",
                remark,
                max_chars=LONGEST_REMARK,
                key=f"{form.PREFIX}remark_{factor.id}",
            )
        _problem()
        _back_and_on(visit, factor)
    _small_print(visit)


def _back_and_on(visit: Visit, factor: Factor | None) -> None:
    on = "Bewaren" if form.read(form.CHANGING) else "Verder"
    leave = form.leave_role if factor is None else form.leave_factor
    args = (visit,) if factor is None else (visit, factor.id)
    with st.container(horizontal=True):
        for label, forward in (("Terug", False), (on, True)):
            st.form_submit_button(
                label,
                type="primary" if forward else "secondary",
                width="stretch",
                on_click=leave,
                args=args,
                kwargs={"forward": forward},
            )


def _small_print(visit: Visit) -> None:
    kept = "Bewaard voor dit toestel" if visit.remembered else "Niet bewaard"
    st.markdown(f":small[:gray[{kept}; telt pas na ‘Antwoord geven’.]]")


def _role(visit: Visit) -> None:
    st.progress(1.0, text="Tot slot")
    options = [*(group.value for group in RoleGroup), RATHER_NOT]
    labels = {group.value: group.label.capitalize() for group in RoleGroup}
    with st.form("form_role", border=False, enter_to_submit=False):
        st.header("Uw functiegroep", anchor=False)
        st.markdown(
            f"Een groep wordt alleen apart getoond bij ten minste {visit.round.min_answers} "
            "antwoorden, en nooit zo dat die van een kleinere groep daaruit te berekenen zijn. "
            "Anders wordt uw groep niet bewaard."
        )
        chosen = form.group()
        st.radio(
            "Bij welke groep hoort u?",
            options,
            index=None if chosen is None else options.index(chosen),
            format_func=lambda each: f"**{labels.get(each, 'Liever niet')}**",
            captions=[EXAMPLES[each] for each in options],
            key=f"{form.PREFIX}level_role",
        )
        _problem()
        _back_and_on(visit, None)
    _small_print(visit)


def _overview(visit: Visit) -> None:
    st.header("Uw antwoorden", anchor=False)
    st.markdown("Klopt dit zo? U kunt elk antwoord nog wijzigen.")
    for factor in visit.instrument.factors:
        note = form.remarks().get(factor.id, "")
        _line(factor.id, factor.name, _in_words(factor), note, f"{factor.short} wijzigen")
    if visit.round.asks_role:
        labels = {group.value: group.label.capitalize() for group in RoleGroup}
        words = labels.get(form.group() or "", "Liever niet") if form.group() else UNANSWERED
        _line(form.ROLE, "Uw functiegroep", words, "", "Functiegroep wijzigen")
    _problem()
    complete = form.first_open(visit) == form.OVERVIEW
    st.button(
        "Antwoord geven" if complete else "Verder invullen",
        type="primary",
        width="stretch",
        key="give",
        on_click=form.give if complete else form.go,
        args=(visit,) if complete else (form.first_open(visit),),
    )
    st.markdown(
        ":small[:gray[Uw antwoord telt pas als u ‘Antwoord geven’ kiest. Gaf u al een antwoord, "
        "dan komt dit daarvoor in de plaats.]]"
    )


def _in_words(factor: Factor) -> str:
    if factor.id not in form.answers():
        return UNANSWERED
    letter = form.answers()[factor.id]
    found = [level.heading for level in factor.levels if level.letter == letter]
    return found[0] if found else "Weet ik niet"


def _line(step: str, name: str, words: str, note: str, change: str) -> None:
    """Draw one answer in words with the way to change it."""
    with st.container(gap=None):
        st.markdown(f"{plain(name)}  \n**{plain(words)}**")
        if note:
            st.markdown(f":small[:gray[Opmerking: {plain(note)}]]")
        st.button(
            change,
            type="tertiary",
            key=f"change_{step}",
            on_click=form.go,
            args=(step,),
            kwargs={"changing": True},
        )


def _received(visit: Visit) -> None:
    until = day(visit.round.closes_on)
    st.header("Dank u wel", anchor=False)
    if visit.remembered:
        st.success(
            f"Uw antwoord is ontvangen. U kunt het tot en met {until} wijzigen, alleen op dit "
            "toestel."
        )
    else:
        st.success(
            "Uw antwoord is ontvangen. U kunt het wijzigen zolang dit scherm open staat; daarna "
            "niet meer, want uw browser bewaart geen cookie van deze pagina."
        )
    st.markdown(f"De uitslag is er na het sluiten, vanaf {visit.round.min_answers} antwoorden.")
    if visit.link.shared:
        st.markdown(answer_promise.ONE_PER_DEVICE)
    st.button(
        "Antwoord wijzigen",
        width="stretch",
        key="change",
        on_click=form.go,
        args=(form.OVERVIEW,),
    )
    _problem()
    if visit.remembered:
        answer_used.shared_device(visit)
