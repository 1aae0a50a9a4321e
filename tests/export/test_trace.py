import io
import json
import zipfile

import pytest

from ipo_data.budget import limited
from ipo_data.dataset import Dataset
from ipo_data.errors import OptionError, OverMemoryError, OverTimeError
from ipo_data.export import metadata
from ipo_data.export.packs.archive import archive
from ipo_data.export.packs.build import FORMATS, packed
from ipo_data.export.packs.material import Memo
from ipo_data.export.sheet import sheet_of, stand_alone_page
from ipo_data.export.trace import Change, Since, normal, trace_code, trace_file
from ipo_data.export.trace_files import codes_in
from ipo_data.paths import ROOT
from tests.export.packs.conftest import drawn, memo_of, spec_of

CODES = ("growth.growth-rates", "overview.key-figures", "runway.runway-what-if~burn:150")


@pytest.fixture(scope="module")
def short(dataset: Dataset) -> Memo:
    return memo_of(dataset, spec_of(*CODES, language="zh-Hans", currency="USD"))


@pytest.fixture(scope="module")
def files(short: Memo) -> dict[str, bytes]:
    return packed(short, FORMATS)


def stamped(memo: Memo, number: int = 0) -> bytes:
    """Return a picture of an exhibit with its metadata, as the renderer stamps it."""
    item = memo.exhibits[number]
    texts = {
        metadata.TITLE: item.exhibit.title, metadata.LINK: item.link, metadata.CODE: item.code,
        metadata.EXHIBIT: item.exhibit.id,
    }  # fmt: skip
    return metadata.stamped_png(drawn().png, texts, 300)


@pytest.mark.parametrize("ending", ["docx", "pptx", "xlsx", "md", "zip"])
def test_every_format_leads_back_to_its_views(dataset, short, files, ending):
    name = f"Two-offerings-compared.{ending}"

    traced = trace_file(name, files[name], dataset, "http://app.example/")

    assert [(t.found.code, t.page, t.exhibit) for t in traced] == [
        (item.code, item.page, item.exhibit.id) for item in short.exhibits
    ]
    assert {t.since for t in traced} == {Since.UNCHANGED}
    assert traced[2].link.startswith("http://app.example/runway?lang=zh-Hans&")
    assert "ccy=USD" in traced[2].link
    assert "burn=150" in traced[2].link


def test_a_picture_leads_back_to_its_view(dataset, short):
    (traced,) = trace_file("picture.png", stamped(short, 2), dataset)

    assert (traced.page, traced.exhibit, traced.since) == ("runway", "runway-what-if", Since.UNCHANGED)


def test_a_stand_alone_page_leads_back_to_its_view(dataset, short):
    item = short.exhibits[0]
    page = stand_alone_page(sheet_of(item.exhibit, item.page, item.view, dataset, item.code), 680)

    (traced,) = trace_file("page.html", page.encode(), dataset)

    assert (traced.found.code, traced.exhibit, traced.since) == (item.code, "growth-rates", Since.UNCHANGED)


def test_a_vector_picture_and_a_pdf_carry_their_code(short):
    item = short.exhibits[0]
    texts = {metadata.CODE: item.code, metadata.LINK: item.link, metadata.TITLE: item.exhibit.title}
    svg = metadata.stamped_svg("<svg><!--metadata--></svg>", texts)
    pdf = b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< /Size 2 /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"

    assert [found.code for found in codes_in("a.svg", svg.encode())] == [item.code]
    assert [(f.code, f.link) for f in codes_in("a.pdf", metadata.stamped_pdf(pdf, texts))] == [(item.code, item.link)]


def test_a_document_saved_by_another_program_still_leads_back(dataset, short, files):
    """Other programs drop the manifest; visible codes and links stay."""
    with zipfile.ZipFile(io.BytesIO(files["Two-offerings-compared.docx"])) as opened:
        kept = {n: opened.read(n) for n in opened.namelist() if "customXml" not in n and not n.endswith(".png")}

    traced = trace_file("memo.docx", archive(kept), dataset)

    assert {(t.found.code, t.exhibit) for t in traced} == {(i.code, i.exhibit.id) for i in short.exhibits}
    assert {t.found.entry for t in traced} == {None}


# --- typed codes ------------------------------------------------------------------------------------------------------


def test_a_typed_code_is_found_among_the_views_as_they_open(dataset):
    item = memo_of(dataset, spec_of("growth.growth-rates", language="zh-Hant"), pictures=False).exhibits[0]

    traced = trace_code(f" {item.code[:5].lower()} {item.code[5:]} ", dataset, everywhere=False)

    assert (traced.page, traced.exhibit, traced.since) == ("growth", "growth-rates", Since.UNCHANGED)


@pytest.mark.parametrize("code", ["AAAAAAAAAA", "short", "ABCDEFGH09"])
def test_an_unknown_code_is_unknown(dataset, code):
    assert trace_code(code, dataset, everywhere=False).since is Since.UNKNOWN


def test_codes_are_read_without_blanks_and_in_any_case():
    assert normal(" f62vs xskh5\n") == "F62VSXSKH5"


def test_digits_that_no_code_has_are_read_as_the_letters_they_look_like():
    assert normal("F0118XSKH5") == "FOIIBXSKH5"


def test_a_slip_of_the_hand_names_the_code_that_was_meant(dataset):
    code = memo_of(dataset, spec_of("growth.growth-rates"), pictures=False).exhibits[0].code
    other = "A" if code[4] != "A" else "B"
    for slip in (code[:4] + other + code[5:], code[:2] + code[3] + code[2] + code[4:]):
        traced = trace_code(slip, dataset, everywhere=False)
        if slip != code:
            assert (traced.since, traced.nearest) == (Since.UNKNOWN, code)
    assert trace_code("AAAAAAAAAA", dataset, everywhere=False).nearest == ""


# --- changed since ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def changed(tmp_path_factory) -> Dataset:
    """The records with MiniMax's revenue of 2025 printed as 80.038m instead of 79.038m."""
    folder = tmp_path_factory.mktemp("changed") / "seeds"
    for path in (ROOT / "seeds").rglob("*.yaml"):
        target = folder / path.relative_to(ROOT / "seeds")
        target.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text("utf-8")
        if path.name == "revenue.yaml" and path.parent.name == "minimax":
            assert "79.038m USD" in text or "79038" in text
            text = text.replace("79.038m USD", "80.038m USD").replace("79038", "80038")
        target.write_text(text, "utf-8")
    return Dataset.load(folder)


@pytest.mark.parametrize("ending", ["docx", "xlsx", "zip"])
def test_a_changed_figure_says_which_claim_and_which_row_changed(changed, files, ending):
    name = f"Two-offerings-compared.{ending}"

    growth = trace_file(name, files[name], changed)[0]

    assert growth.since is Since.CHANGED
    assert growth.code_now != growth.found.code
    claim = next(change for change in growth.changes if change.kind == "claim")
    assert claim.name.startswith("minimax.revenue.FY2025@")
    assert "79" in claim.then
    assert "80" in claim.now
    # 79.038 ÷ 30.523 − 1 = 158.9457 %; 80.038 ÷ 30.523 − 1 = 162.2219 %
    row = next(change for change in growth.changes if change.name == "minimax.revenue_growth.FY2025")
    assert (row.then[:7], row.now[:7]) == ("158.945", "162.221")


def test_a_picture_of_changed_data_says_so_without_details(changed, short):
    (traced,) = trace_file("picture.png", stamped(short), changed)

    assert (traced.since, traced.exhibit, traced.changes) == (Since.CHANGED, "growth-rates", ())


def test_unchanged_figures_in_changed_records_are_unchanged(changed, files):
    what_if = trace_file("memo.docx", files["Two-offerings-compared.docx"], changed)[2]

    assert (what_if.exhibit, what_if.since) == ("runway-what-if", Since.UNCHANGED)


# --- hostile files ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [b"", b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffiTXt", b"%PDF-", b"MZ\0\0", b'{"format":', b"<t>"],
)
def test_what_holds_no_code_holds_none(content):
    assert codes_in("x", content) == []


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 500])
def test_a_damaged_archive_is_named(content):
    with pytest.raises(OptionError, match=r"x\.zip: the archive cannot be read"):
        codes_in("x.zip", content)


def test_an_archive_of_archives_is_read_to_a_depth():
    content = b"figure code AAAAAAAAAA"
    for _ in range(6):
        content = archive({"inner.docx": content})

    with pytest.raises(OptionError, match="levels"):
        codes_in("x.zip", content)


def test_an_archive_that_unpacks_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("ipo_data.export.trace_files.LARGEST", 10_000)

    with pytest.raises(OptionError, match="too large to trace"):
        codes_in("x.zip", archive({"a.txt": b"0" * 20_000}))


def test_a_text_too_large_to_look_through_is_refused(monkeypatch):
    monkeypatch.setattr("ipo_data.export.trace_files.LARGEST_TEXT", 10_000)

    with pytest.raises(OptionError, match="too large to trace"):
        codes_in("x.zip", archive({"a.txt": b"0" * 20_000}))
    assert codes_in("x.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 20_000) == []


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_parts_that_unfold_before_they_can_be_counted_are_refused(method):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as opened:
        opened.writestr("a.txt", b"0" * 1_000_000)

    with pytest.raises(OptionError, match="unusual way"):
        codes_in("x.zip", stream.getvalue())


@pytest.mark.parametrize("chunk", [b"no zero", b"key\0", b"key\0\0x", b"key\0\0\0en", b"\0\0\0\0\0", b""])
def test_a_picture_with_odd_texts_is_read_as_far_as_it_goes(chunk):
    good = metadata._chunk(b"iTXt", b"ipo-data:code\0\0\0\0\0AAAAAAAAAA")
    picture = b"\x89PNG\r\n\x1a\n" + metadata._chunk(b"iTXt", chunk) + metadata._chunk(b"tEXt", chunk) + good

    assert [found.code for found in codes_in("x.png", picture)] == ["AAAAAAAAAA"]


@pytest.mark.parametrize(
    "link", ["https://[x/growth?lang=en", "https://]x[/runway?lang=en&burn=1", "growth?lang=en&x=%"]
)
def test_a_link_that_is_no_address_leads_nowhere(dataset, link):
    """A bracket opens an address of version 6, which this is not."""
    entry = {"code": "AAAAAAAAAA", "link": link, "title": "\ud800", "rows": {"\udc00": ["\ud800"]}}
    content = json.dumps({"format": 1, "exhibits": [entry]}, separators=(",", ":")).encode()

    (traced,) = trace_file("x.json", content, dataset, everywhere=False)

    assert (traced.since, traced.title) == (Since.UNKNOWN, "?")  # half a character, which no page can show


def test_an_archive_is_given_up_when_its_time_is_over():
    with limited(1e-9, 0), pytest.raises(OverTimeError):
        codes_in("x.zip", archive({"a.txt": b"0"}))


def test_an_exhibit_that_takes_too_much_is_not_taken_for_absent(dataset, monkeypatch):
    def too_large(*given):
        raise OverMemoryError(300.0, 128.0)

    monkeypatch.setattr("ipo_data.export.trace.build", too_large)
    with pytest.raises(OverMemoryError):
        trace_file("x.md", b"growth?lang=en&burn=8 figure code AAAAAAAAAB", dataset, everywhere=False)


def test_what_is_not_found_in_time_is_not_called_unknown(dataset):
    """A search that was given up is not kept as its answer either."""
    code = trace_code("AAAAAAAAAA", dataset, everywhere=False).found.code
    with limited(1e-9, 0), pytest.raises(OverTimeError):
        trace_file("x.md", b"growth?lang=en&burn=7 figure code AAAAAAAAAA", dataset, everywhere=False)
    assert trace_code(code, dataset, everywhere=False).since is Since.UNKNOWN


@pytest.mark.parametrize(
    "entry",
    [{"code": "AAAAAAAAAA"}, {"code": "AAAAAAAAAA", "rows": 5, "claims": [], "link": 7}, {"code": 5}, 5,
     {"code": "AAAAAAAAAA", "link": "growth?lang=xx&evidence=../..", "exhibit": "../x"}],
)  # fmt: skip
def test_a_forged_manifest_does_no_harm(dataset, entry):
    content = json.dumps({"format": 1, "exhibits": [entry]}, separators=(",", ":")).encode()

    assert {traced.since for traced in trace_file("x.json", content, dataset, everywhere=False)} <= {Since.UNKNOWN}


def test_a_change_names_what_was_and_what_is():
    assert Change("row", "a", "1", "2").then == "1"
