"""Which exhibits stand on which page."""

from collections import Counter

import pytest

from ipo_data.errors import UnknownNameError
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import View
from ipo_data.exhibits.registry import PAGES, SECTIONS, build, exhibit_ids, page
from ipo_data.exhibits.rows import by_measure, by_part, heading, row
from ipo_data.paths import ROOT
from ipo_data.text.catalog import words
from tests.builders import make_claim, make_dataset
from tests.charts.drawing import point
from tests.exhibits.library import Library


def test_every_page_has_a_script_of_its_name() -> None:
    assert [name for name in (p.id for p in PAGES) if not (ROOT / "pages" / f"{name}.py").is_file()] == []


def test_pages_and_their_exhibits_have_one_name_each() -> None:
    assert len({p.id for p in PAGES}) == len(PAGES)
    for chosen in PAGES:
        names = Counter(exhibit_ids(chosen, ["minimax", "zhipu"]))
        assert max(names.values()) == 1, chosen.id


def test_sections_are_in_order_of_their_pages() -> None:
    assert SECTIONS == ("compare", "cash", "deal", "evidence")


def test_an_exhibit_is_named_as_the_registry_names_it(library: Library) -> None:
    for chosen in PAGES:
        for name in exhibit_ids(chosen, ["minimax", "zhipu"]):
            assert library.exhibit(View(), chosen.id, name).id == name


def test_options_have_a_default_among_their_codes() -> None:
    for chosen in PAGES:
        for name, codes in chosen.options:
            assert len(set(codes)) == len(codes) > 1, name
    assert dict(page("runway").options)["burn"][0] == "100"


def test_an_unknown_page_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'runway'"):
        page("runaway")


def test_an_unknown_exhibit_names_its_page_and_the_nearest() -> None:
    context = Context(make_dataset(make_claim()), View())

    with pytest.raises(UnknownNameError, match=r"exhibit of page growth 'revenue-span' \(did you mean 'revenue-spans'"):
        build(context, page("growth"), "revenue-span")
    with pytest.raises(UnknownNameError, match="holders-nobody"):
        build(context, page("ownership"), "holders-nobody")


def test_an_option_that_was_not_chosen_has_its_default() -> None:
    view = View(options=(("burn", "150"),))

    assert view.option("burn", "100") == "150"
    assert view.option("liquidity", "cash_only") == "cash_only"


# --- rows -------------------------------------------------------------------------------------------------------------


def test_headings_leave_out_what_is_empty() -> None:
    assert heading("MiniMax", "", "9M 2025") == "MiniMax · 9M 2025"
    assert heading() == ""


def test_a_row_says_what_its_point_says() -> None:
    context = Context(make_dataset(make_claim()), View())
    found = row(context, point("minimax", "53437000", "9M2025", state="derived"), "MiniMax", hover="more")

    assert (found.label, found.company, found.value, found.text) == ("MiniMax", "minimax", 53_437_000.0, "US$53.44m")
    assert (found.state, found.hover, found.claims) == ("derived", "more", "minimax.revenue.9M2025@doc")


def test_a_row_without_a_value_keeps_its_words() -> None:
    context = Context(make_dataset(make_claim()), View())
    found = row(context, point("minimax", None, state="not_disclosed", claims=()), "MiniMax")

    assert (found.value, found.text) == (None, words("en")("state.not_disclosed"))


def test_rows_are_headed_by_company_measure_part_and_period() -> None:
    context = Context(make_dataset(make_claim()), View())
    part = point("minimax", "1", "9M2025", dimensions={"segment": "c_end"})

    assert by_part(context, part) == "Minimax · c_end · 9M 2025"
    assert by_measure(context, part) == "Minimax · Revenue · c_end · 9M 2025"
