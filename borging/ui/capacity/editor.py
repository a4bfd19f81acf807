"""Writing down functions, leave, and what projects ask of functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from borging.domain.staffing import (
    FULL_WEEK,
    FunctionFields,
    LeaveFields,
    NeedFields,
    Template,
    filled,
    load_templates,
)
from borging.domain.terms import Phase
from borging.domain.texts import longest
from borging.domain.wording import count, listed
from borging.services.capacity.periods import phase_periods
from borging.services.capacity.view import CapacityView
from borging.settings import DATA
from borging.store.commands import capacity as commands
from borging.store.commands.capacity import CapacityError
from borging.ui import grid, load, tables
from borging.ui.frame import Screen
from borging.ui.grid import Grid, as_day, as_number, as_texts

notice = grid.notice


def functions(view: CapacityView, screen: Screen) -> None:
    """Let somebody write down the functions; open at once when there are none."""
    if view.functions.empty:
        st.subheader("Functies", anchor=False)
        _functions(screen)
    elif part := tables.folded("Functies", "functies", unsaved=grid.waiting("functies")):
        with part:
            _functions(screen)


def _functions(screen: Screen) -> None:
    stored = load.functions().copy()
    stored["project_share"] = (100 * stored["project_share"]).round(1)
    grid.draw(
        Grid(
            "functies",
            as_texts(stored, "fte", "hours_per_week", "project_share"),
            {
                "name": st.column_config.TextColumn(
                    "Functie", width=300, max_chars=longest("job_role.name")
                ),
                "fte": _number("Fte", width=80),
                "hours_per_week": _number("Uren per week van één fte", width=190),
                "project_share": _number("Deel voor projecten, %", width=170),
                "scarce": st.column_config.CheckboxColumn("Schaars", default=False, width=80),
            },
            _function,
            lambda rows: commands.save_functions(load.engine(), screen.actor, rows),
            f"Functies met hun fte, uren per week (hoogstens {FULL_WEEK}) en deel voor projecten.",
        )
    )


def _function(cells: Mapping[str, Any]) -> FunctionFields:
    share = as_number(cells.get("project_share"))
    return FunctionFields(
        str(cells.get("name") or ""),
        as_number(cells.get("fte")),
        as_number(cells.get("hours_per_week")),
        None if share is None else share / 100,
        bool(cells.get("scarce")),
    )


def leave(view: CapacityView, screen: Screen) -> None:
    """Let somebody write down leave that is known."""
    part = tables.folded("Bekend verlof", "verlof", unsaved=grid.waiting("verlof"))
    if part is None:
        return
    with part:
        st.markdown(
            ":small[:gray[Uren per week die in die periode aan verlof weg zijn, van iedereen in de "
            "functie samen. Feestdagen gaan er vanzelf af.]]"
        )
        grid.draw(
            Grid(
                "verlof",
                as_texts(load.leave(), "hours_per_week"),
                {"function_id": _chooser(view), **_hours_and_days()},
                _leave,
                lambda rows: commands.save_leave(load.engine(), screen.actor, rows),
                "Bekend verlof per functie: uren per week, eerste en laatste dag.",
            )
        )


def _leave(cells: Mapping[str, Any]) -> LeaveFields:
    function = cells.get("function_id")
    return LeaveFields(
        None if function is None else int(function),
        as_number(cells.get("hours_per_week")),
        as_day(cells.get("first")),
        as_day(cells.get("last")),
    )


def needs(view: CapacityView, screen: Screen) -> None:
    """Let somebody write down what one project asks of whom."""
    kept = st.session_state.get("inzet_project")
    unsaved = kept is not None and grid.waiting(_key(kept))
    everything = screen.all_projects
    wanted = everything["id"].isin(screen.projects["id"]) | (unsaved & (everything["id"] == kept))
    rows = everything[wanted]
    if rows.empty:
        return
    part = tables.folded("Inzet per project", "inzet", unsaved=unsaved)
    if part is None:
        return
    with part:
        labels = dict(
            zip(rows["id"].tolist(), (rows["code"] + " " + rows["title"]).tolist(), strict=True)
        )
        project = st.selectbox(
            "Project",
            list(labels),
            format_func=lambda each: labels[each],
            key="inzet_project",
            width=480,
            persist_state="session",
            disabled=unsaved,
            help="Sla eerst op, of kies ‘Niet opslaan’." if unsaved else None,
        )
        stored = load.needs()
        grid.draw(
            Grid(
                _key(project),
                as_texts(
                    stored[stored["project_id"] == project].reset_index(drop=True),
                    "hours_per_week",
                ),
                {
                    "function_id": _chooser(view),
                    **_hours_and_days(),
                    "firm": st.column_config.CheckboxColumn(
                        "Zeker",
                        default=True,
                        width=80,
                        help="Aangevinkt: toegezegd. Leeg: voorlopig.",
                    ),
                    "phase": st.column_config.SelectboxColumn(
                        "Fase",
                        options=[phase.value for phase in Phase],
                        format_func=lambda each: Phase(str(each)).label,
                        width=160,
                    ),
                },
                _need,
                lambda rows: commands.save_needs(load.engine(), screen.actor, project, rows),
                "Wat dit project vraagt: functie, uren per week, eerste en laatste dag.",
            )
        )
        _from_template(project, view, screen)


def _key(project: int) -> str:
    return f"inzet_{project}"


def _need(cells: Mapping[str, Any]) -> NeedFields:
    where = _leave(cells)
    return NeedFields(
        where.function_id,
        where.hours_per_week,
        where.first,
        where.last,
        bool(cells.get("firm")),
        cells.get("phase") or None,
    )


def _chooser(view: CapacityView) -> Any:
    names = view.names
    by_name = sorted(names.items(), key=lambda each: each[1])
    return st.column_config.SelectboxColumn(
        "Functie",
        options=[function for function, _name in by_name],
        format_func=lambda each: names.get(int(each), "onbekend"),
        width=280,
    )


def _number(label: str, width: int) -> Any:
    return st.column_config.TextColumn(label, width=width, alignment="right")


def _hours_and_days() -> dict[str, Any]:
    return {
        "hours_per_week": _number("Uren per week", width=120),
        "first": st.column_config.DateColumn("Eerste dag", format="DD-MM-YYYY", width=120),
        "last": st.column_config.DateColumn("Laatste dag", format="DD-MM-YYYY", width=120),
    }


def _from_template(project: int, view: CapacityView, screen: Screen) -> None:
    templates = {each.key: each for each in load_templates(DATA / "templates" / "inzet.toml")}
    with st.popover("Vullen met een sjabloon"):
        chosen = st.selectbox(
            "Soort project",
            list(templates),
            format_func=lambda each: templates[each].title,
            key="inzet_sjabloon",
        )
        st.markdown(
            ":small[:gray[Voegt per fase met datums de gebruikelijke uren toe, als voorlopig. Een "
            "eigen schatting: pas ze daarna aan.]]"
        )
        st.button(
            "Toevoegen",
            key="inzet_vullen",
            type="primary",
            on_click=_fill,
            args=(templates[chosen], project, view, screen),
        )


def _fill(template: Template, project: int, view: CapacityView, screen: Screen) -> None:
    key, periods = _key(project), phase_periods(load.phases(screen.as_of), project)
    ids = {name: function for function, name in view.names.items()}
    found = filled(template, periods, ids)
    known = {name.casefold() for name in ids}
    missing = sorted({x.function for x in template.lines if x.function.casefold() not in known})
    if not found:
        why = (
            "geen van de functies van dit sjabloon is er"
            if periods
            else "dit project heeft geen fasen met een begin en een einde"
        )
        grid.say(key, f"Er is niets toegevoegd: {why}.", refused=True)
        return
    try:
        made = commands.fill_needs(load.engine(), screen.actor, project, found)
    except CapacityError as refusal:
        grid.say(key, *refusal.sentences, refused=True)
        return
    said = [f"{count(len(made), 'regel', 'regels')} toegevoegd uit ‘{template.title}’."]
    if missing:
        said.append(f"Overgeslagen, want die functie is er niet: {listed(missing)}.")
    grid.say(key, *said, undo=lambda: _take_back(project, made, screen))


def _take_back(project: int, made: list[int], screen: Screen) -> None:
    key = _key(project)
    try:
        gone = commands.take_back_needs(load.engine(), screen.actor, project, made)
    except CapacityError as refusal:
        grid.say(key, *refusal.sentences, refused=True)
        return
    said = [f"{count(gone, 'regel', 'regels')} uit het sjabloon weer weggehaald."]
    if left := len(made) - gone:
        verb = "is" if left == 1 else "zijn"
        said.append(
            f"{count(left, 'regel', 'regels')} {verb} intussen gewijzigd of weggehaald en "
            f"{'blijft' if left == 1 else 'blijven'} zoals nu."
        )
    grid.say(key, *said)
