"""What holds for every chart form: it leaves its data alone, holds plain lists, and has a fixed colour per company."""

import json
from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from ipo_data.charts.aligned import aligned_parts
from ipo_data.charts.bars import Row, row_bars, row_dots
from ipo_data.charts.depletion import Decline, declines
from ipo_data.charts.deviations import Deviation, Group, deviation_rows
from ipo_data.charts.drawing import Drawing
from ipo_data.charts.dumbbells import HolderLine, Measure, Share, economic_to_votes, firms_side_by_side
from ipo_data.charts.fans import Fan, fans
from ipo_data.charts.grids import GridCell, cell_grid
from ipo_data.charts.lines import period_lines, step_values
from ipo_data.charts.marimekko import Block, marimekko
from ipo_data.charts.mosaics import Column, Part, share_columns
from ipo_data.charts.paths import joined_paths
from ipo_data.charts.projections import Path, Swing, scenario_lines, tornado_bars
from ipo_data.charts.ranges import End, Range, range_rows
from ipo_data.charts.rivals import Mark, Strip, rival_strips
from ipo_data.charts.slopes import Panel, Slope, share_slopes
from ipo_data.charts.spans import time_spans
from ipo_data.charts.stacks import Bar, Slice, row_stacks
from ipo_data.charts.tallies import Tally, tally_bars
from ipo_data.charts.theme import Look
from ipo_data.charts.timelines import Event, timeline
from ipo_data.charts.waterfalls import Move, waterfall
from ipo_data.text.catalog import LANGUAGES
from tests.charts.drawing import MINIMAX, THIRD, ZHIPU, frame_of, is_plain, layout, make_look, point, traces, written

COMPANIES = ("minimax", "zhipu", "third")
FRAME = frame_of(*(point(c, value, "FY2024") for c, value in zip(COMPANIES, ("10", "20", "40"), strict=True)))
MEASURE = Measure("revenue", "Revenue", alike=True)
PART = Part("C-end", 100.0, "", 0, "reported", "a@x")
DATES = ("2025-10-31", "2025-11-30")

ON_FRAMES: dict[str, Callable[[pd.DataFrame, Look], Drawing]] = {
    "period_lines": lambda frame, look: period_lines(frame, look, unit="percent"),
    "step_values": step_values,
    "time_spans": time_spans,
    "joined_paths": joined_paths,
    "firms_side_by_side": lambda frame, look: firms_side_by_side(frame, look, [MEASURE]),
}
FORMS: dict[str, Callable[[Look], Drawing]] = {
    **{name: lambda look, draw=draw: draw(FRAME, look) for name, draw in ON_FRAMES.items()},
    "row_bars": lambda look: row_bars([Row(c, c, 1.0, "1", claims="a@x") for c in COMPANIES], look),
    "row_dots": lambda look: row_dots([Row(c, c, 1.0, "1", claims="a@x") for c in COMPANIES], look),
    "declines": lambda look: declines([Decline(c, c, 10.0, "a@x") for c in COMPANIES], [], look),
    "economic_to_votes": lambda look: economic_to_votes([HolderLine("a", (Share(1.0, "1.0%", "a@x"),))], look, MINIMAX),
    "cell_grid": lambda look: cell_grid(["a"], ["b"], {(0, 0): GridCell(1.0, "1", "1", "a@x")}, look, color=MINIMAX),
    "deviation_rows": lambda look: deviation_rows(
        [Group("verdict", True, tuple(Deviation(c, c, (-1, 1), (1, 2), 1.5, "1 → 2", "", "a@x") for c in COMPANIES))],
        look,
    ),
    "tally_bars": lambda look: tally_bars([Tally("a", dict.fromkeys(COMPANIES, 2), "6")], look),
    "range_rows": lambda look: range_rows(
        [Range(c, c, (End(1.0, "1", "a@x"), End(2.0, "2"))) for c in COMPANIES], look
    ),
    "marimekko": lambda look: marimekko([Block(c, 1.0, "US$1", "FY2024", (PART,)) for c in COMPANIES], look),
    "share_slopes": lambda look: share_slopes(
        {c: Panel(("FY2023", "FY2024"), (Slope("C-end", 0, 60.0, 70.0, "+10.0 pp", "a@x"),)) for c in COMPANIES}, look
    ),
    "share_columns": lambda look: share_columns({c: [Column("FY2024", "", (PART,))] for c in COMPANIES}, look, {}),
    "rival_strips": lambda look: rival_strips(
        [Strip(c, (Mark(1.0, 0.5, 1.5, "1", True, c, "a@x"),)) for c in COMPANIES], look
    ),
    "timeline": lambda look: timeline([Event(date(2026, 1, 9), c, "Listed", "a@x") for c in COMPANIES], look),
    "waterfall": lambda look: waterfall([Move(c, c, 1.0, "1", level=True, claims="a@x") for c in COMPANIES], look),
    "row_stacks": lambda look: row_stacks(
        [Bar(c, c, (Slice("p", 1.0, "1", claims="a@x"),)) for c in COMPANIES], {"p": "Part"}, look
    ),
    "aligned_parts": lambda look: aligned_parts(
        [Bar(c, c, (Slice("p", 1.0, "1", claims="a@x"),)) for c in COMPANIES], {"p": "Part"}, "All", look
    ),
    "scenario_lines": lambda look: scenario_lines(
        {c: [Path("base", "12 months", DATES, (2.0, 1.0), strong=True)] for c in COMPANIES},
        look,
        dict.fromkeys(COMPANIES, "USD"),
    ),
    "fans": lambda look: fans(
        {c: Fan(DATES, dict.fromkeys((5, 25, 50, 75, 95), (2.0, 1.0))) for c in COMPANIES},
        look,
        dict.fromkeys(COMPANIES, "USD"),
    ),
    "tornado_bars": lambda look: tornado_bars([Swing("growth", 10.0, 14.0, "1%", "2%")], 12.0, look, "minimax"),
}
OF_ONE_COMPANY = frozenset({"economic_to_votes", "cell_grid", "tornado_bars"})
WITHOUT_CLAIMS = frozenset({"tally_bars", "scenario_lines", "fans", "tornado_bars"})
"""Projections: what they draw is assumed or simulated; the exhibit names the claims behind the inputs."""


@pytest.mark.parametrize("name", sorted(FORMS))
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_figure_holds_plain_lists(name: str, theme: str) -> None:
    """Arrays would be written as binary blocks, which nobody can read in a snapshot or an export."""
    figure = FORMS[name](make_look(theme=theme))

    assert is_plain(traces(figure))
    assert is_plain(layout(figure))
    assert '"bdata"' not in figure.figure().to_json()


@pytest.mark.parametrize("name", sorted(FORMS))
def test_a_figure_is_drawn_anew_the_same(name: str) -> None:
    assert FORMS[name](make_look()).to_dict() == FORMS[name](make_look()).to_dict()


@pytest.mark.parametrize("name", sorted(ON_FRAMES))
def test_a_chart_leaves_its_frame_as_it_was(name: str) -> None:
    before = FRAME.copy(deep=True)

    ON_FRAMES[name](FRAME, make_look())

    pd.testing.assert_frame_equal(FRAME, before)


@pytest.mark.parametrize("name", sorted(ON_FRAMES))
def test_an_empty_frame_is_nothing_to_draw_in_every_language(name: str) -> None:
    words = {
        "en": "Nothing to draw: these sources do not hold the figures for it",
        "zh-Hans": "无可绘制内容：所选文件缺少所需数据",
        "zh-Hant": "無可繪製內容：所選文件缺少所需數據",
    }

    assert {language: written(ON_FRAMES[name](frame_of(), make_look(language))) for language in LANGUAGES} == {
        language: [text] for language, text in words.items()
    }


@pytest.mark.parametrize("name", sorted(set(FORMS) - OF_ONE_COMPANY))
def test_each_company_has_its_colour_in_every_form(name: str) -> None:
    drawn = json.dumps(traces(FORMS[name](make_look())))

    assert [color for color in (MINIMAX, ZHIPU, THIRD) if color not in drawn] == []


@pytest.mark.parametrize("name", sorted(ON_FRAMES))
def test_a_company_keeps_its_colour_when_another_is_left_out(name: str) -> None:
    """The look decides: a chart of Zhipu alone shows Zhipu's colour, not the first of a palette."""
    drawn = json.dumps(traces(ON_FRAMES[name](frame_of(point("zhipu", "20", "FY2024")), make_look())))

    assert ZHIPU in drawn
    assert MINIMAX not in drawn


@pytest.mark.parametrize("name", sorted(set(FORMS) - WITHOUT_CLAIMS))
def test_the_marks_carry_claim_ids(name: str) -> None:
    carried = json.dumps([trace["customdata"] for trace in traces(FORMS[name](make_look())) if "customdata" in trace])

    assert "@" in carried


@pytest.mark.parametrize("name", sorted(FORMS))
def test_words_follow_the_theme(name: str) -> None:
    light, dark = (layout(FORMS[name](make_look(theme=theme))) for theme in ("light", "dark"))

    assert (light["paper_bgcolor"], dark["paper_bgcolor"]) == ("#FFFFFF", "#0E1117")
    assert (light["font"]["color"], dark["font"]["color"]) == ("#1F2328", "#E6EDF3")
