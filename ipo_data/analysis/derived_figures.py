"""The registry of derived figures: every measure the product computes, by id, for any company."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ipo_data.analysis import (
    bases,
    control,
    deal_arithmetic,
    funding_steps,
    growth,
    implied_lines,
    loss_bridge,
    margins,
    market_arithmetic,
    mix,
    offer_structure,
    ownership,
    part_years,
    runway,
    runway_readings,
    spending,
    unit_economics,
    valuation,
    voting,
)
from ipo_data.analysis.currency import Rates, rate_sets, rates_of
from ipo_data.analysis.points import DataPoint, headline
from ipo_data.dataset import Dataset

Derive = Callable[[Dataset, str], list[DataPoint]]


@dataclass(frozen=True, slots=True)
class Derived:
    """One derived measure.

    Attributes:
        id: Name; its words are in the catalogues under ``metric.<measure>``.
        compute: Returns its data points for a company; empty where nothing can be said.
    """

    id: str
    compute: Derive


def _rates(dataset: Dataset) -> Rates:
    sets = rate_sets(dataset)
    return rates_of(dataset, "prospectus" if "prospectus" in sets else sets[0]) if sets else Rates("none", ())


def _prior(dataset: Dataset, company: str) -> list[DataPoint]:
    facts = growth.revenue_facts(dataset, company)
    return [p for f in facts if (p := growth.implied_prior(dataset, company, f)) is not None]


def _segment_growth(dataset: Dataset, company: str) -> list[DataPoint]:
    subjects = {
        tuple(sorted(f.dimensions.items())) for f in dataset.select(company, "revenue")
        if set(f.dimensions) in ({"segment"}, {"deployment"})
    }  # fmt: skip
    return [p for subject in sorted(subjects) for p in growth.growth_points(dataset, company, **dict(subject))]


def _parts(dataset: Dataset, company: str) -> list[DataPoint]:
    return [
        point for axis in ("segment", "deployment", "product", "region")
        for period in mix.periods_with(dataset, company, axis)
        for shares, amounts in mix.parts(dataset, company, axis, period).values()
        for point in (*shares, *amounts) if point.formula
    ]  # fmt: skip


def _segment_margins(dataset: Dataset, company: str) -> list[DataPoint]:
    return [
        point for axis in ("segment", "deployment")
        for period in mix.periods_with(dataset, company, axis)
        for build in (margins.segment_margins, margins.margin_bridge)
        for point in build(dataset, company, axis, period) if point.formula
    ]  # fmt: skip


def _identities(dataset: Dataset, company: str) -> list[DataPoint]:
    return [
        point for axis in ("segment", "deployment")
        for period in mix.periods_with(dataset, company, axis)
        for point in margins.identity_check(dataset, company, axis, period)
    ]  # fmt: skip


def _loss_bridge(dataset: Dataset, company: str) -> list[DataPoint]:
    found = loss_bridge.bridge(dataset, company)
    if found is None:
        return []
    return [*(s.point for s in found.steps if s.point.formula), *loss_bridge.later_gaps(dataset, found)]


def _unaccounted(dataset: Dataset, company: str) -> list[DataPoint]:
    found = [
        mix.unaccounted(dataset, company, "product", p, headline(dataset, company, "revenue_share", p, segment="c_end"))
        for p in mix.periods_with(dataset, company, "product")
    ]  # fmt: skip
    return [point for point in found if point is not None]


def _ratio(metric: str, measure: str) -> Derive:
    return lambda dataset, company: margins.ratio_to_revenue(dataset, company, metric, measure)


def _multiples(dataset: Dataset, company: str) -> list[DataPoint]:
    rates = _rates(dataset)
    return [
        valuation.price_to_sales(dataset, company, cap, basis, rates)
        for cap in valuation.market_values(dataset, company) for basis in valuation.REVENUE_BASES
    ]  # fmt: skip


def _steps(dataset: Dataset, company: str) -> list[DataPoint]:
    rates = _rates(dataset)
    found = [valuation.step_up(dataset, company, cap, rates) for cap in valuation.market_values(dataset, company)]
    return [point for point in found if point is not None]


def _offer_values(dataset: Dataset, company: str) -> list[DataPoint]:
    found = [valuation.at_offer_price(dataset, company, stage) for stage in ("before_offering", "at_listing")]
    return [point for point in found if point is not None]


def _rest(dataset: Dataset, company: str) -> list[DataPoint]:
    found = [ownership.remainder(dataset, company, stage) for stage in ownership.stages(dataset, company)]
    return [point for point in found if point is not None]


def _leverage(dataset: Dataset, company: str) -> list[DataPoint]:
    return [p for stage in ownership.stages(dataset, company) for p in control.vote_leverage(dataset, company, stage)]


def _with_rates(compute: Callable[[Dataset, str, Rates], list[DataPoint]]) -> Derive:
    return lambda dataset, company: compute(dataset, company, _rates(dataset))


def _sum(metric: str, measure: str) -> Derive:
    return lambda dataset, company: implied_lines.cumulated(dataset, company, metric, measure)


DERIVED: Final[tuple[Derived, ...]] = (
    Derived("revenue_growth", growth.growth_points),
    Derived("segment_growth", _segment_growth),
    Derived("revenue_implied_prior", _prior),
    Derived("revenue_implied_prior_by_segments", part_years.prior_by_segments),
    Derived("revenue_ltm", lambda d, c: [bases.ltm(d, c)]),
    Derived("revenue_per_month", lambda d, c: [bases.per_month(d, c)]),
    Derived("revenue_annualised", lambda d, c: [bases.annualised(d, c)]),
    Derived("revenue_persisting", part_years.estimates),
    Derived("backtest", part_years.backtests),
    Derived("revenue_rest_of_year", part_years.rest_of_year),
    Derived("revenue_growth_cross_length", part_years.cross_length_growth),
    Derived("pace_change", part_years.pace_change),
    Derived("parts_of_revenue", _parts),
    Derived("unaccounted_share", _unaccounted),
    Derived("revenue_elsewhere", implied_lines.elsewhere),
    Derived("gross_margin", lambda d, c: [p for p in margins.margin_points(d, c) if p.formula]),
    Derived("gross_margin_change", implied_lines.margin_change),
    Derived("gross_margin_rest_of_year", implied_lines.rest_of_year_margin),
    Derived("segment_margin", _segment_margins),
    Derived("gross_profit_implied", implied_lines.gross_profit),
    Derived("gross_profit_share", implied_lines.gross_profit_shares),
    Derived("adjusted_loss_to_revenue", _ratio("adjusted_net_loss", "adjusted_loss_to_revenue")),
    Derived("net_loss_to_revenue", _ratio("net_loss", "net_loss_to_revenue")),
    Derived("loss_implied_prior", implied_lines.prior_losses),
    Derived("loss_to_revenue_change", implied_lines.loss_ratio_change),
    Derived("net_loss_cumulated", _sum("net_loss", "net_loss_cumulated")),
    Derived("cash_burn_cumulated", _sum("cash_burn", "cash_burn_cumulated")),
    Derived("research_to_revenue", _ratio("research_and_development", "research_to_revenue")),
    Derived("research_implied", implied_lines.research),
    Derived("spending_to_revenue", spending.all_spending),
    Derived("loss_bridge", _loss_bridge),
    Derived("gross_margin_by_identity", _identities),
    Derived("incremental_loss", unit_economics.incremental_loss),
    Derived("incremental_net_loss", unit_economics.incremental_net_loss),
    Derived("burn_multiple", unit_economics.burn_multiple),
    Derived("burn_multiple_assumed", unit_economics.burn_multiple_assumed),
    Derived("payer_ratio", unit_economics.payer_ratio),
    Derived("revenue_per_payer", unit_economics.revenue_per_payer),
    Derived("revenue_per_payer_month", unit_economics.revenue_per_payer_month),
    Derived("revenue_per_user_month", unit_economics.revenue_per_user_month),
    Derived("base_of_multiple", unit_economics.bases_of_multiples),
    Derived("growth_behind_multiple", unit_economics.growth_behind_multiples),
    Derived("revenue_per_employee", unit_economics.revenue_per_employee),
    Derived("revenue_per_employee_annualised", unit_economics.revenue_per_employee_annualised),
    Derived("research_headcount", unit_economics.research_headcount),
    Derived("average_receivables", unit_economics.average_receivables),
    Derived("region_concentration", unit_economics.region_concentration),
    Derived("customer_concentration", implied_lines.customer_concentration),
    Derived("holder_concentration", unit_economics.holder_concentration),
    Derived("runway", lambda d, c: [cell.point for cell in runway.matrix(d, c)]),
    Derived("runway_with_proceeds", _with_rates(runway_readings.with_proceeds)),
    Derived("runway_latest", runway_readings.latest_months),
    Derived("burn_needed", runway_readings.burn_needed),
    Derived("burn_to_adjusted_loss", runway_readings.burn_to_adjusted_loss),
    Derived("without_wealth_products", runway_readings.without_wealth_products),
    Derived("cash_implied", runway_readings.implied_cash),
    Derived("runway_cash_implied", runway_readings.implied_cash_months),
    Derived("market_value", lambda d, c: [p for p in valuation.market_values(d, c) if p.formula]),
    Derived("market_value_bases", deal_arithmetic.market_value_bases),
    Derived("market_value_before_change", deal_arithmetic.value_before_first_day),
    Derived("price_change", deal_arithmetic.first_day_change),
    Derived("price_to_sales", _multiples),
    Derived("enterprise_value", _with_rates(market_arithmetic.enterprise_values)),
    Derived("step_up_to_market", _steps),
    Derived("round_step", funding_steps.round_steps),
    Derived("offer_step", _with_rates(funding_steps.offer_step)),
    Derived("value_at_offer_price", _offer_values),
    Derived("last_round_to_sales", market_arithmetic.round_to_sales),
    Derived("raised_in_rounds", deal_arithmetic.raised_in_rounds),
    Derived("implied_revenue", valuation.implied_revenue),
    Derived("target_comparison", _with_rates(market_arithmetic.targets)),
    Derived("price_implied", market_arithmetic.implied_prices),
    Derived("forecast_revenue_multiple", market_arithmetic.forecast_multiples),
    Derived("rate_implied", market_arithmetic.implied_rates),
    Derived("money_chased", lambda d, c: [valuation.money_chased(d, c, t) for t in ("public", "international")]),
    Derived("money_chased_by_rule", deal_arithmetic.demand_by_rule),
    Derived("clawback_share", deal_arithmetic.clawback),
    Derived("effective_multiple", deal_arithmetic.effective_multiple),
    Derived("tradable_share", deal_arithmetic.tradable),
    Derived("offer_in_all", offer_structure.offer_in_all),
    Derived("gross_in_all", offer_structure.gross_in_all),
    Derived("reallocated_shares", lambda d, c: [p for p in offer_structure.moved_to_public(d, c) if p.formula]),
    Derived("cornerstone_part", offer_structure.cornerstone_part),
    Derived("cost_part", offer_structure.cost_part),
    Derived("success_rate", offer_structure.success_rate),
    Derived("international_multiple", offer_structure.international_bases),
    Derived("float_parts", offer_structure.float_parts),
    Derived("unused_proceeds", offer_structure.unused_proceeds),
    Derived("dilution", deal_arithmetic.dilution),
    Derived("interest_diluted", deal_arithmetic.diluted_interests),
    Derived("vote_multiple", deal_arithmetic.vote_multiples),
    Derived("votes_at_listing", voting.votes_at_listing),
    Derived("other_ten_vote_interest", deal_arithmetic.other_ten_vote_shares),
    Derived("undisclosed_rest", _rest),
    Derived("vote_leverage", _leverage),
    Derived("special_class", control.special_class),
)
"""Every derived measure, in reading order."""


def derived_points(dataset: Dataset, company: str | None = None) -> list[tuple[str, DataPoint]]:
    """Return every derived data point with the id of its measure, for one company or all.

    Args:
        dataset: The evidence.
        company: Company id; all if not given.
    """
    chosen = [company] if company else list(dataset.companies)
    return [(measure.id, point) for name in chosen for measure in DERIVED for point in measure.compute(dataset, name)]


@lru_cache(maxsize=64)
def derived_of(dataset: Dataset, company: str) -> tuple[DataPoint, ...]:
    """Return the derived data points of one company, computed once per evidence."""
    return tuple(point for _, point in derived_points(dataset, company))
