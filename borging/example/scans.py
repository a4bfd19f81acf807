"""Scan rounds of one project.

Behind the answers lies a level per factor from 0 (worst) to 3 (best) that follows how far the
project is, shifts with the story and drifts from round to round; an action that worked lifts
its factor. Each respondent leans to one side and strays around it.

A round is named after the week in which it closes; it opens two weeks before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from borging.domain.rounds import MIN_ANSWERS, OPEN_DAYS, next_round
from borging.domain.terms import Moment, Phase, ProjectState, RoleGroup, ScanKind
from borging.example.draft import Case, Draft, letter
from borging.example.open_rounds import add_open_round
from borging.example.round_talk import FollowUp, Held
from borging.example.timeline import progress

TOO_FEW = 3
SHARE_UNKNOWN = 0.04
"""Chance that a respondent answers 'weet ik niet' to a factor, in a round that can bear it."""
BEARS_UNKNOWN = 6
LIFT = {"high": 1.3, "low": -1.1, "": 0.0}
DRIFT = {"high": 0.10, "low": -0.22, "": 0.04}
"""Levels by which support moves, at once and per round."""
GROUPS = (RoleGroup.CARE,) * 8 + (RoleGroup.PROJECT,) * 4
GROUP_LEAN = {RoleGroup.CARE: -0.25, RoleGroup.PROJECT: 0.55}
"""A round that asks for roles: the project itself is more hopeful than who does the work."""
GROUP_STRAY = 0.9
"""Enough difference within a group that it may be shown (`borging.domain.publication`)."""
TALE_ANSWERS = (9, 12)


@dataclass(frozen=True)
class _Person:
    """How somebody answers: leaning to one side, straying, with what chance of doubt."""

    lean: float
    stray: float
    doubt: float
    role: RoleGroup | None = None


def add_scans(draft: Draft, case: Case) -> None:
    """Add the rounds, oldest first; a round from before the start is left out."""
    rng, story = case.rng, case.story
    if not story.scans or not case.spans:
        return
    rounds = _weeks(case)
    character = {factor: rng.gauss(0, 0.4) for factor in draft.factors}
    base = rng.gauss(0, 0.2) + LIFT[story.soft]
    follow_up = FollowUp(draft, case)
    held = None
    for place, week in enumerate(rounds):
        mean = 0.75 + 1.95 * progress(case.spans, week) + base + place * DRIFT[story.soft]
        latent = {f: mean + shift + rng.gauss(0, 0.12) for f, shift in character.items()}
        held = Held(0, week, follow_up.lifted(latent, place), place == len(rounds) - 1)
        _add_round(draft, case, held, moment_of(case, rounds, place), follow_up)
    if held and story.newest == "open":
        add_open_round(draft, case, held.latent, moment_of(case, (*rounds, 0), len(rounds)))


def _weeks(case: Case) -> list[int]:
    """Return the weeks in which rounds close, oldest first."""
    rng, story = case.rng, case.story
    running = story.state == ProjectState.RUNNING
    week = -rng.randint(2, 9) if running else -rng.randint(12, 26)
    if story.newest == "open":
        week = week // 3 - 13
    weeks = [week - story.idle]
    for _ in range(story.scans - 1):
        weeks.append(weeks[-1] - rng.randint(13, 17))
    return [week for week in reversed(weeks) if week > case.start or week == weeks[0]]


def moment_of(case: Case, weeks: list[int] | tuple[int, ...], place: int) -> Moment:
    """Return the point in the life of a project at which the round of weeks[place] is held."""
    introduction = case.spans[Phase.INTRODUCTION]
    over = introduction.last + introduction.slip_last
    week = weeks[place]
    if week < introduction.first + introduction.slip_first:
        return Moment.PLAN
    if week <= over:
        return Moment.PILOT
    return Moment.REPEAT if place and weeks[place - 1] > over else Moment.AFTER


def _add_round(draft: Draft, case: Case, held: Held, moment: Moment, follow_up: FollowUp) -> None:
    rng, answers, latent = case.rng, case.story.answers, held.latent
    weekday = rng.randint(0, 4)
    if answers != "joint":
        people = TOO_FEW if answers == "few" and held.newest else rng.randint(4, 12)
        crowd = _crowd(case, people, held.newest)
        scan = _add_individual(draft, case, held, weekday, moment)
        for person in crowd:
            person = replace(person, lean=person.lean + rng.gauss(0, 0.35))
            _add_response(draft, scan, latent, rng, person)
        if len(crowd) >= MIN_ANSWERS:
            follow_up.add(replace(held, scan_id=scan), len(crowd))
    if answers == "joint" or (answers == "both" and held.newest):
        scan = _add_joint(draft, case, held.week, weekday)
        _add_response(draft, scan, latent, rng, _Person(0.0, 0.3, 0.0))
        if answers == "joint":
            follow_up.add(replace(held, scan_id=scan), 0)


def _crowd(case: Case, people: int, newest: bool) -> list[_Person]:
    if case.story.newest == "roles" and newest:
        return [_Person(GROUP_LEAN[role], GROUP_STRAY, 0.0, role) for role in GROUPS]
    if case.story.newest == "tale":
        people = case.talk.randint(*TALE_ANSWERS)
    doubt = SHARE_UNKNOWN if people >= BEARS_UNKNOWN else 0.0
    return [_Person(0.0, 0.6, doubt)] * people


def _add_individual(draft: Draft, case: Case, held: Held, weekday: int, moment: Moment) -> int:
    """Add a round that was opened and closed; where both kinds are given, in one meeting."""
    story, closed_on = case.story, draft.day(held.week, weekday)
    days = 0 if story.answers == "both" and held.newest else OPEN_DAYS
    opened_on = closed_on - timedelta(days=days)
    waits = story.newest == "fresh" and held.newest
    return draft.add(
        "scan",
        project_id=case.id,
        instrument_id=draft.instrument_id,
        kind=ScanKind.INDIVIDUAL.value,
        scanned_on=opened_on,
        opened_on=opened_on,
        closes_on=closed_on,
        closed_on=closed_on,
        published_on=None if waits else closed_on,
        next_on=next_round(closed_on),
        moment=moment.value,
        asks_role=story.newest == "roles" and held.newest,
        min_answers=MIN_ANSWERS,
        recorded_by_id=case.lead,
        agreed_by=None,
    )


def _add_joint(draft: Draft, case: Case, week: int, weekday: int) -> int:
    day = draft.day(week, weekday)
    return draft.add(
        "scan",
        project_id=case.id,
        instrument_id=draft.instrument_id,
        kind=ScanKind.JOINT.value,
        scanned_on=day,
        opened_on=None,
        closes_on=None,
        closed_on=day,
        published_on=day,
        next_on=None,
        moment=None,
        asks_role=False,
        min_answers=MIN_ANSWERS,
        recorded_by_id=case.lead,
        agreed_by=f"Projectgroep, {case.rng.randint(5, 9)} personen",
    )


def _add_response(
    draft: Draft, scan: int, latent: dict[str, float], rng: Random, person: _Person
) -> None:
    role = person.role.value if person.role else None
    response = draft.add("scan_response", scan_id=scan, role=role)
    answers = draft.rows.setdefault("factor_answer", [])
    for factor, level in latent.items():
        given = letter(level + person.lean + rng.gauss(0, person.stray))
        unknown = rng.random() < person.doubt
        answers.append(
            {
                "response_id": response,
                "factor": factor,
                "level": None if unknown else given,
            }
        )
