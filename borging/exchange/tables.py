"""A table on the screen as an Excel file, and the name under which it is saved."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from io import BytesIO
from numbers import Real
from typing import Any

import pandas as pd
import xlsxwriter

from borging.domain.periods import Week

OPTIONS: dict[str, object] = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
REAL_DATE = "dd-mm-yyyy"
CELL_LIMIT = 32_767
"""The most characters Excel keeps in a cell."""

SHEET_NAME_LIMIT = 31
MIN_WIDTH, MAX_WIDTH = 9, 60
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def is_risky(text: str) -> bool:
    """Say whether a spreadsheet may take text for a formula once somebody edits it."""
    return text.startswith(RISKY)


def to_xlsx(frame: pd.DataFrame, name: str, headings: Mapping[str, str]) -> bytes:
    """Return the columns of `frame` named in `headings`, in that order, as a workbook.

    Dates and numbers stay dates and numbers, True and False become ja and nee, unknown stays
    blank. Text is always text: what begins like a formula is marked with Excel's own text
    sign, so that its characters are unchanged and it is never calculated.
    """
    target = BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        formats = {
            "day": book.add_format({"num_format": REAL_DATE, "align": "left"}),
            "risky": book.add_format({"quote_prefix": True}),
        }
        sheet = book.add_worksheet(sheet_name(name))
        for index, (column, heading) in enumerate(headings.items()):
            sheet.write_string(0, index, heading, head)
            width = len(heading)
            for row, value in enumerate(frame[column].tolist(), start=1):
                width = max(width, _write(sheet, row, index, value, formats))
            sheet.set_column(index, index, min(max(width + 2, MIN_WIDTH), MAX_WIDTH))
        sheet.freeze_panes(1, 0)
        if headings:
            sheet.autofilter(0, 0, len(frame), len(headings) - 1)
    return target.getvalue()


def _write(sheet: Any, row: int, column: int, value: Any, formats: dict[str, Any]) -> int:
    """Write one value and return how many characters it shows."""
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return 0
    if isinstance(value, bool):
        sheet.write_string(row, column, "ja" if value else "nee")
        return 3
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        if value.year >= 1900:
            sheet.write_datetime(row, column, value, formats["day"])
        else:
            sheet.write_string(row, column, value.isoformat())
        return len(REAL_DATE)
    if isinstance(value, Real):
        number = float(value)
        if number in (float("inf"), float("-inf")):
            return 0
        sheet.write_number(row, column, number)
        return len(f"{number:g}")
    text = str(value)[:CELL_LIMIT]
    sheet.write_string(row, column, text, formats["risky"] if is_risky(text) else None)
    return len(text)


def sheet_name(name: str, ending: str = "") -> str:
    """Return a name that Excel takes for a sheet, cut where it is too long; ending stays on."""
    clean = re.sub(r"[\[\]:*?/\\]", " ", name).strip(" '")[: SHEET_NAME_LIMIT - len(ending)]
    return (clean.strip(" '") or "Blad1") + ending


def file_name(content: str, week: Week, parts: Iterable[str] = (), ending: str = "xlsx") -> str:
    """Return 'borging_restpunten_2026-W47_zorg-thuis.xlsx'.

    parts: the filters chosen, or what the file is about.
    """
    words = [_slug(content), str(week), *(_slug(part) for part in parts)]
    return "_".join(("borging", *(word for word in words if word))) + f".{ending}"


def _slug(text: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")
