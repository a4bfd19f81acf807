"""The form on paper: what is on the page, what is not, and the way back through the sheet."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

from python_calamine import CalamineWorkbook

from borging.domain.instruments import load_instrument
from borging.exchange.scan_form.answer_file import read_answers
from borging.exchange.scan_form.answer_form import READY_ROWS, form
from borging.settings import DATA

NHS = load_instrument(DATA / "instruments" / "nhs-borgingsscan.toml")
FORM = form(NHS)


def rows(name: str, data: bytes = FORM) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(name).to_python()


def part(name: str, data: bytes = FORM) -> str:
    with ZipFile(BytesIO(data)) as archive:
        return archive.read(name).decode()


def test_the_page_holds_every_factor_and_level_with_a_box_and_room_for_a_remark() -> None:
    table = rows("Formulier")[4:14]
    for number, (row, factor) in enumerate(zip(table, NHS.factors, strict=True), start=1):
        _, name, *levels, unknown, remark = row
        assert name == f"{number}. {factor.name}\n{factor.question}"
        assert levels == [f"☐ {level.heading}\n{level.text}" for level in factor.levels]
        assert (unknown, remark) == ("☐", "")
    assert [row[0] for row in table if row[0]] == ["Proces", "Medewerkers", "Organisatie"]


def test_the_letters_stand_once_and_the_points_nowhere() -> None:
    page = rows("Formulier")
    cells = [str(cell) for row in page for cell in row]
    assert page[3] == ["Factor", "", "a", "b", "c", "d", "Weet ik niet", "Opmerking (mag leeg)"]
    assert [cell for cell in cells if cell in "abcd" and cell] == ["a", "b", "c", "d"]
    shown = set(re.findall(r"\d+[.,]\d+", " ".join(cells)))
    points = {str(level.points) for factor in NHS.factors for level in factor.levels}
    assert not shown & points


def test_the_page_prints_on_one_landscape_a4() -> None:
    sheet = part("xl/worksheets/sheet1.xml")
    assert 'paperSize="9"' in sheet
    assert 'orientation="landscape"' in sheet
    assert "<pageSetUpPr fitToPage=" in sheet
    assert "fitToHeight" not in sheet
    assert "Formulier!$A$1:$H$15" in part("xl/workbook.xml")


def test_the_sheet_to_enter_offers_the_letters_for_every_factor() -> None:
    assert rows("Invoer") == [
        [f"{number}. {factor.short}" for number, factor in enumerate(NHS.factors, start=1)]
    ]
    sheet = part("xl/worksheets/sheet2.xml")
    assert sheet.count('type="list"') == 10
    assert sheet.count('"a,b,c,d"') == 10
    assert f'sqref="J2:J{READY_ROWS + 1}"' in sheet
    assert "a = Op veel vlakken" in sheet


def test_the_empty_form_reads_back_as_nobody() -> None:
    assert read_answers(FORM, "formulier.xlsx", NHS) == []


def test_an_instrument_of_another_size_makes_a_form_too() -> None:
    factors = tuple(replace(factor, levels=factor.levels[:2]) for factor in NHS.factors[:3])
    small = form(replace(NHS, factors=factors))
    assert rows("Formulier", small)[3] == [
        *("Factor", "", "a", "b", "Weet ik niet", "Opmerking (mag leeg)")
    ]
    assert len(rows("Invoer", small)[0]) == 3
