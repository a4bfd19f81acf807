"""Scan rounds of one project.

Behind the answers lies a level per factor from 0 (worst) to 3 (best) that follows how far the
project is, shifts with the story and drifts from round to round. Each respondent leans to one
side and strays around it.
"""

from __future__ import annotations

from random import Random

from borging.domain.terms import ProjectState, ScanKind
from borging.example.draft import Case, Draft
from borging.example.timeline import progress

LETTERS = "dcba"
MIN_ANSWERS = 4
TOO_FEW = 3
SHARE_UNKNOWN = 0.04
"""Chance that a respondent answers 'weet ik niet' to a factor, in a round that can bear it."""
BEARS_UNKNOWN = 6
LIFT = {"high": 1.3, "low": -1.1, "": 0.0}
DRIFT = {"high": 0.10, "low": -0.22, "": 0.04}
"""Levels by which support moves, at once and per round."""


def add_scans(draft: Draft, case: Case) -> None:
    """Add the rounds, oldest first; a round from before the start is left out."""
    rng, story = case.rng, case.story
    if not story.scans or not case.spans:
        return
    running = story.state == ProjectState.RUNNING
    week = -rng.randint(2, 9) if running else -rng.randint(12, 26)
    weeks = [week]
    for _ in range(story.scans - 1):
        week -= rng.randint(13, 17)
        weeks.append(week)
    rounds = [week for week in reversed(weeks) if week > case.start or week == weeks[0]]
    character = {factor: rng.gauss(0, 0.4) for factor in draft.factors}
    base = rng.gauss(0, 0.2) + LIFT[story.soft]
    for place, week in enumerate(rounds):
        mean = 0.75 + 1.95 * progress(case.spans, week) + base + place * DRIFT[story.soft]
        latent = {f: mean + shift + rng.gauss(0, 0.12) for f, shift in character.items()}
        _add_round(draft, case, week, latent, newest=place == len(rounds) - 1)


def _add_round(draft: Draft, case: Case, week: int, latent: dict[str, float], newest: bool) -> None:
    rng, answers = case.rng, case.story.answers
    weekday = rng.randint(0, 4)
    if answers != "joint":
        people = TOO_FEW if answers == "few" and newest else rng.randint(4, 12)
        scan = _add_scan(draft, case, week, weekday, ScanKind.INDIVIDUAL)
        for _ in range(people):
            doubt = SHARE_UNKNOWN if people >= BEARS_UNKNOWN else 0.0
            _add_response(draft, scan, latent, rng, rng.gauss(0, 0.35), 0.6, doubt)
    if answers == "joint" or (answers == "both" and newest):
        scan = _add_scan(draft, case, week, weekday, ScanKind.JOINT)
        _add_response(draft, scan, latent, rng, 0.0, 0.3, 0.0)


def _add_scan(draft: Draft, case: Case, week: int, weekday: int, kind: ScanKind) -> int:
    joint = kind is ScanKind.JOINT
    return draft.add(
        "scan",
        project_id=case.id,
        instrument_id=draft.instrument_id,
        kind=kind.value,
        scanned_on=draft.day(week, weekday),
        closed_on=draft.day(week, weekday),
        published_on=draft.day(week, weekday),
        min_answers=MIN_ANSWERS,
        recorded_by_id=case.lead,
        agreed_by=f"Projectgroep, {case.rng.randint(5, 9)} personen" if joint else None,
    )


def _add_response(
    draft: Draft,
    scan: int,
    latent: dict[str, float],
    rng: Random,
    lean: float,
    stray: float,
    doubt: float,
) -> None:
    response = draft.add("scan_response", scan_id=scan)
    answers = draft.rows.setdefault("factor_answer", [])
    for factor, level in latent.items():
        rank = min(3, max(0, round(level + lean + rng.gauss(0, stray))))
        unknown = rng.random() < doubt
        answers.append(
            {
                "response_id": response,
                "factor": factor,
                "level": None if unknown else LETTERS[rank],
            }
        )
