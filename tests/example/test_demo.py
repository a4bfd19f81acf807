"""`python -m borging demo` in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sqlalchemy import func, select
from sqlmodel import Session

from borging.store import database
from borging.store.tables import Project

ROOT = Path(__file__).parents[2]


def demo(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "borging", "demo", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def projects(url: str) -> int:
    with Session(database.engine_for(url)) as session:
        return session.execute(select(func.count()).select_from(Project)).scalar_one()


def test_demo_makes_a_database_and_replaces_its_own_portfolio(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'nieuw' / 'demo.db'}"
    first = demo("--database", url)
    assert (first.returncode, first.stderr) == (0, "")
    assert "40 voorbeeldprojecten" in first.stdout
    assert projects(url) == 40
    assert (
        "7 voorbeeldprojecten" in demo("--projects", "7", "--seed", "3", "--database", url).stdout
    )
    assert projects(url) == 7


def test_demo_refuses_more_than_it_can_name(tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    refused = demo("--projects", "10001", "--database", f"sqlite:///{path}")
    assert refused.returncode == 2
    assert not path.exists()


def test_demo_says_in_dutch_that_a_database_cannot_be_used(tmp_path: Path) -> None:
    path = tmp_path / "geen.db"
    path.write_text("dit is geen database, maar wel een lang genoeg stuk tekst " * 20)
    failed = demo("--database", f"sqlite:///{path}")
    assert failed.returncode == 1
    assert "De database kan niet worden gebruikt" in failed.stderr
    assert "Traceback" not in failed.stderr
