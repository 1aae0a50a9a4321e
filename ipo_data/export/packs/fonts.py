"""Names of fonts and languages in Office files: Latin and East Asian letters each get their own."""

from typing import Final

LATIN: Final = "Calibri"
EAST_ASIAN: Final = {"en": "Microsoft YaHei", "zh-Hans": "Microsoft YaHei", "zh-Hant": "Microsoft JhengHei"}
"""Fonts that readers of the language have; without them an office program substitutes one that covers Chinese."""
EAST_ASIAN_LANGUAGE: Final = {"en": "zh-CN", "zh-Hans": "zh-CN", "zh-Hant": "zh-HK"}
"""Decides the forms of Chinese letters."""
LATIN_LANGUAGE: Final = "en-GB"
TEXT_COLOR, MUTED_COLOR, ACCENT_COLOR = "1F2328", "57606A", "3A4FB0"
