"""Weeks of a file that gives a date per week, also when it dates them one week late.

Some programs number weeks from the first Sunday of the year and write the Monday of that
number. The number then is the ISO number all the same, so in years whose ISO week 1 begins
before that Sunday the date is one week late, and week 53 gets none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from borging.domain.flu_seasons import read_week
from borging.domain.periods import Week
from borging.domain.wording import listed, number

Weeks = Sequence[Week | None]


@dataclass(frozen=True)
class Dated:
    """One row: its number in the file, its date (None when it has none), value per 100,000."""

    row: int
    day: date | None
    value: float


@dataclass(frozen=True)
class Placed:
    """The week of each row, None where it cannot be told; notice says what was put right."""

    weeks: tuple[Week | None, ...]
    notice: str | None = None


def place(rows: Sequence[Dated], known: Mapping[Week, float]) -> Placed:
    """Give rows their week. known: published values per 100,000, by which lateness shows.

    A published value in the file decides; without one a gap at the turn of the year does.
    """
    by_date = tuple(_week(Week.of(each.day)) if each.day else None for each in rows)
    by_number = tuple(_numbered(each.day) if each.day else None for each in rows)
    signs = _signs(rows)
    for week, value in known.items():
        right = _stands_at(rows, by_date, week, value)
        late = _stands_at(rows, by_number, week, value)
        if right and not late:
            return Placed(by_date)
        if late and not right:
            said = f"{week} is bekend ({number(value, 1)}) en stond een week later"
            return _put_right(by_date, by_number, [*signs, said])
    numbered = all(week or not each.day for week, each in zip(by_number, rows, strict=True))
    return _put_right(by_date, by_number, signs) if signs and numbered else Placed(by_date)


def _week(week: Week) -> Week | None:
    return read_week(str(week))


def _numbered(day: date) -> Week | None:
    """Return the ISO week with the number that counts from the first Sunday of the year."""
    return read_week(f"{day.year:04}-W{day:%U}")


def _stands_at(rows: Sequence[Dated], weeks: Weeks, week: Week, value: float) -> bool:
    """Say whether a published value stands at its week, to the digits it was published in."""
    half = 0.5 if value == int(value) else 0.05
    found = [each.value for each, own in zip(rows, weeks, strict=True) if own == week]
    return any(abs(each - value) <= half for each in found)


def _signs(rows: Sequence[Dated]) -> list[str]:
    """Say in words what is odd at the turns of the years."""
    undated = [
        each.row
        for before, each, after in zip(rows, rows[1:], rows[2:], strict=False)
        if each.day is None and before.day and after.day and before.day.year + 1 == after.day.year
    ]
    jumps = [
        str(later.day.year)
        for first, later in pairwise(rows)
        if first.day
        and later.day
        and first.day.year < later.day.year
        and later.day - first.day == timedelta(weeks=2)
    ]
    words = []
    if undated:
        words.append(f"week 53 heeft geen datum (rij {listed([str(row) for row in undated])})")
    if jumps:
        words.append(f"de datums slaan bij de jaarwisseling een week over ({listed(jumps)})")
    return words


def _put_right(by_date: Weeks, by_number: Weeks, signs: Sequence[str]) -> Placed:
    weeks = list(by_number)
    for index in range(1, len(weeks) - 1):
        before, after = by_number[index - 1], by_number[index + 1]
        if weeks[index] is None and before and after == before.plus(2):
            weeks[index] = before.plus(1)
    years = {
        own.year for own, dated in zip(by_number, by_date, strict=True) if own and own != dated
    }
    if not years:
        return Placed(tuple(weeks))
    where = "in 1 jaar" if len(years) == 1 else f"in {len(years)} jaren"
    return Placed(
        tuple(weeks),
        f"De datums staan {where} een week te laat "
        f"({listed([str(year) for year in sorted(years)])}) en zijn hersteld: {'; '.join(signs)}.",
    )
