"""Formats and sizes of what is exported; light to import, for the command line's options."""

from dataclasses import dataclass
from typing import Final

FORMATS: Final = ("png", "svg", "pdf", "html")
"""Formats of a picture."""
EXHIBIT_FORMATS: Final = (*FORMATS, "csv", "tsv", "txt")
"""Formats of an exhibit: pictures, its numbers, its table to paste, and a sentence with its citation."""
PAGE_FORMATS: Final = ("png", "pdf")
"""Formats of a whole page; PDF is A4."""
PAGE_WIDTH: Final = 1200
"""Width of a whole page in layout pixels, without the side bar."""


@dataclass(frozen=True, slots=True)
class Preset:
    """Size of a picture.

    Attributes:
        width: Width in layout pixels, 96 to the inch.
        scale: Pixels of a PNG per layout pixel.
        ratio: Height divided by width; 0 lets the contents decide.
        step: Widths are multiples of this, so that the height is whole.
        wider: By how much the layout may be wider, and shown smaller, where words would be cut or overlap.
    """

    width: int
    scale: int
    ratio: float = 0.0
    step: int = 1
    wider: tuple[int, ...] = (0,)


PRESETS: Final = {
    "document": Preset(680, 3, wider=(0, 80, 160, 280)),
    "slide": Preset(1280, 2, 9 / 16, 16),
    "square": Preset(900, 2, 1.0),
    "screen": Preset(1000, 2),
}
"""Sizes by name: a document's column, a slide, a square, and the width of the page on screen."""
CHARTS_ALONE: Final = {
    "column": Preset(640, 3, wider=(0, 80, 160, 280)),
    "strip": Preset(960, 2, 0.39, wider=(0, 140, 280, 420)),
}
"""Charts without their words, which stand beside them in a document's column or on a slide."""
