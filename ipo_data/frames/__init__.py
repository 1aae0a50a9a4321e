"""Long pandas frames with fixed columns and dtypes, empty selections included."""

from ipo_data.frames.columns import CLAIMS, FACTS, POINTS, SOURCES, conform
from ipo_data.frames.tables import claims_frame, facts_frame, sources_frame

__all__ = ["CLAIMS", "FACTS", "POINTS", "SOURCES", "claims_frame", "conform", "facts_frame", "sources_frame"]
