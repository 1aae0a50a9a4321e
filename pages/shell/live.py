"""Exhibits that follow a slider while it moves: the browser asks for them itself, ahead of the run of the page.

A run of Streamlit begins when the slider is let go, and what it draws waits for the rest of its messages. An exhibit
listed here tells the browser (``ipo_data/charts/screen/live.js``) which address its content has at every step of its
sliders. The run then sends the same content, which is known by its digits and not drawn twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from ipo_data.dataset import Dataset
from ipo_data.errors import OptionError
from ipo_data.exhibits.model import View
from ipo_data.exhibits.registry import page as page_of
from ipo_data.exhibits.view_query import LINK_DATA, Parameter, query_of
from pages.shell.data import loaded
from pages.shell.url_state import PREFIX, SCREEN, SCREENS

LIVE: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("runway", "runway-what-if"): ("burn",),
    ("runway", "runway-scenarios"): ("rd", "compute", "growth"),
    ("ownership", "control-sandbox"): ("new_shares", "converted"),
}
"""By page and exhibit, the options whose sliders it follows: what stands below them and is computed in a moment."""
THEME: Final = "theme"
"""Name of the parameter by which the browser says its colours; like the width they are no part of a link."""
THEMES: Final = ("light", "dark")


@dataclass(frozen=True)
class Live:
    """What the browser must know to ask for an exhibit.

    Attributes:
        path: Address below the one all of the product's addresses begin with.
        query: The view.
        sliders: By the key of its control, each slider's option, the codes of its steps and the place of the one shown.
    """

    path: str
    query: dict[str, str]
    sliders: dict[str, dict[str, Any]]


def steps(page: str, option: str) -> list[str]:
    """Return the codes of a slider from left to right: rising, after a first one that is no number."""
    codes = dict(page_of(page).options)[option]
    words = [code for code in codes if not _is_number(code)]
    return [*words, *sorted((code for code in codes if _is_number(code)), key=float)]


def live(dataset: Dataset, view: View, page: str, name: str) -> Live | None:
    """Return how the browser asks for an exhibit; ``None`` for those that follow no slider, and for dropped records.

    Those are in one session alone, of which the address knows nothing.
    """
    options = LIVE.get((page, name))
    if options is None or dataset is not loaded().dataset:
        return None
    sliders = {}
    for option in options:
        codes = steps(page, option)
        at = codes.index(view.option(option, dict(page_of(page).options)[option][0]))
        sliders[PREFIX + option] = {"option": option, "codes": codes, "at": at}
    screen = SCREENS[1 if view.narrow else 0]
    told = {LINK_DATA: dataset.digest, THEME: view.theme, SCREEN: screen}
    return Live(f"live/{page}/{name}", query_of(page, view, dataset) | told, sliders)


def one_of(name: str, codes: tuple[str, ...], query: dict[str, str]) -> str:
    """Take a parameter out of a query and return its code, the first if it is not there.

    Raises:
        OptionError: It is none of the codes.
    """
    code, wrong = Parameter(name, codes[0], codes).read(query.pop(name, codes[0]))
    if wrong is not None:
        raise OptionError(str(wrong))
    return str(code)


def _is_number(code: str) -> bool:
    return code.lstrip("-").replace(".", "", 1).isdigit()
