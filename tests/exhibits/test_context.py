"""The context: names, figures, conversion, notes and the source line."""

from decimal import Decimal

import pytest

from ipo_data.analysis.points import DataPoint, State, derived, stated
from ipo_data.analysis.points import Term as Number
from ipo_data.charts.theme import blank
from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context, restricted_to
from ipo_data.exhibits.model import View
from ipo_data.exhibits.windows import is_money
from ipo_data.intervals import Interval
from ipo_data.model.text import Text
from ipo_data.periods import Instant, Period
from ipo_data.quantities import Bound
from tests.builders import make_claim, make_company, make_dataset, make_judgement, make_rate, make_source

NINE_MONTHS = Period.parse("9M2025")
RATES = (make_rate(), make_rate(base="USD", quote="HKD", rate="7.80", method="convention", **{"from": None}))


def context_of(*claims, view: View | None = None, **records) -> Context:
    return Context(make_dataset(*claims, **records), view or View())


def amount(value: str, unit: str = "CNY", **changes) -> DataPoint:
    return DataPoint(
        "zhipu", "revenue", unit, State.REPORTED, Decimal(value), Interval.point(Decimal(value)), NINE_MONTHS, **changes
    )


# --- evidence ---------------------------------------------------------------------------------------------------------


def test_everything_counts_unless_the_view_says_otherwise() -> None:
    data = make_dataset(make_claim())

    assert restricted_to(data, View()) is data


@pytest.mark.parametrize(
    ("view", "left"),
    [
        (View(evidence="filings"), {"prospectus"}),
        (View(evidence="articles"), {"article"}),
        (View(known_by="2025-12-31"), {"prospectus", "article"}),
        (View(without=("prospectus",)), {"article", "later"}),
        (View(evidence="articles", without=("article",)), set()),
    ],
)
def test_a_view_admits_documents(view: View, left: set[str]) -> None:
    sources = [
        make_source("prospectus", kind="prospectus", published="2025-12-31"),
        make_source("article", collection="articles", published="2025-12-24"),
        make_source("later", published="2026-01-09"),
    ]
    data = make_dataset(*(make_claim(source=source.id) for source in sources), sources=sources)

    assert set(restricted_to(data, view).sources) == left


# --- names ------------------------------------------------------------------------------------------------------------


def test_members_are_called_by_the_text_for_their_axis_else_by_the_record_else_by_their_id() -> None:
    company = make_company(members={"product": {"talkie": {"en": "Talkie", "zh-Hans": "星野"}}})
    context = context_of(make_claim(), companies=[company], view=View(language="zh-Hans"))

    assert context.member("minimax", "product", "talkie") == "星野"
    assert context.member("minimax", "product", "nameless") == "nameless"
    assert context.member("minimax", "holder", "undisclosed_rest") == "未列名"
    assert context.member("minimax", "liquidity", "cash_only") == "现金及等价物"
    assert context.member("minimax", "burn", "assumed") == "公司假设"


def test_a_breakdown_is_written_axis_by_axis() -> None:
    context = context_of(make_claim())

    assert context.dimensions("minimax", {"tranche": "public", "base": "whole"}) == "whole · public"
    assert context.dimensions("minimax", {}) == ""


@pytest.mark.parametrize(
    ("label", "written"),
    [
        ("LTM-2025-09", "12 months to Sep 2025"),
        ("9M2025", "9M 2025"),
        ("FY2022..FY2024", "FY2022–FY2024"),
        ("2026-01-09", "9 Jan 2026"),
        ("", ""),
    ],
)
def test_when(label: str, written: str) -> None:
    assert context_of(make_claim()).when(label) == written


def test_periods_and_dates_of_points() -> None:
    context = context_of(make_claim())

    assert context.period(NINE_MONTHS) == "9M 2025"
    assert context.period(Instant.parse("2025-09-30")) == "30 Sep 2025"
    assert context.period(None) == ""


def test_a_document_is_called_by_its_short_name_or_its_publisher() -> None:
    named = make_source("acn", short={"en": "ACN Newswire", "zh-Hans": "亚太商讯"}, published="2025-12-24")
    plain = make_source("finet", publisher="Finet", published="2025-12")
    claims = make_claim(source="acn"), make_claim(source="finet")

    english = context_of(*claims, sources=[named, plain])
    chinese = context_of(*claims, sources=[named, plain], view=View(language="zh-Hans"))

    assert english.source_name("acn") == "ACN Newswire (24 Dec 2025)"
    assert english.source_name("finet") == "Finet (Dec 2025)"
    assert chinese.source_name("acn") == "亚太商讯（2025年12月24日）"


# --- points -----------------------------------------------------------------------------------------------------------


def test_a_stated_point_is_written_as_its_document_prints_it() -> None:
    data = make_dataset(make_claim(says="53.437m USD"))
    (point,) = stated(data.facts[0])

    assert Context(data, View()).point(point) == "US$53.437m"
    assert Context(data, View(language="zh-Hans")).point(point) == "5,343.7万美元"


def test_a_hedge_is_kept() -> None:
    data = make_dataset(make_claim("runway", ">53 months", as_of="2025-09-30"))

    assert Context(data, View()).point(stated(data.facts[0])[0]) == "over 53 months"


def test_a_converted_point_is_rounded_not_as_printed() -> None:
    data = make_dataset(make_claim(says="53.437m USD"), rates=RATES)
    context = Context(data, View(currency="CNY", rates="articles"))

    (point,) = context.shown(stated(data.facts[0]))

    assert context.point(point) == "RMB376.0m"  # 53.437 × 7.0363 = 375.999
    assert point.rate == "articles.CNY-per-USD"


def test_an_empty_point_is_the_words_of_its_state() -> None:
    point = DataPoint("minimax", "mau", "persons", State.NOT_DISCLOSED, reason="reason.not_in_sources")

    assert context_of(make_claim()).point(point) == "not disclosed in these sources"


@pytest.mark.parametrize(
    ("interval", "state", "written"),
    [
        (Interval(Decimal("22.345"), Decimal("22.355")), State.REPORTED, "22.35%"),  # printed to a hundredth
        (Interval(Decimal("21.5"), Decimal("22.5")), State.REPORTED, "22%"),  # printed to one
        (Interval(Decimal("22.345"), Decimal("22.355")), State.DERIVED, "22.3%"),  # computed: one place, half up
    ],
)
def test_percentages_keep_the_places_of_their_document(interval: Interval, state: State, written: str) -> None:
    value = Decimal("22.35") if interval.high != Decimal("22.5") else Decimal(22)
    value = Decimal("22.349") if state is State.DERIVED else value
    point = DataPoint("minimax", "gross_margin", "percent", state, value, interval, NINE_MONTHS)

    assert context_of(make_claim()).point(point) == written


def test_an_open_percentage_keeps_its_own_places() -> None:
    interval = Interval(Decimal("85.5"), Decimal("Infinity"))
    point = DataPoint(
        "zhipu", "revenue_share", "percent", State.REPORTED, Decimal("85.5"), interval, NINE_MONTHS,
        bound=Bound.AT_LEAST,
    )  # fmt: skip

    assert context_of(make_claim()).point(point) == "over 85.5%"


# --- labels -----------------------------------------------------------------------------------------------------------


def rate(value: str, measure: str = "revenue_growth", **changes: object) -> DataPoint:
    return DataPoint("minimax", measure, "percent", State.DERIVED, Decimal(value), None, NINE_MONTHS, **changes)


@pytest.mark.parametrize(
    ("point", "label", "table"),
    [
        (rate("399.74"), "5.00× (+399.7%)", "399.7%"),  # 1 + 3.9974 = 4.9974
        (rate("300"), "4.00× (+300.0%)", "300.0%"),
        (rate("299.94"), "299.9%", "299.9%"),  # below 300 %, however it rounds
        (rate("1395.7", "growth_asked"), "15.0× (+1,396%)", "1,395.7%"),
        (rate("399.74", "gross_margin"), "399.7%", "399.7%"),  # no growth rate
        (rate("399.74", bound=Bound.AT_LEAST), "over 399.7%", "over 399.7%"),  # a bound is left as it is
    ],
)
def test_large_growth_is_a_multiple_in_labels_and_a_percentage_in_tables(
    point: DataPoint, label: str, table: str
) -> None:  # fmt: skip
    assert context_of(make_claim()).short(point) == label
    assert context_of(make_claim()).point(point) == table


def test_a_printed_figure_is_shortened_in_labels_only() -> None:
    claim = make_claim(says="53.43712m USD")
    context = context_of(claim)
    (point,) = stated(context.dataset.facts[0])

    assert (context.short(point), context.point(point)) == ("US$53.44m", "US$53.43712m")
    row = context.frame([point]).iloc[0]
    assert (row["label"], row["written"]) == ("US$53.44m", "US$53.43712m")


def test_a_chart_explains_how_large_growth_is_written() -> None:
    context = context_of(make_claim())
    chart, table = context.look, None
    explained = context.exhibit("x", "t", "s", blank(chart, ""), [rate("399.74")]).notes
    plain = context.exhibit("x", "t", "s", table, [rate("399.74")]).notes

    assert explained == ("Growth of 300% or more is written as a multiple of its base: 5.00× (+399.7%).",)
    assert plain == ()


# --- titles -----------------------------------------------------------------------------------------------------------


def test_a_title_lists_its_sentences_or_is_neutral() -> None:
    context = context_of(make_claim())

    assert context.title("funding", ["A US$1m", "B US$2m"]) == "Last post-money valuation: A US$1m and B US$2m"
    assert context.title("gross_margin", ["A", "B"], clauses=True) == "Gross margin: A; B"
    assert context.title("funding", []) == "Funding rounds"
    assert context.title("what_if", ["A 3 months"], share="50%") == (
        "At 50% of the stated burn the money lasts: A 3 months"
    )  # fmt: skip


# --- currency ---------------------------------------------------------------------------------------------------------


def test_money_goes_into_the_views_currency_and_other_units_stay() -> None:
    context = context_of(make_claim(), rates=RATES, view=View(currency="HKD", rates="articles"))
    percent = DataPoint("zhipu", "gross_margin", "percent", State.REPORTED, Decimal(50), when=NINE_MONTHS)

    money, share = context.shown([amount("703630000"), percent])

    assert (money.unit, round(money.value or 0, 6)) == ("HKD", 780_000_000)  # ÷ 7.0363 × 7.80
    assert money.rate.split() == ["articles.CNY-per-USD", "articles.HKD-per-USD"]
    assert share is percent


def test_without_a_rate_text_keeps_the_currency_and_charts_leave_the_point_out() -> None:
    context = context_of(make_claim(), view=View(currency="USD"))

    (text,), (chart,) = context.shown([amount("100")]), context.on_one_axis([amount("100")], "USD")

    assert (text.value, text.unit) == (Decimal(100), "CNY")
    assert (chart.value, chart.unit, chart.state, chart.reason) == (
        None, "USD", State.NOT_AVAILABLE, "reason.no_rate",
    )  # fmt: skip


def test_each_in_its_own_currency_leaves_all_points_as_they_are() -> None:
    points = [amount("100"), amount("100", "USD")]

    assert context_of(make_claim()).on_one_axis(points, "native") == points


def test_firms_are_set_side_by_side_in_dollars_unless_a_currency_is_chosen() -> None:
    assert context_of(make_claim()).common_currency == "USD"
    assert context_of(make_claim(), view=View(currency="CNY")).common_currency == "CNY"


def test_the_rate_set_is_the_chosen_one_or_the_first_there_is() -> None:
    other = make_rate(set="prospectus", rate="7.0569")
    data = make_dataset(make_claim(), rates=(*RATES, other))

    assert Context(data, View(rates="prospectus")).rates.factor("USD", "CNY") == (
        Decimal("7.0569"),
        "prospectus.CNY-per-USD",
    )
    assert Context(data, View(rates="nobody's")).rates.name == "articles"
    assert Context(make_dataset(make_claim()), View()).rates.name == "none"


@pytest.mark.parametrize(("unit", "money"), [("USD", True), ("percent", False), ("points", False), ("persons", False)])
def test_money_is_told_from_other_units(unit: str, money: bool) -> None:
    assert is_money(amount("1", unit)) is money


# --- basis ------------------------------------------------------------------------------------------------------------


def test_a_flow_on_a_basis_is_named_after_both() -> None:
    context = Context(make_dataset(make_claim()), View())
    assert context.label("net_loss_per_month", "minimax") == "Net loss (IFRS), per month"
    assert context.label("net_loss_annualised", "minimax") == "Net loss (IFRS), annualised, not a forecast"
    assert context.label("revenue_ltm", "minimax") == "Revenue, last twelve months"
    assert context.label("nobody_knows_ltm", "minimax") == "nobody_knows_ltm"


@pytest.mark.parametrize(
    ("periods", "basis", "note"),
    [
        (("FY2024", "9M2025"), "ltm", "the chosen basis (twelve months) is not applied here"),
        (("FY2024", "9M2025"), "reported", "not comparable as they stand"),
        (("FY2024", "FY2023"), "ltm", ""),
    ],
)
def test_windows_of_unequal_length_are_noted_unless_the_exhibit_puts_them_on_one_footing(
    periods: tuple[str, ...], basis: str, note: str
) -> None:
    context = Context(make_dataset(*(make_claim(period=period) for period in periods)), View(basis=basis))
    points = [point for fact in context.dataset.facts for point in stated(fact)]

    noted = context.exhibit("x", "Title", "Subtitle", None, points).notes
    footed = context.exhibit("x", "Title", "Subtitle", None, points, footed=True).notes

    assert footed == ()
    assert [note in text for text in noted] == [True] * bool(note)


# --- putting together -------------------------------------------------------------------------------------------------


def test_a_conversion_is_noted_once_with_rate_set_and_document() -> None:
    source = make_source("finet", short="Finet", published="2025-12")
    rate = make_rate(**{"from": "finet"})
    data = make_dataset(make_claim(source="finet"), sources=[source], rates=(rate,))
    context = Context(data, View(currency="CNY", rates="articles"))
    points = context.shown([*stated(data.facts[0]), *stated(data.facts[0])])

    exhibit = context.exhibit("x", "Title", "Subtitle", None, points)

    assert exhibit.notes == (
        (
            "Converted at 7.0363 RMB per US$ as of 30 Sep 2025 (rates implied by the articles; Finet (Dec 2025)), one "
            "rate for all dates."
        ),
    )


def test_a_judged_figure_is_noted_with_its_rivals_and_the_reason() -> None:
    claims = (
        make_claim("subscription_multiple", "36.76x", source="allotment", tranche="international"),
        make_claim("subscription_multiple", "79x", source="press", tranche="international"),
    )
    choice = make_judgement(
        metric="subscription_multiple", period=None, dimensions={"tranche": "international"}, prefer="allotment",
        because="The notice counts all shares.",
    )  # fmt: skip
    sources = [make_source("allotment", short="Notice"), make_source("press", short="Press")]
    data = make_dataset(*claims, judgements=[choice], sources=sources)
    context = Context(data, View())

    exhibit = context.exhibit("x", "Title", "Subtitle", None, stated(data.facts[0]))

    assert exhibit.notes == (
        (
            "Minimax · Subscription multiple · international: 36.76× is shown; "
            "also printed: 79× by Press (24 Dec 2025). The notice counts all shares."
        ),
    )
    assert exhibit.states == ("judged",)


def test_a_suspect_claim_is_noted_with_the_readers_remark() -> None:
    claim = make_claim("revenue_share", "2.6%", period="9M2025", flags=["suspect"], note="A digit is missing.")
    data = make_dataset(claim, sources=[make_source("acn", short="ACN")])
    context = Context(data, View())

    exhibit = context.exhibit("x", "Title", "Subtitle", None, stated(data.facts[0]))

    assert exhibit.notes == ("2.6% is shown as printed by ACN (24 Dec 2025) and looks wrong: A digit is missing.",)


def test_the_table_has_empty_states_last() -> None:
    data = make_dataset(make_claim(says="53.437m USD"))
    empty = DataPoint("minimax", "mau", "persons", State.NOT_DISCLOSED, reason="reason.not_in_sources")
    context = Context(data, View())

    table = context.table([empty, *stated(data.facts[0])])

    assert table.to_numpy().tolist() == [
        ["Minimax", "Revenue", "9M 2025", "US$53.437m", "reported", ""],
        [
            "Minimax", "Average monthly active users", "", "not disclosed in these sources",
            "not disclosed in these sources", "not disclosed in these sources",
        ],
    ]  # fmt: skip
    assert {str(dtype) for dtype in table.dtypes} == {"str"}


def test_a_derived_point_shows_its_formula() -> None:
    point = derived(Number.number(6) / Number.number(3), "minimax", "loss_to_revenue", "x", NINE_MONTHS)

    row = context_of(make_claim()).table([point]).iloc[0]

    assert (row["Figure"], row["Formula or reason"]) == ("2.00×", "6 ÷ 3")


def test_filings_come_before_results_and_the_press_however_often_they_are_used() -> None:
    kinds = {"press": "news", "notice": "announcement", "report": "results", "prospectus": "prospectus"}
    sources = [make_source(name, short=name, kind=kind, published="2025-12") for name, kind in kinds.items()]
    claims = [make_claim(period=f"FY{2020 + n}", source=name) for n, name in enumerate(kinds)]
    claims += [make_claim(period=f"FY{2010 + n}", source="press") for n in range(5)]
    context = Context(make_dataset(*claims, sources=sources), View())

    assert context.source_line([claim.id for claim in context.dataset.claims]) == (
        "Source: prospectus (Dec 2025); notice (Dec 2025); report (Dec 2025) +1"
    )


def test_the_source_line_names_three_documents_most_used_first_and_counts_the_rest() -> None:
    names = ["a1", "b2", "c3", "d4", "e5"]
    sources = [make_source(name, short=name.upper(), published="2025-12") for name in names]
    claims = [make_claim(period=f"FY{2020 + n}", source=name) for n, name in enumerate(names)]
    claims.append(make_claim(period="FY2019", source="e5"))
    data = make_dataset(*claims, sources=sources)
    ids = [claim.id for claim in data.claims]

    line = Context(data, View()).source_line(ids)

    assert line == "Source: E5 (Dec 2025); A1 (Dec 2025); B2 (Dec 2025) +2"
    assert Context(data, View(language="zh-Hans")).source_line(ids[:1]) == "来源：E5（2025年12月）"
    assert Context(data, View()).source_line([]) == "No document behind this exhibit"


def test_the_claims_table_says_where_each_figure_stands() -> None:
    claim = make_claim(
        says="53.437m USD", at="¶16 5343.7 万美元", flags=["date_inferred", "loose_wording"], note="A remark.",
        segment="c_end",
    )  # fmt: skip
    data = make_dataset(claim, sources=[make_source("acn", short="ACN")])

    (row,) = Context(data, View()).claims_table([data.claims[0].id]).to_numpy().tolist()

    assert row == [
        "Minimax", "Revenue · c_end", "9M 2025", "US$53.437m", "ACN (24 Dec 2025)", "¶16 5343.7 万美元",
        "date inferred; loosely worded; A remark.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        ("p.12 53.44", "p.12 53.44"),
        ("table:mm-revenue", "page not recorded (transcribed table mm-revenue)"),
        (None, "not recorded"),
    ],
)
def test_a_place_that_is_no_page_is_not_shown_as_one(at: str | None, shown: str) -> None:
    data = make_dataset(make_claim(at=at), sources=[make_source("acn", short="ACN", reading="transcribed")])

    (row,) = Context(data, View()).claims_table([data.claims[0].id]).to_numpy().tolist()

    assert row[4:6] == ["ACN (24 Dec 2025), from a transcription", shown]


def test_another_language_keeps_the_evidence_and_the_view() -> None:
    context = context_of(make_claim(), view=View(currency="HKD"))

    other = context.with_language("zh-Hant")

    assert other.dataset is context.dataset
    assert (other.view.language, other.view.currency) == ("zh-Hant", "HKD")


def test_records_are_said_in_the_views_language(dataset: Dataset) -> None:
    assert Context(dataset, View()).name("zhipu") == "Zhipu"
    assert Context(dataset, View(language="zh-Hans")).name("zhipu") == "智谱"
    assert Context(dataset, View(language="zh-Hant")).name("zhipu") == "智譜"
    assert dataset.say(Text(en="only English"), "zh-Hans") == "only English"
