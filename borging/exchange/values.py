"""From a cell to a value: text, dates, numbers, yes or no.

Every reader returns (value, reason). A blank cell is (None, None); a cell that cannot be
understood is (None, a Dutch reason). Nothing is guessed: what can be read in two ways is not
read at all.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Literal

Cell = str | int | float | bool | date | datetime | time | timedelta | None
DateOrder = Literal["dmy", "mdy"]
Thousands = Literal[".", ","]

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Dates outside these years, both inclusive, are taken for typing errors."""

EXCEL_EPOCH = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 18264, 73415
"""Excel day numbers of 1950-01-01 and 2100-12-31; a bare number outside is no date."""

ENTITY_ROUNDS = 2
"""Lists hold entities of entities, such as &amp;quot;."""

LOST = "\N{REPLACEMENT CHARACTER}"

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january",
            "feb februari february",
            "mrt maart mar march",
            "apr april",
            "mei may",
            "jun juni june",
            "jul juli july",
            "aug augustus august",
            "sep sept september",
            "okt oktober oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_UNSEEN = re.compile("[\u200b\u00ad\ufeff]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?"
_ISO = re.compile(rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){_TIME}")
_PARTS = re.compile(rf"(\d{{1,2}})([-./])(\d{{1,2}})\2(\d{{4}}){_TIME}")
_NAMED = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3,9})\.?[- ](\d{4})")
_CURRENCY = re.compile(r"^(?:€|EUR|£|GBP|\$|USD)\s*|\s*(?:€|EUR|£|GBP)$", re.IGNORECASE)


@dataclass(frozen=True)
class Cleaned:
    """Text on one line, and how many characters of it were lost before it came here."""

    text: str
    lost: int


def plain(cell: Cell) -> str:
    """Return a cell as text, trimmed: 12.0 as '12', a date as '2026-11-22', True as 'ja'."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell).strip()


def is_blank(cell: Cell) -> bool:
    """Say whether a cell holds nothing but blanks."""
    return cell is None or (isinstance(cell, str) and not clean(cell).text)


def clean(cell: Cell, entities: bool = True) -> Cleaned:
    """Return the text of a cell on one line, without HTML entities and control characters.

    Line ends and runs of blanks become one blank. Lost characters (�) stay where they are,
    so that nobody takes the text for whole.
    """
    text = plain(cell)
    if entities:
        for _ in range(ENTITY_ROUNDS):
            text = _ENTITY.sub(lambda found: html.unescape(found.group()), text)
    text = " ".join(_CONTROL.sub(" ", _UNSEEN.sub("", text)).split())
    return Cleaned(text, text.count(LOST))


def fold(text: str) -> str:
    """Return text in the form in which headings and names are compared."""
    return " ".join(text.split()).casefold()


def matches(text: str, patterns: tuple[str, ...]) -> bool:
    """Say whether text equals a pattern, ignoring case and blanks; * stands for anything."""
    folded = fold(text)
    return any(fnmatchcase(folded, _star_only(fold(pattern))) for pattern in patterns)


def _star_only(pattern: str) -> str:
    return pattern.replace("[", "[[]").replace("?", "[?]")


def read_date(cell: Cell, order: DateOrder = "dmy") -> tuple[date | None, str | None]:
    """Read a day; `order` says how 3-4-2026 is meant."""
    if isinstance(cell, datetime):
        return _plausible(cell.date())
    if isinstance(cell, date):
        return _plausible(cell)
    text = clean(cell).text
    if not text:
        return None, None
    if isinstance(cell, bool | time | timedelta):
        return None, "geen datum"
    if re.fullmatch(r"\d{5}(\.\d+)?", text) and FIRST_SERIAL <= float(text) <= LAST_SERIAL:
        return EXCEL_EPOCH + timedelta(days=int(float(text))), None
    numbers = _date_parts(text, order)
    if numbers is None:
        return None, "geen datum die eenduidig te lezen is"
    try:
        return _plausible(date(*numbers))
    except ValueError:
        return None, "deze dag bestaat niet"


def _date_parts(text: str, order: DateOrder) -> tuple[int, int, int] | None:
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _PARTS.fullmatch(text):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        return (year, first, second) if order == "mdy" else (year, second, first)
    if (found := _NAMED.fullmatch(text)) and found[2].casefold() in MONTHS:
        return int(found[3]), MONTHS[found[2].casefold()], int(found[1])
    return None


def _plausible(day: date) -> tuple[date | None, str | None]:
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return day, None
    return None, f"jaar buiten {FIRST_YEAR}–{LAST_YEAR}"


def read_number(
    cell: Cell, thousands: Thousands | None = None
) -> tuple[Decimal | None, str | None]:
    """Read a number; `thousands` is the mark between thousands in text.

    Without it both decimal marks are accepted, and a number that is then ambiguous, such as
    196.666, is not read.
    """
    if isinstance(cell, bool | date | time | timedelta):
        return None, "geen getal"
    if isinstance(cell, int | float):
        number = Decimal(repr(cell)) if cell == cell else None
        return _finite(number)
    text = clean(cell).text
    if not text:
        return None, None
    bare = _CURRENCY.sub("", text).replace(" ", "").replace("'", "").replace("−", "-")
    bare = re.sub(r"[.,]-{1,2}$", "", bare)
    if not re.fullmatch(r"-?\d[\d.,]*", bare, re.ASCII):
        return None, "geen getal"
    mark = thousands or _thousands_of(bare)
    if mark is None:
        return None, "dit getal is op twee manieren te lezen"
    decimal = "," if mark == "." else "."
    grouped = rf"-?(\d{{1,3}}(\{mark}\d{{3}})+|\d+)(\{decimal}\d+)?"
    if not re.fullmatch(grouped, bare, re.ASCII):
        return None, "geen getal"
    return _finite(Decimal(bare.replace(mark, "").replace(decimal, ".")))


def _thousands_of(text: str) -> Thousands | None:
    """Return the thousands mark a number shows by itself; None when it could be either."""
    dots, commas = text.count("."), text.count(",")
    if dots and commas:
        return "." if text.rindex(",") > text.rindex(".") else ","
    if dots + commas == 1 and re.search(r"[.,]\d{3}$", text):
        return None
    if dots:
        return "." if dots > 1 else ","
    return "," if commas > 1 else "."


def _finite(number: Decimal | None) -> tuple[Decimal | None, str | None]:
    if number is None or not number.is_finite() or abs(number) >= Decimal(10) ** 15:
        return None, "geen bruikbaar getal"
    return number, None


def digits(number: Decimal) -> str:
    """Return a number without exponent and without trailing zeros: '196666', '0.5', '0'."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def read_yes_no(cell: Cell) -> tuple[bool | None, str | None]:
    """Read ja or nee."""
    word = fold(clean(cell).text)
    if not word:
        return None, None
    if word in ("ja", "j", "yes", "y", "waar", "true", "1", "x"):
        return True, None
    if word in ("nee", "n", "no", "onwaar", "false", "0"):
        return False, None
    return None, "geen ja of nee"
