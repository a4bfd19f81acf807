"""Answers in a file: every way they may be written, and every way they may be wrong."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from borging.domain.instruments import load_instrument
from borging.domain.scoring import score
from borging.exchange.reading import UnreadableFileError
from borging.exchange.scan_form.answer_file import AnswerFileError, Answers, as_dict, read_answers
from borging.settings import DATA

NHS = load_instrument(DATA / "instruments" / "nhs-borgingsscan.toml")
HEAD = [f"f{number}" for number in range(1, 11)]
CHECK_CASE = ("babadbbaaa", "aabaabaaab", "dbbbaacaad", "bbacabcaab")


def text(*rows: list[str] | str, mark: str = ";") -> bytes:
    return "\n".join(mark.join(row) for row in rows).encode()


def read(data: bytes) -> list[Answers]:
    return read_answers(data, "a.csv", NHS)


def letters(answers: list[Answers]) -> list[str]:
    return ["".join(answer[factor.id] or "-" for factor in NHS.factors) for answer in answers]


def problems(data: bytes) -> list[tuple[str, str]]:
    with pytest.raises(AnswerFileError) as caught:
        read(data)
    return [(each.place, each.reason) for each in caught.value.problems]


@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_the_check_case_in_every_kind_of_text_file(mark: str) -> None:
    found = as_dict(score(NHS, read(text(HEAD, *CHECK_CASE, mark=mark))))
    assert list(found) == ["n", "total", "sd", "factors"]
    assert (found["n"], found["total"], found["sd"]) == (4, 71.0, 9.9)
    assert found["factors"][0] == {
        "id": "benefits",
        "mean": 4.475,
        "percent": 52.65,
        "distribution": {"a": 1, "b": 2, "c": 0, "d": 1},
        "spread": 3,
    }
    assert sum(factor["mean"] for factor in found["factors"]) == pytest.approx(71.0)


def test_what_stands_for_i_do_not_know_is_never_zero() -> None:
    row = ["", " ", "-", "–", "?", "Weet ik niet", "A", " b ", "C", "d"]
    answers = read(text(HEAD, row))
    assert letters(answers) == ["------abcd"]
    found = as_dict(score(NHS, answers))
    assert (found["n"], found["total"], found["sd"]) == (1, None, None)
    assert found["factors"][0] == {
        "id": "benefits",
        "mean": None,
        "percent": None,
        "distribution": {"a": 0, "b": 0, "c": 0, "d": 0},
        "spread": None,
    }


def test_a_blank_row_is_nobody_and_a_row_of_dashes_is_somebody() -> None:
    assert letters(read(text(HEAD, [""] * 10, "-" * 10, "a" * 10))) == ["-" * 10, "a" * 10]


def test_headings_without_answers_are_a_score_of_nobody() -> None:
    found = as_dict(score(NHS, read(text(HEAD))))
    assert (found["n"], found["total"]) == (0, None)


def test_names_of_factors_and_marks_of_excel_are_welcome() -> None:
    names = [f"{n}. {factor.short}" for n, factor in enumerate(NHS.factors, start=1)]
    data = b"\xef\xbb\xbfsep=;\r\n" + text([*names, "", ""], [*"abcdabcdab", "", ""])
    assert letters(read(data)) == ["abcdabcdab"]


def test_factors_in_another_order_are_refused() -> None:
    names = [factor.name for factor in NHS.factors]
    names[0], names[1] = names[1], names[0]
    assert problems(text(names, "a" * 10)) == [
        (
            "rij 1, kolom A",
            "hier hoort ‘Voordelen’ te staan en niet ‘Geloofwaardig’; zet de kolommen in de "
            "volgorde van het instrument.",
        ),
        (
            "rij 1, kolom B",
            "hier hoort ‘Geloofwaardig’ te staan en niet ‘Voordelen’; zet de kolommen in de "
            "volgorde van het instrument.",
        ),
    ]


def test_every_wrong_cell_is_named_with_its_row_and_column() -> None:
    found = problems(text(HEAD, "a" * 10, ["e", *"aaaaaaaa", "ab"], ["1", *"a" * 9]))
    assert [place for place, _ in found] == ["rij 3, kolom A", "rij 3, kolom J", "rij 4, kolom A"]
    assert found[1][1] == (
        "‘ab’ is geen antwoord op ‘Infrastructuur’; kies uit a, b, c, d, of laat de cel leeg "
        "voor ‘weet ik niet’."
    )


@pytest.mark.parametrize(
    ("data", "place", "reason"),
    [
        (text(*CHECK_CASE), "rij 1", "hier staan al antwoorden"),
        (text(["naam", *HEAD], ["Els", *"a" * 10]), "rij 1", "er zijn 11 kolommen, het moeten er"),
        (text(HEAD, [*"a" * 10, "Els"]), "rij 1", "er zijn 11 kolommen, het moeten er 10 zijn"),
        (text(HEAD[:9], "a" * 9), "rij 1", "er zijn 9 kolommen, het moeten er 10 zijn: Voordelen,"),
        (b"antwoord\nbabadbbaaa", "rij 1", "er is 1 kolom, het moeten er 10 zijn"),
        (text(HEAD, "a" * 7), "rij 2", "deze rij heeft 7 kolommen van de 10"),
        (b"sep=;\n", "bestand", "er staat geen rij met koppen."),
        (text(HEAD, ['"a', *"a" * 9]), "rij 2", "De aanhalingstekens kloppen hier niet"),
    ],
)
def test_a_file_of_another_shape_is_refused(data: bytes, place: str, reason: str) -> None:
    [(where, why), *_] = sorted(problems(data), key=lambda each: reason not in each[1])
    assert where == place
    assert why.startswith(reason)


def test_a_long_list_of_mistakes_is_cut() -> None:
    with pytest.raises(AnswerFileError) as caught:
        read(text(HEAD, *["x" * 10] * 3))
    lines = str(caught.value).splitlines()
    assert lines[0].startswith("a.csv, rij 2, kolom A: ‘x’ is geen antwoord")
    assert (len(lines), lines[-1]) == (21, "En nog 10 plaatsen.")


def workbook(**sheets: list[str]) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate([HEAD, *rows] if rows else []):
                sheet.write_row(number, 0, list(row))
    return target.getvalue()


def test_of_a_workbook_the_sheet_with_the_answers_is_read() -> None:
    assert letters(read(workbook(Blad1=["a" * 10], Leeg=[]))) == ["a" * 10]
    assert letters(read(workbook(Blad1=["a" * 10], Invoer=["b" * 10]))) == ["b" * 10]
    with pytest.raises(UnreadableFileError, match="meer dan één gevuld blad"):
        read(workbook(Blad1=["a" * 10], Blad2=["b" * 10]))
    assert problems(workbook(Blad1=["x" + "a" * 9]))[0][0] == "Blad1, rij 2, kolom A"


def test_a_formula_that_was_never_calculated_is_no_answer() -> None:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, list("a" * 10))
        sheet.write_formula(1, 3, '=IF(TRUE,"a","b")', None, "")
    place, reason = problems(target.getvalue())[0]
    assert place == "Sheet1, rij 2, kolom D"
    assert reason.startswith("Deze formule is nooit berekend")


@given(data=st.one_of(st.binary(max_size=200), st.text('abd;,\t\n"-?é1', max_size=200)))
def test_any_file_gives_letters_or_a_sentence(data: bytes | str) -> None:
    whole = data if isinstance(data, bytes) else text(HEAD) + b"\n" + data.encode()
    try:
        answers = read(whole)
    except (AnswerFileError, UnreadableFileError) as error:
        sentence = str(error)
    else:
        sentence = "a.csv: goed."
        assert {letter for answer in answers for letter in answer.values()} <= {None, *"abcd"}
    assert sentence.startswith("a.csv")
    assert sentence.endswith(".")


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="bestaat niet"):
        read_answers(tmp_path / "weg.csv", "weg.csv", NHS)
