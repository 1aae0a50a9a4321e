"""Claims resolve to facts: what is shown, what is not, and what evidence may see."""

from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipo_data.dataset import Dataset, Fact, Status
from ipo_data.duplicates import all_agree
from ipo_data.errors import UnknownNameError
from ipo_data.evidence import admits, last_day
from ipo_data.intervals import Interval
from ipo_data.loading.loader import load_records
from ipo_data.model.claim import Flag
from ipo_data.model.source import SourceKind
from ipo_data.model.text import Text
from ipo_data.quantities import Bound
from tests.builders import make_claim, make_company, make_dataset, make_judgement, make_rate, make_source

PROSPECTUS = make_source("prospectus", kind="prospectus")
RESULTS = make_source("results", kind="results")


def only_fact(*claims, **options) -> Fact:
    facts = make_dataset(*claims, **options).facts
    assert len(facts) == 1, [fact.id for fact in facts]
    return facts[0]


# --- status ---------------------------------------------------------------------------------------------------------


def test_one_document_is_single():
    fact = only_fact(make_claim())
    assert (fact.status, fact.value, fact.id) == (Status.SINGLE, Decimal(53_440_000), "minimax.revenue.9M2025")
    assert fact.interval == Interval(Decimal(53_435_000), Decimal(53_445_000))
    assert fact.rivals == ()
    assert not fact.status.is_disputed


def test_documents_that_agree_show_the_most_precise():
    fact = only_fact(
        make_claim(says="53.44m USD", source="acn"),
        make_claim(says="53.437m USD", source="finet"),
        make_claim(says="53m USD", source="netease"),
    )
    assert (fact.status, fact.value) == (Status.CORROBORATED, Decimal(53_437_000))
    assert [claim.source for claim in fact.claims] == ["finet", "acn", "netease"]
    assert fact.rivals == ()


def test_a_figure_beats_a_bound_however_precise():
    fact = only_fact(
        make_claim("cumulative_users", ">2.12亿 persons", as_of="2025-09-30", source="acn"),
        make_claim("cumulative_users", "2亿 persons", as_of="2025-09-30", source="finet"),
    )
    assert fact.status is Status.CORROBORATED  # 2亿 to the last place reaches 2.5亿
    assert fact.bound is Bound.EXACT


def test_of_two_bounds_the_more_precise_is_shown():
    fact = only_fact(
        make_claim("cumulative_users", ">2亿 persons", as_of="2025-09-30", source="acn"),
        make_claim("cumulative_users", ">2.12亿 persons", as_of="2025-09-30", source="finet"),
    )
    assert (fact.value, fact.bound) == (Decimal(212_000_000), Bound.AT_LEAST)


def test_an_exact_figure_beats_about_the_same():
    fact = only_fact(make_claim(says="~53.44m USD", source="acn"), make_claim(source="finet"))
    assert (fact.bound, fact.shown.source) == (Bound.EXACT, "finet")


def test_the_more_precise_date_is_shown():
    fact = only_fact(make_claim("listed", "2026-01", source="acn"), make_claim("listed", "2026-01-09", source="finet"))
    assert (fact.status, fact.shown.says) == (Status.CORROBORATED, "2026-01-09")


def test_stated_rounding_keeps_a_rounded_figure_from_conflicting():
    exact = make_claim(period="FY2024", says="3052万 USD", source="acn")
    rounded = make_claim(period="FY2024", says="3050万 USD", rounded_to="10万", source="newexpress")
    unmarked = make_claim(period="FY2024", says="3050万 USD", source="newexpress")
    assert only_fact(exact, rounded).status is Status.CORROBORATED
    assert only_fact(exact, rounded).value == 30_520_000
    assert only_fact(exact, unmarked).status is Status.CONFLICTING


def test_documents_that_disagree_have_no_headline():
    fact = only_fact(
        make_claim("runway", ">53 months", as_of="2025-09-30", source="acn", flags=["definition_unclear"]),
        make_claim("runway", "37 months", as_of="2025-09-30", source="finet", flags=["date_inferred"]),
    )
    assert (fact.status, fact.shown, fact.value, fact.interval) == (Status.CONFLICTING, None, None, None)
    assert fact.status.is_disputed
    assert fact.bound is Bound.EXACT
    assert {claim.says for claim in fact.rivals} == {">53 months", "37 months"}
    assert fact.flags == (Flag.DATE_INFERRED, Flag.DEFINITION_UNCLEAR)  # those of every rival


def test_two_figures_of_one_document_conflict_like_any_others():
    fact = only_fact(make_claim(says="53m USD", at="¶1 53"), make_claim(says="35m USD", at="¶9 35"))
    assert fact.status is Status.CONFLICTING
    assert [claim.id for claim in fact.claims] == ["minimax.revenue.9M2025@acn~¶1", "minimax.revenue.9M2025@acn~¶9"]


def test_a_filing_is_preferred_over_articles():
    fact = only_fact(
        make_claim(says="53.437m USD", source="prospectus"),
        make_claim(says="35.4371m USD", source="acn"),
        make_claim(says="53.4m USD", source="finet"),
        sources=[PROSPECTUS],
    )
    assert (fact.status, fact.shown.source) == (Status.PREFERRED, "prospectus")
    assert fact.claims[0] is fact.shown
    assert [claim.source for claim in fact.rivals] == ["acn"]  # finet agrees within rounding
    assert fact.status.is_disputed


def test_the_most_precise_of_agreeing_filings_is_preferred():
    fact = only_fact(
        make_claim(says="53m USD", source="prospectus"), make_claim(says="53.4m USD", source="results"),
        make_claim(says="60m USD", source="acn"), sources=[PROSPECTUS, RESULTS],
    )  # fmt: skip
    assert (fact.status, fact.value) == (Status.PREFERRED, Decimal(53_400_000))


def test_filings_that_disagree_settle_nothing():
    fact = only_fact(
        make_claim(says="53m USD", source="prospectus"), make_claim(says="55m USD", source="results"),
        sources=[PROSPECTUS, RESULTS],
    )  # fmt: skip
    assert (fact.status, fact.shown) == (Status.CONFLICTING, None)


def test_at_equal_precision_the_more_authoritative_document_is_shown():
    fact = only_fact(
        make_claim(source="acn"), make_claim(source="prospectus"), make_claim(source="blog"),
        sources=[PROSPECTUS, make_source("blog", kind="self_media")],
    )  # fmt: skip
    assert [claim.source for claim in fact.claims] == ["prospectus", "acn", "blog"]


# --- judgements -----------------------------------------------------------------------------------------------------

RIVALS = (
    make_claim("runway", ">53 months", as_of="2025-09-30", source="acn"),
    make_claim("runway", "37 months", as_of="2025-09-30", source="finet"),
)
FIELDS = {"metric": "runway", "period": None, "as_of": "2025-09-30", "prefer": "finet", "over": ["acn"]}
CHOICE = make_judgement(**FIELDS)


def test_a_judgement_decides():
    fact = only_fact(*RIVALS, judgements=[CHOICE])
    assert (fact.status, fact.shown.source, fact.judgement) == (Status.JUDGED, "finet", CHOICE)
    assert [claim.source for claim in fact.claims] == ["finet", "acn"]
    assert [claim.source for claim in fact.rivals] == ["acn"]
    assert fact.status.is_disputed


def test_a_judgement_goes_before_a_filing():
    claims = (make_claim(says="53m USD", source="prospectus"), make_claim(says="60m USD", source="acn"))
    fact = only_fact(*claims, sources=[PROSPECTUS], judgements=[make_judgement(prefer="acn")])
    assert (fact.status, fact.shown.source) == (Status.JUDGED, "acn")


@pytest.mark.parametrize(
    "changes",
    [
        {"metric": "liquidity"},
        {"as_of": "2025-06-30"},
        {"dimensions": {"proceeds": "with_proceeds"}},
        {"prefer": "netease"},
        {"prefer": "finet", "over": ["netease"]},
    ],
)
def test_a_judgement_on_something_else_decides_nothing(changes):
    other = make_judgement(**{**FIELDS, **changes})
    assert only_fact(*RIVALS, judgements=[other], sources=[make_source("netease")]).status is Status.CONFLICTING


def test_a_judgement_does_not_settle_a_rival_it_does_not_name():
    newcomer = make_claim("runway", "24 months", as_of="2025-09-30", source="netease")
    assert only_fact(*RIVALS, newcomer, judgements=[CHOICE]).status is Status.CONFLICTING
    over_all = make_judgement(**{**FIELDS, "over": []})
    assert only_fact(*RIVALS, newcomer, judgements=[over_all]).status is Status.JUDGED


def test_a_judgement_need_not_name_those_who_agree():
    agreeing = make_claim("runway", "37.2 months", as_of="2025-09-30", source="netease")
    fact = only_fact(*RIVALS, agreeing, judgements=[CHOICE])
    assert (fact.status, fact.shown.source) == (Status.JUDGED, "finet")


def test_a_judgement_finds_a_fact_whose_documents_date_it_differently():
    monthly = make_claim("runway", ">53 months", as_of="2025-09", source="acn")
    for as_of in ("2025-09", "2025-09-30"):
        choice = make_judgement(metric="runway", period=None, as_of=as_of, prefer="finet")
        assert only_fact(monthly, RIVALS[1], judgements=[choice]).status is Status.JUDGED


def test_a_judgement_is_dropped_with_its_document():
    data = make_dataset(*RIVALS, make_claim("runway", "24 months", as_of="2025-09-30", source="netease"),
                        judgements=[make_judgement(**{**FIELDS, "over": []})])  # fmt: skip
    assert data.facts[0].status is Status.JUDGED
    without = data.restricted(lambda source: source.id != "finet")
    assert without.judgements("minimax") == ()
    assert (without.facts[0].status, without.facts[0].shown) == (Status.CONFLICTING, None)


def test_a_judgement_is_not_needed_where_the_loser_is_left_out():
    data = make_dataset(*RIVALS, judgements=[CHOICE]).restricted(lambda source: source.id == "finet")
    assert (data.facts[0].status, data.facts[0].judgement) == (Status.SINGLE, None)


def test_two_roundings_of_one_document_do_not_corroborate_each_other():
    once, twice = make_claim(says="53.44m USD", at="¶1"), make_claim(says="53.437m USD", at="¶9")
    other = make_claim(says="53.437m USD", source="finet", at="¶9")
    assert [fact.status for fact in make_dataset(once, twice).facts] == [Status.SINGLE]
    assert [fact.status for fact in make_dataset(once, other).facts] == [Status.CORROBORATED]


# --- what is one fact -----------------------------------------------------------------------------------------------


def test_currencies_are_alternatives_not_rivals():
    data = make_dataset(make_claim(says="53.437m USD"), make_claim(says="3.76亿 CNY"))
    assert [fact.id for fact in data.facts] == ["minimax.revenue.9M2025", "minimax.revenue.9M2025.CNY"]
    assert {fact.status for fact in data.facts} == {Status.SINGLE}


def test_breakdowns_bases_and_kinds_are_facts_of_their_own():
    data = make_dataset(
        make_claim(),
        make_claim(segment="c_end"),
        make_claim(basis="computed"),
        make_claim(kind="forecast"),
        make_claim(period="FY2024"),
        make_claim(company="zhipu", says="1.91亿 CNY"),
        companies=[make_company("zhipu", reporting_currency="CNY")],
    )
    assert [fact.id for fact in data.facts] == [
        "minimax.revenue.9M2025",
        "minimax.revenue.9M2025.computed",
        "minimax.revenue.9M2025.forecast",
        "minimax.revenue.9M2025.segment=c_end",
        "minimax.revenue.FY2024",
        "zhipu.revenue.9M2025",
    ]


def test_a_month_and_its_last_day_date_one_fact():
    fact = only_fact(
        make_claim("countries_served", ">200 countries", as_of="2025-09", source="acn"),
        make_claim("countries_served", ">200 countries", as_of="2025-09-30", source="finet"),
    )
    assert (fact.id, fact.status) == ("minimax.countries_served.2025-09-30", Status.CORROBORATED)


def test_a_fact_says_what_it_is_about():
    flow = only_fact(make_claim(segment="c_end"))
    assert (flow.company, flow.metric.id, flow.unit.code) == ("minimax", "revenue", "USD")
    assert flow.dimensions == {"segment": "c_end"}
    assert (flow.period.label, flow.instant, flow.end) == ("9M2025", None, date(2025, 9, 30))
    stock = only_fact(make_claim("runway", "37 months", as_of="2025-09"))
    assert (stock.period, stock.instant.text, stock.end) == (None, "2025-09", date(2025, 9, 30))
    term = only_fact(make_claim("offer_price", "165 HKD"))
    assert (term.period, term.instant, term.end, term.id) == (None, None, None, "minimax.offer_price.HKD")


# --- finding --------------------------------------------------------------------------------------------------------


@pytest.fixture
def data() -> Dataset:
    return make_dataset(
        make_claim(period="FY2024", says="30.52m USD"),
        make_claim(period="9M2025", says="53.44m USD"),
        make_claim(period="9M2025", says="3.76亿 CNY"),
        make_claim(period="9M2025", says="38m USD", segment="c_end"),
        make_claim(period="FY2026", says="100m USD", kind="forecast"),
        make_claim("net_loss", "186m USD", period="9M2025", basis="computed"),
        make_claim("runway", "37 months", as_of="2025-09"),
        make_claim("offer_price", "165 HKD"),
        make_claim("subscription_multiple", "37x", tranche="international"),
    )


@pytest.mark.parametrize(
    ("query", "options", "fact_id"),
    [
        (("revenue", "9M2025"), {}, "minimax.revenue.9M2025"),
        (("revenue", "9M2025"), {"segment": "c_end"}, "minimax.revenue.9M2025.segment=c_end"),
        (("revenue", "9M2025"), {"unit": "CNY"}, "minimax.revenue.9M2025.CNY"),
        (("revenue", "FY2026"), {}, None),  # a forecast is no actual figure
        (("revenue", "FY2026"), {"kind": "forecast"}, "minimax.revenue.FY2026.forecast"),
        (("revenue", "FY2026"), {"kind": None}, "minimax.revenue.FY2026.forecast"),
        (("revenue", "FY2023"), {}, None),
        (("revenue",), {}, None),  # a figure of a period is not found without the period
        (("net_loss", "9M2025"), {}, None),
        (("net_loss", "9M2025"), {"basis": "computed"}, "minimax.net_loss.9M2025.computed"),
        (("runway", "2025-09"), {}, "minimax.runway.2025-09-30"),
        (("runway", "2025-09-30"), {}, "minimax.runway.2025-09-30"),
        (("runway",), {}, None),
        (("offer_price",), {"unit": "HKD"}, "minimax.offer_price.HKD"),
        (("offer_price",), {}, None),  # in the reporting currency there is none
        (
            ("subscription_multiple",),
            {"tranche": "international"},
            "minimax.subscription_multiple.tranche=international",
        ),
        (("subscription_multiple",), {}, None),  # a part is not the whole
    ],
)
def test_find(data, query, options, fact_id):
    fact = data.find("minimax", *query, **options)
    assert (fact.id if fact else None) == fact_id


def test_what_a_reader_does_to_a_selection_changes_no_other(data):
    data.select("minimax", "revenue", unit="any").clear()

    assert data.select("minimax", "revenue", unit="any")


def test_select_orders_by_date_and_keeps_to_the_reporting_currency(data):
    assert [fact.id for fact in data.select("minimax", "revenue")] == [
        "minimax.revenue.FY2024", "minimax.revenue.9M2025", "minimax.revenue.9M2025.segment=c_end",
    ]  # fmt: skip
    assert [fact.unit.code for fact in data.select("minimax", "revenue", unit="any")].count("CNY") == 1
    assert len(data.select("minimax", "revenue", kind=None)) == 4
    assert data.select("minimax", "net_loss") == []
    assert len(data.select("minimax", "net_loss", basis=None)) == 1
    assert data.select("minimax", "gross_margin") == []


def test_a_slip_in_a_name_is_not_a_gap(data):
    with pytest.raises(UnknownNameError, match="unknown company 'minimx' \\(did you mean 'minimax'\\?\\)"):
        data.select("minimx", "revenue")
    with pytest.raises(UnknownNameError, match="unknown metric 'revenu' \\(did you mean 'revenue'\\?\\)"):
        data.find("minimax", "revenu", "9M2025")


def test_indexes_hold_everything_once(data):
    assert set(data.fact_by_id) == {fact.id for fact in data.facts}
    assert set(data.claim_by_id) == {claim.id for claim in data.claims}
    assert sum(len(fact.claims) for fact in data.facts) == len(data.claims)
    assert [fact.id for fact in data.facts] == sorted(data.fact_by_id)


# --- evidence -------------------------------------------------------------------------------------------------------


def test_prices_known_by_a_day_are_those_up_to_it():
    prices = [make_claim("share_price", f"{n} HKD", as_of=f"2026-0{n}-28", source="bars") for n in (1, 2, 3)]
    bars = make_source("bars", published="2026-09-30", since="2026-01-08", kind="market_data")
    data = make_dataset(*prices, sources=[bars]).restricted(admits(known_by="2026-02-28"), last_day("2026-02-28"))

    assert [claim.as_of for claim in data.claims] == ["2026-01-28", "2026-02-28"]
    assert [c.as_of for c in data.restricted(lambda _: True).claims] == ["2026-01-28", "2026-02-28"]


def test_restricted_evidence_sees_no_other_document():
    data = make_dataset(
        make_claim(source="acn"),
        make_claim(says="53.437m USD", source="prospectus"),
        sources=[PROSPECTUS],
        rates=(make_rate(**{"from": "acn"}), make_rate(quote="HKD", rate="7.8")),
    )
    articles = data.restricted(lambda source: source.kind is SourceKind.NEWS)
    assert articles.evidence == {"acn"}
    assert list(articles.sources) == ["acn"]
    assert articles.facts[0].value == 53_440_000
    filings = data.restricted(lambda source: source.kind.is_primary)
    assert filings.facts[0].value == 53_437_000
    assert [rate.quote for rate in filings.rates] == ["HKD"]  # a convention needs no document
    assert filings.companies == data.companies
    assert filings.digest == data.digest


def test_evidence_only_ever_shrinks():
    data = make_dataset(make_claim(source="acn"), make_claim(source="finet"))
    only_acn = data.restricted(lambda source: source.id == "acn")
    assert only_acn.restricted(lambda _: True).evidence == {"acn"}


def test_no_evidence_leaves_no_facts():
    nothing = make_dataset(make_claim()).restricted(lambda _: False)
    assert (nothing.claims, nothing.facts, dict(nothing.sources)) == ((), (), {})
    assert nothing.find("minimax", "revenue", "9M2025") is None


def test_unknown_evidence_is_refused(make_seeds):
    records = load_records(make_seeds())
    with pytest.raises(UnknownNameError, match="unknown source 'acm' \\(did you mean 'acn'\\?\\)"):
        Dataset(records, ["acn", "acm"])


# --- words ----------------------------------------------------------------------------------------------------------


def test_member_label_is_the_companys_own_else_shared_else_the_id():
    data = make_dataset(
        make_claim(),
        companies=[make_company(members={"product": {"talkie": "Talkie / Xingye"}})],
        members={"product": {"talkie": Text(en="shared"), "hailuo": Text(en="Hailuo AI")}},
    )
    labels = [data.member_label("minimax", "product", member).en for member in ("talkie", "hailuo", "glow")]
    assert labels == ["Talkie / Xingye", "Hailuo AI", "glow"]


def test_say_picks_the_language_and_the_derived_traditional_form():
    data = make_dataset(make_claim(), traditional={"智谱": "智譜"})
    plain = Text.model_validate({"en": "Zhipu", "zh-Hans": "智谱"})
    assert [data.say(plain, language) for language in ("en", "zh-Hans", "zh-Hant")] == ["Zhipu", "智谱", "智譜"]
    own = Text.model_validate({"en": "Zhipu", "zh-Hans": "智谱", "zh-Hant": "智譜華章"})
    assert data.say(own, "zh-Hant") == "智譜華章"
    assert data.say(Text(en="Talkie"), "zh-Hant") == "Talkie"


# --- a folder -------------------------------------------------------------------------------------------------------


def test_a_folder_loads_and_resolves(make_seeds):
    data = Dataset.load(make_seeds())
    assert list(data.companies) == ["minimax", "zhipu"]
    assert {fact.id: str(fact.status) for fact in data.facts} == {
        "minimax.economic_interest.2025-12-31.holder=alisoft": "single",
        "minimax.economic_interest.2025-12-31.holder=yan": "single",
        "minimax.revenue.9M2025": "corroborated",
        "minimax.revenue.FY2024": "single",
        "minimax.runway.2025-09-30": "judged",
        "zhipu.institutional_customers.2025-09-30": "single",
    }
    assert data.contrasts("minimax") == ()
    assert len(data.judgements("minimax")) == 1


def test_the_environment_names_the_folder(make_seeds, monkeypatch):
    monkeypatch.setenv("IPO_SEEDS", str(make_seeds({"companies/zhipu/company.yaml": None,
                                                    "companies/zhipu/users.yaml": None})))  # fmt: skip
    assert list(Dataset.load().companies) == ["minimax"]


def test_the_order_of_lines_and_files_does_not_matter(make_seeds, tmp_path):
    lines = [
        '  - {period: 9M2025, says: 53.44m USD, from: acn, at: "¶1 5344"}\n',
        '  - {period: 9M2025, says: 53.4m USD, from: finet, at: "¶22 534"}\n',
        '  - {period: 9M2025, says: 60m USD, from: finet, at: "¶9 60"}\n',
    ]
    expected = None
    for turned in permutations(lines):
        folder = make_seeds({"companies/minimax/revenue.yaml": "revenue:\n" + "".join(turned)})
        data = Dataset.load(folder)
        seen = ([c.id for c in data.claims], [(f.id, f.status, [c.id for c in f.claims]) for f in data.facts])
        expected = expected or seen
        assert seen == expected


def test_the_repository_resolves_in_every_selection_of_documents(dataset):
    for kind in SourceKind:
        part = dataset.restricted(lambda source, kind=kind: source.kind is not kind)
        assert all(claim.source in part.evidence for fact in part.facts for claim in fact.claims)
        assert all(fact.shown is None or fact.shown in fact.claims for fact in part.facts)


# --- properties -----------------------------------------------------------------------------------------------------

DOCUMENTS = ("acn", "finet", "netease", "prospectus", "results")
KINDS = {"prospectus": "prospectus", "results": "results", "acn": "issuer_release"}
CLAIMS = st.lists(
    st.builds(
        make_claim,
        st.just("revenue"),
        st.sampled_from([f"{sign}{figure}m USD" for sign in ("", "~", ">", "<") for figure in (53, 53.4, 55, 60)]),
        source=st.sampled_from(DOCUMENTS),
        period=st.sampled_from(["FY2024", "9M2025"]),
    ),
    min_size=1, max_size=6, unique_by=lambda claim: (claim.source, claim.period),
)  # fmt: skip
CHOICES = st.lists(
    st.builds(make_judgement, prefer=st.sampled_from(DOCUMENTS), period=st.sampled_from(["FY2024", "9M2025"])),
    max_size=2, unique_by=lambda choice: choice.period,
)  # fmt: skip
SOURCES = [make_source(name, kind=KINDS.get(name, "news")) for name in DOCUMENTS]


def outcome(data: Dataset) -> list[tuple[object, ...]]:
    return [(f.id, f.status, f.shown and f.shown.id, [c.id for c in f.claims]) for f in data.facts]


@given(CLAIMS, CHOICES, st.randoms(use_true_random=False))
def test_resolution_does_not_depend_on_the_order_of_claims(claims, choices, random):
    expected = outcome(make_dataset(*claims, sources=SOURCES, judgements=choices))
    shuffled = random.sample(claims, len(claims))
    assert outcome(make_dataset(*shuffled, sources=SOURCES, judgements=choices[::-1])) == expected


@given(CLAIMS, CHOICES, st.sets(st.sampled_from(DOCUMENTS)))
def test_left_out_documents_never_leak(claims, choices, kept):
    part = make_dataset(*claims, sources=SOURCES, judgements=choices).restricted(lambda source: source.id in kept)
    assert {claim.source for claim in part.claims} <= kept
    assert {claim.source for fact in part.facts for claim in (*fact.claims, *fact.rivals)} <= kept
    assert all(fact.shown is None or fact.shown.source in kept for fact in part.facts)
    assert all(fact.judgement is None or fact.judgement.prefer in kept for fact in part.facts)
    fresh = make_dataset(*[c for c in claims if c.source in kept], sources=SOURCES, judgements=choices,
                         companies=[make_company()])  # fmt: skip
    assert outcome(part) == outcome(fresh)  # as if the others had never been read


@given(CLAIMS, CHOICES)
def test_headlines_are_printed_by_a_document_and_conflicts_have_none(claims, choices):
    for fact in make_dataset(*claims, sources=SOURCES, judgements=choices).facts:
        printed = {claim.quantity.value for claim in fact.claims}
        assert (fact.value is None) is (fact.status is Status.CONFLICTING)
        assert fact.value is None or fact.value in printed  # never an average
        assert (fact.judgement is not None) is (fact.status is Status.JUDGED)
        assert fact.status.is_disputed is not all_agree([claim.quantity for claim in fact.claims])
