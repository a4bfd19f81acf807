"""The parts of the screen of one team."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from borging.domain.wording import count, day_and_week
from borging.services.scan import team as team_overview
from borging.services.scan.team import TeamChoice, TeamView
from borging.services.scan.team_task import Kind, Task
from borging.ui import links, load
from borging.ui.frame import Screen
from borging.ui.text import plain

ROW = 34
TEAM = "team"
"""Name in the address, of the widget and of what a visit remembers."""
QUESTION = "Hoe staan wij ervoor, en wat is van ons?"
PLACES = {
    Kind.ANSWER: "scanronde",
    Kind.DISCUSS: "scanronde",
    Kind.PUBLISH: "scanronde",
    Kind.NEXT_ROUND: "scanronde",
    Kind.ACTION: "project",
    Kind.UNOWNED: "project",
    Kind.NEVER: "scanronde",
}
"""Where a task is done; every one of these screens takes the project from the address."""
PROJECTS = {
    "project": "Project",
    "last": "Laatste scan",
    "before": "Daarvoor",
    "change": "Meer dan toeval",
    "gain": "Meeste winst",
    "round": "Ronde",
}
SHOWN_AT_ONCE = 8
"""Projects before the rest is folded in."""


def choose(screen: Screen) -> TeamChoice:
    """Find the team of this visitor, and offer the others."""
    asked = st.query_params.get(TEAM) or st.session_state.get("team_chosen")
    choice = team_overview.choose(load.units(), asked, _unit_of(screen))
    if choice.label:
        st.session_state["team_chosen"] = choice.label
        st.query_params[TEAM] = choice.label
    if choice.options:
        st.session_state["team_choice"] = choice.label
        st.selectbox(
            "Team",
            choice.options,
            key="team_choice",
            index=None,
            on_change=_remember,
            placeholder="Kies uw team",
            width=420,
        )
    return choice


def _unit_of(screen: Screen) -> int | None:
    people = load.people()
    found = people.loc[people["id"] == screen.actor.person_id, "unit_id"].dropna()
    return None if found.empty else int(found.iloc[0])


def _remember() -> None:
    chosen = st.session_state["team_choice"]
    st.session_state["team_chosen"] = chosen
    if chosen:
        st.query_params[TEAM] = chosen
    else:
        st.query_params.pop(TEAM, None)


def no_team(screen: Screen, choice: TeamChoice) -> None:
    """Say that no team is chosen yet, that there is none, or that this one is not there."""
    small_print = f"Peildatum {day_and_week(screen.as_of)}"
    if choice.unknown:
        asked = plain(str(st.query_params.get(TEAM, ""))[:80])
        screen.heading(
            "Dit team is er niet",
            f"Er is geen team ‘{asked}’. Kies hierboven uw team.",
            small_print,
        )
    elif choice.options:
        screen.heading("Kies uw team om te beginnen", QUESTION, small_print)
    else:
        screen.heading("Nog geen teams", QUESTION, small_print)
        st.markdown("Teams komen mee met een lijst of werkboek dat u inleest.")
        st.page_link(links.screen("beheer"), label="Lijst inlezen")


def heading(view: TeamView, screen: Screen) -> None:
    """Put the one thing to do on top, with the way there."""
    beside = " · de filters gelden hier niet" if screen.selection.active else ""
    screen.heading(plain(view.title), QUESTION, plain(view.small_print) + beside)


def way_there(task: Task | None) -> None:
    """Lead to where the first task is done."""
    if task is None:
        return
    if st.button(task.kind.label, type="primary", key="first_task"):
        place = links.screen(PLACES[task.kind])
        st.switch_page(place, query_params={"id": str(task.project_id)})


def projects(view: TeamView, screen: Screen) -> None:
    """The newest scan of each own project against the one before it."""
    rows = view.projects
    if rows.empty:
        st.markdown("Dit team heeft nog geen projecten.")
        return
    draw = _listed if screen.look.narrow else _table
    draw(rows[:SHOWN_AT_ONCE])
    if len(rows) > SHOWN_AT_ONCE:
        left = rows[SHOWN_AT_ONCE:]
        with st.expander(f"Nog {count(len(left), 'project', 'projecten')}"):
            draw(left)
    st.markdown(
        ":small[:gray[punten van 100 · meer dan toeval: permutatietoets per factor, met Holm over "
        "alle factoren · nog niet vrijgegeven rondes tellen hier mee]]"
    )


def _table(rows: pd.DataFrame) -> None:
    st.table(
        rows[list(PROJECTS)].map(plain).rename(columns=PROJECTS),
        border="horizontal",
        hide_index=True,
        alt="Eigen projecten met hun laatste scan, de scan daarvoor en de volgende ronde",
    )


def _listed(rows: pd.DataFrame) -> None:
    for row in rows.map(lambda each: plain(str(each))).to_dict("records"):
        st.markdown(
            f"**{row['project']}**  \n{row['last']}  \ndaarvoor {row['before']}  \n"
            f"meer dan toeval: {row['change']}  \nmeeste winst: {row['gain']}  \n"
            f":small[:gray[{row['round']}]]"
        )


def items(view: TeamView, screen: Screen) -> None:
    """What is left over for this team, and what it took on after a scan."""
    if view.items.empty:
        st.markdown("Geen open restpunten of acties.")
        return
    narrow = screen.look.narrow
    wide = ["belegd", "title", "scan_short", "project", "owner", "due", "overdue"]
    shown = ["title_and_scan", "owner", "overdue"] if narrow else wide
    st.dataframe(
        view.items[shown],
        hide_index=True,
        row_height=ROW,
        height=min(560, 40 + ROW * len(view.items)),
        placeholder="–",
        column_config={
            "belegd": st.column_config.TextColumn("Belegd?", width=150),
            "title": st.column_config.TextColumn("Restpunt of actie", width=310),
            "title_and_scan": st.column_config.TextColumn("Restpunt of actie", width=170),
            "scan_short": st.column_config.TextColumn("Uit scan", width=110),
            "project": st.column_config.TextColumn("Project", width=260),
            "owner": st.column_config.TextColumn("Eigenaar", width=104 if narrow else 190),
            "due": st.column_config.DateColumn("Vervaldatum", format="DD-MM-YYYY", width=105),
            "overdue": st.column_config.NumberColumn(
                "Te laat" if narrow else "Te laat, dagen", format="%d", width=60 if narrow else 110
            ),
        },
        alt="Open restpunten en acties van dit team, wat werk vraagt bovenaan.",
    )
