"""A view as the query of a link, and back: one table of parameters for pages, exports, memos and the command line.

Codes are canonical, defaults are left out, and a value that is not allowed is named together with what is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from itertools import islice
from typing import Any, Final

from ipo_data.analysis.currency import OWN, OWN_PAIRS, own_rate
from ipo_data.dataset import Dataset
from ipo_data.errors import OptionError, PeriodError, shown
from ipo_data.exhibits.model import BASES, CURRENCY_CHOICES, EVIDENCE_KINDS, View
from ipo_data.exhibits.registry import PAGES, Page
from ipo_data.exhibits.registry import page as page_of
from ipo_data.periods import Instant
from ipo_data.text.catalog import LANGUAGES

LINK_DATA: Final = "data"
"""Name of the parameter by which a link says which data it was made with."""
DATA_DIGITS: Final = 12
"""Hexadecimal digits of the data's digest in a link."""
_FULL_DATE: Final = len("2026-01-12")
_LONGEST_NAME: Final = 80
_LONGEST_SHOWN: Final = 40
_MOST_NAMES: Final = 5
FIELDS: Final = {
    "lang": "language", "firms": "companies", "ccy": "currency", "rates": "rates", "usdcny": "usdcny",
    "usdhkd": "usdhkd", "basis": "basis", "evidence": "evidence", "known": "known_by", "without": "without",
}  # fmt: skip
"""Attributes of a view by the name of their parameter."""

State = Mapping[str, Any]
"""Values of a view by parameter name."""


@dataclass(frozen=True)
class Complaint:
    """A value that was not taken over.

    Attributes:
        parameter: Name of the parameter.
        found: What was found, short and on one line.
        nearest: The allowed code that was probably meant; empty if none is near.
        allowed: Allowed codes, the first few.
        such_as: A correct value where codes are not listed.
    """

    parameter: str
    found: str
    nearest: str = ""
    allowed: tuple[str, ...] = ()
    such_as: str = ""

    def __str__(self) -> str:
        meant = f"; did you mean {self.nearest}?" if self.nearest else ""
        allowed = f"; allowed: {', '.join(self.allowed)}" if self.allowed else ""
        such_as = f"; such as {self.such_as}" if self.such_as else ""
        return f"{self.parameter}: '{self.found}' is not known{meant}{allowed}{such_as}"


@dataclass(frozen=True)
class Parameter:
    """One URL parameter.

    Attributes:
        name: Name in the URL.
        default: Value when absent.
        allowed: Allowed codes; empty if ``check`` decides.
        many: Whether several codes may be given, joined by commas.
        check: Tells whether a text is a value, or one of several.
        form: A correct value, for complaints about ``check``.
        page: Page it belongs to; empty for all pages.
        always: Written even if it is the default, because the default depends on the reader.
        is_state: Whether it describes the view (``False``: only read from links).
        empty_is_all: Whether none stands for all codes.
    """

    name: str
    default: Any
    allowed: tuple[str, ...] = ()
    many: bool = False
    check: Callable[[str], bool] | None = None
    form: str = ""
    page: str = ""
    always: bool = False
    is_state: bool = True
    empty_is_all: bool = False

    def read(self, raw: str) -> tuple[Any, Complaint | None]:
        """Return the value of a raw text, or the default and what is wrong with it."""
        if not self.many:
            return self.valid(raw.strip())
        return self.valid([code for code in raw.split(",") if code])

    def valid(self, value: Any) -> tuple[Any, Complaint | None]:  # noqa: ANN401 - any control value
        """Return a value as far as it is allowed, and what is wrong with the rest."""
        if self.many:
            codes = list(dict.fromkeys(value))
            kept = [code for code in codes if self._admits(code)]
            wrong = next((code for code in codes if code not in kept), None)
            return kept or list(self.default), None if wrong is None else self._complaint(wrong)
        if value == self.default or self._admits(value):
            return value, None
        return self.default, self._complaint(str(value))

    def _admits(self, code: str) -> bool:
        return code in self.allowed or (self.check is not None and self.check(code))

    def write(self, value: Any) -> str | None:  # noqa: ANN401 - any control value
        """Return the raw text of a value, or ``None`` if it is the default."""
        if value in (None, "", []) or (value == self.default and not self.always):
            return None
        return ",".join(value) if self.many else str(value)

    def write_out(self, value: Any) -> str:  # noqa: ANN401 - any control value
        """Return the raw text of a value, the default included; empty if there is nothing to write."""
        if not self.many:
            return str(value)
        return ",".join(value or self.allowed if self.empty_is_all else value)

    def _complaint(self, found: str) -> Complaint:
        if self.check is not None:
            return Complaint(self.name, shown(found, most=_LONGEST_SHOWN), such_as=self.form)
        return complaint(self.name, found, self.allowed)


def complaint(parameter: str, found: str, allowed: Iterable[str], most: int = 6) -> Complaint:
    """Return a complaint that names the nearest allowed code and the first few."""
    codes = tuple(allowed)
    name = found[:_LONGEST_NAME].lower()
    near = [code for code in codes if len(name) > 2 and code.lower().startswith(name)]
    lowered = {code.lower(): code for code in codes}
    near += [lowered[code] for code in get_close_matches(name, list(lowered), n=1)]
    quoted = shown(found, most=_LONGEST_SHOWN)
    return Complaint(shown(parameter, most=_LONGEST_SHOWN), quoted, near[0] if near else "", codes[:most])


def unknown_names(query: Iterable[str], known: Mapping[str, Parameter]) -> list[Complaint]:
    """Return complaints about the first few names of a query that are no parameters; a link may hold thousands."""
    return [complaint(name, name, known) for name in islice((name for name in query if name not in known), _MOST_NAMES)]


def is_date(raw: str) -> bool:
    """Tell whether a text is a full date that exists."""
    try:
        return len(raw) == _FULL_DATE and bool(Instant.parse(raw))
    except PeriodError:
        return False


def is_digest(raw: str) -> bool:
    """Tell whether a text may be the beginning of a digest."""
    return 0 < len(raw) <= 64 and set(raw) <= set("0123456789abcdef")


def parameters(dataset: Dataset, first_language: str = "en") -> dict[str, Parameter]:
    """Return every URL parameter by name.

    Args:
        dataset: The data; companies, rate sets and documents are codes.
        first_language: Language of a link that names none.
    """
    sets = tuple(dict.fromkeys(["prospectus", *(rate.set for rate in dataset.rates), OWN]))
    shared = [
        Parameter("lang", first_language, LANGUAGES, always=True),
        Parameter("firms", [], tuple(dataset.companies), many=True, empty_is_all=True),
        Parameter("ccy", "native", CURRENCY_CHOICES),
        Parameter("rates", "prospectus", sets),
        *(Parameter(pair, "", check=partial(_is_rate, pair), form=_rate_form(pair)) for pair in OWN_PAIRS),
        Parameter("basis", BASES[0], BASES),
        Parameter("evidence", "all", EVIDENCE_KINDS),
        Parameter("known", "", check=is_date, form="2026-01-12"),
        Parameter("without", [], tuple(sorted(dataset.sources)), many=True),
        Parameter(LINK_DATA, "", check=is_digest, form=dataset.digest[:DATA_DIGITS], is_state=False),
    ]
    own = [parameter for page in PAGES for parameter in _own(page, dataset)]
    return {parameter.name: parameter for parameter in [*shared, *own]}


def _own(page: Page, dataset: Dataset) -> list[Parameter]:
    return [
        *(Parameter(name, codes[0], codes, page=page.id) for name, codes in page.codes(dataset).items()),
        *(Parameter(name, list(given), codes, many=True, page=page.id) for name, codes, given in page.several),
        *(Parameter(t.name, t.default, check=t.accepts, form=t.form, page=page.id) for t in page.texts),
    ]


def _is_rate(pair: str, typed: str) -> bool:
    return own_rate(pair, typed) is not None


def _rate_form(pair: str) -> str:
    """Return a correct rate with its bounds, for complaints: ``7.00; 5 – 9``."""
    _, _, low, high = OWN_PAIRS[pair]
    return f"{(low + high) / 2:.2f}; {low} – {high}"


def active(known: Mapping[str, Parameter], page: str) -> list[Parameter]:
    """Return the parameters that mean something on a page."""
    return [parameter for parameter in known.values() if parameter.page in ("", page)]


# --- view to query ----------------------------------------------------------------------------------------------------


def query_of(page: str, view: View, dataset: Dataset) -> dict[str, str]:
    """Return a view as the shortest query: defaults left out, the language always named."""
    written = {p.name: p.write(_value(p, view)) for p in _state(page, dataset)}
    return {name: raw for name, raw in written.items() if raw is not None}


def complete_query_of(page: str, view: View, dataset: Dataset) -> dict[str, str]:
    """Return a view with every value written out and the data it was made with: a link that never changes."""
    written = {p.name: p.write_out(_value(p, view)) for p in _state(page, dataset)}
    return {name: raw for name, raw in written.items() if raw} | {LINK_DATA: dataset.digest[:DATA_DIGITS]}


def _state(page: str, dataset: Dataset) -> list[Parameter]:
    page_of(page)
    return [parameter for parameter in active(parameters(dataset), page) if parameter.is_state]


def _value(parameter: Parameter, view: View) -> Any:  # noqa: ANN401 - any control value
    if parameter.page:
        if not parameter.many:
            return view.option(parameter.name, parameter.default)
        return [code for code in view.option(parameter.name, ",".join(parameter.default)).split(",") if code]
    value = getattr(view, FIELDS[parameter.name])
    return list(value) if parameter.many else value


# --- query to view ----------------------------------------------------------------------------------------------------


def view_of_values(values: State, known: Mapping[str, Parameter], page: str, theme: str = "light") -> View:
    """Return the view that valid values of parameters describe."""
    return View(
        language=values["lang"],
        companies=tuple(values["firms"]),
        currency=values["ccy"],
        rates=values["rates"],
        usdcny=values["usdcny"],
        usdhkd=values["usdhkd"],
        basis=values["basis"],
        evidence=values["evidence"],
        known_by=values["known"],
        without=tuple(values["without"]),
        theme=theme,
        options=tuple((name, p.write_out(values[name])) for name, p in known.items() if p.page == page),
    )


def read_query(page: str, query: Mapping[str, str], dataset: Dataset) -> tuple[View, tuple[Complaint, ...]]:
    """Return the view a query stands for and what was not taken over; there the defaults hold.

    Raises:
        UnknownNameError: If there is no such page.
    """
    page_of(page)
    known = parameters(dataset)
    complaints = unknown_names(query, known)
    values: dict[str, Any] = {}
    for parameter in active(known, page):
        raw = query.get(parameter.name)
        value, wrong = (parameter.default, None) if raw is None else parameter.read(raw)
        values[parameter.name] = value
        complaints += [wrong] if wrong is not None else []
    return view_of_values(values, known, page), tuple(complaints)


def view_of(page: str, query: Mapping[str, str], dataset: Dataset) -> View:
    """Return the view a query stands for.

    Raises:
        OptionError: If a value or a parameter is not allowed; all of them are named.
        UnknownNameError: If there is no such page.
    """
    view, complaints = read_query(page, query, dataset)
    if complaints:
        raise OptionError("; ".join(str(wrong) for wrong in complaints))
    return view
