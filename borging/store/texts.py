"""Bounds of every column with text, checked where a value goes to the database.

That is the one place that commands, imports and the example share. Forms have the same bound as
`max_chars`, so that a visitor seldom meets the refusal.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import MetaData
from sqlalchemy.types import TypeDecorator
from sqlmodel.sql.sqltypes import AutoString

from borging.domain.texts import BOUNDS, SHORT, storable, too_long
from borging.store.unavailable import NotWrittenError


class TextTooLongError(NotWrittenError):
    """A text is longer than its column may hold; nothing is cut off."""

    def __init__(self, label: str, most: int, length: int) -> None:
        super().__init__(too_long(label, most, length))


class BoundedText(TypeDecorator[str]):
    """Text that refuses what is too long and leaves out what no database can hold."""

    impl = AutoString
    cache_ok = True

    def __init__(self, label: str, most: int) -> None:
        super().__init__()
        self.label = label
        self.most = most

    def process_bind_param(self, value: Any, _dialect: Any) -> str | None:
        """Return a value as it is stored.

        Raises:
            TextTooLongError: it has more characters than the column may hold.
        """
        if not isinstance(value, str):
            return None if value is None else str(value)
        text = storable(value)
        if len(text) > self.most:
            raise TextTooLongError(self.label, self.most, len(text))
        return text


def bound_texts(metadata: MetaData) -> None:
    """Give every text column of the tables its bound."""
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, AutoString):
                named = BOUNDS.get(f"{table.name}.{column.name}", (column.name, SHORT))
                column.type = BoundedText(*named)
