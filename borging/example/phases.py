"""Phases, results and declarations of one project."""

from __future__ import annotations

from random import Random

from borging.domain.phases import PhaseDates, usual_carrier
from borging.domain.terms import Carrier, Phase, ProjectState, Sustain
from borging.example.draft import Case, Draft
from borging.example.texts import Story
from borging.example.timeline import FRIDAY, MONDAY, THURSDAY, Calendar, Span, settled


def stop_week(story: Story) -> int | None:
    """Return the week in which a withdrawn project stopped; None for any other project."""
    if story.state != ProjectState.WITHDRAWN or story.handover is None:
        return None
    return min(-2, story.handover - 14)


def date_phases(
    story: Story, spans: dict[Phase, Span], calendar: Calendar, rng: Random
) -> dict[Phase, PhaseDates]:
    """Return the dates of the phases that are recorded; what is not planned yet is absent."""
    stop, dates = stop_week(story), {}
    vague = story.state in (ProjectState.RUNNING, ProjectState.PLANNED) and rng.random() < 0.2
    for phase, span in spans.items():
        began, ended = span.began, span.ended
        if stop is not None:
            if began is None or began > stop:
                continue
            ended = min(stop, ended or stop)
        if phase is Phase.INSTITUTIONALISATION and began is None and (vague or story.gap):
            continue
        planned_start = None if story.gap and began is None else calendar.day(span.first, MONDAY)
        dates[phase] = PhaseDates(
            planned_start,
            calendar.day(span.last, FRIDAY),
            None if began is None else calendar.day(began, MONDAY),
            None if ended is None else calendar.day(ended, FRIDAY),
        )
    return dates


def add_phases(draft: Draft, case: Case) -> None:
    """Add the phase records; the line carries institutionalisation and a late integration."""
    for phase, dates in case.dates.items():
        by_line = usual_carrier(phase) is Carrier.LINE or (
            phase is Phase.INTEGRATION and case.story.after
        )
        draft.add(
            "phase_record",
            project_id=case.id,
            phase=phase.value,
            planned_start=dates.planned_start,
            planned_end=dates.planned_end,
            actual_start=dates.actual_start,
            actual_end=dates.actual_end,
            accountable_id=case.owner if by_line else case.lead,
            carried_by=(Carrier.LINE if by_line else Carrier.PROJECT).value,
        )


def add_results(draft: Draft, case: Case) -> None:
    """Add what the project hands over: the first result at the handover, others around it."""
    if not case.spans:
        return
    planned, slip = case.spans[Phase.HANDOVER].last, case.spans[Phase.HANDOVER].slip_last
    stopped = stop_week(case.story) is not None
    for place, title in enumerate(case.text.results):
        week = settled(planned + (case.rng.choice((-5, -2, 3, 8)) if place else 0))
        handed_over = settled(week + slip)
        open_plan = stopped or (place > 0 and week > 20 and case.rng.random() < 0.4)
        happened = handed_over < 0 and not stopped
        draft.add(
            "project_result",
            project_id=case.id,
            title=title,
            formal_receiver_id=case.owner,
            practical_receiver_id=case.receiver if case.rng.random() < 0.88 else None,
            agreed_on=None if open_plan else draft.day(week, THURSDAY),
            handed_over_on=draft.day(handed_over, case.rng.randint(0, 4)) if happened else None,
        )


def add_declarations(draft: Draft, case: Case) -> None:
    """Add who declared the result geborgd, and when it proved to have relapsed."""
    texts, rng = draft.texts, case.rng

    def declare(week: int, verdict: Sustain, sentences: tuple[str, ...]) -> None:
        draft.add(
            "sustain_declaration",
            project_id=case.id,
            declared_on=draft.day(week, rng.randint(0, 4)),
            verdict=verdict.value,
            declared_by_id=case.owner,
            evidence=rng.choice(sentences),
        )

    if case.story.sustain == "valid":
        week = rng.randint(min(-4, max(-40, case.handover + 8)), -3)
        declare(week, Sustain.SUSTAINED, texts.sustained)
    elif case.story.sustain == "expired":
        week = rng.randint(min(-57, case.handover + 6), -56)
        declare(week, Sustain.SUSTAINED, texts.sustained)
    elif case.story.sustain == "relapsed":
        declare(case.handover + rng.randint(8, 14), Sustain.SUSTAINED, texts.sustained)
        declare(-rng.randint(4, 12), Sustain.RELAPSED, texts.relapsed)
