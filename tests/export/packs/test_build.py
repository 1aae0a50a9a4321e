import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest

from ipo_data.errors import NoBrowserError
from ipo_data.export.packs.archive import is_plain_entry
from ipo_data.export.packs.build import FORMATS, Maker, MemoStoppedError, packed
from ipo_data.export.packs.spec import checked, read_spec
from tests.export.packs.conftest import drawn, memo_of, spec_of


@pytest.fixture(scope="module")
def files(memo):
    return packed(memo, FORMATS)


def test_every_format_has_its_file(files):
    stem = "Two-offerings-compared"
    images = [name for name in files if "/" in name]

    assert [name for name in files if "/" not in name] == [
        f"{stem}.docx", f"{stem}.pptx", f"{stem}.xlsx", f"{stem}.md", f"{stem}.zip",
    ]  # fmt: skip
    assert len(images) == 8
    assert images[0] == f"{stem}-images/01-revenue-spans.png"


def test_the_archive_holds_everything_under_plain_names(files, dataset):
    with zipfile.ZipFile(io.BytesIO(files["Two-offerings-compared.zip"])) as opened:
        names = opened.namelist()
        spec = opened.read("memo.yaml")
        manifest = json.loads(opened.read("manifest.json"))
        claims = opened.read("data/claims.csv").decode()

    assert set(files) - {"Two-offerings-compared.zip"} <= set(names)
    assert all(is_plain_entry(name) for name in names)
    assert len([name for name in names if name.startswith("data/")]) == 11
    assert read_spec(spec, "memo.yaml", dataset) == checked(spec_of(), dataset)
    assert [entry["number"] for entry in manifest["exhibits"]] == list(range(1, 11))
    assert claims.startswith("\ufeffid,company,metric,period")


def test_the_same_memo_gives_the_same_bytes(dataset, files):
    again = packed(memo_of(dataset, spec_of()), FORMATS)

    assert [name for name in files if files[name] != again[name]] == []


@pytest.mark.slow
def test_ten_memos_at_once_are_each_as_one_alone(dataset):
    codes = ["growth.growth-rates", "growth.revenue-spans", "mix.segments", "valuation.multiples", "offering.proceeds"]
    specs = [spec_of(codes[n % 5], title=f"Memo {n}", language=("en", "zh-Hans")[n % 2]) for n in range(10)]

    def make(spec):
        return Maker(dataset, "", drawn).files(checked(spec, dataset))[0]

    alone = [make(spec) for spec in specs]
    with ThreadPoolExecutor(10) as pool:
        assert list(pool.map(make, specs)) == alone


def test_progress_counts_exhibits_and_formats(dataset):
    seen: list[tuple[int, int]] = []
    maker = Maker(dataset, report=lambda done, total: seen.append((done, total)))

    maker.files(checked(spec_of("growth.users", "growth.mau"), dataset), ["docx", "zip"])

    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_cancelled_memo_stops_at_the_next_step(dataset):
    def stop(done: int, total: int) -> None:
        del total
        if done == 1:
            raise MemoStoppedError("cancelled")

    with pytest.raises(MemoStoppedError):
        Maker(dataset, report=stop).files(checked(spec_of("growth.users", "growth.mau"), dataset), ["docx"])


def test_without_a_browser_the_memo_holds_tables_and_says_why(dataset):
    asked = []

    def none(*given):
        asked.append(given)
        raise NoBrowserError("no browser was found; install chromium-headless-shell")

    made, reason = Maker(dataset, "", none).files(
        checked(spec_of("growth.users", "growth.mau"), dataset), ["md", "zip"]
    )

    assert reason == "no browser was found; install chromium-headless-shell"
    assert 1 <= len(asked) <= 2
    assert list(made) == ["Two-offerings-compared.md", "Two-offerings-compared.zip"]
    assert "install chromium\\-headless\\-shell" in made["Two-offerings-compared.md"].decode()
