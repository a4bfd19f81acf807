"""Is a result geborgd? A declaration by a named person expires and must be renewed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from borging.domain.periods import add_months
from borging.domain.project_fields import Who
from borging.domain.terms import ProjectState, Sustain

RECONFIRM_AFTER_MONTHS = 12
LONGEST_EVIDENCE = 2000
"""Characters."""


@dataclass(frozen=True)
class Declaration:
    """What somebody in the line says of a result.

    verdict: SUSTAINED, also to confirm it again, or RELAPSED. evidence: what it rests on, or why
    it relapsed. declared_by_id: who says so. files: names of files of the project that show it.
    """

    verdict: str
    declared_on: date
    declared_by_id: Who
    evidence: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Before:
    """What was known when somebody declares.

    verdict, declared_on: of the newest declaration. handed_over_on: per result, None for one that
    was not handed over.
    """

    verdict: str | None = None
    declared_on: date | None = None
    handed_over_on: Sequence[date | None] = ()
    project_lead_id: int | None = None


def problems(said: Declaration, before: Before, today: date) -> list[str]:
    """Return in Dutch why a declaration cannot be recorded `today`, each a whole sentence."""
    found = []
    if said.verdict not in (Sustain.SUSTAINED, Sustain.RELAPSED):
        found.append("Kies geborgd of teruggevallen.")
    if not said.declared_by_id:
        found.append("Kies wie in de lijn dit verklaart.")
    if said.declared_on > today:
        found.append(f"De dag {_day(said.declared_on)} is nog niet geweest; kies een eerdere.")
    if before.declared_on and said.declared_on < before.declared_on:
        found.append(
            f"Er is al een latere verklaring, van {_day(before.declared_on)}; kies een dag daarna."
        )
    words = said.evidence.strip()
    if said.verdict == Sustain.RELAPSED and before.verdict != Sustain.SUSTAINED:
        found.append("Terugvallen kan alleen wat eerder als geborgd is vastgelegd.")
    if not words:
        found.append(
            "Schrijf op waardoor het terugviel."
            if said.verdict == Sustain.RELAPSED
            else "Schrijf op waaruit blijkt dat het geborgd is."
        )
    if len(words) > LONGEST_EVIDENCE:
        found.append(f"De onderbouwing is langer dan {LONGEST_EVIDENCE} tekens; kort haar in.")
    return found


def remarks(said: Declaration, before: Before) -> list[str]:
    """Return in Dutch what is unusual about a declaration, each a whole sentence.

    It may be recorded all the same; the remarks then stand with the evidence.
    """
    if said.verdict != Sustain.SUSTAINED:
        return []
    found = []
    if said.declared_by_id and said.declared_by_id == before.project_lead_id:
        found.append("Verklaard door de projectleider, niet door iemand in de lijn.")
    if not before.handed_over_on:
        found.append("Er is geen resultaat dat is overgedragen.")
    elif any(day is None or day > said.declared_on for day in before.handed_over_on):
        found.append("Op die dag was niet elk resultaat overgedragen.")
    return found


def valid_until(declared_on: date, months: int = RECONFIRM_AFTER_MONTHS) -> date:
    """Return the last day on which a declaration still counts."""
    return add_months(declared_on, months)


def sustain_state(
    verdict: str | None,
    declared_on: date | None,
    as_of: date,
    state: ProjectState,
    months: int = RECONFIRM_AFTER_MONTHS,
) -> Sustain:
    """Judge the newest declaration on `as_of`; None means nobody declared anything yet.

    state: of the project; it decides only where nobody declared anything.
    """
    if verdict is None or declared_on is None or declared_on > as_of:
        return _undeclared(state)
    if verdict == Sustain.RELAPSED:
        return Sustain.RELAPSED
    return Sustain.SUSTAINED if as_of <= valid_until(declared_on, months) else Sustain.RECONFIRM


def _undeclared(state: ProjectState) -> Sustain:
    if state == ProjectState.UNKNOWN:
        return Sustain.UNKNOWN
    begun = state in (ProjectState.RUNNING, ProjectState.CLOSED)
    return Sustain.SUSTAINING if begun else Sustain.NOT_APPLICABLE


def _day(value: date) -> str:
    return f"{value:%d-%m-%Y}"
