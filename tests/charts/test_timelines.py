"""Events on one line of time."""

from datetime import date

from ipo_data.charts.timelines import Event, timeline
from tests.charts.drawing import MINIMAX, NOTHING, ZHIPU, claims_in, layout, make_look, traces, written

EVENTS = [
    Event(date(2026, 1, 9), "minimax", "Listed<br>9 Jan 2026", "l@x"),
    Event(date(2025, 8, 19), "minimax", "Round closed<br>19 Aug 2025", "r@x"),
    Event(date(2026, 1, 8), "zhipu", "Listed<br>8 Jan 2026", "l@z"),
]


def test_events_stand_in_order_on_the_lane_of_their_company() -> None:
    zhipu, minimax = traces(timeline(EVENTS, make_look()))

    # pixels from the bottom: 32 − 10 below a lane without words there, 28 + 32 above one with words; then 22 again
    assert (zhipu["x"], zhipu["y"]) == (["2026-01-08"], [22])
    assert (minimax["x"], minimax["y"]) == (["2025-08-19", "2026-01-09"], [22 + 60 + 22] * 2)
    assert layout(timeline(EVENTS, make_look()))["yaxis"]["ticktext"] == ["<b>Zhipu</b>", "<b>MiniMax</b>"]


def test_lanes_have_their_companys_colour_dash_and_symbol() -> None:
    zhipu, minimax = traces(timeline(EVENTS, make_look()))

    assert (minimax["line"]["color"], zhipu["line"]["color"]) == (MINIMAX, ZHIPU)
    assert (minimax["line"]["dash"], zhipu["line"]["dash"]) == ("solid", "dash")
    assert (minimax["marker"]["symbol"], zhipu["marker"]["symbol"]) == ("circle", "diamond")


def test_words_stand_as_near_as_their_neighbours_allow_and_are_joined_to_their_mark() -> None:
    near = Event(date(2026, 1, 5), "minimax", "Price set<br>5 Jan 2026", "p@x")
    figure = timeline([*EVENTS, near], make_look())

    # an arrow's tail is counted downwards: 28 px above the lane, or below it where the place above is taken
    assert [(note["text"], note["ay"]) for note in layout(figure)["annotations"]] == [
        ("Listed<br>8 Jan 2026", -28),
        ("Round closed<br>19 Aug 2025", -28),
        ("Price set<br>5 Jan 2026", -28),
        ("Listed<br>9 Jan 2026", 28),
    ]


def test_a_narrow_window_has_one_event_below_the_other() -> None:
    figure = timeline(EVENTS, make_look(narrow=True))

    assert written(figure) == [
        "<b>MiniMax</b> Round closed · 19 Aug 2025", "<b>Zhipu</b> Listed · 8 Jan 2026",
        "<b>MiniMax</b> Listed · 9 Jan 2026",
    ]  # fmt: skip
    assert [note["y"] for note in layout(figure)["annotations"]] == [2, 1, 0]
    assert claims_in(figure) == {"l@x", "r@x", "l@z"}


def test_events_carry_their_claims() -> None:
    assert claims_in(timeline(EVENTS, make_look())) == {"l@x", "r@x", "l@z"}


def test_only_companies_with_events_have_a_lane() -> None:
    assert layout(timeline(EVENTS[:1], make_look()))["yaxis"]["ticktext"] == ["<b>MiniMax</b>"]


def test_no_event_is_nothing_to_draw() -> None:
    assert written(timeline([], make_look())) == [NOTHING]


def test_days_on_short_axes_and_months_on_long_ones() -> None:
    def tick_format(*days: date, language: str = "en") -> str:
        events = [Event(day, "minimax", "Listed", "a@x") for day in days]
        return str(layout(timeline(events, make_look(language=language)))["xaxis"]["tickformat"])

    assert tick_format(date(2025, 12, 21), date(2026, 1, 9)) == "%-d %b %Y"
    assert tick_format(date(2021, 1, 1), date(2026, 1, 9)) == "%b %Y"
    assert tick_format(date(2025, 12, 21), date(2026, 1, 9), language="zh-Hans") == "%Y-%m-%d"
    assert tick_format(date(2021, 1, 1), date(2026, 1, 9), language="zh-Hant") == "%Y-%m"
