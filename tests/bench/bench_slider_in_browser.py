"""From a key press on a slider to the changed trace in a browser, beside pages that do next to nothing.

Run it with ``python -m tests.bench.bench_slider_in_browser``. Every page has a slider; a key is pressed while it has
the focus, and the page itself notes when the lines of the watched chart (on the empty page: its words) are different.
The runway page is measured with values that nobody has looked at before, which it asks for ahead between two keys, with
such values where that is prevented, and with values that are known.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from shutil import copytree
from statistics import median, quantiles

from playwright.sync_api import Page, sync_playwright

from ipo_data.export.sheet import plotly_script
from tests.bench.yardsticks import TUNED_APP
from tests.browser.program import browser_program
from tests.browser.tab import IDLE
from tests.serving import ROOT, Server, serve

STEPS = 12
TARGET = 100
"""Milliseconds from the key to the first changed trace."""
AHEAD = "**/live/**ahead=1"
_SCENARIOS = "[class*=st-key-exhibit-][class*=runway-scenarios]"
_FAN = "[class*=st-key-exhibit-][class*=runway-fan]"
_WATCH = """
([selector, words]) => {
    const drawn = () => [...document.querySelectorAll(selector)].map(
        part => words ? part.textContent : part.getAttribute('d')).join('|');
    const state = window.slider = {start: 0, before: '', end: 0, change: null};
    let tell;
    addEventListener('keydown', () => {
        Object.assign(state, {before: drawn(), end: 0, start: performance.now()});
        state.change = new Promise(done => { tell = done; setTimeout(done, 15000, 15000); });
    }, true);
    new MutationObserver(() => {
        if (!state.start || state.end) return;
        const now = drawn();
        if (!now || now === state.before) return;
        state.end = performance.now();
        tell(state.end - state.start);
    }).observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
}
"""
_STATIC = """<!doctype html><meta charset="utf-8"><script src="%s"></script>
<input type="range" min="0" max="16" value="0"><div id="chart"></div>
<script>
const spec = step => [{type: 'scatter', mode: 'lines', x: [...Array(60).keys()],
    y: [...Array(60).keys()].map(x => Math.exp(-x * (1 + step) / 60))}];
Plotly.newPlot('chart', spec(0), {height: 400});
const layout = {height: 400};
document.querySelector('input').addEventListener('input', e => Plotly.react('chart', spec(+e.target.value), layout));
</script>
"""
_EMPTY = """
import streamlit as st
step = st.select_slider("step", [str(step) for step in range(17)])
st.markdown(f"value {step}")
"""
_USUAL = """
import math
import pandas as pd
import plotly.express as px
import streamlit as st

@st.cache_data
def lines(step):
    return pd.DataFrame([(c, m, math.exp(-m * (1 + step + n) / 60)) for n, c in enumerate("ab") for m in range(60)],
                        columns=["company", "month", "money"])

step = int(st.select_slider("step", [str(step) for step in range(17)]))
data = lines(step)
st.plotly_chart(px.line(data, x="month", y="money", color="company"), key="first")
st.plotly_chart(px.line(data, x="month", y="money", facet_col="company"))
st.plotly_chart(px.bar(data, x="month", y="money", color="company"))
st.plotly_chart(px.scatter(data, x="month", y="money", color="company"))
"""
"""Four charts that follow one slider, as tutorials show it."""


def main() -> None:
    """Print the comparison."""
    say(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    say("key to change, ms                    median   95 %   fastest")
    with ExitStack() as stack:
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=browser_program(), args=["--no-sandbox"])
        stack.callback(browser.close)
        page = browser.new_page(viewport={"width": 1360, "height": 900})
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ipo-static-"))) / "page.html"
        place.write_text(_STATIC % plotly_script().as_uri(), encoding="utf-8")
        page.goto(place.as_uri())
        report("static plotly page", moves(page, "input[type=range]", ".trace path.js-line"))
        with streamlit_page(_EMPTY, tuned=True) as server:
            opened(page, server.url)
            report("empty tuned page", moves(page, "input[type=range]", "[data-testid=stMarkdown] p", words=True))
        with streamlit_page(_USUAL, tuned=False) as server:
            opened(page, server.url)
            report("the common way, four charts", moves(page, "input[type=range]", ".st-key-first .trace path.js-line"))
        with serve(ROOT) as server:
            for name, chart in (("scenarios", _SCENARIOS), ("fan", _FAN)):
                control = ".st-key-view_rd input[type=range]" if chart == _SCENARIOS else ".st-key-view_compute input"
                watched = f"{chart} .scatterlayer .trace path.js-line"
                opened(page, f"{server.url}/runway?lang=en")
                page.wait_for_selector(watched, state="attached")
                report(f"runway, {name}, new value (≤ {TARGET})", moves(page, control, watched))
                page.route(AHEAD, lambda asked: asked.abort())
                opened(page, f"{server.url}/runway?lang=en&scenario=bull")
                page.wait_for_selector(watched, state="attached")
                report(f"runway, {name}, new, nothing asked ahead", moves(page, control, watched))
                page.unroute(AHEAD)
                opened(page, f"{server.url}/runway?lang=en")
                page.wait_for_selector(watched, state="attached")
                report(f"runway, {name}, known value", moves(page, control, watched))
    say(f"load {os.getloadavg()[0]:.1f}")


def opened(page: Page, url: str) -> None:
    """Open a page and wait until its script has run and its charts stand still."""
    page.goto(url)
    page.wait_for_selector(IDLE, timeout=60_000)
    page.wait_for_selector("input[type=range]", state="attached", timeout=60_000)
    page.wait_for_timeout(3_000)


def moves(page: Page, control: str, watched: str, *, words: bool = False) -> list[float]:
    """Press the arrow key again and again and return milliseconds until the watched parts were different.

    At the slider's end it stops.
    """
    page.evaluate(_WATCH, [watched, words])
    page.locator(control).first.focus()
    found = []
    for _ in range(STEPS):
        if page.locator(control).first.evaluate("one => one.value === one.max"):
            break
        page.keyboard.press("ArrowRight")
        found.append(float(page.evaluate("window.slider.change")))
        page.wait_for_timeout(1500)  # what else follows is over; readers pause as well
    return found[1:]  # the first move compiles code


def report(name: str, times: list[float]) -> None:
    """Print a line of the table."""
    say(f"{name:36} {median(times):7.0f} {quantiles(times, n=20)[-1]:6.0f} {min(times):9.0f}")


def say(line: str) -> None:
    """Print at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


@contextmanager
def streamlit_page(script: str, *, tuned: bool) -> Iterator[Server]:
    """Serve a page of one script, with this product's settings or with Streamlit's own."""
    with tempfile.TemporaryDirectory(prefix="ipo-page-") as place:
        folder = Path(place)
        if tuned:
            copytree(ROOT / ".streamlit", folder / ".streamlit")
            (folder / "main.py").write_text(script, encoding="utf-8")
        (folder / "app.py").write_text(TUNED_APP if tuned else script, encoding="utf-8")
        with serve(folder) as server:
            yield server


if __name__ == "__main__":
    main()
