"""Writing down what a project is: its facts, its koers and its phases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from borging import clock
from borging.domain.project_fields import (
    COURSE_LABELS,
    LONGEST,
    PHASE_LIST,
    PROJECT_LABELS,
    CourseFields,
    PhaseFields,
    ProjectFields,
)
from borging.domain.terms import Course, ProjectState, course_words
from borging.services.dossier.dossier import Dossier
from borging.services.dossier.project import ProjectView
from borging.store.commands import projects as commands
from borging.store.commands.rows import Row, RowsChangedError, RowsError
from borging.store.queries.portfolio import newest_report
from borging.ui import edition, grid, load, people_field, tables
from borging.ui.dossier import item_form, item_lists
from borging.ui.frame import Screen

YES_NO = {None: "onbekend", True: "ja", False: "nee"}
DAYS = ("start", "end", "funding_end")
SIGN_ANYWAY = (
    "Uw koers is nog niet vastgelegd; wat u invulde staat er nog. Druk nogmaals op Vastleggen als "
    "uw koers daarna moet gelden."
)
PHASE_WIDTHS = {
    "phase": 160,
    **dict.fromkeys(("planned_start", "planned_end", "actual_start", "actual_end"), 130),
    "accountable_id": 180,
    "carried_by": 130,
}


def facts(dossier: Dossier, screen: Screen) -> None:
    """Let somebody change the facts of the project."""
    part = tables.folded("Gegevens wijzigen", "gegevens", keep=True)
    if part is None:
        return
    key = f"project_{dossier.project_id}"
    with part:
        based = edition.based_on(key, _stored(dossier))
        before: ProjectFields = based["fields"]
        with st.form(f"{key}_formulier_{edition.number(key)}", border=False, enter_to_submit=False):
            after = _fields(before, dossier, f"{key}_{edition.number(key)}")
            saved = st.form_submit_button("Opslaan", type="primary")
        if saved:
            row = Row("Project", after, dossier.project_id, based["version"], before)
            try:
                commands.change_project(load.engine(), screen.actor, row)
            except RowsChangedError as refusal:
                based["version"] = refusal.versions[dossier.project_id]
                grid.say(key, *refusal.sentences, grid.SAVE_ANYWAY, refused=True)
            except RowsError as refusal:
                grid.say(key, *refusal.sentences, grid.NOT_SAVED, refused=True)
            else:
                edition.done(key, "Gegevens opgeslagen.", "project", [dossier.project_id])
        grid.refusal(key)
        grid.told(key)


def _stored(dossier: Dossier) -> dict[str, Any]:
    row = dossier.project
    values = {name: row[name] for name in PROJECT_LABELS}
    values |= {name: None if row[name] is None else row[name].date() for name in DAYS}
    return {"version": int(row["version"]), "fields": ProjectFields(**values)}


def _fields(now: ProjectFields, dossier: Dossier, key: str) -> ProjectFields:
    given: dict[str, Any] = {}
    for name in ("title", "code"):
        given[name] = _text(name, getattr(now, name), key)
    given["summary"] = (
        st.text_area(
            PROJECT_LABELS["summary"],
            now.summary or "",
            max_chars=LONGEST["summary"],
            height="content",
            key=f"{key}_summary",
        )
        or None
    )
    places = st.grid(3, min_column_width=220)
    with places.container():
        given["goal_id"] = _chosen("goal_id", now.goal_id, _goals(), key)
    with places.container():
        given["unit_id"] = _chosen("unit_id", now.unit_id, dossier.units, key)
    with places.container():
        given["state"] = st.selectbox(
            PROJECT_LABELS["state"],
            [term.value for term in ProjectState],
            index=[term.value for term in ProjectState].index(now.state),
            format_func=lambda each: ProjectState(each).label,
            key=f"{key}_state",
        )
    for name in ("sponsor_id", "owner_id", "project_lead_id"):
        with places.container():
            given[name] = people_field.who(
                PROJECT_LABELS[name], getattr(now, name), f"{key}_{name}"
            )
    for name in ("start", "end"):
        with places.container():
            given[name] = _date(PROJECT_LABELS[name], getattr(now, name), f"{key}_{name}")
    with places.container():
        given["borging_in_plan"] = st.selectbox(
            PROJECT_LABELS["borging_in_plan"],
            list(YES_NO),
            index=list(YES_NO).index(now.borging_in_plan),
            format_func=lambda each: YES_NO[each],
            key=f"{key}_plan",
        )
    with places.container():
        given["funding_source"] = _text("funding_source", now.funding_source, key) or None
    with places.container():
        label = PROJECT_LABELS["funding_end"]
        given["funding_end"] = _date(label, now.funding_end, f"{key}_funding_end")
    return ProjectFields(**given)


def _text(name: str, value: str | None, key: str) -> str:
    return st.text_input(
        PROJECT_LABELS[name], value or "", max_chars=LONGEST[name], key=f"{key}_{name}"
    )


def _date(label: str, value: date | None, key: str) -> date | None:
    found: date | None = st.date_input(label, value=value, format="DD-MM-YYYY", key=key)
    return found


def _chosen(name: str, value: int | None, names: Mapping[int, str], key: str) -> int | None:
    ids = list(names)
    found: int | None = st.selectbox(
        PROJECT_LABELS[name],
        ids,
        index=ids.index(value) if value is not None and value in names else None,
        format_func=lambda each: names[each],
        placeholder="–",
        key=f"{key}_{name}",
    )
    return found


def _goals() -> dict[int, str]:
    known = load.goals()
    return {
        int(each): title if theme in (None, title) else f"{theme} › {title}"
        for each, title, theme in zip(known["id"], known["title"], known["theme"], strict=True)
    }


def course(dossier: Dossier, screen: Screen) -> None:
    """Let somebody sign the koers in one sentence."""
    part = tables.folded("Koers vastleggen", "koers", keep=True)
    if part is None:
        return
    key = f"koers_{dossier.project_id}"
    with part:
        at = f"{key}_{edition.number(key)}"
        newest = newest_report(load.engine(), dossier.project_id)
        based = edition.based_on(key, {"seen": newest})
        chosen = st.radio(
            "Hoe ligt het project op koers?",
            [term.value for term in reversed(Course)],
            index=None,
            horizontal=True,
            format_func=course_words,
            key=f"{at}_course",
        )
        with st.form(f"{at}_formulier", border=False, enter_to_submit=False):
            sentence = st.text_input(
                COURSE_LABELS["sentence"], max_chars=LONGEST["sentence"], key=f"{at}_sentence"
            )
            asked: tuple[str | None, str | None, date | None] = None, None, None
            if chosen == Course.RED:
                asked = (
                    st.text_input(
                        "Welk besluit is nodig?",
                        max_chars=LONGEST["decision"],
                        key=f"{at}_decision",
                    ),
                    st.text_input(
                        "Van wie?",
                        max_chars=LONGEST["decision_from"],
                        key=f"{at}_from",
                        placeholder="de stuurgroep",
                    ),
                    _date("Vóór welke dag?", None, f"{at}_before"),
                )
            signed = people_field.who(
                COURSE_LABELS["signed_by_id"],
                screen.actor.person_id or dossier.project["project_lead_id"],
                f"{at}_signed",
            )
            saved = st.form_submit_button("Vastleggen", type="primary")
        if saved:
            _sign(dossier, screen, CourseFields(chosen or "", sentence, signed, *asked), based)
        grid.refusal(key)
        grid.told(key)


def _sign(dossier: Dossier, screen: Screen, fields: CourseFields, based: dict[str, Any]) -> None:
    key, project = f"koers_{dossier.project_id}", dossier.project_id
    try:
        made = commands.set_course(
            load.engine(), screen.actor, project, fields, clock.today(), based["seen"]
        )
    except RowsChangedError as refusal:
        based["seen"] = refusal.versions[project]
        grid.say(key, *refusal.sentences, SIGN_ANYWAY, refused=True)
    except RowsError as refusal:
        grid.say(key, *refusal.sentences, grid.NOT_SAVED, refused=True)
    else:
        edition.done(key, "Koers vastgelegd.", "course_report", [made])


def phases(view: ProjectView, dossier: Dossier, screen: Screen) -> None:
    """Let somebody write down when the phases are and who answers for them."""
    part = tables.folded("Fasen wijzigen", "fasen", keep=True)
    if part is None:
        return

    def save(rows: list[Row]) -> list[int]:
        return commands.save_phases(
            load.engine(),
            screen.actor,
            dossier.project_id,
            [replace(row, fields=_phase(row.fields), before=_phase(row.before)) for row in rows],
            clock.today(),
        )

    fixed: dict[str, Any] = {"rows": view.phases, "fixed": True, "locked": ("phase",), "save": save}
    with part:
        if screen.look.narrow:
            item_form.draw(PHASE_LIST, dossier, screen, **fixed, entity=PHASE_LIST.key)
        else:
            item_lists.table(
                PHASE_LIST, dossier, screen, **fixed, entity=PHASE_LIST.key, widths=PHASE_WIDTHS
            )


def _phase(fields: Mapping[str, Any] | None) -> PhaseFields | None:
    if fields is None:
        return None
    return PhaseFields(**dict(fields) | {"carried_by": fields["carried_by"] or ""})
