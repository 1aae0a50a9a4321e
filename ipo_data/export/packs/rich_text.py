"""A reader's note as it is meant: bold, italics, links and lists in the little Markdown that people write by hand.

Everything else stays the letters it is: a star that marks nothing, a link to anything but a page, markup of any kind.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

_LIST: Final = re.compile(r"\s*(?:[-*•]|(?P<number>\d{1,2})[.)])\s+(?P<words>\S.*)")
_MARKED: Final = re.compile(
    r"\*\*\*(?P<both>[^\s*](?:[^*]*[^*\s])?)\*\*\*"
    r"|\*\*(?P<bold>(?!\s)(?:[^*]|\*(?!\*))+(?<!\s))\*\*"
    r"|(?<![*\w])\*(?P<italic>[^\s*](?:[^*]*[^*\s])?)\*(?![*\w])"
    r"|\[(?P<words>[^\[\]]+)\]\((?P<address>https?://[^\s()<>\"]+(?:\([^\s()<>\"]*\)[^\s()<>\"]*)*)\)"
)
_ESCAPED: Final = re.compile(r"\\([\\*\[\]_])")
_HIDDEN: Final = 0xE000
"""Escaped signs stand as private characters while marks are sought."""


@dataclass(frozen=True, slots=True)
class Run:
    """Letters that look alike.

    Attributes:
        text: The letters.
        bold: Whether they are bold.
        italic: Whether they are in italics.
        address: Page they lead to; empty if none.
    """

    text: str
    bold: bool = False
    italic: bool = False
    address: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a note.

    Attributes:
        runs: Its letters.
        mark: ``•`` or ``1.`` before an entry of a list; empty for a plain paragraph.
    """

    runs: tuple[Run, ...]
    mark: str = ""

    @property
    def text(self) -> str:
        """The letters alone."""
        return "".join(run.text for run in self.runs)


def lines_of_note(note: str) -> tuple[Line, ...]:
    """Return the paragraphs of a note; lines that hold nothing are left out."""
    return tuple(_line(line) for line in note.splitlines() if line.strip())


def _line(text: str) -> Line:
    found = _LIST.fullmatch(text)
    if found is None:
        return Line(_runs(text.strip()))
    mark = f"{int(found['number'])}." if found["number"] else "•"
    return Line(_runs(found["words"].rstrip()), mark)


def _runs(text: str) -> tuple[Run, ...]:
    hidden = _ESCAPED.sub(lambda sign: chr(_HIDDEN + ord(sign[1])), text)
    return tuple(replace(run, text=_shown(run.text), address=_shown(run.address)) for run in _marked(hidden, Run("")))


def _marked(text: str, look: Run) -> Iterator[Run]:
    """Split a text at its marks; what stands between two marks may hold further ones."""
    done = 0
    for found in _MARKED.finditer(text):
        if found.start() > done:
            yield replace(look, text=text[done : found.start()])
        done = found.end()
        if found["both"] is not None:
            yield from _marked(found["both"], replace(look, bold=True, italic=True))
        elif found["bold"] is not None:
            yield from _marked(found["bold"], replace(look, bold=True))
        elif found["italic"] is not None:
            yield from _marked(found["italic"], replace(look, italic=True))
        else:
            yield from _marked(found["words"], replace(look, address=found["address"]))
    if done < len(text):
        yield replace(look, text=text[done:])


def _shown(text: str) -> str:
    return "".join(chr(ord(c) - _HIDDEN) if _HIDDEN <= ord(c) < _HIDDEN + 0x80 else c for c in text)
