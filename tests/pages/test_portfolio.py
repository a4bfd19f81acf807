"""The table of the portfolio: coloured while it is short, quick when it is long."""

from __future__ import annotations

from borging.ui.portfolio.parts import HEADINGS, IN_THE_TABLE
from tests.pages.conftest import Visit


def test_the_koers_is_coloured_in_a_short_table(visit: Visit, example_url: str) -> None:
    assert "color:" in visit("portfolio", example_url).dataframe[0].proto.arrow_data.styler.styles


def test_a_day_in_the_past_says_what_does_not_go_back(visit: Visit, example_url: str) -> None:
    said = "staan hier zoals ze nu zijn, niet zoals op die dag."

    def shown(**query: str) -> str:
        return " ".join(each.value for each in visit("portfolio", example_url, **query).markdown)

    assert said in shown(peildatum="2026-06-01")
    assert said not in shown()
    assert said not in shown(peildatum="2027-06-01")


def test_the_file_says_which_decision_is_asked_until_when() -> None:
    file_only = set(HEADINGS) - set(IN_THE_TABLE)
    assert {"decision", "decision_before"} <= file_only
    assert HEADINGS["decision_before"] == "Besluit uiterlijk"


def test_a_long_table_says_the_koers_without_colour(visit: Visit, large_url: str) -> None:
    table = visit("portfolio", large_url).dataframe[0]
    assert table.proto.arrow_data.styler.styles == ""
    assert len(table.value) == 1000
    assert set(table.value["course_words"]) >= {"■ besluit nodig", "▲ aandacht", "● op koers"}


def test_the_spread_of_the_scores_is_drawn_for_who_opens_it(visit: Visit, example_url: str) -> None:
    said = "Hoe zijn de projecten verdeeld over de scores?"
    closed = visit("portfolio", example_url)
    opened = visit("portfolio", example_url, verdeling="true")
    for app, charts in ((closed, 4), (opened, 5)):
        assert said in [each.value for each in app.header]
        assert len(app.get("plotly_chart")) == charts


def test_hard_against_soft_stands_beside_its_numbers(visit: Visit, example_url: str) -> None:
    closed = visit("portfolio", example_url)
    assert "Houden afspraken en draagvlak gelijke tred?" in [each.value for each in closed.header]
    said = " ".join(each.value for each in closed.markdown)
    assert "vijftien vragen niet ingevuld bij" in said
    opened = visit("portfolio", example_url, vragen_en_scan="true")
    table = next(each.value for each in opened.dataframe if "hard" in each.value)
    assert "niet ingevuld" in set(table["hard"])
    assert table["hard"].str.contains(" ja").any()
