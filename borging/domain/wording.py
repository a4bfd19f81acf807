"""How days, numbers and counts are written on the screen and in files for people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from borging.domain.periods import Week

NBSP = "\u00a0"


def day(value: date | None, unknown: str = "onbekend") -> str:
    """Write a day as 22-11-2026; `unknown` for None and for NaT, which differs from itself."""
    return unknown if value is None or value != value else f"{value:%d-%m}-{value.year:04}"


def day_and_week(value: date) -> str:
    """Write a day with its ISO week: '22-11-2026 (wk 47)'."""
    return f"{day(value)} ({Week.of(value).label})"


def rounded(value: float | Decimal, decimals: int = 0) -> float:
    """Round a number as `number` writes it: by its decimals, a half to the even digit."""
    return float(round(Decimal(str(value)), decimals))


def number(value: float | Decimal, decimals: int = 0) -> str:
    """Write a number with decimal comma and thousands point, always `decimals` digits.

    A half is rounded to the even digit; what rounds to nothing has no sign.
    """
    without_sign_of_zero = round(Decimal(str(value)), decimals) + 0
    return f"{without_sign_of_zero:,.{decimals}f}".translate(_DUTCH)


_DUTCH = str.maketrans({",": ".", ".": ",", "-": "−"})


def signed(value: float, decimals: int = 0) -> str:
    """Write a difference with its sign; 'gelijk' for nothing."""
    difference = rounded(value, decimals)
    if difference == 0:
        return "gelijk"
    sign = "+" if difference > 0 else ""
    return sign + number(difference, decimals)


def percent(value: float) -> str:
    """Write a percentage without decimals: '46 %'."""
    return f"{number(value)}{NBSP}%"


def count(n: int, one: str, many: str) -> str:
    """Write a number with its noun in the right form: '1 project', '3 projecten'."""
    return f"{number(n)} {one if n == 1 else many}"


def size(n: int) -> str:
    """Write a number of bytes: '840 kB', '1,2 MB'; less than one kB is 1 kB."""
    kilo = 1024
    if n >= 1000 * kilo:
        return f"{number(n / kilo**2, 1)}{NBSP}MB"
    return f"{number(max(1, round(n / kilo)))}{NBSP}kB"


def listed(words: Sequence[str]) -> str:
    """Write words as a list: 'a, b en c'."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} en {words[-1]}"
