"""Planning a new project: a form, the start check while it is filled in, and saving."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from borging import clock
from borging.domain.handover import MONTHS
from borging.domain.new_project import NewProject
from borging.domain.periods import add_months
from borging.domain.project_fields import (
    FIRST_DAY,
    LAST_DAY,
    LONGEST,
    PROJECT_LABELS,
    ProjectFields,
    Who,
)
from borging.domain.staffing import NeedFields, Template, load_templates
from borging.domain.terms import GoalKind, ProjectState
from borging.domain.wording import count, listed
from borging.services.capacity import start_check
from borging.settings import DATA
from borging.store.commands import new_project as commands
from borging.store.commands.new_project import NewProjectError
from borging.store.commands.projects import add_project
from borging.store.commands.rows import RowsError
from borging.ui import links, load, people_field, tables
from borging.ui.calendar import start_check as check_parts
from borging.ui.frame import Screen
from borging.ui.text import plain

NOTICE, EDITION = "nieuw_project_melding", "nieuw_project_keer"
IN_PLAN = {"ja": True, "nee": False, "nog niet bekend": None}


def section(screen: Screen) -> None:
    """Let somebody plan a project; what is typed stays when it is folded."""
    _notice()
    key = f"nieuw_project_{st.session_state.get(EDITION, 0)}"
    typed = any(st.session_state.get(f"{key}_{each}") for each in ("titel", "begin", "overdracht"))
    part = tables.folded("Nieuw project inplannen", "nieuw_project", unsaved=typed)
    if part is None:
        return
    with part:
        fields, template = _form(key)
        functions = load.functions()
        ids = dict(zip(functions["name"].tolist(), functions["id"].tolist(), strict=True))
        plan = start_check.plan_of_new(fields, template, ids)
        if fields.start and fields.handover:
            check_parts.draw(check_parts.of_plan(plan, screen))
        else:
            st.markdown(
                ":small[:gray[Vul begin en overdracht in; dan staat hier wat erbij opvalt: "
                "griepseizoen, volle functies, mensen die al in veel projecten zitten.]]"
            )
        said = st.session_state.get(NOTICE)
        if said and said["refused"]:
            st.warning("  \n".join(plain(words) for words in said["words"]))
        st.button(
            "Project inplannen",
            key="nieuw_project_opslaan",
            type="primary",
            on_click=_save,
            args=(fields, plan.needs, _missing(template, ids), screen),
        )


def begin(screen: Screen) -> None:
    """Let somebody begin a project with its title, and with two days its phases too."""
    with st.form("nieuw_project", border=False, enter_to_submit=False, width=720):
        title = st.text_input("Hoe heet het project?", max_chars=LONGEST["title"])
        places = st.grid(2, min_column_width=240)
        start = _day(places, "Eerste dag", "begin_start")
        handover = _day(places, "Dag van overdracht", "begin_overdracht")
        begun = _begun(places, "begin_echt")
        with places.container():
            owner = people_field.who(PROJECT_LABELS["owner_id"], None, "begin_eigenaar")
        with places.container():
            lead = people_field.who(
                PROJECT_LABELS["project_lead_id"], screen.actor.person_id, "begin_leider"
            )
        st.markdown(
            ":small[:gray[Alleen de titel is nodig. Met beide dagen staan ook de fasen, een eerste "
            "resultaat met zijn ontvanger en de afgesproken overdracht klaar. Die fasen zijn een "
            "voorstel tot u ze bevestigt; alles is daarna te wijzigen.]]"
        )
        if not st.form_submit_button("Project toevoegen", type="primary"):
            return
    try:
        if start and handover:
            evaluation = add_months(handover, MONTHS["long"])
            state = ProjectState.RUNNING if begun else ProjectState.PLANNED
            fields = NewProject(
                title,
                start,
                handover,
                evaluation,
                owner_id=owner,
                project_lead_id=lead,
                state=state,
                begun_on=begun,
            )
            made = commands.plan_project(load.engine(), screen.actor, fields, ()).id
        else:
            bare = ProjectFields(
                title, owner_id=owner, project_lead_id=lead, start=start, end=handover
            )
            made = add_project(load.engine(), screen.actor, bare)
    except (RowsError, NewProjectError) as refusal:
        st.warning(plain(" ".join(refusal.sentences)))
        return
    st.switch_page(links.screen("project"), query_params={"id": str(made)})


def _form(key: str) -> tuple[NewProject, Template | None]:
    goals, units = _goals(), _units()
    title = st.text_input(
        "Titel", key=f"{key}_titel", max_chars=LONGEST["title"], width=560, persist_state="session"
    )
    places = st.grid(3, min_column_width=240)
    goal = _choose(places, "Thema of doel", goals, f"{key}_thema", "nog geen")
    unit = _choose(places, "Onderdeel", units, f"{key}_onderdeel", "nog geen")
    sponsor = _who(places, "Opdrachtgever", f"{key}_opdrachtgever")
    owner = _who(places, "Eigenaar in de lijn", f"{key}_eigenaar")
    lead = _who(places, "Projectleider", f"{key}_leider")
    start = _day(places, "Begin", f"{key}_begin")
    handover = _day(places, "Overdracht, laatste dag", f"{key}_overdracht")
    begun = _begun(places, f"{key}_echt")
    evaluation = _day(
        places,
        "Evaluatie na afsluiting",
        f"{key}_evaluatie",
        "Leeg: niet gepland. De fase Institutionalisering loopt tot en met die dag.",
    )
    templates = {each.key: each for each in load_templates(DATA / "templates" / "inzet.toml")}
    titles = {name: each.title for name, each in templates.items()}
    kind = _choose(places, "Soort project, voor de inzet", titles, f"{key}_soort", "nog niet")
    in_plan = places.radio(
        "Staat borging in het plan?",
        list(IN_PLAN),
        index=2,
        horizontal=True,
        key=f"{key}_plan",
        persist_state="session",
    )
    fields = NewProject(
        title=title,
        start=start,
        handover=handover,
        evaluation_on=evaluation,
        goal_id=goal,
        unit_id=unit,
        sponsor_id=sponsor,
        owner_id=owner,
        project_lead_id=lead,
        borging_in_plan=IN_PLAN[in_plan],
        state=ProjectState.RUNNING if begun else ProjectState.PLANNED,
        begun_on=begun,
    )
    return fields, templates.get(kind) if kind else None


def _choose(place: Any, label: str, options: dict[Any, str], key: str, nothing: str) -> Any:
    return place.selectbox(
        label,
        list(options),
        index=None,
        format_func=lambda each: options[each],
        placeholder=nothing,
        key=key,
        persist_state="session",
    )


def _who(place: Any, label: str, key: str) -> Who:
    with place.container():
        return people_field.who(label, None, key)


def _begun(place: Any, key: str) -> date | None:
    """Ask when the work really began."""
    return _day(
        place,
        "Echt begonnen op",
        key,
        "Leeg: nog niet begonnen. Ligt het begin al achter u, vul dan in wanneer het echt begon.",
        clock.today(),
    )


def _day(
    place: Any, label: str, key: str, explanation: str | None = None, latest: date = LAST_DAY
) -> date | None:
    chosen = place.date_input(
        label,
        value=None,
        min_value=FIRST_DAY,
        max_value=latest,
        format="DD-MM-YYYY",
        key=key,
        help=explanation,
        persist_state="session",
    )
    assert chosen is None or isinstance(chosen, date)
    return chosen


def _goals() -> dict[int, str]:
    table = load.goals()
    table = table[table["kind"].isin([GoalKind.THEME.value, GoalKind.GOAL.value])]
    return {
        int(each): title if theme in (None, title) else f"{theme} › {title}"
        for each, title, theme in zip(table["id"], table["title"], table["theme"], strict=True)
    }


def _units() -> dict[int, str]:
    table = load.units()
    return dict(zip(table["id"].tolist(), table["label"].tolist(), strict=True))


def _missing(template: Template | None, functions: dict[str, int]) -> list[str]:
    known = {name.casefold() for name in functions}
    asked = template.lines if template else ()
    return sorted({line.function for line in asked if line.function.casefold() not in known})


def _save(
    fields: NewProject, needs: tuple[NeedFields, ...], missing: list[str], screen: Screen
) -> None:
    try:
        made = commands.plan_project(load.engine(), screen.actor, fields, needs)
    except NewProjectError as refusal:
        words = (*refusal.sentences, "Er is niets opgeslagen; wat u invulde staat er nog.")
        st.session_state[NOTICE] = {"refused": True, "words": words}
        return
    said = [f"{made.code} ‘{' '.join(fields.title.split())}’ is ingepland"]
    said[0] += f" met {count(len(needs), 'regel', 'regels')} voorlopige inzet." if needs else "."
    if missing:
        said.append(f"Overgeslagen, want die functie is er niet: {listed(missing)}.")
    st.session_state[NOTICE] = {"refused": False, "words": tuple(said), "id": made.id}
    st.session_state[EDITION] = st.session_state.get(EDITION, 0) + 1


def _notice() -> None:
    said = st.session_state.get(NOTICE)
    if said and not said["refused"]:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":green[✓] {plain(' '.join(said['words']))}", width="content")
            st.page_link(
                links.screen("project"),
                label="Open het project",
                query_params={"id": str(said["id"])},
            )
