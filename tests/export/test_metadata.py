"""Texts inside PNG, SVG and PDF: what goes in comes out, and the picture itself stays as it is."""

import io
import re
import zlib

import pytest
from PIL import Image

from ipo_data.export import metadata

TEXTS = {"Title": '收入 <1> & "x"', "Source": "growth?lang=en&firms=a,b", "ipo-data:code": "ABCDE23456"}


def png(color: tuple[int, int, int] = (10, 20, 30)) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (4, 3), color).save(written, "png")
    return written.getvalue()


def test_a_png_keeps_its_pixels_and_tells_its_texts() -> None:
    stamped = metadata.stamped_png(png(), TEXTS, 288)
    image = Image.open(io.BytesIO(stamped))
    image.load()
    assert image.getpixel((0, 0)) == (10, 20, 30)
    assert image.text == TEXTS
    assert image.info["dpi"] == pytest.approx((288, 288), abs=0.1)
    assert metadata.png_texts(stamped) == TEXTS


def test_a_second_stamp_does_not_leave_two_sizes() -> None:
    twice = metadata.stamped_png(metadata.stamped_png(png(), {}, 96), TEXTS, 288)
    assert twice.count(b"pHYs") == 1
    assert metadata.png_texts(twice) == TEXTS


def test_texts_of_other_programs_are_read_too() -> None:
    data = b"Source\0growth?lang=en"
    chunk = len(data).to_bytes(4, "big") + b"tEXt" + data + zlib.crc32(b"tEXt" + data).to_bytes(4, "big")
    plain = png()
    assert metadata.png_texts(plain[:33] + chunk + plain[33:]) == {"Source": "growth?lang=en"}


@pytest.mark.parametrize("content", [b"", b"no picture", png()[:40], png()])
def test_what_has_no_texts_has_none(content: bytes) -> None:
    assert metadata.png_texts(content) == {}


def test_an_svg_tells_its_texts() -> None:
    stamped = metadata.stamped_svg('<svg xmlns="http://www.w3.org/2000/svg"><!--metadata--><g/></svg>', TEXTS)
    assert metadata.svg_texts(stamped) == TEXTS
    assert "<title>收入 &lt;1&gt; &amp; &quot;x&quot;</title>" in stamped
    assert metadata.svg_texts("<svg/>") == {}


PDF = (
    b"%PDF-1.4\n1 0 obj\n<</Title (x)\n/CreationDate (D:20260102030405+00'00')\n/ModDate (D:20260102030405+00'00')>>\n"
    b"endobj\n2 0 obj\n<</Type /Catalog>>\nendobj\nxref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n"
    b"0000000110 00000 n \ntrailer\n<</Size 3\n/Root 2 0 R\n/Info 1 0 R>>\nstartxref\n143\n%%EOF\n"
)


def test_a_pdf_tells_its_texts_and_not_when_it_was_made() -> None:
    stamped = metadata.stamped_pdf(PDF, TEXTS)
    assert b"D:2026" not in stamped
    assert len(PDF) == stamped.index(b"\n3 0 obj")  # what was there stays where it was
    assert "ABCDE23456".encode("utf-16-be").hex().upper().encode() in stamped
    start = int(re.findall(rb"startxref\n(\d+)", stamped)[-1])
    assert stamped[start:].startswith(b"xref\n3 1\n")
    at = int(stamped[start + len(b"xref\n3 1\n") :][:10])
    assert stamped[at:].startswith(b"3 0 obj")
    assert b"/Size 4 /Root 2 0 R /Info 3 0 R /Prev 143" in stamped


def test_a_pdf_of_another_make_is_left_alone() -> None:
    other = b"%PDF-1.7\ntrailer\n<< >>\n"
    assert metadata.stamped_pdf(other, TEXTS) == other
