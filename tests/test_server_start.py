"""Which names reach the web server, and what it says when its portfolio cannot be opened."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from borging import server


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501", "localhost"])
def test_this_machine_may_open_the_app(host: str) -> None:
    assert is_host_allowed(host)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8501", "localhost.evil.example"])
def test_a_foreign_name_for_this_machine_may_not(host: str) -> None:
    assert not is_host_allowed(host)


def _start() -> None:
    async def once() -> None:
        async with server.lifespan(None):
            pass

    asyncio.run(once())


@pytest.mark.parametrize(
    "url", ["sqlite:////proc/nope/x.db", "zomaar", "postgresql://127.0.0.1:1/x"]
)
def test_a_server_that_cannot_open_its_portfolio_says_so_in_one_dutch_sentence(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BORGING_DATABASE_URL", url)
    with pytest.raises(
        server.PortfolioUnreachableError,
        match=r"^De database kan niet worden geopend: .+ Controleer BORGING_DATABASE_URL\.$",
    ) as refusal:
        _start()
    assert "\n" not in str(refusal.value)
    assert refusal.value.__suppress_context__


def test_a_file_that_is_no_database_is_refused_in_dutch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "brief.db"
    path.write_text("geen database " * 100)
    monkeypatch.setenv("BORGING_DATABASE_URL", f"sqlite:///{path}")
    with pytest.raises(server.PortfolioUnreachableError, match="not a database"):
        _start()
