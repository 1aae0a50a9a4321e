"""Inputs of a runway scenario: what is accepted, and how the rest is refused."""

from datetime import date

import pytest
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from ipo_data.model import scenario
from ipo_data.model.scenario import (
    BoundedRecord,
    CalibrationInputs,
    ComputePrice,
    Correlation,
    DaysOutstanding,
    FacilityPolicy,
    Funding,
    GrowthPath,
    MarginPath,
    MonteCarloSettings,
    OpeningLiquidity,
    OperatingExpenses,
    RegimeJump,
    ResearchAssumptions,
    RevenueStep,
    RunwayAssumptions,
    SegmentAssumptions,
    SegmentOpening,
    UncertainInput,
    field_bounds,
    field_unit,
)

RECORDS = [
    record
    for record in vars(scenario).values()
    if isinstance(record, type) and issubclass(record, BoundedRecord) and record is not BoundedRecord
]
NUMBERS = [
    (record, name)
    for record in RECORDS
    for name, field in record.model_fields.items()
    if field.annotation in (float, int)
]
SEGMENT = SegmentAssumptions(name="c_end", revenue=5.812, gross_margin=MarginPath(start=0.0456, end=0.35))


def assumptions(**changes):
    fields = {
        "currency": "USD",
        "balance_date": date(2025, 9, 30),
        "liquidity": OpeningLiquidity(cash=362.6),
        "segments": (SEGMENT,),
        "research_and_development": ResearchAssumptions(monthly=20.009),
    }
    return RunwayAssumptions(**(fields | changes))


def refusal(build):
    with pytest.raises(ValidationError) as caught:
        build()
    return str(caught.value)


class TestEveryField:
    def test_there_is_something_to_check(self):
        assert len(NUMBERS) > 40

    @pytest.mark.parametrize("record", RECORDS)
    def test_says_what_it_means_in_one_line(self, record):
        for name, field in record.model_fields.items():
            assert field.description, f"{record.__name__}.{name}"
            assert "\n" not in field.description
            assert len(field.description) <= 80

    @pytest.mark.parametrize(("record", "name"), NUMBERS)
    def test_number_has_unit_and_bounds(self, record, name):
        field = record.model_fields[name]
        assert field_unit(field)
        lower, upper = field_bounds(field)
        assert lower < upper

    @pytest.mark.parametrize(("record", "name"), NUMBERS)
    def test_default_lies_within_the_bounds(self, record, name):
        field = record.model_fields[name]
        lower, upper = field_bounds(field)
        assert field.is_required() or lower <= field.default <= upper

    def test_text_has_no_bounds_and_no_unit(self):
        field = RunwayAssumptions.model_fields["currency"]
        assert field_bounds(field) is None
        assert field_unit(field) == ""

    def test_half_a_bound_is_none(self):
        assert field_bounds(FieldInfo(annotation=float)) is None


class TestAbsurdNumbers:
    """The message names the field, both bounds, the unit and what was given."""

    @pytest.mark.parametrize(
        ("build", "words"),
        [
            (
                lambda: OpeningLiquidity(cash=-1.0),
                "cash must lie between 0 and 1e+07 (million), got -1.0",
            ),
            (
                lambda: GrowthPath(start=-1.0),  # growth of -100 %
                "start must lie between -0.9 and 1 (fraction per month), got -1.0",
            ),
            (
                lambda: OpeningLiquidity(cash=float("nan")),
                "cash must lie between 0 and 1e+07 (million), got nan",
            ),
            (
                lambda: ResearchAssumptions(monthly=1e308),
                "monthly must lie between 0 and 1e+07 (million per month), got 1e+308",
            ),
            (
                lambda: OpeningLiquidity(cash=float("inf")),
                "cash must lie between 0 and 1e+07 (million), got inf",
            ),
            (
                lambda: OperatingExpenses(fixed=float("-inf")),
                "fixed must lie between -1e+07 and 1e+07 (million per month), got -inf",
            ),
            (
                lambda: assumptions(horizon=0),
                "horizon must lie between 1 and 240 (months), got 0",
            ),
            (
                lambda: assumptions(horizon=241),
                "horizon must lie between 1 and 240 (months), got 241",
            ),
            (
                lambda: MonteCarloSettings(paths=10**9),
                "paths must lie between 1 and 50000 (count), got 1000000000",
            ),
            (
                lambda: MonteCarloSettings(paths=0),
                "paths must lie between 1 and 50000 (count), got 0",
            ),
            (
                lambda: MarginPath(start=0.5, end=1.01),
                "end must lie between -2 and 1 (fraction), got 1.01",
            ),
            (
                lambda: GrowthPath(half_life=0.0),
                "half_life must lie between 0.1 and 1200 (months), got 0.0",
            ),
            (
                lambda: ComputePrice(change=-0.95),
                "change must lie between -0.9 and 5 (fraction), got -0.95",
            ),
            (
                lambda: RevenueStep(change=-1.5),
                "change must lie between -1 and 5 (fraction), got -1.5",
            ),
            (
                lambda: DaysOutstanding(later=-1.0),
                "later must lie between 0 and 1000 (days), got -1.0",
            ),
            (
                lambda: Funding(month=-1, amount=1.0),
                "month must lie between 0 and 240 (month index), got -1",
            ),
            (
                lambda: Funding(month=3, amount=-679.5),
                "amount must lie between 0 and 1e+07 (million), got -679.5",
            ),
            (
                lambda: Correlation(first="a", second="b", value=1.2),
                "value must lie between -1 and 1 (fraction), got 1.2",
            ),
            (
                lambda: assumptions(interest_rate=0.6),
                "interest_rate must lie between 0 and 0.5 (fraction per year), got 0.6",
            ),
        ],
    )
    def test_are_refused(self, build, words):
        assert words in refusal(build)

    @pytest.mark.parametrize(("record", "name"), NUMBERS)
    @pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e308, 10**400])
    def test_are_refused_by_every_field(self, record, name, value):
        words = refusal(lambda: record.model_validate({name: value}))
        lower, upper = field_bounds(record.model_fields[name])
        assert f"{name} must lie between {lower:g} and {upper:g}" in words

    def test_place_of_a_nested_field_is_given(self):
        broken = assumptions().model_dump()
        broken["segments"][0]["growth"]["start"] = -1.0
        words = refusal(lambda: RunwayAssumptions.model_validate(broken))
        assert "segments.0.growth.start\n  start must lie between -0.9 and 1" in words

    def test_bounds_themselves_are_accepted(self):
        assert GrowthPath(start=-0.9, end=1.0).end == 1.0
        assert assumptions(horizon=240).horizon == 240


class TestStrictness:
    @pytest.mark.parametrize("value", ["5", None, True, [5.0]])
    def test_only_numbers_are_numbers(self, value):
        assert "cash" in refusal(lambda: OpeningLiquidity(cash=value))

    def test_whole_numbers_are_needed_for_months(self):
        assert "horizon" in refusal(lambda: assumptions(horizon=12.5))

    def test_misspelt_fields_are_refused(self):
        assert "cashh" in refusal(lambda: OpeningLiquidity(cash=1.0, cashh=1.0))

    def test_records_do_not_change(self):
        with pytest.raises(ValidationError, match="frozen"):
            assumptions().horizon = 60

    def test_records_can_be_cache_keys(self):
        assert hash(assumptions()) == hash(assumptions())
        assert assumptions() == assumptions()
        assert assumptions() != assumptions(horizon=60)

    def test_plain_data_gives_the_same_record_back(self):
        full = assumptions(funding=(Funding(month=3, amount=679.5),))
        assert RunwayAssumptions.model_validate(full.model_dump()) == full


class TestRunwayAssumptions:
    def test_defaults_change_nothing(self):
        plain = assumptions()
        assert plain.horizon == 120
        assert plain.seasonal_factors == (1.0,) * 12
        assert plain.liquidity.facility_policy is FacilityPolicy.EXCLUDE
        assert plain.compute_price.change == plain.revenue_step.change == plain.interest_rate == 0
        assert plain.working_capital.receivable_days == DaysOutstanding()
        assert plain.funding == ()

    @pytest.mark.parametrize("day", [date(2025, 9, 29), date(2024, 2, 28), date(2025, 10, 1)])
    def test_balance_date_is_a_month_end(self, day):
        words = refusal(lambda: assumptions(balance_date=day))
        assert f"balance_date must be the last day of a month, got {day}" in words

    def test_leap_day_is_a_month_end(self):
        assert assumptions(balance_date=date(2024, 2, 29)).balance_date.day == 29

    @pytest.mark.parametrize(
        "factors",
        [
            (1.0,) * 11,
            (1.0,) * 13,
            (1.1,) * 12,
            (-1.0, 3.0) + (1.0,) * 10,
        ],
    )
    def test_seasonal_factors_average_one(self, factors):
        words = refusal(lambda: assumptions(seasonal_factors=factors))
        assert "seasonal_factors must be 12 factors between 0 and 12 whose mean is 1" in words

    def test_seasonal_factors_may_be_extreme(self):
        # 14.4 % of a year in its first half: .144 / 6 * 12 = .288 and .856 / 6 * 12 = 1.712
        factors = (0.288,) * 6 + (1.712,) * 6
        assert assumptions(seasonal_factors=factors).seasonal_factors == factors

    def test_seasonal_factors_are_finite(self):
        assert "seasonal_factors" in refusal(lambda: assumptions(seasonal_factors=(float("nan"),) + (1.0,) * 11))

    def test_segments_have_different_names(self):
        words = refusal(lambda: assumptions(segments=(SEGMENT, SEGMENT)))
        assert "segments must have different names, got c_end, c_end" in words

    def test_there_is_a_segment(self):
        assert "segments" in refusal(lambda: assumptions(segments=()))

    @pytest.mark.parametrize("name", ["", "C-end", "two words", "a.b", "1st"])
    def test_segment_names_can_be_part_of_input_names(self, name):
        words = refusal(lambda: SegmentAssumptions(name=name, revenue=1.0, gross_margin=SEGMENT.gross_margin))
        assert "name" in words

    @pytest.mark.parametrize("currency", ["usd", "US$", "RMBX", ""])
    def test_currency_is_a_code(self, currency):
        assert "currency" in refusal(lambda: assumptions(currency=currency))

    def test_fixed_expenses_may_be_negative(self):
        # a residual: a cash burn below the accrual costs leaves less than nothing
        assert OperatingExpenses(fixed=-13.4).fixed == -13.4

    def test_loss_making_margins_are_allowed(self):
        assert MarginPath(start=-0.247, end=0.045).start == -0.247


class TestCalibrationInputs:
    def test_optional_figures_default_to_nothing(self):
        inputs = CalibrationInputs(
            currency="CNY",
            balance_date=date(2025, 10, 31),
            liquidity=OpeningLiquidity(cash=2812.6),
            segments=(SegmentOpening(name="cloud", revenue=5.8, gross_margin=-0.004),),
            research_and_development=265.8,
            burn=327.3,
        )
        assert (inputs.capex, inputs.leases, inputs.receivable_days, inputs.funding) == (0, 0, 0, ())

    def test_what_has_no_default_is_asked_for(self):
        words = refusal(lambda: CalibrationInputs.model_validate({"currency": "CNY"}))
        for field in ("balance_date", "liquidity", "segments", "research_and_development", "burn"):
            assert field in words


class TestSimulationSettings:
    def test_seed_is_fixed_and_nothing_varies_by_default(self):
        settings = MonteCarloSettings()
        assert (settings.paths, settings.seed, settings.stream) == (2000, 20260109, 0)
        assert settings.inputs == ()
        assert settings.shock_volatility == 0
        assert settings.regime_jump is None

    def test_spread_is_not_negative(self):
        assert "spread must lie between 0 and" in refusal(lambda: UncertainInput(lever="interest_rate", spread=-0.1))

    def test_cut_offs_are_finite(self):
        words = refusal(lambda: UncertainInput(lever="interest_rate", spread=0.1, lower=float("nan")))
        assert "lower" in words

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("yearly_probability", 1.5, "yearly_probability must lie between 0 and 1 (fraction per year)"),
            ("revenue_factor", 0.0, "revenue_factor must lie between 0.01 and 100 (fraction)"),
            ("research_factor", 1e9, "research_factor must lie between 0.01 and 100 (fraction)"),
            ("spread", 3.0, "spread must lie between 0 and 2 (fraction)"),
            ("segments", (), "segments"),
        ],
    )
    def test_jump_is_bounded(self, field, value, words):
        fields = {
            "yearly_probability": 0.2,
            "revenue_factor": 2.0,
            "research_factor": 1.5,
            "segments": ("b_end",),
        }
        assert words in refusal(lambda: RegimeJump(**(fields | {field: value})))

    @pytest.mark.parametrize("persistence", [-1.0, 0.95])
    def test_shocks_have_to_die_out(self, persistence):
        words = refusal(lambda: MonteCarloSettings(shock_persistence=persistence))
        assert "shock_persistence must lie between -0.9 and 0.9" in words
