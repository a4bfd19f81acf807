"""How large the sheets of a workbook become once they are opened.

A sheet is opened as one block, from its first filled cell to its last: a single word in the
last cell of an otherwise empty sheet takes more memory than any computer has.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

MOST_CELLS = 20_000_000
MOST_BYTES = 500_000_000
"""Most that the parts of a workbook may hold, unpacked."""

PIECE = 1 << 20
MOST_TAG = 1 << 16
"""Tags longer than this may be missed where two pieces meet."""

_CELL = re.compile(rb"<(?:\w+:)?(row|c)(\s[^>]*)?>")
_PLACE = re.compile(rb'\sr="([A-Z]{0,3})(\d{1,7})"')
_TABLE = re.compile(
    rb"<table:(table|table-row|table-cell|covered-table-cell)(\s[^>]*)?>|</table:(table-row|table)>"
)
_REPEATED = re.compile(rb'number-(?:columns|rows)-repeated="(\d{1,9})"')


def is_too_large(data: bytes) -> bool:
    """Say whether an xlsx or ods file opens into more than a computer can hold.

    Other kinds of files are never too large, nor is what cannot be unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
                return True
            return any(cells > MOST_CELLS for cells in _blocks(archive))
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError):
        return False


def _blocks(archive: zipfile.ZipFile) -> Iterator[int]:
    """Yield the number of cells in the block of each sheet."""
    for name in archive.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            yield _cells_of_xlsx(_tags(archive, name, _CELL))
        elif name == "content.xml":
            yield from _cells_of_ods(_tags(archive, name, _TABLE))


def _tags(
    archive: zipfile.ZipFile, name: str, wanted: re.Pattern[bytes]
) -> Iterator[re.Match[bytes]]:
    with archive.open(name) as part:
        rest = b""
        while piece := part.read(PIECE):
            text = rest + piece
            end = text.rfind(b">") + 1
            yield from wanted.finditer(text, 0, end)
            rest = text[end:][-MOST_TAG:]


def _cells_of_xlsx(tags: Iterator[re.Match[bytes]]) -> int:
    """Count the block of the cells that hold something; a cell may leave out where it is."""
    block, row, column = _Block(), 0, 0
    for tag in tags:
        kind, attributes = tag.groups(b"")
        place = _PLACE.search(attributes)
        if kind == b"row":
            row, column = int(place[2]) if place else row + 1, 0
            continue
        column = _column(place[1]) if place else column + 1
        if not attributes.endswith(b"/"):
            block.take(int(place[2]) if place else row, column)
    return block.cells


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _cells_of_ods(tags: Iterator[re.Match[bytes]]) -> Iterator[int]:
    block, row, column, repeated = _Block(), 1, 1, 1
    filled: list[int] = []
    for tag in tags:
        opened, attributes, closed = tag.groups(b"")
        times = int(found[1]) if (found := _REPEATED.search(attributes)) else 1
        if opened == b"table-row":
            column, repeated, filled = 1, times, []
        elif opened.endswith(b"cell"):
            if b"value-type" in attributes:
                filled += [column, column + times - 1]
            column += times
        if closed == b"table-row" or (opened == b"table-row" and attributes.endswith(b"/")):
            for each in filled:
                block.take(row, each)
                block.take(row + repeated - 1, each)
            row += repeated
        elif closed == b"table":
            yield block.cells
            block, row = _Block(), 1


class _Block:
    """The smallest block that holds every cell that was taken in."""

    def __init__(self) -> None:
        self.top = self.left = 1 << 62
        self.bottom = self.right = 0

    def take(self, row: int, column: int) -> None:
        """Stretch the block to a cell; the numbers count from 1."""
        self.top, self.bottom = min(self.top, row), max(self.bottom, row)
        self.left, self.right = min(self.left, column), max(self.right, column)

    @property
    def cells(self) -> int:
        """The number of cells in the block."""
        if not self.bottom:
            return 0
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)
