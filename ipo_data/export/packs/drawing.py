"""The charts of a memo, drawn by the browser that draws all pictures."""

from ipo_data.dataset import Dataset
from ipo_data.exhibits.model import Exhibit, View
from ipo_data.export.packs.build import SHEET, Draw
from ipo_data.export.packs.material import Picture
from ipo_data.export.picture import chart_alone, drawn


def drawing(dataset: Dataset, preset: str) -> Draw:
    """Return what draws the exhibits of a memo at the size of a preset.

    Args:
        dataset: The whole data set.
        preset: One of ``PRESETS`` of a specification.
    """

    def draw(exhibit: Exhibit, view: View, page: str, code: str, form: str) -> Picture:
        if form == SHEET:
            found = drawn(exhibit, page, view, dataset, preset=preset, code=code)
        else:
            found = chart_alone(exhibit, page, view, dataset, form=form, code=code)
        return Picture(found.content, found.size)

    return draw
