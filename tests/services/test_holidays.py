from __future__ import annotations

from datetime import date
from pathlib import Path

from borging.services.holidays import Holiday, public_holidays, school_table, touching
from borging.settings import DATA

TABLE = DATA / "reference" / "schoolvakanties.csv"


def test_public_holidays_carry_their_dutch_names_and_both_ends_count() -> None:
    found = public_holidays(date(2026, 12, 25), date(2027, 1, 1))
    assert [(h.first, h.name) for h in found] == [
        (date(2026, 12, 25), "Eerste kerstdag"),
        (date(2026, 12, 26), "Tweede kerstdag"),
        (date(2027, 1, 1), "Nieuwjaarsdag"),
    ]


def test_regions_with_the_same_days_are_one_holiday() -> None:
    christmas = touching(school_table(TABLE).known, date(2027, 1, 3), date(2027, 1, 3))
    assert christmas == (
        Holiday("Kerstvakantie", date(2026, 12, 19), date(2027, 1, 3), ("Noord", "Midden", "Zuid")),
    )
    assert christmas[0].where == "hele land"
    assert touching(school_table(TABLE).known, date(2027, 1, 4), date(2027, 1, 4)) == ()


def test_the_errors_of_the_source_are_not_shown() -> None:
    spring = touching(school_table(TABLE).known, date(2027, 2, 10), date(2027, 3, 31))
    assert [(h.last, h.where) for h in spring] == [(date(2027, 2, 28), "regio Noord en Midden")]
    wrong = touching(school_table(TABLE).wrong, date(2027, 2, 10), date(2027, 3, 31))
    assert [(h.name, h.where) for h in wrong] == [("Voorjaarsvakantie", "regio Zuid")]


def test_a_table_without_error_rows_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        "# bron\nvakantie,regio,eerste_dag,laatste_dag,status\n"
        "Herfstvakantie,Zuid,2026-10-17,2026-10-25,gezien\n"
        "Herfstvakantie,Noord,2026-10-10,2026-10-18,gezien\n",
        encoding="utf-8",
    )
    assert [h.regions for h in school_table(path).known] == [("Noord",), ("Zuid",)]
