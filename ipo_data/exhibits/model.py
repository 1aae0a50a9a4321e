"""Views and exhibits: what a reader asks to see, and everything that is shown for it.

An exhibit is built by a pure function of the evidence and the view, so that the page, the export, the command line and
the tests show the same thing.
"""

from dataclasses import dataclass, field

import pandas as pd

from ipo_data.analysis.points import DataPoint
from ipo_data.charts.drawing import Drawing
from ipo_data.evidence import KINDS

EVIDENCE_KINDS = KINDS
"""All documents · filings, announcements and results · the five articles."""
BASES = ("ltm", "month", "reported", "annualised")
"""Twelve months · per month · as reported · annualised, which is a label and never the default."""
CURRENCY_CHOICES = ("native", "USD", "CNY", "HKD")
THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class View:
    """Everything that decides what is shown; it is what a link carries.

    Attributes:
        language: Language code.
        companies: Company ids to compare; empty for all.
        currency: ``native`` or a currency code.
        rates: Name of the rate set, or ``own``.
        usdcny: The reader's own RMB per US$, as typed; empty for none.
        usdhkd: The reader's own HK$ per US$, as typed; empty for none.
        basis: How revenue of unequal periods is put on one footing.
        evidence: Which kinds of documents count.
        known_by: ISO date; documents published later do not count. Empty for no limit.
        without: Documents left out.
        theme: ``light`` or ``dark``.
        narrow: Whether charts are laid out for a narrow window; pictures for memos never are.
        options: Page options as pairs, e.g. ``(("burn", "100"),)``.
    """

    language: str = "en"
    companies: tuple[str, ...] = ()
    currency: str = "native"
    rates: str = "prospectus"
    usdcny: str = ""
    usdhkd: str = ""
    basis: str = "ltm"
    evidence: str = "all"
    known_by: str = ""
    without: tuple[str, ...] = ()
    theme: str = "light"
    narrow: bool = False
    options: tuple[tuple[str, str], ...] = ()

    def option(self, name: str, default: str = "") -> str:
        """Return a page option, or the default."""
        return dict(self.options).get(name, default)


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One of at most four headline figures of a page.

    Attributes:
        label: What it is and whose.
        value: The figure as written.
        detail: Period, status and rival figures.
    """

    label: str
    value: str
    detail: str


@dataclass(frozen=True)
class Exhibit:
    """One chart or table with its takeaway and everything needed to quote it.

    Attributes:
        id: Name in links and file names.
        title: Takeaway computed from the data shown, or a neutral title.
        subtitle: Measure, unit, currency, basis, window.
        figure: The chart; ``None`` for exhibits that are tables.
        alt: What the chart shows, for readers who do not see it.
        points: The data points drawn.
        table: The same numbers as written text, one row each, in the reader's language.
        claims: Ids of all claims drawn on.
        states: State ids present.
        notes: Numbered notes.
        source_line: Documents drawn on.
    """

    id: str
    title: str
    subtitle: str
    figure: Drawing | None
    alt: str
    points: tuple[DataPoint, ...] = ()
    table: pd.DataFrame = field(default_factory=pd.DataFrame)
    claims: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    source_line: str = ""
