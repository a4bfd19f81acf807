"""An address without a screen leads to a Dutch page with a way on."""

from __future__ import annotations

import ast
import asyncio

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from borging.settings import ROOT
from borging.ui import links
from borging.web.unknown_address import UnknownAddress
from tests.pages.conftest import Visit, words
from tests.web.test_server import Answer, ask


def shell(_request: Request) -> HTMLResponse:
    return HTMLResponse("<html></html>")


def plain_text(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("ok")


def get(path: str) -> Answer:
    routes = [Route("/_stcore/health", plain_text), Route("/{place:path}", shell)]
    app = Starlette(routes=routes, middleware=[Middleware(UnknownAddress)])
    return asyncio.run(ask(app, path))


@pytest.mark.parametrize("path", ["/portfolioo", "/portfolio/meer", "/start", "/Ω", "/index.html"])
def test_an_unknown_address_leads_to_the_page_that_says_so(path: str) -> None:
    answer = get(path)
    assert answer.status == 307
    assert answer.headers["location"].startswith("/niet-gevonden?adres=%2F")
    assert answer.text == ""


@pytest.mark.parametrize(
    "path", ["/", "/portfolio", "/portfolio/", "/mijn-team", "/niet-gevonden", "/scan"]
)
def test_a_known_address_gets_its_screen(path: str) -> None:
    assert get(path).status == 200


def test_what_is_not_a_page_is_passed_on() -> None:
    assert get("/_stcore/health").text == "ok"


def test_the_known_addresses_are_those_of_the_navigation() -> None:
    source = (ROOT / "borging" / "ui" / "main.py").read_text(encoding="utf-8")
    named = {
        node.args[0].value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "page"
        and isinstance(node.args[0], ast.Constant)
    }
    assert {links.address(str(name)) for name in named - {"start"}} | {""} == links.addresses()


def test_the_page_names_the_address_and_the_likely_screen(visit: Visit, example_url: str) -> None:
    app = visit("niet_gevonden", example_url, adres="/restpuntn")
    assert not app.exception
    assert app.title[0].value == "Deze pagina is er niet"
    assert "‘/restpuntn’" in words(app)
    labels = [each.proto.label for each in app.get("page_link")]
    assert labels == ["Bedoelde u ‘restpunten’?", "Naar de portfolio"]


def test_an_address_that_looks_like_none_leads_to_the_portfolio(
    visit: Visit, example_url: str
) -> None:
    app = visit("niet_gevonden", example_url, adres="/qqqq")
    assert [each.proto.label for each in app.get("page_link")] == ["Naar de portfolio"]
