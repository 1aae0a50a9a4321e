"""Short texts of our own in the languages of the product."""

import re
import unicodedata
from typing import Annotated, Any

from pydantic import AfterValidator, Field, model_validator

from ipo_data.model.base import Record

LANGUAGES = ("en", "zh-Hans", "zh-Hant")
"""Language codes, as in URLs and ``<html lang>``."""

_MARKUP = re.compile(r"<\s*[/!?]?[A-Za-z][^>]{0,40}>?|javascript:", re.IGNORECASE)
_FORBIDDEN = {
    "\u202a",
    "\u202b",
    "\u202c",
    "\u202d",
    "\u202e",
    "\u2066",
    "\u2067",
    "\u2068",
    "\u2069",
    "\u200e",
    "\u200f",
}


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
        ValueError: For direction marks, control characters, markup and formulas; the message names what was found.
    """
    if not text:
        return
    for position, character in enumerate(text):
        if character in _FORBIDDEN or (unicodedata.category(character) == "Cc" and character not in "\n\t"):
            name = unicodedata.name(character, "control character").lower()
            raise ValueError(
                f"character {position + 1} is U+{ord(character):04X} ({name}), which hides or reorders text"
            )
    markup = _MARKUP.search(text)
    if markup:
        raise ValueError(f"'{markup[0]}' looks like HTML; write plain text")
    if text[0] in "=+-@\t":
        raise ValueError(f"the text begins with '{text[0]}', which a spreadsheet would run as a formula; rephrase it")


def _plain(value: str) -> str:
    refuse_unprintable(value)
    return value


PlainText = Annotated[str, AfterValidator(_plain)]
"""A text without markup, formulas or hidden characters."""
