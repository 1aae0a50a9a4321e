"""The table that the benchmark prints and ``docs/performance.md`` keeps."""

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

HEADING = "| measured | figure | bound | kept |\n|---|---|---|---|\n"
_PACKAGES = ("streamlit", "plotly", "pandas")


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        what: What was measured.
        figure: What came out, with its unit.
        bound: What it must keep or is compared with; empty for a yardstick.
        kept: ``yes``, ``no``, or empty where there is nothing to keep.
    """

    what: str
    figure: str
    bound: str
    kept: str

    def __str__(self) -> str:
        return f"| {self.what} | {self.figure} | {self.bound} | {self.kept} |"


def row(what: str, figure: str, bound: str = "", *, met: bool | None = None) -> Row:
    """Return a line; ``met`` tells whether the bound is kept, ``None`` where there is none."""
    return Row(what, figure, bound, "" if met is None else "yes" if met else "**no**")


def print_table(rows: Iterable[Row]) -> None:
    """Print when and on what it was measured, then the rows as they come."""
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    day = datetime.now(UTC).date().isoformat()
    sys.stdout.write(
        f"{day}, {os.cpu_count()} cores, Python {sys.version.split()[0]}, {packages}; "
        f"load average {os.getloadavg()[0]:.1f} at the start.\n\n{HEADING}"
    )
    for line in rows:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
