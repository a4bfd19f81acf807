from __future__ import annotations

from pathlib import Path

import pytest

from borging.exchange.lists.profile import load_profile, profile_names
from borging.exchange.lists.profile_table import ProfileError
from borging.exchange.reading import Row, Sheet
from borging.exchange.rows import find_headings

GOOD = """
title = "Lijst"
code_prefix = "L"
unit_kind = "team"
[key]
columns = ["Nummer"]
fold = "trim"
[fields]
title = "Naam"
"""


def load(folder: Path, text: str) -> None:
    (folder / "lijst.toml").write_text(text, encoding="utf-8")
    load_profile("lijst", folder)


def test_the_profiles_that_come_along_are_valid() -> None:
    assert profile_names() == ["esf", "gmpp", "structuurfondsen"]
    for name in profile_names():
        assert load_profile(name).headings


def test_a_good_profile_is_read(tmp_path: Path) -> None:
    load(tmp_path, GOOD)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GOOD.replace('title = "Lijst"\n', ""), "'title' ontbreekt"),
        (GOOD.replace('"Lijst"', "3"), "'title' moet een tekst zijn"),
        (GOOD.replace('"Lijst"', '" "'), "'title' is leeg"),
        (GOOD.replace('"trim"', '"blij"'), "'trim', 'letters'"),
        (GOOD.replace('["Nummer"]', "[]"), "'columns'"),
        (GOOD.replace('"team"', '"afdeling"'), "'unit_kind' is 'afdeling'"),
        (GOOD + 'leider = "X"\n', "geen veld 'leider'"),
        ("kleur = 1\n" + GOOD, "geen veld 'kleur'"),
        (GOOD + "[[states]]\ncolumn='a'\nstate='weg'\n", "'state' is 'weg'"),
        (GOOD + "[[observations]]\nkind='budget'\ncolumn='a'\n", r"\[observed\]"),
        (GOOD + "[observed]\nmonth=3\n", "allebei"),
        (GOOD + "[observed]\ncolumn='j'\nmonth=2\nday_of_month=29\n", "bestaat niet"),
        (GOOD + "[observed]\ncolumn='j'\nmonth=13\nday_of_month=1\n", "tussen 1 en 12"),
        (GOOD + "[observed]\nday='gisteren'\n", "moet een datum zijn"),
        (GOOD + "[history]\nkolom='j'\n", "geen veld 'kolom'"),
        (
            GOOD + "[observed]\nday=2026-01-01\n[[observations]]\nkind='course'\ncolumn='a'\n",
            "alleen een koers",
        ),
        (
            GOOD + "[observed]\nday=2026-01-01\n[[observations]]\nkind='course'\ncolumn='a'\n"
            "words={Geel='yellow'}\n",
            "'yellow' is geen koers",
        ),
        ("title = ", "geen geldig TOML"),
    ],
)
def test_a_wrong_profile_says_in_dutch_what_is_wrong(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ProfileError, match=words):
        load(tmp_path, text)


def test_an_unknown_profile_names_the_known_ones() -> None:
    with pytest.raises(ProfileError, match="esf, gmpp, structuurfondsen"):
        load_profile("bestaat-niet")


def test_headings_match_whatever_their_blanks_line_ends_and_case() -> None:
    sheet = Sheet(
        None, (Row(1, ("Overzicht",)), Row(2, ("Naam  Project\n  PROJECT name", "Begin ")))
    )
    headings, missing = find_headings(sheet, ("Naam project Project Name", "begin"))
    assert missing == []
    assert headings is not None
    assert headings.row.number == 2
    assert find_headings(sheet, ("begin", "Einde"))[1] == ["Einde"]
