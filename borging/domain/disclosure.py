"""Statistical disclosure control: how many tables of answers fit the published figures.

A table is a multiset of answer rows. Whoever answered knows the own row and reads the counts per
factor; a figure that depends on whole rows may be published only while, for every respondent, at
least `LEAST_TABLES` tables of the others fit. The search starts at the real table and lets pairs
of rows of one part exchange letters, which leaves all counts as they are. Given steps enough it
reaches every table; a limit on the steps makes the number a lower bound.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import combinations

LEAST_TABLES = 100
"""Tables of the others that must fit before a figure is published."""
STEPS = 20_000
"""Exchanges that one search tries. A number not reached within them counts as not reached."""

Row = tuple[str, ...]
"""Letters in the order of the factors; '' for a question without an answer."""
Member = tuple[str, Row]
"""The published group of staff of a row ('' outside any group), and the row."""
Table = tuple[Member, ...]
Points = Sequence[Mapping[str, int]]

_MISSING = 10**9
"""Weight of a question without an answer: a row that weighs less is complete."""


@dataclass(frozen=True)
class Window:
    """The published deviation, as bounds on n × sum of squares − square of the sum.

    Attributes:
        points: per factor what a letter is worth, in whole parts of a point.
        parts: parts in a point.
        tenths: the deviation in tenths of a point, as shown.
        least: complete rows below which no deviation is shown.
    """

    points: Points
    parts: int
    tenths: int
    least: int

    def bounds(self, complete: int) -> tuple[int, int]:
        """Return the least value that fits and the first one above that does not."""
        if complete < max(2, self.least):
            return 0, 0
        unit = complete * (complete - 1) * self.parts**2
        low, high = (max(0, 2 * self.tenths + side) for side in (-1, 1))
        return -(-(low**2) * unit // 400), -(-(high**2) * unit // 400)


def enough_tables(members: Sequence[Member], window: Window | None, steps: int = STEPS) -> bool:
    """Return whether the figures leave at least `LEAST_TABLES` tables to every respondent.

    Args:
        members: all rows, each with the group whose counts are published.
        window: the deviation of these rows; None when none is published.
        steps: limit of the search for one respondent.
    """
    ordered = sorted(members)
    return all(
        len(fitting_tables([*ordered[:at], *ordered[at + 1 :]], member[1], window, steps))
        >= LEAST_TABLES
        for at, member in enumerate(ordered)
        if at == 0 or ordered[at - 1] != member
    )


def fitting_tables(
    others: Sequence[Member],
    own: Row,
    window: Window | None,
    steps: int = STEPS,
    enough: int = LEAST_TABLES,
) -> set[tuple[Row, ...]]:
    """Return tables of the others that fit the figures beside the counts, up to `enough`.

    Args:
        others: the real rows of the others; they must fit themselves.
        own: row of the respondent who counts.
        window: the published deviation; None when there is none.
        steps: exchanges to try.
    """
    search = _Search(window, own, steps, enough)
    return search.tables(tuple(sorted(others)))


Exchange = tuple[int, int, int]
"""Two rows of a table, and the factors they exchange as a mask."""


Sums = tuple[int, int, int]
"""Complete rows, the sum of their points, and the sum of the squares."""


@dataclass
class _Search:
    """A search for tables by exchanging letters, the tables with a deviation near by first."""

    window: Window | None
    own: Row
    steps: int
    enough: int

    def tables(self, start: Table) -> set[tuple[Row, ...]]:
        """Return distinct multisets of rows that fit, `start` among them."""
        found, seen = {_rows(start)}, {start}
        waiting: list[tuple[int, int, int, tuple[Exchange, ...]]] = []
        tables, table, tried = [start], start, 0
        target = _value(self._sums(start))
        while True:
            for exchanges, far in self._near(table, target):
                tried += 1
                if far == 0:
                    found.add(_rows(_after(table, exchanges)))
                if len(found) >= self.enough or tried >= self.steps:
                    return found
                if exchanges:
                    heappush(waiting, (far, tried, len(tables) - 1, exchanges))
            while table in seen:
                if not waiting:
                    return found
                _, _, parent, exchanges = heappop(waiting)
                table = _after(tables[parent], exchanges)
            seen.add(table)
            tables.append(table)

    def _sums(self, table: Table) -> Sums:
        weights = [weight(row, self.window) for row in (self.own, *(row for _, row in table))]
        totals = [each for each in weights if each < _MISSING]
        return len(totals), sum(totals), sum(each * each for each in totals)

    def _near(self, table: Table, target: int) -> Iterator[tuple[tuple[Exchange, ...], int]]:
        """Return the tables one exchange away, and those that fit two exchanges away.

        Each with how far its deviation is off: 0 when it fits. A look for two exchanges that
        meets no table is a step without an exchange.
        """
        sums = n, total, squares = self._sums(table)
        weights = [weight(row, self.window) for _, row in table]
        bounds = [self._bounds(complete) for complete in range(len(table) + 2)]
        aim = tuple(-(-(border + total**2) // n) - squares if n else 0 for border in bounds[n])
        earlier: list[tuple[set[int], list[int], list[Exchange]]] = []
        for left, right in _pairs(table):
            kept = []
            for mask, gain in self._gains(table[left][1], table[right][1]):
                after = _exchanged(sums, weights[left], weights[right], gain)
                value = _value(after)
                low, high = bounds[after[0]]
                exchange = left, right, mask
                yield (exchange,), 0 if low <= value < high else 1 + abs(value - target)
                if after[:2] == (n, total):
                    kept.append((after[2] - squares, exchange))
            kept.sort()
            for rows, gains, others in earlier:
                if left not in rows and right not in rows:
                    yield from _in_twos(kept, gains, others, aim)
            earlier.append(({left, right}, [gain for gain, _ in kept], [each for _, each in kept]))

    def _bounds(self, complete: int) -> tuple[int, int]:
        return (0, 1) if self.window is None else self.window.bounds(complete)

    def _gains(self, first: Row, second: Row) -> list[tuple[int, int]]:
        """Return the masks of factors to exchange, with what the first row gains.

        Exchanging all other factors gives the same two rows, so one factor stays.
        """
        places = [at for at, (x, y) in enumerate(zip(first, second, strict=True)) if x != y]
        chosen = [(0, 0)]
        for at in places[1:]:
            gain = worth(second, at, self.window) - worth(first, at, self.window)
            chosen += [(mask | 1 << at, so_far + gain) for mask, so_far in chosen]
        return chosen[1:]


def _pairs(table: Table) -> list[tuple[int, int]]:
    """Return the pairs of rows of one part, neighbours first."""
    pairs = combinations(range(len(table)), 2)
    within = [(left, right) for left, right in pairs if table[left][0] == table[right][0]]
    return sorted(within, key=lambda pair: (pair[1] - pair[0], pair))


def _in_twos(
    changes: Sequence[tuple[int, Exchange]],
    gains: Sequence[int],
    others: Sequence[Exchange],
    aim: Sequence[int],
) -> Iterator[tuple[tuple[Exchange, ...], int]]:
    """Return two exchanges of four different rows that together keep the deviation.

    Args:
        changes: exchanges of two rows, each with the gain in squares.
        gains: gains of the exchanges in `others`, in order.
        aim: gain from which, and gain below which, a table fits.
    """
    for gain, exchange in changes:
        low, high = (bisect_left(gains, border - gain) for border in aim)
        for other in others[low:high]:
            yield (exchange, other), 0
        if low == high:
            yield (), 1


def _exchanged(sums: Sums, first: int, second: int, gain: int) -> Sums:
    """Return the sums after two rows of these weights exchanged letters."""
    n, total, squares = sums
    if first < _MISSING and second < _MISSING and abs(gain) < _MISSING:
        return n, total, squares + 2 * gain * (gain + first - second)
    for each, sign in ((first, -1), (second, -1), (first + gain, 1), (second - gain, 1)):
        if each < _MISSING:
            n, total, squares = n + sign, total + sign * each, squares + sign * each * each
    return n, total, squares


def _value(sums: Sums) -> int:
    n, total, squares = sums
    return n * squares - total * total


def worth(row: Row, at: int, window: Window | None) -> int:
    """Return the points of one answer, `_MISSING` without an answer, 0 where none count."""
    if window is None:
        return 0
    return window.points[at][row[at]] if row[at] else _MISSING


def weight(row: Row, window: Window | None) -> int:
    """Return the points of a row, plus `_MISSING` for each question without an answer."""
    return sum(worth(row, at, window) for at in range(len(row)))


def _rows(table: Table) -> tuple[Row, ...]:
    return tuple(sorted(row for _, row in table))


def _after(table: Table, exchanges: Sequence[Exchange]) -> Table:
    """Return the table in which pairs of rows have exchanged the factors of their masks."""
    rows = list(table)
    for left, right, mask in exchanges:
        both = [
            (y, x) if mask >> at & 1 else (x, y)
            for at, (x, y) in enumerate(zip(rows[left][1], rows[right][1], strict=True))
        ]
        rows[left] = rows[left][0], tuple(x for x, _ in both)
        rows[right] = rows[right][0], tuple(y for _, y in both)
    return tuple(sorted(rows))
