"""One memo of ten exhibits, built once, with pictures that need no browser."""

import io
import zipfile

import pytest
from PIL import Image

from ipo_data.dataset import Dataset
from ipo_data.export.packs.build import Maker
from ipo_data.export.packs.material import Memo, Picture
from ipo_data.export.packs.spec import MemoSpec, checked, item_of

TEN = (
    "growth.revenue-spans", "overview.key-figures", "growth.growth-rates", "mix.segments",
    "profitability.gross-margin", "runway.runway-what-if~burn:150", "runway.runway-scenarios", "valuation.multiples",
    "offering.proceeds", "reconciliation.ledger",
)  # fmt: skip
"""Exhibits of every kind: spans, table, bars, mosaic, lines, options, panels, dots on a log axis, the ledger."""


def spec_of(*codes: str, **fields: object) -> MemoSpec:
    items = tuple(item_of(code) for code in codes or TEN)
    return MemoSpec.model_validate({"title": "Two offerings compared", "exhibits": items, **fields})


def drawn(*_: object) -> Picture:
    """Stand for a drawn exhibit."""
    buffer = io.BytesIO()
    Image.new("RGB", (68, 40), "white").save(buffer, "PNG")
    return Picture(buffer.getvalue(), (680, 400))


def memo_of(dataset: Dataset, spec: MemoSpec, *, pictures: bool = True) -> Memo:
    return Maker(dataset, "http://localhost:8501/", drawn if pictures else None).memo(checked(spec, dataset))


def parts(package: bytes) -> dict[str, str]:
    """Return the XML parts of an Office file as text, by name."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        names = [name for name in opened.namelist() if name.endswith((".xml", ".rels"))]
        return {name: opened.read(name).decode() for name in names}


@pytest.fixture(scope="session")
def memo(dataset: Dataset) -> Memo:
    return memo_of(dataset, spec_of())
