"""The charts of a memo, drawn by the browser that draws all pictures."""

from ipo_data.dataset import Dataset
from ipo_data.exhibits.model import Exhibit, View
from ipo_data.export.packs.build import Draw
from ipo_data.export.packs.material import Picture
from ipo_data.export.picture import drawn


def drawing(dataset: Dataset, preset: str) -> Draw:
    """Return what draws the exhibits of a memo at the size of a preset.

    Args:
        dataset: The whole data set.
        preset: One of ``PRESETS`` of a specification.
    """

    def draw(exhibit: Exhibit, view: View, page: str, code: str) -> Picture:
        found = drawn(exhibit, page, view, dataset, preset=preset, code=code)
        return Picture(found.content, found.size, found.chart)

    return draw
