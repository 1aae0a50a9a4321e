"""A narrow window: charts laid out for it, told by the address, and no part of what is copied or exported."""

from typing import Any

import pytest

from ipo_data.charts.theme import PHONE, room_of
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import View
from ipo_data.exhibits.registry import PAGES, Page, build, exhibit_ids
from ipo_data.export.figure_code import figure_code
from pages.shell.kept import forget
from tests.pages.opened import Opened, data

SCENARIOS = "runway-scenarios"


def chart(shown: Opened, name: str) -> dict[str, Any]:
    (found,) = [one for one in shown.charts if one["element"].endswith(f"-{name}")]
    return found


def test_a_narrow_window_has_panels_one_below_the_other() -> None:
    wide, narrow = chart(Opened("runway"), SCENARIOS), chart(Opened("runway", {"screen": "narrow"}), SCENARIOS)

    assert narrow["layout"]["xaxis2"]["domain"] == [0, 1]
    assert wide["layout"]["xaxis2"]["domain"] != [0, 1]
    assert [trace["y"] for trace in narrow["data"]] == [trace["y"] for trace in wide["data"]]


def test_the_address_keeps_what_the_browser_said_until_it_says_otherwise() -> None:
    shown = Opened("growth", {"lang": "en", "screen": "narrow"})
    assert shown.query == {"lang": "en", "screen": "narrow"}

    assert shown.turn_to("runway").query == {"lang": "en", "screen": "narrow"}

    shown.app.query_params.clear()
    shown.app.query_params["lang"] = "en"
    assert chart(shown.again(), SCENARIOS)["layout"]["xaxis2"]["domain"] != [0, 1]


def test_the_copied_link_leaves_the_readers_window_out() -> None:
    shown = Opened("growth", {"screen": "narrow"}).with_link()
    (link,) = [code.value for code in shown.app.code if "growth?" in code.value]

    assert "screen" not in link


def test_an_unknown_width_is_reported() -> None:
    shown = Opened("growth", {"screen": "tall"})

    assert any("tall" in warning and "narrow" in warning for warning in shown.warnings)
    assert shown.query == {"lang": "en"}


@pytest.mark.parametrize(("least", "times"), [(100, 2), (10_000, 0)])
def test_a_chart_that_may_be_wider_than_its_place_has_the_remark_that_says_so(
    least: int, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The browser shows it while the chart is wider; every chart of the product fits 10,000 pixels."""
    monkeypatch.setattr("pages.shell.exhibit.PHONE", least)
    forget()  # what other tests have opened
    remarks = [exhibit.get("moves", "") for exhibit in Opened("sources", {"screen": "narrow"}).exhibits]
    forget()

    assert sum("wider than the window" in remark for remark in remarks) == times


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
@pytest.mark.parametrize("lang", ["en", "zh-Hant"])
def test_every_chart_fits_a_phone_and_keeps_its_code(page: Page, lang: str) -> None:
    dataset = data()
    options = page.defaults(dataset)
    narrow, wide = (View(language=lang, narrow=narrow, options=options) for narrow in (True, False))
    context, desk = Context(dataset, narrow), Context(dataset, wide)

    charts = {name: build(context, page, name) for name in exhibit_ids(page, context.companies)}

    asked = {name: room_of(made.figure) for name, made in charts.items() if made.figure is not None}
    assert {name: room for name, room in asked.items() if room > PHONE} == {}
    name, made = next(iter(charts.items()))
    assert figure_code(made, narrow, page.id, dataset) == figure_code(
        build(desk, page, name), wide, page.id, dataset
    )  # fmt: skip
