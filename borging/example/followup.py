"""Restpunten and koers reports of one project, as they came in over time."""

from __future__ import annotations

from random import Random

from borging.domain.terms import Course, Phase, Priority, ProjectState
from borging.example.draft import Case, Draft
from borging.example.phases import stop_week
from borging.example.timeline import progress, settled

OLDEST_ITEM = -78
OLDEST_REPORT = -60
MOST_REPORTS = 12
MEAN_WEEKS_OPEN = 38
SHARE_UNOWNED = 0.12
SHARE_ACCEPTED = 0.58
"""Of all open items: an item without owner cannot have been accepted."""


def add_residuals(draft: Draft, case: Case) -> None:
    """Add 0 up to and including 8 items, most of them created around the handover."""
    if not case.spans or case.story.state == ProjectState.PLANNED:
        return
    first = max(OLDEST_ITEM, case.spans[Phase.INTRODUCTION].first)
    last = stop_week(case.story) or -1
    if first > last - 2:
        return
    count = case.story.rest
    if count is None:
        early = progress(case.spans, last) < 0.4
        weights = (5, 4, 2, 1, 0, 0, 0, 0, 0) if early else (3, 2, 3, 5, 6, 6, 4, 3, 2)
        (count,) = case.rng.choices(range(9), weights)
    mode = min(last, max(first, case.handover))
    for title in case.rng.sample(draft.texts.residuals, count):
        _add_residual(draft, case, title, round(case.rng.triangular(first, last, mode)))


def _add_residual(draft: Draft, case: Case, title: str, created: int) -> None:
    rng = case.rng
    closed: int | None = created + 2 + round(rng.expovariate(1 / MEAN_WEEKS_OPEN))
    if closed is not None and closed >= 0:
        closed = None
    chance, shift = rng.random(), 0.0 if closed is None else 0.07
    owned = chance >= SHARE_UNOWNED - shift
    accepted = chance >= 1 - SHARE_ACCEPTED - 3 * shift and owned
    owner = rng.choice((case.receiver, case.receiver, case.owner or case.receiver))
    draft.add(
        "residual_item",
        project_id=case.id,
        title=title,
        owner_id=owner if owned else None,
        accepted_by_id=(case.owner or owner) if accepted else None,
        accepted_on=draft.day(_accepted(created, closed, rng), 4) if accepted else None,
        due=draft.day(settled(created + rng.randint(4, 44)), 4) if rng.random() < 0.9 else None,
        priority=rng.choices([term.value for term in Priority], (2, 5, 2))[0],
        created_on=draft.day(created, rng.randint(0, 4)),
        closed_on=None if closed is None else draft.day(closed, rng.randint(0, 4)),
        scan_id=None,
        factor=None,
        version=1,
    )


def _accepted(created: int, closed: int | None, rng: Random) -> int:
    return min(created + rng.randint(1, 8), -1 if closed is None else closed - 1)


def add_reports(draft: Draft, case: Case) -> None:
    """Add a signed koers every four weeks, the newest one as the story tells it."""
    story, rng = case.story, case.rng
    if not story.course or not case.spans:
        return
    newest = stop_week(story) or -rng.randint(1, 3)
    if story.state == ProjectState.CLOSED:
        newest = case.handover
    oldest = max(OLDEST_REPORT + min(0, newest), case.start + 1)
    weeks = list(range(newest, min(oldest, newest) - 1, -4))[:MOST_REPORTS]
    for place, week in enumerate(weeks):
        drawn = rng.choices([Course.GREEN, Course.AMBER, Course.RED], (14, 5, 1))[0]
        course = Course(story.course if place == 0 else story.before if place == 1 else drawn)
        _add_report(draft, case, week, course)


def _add_report(draft: Draft, case: Case, week: int, course: Course) -> None:
    rng, texts = case.rng, draft.texts
    decision = None
    if course is Course.RED:
        ask = case.story.ask
        decision = rng.choice(texts.decisions) if ask is None else texts.decisions[ask]
        sentence = decision.sentence
    else:
        sentence = rng.choice(texts.on_course if course is Course.GREEN else texts.attention)
    draft.add(
        "course_report",
        project_id=case.id,
        reported_on=draft.day(week, rng.randint(0, 4)),
        course=course.value,
        sentence=sentence.replace("{team}", case.unit),
        signed_by_id=case.lead or case.sponsor,
        decision=decision.decision if decision else None,
        decision_from=decision.decision_from if decision else None,
        decision_before=draft.day(week + rng.randint(4, 6), 4) if decision else None,
    )
