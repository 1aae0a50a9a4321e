"""Charts of a memo drawn by the real browser."""

import pytest

from ipo_data.export import metadata
from ipo_data.export.packs.build import Maker
from ipo_data.export.packs.drawing import drawing
from ipo_data.export.packs.spec import checked
from tests.export.packs.conftest import spec_of


@pytest.mark.browser
@pytest.mark.usefixtures("drawing_browser")
def test_charts_are_drawn_with_their_code_in_every_form(dataset):
    spec = checked(spec_of("growth.growth-rates", "overview.key-figures", "mix.segments"), dataset)

    chart, table, mosaic = Maker(dataset, "", drawing(dataset, "document")).memo(spec).exhibits

    assert chart.picture is not None
    assert metadata.png_texts(chart.picture.png)[metadata.CODE] == chart.code
    assert chart.picture.size[0] == 680
    assert chart.charts["column"].size[0] == 640
    assert metadata.png_texts(chart.charts["column"].png)[metadata.CODE] == chart.code
    assert set(chart.charts) == {"column"}  # on a slide it is a chart of PowerPoint's own
    strip = mosaic.charts["strip"]
    assert strip.size[1] / strip.size[0] == pytest.approx(0.39, abs=0.01)
    assert mosaic.drawn("strip") is strip
    assert table.picture is None


@pytest.mark.browser
@pytest.mark.usefixtures("drawing_browser")
def test_a_memo_with_drawn_charts_has_the_same_bytes_twice(dataset):
    """Dates are those of the documents, names inside archives those of the exhibits."""
    spec = checked(spec_of("growth.growth-rates", "mix.segments", "runway.runway-fan", language="zh-Hans"), dataset)
    first, again = (Maker(dataset, "", drawing(dataset, "document")).files(spec)[0] for _ in range(2))

    assert sum(name.endswith(".png") for name in first) == 3
    assert [name for name in first if first[name] != again[name]] == []
