"""What holds for any part of the evidence, any order of it, and any value behind the printed digits."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import groupby
from pathlib import Path
from random import Random
from shutil import copytree
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipo_data.analysis.derived_figures import derived_points
from ipo_data.analysis.ledger import ledger, narratives, untested
from ipo_data.analysis.points import DataPoint
from ipo_data.analysis.reconciliation import conflicts
from ipo_data.dataset import Dataset
from ipo_data.loading import company_folders
from ipo_data.loading.loader import load_records
from ipo_data.model.claim import Claim
from ipo_data.paths import ROOT
from ipo_data.quantities import Bound
from ipo_data.units import UnitKind
from tests.analysis.figures import with_claims
from tests.builders import make_claim, make_company, make_dataset

WHOLE = Dataset(load_records(ROOT / "seeds"))
ARTICLES = WHOLE.restricted(lambda source: source.collection == "articles")
SOURCES = sorted(WHOLE.sources)
DATES = sorted({source.published_on.last for source in WHOLE.sources.values()})


# --- random evidence --------------------------------------------------------------------------------------------------


def leaks(dataset: Dataset, points: list[tuple[str, DataPoint]]) -> list[str]:
    """Return everything that draws on a document outside the evidence."""
    claims, facts = set(dataset.claim_by_id), set(dataset.fact_by_id)
    rates = {rate.id for rate in dataset.rates}
    found = [c.id for f in dataset.facts for c in f.claims if c.source not in dataset.evidence]
    for name, point in points:
        if not (set(point.claims) <= claims and set(point.facts) <= facts and set(point.rate.split()) <= rates):
            found.append(f"derived {name} {point.formula}")
    for row in ledger(dataset):
        inputs = row.computed.claims if row.computed else frozenset()
        if row.claim.id not in claims or not inputs <= claims:
            found.append(row.id)
    found += [item.claim.id for item in untested(dataset) if item.claim.id not in claims]
    for statement in narratives(dataset):
        inside = set(statement.claims) <= claims and set(statement.facts) <= facts
        if not inside or statement.statement.source not in dataset.evidence:
            found.append(statement.id)
    return found + [f.id for f in conflicts(dataset) if f.id not in facts]


def values_outside(points: list[tuple[str, DataPoint]]) -> list[str]:
    return [
        f"{name}: {p.value} not in {p.interval}"
        for name, p in points
        if p.value is not None and (p.interval is None or not p.interval.contains(p.value))
    ]


def check(dataset: Dataset) -> None:
    points = derived_points(dataset)
    assert leaks(dataset, points) == []
    assert values_outside(points) == []


subsets = st.sets(st.sampled_from(SOURCES), max_size=len(SOURCES) // 2)


@settings(max_examples=7)
@given(subsets, st.booleans())
def test_nothing_draws_on_documents_left_out(chosen: set[str], leave_out: bool):
    check(WHOLE.restricted(lambda source: (source.id in chosen) != leave_out))


@settings(max_examples=4)
@given(st.sampled_from(DATES))
def test_nothing_published_later_leaks_in(day: date):
    known = WHOLE.restricted(lambda source: source.published_on.last <= day)
    check(known)
    last = {name: source.published_on.last for name, source in WHOLE.sources.items()}
    assert all(last[claim.source] <= day for claim in known.claims)


@settings(max_examples=31)
@given(st.sets(st.sampled_from(sorted(ARTICLES.sources))))
def test_any_of_the_articles_will_do(chosen: set[str]):
    check(WHOLE.restricted(lambda source: source.id in chosen))


# --- random order -----------------------------------------------------------------------------------------------------


def shuffled(dataset: Dataset, seed: int) -> Dataset:
    turned = with_claims(dataset)
    claims = list(turned.claims)
    Random(seed).shuffle(claims)  # noqa: S311 - no secret
    turned.claims = tuple(claims)
    return turned


@cache
def everything_of(dataset: Dataset) -> tuple[object, ...]:
    return dataset.facts, derived_points(dataset), ledger(dataset), untested(dataset), narratives(dataset)


@settings(max_examples=25)
@given(st.integers(0, 10**6))
def test_the_order_of_claims_does_not_matter(seed: int):
    assert everything_of(shuffled(ARTICLES, seed)) == everything_of(ARTICLES)


@settings(max_examples=1)
@given(st.integers(0, 10**6))
def test_nor_does_it_for_all_documents(seed: int):
    assert everything_of(shuffled(WHOLE, seed)) == everything_of(WHOLE)


def outcome(dataset: Dataset) -> tuple[object, ...]:
    """Return everything computed, with claims by id: the same claim may stand in another line."""
    facts = [(f.id, [c.id for c in f.claims], f.status) for f in dataset.facts]
    rows = [(row.id, row.verdict, row.computed) for row in ledger(dataset)]
    said = [(row.id, row.verdict, row.margins) for row in narratives(dataset)]
    return facts, derived_points(dataset), rows, said, [item.claim.id for item in untested(dataset)]


def _paths_backwards(found: Iterable[Any]) -> list[Any]:
    items = sorted(found)
    return items[::-1] if items and isinstance(items[0], Path) else items


def test_the_order_of_files_and_lines_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Every run of claim lines stands upside down, and folders and files are read from the last to the first."""
    folder = copytree(ROOT / "seeds", tmp_path / "seeds")
    for path in folder.glob("companies/*/*.yaml"):
        runs = groupby(path.read_text("utf-8").splitlines(keepends=True), key=lambda line: line.startswith("  - {"))
        turned = [line for is_claims, lines in runs for line in (list(lines)[::-1] if is_claims else lines)]
        path.write_text("".join(turned), "utf-8")
    monkeypatch.setattr(company_folders, "sorted", _paths_backwards, raising=False)
    other = Dataset(load_records(folder))
    assert [claim.where for claim in other.claims] != [claim.where for claim in WHOLE.claims]
    assert outcome(other) == outcome(WHOLE)


# --- random values behind the printed digits --------------------------------------------------------------------------


def moved(claim: Claim, part: Fraction) -> Claim:
    """Return the claim with a value that would have been printed as it is: ``part`` of half a step away."""
    quantity = claim.quantity
    if quantity.day is not None or quantity.bound not in (Bound.EXACT, Bound.ABOUT):
        return claim
    value = quantity.value + quantity.step / 2 * part.numerator / part.denominator
    places = 0 if quantity.unit.kind in (UnitKind.COUNT, UnitKind.RANK) else 9
    value = round(value, places)
    if not quantity.rounding.contains(value) or (quantity.value >= 0 > value) or (quantity.value <= 100 < value):
        return claim
    unit = {"percent": "%", "x": "x"}.get(quantity.unit.code, f" {quantity.unit.code}")
    return _printed(claim, f"{value:.{places}f}{unit}")


def _printed(claim: Claim, says: str) -> Claim:
    timed = {"period": claim.period, "as_of": claim.as_of}
    stands = {"kind": str(claim.kind), "basis": str(claim.basis), "flags": [str(flag) for flag in claim.flags]}
    known = {name: value for name, value in timed.items() if value is not None}
    found = make_claim(
        claim.metric, says, source=claim.source, company=claim.company, **known, **stands, **dict(claim.dimensions)
    )
    return found.placed(claim.id, claim.where)


def one_claim_each(dataset: Dataset) -> Dataset:
    """Return the evidence with the headline of every fact alone; what is in dispute stays in dispute."""
    kept = {claim.id for f in dataset.facts for claim in ([f.shown] if f.shown else f.claims)}
    return with_claims(dataset, keep=lambda claim: claim.id in kept)


def by_key(dataset: Dataset) -> dict[object, DataPoint]:
    """Return the derived points that nothing else shares measure, period and breakdown with.

    What burn a claim of whole months needs is left out: it depends on how many digits are printed.
    """
    found: dict[object, list[DataPoint]] = {}
    for name, p in [pair for pair in derived_points(dataset) if pair[0] != "burn_needed"]:
        found.setdefault((p.company, name, p.measure, str(p.when), tuple(sorted(p.dimensions.items()))), []).append(p)
    return {key: points[0] for key, points in found.items() if len(points) == 1}


def escaped(before: dict[object, DataPoint], after: dict[object, DataPoint]) -> list[str]:
    found = []
    for key in before.keys() & after.keys():
        value, interval = after[key].value, before[key].interval
        if value is None or interval is None:
            continue
        slack = abs(value) * Decimal("1e-12")
        if not interval.low - slack <= value <= interval.high + slack:
            found.append(f"{key}: {value} not in [{interval.low}, {interval.high}]")
    return found


ONE_EACH = one_claim_each(ARTICLES)
INTERVALS = by_key(ONE_EACH)


@settings(max_examples=25)
@given(st.randoms(use_true_random=False))
def test_intervals_hold_what_any_value_behind_the_digits_gives(random: Random):
    parts = {claim.id: Fraction(random.randint(-999, 999), 1000) for claim in ONE_EACH.claims}
    other = with_claims(ONE_EACH, change=lambda claim: moved(claim, parts[claim.id]))
    assert escaped(INTERVALS, by_key(other)) == []
    computed = {row.id: row.computed for row in ledger(ONE_EACH)}
    for row in ledger(other):
        before = computed.get(row.id)
        if before is not None and row.computed is not None:
            slack = abs(row.computed.value) * Decimal("1e-12")
            assert before.interval.low - slack <= row.computed.value <= before.interval.high + slack, row.id


def test_the_same_for_all_documents():
    random = Random(20260112)  # noqa: S311 - no secret
    whole = one_claim_each(WHOLE)
    other = with_claims(whole, change=lambda claim: moved(claim, Fraction(random.randint(-999, 999), 1000)))
    assert sum(a.says != b.says for a, b in zip(whole.claims, other.claims, strict=True)) > 500
    assert escaped(by_key(whole), by_key(other)) == []


# --- random companies -------------------------------------------------------------------------------------------------

FIGURES = {
    "revenue": ("period", "USD"), "net_loss": ("period", "USD"), "adjusted_net_loss": ("period", "USD"),
    "gross_profit": ("period", "USD"), "cash_burn": ("period", "USD"), "mau": ("period", "persons"),
    "paying_users": ("period", "persons"), "liquidity": ("as_of", "USD"), "cash_and_equivalents": ("as_of", "USD"),
    "undrawn_facilities": ("as_of", "USD"), "employees": ("as_of", "persons"), "market_cap": ("as_of", "USD"),
    "shares_in_issue": ("as_of", "shares"), "post_money_valuation": ("as_of", "USD"),
}  # fmt: skip
RATIOS = {
    "revenue_growth": "%", "gross_margin": "%", "net_loss_growth": "%", "revenue_share": "%",
    "research_to_revenue": "x", "loss_to_revenue": "x", "mau_multiple": "x", "receivable_days": " days",
}  # fmt: skip
PERIODS = ("FY2023", "FY2024", "9M2024", "9M2025", "H1-2025", "Q3-2025", "FY2025", "FY2022..FY2024")
DAYS = ("2024-12-31", "2025-09-30", "2025-12-31", "2026-01-12")
hedges = st.sampled_from(["", "", "", "~", ">", "<", "<~"])
axes = st.sampled_from([{}, {}, {"segment": "c_end"}, {"segment": "b_end"}, {"product": "talkie"}])


@st.composite
def amounts(draw: st.DrawFn) -> Claim | None:
    metric, (timed, unit) = draw(st.sampled_from(sorted(FIGURES.items())))
    digits = draw(st.integers(0, 120))
    when = draw(st.sampled_from(PERIODS if timed == "period" else DAYS))
    scale = draw(st.sampled_from(["m", "k", ""]))
    return tried(metric, f"{draw(hedges)}{digits}{scale} {unit}", draw, timed, when)


@st.composite
def ratios(draw: st.DrawFn) -> Claim | None:
    metric, unit = draw(st.sampled_from(sorted(RATIOS.items())))
    says = f"{draw(hedges)}{draw(st.integers(-100, 100))}{unit}"
    return tried(metric, says, draw, "period", draw(st.sampled_from(PERIODS)))


def tried(metric: str, says: str, draw: st.DrawFn, timed: str, when: str) -> Claim | None:
    """Return the claim if it is one: metrics have limits and axes of their own."""
    source = draw(st.sampled_from(["one", "two"]))
    try:
        return make_claim(metric, says, source=source, **{timed: when}, **draw(axes))
    except ValueError:
        return None


@settings(max_examples=150)
@given(st.lists(st.one_of(amounts(), ratios()), max_size=25))
def test_whatever_documents_print_nothing_raises(found: list[Claim | None]):
    claims = {(*c.subject, c.source): c for c in found if c is not None}
    check(make_dataset(*claims.values(), companies=[make_company()]))


@pytest.mark.parametrize("company", ["minimax", "zhipu"])
def test_a_company_without_any_evidence_has_gaps(company: str):
    nothing = WHOLE.restricted(lambda source: False)
    points = derived_points(nothing, company)
    assert all(p.value is None and p.reason for _, p in points)
    assert ledger(nothing) == untested(nothing) == narratives(nothing) == ()
