"""Long pandas frames with fixed columns and dtypes, empty selections included."""

from ipo_data.frames.columns import CLAIMS, FACTS, POINTS, SOURCES, conform
from ipo_data.frames.rows import PointRow, point_rows
from ipo_data.frames.tables import claims_frame, facts_frame, sources_frame

__all__ = [
    "CLAIMS",
    "FACTS",
    "POINTS",
    "SOURCES",
    "PointRow",
    "claims_frame",
    "conform",
    "facts_frame",
    "point_rows",
    "sources_frame",
]
