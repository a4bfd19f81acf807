from __future__ import annotations

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from borging.domain.periods import Week
from borging.exchange.tables import file_name, to_xlsx

FRAME = pd.DataFrame(
    {
        "title": ["=1+1", "+31 6", "-", "@els", "https://voorbeeld.nl", None],
        "due": pd.to_datetime(["2026-11-22", None, "1850-01-01", None, None, None]),
        "age": pd.array([3, None, 0, -4, 5, 6], dtype="Int64"),
        "share": [0.5, float("nan"), float("inf"), 1e-9, 2.0, 3.0],
        "open": [True, False, None, True, True, True],
        "hidden": range(6),
    }
)
HEADINGS = {"title": "Restpunt", "age": "Dagen oud", "due": "Uiterlijk op", "open": "Open"}


def sheet(data: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()


def test_dates_and_numbers_stay_what_they_are_and_unknown_stays_blank() -> None:
    rows = sheet(to_xlsx(FRAME, "Restpunten", HEADINGS))
    assert rows[0] == ["Restpunt", "Dagen oud", "Uiterlijk op", "Open"]
    assert rows[1] == ["=1+1", 3.0, date(2026, 11, 22), "ja"]
    assert rows[2] == ["+31 6", "", "", "nee"]
    assert rows[3] == ["-", 0.0, "1850-01-01", ""]
    shares = [row[0] for row in sheet(to_xlsx(FRAME, "x", {"share": "Deel"}))[1:]]
    assert shares == [0.5, "", "", 1e-9, 2.0, 3.0]


def test_text_never_becomes_a_formula_or_a_link() -> None:
    with ZipFile(BytesIO(to_xlsx(FRAME, "Restpunten", HEADINGS))) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
        assert "xl/worksheets/_rels/sheet1.xml.rels" not in archive.namelist()
    assert "<f>" not in xml
    assert "<hyperlink" not in xml
    assert 'quotePrefix="1"' in styles
    assert '<autoFilter ref="A1:D7"' in xml
    assert 'state="frozen"' in xml


@pytest.mark.parametrize("name", ["a/b:c", "", "x" * 50, "'", "[]"])
def test_any_name_makes_a_sheet(name: str) -> None:
    assert sheet(to_xlsx(FRAME.head(0), name, HEADINGS))[0][0] == "Restpunt"


def test_the_file_name_says_content_week_and_filter() -> None:
    week = Week.of(date(2026, 11, 22))
    assert file_name("restpunten", week, ["Zorg Thuis"]) == (
        "borging_restpunten_2026-W47_zorg-thuis.xlsx"
    )
    assert file_name("Fasestatus", Week(2026, 53)) == "borging_fasestatus_2026-W53.xlsx"
    assert file_name("x", week, ["Coördinatie / A&B", "  "]) == (
        "borging_x_2026-W47_coordinatie-a-b.xlsx"
    )
