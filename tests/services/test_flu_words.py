"""What a screen says of the flu seasons, on the Dutch winters and on two small ones."""

from __future__ import annotations

from dataclasses import replace

from borging.domain.flu_seasons import Origin
from borging.services import flu_words
from tests.services.test_flu_winters import dutch, four


def test_the_chance_is_said_with_the_number_of_winters_and_their_sources() -> None:
    said = flu_words.chance(dutch(Origin.DERIVED))
    assert said == (
        "griepkans: aandeel van de 17 vastgelegde winters 2008/2009 t/m 2024/2025 waarin die week "
        "epidemisch was (3 met officiële weken, 14 met weken afgeleid uit de weekreeks van "
        "ECDC en Nivel); geen voorspelling"
    )
    assert "5 met officiële weken, 12 met weken afgeleid" in flu_words.chance(dutch())
    assert "officiële" not in flu_words.chance(four())


def test_the_pandemic_quiet_winters_and_what_does_not_count_are_named() -> None:
    said = flu_words.details(dutch())
    assert "Ook de pandemie van 2009/2010 telt mee" in said
    assert "Ook winters zonder epidemie tellen mee: 2020/2021 en 2021/2022." in said
    assert "2021/2022 en 2023/2024 is officieel niet bekend in welke weken" in said
    assert "Niet meegeteld: 2007/2008 (nog niet alle weken bekend) en 2025/2026 (" in said
    plain = flu_words.details(four())
    assert "pandemie" not in plain
    assert "Niet meegeteld" not in plain
    assert "niet bekend in welke weken" not in plain
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


def test_a_week_that_nobody_measures_is_said_in_words() -> None:
    assert flu_words.share(None) == "niet gemeten"
    assert flu_words.share(0.0) == "0\u00a0%"
