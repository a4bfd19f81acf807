from __future__ import annotations

import pytest

from borging.domain.chance import rank_interval, spearman
from borging.services.scan import factor_links
from borging.services.scan.factor_links import LinksView, pair, pair_words
from tests.scans import NHS
from tests.services.scan.test_distribution import projects, scans

FIRST, SECOND = NHS.factors[0], NHS.factors[1]
LETTERS = "dcba"


def view(count: int, rows: dict[int, str] | None = None) -> LinksView:
    rows = rows or {i: a_row(i) for i in range(1, count + 1)}
    return factor_links.view(projects(count), scans(rows), NHS)


def a_row(i: int) -> str:
    """Letters that differ per factor and per project, without chance."""
    return "".join(LETTERS[(i * (f + 3) + i * i // (f + 2)) % 4] for f in range(10))


@pytest.mark.parametrize(("count", "missing"), [(0, 8), (7, 1), (8, 0)])
def test_a_pair_needs_eight_projects(count: int, missing: int) -> None:
    words = view(count).pair_words
    assert words.endswith(f"nog {missing} nodig.") if missing else words == ""
    found = pair(view(count), FIRST, SECOND)
    assert found.points.empty is bool(missing)


@pytest.mark.parametrize(("count", "missing"), [(8, 12), (19, 1), (20, 0)])
def test_the_matrix_needs_twenty_projects(count: int, missing: int) -> None:
    found = view(count)
    assert found.matrix.empty is bool(missing)
    assert len(found.pairs) == (0 if missing else 45)
    assert found.matrix_words.endswith(f"nog {missing} nodig.") is bool(missing)


def test_only_projects_with_all_factors_count_for_the_matrix() -> None:
    rows = {i: a_row(i) for i in range(1, 21)}
    rows[20] = "-" + rows[20][1:]
    found = view(20, rows)
    assert found.projects == 19
    assert found.matrix.empty
    assert pair(found, FIRST, SECOND).words.startswith("Rangcorrelatie")
    assert "over 19 projecten" in pair(found, FIRST, SECOND).words
    assert "over 20 projecten" in pair(found, NHS.factors[2], SECOND).words


def test_every_pair_is_the_rank_correlation_of_the_two_columns() -> None:
    found = view(24)
    for row, (a, b) in zip(
        found.pairs.to_dict("records"),
        [(a, b) for i, a in enumerate(NHS.factors) for b in NHS.factors[i + 1 :]],
        strict=True,
    ):
        expected = spearman(found.percents[a.id].tolist(), found.percents[b.id].tolist())
        assert expected is not None
        assert (row["first"], row["second"]) == (a.name, b.name)
        assert row["rho"] == pytest.approx(expected.rho, abs=0.00501)
        assert row["low"] == pytest.approx(expected.low, abs=0.00501)
        assert row["n"] == 24


def test_a_factor_that_never_varies_has_no_number() -> None:
    rows = {i: "b" + a_row(i)[1:] for i in range(1, 25)}
    found = view(24, rows)
    assert found.pairs["rho"].iloc[0] != found.pairs["rho"].iloc[0]
    assert found.pairs["said"].iloc[0] == "niet te berekenen, n = 24"
    assert "niet te berekenen" in pair(found, FIRST, SECOND).words


def test_the_note_warns_of_forty_five_comparisons_and_names_the_method() -> None:
    note = view(20).matrix_note
    for words in ("45 vergelijkingen", "n = 20 projecten", "Bonett en Wright", "geen oorzaak"):
        assert words in note
    assert "punten van Borgingsscan 2010-nl-1" in note


def test_the_words_of_a_pair() -> None:
    clear = pair_words(rank_interval(0.5, 28), FIRST, SECOND, 28)
    assert clear == (
        "Rangcorrelatie 0,50 over 28 projecten, 95\u00a0%-interval 0,13 tot 0,75. Waar ‘Voordelen "
        "naast betere zorg’ hoger scoort, scoort ‘Geloofwaardigheid van de voordelen’ vaker hoger."
    )
    assert pair_words(rank_interval(-0.5, 28), FIRST, SECOND, 28).endswith("vaker lager.")
    assert "Het interval bevat 0" in pair_words(rank_interval(0.1, 28), FIRST, SECOND, 28)
    assert "niet te geven" in pair_words(rank_interval(1.0, 28), FIRST, SECOND, 28)
    assert "niet te berekenen" in pair_words(None, FIRST, SECOND, 28)


def test_a_factor_against_itself_says_so() -> None:
    found = pair(view(20), FIRST, FIRST)
    assert found.words == "Kies twee verschillende factoren."
    assert found.points.empty


def test_projects_on_one_place_are_one_mark_that_names_them() -> None:
    rows = dict.fromkeys(range(1, 8), "aa" + "b" * 8) | {8: "dd" + "b" * 8}
    points = pair(view(8, rows), FIRST, SECOND).points
    assert points["n"].tolist() == [1, 7]
    assert points["codes"].tolist() == ["P08", "P01, P02, P03, P04, P05 en 2 meer"]
