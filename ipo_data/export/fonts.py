"""Where the fonts are that screen and exports share: made by ``make setup``, never part of the repository."""

from pathlib import Path
from typing import Final

from ipo_data.paths import ROOT

FAMILY: Final = "Noto Sans SC"
"""Name of the font in charts, pages and exports."""
WEIGHTS: Final = (400, 700)
"""Regular and bold."""


def fonts_folder() -> Path:
    """Return the folder of the fonts, whether it exists or not."""
    return ROOT / "build" / "fonts"


def font_file(weight: int) -> Path:
    """Return the file of a weight, whether it exists or not."""
    return fonts_folder() / f"noto-sans-sc-{weight}.woff2"


def small_font_file(weight: int) -> Path:
    """Return the file of a weight with only the characters in use, which browsers fetch first: a third of the bytes."""
    return fonts_folder() / f"noto-sans-sc-{weight}-in-use.woff2"


def has_fonts() -> bool:
    """Tell whether the fonts have been made."""
    return all(font_file(weight).is_file() for weight in WEIGHTS)
