from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from borging.domain.rounds import ScanRound
from borging.domain.terms import ScanKind
from borging.services.scan import comparison
from borging.services.scan.comparison import ComparisonView, Side
from tests.scans import CHECK_CASE, NHS
from tests.services.scan.test_view import a_round

DAY = date(2026, 11, 18)


def side(project_id: int, *rows: str, kind: ScanKind = ScanKind.INDIVIDUAL) -> Side:
    scan: ScanRound = a_round(rows, 1, kind, DAY)
    assert scan.score is not None
    return Side(project_id, f"P{project_id:02}", f"Project {project_id}", scan, scan.score.factors)


HIGH, LOW = side(1, *["a" * 10] * 4), side(2, *["d" + "a" * 9] * 5)
CASE = side(3, *CHECK_CASE)


def view(*sides: Side, projects: int = 9, measured: int = 5) -> ComparisonView:
    return comparison.view(sides, projects, measured, NHS, DAY)


def test_the_address_gives_known_measured_projects_once_and_in_its_order() -> None:
    found = comparison.asked("7,3,7", [3, 7, 9], [3, 7])
    assert (found.ids, found.left_out) == ((7, 3), ())


@pytest.mark.parametrize("word", ["99", "-1", "abc", "1e3", "²", "9" * 40, "0x1"])
def test_an_unknown_project_in_the_address_is_said(word: str) -> None:
    found = comparison.asked(f"3,{word}", [3, 7], [3, 7])
    assert found.ids == (3,)
    assert found.left_out == (f"Er is geen project met nummer {word[:40]}.",)


def test_a_project_without_a_readable_scan_is_said_and_not_compared() -> None:
    found = comparison.asked("9,3", [3, 9], [3])
    assert found.ids == (3,)
    assert found.left_out == ("Project 9 heeft geen scan die te tonen is.",)


def test_at_most_four_projects_stand_beside_each_other() -> None:
    found = comparison.asked("1,2,3,4,5", range(1, 9), range(1, 9))
    assert found.ids == (1, 2, 3, 4)
    assert "Er passen 4 projecten" in found.left_out[0]
    assert comparison.asked("1, 2,3,4,", range(1, 9), range(1, 9)).left_out == ()


def test_the_finding_in_all_its_forms() -> None:
    assert view(projects=0, measured=0).title == "Nog geen projecten"
    none = comparison.view((), 0, 0, NHS, DAY, filtered=True)
    assert none.title == "Geen project past bij de filters"
    assert view(measured=0).title == "Nog geen borgingsscan om te vergelijken"
    assert view(measured=1).title == "Nog maar één project heeft een borgingsscan"
    assert view().title == "Kies 2 tot 4 projecten om te vergelijken"
    assert view(HIGH).title == "Kies nog een project om P01 mee te vergelijken"
    two = "Grootste verschil: voordelen naast betere zorg (100 tegen 0\u00a0%)"
    assert view(HIGH, LOW).title == two
    three = "Grootste verschil: voordelen naast betere zorg (0 tot 100\u00a0%)"
    assert view(HIGH, LOW, CASE).title == three
    assert view(HIGH, HIGH).title == "P01 en P01 scoren op elke factor gelijk"
    hidden = side(4, *["-" * 10] * 4)
    assert view(HIGH, hidden).title == "Geen factor heeft in alle gekozen projecten een uitslag"


def test_no_title_is_longer_than_a_line() -> None:
    longest = max(NHS.factors, key=lambda f: len(f.name))
    at = NHS.factors.index(longest)
    low = side(5, *["a" * at + "d" + "a" * (9 - at)] * 4)
    assert len(view(HIGH, low).title) <= 80


def test_factors_stand_widest_difference_first_and_what_is_hidden_last() -> None:
    hidden = side(4, *["-" + "d" * 9] * 4)
    gaps = view(HIGH, hidden).gaps
    assert gaps[-1].factor.id == "benefits"
    assert gaps[-1].width is None
    assert [gap.width for gap in gaps[:-1]] == [100] * 9


def test_the_table_says_every_score_with_n_or_why_not() -> None:
    agreed = side(6, "b" * 10, kind=ScanKind.JOINT)
    hidden = side(4, *["-" + "d" * 9] * 4)
    table = view(CASE, agreed, hidden).factors
    assert table["factor"].tolist() == [*(f.name for f in NHS.factors), "Totaal"]
    assert table["said_0"].iloc[6] == "54\u00a0% (n = 4)"
    assert table["said_0"].iloc[-1] == "71,0 punten"
    assert table["said_1"].iloc[0] == "55\u00a0% (gezamenlijk)"
    assert table["said_2"].iloc[0] == "te weinig antwoorden"
    assert table["said_2"].iloc[-1] == "geen totaal"
    assert pd.isna(table["percent_2"].iloc[0])
    assert pd.isna(table["n_2"].iloc[0])


def test_every_scan_is_named_with_day_people_and_version() -> None:
    row = view(CASE, HIGH).scans.iloc[0]
    assert (row["code"], row["who"], row["version"]) == ("P03", "n = 4 invullers", "2010-nl-1")
    assert row["sd"] == pytest.approx(9.90, abs=0.005)
    assert CASE.label == "P03 · 18-11-2026 (n = 4)"
    assert "2010-nl-1" in view(CASE, HIGH).note


def test_one_project_alone_is_not_compared() -> None:
    found = view(HIGH)
    assert found.sides == ()
    assert found.gaps == ()
    assert found.scans.empty


def test_too_few_scans_say_what_to_do() -> None:
    assert view(measured=2).too_few == ""
    assert view(measured=1).too_few.startswith("1 project heeft een scan")
    assert view(measured=0).too_few.startswith("Laat eerst bij twee projecten")


def test_projects_chosen_count_even_when_the_filter_hides_them() -> None:
    projects = pd.DataFrame({"id": [1, 2, 3]})
    scans = pd.DataFrame({"project_id": [1, 2, 9]})
    chosen = comparison.asked("9,2", [1, 2, 3, 9], [1, 2, 9])
    assert comparison.measured(projects, scans, chosen) == 3
