from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from borging.domain.rounds import ScanRound
from borging.domain.scoring import score
from borging.domain.terms import Moment, RoundState, ScanKind
from borging.services.scan import chooser as scan_chooser
from borging.services.scan import view as scan
from borging.services.scan.view import ScanView, finding
from borging.services.scan.words import next_words
from borging.services.scores import with_scores
from borging.services.selection import NONE_MATCH
from tests.scans import CHECK_CASE, NHS, answers

DAY = date(2026, 11, 18)


def a_round(
    rows: tuple[str, ...] | None,
    number: int = 1,
    kind: ScanKind = ScanKind.INDIVIDUAL,
    on: date | None = None,
) -> ScanRound:
    """A round of the given rows of letters; None: too few answers to show."""
    return ScanRound(
        id=number,
        project_id=1,
        number=number,
        kind=kind,
        scanned_on=on or DAY - timedelta(days=90 * (4 - number)),
        min_answers=4,
        instrument_version=NHS.version,
        recorded_by="S. Yilmaz",
        agreed_by="Projectgroep, 6 personen" if kind is ScanKind.JOINT else None,
        score=None if rows is None else score(NHS, [answers(row) for row in rows]),
    )


def view(*rounds: ScanRound) -> ScanView:
    return scan.view("P02", "ECD mobiel", list(rounds), NHS, DAY)


CASE = a_round(CHECK_CASE, 3, on=DAY)
JOINT = a_round(("bbbbbbbbbb",), 2, ScanKind.JOINT)
FEW = a_round(None, 4, on=DAY)


def title(*rounds: ScanRound) -> str:
    return view(*rounds).title


def test_the_finding_of_the_published_case() -> None:
    assert title(CASE) == (
        "71,0 van 100 punten; de meeste winst ligt bij steun van bestuur en management (+6,8)"
    )


def test_the_finding_in_its_other_forms() -> None:
    assert title() == "Nog geen borgingsscan"
    assert title(FEW) == "Te weinig antwoorden om te tonen (minimaal 4)"
    assert title(a_round(("a" * 10,) * 4)) == "100,0 van 100 punten; er is niets meer te winnen"
    assert title(JOINT).startswith("Gezamenlijk 49,9 van 100 punten; de meeste winst ligt bij ")
    both = a_round(("aaaaaaddaa",) * 4)
    assert title(both) == "70,0 van 100 punten; de meeste winst ligt bij 2 factoren (+15,0 elk)"


def test_without_a_total_the_finding_counts_what_is_missing() -> None:
    one, two = a_round(("-aaaaadaaa",) * 4), a_round(("--aaaadaaa",) * 4)
    assert title(one) == (
        "Geen totaal (1 factor zonder uitslag); de meeste winst ligt bij "
        "steun van bestuur en management (+15,0)"
    )
    assert title(two).startswith("Geen totaal (2 factoren zonder uitslag); ")
    assert title(a_round(("-" * 10,) * 4)) == "Geen totaal (10 factoren zonder uitslag)"
    assert finding(None, [], NHS) == "Nog geen borgingsscan"


def test_the_small_print_says_n_date_who_version_deviation_and_status() -> None:
    assert view(CASE).small_print == (
        "P02 · ronde 3 van 18-11-2026 · n = 4 invullers, standaardafwijking 9,9 · vastgelegd door "
        "S. Yilmaz · Borgingsscan 2010-nl-1 · peildatum 18-11-2026 (wk 47) · "
        "19 van 40 puntwaarden nog na te kijken bij de bron"
    )


def test_a_newer_round_with_too_few_answers_is_named_without_a_count() -> None:
    found = view(CASE, FEW)
    assert found.current is CASE
    assert (
        "ronde 4 van 18-11-2026: te weinig antwoorden om te tonen (minimaal 4)" in found.small_print
    )
    assert found.rounds["who"].tolist()[-1] == "te weinig antwoorden om te tonen (minimaal 4)"
    assert pd.isna(found.rounds["total"].iloc[-1])


def test_an_agreed_answer_is_named_as_such_everywhere() -> None:
    found = view(JOINT)
    words = "gezamenlijk: één afgesproken antwoord van Projectgroep, 6 personen"
    assert words in found.small_print
    assert all(words in note for note in (found.radar_note, found.gains_note, found.levels_note))
    assert found.rounds["who"].tolist() == [words]
    assert "standaardafwijking" not in found.small_print
    assert found.topics == ()
    assert "één afgesproken antwoord" in found.topics_note
    assert found.levels_question == "Wat is per factor afgesproken?"


def test_at_most_two_earlier_rounds_are_shown_the_newest_first() -> None:
    rounds = [a_round(CHECK_CASE, n) for n in (1, 2, 3, 4)]
    found = view(*rounds)
    assert [r.number for r in found.shown] == [4, 3, 2]
    assert found.radar_question == "Hoe is het beeld, vergeleken met rondes 2 en 3?"
    assert view(*rounds[:2]).radar_question == "Hoe is het beeld, vergeleken met ronde 1?"
    assert view(rounds[0]).radar_question == "Hoe is het beeld?"
    hidden = a_round(None, 3)
    assert [r.number for r in view(rounds[0], hidden, rounds[3]).shown] == [4, 1]


def test_what_can_be_won_is_sorted_and_what_has_no_score_comes_last() -> None:
    gains = view(CASE).gains
    assert [f.factor.id for f in gains[:3]] == ["senior_leadership", "infrastructure", "behaviour"]
    potentials = [f.potential for f in gains]
    assert potentials == sorted(potentials, key=lambda p: -(p or 0))
    assert view(a_round(("-ddddddddd",) * 4)).gains[-1].factor.id == "benefits"


def test_what_is_discussed_first_is_the_most_divided() -> None:
    topics = view(CASE).topics
    assert [t.factor for t in topics] == [
        "Infrastructuur",
        "Voordelen naast betere zorg",
        "Betrokkenheid en scholing",
    ]
    assert topics[1].answers == "spreiding 3 · 1× a, 2× b, 1× d"
    assert topics[1].ends == "van ‘Op veel vlakken’ tot ‘Alleen voor de cliënt’"


def test_a_spread_of_one_level_is_no_division() -> None:
    found = view(a_round(("aaaaaaaaaa", "bbbbbbbbbb") * 2))
    assert found.topics == ()
    assert found.topics_note.startswith("De antwoorden liggen overal dicht bij elkaar")
    assert len(view(a_round(("aaaaaaaaaa", "cccccccccc") * 2)).topics) == 3


def test_the_factor_table_has_every_number_in_fixed_order() -> None:
    table = view(CASE).factors
    assert table["factor"].tolist() == [f.name for f in NHS.factors]
    assert table["domain"].tolist() == ["Proces"] * 4 + ["Medewerkers"] * 4 + ["Organisatie"] * 2
    row = table.iloc[6]
    assert row["points"] == 8.2
    assert row["gain"] == 6.8
    assert row["percent"] + row["gain_percent"] == pytest.approx(100)
    assert (row["n"], row["answers"], row["spread"]) == (4, "1× a, 1× b, 2× c", 2)


def test_a_factor_without_a_score_is_never_zero() -> None:
    row = view(a_round(("-aaaaaaaaa",) * 4)).factors.iloc[0]
    assert row[["points", "percent", "gain", "n", "spread"]].isna().all()
    assert row["answers"] == "te weinig antwoorden"
    agreed = a_round(("-aaaaaaaaa",), kind=ScanKind.JOINT)
    assert view(agreed).factors.iloc[0]["answers"] == "weet ik niet"


def test_every_chart_has_its_numbers_in_words() -> None:
    words = view(JOINT, CASE).in_words
    assert "Management 54\u00a0%" in words["radar"]
    assert "Steun van bestuur en management 8,2, nog 6,8" in words["gains"]
    assert "Steun van bestuur en management 1× a, 1× b, 2× c" in words["levels"]
    assert words["totals"].endswith("18-11-2026 71,0")


def test_the_border_comes_from_the_instrument_with_its_caveat() -> None:
    note = view(CASE).totals_note
    assert "55 of hoger geeft reden tot optimisme" in note
    for words in ("woorden zijn van onszelf", "in Nederland niet getoetst", "bron: Maher"):
        assert words in note
    assert note.endswith("status van de grens: gezien")


PROJECTS = pd.DataFrame(
    {
        "id": pd.array([1, 2], dtype="Int64"),
        "code": ["P01", "P02"],
        "title": ["ECD mobiel", "Slim nachttoezicht"],
        "unit": ["De Linde › Team Noord", None],
    }
)


@pytest.mark.parametrize("asked", [None, "", "3", "x", "-1", "1.0", "²", "9" * 30])
def test_an_address_that_names_no_project(asked: str | None) -> None:
    assert scan_chooser.find(PROJECTS, asked) is None


def test_an_address_that_names_a_project() -> None:
    assert scan_chooser.find(PROJECTS, "2") == scan_chooser.Chosen(2, "P02", "Slim nachttoezicht")


@pytest.mark.parametrize(
    ("projects", "measured", "words"),
    [
        (0, 0, "Nog geen projecten"),
        (1, 0, "Nog geen borgingsscan bij 1 project"),
        (40, 0, "Nog geen borgingsscan bij 40 projecten"),
        (1, 1, "Het ene project heeft een borgingsscan"),
        (40, 40, "Alle 40 projecten hebben een borgingsscan"),
        (40, 1, "1 van 40 projecten heeft een borgingsscan"),
        (1000, 27, "27 van 1.000 projecten hebben een borgingsscan"),
    ],
)
def test_the_title_of_the_chooser(projects: int, measured: int, words: str) -> None:
    assert scan_chooser.finding(projects, measured) == words


def counted(project_id: int) -> pd.DataFrame:
    """The published case as `with_scores` gives it."""
    rows = []
    for factor, given in zip(NHS.factors, zip(*CHECK_CASE, strict=True), strict=True):
        counts = {letter: given.count(letter) for letter in "abcd"}
        rows.append({"factor": factor.id, "n": 4} | counts)
    found = pd.DataFrame(rows).assign(
        project_id=project_id,
        scan_id=1,
        scanned_on=pd.Timestamp(DAY),
        kind="individual",
        responses=4,
    )
    return with_scores(found, NHS)


def test_the_chooser_lists_projects_with_their_newest_scan() -> None:
    found = scan_chooser.choices(PROJECTS, counted(2), DAY)
    assert found.title == "1 van 2 projecten heeft een borgingsscan"
    table = found.table.set_index("id")
    assert table["who"].tolist() == ["niet gemeten", "n = 4"]
    assert pd.isna(table.loc[1, "total"])
    assert table.loc[2, "total"] == pytest.approx(71.0, abs=0.01)
    assert found.found("linde ecd")["id"].tolist() == [1]
    assert found.found("nacht")["id"].tolist() == [2]
    assert len(found.found("")) == 2


def test_the_chooser_without_projects_or_scans() -> None:
    none = counted(2)[:0]
    empty = scan_chooser.choices(PROJECTS[:0], none, DAY)
    assert (empty.title, empty.table.empty) == ("Nog geen projecten", True)
    filtered = scan_chooser.choices(PROJECTS[:0], none, DAY, filtered=True)
    assert filtered.title == NONE_MATCH
    found = scan_chooser.choices(PROJECTS, none, DAY)
    assert found.table["who"].tolist() == ["niet gemeten"] * 2


def under_way(state: RoundState, number: int = 4) -> ScanRound:
    """A round that is not closed: it closes on 09-12-2026."""
    return replace(
        a_round(None, number, on=DAY),
        state=state,
        moment=Moment.REPEAT,
        closes_on=date(2026, 12, 9),
    )


OPEN, DRAFT = under_way(RoundState.OPEN), under_way(RoundState.DRAFT)


@pytest.mark.parametrize(
    ("one", "words", "who", "briefly"),
    [
        (OPEN, "Ronde 4 is open tot en met 09-12-2026", "open tot en met 09-12-2026", "open"),
        (DRAFT, "Ronde 4 staat klaar als concept", "concept", "concept"),
    ],
)
def test_a_round_under_way_says_so_and_nothing_of_answers(
    one: ScanRound, words: str, who: str, briefly: str
) -> None:
    alone, beside = view(one), view(CASE, one)
    assert alone.title == words
    assert "te weinig" not in alone.title + alone.empty_words + alone.small_print
    assert beside.current is CASE
    assert f"ronde 4 van 18-11-2026: {who}" in beside.small_print
    row = beside.rounds.iloc[-1]
    assert (row["who"], row["briefly"], row["moment"]) == (who, briefly, "herhaling")
    assert beside.in_words["totals"] == "Totaal per ronde: 18-11-2026 71,0"


def test_the_empty_words_of_a_round_under_way() -> None:
    assert view(OPEN).empty_words == (
        "De antwoorden blijven dicht tot de ronde sluit. Daarna staat hier de uitslag, als er "
        "minimaal 4 antwoorden zijn."
    )
    assert view(DRAFT).empty_words.startswith("Deze ronde is nog niet geopend")


def test_a_round_that_is_not_published_says_so() -> None:
    closed = replace(CASE, state=RoundState.CLOSED)
    assert "ronde 3 is nog niet vrijgegeven" in view(closed).small_print
    assert "vrijgegeven" not in view(CASE).small_print
    assert view(CASE, closed).rounds["state"].tolist() == ["vrijgegeven", "gesloten"]


@pytest.mark.parametrize(
    ("next_on", "words"),
    [
        (None, ""),
        (DAY, "volgende ronde op 18-11-2026"),
        (DAY - timedelta(days=1), "volgende ronde op 17-11-2026 (te laat)"),
        (DAY + timedelta(days=1), "volgende ronde op 19-11-2026"),
    ],
)
def test_the_next_round_is_named_and_late_from_the_day_after(
    next_on: date | None, words: str
) -> None:
    assert next_words([replace(CASE, next_on=next_on)], DAY) == words


def test_the_next_round_is_that_of_the_newest_and_falls_silent_once_there_is_one() -> None:
    old = replace(a_round(CHECK_CASE, 1), next_on=DAY - timedelta(days=9))
    new = replace(CASE, next_on=DAY + timedelta(days=9))
    assert next_words([old, new], DAY) == "volgende ronde op 27-11-2026"
    assert next_words([old, DRAFT], DAY) == ""
    assert next_words([], DAY) == ""
