"""Who may fetch a browser secret, what it is worth, and what nobody may ask for."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message
from typer.testing import CliRunner

from borging.cli import main as cli
from borging.settings import ROOT, Mode
from borging.store import database
from borging.web import scan_door
from borging.web.scan_door import COOKIE, Limit, ScanDoor, browser_of, new_cookie
from borging.web.server import MIDDLEWARE

MEETING = 60
"""People who open one link at once behind one address."""
ELSEWHERE = (
    *("/portfolio", "/project", "/beheer", "/scanronde", "/calendar.ics", "/scan/x", "/healthz"),
    *("/_stcore/x", "/_stcore/upload_file/1/2", "/component/x/y", "/oauth2callback"),
)


@pytest.fixture
def url(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("BORGING_DATABASE_URL", sqlite_url)
    yield sqlite_url
    database.engine_for(sqlite_url).dispose()
    database.engine_for.cache_clear()


def everything(request: Request) -> HTMLResponse | PlainTextResponse:
    shell = "." not in request.url.path and "_stcore" not in request.url.path
    return HTMLResponse("<html>app</html>") if shell else PlainTextResponse("app")


def house(mode: Mode) -> ASGIApp:
    """The middleware of the app, round something that answers everything with 'app'."""
    layers = [*MIDDLEWARE, Middleware(ScanDoor, mode=mode)]
    return Starlette(routes=[Route("/{place:path}", everything)], middleware=layers)


def ask(
    app: ASGIApp,
    path: str,
    *,
    cookie: str = "",
    client: str = "10.0.0.1",
    scheme: str = "http",
    kind: str = "http",
) -> tuple[int, dict[str, str], str]:
    """Ask once; return status, headers by name in lower case, and body."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"accept", b"text/html")]
    if cookie:
        headers.append((b"cookie", f"{COOKIE}={cookie}".encode()))
    scope: dict[str, Any] = {
        "type": kind,
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"uitnodiging=abc",
        "headers": headers,
        "client": (client, 1),
        "scheme": scheme,
    }
    asyncio.run(app(scope, receive, send))
    if kind == "websocket":
        return int(sent[0].get("code", 0)), {}, ""
    named = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], named, b"".join(m.get("body", b"") for m in sent[1:]).decode()


def value(headers: dict[str, str]) -> str:
    found = re.match(rf"{COOKIE}=([^;]+)", headers["set-cookie"])
    assert found
    return found[1]


def test_a_signed_cookie_gives_back_its_secret(engine: Engine) -> None:
    first, second = new_cookie(engine), new_cookie(engine)
    assert browser_of(engine, first) == first[:32]
    assert first[:32] != second[:32]


def test_a_cookie_that_was_made_up_is_worth_nothing(engine: Engine) -> None:
    true = new_cookie(engine)
    browser, signature = true.split(".")
    other = ("0" if browser[0] != "0" else "1") + browser[1:]
    made_up = [
        None,
        "",
        browser,
        f"{browser}.",
        f"{other}.{signature}",
        f"{browser}.{'0' * 64}",
        f"{browser}.{signature}0",
        f"{browser.upper()}.{signature}" if browser.upper() != browser else "x",
        f"{browser}\n.{signature}",
        f"{browser}.é{signature[1:]}",
    ]
    assert [browser_of(engine, each) for each in made_up] == [None] * len(made_up)


def test_the_page_sets_a_cookie_that_scripts_and_other_sites_cannot_use(url: str) -> None:
    status, headers, _body = ask(house("full"), "/scan")
    assert status == 200
    words = {word.strip() for word in headers["set-cookie"].split(";")[1:]}
    assert words == {"HttpOnly", "SameSite=Lax", "Path=/", f"Max-Age={60 * 86_400}"}
    assert browser_of(database.engine_for(url), value(headers)) is not None


@pytest.mark.usefixtures("url")
def test_over_https_the_cookie_never_goes_in_the_clear() -> None:
    _status, headers, _body = ask(house("scan"), "/scan", scheme="https")
    assert "Secure" in headers["set-cookie"]


def test_a_browser_keeps_its_cookie(url: str) -> None:
    kept = new_cookie(database.engine_for(url))
    assert "set-cookie" not in ask(house("scan"), "/scan", cookie=kept)[1]
    assert "set-cookie" in ask(house("scan"), "/scan", cookie=kept[:-1])[1]


@pytest.mark.usefixtures("url")
@pytest.mark.parametrize("path", ["/", "/portfolio", "/health", "/static/x.js"])
def test_no_other_page_sets_the_cookie(path: str) -> None:
    assert "set-cookie" not in ask(house("full"), path)[1]


@pytest.mark.usefixtures("url")
def test_the_address_of_the_answering_page_is_told_to_nobody() -> None:
    for path in ("/scan", "/", "/static/x.js"):
        assert ask(house("scan"), path)[1]["referrer-policy"] == "no-referrer"
    assert ask(house("full"), "/scan")[1]["referrer-policy"] == "no-referrer"
    assert ask(house("full"), "/portfolio")[1]["referrer-policy"] == "same-origin"


@pytest.mark.usefixtures("url")
def test_a_meeting_behind_one_address_gets_in_and_a_flood_does_not() -> None:
    app = house("scan")
    statuses = [ask(app, "/scan")[0] for _ in range(200)]
    assert statuses[:MEETING] == [200] * MEETING
    assert statuses[-1] == 429
    status, headers, body = ask(app, "/scan")
    assert (status, body) == (429, scan_door.TOO_MANY)
    assert headers["content-type"].startswith("text/plain")
    assert "set-cookie" not in headers
    assert ask(app, "/scan", client="10.0.0.2")[0] == 200


def test_who_has_a_cookie_is_never_refused(url: str) -> None:
    app = house("scan")
    kept = new_cookie(database.engine_for(url))
    for _ in range(100):
        ask(app, "/scan")
    assert ask(app, "/scan")[0] == 429
    assert ask(app, "/scan", cookie=kept)[0] == 200


def test_the_limit_fills_up_with_time() -> None:
    limit = Limit()
    burst = int(Limit.ADDRESS[0])
    taken = [limit.allows("10.0.0.1", 1000.0) for _ in range(burst + 1)]
    assert taken == [True] * burst + [False]
    assert limit.allows("10.0.0.1", 1004.9) is False
    assert limit.allows("10.0.0.1", 1005.1) is True
    later = [limit.allows("10.0.0.1", 1000.0 + 600) for _ in range(130)]
    assert sum(later) == burst


def test_many_addresses_together_have_a_limit_too_and_are_forgotten() -> None:
    limit = Limit()
    most = int(Limit.ALL[0])
    taken = [limit.allows(f"10.0.{n // 250}.{n % 250}", 1000.0) for n in range(most + 1)]
    assert taken == [True] * most + [False]
    assert limit.allows("10.9.9.9", 5000.0)
    assert len(limit.by_address.buckets) == 1


def test_a_machine_that_has_just_started_lets_a_meeting_in() -> None:
    limit = Limit()
    assert all(limit.allows("10.0.0.1", 3.0) for _ in range(MEETING))


def test_ipv4_written_as_ipv6_counts_as_the_ipv4_address_it_is() -> None:
    limit = Limit()
    for _ in range(int(Limit.ADDRESS[0])):
        assert limit.allows("::ffff:10.0.0.1", 1000.0)
    assert not limit.allows("10.0.0.1", 1000.0)
    assert limit.allows("::ffff:10.0.0.2", 1000.0)


def test_addresses_of_one_ipv6_customer_count_as_one() -> None:
    limit = Limit()
    burst = int(Limit.ADDRESS[0])
    for n in range(burst):
        assert limit.allows(f"2001:db8::{n:x}", 1000.0)
    assert not limit.allows("2001:db8::ffff", 1000.0)
    assert limit.allows("2001:db8:0:1::1", 1000.0)


@pytest.mark.usefixtures("url")
@pytest.mark.parametrize("mode", ["full", "scan"])
@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/metrics/",
        "/scan/_stcore/metrics",
        "/_stcore/agent/mcp",
        "/_stcore/agent",
        "/_stcore/script-health-check",
    ],
)
def test_nobody_learns_how_many_people_are_here(mode: Mode, path: str) -> None:
    status, _headers, body = ask(house(mode), path)
    assert (status, body) == (404, scan_door.NOT_HERE)


@pytest.mark.usefixtures("url")
@pytest.mark.parametrize("path", ELSEWHERE)
def test_the_scan_process_shows_nothing_else(path: str) -> None:
    assert ask(house("scan"), path)[0] == 404
    assert ask(house("full"), path)[0] == 200
    assert ask(house("scan"), path, kind="websocket")[0] == 1008


@pytest.mark.usefixtures("url")
@pytest.mark.parametrize(
    "path", ["/", "/scan", "/scan/", "/health", "/_stcore/health", "/_stcore/host-config"]
)
def test_the_scan_process_offers_what_answering_needs(path: str) -> None:
    assert ask(house("scan"), path)[0] == 200


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost"])
def test_the_app_listens_to_its_own_machine(address: str) -> None:
    scan_door.check_address(address, "full")


@pytest.mark.parametrize("address", ["0.0.0.0", "", None, "::", "192.168.1.5", "app.voorbeeld.nl"])
def test_the_app_listens_to_no_other_machine(address: str | None) -> None:
    with pytest.raises(SystemExit, match="alleen op de eigen machine"):
        scan_door.check_address(address, "full")
    scan_door.check_address(address, "scan")


def test_a_server_that_others_could_reach_does_not_start() -> None:
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true"]
    ended = subprocess.run(
        [*command, "--server.address=0.0.0.0", "--browser.serverAddress=localhost"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode != 0
    assert "De app luistert alleen op de eigen machine, niet op ‘0.0.0.0’" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_one_command_starts_the_scan_process(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(cli.os, "execv", lambda _program, words: started.append(words))
    monkeypatch.setenv("BORGING_MODE", "full")
    asked = ["scan", "serve", "--host", "scan.voorbeeld.nl", "--host", "10.1.1.1", "--port", "9000"]
    assert CliRunner().invoke(cli.app, asked).exit_code == 0
    (words,) = started
    assert str(ROOT / "app.py") in words
    assert {"--server.port=9000", "--server.address=127.0.0.1"} < set(words)
    names = ["scan.voorbeeld.nl", "10.1.1.1"]
    assert {f"--server.allowedHosts={name}" for name in names} < set(words)
    assert cli.os.environ["BORGING_MODE"] == "scan"
