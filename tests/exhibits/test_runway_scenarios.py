"""The runway page's projections: what they assume is written beside them, and what is missing is named."""

import pytest

from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context, restricted_to
from ipo_data.exhibits.model import View
from ipo_data.exhibits.runway_drivers import back_test, inputs, must_be_true, sensitivity_of
from ipo_data.exhibits.runway_scenarios import fan, scenarios

RUNWAY = "Runway"


@pytest.fixture(scope="module")
def everything():
    return Dataset.load()


def context(dataset, *options, **view):
    chosen = View(options=options, **view)
    return Context(restricted_to(dataset, chosen), chosen)


def months(exhibit, company, scenario):
    table = exhibit.table
    row = table[(table["Company"] == company) & (table["Scenario"] == scenario)]
    return row[RUNWAY].item()


def test_flat_scenario_shows_the_companys_own_division(everything):
    exhibit = scenarios(context(everything, ("lines", "yes")))

    assert months(exhibit, "MiniMax", "Flat") == "37.2 months"  # 1,046.2 / 28.1 = 37.23
    assert months(exhibit, "Zhipu", "Flat") == "27.3 months"  # 8,943.1 / 327.3 = 27.32


def test_bank_lines_are_left_out_unless_asked_for_and_the_subtitle_says_which(everything):
    without, counted = (scenarios(context(everything, ("lines", choice))) for choice in ("no", "yes"))

    assert months(without, "Zhipu", "Flat") == "8.6 months"  # 2,812.6 / 327.3 = 8.59
    assert "bank lines not counted" in without.subtitle
    assert "bank lines counted" in counted.subtitle


def test_nothing_is_called_a_forecast(everything):
    view = context(everything)
    for exhibit in (scenarios(view), fan(view), must_be_true(view), back_test(view)):
        words = f"{exhibit.title} {exhibit.subtitle}".lower()

        assert "forecast" not in words


def test_readers_own_values_shorten_or_lengthen_the_chosen_scenario_only(everything):
    plain = scenarios(context(everything))
    dearer = scenarios(context(everything, ("compute", "50")))

    def number(exhibit, scenario):
        return float(months(exhibit, "MiniMax", scenario).split()[0])

    assert number(dearer, "Base") < number(plain, "Base")
    assert number(dearer, "Bear") == number(plain, "Bear")


def test_fan_names_paths_and_seed_and_orders_its_quantiles(everything):
    exhibit = fan(context(everything, companies=("minimax",)))
    row = exhibit.table.iloc[0]
    p10, p50, p90 = (float(row[name].split()[0]) for name in ("P10 (bad tail)", "P50", "P90"))

    assert "2,000 paths, seed 20260109" in exhibit.subtitle
    assert p10 <= p50 <= p90
    assert (
        row["within 60 months"] == "99.8% ± 0.1"
    )  # the error of 0.998 over 2,000 paths: √(0.998 × 0.002 ÷ 2,000) = 0.1 %


def test_company_without_cash_data_is_named_as_a_gap(everything):
    view = context(everything, evidence="articles", rates="articles")

    for exhibit in (scenarios(view), fan(view), must_be_true(view), inputs(view)):
        assert any(note.startswith("Zhipu: no projection, these sources lack cash") for note in exhibit.notes)
    assert "no runway can be computed" in sensitivity_of("zhipu")(view).title


def test_reverse_stress_can_answer_that_nothing_tried_is_enough(everything):
    table = must_be_true(context(everything)).table
    answers = dict(zip(zip(table["Company"], table["Input"], strict=True), table["Answer"], strict=True))

    assert answers[("Zhipu", "Revenue growth a month, all segments")].startswith("infeasible between")
    assert answers[("MiniMax", "Revenue growth a month, all segments")].startswith("at least")


def test_back_test_sets_the_model_beside_later_results(everything):
    exhibit = back_test(context(everything, companies=("minimax",)))
    table = exhibit.table.set_index(["Item", "Period"])

    # H1-2026 revenue 116.573 against 61.9 of the base case from September 2025: 61.9 / 116.573 - 1 = -46.9 %
    assert table.loc[("Revenue", "H1 2026"), "Actual"] == "US$116.6m"
    assert table.loc[("Revenue", "H1 2026"), "Miss"] == "−46.9%"


def test_back_test_knows_no_later_results_with_earlier_evidence(everything):
    exhibit = back_test(context(everything, known_by="2026-01-12"))

    assert exhibit.table.empty
    assert exhibit.title == "No results after the balance date in this evidence"


def test_every_input_says_where_it_comes_from(everything):
    table = inputs(context(everything, ("rd", "2"))).table
    origins = dict(zip(zip(table["Company"], table["Input"], strict=True), table["Origin"], strict=True))

    assert origins[("MiniMax", "liquidity.cash")] == "from facts"
    assert origins[("MiniMax", "operating_expenses.fixed")] == "balancing figure"
    assert origins[("MiniMax", "operating_expenses.variable_share")] == "assumption"
    assert origins[("MiniMax", "research_and_development.growth.start")] == "your value"
    assert (table["Reason or arithmetic"] != "").sum() > len(table) // 2


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("currency", ["native", "HKD"])
def test_projections_build_in_every_language_and_currency(everything, language, currency):
    view = context(everything, language=language, currency=currency)

    for exhibit in (scenarios(view), fan(view), must_be_true(view), back_test(view), inputs(view)):
        assert exhibit.title
        assert "{" not in exhibit.title + exhibit.subtitle
        assert set(exhibit.claims) <= set(everything.claim_by_id)
