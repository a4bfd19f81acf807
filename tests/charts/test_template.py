"""Words of people in charts: shown as they are, on one line, and not too long."""

from __future__ import annotations

import pytest

from borging.charts.template import Look, as_written, blank, write


@pytest.mark.parametrize(
    ("typed", "most", "drawn"),
    [
        (
            "<b>vet</b> & <a href='x'>y</a>",
            None,
            "&lt;b&gt;vet&lt;/b&gt; &amp; &lt;a href='x'&gt;y&lt;/a&gt;",
        ),
        ("een\ntwee\t drie", None, "een twee drie"),
        ("Valpreventie", 12, "Valpreventie"),
        ("Valpreventie 2", 12, "Valpreventi…"),
        ("<<<<", 3, "&lt;&lt;…"),
    ],
)
def test_tags_are_drawn_and_cutting_counts_what_is_seen(
    typed: str, most: int | None, drawn: str
) -> None:
    assert as_written(typed, most) == drawn


def test_the_layout_of_a_chart_lies_over_that_of_the_house() -> None:
    axis = blank(Look(), 100, xaxis={"title": {"text": "weken"}, "tickangle": -90}).layout.xaxis
    assert (axis.title.text, axis.title.font.size) == ("weken", 13)
    assert (axis.tickangle, axis.zeroline) == (-90, False)


def test_a_blank_chart_carries_no_template() -> None:
    assert "template" not in blank(Look(), 100).to_plotly_json()["layout"]


def test_notes_come_after_those_that_are_there() -> None:
    figure = blank(Look(), 100)
    figure.add_annotation(text="een")
    write(figure, [{"text": "twee"}, {"text": "drie"}])
    assert [note.text for note in figure.layout.annotations] == ["een", "twee", "drie"]
