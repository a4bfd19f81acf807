"""Functions of the example organisation, what projects ask of them and how far they may move."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random

from borging.domain.staffing import Template, filled, load_templates
from borging.domain.terms import Phase, ProjectState
from borging.example.draft import Case, Draft

TEMPLATES = Path(__file__).resolve().parents[2] / "data" / "templates" / "inzet.toml"
ONE_ROUND = 40
"""Projects for which the functions of the text are enough."""
TENTH, LATER = 10, 12
"""Which projects have room of their own, and most weeks that their phases move later."""
BEFORE_LEAVE, LEAVE = 4, 2
"""Weeks from now until many are away, and how many weeks they are."""


def add_functions(draft: Draft, projects: int) -> None:
    """Add the functions, as many as the projects need, and leave that is known."""
    growth = max(1.0, projects / ONE_ROUND)
    first = draft.day(BEFORE_LEAVE, 0)
    last = first + timedelta(days=7 * LEAVE - 3)
    for text in draft.texts.functions:
        draft.add_named(
            "job_role",
            text.name,
            name=text.name,
            fte=round(text.fte * growth, 1),
            hours_per_week=float(text.hours_per_week),
            project_share=text.project_share,
            scarce=text.scarce,
        )
        if text.leave:
            draft.add(
                "leave_period",
                job_role_id=draft.ids["job_role", text.name],
                first=first,
                last=last,
                hours_per_week=round(text.leave * growth, 1),
            )


def add_needs(draft: Draft, case: Case, rng: Random) -> None:
    """Add what a project asks, after the template of its theme; a planned one is tentative."""
    if case.story.state not in (ProjectState.RUNNING, ProjectState.PLANNED):
        return
    periods = {}
    for phase, dates in case.dates.items():
        first, last = dates.actual_start or dates.planned_start, dates.planned_end
        if first is not None and last is not None and first <= last:
            periods[phase.value] = (first, last)
    functions = {text.name: draft.ids["job_role", text.name] for text in draft.texts.functions}
    for need in filled(_template(draft, case.text.goal), periods, functions):
        assert need.hours_per_week is not None
        draft.add(
            "staffing_need",
            project_id=case.id,
            job_role_id=need.function_id,
            phase=need.phase,
            hours_per_week=max(0.5, round(2 * need.hours_per_week * rng.uniform(0.7, 1.3)) / 2),
            first=need.first,
            last=need.last,
            firm=case.story.state == ProjectState.RUNNING
            and need.phase != Phase.INSTITUTIONALISATION.value,
        )


def add_room(draft: Draft, case: Case) -> None:
    """Give one in ten of the projects that go on room of its own: later it may go, not earlier."""
    if case.story.state in (ProjectState.RUNNING, ProjectState.PLANNED) and case.id % TENTH == 0:
        draft.add(
            "planning_room",
            project_id=case.id,
            weeks_earlier=0,
            weeks_later=LATER,
        )


def _template(draft: Draft, goal: str) -> Template:
    """Return the template of the theme above a goal."""
    parents = {each.title: each.parent for each in draft.texts.goals}
    themes = {template.theme: template for template in load_templates(TEMPLATES)}
    while goal not in themes:
        above = parents[goal]
        assert above is not None
        goal = above
    return themes[goal]
