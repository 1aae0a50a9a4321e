"""Pages opened through the router, as a reader would by a link, and everything that can be read on them."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any
from urllib.parse import parse_qsl

import orjson
import pyarrow as pa
from google.protobuf.message import Message
from streamlit import config
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX
from streamlit.testing.v1 import AppTest

from ipo_data.dataset import Dataset
from ipo_data.exhibits.model import View
from ipo_data.exhibits.registry import PAGES, exhibit_ids
from ipo_data.exhibits.registry import page as page_of
from pages.shell.browser import PAGE_LINKS
from pages.shell.controls import MORE_EVIDENCE
from pages.shell.data import context_of, loaded
from pages.shell.exhibit_element import KEY_LENGTH, OPEN, MemoState
from pages.shell.link import FOLD
from tests.serving import ROOT

ROUTER = ROOT / "pages" / "shell" / "router.py"
PAGE_IDS = tuple(page.id for page in PAGES)
LOCALES = {"en": "en-GB", "zh-Hans": "zh-CN", "zh-Hant": "zh-HK"}
_READ = ("body", "label", "options", "placeholder", "help", "alt", "text", "title", "value", "caption", "code_text")
_TABLES = ("table", "dataframe")
_DRAWN = ("text", "name", "ticktext", "hovertext")
_LINK = re.compile(r'<a href="([^"]*)"[^>]*><span[^>]*>[^<]*</span>([^<]*)</a>')
_UNREAD = re.compile(r"<(script|style|span aria-hidden)\b.*?</(?:script|style|span)>", re.DOTALL)
"""In HTML: what nobody reads; such a span holds the name of an icon."""
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+!|$~<>:&=.\-])")


class Opened:
    """One reader's tab.

    Args:
        page: Page id.
        query: Query of the link.
        theme: ``light`` or ``dark``.
        locale: Language of the browser.
    """

    def __init__(
        self,
        page: str = "overview",
        query: Mapping[str, str] | None = None,
        *,
        theme: str = "light",
        locale: str = "en-GB",
    ) -> None:
        self.app = AppTest.from_file(str(ROUTER), default_timeout=60)
        self.app.switch_page(f"../{page}.py")
        self.app.query_params.update(query or {})
        config.set_option("client.showErrorDetails", "full")
        self.app.context = {"theme": theme, "locale": locale, "url": f"http://localhost:8501/{page}"}
        self.page = page
        self.app.run()

    def turn_to(self, page: str) -> "Opened":
        """Open another page with the query the sidebar's link carries."""
        address = next(address for address, _ in self.links if address.partition("?")[0] == self._path(page))
        self.app.query_params.clear()
        self.app.query_params.update(dict(parse_qsl(address.partition("?")[2], strict_parsing=True)))
        self.app.switch_page(f"../{page}.py").run()
        self.page = page
        return self

    def again(self) -> "Opened":
        """Run the script again as it is; where only parts of the page were drawn anew, then once more as a whole."""
        self.app.run()
        if not self.app.title:
            self.app.run()
        return self

    def press_memo(self, page: str, name: str) -> "Opened":
        """Press the button that puts an exhibit on the list for a memo or takes it off."""
        states = WidgetStates()
        element = self._element_of(page, name).id
        pressed = states.widgets.add(id=f"{STREAMLIT_INTERNAL_KEY_PREFIX}_{element}__events")
        pressed.json_trigger_value = orjson.dumps([{"event": "memo", "value": True}]).decode()
        self.app._run(states)
        return self

    def fold(self, page: str, name: str, *, open: bool = True) -> "Opened":  # noqa: A002 - as the browser calls it
        """Unfold an exhibit by its button, or fold it."""
        states = WidgetStates()
        states.widgets.add(id=self._element_of(page, name).id).json_value = orjson.dumps({OPEN: open}).decode()
        self.app._run(states)
        return self

    def is_unfolded(self, page: str, name: str) -> bool:
        """Return whether that button shows the exhibit as unfolded."""
        return int(self._element_of(page, name).bytes[KEY_LENGTH : KEY_LENGTH + 1]) >= len(MemoState)

    def memo_label(self, page: str, name: str) -> str:
        """Return what that button says."""
        found = self._element_of(page, name)
        return str(unpacked(found)["memo"][int(found.bytes[KEY_LENGTH : KEY_LENGTH + 1]) % len(MemoState)])

    def _element_of(self, page: str, name: str) -> Any:
        (found,) = [
            one.proto for one in self.app.get("bidi_component") if one.proto.id.endswith(f"-exhibit-{page}-{name}")
        ]
        return found

    def with_link(self) -> "Opened":
        """Unfold the link to copy, where the page's files are as well."""
        self.app.session_state[FOLD] = True
        return self.again()

    def with_more_evidence(self) -> "Opened":
        """Unfold the rarer choices of evidence."""
        self.app.session_state[MORE_EVIDENCE] = True
        return self.again()

    @staticmethod
    def _path(page: str) -> str:
        return "./" if page == PAGE_IDS[0] else page

    @property
    def links(self) -> list[tuple[str, str]]:
        """Addresses and labels of the links to the pages."""
        lists = [html.proto.body for html in self.app.get("html") if f'class="{PAGE_LINKS}"' in html.proto.body]
        return [(unescape(address), unescape(label)) for found in lists for address, label in _LINK.findall(found)]

    @property
    def query(self) -> dict[str, Any]:
        """The query in the address bar."""
        return dict(self.app.query_params)

    @property
    def errors(self) -> list[str]:
        """Exceptions shown instead of a page, with their traces."""
        return [f"{error.message}\n" + "\n".join(error.stack_trace) for error in self.app.exception]

    @property
    def title(self) -> str:
        """The page's title."""
        (title,) = self.app.title
        return str(title.value)

    @property
    def warnings(self) -> list[str]:
        """Warnings as a reader sees them."""
        return [unescaped(str(warning.value)) for warning in self.app.warning]

    @property
    def remarks(self) -> list[str]:
        """Remarks as a reader sees them."""
        return [unescaped(str(remark.value)) for remark in self.app.info]

    @property
    def headings(self) -> list[str]:
        """Headings of the exhibits with their subtitles."""
        return [f"{one['heading']}\n{one.get('subtitle', '')}" for one in self.exhibits if "heading" in one]

    @property
    def exhibits(self) -> list[dict[str, Any]]:
        """What the browser's parts of the exhibits are given, from top to bottom."""
        found = self.app.get("bidi_component")
        return [{**unpacked(element.proto), "element": element.proto.id} for element in found]

    @property
    def charts(self) -> list[dict[str, Any]]:
        """The charts: Plotly's data and layout, with alternative text, least width and tool bar."""
        return [{**one["chart"], "element": one["element"]} for one in self.exhibits if "chart" in one]

    @property
    def tables(self) -> list[Message]:
        """The messages of tables, small and large."""
        return [table.proto for kind in _TABLES for table in self.app.get(kind)]

    @property
    def controls(self) -> set[str]:
        """Keys of all controls on the page."""
        return {element.key for _, element in elements(self.app._tree) if getattr(element, "key", None)}

    def texts(self) -> list[str]:
        """Return everything a reader or a screen reader finds on the page, as Markdown or plain text."""
        return [text for text in _texts(self.app._tree) if text.strip()]

    def text(self) -> str:
        """Return all texts with escapes undone, one a line."""
        return "\n".join(unescaped(text) for text in self.texts())


def view_of(opened: Opened, **changes: Any) -> View:
    """Return the view a page shows by default, with some values changed."""
    return View(**{"options": page_of(opened.page).defaults(data()), **changes})


def data() -> Dataset:
    """Return the data set the pages show."""
    found = loaded().dataset
    assert found is not None
    return found


def expected_exhibits(page: str, view: View) -> list[str]:
    """Return the ids of the exhibits the registry wants on a page."""
    return exhibit_ids(page_of(page), context_of(data(), view).companies)


def unescaped(text: str) -> str:
    """Undo the escapes that make Markdown show a text as it is."""
    return _ESCAPE.sub(r"\1", text).replace("\u2060", "")


def elements(block: Any) -> Iterator[tuple[str, Any]]:
    """Return every block and element below a block."""
    for child in block.children.values():
        yield child.type, child
        if hasattr(child, "children"):
            yield from elements(child)


def _texts(tree: Any) -> Iterator[str]:
    for kind, element in elements(tree):
        proto = getattr(element, "proto", None)
        if not isinstance(proto, Message):
            continue
        yield from [_UNREAD.sub(" ", proto.body)] if kind == "html" else _fields(proto)
        if kind == "bidi_component":
            yield from _exhibit(unpacked(proto))
        if kind in _TABLES:
            yield from cells_of(proto)


def unpacked(proto: Any) -> dict[str, Any]:
    """Return what an exhibit's element is given."""
    found: dict[str, Any] = orjson.loads(proto.bytes[KEY_LENGTH + 1 :])
    return found


def _exhibit(content: Mapping[str, Any]) -> Iterator[str]:
    """Yield what an exhibit's element shows: its texts, and those of the chart."""
    yield from (content[name] for name in ("heading", "subtitle", "moves", "source") if name in content)
    yield from (label for _, label in content.get("marks", ()))
    yield from content.get("notes", ())
    yield from content.get("memo", ())
    yield from content.get("fold", ())[:1]
    if "chart" in content:
        yield content["chart"]["alt"]
        yield from _drawn({name: content["chart"][name] for name in ("data", "layout")})


def _fields(proto: Message) -> Iterator[str]:
    for descriptor, value in proto.ListFields():
        if isinstance(value, Message):
            yield from _fields(value)
        elif descriptor.name in _READ:
            yield from [value] if isinstance(value, str) else [text for text in value if isinstance(text, str)]


def _drawn(spec: Any) -> Iterator[str]:
    if isinstance(spec, dict):
        for key, value in spec.items():
            if key in _DRAWN:
                yield from [value] if isinstance(value, str) else _strings(value)
            if key != "template":
                yield from _drawn(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from _drawn(value)


def _strings(value: Any) -> list[str]:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []


def cells_of(proto: Any) -> Iterator[str]:
    """Yield headings and cells of a table as they are sent."""
    frame = pa.ipc.open_stream(proto.arrow_data.data if hasattr(proto, "arrow_data") else proto.data).read_pandas()
    yield from (str(column) for column in frame.columns)
    for column in frame.columns:
        yield from (str(cell) for cell in frame[column])
