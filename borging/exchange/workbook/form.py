"""What a sheet of the own workbook is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from borging.domain.terms import Term
from borging.store.imports.items import ItemKind

LETTERS = ("a", "b", "c", "d")
YES_NO = ("ja", "nee")

ColumnKind = Literal["text", "lines", "name", "day", "yes_no", "term", "word", "letter", "number"]
Example = str | date | bool | float


@dataclass(frozen=True)
class Column:
    """One column of a sheet.

    field: the column of the store, or the part of the key. key: a row without it is rejected.
    required: so is one without it, though it is no part of the key. default: the value that stands
    for a blank cell. percent: a share (0–1) that is written as a percentage. words: id to what a
    cell may hold, of kind word. names: what it names, where the kind of the sheet does not say so:
    a table, or a list of the dossier.
    """

    heading: str
    field: str
    kind: ColumnKind
    explanation: str
    example: Example
    width: int = 16
    term: type[Term] | None = None
    key: bool = False
    default: Term | None = None
    required: bool = False
    percent: bool = False
    words: Mapping[str, str] | None = None
    names: str = ""

    @property
    def needed(self) -> bool:
        """Say whether a row without it is rejected."""
        return self.key or self.required

    @property
    def choices(self) -> tuple[str, ...]:
        """The words a cell may hold; empty when it is free."""
        if self.term is not None:
            return tuple(term.label for term in self.term)
        if self.words:
            return tuple(self.words.values())
        return {"yes_no": YES_NO, "letter": LETTERS}.get(self.kind, ())


@dataclass(frozen=True)
class SheetForm:
    """One sheet: what a row is, and its columns.

    group: the part of the workbook it belongs to. list: the key of its list of the dossier, ''
    for other sheets. whole: a row with a cell that is not understood is rejected.
    """

    name: str
    kind: ItemKind
    explanation: str
    columns: tuple[Column, ...]
    group: str = ""
    list: str = ""
    whole: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The headings without which a row says nothing."""
        return tuple(column.heading for column in self.columns if column.needed)

    def column(self, field: str) -> Column:
        """Return the column of a field; KeyError when there is none."""
        for column in self.columns:
            if column.field == field:
                return column
        raise KeyError(field)


CODE = Column(
    "Code",
    "project",
    "name",
    "De code van het project, op elk blad dezelfde.",
    "ZT-07",
    12,
    key=True,
)
