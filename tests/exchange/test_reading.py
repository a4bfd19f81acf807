from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from borging.exchange.reading import Content, UnreadableFileError, read_content


def book(fill: object) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        fill(workbook)  # type: ignore[operator]
    return target.getvalue()


def cells(content: Content) -> list[tuple[int, tuple[object, ...]]]:
    return [(row.number, row.cells) for row in content.sheets[0].rows]


@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_with_any_mark_and_encoding_reads_the_same(mark: str, encoding: str) -> None:
    text = f'Code{mark}Titel\r\nA-1{mark}"Coördinatie{mark}\r\nin één regel"\r\n\r\nA-2{mark}x\r\n'
    assert cells(read_content(text.encode(encoding), "l.csv")) == [
        (1, ("Code", "Titel")),
        (2, ("A-1", f"Coördinatie{mark}\r\nin één regel")),
        (4, ("A-2", "x")),
    ]


def test_the_line_that_names_the_mark_is_followed() -> None:
    content = read_content(b"sep=,\nCode,Titel; lang\n", "l.csv")
    assert cells(content)[1] == (2, ("Code", "Titel; lang"))


def test_a_title_above_the_headings_does_not_hide_the_mark() -> None:
    assert cells(read_content(b"Overzicht\na,b\n", "l.csv"))[1] == (2, ("a", "b"))


def test_quotes_that_do_not_add_up_are_named_with_their_row() -> None:
    content = read_content(b'a;b\n1;2\n3;"4\n5;6\n', "l.csv")
    assert [problem.row for problem in content.problems] == [3]
    assert read_content(b'a;b\n1;"2"\n', "l.csv").problems == ()


def test_rows_of_a_sheet_keep_the_numbers_and_columns_of_excel() -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet("Lijst")
        sheet.write_string(2, 1, "Code")
        sheet.write_datetime(4, 1, date(2026, 11, 22), workbook.add_format({"num_format": 14}))

    assert cells(read_content(book(fill), "l.xlsx")) == [
        (3, (None, "Code")),
        (5, (None, date(2026, 11, 22))),
    ]


def test_a_formula_gives_its_value_and_one_without_is_named() -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet("Lijst")
        sheet.write_formula(0, 0, '="A"&1', None, "A1")
        sheet.write_formula(1, 0, "=NA()", None, "#N/A")
        sheet.write_string(1, 1, "x")

    content = read_content(book(fill), "l.xlsx")
    assert cells(content) == [(1, ("A1", "")), (2, ("", "x"))]
    assert [(p.sheet, p.row, p.column, p.value) for p in content.problems] == [
        ("Lijst", 2, "kolom A", "#N/A")
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"  \n",
        b"PK\x03\x04" + b"0" * 99,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600,
        b"PK\x03\x04",
    ],
)
def test_a_file_of_another_kind_is_refused_in_a_dutch_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"lijst\.xlsx"):
        read_content(data, "lijst.xlsx")


def test_a_damaged_workbook_is_refused() -> None:
    whole = book(lambda workbook: workbook.add_worksheet("Lijst").write(0, 0, "Code"))
    for end in range(4, len(whole), 97):
        with pytest.raises(UnreadableFileError):
            read_content(whole[:end], "l.xlsx")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="bestaat niet"):
        read_content(tmp_path / "weg.csv", "weg.csv")


def test_an_unknown_sheet_is_refused_with_the_names_of_the_sheets() -> None:
    content = read_content(book(lambda workbook: workbook.add_worksheet("Lijst")), "l.xlsx")
    with pytest.raises(UnreadableFileError, match="'Lijst'"):
        content.sheet("Blad 9")
