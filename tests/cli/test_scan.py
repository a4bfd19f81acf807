"""`python -m borging scan` and `instrument`: once in a process of its own, then in this one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from borging.cli.main import app
from borging.settings import DATA
from tests.cli.test_main import borging

NHS = DATA / "instruments" / "nhs-borgingsscan.toml"
HEAD = ";".join(f"f{number}" for number in range(1, 11))
CHECK_CASE = ("babadbbaaa", "aabaabaaab", "dbbbaacaad", "bbacabcaab")


def run_here(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "antwoorden.csv"
    path.write_text("\n".join([HEAD, *(";".join(row) for row in CHECK_CASE)]), encoding="utf-8")
    return path


def test_a_file_is_scored_as_one_object(answers: Path) -> None:
    run = borging("scan", "score", answers)
    assert (run.returncode, run.stderr) == (0, "")
    assert len(run.stdout.splitlines()) == 1
    found = json.loads(run.stdout)
    assert (found["n"], found["total"], found["sd"]) == (4, 71.0, 9.9)
    assert [list(factor) for factor in found["factors"]] == [
        ["id", "mean", "percent", "distribution", "spread"]
    ] * 10


def test_a_wrong_cell_ends_with_status_1_and_its_place(answers: Path) -> None:
    answers.write_text(answers.read_text().replace("c;a;a;d", "c;x;a;d"), encoding="utf-8")
    run = run_here("scan", "score", answers)
    assert (run.exit_code, run.stdout) == (1, "")
    assert run.stderr.startswith("antwoorden.csv, rij 4, kolom H: ‘x’ is geen antwoord")


def test_the_help_says_that_the_minimum_does_not_hold_here() -> None:
    words = " ".join(run_here("scan", "score", "--help").stdout.split())
    assert "minimum aantal antwoorden geldt hier niet" in words


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("scan", "score", "weg.csv"), "bestaat niet"),
        (("scan", "score", NHS, "--instrument", "nergens"), "De scans zijn: nhs-borgingsscan"),
        (("scan", "form", "weg/formulier.xlsx"), "kan niet worden geschreven"),
        (("instrument", "check", "weg.toml"), "het bestand bestaat niet"),
    ],
)
def test_what_cannot_be_done_ends_with_status_1_and_a_sentence(
    words: tuple[object, ...], reason: str
) -> None:
    run = run_here(*words)
    assert (run.exit_code, run.stdout) == (1, "")
    assert reason in run.stderr
    assert "Traceback" not in run.stderr


def test_the_form_that_was_made_can_be_scored(tmp_path: Path) -> None:
    out = tmp_path / "formulier.xlsx"
    run = run_here("scan", "form", out)
    assert (run.exit_code, run.stderr) == (0, "")
    assert json.loads(run_here("scan", "score", out).stdout)["n"] == 0


def test_an_own_definition_is_checked_and_used(tmp_path: Path, answers: Path) -> None:
    own = tmp_path / "eigen.toml"
    content = NHS.read_text(encoding="utf-8").replace('"nhs-borgingsscan"', '"eigen"', 1)
    own.write_text(content.replace("points = 8.5", "points = 10.5", 1), encoding="utf-8")
    run = run_here("instrument", "check", own)
    assert run.stdout.strip() == (
        "eigen.toml is in orde: scan ‘Borgingsscan’, 10 factoren, hoogste totaal 102."
    )
    scored = json.loads(run_here("scan", "score", answers, "--instrument", own).stdout)
    assert scored["total"] == 71.5


def test_a_definition_with_two_mistakes_names_both(tmp_path: Path) -> None:
    own = tmp_path / "eigen.toml"
    content = NHS.read_text(encoding="utf-8").replace("points = 4.7", "points = 47", 1)
    own.write_text(content, encoding="utf-8")
    run = run_here("instrument", "check", own)
    assert (run.exit_code, run.stdout) == (1, "")
    first, second = run.stderr.splitlines()
    assert first.startswith("eigen.toml, factor 1: de punten lopen niet af")
    assert "noem het bestand nhs-borgingsscan.toml" in second


def test_the_definitions_that_ship_are_listed() -> None:
    lines = run_here("instrument", "list").stdout.splitlines()
    assert "vijftien-harde-vragen (checklist, versie nl-2): Vijftien harde vragen" in lines
