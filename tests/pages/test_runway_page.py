"""The runway page's own controls: the form, what the link says, what is refused, and what a change leaves alone."""

from dataclasses import replace

import pytest

from ipo_data.exhibits.registry import exhibit_ids, read_by
from ipo_data.exhibits.registry import page as page_of
from ipo_data.text.catalog import LANGUAGES, words
from pages.shell.data import context_of, exhibit_of
from tests.pages.conftest import UseSeeds
from tests.pages.opened import Opened, data, view_of
from tests.pages.test_companies import COMPANIES

RUNWAY = page_of("runway")


def with_form(**query: str) -> Opened:
    """Open the page with the form unfolded."""
    shown = Opened("runway", query)
    shown.app.session_state["own-scenario"] = True
    return shown.again()


def field(shown: Opened, name: str):
    (found,) = [number for number in shown.app.number_input if number.key.endswith(f"-{name}")]
    return found


def apply(shown: Opened, **values: float) -> Opened:
    """Fill fields, ``__`` for the dots, and send the form."""
    for name, value in values.items():
        field(shown, name.replace("__", ".")).set_value(value)
    press(shown, "form.apply")
    return shown.again()


def press(shown: Opened, text: str) -> None:
    """Press the first button with a text; the buttons of the sidebar come before those of the form."""
    next(button for button in shown.app.button if button.label == words("en")(text)).click()


# --- the form ---------------------------------------------------------------------------------------------------------


def test_the_form_is_sent_only_to_those_who_unfold_it() -> None:
    assert len(Opened("runway").app.number_input) == 0
    assert len(with_form().app.number_input) > 50


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_says_what_it_is_its_bounds_and_where_its_value_comes_from(lang: str) -> None:
    shown = with_form(lang=lang)

    assert shown.errors == []
    labels = [number.label for number in shown.app.number_input]
    assert len(set(labels)) == len(labels)
    between = {"en": "Between", "zh-Hans": "介于", "zh-Hant": "介於"}[lang]
    assert all(between in number.help for number in shown.app.number_input)
    facts = {"en": "from facts", "zh-Hans": "来自事实", "zh-Hant": "來自事實"}[lang]
    assert facts in field(shown, "research_and_development.monthly").help


def test_what_is_changed_goes_into_the_link_and_nothing_else() -> None:
    shown = apply(with_form(), burn=20.0, research_and_development__growth__start=3.0)

    assert shown.errors == []
    assert shown.query["set"] == "minimax.burn:20,minimax.research_and_development.growth.start:0.03"
    assert not shown.warnings
    assert "Your (from Base) scenario" in shown.text()
    assert field(shown, "burn").value == 20.0


def test_a_second_change_keeps_the_first_and_a_company_can_be_cleared() -> None:
    shown = with_form(set="zhipu.burn:300,minimax.burn:20")
    apply(shown, interest_rate=3.5)
    assert shown.query["set"] == "zhipu.burn:300,minimax.burn:20,minimax.interest_rate:0.035"

    press(shown, "form.reset")
    shown.again()
    assert shown.query["set"] == "zhipu.burn:300"


def test_new_money_and_correlations_are_fields_too() -> None:
    shown = apply(with_form(), new_money__amount=100.0, new_money__month=6)

    assert shown.query["set"] == "minimax.new_money.amount:100,minimax.new_money.month:6"
    assert "MiniMax plus US$100.0m of your new money in Apr 2026" in shown.text()


def test_the_other_company_has_its_own_form() -> None:
    shown = with_form()
    shown.app.session_state["own-company"] = "zhipu"
    apply(shown.again(), liquidity__cash=3000.0)

    assert shown.query["set"] == "zhipu.liquidity.cash:3000"


# --- overlays and followed options ------------------------------------------------------------------------------------


def test_the_scenarios_to_compare_stand_in_the_link() -> None:
    shown = Opened("runway", {"overlay": "flat,wide", "scenario": "bear"})

    assert shown.errors == []
    assert shown.app.multiselect(key="view_overlay").value == ["flat", "wide"]
    view = view_of(shown)
    drawn = exhibit_of(data(), view, "runway", "runway-scenarios")
    assert drawn.table["Scenario"].tolist() != []
    shown.app.multiselect(key="view_overlay").set_value(["bull"])
    assert shown.again().query["overlay"] == "bull"


@pytest.mark.parametrize(("option", "code"), [("growth", "150"), ("scenario", "bear"), ("burn", "80"), ("jump", "yes")])
def test_a_change_rebuilds_only_the_exhibits_that_follow_it(option: str, code: str) -> None:
    before = view_of(Opened("runway"))
    after = view_of(Opened("runway", {option: code}), options=(*before.options, (option, code)))
    names = exhibit_ids(RUNWAY, context_of(data(), before).companies)

    rebuilt = {
        name for name in names
        if exhibit_of(data(), before, "runway", name) is not exhibit_of(data(), after, "runway", name)
    }  # fmt: skip

    assert rebuilt == {name for name in names if read_by(before, "runway", name) != read_by(after, "runway", name)}
    assert "runway-matrix-minimax" not in rebuilt
    assert ("runway-what-if" in rebuilt) == (option == "burn")
    assert ("runway-tornado-zhipu" in rebuilt) == (option in {"growth", "scenario"})
    assert ("runway-fan" in rebuilt) == (option != "burn")


# --- a company without cash data --------------------------------------------------------------------------------------


def test_a_company_without_cash_data_asks_for_liquidity_and_burn(add_to_seeds: UseSeeds) -> None:
    add_to_seeds(COMPANIES["third"])
    shown = with_form(firms="newcomer")

    assert shown.errors == []
    assert [number.key.split("-")[-1] for number in shown.app.number_input] == ["liquidity.cash", "burn"]
    assert "The sources hold no cash data of Newcomer" in shown.text()
    assert "Newcomer: no runway can be computed from these sources" in shown.text()


def test_liquidity_and_burn_of_the_readers_give_a_runway_marked_as_scenario(add_to_seeds: UseSeeds) -> None:
    add_to_seeds(COMPANIES["third"])
    shown = apply(with_form(firms="newcomer"), liquidity__cash=900.0, burn=40.0)

    assert shown.errors == []
    assert shown.query["set"] == "newcomer.liquidity.cash:900,newcomer.burn:40"
    view = view_of(shown, companies=("newcomer",))
    options = (*view.options, ("set", shown.query["set"]))
    exhibit = exhibit_of(data(), replace(view, options=options), "runway", "runway-what-if")
    (point,) = exhibit.points
    # 900 ÷ 40 = 22.5
    assert (str(point.state), str(point.value), point.formula) == ("scenario", "22.5", "900 ÷ 40")
    assert exhibit.title == "On your figures the money lasts: Newcomer 22.5 months"
    assert exhibit.states == ("scenario",)
    # what the documents say stays as it was: no number is made up for the other exhibits
    assert "Newcomer: no runway can be computed from these sources" in shown.text()


@pytest.mark.parametrize("burn", ["0", "-5"])
def test_who_burns_nothing_gets_no_months(add_to_seeds: UseSeeds, burn: str) -> None:
    add_to_seeds(COMPANIES["third"])
    shown = Opened("runway", {"firms": "newcomer", "set": f"newcomer.liquidity.cash:900,newcomer.burn:{burn}"})

    assert shown.errors == []
    assert "On your figures" not in shown.text()


# --- the heat map -----------------------------------------------------------------------------------------------------


def test_the_inputs_of_the_heat_map_stand_in_the_link() -> None:
    shown = Opened("runway", {"x": "segments.cloud.growth.start", "y": "liquidity.cash"})

    assert shown.errors == []
    assert not shown.warnings
    assert "MiniMax has no such input: Revenue growth, Cloud deployment, first month." in shown.text()
    shown.app.selectbox(key="view_x").set_value("interest_rate")
    assert shown.again().query["x"] == "interest_rate"


def test_what_is_no_input_is_reported_and_replaced_by_the_default() -> None:
    shown = Opened("runway", {"x": "revenue"})

    assert shown.errors == []
    assert "'revenue'" in shown.warnings[0]
    assert "compute_price.change" in shown.warnings[0]
