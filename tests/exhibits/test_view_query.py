"""Views as links and back: the same codes, defaults and refusals as in the address bar."""

from dataclasses import replace

import pytest

from ipo_data.dataset import Dataset
from ipo_data.errors import OptionError, UnknownNameError
from ipo_data.exhibits.model import View
from ipo_data.exhibits.registry import PAGES, Page
from ipo_data.exhibits.view_query import complete_query_of, parameters, query_of, read_query, view_of

CHOSEN = View(
    language="zh-Hant", companies=("zhipu",), currency="CNY", rates="prospectus", evidence="filings",
    known_by="2026-01-31", without=("finet-2025-12",),
)  # fmt: skip


def with_options(view: View, page: Page, turn: int, dataset: Dataset) -> View:
    """Give every option of a page its first (0) or last (-1) code, texts their default or the example."""
    codes = [(name, codes[turn]) for name, codes in page.codes(dataset).items()]
    several = [(name, codes[turn]) for name, codes, _ in page.several]
    texts = [(text.name, text.form if turn else text.default) for text in page.texts]
    return replace(view, options=(*codes, *several, *texts))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
@pytest.mark.parametrize("view", [View(), CHOSEN], ids=["default", "chosen"])
@pytest.mark.parametrize("turn", [0, -1], ids=["first", "last"])
def test_a_view_survives_its_query(dataset: Dataset, page: Page, view: View, turn: int) -> None:
    wanted = with_options(view, page, turn, dataset)
    assert view_of(page.id, query_of(page.id, wanted, dataset), dataset) == wanted
    again = view_of(page.id, complete_query_of(page.id, wanted, dataset), dataset)
    assert again == replace(wanted, companies=wanted.companies or tuple(dataset.companies))


def test_defaults_are_left_out_and_the_language_is_not(dataset: Dataset) -> None:
    assert query_of("growth", View(), dataset) == {"lang": "en"}
    assert query_of("runway", View(options=(("burn", "80"), ("lines", "no"))), dataset) == {"lang": "en", "burn": "80"}


def test_a_complete_query_names_every_value_and_the_data(dataset: Dataset) -> None:
    found = complete_query_of("growth", View(), dataset)
    assert found == {
        "lang": "en", "firms": ",".join(dataset.companies), "ccy": "native", "rates": "prospectus", "basis": "ltm",
        "evidence": "all",
        "data": dataset.digest[:12],
    }  # fmt: skip


def test_what_is_not_allowed_falls_back_and_is_named(dataset: Dataset) -> None:
    query = {"ccy": "EUR", "firms": "zhipu,nobody", "known": "2026-02-30", "burn": "80", "colour": "red"}
    view, complaints = read_query("growth", query, dataset)
    assert view == View(companies=("zhipu",))
    assert [(wrong.parameter, wrong.found) for wrong in complaints] == [
        ("colour", "colour"), ("firms", "nobody"), ("ccy", "EUR"), ("known", "2026-02-30"),
    ]  # fmt: skip


def test_a_refusal_says_what_was_found_and_what_is_allowed(dataset: Dataset) -> None:
    with pytest.raises(
        OptionError, match=r"ccy: 'USB' is not known; did you mean USD\?; allowed: native, USD, CNY, HKD"
    ):
        view_of("growth", {"ccy": "USB"}, dataset)
    with pytest.raises(OptionError, match="known: 'soon' is not known; such as 2026-01-12"):
        view_of("growth", {"known": "soon"}, dataset)
    with pytest.raises(UnknownNameError, match="did you mean 'growth'"):
        view_of("grwoth", {}, dataset)


def test_every_option_of_every_page_is_a_parameter(dataset: Dataset) -> None:
    known = parameters(dataset)
    for page in PAGES:
        for name, codes in page.codes(dataset).items():
            assert (known[name].page, known[name].default, known[name].allowed) == (page.id, codes[0], codes)
        for name, codes, given in page.several:
            assert (known[name].page, known[name].default, known[name].allowed) == (page.id, list(given), codes)
        for text in page.texts:
            assert (known[text.name].page, known[text.name].default) == (page.id, text.default)
            assert known[text.name].valid(text.form) == (text.form, None)
