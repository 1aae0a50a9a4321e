"""Which exhibits stand on which page, in which order; the pages, exports, command line and tests all read this."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, cast

from ipo_data.analysis.ledger import RULES
from ipo_data.dataset import Dataset
from ipo_data.errors import UnknownNameError
from ipo_data.exhibits import (
    answers,
    bridges,
    control,
    deal_terms,
    growth,
    ledger,
    mix,
    offering,
    overview,
    ownership,
    price,
    profitability,
    reconciliation,
    reliance,
    runway,
    runway_backtest,
    runway_drivers,
    runway_scenarios,
    runway_table,
    since_listing,
    sources,
    statements,
    unit_economics,
    valuation,
)
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit, KeyFigure, View

Builder = Callable[[Context], Exhibit]
CompanyBuilder = Callable[[str], Builder]
"""Returns the builder of one company's exhibit."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the dashboard.

    Attributes:
        id: File stem and URL path.
        section: Navigation section id.
        icon: Material icon name.
        exhibits: Exhibit builders by id, in reading order; ids that hold ``{company}`` stand once per company.
        answer: Writes the page's answer in one paragraph.
        key_figures: Returns at most four headline figures.
        options: Page options by name with their allowed values, the default first.
        data_options: Page options whose allowed values depend on the data; the default comes first as well.
        reads: The options that an exhibit reads, by its id; exhibits that are not named may read all of them.
    """

    id: str
    section: str
    icon: str
    exhibits: tuple[tuple[str, Builder | CompanyBuilder], ...]
    answer: Callable[[Context], str]
    key_figures: Callable[[Context], list[KeyFigure]] = answers.no_figures
    options: tuple[tuple[str, tuple[str, ...]], ...] = ()
    data_options: tuple[tuple[str, Callable[[Dataset], tuple[str, ...]]], ...] = ()
    reads: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def codes(self, dataset: Dataset) -> dict[str, tuple[str, ...]]:
        """Return the allowed values of every option, the default first."""
        return dict(self.options) | {name: codes(dataset) for name, codes in self.data_options}


_BURN_SHARES: Final = tuple(str(share) for share in (100, *range(10, 100, 10), *range(110, 310, 10)))

PAGES: Final[tuple[Page, ...]] = (
    Page(
        "overview", "compare", "dashboard",
        (("key-figures", overview.key_table), ("one-footing", growth.firms_on_one_footing),
         ("segments", mix.segments), ("loss-ratio", profitability.loss_ratio), ("multiples", valuation.multiples),
         ("since-listing", since_listing.changes), ("events", overview.events)),
        answers.overview, answers.overview_figures,
    ),
    Page(
        "growth", "compare", "trending_up",
        (("one-footing", growth.firms_on_one_footing), ("revenue-spans", growth.revenue_spans),
         ("growth-rates", growth.growth_rates), ("segment-growth", growth.segment_growth),
         ("mau", growth.mau_path), ("users", growth.users)),
        answers.growth, answers.growth_figures,
    ),
    Page(
        "mix", "compare", "donut_small",
        (("segments", mix.segments), ("products", mix.products), ("geography", mix.geography),
         ("concentration", mix.concentration)),
        answers.mix, answers.mix_figures,
    ),
    Page(
        "profitability", "compare", "stacked_line_chart",
        (("gross-margin", profitability.gross_margin), ("margin-bridge", bridges.margin_bridge),
         ("segment-margins", profitability.segment_margins), ("loss-bridge-{company}", bridges.losses_of),
         ("spending", unit_economics.spending), ("loss-ratio", profitability.loss_ratio),
         ("incremental-loss", unit_economics.incremental), ("losses", profitability.losses),
         ("research", profitability.research), ("unit-economics", unit_economics.economics)),
        answers.profitability, answers.profitability_figures,
    ),
    Page(
        "runway", "cash", "hourglass_bottom",
        (("runway-matrix-{company}", runway.matrix_of), ("runway-what-if", runway.what_if),
         ("runway-scenarios", runway_scenarios.scenarios), ("runway-fan", runway_scenarios.fan),
         ("runway-tornado-{company}", runway_drivers.sensitivity_of), ("runway-reverse", runway_drivers.must_be_true),
         ("runway-backtest", runway_backtest.back_test), ("runway-inputs", runway_table.inputs)),
        answers.runway, answers.runway_figures,
        (("burn", _BURN_SHARES), ("liquidity", ("company_definition", "cash_and_investments", "cash_only")),
         ("burn_definition", ("company", "assumed", "realised", "operating", "adjusted_loss")),
         ("scenario", ("base", "flat", "bull", "bear", "stress", "wide")),
         ("lines", ("no", "yes")), ("offer", ("no", "yes")),
         ("rd", ("preset", *(f"{share / 2:g}" for share in range(-4, 13)))),
         ("compute", ("preset", *(str(share) for share in range(-50, 110, 10)))),
         ("growth", ("preset", *(str(share) for share in range(0, 325, 25))))),
    ),
    Page(
        "offering", "deal", "campaign",
        (("subscription", offering.subscription), ("international-bases", offering.international_bases),
         ("terms", deal_terms.terms), ("share-flow", deal_terms.share_flow), ("proceeds", offering.proceeds),
         ("free-float", deal_terms.free_float), ("cornerstones", offering.cornerstones),
         ("use-of-proceeds", deal_terms.use_of_proceeds), ("deal-dates", deal_terms.deal_dates),
         ("first-day", offering.first_day)),
        answers.offering, answers.offering_figures,
    ),
    Page(
        "ownership", "deal", "groups",
        (("control-split", control.split), ("holders-{company}", ownership.holders_of),
         ("special-shares", control.special_shares), ("control-sandbox", control.sandbox),
         ("dilution", control.dilution), ("funding", ownership.funding), ("round-steps", ownership.steps)),
        answers.ownership, answers.ownership_figures, control.OPTIONS,
    ),
    Page(
        "valuation", "deal", "price_check",
        (("value-path", valuation.value_path), ("multiples", valuation.multiples), ("solver", price.solver),
         ("growth-needed-{company}", price.growth_needed_of), ("enterprise-value", price.enterprise),
         ("step-up", valuation.steps), ("targets", valuation.targets), ("lock-ups", price.lock_ups)),
        answers.valuation, answers.valuation_figures, price.OPTIONS,
    ),
    Page(
        "reconciliation", "evidence", "rule",
        (("rival-figures", reconciliation.rival_figures), ("ledger-deviations", ledger.deviations),
         ("ledger", ledger.tested_figures), ("statements", statements.statements_in_words),
         ("look-alikes", reconciliation.look_alikes), ("untested", ledger.untested_figures)),
        answers.reconciliation, answers.reconciliation_figures,
        (("verdict", ledger.VERDICT_CODES), ("topic", ledger.TOPIC_CODES),
         ("rule", ("all", *dict.fromkeys(rule.id for rule in RULES)))),
        (("rows", ledger.part_codes),),
        (("rival-figures", ()), ("ledger-deviations", ("verdict", "topic", "rule")), ("statements", ()),
         ("look-alikes", ()), ("untested", ())),
    ),
    Page(
        "sources", "evidence", "library_books",
        (("resting", reliance.resting_on_one), ("left-out", reliance.left_out), ("coverage", sources.coverage),
         ("all-claims", sources.all_claims), ("documents", sources.documents)),
        answers.sources, answers.no_figures,
        (("about", sources.TOPIC_CODES),),
        (("document", reliance.document_codes), ("metric", sources.metric_codes), ("period", sources.period_codes),
         ("left", reliance.left_codes), ("claims", sources.claim_codes)),
        (("resting", ()), ("left-out", ("document", "left")), ("coverage", ("about",)),
         ("all-claims", ("about", "metric", "document", "period", "claims")), ("documents", ())),
    ),
)  # fmt: skip
"""All pages in navigation order; the first is the default page."""

SECTIONS: Final = tuple(dict.fromkeys(page.section for page in PAGES))


def page(name: str) -> Page:
    """Return the page of this id.

    Raises:
        UnknownNameError: If there is none.
    """
    for candidate in PAGES:
        if candidate.id == name:
            return candidate
    raise UnknownNameError("page", name, [p.id for p in PAGES])


def read_by(view: View, page_id: str, name: str) -> View:
    """Return the view as far as an exhibit reads it: without the page's options that it does not read.

    Args:
        view: The view.
        page_id: Page the exhibit stands on.
        name: Exhibit id.
    """
    known = dict(page(page_id).reads)
    if name not in known:
        return view
    return replace(view, options=tuple(pair for pair in view.options if pair[0] in known[name]))


def exhibit_ids(chosen: Page, companies: list[str]) -> list[str]:
    """Return the ids of a page's exhibits for some companies, in reading order."""
    found: list[str] = []
    for name, _ in chosen.exhibits:
        found += [name.format(company=c) for c in companies] if "{company}" in name else [name]
    return found


def build(context: Context, chosen: Page, name: str) -> Exhibit:
    """Build one exhibit of a page.

    Raises:
        UnknownNameError: If the page has no exhibit of this id.
    """
    for pattern, builder in chosen.exhibits:
        if pattern == name:
            return cast("Builder", builder)(context)
        if "{company}" in pattern:
            for company in context.companies:
                if pattern.format(company=company) == name:
                    return cast("CompanyBuilder", builder)(company)(context)
    raise UnknownNameError(f"exhibit of page {chosen.id}", name, exhibit_ids(chosen, context.companies))
