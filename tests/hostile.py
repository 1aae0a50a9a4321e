"""Record files in which every text says something that a browser, a spreadsheet or a chart might act upon."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path
from shutil import copytree
from typing import Any

import yaml

from tests.serving import ROOT

BEACON = "http://127.0.0.1:9"
"""Where nothing listens; a request to it would show that a text was acted upon."""
STRINGS = (
    "<script>window.__x=1</script>",
    "<img src=x onerror=window.__x=1>",
    "<svg onload=window.__x=1>",
    '<iframe srcdoc="<script>parent.__x=1</script>">',
    "[a](javascript:window.__x=1)",
    f"![b]({BEACON}/x.png)",
    f"<a href='{BEACON}/x'>b</a>",
    "<style>body{display:none}</style>",
    f'<span style="background:url({BEACON}/x)">b</span>',
    '" onmouseover="window.__x=1',
    "$\\href{javascript:window.__x=1}{y}$ **b** ~~c~~",
    f'=HYPERLINK("{BEACON}/x","b")',
    "</script><script>window.__x=1</script>%{y}",
)
"""Scripts, pictures, links, styles, formulas and templates: thirteen ways in."""
DOES_SOMETHING = re.compile(r"<\s*/?\s*(?:script|img|svg|iframe|a\s|style|span style)", re.IGNORECASE)
_TEXTS = {"title": 300, "publisher": 120, "author": 120, "by": 60, "note": 2_000, "because": 2_000, "name": 2_000}
_TEXTS |= {"short": 2_000, "profile": 2_000, "lacks": 2_000}
_LANGUAGES = ("en", "zh-Hans", "zh-Hant")


def spoiled(place: Path) -> Path:
    """Write the repository's records with a hostile string at the beginning of every text; return the folder."""
    folder = copytree(ROOT / "seeds", place)
    strings = cycle(STRINGS)
    for path in sorted(folder.rglob("*.yaml")):
        if path.name != "zh-Hant.yaml":
            records = yaml.load(path.read_bytes(), Loader=yaml.CBaseLoader)  # noqa: S506 - scalars stay text
            text = yaml.dump(_spoiled(records, strings), Dumper=yaml.CSafeDumper, allow_unicode=True, width=10_000)
            path.write_text(text, encoding="utf-8")
    (folder / "zh-Hant.yaml").write_text("{}\n", encoding="utf-8")
    return folder


def _spoiled(node: Any, strings: Iterator[str], key: str = "") -> Any:
    if isinstance(node, list):
        return [_spoiled(child, strings) for child in node]
    if not isinstance(node, dict):
        if key == "at":  # begins with a paragraph, page or table, and holds the figure as it stands there
            return f"{node} {next(strings)}"[:120]
        return _before(node, next(strings), _TEXTS[key]) if key in _TEXTS else node
    if node and set(node) <= set(_LANGUAGES):
        return {language: _before(text, next(strings), 2_000) for language, text in node.items()}
    if key == "members":
        return {axis: {name: _spoiled(text, strings, "note") for name, text in of.items()} for axis, of in node.items()}
    return {name: _spoiled(child, strings, name) for name, child in node.items()}


def _before(text: str, string: str, most: int) -> str:
    return f"{string} {text}"[:most]


class Elements(HTMLParser):
    """Elements of a page that act or fetch, and attributes that run scripts.

    Attributes:
        found: Their names, in the order they come.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that acts or fetches."""
        if tag in ("script", "img", "iframe", "a", "object", "embed", "link"):
            self.found.append(tag)
        self.found += [name for name, value in attrs if name.startswith("on") or BEACON in (value or "")]
