"""Which exhibits stand on which page, in which order; the pages, exports, command line and tests all read this."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, cast

from ipo_data.analysis.ledger import RULES
from ipo_data.charts.markup import only_own_markup
from ipo_data.charts.narrow import narrowed
from ipo_data.dataset import Dataset
from ipo_data.errors import UnknownNameError
from ipo_data.exhibits import (
    answers,
    bridges,
    control,
    deal_terms,
    gaps,
    growth,
    growth_ahead,
    ledger,
    mix,
    mix_parts,
    offering,
    overview,
    overview_answer,
    ownership,
    price,
    profitability,
    reconciliation,
    reliance,
    runway,
    runway_backtest,
    runway_bridge,
    runway_drivers,
    runway_fan,
    runway_heat,
    runway_run,
    runway_scenarios,
    runway_table,
    since_listing,
    sources,
    statements,
    unit_economics,
    valuation,
)
from ipo_data.exhibits.absent import absence_note
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit, KeyFigure, View

Builder = Callable[[Context], Exhibit]
CompanyBuilder = Callable[[str], Builder]
"""Returns the builder of one company's exhibit."""


@dataclass(frozen=True, slots=True)
class TextOption:
    """A page option that is free text.

    Attributes:
        name: Name in links.
        default: Value when absent.
        accepts: Tells whether a text is a value; what it asks for is judged where it is used.
        form: A correct value, for complaints.
    """

    name: str
    default: str
    accepts: Callable[[str], bool]
    form: str


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
        several: Page options of which several codes may be chosen: name, allowed codes, codes chosen by default.
        texts: Page options that are free text.
        answer_reads: The options that the answer and the key figures read.
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
    several: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = ()
    texts: tuple[TextOption, ...] = ()
    answer_reads: tuple[str, ...] = ()

    def codes(self, dataset: Dataset) -> dict[str, tuple[str, ...]]:
        """Return the allowed values of every option, the default first."""
        return dict(self.options) | {name: codes(dataset) for name, codes in self.data_options}

    def defaults(self, dataset: Dataset) -> tuple[tuple[str, str], ...]:
        """Return every option with its default, as a view holds them."""
        return (
            *((name, codes[0]) for name, codes in self.codes(dataset).items()),
            *((name, ",".join(chosen)) for name, _, chosen in self.several),
            *((text.name, text.default) for text in self.texts),
        )


_PROJECTED: Final = runway_run.SCENARIO_OPTIONS
_RUNWAY_READS: Final = (
    ("runway-matrix-{company}", ()),
    ("runway-bridge-{company}", ()),
    ("runway-what-if", ("burn", "liquidity", "burn_definition", "set")),
    ("runway-scenarios", (*_PROJECTED, "overlay")),
    ("runway-fan", (*_PROJECTED, "jump")),
    ("runway-tornado-{company}", _PROJECTED),
    ("runway-heat-{company}", (*_PROJECTED, "x", "y")),
    ("runway-reverse", _PROJECTED),
    ("runway-backtest", _PROJECTED),
    ("runway-inputs", _PROJECTED),
)
_BURN_SHARES: Final = tuple(str(share) for share in (100, *range(10, 100, 10), *range(110, 310, 10)))

PAGES: Final[tuple[Page, ...]] = (
    Page(
        "overview", "compare", "dashboard",
        (("key-figures", overview.key_table), ("one-footing", growth.firms_on_one_footing),
         ("segments", mix.segments), ("loss-ratio", profitability.loss_ratio), ("value-path", valuation.value_path),
         ("since-listing", since_listing.changes), ("events", overview.events)),
        overview_answer.overview, answers.overview_figures,
    ),
    Page(
        "growth", "compare", "trending_up",
        (("one-footing", growth.firms_on_one_footing), ("revenue-spans", growth.revenue_spans),
         ("ltm-path", growth_ahead.ltm_path), ("growth-rates", growth.growth_rates),
         ("segment-growth", growth.segment_growth), ("year-range", growth_ahead.year_range),
         ("year-backtest", growth_ahead.back_test), ("mau", growth.mau_path), ("users", growth.users),
         ("tokens", growth.tokens)),
        answers.growth, answers.growth_figures,
    ),
    Page(
        "mix", "compare", "donut_small",
        (("segments", mix.segments), ("segment-slope", mix.segment_slope), ("segment-history", mix.segment_history),
         ("products", mix_parts.products), ("channels", mix_parts.channels), ("geography", mix_parts.geography),
         ("concentration", mix_parts.concentration)),
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
        (("runway-matrix-{company}", runway.matrix_of), ("runway-bridge-{company}", runway_bridge.bridge_of),
         ("runway-what-if", runway.what_if),
         ("runway-scenarios", runway_scenarios.scenarios), ("runway-fan", runway_fan.fan),
         ("runway-tornado-{company}", runway_drivers.sensitivity_of), ("runway-heat-{company}", runway_heat.heat_of),
         ("runway-reverse", runway_drivers.must_be_true),
         ("runway-backtest", runway_backtest.back_test), ("runway-inputs", runway_table.inputs)),
        answers.runway, answers.runway_figures,
        (("burn", _BURN_SHARES), ("liquidity", ("company_definition", "cash_and_investments", "cash_only")),
         ("burn_definition", ("company", "assumed", "realised", "operating", "adjusted_loss")),
         ("scenario", ("base", "flat", "bull", "bear", "stress", "wide")),
         ("lines", ("no", "yes", "draw")), ("offer", ("no", "yes")), ("jump", ("no", "yes")),
         ("rd", ("preset", *(f"{share / 2:g}" for share in range(-4, 13)))),
         ("compute", ("preset", *(str(share) for share in range(-50, 110, 10)))),
         ("growth", ("preset", *(str(share) for share in range(0, 325, 25))))),
        reads=_RUNWAY_READS,
        several=(("overlay", runway_scenarios.PRESETS, runway_scenarios.SCENARIOS),),
        texts=(
            TextOption("set", "", runway_run.is_own_text, "minimax.r_and_d.growth:0.03"),
            *(TextOption(side, name, runway_heat.is_input, name) for side, name in runway_heat.DEFAULTS.items()),
        ),
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
        answers.ownership, answers.ownership_figures, control.OPTIONS, answer_reads=("stage",),
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
        (("resting", reliance.resting_on_one), ("coverage", sources.coverage), ("left-out", reliance.left_out),
         ("gaps", gaps.comparability), ("all-claims", sources.all_claims), ("documents", sources.documents)),
        answers.sources, answers.sources_figures,
        (("about", sources.TOPIC_CODES), ("missing", gaps.PART_CODES)),
        (("document", reliance.document_codes), ("metric", sources.metric_codes), ("period", sources.period_codes),
         ("left", reliance.left_codes), ("claims", sources.claim_codes)),
        (("resting", ()), ("left-out", ("document", "left")), ("gaps", ("about", "missing")),
         ("coverage", ("about",)),
         ("all-claims", ("about", "metric", "document", "period", "claims")), ("documents", ())),
    ),
)  # fmt: skip
"""All pages in navigation order; the first is the default page."""

_EVIDENCE: Final = "evidence"
"""Section of pages on documents, where a company that is not mentioned lacks nothing."""
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
    known = _options_read(page_id, name)
    return view if known is None else replace(view, options=tuple(pair for pair in view.options if pair[0] in known))


@lru_cache(maxsize=1_024)
def _options_read(page_id: str, name: str) -> tuple[str, ...] | None:
    return options_read(page(page_id), name)


def options_read(chosen: Page, name: str) -> tuple[str, ...] | None:
    """Return the options that an exhibit reads; ``None`` if it may read all of them."""
    return next((options for pattern, options in chosen.reads if _matches(pattern, name)), None)


def exhibit_ids(chosen: Page, companies: list[str]) -> list[str]:
    """Return the ids of a page's exhibits for some companies, in reading order."""
    return [exhibit for name, _ in chosen.exhibits for exhibit in expanded(name, companies)]


def expanded(pattern: str, companies: list[str]) -> list[str]:
    """Return the ids an exhibit has: one per company if its id holds ``{company}``."""
    return [pattern.format(company=company) for company in companies] if "{company}" in pattern else [pattern]


def _matches(pattern: str, name: str) -> bool:
    before, company, after = pattern.partition("{company}")
    return name == pattern or bool(company and name.startswith(before) and name.endswith(after))


def build(context: Context, chosen: Page, name: str) -> Exhibit:
    """Build one exhibit of a page.

    Raises:
        UnknownNameError: If the page has no exhibit of this id.
    """
    for pattern, builder in chosen.exhibits:
        if pattern == name:
            exhibit = cast("Builder", builder)(context)
            return _finished(context, _with_absent(context, exhibit) if chosen.section != _EVIDENCE else exhibit)
        if "{company}" in pattern:
            for company in context.companies:
                if pattern.format(company=company) == name:
                    return _finished(context, cast("CompanyBuilder", builder)(company)(context))
    raise UnknownNameError(f"exhibit of page {chosen.id}", name, exhibit_ids(chosen, context.companies))


def _with_absent(context: Context, exhibit: Exhibit) -> Exhibit:
    """Return an exhibit that compares companies with a note on those it says nothing about."""
    note = absence_note(context, exhibit)
    return exhibit if note is None else replace(exhibit, notes=(note, *exhibit.notes))


def _finished(context: Context, exhibit: Exhibit) -> Exhibit:
    """Return an exhibit whose chart shows texts of records as text and fits the reader's window."""
    if exhibit.figure is None:
        return exhibit
    chart = only_own_markup(exhibit.figure)
    return replace(exhibit, figure=narrowed(chart, context.look) if context.view.narrow else chart)
