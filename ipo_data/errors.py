"""Every exception of the package, and the nearest-name hint they share.

IpoDataError
├── SeedError            one or more problems in seed files, each with file, line and column
├── SpecError            one or more problems in the specification of a memo, each with file, line and column
├── UnknownNameError     a name that is not in a closed list (also a ValueError)
├── QuantityError        text that is not a printed quantity (also a ValueError)
├── PeriodError          text that is not a period or date (also a ValueError)
├── NotComparableError   two periods whose comparison would mislead
├── OptionError          a command-line option or URL parameter outside its bounds (also a ValueError)
├── NoBrowserError       no headless browser is there to draw with
└── BudgetError          a piece of work takes more than it may
    ├── OverTimeError    … processor time
    ├── OverMemoryError  … memory
    └── NoRoomError      … of the room that all readers share
"""

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches


class IpoDataError(Exception):
    """Base of all errors raised on purpose by this package."""


class SeedError(IpoDataError):
    """Seed files hold problems; ``problems`` lists them in reading order.

    Attributes:
        problems: The rendered problems, one line each (``file:line:column: message``).
    """

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class SpecError(IpoDataError):
    """The specification of a memo holds problems; ``problems`` lists them in reading order.

    Attributes:
        problems: The rendered problems, one line each (``file:line:column: message``).
    """

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class UnknownNameError(IpoDataError, ValueError):
    """A name that is not in a closed list; the message gives the list or the nearest name."""

    def __init__(self, what: str, given: object, allowed: Iterable[str]) -> None:
        self.given = given
        self.allowed = tuple(allowed)
        super().__init__(f"unknown {what} '{shown(given)}'{nearest(str(given), self.allowed)}")


class QuantityError(IpoDataError, ValueError):
    """Text that is not a quantity in the printed notation."""


class PeriodError(IpoDataError, ValueError):
    """Text that is not a period or a date."""


class NotComparableError(IpoDataError):
    """Two periods whose comparison would mislead; the message says why."""


class OptionError(IpoDataError, ValueError):
    """A command-line option or URL parameter outside its bounds."""


class NoBrowserError(IpoDataError):
    """No headless browser is there to draw with, or it does not start; the message says what to install."""


class BudgetError(IpoDataError):
    """A piece of work takes more than it may; see ``budget``."""


class OverTimeError(BudgetError):
    """The processor time of a piece of work is used up.

    Attributes:
        seconds: What it was.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"given up after {seconds:g} s of processor time, the most that one piece of work may take")


class OverMemoryError(BudgetError):
    """A piece of work would make arrays beyond its memory.

    Attributes:
        asked: Megabytes it would take.
        most: Megabytes it may take.
    """

    def __init__(self, asked: float, most: float) -> None:
        self.asked, self.most = asked, most
        super().__init__(f"needs about {asked:,.0f} MB; one piece of work may take {most:,.0f} MB here")


class NoRoomError(BudgetError):
    """As many readers have dropped files as may at a time.

    Attributes:
        most: How many that are.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__(f"{most} readers have dropped files now; there is room for no more")


def shown(value: object, *, most: int = 60) -> str:
    """Return a found value as a message may quote it: short, on one line, nothing hidden.

    Args:
        value: What was found.
        most: Longest text to quote; the rest becomes ``…``.

    Returns:
        The text with characters that hide, reorder or break lines written as escapes.
    """
    text = str(value)[: most + 1]
    plain = "".join(c if is_visible(c) else c.encode("unicode_escape").decode() for c in text[:most])
    return plain if len(text) <= most else plain + "…"


def is_visible(character: str) -> bool:
    """Tell whether a character shows as itself (direction marks, controls and line breaks do not)."""
    return unicodedata.category(character) not in _HIDING


_HIDING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories of characters that hide, reorder or break text."""


def nearest(given: str, allowed: Iterable[str], *, show: int = 8) -> str:
    """Return a hint for a misspelt name: the nearest allowed one, else the allowed list.

    Args:
        given: The name as found.
        allowed: All valid names.
        show: How many valid names to list when none is near.

    Returns:
        Text that starts with a space, e.g. `` (did you mean 'from'?)`` or `` (allowed: a, b)``.
    """
    names = list(dict.fromkeys(allowed))
    near = nearest_name(given, names)
    if near is not None:
        return f" (did you mean '{near}'?)"
    if not names:
        return " (none is defined)"
    listed = ", ".join(names[:show])
    more = f", … {len(names) - show} more" if len(names) > show else ""
    return f" (allowed: {listed}{more})"


def nearest_name(given: str, allowed: Iterable[str], *, likeness: float = 0.6) -> str | None:
    """Return the allowed name that is probably meant, or ``None`` if none is near.

    Args:
        given: The name as found.
        allowed: All valid names.
        likeness: How alike two names must be, from 0 to 1; more where valid names resemble one another.
    """
    names = {name.lower(): name for name in allowed}
    near = get_close_matches(given[:_LONGEST_NAME].lower(), list(names), n=1, cutoff=likeness)
    return names[near[0]] if near else None


_LONGEST_NAME = 80
