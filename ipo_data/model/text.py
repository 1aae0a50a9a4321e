"""Short texts of our own in the languages of the product."""

import re
import unicodedata
from typing import Annotated, Any

from pydantic import AfterValidator, Field, model_validator

from ipo_data.errors import is_visible, shown
from ipo_data.model.base import Record

LANGUAGES = ("en", "zh-Hans", "zh-Hant")
"""Language codes, as in URLs and ``<html lang>``."""

_MARKUP = re.compile(r"<(?:[/?]?[A-Za-z]|!)[^>]{0,40}>?|javascript:", re.IGNORECASE)
_LINK = re.compile(r"!?\[[^\]]{0,40}\]\([^)]{0,40}\)?")
_FORMULA_SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"  # spreadsheets run the full-width forms as well


class Text(Record):
    """A text in English and Simplified Chinese; Traditional is derived from Simplified.

    A bare string in a seed file stands for a text that is the same in every language.

    Attributes:
        en: English.
        zh_hans: Simplified Chinese; the English text where it is absent.
        zh_hant: Traditional Chinese, if it must differ from the derived form.
    """

    en: str = Field(min_length=1, max_length=2000)
    zh_hans: str | None = Field(default=None, alias="zh-Hans", max_length=2000)
    zh_hant: str | None = Field(default=None, alias="zh-Hant", max_length=2000)

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: Any) -> Any:  # noqa: ANN401 - input before validation
        return {"en": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _is_printable(self) -> "Text":
        for text in (self.en, self.zh_hans, self.zh_hant):
            refuse_unprintable(text)
        return self

    def simplified(self) -> str:
        """Return the Simplified Chinese text, or the English one where there is none."""
        return self.zh_hans or self.en


def refuse_unprintable(text: str | None) -> None:
    """Refuse text that a page, a spreadsheet or a terminal would treat as more than text.

    Raises:
        ValueError: For hidden characters, markup, links and formulas; the message names what was found.
    """
    if not text:
        return
    hidden = hidden_character(text)
    if hidden is not None:
        raise ValueError(f"character {hidden + 1} is {character_name(text[hidden])}, which hides or reorders text")
    markup = _MARKUP.search(text)
    if markup:
        raise ValueError(f"'{shown(markup[0])}' looks like HTML; write plain text")
    link = _LINK.search(text)
    if link:
        raise ValueError(f"'{shown(link[0])}' looks like a link or a picture; write plain text")
    first = text.lstrip()[:1]
    if first and first in _FORMULA_SIGNS:
        raise ValueError(f"the text begins with '{first}', which a spreadsheet would run as a formula; rephrase it")


def hidden_character(text: str) -> int | None:
    """Return where the first character stands that hides, reorders or breaks text; line ends and tabs do not."""
    if text.isprintable():
        return None
    return next((n for n, c in enumerate(text) if c not in "\n\r\t" and not is_visible(c)), None)


def character_name(character: str) -> str:
    """Return a character as messages name it: ``U+202E (right-to-left override)``."""
    return f"U+{ord(character):04X} ({unicodedata.name(character, 'control character').lower()})"


def _plain(value: str) -> str:
    refuse_unprintable(value)
    return value


PlainText = Annotated[str, AfterValidator(_plain)]
"""A text without markup, formulas or hidden characters."""
