"""A chart as Plotly's JSON describes it, without Plotly's own objects.

Building those objects checks every attribute and takes longer than everything else of an exhibit together; what the
browser gets is the same. The tests build them for every chart, so an attribute Plotly does not know is found there.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import plotly.graph_objects as go


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart; shared by all readers, so nobody may change what it holds.

    Attributes:
        data: Plotly traces as plain dictionaries with lists (never arrays).
        layout: Plotly's layout; it names no template, so that screen and export have none either.
    """

    data: list[dict[str, Any]]
    layout: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """Return ``data`` and ``layout`` under their names, as Plotly's JSON has them; not copied."""
        return {"data": self.data, "layout": self.layout}

    def figure(self) -> "go.Figure":
        """Return Plotly's own object with a copy of everything, for use in a notebook.

        Raises:
            ValueError: If Plotly does not know an attribute or cannot draw a value.
        """
        import plotly.graph_objects as go  # noqa: PLC0415 - takes a tenth of a second, and only this needs it

        # without a template of its own it would get that of the process, which is another in the app than elsewhere
        return go.Figure({"data": self.data, "layout": {**self.layout, "template": {}}})
