"""Which figures of a closed round may be published besides the counts per factor.

The counts are shown from the minimum number of answers on. Everything else follows from the
counts, with two exceptions that say something about whole rows of answers: the counts of groups
of staff, and the standard deviation of the totals. Both need `disclosure` to agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from borging.domain.disclosure import Member, Window, enough_tables
from borging.domain.instruments import Instrument
from borging.domain.rounds import LEAST_FOR_DEVIATION, shown_groups
from borging.domain.scoring import deviation, part_points

Answers = Mapping[str, str | None]
Points = tuple[tuple[tuple[str, int], ...], ...]


@dataclass(frozen=True)
class Publication:
    """Figures that may be shown besides the counts.

    Attributes:
        groups: groups of staff whose counts may be shown.
        sd: standard deviation in points, rounded to the tenth that is shown; None when it must
            stay away.
    """

    groups: frozenset[str]
    sd: float | None


def publication(
    instrument: Instrument, responses: Sequence[tuple[str | None, Answers]], minimum: int
) -> Publication:
    """Decide what may be shown of the responses, each with its group of staff.

    The groups come first: where both together would leave too few tables, the deviation stays
    away.
    """
    rows = [
        (role, tuple(answers.get(factor.id) or "" for factor in instrument.factors))
        for role, answers in responses
    ]
    groups = published_groups(rows, minimum)
    sums = deviation(instrument, [answers for _, answers in responses])
    least = max(minimum, LEAST_FOR_DEVIATION)
    tenths = sums.tenths
    if tenths is None or sums.n < least:
        return Publication(groups, None)
    points = tuple(tuple(sorted(each.items())) for each in part_points(instrument))
    if not _deviation_is_safe(_members(rows, groups), points, instrument.parts, tenths, least):
        return Publication(groups, None)
    return Publication(groups, tenths / 10)


def published_groups(
    rows: Sequence[tuple[str | None, tuple[str, ...]]], minimum: int
) -> frozenset[str]:
    """Return the groups of staff whose counts may be shown beside those of everybody.

    Args:
        rows: per response its group and its letters, all in the same order of the factors; ''
            for a question without an answer.
        minimum: responses below which nothing is shown.
    """
    groups = shown_groups(Counter(role for role, _ in rows), minimum)
    while groups and not _groups_are_safe(_members(rows, groups)):
        groups -= {min(groups, key=lambda group: (sum(role == group for role, _ in rows), group))}
    return groups


def _members(
    rows: Sequence[tuple[str | None, tuple[str, ...]]], groups: frozenset[str]
) -> tuple[Member, ...]:
    """Return the rows in an order that does not depend on how they were read."""
    return tuple(sorted((role if role in groups and role else "", row) for role, row in rows))


@lru_cache(maxsize=256)
def _groups_are_safe(members: tuple[Member, ...]) -> bool:
    """Return whether every part leaves enough tables to each of its own members.

    Everybody else knows less about a part than its members do.
    """
    return all(
        enough_tables([member for member in members if member[0] == part], None)
        for part in sorted({part for part, _ in members})
    )


@lru_cache(maxsize=1024)
def _deviation_is_safe(
    members: tuple[Member, ...], points: Points, parts: int, tenths: int, least: int
) -> bool:
    window = Window(tuple(dict(each) for each in points), parts, tenths, least)
    return enough_tables(members, window)
