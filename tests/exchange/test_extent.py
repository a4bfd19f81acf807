"""Workbooks that would fill the memory are refused before they are opened."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from borging.exchange import extent
from borging.exchange.extent import is_too_large
from borging.exchange.reading import UnreadableFileError, read_content

LAST_ROW, LAST_COLUMN = 1_048_575, 16_383
ODS_HEAD = b'<office:body><table:table table:name="Blad1"><table:table-row><table:table-cell/>'
ODS_FOOT = b"</table:table></office:body>"
FILLED = b'<table:table-cell office:value-type="string"%s><text:p>x</text:p></table:table-cell>'


def xlsx(*places: tuple[int, int], styled: tuple[int, int] | None = None) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Projecten")
        for row, column in places:
            sheet.write(row, column, "x")
        if styled:
            sheet.write_blank(*styled, None, book.add_format({"bold": True}))
    return target.getvalue()


def packed(name: str, xml: bytes) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, xml)
    return target.getvalue()


def ods(*rows: bytes) -> bytes:
    return packed("content.xml", ODS_HEAD + b"</table:table-row>" + b"".join(rows) + ODS_FOOT)


def row(repeated: int, cell: bytes) -> bytes:
    return b'<table:table-row table:number-rows-repeated="%d">%s</table:table-row>' % (
        repeated,
        cell,
    )


def test_a_word_in_the_last_cell_is_refused_and_nothing_is_opened() -> None:
    with pytest.raises(UnreadableFileError, match=r"^lijst\.xlsx is te groot om te openen"):
        read_content(xlsx((0, 0), (LAST_ROW, LAST_COLUMN)), "lijst.xlsx")


def test_a_list_that_stands_far_away_or_is_long_or_wide_is_not_too_large() -> None:
    assert not is_too_large(xlsx((LAST_ROW, LAST_COLUMN)))
    assert not is_too_large(xlsx((0, 0), (LAST_ROW, 10)))
    assert not is_too_large(xlsx((0, 0), (100, LAST_COLUMN)))


def test_an_empty_cell_with_a_format_does_not_count() -> None:
    data = xlsx((0, 0), (3, 3), styled=(LAST_ROW, LAST_COLUMN))
    assert not is_too_large(data)
    assert read_content(data, "lijst.xlsx").sheets[0].rows


def test_cells_that_do_not_say_where_they_are_count_too() -> None:
    cells = b"<c><v>1</v></c>" * 40
    xml = b'<row>%s</row><row r="1048576">%s</row>' % (cells, cells)
    assert is_too_large(packed("xl/worksheets/sheet1.xml", xml))


def test_tags_on_the_seam_of_two_pieces_count(monkeypatch: pytest.MonkeyPatch) -> None:
    data = xlsx((0, 0), (LAST_ROW, LAST_COLUMN))
    for size in (7, 64, 65):
        monkeypatch.setattr(extent, "PIECE", size)
        assert is_too_large(data)


def test_repeated_cells_of_an_ods_file_count() -> None:
    assert not is_too_large(ods(row(1_000_000, FILLED % b"")))
    assert not is_too_large(ods(row(1_000_000, b"<table:table-cell/>"), row(1, FILLED % b"")))
    wide = FILLED % b' table:number-columns-repeated="16384"'
    assert not is_too_large(ods(row(1, wide)))
    assert is_too_large(ods(row(1_000_000, wide)))
    far = b'<table:table-cell table:number-columns-repeated="16000"/>' + FILLED % b""
    assert is_too_large(ods(row(1, FILLED % b""), row(1_000_000, b""), row(1, far)))


def test_parts_that_unpack_into_too_much_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed("xl/media/image1.png", bytes(2000))
    monkeypatch.setattr(extent, "MOST_BYTES", 1999)
    assert is_too_large(data)
    monkeypatch.setattr(extent, "MOST_BYTES", 2000)
    assert not is_too_large(data)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 stuk", b"\xd0\xcf\x11\xe0"])
def test_what_cannot_be_unpacked_is_left_to_the_reader(data: bytes) -> None:
    assert not is_too_large(data)


def test_a_folder_is_named_as_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="dit is een map, geen bestand"):
        read_content(tmp_path, "map.xlsx")
