"""The text catalogues: one flat file per language, equal ids, equal placeholders."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Final

import yaml

from ipo_data.errors import UnknownNameError

LANGUAGES: Final = ("en", "zh-Hans", "zh-Hant")
"""Language codes as used in URLs and ``<html lang>``; Traditional is derived from Simplified and checked in."""


class Words:
    """Looks texts up in one language.

    Args:
        language: One of ``LANGUAGES``.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts = catalogue(language)

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the text of this id with its placeholders filled.

        Raises:
            UnknownNameError: If the id is not in the catalogue.
            KeyError: If a placeholder has no value.
        """
        try:
            text = self._texts[key]
        except KeyError:
            raise UnknownNameError("text id", key, self._texts) from None
        return text.format(**values) if values else text

    def has(self, key: str) -> bool:
        """Tell whether the catalogue has this id."""
        return key in self._texts

    # --- punctuation differs as much as words do ------------------------------------------------------------------

    def join(self, items: list[str]) -> str:
        """Join items as a list in prose: ``a, b and c`` or ``a、b和c``."""
        if len(items) < 2:
            return "".join(items)
        comma, last = ("、", "和") if self.language != "en" else (", ", " and ")
        return comma.join(items[:-1]) + last + items[-1]

    def commas(self, items: Iterable[str]) -> str:
        """Join the items that are not empty by commas: ``a, b`` or ``a，b``."""
        return (", " if self.language == "en" else "，").join(item for item in items if item)

    def aside(self, text: str) -> str:
        """Put a text in brackets behind another: `` (a)`` or ``（a）``."""
        return f" ({text})" if self.language == "en" else f"（{text}）"

    def paragraph(self, sentences: Iterable[str]) -> str:
        """Join the sentences that are not empty, each with its full stop."""
        stop, space = (".", " ") if self.language == "en" else ("。", "")
        found = [text if text.endswith((".", "。")) else text + stop for text in sentences if text]
        return space.join(found)


@cache
def words(language: str) -> Words:
    """Return the look-up of a language; made once.

    Raises:
        UnknownNameError: If the language is not offered.
    """
    if language not in LANGUAGES:
        raise UnknownNameError("language", language, LANGUAGES)
    return Words(language)


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return all texts of a language by id."""
    text = files("ipo_data.text").joinpath(f"{language}.yaml").read_text(encoding="utf-8")
    loaded = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - the base loader makes plain texts only
    return {str(key): str(value) for key, value in loaded.items()}


def placeholders(text: str) -> frozenset[str]:
    """Return the names in braces of a catalogue text."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)
