"""What the tests share: one day, databases to write in, and what a machine may lack.

Every test runs on the day of tests/frozen_day, and so does every process that a test starts.

Environment:
    BORGING_TEST_POSTGRES: address of a PostgreSQL server on which databases may be made.
    BORGING_TEST_DATA: folder with the real data files.
    BORGING_TEST_REQUIRE: comma-separated list of `chromium`, `postgresql`, `data` that must be
        there: a test that misses one of these fails instead of being skipped.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import Engine, create_engine, make_url, text

from borging.store import database
from tests.frozen_day import sitecustomize as frozen_day

REQUIRED = set(filter(None, os.environ.get("BORGING_TEST_REQUIRE", "").split(",")))

FROZEN = str(Path(frozen_day.__file__).parent)
OTHER_PATHS = [
    each for each in os.environ.get("PYTHONPATH", "").split(os.pathsep) if each not in ("", FROZEN)
]
os.environ["PYTHONPATH"] = os.pathsep.join([FROZEN, *OTHER_PATHS])


@pytest.fixture
def real_day(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run one test, and the processes that it starts, on the day of the machine."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(OTHER_PATHS))
    now = time_machine.escape_hatch.datetime.datetime.now(UTC)
    with time_machine.travel(now, tick=True):
        yield


def absent(what: str, sentence: str) -> None:
    """Skip the running test because the machine lacks `what`, or fail where it is required."""
    if what in REQUIRED:
        pytest.fail(sentence)
    pytest.skip(sentence)


@pytest.fixture(scope="session")
def chromium() -> str:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        absent("chromium", "Chromium is not on this machine")
    assert path is not None
    return path


@pytest.fixture(scope="session")
def real_data() -> Path:
    named = os.environ.get("BORGING_TEST_DATA")
    if not named:
        absent("data", "BORGING_TEST_DATA is not set")
    folder = Path(str(named))
    if not folder.is_dir():
        pytest.fail(f"BORGING_TEST_DATA names {folder}, which is not a folder")
    return folder


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "empty.db"
    database.open_database(f"sqlite:///{path}").dispose()
    database.engine_for.cache_clear()
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[tuple[Engine, str]]:
    """An administrator's engine and the name of a migrated, empty template database."""
    address = os.environ.get("BORGING_TEST_POSTGRES")
    if not address:
        absent("postgresql", "BORGING_TEST_POSTGRES is not set")
    url = make_url(str(address)).set(drivername="postgresql+psycopg")
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    template = f"borging_template_{uuid.uuid4().hex[:12]}"
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {template}"))
    named = url.set(database=template).render_as_string(hide_password=False)
    database.open_database(named).dispose()
    yield admin, template
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {template} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Address of an empty, migrated SQLite portfolio."""
    path = tmp_path / "portfolio.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres_server: tuple[Engine, str]) -> Iterator[str]:
    """Address of an empty, migrated PostgreSQL portfolio."""
    admin, template = postgres_server
    name = f"borging_test_{uuid.uuid4().hex[:12]}"
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    yield admin.url.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(
    params=[
        pytest.param("sqlite", id="sqlite"),
        pytest.param("postgres", id="postgres", marks=pytest.mark.postgres),
    ]
)
def database_url(request: pytest.FixtureRequest) -> str:
    """Address of an empty, migrated portfolio: every test that asks for it runs on both."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Engine of an empty, migrated portfolio, on SQLite and on PostgreSQL."""
    engine = database.engine_for(database_url)
    yield engine
    engine.dispose()
    database.engine_for.cache_clear()
