"""What the product says of the repository's own records today, as rows that can be checked in and compared.

``python -m tests.seeds.expected_verdicts`` writes the two files anew: the verdicts, and what cannot be tested. Reasons
written by hand are kept; a figure that is new among the untested gets an empty one, which the tests refuse.
"""

import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from ipo_data.analysis.ledger import LedgerRow, ledger, narratives, untested
from ipo_data.analysis.reconciliation import conflicts
from ipo_data.analysis.verdicts import TieOut
from ipo_data.dataset import Dataset, Fact
from ipo_data.model.claim import Claim
from ipo_data.paths import ROOT
from ipo_data.units import UnitKind

VERDICTS: Final = Path(__file__).with_name("expected_verdicts.csv")
UNTESTED: Final = Path(__file__).with_name("expected_untested.csv")
VERDICT_COLUMNS: Final = ("evidence", "kind", "id", "verdict", "shown", "others")
UNTESTED_COLUMNS: Final = ("evidence", "rule", "claim", "reason")
UNREMARKABLE: Final = frozenset({TieOut.EXACT, TieOut.WITHIN_ROUNDING})
SUMS: Final = frozenset({
    "liquidity", "broad_liquidity", "total_raised", "cumulative_net_loss", "cumulative_spending", "cash_burn",
    "gross_profit", "gross_proceeds", "net_proceeds", "net_loss", "adjusted_net_loss", "loss_from_operations",
    "post_money_valuation", "market_cap",
})  # fmt: skip
"""Amounts that are sums, differences or products of others by their definition."""
RATIOS: Final = frozenset({"spend_per_payer", "receivable_days", "monthly_burn", "runway", "price_per_share"})
"""Ratios that are printed in money, days or months."""

Row = dict[str, str]


def evidence(everything: Dataset) -> dict[str, Dataset]:
    """Return the two bodies of evidence the expectation is about."""
    return {"everything": everything, "articles": everything.restricted(lambda s: s.collection == "articles")}


def verdict_rows(name: str, dataset: Dataset) -> list[Row]:
    """Return disputed facts, remarkable rows of the ledger, every statement in words and the rows per rule."""
    rows = ledger(dataset)
    found = [_of_fact(name, fact) for fact in conflicts(dataset)]
    found += [_of_row(name, row) for row in rows if row.verdict not in UNREMARKABLE]
    counts = Counter(row.rule for row in rows)
    found += [_row(name, "statement", row.id, str(row.verdict), "", row.explanation) for row in narratives(dataset)]
    return found + [_row(name, "rule", rule, str(count)) for rule, count in sorted(counts.items())]


def _row(*values: str) -> Row:
    return dict(zip(VERDICT_COLUMNS, (*values, "", "")[: len(VERDICT_COLUMNS)], strict=True))


def _of_fact(name: str, fact: Fact) -> Row:
    shown = fact.shown.source if fact.shown else ""
    return _row(name, "fact", fact.id, str(fact.status), shown, " ".join(sorted({c.source for c in fact.rivals})))


def _of_row(name: str, row: LedgerRow) -> Row:
    explanation = row.explanation or ("judgement" if row.reason else "")
    return _row(name, "row", row.id, str(row.verdict), row.claim.says, explanation)


def untested_rows(name: str, dataset: Dataset) -> list[Row]:
    """Return every stated sum, share, growth rate and ratio that the ledger does not test, without reasons."""
    named = {item.claim.id: item.rule for item in untested(dataset)}
    tested = {row.claim.id for row in ledger(dataset)}
    stated = [c for f in dataset.facts if _follows_from_others(f) or _has_parts(dataset, f) for c in _figures(f)]
    found = {c.id: named.get(c.id, "none") for c in stated if c.id not in tested} | named
    return [dict(zip(UNTESTED_COLUMNS, (name, rule, claim, ""), strict=True)) for claim, rule in sorted(found.items())]


def _follows_from_others(fact: Fact) -> bool:
    return fact.unit.kind in (UnitKind.PERCENT, UnitKind.MULTIPLE) or fact.metric.id in SUMS | RATIOS


def _has_parts(dataset: Dataset, fact: Fact) -> bool:
    """Tell whether two or more parts of a total are stated along one axis, on the same date and basis."""
    parts = Counter(
        next(iter(set(other.dimensions) - set(fact.dimensions)))
        for other in dataset.select(fact.company, fact.metric.id, unit=fact.unit.code, basis=fact.subject.basis)
        if len(other.dimensions) == len(fact.dimensions) + 1
        and fact.dimensions.items() <= other.dimensions.items()
        and other.subject.time_label == fact.subject.time_label
    )
    return max(parts.values(), default=0) > 1


def _figures(fact: Fact) -> list[Claim]:
    """Return one claim per printed figure of a fact, as the ledger tests them."""
    seen: dict[object, Claim] = {}
    for claim in fact.claims:
        quantity = claim.quantity
        seen.setdefault((quantity.value, quantity.step, quantity.bound), claim)
    return list(seen.values())


def read(path: Path) -> list[Row]:
    """Return the rows of a checked-in file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write(path: Path, columns: Iterable[str], rows: list[Row]) -> None:
    """Write rows with Unix line ends."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Write both files from what the product says now."""
    found = evidence(Dataset.load(ROOT / "seeds"))
    write(VERDICTS, VERDICT_COLUMNS, [row for name, data in found.items() for row in verdict_rows(name, data)])
    known = {(r["evidence"], r["claim"]): r["reason"] for r in read(UNTESTED)} if UNTESTED.is_file() else {}
    rows = [row for name, data in found.items() for row in untested_rows(name, data)]
    for row in rows:
        row["reason"] = known.get((row["evidence"], row["claim"]), "")
    write(UNTESTED, UNTESTED_COLUMNS, rows)


if __name__ == "__main__":
    main()
