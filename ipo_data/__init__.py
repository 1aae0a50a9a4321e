"""Compare AI companies that went public, from documents that disagree.

``Dataset.load()`` reads the seeds folder; a *claim* is what one document prints, a *fact* is what is charted. Frames
for pandas are in ``ipo_data.frames``, writers in ``ipo_data.export``.
"""

from ipo_data.dataset import Dataset, Fact, Status
from ipo_data.errors import (
    BudgetError,
    IpoDataError,
    NoBrowserError,
    NoRoomError,
    NotComparableError,
    OptionError,
    OverMemoryError,
    OverTimeError,
    PeriodError,
    QuantityError,
    SeedError,
    SpecError,
    UnknownNameError,
)
from ipo_data.intervals import Interval
from ipo_data.model.claim import Claim, Flag
from ipo_data.model.company import Company
from ipo_data.model.judgement import Contrast, Judgement
from ipo_data.model.metric import METRICS, Metric
from ipo_data.model.rate import FxRate
from ipo_data.model.source import Source
from ipo_data.model.text import Text
from ipo_data.periods import Instant, Period
from ipo_data.quantities import Bound, Quantity, parse_quantity
from ipo_data.units import UNITS, Unit

__all__ = [
    "METRICS",
    "UNITS",
    "Bound",
    "BudgetError",
    "Claim",
    "Company",
    "Contrast",
    "Dataset",
    "Fact",
    "Flag",
    "FxRate",
    "Instant",
    "Interval",
    "IpoDataError",
    "Judgement",
    "Metric",
    "NoBrowserError",
    "NoRoomError",
    "NotComparableError",
    "OptionError",
    "OverMemoryError",
    "OverTimeError",
    "Period",
    "PeriodError",
    "Quantity",
    "QuantityError",
    "SeedError",
    "Source",
    "SpecError",
    "Status",
    "Text",
    "Unit",
    "UnknownNameError",
    "parse_quantity",
]
