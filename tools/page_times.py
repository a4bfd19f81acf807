"""Measure every screen against an empty page and a page with one small chart, in one run.

`python -m tools.page_times [ROUNDS]` prints a Markdown table. A time is that of a reload with a
warm cache, until the page has stood still for half a second; that half second is not counted.
The two pages of reference are those of `streamlit run page.py`, without anything of ours.
"""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tools.local_server import ROOT, serving, write_demo
from tools.screenshots import ARGUMENTS, SCREENS

QUIET = 500
EMPTY = "import streamlit as st\n\nst.title('Leeg')\n"
CHART = """import plotly.graph_objects as go
import streamlit as st

st.title('Een grafiek')
st.plotly_chart(go.Figure(go.Bar(x=[1, 2, 3], y=[2, 3, 1])), theme=None)
"""
PLAIN = {"STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false"}
WATCH = """() => {
    window.changed = 0;
    const seen = change => !(change.target instanceof Element && change.target.closest('canvas'));
    new MutationObserver(changes => {
        if (changes.some(seen)) { window.changed = performance.now(); }
    }).observe(
        document, {subtree: true, childList: true, attributes: true, characterData: true});
    let before = performance.now();
    const frame = now => {
        if (now - before > 100) { window.changed = performance.now(); }
        before = now;
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
}"""
"""A long frame counts as a change: then the page is busy with what it will draw.

What lies inside a canvas is never seen: tables put a copy of themselves there, for screen readers,
some time after they are drawn.
"""
STILL = """quiet => document.querySelector('h1')
    && document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-testid="stSkeleton"]')
    && [...document.querySelectorAll('[data-testid="stPlotlyChart"]')]
        .every(chart => chart.querySelector('.main-svg'))
    && performance.now() - window.changed > quiet"""


def once(page: Page, address: str) -> float:
    """Return the milliseconds from the start of a visit to its last change."""
    page.goto(address)
    page.wait_for_function(STILL, arg=QUIET, timeout=60_000, polling=50)
    return float(page.evaluate("window.changed"))


@contextmanager
def reference(folder: Path, name: str, script: str) -> Iterator[str]:
    """Serve one page with Streamlit as it comes, from a folder without settings of ours."""
    home = folder / name
    home.mkdir()
    page = home / "page.py"
    page.write_text(script, encoding="utf-8")
    with serving(home / "no.db", page, home=home, health="/_stcore/health", **PLAIN) as address:
        yield address


def measure(page: Page, addresses: dict[str, str], rounds: int) -> dict[str, list[float]]:
    """Visit every address once to warm it, then in turn, so that noise falls on all alike."""
    times: dict[str, list[float]] = {name: [] for name in addresses}
    for number in range(rounds + 1):
        for name, address in addresses.items():
            found = once(page, address)
            if number:
                times[name].append(found)
    return times


def main(words: list[str]) -> None:
    """Measure and print."""
    rounds = int(words[0]) if words else 5
    with tempfile.TemporaryDirectory() as room, sync_playwright() as playwright:
        folder = Path(room)
        write_demo(folder / "small.db", 40)
        write_demo(folder / "large.db", 1000)
        with (
            reference(folder, "empty", EMPTY) as empty,
            reference(folder, "chart", CHART) as chart,
            serving(folder / "small.db") as small,
            serving(folder / "large.db") as large,
        ):
            addresses = {"leeg": empty, "grafiek": chart}
            for screen, place in SCREENS.items():
                addresses[f"{screen} 40"] = f"{small}/{place}"
                addresses[f"{screen} 1000"] = f"{large}/{place}"
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=ARGUMENTS
            )
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.add_init_script(f"({WATCH})()")
            times = measure(page, addresses, rounds)
            print(f"Chromium {browser.version}, Python {platform.python_version()}, ", end="")
            print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {rounds} rounds\n")
            browser.close()
    show(times)


def show(times: dict[str, list[float]]) -> None:
    """Print one row per screen; the ratios are those of the medians.

    What Streamlit loads late is shown together, at most 0.3 s after the last sign that it is
    loading; now and then a page with a single chart gets away without, so a minimum says little.
    """
    empty, chart = (statistics.median(times[name]) for name in ("leeg", "grafiek"))
    print("| page | min ms | median ms | × empty | × one chart |")
    print("| --- | --- | --- | --- | --- |")
    for name, found in times.items():
        middle = statistics.median(found)
        print(
            f"| {name} | {min(found):.0f} | {middle:.0f} | {middle / empty:.1f} | "
            f"{middle / chart:.2f} |"
        )


if __name__ == "__main__":
    os.chdir(ROOT)
    main(sys.argv[1:])
