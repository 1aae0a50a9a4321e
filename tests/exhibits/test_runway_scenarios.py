"""The runway page's projections: what they assume is written beside them, and what is missing is named."""

import pytest

from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context, restricted_to
from ipo_data.exhibits.model import View
from ipo_data.exhibits.runway_backtest import back_test
from ipo_data.exhibits.runway_drivers import must_be_true, sensitivity_of
from ipo_data.exhibits.runway_fan import fan
from ipo_data.exhibits.runway_scenarios import scenarios
from ipo_data.exhibits.runway_table import inputs

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


def test_readers_own_values_are_a_line_of_their_own_beside_the_scenario_they_start_from(everything):
    plain = scenarios(context(everything))
    dearer = scenarios(context(everything, ("compute", "50")))

    def number(exhibit, scenario):
        return float(months(exhibit, "MiniMax", scenario).split()[0])

    assert number(dearer, "Your scenario") < number(plain, "Base")
    assert number(dearer, "Base") == number(plain, "Base")
    assert "Your scenario" not in plain.table["Scenario"].tolist()
    assert dearer.title.startswith("Your (from Base) scenario")


def test_the_reader_chooses_which_scenarios_lie_over_one_another(everything):
    exhibit = scenarios(context(everything, ("overlay", "wide,bear"), ("scenario", "flat")))

    # the chosen one is always there
    assert exhibit.table["Scenario"].tolist() == ["Wide", "Bear", "Flat"] * 2


def test_own_values_are_for_one_company_or_for_all(everything):
    one = scenarios(context(everything, ("set", "minimax.burn:14.05")))
    both = scenarios(context(everything, ("scenario", "flat"), ("set", "horizon:8")))

    # the opening burn halved: the flat months would double; the base scenario still grows its spending
    assert months(one, "MiniMax", "Your scenario") != months(one, "MiniMax", "Base")
    assert one.table[one.table["Company"] == "Zhipu"]["Scenario"].tolist().count("Your scenario") == 0
    assert months(both, "Zhipu", "Your scenario") == "over 8 months"  # 8.6 months lie beyond the eight projected


def test_a_halved_burn_doubles_the_flat_months(everything):
    halved = scenarios(context(everything, ("scenario", "flat"), ("set", "minimax.burn:14.05")))

    # 1,006.801 / 28.1 = 35.83 and 1,006.801 / 14.05 = 71.66
    assert months(halved, "MiniMax", "Flat") == "35.8 months"
    assert months(halved, "MiniMax", "Your scenario") == "71.7 months"


def test_subtitles_name_liquidity_date_burn_lines_and_proceeds(everything):
    plain = scenarios(context(everything)).subtitle
    funded = scenarios(context(everything, ("offer", "yes"), ("lines", "yes"))).subtitle

    assert "MiniMax US$1.007bn at 30 Sep 2025, burn US$28.1m a month" in plain
    assert "Zhipu RMB2.813bn at 31 Oct 2025, burn RMB327.3m a month" in plain
    assert "bank lines not counted, without offer proceeds" in plain
    # HK$4,596.1m is the largest net amount a document states; the over-allotment's is not among them
    assert "MiniMax plus US$590.7m net offer proceeds in Jan 2026 (HK$4.5961bn, with offer size adjustment)" in funded
    assert "bank lines counted" in funded


def test_a_bull_case_that_ends_before_the_flat_one_says_why(everything):
    (why, _), (balance, _) = (
        [note for note in scenarios(context(everything)).notes if word in note]
        for word in ("ends before", "not counted")
    )

    # flat: (1,046.2 − 39.4) ÷ 28.1 = 35.83; in the bull case 31.93 months end the same money: 1,006.8 ÷ 31.93 = 31.53,
    # over its 31 whole months 31.54
    assert why == (
        "MiniMax: Bull ends before Flat (31.9 months v 35.8 months). Flat holds burn at US$28.1m a month; in Bull "
        "spending rises before revenue pays for it, and burn is US$31.54m a month on average until the money is out."
    )
    assert balance == (
        "MiniMax, 30 Sep 2025: undrawn bank lines of US$39.4m are not counted; they are 4% of the balance by the "
        "company's definition (US$1.0462bn)."
    )
    alone = scenarios(context(everything, ("overlay", "flat")))
    assert not any("ends before" in note for note in alone.notes)  # the bull case is not drawn


def test_computed_months_keep_their_place(everything):
    assert months(scenarios(context(everything)), "Zhipu", "Stress") == "8.0 months"  # beside 8.1 in the bear case


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
    assert sensitivity_of("zhipu")(view).title == "Zhipu: no projection can be made from these sources"


def test_reverse_stress_can_answer_that_nothing_tried_is_enough(everything):
    table = must_be_true(context(everything)).table
    answers = dict(zip(zip(table["Company"], table["Input"], strict=True), table["Answer"], strict=True))

    assert answers[("Zhipu", "Revenue growth a month, all segments")].startswith("no value from")
    assert answers[("MiniMax", "Revenue growth a month, all segments")].startswith("at least")


def test_back_test_sets_the_model_beside_later_results(everything):
    exhibit = back_test(context(everything, companies=("minimax",)))
    table = exhibit.table.set_index(["Item", "Period"])

    # H1-2026 revenue 116.573 against 61.9 of the base case from September 2025: 61.9 / 116.573 - 1 = -46.9 %
    assert table.loc[("Revenue", "H1 2026"), "Actual"] == "US$116.6m"
    assert table.loc[("Revenue", "H1 2026"), "Miss"] == "(46.9%)"


def test_back_test_says_where_revenue_falls_below_the_year_before(everything):
    notes = back_test(context(everything, companies=("zhipu",))).notes

    # 77.11 ÷ 190.877 − 1 = −59.6 %
    assert any("RMB77.11m, is 59.6% below that of the same months a year before, RMB190.9m" in note for note in notes)
    assert not any("below that of" in note for note in back_test(context(everything, companies=("minimax",))).notes)


def test_back_test_knows_no_later_results_with_earlier_evidence(everything):
    exhibit = back_test(context(everything, known_by="2026-01-12"))

    assert exhibit.table.empty
    assert exhibit.title == "No results after the balance date in this evidence"


def test_every_input_says_where_it_comes_from(everything):
    table = inputs(context(everything, ("rd", "2"))).table
    origins = dict(zip(zip(table["Company"], table["Input"], strict=True), table["Origin"], strict=True))

    assert origins[("MiniMax", "Cash and equivalents")] == "from facts"
    assert origins[("MiniMax", "Opening fixed costs")] == "balancing figure"
    assert origins[("MiniMax", "Costs that follow revenue")] == "assumption"
    assert origins[("MiniMax", "Growth of research spending")] == "your value, assumption"  # the half-life is assumed
    assert origins[("Zhipu", "Gross margin, On-premise deployment")] == "from facts, assumption"
    assert (table["Reason or arithmetic"] != "").sum() > len(table) // 2


def test_inputs_are_written_with_their_units(everything):
    table = inputs(context(everything, ("scenario", "stress"))).table
    values = dict(zip(zip(table["Company"], table["Input"], strict=True), table["Value"], strict=True))

    assert values[("MiniMax", "Cash and equivalents")] == "US$362.6m"
    assert (
        values[("MiniMax", "Growth of research spending")] == "2.0% a month → 0.5% a month, half the way in 12 months"
    )
    assert values[("MiniMax", "Receivables, days of revenue")] == "38 days; 75 days from month 6"
    assert values[("MiniMax", "Gross margin, B-end (enterprises)")] == "69.4%"
    assert values[("Zhipu", "Opening research spending")] == "RMB265.8m a month"  # 1,594.661 / 6 = 265.777


def test_seasonal_factors_are_listed_with_their_reason_where_there_are_any(everything):
    table = inputs(context(everything)).table
    rows = table[table["Input"] == "Seasonal factors of revenue"].to_numpy().tolist()

    # 14.4 % of 2024 in six months: 2 × 0.144 = 0.288 of the average month, 2 × 0.856 = 1.712 in the other six
    (row,) = rows
    assert row[:4] == [
        "Zhipu", "Seasonal factors of revenue",
        "0.288× the average month in months 1–6; 1.712× the average month in months 7–12", "assumption",
    ]  # fmt: skip
    assert "14.4" in row[4]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Research spending"),
        ("zh-Hans", "期初研发开支（minimax.r_and_d.monthly）：-1未被采用，须介于每月0美元与每月10.00万亿美元之间"),
        ("zh-Hant", "期初研發開支（minimax.r_and_d.monthly）：-1未被採用，須介於每月0美元與每月10.00萬億美元之間"),
    ],
)
def test_a_refused_value_is_named_in_the_readers_language_and_leaves_the_others_alone(everything, language, sentence):
    both = scenarios(context(everything, ("set", "minimax.r_and_d.monthly:-1,minimax.burn:14.05"), language=language))
    only = scenarios(context(everything, ("set", "minimax.burn:14.05"), language=language))

    assert any(sentence.lower() in note.lower() for note in both.notes)
    assert both.table.equals(only.table)


def test_subtitles_are_in_the_shown_currency_and_its_rate_is_noted(everything):
    in_hkd = Context(everything, View(currency="HKD"))

    for build in (scenarios, fan, sensitivity_of("minimax"), must_be_true, back_test):
        exhibit = build(in_hkd)
        # 1,006.8 × 7.7805 = 7,833; 28.1 × 7.7805 = 218.6
        assert "MiniMax HK$7.833bn at 30 Sep 2025, burn HK$218.6m a month" in exhibit.subtitle
        assert any("7.7805" in note for note in exhibit.notes)
    # the model's inputs are listed in the currency in which it counts
    assert "MiniMax US$1.007bn" in inputs(in_hkd).subtitle


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("currency", ["native", "HKD"])
def test_projections_build_in_every_language_and_currency(everything, language, currency):
    view = context(everything, language=language, currency=currency)

    for exhibit in (scenarios(view), fan(view), must_be_true(view), back_test(view), inputs(view)):
        assert exhibit.title
        assert "{" not in exhibit.title + exhibit.subtitle
        assert set(exhibit.claims) <= set(everything.claim_by_id)
