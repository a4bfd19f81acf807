from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from borging.domain.public_holidays import load_agreements
from borging.services.holidays import Holiday, days_off, school_table, touching
from borging.settings import DATA

TABLE = DATA / "reference" / "schoolvakanties.csv"


def own(*days: tuple[str, str]) -> pd.DataFrame:
    table = pd.DataFrame(days, columns=["name", "day"])
    return table.assign(day=pd.to_datetime(table["day"]).astype("datetime64[us]"))


AGREEMENTS = load_agreements(DATA / "reference" / "feestdagen.toml")
VVT = days_off(AGREEMENTS, "vvt", own())
EVERY_YEAR = ("vvt", "ghz", "ziekenhuizen", "ggz")


def names(found: tuple[Holiday, ...]) -> list[str]:
    return [each.name for each in found]


def test_days_off_carry_their_dutch_names_and_both_ends_count() -> None:
    found = VVT.between(date(2026, 12, 25), date(2027, 1, 1))
    assert [(h.first, h.name) for h in found] == [
        (date(2026, 12, 25), "Eerste kerstdag"),
        (date(2026, 12, 26), "Tweede kerstdag"),
        (date(2027, 1, 1), "Nieuwjaarsdag"),
    ]


@pytest.mark.parametrize("agreement", ["vvt", "ghz", "ziekenhuizen", "ggz", "umc"])
def test_no_agreement_counts_good_friday(agreement: str) -> None:
    """Good Friday of 2027 is 26 March; Easter is in the week after."""
    found = days_off(AGREEMENTS, agreement, own())
    assert found.between(date(2027, 3, 22), date(2027, 3, 26)) == ()
    assert names(found.between(date(2027, 3, 27), date(2027, 3, 31))) == [
        "Eerste paasdag",
        "Tweede paasdag",
    ]


@pytest.mark.parametrize(
    ("agreement", "year", "counts"),
    [
        *(
            (each, year, True)
            for each in ("vvt", "ghz", "ziekenhuizen", "ggz")
            for year in (2026, 2030)
        ),
        ("umc", 2024, False),
        ("umc", 2025, True),
        ("umc", 2026, False),
        ("umc", 2029, False),
        ("umc", 2030, True),
    ],
)
def test_liberation_day_counts_every_year_and_every_fifth_in_the_umc(
    agreement: str, year: int, counts: bool
) -> None:
    found = days_off(AGREEMENTS, agreement, own()).between(date(year, 5, 5), date(year, 5, 5))
    assert names(found) == (["Bevrijdingsdag"] if counts else [])


def test_a_year_has_ten_days_off_with_the_dates_of_the_open_holidays_source(
    real_data: Path,
) -> None:
    path = real_data / "holidays" / "holidays.public.csv"
    rows = csv.DictReader(path.open(encoding="utf-8-sig"), delimiter=";")
    known = {(row["StartDate"], row["Name"].split(",")[0][3:].casefold()) for row in rows}
    for year in range(2020, 2030):
        found = VVT.between(date(year, 1, 1), date(year, 12, 31))
        assert len(found) == 10
        for each in found:
            assert (str(each.first), each.name.casefold()) in known


def test_every_name_of_the_file_is_a_holiday_of_the_library() -> None:
    """A name with a typing error would never count, without a word."""
    for agreement in AGREEMENTS.by_id.values():
        found = days_off(AGREEMENTS, agreement.id, own())
        here = set(names(found.between(date(2025, 1, 1), date(2025, 12, 31))))
        assert {name for name, _every in agreement.days} == here
        assert agreement.source
        assert "niet de cao zelf" in agreement.status


def test_own_days_are_added_and_what_is_assumed_is_told() -> None:
    found = days_off(AGREEMENTS, None, own(("Goede Vrijdag", "2027-03-26")))
    assert names(found.between(date(2027, 3, 26), date(2027, 3, 26))) == ["Goede Vrijdag"]
    assert found.words.endswith("en 1 eigen dag; aangenomen, nog niet gekozen")
    assert not days_off(AGREEMENTS, "nergens", own()).chosen
    assert VVT.words == "feestdagen volgens de cao VVT (verpleging, verzorging en thuiszorg)"


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
