"""A hostile string in every text of the records: refused when loaded, and, were it not, still only text everywhere.

The second half switches the loader's refusal off, so that pages and exports are tested by themselves.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pydantic import TypeAdapter, ValidationError

from ipo_data.dataset import Dataset
from ipo_data.errors import SeedError
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import View
from ipo_data.exhibits.registry import PAGES, build, exhibit_ids
from ipo_data.export.exhibit_table import exhibit_csv, table_for_pasting
from ipo_data.export.packs.build import FORMATS, packed
from ipo_data.export.sheet import sheet_of, stand_alone_page
from ipo_data.model.text import Text
from ipo_data.paths import SEEDS_VARIABLE
from tests.export.packs.conftest import TEN, memo_of, parts, spec_of
from tests.hostile import BEACON, DOES_SOMETHING, STRINGS, Elements, spoiled
from tests.pages.opened import PAGE_IDS, Opened, cells_of, elements, unpacked

HARMLESS = {'" onmouseover="window.__x=1'}
"""What the loader lets pass, because without markup around it a quotation mark is one."""
ACTS = re.compile(r"<\s*/?\s*(?:script|img|svg|iframe|a\s|style|span style=\")", re.IGNORECASE)
"""In a label of a chart; the charts' own text sizes stand in single quotation marks."""
UNESCAPED = re.compile(r"(?<!\\)(?:<|\]\((?!#)|\*\*b|~~c|\$\\h)")
"""In Markdown: a tag, a link, bold, struck out, a formula."""
FORMULA = re.compile(r"\s*[=+@\t\r]|\s*-(?![\d.])")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return spoiled(tmp_path_factory.mktemp("hostile") / "seeds")


@pytest.fixture(scope="module")
def hostile(folder: Path) -> Iterator[Dataset]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ipo_data.model.text.refuse_unprintable", lambda text: None)
        patch.setenv(SEEDS_VARIABLE, str(folder))
        yield Dataset.load(folder)


@pytest.mark.parametrize("string", STRINGS)
def test_the_loader_refuses_it(string: str) -> None:
    try:
        TypeAdapter(Text).validate_python(string)
    except ValidationError:
        assert string not in HARMLESS
    else:
        assert string in HARMLESS


def test_the_loader_refuses_it_in_every_record_file(folder: Path) -> None:
    with pytest.raises(SeedError) as caught:
        Dataset.load(folder)
    named = {problem.partition(":")[0].partition("/")[2] for problem in caught.value.problems}
    written = {path.relative_to(folder).as_posix() for path in folder.rglob("*.yaml")} - {"zh-Hant.yaml"}
    assert named == written


@pytest.mark.usefixtures("hostile")
@pytest.mark.parametrize("page", PAGE_IDS)
def test_a_page_shows_it_as_text(page: str) -> None:
    shown = Opened(page)
    assert shown.errors == []
    assert DOES_SOMETHING.search(shown.text())  # it is there
    markdown = [*shown.app.markdown, *shown.app.caption, *shown.app.warning, *shown.app.info, *shown.app.title]
    for element in markdown:
        assert UNESCAPED.search(str(element.value)) is None
    for element in shown.app.get("html"):
        allowed = ["script"] if element.proto.unsafe_allow_javascript else ["a"] * len(shown.links)
        assert Elements(element.proto.body).found in (allowed, [])
    for kind, element in elements(shown.app._tree):
        if kind == "table":
            assert [cell for cell in cells_of(element.proto) if UNESCAPED.search(cell)] == []
        if kind == "bidi_component":  # its own texts are set as text; Plotly takes some markup in those of a chart
            chart = unpacked(element.proto).get("chart", {})
            drawn = {name: chart[name] for name in ("data", "layout") if name in chart}
            assert [text for text in strings_of(drawn) if ACTS.search(text)] == []


def strings_of(spec: object) -> Iterator[str]:
    """Yield every text of a chart: titles, labels, hover texts and templates."""
    if isinstance(spec, str):
        yield spec
    elif isinstance(spec, dict):
        for value in spec.values():
            yield from strings_of(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from strings_of(value)


def test_a_stand_alone_page_and_tables_hold_it_as_text(hostile: Dataset, dataset: Dataset) -> None:
    """Every exhibit as HTML, beside the same one of the sound records, and as CSV and pasted table."""
    view = View()
    context, sound = Context(hostile, view), Context(dataset, view)
    for page in PAGES:
        for name in exhibit_ids(page, context.companies):
            exhibit, other = build(context, page, name), build(sound, page, name)
            html = stand_alone_page(sheet_of(exhibit, page.id, view, hostile, "0-0"), 900)
            plain = stand_alone_page(sheet_of(other, page.id, view, dataset, "0-0"), 900)
            assert Elements(html).found == Elements(plain).found, name
            rows = list(csv.reader(io.StringIO(exhibit_csv(exhibit, context).lstrip("\ufeff"))))
            assert [cell for row in rows for cell in row if FORMULA.match(cell)] == [], name
            pasted = [cell for line in table_for_pasting(exhibit).splitlines() for cell in line.split("\t")]
            assert [cell for cell in pasted if FORMULA.match(cell)] == [], name


def test_a_memo_holds_it_as_text_in_every_format(hostile: Dataset, dataset: Dataset) -> None:
    files, sound = (packed(memo_of(data, spec_of(*TEN)), FORMATS) for data in (hostile, dataset))
    by_ending = {name.rpartition(".")[2]: content for name, content in files.items()}
    assert set(by_ending) >= {"docx", "pptx", "xlsx", "md", "zip"}
    for ending in ("docx", "pptx", "xlsx"):
        text = parts(by_ending[ending])
        assert [name for name, part in text.items() if name.endswith(".rels") and BEACON in part] == []
        assert not any("javascript:" in part for name, part in text.items() if name.endswith(".rels"))
    markdown = by_ending["md"].decode()
    assert re.search(r"(?<!\\)<(?:script|img|svg|iframe|style|a |span)", markdown) is None
    assert re.search(r"(?<!\\)\]\((?:javascript|http://127)", markdown) is None
    assert formulas(by_ending["xlsx"]) == formulas(next(file for name, file in sound.items() if name.endswith("xlsx")))
    with zipfile.ZipFile(io.BytesIO(by_ending["zip"])) as archive:
        for name in archive.namelist():
            if name.endswith(".csv"):
                rows = list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
                assert [cell for row in rows for cell in row if FORMULA.match(cell)] == [], name


def formulas(workbook: bytes) -> int:
    """Return the number of formulas of a workbook."""
    return sum(cell.data_type == "f" for sheet in load_workbook(io.BytesIO(workbook)) for row in sheet for cell in row)
