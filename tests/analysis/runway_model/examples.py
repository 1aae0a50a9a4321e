"""Scenarios the runway tests share: a bare one to change one thing at a time, and the two companies' presets."""

from datetime import date
from functools import cache
from pathlib import Path

import yaml

from ipo_data.analysis.runway_model import company_scenarios, preset_assumptions, with_values
from ipo_data.model.scenario import (
    CalibrationInputs,
    FacilityPolicy,
    Funding,
    MarginPath,
    OpeningLiquidity,
    ResearchAssumptions,
    RunwayAssumptions,
    SegmentAssumptions,
    SegmentOpening,
)
from ipo_data.model.scenario_preset import CompanyScenarios

ALL_LIQUIDITY = 1046.2  # cash 362.6 + products at fair value 644.2 + unused bank lines 39.4
OWN_LIQUIDITY = 1006.8  # 362.6 + 644.2
BURN = 27.9
OFFER = Funding(month=3, amount=679.5)  # arrives in January 2026, the fourth month after September 2025


def bare(cash=ALL_LIQUIDITY, burn=BURN, *, revenue=0.0, margin=0.0, horizon=120, funding=(), **values):
    """One segment ``only`` and fixed costs; nothing grows. ``values`` are inputs with ``__`` for the dots."""
    assumptions = RunwayAssumptions(
        currency="USD",
        balance_date=date(2025, 9, 30),
        horizon=horizon,
        liquidity=OpeningLiquidity(cash=cash),
        segments=(SegmentAssumptions(name="only", revenue=revenue, gross_margin=MarginPath(start=margin, end=margin)),),
        research_and_development=ResearchAssumptions(monthly=0.0),
        funding=tuple(Funding(month=month, amount=amount) for month, amount in funding),
    )
    changes = {name.replace("__", "."): value for name, value in values.items()}
    return with_values(assumptions, {"operating_expenses.fixed": burn} | changes)


def growing(growth, **options):
    """As ``bare``, with constant monthly revenue growth."""
    return bare(segments__only__growth__start=growth, segments__only__growth__end=growth, **options)


@cache
def scenario_file():
    """The scenario file as plain data whose numbers are still text."""
    path = Path(__file__).parents[3] / "seeds" / "scenarios.yaml"
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 - BaseLoader builds texts only


@cache
def scenarios(company) -> CompanyScenarios:
    return company_scenarios(scenario_file(), company)


def minimax_inputs(*, lines=False, offer=False):
    """MiniMax at 30 September 2025 in US$ m: with or without bank lines and offer proceeds."""
    return CalibrationInputs(
        currency="USD",
        balance_date=date(2025, 9, 30),
        liquidity=OpeningLiquidity(
            cash=362.6,
            financial_assets=644.2,
            undrawn_facilities=39.4,
            facility_policy=FacilityPolicy.COUNT_AS_LIQUIDITY if lines else FacilityPolicy.EXCLUDE,
        ),
        segments=(
            SegmentOpening(name="c_end", revenue=5.812, gross_margin=0.0456),
            SegmentOpening(name="b_end", revenue=2.310, gross_margin=0.694),
        ),
        research_and_development=20.009,
        burn=BURN,
        capex=0.21,
        receivable_days=38.0,
        funding=(OFFER,) if offer else (),
    )


def zhipu_inputs(*, lines=False, offer=0.0, burn=327.3):
    """Zhipu at 31 October 2025 in RMB m; revenue is a twelfth of the last twelve months' 458.5."""
    return CalibrationInputs(
        currency="CNY",
        balance_date=date(2025, 10, 31),
        liquidity=OpeningLiquidity(
            cash=2812.6,
            undrawn_facilities=6130.5,
            facility_policy=FacilityPolicy.COUNT_AS_LIQUIDITY if lines else FacilityPolicy.EXCLUDE,
        ),
        segments=(
            SegmentOpening(name="on_premise", revenue=32.4, gross_margin=0.591),
            SegmentOpening(name="cloud", revenue=5.8, gross_margin=-0.004),
        ),
        research_and_development=265.8,
        burn=burn,
        capex=3.98,
        funding=(Funding(month=2, amount=offer),) if offer else (),
    )


def minimax(preset="base", *, lines=False, offer=False):
    return preset_assumptions(scenarios("minimax"), preset, minimax_inputs(lines=lines, offer=offer))


def zhipu(preset="base", **inputs):
    return preset_assumptions(scenarios("zhipu"), preset, zhipu_inputs(**inputs))
