"""Flu seasons in the database: revisions, official statements beside them, and what people say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import IntegrityError

from borging.access.actor import Actor
from borging.domain.flu_reference import load_reference
from borging.domain.flu_seasons import (
    NumberStatus,
    Origin,
    SeasonError,
    by_hand,
    choose,
    season_weeks,
)
from borging.domain.periods import Week
from borging.settings import DATA
from borging.store import database
from borging.store.commands.flu import Import, enter_season, take_series, withdraw_season
from borging.store.queries import flu
from borging.store.tables import Record

ANNA = Actor("Anna de Wit")
DAY = date(2026, 11, 26)
SEASON = "2024/2025"
REFERENCE = load_reference(DATA / "reference" / "griepseizoenen.csv")
T = Record.metadata.tables


def values(season: str = SEASON, **above: float) -> dict[Week, float]:
    """A whole season at 20, but for the weeks that are named, such as W03=60."""
    return {week: above.get(f"W{week.number:02d}", 20.0) for week in season_weeks(season)}


def take(engine: Engine, weeks: dict[Week, float], source: str = "ERVISS") -> Import:
    return take_series(engine, ANNA, weeks, source, REFERENCE, as_of=DAY)


def counts(engine: Engine) -> list[int]:
    names = ("flu_season", "flu_week", "audit_entry")
    with engine.connect() as connection:
        rows = [connection.execute(text(f"SELECT count(*) FROM {name}")).scalar() for name in names]
    return [database.revision(engine), *(int(number or 0) for number in rows)]


def test_a_series_is_derived_with_the_threshold_of_each_season(engine: Engine) -> None:
    old = values("2023/2024", W03=55, W04=55)
    found = take(engine, {**old, **values(W03=54, W04=60, W05=54)})
    assert [(each.season.season, each.season.weeks) for each in found.taken] == [
        ("2023/2024", 0),
        (SEASON, 3),
    ]
    (_, now) = flu.newest(engine)
    assert (now.start, now.end, now.peak) == (Week(2025, 3), Week(2025, 5), Week(2025, 4))
    assert (now.threshold, now.status, now.origin) == (53, NumberStatus.DERIVED, Origin.DERIVED)
    assert flu.weeks(engine, SEASON)[Week(2025, 4)] == 60


def test_the_same_series_again_changes_nothing_also_from_another_source(engine: Engine) -> None:
    take(engine, values(W03=60, W04=60))
    before = counts(engine)
    assert before == [1, 1, 33, 1]
    again = take(engine, values(W03=60, W04=60), "RespiCast")
    assert [each.new for each in again.taken] == [False]
    assert again.taken[0].season.source == "ERVISS"
    assert counts(engine) == before


def test_changed_weeks_make_a_new_revision_and_the_old_one_stays(engine: Engine) -> None:
    take(engine, values(W03=60, W04=60))
    (changed,) = take(engine, {Week(2025, 5): 61.0}, "later").taken
    assert (changed.before, changed.changed, changed.season.revision) == (1, (Week(2025, 5),), 2)
    (now,) = flu.newest(engine)
    assert (now.revision, now.end, now.weeks, now.source) == (2, Week(2025, 5), 3, "later")
    assert [(each.revision, each.weeks) for each in flu.revisions(engine, SEASON)] == [
        (1, 2),
        (2, 3),
    ]
    assert flu.weeks(engine, SEASON, 1)[Week(2025, 5)] == 20
    assert flu.weeks(engine, SEASON)[Week(2025, 5)] == 61
    assert len(flu.weeks(engine, SEASON)) == 33


def test_a_season_grows_with_the_winter(engine: Engine) -> None:
    whole = values(W03=60, W04=60)
    part = {week: value for week, value in whole.items() if week <= Week(2025, 3)}
    (first,) = take(engine, part).taken
    assert (first.season.weeks, first.season.status) == (0, NumberStatus.PROVISIONAL)
    assert first.missing[0] == Week(2025, 4)
    (second,) = take(engine, whole).taken
    assert (second.season.weeks, second.season.status) == (2, NumberStatus.DERIVED)
    assert second.season.revision == 2


def test_another_threshold_is_a_new_revision(engine: Engine) -> None:
    take(engine, values(W03=54, W04=54))
    figure = REFERENCE.thresholds["2022/2023"]
    other = replace(REFERENCE, thresholds={SEASON: figure})
    (taken,) = take_series(engine, ANNA, values(W03=54, W04=54), "ERVISS", other, as_of=DAY).taken
    assert (taken.season.revision, taken.season.weeks, taken.changed) == (2, 0, ())


def test_a_season_without_a_threshold_is_not_derived(engine: Engine) -> None:
    found = take(engine, values("2026/2027", W03=90, W04=90))
    assert (found.taken, found.without_threshold) == ((), ("2026/2027",))
    assert counts(engine) == [0, 0, 0, 0]


BELOW = by_hand("2021/2022", Week(2022, 8), Week(2022, 20), "13 weken volgens Nivel, virologie")


def test_a_person_overrules_a_season_and_can_take_that_back(engine: Engine) -> None:
    take(engine, values("2021/2022", W15=57, W16=57))
    assert _planned(engine, "2021/2022") == (Origin.DERIVED, 0)
    enter_season(engine, ANNA, BELOW, as_of=DAY)
    assert _planned(engine, "2021/2022") == (Origin.MANUAL, 13)
    take(engine, values("2021/2022", W15=58, W16=57))
    assert _planned(engine, "2021/2022") == (Origin.MANUAL, 13)
    withdraw_season(engine, ANNA, "2021/2022")
    assert _planned(engine, "2021/2022") == (Origin.DERIVED, 0)
    assert Origin.MANUAL in {each.origin for each in flu.revisions(engine, "2021/2022")}
    with pytest.raises(SeasonError, match="niets met de hand"):
        withdraw_season(engine, ANNA, "2021/2022")


def _planned(engine: Engine, season: str) -> tuple[Origin, int | None]:
    found = choose(flu.versions(engine, REFERENCE)[season], Origin.OFFICIAL)
    assert found is not None
    return found.origin, found.weeks


def test_entering_again_is_a_new_revision_also_after_withdrawing(engine: Engine) -> None:
    numbers = [enter_season(engine, ANNA, BELOW, as_of=DAY).revision for _ in range(2)]
    withdraw_season(engine, ANNA, "2021/2022")
    assert flu.newest(engine) == []
    numbers.append(enter_season(engine, ANNA, BELOW, as_of=DAY).revision)
    assert numbers == [1, 2, 3]
    with engine.connect() as connection:
        entries = connection.execute(select(T["audit_entry"].c.summary)).scalars().all()
    assert "Griepseizoen 2021/2022 ingetrokken: met de hand" in entries
    assert entries[-1] == "Griepseizoen 2021/2022 ingevoerd: met de hand (revisie 3)"


def test_what_was_derived_cannot_be_entered_or_withdrawn(engine: Engine) -> None:
    take(engine, values(W03=60, W04=60))
    (derived,) = flu.newest(engine)
    before = counts(engine)
    with pytest.raises(SeasonError, match="niet ingevoerd"):
        enter_season(engine, ANNA, derived, as_of=DAY)
    with pytest.raises(SeasonError, match="niets met de hand"):
        withdraw_season(engine, ANNA, SEASON, Origin.DERIVED)
    assert counts(engine) == before


def test_official_statements_stand_beside_what_was_derived(engine: Engine) -> None:
    take(engine, values(W03=60, W04=60))
    versions = {each.origin: each for each in flu.versions(engine, REFERENCE)[SEASON]}
    assert versions[Origin.DERIVED].weeks == 2
    assert versions[Origin.OFFICIAL].weeks == 9
    newer = by_hand(SEASON, Week(2025, 3), Week(2025, 12), "Nivel", origin=Origin.OFFICIAL)
    enter_season(engine, ANNA, newer, as_of=DAY)
    versions = {each.origin: each for each in flu.versions(engine, REFERENCE)[SEASON]}
    assert versions[Origin.OFFICIAL].weeks == 10


def test_every_known_season_can_be_planned_with_before_anything_was_read(engine: Engine) -> None:
    found = flu.versions(engine, REFERENCE)
    assert next(iter(found)) == "2007/2008"
    assert len(found) == 19
    assert all(choose(each, Origin.OFFICIAL) for each in found.values())


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE flu_season SET origin = 'guess'",
        "UPDATE flu_season SET status = 'zeker'",
        "UPDATE flu_season SET weeks = -1",
        "UPDATE flu_season SET threshold = 0",
        "UPDATE flu_week SET per_100k = -1",
        "UPDATE flu_week SET flu_season_id = 99",
        "INSERT INTO flu_season (season, origin, revision, status, source, recorded_on)"
        " VALUES ('2024/2025', 'derived', 1, 'afgeleid', 'x', '2026-11-26')",
    ],
)
def test_the_database_keeps_the_rules_too(engine: Engine, change: str) -> None:
    take(engine, values(W03=60, W04=60))
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text(change))


def test_the_intensity_is_the_highest_week_over_the_threshold_of_the_newest_revision(
    engine: Engine,
) -> None:
    assert flu.intensities(engine) == {}
    take(engine, values(W03=60, W04=106))
    assert flu.intensities(engine) == {SEASON: 2.0}
    take(engine, {Week(2025, 4): 60.0, Week(2025, 5): 79.5})
    assert flu.intensities(engine) == {SEASON: 1.5}
    enter_season(engine, ANNA, by_hand(SEASON, None, None, "geen epidemie"), as_of=DAY)
    assert flu.intensities(engine) == {SEASON: 1.5}


@pytest.mark.parametrize(
    ("start", "end", "day", "been"),
    [
        (Week(2026, 53), Week(2027, 2), date(2027, 1, 10), False),
        (Week(2026, 53), Week(2027, 2), date(2027, 1, 11), True),
        (None, None, date(2027, 5, 23), False),
        (None, None, date(2027, 5, 24), True),
    ],
)
def test_a_season_that_has_not_been_is_no_recorded_winter(
    engine: Engine, start: Week | None, end: Week | None, day: date, been: bool
) -> None:
    entered = by_hand("2026/2027", start, end, "bron")
    if been:
        assert enter_season(engine, ANNA, entered, as_of=day).revision == 1
        return
    with pytest.raises(SeasonError, match="is nog niet geweest"):
        enter_season(engine, ANNA, entered, as_of=day)
