from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from borging.domain.terms import ScanKind
from borging.services.scan import distribution as scan_spread
from borging.services.scan.distribution import TOTAL, SpreadView
from borging.services.scores import with_scores
from tests.scans import NHS

DAY = date(2026, 11, 18)


def projects(count: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": range(1, count + 1),
            "code": [f"P{i:02}" for i in range(1, count + 1)],
            "state": "running",
        }
    )


def scans(rows: dict[int, str], kind: ScanKind = ScanKind.INDIVIDUAL) -> pd.DataFrame:
    """One row of letters per project id, given by four people alike; '-' is a hidden factor."""
    found = []
    for project_id, letters in rows.items():
        for factor, letter in zip(NHS.factors, letters, strict=True):
            counts = {x: 4 * (x == letter) for x in "abcd"}
            found.append(
                {
                    "project_id": project_id,
                    "scan_id": project_id,
                    "scanned_on": pd.Timestamp(DAY),
                    "kind": kind.value,
                    "responses": 4,
                    "factor": factor.id,
                    "n": sum(counts.values()),
                    **counts,
                }
            )
    columns = ["project_id", "scan_id", "scanned_on", "kind", "responses", "factor", "n", *"abcd"]
    return with_scores(pd.DataFrame(found, columns=columns), NHS)


def view(count: int, rows: dict[int, str]) -> SpreadView:
    return scan_spread.view(projects(count), scans(rows), NHS)


def test_projects_are_counted_in_classes_that_hold_their_lower_edge() -> None:
    found = view(4, {1: "a" * 10, 2: "d" * 10, 3: "b" * 10})
    tens = found.classes[10]
    # benefits: 100, 0 and 4.7 / 8.5 = 55 %
    assert tens.loc["benefits"].tolist() == [1, 0, 0, 0, 0, 1, 0, 0, 0, 1]
    assert found.classes[5].loc["benefits"].tolist() == [1, 0, 1, 0, 1]
    # total: 100, 0 and 49.9 of 100 points
    assert tens.loc[TOTAL].tolist() == [1, 0, 0, 0, 1, 0, 0, 0, 0, 1]
    assert "n = 3 projecten" in found.note
    assert "1 niet gemeten" in found.note
    assert "geen organisatiescore" in found.note


def test_closed_projects_among_those_counted_are_named() -> None:
    three = projects(3).assign(state=["running", "closed", "closed"])
    note = scan_spread.view(three, scans({1: "a" * 10, 2: "d" * 10}), NHS).note
    assert "n = 2 projecten · ook 1 afgesloten of gestopt · 1 niet gemeten" in note


def test_the_finding_names_the_closed_projects_that_other_figures_leave_out() -> None:
    rows = {1: "ab" + "b" * 8, 2: "ab" + "b" * 8, 3: "db" + "b" * 8, 4: "db" + "b" * 8}
    four = projects(4).assign(state=["running", "closed", "withdrawn", "running"])
    words = scan_spread.view(four, scans(rows), NHS).finding
    assert words.startswith("De 4 gemeten projecten (ook 2 afgesloten of gestopt) verschillen")
    alike = scan_spread.view(four, scans(dict.fromkeys(rows, "b" * 10)), NHS).finding
    assert alike.startswith("De 4 gemeten projecten (ook 2 afgesloten of gestopt) liggen")


def test_a_hidden_factor_is_no_project_and_takes_the_total_along() -> None:
    found = view(2, {1: "-" + "a" * 9, 2: "d" * 10})
    assert found.table.loc["benefits", "n"] == 1
    assert found.table.loc[TOTAL, "n"] == 1
    assert found.classes[10].loc["benefits"].sum() == 1
    assert found.table.loc["credibility", "n"] == 2


def test_quartiles_worked_by_hand_from_four_projects_on() -> None:
    rows = {1: "a" * 10, 2: "a" * 10, 3: "d" * 10}
    assert view(4, rows).table["quarter"].isna().all()
    row = view(4, rows | {4: "d" * 10}).table.loc["benefits"]
    assert (row["lowest"], row["quarter"], row["median"]) == (0, 0, 50)
    assert (row["three_quarters"], row["highest"]) == (100, 100)


def test_the_finding_in_all_its_forms() -> None:
    assert view(3, {}).finding.startswith("Nog geen project heeft een scan")
    assert view(3, {}).empty
    assert view(1, {1: "a" * 10}).finding.startswith("1 project heeft een scan: te weinig")
    assert view(3, dict.fromkeys((1, 2, 3), "a" * 10)).finding.startswith("3 projecten hebben")
    alike = view(4, dict.fromkeys((1, 2, 3, 4), "b" * 10))
    assert alike.finding == "De 4 gemeten projecten liggen op elke factor dicht bij elkaar."
    apart = view(4, {1: "ab" + "b" * 8, 2: "ab" + "b" * 8, 3: "db" + "b" * 8, 4: "db" + "b" * 8})
    assert apart.finding == (
        "De 4 gemeten projecten verschillen het meest bij voordelen naast betere zorg: de "
        "middelste helft "
        "ligt tussen 0 en 100\u00a0%."
    )


def test_only_the_projects_shown_are_counted() -> None:
    found = view(1, {1: "a" * 10, 2: "d" * 10})
    assert found.table.loc["benefits", "n"] == 1


def test_no_row_or_sentence_is_one_score_of_the_organisation() -> None:
    found = view(4, dict.fromkeys((1, 2, 3, 4), "b" * 10))
    assert list(found.table.index) == [*(f.id for f in NHS.factors), TOTAL]
    assert not {"mean", "average"} & set(found.table.columns)


def test_the_note_says_days_agreed_answers_and_points() -> None:
    agreed = scans({1: "b" * 10}, ScanKind.JOINT)
    note = scan_spread.view(projects(1), agreed, NHS).note
    assert "scans van 18-11-2026 ·" in note
    assert "1 gezamenlijk ingevuld" in note
    assert "punten van Borgingsscan 2010-nl-1" in note


@pytest.mark.parametrize("count", [0, 1, 1000])
def test_any_number_of_projects_gives_eleven_rows(count: int) -> None:
    found = view(count, dict.fromkeys(range(1, count + 1), "abcdabcdab"))
    assert len(found.table) == 11
    assert found.classes[10].to_numpy().sum() == 11 * count
