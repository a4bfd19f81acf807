"""A table of changes as somebody left it, and how it is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Row:
    """One row of a table as somebody left it.

    id, version: of the row he saw; None for a new one. fields: None when he removed it. place:
    what the screen calls the row, 'rij 3'. before: the fields as he saw them.
    """

    place: str
    fields: Any
    id: int | None = None
    version: int | None = None
    before: Any = field(default=None, compare=False)


Save = Callable[[list[Row]], list[int]]
"""Writes changed rows and returns the ids of what was written."""


class RowsError(ValueError):
    """Rows cannot be saved; `sentences` say in Dutch which and why, one per row."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__(" ".join(self.sentences))


class RowsChangedError(RowsError):
    """Somebody else changed some of the rows; versions: what they are at now, by id.

    Who saves again with these versions puts his own fields on top of what is there now.
    """

    def __init__(self, sentences: Sequence[str], versions: Mapping[int, int]) -> None:
        super().__init__(sentences)
        self.versions = dict(versions)
