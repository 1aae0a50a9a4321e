"""The look: a colour and a pattern per company, readable words, one layout."""

from dataclasses import replace
from itertools import combinations, pairwise

import plotly.io as pio
import pytest

from ipo_data.charts.theme import (
    FURTHER_COLORS,
    PALETTES,
    PHONE,
    axis,
    blank,
    company_style,
    figure,
    note,
    panel_title,
    panels,
    room_of,
    tint,
)
from tests.charts.drawing import MINIMAX, THIRD, ZHIPU, is_plain, layout, make_look, traces, written


def luminance(color: str) -> float:
    """Return the relative luminance of a colour (WCAG 2)."""
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#0072B2", "#FFFFFF") == pytest.approx(5.19, abs=0.01)  # as measured for the design


# --- companies --------------------------------------------------------------------------------------------------------


def test_a_company_keeps_its_own_colour() -> None:
    assert company_style("MiniMax", MINIMAX, 0, "light").color == MINIMAX
    assert company_style("MiniMax", MINIMAX, 3, "light").color == MINIMAX


def test_a_company_without_a_colour_gets_one_by_its_place() -> None:
    assert company_style("Third", None, 2, "light").color == THIRD == FURTHER_COLORS[2]
    assert company_style("Fourth", None, 3, "light").color == FURTHER_COLORS[3]


def test_companies_whose_colours_come_round_again_differ_in_pattern() -> None:
    styles = [company_style(str(order), None, order, "light") for order in range(12)]

    assert styles[2].color == styles[7].color
    assert len({(style.color, style.pattern) for style in styles}) == 12
    assert len({(style.color, style.symbol, style.dash) for style in styles}) == 12


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_three_companies_differ_in_colour_pattern_symbol_and_dash(theme: str) -> None:
    styles = list(make_look(theme=theme).companies.values())

    for one, other in combinations(styles, 2):
        assert one.color != other.color
        assert one.pattern != other.pattern  # greyscale prints keep the companies apart
        assert one.symbol != other.symbol
        assert one.dash != other.dash


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("order", range(8))
def test_words_of_further_companies_are_readable(theme: str, order: int) -> None:
    style = company_style("Another", None, order, theme)

    assert contrast(style.text_color, PALETTES[theme].background) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("company", ["minimax", "zhipu"])
def test_marks_and_words_are_readable(theme: str, company: str) -> None:
    style, ground = make_look(theme=theme).companies[company], PALETTES[theme].background

    assert contrast(style.color, ground) >= 3  # graphics
    assert contrast(style.text_color, ground) >= 4.5  # text


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_neutral_words_are_readable(theme: str) -> None:
    palette = PALETTES[theme]

    for color in (palette.text, palette.muted, palette.warning, palette.accent):
        assert contrast(color, palette.background) >= 4.5


# --- figures ----------------------------------------------------------------------------------------------------------


def test_a_figure_is_drawn_on_the_ground_of_its_theme() -> None:
    drawn = layout(figure(make_look(theme="dark"), []))

    assert drawn["paper_bgcolor"] == drawn["plot_bgcolor"] == "#0E1117"
    assert drawn["font"]["color"] == "#E6EDF3"
    assert "Noto Sans SC" in drawn["font"]["family"]
    assert drawn["showlegend"] is False


def test_layout_changes_win_over_the_house_style() -> None:
    assert layout(figure(make_look(), [], height=500, hovermode="x"))["hovermode"] == "x"
    assert layout(figure(make_look(), [], height=500))["height"] == 500


def test_an_unknown_attribute_is_refused() -> None:
    with pytest.raises(ValueError, match="colour"):
        figure(make_look(), [{"type": "scatter", "colour": "red"}]).figure()


def test_a_blank_figure_says_why() -> None:
    empty = blank(make_look(), "No figures here")

    assert written(empty) == ["No figures here"]
    assert traces(empty) == []
    assert layout(empty)["xaxis"]["visible"] is False


def test_an_axis_keeps_the_house_style_and_takes_a_plain_title() -> None:
    changed = axis("light", title="US$ m", range=[0, 1])

    assert changed["title"]["text"] == "US$ m"
    assert changed["title"]["font"]["size"] == 12
    assert changed["gridcolor"] == PALETTES["light"].grid
    assert changed["range"] == [0, 1]
    assert "text" not in axis("light")["title"]  # the cached style is not touched


def test_a_note_has_no_arrow() -> None:
    assert note(make_look(), "words", "2025-09-30", 3.0, xshift=4) == {
        "text": "words", "x": "2025-09-30", "y": 3.0, "showarrow": False, "xshift": 4,
        "font": {"size": 12, "color": "#1F2328"},
    }  # fmt: skip


def test_a_panel_title_stands_above_its_axes() -> None:
    first, second = (panel_title(make_look(), "MiniMax", MINIMAX, number) for number in (1, 2))

    assert (first["xref"], first["yref"]) == ("x domain", "y domain")
    assert (second["xref"], second["yref"]) == ("x2 domain", "y2 domain")
    assert second["text"] == "<b>MiniMax</b>"


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (1, [[0.0, 1.0]]),
        (2, [[0.0, 0.44], [0.56, 1.0]]),  # (1 − 0.12) ÷ 2 = 0.44
        (3, [[0.0, 0.2533], [0.3733, 0.6267], [0.7467, 1.0]]),  # (1 − 2 × 0.12) ÷ 3 = 0.25333
    ],
)
def test_panels_share_the_width(count: int, expected: list[list[float]]) -> None:
    assert panels(count) == expected


def test_many_panels_stay_inside_and_apart() -> None:
    found = panels(12)

    assert found[0][0] == 0.0
    assert found[-1][1] == 1.0
    assert all(left < right for left, right in found)
    assert all(before[1] < after[0] for before, after in pairwise(found))
    # twelve gaps of 0.4 ÷ 12 take no more than two fifths: (1 − 11 × 0.0333) ÷ 12 = 0.0528
    assert found[0][1] == pytest.approx(0.0528)


@pytest.mark.parametrize(
    ("share", "theme", "expected"),
    [
        (1.0, "light", ZHIPU),
        (0.0, "light", "#FFFFFF"),
        (0.5, "light", "#80B8D8"),  # (0+255)/2 = 127.5→128, (114+255)/2 = 184.5→184 (to even), (178+255)/2 = 216.5→216
        (0.0, "dark", "#0E1117"),
    ],
)
def test_tint_mixes_with_the_ground(share: float, theme: str, expected: str) -> None:
    assert tint(ZHIPU, share, theme) == expected


def test_every_part_of_a_blank_figure_is_plain() -> None:
    assert is_plain(layout(blank(make_look(), "nothing")))


@pytest.mark.parametrize(("asked", "given"), [(100, PHONE), (PHONE, PHONE), (341, 480), (640, 760), (5_000, 900)])
def test_a_chart_gets_the_next_of_few_widths(asked: int, given: int) -> None:
    assert room_of(figure(make_look(), [], room=asked)) == given


def test_a_figure_is_the_same_whatever_template_the_process_uses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app's process has another one than the command line's; screen and export would differ."""
    here = figure(make_look(), []).to_dict()
    monkeypatch.setattr(pio.templates, "default", "plotly_dark")
    assert figure(make_look(), []).to_dict() == here


def test_margins_grow_beside_the_plot_only() -> None:
    """A label that reaches over the end of its axis would move the axis, and drawing again would move it once more."""
    wide = axis("light", range=[0, 1])
    found = layout(figure(make_look(), [], xaxis=wide, xaxis2=wide, yaxis2=wide))
    kept = {name: found[name]["automargin"] for name in found if name[1:].startswith("axis")}
    assert kept == {"xaxis": "height", "xaxis2": "height", "yaxis": "width", "yaxis2": "width"}
    assert "automargin" not in wide  # the caller's own


@pytest.mark.parametrize(
    ("written_out", "step"),
    [
        ("US$100.0bn", "US$100bn"),
        ("US$1.50m", "US$1.5m"),
        ("1,000.00万美元", "1,000万美元"),
        ("US$100m", "US$100m"),
        ("1.05×", "1.05×"),
        ("20.10%", "20.1%"),
    ],
)
def test_a_step_of_an_axis_has_no_zeros_that_say_nothing(written_out: str, step: str) -> None:
    assert replace(make_look(), write=lambda value, unit: written_out).tick(1.0, "USD") == step
