"""What stands between the network and the answering page: a browser secret, and refusals.

A script of Streamlit cannot set a cookie, so the web server sets one on the page `/scan`: a
random number with a signature under a key of this installation. The answering page accepts no
other. Drafts, and the ballots of a shared link, lie under that number, so whoever could invent
numbers could fill a ballot box. With the signature each of them has to be fetched here, where
fetching is limited per address and over all. Nothing is stored about who fetched one.
"""

from __future__ import annotations

import hmac
import re
import secrets
import time
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from sqlalchemy import Engine
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from borging.settings import Mode, settings
from borging.store import database, secret

COOKIE = "borging_scan"
KEPT = 60 * 24 * 3600
"""Seconds that a browser keeps its cookie: longer than a round is open."""
BROWSER = re.compile(r"[0-9a-f]{32}")
PAGE = "/scan"

TELL_TALES = re.compile(r"/_stcore/(metrics|agent|script-health-check)(/|$)")
"""Addresses of Streamlit that tell how many people are here, or what they see."""
OFFERED = re.compile(
    r"/|/scan/?|/health|/favicon\.png|/_stcore/(health|host-config|stream)|/(static|app/static|media)/.*"
)
"""All that the scan process answers to."""

NOT_HERE = "Deze pagina is er niet. Gebruik de link uit uw uitnodiging."
TOO_MANY = "Er openen op dit moment te veel toestellen deze link. Probeer het over een minuut weer."


class OpenAddressError(SystemExit):
    """The full app would listen to other machines; the message is Dutch."""


def check_address(address: str | None, mode: Mode) -> None:
    """Let only the scan process listen to other machines.

    Raises:
        OpenAddressError: the full app is to listen on `address`, which others can reach.
    """
    if mode == "scan" or _is_this_machine(address or ""):
        return
    raise OpenAddressError(
        f"De app luistert alleen op de eigen machine, niet op ‘{address or 'alle adressen'}’: "
        "aanmelden is er nog niet. Laat server.address op 127.0.0.1 staan. Om telefoons binnen "
        "te laten start u een tweede proces: python -m borging scan serve --host NAAM."
    )


def _is_this_machine(address: str) -> bool:
    if address == "localhost":
        return True
    try:
        return ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def new_cookie(engine: Engine) -> str:
    """Return a value for the cookie that no browser holds yet."""
    browser = secrets.token_hex(16)
    return f"{browser}.{secret.keyed_hash(engine, secret.BROWSER, browser)}"


def browser_of(engine: Engine, cookie: str | None) -> str | None:
    """Return the browser secret in a cookie; None when this installation did not sign it."""
    browser, _, signature = (cookie or "").partition(".")
    if not BROWSER.fullmatch(browser) or not signature.isascii():
        return None
    signed = secret.keyed_hash(engine, secret.BROWSER, browser)
    return browser if hmac.compare_digest(signed, signature) else None


@dataclass
class Bucket:
    """Tokens that fill up with time. burst: most it holds. rate: tokens per second."""

    burst: float
    rate: float
    tokens: float
    at: float

    def fill(self, now: float) -> float:
        """Return how many tokens there are at `now`."""
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate)
        self.at = now
        return self.tokens


class Limit:
    """How many cookies may be fetched: per client address, and by everybody together.

    A meeting of 60 people behind one address fits in the burst of that address. An address
    takes nothing from the others when it is refused. IPv6 counts per network of one customer.
    """

    ADDRESS = (80.0, 120 / 600)
    ALL = (400.0, 1200 / 600)

    def __init__(self) -> None:
        self.all: Bucket | None = None
        self.by_address: dict[str, Bucket] = {}

    def allows(self, client: str, now: float) -> bool:
        """Take one token of this client, unless there is none."""
        if self.all is None:
            self.all = Bucket(*self.ALL, tokens=self.ALL[0], at=now)
        if self.all.fill(now) < 1:
            return False
        full = Bucket(*self.ADDRESS, tokens=self.ADDRESS[0], at=now)
        mine = self.by_address.setdefault(_network(client), full)
        if mine.fill(now) < 1:
            return False
        mine.tokens -= 1
        self.all.tokens -= 1
        self._forget(now)
        return True

    def _forget(self, now: float) -> None:
        """Drop the addresses that have all their tokens again."""
        for name, bucket in list(self.by_address.items()):
            if bucket.fill(now) >= bucket.burst:
                del self.by_address[name]


def _network(client: str) -> str:
    try:
        address = ip_address(client)
    except ValueError:
        return client
    if address.version == 4:
        return client
    inside = address.ipv4_mapped
    return str(inside or ip_network((address, 64), strict=False))


class ScanDoor:
    """Refuses what nobody should ask for, and gives the answering page its cookie."""

    def __init__(self, app: ASGIApp, mode: Mode | None = None) -> None:
        self.app = app
        self.mode = mode or settings().mode
        self.limit = Limit()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, refuse it, or let it come back with a cookie."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
        elif self._refuses(scope["path"]):
            await _refuse(scope, receive, send, NOT_HERE, 404)
        elif scope["type"] == "http" and scope["path"].rstrip("/") == PAGE:
            await self._answering_page(scope, receive, send)
        elif self.mode == "scan":
            await self.app(scope, receive, _adding(send, (NO_REFERRER,)))
        else:
            await self.app(scope, receive, send)

    def _refuses(self, path: str) -> bool:
        if TELL_TALES.search(path):
            return True
        return self.mode == "scan" and not OFFERED.fullmatch(path)

    async def _answering_page(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = HTTPConnection(scope)
        engine = database.engine_for(settings().database_url)
        added = [NO_REFERRER, *LETTERS]
        if browser_of(engine, request.cookies.get(COOKIE)) is None and scope["method"] == "GET":
            client = request.client.host if request.client else ""
            if not self.limit.allows(client, time.monotonic()):
                await _refuse(scope, receive, send, TOO_MANY, 429)
                return
            secure = "; Secure" if scope["scheme"] == "https" else ""
            words = f"{COOKIE}={new_cookie(engine)}; Max-Age={KEPT}; Path=/; HttpOnly; SameSite=Lax"
            added.append((b"set-cookie", f"{words}{secure}".encode()))
        await self.app(scope, receive, _adding(send, tuple(added)))


FOR_THE_PAGE = (b"set-cookie", b"link")
NO_REFERRER = (b"referrer-policy", b"no-referrer")
"""The address of the page holds the invitation: nothing that it loads may be told."""
LETTERS = tuple(
    (b"link", f"<{place}>; rel=preload; as=font; type=font/woff2; crossorigin".encode())
    for weight in (400, 600)
    for place in [f"/app/static/ibm-plex-sans-latin-{weight}-normal.woff2"]
)
"""Letters that a style sheet made by a script asks for are fetched with the address of the page,
whatever the policy says (seen in Chromium 156); letters that the page names are not."""


def _adding(send: Send, headers: tuple[tuple[bytes, bytes], ...]) -> Send:
    """Add headers to an answer; some only when it is the page, fresh or as it was."""

    async def changed(message: Message) -> None:
        if message["type"] == "http.response.start":
            is_page = message["status"] in (200, 304)
            fitting = [each for each in headers if is_page or each[0] not in FOR_THE_PAGE]
            message = {**message, "headers": [*message["headers"], *fitting]}
        await send(message)

    return changed


async def _refuse(scope: Scope, receive: Receive, send: Send, words: str, status: int) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": ""})
        return
    headers = {"referrer-policy": "no-referrer", "cache-control": "no-store"}
    await PlainTextResponse(words, status, headers)(scope, receive, send)
