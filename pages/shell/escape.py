"""The one place where text from records becomes Markdown: every character stands for itself."""

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|$~<>:&=-])")
_BLANK = re.compile(r"\s+")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])")
_SPLIT = re.compile(r"(?i)(?<=\bwww)(?=\.)|(?<=:)(?=//)|(?<=@)(?=\w)|(?<=:)(?=\w+[:/])|(?<=[<>~-])(?=[=>-])")
"""Where an address, icon or arrow would come to be although every character is escaped."""
_JOINER = "\u2060"
"""Invisible, without width and without a chance to break the line."""


_MEANS_NOTHING = re.compile(r"[^\W\d_](?:[^\W_]|[ ,.%()'/÷×·–−+-]|\$|:(?= ))*")
"""Texts in which no sign starts anything, if there is one ``$`` at most."""


def name_of_control(text: str) -> str:
    """Return Markdown for the name of a control, without escapes where none is needed.

    Streamlit gives the name to screen readers as it stands, and they would read every backslash.
    """
    harmless = _MEANS_NOTHING.fullmatch(text) and text.count("$") < 2 and "--" not in text and "www." not in text
    return text if harmless else plain(text)


def plain(text: str) -> str:
    """Return Markdown that shows ``text`` as it is: no links, markup, formulas, emoji, lists, arrows or colour codes.

    Streamlit looks for addresses, icons and arrows after escapes are undone; an invisible joiner keeps them from being
    found. Line breaks and runs of blanks become one blank.
    """
    line = _SPLIT.sub(_JOINER, _BLANK.sub(" ", text).strip())
    return _NUMBERED.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", line))
