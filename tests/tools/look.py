"""Picture every page and the tool pages in use at three widths, in both themes and three languages, and measure it.

Measured are what is cut, overlapping, empty or in another language at each width, what breaks a rule of axe-core, and
what of the answer stands below the first screen of a small laptop. Run with ``make look``;
``ARGS="--page growth --language en"`` narrows it; ``--query firms=zhipu`` shows one company and ``--dropped FOLDER`` a
further one, its records dropped by the reader. Writes the pictures, a contact sheet per width, theme and language,
and ``findings.txt`` into ``build/look``, and ends with an error if there are findings.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, product
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from ipo_data.exhibits.registry import PAGES
from ipo_data.text.catalog import LANGUAGES
from tests.browser.accessibility import violations
from tests.browser.first_screen import missing_from_first_screen
from tests.browser.layout import HEIGHT, WIDTHS, findings, resized, whole
from tests.browser.program import browser_program
from tests.browser.tab import Tab
from tests.serving import ROOT, serve
from tests.tools.look_states import STATES, bring_about, drop, follow

FOLDER = ROOT / "build" / "look"
_PAGES = tuple(page.id for page in PAGES)
THEMES = ("light", "dark")
_SHEET = {1440: 480, 1024: 400, 390: 260}
"""Width of one picture on the contact sheet."""


@dataclass(frozen=True)
class Shot:
    """One picture.

    Attributes:
        page: Page id, or a state of a tool page.
        language: Language code.
        theme: ``light`` or ``dark``.
        width: Width of the window.
        found: What the measurement found.
    """

    page: str
    language: str
    theme: str
    width: int
    found: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """Where the picture is."""
        return FOLDER / f"{self.width}-{self.theme}-{self.language}-{self.page}.png"


def main() -> None:
    """Take the pictures, then print and write what was found."""
    chosen = _arguments()
    FOLDER.mkdir(parents=True, exist_ok=True)
    shots = list(_shots(chosen))
    for key, group in groupby(sorted(shots, key=_sheet_of), _sheet_of):
        _contact_sheet(f"sheet-{'-'.join(key)}", list(group))
    lines = [f"{s.page} {s.language} {s.theme} {s.width}: {found}" for s in shots for found in s.found]
    (FOLDER / "findings.txt").write_text("\n".join([*lines, ""]), encoding="utf-8")
    sys.stdout.write("\n".join([*lines, f"{len(shots)} pictures in {FOLDER}, {len(lines)} findings", ""]))
    if lines:
        raise SystemExit(1)


def _sheet_of(shot: Shot) -> tuple[str, str, str]:
    return (f"{shot.width:04}", shot.theme, shot.language)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--page", action="append", choices=[*_PAGES, *STATES])
    parser.add_argument("--language", action="append", choices=LANGUAGES)
    parser.add_argument("--theme", action="append", choices=THEMES)
    parser.add_argument("--width", action="append", type=int)
    parser.add_argument("--query", default="", help="more of the address, e.g. ccy=USD")
    parser.add_argument("--dropped", type=Path, help="folder of a further company, with a sources.yaml")
    parser.add_argument("--url", default="", help="a server that runs already")
    parser.add_argument("--first-screen", action="store_true", help="the first screen instead of the whole page")
    given = parser.parse_args()
    given.page = given.page or [*_PAGES, *(() if given.dropped or given.query else STATES)]
    given.language = given.language or list(LANGUAGES)
    given.theme, given.width = given.theme or list(THEMES), given.width or list(WIDTHS)
    return given


def _shots(chosen: argparse.Namespace) -> Iterator[Shot]:
    if chosen.url:
        yield from _at(chosen.url, chosen)
    else:
        with serve() as server:
            yield from _at(server.url, chosen)


def _at(url: str, chosen: argparse.Namespace) -> Iterator[Shot]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_program(), args=["--no-sandbox"])
        for theme in chosen.theme:
            context = browser.new_context(
                color_scheme="dark" if theme == "dark" else "light", locale="en-GB", reduced_motion="reduce"
            )
            with Tab(context, url) as tab:
                tab.page.set_viewport_size({"width": max(chosen.width), "height": HEIGHT})
                if chosen.dropped:
                    drop(tab, chosen.dropped, chosen.language[0])
                for language, name in product(chosen.language, chosen.page):
                    tab.problems.clear()
                    tab.page.set_viewport_size({"width": max(chosen.width), "height": HEIGHT})
                    _opened(tab, name, language, chosen)
                    of_page = (*_measured(tab.page, name), *tab.problems)
                    for width in chosen.width:
                        yield _taken(tab.page, Shot(name, language, theme, width, of_page), first=chosen.first_screen)
                        of_page = ()
            context.close()
        browser.close()


def _opened(tab: Tab, name: str, language: str, chosen: argparse.Namespace) -> None:
    if chosen.dropped:
        follow(tab, name, language)
    elif name in STATES:
        bring_about(tab, name, language)
    else:
        tab.open(f"{name}?lang={language}&{chosen.query}".rstrip("&"))


def _measured(page: Page, name: str) -> tuple[str, ...]:
    """Return what is wrong with a page whatever its width; it is noted with the first picture."""
    below = missing_from_first_screen(page) if name in _PAGES else []
    return (*below, *violations(page))


def _taken(page: Page, shot: Shot, *, first: bool) -> Shot:
    resized(page, shot.width, 800 if first else HEIGHT)
    found = [*shot.found, *findings(page, shot.language)]
    if not first:
        whole(page)
    page.screenshot(path=shot.path)
    return Shot(shot.page, shot.language, shot.theme, shot.width, tuple(found))


def _contact_sheet(name: str, shots: list[Shot]) -> None:
    """Write a page with all pictures side by side; each leads to its picture in full size."""
    width = _SHEET.get(shots[0].width, 400)
    pictures = "".join(
        f'<a href="{file}"><p>{page}</p><img src="{file}" width="{width}" alt="{page}"></a>'
        for file, page in ((shot.path.name, shot.page) for shot in shots)
    )
    style = "body{display:flex;gap:8px;align-items:flex-start;font:13px sans-serif}"
    (FOLDER / f"{name}.html").write_text(
        f'<!doctype html><html lang="en"><title>{name}</title><style>{style}</style>{pictures}</html>\n',
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
