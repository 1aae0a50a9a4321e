"""The ledger: every stated figure that other stated figures can test, with its verdict."""

from ipo_data.analysis.ledger.model import LedgerRow, Rule
from ipo_data.analysis.ledger.narrative import NarrativeRow, narratives
from ipo_data.analysis.ledger.run import RULES, Untested, ledger, untested

__all__ = ["RULES", "LedgerRow", "NarrativeRow", "Rule", "Untested", "ledger", "narratives", "untested"]
