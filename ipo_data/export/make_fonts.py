"""Cut Noto Sans SC down to the characters in use: ``python -m ipo_data.export.make_fonts``, run by ``make setup``.

The font comes with a pinned package and its licence allows this. Both weights are made, because a browser that makes
bold letters up draws and prints them differently; each also with the characters in use alone, so that a browser that
opens a page for the first time fetches little. Nothing is done if the fonts hold every character in use.
"""

import sys
from hashlib import sha256
from importlib.metadata import files
from pathlib import Path
from typing import Any, Final

from ipo_data.export.fonts import WEIGHTS, font_file, fonts_folder, has_fonts, small_font_file
from ipo_data.paths import ROOT

PACKAGE: Final = "justmytype-intl-cjk"
"""Has Noto Sans SC in TrueType outlines: text copied out of a PDF stays text, which the lighter OpenType one loses."""
_FONT: Final = "NotoSansSC[wght].ttf"
_FIRST_ROW, _LAST_ROW = 16, 55
"""Rows of GB 2312 with its 3,755 most frequent characters, so that most edits of the records need no new font."""
_TOO_WIDE: Final = "·×"
_SIDE: Final = 90
"""Room on either side of a narrowed sign, in thousandths of the size."""
_SYMBOLS: Final = "–—‘’“”…·•×÷±−≈≠≤≥→←↑↓∞‰€£¥¢°²³½¼¾①②③④⑤⑥⑦⑧⑨⑩■□▲△▼▽◆◇○●★☆✓✗"


def main() -> int:
    """Write both weights unless they hold every character in use already."""
    texts = sources_of_text()
    wanted = characters(texts)
    if has_fonts() and wanted <= _recorded():
        return 0
    print(f"Cutting Noto Sans SC down to the characters in use, into {fonts_folder()} …")
    fonts_folder().mkdir(parents=True, exist_ok=True)
    for old in fonts_folder().glob("characters-*.txt"):
        old.unlink()
    for weight in WEIGHTS:
        _cut(wanted, weight, font_file(weight))
        _cut_again(in_use(texts), font_file(weight), small_font_file(weight))
    _record().write_text("".join(map(chr, sorted(wanted))), encoding="utf-8")
    return 0


def _record() -> Path:
    """Return the file that says which characters the fonts were made for, and by which version of this module."""
    version = sha256(Path(__file__).read_bytes()).hexdigest()[:12]
    return fonts_folder() / f"characters-{version}.txt"


def _recorded() -> set[int]:
    return set(map(ord, _record().read_text(encoding="utf-8"))) if _record().is_file() else set()


def sources_of_text() -> list[Path]:
    """Return the files whose characters are shown: records, catalogues and code."""
    patterns = (("seeds", "*.yaml"), ("ipo_data", "*.yaml"), ("ipo_data", "*.py"), ("pages", "*.py"))
    return sorted(path for folder, pattern in patterns for path in (ROOT / folder).rglob(pattern))


def characters(inputs: list[Path]) -> set[int]:
    """Return the code points to keep: those in use, Latin, the most frequent Chinese and the usual symbols."""
    return in_use(inputs) | set(map(ord, _frequent()))


def in_use(inputs: list[Path]) -> set[int]:
    """Return the code points that the files hold, with Latin and the usual symbols."""
    wanted = {*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x3000, 0x3030), *range(0xFF01, 0xFF5F)}
    wanted |= set(map(ord, _SYMBOLS))
    for path in inputs:
        wanted |= set(map(ord, path.read_text(encoding="utf-8")))
    return {code for code in wanted if code >= 0x20}


def _frequent() -> str:
    rows = range(0xA0 + _FIRST_ROW, 0xA0 + _LAST_ROW + 1)
    return b"".join(bytes([row, cell]) for row in rows for cell in range(0xA1, 0xFF)).decode("gb2312", errors="ignore")


def _cut(wanted: set[int], weight: int, path: Path) -> None:
    """Write one weight with the wanted characters; the file appears whole or not at all."""
    from fontTools.varLib.instancer import instantiateVariableFont  # noqa: PLC0415 - only for making, not for serving

    font = _subset(_original(), wanted)
    font = instantiateVariableFont(font, {"wght": weight}, inplace=True, updateFontNames=False)
    _narrow(font)
    _save(font, path)


def _cut_again(wanted: set[int], whole: Path, path: Path) -> None:
    """Write a finished weight once more with fewer characters; their shapes and widths are the same."""
    _save(_subset(whole, wanted), path)


def _subset(path: Path, wanted: set[int]) -> Any:  # noqa: ANN401 - the library is not typed
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    font = TTFont(path, recalcTimestamp=False)
    features = ["kern", "liga", "ccmp", "locl", "mark", "mkmk"]
    subsetter = Subsetter(Options(layout_features=features, hinting=False, notdef_outline=True))
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    return font


def _save(font: Any, path: Path) -> None:  # noqa: ANN401 - the library is not typed
    font.flavor = "woff2"
    draft = path.with_suffix(".part")
    font.save(draft)
    draft.replace(path)


def _narrow(font: Any) -> None:  # noqa: ANN401 - the library is not typed
    """Give signs that Chinese type sets as wide as a character the width they have between words and figures."""
    for sign in _TOO_WIDE:
        name = font.getBestCmap()[ord(sign)]
        glyph = font["glyf"][name]
        width = glyph.xMax - glyph.xMin + 2 * _SIDE
        glyph.coordinates.translate((_SIDE - glyph.xMin, 0))
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (width, _SIDE)


def _original() -> Path:
    for file in files(PACKAGE) or []:
        if file.name == _FONT:
            return Path(str(file.locate()))
    raise FileNotFoundError(f"the package {PACKAGE} does not hold {_FONT}")


if __name__ == "__main__":
    sys.exit(main())
