"""Charts of a memo drawn by the real browser."""

import pytest

from ipo_data.export import metadata
from ipo_data.export.packs.build import Maker
from ipo_data.export.packs.drawing import drawing
from ipo_data.export.packs.spec import checked
from tests.export.packs.conftest import spec_of


@pytest.mark.browser
@pytest.mark.usefixtures("drawing_browser")
def test_charts_are_drawn_with_their_code_and_the_chart_s_place(dataset):
    spec = checked(spec_of("growth.growth-rates", "overview.key-figures"), dataset)

    chart, table = Maker(dataset, "", drawing(dataset, "document")).memo(spec).exhibits

    assert chart.picture is not None
    assert metadata.png_texts(chart.picture.png)[metadata.CODE] == chart.code
    left, top, width, height = chart.picture.chart
    assert 0 <= left < left + width <= chart.picture.size[0] == 680
    assert 0 < top < top + height <= chart.picture.size[1]
    assert table.picture is None


@pytest.mark.browser
@pytest.mark.usefixtures("drawing_browser")
def test_a_memo_with_drawn_charts_has_the_same_bytes_twice(dataset):
    """Dates are those of the documents, names inside archives those of the exhibits."""
    spec = checked(spec_of("growth.growth-rates", "mix.segments", "runway.runway-fan", language="zh-Hans"), dataset)
    first, again = (Maker(dataset, "", drawing(dataset, "document")).files(spec)[0] for _ in range(2))

    assert sum(name.endswith(".png") for name in first) == 3
    assert [name for name in first if first[name] != again[name]] == []
