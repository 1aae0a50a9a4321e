"""A moved control draws the parts of a page that follow it, as the whole page would, and leaves the others alone."""

import pytest

from ipo_data.exhibits.registry import PAGES, exhibit_ids, expanded, options_read
from ipo_data.exhibits.registry import page as page_of
from pages.shell import parts
from pages.shell.data import context_of
from pages.shell.link import FOLD
from pages.shell.parts import PARTS
from tests.pages.opened import Opened, data, view_of

RUNWAY = page_of("runway")


@pytest.fixture(autouse=True)
def _all_is_sent_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the tests the moment after which a page is surely in the browser."""
    monkeypatch.setattr(parts, "_SENT", 0.0)


def numbers(shown: Opened) -> list[int]:
    """Return the numbers of the exhibits that the last run drew, in the order in which it drew them."""
    return [int(heading.split("Exhibit ")[1].split(" ")[0]) for heading in shown.headings]


def wanted(*names: str) -> list[int]:
    """Return the numbers of the exhibits of some parts."""
    ids = exhibit_ids(RUNWAY, context_of(data(), view_of(Opened("runway"))).companies)
    companies = context_of(data(), view_of(Opened("runway"))).companies
    return [
        ids.index(one) + 1
        for name in names
        for pattern in PARTS["runway"][name]
        for one in expanded(pattern, companies)
    ]


def move(shown: Opened, control: str, value: str) -> Opened:
    """Move a slider of a page that is there as a whole and run what follows it."""
    if not is_whole(shown):
        shown.again()
    shown.app.select_slider(key=f"view_{control}").set_value(value)
    shown.app.run()
    return shown


def is_whole(shown: Opened) -> bool:
    """Tell whether the last run drew the whole page."""
    return len(shown.app.title) == 1


# --- what belongs together --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PARTS)
def test_every_exhibit_that_follows_a_control_stands_in_one_part_in_the_order_of_the_page(name: str) -> None:
    page = page_of(name)
    in_parts = [pattern for patterns in PARTS[name].values() for pattern in patterns]

    assert in_parts == [pattern for pattern, _ in page.exhibits if options_read(page, pattern)]
    assert all(options_read(page, pattern) is not None for pattern in in_parts)
    assert page.answer_reads == ()  # the answer and the key figures stand outside


def test_parts_are_named_after_pages_that_exist() -> None:
    assert set(PARTS) <= {page.id for page in PAGES}


# --- what is drawn ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("control", "value", "names"),
    [
        ("growth", "150", ("projections", "fan", "drivers", "heat", "checks")),
        ("burn", "50", ("what-if",)),
    ],
)
def test_a_slider_draws_the_parts_that_read_it(control: str, value: str, names: tuple[str, ...]) -> None:
    shown = move(Opened("runway"), control, value)

    assert shown.errors == []
    assert numbers(shown) == wanted(*names)


def test_a_list_draws_the_parts_that_read_it() -> None:
    shown = Opened("runway")
    shown.app.segmented_control(key="view_jump").select("yes").run()
    assert numbers(shown) == wanted("fan")
    shown.again().app.multiselect(key="view_overlay").set_value(["bull"]).run()
    assert numbers(shown) == wanted("projections")
    shown.again().app.selectbox(key="view_x").set_value("interest_rate").run()
    assert numbers(shown) == wanted("heat")
    assert shown.query == {"lang": "en", "jump": "yes", "overlay": "bull", "x": "interest_rate"}


def test_parts_and_then_the_whole_page_show_what_a_link_shows() -> None:
    shown = move(move(Opened("runway"), "growth", "150"), "burn", "50")
    linked = Opened("runway", {"lang": "en", "growth": "150", "burn": "50"})

    assert shown.query == linked.query
    assert set(shown.headings) < set(linked.headings)
    assert shown.again().texts() == linked.texts()


def test_the_links_to_the_view_follow() -> None:
    shown = Opened("runway").with_link()
    move(shown, "growth", "150")

    assert not is_whole(shown)
    (copied,) = shown.app.code
    assert "growth=150" in copied.value
    assert shown.app.session_state[FOLD]
    assert shown.query == {"lang": "en", "growth": "150"}
    assert ("", "Runway") in shown.again().links  # the address itself


def test_words_about_the_readers_own_values_follow_the_scenario() -> None:
    shown = move(Opened("runway", {"lang": "en", "set": "minimax.burn:20"}), "rd", "2")

    assert not is_whole(shown)
    own = [text for text in shown.texts() if "MiniMax" in text and "20.0" in text]
    assert own
    assert shown.warnings == Opened("runway", shown.query).warnings


# --- what needs the whole page ----------------------------------------------------------------------------------------


def test_a_control_of_the_sidebar_that_moved_as_well_needs_the_whole_page() -> None:
    shown = Opened("runway")
    shown.app.selectbox(key="view_ccy").select("USD")
    move(shown, "growth", "150")

    assert is_whole(shown)
    assert shown.query == {"lang": "en", "ccy": "USD", "growth": "150"}


def test_an_unfolded_exhibit_needs_the_whole_page() -> None:
    shown = Opened("runway")
    shown.app.session_state["details-runway-runway-matrix-minimax"] = True
    shown.again()

    assert is_whole(move(shown, "growth", "150"))


def test_a_remark_on_the_link_goes_with_the_next_click() -> None:
    shown = Opened("runway", {"lang": "en", "growth": "1000"})
    assert shown.warnings != []

    assert is_whole(move(shown, "growth", "150"))
    assert shown.warnings == []
    assert not is_whole(move(shown, "growth", "200"))


def test_what_may_not_have_left_the_server_yet_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Opened("runway")
    monkeypatch.setattr(parts, "_SENT", 1_000.0)
    assert is_whole(move(shown, "growth", "150"))
    monkeypatch.setattr(parts, "_SENT", 0.0)
    in_browser = shown.again().app._tree
    move(shown, "growth", "175")
    monkeypatch.setattr(parts, "_SENT", 1_000.0)

    shown.app._tree = in_browser  # a browser still has what the last run has not drawn
    shown.app.select_slider(key="view_growth").set_value("175")
    shown.app.selectbox(key="view_x").set_value("interest_rate").run()

    assert numbers(shown) == wanted("projections", "fan", "drivers", "heat", "checks")


def test_a_page_that_was_not_drawn_to_its_end_is_drawn_as_a_whole() -> None:
    shown = Opened("runway")
    shown.app.session_state["_drawn"] = None

    assert is_whole(move(shown, "growth", "150"))
    assert shown.query["growth"] == "150"


def test_other_data_need_the_whole_page(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Opened("runway")
    monkeypatch.setattr(parts, "dataset_of", lambda below: None)

    assert is_whole(move(shown, "growth", "150"))


def test_whoever_may_not_read_any_more_is_told_by_a_run_of_the_whole_page(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Opened("runway")
    monkeypatch.setattr(parts, "may_read", lambda: False)

    assert is_whole(move(shown, "growth", "150"))


def test_another_page_leaves_the_parts_behind() -> None:
    shown = move(Opened("runway"), "growth", "150").again().turn_to("valuation")
    assert shown.errors == []
    shown.turn_to("runway")
    assert shown.query == {"lang": "en", "growth": "150"}
    assert numbers(move(shown, "growth", "175")) == wanted("projections", "fan", "drivers", "heat", "checks")
