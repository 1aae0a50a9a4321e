"""Cells of the workbook: where every claim, rate and working stands, and the formula or number of a data point."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ipo_data.analysis.currency import OwnRate
from ipo_data.analysis.ledger import ledger
from ipo_data.analysis.points import DataPoint
from ipo_data.analysis.valuation import REVENUE_BASES, at_offer_price, known_at, market_values, revenue_basis
from ipo_data.export.packs.formulas import Operand, live_formula
from ipo_data.export.packs.material import Memo
from ipo_data.model.claim import Claim
from ipo_data.model.rate import FxRate
from ipo_data.units import UNITS, UnitKind

FIRST_ROW = 4
"""Row of the first record on every sheet of records, from 0: title, remark, blank line and heading stand above."""
CLAIM_VALUE, RATE_VALUE, WORKING_VALUE = 4, 3, 4
"""Columns of the numbers on the sheets of claims, rates and workings, from 0."""
_ON_MARKET_VALUE = ("price_to_sales_", "step_up_to_market")
"""Measures whose arithmetic starts from figures that are computed themselves."""


@dataclass(frozen=True, slots=True)
class SheetNames:
    """Names of the sheets of records."""

    claims: str
    rates: str
    workings: str


class Cells:
    """Knows the cell of every number of a memo's workbook.

    Args:
        memo: The memo.
        names: Names of the sheets of records.
    """

    def __init__(self, memo: Memo, names: SheetNames) -> None:
        self._memo, self._names = memo, names
        self._dataset = memo.context.dataset

    # --- records ------------------------------------------------------------------------------------------------

    @cached_property
    def workings(self) -> tuple[DataPoint, ...]:
        """Computed figures that others start from: values at offer and market prices, revenue on three bases."""
        used = {
            point.company for item in self._memo.exhibits for point in item.exhibit.points
            if point.measure.startswith(_ON_MARKET_VALUE)
        }  # fmt: skip
        found: dict[tuple[str, str, Decimal], DataPoint] = {}
        for company in sorted(used):
            offer = at_offer_price(self._dataset, company, "at_listing")
            for cap in (*([offer] if offer else []), *market_values(self._dataset, company)):
                bases = [revenue_basis(known_at(self._dataset, cap), company, basis) for basis in REVENUE_BASES]
                for point in (cap, *bases):
                    if point.value is not None and point.formula:
                        found.setdefault((company, point.measure, point.value), point)
        return tuple(found.values())

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Claims of the exhibits and those that formulas read besides."""
        inputs = [name for item in self._memo.exhibits for p in item.exhibit.points for name in self._inputs(p)]
        inputs += [name for point in self.workings for name in point.claims]
        names = dict.fromkeys([*(claim.id for claim in self._memo.claims), *inputs])
        return tuple(self._dataset.claim_by_id[name] for name in names)

    @cached_property
    def rates(self) -> tuple[FxRate | OwnRate, ...]:
        """Every rate of the chosen set."""
        return self._memo.context.rates.rates

    # --- formulas -----------------------------------------------------------------------------------------------

    def formula(self, point: DataPoint) -> str | None:
        """Return the live formula of a data point without the equals sign; ``None`` if its number is typed in."""
        if point.value is None or not point.claims:
            return None
        rates = [self._rate_of[name] for name in point.rate.split() if name in self._rate_of]
        if not point.formula:
            return self._link(point, rates)
        operands = [*self._operands(self._inputs(point)), *self._rate_of.values(), *self._computed(point)]
        return live_formula(point.formula, point.value, operands, rates)

    def _link(self, point: DataPoint, rates: Sequence[Operand]) -> str | None:
        claim = self._dataset.claim_by_id[point.claims[0]]
        if point.value is None or UNITS.get(point.unit) is None or UNITS[point.unit].kind is UnitKind.DATE:
            return None
        cell = self._claim_cell[claim.id]
        if claim.quantity.value == point.value:
            return cell.cell
        return live_formula(f"{claim.quantity.value:f}", point.value, [cell], rates)

    def _inputs(self, point: DataPoint) -> tuple[str, ...]:
        """Return the claims that the arithmetic of a point may read; tested figures name theirs in the ledger."""
        tested = self._tested.get((point.claims[0], point.formula), ()) if point.claims and point.formula else ()
        return (*point.claims, *tested)

    def _operands(self, claims: Iterable[str]) -> list[Operand]:
        return [self._claim_cell[name] for name in dict.fromkeys(claims) if name in self._claim_cell]

    def _computed(self, point: DataPoint) -> list[Operand]:
        own = set(point.claims)
        return [
            Operand(self._at(self._names.workings, row, WORKING_VALUE), float(working.value), exact=False)
            for row, working in enumerate(self.workings)
            if working.value is not None and working.company == point.company and set(working.claims) <= own
            and working.formula != point.formula
        ]  # fmt: skip

    @cached_property
    def _claim_cell(self) -> dict[str, Operand]:
        return {
            claim.id: Operand(self._at(self._names.claims, row, CLAIM_VALUE), float(claim.quantity.value))
            for row, claim in enumerate(self.claims)
        }

    @cached_property
    def _rate_of(self) -> dict[str, Operand]:
        return {
            rate.id: Operand(self._at(self._names.rates, row, RATE_VALUE), float(rate.rate), exact=False)
            for row, rate in enumerate(self.rates)
        }

    @cached_property
    def _tested(self) -> dict[tuple[str, str], tuple[str, ...]]:
        shown = {p.formula for item in self._memo.exhibits for p in item.exhibit.points if p.formula and not p.facts}
        return {
            (row.claim.id, row.computed.text): tuple(sorted(row.computed.claims))
            for row in (ledger(self._dataset) if shown else ())
            if row.computed is not None and row.computed.text in shown
        }

    @staticmethod
    def _at(sheet: str, row: int, column: int) -> str:
        return f"'{sheet}'!${chr(ord('A') + column)}${FIRST_ROW + row + 1}"


def number_format(value: Decimal, unit: str, *, computed: bool) -> str:
    """Return the spreadsheet format of a number: as many places as it has, two at most where it is computed.

    Negative numbers stand in parentheses, as in the tables.
    """
    kind = UNITS[unit].kind if unit in UNITS else UnitKind.PERCENT
    exponent = value.normalize().as_tuple().exponent
    places = min(2 if computed else 4, max(0, -exponent if isinstance(exponent, int) else 0))
    digits = "0" + ("." + "0" * places if places else "")
    if kind in (UnitKind.PERCENT, UnitKind.MULTIPLE):
        sign = "%" if kind is UnitKind.PERCENT else "×"
        return f'#,##{digits}"{sign}";(#,##{digits}"{sign}")'
    return f"#,##{digits};(#,##{digits})"
