"""The one place where text from records becomes Markdown: every character stands for itself."""

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|$~<>:&-])")


def plain(text: str) -> str:
    """Return Markdown that shows ``text`` as it is: no links, markup, formulas, emoji or colour codes."""
    return _SPECIAL.sub(r"\\\1", text).replace("\n", " ")
