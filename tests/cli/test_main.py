"""`python -m borging import` and `template`, each in a process of its own."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from borging.exchange.reading import read_content
from borging.settings import ROOT

HEAD = (
    "report_year,gmpp_id,project_name,department,category,rag_norm,start_date,end_date,"
    "budget_gbp_m,rag_raw,start_raw,end_raw,budget_raw\n"
)
GOOD = "2023,X1,Radar,MOD,ICT,Green,2023-01-01,2024-01-01,1.5,Green,01/01/2023,01/01/2024,£1.5m\n"
BAD = "2023,X2,,MOD,ICT,Green,,,,Green,,,\n"


def borging(*words: object, database: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    environment.pop("BORGING_DATABASE_URL", None)
    if database:
        environment["BORGING_DATABASE_URL"] = database
    return subprocess.run(
        [sys.executable, "-m", "borging", *map(str, words)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def counts(run: subprocess.CompletedProcess[str]) -> list[Any]:
    report = json.loads(run.stdout)
    assert list(report) == ["read", "new", "changed", "unchanged", "rejected", "problems"]
    for problem in report["problems"]:
        assert list(problem) == ["severity", "sheet", "row", "column", "value", "reason"]
    return list(report.values())[:5]


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "lijst.csv"
    path.write_text(HEAD + GOOD + BAD, encoding="utf-8")
    return path


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "nieuw" / "portfolio.db"


def projects(path: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(path) as connection:
        return connection.execute("SELECT title, source FROM project ORDER BY id").fetchall()


def test_rejects_included_a_file_that_was_read_ends_well(listed: Path, target: Path) -> None:
    run = borging("import", listed, "--database", f"sqlite:///{target}", "--json")
    assert (run.returncode, run.stderr) == (0, "")
    assert counts(run) == [2, 1, 0, 0, 1]
    [problem] = [p for p in json.loads(run.stdout)["problems"] if p["severity"] == "fout"]
    assert (problem["sheet"], problem["row"], problem["column"]) == (None, 3, "project_name")
    assert projects(target) == [("Radar", "gmpp")]
    again = borging("import", listed, "--database", f"sqlite:///{target}", "--json")
    assert counts(again) == [2, 0, 0, 1, 1]


def test_without_json_the_report_is_dutch(listed: Path, target: Path) -> None:
    run = borging("import", listed, "--profile", "gmpp", database=f"sqlite:///{target}")
    assert run.returncode == 0
    assert "Profiel gmpp: 2 rijen gelezen." in run.stdout
    assert "rij 3, project_name: leeg" in run.stdout
    assert projects(target) == [("Radar", "gmpp")]


def test_a_dry_run_does_not_even_make_the_database(listed: Path, target: Path) -> None:
    run = borging("import", listed, "--dry-run", "--database", f"sqlite:///{target}", "--json")
    assert (run.returncode, counts(run)) == (0, [2, 1, 0, 0, 1])
    assert not target.parent.exists()


def test_strict_stops_with_status_1_and_writes_nothing(listed: Path, target: Path) -> None:
    run = borging("import", listed, "--strict", "--database", f"sqlite:///{target}", "--json")
    assert run.returncode == 1
    assert counts(run) == [2, 1, 0, 0, 1]
    assert run.stderr.strip() == "1 rij is afgewezen. Er is niets geschreven."
    assert projects(target) == []


@pytest.mark.parametrize(
    ("content", "options", "reason"),
    [
        (None, [], "bestaat niet"),
        (b"", [], "is leeg"),
        (b"PK\x03\x04kapot", [], "geen werkblad"),
        (b"a;b\n1;2\n", [], "esf, gmpp, structuurfondsen"),
        (b"a;b\n1;2\n", ["--profile", "esf"], "deze kolommen ontbreken"),
        (b"a;b\n1;2\n", ["--profile", "nergens"], "geen profiel 'nergens'"),
        (b"a;b\n1;2\n", ["--sheet", "Blad1"], "geen blad 'Blad1'"),
        (HEAD.encode(), ["--database", "onzin"], "database kan niet"),
    ],
)
def test_what_cannot_be_read_ends_with_status_1_and_one_object(
    tmp_path: Path, target: Path, content: bytes | None, options: list[str], reason: str
) -> None:
    path = tmp_path / "x.csv"
    if content is not None:
        path.write_bytes(content)
    run = borging("import", path, "--json", *options, database=f"sqlite:///{target}")
    assert run.returncode == 1
    assert counts(run) == [0, 0, 0, 0, 0]
    assert reason in json.loads(run.stdout)["problems"][0]["reason"]
    assert reason in run.stderr
    assert "Traceback" not in run.stderr
    assert not target.exists()


def test_a_new_database_gets_no_example_data(listed: Path, target: Path) -> None:
    borging("import", listed, "--database", f"sqlite:///{target}")
    assert {source for _, source in projects(target)} == {"gmpp"}


def test_the_template_is_written_and_can_be_imported(tmp_path: Path, target: Path) -> None:
    out = tmp_path / "werkboek.xlsx"
    run = borging("template", out)
    assert (run.returncode, run.stderr) == (0, "")
    assert next(sheet.name for sheet in read_content(out, out.name).sheets) == "Uitleg"
    imported = borging("import", out, "--database", f"sqlite:///{target}", "--json")
    assert (imported.returncode, counts(imported)) == (0, [0, 0, 0, 0, 0])


def test_a_template_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    run = borging("template", tmp_path / "weg" / "werkboek.xlsx")
    assert run.returncode == 1
    assert "kan niet worden geschreven" in run.stderr
