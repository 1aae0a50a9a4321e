"""Files that readers drop: what is taken, where it belongs, and that nothing hostile gets through."""

import io
import stat
import tracemalloc
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from ipo_data.dataset import Dataset
from ipo_data.errors import SeedError
from ipo_data.loading.dropped import MOST_BYTES, MOST_FILES, load_with, unpacked
from tests.builders import GOOD_SEEDS, write_seeds

ACME = b"""id: acme
name: Acme
ticker: 1234.HK
reporting_currency: USD
fiscal_year_end: 12-31
order: 3
"""
REVENUE = b'revenue:\n  - {period: FY2024, says: 12.3m USD, from: acme-2025, at: "p.1 12.3"}\njudgements: []\n'
SOURCES = b"""# Acme's documents
sources:
- id: acme-2025
  title: Annual report
  publisher: Acme
  published: 2025-03-31
  kind: results
  script: latn
"""


def archive(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return stream.getvalue()


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    return write_seeds(tmp_path / "seeds", {})


# --- what is taken ----------------------------------------------------------------------------------------------------


def test_loose_files_belong_to_the_company_dropped_with_them() -> None:
    taken = unpacked([("company.yaml", ACME), ("revenue.yaml", REVENUE), ("sources.yaml", SOURCES)])

    assert taken.problems == ()
    assert set(taken.files) == {"companies/acme/company.yaml", "companies/acme/revenue.yaml", "sources.yaml"}


@pytest.mark.parametrize("folder", ["acme/", "", "seeds/companies/acme/", "companies/acme/", "some folder/acme/"])
def test_an_archive_of_a_company_folder_is_taken_however_it_was_made(folder: str) -> None:
    content = archive(
        {f"{folder}company.yaml": ACME, f"{folder}revenue.yaml": REVENUE, "__MACOSX/._x": b"", ".DS": b""}
    )

    taken = unpacked([("Acme (1).zip", content)])

    assert taken.problems == ()
    assert set(taken.files) == {"companies/acme/company.yaml", "companies/acme/revenue.yaml"}


def test_a_topic_of_a_company_that_is_here_needs_its_folder() -> None:
    assert unpacked([("revenue.yaml", REVENUE)]).problems == (
        "revenue.yaml:1:1: whose figures these are cannot be told: drop company.yaml with it, with its 'id'",
    )
    folder = archive({"companies/minimax/revenue.yaml": REVENUE})
    assert set(unpacked([("x.zip", folder)]).files) == {"companies/minimax/revenue.yaml"}


# --- hostile input ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["../../etc/company.yaml", "/etc/company.yaml", "..\\company.yaml", "C:\\company.yaml", "a/../company.yaml"]
)
def test_names_that_leave_the_folder_are_refused(name: str) -> None:
    taken = unpacked([("evil.zip", archive({name: ACME}))])

    assert taken.files == {}
    assert "leaves the folder" in taken.problems[0]


def test_a_loose_name_is_never_a_path() -> None:
    taken = unpacked([("../../../tmp/company.yaml", ACME), ("..\\..\\revenue.yaml", REVENUE)])

    assert set(taken.files) == {"companies/acme/company.yaml", "companies/acme/revenue.yaml"}


@pytest.mark.parametrize("company", [b"../../evil", b"a/b", b"UPPER", b"x" * 80, b""])
def test_an_id_that_is_no_id_makes_no_folder(company: bytes) -> None:
    taken = unpacked([("company.yaml", ACME.replace(b"acme", company))])

    assert taken.files == {}
    assert "cannot be told" in taken.problems[0]


def test_an_archive_that_unfolds_beyond_the_limit_is_refused_while_unpacking() -> None:
    bomb = archive({"acme/company.yaml": b"#" * (50 * MOST_BYTES)})

    assert len(bomb) < MOST_BYTES / 5  # a hundred megabytes in a few hundred kilobytes
    taken = unpacked([("bomb.zip", bomb)])

    assert taken.files == {}
    assert "at most 60 files of together 2,000,000 bytes" in taken.problems[0]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_whose_parts_cannot_be_counted_while_unpacking_is_not_unpacked(method: int) -> None:
    """Four kilobytes of these unfold to up to a hundred megabytes in one step."""
    bomb = archive({"acme/company.yaml": b"#" * (10 * MOST_BYTES)}, method)

    tracemalloc.start()
    taken = unpacked([("bomb.zip", bomb)])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert taken.files == {}
    assert "pack it as an ordinary ZIP" in taken.problems[0]
    assert most < MOST_BYTES


def test_many_archives_or_files_are_counted_together() -> None:
    half = archive({"acme/company.yaml": ACME + b"#" * (MOST_BYTES // 2), "acme/mix.yaml": b""})
    several = [(f"{number}/revenue.yaml", REVENUE) for number in range(MOST_FILES + 1)]

    assert unpacked([("a.zip", half), ("b.zip", half)]).files == {}
    assert unpacked(several).files == {}


def test_an_archive_of_very_many_entries_is_refused() -> None:
    assert unpacked([("many.zip", archive({f"{n}.yaml": b"" for n in range(5 * MOST_FILES)}))]).files == {}


def test_links_locked_and_damaged_archives_and_archives_in_archives_are_refused() -> None:
    link = zipfile.ZipInfo("acme/company.yaml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as opened:
        opened.writestr(link, "/etc/passwd")
    good = archive({"acme/company.yaml": ACME})
    locked = bytearray(good)
    locked[good.index(b"PK\x01\x02") + 8] |= 1  # the flag of a password, in the directory
    torn = good.replace(ACME[:0] + good[30:60], b"\0" * 30, 1)

    for content, words in ((stream.getvalue(), "is a link"), (bytes(locked), "password"), (torn, "cannot be read")):
        taken = unpacked([("x.zip", content)])
        assert taken.files == {}
        assert words in taken.problems[0]
    assert "is no record file" in unpacked([("x.zip", archive({"inner.zip": good}))]).problems[0]


@pytest.mark.parametrize("name", ["readme.md", "revnue.yaml", "app.py", "", "company.yml", "\u202erevenue.yaml"])
def test_what_is_no_record_file_is_named(name: str) -> None:
    (problem,) = unpacked([(name, b"x")]).problems

    assert "is no record file" in problem
    assert "\u202e" not in problem


def test_the_same_file_twice_is_refused() -> None:
    assert "dropped twice" in unpacked([("company.yaml", ACME), ("a/company.yaml", ACME)]).problems[0]


# --- beside the seeds -------------------------------------------------------------------------------------------------


def test_a_dropped_company_is_read_beside_the_others_and_the_seeds_stay_as_they_are(seeds: Path) -> None:
    before = {path: path.read_bytes() for path in seeds.rglob("*.yaml")}
    taken = unpacked([("company.yaml", ACME), ("revenue.yaml", REVENUE), ("sources.yaml", SOURCES)])

    dataset = Dataset(load_with(seeds, taken.files))

    assert [fact.id for fact in dataset.select("acme", "revenue")] == ["acme.revenue.FY2024"]
    assert set(dataset.companies) > {"acme"}
    assert dataset.digest != Dataset.load(seeds).digest
    assert {path: path.read_bytes() for path in seeds.rglob("*.yaml")} == before


def test_problems_stand_at_their_line_and_column_in_the_dropped_files(seeds: Path) -> None:
    wrong = {
        "company.yaml": ACME,
        "revenue.yaml": REVENUE.replace(b"says", b"sys"),
        "sources.yaml": SOURCES.replace(b"kind: results", b"kind: resluts"),
    }

    with pytest.raises(SeedError) as caught:
        load_with(seeds, unpacked(list(wrong.items())).files)

    assert any(line.startswith("seeds/companies/acme/revenue.yaml:2:") for line in caught.value.problems)
    # the seventh line of the dropped file, its value in the ninth column
    assert [line for line in caught.value.problems if line.startswith("sources.yaml:7:9: ")]


def test_documents_that_repeat_all_of_the_seeds_replace_them(seeds: Path) -> None:
    whole = GOOD_SEEDS["sources.yaml"].encode() + b"\n"

    assert Dataset(load_with(seeds, {"sources.yaml": whole})).sources.keys() == Dataset.load(seeds).sources.keys()


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00id", b"\x00\x01\x02", b"id: [\n", b"\xef\xbb\xbfid: acme", b"a: &x [*x]"]
)
def test_contents_that_are_no_text_are_problems_not_errors(content: bytes, seeds: Path) -> None:
    with pytest.raises(SeedError) as caught:
        load_with(seeds, {"companies/acme/company.yaml": content})

    assert all(line.startswith("seeds/companies/acme") for line in caught.value.problems)


def test_nothing_is_left_behind(seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ipo_data.loading.dropped._MEMORY", tmp_path)
    before = sorted(tmp_path.iterdir())

    with pytest.raises(SeedError):
        load_with(seeds, {"companies/acme/company.yaml": b"id: ["})

    assert sorted(tmp_path.iterdir()) == before
