"""The claims of the public documents: every collected fact is loaded exactly or left out with a reason, and adds up.

The collection itself is not part of the repository. Its folder is named by ``IPO_PUBLIC_FACTS``, or stands beside the
repository as ``shared/facts``; without it the comparison is skipped and the arithmetic below still runs.
"""

import csv
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from ipo_data.dataset import Dataset
from ipo_data.model.claim import Claim
from ipo_data.quantities import Bound

REPOSITORY = Path(__file__).resolve().parents[2]
EXCLUSIONS = Path(__file__).with_name("public_facts_exclusions.csv")
FEWEST_CLAIMS = 1_350

UNITS = {
    "USD/share": {"USD"}, "HKD/share": {"HKD"}, "CNY/share (post-split)": {"CNY"}, "USD/month": {"USD"},
    "CNY/month": {"CNY"}, "CNY/year": {"CNY"}, "times": {"x"}, "people": {"persons"}, "accounts": {"customers"},
    "users": {"persons", "customers", "developers"}, "tokens/day": {"tokens"},
}  # fmt: skip
"""Words of the collection → units of the claims, where they differ."""

TURNED = {"net_cash_used_in_investing"}
"""Collected as a positive outflow, stored with its sign."""

RATES = {
    "fx-mm-hkdusd": "prospectus.HKD-per-USD.2025-12",
    "fx-zp-cnyhkd": "prospectus.CNY-per-HKD",
    "fx-cross-cnyusd": "prospectus.CNY-per-USD",
}
"""Facts that are exchange rates, and the rate that carries them."""

ALSO_FROM = {
    "mm-revenue-fy2025": "wscn-minimax-fy2025",
    "zp-revenue-fy2025": "hkex-zhipu-results-2025",
}
"""Facts recorded from one more of their documents, because it came out before the first: what was known when."""


@cache
def dataset() -> Dataset:
    return Dataset.load()


# --- every fact is accounted for --------------------------------------------------------------------------------------


def facts_folder() -> Path:
    named = os.environ.get("IPO_PUBLIC_FACTS")
    return Path(named) if named else REPOSITORY.parent / "shared" / "facts"


@pytest.fixture(scope="module")
def facts() -> dict[str, dict]:
    file = facts_folder() / "public_facts.jsonl"
    if not file.is_file():
        pytest.skip(f"the collected facts are not here ({file}); set IPO_PUBLIC_FACTS to their folder")
    rows = [json.loads(line, parse_float=str, parse_int=str) for line in file.read_text(encoding="utf-8").splitlines()]
    return {row["id"]: row for row in rows}


@pytest.fixture(scope="module")
def exclusions() -> dict[str, str]:
    with EXCLUSIONS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == len({row["fact_id"] for row in rows}), "a fact is excluded twice"
    return {row["fact_id"]: row["reason"] for row in rows}


def fact_ids(claim: Claim) -> list[str]:
    """Return the facts a locator names: ``table:ID``, ``table: ID``, ``p.12 ID``."""
    words = (claim.at or "").split()
    return [word.removeprefix("table:") for word in words if not word.startswith("note:")]


@cache
def claims_by_fact() -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for claim in dataset().claims:
        for name in fact_ids(claim):
            found.setdefault(name, []).append(claim)
    return found


def test_enough_claims_load():
    assert len(dataset().claims) >= FEWEST_CLAIMS


def test_every_fact_is_loaded_or_left_out_with_a_reason(facts, exclusions):
    def homes(name: str) -> int:
        return sum((name in claims_by_fact(), name in RATES, bool(exclusions.get(name, "").strip())))

    assert [name for name in facts if homes(name) != 1] == []


def test_exclusions_name_known_facts_and_give_reasons(facts, exclusions):
    assert sorted(set(exclusions) - set(facts)) == []
    assert [name for name, reason in exclusions.items() if len(reason.strip()) < 10] == []


def test_loaded_figures_equal_the_collected_ones(facts):
    wrong = []
    for name, fact in facts.items():
        for claim in claims_by_fact().get(name, []):
            quantity = claim.quantity
            if quantity.day is not None:
                same = fact["unit"] == "date" and quantity.day.text == fact["value"]
            else:
                expected = Decimal(fact["value"]) * (-1 if fact["metric"] in TURNED else 1)
                same = quantity.value == expected and quantity.unit.code in UNITS.get(fact["unit"], {fact["unit"]})
            if not same:
                wrong.append(f"{claim.where}: {claim.says}, collected as {fact['value']} {fact['unit']} ({name})")
    assert wrong == []


def test_loaded_figures_cite_the_first_document_of_the_fact_and_besides_only_those_listed(facts):
    loaded = {name: [claim.source for claim in claims_by_fact().get(name, [])] for name in facts}
    unlisted = [
        f"{name}: {source} instead of {facts[name]['sources'][0]}"
        for name, sources in loaded.items()
        for source in sources
        if source not in (facts[name]["sources"][0], ALSO_FROM.get(name))
    ]
    assert unlisted == []
    assert [name for name, sources in loaded.items() if sources and facts[name]["sources"][0] not in sources] == []
    assert all(source in facts[name]["sources"][1:] for name, source in ALSO_FROM.items())
    assert all(source in loaded[name] for name, source in ALSO_FROM.items())


def test_pages_are_kept(facts):
    for name, fact in facts.items():
        for claim in claims_by_fact().get(name, []):
            page = fact.get("page")
            assert claim.locator is not None
            assert (claim.locator.place == f"p.{page}") == (page is not None), claim.where


def test_rates_equal_the_collected_ones_to_their_last_digit(facts):
    rates = {rate.id: rate.rate for rate in dataset().rates}
    for name, rate_id in RATES.items():
        collected = Decimal(facts[name]["value"])
        digits = min(0, int(collected.as_tuple().exponent))
        assert rates[rate_id].quantize(Decimal(1).scaleb(digits)) == collected, name


def test_one_share_one_vote_gives_two_claims(facts):
    for name, fact in facts.items():
        claims = claims_by_fact().get(name, [])
        if fact["metric"] == "economic_and_voting_interest" and claims:
            assert sorted(claim.metric for claim in claims) == ["economic_interest", "voting_rights"], name


def test_every_collected_document_is_recorded(facts):
    assert facts
    listed = json.loads((facts_folder() / "public_sources.json").read_text(encoding="utf-8"))
    sources = dataset().sources
    for row in listed:
        source = sources[row["id"]]
        assert (source.title, source.url, source.published, source.kind) == (
            row["title"], row["url"], row["published"], row["kind"],
        ), row["id"]  # fmt: skip
        is_first_hand = row["reading"].startswith("full text copy read")
        assert (source.reading == "first_hand") == is_first_hand, row["id"]


# --- the documents add up ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TieOut:
    """``total = plus − minus`` within the rounding of the printed figures.

    A figure is named as in a subject: ``metric`` or ``metric;axis=member;…``. Names ending in ``;axis=*`` stand for
    every member the document states.
    """

    company: str
    source: str
    when: str
    total: str
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.company} {self.when or 'offering'} {self.total} from {self.plus[0]}"


@cache
def printed() -> dict[tuple[str, str, str, str], Claim]:
    """Return the claims by company, document, date and figure."""
    return {
        (claim.company, claim.source, claim.time_label, f"{claim.metric};{claim.dimension}".rstrip(";")): claim
        for claim in dataset().claims
    }


def figures(tie: TieOut, name: str) -> list[Claim]:
    stem, star, _ = name.partition("=*")
    if not star:
        return [printed()[(tie.company, tie.source, tie.when, name)]]
    head = (tie.company, tie.source, tie.when)
    return [claim for key, claim in printed().items() if key[:3] == head and _is_member(key[3], stem)]


def _is_member(name: str, stem: str) -> bool:
    return name.startswith(f"{stem}=") and ";" not in name.removeprefix(f"{stem}=")


MINIMAX, ZHIPU = "hkex-minimax-prospectus", "hkex-zhipu-prospectus"
MINIMAX_PERIODS = ("FY2022", "FY2023", "FY2024", "9M2024", "9M2025")
ZHIPU_PERIODS = ("FY2022", "FY2023", "FY2024", "H1-2024", "H1-2025")


def income_statement() -> Iterator[TieOut]:
    for when in MINIMAX_PERIODS:
        yield from _both("minimax", MINIMAX, when)
        yield TieOut(
            "minimax", MINIMAX, when, "net_loss",
            ("selling_and_marketing", "administrative_expense", "research_and_development", "fair_value_loss",
             "finance_costs", "impairment_losses"),
            ("gross_profit", "other_income"),
        )  # fmt: skip
        yield TieOut("minimax", MINIMAX, when, "cost_of_sales", ("cost_of_sales;component=*",))
    for when in ZHIPU_PERIODS:
        yield from _both("zhipu", ZHIPU, when)
        yield TieOut(
            "zhipu", ZHIPU, when, "loss_from_operations",
            ("selling_and_marketing", "administrative_expense", "research_and_development", "impairment_losses"),
            ("gross_profit", "other_income"),
        )  # fmt: skip
        yield TieOut(
            "zhipu", ZHIPU, when, "net_loss", ("loss_from_operations", "finance_costs", "fair_value_loss"),
            ("share_of_associates", "fair_value_gain"),
        )  # fmt: skip


def _both(company: str, source: str, when: str) -> Iterator[TieOut]:
    yield TieOut(company, source, when, "gross_profit", ("revenue",), ("cost_of_sales",))
    yield TieOut(company, source, when, "research_and_development", ("research_and_development;component=*",))
    yield TieOut(
        company, source, when, "adjusted_net_loss", ("net_loss",),
        ("adjustment;component=share_based", "adjustment;component=listing_expenses", "fair_value_loss"),
    )  # fmt: skip


def segments() -> Iterator[TieOut]:
    for when in MINIMAX_PERIODS[1:]:
        yield from _parts("minimax", MINIMAX, when, "segment", ("c_end", "b_end"))
        yield TieOut("minimax", MINIMAX, when, "revenue;segment=c_end", ("revenue;product=*",))
        yield TieOut("minimax", MINIMAX, when, "revenue", ("revenue;region=*",))
        yield TieOut("minimax", MINIMAX, when, "revenue", ("revenue;region_group=*",))
        yield TieOut("minimax", MINIMAX, when, "revenue_share;segment=c_end", ("revenue_share;product=*",))
        yield TieOut("minimax", MINIMAX, when, "revenue;product=talkie", _channels(when))
    for product, when in (
        ("hailuo", "FY2024"),
        ("hailuo", "9M2025"),
        ("minimax_audio", "9M2025"),
        ("minimax_app", "9M2025"),
    ):
        channels = tuple(
            f"revenue;channel={channel};product={product}" for channel in ("subscription", "in_app_top_up")
        )
        yield TieOut("minimax", MINIMAX, when, f"revenue;product={product}", channels)
    for when in ("H1-2025", "H1-2026"):
        yield TieOut("minimax", "hkex-minimax-interim-2026", when, "revenue", ("revenue;segment=*",))
    for when in ZHIPU_PERIODS:
        yield from _parts("zhipu", ZHIPU, when, "deployment", ("on_premise", "cloud"))
        for axis in ("region", "industry"):
            yield TieOut(
                "zhipu", ZHIPU, when, "revenue;deployment=on_premise", (f"revenue;deployment=on_premise;{axis}=*",)
            )


def _parts(company: str, source: str, when: str, axis: str, members: tuple[str, str]) -> Iterator[TieOut]:
    for metric in ("revenue", "cost_of_sales", "gross_profit"):
        yield TieOut(company, source, when, metric, tuple(f"{metric};{axis}={member}" for member in members))
    for member in members:
        name = f"{axis}={member}"
        yield TieOut(company, source, when, f"gross_profit;{name}", (f"revenue;{name}",), (f"cost_of_sales;{name}",))


def _channels(when: str) -> tuple[str, ...]:
    channels = ("subscription", "in_app_top_up") + (() if when == "FY2023" else ("online_marketing",))
    return tuple(f"revenue;channel={channel};product=talkie" for channel in channels)


def users_and_cash() -> Iterator[TieOut]:
    ends = {"FY2023": "2023-12-31", "FY2024": "2024-12-31", "9M2024": "2024-09-30", "9M2025": "2025-09-30"}
    for when, day in ends.items():
        yield TieOut("minimax", MINIMAX, when, "mau", ("mau;product=*",))
        yield TieOut("minimax", MINIMAX, when, "paying_users", ("paying_users;product=*",))
        yield TieOut(
            "minimax", MINIMAX, day, "cumulative_users", ("cumulative_users;product=*",),
            ("cumulative_users;product=open_platform",),
        )  # fmt: skip
    yield TieOut(
        "minimax", MINIMAX, "2025-09-30", "liquidity",
        ("cash_and_equivalents", "financial_assets_fvtpl;component=current", "undrawn_facilities"),
    )  # fmt: skip
    yield TieOut(
        "minimax", MINIMAX, "2025-09-30", "broad_liquidity",
        ("cash_and_equivalents", "financial_assets_fvtpl;component=*", "restricted_cash"),
    )  # fmt: skip


def funding_and_shares() -> Iterator[TieOut]:
    single_price = {
        ("minimax", MINIMAX): {
            "angel": "2021-12-27", "pre_a": "2022-04-11", "series_a": "2023-12-14", "a_plus": "2023-07-13",
            "pre_b": "2025-02-19", "pre_b_plus": "2025-06-20", "pre_b_plus_plus": "2025-08-19",
        },
        ("zhipu", ZHIPU): {
            "angel": "2021-04-08", "series_a": "2021-07-08", "b1": "2022-02-24", "b4": "2024-01-24",
            "b5": "2024-06-21", "b6": "2025-05-29",
        },
    }  # fmt: skip
    for (company, source), rounds in single_price.items():
        for name, day in rounds.items():
            parts = (f"pre_money_valuation;round={name}", f"round_amount;round={name}")
            yield TieOut(company, source, day, f"post_money_valuation;round={name}", parts)
    vehicles = ("alpha_exp", "minimax_awakening", "minimax_matrix")
    for when, stage in (("2025-12", "before_offering"), ("2026-01", "after_offering")):
        for metric in ("economic_interest", "voting_rights"):
            parts = tuple(f"{metric};holder={vehicle};stage={stage}" for vehicle in vehicles)
            yield TieOut("minimax", MINIMAX, when, f"{metric};holder=yan_junjie;stage={stage}", parts)


def offering() -> Iterator[TieOut]:
    initial = tuple(f"offer_shares;offer_stage=initial;tranche={tranche}" for tranche in ("public", "international"))
    final = tuple(f"offer_shares;offer_stage=final;tranche={tranche}" for tranche in ("public", "international"))
    notice = "hkex-minimax-allotment"
    yield TieOut("minimax", MINIMAX, "", "offer_shares;offer_stage=initial", initial)
    yield TieOut("minimax", notice, "", "offer_shares;offer_stage=final", final)
    yield TieOut("minimax", notice, "", "offer_shares;offer_stage=final", (*initial, "offer_size_adjustment"))
    yield TieOut("minimax", notice, "", final[0], (initial[0], "reallocated_shares"))
    yield TieOut(
        "minimax",
        notice,
        "",
        "net_proceeds;options=with_size_adjustment",
        ("gross_proceeds;options=with_size_adjustment",),
        ("listing_expenses",),
    )
    yield TieOut("minimax", notice, "", "cornerstone_shares", ("cornerstone_shares;investor=*",))
    yield TieOut("minimax", MINIMAX, "", "cornerstone_amount", ("cornerstone_amount;investor=*",))
    yield TieOut("zhipu", ZHIPU, "", "offer_shares;offer_stage=initial", initial)


TIE_OUTS = [*income_statement(), *segments(), *users_and_cash(), *funding_and_shares(), *offering()]


FEWEST_PROSPECTUS_TIE_OUTS = 114
IDENTITIES = {
    "gross profit": ("gross_profit", "revenue"),
    "net loss": ("net_loss", "selling_and_marketing"),
    "loss from operations": ("loss_from_operations", "selling_and_marketing"),
    "adjusted loss": ("adjusted_net_loss", "net_loss"),
    "research by component": ("research_and_development", "research_and_development;component=*"),
    "cost of sales by component": ("cost_of_sales", "cost_of_sales;component=*"),
    "segments": ("revenue", "revenue;segment=c_end"),
    "deployments": ("revenue", "revenue;deployment=on_premise"),
    "products": ("revenue;segment=c_end", "revenue;product=*"),
    "regions": ("revenue", "revenue;region=*"),
    "industries": ("revenue;deployment=on_premise", "revenue;deployment=on_premise;industry=*"),
    "users by product": ("mau", "mau;product=*"),
    "liquidity": ("liquidity", "cash_and_equivalents"),
    "cornerstones": ("cornerstone_amount", "cornerstone_amount;investor=*"),
    "tranches": ("offer_shares;offer_stage=initial", "offer_shares;offer_stage=initial;tranche=public"),
}
"""Identities of the prospectuses, each by a total and the first of what it consists of."""


def test_the_prospectuses_own_identities_are_all_here():
    of_prospectuses = [tie for tie in TIE_OUTS if tie.source in (MINIMAX, ZHIPU)]
    assert len(of_prospectuses) >= FEWEST_PROSPECTUS_TIE_OUTS
    pairs = {(tie.total, tie.plus[0]) for tie in of_prospectuses}
    assert [name for name, pair in IDENTITIES.items() if pair not in pairs] == []
    assert len([tie for tie in of_prospectuses if tie.total.startswith("post_money_valuation")]) == 13  # 7 and 6 rounds


@pytest.mark.parametrize("tie", TIE_OUTS, ids=str)
def test_printed_figures_add_up(tie: TieOut):
    total = figures(tie, tie.total)[0]
    plus = [claim for name in tie.plus for claim in figures(tie, name)]
    minus = [claim for name in tie.minus for claim in figures(tie, name)]
    assert plus
    computed = sum((c.quantity.value for c in plus), Decimal(0)) - sum((c.quantity.value for c in minus), Decimal(0))
    tolerance = sum((claim.quantity.step / 2 for claim in (total, *plus, *minus)), Decimal(0))
    assert abs(total.quantity.value - computed) <= tolerance, f"{total.where}: {total.says}, the parts give {computed}"


@pytest.mark.parametrize(
    ("company", "source", "when", "axis"),
    [
        *(
            ("minimax", MINIMAX, when, axis)
            for when in MINIMAX_PERIODS[1:]
            for axis in ("segment", "region", "region_group")
        ),
        *(("zhipu", ZHIPU, when, "deployment") for when in ZHIPU_PERIODS),
        ("minimax", "cnyes-minimax-fy2025", "FY2025", "segment"),
        ("zhipu", "hkex-zhipu-results-2025", "FY2025", "deployment"),
    ],
)
def test_shares_of_revenue_add_up_to_the_whole(company: str, source: str, when: str, axis: str):
    parts = figures(TieOut(company, source, when, "", ()), f"revenue_share;{axis}=*")
    assert len(parts) >= 2
    total = sum((claim.quantity.value for claim in parts), Decimal(0))
    assert abs(total - 100) <= sum((claim.quantity.step / 2 for claim in parts), Decimal(0))


@pytest.mark.parametrize(
    ("company", "source", "when", "part"),
    [
        *(
            ("minimax", MINIMAX, when, part)
            for when in MINIMAX_PERIODS[1:]
            for part in ("", ";segment=c_end", ";segment=b_end")
        ),
        *(
            ("zhipu", ZHIPU, when, part)
            for when in ZHIPU_PERIODS
            for part in ("", ";deployment=on_premise", ";deployment=cloud")
        ),
    ],
)
def test_margins_follow_from_profit_and_revenue(company: str, source: str, when: str, part: str):
    profit, revenue, margin = (
        printed()[(company, source, when, f"{metric}{part}")].quantity
        for metric in ("gross_profit", "revenue", "gross_margin")
    )
    ratios = [
        p / r * 100
        for p in (profit.rounding.low, profit.rounding.high)
        for r in (revenue.rounding.low, revenue.rounding.high)
    ]
    assert min(ratios) <= margin.rounding.high
    assert margin.rounding.low <= max(ratios)


def test_money_raised_by_zhipu_is_the_sum_of_its_rounds():
    rounds = [c for c in dataset().claims if c.company == "zhipu" and c.metric == "round_amount" and c.source == ZHIPU]
    total = next(c for c in dataset().claims if c.company == "zhipu" and c.metric == "total_raised").quantity
    added = sum((claim.quantity.value for claim in rounds), Decimal(0))
    assert len(rounds) == 8
    assert abs(total.value - added) <= total.step / 2 + sum((c.quantity.step / 2 for c in rounds), Decimal(0))


def test_hedged_figures_keep_their_hedge():
    runways = {c.source: c for c in dataset().claims if c.company == "minimax" and c.metric == "runway" and c.at}
    assert runways[MINIMAX].quantity.bound is Bound.ABOUT
    downloads = next(c for c in dataset().claims if c.company == "zhipu" and c.metric == "downloads")
    assert downloads.quantity.bound is Bound.AT_LEAST
