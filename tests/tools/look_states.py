"""States that a link alone does not bring about: tool pages in use, and pages with a company dropped by the reader."""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from playwright.sync_api import FilePayload, expect

from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import View
from ipo_data.exhibits.registry import build
from ipo_data.exhibits.registry import page as page_of
from ipo_data.export.figure_code import figure_code
from ipo_data.paths import ROOT
from ipo_data.text.catalog import words
from pages.shell.controls import LANGUAGE_NAMES
from tests.browser.tab import Tab

NEWCOMER: Final = ROOT / "tests" / "exhibits" / "nebula"
"""An invented company of a few dozen figures."""
_PATIENCE: Final = 60_000
"""Milliseconds to wait on a busy machine."""
_FIELD: Final = "input[type=file]"
_MEMO: Final = "memo?memo=overview.key-figures,growth.growth-rates,runway.runway-what-if~burn:150"


@dataclass(frozen=True)
class State:
    """A state of a tool page.

    Attributes:
        link: Link that is opened first.
        act: What a reader does then; gets the tab and the language.
    """

    link: str
    act: Callable[[Tab, str], None] = lambda tab, language: None


def bring_about(tab: Tab, name: str, language: str) -> None:
    """Open a tool page and do what leads to a state of it."""
    state = STATES[name]
    tab.open(f"{state.link}{'&' if '?' in state.link else '?'}lang={language}")
    state.act(tab, language)
    tab.settle()


def drop(tab: Tab, folder: Path, language: str) -> None:
    """Drop a company's record files, with which this tab's pages are drawn from then on."""
    tab.open(f"check?lang={language}")
    tab.page.set_input_files(_FIELD, [archive(folder)])
    expect(tab.page.get_by_test_id("stMain")).to_contain_text(words(language)("check.sound"), timeout=_PATIENCE)
    tab.settle()


def follow(tab: Tab, name: str, language: str) -> None:
    """Go to a page as readers do whose session must not end: by language button and link."""
    if tab.page.locator("html").get_attribute("lang") != language:
        tab.switch_language(LANGUAGE_NAMES[language]).wait_for_language(language)
    say = words(language)
    tab.link_to(say(f"nav.{name}")).click()
    tab.wait_for_path("/" if name == "overview" else f"/{name}").settle()


def archive(folder: Path) -> FilePayload:
    """Return a company's folder, its documents included, as a ZIP that a browser sends."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as opened:
        for path in sorted(folder.glob("*.yaml")):
            opened.writestr(
                path.name if path.name == "sources.yaml" else f"{folder.name}/{path.name}", path.read_bytes()
            )
    return payload(f"{folder.name}.zip", stream.getvalue())


def payload(name: str, content: bytes) -> FilePayload:
    """Return a file as a browser sends it."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


# --- the states -------------------------------------------------------------------------------------------------------


def _type_code(tab: Tab, language: str, *, slip: bool = False) -> None:
    code = _code()
    typed = code[:-1] + ("A" if code[-1] != "A" else "B") if slip else code
    field = tab.page.get_by_label(words(language)("trace.code"))
    field.fill(typed)
    field.press("Enter")
    expect(tab.page.get_by_test_id("stMain")).to_contain_text(typed, timeout=_PATIENCE)
    tab.page.get_by_test_id("stSpinner").wait_for(state="hidden")


@cache
def _code() -> str:
    """Return the code of an exhibit as it opens, the same in every language."""
    dataset, view = Dataset.load(), View()
    return figure_code(build(Context(dataset, view), page_of("growth"), "growth-rates"), view, "growth", dataset)


def _drop_problems(tab: Tab, language: str) -> None:
    broken = {
        "company.yaml": b"id: acme\nname: Acme\nticker: 1234.HK\nreporting_currency: RMB\norder: 3\n",
        "revenue.yaml": b"revenue:\n  - {period: FY2024, sys: 12.3m USD, from: nobody}\nrevenu: []\n",
    }
    tab.page.set_input_files(_FIELD, [payload(name, content) for name, content in broken.items()])
    expect(tab.page.get_by_test_id("stMain").get_by_test_id("stCode")).to_contain_text(
        "companies/acme/", timeout=_PATIENCE
    )


STATES: Final[Mapping[str, State]] = MappingProxyType({
    "memo": State("memo"),
    "memo-three": State(_MEMO),
    "trace": State("trace"),
    "trace-found": State("trace", _type_code),
    "trace-slip": State("trace", lambda tab, language: _type_code(tab, language, slip=True)),
    "check": State("check"),
    "check-problems": State("check", _drop_problems),
    "check-sound": State("check", lambda tab, language: drop(tab, NEWCOMER, language)),
})  # fmt: skip
