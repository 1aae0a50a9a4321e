"""Pictures of exhibits: sizes, metadata, the same bytes twice, and what is refused."""

import io
from copy import deepcopy
from dataclasses import replace

import pandas as pd
import pytest
from PIL import Image

from ipo_data.dataset import Dataset
from ipo_data.errors import NoBrowserError, OptionError, UnknownNameError
from ipo_data.exhibits.model import View
from ipo_data.export import metadata
from ipo_data.export.browser import VARIABLE
from ipo_data.export.figure_code import figure_code
from ipo_data.export.picture import PRESETS, drawn, picture
from tests.export.conftest import MakeExhibit

browser = [pytest.mark.browser, pytest.mark.usefixtures("drawing_browser")]


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


class TestDrawn:
    pytestmark = browser

    def test_a_picture_leads_back_to_its_view(self, dataset: Dataset, exhibit_of: MakeExhibit) -> None:
        view = View(language="zh-Hans", currency="CNY")
        shown = exhibit_of("growth", "one-footing", view)
        content = picture(shown, "growth", view, dataset)
        code = figure_code(shown, view, "growth", dataset)
        texts = metadata.png_texts(content)
        assert (texts[metadata.CODE], texts[metadata.TITLE]) == (code, shown.title)
        assert texts[metadata.LINK].startswith("growth?lang=zh-Hans&firms=minimax,zhipu&ccy=CNY&")
        assert set(texts[metadata.SOURCES].split()) <= set(dataset.sources)
        assert metadata.svg_texts(picture(shown, "growth", view, dataset, format="svg").decode()) == texts

    @pytest.mark.parametrize("name", PRESETS)
    def test_every_preset_has_its_size(self, dataset: Dataset, exhibit_of: MakeExhibit, name: str) -> None:
        preset = PRESETS[name]
        image = opened(picture(exhibit_of("growth", "mau"), "growth", View(), dataset, preset=name))
        assert image.mode == "RGB"  # opaque
        assert image.width == preset.width * preset.scale
        assert not preset.ratio or image.height == round(image.width * preset.ratio)
        assert image.info["dpi"][0] == pytest.approx(96 * preset.scale, abs=0.1)

    def test_a_long_table_fits_a_slide_at_its_size(self, dataset: Dataset, exhibit_of: MakeExhibit) -> None:
        """What would not fit is laid out wider and shown smaller; the slide keeps its size and loses nothing."""
        found = drawn(exhibit_of("runway", "runway-inputs"), "runway", View(), dataset, preset="slide")
        assert opened(found.content).size == (2560, 1440)
        assert found.lost == ()
        assert found.size[0] > PRESETS["slide"].width

    @pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
    def test_the_same_bytes_twice(self, dataset: Dataset, exhibit_of: MakeExhibit, kind: str) -> None:
        for page, name in (("growth", "one-footing"), ("overview", "key-figures"), ("runway", "runway-fan")):
            shown = exhibit_of(page, name)
            first, second = (picture(shown, page, View(), dataset, format=kind) for _ in range(2))
            assert first == second

    def test_a_dark_screen_gives_a_light_picture(self, dataset: Dataset, exhibit_of: MakeExhibit) -> None:
        dark = View(theme="dark")
        shown = picture(exhibit_of("growth", "mau", dark), "growth", dark, dataset)
        assert shown == picture(exhibit_of("growth", "mau"), "growth", View(), dataset)

    def test_dollars_are_not_taken_for_formulas(self, dataset: Dataset, exhibit_of: MakeExhibit) -> None:
        """Plotly hands texts between two dollar signs to a formula typesetter if there is one."""
        shown = exhibit_of("growth", "mau")
        assert shown.figure is not None
        figures = []
        for sign in ("$", "＄"):
            changed = deepcopy(shown.figure.to_dict())
            changed["layout"]["annotations"] = [{"text": f"US{sign}3.46m → US{sign}30.52m", "x": 0.5, "xref": "paper"}]
            figures.append(replace(shown, figure=type(shown.figure)(**changed)))
        texts = [picture(one, "growth", View(), dataset, format="svg").decode() for one in figures]
        assert "US$3.46m → US$30.52m" in texts[0]
        assert texts[0].replace("$", "＄").count("<text") == texts[1].count("<text")


def test_stand_alone_html_needs_no_browser_and_no_other_file(
    dataset: Dataset, exhibit_of: MakeExhibit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "/nonexistent")
    shown = exhibit_of("growth", "mau")
    text = picture(shown, "growth", View(), dataset, format="html").decode()
    assert shown.title in text
    assert "default-src 'none'" in text
    assert "src=" not in text.partition("<script>")[0]
    assert figure_code(shown, View(), "growth", dataset) in text


def test_without_a_browser_the_message_says_what_to_do(
    dataset: Dataset, exhibit_of: MakeExhibit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "/nonexistent")
    with pytest.raises(NoBrowserError, match="BROWSER_PATH is set to '/nonexistent', which is not a program"):
        picture(exhibit_of("growth", "mau"), "growth", View(), dataset)
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(NoBrowserError, match="apt-get install chromium-headless-shell"):
        picture(exhibit_of("growth", "mau"), "growth", View(), dataset)


def test_a_table_of_hundreds_of_rows_is_no_picture(dataset: Dataset, exhibit_of: MakeExhibit) -> None:
    shown = exhibit_of("overview", "key-figures")
    longer = replace(shown, table=pd.concat([shown.table] * 30))
    with pytest.raises(OptionError, match=r"'key-figures' has 480 rows, too many for a picture .* export it as csv"):
        picture(longer, "overview", View(), dataset)


def test_unknown_presets_and_formats_are_named(dataset: Dataset, exhibit_of: MakeExhibit) -> None:
    shown = exhibit_of("growth", "mau")
    with pytest.raises(UnknownNameError, match=r"unknown preset 'slides'.*did you mean 'slide'"):
        picture(shown, "growth", View(), dataset, preset="slides")
    with pytest.raises(UnknownNameError, match="unknown format 'gif'"):
        picture(shown, "growth", View(), dataset, format="gif")
