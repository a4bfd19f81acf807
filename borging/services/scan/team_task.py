"""What is the one thing a team has to do next?

Each rule looks at one project of the team and gives a task or nothing. RULES stand in order of
what comes first; of two projects with the same kind of task, the more pressing one is named.
Ranges of days include both ends.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from borging.domain.residuals import days_overdue
from borging.domain.rounds import ScanRound
from borging.domain.scan_standing import ScanStage, scan_standing
from borging.domain.terms import ProjectState, RoundState, Term
from borging.domain.wording import count, day

CLOSING_DAYS = 3
"""Days before the last day of a round from which answering comes first."""
NOTHING_PRESSING = "Niets dringends"


class Kind(Term):
    """What kind of thing there is to do; the word is that on the way there."""

    ANSWER = "answer", "Naar de ronde"
    DISCUSS = "discuss", "Naar de ronde om te bespreken"
    PUBLISH = "publish", "Naar de ronde om vrij te geven"
    NEXT_ROUND = "next_round", "Naar de volgende ronde"
    ACTION = "action", "Naar het project"
    UNOWNED = "unowned", "Naar het project"
    NEVER = "never", "Naar de eerste ronde"


@dataclass(frozen=True)
class OwnItem:
    """An open restpunt. from_scan: it is an action out of a scan."""

    title: str
    owner: str | None
    due: date | None
    from_scan: bool


@dataclass(frozen=True)
class OwnProject:
    """A project of the team. talked_over: rounds in which something was agreed or taken on."""

    id: int
    title: str
    state: str
    rounds: tuple[ScanRound, ...]
    talked_over: frozenset[int]
    items: tuple[OwnItem, ...]

    @property
    def newest(self) -> ScanRound | None:
        """The newest round that people answer one by one, whatever its state."""
        own = [each for each in self.rounds if not each.joint]
        return max(own, key=lambda each: (each.scanned_on, each.id), default=None)

    @property
    def scanned(self) -> bool:
        """Whether a scan may be asked of it."""
        return ProjectState(self.state).is_chosen


@dataclass(frozen=True)
class Task:
    """Something to do. pressing: more is more, among tasks of one kind."""

    kind: Kind
    project_id: int
    words: str
    pressing: int


def round_that_closes(project: OwnProject, as_of: date) -> Task | None:
    """An open round has CLOSING_DAYS days left or fewer, or its last day is over."""
    newest = project.newest
    if newest is None or newest.state != RoundState.OPEN or newest.closes_on is None:
        return None
    left = (newest.closes_on - as_of).days
    if left > CLOSING_DAYS:
        return None
    if left < 0:
        words = (
            f"De ronde van {project.title} kan dicht: de laatste dag was {day(newest.closes_on)}"
        )
    elif left == 0:
        words = f"Vandaag is de laatste dag om te antwoorden over {project.title}"
    else:
        words = f"Nog {count(left, 'dag', 'dagen')} om te antwoorden over {project.title}"
    return Task(Kind.ANSWER, project.id, words, -left)


def round_to_discuss(project: OwnProject, as_of: date) -> Task | None:
    """The newest round is closed and may be read, and nothing came of it yet."""
    newest = project.newest
    if newest is None or not newest.closed or newest.score is None or not newest.answered_here:
        return None
    if newest.id in project.talked_over or not project.scanned:
        return None
    words = f"Bespreek de ronde van {project.title}: er is nog niets afgesproken"
    return Task(Kind.DISCUSS, project.id, words, (as_of - newest.scanned_on).days)


def round_to_publish(project: OwnProject, as_of: date) -> Task | None:
    """The newest round is closed and may be read, but only the team sees it."""
    newest = project.newest
    if newest is None or newest.state != RoundState.CLOSED or newest.score is None:
        return None
    words = f"De ronde van {project.title} is nog niet vrijgegeven"
    return Task(Kind.PUBLISH, project.id, words, (as_of - newest.scanned_on).days)


def round_to_hold(project: OwnProject, as_of: date) -> Task | None:
    """The day of the next round has come, and no round was held or begun since."""
    newest = project.newest
    if newest is None or not newest.closed or not project.scanned:
        return None
    planned = newest.next_on
    if planned is None or planned > as_of:
        return None
    if any(each.scanned_on >= planned for each in project.rounds):
        return None
    words = f"Tijd voor een nieuwe ronde van {project.title}: gepland op {day(planned)}"
    return Task(Kind.NEXT_ROUND, project.id, words, (as_of - planned).days)


def overdue_action(project: OwnProject, as_of: date) -> Task | None:
    """An action out of a scan is past its date."""
    late = [(days_overdue(i.due, as_of), i.title) for i in project.items if i.from_scan]
    days, title = max(late, default=(0, ""))
    if not days:
        return None
    words = f"{count(days, 'dag', 'dagen')} te laat voor {project.title}: {title}"
    return Task(Kind.ACTION, project.id, words, days)


def item_without_owner(project: OwnProject, as_of: date) -> Task | None:
    """An open restpunt belongs to nobody."""
    unowned = sum(item.owner is None for item in project.items)
    if not unowned:
        return None
    have = "restpunt heeft" if unowned == 1 else "restpunten hebben"
    words = f"{unowned} {have} nog geen eigenaar bij {project.title}"
    return Task(Kind.UNOWNED, project.id, words, unowned)


def never_scanned(project: OwnProject, as_of: date) -> Task | None:
    """A project that runs has no round at all, not even a concept."""
    stage = scan_standing(each.head for each in project.rounds).stage
    if stage is not ScanStage.NONE or project.state != ProjectState.RUNNING:
        return None
    return Task(Kind.NEVER, project.id, f"{project.title} is nog nooit gescand", 0)


Rule = Callable[[OwnProject, date], Task | None]
RULES: tuple[Rule, ...] = (
    round_that_closes,
    round_to_discuss,
    round_to_publish,
    round_to_hold,
    overdue_action,
    item_without_owner,
    never_scanned,
)


def next_task(projects: Sequence[OwnProject], as_of: date) -> Task | None:
    """Return what comes first; None when nothing presses."""
    for rule in RULES:
        found = [task for each in projects if (task := rule(each, as_of)) is not None]
        if found:
            return max(found, key=lambda task: task.pressing)
    return None
