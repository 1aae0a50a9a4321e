"""Figure codes, links and manifests in files: pictures, documents, slides, workbooks, archives, pages and plain text.

Files come from anywhere, so nothing is run, no XML is parsed, and archives are read within limits.
"""

import html
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any, Final
from zlib import error as ZlibError  # noqa: N812 - an exception

from ipo_data.budget import keep_time
from ipo_data.errors import OptionError, shown
from ipo_data.export import metadata
from ipo_data.export.figure_code import LENGTH

LARGEST: Final = 200_000_000
"""Bytes of a file, unpacked ones included; a memo of forty exhibits has about 60 million."""
LARGEST_TEXT: Final = 20_000_000
"""Bytes of one text, which is looked through several times; a manifest has a few hundred thousand."""
_DEEPEST: Final = 4
_MOST_ENTRIES: Final = 5_000
_CODE: Final = rf"[A-Z2-7]{{{LENGTH}}}"
_NAMED_CODE: Final = re.compile(rf"(?:figure code|图码|圖碼)\s*({_CODE})(?![A-Za-z0-9])", re.IGNORECASE)
_META: Final = re.compile(r'<meta name="ipo-data:(code|link)" content="([^"]*)">')
_KEYWORDS: Final = re.compile(r"<cp:keywords>([^<]*)</cp:keywords>")
_PDF_TEXT: Final = re.compile(rb"/(Keywords|Subject|Title) <FEFF([0-9A-Fa-f]*)>")
_TAG: Final = re.compile(r"<[^>]+>")
_LINK: Final = re.compile(r"(?:https?://[^\s\"'<>()\\]{1,300}/)?([a-z_-]{0,40})\?(lang=[^\s\"'<>()\\]{1,4000})")
_SHARED_TEXT: Final = re.compile(r"<t(?: [^>]*)?>([^<]*)</t>")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MANIFEST_START: Final = '{"format":'
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Ways of packing whose result can be counted while it is unpacked."""
_DAMAGE: Final = (
    zipfile.BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError, ValueError, IndexError, OSError,
)  # fmt: skip
"""What reading a damaged archive may raise."""
_TEXT_PARTS: Final = (".xml", ".rels", ".md", ".txt", ".csv", ".yaml", ".json", ".html")


@dataclass(frozen=True)
class Found:
    """A figure code met in a file.

    Attributes:
        code: The code.
        origin: File and place inside it.
        link: Link that opens the view, if it stands beside the code.
        title: Takeaway, if it stands beside the code.
        exhibit: Exhibit id, if it stands beside the code.
        entry: What the file's manifest says of the exhibit, if there is one.
        links: Every link of the file, for codes that stand alone.
    """

    code: str
    origin: str
    link: str = ""
    title: str = ""
    exhibit: str = ""
    entry: Mapping[str, Any] | None = None
    links: tuple[str, ...] = ()


def codes_in(name: str, content: bytes) -> list[Found]:
    """Return every figure code of a file once, with the most that the file says about it.

    Args:
        name: Name of the file, for messages.
        content: The file.

    Raises:
        OptionError: If an archive is damaged, too large or nested too deeply.
        OverTimeError: If it takes longer than it may.
    """
    reader = _Reader()
    met = list(reader.read(PurePosixPath(name).name or name, content, depth=0))
    links = tuple(dict.fromkeys(reader.links))
    best: dict[str, Found] = {}
    for found in met:
        known = best.get(found.code)
        if known is None or (_weight(found) > _weight(known)):
            best[found.code] = found
    return [replace(found, links=links) for found in best.values()]


def _weight(found: Found) -> int:
    return 2 * (found.entry is not None) + bool(found.link)


class _Reader:
    """Reads one file and all that is packed into it."""

    def __init__(self) -> None:
        self.links: list[str] = []
        self._left = LARGEST

    def read(self, name: str, content: bytes, depth: int) -> Iterator[Found]:
        if len(content) > self._left:
            raise OptionError(f"{shown(name)}: larger than {LARGEST // 1_000_000} MB, which is too large to trace")
        if content[:4] == b"PK\x03\x04":
            yield from self._package(name, content, depth)
        elif content[:5] == b"%PDF-":
            yield from _of_texts(name, _pdf_texts(content))
        elif texts := metadata.png_texts(content):
            yield from _of_texts(name, texts)
        elif b"\0" not in content[:4_000]:
            if len(content) > LARGEST_TEXT:
                raise OptionError(
                    f"{shown(name)}: a text larger than {LARGEST_TEXT // 1_000_000} MB is too large to trace"
                )
            yield from self._text(name, content.decode("utf-8", errors="replace"))

    # --- packages -----------------------------------------------------------------------------------------------

    def _package(self, name: str, content: bytes, depth: int) -> Iterator[Found]:
        if depth >= _DEEPEST:
            raise OptionError(f"{shown(name)}: archives inside archives are read to {_DEEPEST} levels")
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as opened:
                entries = opened.infolist()
                if len(entries) > _MOST_ENTRIES:
                    raise OptionError(f"{shown(name)}: more than {_MOST_ENTRIES:,} entries")
                for entry in entries:
                    yield from self._entry(name, opened, entry, depth)
        except OptionError:
            raise
        except _DAMAGE as error:
            raise OptionError(f"{shown(name)}: the archive cannot be read ({shown(error)})") from None

    def _entry(self, name: str, opened: zipfile.ZipFile, entry: zipfile.ZipInfo, depth: int) -> Iterator[Found]:
        inner = entry.filename.lower()
        if entry.is_dir() or not inner.endswith((*_TEXT_PARTS, ".png", ".svg", ".docx", ".pptx", ".xlsx", ".pdf")):
            return
        keep_time()
        if entry.compress_type not in _METHODS:
            raise OptionError(f"{shown(name)}: {shown(entry.filename)} is packed in an unusual way")
        self._left -= entry.file_size
        if self._left < 0:
            raise OptionError(f"{shown(name)}: unpacks to more than {LARGEST // 1_000_000} MB, too large to trace")
        with opened.open(entry) as stream:
            content = stream.read(entry.file_size + 1)
        if len(content) > entry.file_size:
            raise OptionError(f"{shown(name)}: {shown(entry.filename)} is larger than the archive says")
        yield from self.read(f"{name} › {shown(entry.filename, most=200)}", content, depth + 1)

    # --- text ---------------------------------------------------------------------------------------------------

    def _text(self, name: str, text: str) -> Iterator[Found]:
        plain = html.unescape(text)
        self.links += [match[0].rstrip("]>") for match in _LINK.finditer(plain)]
        yield from self._manifest(name, text)
        named = dict(_META.findall(text))
        if "code" in named:
            yield Found(html.unescape(named["code"]), name, html.unescape(named.get("link", "")))
        yield from _of_texts(name, metadata.svg_texts(text))
        for keywords in _KEYWORDS.findall(text):
            yield from (Found(word, name) for word in keywords.split() if re.fullmatch(_CODE, word))
        words = html.unescape(_TAG.sub("", text)).replace("\\", "")  # Markdown escapes signs, not letters
        yield from (Found(code.upper(), name) for code in _NAMED_CODE.findall(words))

    def _manifest(self, name: str, text: str) -> Iterator[Found]:
        for candidate in _manifests(text):
            for entry in candidate.get("exhibits", ()):
                if isinstance(entry, dict) and re.fullmatch(_CODE, str(entry.get("code"))):
                    yield Found(
                        entry["code"], name, str(entry.get("link", "")), str(entry.get("title", "")), entry=entry
                    )


def _manifests(text: str) -> Iterator[dict[str, Any]]:
    """Yield the manifest of a text: the whole of a JSON file, the content of an element, or the cells of a workbook."""
    if _MANIFEST_START not in html.unescape(text[:4_000_000]):
        return
    pieces = [html.unescape(piece) for piece in _SHARED_TEXT.findall(text)] or [html.unescape(_TAG.sub("", text))]
    pieces = [_ESCAPED.sub(lambda match: chr(int(match[1], 16)), piece) for piece in pieces]
    for start, piece in enumerate(pieces):
        if piece.lstrip().startswith(_MANIFEST_START):
            found = _parsed("".join(pieces[start:]).lstrip())
            if found is not None:
                yield found


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        found, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    known: dict[str, Any] = json.loads(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace"))
    return known  # without halves of characters, which no page can show


def _of_texts(name: str, texts: Mapping[str, str]) -> Iterator[Found]:
    code = texts.get(metadata.CODE, "")
    if re.fullmatch(_CODE, code):
        yield Found(
            code, name, texts.get(metadata.LINK, ""), texts.get(metadata.TITLE, ""), texts.get(metadata.EXHIBIT, "")
        )


def _pdf_texts(content: bytes) -> dict[str, str]:
    """Return the texts that ``stamped_pdf`` put into the information dictionary."""
    fields = {key.decode(): bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
              for key, text in _PDF_TEXT.findall(content) if len(text) % 2 == 0}  # fmt: skip
    pairs = (pair.partition("=") for pair in fields.get("Keywords", "").split("; "))
    return {key: text for key, _, text in pairs} | {
        metadata.LINK: fields.get("Subject", ""), metadata.TITLE: fields.get("Title", ""),
    }  # fmt: skip
