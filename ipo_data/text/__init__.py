"""Texts of the product in English, Simplified and Traditional Chinese."""

from ipo_data.text.catalog import LANGUAGES, Words, catalogue, words

__all__ = ["LANGUAGES", "Words", "catalogue", "words"]
