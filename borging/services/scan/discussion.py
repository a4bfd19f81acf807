"""The talk about one closed round: where people differ most, what was said, what to do.

Individual answers stay as they are; what a team agrees stands beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from borging.domain.instruments import Instrument, Level
from borging.domain.residuals import days_overdue
from borging.domain.rounds import ScanRound
from borging.domain.scoring import FactorScore, ScanScore
from borging.domain.terms import RoleGroup, RoundState
from borging.domain.wording import count, day, day_and_week, number, percent, rounded
from borging.services.known import known_first
from borging.services.scan import words as scan_words
from borging.services.scan.view import DIVIDED

FIRST_WEEKS = 6
"""Weeks that an action gets unless somebody says otherwise."""


@dataclass(frozen=True)
class Talk:
    """What the screen shows of one round.

    why_not: why there is nothing to talk about; '' when there is. order: the factors, what to
    talk about first in front. groups: the groups of staff that may be shown.
    """

    title: str
    question: str
    small_print: str
    why_not: str
    scan: ScanRound | None
    order: tuple[FactorScore, ...]
    groups: Mapping[RoleGroup, ScanScore]
    published: bool


def view(
    code: str,
    title: str,
    scan: ScanRound | None,
    groups: Mapping[RoleGroup, ScanScore],
    instrument: Instrument,
    as_of: date,
) -> Talk:
    """Build the view of a round; `scan` is None when there is none on `as_of`."""
    why_not = no_talk(scan)
    order = () if why_not or scan is None or scan.score is None else in_order(scan.score.factors)
    origin = scan_words.origin(scan, instrument) if scan is not None and not why_not else ""
    parts = (code, origin, day_and_week(as_of))
    return Talk(
        title=finding(scan, order),
        question=_question(title, joint=scan is not None and scan.joint),
        small_print=" · ".join(part for part in parts if part),
        why_not=why_not,
        scan=scan,
        order=order,
        groups={} if scan is None or scan.joint else groups,
        published=scan is not None and scan.state == RoundState.PUBLISHED,
    )


def _question(title: str, *, joint: bool) -> str:
    if joint:
        return f"Waar is het meest te winnen bij {title}, en wat gaan wij daaraan doen?"
    return f"Wat zien wij verschillend bij {title}, en wat gaan wij eraan doen?"


def no_talk(scan: ScanRound | None) -> str:
    """Say why a round cannot be talked about; '' when it can."""
    if scan is None:
        return (
            "Deze ronde bestaat niet (meer) op deze dag. Kies haar bij de rondes van het project."
        )
    if scan.state == RoundState.DRAFT:
        return "Deze ronde is nog niet geopend. Bespreken kan nadat zij is gesloten."
    if scan.state == RoundState.OPEN:
        return "De antwoorden blijven dicht tot de ronde sluit. Daarna bespreekt u ze hier."
    if scan.score is None:
        return (
            f"Er zijn te weinig antwoorden om te tonen (minimaal {scan.min_answers}); wat wel is "
            "geantwoord blijft dicht."
        )
    return ""


def finding(scan: ScanRound | None, order: Sequence[FactorScore]) -> str:
    """Return the title: over how much people differ and where to begin."""
    if scan is None:
        return "Deze ronde is er niet"
    lead = f"Ronde {scan.number}"
    if scan.state == RoundState.DRAFT:
        return f"{lead} is nog een concept"
    if scan.state == RoundState.OPEN:
        return f"{lead} is nog {scan_words.standing(scan)}"
    if not order:
        return f"{lead} is niet te bespreken"
    first = _lower(order[0].factor.name)
    if scan.joint:
        return f"Eén afgesproken antwoord; de meeste winst: {first}"
    divided = sum(is_divided(each) for each in order)
    unknown = sum(each.spread is None for each in order)
    said = "De antwoorden liggen dicht bijeen"
    if divided:
        said = f"Verdeeld over {divided} van de {len(order)} factoren"
    said = known_first(
        said, unknown, len(order), "is de spreiding niet bekend", "factor", "factoren"
    )
    return f"{said}; begin bij {first}"


def _lower(name: str) -> str:
    return f"{name[0].lower()}{name[1:]}"


def is_divided(scored: FactorScore) -> bool:
    """Say whether people are far enough apart on a factor to talk about it."""
    return scored.spread is not None and scored.spread >= DIVIDED


def in_order(factors: Sequence[FactorScore]) -> tuple[FactorScore, ...]:
    """Return the factors most divided first, then most to win; those without a score last."""
    return tuple(
        sorted(factors, key=lambda f: (f.mean is None, -(f.spread or 0), -(f.potential or 0)))
    )


def in_brief(scored: FactorScore) -> str:
    """Say in a few words why to talk about a factor: 'spreiding 3 · nog 6,8 punten (46 %)'."""
    if scored.mean is None:
        return "te weinig antwoorden"
    apart = "" if scored.spread is None else f"spreiding {scored.spread} · "
    return apart + to_win(scored)


def to_win(scored: FactorScore) -> str:
    """Say what a factor can still bring: 'nog 6,8 punten (46 %)'."""
    if scored.potential is None or scored.percent is None:
        return "geen uitslag"
    if rounded(scored.potential, 1) == 0:
        return "niets meer te winnen"
    return f"nog {number(scored.potential, 1)} punten ({percent(100 - scored.percent)})"


def factor_note(scored: FactorScore, joint: bool) -> str:
    """Say under the answers of one factor what the numbers mean."""
    if joint:
        return f"één afgesproken antwoord heeft geen spreiding · te winnen: {to_win(scored)}"
    spread = "n.v.t." if scored.spread is None else str(scored.spread)
    return (
        f"n = {scored.n} · spreiding {spread} op een schaal van 0–3 (naar Doyle 2013), hoogste "
        f"min laagste niveau · te winnen: {to_win(scored)}"
    )


def chosen_levels(scored: FactorScore) -> tuple[tuple[Level, int], ...]:
    """Return the levels that somebody chose with their number of answers, best first."""
    return tuple(
        (level, scored.counts[level.letter])
        for level in scored.factor.levels
        if scored.counts[level.letter]
    )


def of_groups(
    groups: Mapping[RoleGroup, ScanScore], factor_id: str
) -> tuple[tuple[str, FactorScore], ...]:
    """Return the answers of each group on one factor, without the groups that may not be shown."""
    found = (
        (group.label, next(f for f in scored.factors if f.factor.id == factor_id))
        for group, scored in groups.items()
    )
    return tuple((label, each) for label, each in found if each.n)


def in_words(scored: FactorScore, groups: Sequence[tuple[str, FactorScore]]) -> str:
    """Return what the chart of one factor says."""
    rows = [("Iedereen", scored), *groups]
    return f"{scored.factor.name}: " + "; ".join(
        f"{label} {scan_words.answer_words(each)}" for label, each in rows
    )


@dataclass(frozen=True)
class Action:
    """An action that came out of a scan, in words for a list."""

    title: str
    who: str
    when: str
    done: bool


def actions(items: pd.DataFrame, project_id: int, factor_id: str, as_of: date) -> list[Action]:
    """List what a project does about one factor, also out of earlier rounds; open ones first.

    items: as `borging.store.queries.portfolio.residual_items` gives them.
    """
    own = items[
        (items["project_id"] == project_id)
        & (items["factor"] == factor_id)
        & items["scan_id"].notna()
        & (pd.to_datetime(items["created_on"]).dt.date <= as_of)
    ]
    found = [
        _action(title, owner, _day(due), _day(closed), as_of)
        for title, owner, due, closed in zip(
            own["title"], own["owner"], own["due"], own["closed_on"], strict=True
        )
    ]
    return sorted(found, key=lambda each: each.done)


def _day(value: object) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()  # type: ignore[call-overload,arg-type]


def _action(
    title: str, owner: object, due: date | None, closed: date | None, as_of: date
) -> Action:
    done = closed is not None and closed <= as_of
    when = f"uiterlijk {day(due)}" if due else "zonder datum"
    if done:
        when = f"gedaan op {day(closed)}"
    elif late := days_overdue(due, as_of):
        when = f"{day(due)}, {count(late, 'dag', 'dagen')} te laat"
    return Action(title, "zonder eigenaar" if pd.isna(owner) else str(owner), when, done)  # type: ignore[call-overload]
