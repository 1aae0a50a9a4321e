"""What holds for every exhibit of every page in every language, evidence and currency."""

import re
from decimal import Decimal

import pytest

from ipo_data.analysis.currency import NATIVE
from ipo_data.analysis.gaps import gaps
from ipo_data.analysis.points import EMPTY_STATES, DataPoint
from ipo_data.analysis.reconciliation import ledger
from ipo_data.analysis.verdicts import TieOut
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.ledger import chosen_rows
from ipo_data.exhibits.model import Exhibit, View
from ipo_data.exhibits.point_words import arithmetic, status
from ipo_data.exhibits.windows import is_money
from ipo_data.formatting import currency_name, in_table
from ipo_data.text.catalog import catalogue
from tests.charts.drawing import accepted, is_plain
from tests.exhibits.library import (
    OTHER_VIEWS,
    PLOTTED,
    VIEWS,
    Library,
    claims_in_figure,
    drawn,
    view_name,
    words_in_figure,
    words_of,
)

each_view = pytest.mark.parametrize("view", VIEWS, ids=view_name)

NAMES_OF_COLUMNS = frozenset({"MiniMax", "P10", "P50", "P90"})

PREFIXES = sorted({key.split(".")[0] for key in catalogue("en")})
TEXT_ID = re.compile(rf"(?<![\w@/.-])(?:{'|'.join(PREFIXES)})\.[a-z_]+\b(?!\.)")
CODE = re.compile(r"(?<![\w@/.-])[a-z]+_[a-z_]+\b")


# --- it builds --------------------------------------------------------------------------------------------------------


@each_view
def test_every_exhibit_has_title_subtitle_and_description(library: Library, view: View) -> None:
    context = library.context(view)
    for _, exhibit in library.exhibits(view):
        assert exhibit.title.strip(), exhibit.id
        assert exhibit.subtitle.strip(), exhibit.id
        assert exhibit.alt == context.say.paragraph((exhibit.title, exhibit.subtitle)), exhibit.id
        assert exhibit.source_line.strip(), exhibit.id
        assert len(exhibit.title) < 220, exhibit.id


@pytest.mark.parametrize("view", OTHER_VIEWS, ids=view_name)
def test_every_other_combination_builds_too(library: Library, view: View) -> None:
    for _, exhibit in library.exhibits(view):
        assert exhibit.title.strip(), exhibit.id
        assert exhibit.subtitle.strip(), exhibit.id
        assert not set("{}") & set(exhibit.title + exhibit.subtitle + "".join(exhibit.notes)), exhibit.id
        assert set(exhibit.claims) <= set(library.context(view).dataset.claim_by_id), exhibit.id


@pytest.mark.parametrize("view", PLOTTED, ids=view_name)
def test_every_figure_is_one_that_plotly_accepts(library: Library, view: View) -> None:
    """Plotly refuses an attribute it does not know and a value it cannot draw, and leaves the rest as it is."""
    charts = 0
    for _, exhibit in library.exhibits(view):
        assert exhibit.figure is not None or len(exhibit.table.columns) > 1, exhibit.id
        if exhibit.figure is not None:
            assert accepted(exhibit.figure), exhibit.id
            charts += 1
    assert charts > 20


@each_view
def test_a_figure_holds_plain_lists(library: Library, view: View) -> None:
    for _, exhibit in library.exhibits(view):
        figure = drawn(exhibit)
        assert is_plain(figure["data"]), exhibit.id
        assert is_plain(figure["layout"]), exhibit.id


# --- words ------------------------------------------------------------------------------------------------------------


@each_view
def test_no_braces_and_no_codes_are_left_in_the_words(library: Library, view: View) -> None:
    for _, exhibit in library.exhibits(view):
        for words in words_of(exhibit):
            shown = re.sub(r"%\{(text|hovertext|x)\}", "", words)
            assert not set("{}") & set(shown), (exhibit.id, words)
            assert not TEXT_ID.search(shown), (exhibit.id, words)
            assert not CODE.search(_without_places(shown)), (exhibit.id, words)
            assert "None" not in shown, (exhibit.id, words)
            assert "nan" not in shown.split(), (exhibit.id, words)


def _without_places(words: str) -> str:
    """Leave out locators of transcribed tables and the name of a data feed, which are their publishers' own words."""
    return re.sub(r"(table|csv):\s?\S+|<[^>]+>|Tushare hk_daily", "", words)


@pytest.mark.parametrize("view", [view for view in VIEWS if view.language != "en"], ids=view_name)
def test_chinese_views_are_in_chinese(library: Library, view: View) -> None:
    for _, exhibit in library.exhibits(view):
        for words in (exhibit.title, exhibit.subtitle, *exhibit.table.columns):
            is_number = not re.search(r"[^\W\d_]", words)  # a value of an input heads a column of a heat map
            assert is_number or re.search(r"[\u4e00-\u9fff]", words) or words.strip() in NAMES_OF_COLUMNS, words


@each_view
def test_every_state_is_a_word_in_the_table(library: Library, view: View) -> None:
    for _, exhibit in library.exhibits(view):
        words = {state: catalogue(view.language)[f"state.{state}"] for state in exhibit.states}
        drawn_states = {str(point.state) for point in exhibit.points}
        assert set(exhibit.states) - drawn_states == ({"scenario"} if is_projection(exhibit) else set()), exhibit.id
        if is_point_table(exhibit, library.context(view)):
            column = exhibit.table[catalogue(view.language)["table.status"]].tolist()
            mark = library.context(view).say.commas(("·", catalogue(view.language)["state.converted"]))[1:]
            assert {text.removesuffix(mark) for text in column} == set(words.values()), exhibit.id


PROJECTIONS = ("runway-backtest", "runway-fan", "runway-heat", "runway-reverse", "runway-tornado")
"""Exhibits of results of scenarios, which are no points of their own."""


def is_projection(exhibit: Exhibit) -> bool:
    return exhibit.id.startswith(PROJECTIONS) and bool(exhibit.claims) and not exhibit.table.empty


@each_view
def test_every_exhibit_of_figures_carries_its_status_marks(library: Library, view: View) -> None:
    """All but lists of documents, claims and gaps, whose rows say it in words, and inputs, which name their origin."""
    listed = {
        "all-claims", "coverage", "documents", "gaps", "left-out", "resting", "runway-inputs", "statements", "untested",
    }  # fmt: skip
    for _, exhibit in library.exhibits(view):
        if exhibit.id not in listed and exhibit.claims and not exhibit.table.empty:
            assert exhibit.states, exhibit.id


# --- numbers ----------------------------------------------------------------------------------------------------------


def is_point_table(exhibit: Exhibit, context: Context) -> bool:
    names = ("company", "item", "period", "figure", "status", "formula")
    return list(exhibit.table.columns) == [context.say(f"table.{name}") for name in names]


@each_view
def test_the_table_writes_every_point_as_the_formatter_does(library: Library, view: View) -> None:
    context = library.context(view)
    compared = 0
    for _, exhibit in library.exhibits(view):
        if not is_point_table(exhibit, context):
            continue
        ordered = sorted(exhibit.points, key=lambda point: point.state in EMPTY_STATES)
        figures = exhibit.table[context.say("table.figure")].tolist()
        if exhibit.id == "segment-history":  # lists the amounts in its columns below the shares
            figures = figures[: len(ordered)]
        assert figures == [in_table(context.point(point)) for point in ordered], exhibit.id
        compared += len(figures)
    assert compared > 50


@each_view
def test_negative_figures_of_tables_stand_in_parentheses(library: Library, view: View) -> None:
    """A minus right before a figure is left in ranges and arithmetic only; marks and titles keep theirs."""
    bracketed = 0
    for _, exhibit in library.exhibits(view):
        for cell in exhibit.table.to_numpy().ravel():
            assert in_table(cell) == cell, (exhibit.id, cell)
            bracketed += bool(re.match(r"\((US\$|RMB|HK\$)?\d", cell))
    assert bracketed


NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def numbers(words: str) -> set[str]:
    return set(NUMBER.findall(words))


def counted_beyond_the_table(exhibit: Exhibit, context: Context) -> set[str]:
    """Return the counts of exhibits whose table is a part of what they speak of."""
    if exhibit.id == "all-claims":
        return {f"{sum(claim.company in context.companies for claim in context.dataset.claims):,}"}
    if exhibit.id == "resting":
        alone = [int(cell.replace(",", "")) for cell in exhibit.table[context.say("table.alone")]]
        facts = sum(fact.company in context.companies for fact in context.dataset.facts)
        return {f"{sum(alone):,}", f"{facts:,}"}
    if exhibit.id == "gaps":
        found = gaps(context.dataset, tuple(context.companies))
        waiting = {(gap.company, unlock.measure) for gap in found for unlock in gap.unlocks if unlock.alone}
        return {str(len(found)), str(len(waiting))}
    return {str(len(exhibit.claims))} if exhibit.id == "left-out" else set()


def computed_for_the_title(exhibit: Exhibit, context: Context) -> set[str]:
    """Return the numbers a title may compute from the table: counts, ranges, differences and multiples."""
    known = [point for point in exhibit.points if point.value is not None]
    found = {str(len(exhibit.table)), str(len(exhibit.points)), *counted_beyond_the_table(exhibit, context)}
    found |= {number for point in known for number in numbers(context.short(point))}  # four digits of the table's
    if exhibit.id == "mau":
        values = [float(point.value or 0) for point in sorted(known, key=lambda point: str(point.when))]
        ordered = sorted(values)
        found |= {f"{ordered[-1] / ordered[0]:.2f}", f"{(ordered[-1] / ordered[0] - 1) * 100:.1f}"}
    if exhibit.id == "gross-margin":
        for company in {point.company for point in known}:
            own = [point.value or Decimal(0) for point in known if point.company == company]
            found.add(f"{abs(own[-1] - own[0]):.1f}")
    if exhibit.id == "coverage":
        cells = exhibit.table.iloc[:, 1:].map(lambda cell: int(cell.replace(",", "")))
        found.add(f"{int(cells.to_numpy().sum()):,}")
    if exhibit.id == "documents":
        claims = exhibit.table[context.say("table.claims")]
        found.add(f"{sum(int(cell.replace(',', '')) for cell in claims):,}")
        found.add(str(sum(cell != "0" for cell in claims)))  # documents that state a figure
    if exhibit.id == "rival-figures":
        found.add(str(len({tuple(point.facts) for point in exhibit.points})))
        found.add(str(len({point.facts for point in exhibit.points if str(point.state) == "conflict"})))
    if exhibit.id == "ledger":
        rows = ledger(context.dataset)  # exact figures are listed only if the reader asks, the others in parts
        found |= {str(len(rows)), str(len(chosen_rows(context)))}
        found.add(str(sum(row.verdict is TieOut.IN_CONFLICT for row in rows)))
    if exhibit.id == "runway-what-if":
        found.add("100")  # the share of the stated burn that the reader chose
    if exhibit.id == "runway-reverse":
        found.add("60")  # the months that the money is asked to last
    if exhibit.id.startswith("runway-matrix"):
        found.add(str(sum(point.measure == "runway_computed" for point in known)))
    if exhibit.id.startswith("holders"):
        found.add(str(len({point.dimensions["holder"] for point in known}) - 1 - 1))  # less the rest and the group
    return found


def rows_counted(exhibit: Exhibit) -> set[str]:
    """Return how many rows a table of verdicts has, in all and by verdict."""
    if exhibit.id != "statements":
        return set()
    verdicts = exhibit.table.iloc[:, 0].tolist()
    return {"0", str(len(verdicts)), *(str(verdicts.count(verdict)) for verdict in verdicts)}


@each_view
def test_a_title_names_no_number_that_the_exhibit_does_not_show(library: Library, view: View) -> None:
    for _, exhibit in library.exhibits(view):
        cells = {number for column in exhibit.table for cell in exhibit.table[column] for number in numbers(str(cell))}
        marks = {number for words in words_in_figure(exhibit) for number in numbers(words)}
        computed = computed_for_the_title(exhibit, library.context(view)) | rows_counted(exhibit)
        unknown = numbers(exhibit.title) - numbers(exhibit.subtitle) - cells - marks - computed

        assert unknown == set(), (exhibit.id, exhibit.title)


# --- provenance -------------------------------------------------------------------------------------------------------


@each_view
def test_every_claim_is_in_the_evidence(library: Library, view: View) -> None:
    known = set(library.context(view).dataset.claim_by_id)
    for _, exhibit in library.exhibits(view):
        assert set(exhibit.claims) <= known, exhibit.id
        assert len(set(exhibit.claims)) == len(exhibit.claims), exhibit.id
        assert claims_in_figure(exhibit) <= set(exhibit.claims), exhibit.id
        assert {claim for point in exhibit.points for claim in point.claims} <= set(exhibit.claims), exhibit.id


@each_view
def test_every_point_with_a_value_names_its_claims(library: Library, view: View) -> None:
    for _, exhibit in library.exhibits(view):
        for point in exhibit.points:
            assert point.claims or point.value is None, (exhibit.id, point)
            assert bool(point.reason) == (point.value is None), (exhibit.id, point)


@each_view
def test_the_source_line_names_the_documents_most_drawn_on(library: Library, view: View) -> None:
    context = library.context(view)
    for _, exhibit in library.exhibits(view):
        used = {context.dataset.claim_by_id[claim].source for claim in exhibit.claims}
        named = [context.source_name(source) for source in used if context.source_name(source) in exhibit.source_line]
        assert len(named) >= min(len(used), 3), (exhibit.id, exhibit.source_line)
        assert ("+" in exhibit.source_line) == (len(used) > 3), (exhibit.id, exhibit.source_line)


@each_view
def test_derived_points_show_their_arithmetic(library: Library, view: View) -> None:
    """All but projections, which run for a hundred months; their inputs are an exhibit of their own."""
    for _, exhibit in library.exhibits(view):
        for point in exhibit.points:
            if str(point.state) in {"derived", "scenario"} and point.measure != "runway_scenario":
                assert point.formula, (exhibit.id, point)


# --- currency ---------------------------------------------------------------------------------------------------------

PANELS_APART = frozenset({"revenue-spans"})
"""Charts with a panel, and so a scale, of its own for each company."""
DISTANCES = frozenset({"ledger-deviations"})
"""Charts of distances from a stated figure, in points and per cent, whatever the currency."""
AS_PRINTED = frozenset({"rival-figures"})
"""Charts that show what documents print, each figure on a scale of its own."""


def money_units(points: tuple[DataPoint, ...]) -> set[str]:
    return {point.unit for point in points if is_money(point) and point.value is not None}


def currencies_mixed(exhibit: Exhibit) -> set[str]:
    """Return the currencies of an exhibit that draws two on one axis, else nothing."""
    if exhibit.figure is None or exhibit.id in DISTANCES:
        return set()
    if exhibit.id in AS_PRINTED:
        units_of: dict[tuple[str, ...], set[str]] = {}
        for point in exhibit.points:
            units_of.setdefault(point.facts, set()).add(point.unit)
        return next((units for units in units_of.values() if len(units) > 1), set())
    if exhibit.id not in PANELS_APART:
        units = money_units(exhibit.points)
        return units if len(units) > 1 else set()
    for company in {point.company for point in exhibit.points}:
        own = money_units(tuple(point for point in exhibit.points if point.company == company))
        if len(own) > 1:
            return own
    return set()


@each_view
def test_two_currencies_never_share_an_axis(library: Library, view: View) -> None:
    assert {exhibit.id: mixed for _, exhibit in library.exhibits(view) if (mixed := currencies_mixed(exhibit))} == {}


@pytest.mark.parametrize("view", [view for view in VIEWS if view.currency != "native"], ids=view_name)
def test_a_chosen_currency_is_the_only_one_drawn(library: Library, view: View) -> None:
    for _, exhibit in library.exhibits(view):
        if exhibit.figure is not None and exhibit.id not in AS_PRINTED | DISTANCES:
            assert money_units(exhibit.points) <= {view.currency}, exhibit.id


@each_view
def test_every_conversion_is_noted_with_its_rate(library: Library, view: View) -> None:
    context = library.context(view)
    rates = {rate.id: rate for rate in context.rates.rates}
    converted = 0
    for _, exhibit in library.exhibits(view):
        used = {name for point in exhibit.points for name in point.rate.split()}
        for name in used:
            base, written = currency_name(rates[name].base, view.language), f"{rates[name].rate.normalize():f}"
            assert any(base in note and written in note for note in exhibit.notes), (exhibit.id, name)
            converted += 1
    assert converted > 5


@pytest.mark.parametrize("view", [view for view in VIEWS if view.currency != "native"], ids=view_name)
@pytest.mark.parametrize("name", ["runway-scenarios", "runway-fan"])
def test_projected_amounts_are_converted_with_a_note(library: Library, view: View, name: str) -> None:
    """A projection has amounts in its chart and table but no points of money."""
    context = library.context(view)
    exhibit = library.exhibit(view, "runway", name)
    projected = [
        c for c in context.companies if context.name(c) in exhibit.table[context.say("table.company")].tolist()
    ]
    foreign = [c for c in projected if context.dataset.companies[c].reporting_currency != view.currency]
    before, _, after = catalogue(view.language)["note.rate"].partition("{rate}")
    opening = before.split("{")[0]

    noted = [note for note in exhibit.notes if note.startswith(opening)]

    assert projected
    assert after
    assert len(noted) >= len({context.dataset.companies[c].reporting_currency for c in foreign})


@each_view
def test_a_point_in_another_currency_than_its_document_carries_its_rate(library: Library, view: View) -> None:
    context = library.context(view)
    for _, exhibit in library.exhibits(view):
        for point in exhibit.points:
            if is_money(point) and point.value is not None and not point.formula:
                printed = context.dataset.claim_by_id[point.claims[0]].quantity.unit.code
                assert bool(point.rate) == (printed != point.unit), (exhibit.id, point)


# --- periods ----------------------------------------------------------------------------------------------------------


@each_view
def test_unequal_windows_side_by_side_are_marked(library: Library, view: View) -> None:
    """Where a measure stands beside the same measure over another window, the chart names each window."""
    context = library.context(view)
    marked = 0
    for _, exhibit in library.exhibits(view):
        written = " ".join(words_in_figure(exhibit))
        windows: dict[str, set[str]] = {}
        for point in exhibit.points:
            if point.value is not None and point.when is not None:
                windows.setdefault(point.measure, set()).add(context.period(point.when))
        for measure, names in windows.items():
            if exhibit.figure is None or len(names) < 2 or exhibit.id in {"segment-history", "rival-figures"}:
                continue
            if exhibit.id.startswith(("holders", "runway")):
                continue  # one date each, in the subtitle
            missing = {name for name in names if name not in written}
            assert missing == set(), (exhibit.id, measure)
            marked += 1
    assert marked > 3


# --- conversion ---------------------------------------------------------------------------------------------------


@each_view
def test_the_arithmetic_of_a_converted_figure_ends_in_that_figure(library: Library, view: View) -> None:
    context = library.context(view)
    worked_out = 0
    for _, exhibit in library.exhibits(view):
        for point in exhibit.points:
            if not point.conversion or point.value is None:
                continue
            written = arithmetic(context, point)
            assert context.say("state.converted") in status(context, point), exhibit.id
            if point.formula and re.fullmatch(r"[\d.,+−×÷() ]+", written):
                result = eval(written.translate(str.maketrans("+−×÷", "+-*/", ",")))  # noqa: S307 - digits and signs
                found = [result * unit for unit in (1, 1e6)]  # arithmetic is written in base units or in millions
                assert any(float(point.value) == pytest.approx(x, rel=1e-4) for x in found), (exhibit.id, written)
                worked_out += 1
    assert worked_out or view.currency == NATIVE
