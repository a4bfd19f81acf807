"""Weekly series: what is read, what is put right, what is refused, and whatever a cell holds."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from borging.domain.flu_reference import load_reference
from borging.domain.flu_seasons import FluSeason, by_season, derive
from borging.domain.periods import Week
from borging.exchange.flu.files import LAYOUTS, FluFileError, FluSeries, read_flu
from borging.exchange.problems import Problem
from borging.exchange.reading import UnreadableFileError
from borging.settings import DATA
from tests.exchange.test_anything import CELL, TEXT, as_csv, as_xlsx

REFERENCE = load_reference(DATA / "reference" / "griepseizoenen.csv")
ERVISS = ["survtype", "countryname", "yearweek", "indicator", "age", "value"]
WEEKLY = ["iso_yearweek", "ili_per_100k"]


def text(*rows: Sequence[object]) -> bytes:
    target = io.StringIO()
    csv.writer(target).writerows(rows)
    return target.getvalue().encode()


def erviss(*rows: tuple[str, str, str, object]) -> bytes:
    """Rows of indicator, week, age, value; all of the Netherlands."""
    return text(
        ERVISS,
        *(["primary care", "Netherlands", week, what, age, v] for what, week, age, v in rows),
    )


def read(data: bytes) -> FluSeries:
    return read_flu(data, "reeks.csv", REFERENCE.known)


def weeks(series: FluSeries) -> dict[str, float]:
    return {str(week): value for week, value in series.values.items()}


def reasons(problems: Sequence[Problem]) -> list[tuple[int | None, str | None]]:
    return [(each.row, each.column) for each in problems]


def test_only_dutch_ili_of_all_ages_is_read() -> None:
    data = erviss(
        ("ILIconsultationrate", "2025-W03", "total", "60.126"),
        ("ILIconsultationrate", "2025-W03", "0-4", "900"),
        ("ARIconsultationrate", "2025-W03", "total", "500"),
    )
    data += text(["primary care", "Belgium", "2025-W04", "ILIconsultationrate", "total", 70])
    assert weeks(read(data)) == {"2025-W03": 60.13}


def test_ari_after_the_last_ili_week_says_that_the_series_stopped() -> None:
    series = read(
        erviss(
            ("ILIconsultationrate", "2025-W03", "total", 60),
            ("ARIconsultationrate", "2025-W02", "total", 500),
            ("ARIconsultationrate", "2025-W05", "total", 500),
        )
    )
    (notice,) = series.notices
    assert "stopt met 2025-W03" in notice
    assert "alleen ARI (t/m 2025-W05)" in notice


def test_ari_alone_is_refused() -> None:
    with pytest.raises(ValueError, match=r"alleen ARI .* niet gemengd"):
        read(erviss(("ARIconsultationrate", "2025-W03", "total", 500)))
    head = ["target", "location", "year_week", "value"]
    with pytest.raises(ValueError, match=r"alleen ARI"):
        read(text(head, ["ARI incidence", "NL", "2025-W03", 500]))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (text(ERVISS, ["x", "Belgium", "2025-W03", "ILIrate", "total", 1]), "van Nederland"),
        (erviss(("detections", "2025-W03", "total", 5)), "geen cijfers van ILI"),
        (text(["a", "b"], [1, 2]), "geen bekende weekreeks"),
        (text(WEEKLY, ["2025-W99", 1]), "geen enkel bruikbaar weekcijfer"),
        (text(["date", "y"], ["2018-01-01", 60], ["2018-01-08", 50.0]), "per 10.000"),
    ],
)
def test_what_is_no_series_is_refused_in_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read(data)


def test_a_row_that_cannot_be_does_not_count_and_is_named() -> None:
    series = read(
        text(
            WEEKLY,
            ["2025-W01", "20,5"],
            ["2025-W54", 20],
            ["2025-W02", "veel"],
            ["2025-W03", -1],
            ["2025-W04", 1001],
            ["2025-W05", "NA"],
        )
    )
    assert weeks(series) == {"2025-W01": 20.5}
    week, value = WEEKLY
    assert reasons(series.problems) == [(3, week), (4, value), (5, value), (6, value)]
    assert "1 week zonder cijfer." in series.notices


def test_a_week_that_contradicts_itself_is_left_out() -> None:
    series = read(
        text(WEEKLY, ["2025-W01", 20], ["2025-W01", 21], ["2025-W02", 5], ["2025-W02", 5])
    )
    assert weeks(series) == {"2025-W02": 5.0}
    assert reasons(series.problems) == [(3, "ili_per_100k")]


def test_of_snapshots_the_newest_counts() -> None:
    head = ["snapshot_date", "iso_yearweek", "ili_per_100k_as_published"]
    series = read(
        text(
            head,
            ["2025-02-14", "2025-W05", 105.2],
            ["2025-02-07", "2025-W05", 101.4],
            ["onbekend", "2025-W06", 90],
        )
    )
    assert weeks(series) == {"2025-W05": 105.2}
    assert "1 week is later herzien; de nieuwste momentopname telt." in series.notices
    assert reasons(series.problems) == [(4, "snapshot_date")]


def dated(first: date, values: Sequence[float | str], day: timedelta) -> list[list[object]]:
    return [[first + day * n, value] for n, value in enumerate(values)]


WEEK = timedelta(weeks=1)


def test_dates_a_week_late_show_by_a_published_week() -> None:
    """Week 13–15 of 2018, dated as week 14–16; week 14 was 50.5."""
    series = read(text(["date", "y"], *dated(date(2018, 4, 2), [6.98, 5.054, 5.46], WEEK)))
    assert weeks(series) == {"2018-W13": 69.8, "2018-W14": 50.54, "2018-W15": 54.6}
    (late,) = [each for each in series.notices if "te laat" in each]
    assert "in 1 jaar een week te laat (2018)" in late
    assert "2018-W14 is bekend (50,5) en stond een week later" in late


def test_dates_that_are_right_by_a_published_week_stay() -> None:
    series = read(text(["date", "y"], *dated(date(2018, 3, 26), [6.98, 5.054, 5.46], WEEK)))
    assert weeks(series) == {"2018-W13": 69.8, "2018-W14": 50.54, "2018-W15": 54.6}
    assert not [each for each in series.notices if "te laat" in each]


def test_week_53_without_a_date_shows_that_dates_are_late() -> None:
    rows = [["2009-12-21", 1], ["2009-12-28", 2], ["NA", 3], ["2010-01-04", 4]]
    series = read(text(["date", "y"], *rows))
    assert weeks(series) == {
        "2009-W51": 10.0,
        "2009-W52": 20.0,
        "2009-W53": 30.0,
        "2010-W01": 40.0,
    }
    assert any("(2009)" in each and "rij 4" in each for each in series.notices)


def test_a_skipped_week_at_the_turn_of_the_year_shows_it_too() -> None:
    series = read(text(["date", "y"], ["2012-12-24", 1], ["2013-01-07", 2], ["2013-01-14", 3]))
    assert list(weeks(series)) == ["2012-W52", "2013-W01", "2013-W02"]


def test_a_gap_elsewhere_does_not() -> None:
    series = read(text(["date", "y"], ["2013-02-04", 1], ["2013-02-18", 2], ["NA", 3]))
    assert list(weeks(series)) == ["2013-W06", "2013-W08"]
    assert reasons(series.problems) == [(4, "date")]


def filled(cell: st.SearchStrategy[Any]) -> st.SearchStrategy[list[list[Any]]]:
    """Rows under the headings of a layout, mostly with cells that fit, so that rows get in."""
    likely = {
        "countryname": st.just("Netherlands"),
        "location": st.just("NL"),
        "age": st.just("total"),
        "indicator": st.sampled_from(["ILIconsultationrate", "ARIconsultationrate"]),
        "target": st.just("ILI incidence"),
    }
    fits = st.one_of(
        st.sampled_from(["2025-W03", "2026-W53", "2025-W53", "9999-W52", "0000-W01", "60", "5.4"]),
        st.dates(date(2008, 1, 1), date(2026, 1, 1)).map(str),
        st.floats(0, 200).map(str),
    )

    def rows(headings: list[str]) -> st.SearchStrategy[list[list[Any]]]:
        cells = [st.one_of(likely.get(name, fits), fits, cell) for name in headings]
        return st.lists(st.tuples(*cells).map(list), max_size=6).map(lambda r: [headings, *r])

    return st.sampled_from([sorted(layout.columns) for layout in LAYOUTS]).flatmap(rows)


def ends_in_a_report(data: bytes, name: str) -> None:
    """Read and derive: a series with seasons, or a sentence."""
    try:
        series = read_flu(data, name, REFERENCE.known)
    except (FluFileError, UnreadableFileError):
        return
    assert series.values
    assert all(series.notices)
    assert all(0 <= value <= 1000 for value in series.values.values())
    for season, own in by_season(series.values).items():
        assert derive(season, own, 53).weeks is not None


@settings(max_examples=150, deadline=None)
@given(rows=filled(TEXT), mark=st.sampled_from(";,\t"))
def test_any_text_in_any_column(rows: list[list[Any]], mark: str) -> None:
    ends_in_a_report(as_csv(rows, mark, "utf-8"), "reeks.csv")


@settings(max_examples=100, deadline=None)
@given(rows=filled(CELL))
def test_any_cell_in_a_workbook(rows: list[list[Any]]) -> None:
    ends_in_a_report(as_xlsx({"Blad1": rows}), "reeks.xlsx")


@settings(max_examples=50, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_refused_in_a_sentence(data: bytes) -> None:
    ends_in_a_report(data, "reeks.csv")


def derived(folder: Path, name: str) -> dict[str, FluSeason]:
    values = read_flu(folder / "flu" / name, name, REFERENCE.known).values
    found = {}
    for season, own in by_season(values).items():
        threshold = REFERENCE.threshold(season)
        assert threshold is not None
        found[season] = derive(season, own, threshold)
    return found


def facts(season: FluSeason) -> tuple[object, ...]:
    return (season.start, season.end, season.peak, season.weeks)


@pytest.mark.realdata
@pytest.mark.parametrize(
    ("name", "seasons"),
    [
        ("erviss_ILIARIRates_NL.csv", 4),
        ("respicast_ILI_NL.csv", 4),
        ("nl_ili_weekly.csv", 16),
        ("ili_ecdc.csv", 11),
    ],
)
def test_the_published_files_give_the_seasons_of_the_reference(
    real_data: Path, name: str, seasons: int
) -> None:
    found = derived(real_data, name)
    assert len(found) == seasons
    wanted = {season: facts(REFERENCE.derived[season]) for season in found}
    assert {season: facts(each) for season, each in found.items()} == wanted
    values = read_flu(real_data / "flu" / name, name, REFERENCE.known).values
    peaks = {season: values[each.peak] for season, each in found.items() if each.peak}
    assert peaks == {season: float(REFERENCE.peaks[season].value) for season in found}


@pytest.mark.realdata
def test_official_durations_come_out_of_the_published_files(real_data: Path) -> None:
    early = derived(real_data, "ili_ecdc.csv")
    for season, number in {"2014/2015": 21, "2016/2017": 15, "2017/2018": 18}.items():
        assert early[season].weeks == number == REFERENCE.official[season].weeks
    recent = derived(real_data, "erviss_ILIARIRates_NL.csv")["2024/2025"]
    assert facts(recent) == (Week(2025, 3), Week(2025, 9), Week(2025, 5), 7)


@pytest.mark.realdata
def test_the_late_years_of_the_old_series_are_found(real_data: Path) -> None:
    series = read_flu(real_data / "flu" / "ili_ecdc.csv", "ili_ecdc.csv", REFERENCE.known)
    assert len(series.values) == 534
    assert series.problems == ()
    (late,) = [each for each in series.notices if "te laat" in each]
    assert "in 6 jaren een week te laat (2008, 2009, 2013, 2014, 2015 en 2018)" in late
    assert "week 53 heeft geen datum (rij 87 en 400)" in late


@pytest.mark.realdata
@pytest.mark.parametrize(
    "name", ["erviss_activityFluTypeSubtype_NL.csv", "nl_seasons.csv", "nl_week_profile.csv"]
)
def test_files_without_a_weekly_ili_series_are_refused(real_data: Path, name: str) -> None:
    with pytest.raises(ValueError, match=r"ILI"):
        read_flu(real_data / "flu" / name, name, REFERENCE.known)
