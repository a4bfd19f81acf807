"""`python -m borging flu`: one object on standard output, everything else on standard error."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from borging.cli.main import app
from borging.domain.flu_seasons import season_weeks
from tests.cli.test_main import borging
from tests.exchange.flu.test_files import filled
from tests.exchange.test_anything import TEXT, as_csv

FIELDS = ["season", "start", "end", "peak", "threshold", "weeks", "status"]


@pytest.fixture
def url(sqlite_url: str) -> str:
    return sqlite_url


def run_here(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)


def take(path: Path, url: str) -> tuple[dict[str, Any], list[str]]:
    run = run_here("flu", "import", path, "--json", "--database", url)
    assert run.exit_code == 0
    return json.loads(run.stdout), run.stderr.splitlines()


def listed(url: str, *words: str) -> dict[str, Any]:
    run = run_here("flu", "list", "--json", "--database", url, *words)
    assert run.exit_code == 0
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def season(url: str, name: str, *words: str) -> dict[str, Any]:
    (found,) = (each for each in listed(url, *words)["seasons"] if each["season"] == name)
    return found


def series(folder: Path, name: str = "2024/2025", **above: float) -> Path:
    """A whole season at 20, but for the weeks that are named, such as W03=60."""
    rows = [f"{week},{above.get(f'W{week.number:02d}', 20)}" for week in season_weeks(name)]
    path = folder / "reeks.csv"
    path.write_text("\n".join(["iso_yearweek,ili_per_100k", *rows]), encoding="utf-8")
    return path


def test_one_object_on_standard_output(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'new' / 'portfolio.db'}"
    path = series(tmp_path, W03=60, W04=61)
    run = borging("flu", "import", path, "--json", "--database", database)
    assert run.returncode == 0
    (line,) = run.stdout.splitlines()
    (found,) = json.loads(line)["seasons"]
    assert list(found) == FIELDS
    assert found == {
        "season": "2024/2025",
        "start": "2025-W03",
        "end": "2025-W04",
        "peak": "2025-W04",
        "threshold": 53,
        "weeks": 2,
        "status": "afgeleid",
    }
    assert "officieel waren het er 9" in run.stderr


def test_a_second_import_gives_the_same_and_a_changed_one_a_revision(
    tmp_path: Path, url: str
) -> None:
    first = take(series(tmp_path, W03=60, W04=61), url)
    assert take(series(tmp_path, W03=60, W04=61), url) == first
    assert (
        "Er is niets veranderd."
        in run_here("flu", "import", tmp_path / "reeks.csv", "--database", url).stdout.splitlines()
    )
    _found, told = take(series(tmp_path, W03=60, W04=61, W05=62), url)
    assert any("1 week (2025-W05) gewijzigd. Dit is revisie 2; revisie 1" in each for each in told)
    revisions = listed(url, "--revisions", "2024/2025")["revisions"]
    assert [(each["revision"], each["weeks"]) for each in revisions] == [(1, 2), (2, 3)]


def test_a_series_that_stops_in_an_epidemic_says_so(tmp_path: Path, url: str) -> None:
    whole = series(tmp_path, W03=60, W04=61, W18=60, W19=70)
    lines = whole.read_text(encoding="utf-8").splitlines()
    whole.write_text("\n".join(lines[:-1]), encoding="utf-8")
    found, told = take(whole, url)
    assert (found["seasons"][0]["end"], found["seasons"][0]["status"]) == ("2025-W19", "voorlopig")
    (said,) = [each for each in told if "voorlopig" in each]
    assert "1 week (2025-W20) zonder cijfer. De epidemie liep nog" in said
    whole.write_text("\n".join(lines[:-3]), encoding="utf-8")
    _found, told = take(whole, f"sqlite:///{tmp_path / 'other.db'}")
    assert not any("liep nog" in each for each in told)


def test_a_season_without_a_threshold_is_named(tmp_path: Path, url: str) -> None:
    found, told = take(series(tmp_path, "2026/2027", W03=60, W04=61), url)
    assert found["seasons"] == []
    assert any("Van seizoen 2026/2027 is de drempel niet bekend" in each for each in told)


def test_ari_is_refused_with_a_sentence_and_an_empty_object(tmp_path: Path, url: str) -> None:
    path = tmp_path / "ari.csv"
    path.write_text("target,location,year_week,value\nARI incidence,NL,2026-W10,300\n", "utf-8")
    run = run_here("flu", "import", path, "--json", "--database", url)
    assert (run.exit_code, json.loads(run.stdout)) == (1, {"seasons": []})
    assert "niet gemengd" in run.stderr


def test_a_missing_file_is_told(tmp_path: Path, url: str) -> None:
    run = run_here("flu", "import", tmp_path / "weg.csv", "--database", url)
    assert (run.exit_code, run.stdout) == (1, "")
    assert "bestaat niet" in run.stderr


def test_a_person_overrules_and_withdraws(tmp_path: Path, url: str) -> None:
    take(series(tmp_path, "2021/2022", W15=58.2), url)
    assert season(url, "2021/2022")["origin"] == "derived"
    weeks = ("--start", "2022-W08", "--end", "2022-W20")
    why = ("--reason", "afgekondigd onder de drempel (virologie)")
    run = run_here("flu", "set", "2021/2022", *weeks, *why, "--database", url)
    assert run.exit_code == 0
    found = season(url, "2021/2022")
    assert (found["origin"], found["weeks"], found["status"]) == ("manual", 13, "met de hand")
    _found, told = take(series(tmp_path, "2021/2022", W15=58.2), url)
    assert "Seizoen 2021/2022 is met de hand ingevoerd; dat gaat voor bij het plannen." in told
    assert run_here("flu", "withdraw", "2021/2022", "--database", url).exit_code == 0
    assert season(url, "2021/2022")["origin"] == "derived"


def test_planning_says_what_it_prefers(url: str) -> None:
    official, derived = season(url, "2024/2025"), season(url, "2024/2025", "--prefer", "regel")
    assert (official["origin"], official["weeks"]) == ("official", 9)
    assert (derived["origin"], derived["weeks"]) == ("derived", 7)
    shown = run_here("flu", "list", "--database", url).stdout.splitlines()
    (starred,) = [line for line in shown if line.startswith("2024/2025") and line.endswith("*")]
    assert "officiële uitspraak" in starred


def test_listing_makes_no_database(tmp_path: Path) -> None:
    missing = tmp_path / "portfolio.db"
    assert len(listed(f"sqlite:///{missing}")["seasons"]) == 19
    assert not missing.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("set", "2021/2022", "--start", "2022-W60", "--reason", "x"), "geen ISO-week"),
        (("set", "2021/2022", "--start", "2022-W08", "--reason", "x"), "én een einde"),
        (("set", "2021-2022", "--reason", "x"), "geen seizoen"),
        (("set", "2021/2022", "--reason", " "), "waarom dit seizoen zo was"),
        (("withdraw", "2021/2022"), "niets met de hand"),
        (("list", "--prefer", "gok"), "Kies officieel of regel"),
        (("list", "--revisions", "gisteren"), "geen seizoen"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    url: str, words: tuple[str, ...], said: str
) -> None:
    run = run_here("flu", *words, "--database", url)
    assert run.exit_code == 1
    assert said in run.stderr


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=filled(TEXT), mark=st.sampled_from(";,\t"))
def test_any_cell_gives_a_report(
    tmp_path: Path, url: str, rows: list[list[Any]], mark: str
) -> None:
    path = tmp_path / "reeks.csv"
    path.write_bytes(as_csv(rows, mark, "utf-8"))
    run = run_here("flu", "import", path, "--json", "--database", url)
    assert run.exit_code in (0, 1)
    assert [list(each) for each in json.loads(run.stdout)["seasons"] if list(each) != FIELDS] == []
    assert run.stderr.strip()


@pytest.mark.realdata
def test_the_published_files_after_each_other(real_data: Path, url: str) -> None:
    found: dict[str, Any] = {}
    for name in ("ili_ecdc.csv", "erviss_ILIARIRates_NL.csv", "respicast_ILI_NL.csv"):
        report, told = take(real_data / "flu" / name, url)
        found |= {each["season"]: each for each in report["seasons"]}
        assert any("stop" in each for each in told)
    assert len(found) == 16
    durations = {name: found[name]["weeks"] for name in ("2014/2015", "2016/2017", "2017/2018")}
    assert durations == {"2014/2015": 21, "2016/2017": 15, "2017/2018": 18}
    recent = found["2024/2025"]
    assert [recent[name] for name in ("start", "end", "peak")] == [
        "2025-W03",
        "2025-W09",
        "2025-W05",
    ]
    assert found["2025/2026"]["status"] == "voorlopig"
    _report, told = take(real_data / "flu" / "nl_ili_weekly.csv", url)
    assert not any("revisie" in each for each in told)
