from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from borging.exchange.values import (
    Cell,
    clean,
    digits,
    is_blank,
    matches,
    plain,
    read_date,
    read_number,
    read_yes_no,
)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("22-11-2026", date(2026, 11, 22)),
        ("22.11.2026", date(2026, 11, 22)),
        ("1/2/2026", date(2026, 2, 1)),
        (" 2026-11-22 ", date(2026, 11, 22)),
        ("2026-11-22T08:30:00", date(2026, 11, 22)),
        ("22-11-2026 00:00", date(2026, 11, 22)),
        ("3 mrt 2026", date(2026, 3, 3)),
        ("3 March 2026", date(2026, 3, 3)),
        (46348.0, date(2026, 11, 22)),
        ("46348", date(2026, 11, 22)),
        (datetime(2007, 3, 21, 1, 0), date(2007, 3, 21)),
        (date(2007, 3, 21), date(2007, 3, 21)),
        ("29-02-2028", date(2028, 2, 29)),
    ],
)
def test_a_day_is_read_in_the_forms_people_use(cell: Cell, day: date) -> None:
    assert read_date(cell) == (day, None)


@pytest.mark.parametrize(
    "cell",
    [
        "TBD",
        "1-3-26",
        "2014",
        2014.0,
        "31-02-2026",
        "13-13-2026",
        "wk 47",
        "0001-01-01",
        True,
        -3.0,
        "18263",
        "73416",
        "1/012/2014",
        "22-11.2026",
        "２２-11-2026x",
    ],
)
def test_what_is_no_certain_day_is_unknown_with_a_reason(cell: Cell) -> None:
    day, reason = read_date(cell)
    assert day is None
    assert reason


def test_the_profile_says_which_of_two_numbers_is_the_month() -> None:
    assert read_date("3/4/2026", "dmy")[0] == date(2026, 4, 3)
    assert read_date("3/4/2026", "mdy")[0] == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("year", "kept"), [(1899, False), (1900, True), (2199, True), (2200, False)]
)
def test_years_outside_two_borders_are_typing_errors(year: int, kept: bool) -> None:
    assert (read_date(f"01-06-{year}")[0] is not None) == kept


@pytest.mark.parametrize(
    ("cell", "thousands", "number"),
    [
        ("196.666", ".", "196666"),
        ("21.474.836", ".", "21474836"),
        ("1.234,50", ".", "1234.5"),
        ("5609.46", ",", "5609.46"),
        ("1,234.5", ",", "1234.5"),
        ("1.234,5", None, "1234.5"),
        ("1,234.5", None, "1234.5"),
        ("77,5", None, "77.5"),
        ("77.5", None, "77.5"),
        ("1.234.567", None, "1234567"),
        ("€ 1.000,-", ".", "1000"),
        ("£0.00", ",", "0"),
        ("-12", None, "-12"),
        (0.1, None, "0.1"),
        (2268646, ".", "2268646"),
        ("0", ".", "0"),
    ],
)
def test_a_number_is_read_with_the_marks_of_its_list(
    cell: Cell, thousands: str | None, number: str
) -> None:
    value, reason = read_number(cell, thousands)  # type: ignore[arg-type]
    assert reason is None
    assert value is not None
    assert digits(value) == number


@pytest.mark.parametrize(
    ("cell", "thousands"),
    [
        ("196.666", None),
        ("1.5", "."),
        ("12.34.567", "."),
        ("TBD", "."),
        ("Exempt under Section 43", ","),
        ("12%", None),
        (float("nan"), None),
        (float("inf"), None),
        (1e300, None),
        (True, None),
        ("١٢", None),
    ],
)
def test_what_is_no_certain_number_is_unknown_with_a_reason(
    cell: Cell, thousands: str | None
) -> None:
    value, reason = read_number(cell, thousands)  # type: ignore[arg-type]
    assert value is None
    assert reason


@pytest.mark.parametrize("cell", [None, "", "  ", "\n", "\u00a0", "\x00"])
def test_a_blank_cell_is_unknown_without_a_reason(cell: Cell) -> None:
    assert is_blank(cell)
    assert read_date(cell) == (None, None)
    assert read_number(cell) == (None, None)
    assert read_yes_no(cell) == (None, None)


def test_text_comes_on_one_line_without_entities_and_control_characters() -> None:
    assert clean(" Zorg &amp; Welzijn\r\n  \x00\u200bNoord &amp;quot;A&quot; ").text == (
        'Zorg & Welzijn Noord "A"'
    )
    assert clean("V&D Academie; AT&T").text == "V&D Academie; AT&T"
    assert clean("a &amp; b", entities=False).text == "a &amp; b"


def test_lost_characters_are_counted_and_stay_visible() -> None:
    cleaned = clean("potenti\ufffd\ufffdle")
    assert (cleaned.text, cleaned.lost) == ("potenti\ufffd\ufffdle", 2)


def test_a_cell_as_text_is_what_a_person_typed() -> None:
    cells: list[Cell] = [12.0, 12.5, True, date(2026, 11, 22), datetime(2026, 11, 22, 8, 30), None]
    assert [plain(cell) for cell in cells] == [
        *("12", "12.5", "ja", "2026-11-22", "2026-11-22 08:30:00", "")
    ]


def test_a_pattern_is_a_word_or_the_begin_of_one() -> None:
    assert matches("Amber/ Red", ("amber*",))
    assert matches(" GREEN ", ("Green",))
    assert not matches("Green/Amber", ("Green",))
    assert not matches("b", ("[ab]",))
    assert digits(Decimal("0E+5")) == "0"


@pytest.mark.parametrize(
    ("cell", "value"), [("Ja", True), ("nee", False), (True, True), (0, False)]
)
def test_yes_and_no(cell: Cell, value: bool) -> None:
    assert read_yes_no(cell) == (value, None)


def test_what_is_neither_yes_nor_no_is_unknown() -> None:
    assert read_yes_no("misschien")[0] is None
    assert read_yes_no("misschien")[1]
