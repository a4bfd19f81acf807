"""A visitor without a browser: speaks the protocol of Streamlit over its websocket.

A visitor does what the browser does: sends the query string, the values of the widgets that were
changed, the theme and the messages that it still has; follows the timers of fragments; and counts
errors, also those that Streamlit shows as part of a screen.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlparse
from urllib.request import Request, urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

PATIENCE = 90.0
"""Seconds after which a run counts as failed."""
CACHE_AGE = 2
"""Runs for which a browser keeps a message (`global.maxCachedMessageAge`)."""
XSRF = "_streamlit_xsrf"
FAILED = "Dit scherm kon niet worden getekend"
Status = ForwardMsg.ScriptFinishedStatus


class ForeignHostError(ValueError):
    """Load may only be put on this machine."""


class RunFailedError(Exception):
    """A run ended in an error, or did not end in time."""


def require_local(address: str) -> str:
    """Return the address when it is http on 127.0.0.1.

    Raises:
        ForeignHostError: it names another machine, or a name that could lead there.
    """
    parts = urlparse(address)
    try:
        local = ipaddress.ip_address(parts.hostname or "") == ipaddress.ip_address("127.0.0.1")
    except ValueError:
        local = False
    if parts.scheme != "http" or not local or parts.username is not None:
        raise ForeignHostError(f"{address}: only http://127.0.0.1 may be loaded")
    return address


@dataclass
class Visitor:
    """One open browser.

    address: of the server. screen: name in the address of the screen that is shown.
    query: parameters of the address. drawn: headings and texts of the last run.
    bytes_in, frames_in: size and number of all messages so far.
    """

    address: str
    screen: str = ""
    query: dict[str, str] = field(default_factory=dict)
    dark: bool = False
    errors: list[str] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    timer_runs: int = 0
    bytes_in: int = 0
    frames_in: int = 0
    _widgets: dict[str, Element] = field(default_factory=dict)
    _changed: dict[str, list[str]] = field(default_factory=dict)
    _pages: dict[str, str] = field(default_factory=dict)
    _page: str = ""
    _known: dict[str, int] = field(default_factory=dict)
    _runs: int = 0
    _timers: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _ended: asyncio.Future[None] | None = None
    _socket: ClientConnection | None = None
    _reader: asyncio.Task[None] | None = None

    async def open(self) -> float:
        """Connect and draw the first screen; return the seconds until it was drawn."""
        start = time.perf_counter()
        health = Request(f"{require_local(self.address)}/_stcore/health")
        with await asyncio.to_thread(urlopen, health, timeout=PATIENCE) as answer:
            cookies = answer.headers.get_all("Set-Cookie") or []
        token = next((c.split(";")[0].partition("=")[2] for c in cookies if XSRF in c), "")
        self._socket = await connect(
            f"{self.address.replace('http', 'ws', 1)}/_stcore/stream",
            origin=self.address,  # type: ignore[arg-type]
            subprotocols=[Subprotocol("streamlit"), *([Subprotocol(token)] if token else [])],
            additional_headers={"Cookie": f"{XSRF}={token}"} if token else None,
            open_timeout=PATIENCE,
            max_size=64_000_000,
            proxy=None,
        )
        self._reader = asyncio.create_task(self._read())
        await self._run()
        return time.perf_counter() - start

    async def close(self) -> None:
        """Leave, as somebody who closes the browser."""
        for timer in self._timers.values():
            timer.cancel()
        if self._reader:
            self._reader.cancel()
        if self._socket:
            await self._socket.close()

    async def go(self, screen: str, **query: str) -> float:
        """Go to another screen by the menu; return the seconds it took."""
        self.screen, self.query = screen, query
        self._page = self._pages.get(screen, "")
        return await self._run()

    async def choose(self, key: str, parameter: str, index: int | None) -> float:
        """Choose one option of a filter, or none; return the seconds it took."""
        widget = next((i for i, e in self._widgets.items() if i.endswith(f"-{key}")), None)
        if widget is None:
            raise RunFailedError(f"no filter {key} on {self.screen}")
        options = list(self._widgets[widget].multiselect.options)
        chosen = [] if index is None or not options else [options[index % len(options)]]
        self._changed[widget] = chosen
        self.query.pop(parameter, None)
        if chosen:
            self.query[parameter] = chosen[0]
        return await self._run()

    async def switch_theme(self) -> float:
        """Switch between light and dark; return the seconds until the charts follow.

        Without a component that follows the theme nothing is sent: then a timer must find out.
        """
        self.dark = not self.dark
        component = next(
            (e for e in self._widgets.values() if e.WhichOneof("type") == "bidi_component"), None
        )
        if component is None:
            return 0.0
        return await self._run(trigger=(component.bidi_component.id, self._theme()))

    def _theme(self) -> str:
        return "dark" if self.dark else "light"

    async def _run(self, trigger: tuple[str, str] | None = None) -> float:
        start = time.perf_counter()
        self._ended = asyncio.get_running_loop().create_future()
        await self._send(trigger=trigger)
        try:
            async with asyncio.timeout(PATIENCE):
                await self._ended
        except TimeoutError:
            self.errors.append(f"{self.screen}: no end after {PATIENCE:.0f} s")
        finally:
            self._ended = None
        return time.perf_counter() - start

    async def _send(self, fragment: str = "", trigger: tuple[str, str] | None = None) -> None:
        message = BackMsg()
        run = message.rerun_script
        run.query_string = urlencode(self.query)
        run.page_script_hash = self._page
        if not self._page:
            run.page_name = self.screen
        for name, values in self._changed.items():
            state = run.widget_states.widgets.add()
            state.id = name
            state.string_array_value.data.extend(values)
        if trigger is not None:
            state = run.widget_states.widgets.add()
            state.id = f"$$STREAMLIT_INTERNAL_KEY_{trigger[0]}__events"
            state.json_trigger_value = f'[{{"event": "theme", "value": "{trigger[1]}"}}]'
        if fragment:
            run.fragment_id, run.is_auto_rerun = fragment, True
        run.cached_message_hashes.extend(self._known)
        context = run.context_info
        context.timezone, context.timezone_offset = "Europe/Amsterdam", -60
        context.locale, context.color_scheme = "nl-NL", self._theme()
        context.url = f"{self.address}/{self.screen}"
        assert self._socket is not None
        await self._socket.send(message.SerializeToString())

    async def _read(self) -> None:
        assert self._socket is not None
        try:
            async for data in self._socket:
                if not isinstance(data, bytes):
                    continue
                self.bytes_in, self.frames_in = self.bytes_in + len(data), self.frames_in + 1
                self._take(ForwardMsg.FromString(data))
        except ConnectionClosed as closed:
            self.errors.append(f"{self.screen}: connection closed ({closed})")
            self._finish()

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if message.metadata.cacheable and message.hash:
            self._known[message.hash] = self._runs
        if kind == "ref_hash":
            self._known[message.ref_hash] = self._runs
        elif kind == "new_session":
            self._begin(message)
        elif kind == "navigation":
            self._pages = {p.url_pathname: p.page_script_hash for p in message.navigation.app_pages}
            self._page = message.navigation.page_script_hash
        elif kind == "delta":
            self._draw(message.delta)
        elif kind == "auto_rerun":
            self._start_timer(message.auto_rerun.fragment_id, message.auto_rerun.interval)
        elif kind == "page_not_found":
            self.errors.append(f"{self.screen}: page not found")
        elif kind == "session_event" and message.session_event.WhichOneof("type") == (
            "script_compilation_exception"
        ):
            self.errors.append(f"{self.screen}: the script could not be compiled")
        elif kind == "script_finished" and message.script_finished in (
            Status.FINISHED_SUCCESSFULLY,
            Status.FINISHED_WITH_COMPILE_ERROR,
        ):
            self._finish()

    def _begin(self, message: ForwardMsg) -> None:
        if message.metadata.run.fragment_ids:
            return
        self._runs += 1
        self.drawn = []
        self._known = {h: n for h, n in self._known.items() if n >= self._runs - CACHE_AGE}
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()

    def _draw(self, delta: Delta) -> None:
        element = delta.new_element
        kind = element.WhichOneof("type") if delta.WhichOneof("type") == "new_element" else None
        if kind == "multiselect":
            self._widgets[element.multiselect.id] = element
        elif kind == "bidi_component":
            self._widgets[element.bidi_component.id] = element
        elif kind == "markdown":
            self.drawn.append(element.markdown.body)
        elif kind == "heading":
            self.drawn.append(element.heading.body)
        elif kind == "exception":
            self.errors.append(f"{self.screen}: {element.exception.type}")
        elif kind == "alert" and FAILED in element.alert.body:
            self.errors.append(f"{self.screen}: {FAILED}")

    def _start_timer(self, fragment: str, seconds: float) -> None:
        async def turn() -> None:
            with contextlib.suppress(ConnectionClosed):
                while True:
                    await asyncio.sleep(seconds)
                    self.timer_runs += 1
                    await self._send(fragment)

        if old := self._timers.get(fragment):
            old.cancel()
        self._timers[fragment] = asyncio.create_task(turn())

    def _finish(self) -> None:
        if self._ended is not None and not self._ended.done():
            self._ended.set_result(None)
