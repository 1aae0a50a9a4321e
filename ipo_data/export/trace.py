"""From a figure back to its view: which exhibit a code stands for, and what has changed in the records since."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from ipo_data.budget import keep_time
from ipo_data.dataset import Dataset
from ipo_data.errors import BudgetError, IpoDataError, UnknownNameError, nearest_name
from ipo_data.exhibits.context import Context, restricted_to
from ipo_data.exhibits.model import CURRENCY_CHOICES, EVIDENCE_KINDS, Exhibit, View
from ipo_data.exhibits.registry import PAGES, build, exhibit_ids, page
from ipo_data.exhibits.view_query import LINK_DATA, read_query
from ipo_data.export.figure_code import figure_code, is_code
from ipo_data.export.packs.build import link_of
from ipo_data.export.packs.manifest import claims_of, rows_of
from ipo_data.export.trace_files import Found, codes_in

MOST_CHANGES: Final = 200
"""Changes listed per figure."""
_A_SLIP: Final = 0.85
"""Likeness of two codes that differ in one letter, or by two letters that changed places."""
_LOOK_ALIKES: Final = str.maketrans("018", "OIB")
"""Digits that no code has."""


class Since(StrEnum):
    """What became of a figure since it was exported."""

    UNCHANGED = "unchanged"
    """The same view shows the same figure."""
    CHANGED = "changed"
    """The same view shows other data, documents or settings."""
    UNKNOWN = "unknown"
    """No view is known that shows or showed it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One row of data or one claim that is not what it was.

    Attributes:
        kind: ``row`` or ``claim``.
        name: What the row is about, in codes, or the claim's id.
        then: What the file says; empty if it is new.
        now: What the records say; empty if it is gone.
    """

    kind: str
    name: str
    then: str
    now: str


@dataclass(frozen=True)
class Traced:
    """A figure code with what it stands for.

    Attributes:
        found: Code, file and what the file says.
        since: What became of it.
        page: Page id; empty if it is not known.
        exhibit: Exhibit id; empty if it is not known.
        title: Its takeaway now, else as the file has it.
        link: Link that opens the view with the records of today.
        code_now: The code of that view now.
        data_then: Beginning of the digest of the records it was made with; empty if the file does not say.
        changes: Rows and claims that changed, if the file's manifest tells what they were.
        nearest: For a typed code that nothing has, the code of a page as it opens that differs by a slip; else empty.
    """

    found: Found
    since: Since
    page: str = ""
    exhibit: str = ""
    title: str = ""
    link: str = ""
    code_now: str = ""
    data_then: str = ""
    changes: tuple[Change, ...] = ()
    nearest: str = ""


def trace_file(
    name: str, content: bytes, dataset: Dataset, address: str = "", *, everywhere: bool = True
) -> list[Traced]:
    """Return every figure of a file with what became of it; empty if the file holds no figure code.

    Args:
        name: Name of the file.
        content: The file.
        dataset: The whole data set of today.
        address: Address of the app for links, ending in ``/``.
        everywhere: Whether codes without a link are sought in every currency and kind of evidence, which takes a while.

    Raises:
        OptionError: If the file is an archive that cannot be read.
        BudgetError: If it takes more than it may.
    """
    return [_traced(found, dataset, address, everywhere=everywhere) for found in codes_in(name, content)]


def trace_code(
    code: str, dataset: Dataset, address: str = "", *,
    everywhere: bool = True, remembered: tuple[str, str] = ("", ""), language: str = "en",
) -> Traced:  # fmt: skip
    """Return what a typed code stands for, sought among the views without settings of their own.

    Args:
        code: The code; blanks and small letters do no harm.
        dataset: The whole data set of today.
        address: Address of the app for links, ending in ``/``.
        everywhere: Whether it is sought in every currency and kind of evidence, which takes a while.
        remembered: Link and exhibit it was exported from, if somebody knows; looked at first.
        language: Language in which the view opens that the code is found in; a code is the same in all.
    """
    link, exhibit = remembered
    typed = normal(code)
    found = Found(typed, "", link, exhibit=exhibit)
    traced = _traced(found, dataset, address, everywhere=everywhere, language=language)
    if traced.since is not Since.UNKNOWN or not is_code(typed):
        return traced
    return replace(traced, nearest=nearest_name(typed, _codes(dataset, "native", "all"), likeness=_A_SLIP) or "")


def normal(code: str) -> str:
    """Return a code as it is written: capitals, no blanks, letters for the digits that look like them."""
    return "".join(code.split()).upper().translate(_LOOK_ALIKES)


_Place = tuple[str, View, str]
"""Page, view and exhibit."""


# --- the view ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Shown:
    """An exhibit in a view of today."""

    page: str
    view: View
    exhibit: Exhibit
    code: str


def _traced(found: Found, dataset: Dataset, address: str, *, everywhere: bool, language: str = "en") -> Traced:
    shown = _by_link(found, dataset) or _by_other_links(found, dataset)
    shown = shown or _by_search(found.code, dataset, everywhere=everywhere, language=language)
    then = dict(parse_qsl(found.link.partition("?")[2])).get(LINK_DATA, "")
    if shown is None:
        return Traced(found, Since.UNKNOWN, title=found.title, data_then=then)
    same = shown.code == found.code
    changes = () if same or found.entry is None else tuple(_changes(found.entry, shown.exhibit, dataset))
    return Traced(
        found, Since.UNCHANGED if same else Since.CHANGED, shown.page, shown.exhibit.id, shown.exhibit.title,
        link_of(address, shown.page, shown.view, dataset), shown.code, then, changes[:MOST_CHANGES],
    )  # fmt: skip


def _by_link(found: Found, dataset: Dataset) -> _Shown | None:
    """Return the exhibit of today in the view the link opens; the manifest or the code tells which of the page."""
    if not found.link:
        return None
    place = _place_of(found.link, dataset)
    if place is None:
        return None
    name = str(found.entry.get("exhibit", "")) if found.entry else found.exhibit
    candidates = list(_on_page(*place, name, dataset))
    same = next((shown for shown in candidates if shown.code == found.code), None)
    if same is not None or (name and candidates):
        return same or candidates[0]
    titled = [shown for shown in candidates if shown.exhibit.title == found.title]
    return titled[0] if titled else None


def _by_other_links(found: Found, dataset: Dataset) -> _Shown | None:
    """Return the exhibit that has the code in one of the views that the file links to."""
    place = _codes_of_links(found.links, dataset).get(found.code) if found.links else None
    return next(_on_page(*place, dataset)) if place else None


@lru_cache(maxsize=8)
def _codes_of_links(links: tuple[str, ...], dataset: Dataset) -> dict[str, _Place]:
    """Return page, view and exhibit by figure code for the pages and views of some links."""
    places = dict.fromkeys(place for link in links if (place := _place_of(link, dataset)))
    shown = (shown for page_id, view in places for shown in _on_page(page_id, view, "", dataset))
    return {s.code: (s.page, s.view, s.exhibit.id) for s in shown}


def _place_of(link: str, dataset: Dataset) -> tuple[str, View] | None:
    """Return page and view of a link; values that no longer exist take their defaults."""
    try:
        parts = urlsplit(link)
        name = parts.path.rstrip("/").rpartition("/")[2] or PAGES[0].id
        return name, read_query(name, dict(parse_qsl(parts.query)), dataset)[0]
    except (UnknownNameError, ValueError):  # no page of ours, or no address at all
        return None


def _on_page(page_id: str, view: View, name: str, dataset: Dataset) -> Iterator[_Shown]:
    """Yield the exhibits of a page in a view, or the one of a name, as far as the records allow."""
    context = Context(restricted_to(dataset, view), view)
    for exhibit_id in exhibit_ids(page(page_id), context.companies):
        if name not in ("", exhibit_id):
            continue
        keep_time()
        try:
            exhibit = build(context, page(page_id), exhibit_id)
            code = figure_code(exhibit, view, page_id, dataset)
        except BudgetError:
            raise  # what is not found in the time allowed is not known to be absent
        except IpoDataError:
            continue
        yield _Shown(page_id, view, exhibit, code)


# --- codes without a link ---------------------------------------------------------------------------------------------


def _by_search(code: str, dataset: Dataset, *, everywhere: bool, language: str) -> _Shown | None:
    """Seek a code among the plain views: every page as it opens; else in every currency, for every kind of evidence."""
    if not is_code(code):
        return None
    settings = [("native", "all")]
    if everywhere:
        settings += [(currency, "all") for currency in CURRENCY_CHOICES[1:]]
        settings += [("native", evidence) for evidence in EVIDENCE_KINDS[1:]]
    for currency, evidence in settings:
        place = _codes(dataset, currency, evidence).get(code)
        if place is not None:
            page_id, view, name = place
            return next(_on_page(page_id, replace(view, language=language), name, dataset))
    return None


@lru_cache(maxsize=16)
def _codes(dataset: Dataset, currency: str, evidence: str) -> dict[str, _Place]:
    """Return page, view and exhibit by figure code for every page as it opens; takes some seconds the first time."""
    found = {}
    for candidate in PAGES:
        view = replace(read_query(candidate.id, {}, dataset)[0], currency=currency, evidence=evidence)
        for shown in _on_page(candidate.id, view, "", dataset):
            found[shown.code] = (candidate.id, view, shown.exhibit.id)
    return found


# --- what changed -----------------------------------------------------------------------------------------------------


def _changes(entry: Mapping[str, object], exhibit: Exhibit, dataset: Dataset) -> Iterator[Change]:
    """Yield the rows and claims of a manifest that are not what they were; claims first, as they explain rows."""
    for kind, now in (("claim", claims_of(exhibit, dataset)), ("row", rows_of(exhibit))):
        then = entry.get(f"{kind}s")
        if not isinstance(then, Mapping):
            continue
        for name in [*then, *(name for name in now if name not in then)]:
            before, after = _words(then.get(name, "")), _words(now.get(name, ""))
            if before != after:
                yield Change(kind, str(name), before, after)


def _words(cells: object) -> str:
    return " ".join(str(cell) for cell in cells) if isinstance(cells, (list, tuple)) else str(cells)
