"""The files in another office program: they open, formulas give the same numbers, codes survive saving again.

Needs LibreOffice; skipped where it is missing, with what to install.
"""

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest

from ipo_data.export.packs.archive import archive
from ipo_data.export.packs.build import packed
from ipo_data.export.packs.material import Memo
from ipo_data.export.trace_files import codes_in
from tests.export.packs.conftest import memo_of, spec_of

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
PACKAGES = "libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(OFFICE is None, reason=f"no LibreOffice; on Debian: apt-get install {PACKAGES}"),
]
NAME = "Two-offerings-compared"


@pytest.fixture(scope="module")
def memo(dataset) -> Memo:
    codes = ("growth.growth-rates", "profitability.gross-margin", "valuation.multiples", "growth.one-footing")
    return memo_of(dataset, spec_of(*codes, language="zh-Hans", currency="USD"))


@pytest.fixture(scope="module")
def files(memo: Memo) -> dict[str, bytes]:
    return packed(memo, ["docx", "pptx", "xlsx"])


def converted(content: bytes, ending: str, to: str, folder: Path) -> bytes:
    """Open a file in LibreOffice and save it in another format, in a profile of its own."""
    source = folder / f"in.{ending}"
    source.write_bytes(content)
    out = folder / "out"
    command = [str(OFFICE), f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", to]
    subprocess.run([*command, "--outdir", str(out), str(source)], check=True, capture_output=True, timeout=180)
    return (out / f"in.{to}").read_bytes()


def test_recalculated_formulas_give_the_numbers_of_the_app(files, tmp_path):
    original = files[f"{NAME}.xlsx"]
    with zipfile.ZipFile(io.BytesIO(original)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    cached = re.compile(rb"(</f>)<v>[^<]*</v>")  # without its cached value every formula has to be worked out
    bare = archive({n: cached.sub(rb"\1", part) if "worksheets/" in n else part for n, part in parts.items()})
    worked_out = openpyxl.load_workbook(io.BytesIO(converted(bare, "xlsx", "xlsx", tmp_path)), data_only=True)
    formulas = openpyxl.load_workbook(io.BytesIO(original))
    values = openpyxl.load_workbook(io.BytesIO(original), data_only=True)

    count = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    wanted = values[sheet.title][cell.coordinate].value
                    assert worked_out[sheet.title][cell.coordinate].value == pytest.approx(wanted, rel=1e-9, abs=1e-9)
                    count += 1
    assert count > 40


@pytest.mark.parametrize("ending", ["docx", "pptx", "xlsx"])
def test_every_format_opens_and_prints(files, ending, tmp_path):
    printed = converted(files[f"{NAME}.{ending}"], ending, "pdf", tmp_path)

    assert printed.startswith(b"%PDF")
    assert len(printed) > 20_000


@pytest.mark.parametrize("ending", ["docx", "pptx", "xlsx"])
def test_codes_survive_saving_in_another_program(memo, files, ending, tmp_path):
    saved = converted(files[f"{NAME}.{ending}"], ending, ending, tmp_path)

    assert {found.code for found in codes_in("x", saved)} == {item.code for item in memo.exhibits}


def test_footnotes_survive_saving_in_another_program(memo, files, tmp_path):
    saved = converted(files[f"{NAME}.docx"], "docx", "docx", tmp_path)

    with zipfile.ZipFile(io.BytesIO(saved)) as opened:
        notes = re.findall(r'<w:footnote w:id="\d+"', opened.read("word/footnotes.xml").decode())
    # the separators of the program that saves count as well
    assert len(notes) >= len({note for item in memo.exhibits for note in item.exhibit.notes}) + 2
