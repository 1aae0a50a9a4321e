"""Figure code, link and documents inside the files themselves, where they survive pasting into a memo.

PNG has text chunks, SVG a metadata element, PDF an information dictionary; the pixels stay as they are.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from html import escape
from typing import Final

CODE, LINK, SOURCES, TITLE, DATA = "ipo-data:code", "Source", "ipo-data:sources", "Title", "ipo-data:data"
"""Keys of the figure code, the link that opens the view, the document ids, the takeaway and the data's digest."""
EXHIBIT: Final = "ipo-data:exhibit"
"""Key of the exhibit's id on its page."""
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_BEFORE_TEXT: Final = 2
"""Zero bytes between the flags of a text chunk and its text: after the language, and after the key in it."""
_INCH: Final = 0.0254
_DATE: Final = re.compile(rb"/(?:CreationDate|ModDate) ?\(D:[^)]*\)")


def stamped_png(png: bytes, texts: Mapping[str, str], dots_per_inch: float) -> bytes:
    """Return a PNG with texts and its true size, put after the header.

    Args:
        png: The picture.
        texts: Text by key; keys in Latin letters, texts in any.
        dots_per_inch: Pixels per inch at which it is meant to be printed.
    """
    end = len(_SIGNATURE) + 12 + int.from_bytes(png[8:12], "big")
    per_metre = round(dots_per_inch / _INCH).to_bytes(4, "big")
    chunks = [_chunk(b"pHYs", per_metre * 2 + b"\x01")]
    chunks += [_chunk(b"iTXt", key.encode("latin-1") + b"\0\0\0\0\0" + text.encode()) for key, text in texts.items()]
    kept = b"".join(whole for kind, _, whole in _chunks(png[end:]) if kind != b"pHYs")
    return png[:end] + b"".join(chunks) + kept


def png_texts(png: bytes) -> dict[str, str]:
    """Return the texts of a PNG; what is no PNG has none."""
    if not png.startswith(_SIGNATURE):
        return {}
    found = {}
    for kind, data, _ in _chunks(png[len(_SIGNATURE) :]):
        key, _, rest = data.partition(b"\0")
        if kind == b"iTXt" and rest[:1] == b"\0" and rest.count(b"\0", 2) >= _BEFORE_TEXT:  # not compressed
            text = rest[2:].split(b"\0", _BEFORE_TEXT)[_BEFORE_TEXT]
            found[key.decode("latin-1")] = text.decode("utf-8", errors="replace")
        elif kind == b"tEXt":
            found[key.decode("latin-1")] = rest.decode("latin-1")
    return found


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yield kind, data and the whole of every chunk; a broken tail ends it."""
    at = 0
    while at + 12 <= len(content):
        size = int.from_bytes(content[at : at + 4], "big")
        whole = content[at : at + 12 + size]
        yield whole[4:8], whole[8 : 8 + size], whole
        at += 12 + size


def stamped_svg(svg: str, texts: Mapping[str, str]) -> str:
    """Return an SVG with a title and the texts as metadata, in the place marked for them."""
    entries = "".join(f'<text key="{escape(key)}">{escape(text)}</text>' for key, text in texts.items())
    block = (
        f'<title>{escape(texts.get(TITLE, ""))}</title><metadata><ipo xmlns="urn:ipo-data">{entries}</ipo></metadata>'
    )
    return svg.replace("<!--metadata-->", block, 1)


def svg_texts(svg: str) -> dict[str, str]:
    """Return the texts of an SVG written by ``stamped_svg``."""
    from html import unescape  # noqa: PLC0415

    found = re.findall(r'<text key="([^"]*)">([^<]*)</text>', svg.partition("</metadata>")[0])
    return {unescape(key): unescape(text) for key, text in found}


def stamped_pdf(pdf: bytes, texts: Mapping[str, str]) -> bytes:
    """Return a PDF with an information dictionary and without the time it was made, so that it is the same twice.

    The dictionary is appended as an update of the file, as the format provides for.
    """
    plain = _DATE.sub(lambda match: b" " * len(match[0]), pdf)
    trailer = plain[plain.rindex(b"trailer") :]
    size, root = (re.search(rb"/%s (\d+)" % name, trailer) for name in (b"Size", b"Root"))
    before = re.search(rb"startxref\s+(\d+)", trailer)
    if size is None or root is None or before is None:
        return plain
    number = int(size[1])
    fields = {"Title": texts.get(TITLE, ""), "Subject": texts.get(LINK, ""), "Keywords": _keywords(texts)}
    entries = " ".join(f"/{name} {_hex(text)}" for name, text in fields.items())
    at = len(plain) + 1
    body = f"\n{number} 0 obj\n<< {entries} >>\nendobj\n"
    table_at = at + len(body) - 1
    table = f"xref\n{number} 1\n{at:010d} 00000 n \n"
    ending = (
        f"trailer\n<< /Size {number + 1} /Root {root[1].decode()} 0 R /Info {number} 0 R /Prev {before[1].decode()} >>"
    )
    return plain + f"{body}{table}{ending}\nstartxref\n{table_at}\n%%EOF\n".encode("ascii")


def _keywords(texts: Mapping[str, str]) -> str:
    return "; ".join(f"{key}={text}" for key, text in texts.items() if key not in (TITLE, LINK))


def _hex(text: str) -> str:
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"
