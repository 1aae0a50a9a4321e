"""Comparability gaps: who lacks what, and what filling the gap makes computable."""

import pytest

from ipo_data.analysis.derived_figures import derived_points
from ipo_data.analysis.gaps import Gap, Lack, Unlock, breakdown, gaps
from ipo_data.dataset import Dataset
from tests.builders import make_claim, make_company, make_dataset
from tests.exhibits.small import minimax, zhipu

BOTH = ("minimax", "zhipu")
FIRM = make_company("minimax", members={"product": {"talkie": "Talkie"}})
OTHER = make_company(
    "zhipu", reporting_currency="CNY", order=2,
    gaps=[
        {"metric": "mau", "because": "Not published."},
        {"metric": "revenue_share", "axis": "segment", "because": "No split."},
    ],
)  # fmt: skip


def data(*claims) -> Dataset:
    return make_dataset(*claims, companies=(FIRM, OTHER))


def only(dataset: Dataset, company: str, metric: str) -> Gap:
    (gap,) = [g for g in gaps(dataset, BOTH) if (g.company, g.metric) == (company, metric)]
    return gap


def measures(dataset: Dataset, company: str) -> set[str]:
    return {point.measure for _, point in derived_points(dataset, company) if point.value is not None}


# --- kinds of gaps ----------------------------------------------------------------------------------------------------


def test_what_no_document_states_is_nothing() -> None:
    dataset = data(minimax("employees", "385 persons", "2025-09-30"), zhipu("revenue", "1m CNY", "FY2024"))
    gap = only(dataset, "zhipu", "employees")

    assert (gap.lack, gap.wanted, gap.has, gap.others) == (Lack.NOTHING, ("2025-09-30",), (), ("minimax",))


def test_what_is_known_not_to_be_reported_says_why() -> None:
    dataset = data(
        minimax("mau", "27.6m persons", "9M2025"), minimax("revenue_share", "71.1%", "9M2025", segment="c_end"),
        minimax("revenue_share", "30%", "9M2025", region="singapore"),
    )  # fmt: skip
    found = {breakdown(g.dimensions): g for g in gaps(dataset, BOTH)}

    assert (found["total"].lack, found["total"].reason.en) == (Lack.NOT_DISCLOSED, "Not published.")
    assert found["segment=c_end"].lack is Lack.NOT_DISCLOSED
    assert found["region=singapore"].lack is Lack.NOTHING  # nothing is declared about regions


def test_the_same_metric_in_other_parts_is_another_definition() -> None:
    gap = only(
        data(
            minimax("monthly_burn", "23.5m USD", "9M2025", burn_basis="realised"),
            zhipu("monthly_burn", "200m CNY", "9M2025", burn_basis="assumed"),
        ),
        "zhipu", "monthly_burn",
    )  # fmt: skip

    assert (gap.lack, gap.has) == (Lack.OTHER_DEFINITION, ("burn_basis=assumed",))


def test_periods_that_never_meet_are_another_window() -> None:
    dataset = data(minimax("mau", "27.6m persons", "9M2025"), zhipu("mau", "5m persons", "H1-2025"))
    gap = only(dataset, "zhipu", "mau")

    assert (gap.lack, gap.wanted, gap.has) == (Lack.OTHER_WINDOW, ("9M2025",), ("H1-2025",))
    assert only(dataset, "minimax", "mau").wanted == ("H1-2025",)


def test_a_common_window_is_no_gap() -> None:
    dataset = data(minimax("mau", "27.6m persons", "FY2024"), zhipu("mau", "5m persons", "FY2024"))

    assert gaps(dataset, BOTH) == ()


def test_a_common_window_in_conflict_is_named() -> None:
    gap = only(
        data(
            minimax("mau", "27.6m persons", "FY2024"), zhipu("mau", "5m persons", "FY2024"),
            zhipu("mau", "9m persons", "FY2024", source="finet"),
        ),
        "zhipu", "mau",
    )  # fmt: skip

    assert (gap.lack, gap.has) == (Lack.IN_CONFLICT, ("FY2024",))


def test_members_of_a_companys_own_are_compared_as_a_breakdown() -> None:
    gap = only(
        data(minimax("revenue", "18.75m USD", "9M2025", product="talkie"), zhipu("revenue", "1m CNY", "9M2025")),
        "zhipu", "revenue",
    )  # fmt: skip

    assert (gap.dimensions, gap.lack, gap.has) == ((("product", "*"),), Lack.OTHER_DEFINITION, ("total",))


def test_forecasts_are_no_comparison() -> None:
    claim = make_claim(
        "monthly_burn", "28.1m USD", company="minimax", period="FY2025", burn_basis="assumed", kind="forecast"
    )

    assert gaps(data(claim), BOTH) == ()


@pytest.mark.parametrize("companies", [(), ("minimax",)])
def test_fewer_than_two_companies_have_no_gaps(companies: tuple[str, ...]) -> None:
    assert gaps(data(minimax("mau", "27.6m persons", "9M2025")), companies) == ()


def test_a_company_without_facts_lacks_everything_and_no_error_comes_of_it() -> None:
    found = gaps(data(minimax("revenue", "30.52m USD", "FY2024"), minimax("runway", "37 months", "2025-09-30")), BOTH)

    assert {(g.company, g.metric, g.lack) for g in found} == {
        ("zhipu", "revenue", Lack.NOTHING), ("zhipu", "runway", Lack.NOTHING),
    }  # fmt: skip


# --- what it would unlock ---------------------------------------------------------------------------------------------

GROWN = (
    minimax("revenue", "3.46m USD", "FY2023"), minimax("revenue", "30.52m USD", "FY2024"),
    zhipu("revenue", "312.4m CNY", "FY2024"),
)  # fmt: skip
PRIOR = zhipu("revenue", "124.5m CNY", "FY2023")
PROFIT = minimax("gross_profit", "3.73m USD", "FY2024")


def test_filling_the_only_gap_unlocks_the_figure() -> None:
    gap = only(data(*GROWN), "zhipu", "revenue")

    assert (gap.lack, gap.wanted) == (Lack.SOME_WINDOWS, ("FY2023",))
    assert Unlock("revenue_growth", alone=True) in gap.unlocks
    assert "revenue_growth" not in measures(data(*GROWN), "zhipu")
    assert "revenue_growth" in measures(data(*GROWN, PRIOR), "zhipu")


def test_what_is_promised_alone_comes_with_the_figure_alone() -> None:
    """Every figure that a gap is said to unlock alone is there once the gap is filled."""
    lacking, filled = data(*GROWN, PROFIT), zhipu("gross_profit", "175.8m CNY", "FY2024")
    promised = {u.measure for u in only(lacking, "zhipu", "gross_profit").unlocks if u.alone}

    assert promised
    assert promised <= measures(data(*GROWN, PROFIT, filled), "zhipu")


def test_a_figure_with_two_missing_inputs_is_unlocked_by_none_alone() -> None:
    dataset = data(
        minimax("revenue", "53.437m USD", "9M2025"), minimax("net_loss", "512m USD", "9M2025"),
        zhipu("employees", "883 persons", "2025-06-30"),
    )  # fmt: skip
    for metric in ("revenue", "net_loss"):
        unlock = {u.measure: u.alone for u in only(dataset, "zhipu", metric).unlocks}
        assert unlock["net_loss_to_revenue"] is False


def test_gaps_that_unlock_most_come_first() -> None:
    found = gaps(data(*GROWN, PROFIT, minimax("languages", "32 languages", "2025-12")), BOTH)

    assert [g.alone for g in found] == sorted((g.alone for g in found), reverse=True)
    assert found[-1].unlocks == ()


# --- the repository ---------------------------------------------------------------------------------------------------


def test_the_repository_has_the_gaps_an_analyst_knows(dataset: Dataset) -> None:
    found = {(g.company, g.metric, breakdown(g.dimensions)): g for g in gaps(dataset, tuple(dataset.companies))}

    assert found["zhipu", "revenue_share", "segment=c_end"].lack is Lack.NOT_DISCLOSED
    assert found["zhipu", "mau", "total"].lack is Lack.NOTHING
    assert "9M2025" in found["zhipu", "revenue", "total"].wanted
    assert found["minimax", "revenue", "deployment=cloud"].lack is Lack.OTHER_DEFINITION


def test_nobody_lacks_what_it_states(dataset: Dataset) -> None:
    for gap in gaps(dataset, tuple(dataset.companies)):
        if gap.lack is Lack.NOTHING:
            axes = {axis for axis, _ in gap.dimensions}
            facts = dataset.select(gap.company, gap.metric, unit="any", basis=gap.basis)
            assert not any(set(f.dimensions) == axes for f in facts), gap
