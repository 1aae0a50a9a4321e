"""What the figures of a takeaway have in common is said once, before them; the rest stands behind each in brackets."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ipo_data.exhibits.context import Context


class Said(NamedTuple):
    """A company's figure in a takeaway.

    Attributes:
        name: The company's name.
        figure: The figure as written.
        remarks: Definition, period and the like as written, in the same order for all; empty where there is none.
    """

    name: str
    figure: str
    remarks: tuple[str, ...]


def said_once(context: "Context", found: Sequence[Said], *, clauses: bool = False) -> tuple[str, str]:
    """Return what the figures have in common, in brackets, and the figures with what is theirs alone.

    ``(" (adjusted, H1 2026)", "MiniMax 2.51× and Zhipu 2.06×")``; remarks that differ stay with their figures. What
    more than half of at least three have in common is said once too: a figure with a remark of its own says so.

    Args:
        context: The context.
        found: The figures.
        clauses: Whether figures hold commas of their own and are kept apart by semicolons.
    """
    columns = list(zip(*(item.remarks for item in found), strict=True))
    shared = [_of_most(column) for column in columns]
    common = context.say.commas(remark for remark in shared if remark)
    parts = []
    for item in found:
        own = context.say.commas(remark for remark, most in zip(item.remarks, shared, strict=True) if remark != most)
        parts.append(_remarked(context, _beside(context, item), own))
    joined = context.clauses(parts) if clauses else context.say.join(parts)
    return context.say.aside(common) if common else "", joined


def _of_most(remarks: Sequence[str]) -> str:
    """Return the remark of more than half of the figures, where every other one has a remark that says otherwise."""
    most, count = Counter(remarks).most_common(1)[0]
    return most if 2 * count > len(remarks) and all(remarks) else ""


def _remarked(context: "Context", figure: str, remark: str) -> str:
    """Put a remark in brackets behind a figure, or into the brackets it ends with: ``4.25× (+325%, H1 2025)``."""
    if not remark:
        return figure
    if figure.endswith((")", "）")):
        return context.say.commas((figure[:-1], remark)) + figure[-1]
    return figure + context.say.aside(remark)


def _beside(context: "Context", item: Said) -> str:
    """Write a figure behind its company; Chinese words follow a name without a space."""
    in_words = context.view.language != "en" and not item.figure[:1].isascii()
    return f"{item.name}{item.figure}" if in_words else f"{item.name} {item.figure}"


def title_once(context: "Context", name: str, found: Sequence[Said], *, clauses: bool = False) -> str:
    """Return ``<name>.title`` with ``{shared}`` and ``{parts}``, or ``<name>.neutral`` where nothing is known."""
    if not found:
        return context.say(f"{name}.neutral")
    shared, parts = said_once(context, found, clauses=clauses)
    return context.say(f"{name}.title", shared=shared, parts=parts)
