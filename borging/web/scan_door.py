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
from ipaddress import ip_address

from sqlalchemy import Engine
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from borging.settings import SCAN_MESSAGE_MEGABYTES, Mode, settings
from borging.store import database, secret
from borging.web.connections import refuse
from borging.web.token_bucket import Bucket, BucketPerClient, network_of

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


class LargeMessagesError(SystemExit):
    """The scan process would accept large messages; the message is Dutch."""


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


def check_message_size(megabytes: int, mode: Mode) -> None:
    """Check that the scan process accepts small messages only.

    The web server holds a message in memory until it is whole, before anything can refuse it.

    Raises:
        LargeMessagesError: the bound is above `SCAN_MESSAGE_MEGABYTES`.
    """
    if mode == "scan" and megabytes > SCAN_MESSAGE_MEGABYTES:
        raise LargeMessagesError(
            "Het scanproces neemt alleen kleine berichten aan. Start het met python -m borging "
            f"scan serve, of zet STREAMLIT_SERVER_MAX_MESSAGE_SIZE op {SCAN_MESSAGE_MEGABYTES}."
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


class Limit:
    """How many cookies may be fetched: per client address, and by everybody together.

    A meeting of 60 people behind one address fits in the burst of that address. An address
    takes nothing from the others when it is refused. IPv6 counts per network of one customer.
    """

    ADDRESS = (80.0, 120 / 600)
    ALL = (400.0, 1200 / 600)

    def __init__(self) -> None:
        self.all: Bucket | None = None
        self.by_address = BucketPerClient(*self.ADDRESS)

    def allows(self, client: str, now: float) -> bool:
        """Take one token of this client, unless there is none."""
        if self.all is None:
            self.all = Bucket(*self.ALL, tokens=self.ALL[0], at=now)
        network = network_of(client)
        if self.all.fill(now) < 1 or self.by_address.tokens(network, now) < 1:
            return False
        self.by_address.take(network, now)
        self.all.tokens -= 1
        return True


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
            await refuse(scope, receive, send, NOT_HERE, 404)
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
                await refuse(scope, receive, send, TOO_MANY, 429)
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
