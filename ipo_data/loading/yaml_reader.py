"""Strict YAML: plain data with the position of every value, and none of YAML's surprises.

Every scalar stays the text it was written as (``0100`` keeps its zero, ``NO`` is not false, ``1.50`` keeps its digits).
Duplicate keys, anchors, aliases, merge keys and tags are refused, as are texts that hide or reorder characters: every
record must be readable where it stands.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any, Final

import yaml

from ipo_data.loading.problems import Path, ProblemList

LARGEST_FILE: Final = 2_000_000
"""Bytes; a record file of a company is far smaller."""
DEEPEST: Final = 12
_START: Final = (1, 1)
_ORDINARY_TAGS: Final = frozenset({"tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"})
_HIDDEN: Final = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\ufeff")


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
    parsed = Parsed(shown_as, None, {})
    text = _text_of(path, shown_as, problems)
    if text is None:
        return parsed
    try:
        if any(mark in text for mark in "&*!") and not _is_plain(text, shown_as, problems):
            return parsed
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError as error:
        problems.add(shown_as, _error_position(error), f"not valid YAML: {_error_words(error)}")
        return parsed
    if node is None:
        problems.add(shown_as, _START, "the file is empty; remove it or add records")
        return parsed
    parsed.data = _Builder(parsed, problems).build(node, ())
    return parsed


def _text_of(path: FilePath, shown_as: str, problems: ProblemList) -> str | None:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            problems.add(shown_as, _START, f"the file has {size:,} bytes; at most {LARGEST_FILE:,} are read")
            return None
        raw = path.read_bytes()
    except OSError as error:
        problems.add(shown_as, _START, f"cannot be read: {error.strerror or error}")
        return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        column = error.start - before.rfind(b"\n")
        found = f"byte 0x{raw[error.start]:02X} is not UTF-8; save the file as UTF-8"
        problems.add(shown_as, (before.count(b"\n") + 1, column), found)
        return None
    return None if _has_hidden(text, shown_as, problems) else text


def _has_hidden(text: str, shown_as: str, problems: ProblemList) -> bool:
    found = False
    for character in _HIDDEN.intersection(text) | {c for c in set(text) if c < " " and c not in "\n\r\t"}:
        before = text[: text.index(character)]
        position = (before.count("\n") + 1, len(before) - before.rfind("\n"))
        name = unicodedata.name(character, "control character").lower()
        problems.add(
            shown_as, position, f"the character U+{ord(character):04X} ({name}) hides or reorders text; remove it"
        )
        found = True
    return found


def _is_plain(text: str, shown_as: str, problems: ProblemList) -> bool:
    plain = True
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        word = _refused_feature(event)
        if word:
            mark = event.start_mark
            message = f"{word} are not used here: every record must be readable where it stands"
            problems.add(shown_as, (mark.line + 1, mark.column + 1), message)
            plain = False
    return plain


def _refused_feature(event: Any) -> str:  # noqa: ANN401 - PyYAML's events carry no types
    if isinstance(event, yaml.AliasEvent):
        return f"aliases (*{event.anchor})"
    if getattr(event, "anchor", None):
        return f"anchors (&{event.anchor})"
    if getattr(event, "tag", None) and event.tag not in _ORDINARY_TAGS:
        return f"tags ({event.tag})"
    return ""


class _Builder:
    """Turns composed nodes into plain data and notes positions on the way."""

    def __init__(self, parsed: Parsed, problems: ProblemList) -> None:
        self._parsed = parsed
        self._problems = problems

    def build(self, node: yaml.Node, path: Path) -> Any:  # noqa: ANN401 - any plain data
        self._parsed.positions[path] = _position(node)
        if len(path) > DEEPEST:
            self._add(node, f"nested deeper than {DEEPEST} levels")
            return None
        if isinstance(node, yaml.MappingNode):
            return dict(self._entries(node, path))
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, index)) for index, item in enumerate(node.value)]
        return node.value

    def _entries(self, node: yaml.MappingNode, path: Path) -> Iterator[tuple[str, Any]]:
        seen: set[str] = set()
        for key_node, value_node in node.value:
            key = key_node.value
            if not isinstance(key, str):
                self._add(key_node, "a key must be a word")
                continue
            if key == "<<":
                self._add(key_node, "merge keys are not used here: every record must be readable where it stands")
                continue
            if key in seen:
                self._add(key_node, f"duplicate key '{key}'")
                continue
            seen.add(key)
            self._parsed.positions[(*path, key, "<key>")] = _position(key_node)
            if isinstance(value_node, yaml.ScalarNode) and value_node.value == "" and not value_node.style:
                self._add(key_node, f"'{key}' has no value; fill it in or remove it")
                continue
            yield key, self.build(value_node, (*path, key))

    def _add(self, node: yaml.Node, message: str) -> None:
        self._problems.add(self._parsed.file, _position(node), message)


def _position(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _error_position(error: yaml.YAMLError) -> tuple[int, int]:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return (mark.line + 1, mark.column + 1) if mark else _START


def _error_words(error: yaml.YAMLError) -> str:
    words = [getattr(error, "context", None), getattr(error, "problem", None)]
    return ", ".join(word for word in words if word) or str(error).splitlines()[0]
