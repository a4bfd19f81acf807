"""The load tool: this machine only, within bounds, and it sees what goes wrong."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from borging import clock
from borging.access.actor import UNKNOWN_LOCAL
from borging.store import database
from borging.store.commands import example
from tools import load_test, load_writes
from tools.local_server import serving
from tools.streamlit_client import ForeignHostError, Visitor, require_local


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org",
        "http://192.168.1.2:8501",
        "http://127.0.0.1.example.org:8501",
        "http://127.0.0.1@example.org",
        "https://127.0.0.1:8501",
        "http://localhost:8501",
        "",
    ],
)
def test_another_machine_is_refused_before_anything_is_sent(address: str) -> None:
    with pytest.raises(ForeignHostError):
        require_local(address)
    with pytest.raises(ForeignHostError):
        asyncio.run(Visitor(address).open())


def test_this_machine_is_allowed() -> None:
    assert require_local("http://127.0.0.1:8501") == "http://127.0.0.1:8501"


def test_the_load_is_bounded_in_number_and_time() -> None:
    choices = load_test.options(
        [
            "--users",
            "9999",
            "--seconds",
            "999999",
            "--soak",
            "9999",
            "--writes",
            "999999",
            "--pause",
            "0",
        ]
    )
    assert (choices.users, choices.seconds, choices.soak, choices.writes) == (100, 7200, 120, 10000)
    assert choices.pause > 0


def test_a_visitor_walks_through_the_screens_and_filters_without_an_error(tmp_path: Path) -> None:
    async def walk(address: str) -> tuple[list[str], int, list[str]]:
        visitor = Visitor(address, "portfolio")
        await visitor.open()
        for screen in load_test.SCREENS:
            query = {"id": "1"} if screen in load_test.OF_A_PROJECT else {}
            await visitor.go(screen, **query)
            assert visitor.drawn, screen
        await visitor.go("restpunten")
        all_items = visitor.drawn
        await visitor.choose("thema", "thema", 0)
        filtered = visitor.drawn
        fine = list(visitor.errors)
        await visitor.close()
        unknown = Visitor(address, "bestaat-niet")
        await unknown.open()
        await unknown.close()
        return fine, len(set(all_items) ^ set(filtered)), unknown.errors

    with serving(tmp_path / "portfolio.db") as address:
        fine, changed, unknown = asyncio.run(walk(address))
    assert fine == []
    assert changed > 0
    assert unknown == ["bestaat-niet: page not found"]


def test_the_writer_writes_through_the_commands(sqlite_url: str) -> None:
    engine = database.engine_for(sqlite_url)
    example.write_example(engine, UNKNOWN_LOCAL, clock.today())
    before = database.revision(engine)
    load_writes.main([sqlite_url, "3", "0"])
    assert database.revision(engine) == before + 3
