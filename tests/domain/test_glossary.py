"""The glossary says of every term what the code says, and names nothing that is not there."""

from __future__ import annotations

import re

from borging.domain import terms
from borging.settings import ROOT

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in GLOSSARY.splitlines()
    if line.startswith("|") and "---" not in line and "on the screen" not in line
]
VOCABULARIES = [
    each
    for each in vars(terms).values()
    if isinstance(each, type) and issubclass(each, terms.Term) and each is not terms.Term
]


def test_every_term_is_there_with_the_word_of_the_screen() -> None:
    wanted = {
        (f"`{vocabulary.__name__}.{member.name}`", member.label)
        for vocabulary in VOCABULARIES
        for member in vocabulary
    }
    found = {(identifier, word) for word, identifier, _meaning in ROWS if "." in identifier}
    assert len(wanted) > 50
    assert found == wanted


def test_every_identifier_exists_in_the_code() -> None:
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "borging").rglob("*.py"))
    named = {name for _word, cell, _meaning in ROWS for name in re.findall(r"`(\w+)`", cell)}
    assert len(named) > 25
    assert {name for name in named if not re.search(rf"\b{name}\b", code)} == set()


def test_every_row_has_a_meaning() -> None:
    assert [row for row in ROWS if len(row) != 3 or not row[2]] == []
