"""How an offer is put together: options, tranches, cornerstones, what trades on the first day, and who pays for it."""

from collections.abc import Sequence
from typing import Final

from ipo_data.analysis.points import DataPoint, Term, derived, headline, quotient, shown_term, stated, sum_of, term_of
from ipo_data.dataset import Dataset, Fact

_ONE = Term.number(1)
_TRANCHES: Final = ("public", "international")
_INTERNATIONAL_PART: Final = Term.number(80).fraction()
"""What is left for the international tranche once the public's part is at its highest, 20 %."""


def shares(dataset: Dataset, company: str, stage: str, tranche: str = "") -> Term | None:
    """Return the shares of the offer, or of a tranche, at a stage: stated, or the sum of the two tranches."""
    dimensions = {"offer_stage": stage, **({"tranche": tranche} if tranche else {})}
    own = headline(dataset, company, "offer_shares", None, **dimensions)
    if own is not None or tranche:
        return own
    parts = [headline(dataset, company, "offer_shares", None, offer_stage=stage, tranche=t) for t in _TRANCHES]
    known = [part for part in parts if part is not None]
    return sum_of(known) if len(known) == len(parts) else None


def _with_options(dataset: Dataset, company: str) -> Term | None:
    options = [headline(dataset, company, metric) for metric in ("offer_size_adjustment", "over_allotment")]
    known = [option for option in options if option is not None]
    first = shares(dataset, company, "initial")
    return sum_of([first, *known]) if first is not None and known else None


def offer_in_all(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the offer with every option that was used: first size + size adjustment + over-allotment."""
    found = _with_options(dataset, company)
    return [derived(found, company, "offer_in_all", "shares")] if found is not None else []


def gross_in_all(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return what the offer raises if every option is exercised in full: shares with all options × offer price."""
    found, price = _with_options(dataset, company), headline(dataset, company, "offer_price", unit="HKD")
    return [derived(found * price, company, "gross_in_all", "HKD")] if found is not None and price is not None else []


def moved_to_public(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the shares moved to the public tranche: stated, or final − first public shares."""
    fact = dataset.find(company, "reallocated_shares")
    if fact is not None and fact.shown is not None:
        return stated(fact)
    final, first = (shares(dataset, company, stage, "public") for stage in ("final", "initial"))
    return [derived(final - first, company, "reallocated_shares", "shares")] if final and first else []


def cornerstone_part(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return the part of the final offer, before over-allotment, that cornerstone investors took, in percent."""
    bound = headline(dataset, company, "cornerstone_shares")
    offered = shares(dataset, company, "final") or shares(dataset, company, "initial")
    ratio = quotient(bound, offered)
    return [derived(ratio.percent(), company, "cornerstone_part", "percent")] if ratio is not None else []


def largest_cornerstone(amounts: Sequence[DataPoint], count: DataPoint) -> list[DataPoint]:
    """Return the largest cornerstone's part of all cornerstones' money, in percent; only if every one is listed.

    Args:
        amounts: What the cornerstones of one company committed to, in one currency.
        count: How many there are.
    """
    known = [p for p in amounts if p.value is not None]
    if not known or len(known) != count.value or len({p.unit for p in known}) != 1:
        return []
    terms = sorted((term_of(point) for point in known), key=lambda term: -term.value)
    ratio = quotient(terms[0], sum_of(terms))
    return [derived(ratio.percent(), count.company, "largest_cornerstone_part", "percent")] if ratio is not None else []


def cost_part(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return (gross − net proceeds) ÷ gross for every state of the options that states both, in percent."""
    points = []
    for gross in dataset.select(company, "gross_proceeds", unit="any"):
        net = dataset.find(company, "net_proceeds", unit=gross.unit.code, **gross.dimensions)
        if gross.shown is None or net is None or net.shown is None or not shown_term(gross).is_positive:
            continue
        # 1 − net ÷ gross has each input once, so that the interval is not widened
        term = (_ONE - shown_term(net) / shown_term(gross)).percent()
        points.append(derived(term, company, "cost_part", "percent", dimensions=gross.dimensions))
    return points


def success_rate(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return successful ÷ valid applications of the public tranche, in percent: who got any share at all."""
    metrics = ("valid_applications", "successful_applications")
    valid, successful = (headline(dataset, company, metric, tranche="public") for metric in metrics)
    ratio = quotient(successful, valid)
    return [derived(ratio.percent(), company, "success_rate", "percent")] if ratio is not None else []


def international_bases(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return international demand over each base a press figure may rest on.

    Demand is the stated multiple × the shares first in the tranche. The bases leave the cornerstones out, at the sizes
    the tranche had: as first sized, with the size adjustment, final with over-allotment, and 80 % of the adjusted offer
    with over-allotment, which is what the tranche would be with the public at 20 % of the whole.
    """
    multiple = headline(dataset, company, "subscription_multiple", tranche="international")
    first = shares(dataset, company, "initial", "international")
    bound = headline(dataset, company, "cornerstone_shares")
    if multiple is None or first is None or bound is None:
        return []
    points = []
    for base, size in _tranche_sizes(dataset, company, first).items():
        ratio = quotient(multiple * first, size - bound)
        if ratio is not None:
            dimensions = {"tranche": "international", "base": base}
            points.append(derived(ratio, company, "international_multiple", "x", dimensions=dimensions))
    return points


def _tranche_sizes(dataset: Dataset, company: str, first: Term) -> dict[str, Term]:
    larger, extra = (headline(dataset, company, m) for m in ("offer_size_adjustment", "over_allotment"))
    final, whole = shares(dataset, company, "final", "international"), shares(dataset, company, "initial")
    sizes = {"first_less_cornerstones": first}
    if larger is not None:
        sizes["adjusted_less_cornerstones"] = first + larger
    if final is not None and extra is not None:
        sizes["final_less_cornerstones"] = final + extra
    if whole is not None and larger is not None and extra is not None:
        sizes["eighty_less_cornerstones"] = _INTERNATIONAL_PART * (whole + larger) + extra
    return sizes


def float_parts(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return who held the shares in issue at listing, in percent: holders before, cornerstones, and the rest.

    The rest is all that could trade on the first day if nobody else sold; over-allotment comes later.
    """
    issued = _at_listing(dataset, company)
    offered = shares(dataset, company, "final") or shares(dataset, company, "initial")
    bound = headline(dataset, company, "cornerstone_shares")
    if issued is None or offered is None or bound is None or not shown_term(issued).is_positive:
        return []
    whole = shown_term(issued)
    parts = {"held_before": whole - offered, "with_cornerstones": bound, "free_on_first_day": offered - bound}
    return [
        derived((term / whole).percent(), company, name, "percent", issued.instant) for name, term in parts.items()
    ]  # fmt: skip


def _at_listing(dataset: Dataset, company: str) -> Fact | None:
    facts = dataset.select(company, "shares_in_issue")
    return next((f for f in facts if f.dimensions.get("stage") == "at_listing" and f.shown), None)


def unused_proceeds(dataset: Dataset, company: str) -> list[DataPoint]:
    """Return 100 − all stated uses of proceeds, in percent, where something is left; parts of a group count once."""
    facts = [f for f in dataset.select(company, "use_of_proceeds") if f.shown]
    groups = dataset.companies[company].groups.get("use", {})
    named = {f.dimensions.get("use", "") for f in facts}
    inside = {part for group, parts in groups.items() if group in named for part in parts}
    top = [Term.of(f) for f in facts if f.dimensions.get("use") not in inside]
    if not top:
        return []
    rest = Term.number(100) - sum_of(top)
    if rest.interval.low <= 0:
        return []
    return [derived(rest, company, "use_of_proceeds", "percent", dimensions={"use": "not_itemised"})]
