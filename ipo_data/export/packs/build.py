"""From a specification to files: exhibits are built, charts drawn, and every format written, step by step."""

from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from ipo_data.dataset import Dataset
from ipo_data.errors import IpoDataError, NoBrowserError
from ipo_data.exhibits.context import Context, restricted_to
from ipo_data.exhibits.model import Exhibit, View
from ipo_data.exhibits.registry import PAGES, build, page
from ipo_data.exhibits.view_query import complete_query_of
from ipo_data.export.figure_code import figure_code
from ipo_data.export.formats import CHARTS_ALONE
from ipo_data.export.packs.archive import archive, safe_name
from ipo_data.export.packs.document import document
from ipo_data.export.packs.manifest import MANIFEST_NAME, manifest_of, manifest_text
from ipo_data.export.packs.markdown import markdown
from ipo_data.export.packs.material import Memo, MemoExhibit, Picture
from ipo_data.export.packs.native_charts import native_form
from ipo_data.export.packs.slides import slides
from ipo_data.export.packs.spec import SPEC_NAME, MemoItem, MemoSpec, spec_text, view_of
from ipo_data.export.packs.workbook import workbook
from ipo_data.export.sheet import facts_of, status_of
from ipo_data.export.tables import CLAIM_COLUMNS, claim_rows, csv_text

FORMATS: Final = ("docx", "pptx", "xlsx", "md", "zip")
"""Document, slides, workbook, Markdown with its pictures, and an archive of all of them with CSV and manifest."""
_DRAWN_AT_ONCE: Final = 2
"""Charts drawn at the same time, while further exhibits are built."""
BYTE_ORDER_MARK: Final = "\ufeff"
"""Makes a spreadsheet read CSV as UTF-8."""
_WRITERS: Final[Mapping[str, Callable[[Memo], bytes]]] = {"docx": document, "pptx": slides, "xlsx": workbook}

SHEET: Final = "sheet"
"""Form of a whole exhibit with its words; the others are charts alone, by the names of ``CHARTS_ALONE``."""
_FORMS: Final = {"docx": ("column",), "pptx": ("strip",), "md": (SHEET,), "zip": (SHEET, "column", "strip")}
"""Pictures that a format shows."""
Draw = Callable[[Exhibit, View, str, str, str], Picture]
"""Draws an exhibit as PNG: exhibit, view, page id, figure code, form."""
Report = Callable[[int, int], None]
"""Told after each step how many of how many are done; what it raises stops the work."""


class MemoStoppedError(IpoDataError):
    """The memo was cancelled while it was made."""


@dataclass(frozen=True)
class Maker:
    """Makes memos from one data set.

    Attributes:
        dataset: The whole data set.
        address: Address of the app that links lead to, ending in ``/``; empty for relative links.
        draw: Draws charts; ``None`` if there are to be no pictures.
        report: Told about progress.
    """

    dataset: Dataset
    address: str = ""
    draw: Draw | None = None
    report: Report = lambda done, total: None

    def files(self, spec: MemoSpec, formats: Iterable[str] = FORMATS) -> tuple[dict[str, bytes], str]:
        """Return the files of a memo by plain relative name, and why charts could not be drawn (empty if they were).

        Args:
            spec: A specification that has been checked.
            formats: Some of ``FORMATS``.

        Raises:
            IpoDataError: If an exhibit cannot be built or a chart cannot be drawn; the message names it.
        """
        wanted = [name for name in FORMATS if name in set(formats)]
        steps = _Steps(len(spec.exhibits) + len(wanted), self.report)
        forms = {form for name in wanted for form in _FORMS.get(name, ())}
        memo = self.memo(spec, steps.done, forms)
        return packed(memo, wanted, steps.done), memo.no_pictures

    def memo(
        self, spec: MemoSpec, done: Callable[[], None] = lambda: None, forms: Collection[str] = (SHEET, *CHARTS_ALONE)
    ) -> Memo:
        """Build every exhibit of a memo and draw its chart; a machine without a browser makes a memo with tables.

        Args:
            spec: A specification that has been checked.
            done: Called after each exhibit.
            forms: The pictures to draw of each: ``SHEET`` or names of ``CHARTS_ALONE``.
        """
        reason = ""
        items: list[MemoExhibit] = []
        with ThreadPoolExecutor(_DRAWN_AT_ONCE, thread_name_prefix="draw") as pool:
            waiting = []
            for number, wanted in enumerate(spec.exhibits, 1):
                item = self._built(spec, wanted, number)
                drawable = self.draw is not None and item.exhibit.figure is not None
                waiting.append((item, pool.submit(self._drawn, item, forms) if drawable else None))
            try:
                for item, drawing in waiting:
                    pictures, reason = _pictures_of(drawing, reason)
                    items.append(replace(item, picture=pictures.pop(SHEET, None), charts=pictures))
                    done()
            finally:  # also when it is cancelled
                pool.shutdown(wait=False, cancel_futures=True)
        first = items[0].view
        without = tuple(replace(item, picture=None, charts={}) for item in items) if reason else tuple(items)
        return Memo(spec, self.dataset, Context(restricted_to(self.dataset, first), first), without, reason)

    def _drawn(self, item: MemoExhibit, forms: Collection[str]) -> dict[str, Picture]:
        """Draw the forms asked for; no strip where the slides have a chart of their own."""
        is_native = native_form(item.exhibit.figure) is not None
        wanted = [form for form in (SHEET, *CHARTS_ALONE) if form in forms and not (form == "strip" and is_native)]
        draw = self.draw
        return {f: draw(item.exhibit, item.view, item.page, item.code, f) for f in wanted} if draw else {}

    def _built(self, spec: MemoSpec, wanted: MemoItem, number: int) -> MemoExhibit:
        view = view_of(spec, wanted, self.dataset)
        context = Context(restricted_to(self.dataset, view), view)
        exhibit = build(context, page(wanted.page), wanted.exhibit)
        return MemoExhibit(
            exhibit, wanted.page, view, number, figure_code(exhibit, view, wanted.page, self.dataset),
            link_of(self.address, wanted.page, view, self.dataset), note=wanted.note,
            facts=(*status_of(exhibit, context.say), *facts_of(exhibit, wanted.page, context)),
        )  # fmt: skip


def _pictures_of(drawing: Future[dict[str, Picture]] | None, reason: str) -> tuple[dict[str, Picture], str]:
    """Return a drawn chart, and why there is none to be had on this machine; once that is known nobody waits."""
    if drawing is None or reason:
        return {}, reason
    try:
        return drawing.result(), ""
    except NoBrowserError as error:
        return {}, str(error)


def link_of(address: str, page_id: str, view: View, dataset: Dataset) -> str:
    """Return the link that opens a view: every value written out, and the data it was made with."""
    path = "" if page_id == PAGES[0].id else page_id
    return f"{address}{path}?{urlencode(complete_query_of(page_id, view, dataset), safe=',')}"


def packed(memo: Memo, formats: Iterable[str], done: Callable[[], None] = lambda: None) -> dict[str, bytes]:
    """Return the files of a memo whose exhibits are ready, by plain relative name."""
    wanted = set(formats)
    stem = safe_name(memo.spec.title)
    inner = set(FORMATS[:-1]) if "zip" in wanted else wanted
    made: dict[str, dict[str, bytes]] = {}
    for name in FORMATS[:-1]:
        if name in inner:
            made[name] = _markdown_files(memo, stem) if name == "md" else {f"{stem}.{name}": _WRITERS[name](memo)}
            if name in wanted:
                done()
    files = {path: content for name in made if name in wanted for path, content in made[name].items()}
    if "zip" in wanted:
        everything = {path: content for found in made.values() for path, content in found.items()}
        files[f"{stem}.zip"] = archive({**everything, **_csv_files(memo), **_records(memo)})
        done()
    return files


def _markdown_files(memo: Memo, stem: str) -> dict[str, bytes]:
    """Return the text and its pictures, which lie in a folder of their own."""
    images = {i.number: f"{stem}-images/{i.name}.png" for i in memo.exhibits if i.picture is not None}
    files = {f"{stem}.md": markdown(memo, images).encode()}
    return files | {images[i.number]: i.picture.png for i in memo.exhibits if i.picture is not None}


def _csv_files(memo: Memo) -> dict[str, bytes]:
    """Return the table of every exhibit as written, and the claims behind all of them with exact digits."""
    files = {}
    for item in memo.exhibits:
        table = item.exhibit.table
        columns = [str(name) for name in table.columns]
        rows = [dict(zip(columns, map(str, row), strict=True)) for row in table.itertuples(index=False)]
        files[f"data/{item.name}.csv"] = (BYTE_ORDER_MARK + csv_text(rows, columns)).encode()
    claims = csv_text(claim_rows(memo.context.dataset, memo.claims), CLAIM_COLUMNS)
    return files | {"data/claims.csv": (BYTE_ORDER_MARK + claims).encode()}


def _records(memo: Memo) -> dict[str, bytes]:
    return {SPEC_NAME: spec_text(memo.spec).encode(), MANIFEST_NAME: manifest_text(manifest_of(memo)).encode()}


class _Steps:
    """Counts steps and reports them."""

    def __init__(self, total: int, report: Report) -> None:
        self._total, self._report, self._count = total, report, 0

    def done(self) -> None:
        self._count += 1
        self._report(self._count, self._total)
