"""Marimekko: widths true to scale, words only where they fit."""

import pytest

from ipo_data.charts.marimekko import Block, marimekko
from ipo_data.charts.mosaics import Part
from ipo_data.charts.rows import text_width
from tests.charts.drawing import NOTHING, claims_in, layout, make_look, traces, written

B_END = Part("B-end (enterprises)", 28.9, "US$15.44m", 0, "reported", "b@x")
C_END = Part("C-end (consumers)", 71.1, "US$37.99m", 1, "derived", "c@x", "over 71%")
ROOM = 560


def block(company: str, width: float | None, *parts: Part) -> Block:
    return Block(company, width, "US$53.44m", "9M 2025", parts or (B_END, C_END))


def test_widths_are_true_to_scale_and_fill_the_axis() -> None:
    bars = traces(marimekko([block("minimax", 30.0), block("zhipu", 10.0)], make_look()), "bar")

    first, second = bars[0]["width"][0], bars[2]["width"][0]
    assert first / second == pytest.approx(3.0)
    assert bars[2]["x"][0] + second / 2 == pytest.approx(1.0)


def test_an_unknown_width_makes_all_equal() -> None:
    bars = traces(marimekko([block("minimax", 30.0), block("zhipu", None)], make_look()), "bar")

    assert bars[0]["width"] == bars[2]["width"]


def test_a_block_says_as_much_as_fits() -> None:
    wide = traces(marimekko([block("minimax", 1.0)], make_look()), "bar")
    narrow = traces(marimekko([block("minimax", 1.0), block("zhipu", 8.0)], make_look()), "bar")
    sliver = traces(marimekko([block("minimax", 1.0), block("zhipu", 99.0)], make_look()), "bar")

    assert wide[0]["text"] == ["B-end (enterprises)<br><b>28.9%</b> · US$15.44m"]
    assert wide[1]["text"] == ["C-end (consumers)<br><b>over 71%</b> · US$37.99m"]
    assert narrow[0]["text"] == ["<b>28.9%</b>"]
    assert sliver[0]["text"] == [""]


@pytest.mark.parametrize("widths", [(1, 1), (1, 30), (30, 1), (1, 1, 40), (40, 1, 1), (1, 40, 1)])
def test_headings_never_meet(widths: tuple[int, ...]) -> None:
    blocks = [block(c, float(w)) for c, w in zip(("minimax", "zhipu", "third"), widths, strict=False)]
    notes = layout(marimekko(blocks, make_look()))["annotations"]
    boxes = []
    for note in notes:
        reach = max(text_width(line, 12) for line in note["text"].split("<br>"))
        left = note["x"] * ROOM - (reach if note["xanchor"] == "right" else 0)
        boxes.append((note["yshift"], left, left + reach))

    for index, (level, left, right) in enumerate(boxes):
        assert left >= -1
        assert right <= ROOM + 1
        for other, start, end in boxes[index + 1 :]:
            assert level != other or right <= start or end <= left


def test_blocks_carry_their_claims_and_nothing_is_nothing() -> None:
    assert claims_in(marimekko([block("minimax", 1.0)], make_look())) == {"b@x", "c@x"}
    assert written(marimekko([], make_look())) == [NOTHING]
