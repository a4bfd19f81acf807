"""What a screen says of the flu seasons, on the Dutch winters and on two small ones."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from borging.domain.flu_seasons import Origin
from borging.domain.periods import Week
from borging.services import flu_words
from borging.services.flu_winters import WeekCount
from tests.services.test_flu_winters import dutch, four


def test_the_chance_is_said_with_the_number_of_winters_and_their_sources() -> None:
    said = flu_words.chance(dutch(Origin.DERIVED))
    assert said == (
        "griepkans: aandeel van de 17 vastgelegde winters 2008/2009 t/m 2024/2025 waarin de week "
        "met dezelfde datum epidemisch was (3 met officiële weken, 14 met weken afgeleid uit de "
        "weekreeks van ECDC en Nivel); een winter telt mee in de weken die ervan bekend zijn; geen "
        "voorspelling"
    )
    assert "8 met officiële weken, 9 met weken afgeleid" in flu_words.chance(dutch())
    assert "officiële" not in flu_words.chance(four())


def test_the_pandemic_quiet_winters_and_what_does_not_count_are_named() -> None:
    said = flu_words.details(dutch())
    assert "Ook de pandemie van 2009/2010 telt mee" in said
    assert "Ook winters zonder epidemie tellen mee: 2020/2021." in said
    assert "Van 2014/2015, 2016/2017 en 2017/2018 is officieel alleen het aantal weken" in said
    assert (
        "Voor een deel bekend: 2011/2012 (4 weken, niet bekend welke), 2021/2022 (13 weken, niet "
        "bekend welke) en 2023/2024 (t/m 2024-W13, begin niet bekend)."
    ) in said
    assert "Niet meegeteld: 2007/2008 (nog niet alle weken bekend) en 2025/2026 (" in said
    by_rule = flu_words.details(dutch(Origin.DERIVED))
    assert "Ook winters zonder epidemie tellen mee: 2020/2021." in by_rule
    assert "Volgens de drempelregel zonder epidemie: 2021/2022 (officieel 13 weken)." in by_rule
    plain = flu_words.details(four())
    assert "pandemie" not in plain
    assert "Niet meegeteld" not in plain
    assert "niet bekend" not in plain
    none_quiet = replace(four(), seasons=four().seasons.iloc[:2])
    assert "zonder epidemie" not in flu_words.details(none_quiet)


def test_every_season_is_listed_with_its_weeks_over_week_53() -> None:
    rows = flu_words.table(four())[["season", "start", "end", "weeks", "measured", "origin"]]
    assert rows.astype(object).where(rows.notna(), None).to_numpy().tolist() == [
        ["2021/2022", "2022-W20", "2022-W20", 1, "mediaan", "afgeleid"],
        ["2020/2021", None, None, 0, "geen epidemie", "afgeleid"],
        ["2016/2017", "2017-W01", "2017-W02", 2, "gemeten", "afgeleid"],
        ["2015/2016", "2015-W52", "2016-W01", 3, "mediaan", "afgeleid"],
    ]


def test_a_season_that_is_known_in_part_is_listed_as_far_as_it_is_known() -> None:
    rows = flu_words.table(dutch()).set_index("season")[["start", "end", "weeks", "known"]]
    told = rows.astype(object).where(rows.notna(), None)
    assert told.loc["2021/2022"].tolist() == [None, None, 13, "alleen het aantal weken"]
    assert told.loc["2023/2024"].tolist() == [None, "2024-W13", None, "niet het begin"]
    assert told.loc["2022/2023"].tolist() == ["2022-W51", "2023-W12", 14, "geheel"]


def test_a_chance_is_written_with_the_winters_that_carry_it() -> None:
    assert flu_words.share(WeekCount(0, 0)) == "niet gemeten"
    assert flu_words.share(WeekCount(0, 16)) == "0\u00a0% (0 van 16)"
    assert flu_words.of_week(dutch(), Week(2027, 10)) == (
        "griepkans, de week van 11 maart: 71\u00a0% (12 van 17 winters)"
    )
    assert flu_words.of_week(dutch(), Week(2026, 53)) == (
        "griepkans, de week van 31 december: 47\u00a0% (7 van 15 winters waarvan die week bekend "
        "is; 17 in totaal)"
    )
    assert flu_words.of_week(dutch(), Week(2027, 30)).endswith("niet gemeten")


def test_the_chance_per_week_is_a_table_of_the_weeks_that_are_measured() -> None:
    weeks = pd.date_range("2027-05-10", periods=3, freq="7D")
    rows = flu_words.per_week(dutch(), weeks)
    assert rows["week"].tolist() == ["de week van 13 mei", "de week van 20 mei"]
    assert rows.iloc[0].tolist()[1:] == ["2027-W19", 0, 0, 16, 17]
