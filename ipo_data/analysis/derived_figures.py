"""The registry of derived figures: every measure the product computes, by id, for any company."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ipo_data.analysis import growth, margins, mix, ownership, runway, unit_economics, valuation
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


def _rest(dataset: Dataset, company: str) -> list[DataPoint]:
    found = [ownership.remainder(dataset, company, stage) for stage in ownership.stages(dataset, company)]
    return [point for point in found if point is not None]


DERIVED: Final[tuple[Derived, ...]] = (
    Derived("revenue_growth", growth.growth_points),
    Derived("segment_growth", _segment_growth),
    Derived("revenue_implied_prior", _prior),
    Derived("revenue_ltm", lambda d, c: [growth.ltm(d, c)]),
    Derived("revenue_per_month", lambda d, c: [growth.per_month(d, c)]),
    Derived("revenue_annualised", lambda d, c: [growth.annualised(d, c)]),
    Derived("parts_of_revenue", _parts),
    Derived("unaccounted_share", _unaccounted),
    Derived("gross_margin", lambda d, c: [p for p in margins.margin_points(d, c) if p.formula]),
    Derived("segment_margin", _segment_margins),
    Derived("adjusted_loss_to_revenue", _ratio("adjusted_net_loss", "adjusted_loss_to_revenue")),
    Derived("net_loss_to_revenue", _ratio("net_loss", "net_loss_to_revenue")),
    Derived("research_to_revenue", _ratio("research_and_development", "research_to_revenue")),
    Derived("incremental_loss", unit_economics.incremental_loss),
    Derived("burn_multiple", unit_economics.burn_multiple),
    Derived("payer_ratio", unit_economics.payer_ratio),
    Derived("revenue_per_payer", unit_economics.revenue_per_payer),
    Derived("revenue_per_user_month", unit_economics.revenue_per_user_month),
    Derived("revenue_per_employee", unit_economics.revenue_per_employee),
    Derived("research_headcount", unit_economics.research_headcount),
    Derived("average_receivables", unit_economics.average_receivables),
    Derived("region_concentration", unit_economics.region_concentration),
    Derived("holder_concentration", unit_economics.holder_concentration),
    Derived("runway", lambda d, c: [cell.point for cell in runway.matrix(d, c)]),
    Derived("market_value", lambda d, c: [p for p in valuation.market_values(d, c) if p.formula]),
    Derived("price_to_sales", _multiples),
    Derived("step_up_to_market", _steps),
    Derived("implied_revenue", valuation.implied_revenue),
    Derived("money_chased", lambda d, c: [valuation.money_chased(d, c, t) for t in ("public", "international")]),
    Derived("undisclosed_rest", _rest),
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
