"""The whole example portfolio."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from borging.domain.terms import GoalKind, Phase, ProjectState
from borging.example.dossier import add_dossier
from borging.example.draft import SOURCE, Case, Draft, Numbering, Row
from borging.example.followup import add_reports, add_residuals
from borging.example.phases import add_declarations, add_phases, add_results, date_phases, stop_week
from borging.example.scans import add_scans
from borging.example.scenario import add_scenario
from borging.example.staffing import add_functions, add_needs, add_room
from borging.example.texts import ProjectText, Story, Texts, load_texts
from borging.example.timeline import FRIDAY, MONDAY, Calendar, draw_timeline

MOST_PROJECTS = 10_000
TABLES = (
    "unit",
    "person",
    "goal",
    "job_role",
    "leave_period",
    "project",
    "phase_record",
    "project_result",
    "course_report",
    "sustain_declaration",
    "scan",
    "residual_item",
    "scan_invitation",
    "scan_ballot",
    "scan_response",
    "factor_answer",
    "factor_remark",
    "scan_consensus",
    "staffing_need",
    "dossier_item",
    "planning_room",
    "scenario",
)
"""In the order in which rows can be written: what is referred to comes first.

There is no draft of an answer: only the browser that wrote one could read it."""


@dataclass(frozen=True)
class ExamplePortfolio:
    """Rows per table, in the order of TABLES, each with its id; dates are dates."""

    rows: dict[str, list[Row]]


def generate(
    projects: int,
    seed: int,
    as_of: date,
    *,
    factors: tuple[str, ...],
    instrument_id: int = 1,
    numbering: Numbering | None = None,
) -> ExamplePortfolio:
    """Make a portfolio of 1 up to and including 10,000 projects around `as_of`.

    The same arguments give the same portfolio; another `as_of` moves it by whole weeks. A
    project does not change when more projects are asked for.
    """
    if not 1 <= projects <= MOST_PROJECTS:
        raise ValueError(f"Het aantal projecten moet van 1 tot en met {MOST_PROJECTS} zijn.")
    draft = Draft(load_texts(), Calendar(as_of), numbering or Numbering(), instrument_id, factors)
    _add_organisation(draft)
    add_functions(draft, projects)
    width = max(2, len(str(projects)))
    for place, (text, story) in enumerate(_cast(draft.texts, projects, seed), start=1):
        _add_project(draft, f"P{place:0{width}}", text, story, f"{seed}:{place}")
    add_scenario(draft)
    return ExamplePortfolio({table: draft.rows.get(table, []) for table in TABLES})


def _cast(texts: Texts, projects: int, seed: int) -> Iterator[tuple[ProjectText, Story]]:
    """Give every project its name and its story; past the first round both are varied."""
    units = [unit.name for unit in texts.units if unit.parent]
    size = len(texts.projects)
    for block in range(-(-projects // size)):
        rng = Random(f"{seed}:block {block}")
        stories = list(texts.stories)
        if block:
            rng.shuffle(stories)
        for place in range(min(size, projects - block * size)):
            text, story = texts.projects[place], stories[place]
            if block:
                turn, at = divmod(block - 1, len(units))
                unit, variant = units[(at + 3 * place) % len(units)], texts.variants[turn]
                title = " ".join(filter(None, (f"{text.title},", variant, unit)))
                text = replace(text, title=title, unit=unit)
                story = _varied(story, rng)
            yield text, story


def _varied(story: Story, rng: Random) -> Story:
    if story.handover is None:
        return story
    late = max(0, story.late + rng.randint(-1, 1)) if story.late else 0
    return replace(story, handover=story.handover + rng.randint(-3, 3), late=late, ask=None)


def _add_organisation(draft: Draft) -> None:
    for unit in draft.texts.units:
        parent = draft.ids["unit", unit.parent] if unit.parent else None
        draft.add_named("unit", unit.name, name=unit.name, kind=unit.kind, parent_id=parent)
    for person in draft.texts.people:
        unit_id = draft.ids["unit", person.unit]
        draft.add_named("person", person.name, name=person.name, role=person.role, unit_id=unit_id)
    for goal in draft.texts.goals:
        draft.add_named(
            "goal",
            goal.title,
            title=goal.title,
            kind=GoalKind(goal.kind).value,
            parent_id=draft.ids["goal", goal.parent] if goal.parent else None,
            legal_deadline=legal_day(draft.calendar.as_of) if goal.legal else None,
        )


def legal_day(as_of: date) -> date:
    """Return the first 1 January or 1 July that is at least twenty weeks away."""
    earliest = as_of + timedelta(weeks=20)
    year = earliest.year
    days = (date(year, 1, 1), date(year, 7, 1), date(year + 1, 1, 1))
    return next(day for day in days if day >= earliest)


def _add_project(draft: Draft, code: str, text: ProjectText, story: Story, seed: str) -> None:
    rng = Random(seed)
    spans = draw_timeline(story, rng)
    dates = date_phases(story, spans, draft.calendar, rng)
    undecided = story.state in (ProjectState.IDEA, ProjectState.REJECTED)
    case = Case(
        id=draft.numbering.give("project"),
        text=text,
        unit=text.unit,
        story=story,
        rng=rng,
        talk=Random(f"{seed}:talk"),
        spans=spans,
        dates=dates,
        sponsor=_pick(draft, "sponsor", rng),
        owner=_pick(draft, "owner", rng, text.unit) if story.owner and not undecided else None,
        lead=None if undecided else _pick(draft, "lead", rng),
        receiver=_pick(draft, "receiver", rng, text.unit),
    )
    draft.rows.setdefault("project", []).append(_project_row(draft, case, code))
    for add in (add_phases, add_results, add_reports, add_declarations, add_residuals, add_scans):
        add(draft, case)
    add_needs(draft, case, Random(f"{seed}:staffing"))
    add_dossier(draft, case, Random(f"{seed}:dossier"))
    add_room(draft, case)


def _pick(draft: Draft, duty: str, rng: Random, near: str | None = None) -> int:
    """Return a person with a duty, from the unit `near` or right around it where there is one."""
    able = [person for person in draft.texts.people if duty in person.duties]
    close = [person for person in able if near and _close(draft.texts, person.unit, near)]
    return draft.ids["person", rng.choice(close or able).name]


def _close(texts: Texts, one: str, other: str) -> bool:
    parents = {unit.name: unit.parent for unit in texts.units}
    return other in (one, parents[one]) or one == parents[other]


def _project_row(draft: Draft, case: Case, code: str) -> Row:
    rng, texts = case.rng, draft.texts
    start, end = _period(draft, case)
    source, funding_end = None, None
    if case.spans and rng.random() < 0.7:
        source = rng.choice(texts.own_funding)
        if rng.random() < 0.5:
            source = rng.choice(texts.temporary_funding)
            funding_end = draft.day(case.handover + rng.randint(-6, 26), FRIDAY)
    in_plan = rng.choices((True, False, None), (55, 25, 20))[0]
    return {
        "id": case.id,
        "code": code,
        "title": case.text.title,
        "summary": case.text.summary,
        "unit_id": draft.ids["unit", case.unit],
        "goal_id": draft.ids["goal", case.text.goal],
        "sponsor_id": case.sponsor,
        "owner_id": case.owner,
        "project_lead_id": case.lead,
        "state": ProjectState(case.story.state).value,
        "start": start,
        "end": end,
        "funding_source": source,
        "funding_end": funding_end,
        "borging_in_plan": in_plan if case.spans else None,
        "source": SOURCE,
        "external_id": code,
    }


def _period(draft: Draft, case: Case) -> tuple[date | None, date | None]:
    """Return first and last day of the project itself; the line goes on after that."""
    if not case.spans:
        return None, None
    first = case.dates[Phase.PREPARATION]
    stop = stop_week(case.story)
    if stop is not None:
        return first.start, draft.day(stop, FRIDAY)
    end = None if case.story.gap else case.dates[Phase.HANDOVER].end
    return first.start or draft.day(case.start, MONDAY), end
