"""What the web server says beside the screens: health, headers, the language of the page."""

from __future__ import annotations

import asyncio
import json
import re
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message

from borging.web.server import HEADERS, MIDDLEWARE, ROUTES
from borging.web.shell import changed

SCRIPT = "window.start = 1"
SHELL = f'<!doctype html><html lang="en"><head><script>{SCRIPT}</script></head></html>'


def shell(_request: Request) -> HTMLResponse:
    return HTMLResponse(SHELL, headers={"etag": '"1"', "last-modified": "yesterday"})


def data(_request: Request) -> JSONResponse:
    return JSONResponse({"page": '<html lang="en">'})


@dataclass(frozen=True)
class Answer:
    """What came back. headers: by name in lower case, the last one of each."""

    status: int
    headers: dict[str, str]
    text: str

    def json(self) -> Any:
        return json.loads(self.text)


async def ask(app: ASGIApp, path: str) -> Answer:
    """Ask for a path as a browser does, and wait for the whole answer."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"accept", b"text/html,*/*"), (b"accept-encoding", b"gzip")],
    }
    await app(scope, receive, send)
    named = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    text = b"".join(each.get("body", b"") for each in sent[1:]).decode()
    return Answer(sent[0]["status"], named, text)


def get(path: str) -> Answer:
    """Ask the routes and the middleware of the app, round a shell like that of Streamlit."""
    routes = [*ROUTES, Route("/data", data), Route("/{place:path}", shell)]
    return asyncio.run(ask(Starlette(routes=routes, middleware=MIDDLEWARE), path))


def test_health_says_ok_and_no_number_that_others_can_watch(
    monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    monkeypatch.setenv("BORGING_DATABASE_URL", database_url)
    answer = get("/health")
    assert answer.status == 200
    assert answer.json() == {"status": "ok"}


def test_health_says_that_there_is_no_portfolio(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BORGING_DATABASE_URL", f"sqlite:///{tmp_path / 'nothing.db'}")
    answer = get("/health")
    assert answer.status == 503
    assert answer.json() == {"status": "database niet bereikbaar"}


@pytest.mark.parametrize("place", ["/", "/portfolio", "/data"])
def test_every_answer_carries_the_headers(place: str) -> None:
    answer = get(place)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    scripts = re.search(r"script-src ([^;]*);", policy)
    assert scripts is not None
    assert "unsafe" not in scripts[1]


def test_the_page_is_changed_and_says_how_long_it_is() -> None:
    answer = get("/portfolio")
    assert answer.text == changed(SHELL.encode()).decode()
    assert '<html lang="nl">' in answer.text
    assert int(answer.headers["content-length"]) == len(answer.text.encode())


def test_a_browser_never_keeps_the_page_of_an_earlier_version() -> None:
    headers = get("/portfolio").headers
    assert "etag" not in headers
    assert "last-modified" not in headers


def test_only_the_page_is_changed() -> None:
    assert get("/data").json() == {"page": '<html lang="en">'}


def test_the_scripts_of_the_page_may_run_because_they_are_named() -> None:
    answer = get("/")
    written = re.findall("<script>(.*?)</script>", answer.text)
    assert len(written) == 2
    assert SCRIPT in written
    allowed = re.search(r"script-src ([^;]*);", answer.headers["content-security-policy"])
    assert allowed is not None
    named = {f"'sha256-{b64encode(sha256(each.encode()).digest()).decode()}'" for each in written}
    assert set(allowed[1].split()) == {"'self'", *named}
