"""The reference table of the scenarios, the fixed-cost residual behind it, and how the model fared since."""

import pytest

from ipo_data.analysis.runway_model import monthly_frame, runway
from tests.analysis.runway_model.examples import minimax, zhipu

INFINITE = float("inf")

# months with bank lines, without them, without them but with the offer's 679.5 in month 3
RUNWAY = {
    "flat": (37.50, 36.09, 60.44),  # 1046.2 / 27.9, 1006.8 / 27.9, (1006.8 + 679.5) / 27.9
    "base": (31.40, 30.33, 48.09),
    "bull": (33.49, 32.21, 57.54),
    "bear": (28.98, 28.07, 42.55),
    "stress": (26.94, 26.07, 40.22),
}
BURN_IN_MONTHS_12_24_36 = {
    "flat": (27.90, 27.90, 27.90),
    "base": (32.79, 35.75, 37.89),
    "bull": (31.81, 31.94, 29.74),
    "bear": (35.17, 41.52, 47.52),
    "stress": (39.46, 44.65, 49.31),
}
REVENUE_2026_2027 = {
    "flat": (97.5, 97.5),  # 8.122 * 12 = 97.464
    "base": (138.5, 198.6),
    "bull": (168.4, 302.8),
    "bear": (114.1, 128.7),
    "stress": (97.5, 97.5),
}
BREAK_EVEN = {"flat": None, "base": None, "bull": 87, "bear": None, "stress": None}
PRESETS = tuple(RUNWAY)


def year(frame, which):
    return frame.loc[frame["date"].dt.year == which]


@pytest.mark.parametrize("preset", PRESETS)
def test_runway_with_bank_lines(preset):
    assert runway(minimax(preset, lines=True)).months == pytest.approx(RUNWAY[preset][0], abs=0.01)


@pytest.mark.parametrize("preset", PRESETS)
def test_runway_without_bank_lines(preset):
    assert runway(minimax(preset)).months == pytest.approx(RUNWAY[preset][1], abs=0.01)


@pytest.mark.parametrize("preset", PRESETS)
def test_runway_with_the_offer(preset):
    assert runway(minimax(preset, offer=True)).months == pytest.approx(RUNWAY[preset][2], abs=0.01)


@pytest.mark.parametrize("preset", PRESETS)
def test_burn_in_later_months(preset):
    burn = -monthly_frame(minimax(preset))["free_cash_flow"]
    assert burn[[12, 24, 36]].tolist() == pytest.approx(BURN_IN_MONTHS_12_24_36[preset], abs=0.005)


@pytest.mark.parametrize("preset", PRESETS)
def test_revenue_by_calendar_year(preset):
    frame = monthly_frame(minimax(preset))
    yearly = [year(frame, which)["revenue"].sum() for which in (2026, 2027)]
    assert yearly == pytest.approx(REVENUE_2026_2027[preset], abs=0.05)


@pytest.mark.parametrize("preset", PRESETS)
def test_break_even_month(preset):
    assert runway(minimax(preset)).break_even_month == BREAK_EVEN[preset]


@pytest.mark.parametrize("preset", [*PRESETS, "wide"])
def test_every_scenario_opens_with_the_stated_burn(preset):
    # the first month burns 27.9 whatever happens later
    assert -monthly_frame(minimax(preset))["free_cash_flow"].iloc[0] == pytest.approx(27.9, abs=1e-9)


def test_flat_burn_is_the_longest_runway_without_growth_in_cost():
    # why a printed 37 months is the friendly reading: every scenario with growing research is shorter
    flat = runway(minimax("flat", lines=True)).months
    assert all(runway(minimax(preset, lines=True)).months < flat for preset in ("base", "bull", "bear", "stress"))


class TestTheOtherCompany:
    def test_flat_case_reproduces_the_published_months(self):
        # 8943.1 / 327.3 = 27.3239 with bank lines
        assert runway(zhipu("flat", lines=True)).months == pytest.approx(27.323862, abs=1e-6)
        # (8943.1 + 3785.3) / 327.3 = 38.8891 with all proceeds
        assert runway(zhipu("flat", lines=True, offer=3785.3)).months == pytest.approx(38.889093, abs=1e-6)
        # (8943.1 + 378.53) / 327.3 = 28.4804 with a tenth of them
        assert runway(zhipu("flat", lines=True, offer=378.53)).months == pytest.approx(28.480385, abs=1e-6)

    def test_without_bank_lines_a_third_is_left(self):
        # 2812.6 / 327.3 = 8.5933
        assert runway(zhipu("flat")).months == pytest.approx(8.593339, abs=1e-6)
        # (2812.6 + 3785.3) / 327.3 = 20.1586
        assert runway(zhipu("flat", offer=3785.3)).months == pytest.approx(20.158570, abs=1e-6)

    def test_burn_without_wealth_products(self):
        # (327.3 * 6 - 500) / 6 = 243.9667; 2812.6 / 243.9667 = 11.5286
        burn = (327.3 * 6 - 500) / 6
        assert runway(zhipu("flat", burn=burn)).months == pytest.approx(11.528624, abs=1e-6)

    def test_season_shows_in_revenue(self):
        # one average month of 38.2: November at 1.712, January at 0.288 of it, before growth
        frame = monthly_frame(zhipu("stress"))
        assert frame["revenue"].iloc[[0, 2]].tolist() == pytest.approx([38.2 * 1.712, 38.2 * 0.288])


class TestAgainstWhatHappened:
    """The model from the listing vantage; actual figures are 25.6, 116.6, 72.5 and 296.9."""

    def quarter(self, frame):
        return frame.loc[frame["date"] <= "2025-12-31"]

    def half_year(self, frame):
        return frame.loc[(frame["date"] > "2025-12-31") & (frame["date"] <= "2026-06-30")]

    @pytest.mark.parametrize(("preset", "revenue"), [("base", 25.6), ("bull", 26.1)])
    def test_last_quarter_of_2025_was_met(self, preset, revenue):
        assert self.quarter(monthly_frame(minimax(preset)))["revenue"].sum() == pytest.approx(revenue, abs=0.05)

    @pytest.mark.parametrize(("preset", "revenue"), [("base", 61.9), ("bull", 70.1)])
    def test_first_half_of_2026_was_missed_by_far(self, preset, revenue):
        modelled = self.half_year(monthly_frame(minimax(preset)))["revenue"].sum()
        assert modelled == pytest.approx(revenue, abs=0.05)
        assert modelled < 0.61 * 116.6  # 70.1 / 116.6 = 60.1 % at best

    def test_research_was_missed_by_more(self):
        frame = monthly_frame(minimax("base"))
        research = [part["research_and_development"].sum() for part in (self.quarter(frame), self.half_year(frame))]
        assert research == pytest.approx([61.5, 135.7], abs=0.05)

    def test_liquidity_of_june_2026(self):
        frame = monthly_frame(minimax("base", offer=True)).set_index("date")
        # 1006.8 + 679.5 less nine months of 27.9 rising to 31.8; about 1323 was reported, on a wider definition
        assert frame.loc["2026-06-30", "liquidity"] == pytest.approx(1416.6, abs=0.05)
