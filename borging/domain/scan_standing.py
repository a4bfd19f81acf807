"""How far a project is with its scan: measured, or the state of its newest round."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from borging.domain.terms import RoundState, Term


class ScanStage(Term):
    """What can be said of the scan of a project; the label counts projects on the portfolio."""

    NONE = "none", "zonder ronde"
    DRAFT = "draft", "met een concept"
    OPEN = "open", "met een open ronde"
    TOO_FEW = "too_few", "met te weinig antwoorden"
    UNRELEASED = "unreleased", "nog niet vrijgegeven"
    MEASURED = "measured", "gemeten"


@dataclass(frozen=True)
class RoundHead:
    """A round without its answers.

    Attributes:
        held_on: day of the round; of two on one day the higher id is the newer.
        readable: whether it has enough answers to show.
        min_answers: answers needed to show it.
    """

    id: int
    held_on: date
    state: RoundState
    readable: bool
    min_answers: int
    closes_on: date | None = None


@dataclass(frozen=True)
class ScanStanding:
    """How far a project is. newest: the round that says so, None without one."""

    stage: ScanStage
    newest: RoundHead | None = None


NEVER_SCANNED = ScanStanding(ScanStage.NONE)


def scan_standing(rounds: Iterable[RoundHead]) -> ScanStanding:
    """Return how far a project is with its scan, from its rounds up to a day.

    It is measured as soon as a published round may be shown. Before that its newest round tells.
    """
    ordered = sorted(rounds, key=lambda each: (each.held_on, each.id))
    if not ordered:
        return NEVER_SCANNED
    shown = [each for each in ordered if each.readable and each.state is RoundState.PUBLISHED]
    if shown:
        return ScanStanding(ScanStage.MEASURED, shown[-1])
    newest = ordered[-1]
    if newest.state is RoundState.DRAFT:
        return ScanStanding(ScanStage.DRAFT, newest)
    if newest.state is RoundState.OPEN:
        return ScanStanding(ScanStage.OPEN, newest)
    return ScanStanding(ScanStage.UNRELEASED if newest.readable else ScanStage.TOO_FEW, newest)
