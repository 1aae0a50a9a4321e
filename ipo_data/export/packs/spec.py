"""The specification of a memo: which exhibits, in which order, with which notes, language, currency and evidence.

It is a strict YAML file that the memo page saves and reads again and that the command line takes:

    title: Two offerings compared
    language: en
    exhibits:
      - page: growth
        exhibit: revenue-spans
        note: Growth slows as the base grows.
"""

from collections.abc import Iterable
from pathlib import Path as FilePath
from typing import Any, Final, Literal

import yaml
from pydantic import Field

from ipo_data.dataset import Dataset
from ipo_data.errors import SpecError, nearest, shown
from ipo_data.exhibits.model import View
from ipo_data.exhibits.registry import PAGES, exhibit_ids
from ipo_data.exhibits.view_query import FIELDS, Parameter, parameters, read_query
from ipo_data.loading.problems import Path, ProblemList
from ipo_data.loading.validation import validate
from ipo_data.loading.yaml_reader import Parsed, parse_yaml, read_yaml
from ipo_data.model.base import Record
from ipo_data.model.text import PlainText

MOST_EXHIBITS: Final = 40
LONGEST_NOTE: Final = 2_000
PRESETS: Final = ("document", "slide", "square")
"""Shapes of the pictures: for a text column, a slide, a square."""
SPEC_NAME: Final = "memo.yaml"
"""Name of the specification inside an archive."""


class MemoItem(Record):
    """One exhibit of a memo.

    Attributes:
        page: Page id.
        exhibit: Exhibit id on that page.
        options: Page options that differ from their defaults.
        note: The analyst's own words beside it.
    """

    page: str
    exhibit: str
    options: dict[str, str] = Field(default_factory=dict)
    note: str = Field(default="", max_length=LONGEST_NOTE)


class MemoSpec(Record):
    """What a memo holds and how it is written.

    Attributes:
        title: Title of the memo.
        language: Language code.
        currency: ``native`` or a currency code.
        rates: Name of the rate set, or ``own``.
        usdcny: The reader's own RMB per US$; empty for none.
        usdhkd: The reader's own HK$ per US$; empty for none.
        basis: How revenue of unequal periods is put on one footing.
        evidence: Which kinds of documents count.
        known_by: ISO date; documents published later do not count.
        without: Documents left out.
        companies: Companies compared; empty for all.
        preset: Shape of the pictures.
        exhibits: The exhibits in order.
    """

    title: PlainText = Field(min_length=1, max_length=200)
    language: str = "en"
    currency: str = "native"
    rates: str = "prospectus"
    usdcny: str = ""
    usdhkd: str = ""
    basis: str = "ltm"
    evidence: str = "all"
    known_by: str = ""
    without: tuple[str, ...] = Field(default=(), strict=False)
    companies: tuple[str, ...] = Field(default=(), strict=False)
    preset: Literal["document", "slide", "square"] = "document"
    exhibits: tuple[MemoItem, ...] = Field(min_length=1, max_length=MOST_EXHIBITS, strict=False)


def view_of(spec: MemoSpec, item: MemoItem, dataset: Dataset) -> View:
    """Return the view in which an exhibit of a memo is built; always light, as exports are."""
    known = parameters(dataset)
    shared = {p.name: p.write(_as_control(getattr(spec, FIELDS[p.name]))) for p in known.values() if p.name in FIELDS}
    query = {name: raw for name, raw in shared.items() if raw is not None} | dict(item.options)
    return read_query(item.page, query, dataset)[0]


def _as_control(value: str | tuple[str, ...]) -> str | list[str]:
    return list(value) if isinstance(value, tuple) else value


# --- reading ----------------------------------------------------------------------------------------------------------


def load_spec(path: FilePath, dataset: Dataset) -> MemoSpec:
    """Read a specification from a file.

    Raises:
        SpecError: With every problem at its place.
    """
    problems = ProblemList()
    return _checked(read_yaml(path, path.name, problems), problems, dataset)


def read_spec(raw: bytes, shown_as: str, dataset: Dataset) -> MemoSpec:
    """Read a specification from the bytes of a file that was handed over.

    Args:
        raw: Content of the file.
        shown_as: Its name in messages.
        dataset: The data; companies, documents and rate sets are checked against it.

    Raises:
        SpecError: With every problem at its place.
    """
    problems = ProblemList()
    return _checked(parse_yaml(raw, shown_as, problems), problems, dataset)


def checked(spec: MemoSpec, dataset: Dataset) -> MemoSpec:
    """Return a specification put together in code after the checks that one from a file passes.

    Raises:
        SpecError: With every problem.
    """
    return read_spec(spec_text(spec).encode(), SPEC_NAME, dataset)


def _checked(parsed: Parsed, problems: ProblemList, dataset: Dataset) -> MemoSpec:
    spec = None
    if not problems:
        spec = validate(MemoSpec, parsed.data, parsed, (), problems)
    if spec is not None:
        _Checker(parsed, problems, dataset).check(spec)
    if spec is None or problems:
        raise SpecError(problems.lines())
    return spec


class _Checker:
    """Checks a specification against the pages and the data."""

    def __init__(self, parsed: Parsed, problems: ProblemList, dataset: Dataset) -> None:
        self._parsed, self._problems, self._dataset = parsed, problems, dataset
        self._known = parameters(dataset)

    def check(self, spec: MemoSpec) -> None:
        for name, field in FIELDS.items():
            value = getattr(spec, field)
            for number, code in enumerate(value) if isinstance(value, tuple) else ((None, value),):
                self._allowed((field,) if number is None else (field, number), self._known[name], code, field)
        companies = [c for c in spec.companies if c in self._dataset.companies] or list(self._dataset.companies)
        seen: dict[tuple[object, ...], int] = {}
        for number, item in enumerate(spec.exhibits):
            self._item(("exhibits", number), item, companies)
            first = seen.setdefault((item.page, item.exhibit, *sorted(item.options.items())), number)
            if first != number:
                self._say(("exhibits", number), f"the same exhibit as exhibits[{first}]; list it once")

    def _item(self, place: Path, item: MemoItem, companies: list[str]) -> None:
        page = next((page for page in PAGES if page.id == item.page), None)
        if page is None:
            self._named((*place, "page"), "page", item.page, [page.id for page in PAGES])
            return
        self._named((*place, "exhibit"), f"exhibit of page {page.id}", item.exhibit, exhibit_ids(page, companies))
        offered = {name: parameter for name, parameter in self._known.items() if parameter.page == page.id}
        for name, code in item.options.items():
            where = (*place, "options", name)
            if name in offered:
                self._allowed(where, offered[name], code, name)
            else:
                self._named(where, f"option of page {page.id}", name, offered)

    def _allowed(self, place: Path, parameter: Parameter, code: str, what: str) -> None:
        """Note a value that the address would refuse as well."""
        wrong = parameter.valid([code] if parameter.many else code)[1]
        if wrong is None:
            return
        if parameter.allowed:
            self._named(place, f"value of {what}", code, parameter.allowed)
        else:
            self._say(place, f"'{wrong.found}' is no value of {what}, such as {wrong.such_as}")

    def _named(self, place: Path, what: str, given: str, allowed: Iterable[str]) -> None:
        names = list(allowed)
        if given not in names:
            self._say(place, f"unknown {what} '{shown(given)}'{nearest(given, names)}")

    def _say(self, place: Path, message: str) -> None:
        self._problems.add(self._parsed.file, self._parsed.position(place), message)


# --- writing ----------------------------------------------------------------------------------------------------------


def spec_text(spec: MemoSpec) -> str:
    """Return the specification as YAML; what is at its default is left out, except title and language."""
    defaults = {name: field.default for name, field in MemoSpec.model_fields.items()}
    data: dict[str, Any] = {"title": spec.title, "language": spec.language}
    for name in list(defaults)[2:-1]:
        value = getattr(spec, name)
        if value != defaults[name]:
            data[name] = list(value) if isinstance(value, tuple) else value
    data["exhibits"] = [_item_data(item) for item in spec.exhibits]
    return yaml.dump(data, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=1_000)


def _item_data(item: MemoItem) -> dict[str, Any]:
    data: dict[str, Any] = {"page": item.page, "exhibit": item.exhibit}
    if item.options:
        data["options"] = dict(item.options)
    if item.note:
        data["note"] = item.note
    return data


class _Plain(yaml.SafeDumper):
    """Writes no anchors, which the strict reader refuses."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ANN401 - PyYAML's signature
        del data
        return True


# --- the list in an address -------------------------------------------------------------------------------------------


def item_code(item: MemoItem) -> str:
    """Return an exhibit as an address carries it: ``growth.revenue-spans`` or ``runway.runway-what-if~burn:150``."""
    options = "".join(f"~{name}:{value}" for name, value in sorted(item.options.items()))
    return f"{item.page}.{item.exhibit}{options}"


def item_of(code: str) -> MemoItem:
    """Return the exhibit that a code in an address stands for; whether it exists is checked by ``is_item``.

    Raises:
        SpecError: If the code is not of the form above.
    """
    name, *pairs = code.split("~")
    page, dot, exhibit = name.partition(".")
    options = [pair.partition(":") for pair in pairs]
    if not (dot and page and exhibit) or any(not (key and colon and value) for key, colon, value in options):
        raise SpecError([f"'{code[:60]}' is not an exhibit of a memo, such as growth.revenue-spans"])
    return MemoItem(page=page, exhibit=exhibit, options={key: value for key, _, value in options})


def is_item(code: str, dataset: Dataset) -> bool:
    """Tell whether a code in an address stands for an exhibit with options that exist."""
    try:
        item = item_of(code)
    except SpecError:
        return False
    page = next((page for page in PAGES if page.id == item.page), None)
    if page is None or item.exhibit not in exhibit_ids(page, list(dataset.companies)):
        return False
    known = parameters(dataset)
    return all(
        name in known and known[name].page == page.id and known[name].valid(value)[1] is None
        for name, value in item.options.items()
    )
