"""What README.md and docs/ say is true: commands exist, links lead somewhere."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from borging.cli.main import app
from borging.settings import ROOT, Settings
from borging.store import database

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
BLOCK = re.compile(r"^```bash\n(.*?)^```", re.MULTILINE | re.DOTALL)
OWN_COMMAND = re.compile(r"-m borging ([a-z]+)([^`\n]*)")
IN_CODE = re.compile(r"`([^`\n]+)`")


def blocks(heading: str) -> list[str]:
    """The shell blocks of the README below a heading."""
    below = README.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return [block.strip() for block in BLOCK.findall(below)]


def test_one_command_starts_the_app_and_one_runs_the_tests() -> None:
    (start,) = blocks("Starten")
    (test,) = blocks("Testen")
    assert start.endswith("streamlit run app.py")
    assert re.search(r"/pytest\b.* -n 2$", test)
    for command, wanted in ((start, "requirements.txt"), (test, "requirements-dev.txt")):
        assert "\n" not in command
        (requirements,) = re.findall(r"install -r (\S+)", command)
        assert requirements == wanted
        assert (ROOT / requirements).is_file()


def test_the_run_takes_its_commands_from_the_readme() -> None:
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "from_readme Testen" in run
    assert "from_readme Starten" in run
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_every_requirement_has_a_lower_and_an_upper_bound() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        loose = [
            line
            for line in lines
            if line and not line.startswith("-r ") and not re.search(r">=[\d.]+,<[\d.]+$", line)
        ]
        assert loose == []


@pytest.mark.parametrize(("command", "rest"), OWN_COMMAND.findall(README))
def test_a_command_of_the_readme_exists_with_its_options(command: str, rest: str) -> None:
    found = get_command(app).commands[command]  # type: ignore[attr-defined]
    part = next((word for word in rest.split() if word in getattr(found, "commands", {})), None)
    asked = [word for word in (command, part, "--help") if word]
    said = CliRunner().invoke(app, asked, env={"COLUMNS": "200"})
    assert said.exit_code == 0
    for option in re.findall(r"--[a-z-]+", rest):
        assert option in said.stdout


def test_the_readme_names_every_command() -> None:
    known = set(get_command(app).commands)  # type: ignore[attr-defined]
    assert {command for command, _rest in OWN_COMMAND.findall(README)} == known


def test_every_setting_is_named_and_no_other() -> None:
    cast = (ROOT / "tests" / "conftest.py").read_text(encoding="utf-8")
    named = set(re.findall(r"BORGING_[A-Z_]+", README))
    settings = {f"BORGING_{field.upper()}" for field in Settings.model_fields}
    assert named == settings | set(re.findall(r"BORGING_TEST_[A-Z]+", cast))


def test_the_copy_that_the_readme_describes_is_a_whole_portfolio(tmp_path: Path) -> None:
    (command,) = blocks("Gegevens en reservekopie")
    (tmp_path / "data").mkdir()
    database.open_database(f"sqlite:///{tmp_path}/data/borging.db").dispose()
    database.engine_for.cache_clear()
    here = command.replace(".venv/bin/python", f'"{sys.executable}"')
    assert here != command
    url = f"sqlite:///{tmp_path}/data/borging.db"
    environment = {**os.environ, "BORGING_DATABASE_URL": url}
    paths = [str(ROOT), os.environ["PYTHONPATH"]]
    environment["PYTHONPATH"] = os.pathsep.join(paths)
    subprocess.run(["bash", "-c", here], cwd=tmp_path, check=True, env=environment)
    with sqlite3.connect(tmp_path / "borging-kopie.db") as copy:
        tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master")}
    assert {"project", "alembic_version"} <= tables


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    local = [link.split("#")[0] for link in links if not re.match(r"[a-z]+:|#", link)]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_the_index_of_decisions_names_each_with_its_title_and_status() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| \[(\d{4})\]\(([^)]+)\) \| (.+) \| \d{4}-\d\d-\d\d \| (holds|superseded by .+) \|$",
        index,
        re.MULTILINE,
    )
    files = sorted(folder.glob("0*.md"))
    assert [name for _, name, _, _ in rows] == [each.name for each in files]
    for (number, _, title, status), each in zip(rows, files, strict=True):
        text = each.read_text(encoding="utf-8")
        assert text.startswith(f"# {number} {title}\n")
        assert ("uperseded by" in text) == status.startswith("superseded"), each.name


def test_the_places_of_the_house_exist() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    picture = text.split("```")[1]
    drawn = [word for line in picture.splitlines() for word in re.findall(r"[\w./]+/", line[:26])]
    said = [each for each in IN_CODE.findall(text) if re.search(r"[a-z]/|\.(py|toml|md)$", each)]
    paths = [*drawn, *(each for each in said if " " not in each and each != ".ci/run")]
    assert len(paths) > 40
    tops = (ROOT, ROOT / "borging", *(ROOT / "borging").iterdir(), *(ROOT / "tests").iterdir())
    assert [path for path in paths if not any((top / path).exists() for top in tops)] == []
