"""Finds text ids in the product's code: written out in full, or put together from a prefix and a code."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ipo_data.paths import ROOT

_ID = re.compile(r"[a-z_]+\.[A-Za-z0-9_]+")
_SPEAKERS = frozenset({"say", "words", "text"})


@dataclass(frozen=True)
class Use:
    """One text id in the code.

    Attributes:
        where: File and line.
        text: The id; the codes of an id that is put together are written ``*``.
        spoken: Whether it stands where a text is looked up.
    """

    where: str
    text: str
    spoken: bool


def code_files() -> list[Path]:
    """Return the product's Python files."""
    return sorted([*(ROOT / "ipo_data").rglob("*.py"), *(ROOT / "pages").rglob("*.py"), ROOT / "app.py"])


@cache
def uses() -> list[Use]:
    """Return every text id in the code, in order; read once."""
    return [use for path in code_files() for use in uses_in(path.read_text(encoding="utf-8"), path.name)]


def uses_in(source: str, name: str = "") -> Iterator[Use]:
    """Return the text ids of one file."""
    tree = ast.parse(source)
    spoken = {id(part) for call in ast.walk(tree) if isinstance(call, ast.Call) for part in _looked_up(call)}
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if id(node) in inside or not isinstance(node, ast.Constant | ast.JoinedStr):
            continue
        for text in _texts(node):
            if _ID.fullmatch(text.replace("*", "x")) or id(node) in spoken:
                yield Use(f"{name}:{node.lineno}", text, id(node) in spoken)
    for call in ast.walk(tree):
        if isinstance(call, ast.Call):
            yield from (Use(f"{name}:{call.lineno}", text, spoken=True) for text in _titles(call))


def _looked_up(call: ast.Call) -> list[ast.expr]:
    """Return the expressions that a call looks up as a text id (both branches of a choice)."""
    name = _called(call.func)
    if name not in _SPEAKERS and not (isinstance(call.func, ast.Call) and _called(call.func.func) == "words"):
        return []
    key = call.args[1:2] if name == "text" else call.args[:1]
    if name == "words" and isinstance(call.func, ast.Name):
        return []  # words("en") names a language
    return [part for expression in key for part in _branches(expression)]


def _branches(expression: ast.expr) -> list[ast.expr]:
    if isinstance(expression, ast.IfExp):
        return _branches(expression.body) + _branches(expression.orelse)
    if isinstance(expression, ast.BinOp):  # "state." + code
        return [expression.left]
    return [expression]


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _texts(node: ast.Constant | ast.JoinedStr) -> list[str]:
    if isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else "*" for part in node.values]
        return ["".join(str(part) for part in parts)]
    if not isinstance(node.value, str):
        return []
    return [node.value + "*" if re.fullmatch(r"[a-z_]+\.", node.value) else node.value]


def _titles(call: ast.Call) -> list[str]:
    """``context.title("funding", …)`` and ``title_once`` look up ``funding.title`` or ``funding.neutral``."""
    name = _called(call.func)
    strings = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    of_context = name == "title" and isinstance(call.func, ast.Attribute) and _called(call.func.value) == "context"
    return [f"{strings[0]}.title", f"{strings[0]}.neutral"] if strings and (of_context or name == "title_once") else []
