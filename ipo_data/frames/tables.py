"""Data set → frames. Decimals become float64 here and nowhere else."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd

from ipo_data.dataset import Dataset, Fact
from ipo_data.frames.columns import CLAIMS, FACTS, SOURCES, conform
from ipo_data.model.claim import Claim
from ipo_data.model.metric import METRICS
from ipo_data.periods import Instant, Period


def as_float(value: Decimal | None) -> float:
    """Return a decimal as float64; ``None`` becomes NaN, open sides become infinite."""
    return float("nan") if value is None else float(value)


def as_timestamp(day: date | None) -> datetime | None:
    """Return a day as a timestamp column holds it."""
    return None if day is None else datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a calendar day


def span_columns(when: Period | Instant | None) -> dict[str, Any]:
    """Return ``start``, ``end`` and ``months`` of a period or date."""
    if isinstance(when, Period):
        return {"start": as_timestamp(when.start), "end": as_timestamp(when.end), "months": float(when.months)}
    if isinstance(when, Instant):
        return {"start": as_timestamp(when.first), "end": as_timestamp(when.last), "months": float("nan")}
    return {"start": None, "end": None, "months": float("nan")}


def claims_frame(dataset: Dataset, claims: Iterable[Claim] | None = None) -> pd.DataFrame:
    """Return one row per claim (columns ``CLAIMS``), ordered as given or by id."""
    rows = [_claim_row(claim, dataset) for claim in (dataset.claims if claims is None else claims)]
    return conform(rows, CLAIMS)


def facts_frame(dataset: Dataset, facts: Iterable[Fact] | None = None) -> pd.DataFrame:
    """Return one row per fact (columns ``FACTS``), ordered as given or by id."""
    rows = [_fact_row(fact) for fact in (dataset.facts if facts is None else facts)]
    return conform(rows, FACTS)


def sources_frame(dataset: Dataset) -> pd.DataFrame:
    """Return one row per document (columns ``SOURCES``), by date of publication."""
    counted = Counter(claim.source for claim in dataset.claims)
    ordered = sorted(dataset.sources.values(), key=lambda s: (s.published_on.last, s.id))
    rows = [
        {
            "id": s.id, "title": s.title, "publisher": s.publisher, "published": s.published, "kind": str(s.kind),
            "reading": str(s.reading), "claims": float(counted[s.id]), "url": s.url or "",
        }
        for s in ordered
    ]  # fmt: skip
    return conform(rows, SOURCES)


def _claim_row(claim: Claim, dataset: Dataset) -> dict[str, Any]:
    rounding = claim.quantity.rounding
    when = span_columns(claim.span or claim.instant)
    return {
        "id": claim.id, "company": claim.company, "metric": claim.metric, "family": METRICS[claim.metric].family,
        "period": claim.period or "", "as_of": claim.as_of or "", "start": when["start"], "end": when["end"],
        "dimension": claim.dimension, "basis": str(claim.basis), "kind": str(claim.kind),
        "value": as_float(claim.quantity.value), "unit": claim.quantity.unit.code,
        "low": as_float(rounding.low), "high": as_float(rounding.high), "bound": str(claim.quantity.bound),
        "says": claim.says, "source": claim.source, "source_file": dataset.sources[claim.source].file or "",
        "locator": claim.at or "", "attributed_to": claim.by or "", "flags": ";".join(claim.flags),
        "where": claim.where,
    }  # fmt: skip


def _fact_row(fact: Fact) -> dict[str, Any]:
    claim, interval = fact.subject, fact.interval
    return {
        "id": fact.id, "company": fact.company, "metric": fact.metric.id, "family": fact.metric.family,
        "period": claim.period or "", "as_of": claim.as_of or "", **span_columns(fact.period or fact.instant),
        "dimension": claim.dimension, "basis": str(claim.basis), "kind": str(claim.kind),
        "value": as_float(fact.value), "unit": fact.unit.code,
        "low": as_float(interval.low if interval else None), "high": as_float(interval.high if interval else None),
        "bound": str(fact.bound), "status": str(fact.status), "claims": float(len(fact.claims)),
        "claim_ids": " ".join(c.id for c in fact.claims), "flags": ";".join(fact.flags),
    }  # fmt: skip
