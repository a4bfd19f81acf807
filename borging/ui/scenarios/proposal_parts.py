"""A proposal that levels the load: the room to move, the search, and what it found."""

from __future__ import annotations

import streamlit as st

from borging import clock
from borging.domain.changes import ChangeError
from borging.domain.plan_rows import ScenarioStatus
from borging.domain.room import MOST_WEEKS, Room
from borging.domain.wording import count, number
from borging.planning.levelling.problem import Problem
from borging.planning.levelling.search import LIMIT, Settings
from borging.services.scenarios import proposal as service
from borging.services.scenarios import proposal_words as words
from borging.services.scenarios import view as scenarios
from borging.services.scenarios.proposal import ProposalView
from borging.services.scenarios.view import Basis, Laid
from borging.store.commands import scenarios as commands
from borging.store.commands.scenarios import LONGEST_NAME, ScenarioRefusedError
from borging.ui import frame, load, tables
from borging.ui.frame import Screen
from borging.ui.reuse import reuse
from borging.ui.scenarios import choice as scenario_choice
from borging.ui.scenarios import proposal_job, proposal_room
from borging.ui.scenarios.editor import say
from borging.ui.scenarios.proposal_job import Job
from borging.ui.text import plain

JOB, NAME, BUSY = "voorstel", "voorstel_naam", "voorstel_druk"
LIMITS = (5.0, LIMIT, 30.0, 60.0)
"""Seconds to choose from."""
LOOK_EVERY = 0.5
"""Seconds between two looks at a search."""
ROW, ROW_PHONE = 66, 116
"""Pixels of a row; from 65 on words go on over several lines."""
MOST_BESIDE = 20
"""Saved scenarios that a proposal is compared with, the newest first."""
CONFLICTS = 5
"""Contradictions that are shown at once."""
CONFLICT = (
    "Deze datums kunnen niet samen, hoeveel mensen er ook zijn. De projecten blijven in het "
    "voorstel staan waar ze staan. Geef ze meer ruimte, kies een langere periode of wijzig een "
    "datum."
)
HEADINGS = {
    "project": "Project",
    "phase": "Fase",
    "shift": "Schuift",
    "now": "Begint nu",
    "new": "Begint dan",
    "why": "Waarom",
    "cost": "Wat het kost",
}
WIDTHS = {
    "project": 190,
    "phase": 145,
    "shift": 110,
    "now": 95,
    "new": 95,
    "why": 360,
    "cost": 230,
}
WIDTHS_PHONE = {"what": 120, "why": 230}


def proposal(basis: Basis, screen: Screen) -> None:
    """Let somebody have the load levelled, and keep what was found as a scenario."""
    st.header("Kan het werk beter verdeeld worden?", anchor=False)
    usual, settings = _choices(screen)
    proposal_room.draw(screen)
    puzzle = reuse(service.puzzle, basis, load.rooms(), screen.all_projects, load.goals(), usual)
    _conflicts(puzzle)
    if not puzzle.blocks:
        st.markdown(
            "Er is niets dat kan schuiven: de fasen zijn begonnen, hebben geen datums of geen "
            "ruimte, of liggen buiten deze periode."
        )
        return
    job: Job | None = st.session_state.get(JOB)
    running = job is not None and job.running
    st.button(
        "Maak een voorstel",
        key="voorstel_maken",
        type="primary",
        disabled=running,
        on_click=_begin,
        args=(puzzle, settings),
    )
    if st.session_state.pop(BUSY, False):
        st.warning(
            "Er wordt op dit moment al voor anderen gezocht. Probeer het over een minuut opnieuw."
        )
    if running:
        _look()
    elif job is not None:
        _outcome(job, puzzle, basis, screen)


def _choices(screen: Screen) -> tuple[Room, Settings]:
    """Draw what the search reckons with, and say it."""
    text = st.empty()
    with st.popover("Instellingen van het voorstel"):
        earlier = st.number_input(
            "Hoogstens zoveel weken eerder", 0, MOST_WEEKS, Room.weeks_earlier, key="ruimte_eerder"
        )
        later = st.number_input(
            "Hoogstens zoveel weken later", 0, MOST_WEEKS, Room.weeks_later, key="ruimte_later"
        )
        st.markdown(":small[:gray[Per fase, voor projecten die geen eigen aantal weken opgaven.]]")
        limit = st.selectbox(
            "Zoek hoogstens",
            LIMITS,
            index=LIMITS.index(LIMIT),
            format_func=lambda each: f"{each:.0f} seconden",
            key="voorstel_limiet",
        )
        same = st.toggle(
            "Herhaalbaar",
            key="voorstel_herhaalbaar",
            help="Hetzelfde plan geeft dan steeds hetzelfde voorstel. Het zoeken stopt na een "
            "vaste hoeveelheid rekenwerk, niet na een vaste tijd. Dat duurt langer en vindt soms "
            "minder.",
        )
    text.markdown(
        "Een voorstel schuift fasen die nog niet begonnen zijn: zo min mogelijk uren tekort, dan "
        "zo min mogelijk overdrachten in het griepseizoen, dan zo min mogelijk verschuivingen. Een "
        f"fase schuift hoogstens {count(earlier, 'week', 'weken')} eerder of "
        f"{count(later, 'week', 'weken')} later, tenzij het project zelf ruimte opgaf. Niets "
        "schuift naar vóór de peildatum of buiten de periode; de volgorde van fasen blijft."
    )
    return Room(weeks_earlier=earlier, weeks_later=later), Settings(limit, same)


def _conflicts(puzzle: Problem) -> None:
    """Name the dates that contradict each other."""
    found = puzzle.conflicts
    if not found:
        return
    st.warning("\n".join((CONFLICT, *(f"- {plain(each)}" for each in found[:CONFLICTS]))))
    more = len(found) - CONFLICTS
    if more > 0 and (part := tables.folded(f"En nog {number(more)}", "tegenstrijdig")):
        with part:
            st.markdown("\n".join(f"- {plain(each)}" for each in found[CONFLICTS:]))


def _begin(puzzle: Problem, settings: Settings) -> None:
    job = proposal_job.start(puzzle, settings)
    if job is None:
        st.session_state[BUSY] = True
    else:
        st.session_state[JOB] = job
        st.session_state.pop(NAME, None)


@st.fragment(run_every=LOOK_EVERY)
def _look() -> None:
    """Show how far the search is, until it is ready."""
    job: Job = st.session_state[JOB]
    if not job.running:
        st.rerun()
    now, settings = job.progress, job.settings
    st.progress(
        min(1.0, now.seconds / settings.limit),
        text=words.progress(now, settings.limit, settings.reproducible),
    )
    st.button("Stop en toon het beste tot nu toe", key="voorstel_stop", on_click=job.stop)


def _outcome(job: Job, puzzle: Problem, basis: Basis, screen: Screen) -> None:
    if job.result is None:
        st.warning("Het zoeken is misgegaan. Maak het voorstel opnieuw.")
        return
    if not job.problem.same_as(puzzle):
        st.markdown(
            "Het plan, de periode of de ruimte is veranderd sinds het vorige voorstel. Maak een "
            "nieuw voorstel."
        )
        return
    found = job.result
    others = service.beside(basis, _drafts(basis))
    view = service.view(found, basis.plan, others)
    st.subheader(view.title, anchor=False)
    st.markdown(f"{view.status}  \n:small[:gray[{view.small_print}]]")
    if view.compared:
        st.markdown(plain(view.compared))
    if view.table.empty:
        return
    frame.key_figures(view.figures)
    _table(view, screen)
    st.session_state.setdefault(NAME, view.name)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Naam van het scenario", key=NAME, max_chars=LONGEST_NAME, width=320)
        st.button(
            "Bewaar als scenario",
            key="voorstel_bewaren",
            type="primary",
            on_click=_keep,
            args=(job, view, screen),
        )


def _drafts(basis: Basis) -> list[Laid]:
    """Return the newest scenarios that did not become the plan, laid on the plan of today."""
    saved = reuse(scenarios.saved, load.saved_scenarios())
    live = [each for each in saved if each.status is ScenarioStatus.DRAFT and each.changes]
    newest = sorted(live, key=lambda each: each.id, reverse=True)[:MOST_BESIDE]
    return [reuse(scenarios.laid, basis, each) for each in newest]


def _table(view: ProposalView, screen: Screen) -> None:
    tables.excel_button(view.table, HEADINGS, "voorstel", screen)
    narrow, rows = screen.look.narrow, view.table
    shown = tuple(WIDTHS_PHONE if narrow else HEADINGS)
    widths = WIDTHS_PHONE if narrow else WIDTHS
    height = ROW_PHONE if narrow else ROW
    what = rows["project"] + ": " + rows["phase"] + ", " + rows["shift"]
    st.dataframe(
        rows.assign(what=what)[list(shown)],
        hide_index=True,
        row_height=height,
        height=min(420, 40 + height * len(rows)),
        key="voorstel_tabel",
        column_config={
            name: st.column_config.TextColumn(
                HEADINGS.get(name, "Wat schuift"), width=widths.get(name)
            )
            for name in shown
        },
        alt="Wat schuift in het voorstel, waarom, en wat het kost.",
    )


def _keep(job: Job, view: ProposalView, screen: Screen) -> None:
    """Save what was found as a scenario, and show that."""
    assert job.result is not None
    name = st.session_state[NAME]
    try:
        made = commands.save_scenario(
            load.engine(),
            screen.actor,
            name,
            job.result.changes,
            clock.today(),
            f"{view.title}. {view.status}",
        )
    except (ScenarioRefusedError, ChangeError) as refusal:
        say(str(refusal), refused=True)
        return
    del st.session_state[JOB]
    st.query_params[scenario_choice.ID] = str(made)
    say(f"‘{' '.join(name.split())}’ bewaard als scenario.")
