from __future__ import annotations

import csv
from pathlib import Path

import pytest

from borging.domain.flu_intensity import intensities
from borging.settings import DATA

FILE = DATA / "reference" / "griepseizoenen-intensiteit.csv"


def test_intensity_is_the_peak_against_the_threshold_of_its_season(tmp_path: Path) -> None:
    path = tmp_path / "seasons.csv"
    path.write_text(
        "# note\nseizoen,piek_per_100k,drempel_per_100k,status,bron\n"
        "2017/2018,153.0,51,afgeleid,x\n2018/2019,,51,onbekend,\n"
    )
    assert intensities(path) == {"2017/2018": 3.0, "2018/2019": None}


def test_the_winters_of_the_file_follow_each_other_and_three_are_unknown() -> None:
    found = intensities(FILE)
    assert list(found) == [f"{year}/{year + 1}" for year in range(2008, 2025)]
    unknown = [season for season, value in found.items() if value is None]
    assert unknown == ["2018/2019", "2019/2020", "2020/2021"]


@pytest.mark.realdata
def test_the_file_says_what_the_source_says(real_data: Path) -> None:
    with (real_data / "flu" / "nl_seasons.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["season"]: row for row in csv.DictReader(file)}
    for season, value in intensities(FILE).items():
        peak, threshold = (
            rows[season]["peak_ili_per_100k"],
            float(rows[season]["threshold_per_100k"]),
        )
        assert value == (pytest.approx(float(peak) / threshold) if peak else None)
