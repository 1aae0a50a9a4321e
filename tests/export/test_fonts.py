"""The fonts hold every character that can be shown: records, catalogues, figures."""

from collections.abc import Iterator

import pytest
from fontTools.ttLib import TTFont

from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import View
from ipo_data.exhibits.registry import PAGES, build, exhibit_ids
from ipo_data.export import make_fonts
from ipo_data.export.fonts import WEIGHTS, font_file, has_fonts, small_font_file
from ipo_data.paths import ROOT
from ipo_data.text.catalog import LANGUAGES, catalogue

NO_GLYPH = frozenset("💎")
"""Signs that no font for text has; a browser takes them from the reader's own."""


@pytest.fixture(scope="module")
def glyphs() -> dict[int, frozenset[int]]:
    if not has_fonts():
        pytest.skip("the fonts have not been made: make setup")
    return {weight: frozenset(TTFont(font_file(weight)).getBestCmap()) for weight in WEIGHTS}


def missing(text: str, glyphs: dict[int, frozenset[int]]) -> set[str]:
    shown = {character for character in text if character.isprintable()} - NO_GLYPH
    return {character for character in shown if any(ord(character) not in known for known in glyphs.values())}


def test_every_character_of_the_records_has_a_glyph(glyphs: dict[int, frozenset[int]]) -> None:
    for path in sorted((ROOT / "seeds").rglob("*.yaml")):
        assert missing(path.read_text(encoding="utf-8"), glyphs) == set(), path.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_character_of_the_catalogues_has_a_glyph(language: str, glyphs: dict[int, frozenset[int]]) -> None:
    assert missing("".join(catalogue(language).values()), glyphs) == set()


def words(data: object) -> Iterator[str]:
    """Yield every text in nested lists and dictionaries."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from words(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from words(value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_character_of_every_exhibit_has_a_glyph(
    dataset: Dataset, language: str, glyphs: dict[int, frozenset[int]]
) -> None:
    view = View(language=language)
    context = Context(dataset, view)
    for page in PAGES:
        for name in exhibit_ids(page, context.companies):
            exhibit = build(context, page, name)
            texts = [exhibit.title, exhibit.subtitle, exhibit.source_line, *exhibit.notes, *exhibit.table.columns]
            texts += exhibit.table.astype(str).to_numpy().ravel().tolist()
            texts += words(exhibit.figure.to_dict()) if exhibit.figure is not None else []
            assert missing("".join(texts), glyphs) == set(), name


def test_fonts_are_made_only_for_new_characters(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    made: list[int] = []

    def cut(wanted: set[int], weight: int, path) -> None:
        made.append(weight)
        path.write_bytes(b"font")

    def cut_again(wanted: set[int], whole, path) -> None:
        path.write_bytes(whole.read_bytes())

    inputs = tmp_path / "text.yaml"
    inputs.write_text("收入", encoding="utf-8")
    for module in (make_fonts, make_fonts.has_fonts.__globals__):
        set_item = monkeypatch.setitem if isinstance(module, dict) else monkeypatch.setattr
        set_item(module, "fonts_folder", lambda: tmp_path / "fonts")
    monkeypatch.setattr(make_fonts, "_cut", cut)
    monkeypatch.setattr(make_fonts, "_cut_again", cut_again)
    monkeypatch.setattr(make_fonts, "sources_of_text", lambda: [inputs])
    make_fonts.main()
    make_fonts.main()
    assert made == [400, 700]
    inputs.write_text("收入 ☃", encoding="utf-8")  # a character that was not there
    make_fonts.main()
    assert made == [400, 700, 400, 700]


@pytest.mark.parametrize("weight", WEIGHTS)
def test_the_small_font_has_what_is_in_use_in_the_same_shapes(weight: int, glyphs: dict[int, frozenset[int]]) -> None:
    """Browsers fetch it first, so that screen and exports stay equal only if every glyph and width is."""
    small, whole = TTFont(small_font_file(weight)), TTFont(font_file(weight))
    names, others = small.getBestCmap(), whole.getBestCmap()
    assert set(names) >= make_fonts.in_use(make_fonts.sources_of_text()) & glyphs[weight]
    assert small_font_file(weight).stat().st_size < font_file(weight).stat().st_size / 2
    for code in map(ord, "·×（）收入毛利7%"):
        assert small["hmtx"][names[code]] == whole["hmtx"][others[code]]
    assert all(small["hhea"].__dict__[key] == whole["hhea"].__dict__[key] for key in ("ascent", "descent", "lineGap"))


def test_the_font_has_narrow_signs(glyphs: dict[int, frozenset[int]]) -> None:
    """Chinese type sets them as wide as a character, which tears figures and words apart."""
    del glyphs
    font = TTFont(font_file(400))
    width = {sign: font["hmtx"][font.getBestCmap()[ord(sign)]][0] for sign in "·×永"}
    assert width["永"] == 1000
    assert width["·"] < 450
    assert width["×"] < 900
