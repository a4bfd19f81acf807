"""Definitions as files: those that ship, those an organisation writes, and those with mistakes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from borging.domain.instruments import (
    Instrument,
    InstrumentError,
    faults,
    find_instrument,
    instruments,
    load_definition,
    load_instrument,
)
from borging.domain.questionnaires import Kind, Questionnaire
from borging.settings import DATA, ROOT

SHIPPED = DATA / "instruments"
SCAN = """\
key = "eigen"
version = "1"
title = "Eigen scan"
source = "Werkgroep borging"
unit_of_analysis = "één project"

[threshold]
points = 6
text = "is genoeg om los te laten"
caveat = "eigen afspraak, niet onderzocht"
status = "eigen keuze"

[[domains]]
id = "mensen"
name = "Mensen"

[[factors]]
id = "tijd"
domain = "mensen"
name = "Tijd in het rooster"
short = "Tijd"
question = "Staat er tijd voor in het rooster?"
[[factors.levels]]
letter = "a"
points = 10
status = "eigen keuze"
heading = "Ja"
text = "Er is elke week tijd."
[[factors.levels]]
letter = "b"
points = 2.5
status = "eigen keuze"
heading = "Nee"
text = "Het moet erbij."
"""
LIST = """\
kind = "schaal"
key = "eigen"
version = "1"
title = "Eigen lijst"
source = "Werkgroep borging"
unit_of_analysis = "één project"
instruction = "Geef een cijfer."

[[choices]]
id = "1"
label = "laag"
[[choices]]
id = "2"
label = "hoog"

[[questions]]
id = "rust"
name = "Rust"
question = "Geeft het rust?"
lowest = "onrust"
highest = "rust"
status = "eigen keuze"
"""
FACTOR = SCAN[SCAN.index("[[factors]]") :]
QUESTION = LIST[LIST.index("[[questions]]") :]
HIGHEST_LEVEL = SCAN[SCAN.index("[[factors.levels]]") : SCAN.rindex("[[factors.levels]]")]
LOWEST_LEVEL = SCAN[SCAN.rindex("[[factors.levels]]") :]


def written(folder: Path, content: str | bytes, name: str = "eigen.toml") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    load_definition.cache_clear()
    return path


def problems(folder: Path, content: str | bytes, name: str = "eigen.toml") -> tuple[str, ...]:
    with pytest.raises(InstrumentError) as caught:
        load_definition(written(folder, content, name))
    assert str(caught.value) == "\n".join(caught.value.problems)
    return caught.value.problems


def test_three_definitions_ship_each_with_its_kind() -> None:
    assert [(found.key, found.kind) for found in instruments([SHIPPED])] == [
        ("kenmerken-van-de-verandering", Kind.RATING),
        ("nhs-borgingsscan", Kind.SCAN),
        ("vijftien-harde-vragen", Kind.CHECKLIST),
    ]
    assert faults([SHIPPED]) == []


def test_the_fifteen_questions_have_one_choice_that_does_not_count() -> None:
    found = load_definition(SHIPPED / "vijftien-harde-vragen.toml")
    assert isinstance(found, Questionnaire)
    assert len(found.questions) == 15
    assert [choice.label for choice in found.choices] == ["ja", "deels", "nee", "n.v.t."]
    assert [choice.id for choice in found.choices if not choice.counts] == ["nvt"]
    assert found.question("handover_date").name == "Datum van overdracht"


@pytest.mark.parametrize(
    ("number", "question_id", "words"),
    [
        (7, "actions_and_decisions", ("acties en besluiten", "nog nodig", "voor de overdracht?")),
        (9, "documentation", ("alle documentatie", "voor de overdracht?")),
        (14, "residual_items", ("Zijn de restpunten belegd?",)),
        (15, "evaluation", ("evaluatie en/of effectmeting", "korte, middellange en/of lange")),
    ],
)
def test_a_question_asks_what_was_published_no_more_and_no_less(
    number: int, question_id: str, words: tuple[str, ...]
) -> None:
    found = load_definition(SHIPPED / "vijftien-harde-vragen.toml")
    assert isinstance(found, Questionnaire)
    question = found.questions[number - 1]
    assert question.id == question_id
    assert [each for each in words if each not in question.question] == []


def test_every_question_was_compared_with_the_published_list() -> None:
    found = load_definition(SHIPPED / "vijftien-harde-vragen.toml")
    assert isinstance(found, Questionnaire)
    assert {each.status for each in found.questions} == {"gezien"}


def test_the_heading_of_a_level_counts_the_benefits_as_its_text_does() -> None:
    level = load_instrument(SHIPPED / "nhs-borgingsscan.toml").factors[0].levels[2]
    assert level.letter == "c"
    assert level.heading == "Op één of twee vlakken"
    assert level.text == "Er zijn een of twee voordelen buiten de zorg zelf."


def test_the_border_says_whose_it_is_and_that_it_was_not_tested_here() -> None:
    scan = load_instrument(SHIPPED / "nhs-borgingsscan.toml")
    assert (scan.threshold.points, scan.threshold.status) == (55, "gezien")
    assert "de grens is gepubliceerd, deze woorden zijn van onszelf" in scan.threshold.caveat
    assert "in Nederland niet getoetst" in scan.threshold.caveat
    assert "NHS Sustainability Model" in scan.source


def test_the_five_traits_run_from_1_to_5_and_name_both_ends() -> None:
    found = load_definition(SHIPPED / "kenmerken-van-de-verandering.toml")
    assert isinstance(found, Questionnaire)
    assert [choice.id for choice in found.choices] == ["1", "2", "3", "4", "5"]
    assert len(found.questions) == 5
    assert all(question.lowest and question.highest for question in found.questions)


def test_a_list_of_questions_is_no_scan() -> None:
    with pytest.raises(InstrumentError, match="een checklist en geen scan"):
        load_instrument(SHIPPED / "vijftien-harde-vragen.toml")


def test_an_own_scan_is_read_with_its_numbers(tmp_path: Path) -> None:
    found = load_instrument(written(tmp_path, SCAN))
    assert (found.key, found.kind, found.unit_of_analysis) == ("eigen", Kind.SCAN, "één project")
    assert (found.letters, found.maximum, found.threshold.points) == (("a", "b"), 10.0, 6.0)
    assert found.factor("tijd").points == {"a": 10.0, "b": 2.5}


def test_suggested_actions_may_be_there_or_not(tmp_path: Path) -> None:
    assert load_instrument(written(tmp_path, SCAN)).factors[0].follow_ups == ()
    most = "x" * 90
    own = SCAN.replace("short =", f'follow_ups = ["Plan  een uur", "{most}"]\nshort =', 1)
    found = load_instrument(written(tmp_path, own.replace('"eigen"', '"twee"', 1), "twee.toml"))
    assert found.factors[0].follow_ups == ("Plan een uur", most)


def test_every_factor_of_the_scan_comes_with_a_few_actions() -> None:
    nhs = load_instrument(SHIPPED / "nhs-borgingsscan.toml")
    assert {len(factor.follow_ups) for factor in nhs.factors} <= {3, 4}
    every = [words for factor in nhs.factors for words in factor.follow_ups]
    assert len(set(every)) == len(every)


def test_a_file_from_notepad_is_read(tmp_path: Path) -> None:
    notepad = SCAN.replace("\n", "\r\n").encode("utf-8-sig")
    assert load_instrument(written(tmp_path, notepad)).title == "Eigen scan"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('title = "Eigen scan"\n', "", "eigen.toml: het veld ‘title’ ontbreekt; voeg het toe."),
        ('"Eigen scan"', '" "', "eigen.toml: ‘title’ is leeg; vul een tekst in."),
        ('"Eigen scan"', "3", "eigen.toml: ‘title’ moet een tekst zijn"),
        ('"Eigen scan"', '"a\\u0007b"', "eigen.toml: ‘title’ bevat een onzichtbaar stuurteken"),
        ('"Eigen scan"', f'"{"x" * 501}"', "eigen.toml: ‘title’ is langer dan 500 tekens"),
        (
            '"Eigen scan"',
            '"Eigen scan"\nkleur = "rood"',
            "eigen.toml: het veld ‘kleur’ is onbekend",
        ),
        (
            'key = "eigen"',
            'key = "Eigen scan"',
            "eigen.toml: ‘key’ is ‘Eigen scan’; gebruik alleen",
        ),
        ('key = "eigen"', 'key = "ander"', "noem het bestand ander.toml of pas ‘key’ aan."),
        (
            'key = "eigen"',
            'key = "eigen"\nkind = "toets"',
            "kies uit ‘scan’, ‘checklist’, ‘schaal’.",
        ),
        (
            "points = 6",
            "points = 10.5",
            "de grens in [threshold] is 10.5 maar het hoogste totaal is",
        ),
        ("points = 6", "points = -1", "eigen.toml, threshold: ‘points’ moet tussen 0 en 1000"),
        ("[threshold]", "[drempel]", "eigen.toml: het veld ‘threshold’ ontbreekt"),
        ("[threshold]", "[[threshold]]", "eigen.toml: ‘threshold’ moet een tabel zijn"),
        (
            'caveat = "eigen afspraak, niet onderzocht"\n',
            "",
            "threshold: het veld ‘caveat’ ontbreekt",
        ),
        (
            'niet onderzocht"\nstatus = "eigen keuze"',
            'niet onderzocht"\nstatus = "gegokt"',
            "eigen.toml, threshold: ‘status’ is ‘gegokt’; kies uit ‘gezien’, ‘afgeleid’, "
            "‘uit geheugen’, ‘eigen keuze’.",
        ),
        ('domain = "mensen"', 'domain = "elders"', "factor 1: het onbekende domein ‘elders’"),
        (
            '[[domains]]\nid = "mensen"\nname = "Mensen"',
            '[[domains]]\nid = "mensen"\nname = "Mensen"\n[[domains]]\nid = "mensen"\nname = "x"',
            "twee domeinen hebben de id ‘mensen’",
        ),
        (FACTOR, FACTOR + FACTOR, "twee factoren hebben de id ‘tijd’; geef elke factor"),
        (FACTOR, "", "eigen.toml: het veld ‘factors’ ontbreekt"),
        (FACTOR, "[factors]\n", "eigen.toml: ‘factors’ moet een lijst tabellen zijn"),
        (HIGHEST_LEVEL + LOWEST_LEVEL, "", "eigen.toml, factor 1: het veld ‘levels’ ontbreekt"),
        (HIGHEST_LEVEL + LOWEST_LEVEL, "levels = []", "factor 1: ‘levels’ moet een lijst tabellen"),
        (LOWEST_LEVEL, "", "factor 1: de letters van de niveaus zijn ‘a’; gebruik 2 tot en met 4"),
        ('letter = "b"', 'letter = "a"', "factor 1: de letters van de niveaus zijn ‘a, a’"),
        ('letter = "b"', 'letter = "c"', "factor 1: de letters van de niveaus zijn ‘a, c’"),
        ("points = 2.5", "points = 11", "factor 1: de punten lopen niet af van het beste naar"),
        ("points = 2.5", "points = 10", "factor 1: het beste niveau heeft evenveel punten"),
        ("points = 2.5", 'points = "2,5"', "factor 1, niveau 2: ‘points’ moet een getal zijn"),
        ("points = 2.5", "points = true", "factor 1, niveau 2: ‘points’ moet een getal zijn"),
        ("points = 2.5", "points = nan", "factor 1, niveau 2: ‘points’ moet tussen 0 en 1000"),
        ("points = 2.5", "", "factor 1, niveau 2: het veld ‘points’ ontbreekt"),
        ('text = "Het moet erbij."', 'text = ""', "factor 1, niveau 2: ‘text’ is leeg"),
        ("short =", 'follow_ups = "x"\nshort =', "factor 1: ‘follow_ups’ moet een lijst teksten"),
        ("short =", "follow_ups = [1]\nshort =", "factor 1: ‘follow_ups’ moet een lijst teksten"),
        ("short =", 'follow_ups = [" "]\nshort =', "factor 1: ‘follow_ups’ bevat een lege tekst"),
        (
            "short =",
            'follow_ups = ["a\\u0007b"]\nshort =',
            "factor 1: ‘follow_ups’ bevat een onzichtbaar stuurteken",
        ),
        (
            "short =",
            f'follow_ups = ["{"x" * 91}"]\nshort =',
            "in ‘follow_ups’ is langer dan 90 tekens; kort in.",
        ),
        (
            "short =",
            'follow_ups = ["Doe het", "Doe  het"]\nshort =',
            "factor 1: ‘Doe het’ staat twee keer in ‘follow_ups’",
        ),
        ('title = "Eigen scan"', "title = Eigen scan", "eigen.toml, regel 3, teken 9: dit is geen"),
        ('version = "1"', 'key = "eigen"', "eigen.toml, regel 2, teken 14: dit veld of deze tabel"),
        (
            'text = "Het moet erbij."',
            "text = [",
            "eigen.toml, aan het einde: dit is geen geldig TOML",
        ),
    ],
)
def test_a_mistake_in_a_scan_is_named_with_its_place(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    assert old in SCAN
    found = problems(tmp_path, SCAN.replace(old, new, 1))
    assert any(sentence in each for each in found), found
    assert all(each.startswith("eigen.toml") and each.endswith(".") for each in found)


def test_all_factors_have_the_same_number_of_levels(tmp_path: Path) -> None:
    third = LOWEST_LEVEL.replace('"b"', '"c"').replace("2.5", "1")
    content = SCAN + FACTOR.replace('id = "tijd"', 'id = "ruimte"') + third
    [problem] = problems(tmp_path, content)
    assert problem.startswith("eigen.toml: niet elke factor heeft evenveel niveaus")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('instruction = "Geef een cijfer."\n', "", "eigen.toml: het veld ‘instruction’ ontbreekt"),
        ('id = "2"', 'id = "1"', "twee keuzes hebben de id ‘1’"),
        ('id = "2"', 'id = "3"', "de keuzes van een schaal heten 1, 2, van laag naar hoog; hier"),
        (
            'label = "hoog"',
            'label = "hoog"\ncounts = false',
            "minder dan twee keuzes die meetellen",
        ),
        (
            'label = "hoog"',
            'label = "hoog"\ncounts = "nee"',
            "keuze 2: ‘counts’ moet true of false",
        ),
        ('highest = "rust"', "", "vraag 1: het veld ‘highest’ ontbreekt"),
        (QUESTION, QUESTION + QUESTION, "twee vragen hebben de id ‘rust’"),
        ('kind = "schaal"', 'kind = "checklist"', "vraag 1: het veld ‘lowest’ is onbekend"),
    ],
)
def test_a_mistake_in_a_list_is_named_with_its_place(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    assert load_definition(written(tmp_path, LIST)).kind == Kind.RATING
    assert old in LIST
    found = problems(tmp_path, LIST.replace(old, new, 1))
    assert any(sentence in each for each in found), found


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    content = SCAN.replace('title = "Eigen scan"\n', "").replace("points = 2.5", "points = 11")
    assert len(problems(tmp_path, content)) == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'key = "a"\ntitle = "caf\xe9"', "eigen.toml, regel 2: dit is geen UTF-8."),
        (SCAN.encode("utf-16"), "eigen.toml, regel 1: dit is geen UTF-8."),
        (b"", "eigen.toml: het veld ‘key’ ontbreekt"),
        (b"x = " + b"9" * 5000, "een getal of een lijst is te groot"),
        (b"x = " + b"[" * 100_000, "een getal of een lijst is te groot"),
        (b"#" * 1_000_001, "is groter dan 1 MB"),
    ],
    ids=["cp1252", "utf-16", "empty", "long number", "deep list", "large"],
)
def test_what_is_no_definition_at_all_is_refused(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    assert sentence in problems(tmp_path, content)[0]


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InstrumentError, match="kan niet worden geopend; het bestand bestaat niet"):
        load_definition(tmp_path / "weg.toml")
    with pytest.raises(InstrumentError, match="het is geen leesbaar bestand"):
        load_definition(tmp_path)


def test_own_definitions_stand_beside_the_shipped_ones(tmp_path: Path) -> None:
    written(tmp_path, SCAN)
    written(tmp_path, "key = 3", "kapot.toml")
    shutil.copy(SHIPPED / "nhs-borgingsscan.toml", tmp_path)
    folders = [SHIPPED, tmp_path, tmp_path / "is-er-niet"]
    assert [found.key for found in instruments(folders)][3:] == ["eigen"]
    broken, taken = faults(folders)
    assert broken.problems[0].startswith("kapot.toml: ‘key’ moet een tekst zijn")
    assert "‘nhs-borgingsscan’ is al in gebruik door" in str(taken)


def test_the_example_in_the_recipe_is_a_whole_definition(tmp_path: Path) -> None:
    recipe = (ROOT / "docs" / "recipes" / "eigen-instrument.md").read_text(encoding="utf-8")
    [example] = re.findall(r"^```toml\n(.*?)^```", recipe, re.DOTALL | re.MULTILINE)
    found = find_instrument(
        "tijd-en-ruimte", [written(tmp_path, example, "tijd-en-ruimte.toml").parent]
    )
    assert (found.maximum, found.letters) == (18.0, ("a", "b", "c"))


def test_a_scan_is_found_by_its_key(tmp_path: Path) -> None:
    written(tmp_path, SCAN)
    written(tmp_path, "key = 3", "kapot.toml")
    assert find_instrument("eigen", [SHIPPED, tmp_path]).title == "Eigen scan"
    with pytest.raises(InstrumentError, match="De scans zijn: nhs-borgingsscan, eigen"):
        find_instrument("../eigen", [SHIPPED, tmp_path])
    with pytest.raises(InstrumentError, match="‘key’ moet een tekst zijn"):
        find_instrument("kapot", [SHIPPED, tmp_path])


VALUES = st.sampled_from(
    [
        *('""', '" "', '"a"', '"\\u0000"', "true", "0", "-1", "1e400", "inf", "nan", "9" * 400),
        *("[]", "[[]]", "[1]", "[{}]", "{}", "{ id = 1 }", "1979-05-27", "07:32:00", "'''\nx'''"),
    ]
)


@st.composite
def spoiled(draw: st.DrawFn) -> str:
    """A valid definition of which lines were removed, doubled, moved or given another value."""
    lines = draw(st.sampled_from([SCAN, LIST])).splitlines()
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(lines) - 1))
        line = lines[place]
        change = draw(st.sampled_from(["remove", "double", "move", "value", "head"]))
        if change in ("remove", "move") and len(lines) > 1:
            del lines[place]
        if change in ("double", "move"):
            lines.insert(draw(st.integers(0, len(lines))), line)
        elif change == "value":
            lines[place] = f"{line.split('=')[0]}= {draw(VALUES)}"
        elif change == "head":
            lines[place] = draw(
                st.sampled_from(["[factors]", "[[threshold]]", "[[choices]]", "[a"])
            )
    return "\n".join(lines)


@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.one_of(spoiled(), st.text(max_size=80), st.binary(max_size=80)))
def test_any_file_is_a_whole_definition_or_refused_in_sentences(
    tmp_path: Path, content: str | bytes
) -> None:
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    written(tmp_path, data)
    for found in instruments([tmp_path]):
        assert found.key == "eigen"
        if isinstance(found, Instrument):
            assert found.maximum > 0
            assert all(factor.domain in found.domains for factor in found.factors)
        else:
            assert found.questions
    refused = faults([tmp_path])
    assert len(refused) + len(instruments([tmp_path])) == 1
    for problem in (each for error in refused for each in error.problems):
        assert problem.startswith("eigen.toml")
        assert problem.endswith(".")
