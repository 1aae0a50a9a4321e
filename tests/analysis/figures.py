"""Looking up what the product computes, and a small third company to compute it for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from ipo_data.analysis.currency import Rates, converted, rates_of
from ipo_data.analysis.derived_figures import derived_points
from ipo_data.analysis.ledger import LedgerRow, ledger
from ipo_data.analysis.point_frame import when_label
from ipo_data.analysis.points import DataPoint, stated
from ipo_data.dataset import Dataset
from ipo_data.loading.records import Records
from ipo_data.model.claim import Claim
from ipo_data.model.company import Company
from ipo_data.model.rate import FxRate
from tests.builders import make_claim, make_company, make_dataset, make_rate, make_source

MILLION = Decimal(10) ** 6


@dataclass(frozen=True, eq=False)
class Figures:
    """What the product computes from one body of evidence."""

    dataset: Dataset

    @cached_property
    def points(self) -> list[tuple[str, DataPoint]]:
        return derived_points(self.dataset)

    def all(self, company: str, measure: str, when: str | None = None, **dimensions: str) -> list[DataPoint]:
        """Return the derived points of a measure, or of the entry of the registry with that id."""
        return [
            p for name, p in self.points
            if p.company == company and measure in (p.measure, name) and (when is None or when_label(p.when) == when)
            and p.dimensions == dimensions
        ]  # fmt: skip

    def point(self, company: str, measure: str, when: str | None = None, **dimensions: str) -> DataPoint:
        found = [p for p in self.all(company, measure, when, **dimensions) if p.measure == measure]
        assert len(found) == 1, f"{company} {measure} {when} {dimensions}: {[(when_label(p.when), p) for p in found]}"
        return found[0]

    def value(self, company: str, measure: str, when: str | None = None, **dimensions: str) -> Decimal:
        value = self.point(company, measure, when, **dimensions).value
        assert value is not None
        return value

    def millions(self, company: str, measure: str, when: str | None = None, **dimensions: str) -> Decimal:
        return self.value(company, measure, when, **dimensions) / MILLION

    def row(self, rule: str, claim: str) -> LedgerRow:
        """Return the row of a rule for the claim whose id begins so."""
        found = [r for r in ledger(self.dataset) if r.rule == rule and r.claim.id.startswith(claim)]
        assert len(found) == 1, f"{rule} {claim}: {[r.id for r in found]}"
        return found[0]

    def computed(self, rule: str, claim: str) -> Decimal:
        term = self.row(rule, claim).computed
        assert term is not None
        return term.value

    def stated(self, company: str, metric: str, when: str | None = None, **options: Any) -> DataPoint:
        fact = self.dataset.find(company, metric, when, **options)
        assert fact is not None
        assert fact.shown is not None
        return stated(fact)[0]

    def in_currency(self, point: DataPoint, currency: str, rates: str) -> Decimal:
        """Return a point in millions of another currency."""
        shown = converted(point, currency, rates_of(self.dataset, rates))
        assert (shown.unit, bool(shown.rate)) == (currency, True)
        assert shown.value is not None
        return shown.value / MILLION


def with_claims(
    dataset: Dataset, keep: Callable[[Claim], bool] = lambda _: True, change: Callable[[Claim], Claim] = lambda c: c
) -> Dataset:
    """Return the same records with some claims left out or replaced."""
    records = dataset._records
    kept = tuple(change(claim) for claim in dataset.claims if keep(claim))
    return Dataset(Records(**{**_fields(records), "claims": kept}), dataset.evidence)


def _fields(records: Records) -> dict[str, Any]:
    return {name: getattr(records, name) for name in records.__dataclass_fields__}


# --- a third company: reports in won, fiscal year to the end of March, listed in New York ----------------------------

KORAI = make_company("korai", ticker="KORA.US", reporting_currency="KRW", fiscal_year_end="03-31")
MEMO = make_source("memo", kind="prospectus", published="2026-02-01")
NOTE = make_source("note", kind="news", published="2026-02-02")


@dataclass
class Korai:
    """Claims of the third company, one line each."""

    company: Company = KORAI
    claims: list[Claim] = field(default_factory=list)

    def says(self, metric: str, figure: str, *, source: str = "memo", **changes: Any) -> "Korai":
        self.claims.append(make_claim(metric, figure, source=source, company="korai", year_end_month=3, **changes))
        return self

    def dataset(self, **options: Any) -> Dataset:
        return make_dataset(*self.claims, sources=[MEMO, NOTE], companies=[self.company], **options)

    def figures(self, **options: Any) -> Figures:
        return Figures(self.dataset(**options))


def revenue_of_korai() -> Korai:
    """FY2025 ended in March 2025; nine months of fiscal 2026 ended in December 2025."""
    return (
        Korai()
        .says("revenue", "8.0bn KRW", period="FY2024")
        .says("revenue", "10.0bn KRW", period="FY2025")
        .says("revenue", "6.0bn KRW", period="9M2025")
        .says("revenue", "9.0bn KRW", period="9M2026")
    )


def rates(*pairs: FxRate, name: str = "articles") -> Rates:
    return Rates(name, pairs)


USD_CNY = make_rate(rate="7.0")
USD_HKD = make_rate(quote="HKD", rate="7.8")
USD_KRW = make_rate(quote="KRW", rate="1400")


def simple(*claims: Claim, **options: Any) -> Figures:
    """Return the figures of a few claims on MiniMax, whose currency is the dollar."""
    return Figures(make_dataset(*claims, **options))
