"""Text in charts is text: Plotly reads tags in every label, and only those that the charts write themselves may pass.

A name from a record with a link or a style in it would otherwise become one, on screen and in every picture.
"""

import re
from dataclasses import replace
from typing import Any

from ipo_data.charts.drawing import Drawing

_FOREIGN = re.compile(r"<(?=[A-Za-z/!])(?!/?(?:b|br|extra|span)>|span style='font-size:\d+px'>)")


def only_own_markup(drawing: Drawing) -> Drawing:
    """Return a chart in which every tag that is none of ours stands as characters; what needs no change is shared."""
    return replace(drawing, data=_plain(drawing.data), layout=_plain(drawing.layout))


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a chart's description holds
    if isinstance(value, str):
        return _FOREIGN.sub("&lt;", value) if "<" in value else value
    if isinstance(value, dict):
        changed = {key: found for key, child in value.items() if (found := _plain(child)) is not child}
        return {**value, **changed} if changed else value
    if isinstance(value, list | tuple):
        found = [_plain(child) if type(child) in _HOLD_TEXT else child for child in value]
        same = all(one is other for one, other in zip(found, value, strict=True))
        return value if same else found
    return value


_HOLD_TEXT = frozenset({str, dict, list, tuple})
