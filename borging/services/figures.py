"""The key figures at the top of a screen."""

from __future__ import annotations

from dataclasses import dataclass, replace

PHONE = 12
"""Characters of a value that fit on a phone."""
NOTE, NOTE_ON_A_PHONE = 28, 22
"""Characters of a note that are surely seen; a longer one is cut off where there is little room."""


@dataclass(frozen=True)
class KeyFigure:
    """One number with what it counts.

    label: at most 20 characters, longer is cut off on the screen. value: as it is written,
    '3 van 40'. note: the grey line below it, None for nothing.
    """

    label: str
    value: str
    note: str | None = None

    def on_a_phone(self) -> KeyFigure:
        """Return the figure with 'van 1.652' in the note where the value would be cut off."""
        part, of, whole = self.value.partition(" van ")
        if len(self.value) <= PHONE or not of:
            return self
        note = f"van {whole} · {self.note}" if self.note else f"van {whole}"
        return replace(self, value=part, note=note)
