"""Rounds of a scan: how they go from concept to published, and what may be shown of them.

A round takes answers from the day it was opened up to and including `closes_on`, until somebody
closes it. Every other range of days here is inclusive too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from borging.domain.periods import add_months
from borging.domain.scan_standing import RoundHead
from borging.domain.scoring import ScanScore
from borging.domain.terms import Moment, RoundState, ScanKind

MIN_ANSWERS = 4
LOWEST_MINIMUM = 3
LEAST_FOR_DEVIATION = 5
"""Complete answers of individuals below which no standard deviation is given, and none is even
looked into. From there on `borging.domain.publication` decides per round."""
OPEN_DAYS = 14
"""Days that a round is open unless somebody says otherwise."""
REST_DAYS = 14
"""Days from closing to the opening of a next round. Sooner, people would answer the same again,
and what differs between two rounds would be the answers of whoever was left out of one."""
NEXT_ROUND_MONTHS = 3
"""Months from closing to the next round unless somebody says otherwise."""

DAYS_TO_TAKE_BACK = 3
"""Days on which the program has to run after the last day of a round before it counts the
answers by itself. Until then the last day can be moved."""
LONGEST_GAP = 7
"""Days between two on which the program ran that raise no question about the clock."""


@dataclass(frozen=True)
class ScanRound:
    """One round of one project.

    number: place in time among the rounds of the project, from 1. score: None when there are
    too few answers to show, or none, or when the round is not closed yet: all look alike.
    recorded_by: who recorded the round. agreed_by: who agreed on a joint answer. moment: None
    when it was not said. answered_here: it was opened here, not read from a file. invited: links
    that were handed out to one person each. discarded: of these, the links whose answer was
    erased because somebody said not to have given it. version: raised by every command on the
    round and its links.
    """

    id: int
    project_id: int
    number: int
    kind: ScanKind
    scanned_on: date
    min_answers: int
    instrument_version: str
    recorded_by: str | None
    agreed_by: str | None
    score: ScanScore | None
    state: RoundState = RoundState.PUBLISHED
    moment: Moment | None = None
    closes_on: date | None = None
    next_on: date | None = None
    asks_role: bool = False
    answered_here: bool = False
    invited: int = 0
    discarded: int = 0
    version: int = 1

    @property
    def head(self) -> RoundHead:
        """The round without its answers."""
        return RoundHead(
            self.id,
            self.scanned_on,
            self.state,
            self.score is not None,
            self.min_answers,
            self.closes_on,
        )

    @property
    def joint(self) -> bool:
        """Whether this is one agreed answer."""
        return self.kind == ScanKind.JOINT

    @property
    def closed(self) -> bool:
        """Whether its answers are counted: it takes no more of them."""
        return self.state in (RoundState.CLOSED, RoundState.PUBLISHED)


def round_state(
    opened_on: date | None, closed_on: date | None, published_on: date | None, as_of: date
) -> RoundState:
    """Return where a round stood at the end of `as_of`."""
    for day, state in (
        (published_on, RoundState.PUBLISHED),
        (closed_on, RoundState.CLOSED),
        (opened_on, RoundState.OPEN),
    ):
        if day is not None and day <= as_of:
            return state
    return RoundState.DRAFT


def counts_by_itself(closes_on: date, days: Collection[date], today: date) -> bool:
    """Return whether a round that nobody closed is to be counted now.

    days: on which the program ran. It has to run on `DAYS_TO_TAKE_BACK` of them after the last
    day: a clock that jumps ahead then leaves real days to move that last day, and a clock that
    ran ahead before counts nothing.
    """
    after = {day for day in days if closes_on < day <= today}
    return len(after) >= DAYS_TO_TAKE_BACK and max(days) <= today


def clock_jump(days: Collection[date], today: date) -> tuple[date, date] | None:
    """Return two days between which the clock seems to have jumped; None when it did not.

    A day after `today` is one; so is a gap of more than `LONGEST_GAP` days that fewer than
    `DAYS_TO_TAKE_BACK` days followed, though the program may just have stood still.
    """
    if days and max(days) > today:
        return max(days), today
    recent = sorted({*days, today})[-DAYS_TO_TAKE_BACK - 1 :]
    for before, after in pairwise(recent):
        if (after - before).days > LONGEST_GAP:
            return before, after
    return None


def next_round(closed_on: date) -> date:
    """Return the day to ask again when nobody chose one."""
    return add_months(closed_on, NEXT_ROUND_MONTHS)


def shown_groups(sizes: Mapping[str | None, int], minimum: int) -> frozenset[str]:
    """Return the groups of respondents that may be shown beside the whole.

    sizes: respondents per group; None is everybody without one. What the shown groups leave
    over can be found by subtraction, so it too must be nobody or at least `minimum` people;
    where it is not, the smallest shown group joins it.
    """
    shown = {group for group, size in sizes.items() if group is not None and size >= minimum}
    left = sum(sizes.values()) - sum(sizes[group] for group in shown)
    while shown and 0 < left < minimum:
        smallest = min(shown, key=lambda group: (sizes[group], group))
        shown.remove(smallest)
        left += sizes[smallest]
    return frozenset(shown)


def newest_readable(rounds: list[ScanRound]) -> ScanRound | None:
    """Return the round that stands for a project; None when nothing may be shown.

    An agreed answer never takes the place of the individual answers of the same day.
    """
    readable = [each for each in rounds if each.score is not None]
    return max(readable, key=lambda r: (r.scanned_on, not r.joint, r.id), default=None)
