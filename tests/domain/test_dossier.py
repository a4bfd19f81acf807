"""The definitions of the dossier, and what people may write in a field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from borging.domain.definition import InstrumentError
from borging.domain.dossier import (
    Choice,
    Field,
    FieldType,
    ListDefinition,
    all_lists,
    load_parts,
)
from borging.domain.dossier_values import checked, from_json, to_json
from borging.settings import DATA

PARTS = load_parts(DATA / "dossier")
LISTS = all_lists(PARTS)


def definition(*fields: Field) -> ListDefinition:
    return ListDefinition(
        "list", "Lijst", "regel", "regels", "Voeg toe.", "", "bron", "eigen keuze", False, fields
    )


def problems(field: Field, value: Any, *known: Any) -> list[str]:
    return checked(definition(field), {field.id: value}, {field.id: known})[1]


def test_every_list_has_a_key_of_its_own_over_all_parts() -> None:
    assert len(LISTS) == sum(len(part.lists) for part in PARTS)
    assert len({part.key for part in PARTS}) == len({part.order for part in PARTS}) == len(PARTS)


@pytest.mark.parametrize("key", LISTS)
def test_a_list_refers_to_lists_that_are_there_and_can_be_named(key: str) -> None:
    for field in LISTS[key].fields:
        if field.type == FieldType.ITEM:
            assert field.of in LISTS
        if field.type == FieldType.CHOICE:
            assert len(field.choices) > 1
    assert LISTS[key].fields[0].required or LISTS[key].single
    assert LISTS[key].add.endswith(".")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.0, []),
        (-0.5, ["‘Aantal’ is minder dan 0"]),
        (10.0, []),
        (10.5, ["‘Aantal’ is meer dan 10"]),
        (float("nan"), ["‘Aantal’ is geen getal; schrijf bijvoorbeeld 12 of 0,5"]),
        (None, []),
    ],
)
def test_a_number_stays_within_its_bounds(value: float | None, said: list[str]) -> None:
    assert problems(Field("n", "Aantal", FieldType.NUMBER, least=0, most=10), value) == said


def test_a_whole_number_has_no_decimals() -> None:
    field = Field("n", "Aantal", FieldType.NUMBER, whole=True)
    assert problems(field, 3.0) == []
    assert problems(field, 3.5) == ["‘Aantal’ is geen heel getal"]


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        (date(1949, 12, 31), True),
        (date(1950, 1, 1), False),
        (date(2199, 12, 31), False),
        (date(2200, 1, 1), True),
    ],
)
def test_a_day_lies_in_the_years_of_a_project(value: date, wrong: bool) -> None:
    assert bool(problems(Field("d", "Dag", FieldType.DAY), value)) is wrong


def test_a_text_fits_and_a_required_one_is_not_blank() -> None:
    field = Field("t", "Wie", FieldType.TEXT, required=True)
    assert problems(field, "x" * 200) == []
    assert problems(field, "x" * 201) == ["‘Wie’ is langer dan 200 tekens; kort het in"]
    assert problems(field, "  ") == ["vul ‘Wie’ in"]


@pytest.mark.parametrize(
    ("done", "looked", "said"),
    [
        (9.0, 10.0, []),
        (10.0, 10.0, []),
        (11.0, 10.0, ["‘Gedaan’ (11) is meer dan ‘Gekeken’ (10)"]),
        (11.0, None, []),
        (None, 10.0, []),
    ],
)
def test_a_number_is_not_above_another(
    done: float | None, looked: float | None, said: list[str]
) -> None:
    made = definition(
        Field("done", "Gedaan", FieldType.NUMBER, not_above="looked"),
        Field("looked", "Gekeken", FieldType.NUMBER),
    )
    assert checked(made, {"done": done, "looked": looked}, {})[1] == said


@pytest.mark.parametrize(
    ("stopped", "said"),
    [
        (date(2026, 12, 27), ["‘Gestopt’ (27-12-2026) ligt vóór ‘Begonnen’ (28-12-2026)"]),
        (date(2026, 12, 28), []),
        (date(2026, 12, 29), []),
        (None, []),
    ],
)
def test_a_day_is_not_before_another(stopped: date | None, said: list[str]) -> None:
    made = definition(
        Field("begun", "Begonnen", FieldType.DAY),
        Field("stopped", "Gestopt", FieldType.DAY, not_before="begun"),
    )
    values = {"begun": date(2026, 12, 28), "stopped": stopped}
    assert checked(made, values, {})[1] == said


def test_a_choice_and_a_reference_name_what_is_there() -> None:
    choice = Field("c", "Houding", FieldType.CHOICE, choices=(Choice("a", "voor"),))
    assert problems(choice, "a") == []
    assert problems(choice, "b") == ["‘Houding’ is ‘b’; kies uit voor"]
    person = Field("p", "Wie", FieldType.PERSON)
    assert problems(person, 7, 7, 8) == []
    assert "verwijst naar iets dat er niet (meer) is" in problems(person, 9, 7, 8)[0]


def test_what_is_not_filled_in_comes_back_as_nothing() -> None:
    made = definition(
        Field("t", "Tekst", FieldType.TEXT),
        Field("n", "Aantal", FieldType.NUMBER),
        Field("d", "Dag", FieldType.DAY),
        Field("f", "Ja?", FieldType.FLAG),
    )
    full = {"t": "één regel", "n": 0.0, "d": date(2026, 12, 28), "f": False}
    assert from_json(made, to_json(full)) == full
    assert from_json(made, to_json(dict.fromkeys(full))) == dict.fromkeys(full)
    assert from_json(made, {"n": 1, "gone": "x"}) == {"t": None, "n": 1.0, "d": None, "f": None}


HEAD = (
    'key = "deel"\ntitle = "Deel"\nquestion = "Wat?"\norder = 1\n'
    '[[lists]]\nkey = "een"\ntitle = "Een"\none = "een"\nmany = "enen"\nadd = "Doe."\n'
    'help = "Hulp."\nsource = "bron"\nstatus = "eigen keuze"\n'
    '[[lists.fields]]\nid = "a"\nlabel = "A"\n'
)


@pytest.mark.parametrize("bound", ['not_above = "b"', 'not_before = "a"', 'not_above = "c"'])
def test_a_field_is_bounded_by_its_like(tmp_path: Path, bound: str) -> None:
    other = '[[lists.fields]]\nid = "b"\nlabel = "B"\ntype = "datum"\n'
    text = f'{HEAD}type = "getal"\n{bound}\n{other}'
    (tmp_path / "deel.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InstrumentError, match="noem een ander veld van dat type"):
        load_parts(tmp_path)


def test_a_definition_that_is_wrong_says_where(tmp_path: Path) -> None:
    (tmp_path / "deel.toml").write_text(f'{HEAD}type = "teks"\n', encoding="utf-8")
    with pytest.raises(InstrumentError) as refused:
        load_parts(tmp_path)
    assert "deel.toml, lijst 1, veld 1: ‘type’ is ‘teks’; kies uit" in str(refused.value)


@pytest.mark.parametrize(
    ("value", "right"), [(1999.0, False), (2000.0, True), (2199.0, True), (2200.0, False)]
)
def test_a_year_is_a_year(value: float, right: bool) -> None:
    year = LISTS["running_cost"].by_id["year"]
    assert (problems(year, value) == []) == right


def test_a_list_names_only_lists_that_come_before_it(tmp_path: Path) -> None:
    (tmp_path / "deel.toml").write_text(f'{HEAD}type = "regel"\nof = "zelf"\n', encoding="utf-8")
    with pytest.raises(InstrumentError, match="noem een lijst die eerder op de bladzijde staat"):
        load_parts(tmp_path)


def test_a_file_knows_an_item_by_fields_that_are_required() -> None:
    a, b, c = (Field(name, name, FieldType.TEXT, required=name != "c") for name in "abc")
    assert definition(a, b, c).key_fields == (a, b)
    assert replace(definition(a, b, c), known_by=("b",)).key_fields == (b,)
    assert replace(definition(a, b, c), single=True).key_fields == ()


def test_known_by_names_required_fields(tmp_path: Path) -> None:
    text = HEAD.replace("[[lists.fields]]", 'known_by = ["name", "date"]\n[[lists.fields]]', 1)
    (tmp_path / "deel.toml").write_text(f'{text}type = "tekst"\n', encoding="utf-8")
    with pytest.raises(InstrumentError, match="‘known_by’ noemt ‘name’; noem velden"):
        load_parts(tmp_path)


@pytest.mark.parametrize(
    ("kind", "word", "fine"),
    [("datum", "vandaag", True), ("datum", "dit jaar", False), ("persoon", "eigenaar", True)],
)
def test_what_a_new_item_begins_with_fits_the_type(
    tmp_path: Path, kind: str, word: str, fine: bool
) -> None:
    text = (DATA / "dossier" / "stakeholders.toml").read_text()
    text += f'\n[[lists.fields]]\nid = "x"\nlabel = "X"\ntype = "{kind}"\ndefault = "{word}"\n'
    (tmp_path / "een.toml").write_text(text)
    if fine:
        (part,) = load_parts(tmp_path)
        assert part.lists[0].by_id["x"].default == word
    else:
        with pytest.raises(InstrumentError, match="default"):
            load_parts(tmp_path)
