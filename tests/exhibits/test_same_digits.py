"""One number, one set of digits: a chart writes what its table, its CSV, its workbook and its Markdown write."""

import csv
import io
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

import openpyxl
import pytest

from ipo_data import formatting
from ipo_data.dataset import Dataset
from ipo_data.exhibits.model import BASES, Exhibit, View
from ipo_data.exhibits.registry import PAGES, exhibit_ids
from ipo_data.export.exhibit_table import exhibit_csv
from ipo_data.export.packs.build import Maker
from ipo_data.export.packs.cells import FIRST_ROW
from ipo_data.export.packs.markdown import MOST_ROWS, markdown
from ipo_data.export.packs.spec import MemoSpec, checked, item_of
from ipo_data.export.packs.workbook import workbook
from ipo_data.text.catalog import LANGUAGES
from ipo_data.units import CURRENCIES
from tests.exhibits.library import Library, drawn, flat, words_in_figure

VIEWS = tuple(View(language=language, basis=basis) for language in LANGUAGES for basis in BASES)
each_view = pytest.mark.parametrize("view", VIEWS, ids=lambda view: f"{view.language}-{view.basis}")

SCALES = {
    "trn": 12, "bn": 9, "m": 6, "k": 3, "万亿": 12, "萬億": 12, "亿": 8, "億": 8, "万": 4, "萬": 4,
}  # fmt: skip
"""Scale words and their powers of ten, longest first where one begins like another."""
_MONEY = "|".join(
    re.escape(name)
    for name in sorted({formatting.currency_name(c, lang) for c in CURRENCIES for lang in LANGUAGES}, key=len)[::-1]
)
_SCALE = "|".join(SCALES)
FIGURE = re.compile(
    rf"(?P<before>{_MONEY})?(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<scale>(?:{_SCALE})(?![A-Za-z]))?"
    rf"(?P<unit>{_MONEY}|%|×| pp| bps|个百分点|個百分點|个基点|個基點)?"
)
"""A figure as it is written in any language; a bare number, as in a date, has neither scale nor unit."""

MARKS = {"spending": "1×", "incremental-loss": "1×"}
"""Lines of reference: a unit of revenue, or of additional revenue."""

_BROKEN = re.compile(r"(?<=[万亿萬億])<br>(?=[元美港])")
"""Where an amount in Chinese is written on two lines."""


def figures(words: str) -> set[str]:
    """Return the figures in some words, without their sign: money, percentages, multiples, points, scaled counts."""
    plain = re.sub(r"<[^>]*>", " ", words)
    found = (match for match in FIGURE.finditer(plain) if match["before"] or match["scale"] or match["unit"])
    return {match[0].strip() for match in found}


def to_four(figure: str) -> str:
    """Return a figure rounded half up to four significant digits, its scale and unit kept: US$116.573m is 116.6m."""
    match = FIGURE.fullmatch(figure)
    assert match is not None, figure
    exact = Decimal(match["digits"].replace(",", ""))
    places = max(0, 3 - exact.adjusted()) if exact else 0
    if "." not in match["digits"] or len(match["digits"].partition(".")[2]) <= places:
        return figure
    return figure.replace(match["digits"], f"{exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):,}")


def times(figure: str) -> str:
    """Return a growth rate of 300 % or more as the multiple of its base: 782.2% is 8.82×; else the figure."""
    match = FIGURE.fullmatch(figure)
    rate = Decimal(match["digits"].replace(",", "")) if match is not None and match["unit"] == "%" else Decimal(0)
    return formatting.multiple(1 + rate / 100) if rate >= 300 else figure


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("US$116.573m", "US$116.6m"),
        ("US$1.871617bn", "US$1.872bn"),
        ("1.16573亿美元", "1.166亿美元"),
        ("25.389220m", "25.39m"),
        ("1,837.17×", "1,837×"),
        ("US$1.6000bn", "US$1.600bn"),
        ("HK$87.38bn", "HK$87.38bn"),
        ("23.3%", "23.3%"),
    ],
)
def test_four_digits_of_a_figure(printed: str, label: str) -> None:
    assert to_four(printed) == label


def beside(exhibit: Exhibit) -> set[str]:
    """Return the figures of an exhibit's table, of its headings, and of what is said above and below it."""
    cells = [*map(str, exhibit.table.columns), *map(str, exhibit.table.to_numpy().ravel())]
    return figures("\n".join([*cells, exhibit.subtitle, *exhibit.notes]))


def ratios_of_marks(exhibit: Exhibit, language: str) -> set[str]:
    """Return how many times the smallest mark of a line the largest is, and amounts per month of the marks."""
    found: set[str] = set()
    by_measure: dict[str, list[Decimal]] = {}
    for point in exhibit.points:
        if point.value is not None and point.unit != "percent":
            by_measure.setdefault(point.measure, []).append(point.value)
            months = getattr(point.when, "months", 0)
            if exhibit.id == "revenue-spans" and months:
                found |= figures(formatting.value(point.value / months, point.unit, language))
    for values in by_measure.values() if exhibit.id == "one-footing" else ():
        found |= figures(formatting.multiple(max(values) / min(values)))
    return found


@each_view
def test_a_chart_writes_no_figure_otherwise_than_its_table(library: Library, view: View) -> None:
    """Hover to the last printed digit, labels to four digits of it; axes have rounded ticks of their own."""
    checked_figures = 0
    for _, exhibit in library.exhibits(view):
        if exhibit.figure is None:
            continue
        known = beside(exhibit) | ratios_of_marks(exhibit, view.language) | {MARKS.get(exhibit.id, "")}
        labels = known | set(map(to_four, known - {""})) | set(map(times, known))
        labels |= set(map(to_four, labels - {""}))
        written = {figure for words in _labels(exhibit) for figure in figures(words)}
        odd = {figure for figure in written - labels if not any(stands_for(figure, n) for n in bare_numbers(exhibit))}
        assert not odd, (exhibit.id, sorted(odd))
        told = {figure for words in _hovers(exhibit) for figure in figures(words)}
        assert told <= known | set(map(times, known)), (exhibit.id, sorted(told - known))
        checked_figures += len(written | told)
    assert checked_figures > 300


def bare_numbers(exhibit: Exhibit) -> set[Decimal]:
    """Return the numbers of a table that have no scale: counts printed to the unit, which labels write in 万."""
    cells = (str(cell).replace(",", "") for cell in exhibit.table.to_numpy().ravel())
    return {Decimal(cell) for cell in cells if cell.isdecimal()}


def _labels(exhibit: Exhibit) -> Iterator[str]:
    """Yield what stands beside marks and in them, without the words of ticks; a broken amount is one."""
    written = [note["text"] for note in drawn(exhibit)["layout"].get("annotations", ())]
    for trace in drawn(exhibit)["data"]:
        if "%{text}" not in trace.get("hovertemplate", ""):
            written += flat(trace.get("text") or ())
    yield from (_BROKEN.sub("", str(words)) for words in written)


def _hovers(exhibit: Exhibit) -> Iterator[str]:
    """Yield what hover tells."""
    for trace in drawn(exhibit)["data"]:
        yield from flat(trace.get("hovertemplate") or ())
        yield from flat(trace.get("hovertext") or ())
        if "%{text}" in trace.get("hovertemplate", "") and not is_curve(exhibit, trace):
            yield from flat(trace.get("text") or ())


CURVES = ("runway-scenarios", "runway-fan")
"""Exhibits whose tables have the ends and the milestones of curves of a hundred months."""


def is_curve(exhibit: Exhibit, trace: dict[str, Any]) -> bool:
    """Tell whether a trace has a value for every month, far more than a table for readers holds."""
    return exhibit.id in CURVES and len(trace.get("text") or ()) > 2


@each_view
def test_a_curve_tells_the_value_of_every_month(library: Library, view: View) -> None:
    """What hover says of a month is the height drawn there, rounded half up to its last digit."""
    compared = 0
    for _, exhibit in library.exhibits(view):
        for trace in drawn(exhibit)["data"]:
            for words, height in zip(trace["text"], trace["y"], strict=True) if is_curve(exhibit, trace) else ():
                (figure,) = figures(words)
                assert stands_for(figure, Decimal(str(height))), (exhibit.id, words, height)
                compared += 1
    assert compared > 300


def _marked(exhibit: Exhibit) -> Iterator[str]:
    """Yield what stands at marks and in hover, without the words of ticks."""
    layout = drawn(exhibit)["layout"]
    ticks = {str(tick) for name, own in layout.items() if "axis" in name for tick in own.get("ticktext") or ()}
    yield from (words for words in words_in_figure(exhibit) if words not in ticks)


# --- values behind figures --------------------------------------------------------------------------------------------


def stands_for(written: str, value: Decimal) -> bool:
    """Tell whether a written figure is a value rounded half up to its last digit, whatever its scale and sign."""
    match = FIGURE.search(written)
    if match is None:
        return False
    digits = match["digits"].replace(",", "")
    power = SCALES.get(match["scale"] or "", 0) - (2 if (match["unit"] or "") in (" bps", "个基点", "個基點") else 0)
    size = Decimal(digits).scaleb(power)
    step = Decimal(1).scaleb(power - len(digits.partition(".")[2]))
    return abs(abs(value) - size) <= step / 2


@pytest.mark.parametrize(
    ("written", "value", "same"),
    [
        ("US$53.44m", "53437000", True),
        ("(US$53.44m)", "-53437000", True),
        ("5,344万美元", "53437000", True),
        ("53.5m", "53437000", False),
        ("+40 bps", "0.4", True),
        ("23.3%", "23.26", True),
        ("23.3%", "23.36", False),
    ],
)
def test_the_reading_of_a_figure(written: str, value: str, *, same: bool) -> None:
    assert stands_for(written, Decimal(value)) is same


WORDS_ONLY = {
    "segments": ("revenue",), "channels": ("revenue",),  # the whole of a stack
    "spending": ("",),  # columns on one scale in pixels, which a test of its own holds
    "segment-slope": ("share_change",), "products": ("revenue_growth",),  # words beside a mark
    "growth-needed": ("growth_asked",),  # a shade, no longer told apart beyond a height
    "revenue-spans": ("revenue",),  # an area: the height is the amount per month
    "ledger-deviations": ("",),  # distances between two figures
}  # fmt: skip
"""Measures that an exhibit writes without drawing them to scale, by the beginning of both ids."""


def is_drawn(exhibit: Exhibit, measure: str) -> bool:
    return not any(
        exhibit.id.startswith(name) and measure.startswith(starts)
        for name, measures in WORDS_ONLY.items() for starts in measures
    )  # fmt: skip


def coordinates(exhibit: Exhibit) -> list[float]:
    """Return the sizes of everything a chart draws."""
    found = (trace.get(key) for trace in drawn(exhibit)["data"] for key in ("x", "y", "z", "base", "width"))
    return [abs(number) for cells in found for number in _numbers(cells)]


def _numbers(cells: object) -> Iterator[float]:
    if isinstance(cells, int | float):
        yield float(cells)
    for cell in cells if isinstance(cells, list | tuple) else ():
        yield from _numbers(cell)


@pytest.mark.parametrize("basis", BASES)
def test_columns_of_spending_are_drawn_on_one_scale(library: Library, basis: str) -> None:
    exhibit = library.exhibit(View(basis=basis), "profitability", "spending")
    sizes = sorted(
        float(p.value) for p in exhibit.points if p.value is not None and p.measure != "spend_to_revenue"
    )  # fmt: skip
    lengths = sorted(length for trace in drawn(exhibit)["data"] if trace["type"] == "bar" for length in trace["x"])

    assert len(lengths) == len(sizes)
    scale = lengths[-1] / sizes[-1]
    assert lengths == pytest.approx([size * scale for size in sizes])


@pytest.mark.parametrize("basis", BASES)
def test_a_mark_stands_where_its_figure_says(library: Library, basis: str) -> None:
    view = View(basis=basis)
    context = library.context(view)
    compared = 0
    for _, exhibit in library.exhibits(view):
        if exhibit.figure is None:
            continue
        written = {figure for words in _marked(exhibit) for figure in figures(words)}
        places = coordinates(exhibit)
        for point in exhibit.points:
            if point.value is None or point.unit not in COMPARED or not is_drawn(exhibit, point.measure):
                continue
            if figures(context.point(point)) <= written:
                size = abs(float(point.value))
                assert any(abs(size - place) <= 1e-9 * max(1.0, size) for place in places), (exhibit.id, point)
                compared += 1
    assert compared > 150


COMPARED = frozenset({"percent", "x", "points", "persons", *CURRENCIES})
"""Units whose figures are read back; months and dates are words."""


@each_view
def test_a_table_writes_the_value_behind_it(library: Library, view: View) -> None:
    context = library.context(view)
    compared = 0
    for _, exhibit in library.exhibits(view):
        for point in exhibit.points:
            if point.value is not None and point.unit in COMPARED:
                assert stands_for(context.point(point), point.value), (exhibit.id, point, context.point(point))
                compared += 1
    assert compared > 300


# --- files ------------------------------------------------------------------------------------------------------------


@each_view
def test_csv_has_the_figures_of_the_points_and_their_values(library: Library, view: View) -> None:
    context = library.context(view)
    compared = 0
    for _, exhibit in library.exhibits(view):
        if not exhibit.points:
            continue
        rows = list(csv.DictReader(io.StringIO(exhibit_csv(exhibit, context).lstrip("\ufeff"))))
        assert [row["figure"].lstrip("'") for row in rows] == [
            formatting.in_table(context.point(point)) for point in exhibit.points
        ], exhibit.id
        for row, point in zip(rows, exhibit.points, strict=True):
            if point.value is not None and point.unit in COMPARED:
                assert stands_for(row["figure"], Decimal(row["value"])), (exhibit.id, row)
                assert row["value"].startswith("-") == (point.value < 0), (exhibit.id, row)
                compared += 1
    assert compared > 300


FILED = tuple(View(language=language, basis=basis) for language, basis in zip(LANGUAGES, BASES, strict=False))
"""Views whose exhibits are all written into memos, one per language."""


@lru_cache(maxsize=1)
def memos(dataset: Dataset, view: View) -> list[object]:
    """Return one memo per page with all its exhibits and no pictures."""
    companies = list(dataset.companies)
    made = []
    for page in PAGES:
        items = tuple(item_of(f"{page.id}.{name}") for name in exhibit_ids(page, companies))
        spec = MemoSpec.model_validate(
            {"title": "All", "exhibits": items, "language": view.language, "basis": view.basis}
        )
        made.append(Maker(dataset, "", None).memo(checked(spec, dataset)))
    return made


@pytest.mark.parametrize("view", FILED, ids=lambda view: view.language)
def test_a_workbook_has_the_figures_and_the_values_of_the_points(dataset: Dataset, view: View) -> None:
    compared = 0
    for memo in memos(dataset, view):
        book = openpyxl.load_workbook(io.BytesIO(workbook(memo)), data_only=True)
        for sheet, item in zip(book.worksheets[1:], memo.exhibits, strict=False):
            cells = list(sheet.iter_rows(min_row=FIRST_ROW + 1, max_row=FIRST_ROW + len(item.exhibit.points)))
            for row, point in zip(cells, item.exhibit.points, strict=False):
                assert row[3].value == formatting.in_table(memo.context.point(point)), (item.name, point)
                if point.value is not None and point.unit in COMPARED:
                    assert stands_for(row[3].value, Decimal(str(row[4].value))), (item.name, point)
                    compared += 1
    assert compared > 300


@pytest.mark.parametrize("view", FILED, ids=lambda view: view.language)
def test_markdown_has_every_figure_of_the_tables(dataset: Dataset, view: View) -> None:
    compared = 0
    for memo in memos(dataset, view):
        text = figures(re.sub(r"\\(.)", r"\1", markdown(memo, {})))
        for item in memo.exhibits:
            cells = item.exhibit.table.head(MOST_ROWS).to_numpy().ravel()
            own = figures("\n".join(map(str, cells)))
            assert own <= text, (item.name, sorted(own - text))
            compared += len(own)
    assert compared > 300
