"""Every exhibit on every basis: no unequal windows without a mark, and no ratio that moves with the view."""

from collections.abc import Iterator

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ipo_data.analysis.points import DataPoint
from ipo_data.exhibits.model import BASES, CURRENCY_CHOICES, EVIDENCE_KINDS, Exhibit, View
from ipo_data.exhibits.windows import is_flow
from ipo_data.periods import Period
from ipo_data.text.catalog import LANGUAGES, catalogue
from tests.exhibits.library import Library, words_in_figure

FOOTED = frozenset({"one-footing", "revenue-spans", "segments"})
"""Exhibits that put flows of unequal windows on one footing themselves."""


def unequal(exhibit: Exhibit) -> dict[str, set[Period]]:
    """Return the windows of every flow that an exhibit shows over windows of unequal length."""
    windows: dict[str, set[Period]] = {}
    for point in exhibit.points:
        if point.value is not None and isinstance(point.when, Period) and is_flow(point):
            windows.setdefault(point.measure, set()).add(point.when)
    return {measure: own for measure, own in windows.items() if len({when.months for when in own}) > 1}


def ratios(library: Library, view: View) -> Iterator[tuple[object, ...]]:
    """Yield every percentage, multiple and difference of percentages that an exhibit shows."""
    for page, exhibit in library.exhibits(view):
        for point in exhibit.points:
            if point.unit in ("percent", "x", "points"):
                yield (page, exhibit.id, *_identity(point), point.value)


def _identity(point: DataPoint) -> tuple[object, ...]:
    return point.company, point.measure, str(point.when), tuple(sorted(point.dimensions.items()))


# --- windows ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("basis", BASES)
def test_unequal_windows_stand_side_by_side_only_with_a_mark(library: Library, basis: str) -> None:
    view = library.articles("en", basis=basis)
    context = library.context(view)
    marked = 0
    for _, exhibit in library.exhibits(view):
        found = unequal(exhibit)
        if not found:
            continue
        shown = " ".join([*words_in_figure(exhibit), *exhibit.table.to_numpy().ravel().astype(str)])
        for measure, windows in found.items():
            assert all(context.period(when) in shown for when in windows), (exhibit.id, measure)
        noted = any("differ in length" in note for note in exhibit.notes)
        assert noted or exhibit.id in FOOTED, exhibit.id
        marked += 1
    assert marked > 3


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize(
    ("page", "name"),
    [("growth", "one-footing"), ("mix", "segments"), ("profitability", "losses"), ("overview", "key-figures")],
)
def test_an_exhibit_that_follows_the_basis_names_it_in_its_subtitle(
    library: Library, page: str, name: str, basis: str
) -> None:
    for language in ("en", "zh-Hans"):
        view = library.articles(language, basis=basis)

        assert library.context(view).basis in library.exhibit(view, page, name).subtitle


def test_annualised_is_never_the_default_and_never_goes_without_its_word(library: Library) -> None:
    assert View().basis == "ltm"
    for page, exhibit in library.exhibits(library.articles("en", basis="month")):
        if any(point.measure.endswith("_annualised") and point.value is not None for point in exhibit.points):
            shown = " ".join([exhibit.subtitle, *exhibit.notes, *words_in_figure(exhibit), *exhibit.table.iloc[:, 1]])
            assert "nnualised" in shown, (page, exhibit.id)


MULTIPLES = ("price_to_sales_", "enterprise_value_to_sales_")
"""Ratios whose revenue follows the basis; their names say which revenue it is."""

SHARES = ("revenue_share", "share_not_broken_down")
"""Shares of revenue over the window of the basis, which their period names."""


# --- ratios -----------------------------------------------------------------------------------------------------------


def by_name(library: Library, view: View) -> dict[tuple[object, ...], set[object]]:
    """Return the values of every ratio by company, measure, time and breakdown, wherever it stands."""
    found: dict[tuple[object, ...], set[object]] = {}
    for *name, value in ratios(library, view):
        found.setdefault(tuple(name[2:]), set()).add(value)
    return found


@settings(max_examples=8, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(
    language=st.sampled_from(LANGUAGES), currency=st.sampled_from(CURRENCY_CHOICES), basis=st.sampled_from(BASES),
    evidence=st.sampled_from(EVIDENCE_KINDS),
)  # fmt: skip
def test_no_switch_changes_a_ratio_on_any_page(
    library: Library, language: str, currency: str, basis: str, evidence: str
) -> None:
    """A ratio has the values that it has in the default view, in every language and currency and on every basis."""
    before = by_name(library, View(evidence=evidence))
    after = by_name(library, View(language=language, currency=currency, basis=basis, evidence=evidence))

    shared = set(before) & set(after)
    assert len(shared) > 50
    assert {name: (before[name], after[name]) for name in shared if before[name] != after[name]} == {}
    renamed = {str(name[1]) for name in set(before) ^ set(after)}
    assert {measure for measure in renamed if not measure.startswith((*MULTIPLES, *SHARES))} == set()


@pytest.mark.parametrize(
    "changes", [{"currency": "CNY"}, {"currency": "HKD"}, {"language": "zh-Hant"}], ids=["CNY", "HKD", "zh-Hant"]
)
def test_no_ratio_moves_with_currency_or_language(library: Library, changes: dict[str, str]) -> None:
    view = library.articles("en")
    other = library.articles(**{"language": "en", **changes})

    assert set(ratios(library, other)) == set(ratios(library, view))


def follows_the_basis(ratio: tuple[object, ...]) -> bool:
    return str(ratio[3]).startswith(MULTIPLES)


@pytest.mark.parametrize("basis", [basis for basis in BASES if basis != "ltm"])
def test_no_ratio_moves_with_the_basis(library: Library, basis: str) -> None:
    """Multiples of market value may be others with another basis; of one name they have one value on every basis."""
    here, there = (set(ratios(library, library.articles("en", basis=name))) for name in ("ltm", basis))

    assert {r for r in there if not follows_the_basis(r)} == {r for r in here if not follows_the_basis(r)}
    values: dict[tuple[object, ...], set[object]] = {}
    for *name, value in (r for r in here | there if follows_the_basis(r)):
        values.setdefault(tuple(name[2:]), set()).add(value)
    assert values
    assert {name: own for name, own in values.items() if len(own) > 1} == {}


@pytest.mark.parametrize(
    ("basis", "measure"),
    [("ltm", "ltm"), ("month", "ltm"), ("reported", "full_year"), ("annualised", "annualised")],
)
def test_multiples_follow_the_basis_and_name_their_revenue(library: Library, basis: str, measure: str) -> None:
    view = library.articles("en", basis=basis)
    revenue = catalogue("en")[f"revenue_of.{measure}"]
    for name in ("multiples", "enterprise-value"):
        exhibit = library.exhibit(view, "valuation", name)
        assert f"over {revenue}" in exhibit.title + exhibit.subtitle
        assert any("No multiple is struck on the revenue of one month" in note for note in exhibit.notes) == (
            basis == "month"
        )
    table = library.exhibit(view, "overview", "key-figures").table
    assert catalogue("en")[f"key.price_to_sales_{measure}"] in table["Item"].tolist()


def test_an_own_rate_moves_only_what_was_converted(library: Library) -> None:
    view = library.articles("en", currency="CNY")
    own = library.articles("en", currency="CNY", rates="own", usdcny="8.50")
    context = library.context(own)
    for page in ("growth", "mix"):
        for name in [exhibit.id for chosen, exhibit in library.exhibits(view) if chosen == page]:
            before, after = (library.exhibit(v, page, name) for v in (view, own))
            for old, new in zip(before.points, after.points, strict=True):
                if old.value and new.value:
                    assert (old.value == new.value) == (not old.rate), (name, old)
            if any("own.CNY-per-USD" in point.rate for point in after.points):
                assert any("your own rate of 8.5" in note for note in after.notes), name
    assert context.rates.name == "own"
