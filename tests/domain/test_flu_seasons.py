"""The threshold rule on its edges. A series is written as values from a week on; '-' is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from borging.domain.flu_reference import load_reference
from borging.domain.flu_seasons import (
    NumberStatus,
    Origin,
    SeasonError,
    by_hand,
    by_season,
    check_by_hand,
    choose,
    derive,
    read_week,
    runs,
    season_of,
    season_weeks,
)
from borging.domain.periods import Week
from borging.settings import DATA

SEASON, THRESHOLD = "2024/2025", 53
REFERENCE = load_reference(DATA / "reference" / "griepseizoenen.csv")


def series(first: str, text: str) -> dict[Week, float]:
    start = Week.parse(first)
    return {start.plus(n): float(word) for n, word in enumerate(text.split()) if word != "-"}


def bounds(first: str, text: str) -> list[str]:
    return [f"{run.start}..{run.end}" for run in runs(SEASON, series(first, text), THRESHOLD)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("60 53 53", []),
        ("60 54 53 53", ["2025-W01..2025-W02"]),
        ("53 53 60 54 53 53", ["2025-W03..2025-W04"]),
        ("60 54 53 70 53 53", ["2025-W01..2025-W04"]),
        ("60 54 53 53 70 53 53", ["2025-W01..2025-W02"]),
        ("60 54 53 53 70 71 53 53", ["2025-W01..2025-W02", "2025-W05..2025-W06"]),
        ("60 54 53", ["2025-W01..2025-W02"]),
        ("60 - 54 53 53", []),
        ("60 54 53 - 53 60 53 53", ["2025-W01..2025-W06"]),
    ],
    ids=[
        "one week above is no start",
        "two above, two at the threshold",
        "at the threshold is not above",
        "one week below does not end it",
        "one week above does not start it again",
        "a second run",
        "the series stops before the second week below",
        "a missing week breaks a start",
        "a missing week breaks an end",
    ],
)
def test_two_weeks_make_a_start_and_two_an_end(text: str, found: list[str]) -> None:
    assert bounds("2025-W01", text) == found


def test_only_week_40_up_to_and_including_20_counts() -> None:
    assert bounds("2024-W38", "60 60 60 60 0 0") == ["2024-W40..2024-W41"]
    assert bounds("2025-W19", "60 60 60 60 0 0") == ["2025-W19..2025-W20"]
    assert [season_of(Week.parse(w)) for w in ("2025-W20", "2025-W21", "2025-W39", "2025-W40")] == [
        "2024/2025",
        None,
        None,
        "2025/2026",
    ]


def test_week_53_is_a_week_of_its_season() -> None:
    assert len(season_weeks("2025/2026")) == 33
    assert Week(2026, 53) in season_weeks("2026/2027")
    found = derive("2026/2027", series("2026-W52", "60 61 62 0 0"), 46)
    assert (str(found.start), str(found.end), found.weeks) == ("2026-W52", "2027-W01", 3)


def test_the_run_with_the_highest_peak_counts_and_of_equals_the_first() -> None:
    assert str(derive(SEASON, series("2025-W01", "60 54 0 0 55 61 0 0"), 53).start) == "2025-W05"
    assert str(derive(SEASON, series("2025-W01", "61 54 0 0 55 61 0 0"), 53).start) == "2025-W01"


def test_a_season_without_a_run_has_no_weeks_and_still_a_highest_one() -> None:
    found = derive(SEASON, series("2025-W01", "20 53 54 20"), 53)
    assert (found.start, found.end, found.weeks) == (None, None, 0)
    assert str(found.peak) == "2025-W03"


def test_missing_weeks_make_a_season_provisional() -> None:
    whole = dict.fromkeys(season_weeks(SEASON), 60.0)
    assert derive(SEASON, whole, 53).status == NumberStatus.DERIVED
    whole.pop(Week(2025, 20))
    assert derive(SEASON, whole, 53).status == NumberStatus.PROVISIONAL
    with pytest.raises(SeasonError, match="geen weekcijfers"):
        derive(SEASON, {Week(2025, 30): 60.0}, 53)


def test_weeks_are_sorted_into_seasons() -> None:
    found = by_season(series("2025-W19", "1 2 3 " + "- " * 18 + "4"))
    assert {season: len(weeks) for season, weeks in found.items()} == {
        "2024/2025": 2,
        "2025/2026": 1,
    }


@pytest.mark.parametrize("text", ["2025-W54", "2025-W53", "25-W01", "2025-W1", "9999-W01", "", "²"])
def test_what_is_no_week(text: str) -> None:
    assert read_week(text) is None


@pytest.mark.parametrize("text", ["2024/2026", "2024-2025", "24/25", "", "9999/10000", "0001/0002"])
def test_what_is_no_season(text: str) -> None:
    with pytest.raises(SeasonError, match="geen seizoen"):
        season_weeks(text)


BY_HAND = by_hand(
    "2021/2022", Week(2022, 9), Week(2022, 20), "virologie  gaf\nde doorslag", peak=Week(2022, 15)
)


def test_a_season_by_hand_counts_its_weeks_and_keeps_its_reason() -> None:
    assert (BY_HAND.weeks, BY_HAND.source) == (12, "virologie gaf de doorslag")
    assert BY_HAND.status == NumberStatus.BY_HAND
    none = by_hand("2020/2021", None, None, "coronamaatregelen", origin=Origin.OFFICIAL)
    assert (none.weeks, none.status, none.has_band) == (0, NumberStatus.SEEN, True)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"start": Week(2022, 21), "end": Week(2022, 22)}, "buiten seizoen"),
        ({"end": Week(2022, 8)}, "vóór het begin"),
        ({"end": None}, "Geef een begin én een einde"),
        ({"peak": Week(2022, 8)}, "tussen begin en einde"),
        ({"threshold": 0.0}, "boven 0"),
        ({"threshold": float("nan")}, "boven 0"),
        ({"season": "2021"}, "geen seizoen"),
        ({"source": ""}, "waarom dit seizoen zo was"),
        ({"origin": Origin.DERIVED}, "niet ingevoerd"),
    ],
)
def test_what_a_person_cannot_mean_is_refused(change: dict[str, object], words: str) -> None:
    check_by_hand(BY_HAND)
    with pytest.raises(SeasonError, match=words):
        check_by_hand(replace(BY_HAND, **change))  # type: ignore[arg-type]


def test_by_hand_goes_before_what_planning_prefers() -> None:
    derived, official = REFERENCE.derived["2024/2025"], REFERENCE.official["2024/2025"]
    assert choose([derived, official], Origin.OFFICIAL) is official
    assert choose([derived, official], Origin.DERIVED) is derived
    assert choose([derived, official, BY_HAND], Origin.OFFICIAL) is BY_HAND
    assert choose([derived], Origin.OFFICIAL) is derived


def test_a_statement_without_weeks_to_draw_is_not_chosen() -> None:
    derived, official = REFERENCE.derived["2021/2022"], REFERENCE.official["2021/2022"]
    assert (official.weeks, official.start, derived.weeks) == (13, None, 0)
    assert choose([derived, official], Origin.OFFICIAL) is derived
    assert choose([official], Origin.OFFICIAL) is None


def test_each_season_of_the_reference_has_its_own_threshold_with_a_status() -> None:
    wanted = {"2007/2008": 51, "2018/2019": 51, "2019/2020": 58, "2022/2023": 58}
    wanted |= {"2023/2024": 56, "2024/2025": 53, "2025/2026": 46}
    assert {season: REFERENCE.threshold(season) for season in wanted} == wanted
    assert len(REFERENCE.thresholds) == 19
    assert REFERENCE.threshold("2026/2027") is None
    assert REFERENCE.official["2024/2025"].status_of("end") == NumberStatus.DERIVED
    assert REFERENCE.official["2024/2025"].status_of("weeks") == NumberStatus.SEEN
    assert REFERENCE.thresholds["2007/2008"].status == NumberStatus.DERIVED
    assert all(each.source for each in REFERENCE.thresholds.values())


def test_seasons_without_a_series_have_no_peak_value() -> None:
    without = set(REFERENCE.thresholds) - set(REFERENCE.peaks)
    assert without == {"2018/2019", "2019/2020", "2020/2021"}
    assert float(REFERENCE.peaks["2017/2018"].value) == 169.66


def test_known_weeks_and_announcements() -> None:
    assert REFERENCE.known[Week(2018, 14)] == 50.5
    assert REFERENCE.official["2021/2022"].announced == Week(2022, 11)
