"""What is worth telling about a file that was read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How heavy a problem weighs.

    ERROR: the row is rejected. WARNING: the row counts, but something in it was not
    understood, was shortened or contradicts itself. INFO: nothing is wrong, yet a person may
    want to know, such as a source that says in words that it does not know.
    """

    ERROR = "fout"
    WARNING = "waarschuwing"
    INFO = "info"


MAX_VALUE_LENGTH = 200


@dataclass(frozen=True)
class Problem:
    """One remark about one place in a file.

    sheet is None for a text file. row counts from 1 as in Excel and is None for a remark
    about the whole file. value is the cell as text, shortened.
    """

    severity: Severity
    sheet: str | None
    row: int | None
    column: str | None
    value: str | None
    reason: str

    def as_dict(self) -> dict[str, str | int | None]:
        """Return the six fields in the order in which they are shown."""
        return {
            "severity": self.severity.value,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "reason": self.reason,
        }

    @property
    def place(self) -> str:
        """Where in the file: 'Projecten, rij 4, Einddatum'."""
        row = f"rij {self.row}" if self.row is not None else None
        return ", ".join(part for part in (self.sheet, row, self.column) if part) or "bestand"


def shorten(text: str, length: int = MAX_VALUE_LENGTH) -> str:
    """Return `text` of at most `length` characters, ending in … where it was cut."""
    return text if len(text) <= length else text[: length - 1] + "…"
