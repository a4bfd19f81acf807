"""Hard against soft: the fifteen questions against the scan, on the edges of both borders."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from borging.services.dossier.hard_side import hard_counts, hard_side
from borging.services.portfolio.hard_soft import HardSoft, hard_soft
from tests.dossiers import IDS, all_yes, answers, dossier
from tests.scans import NHS


def table(*results: tuple[int, int]) -> pd.DataFrame:
    """Return results as the query gives them, from (result, project)."""
    return pd.DataFrame(results, columns=["id", "project_id"]).astype("Int64")


def given(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["result", "question", "moment", "answer"])


def some(
    number: int, answer: str = "ja", moment: str = "start", result: int = 1
) -> list[dict[str, Any]]:
    """Return one answer to the first so many questions."""
    return answers(moment, result, **dict.fromkeys(IDS[:number], answer))


def compared(
    rows: list[dict[str, Any]],
    total: float | None = 60.0,
    results: tuple[tuple[int, int], ...] = ((1, 1),),
) -> HardSoft:
    """Return one project with these answers and, unless it is None, this total."""
    active = pd.DataFrame({"id": [1], "code": ["P1"], "title": ["Valpreventie"]})
    totals = pd.DataFrame(
        {"total": [total], "n": [5], "reaches": [total is not None and total >= 55]}, index=[1]
    )
    measured = totals if total is not None else totals.iloc[:0]
    return hard_soft(active, measured, hard_counts(given(rows), table(*results), IDS), NHS)


@pytest.mark.parametrize(
    ("rows", "share", "words"),
    [
        (all_yes("start"), 100.0, "15 van 15 ja"),
        (some(6), 40.0, "6 van 15 ja, 9 open"),
        (some(15, "nee"), 0.0, "0 van 15 ja"),
        (some(6) + some(3, "nvt", "closing"), 25.0, "3 van 12 ja, 9 open"),
        (all_yes("start") + some(3, "deels", "closing"), 80.0, "12 van 15 ja"),
    ],
)
def test_the_share_is_that_of_the_answers_that_stand(
    rows: list[dict[str, Any]], share: float, words: str
) -> None:
    (point,) = compared(rows).points.to_dict("records")
    assert (point["share"], point["hard"]) == (share, words)


def test_all_results_of_a_project_count_also_one_without_answers() -> None:
    two = ((1, 1), (2, 1))
    (half,) = compared(all_yes("start"), results=two).points.to_dict("records")
    assert (half["share"], half["hard"]) == (50.0, "15 van 30 ja, 15 open")
    rows = all_yes("start") + all_yes("closing", result=2)
    assert compared(rows, results=two).points["share"].tolist() == [100.0]
    gone = compared(all_yes("start", result=3), results=two)
    assert gone.unanswered == ("P1",)


@pytest.mark.parametrize("total", [60.0, None])
def test_without_an_answer_a_project_is_not_drawn_and_is_named(total: float | None) -> None:
    view = compared([], total)
    assert view.points.empty
    assert view.unanswered == ("P1",)
    assert "vijftien vragen niet ingevuld bij 1" in view.note
    assert "Vijftien vragen niet ingevuld bij 1: P1." in view.in_words
    assert view.table["hard"].tolist() == ["niet ingevuld"]
    assert view.table["share"].isna().all()
    assert view.table["side"].tolist() == [""]


def test_without_a_scan_a_project_is_not_drawn_and_counts_as_not_measured() -> None:
    view = compared(all_yes("start"), None)
    assert view.points.empty
    assert "niet gemeten, dus niet getekend: scan bij 1 ·" in view.note
    assert view.table["hard"].tolist() == ["15 van 15 ja"]


def test_when_no_question_applies_there_is_no_share() -> None:
    view = compared(some(15, "nvt"))
    assert view.points.empty
    assert view.unanswered == ()
    assert "1 zonder volledig totaal of zonder vraag die van toepassing is" in view.note


@pytest.mark.parametrize(
    ("yes", "asked", "total", "behind"),
    [
        (7, 14, 54.9, "soft"),
        (7, 14, 55.0, ""),
        (7, 15, 55.0, "hard"),
        (7, 15, 54.9, ""),
        (8, 15, 54.9, "soft"),
    ],
)
def test_a_project_stands_out_when_one_side_is_below_its_border(
    yes: int, asked: int, total: float, behind: str
) -> None:
    rows = some(15, "nvt")[asked:] + some(yes)
    view = compared(rows, total)
    assert view.points["behind"].tolist() == [behind]
    assert (view.behind("soft"), view.behind("hard")) == (behind == "soft", behind == "hard")


def test_the_text_names_the_outliers_with_both_figures() -> None:
    assert compared(all_yes("start"), 41.0).in_words == (
        "Vijftien vragen tegen scan voor 1 project. Draagvlak blijft achter bij P1 (15 van 15 ja, "
        "41,0 punten)."
    )
    assert "Wat is afgesproken blijft achter bij P1 (0 van 15 ja, 60,0 punten)." in (
        compared(some(15, "nee")).in_words
    )
    assert "Geen uitschieters." in compared(all_yes("start")).in_words


def test_the_note_says_whose_the_borders_are() -> None:
    note = compared(all_yes("start")).note
    assert "50 % ja is een hulplijn van ons: de helft van de vragen, geen norm" in note
    assert "55 of hoger geeft reden tot optimisme" in note
    assert "status van de grens: gezien" in note
    assert "een vraag zonder antwoord is geen ‘ja’, n.v.t. telt niet mee" in note


def test_the_portfolio_and_the_project_count_the_same() -> None:
    results = [{"id": 1, "title": "A"}, {"id": 2, "title": "B"}]
    rows = [*all_yes("start"), *some(4, "nvt", "closing"), *some(3, "nee", result=2)]
    rows += [each | {"question": "no_longer_asked"} for each in some(1)]
    own = hard_side(dossier(results=results, hard_question=rows))
    assert own is not None
    counted = hard_counts(given(rows), table((1, 1), (2, 1)), IDS)[1]
    for name in ("yes", "partly", "no", "asked", "open"):
        assert getattr(counted, name) == getattr(own, name), name
