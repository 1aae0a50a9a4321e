"""Strict YAML: plain data with the position of every value, and none of YAML's surprises.

Every scalar stays the text it was written as (``0100`` keeps its zero, ``NO`` is not false, ``1.50`` keeps its digits).
Duplicate keys, anchors, aliases, merge keys and tags are refused, as are texts that hide or reorder characters: every
record must be readable where it stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any, Final

import yaml

from ipo_data.errors import shown
from ipo_data.loading.problems import Path, ProblemList
from ipo_data.model.text import character_name, hidden_character

LARGEST_FILE: Final = 2_000_000
"""Bytes of a file that all companies share; the documents of two hundred take about so much."""
LARGEST_TOPIC: Final = 300_000
"""Bytes of a company's file; the largest has a fourteenth of it. A second's work is in it at most."""
DEEPEST: Final = 12
"""Levels of lists and maps inside each other; records need about six."""
MOST_HIDDEN: Final = 20
"""Hidden characters listed per file."""
_TWO_ALPHABETS: Final = re.compile(r"[A-Za-z]([\u0370-\u03ff\u0400-\u052f])|([\u0370-\u03ff\u0400-\u052f])[A-Za-z]")
"""A Greek or Cyrillic letter beside a Latin one."""
_START: Final = (1, 1)
_ORDINARY_TAGS: Final = frozenset({"tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"})
_NOTHING: Final = frozenset({"", "~", "null", "Null", "NULL"})
_EMPTY: Final = "the file is empty; remove it or add records"
_READABLE: Final = "every record must be readable where it stands"
_FIGURE: Final = "says"
"""The field that holds a figure; a comma between its thousands would end it inside braces."""
_BEFORE_COMMA, _BEHIND_COMMA = re.compile(r"[^0-9,]{0,5}[0-9]{1,3}(,[0-9]{3})*"), re.compile(r"[0-9]{3}(\D.*)?")
_ODD_INDENT: Final = re.compile(r"^(?:  )* (?=[-\w])", re.MULTILINE)
"""An indentation that no record has: of a line whose ``# `` lost the sign but not the space."""
_BYTE_ORDER_MARKS: Final = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


@dataclass(slots=True)
class Parsed:
    """Plain data of one file.

    Attributes:
        file: File name as shown to the reader.
        data: Dicts, lists and texts; ``None`` if the file could not be read.
        positions: Line and column of every value, by path; keys under ``(…, key, "<key>")``.
    """

    file: str
    data: Any
    positions: dict[Path, tuple[int, int]]

    def position(self, path: Path) -> tuple[int, int]:
        """Return where a value stands, or its nearest parent if it is missing."""
        while path and path not in self.positions:
            path = path[:-1]
        return self.positions.get(path, _START)

    def key_position(self, path: Path) -> tuple[int, int]:
        """Return where the key of a value stands."""
        return self.positions.get((*path, "<key>")) or self.position(path)


def read_yaml(path: FilePath, shown_as: str, problems: ProblemList) -> Parsed:
    """Read one seed file.

    Args:
        path: The file.
        shown_as: Its name in messages.
        problems: Collects every mistake; the file is never changed.

    Returns:
        The data with positions; ``data`` is ``None`` if nothing usable was found.
    """
    raw = _bytes_of(path, shown_as, problems)
    return Parsed(shown_as, None, {}) if raw is None else parse_yaml(raw, shown_as, problems)


def parse_yaml(raw: bytes, shown_as: str, problems: ProblemList) -> Parsed:
    """Read the bytes of one file, e.g. of one that was dropped on a page; see ``read_yaml``."""
    parsed = Parsed(shown_as, None, {})
    text = _text_of(raw, shown_as, problems)
    if text is None:
        return parsed
    builder = _Builder(parsed, problems, yaml.parse(text, Loader=yaml.CBaseLoader))
    try:
        parsed.data = builder.document()
    except _Stop:
        parsed.data = None
    except yaml.YAMLError as error:
        problems.add(shown_as, _error_position(error, text), _error_words(error, text))
        parsed.data = None
    return parsed


def _text_of(raw: bytes, shown_as: str, problems: ProblemList) -> str | None:
    if len(raw) > _most(shown_as):
        problems.add(shown_as, _START, _too_large(len(raw), shown_as))
        return None
    try:
        text = raw.decode("utf-8-sig")  # some editors begin UTF-8 files with a mark
    except UnicodeDecodeError as error:
        problems.add(shown_as, _position_of_byte(raw, error.start), _not_utf8(raw, error.start))
        return None
    deceives = _has_hidden(text, shown_as, problems) or _has_look_alikes(text, shown_as, problems)
    return None if deceives else text


def _bytes_of(path: FilePath, shown_as: str, problems: ProblemList) -> bytes | None:
    try:
        if path.exists() and not path.is_file():
            problems.add(shown_as, _START, "is not a file")
            return None
        size = path.stat().st_size
        if size > _most(shown_as):
            problems.add(shown_as, _START, _too_large(size, shown_as))
            return None
        return path.read_bytes()
    except OSError as error:
        problems.add(shown_as, _START, f"cannot be read: {error.strerror or error}")
        return None


def _most(shown_as: str) -> int:
    return LARGEST_TOPIC if "/companies/" in shown_as else LARGEST_FILE


def _too_large(size: int, shown_as: str) -> str:
    return f"the file has {size:,} bytes; at most {_most(shown_as):,} are read"


def _position_of_byte(raw: bytes, start: int) -> tuple[int, int]:
    before = raw[:start]
    in_line = before[before.rfind(b"\n") + 1 :].decode("utf-8-sig")
    return before.count(b"\n") + 1, len(in_line) + 1


def _not_utf8(raw: bytes, start: int) -> str:
    other = _BYTE_ORDER_MARKS.get(raw[:2])
    if other:
        return f"the file is {other}; save it as UTF-8"
    return f"byte 0x{raw[start]:02X} is not UTF-8; save the file as UTF-8"


def _has_hidden(text: str, shown_as: str, problems: ProblemList) -> bool:
    found = 0
    for number, line in enumerate(text.split("\n"), start=1):
        rest = 0
        while found < MOST_HIDDEN and (at := hidden_character(line[rest:])) is not None:
            rest += at + 1
            message = f"the character {character_name(line[rest - 1])} hides or reorders text; remove it"
            problems.add(shown_as, (number, rest), message)
            found += 1
    return found > 0


def _has_look_alikes(text: str, shown_as: str, problems: ProblemList) -> bool:
    """Tell whether a word is of two alphabets whose letters look alike: another name than the one it shows."""
    if text.isascii() or _TWO_ALPHABETS.search(text) is None:
        return False
    for number, line in enumerate(text.split("\n"), start=1):
        if met := _TWO_ALPHABETS.search(line):
            name = character_name(met[1] or met[2])
            message = f"{name} stands in a word of Latin letters, one of which it looks like; write the Latin one"
            problems.add(shown_as, (number, met.start() + 1), message)
    return True


def _refused_feature(event: Any) -> str:  # noqa: ANN401 - PyYAML's events carry no types
    if isinstance(event, yaml.AliasEvent):
        return f"aliases (*{shown(event.anchor)})"
    if getattr(event, "anchor", None):
        return f"anchors (&{shown(event.anchor)})"
    if getattr(event, "tag", None) and event.tag not in _ORDINARY_TAGS:
        return f"tags ({shown(event.tag)})"
    return ""


class _Stop(Exception):  # noqa: N818 - a signal, not an error
    """Reading on is idle or dangerous; the reason has been noted."""


class _Builder:
    """Turns parsing events into plain data and notes positions on the way.

    Working on events, nothing is ever built from an alias, and a tower of brackets ends the reading before it
    exhausts the stack.
    """

    def __init__(self, parsed: Parsed, problems: ProblemList, events: Iterator[Any]) -> None:
        self._parsed, self._problems, self._events = parsed, problems, events
        self._usable = True
        self._depth = 0

    def document(self) -> Any:  # noqa: ANN401 - any plain data
        """Return the data of the only document, or ``None`` if there is nothing usable."""
        next(self._events)  # the stream begins
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            self._problems.add(self._parsed.file, _START, _EMPTY)
            return None
        data = self._build(self._next(), ())
        if data == "":
            self._refuse(event, _EMPTY)
        next(self._events)  # the document ends
        extra = next(self._events)
        if self._usable and not isinstance(extra, yaml.StreamEndEvent):
            self._refuse(extra, "a second document begins here; one file holds one")
        return data if self._usable else None

    def _next(self) -> Any:  # noqa: ANN401 - PyYAML's events carry no types
        event = next(self._events)
        self._depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if self._depth > DEEPEST:
            self._add(event, f"nested deeper than {DEEPEST} levels")
            raise _Stop
        word = _refused_feature(event)
        if word:
            self._refuse(event, f"{word} are not used here: {_READABLE}")
        return event

    def _build(self, event: Any, path: Path) -> Any:  # noqa: ANN401
        self._parsed.positions[path] = _position(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.AliasEvent):
            return None
        if isinstance(event, yaml.MappingStartEvent):
            return dict(self._entries(path))
        return list(self._items(path))

    def _items(self, path: Path) -> Iterator[Any]:
        index = 0
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            yield self._build(event, (*path, index))
            index += 1

    def _entries(self, path: Path) -> Iterator[tuple[str, Any]]:
        lines: dict[str, int] = {}
        figure = ""
        while not isinstance(key_event := self._next(), yaml.MappingEndEvent):
            if not isinstance(key_event, yaml.ScalarEvent):
                self._add(key_event, "a key must be a word")
                self._skip(key_event)
                self._skip(self._next())
                continue
            key, position = self._scalar(key_event), _position(key_event)
            value_event = self._next()
            if figure and _BEHIND_COMMA.fullmatch(key) and _is_nothing(value_event):
                figure = f"{figure},{key}"  # one figure, cut at the comma between its thousands: refused as a whole
                yield _FIGURE, figure
                continue
            figure = _cut_figure(key, value_event)
            refusal = _refused_entry(key, position[0], value_event, lines)
            self._parsed.positions.setdefault((*path, key, "<key>"), position)
            if refusal:
                self._add(key_event, refusal)
                self._skip(value_event)
                continue
            lines[key] = position[0]
            yield key, self._build(value_event, (*path, key))

    def _skip(self, event: Any) -> None:  # noqa: ANN401
        depth = int(isinstance(event, yaml.CollectionStartEvent))
        while depth:
            event = self._next()
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)

    def _scalar(self, event: Any) -> str:  # noqa: ANN401
        """Return the text; what an escape in double quotes hides is refused and taken out."""
        text: str = event.value
        hidden = hidden_character(text)
        if hidden is None:
            return text
        self._add(event, f"the character {character_name(text[hidden])} hides or reorders text; remove it")
        return "".join(c for c in text if hidden_character(c) is None)

    def _refuse(self, event: Any, message: str) -> None:  # noqa: ANN401
        self._add(event, message)
        self._usable = False

    def _add(self, event: Any, message: str) -> None:  # noqa: ANN401
        self._problems.add(self._parsed.file, _position(event), message)
        if self._problems.is_full(self._parsed.file):
            raise _Stop


def _refused_entry(key: str, line: int, value_event: Any, lines: dict[str, int]) -> str:  # noqa: ANN401
    if key == "<<":
        return f"merge keys are not used here: {_READABLE}"
    if not key:
        return "a key must be a word"
    if key in lines:
        where = "in this record" if lines[key] == line else f"in line {lines[key]}"
        return f"duplicate key '{shown(key)}': it already stands {where}"
    return f"'{shown(key)}' has no value; fill it in or remove it" if _is_nothing(value_event) else ""


def _is_nothing(event: Any) -> bool:  # noqa: ANN401
    return isinstance(event, yaml.ScalarEvent) and event.value in _NOTHING and not event.style


def _cut_figure(key: str, value_event: Any) -> str:  # noqa: ANN401
    """Return a figure that may have been cut at the comma between its thousands; nothing for any other entry."""
    plain = key == _FIGURE and isinstance(value_event, yaml.ScalarEvent) and not value_event.style
    return str(value_event.value) if plain and _BEFORE_COMMA.fullmatch(value_event.value) else ""


def _position(event: Any) -> tuple[int, int]:  # noqa: ANN401
    mark = event.start_mark
    return mark.line + 1, mark.column + 1


def _error_position(error: yaml.YAMLError, text: str) -> tuple[int, int]:
    if odd := _odd_indent(error, text):
        return text.count("\n", 0, odd.start()) + 1, 1
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return _START
    if text[mark.index :].strip():
        return mark.line + 1, mark.column + 1
    before = text.rstrip()  # the file ends too early: point behind its last character
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _odd_indent(error: yaml.YAMLError, text: str) -> re.Match[str] | None:
    """Return the first odd indentation, if the lines do not stand below each other as they should."""
    words = str(error)
    return _ODD_INDENT.search(text) if "did not find expected" in words and "flow" not in words else None


def _error_words(error: yaml.YAMLError, text: str) -> str:
    if odd := _odd_indent(error, text):
        return f"indented by {len(odd[0])}, an odd number of spaces; a '# ' is taken away with its space"
    mark = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", None) or "")
    found = text[mark.index : mark.index + 1] if mark else ""
    if found == "\t":
        return "a tab stands here; indent with spaces"
    if "cannot start any token" in problem and found:
        return f"'{found}' cannot begin a value; put the value in quotes"
    if mark and not text[mark.index :].strip():
        return "the file ends in the middle of a record"
    words = [getattr(error, "context", None), problem]
    return f"not valid YAML: {', '.join(word for word in words if word) or str(error).splitlines()[0]}"
