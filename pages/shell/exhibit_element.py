"""The browser's part of an exhibit: one element of our own with takeaway, chart, marks, notes, source line and buttons.

One element instead of five is one message instead of five in every run. And the chart keeps its element while the
figure changes: Streamlit throws a chart of its own away whenever the data change and builds another, which takes the
browser several times as long. Plotly's script is the one that exports are drawn with, loaded with the first chart.
"""

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import IntEnum
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import orjson
import plotly
import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

import ipo_data
from ipo_data.charts.drawing import Drawing
from pages.shell.live import Live

NAME: Final = "ipo-data.exhibit"
"""Name under which ``pyproject.toml`` tells Streamlit where the files are."""
MODULE: Final = "exhibit.js"
"""Name of our own script."""
PARTS: Final = ("live.js",)
"""Scripts that it takes in."""
SCRIPT: Final = f"plotly-{plotly.__version__}.min.js"
"""Name of Plotly's script beside ours; it holds the version, so that browsers may keep it for good."""
KEY_LENGTH: Final = 32
"""Characters that name what follows them."""
OPEN: Final = "open"
"""Name under which the element's state holds whether what stands below is unfolded."""
FILES: Final = Path(ipo_data.__file__).parent / "charts" / "screen"
_REMARK: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
STYLE: Final = " ".join(_REMARK.sub("", (FILES / "exhibit.css").read_text(encoding="utf-8")).split())


@dataclass(frozen=True)
class Chart:
    """A chart on the page.

    Attributes:
        drawing: The chart.
        alt: What it shows, for those who do not see it.
        room: Least width in pixels; where there is less, it is moved sideways.
        config: Plotly's options of the tool bar.
        full: What the button that fills the screen is called.
    """

    drawing: Drawing
    alt: str
    room: int
    config: dict[str, Any]
    full: str


@dataclass(frozen=True)
class Texts:
    """Texts of an exhibit, all of them plain; an empty one is not drawn.

    Attributes:
        heading: Number and takeaway.
        subtitle: Measure, unit, currency, basis, window.
        moves: Remark that the chart is wider than its place, seen only while it is.
        marks: Icon and label of every state of evidence.
        notes: Notes without their numbers.
        source: Documents.
        memo: What the button says that puts the exhibit on the list for a memo, by ``MemoState``.
        fold: What the button says that unfolds what stands below, and the key of the container that holds that.
    """

    heading: str = ""
    subtitle: str = ""
    moves: str = ""
    marks: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    source: str = ""
    memo: tuple[str, ...] = ()
    fold: tuple[str, ...] = ()


class MemoState(IntEnum):
    """What the button does: put on the list, take off it, or nothing because the list is full."""

    ADD = 0
    REMOVE = 1
    FULL = 2


def packed(texts: Texts, chart: Chart | None = None, live: Live | None = None) -> bytes:
    """Return an exhibit as ``draw`` takes it: ``KEY_LENGTH`` digits that name what follows, then JSON."""
    content: dict[str, Any] = {name: value for name, value in asdict(texts).items() if value}
    if chart is not None:
        figure = {**chart.drawing.to_dict(), "alt": chart.alt, "room": chart.room, "config": chart.config}
        figure["full"] = chart.full
        content |= {"script": SCRIPT, "chart": {"key": _key(orjson.dumps(figure)), **figure}}
    if live is not None:
        content["live"] = live
    written = orjson.dumps(content)
    return _key(written).encode() + written


@dataclass(frozen=True, slots=True)
class Buttons:
    """What the buttons of an exhibit show and do.

    Attributes:
        memo: What the memo's button does.
        toggle: What to do when it is pressed.
        open: Whether what stands below is unfolded.
        fold: What to do when that is folded or unfolded; the element's state then holds which, as ``OPEN``.
    """

    memo: MemoState = MemoState.ADD
    toggle: Callable[[], None] | None = None
    open: bool = False
    fold: Callable[[], None] | None = None

    @property
    def digit(self) -> int:
        """Both in one digit."""
        return self.memo + len(MemoState) * self.open


def draw(content: bytes, key: str, buttons: Buttons | None = None) -> bool:
    """Draw what ``packed`` returned.

    Args:
        content: Texts and chart.
        key: Key of the element.
        buttons: What its buttons show and do, if it has any.

    Returns:
        Whether the browser says that what stands below is unfolded, which a server does not know that was restarted.
    """
    buttons = buttons or Buttons()
    data = b"%s%d%s" % (content[:KEY_LENGTH], buttons.digit, content[KEY_LENGTH:])
    told = _element()(data=data, key=key, on_memo_change=buttons.toggle, on_open_change=buttons.fold)
    return bool(told.get(OPEN))


def _key(content: bytes) -> str:
    return blake2b(content, digest_size=KEY_LENGTH // 2).hexdigest()


@cache
def _element() -> ComponentRenderer:
    # Streamlit knows where the files are only after this module was read, so it is asked with the first exhibit.
    return st.components.v2.component(NAME, js=MODULE, isolate_styles=False)
