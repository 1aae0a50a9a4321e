"""Runway: the matrix of definitions and the what-if at constant burn."""

import pytest

from ipo_data.exhibits import answers, runway
from ipo_data.exhibits.model import View
from tests.charts.drawing import traces
from tests.exhibits.library import claims_in_figure, words_in_figure
from tests.exhibits.small import MINIMAX, minimax, small

MONEY = (
    minimax("cash_and_equivalents", "362.6m USD", "2025-09-30"),
    minimax("liquidity", "1046.2m USD", "2025-09-30"),
    minimax("undrawn_facilities", "39.4m USD", "2025-09-30"),
    minimax("monthly_burn", "27.9m USD", "FY2025", burn_basis="assumed"),
    minimax("adjusted_net_loss", "186m USD", "9M2025"),
)
PRINTED = minimax("runway", "37 months", "2025-09-30", proceeds="without_proceeds", source="finet")


def matrix(*claims, view: View | None = None):
    return runway.matrix_of("minimax")(small(*claims, companies=(MINIMAX,), view=view))


def what_if(*options: tuple[str, str]):
    return runway.what_if(small(*MONEY, PRINTED, companies=(MINIMAX,), view=View(options=options)))


# --- the matrix -------------------------------------------------------------------------------------------------------


def test_every_liquidity_is_divided_by_every_burn() -> None:
    exhibit = matrix(*MONEY)

    # 362.6, 1,006.8 (without the lines) and 1,046.2 over 27.9 and 186 ÷ 9 = 20.667
    assert [f"{point.value:.1f}" for point in exhibit.points] == ["13.0", "17.5", "36.1", "48.7", "37.5", "50.6"]
    assert exhibit.title == "Minimax: from 13.0 months to 50.6 months, depending on 6 pairs of definitions"
    assert exhibit.subtitle == (
        "Minimax: months = liquidity at 30 Sep 2025 ÷ monthly burn; offer proceeds only where a row names them"
    )


def test_one_pair_of_definitions_is_no_range() -> None:
    cash, outflow = MONEY[0], minimax("operating_cash_outflow", "120m USD", "FY2024")
    context = small(cash, outflow, companies=(MINIMAX,))

    # 362.6 ÷ (120 ÷ 12) = 36.26
    assert matrix(cash, outflow).title == "Minimax: 36.3 months, the only pair of definitions these sources allow"
    assert answers.runway(context) == "For Minimax these sources allow one reckoning only: 36.3 months."


def test_without_a_balance_the_subtitle_names_no_date() -> None:
    assert matrix().subtitle == "Minimax: months = liquidity ÷ monthly burn, without offer proceeds"


def test_definitions_are_named_with_their_amounts() -> None:
    words = words_in_figure(matrix(*MONEY))

    assert "Cash and equivalents<br><span style='font-size:11px'>US$362.6m</span>" in words
    assert "Cash and current financial assets<br><span style='font-size:11px'>US$1.007bn</span>" in words  # 1,006.8
    assert "Assumed by the company<br><span style='font-size:11px'>US$27.9m</span>" in words


def test_a_printed_runway_is_marked_on_the_cell_that_gives_it() -> None:
    exhibit = matrix(*MONEY, PRINTED)

    assert "<b>37.5 months</b><br><span style='font-size:11px'>= printed as 37 months</span>" in words_in_figure(
        exhibit
    )
    balance, note = exhibit.notes
    # 39.4 ÷ 1,046.2 = 3.77 %
    assert balance == (
        "Minimax, 30 Sep 2025: of the balance by the company's definition, US$1.0462bn, undrawn bank lines are "
        "US$39.4m (4%)."
    )
    assert note == (
        "37 months, without_proceeds (A paper (24 Dec 2025)): Company's balance (may hold bank lines) "
        "US$1.0462bn ÷ Assumed by the company US$27.9m = 37.5 months."
    )


def test_a_runway_that_no_pair_gives_is_said_not_to_be_reproduced() -> None:
    other = minimax("runway", "99 months", "2025-09-30", proceeds="without_proceeds")

    assert matrix(*MONEY, other).notes[1:] == (
        "99 months, without_proceeds (A paper (24 Dec 2025)) is not reproduced by any pair of definitions here.",
    )


def test_cells_say_how_and_until_when_and_carry_their_claims() -> None:
    exhibit = matrix(*MONEY)
    hover = traces(exhibit.figure)[0]["text"]

    # 362.6 ÷ 27.9 = 12.996 months of 30.4375 days: spent on the 396th day after 30 September 2025
    assert hover[0][0].startswith("362.6 ÷ 27.9<br>until 3")
    assert hover[0][0].endswith(" Oct 2026")
    assert claims_in_figure(exhibit) == set(exhibit.claims)


def test_a_burn_that_may_be_zero_gives_no_months() -> None:
    nothing = minimax("monthly_burn", "0 USD", "FY2025", burn_basis="assumed")
    exhibit = matrix(MONEY[0], nothing)

    assert "not meaningful" in words_in_figure(exhibit)
    assert exhibit.title == "Minimax: no runway can be computed from these sources"
    assert [point.reason for point in exhibit.points] == ["reason.no_burn"]


def test_without_money_there_is_no_matrix() -> None:
    exhibit = matrix()

    assert exhibit.title == "Minimax: no runway can be computed from these sources"
    assert words_in_figure(exhibit) == ["Nothing to draw: these sources do not hold the figures for it"]


# --- what if ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "months"),
    [
        ((), 37.498),  # 1,046.2 ÷ 27.9
        ((("burn", "200"),), 18.749),
        ((("burn", "50"),), 74.996),
        ((("liquidity", "cash_only"),), 12.996),  # 362.6 ÷ 27.9
        ((("liquidity", "cash_and_investments"),), 36.086),  # (1,046.2 − 39.4) ÷ 27.9
        ((("burn_definition", "adjusted_loss"),), 50.623),  # 1,046.2 ÷ (186 ÷ 9)
    ],
)
def test_the_reader_chooses_money_and_burn(options: tuple[tuple[str, str], ...], months: float) -> None:
    exhibit = what_if(*options)

    assert float(exhibit.points[0].value or 0) == pytest.approx(months, abs=0.001)
    assert traces(exhibit.figure, "markers")[0]["x"] == [pytest.approx(months, abs=0.001)]
    assert str(exhibit.points[0].state) == "scenario"


def test_a_definition_the_evidence_lacks_draws_nothing_and_is_neutral() -> None:
    exhibit = what_if(("burn_definition", "operating"))

    assert exhibit.title == "No firm has both figures in these sources"
    assert exhibit.points[0].measure == "runway"  # the published one stays in the table


def test_published_runways_are_dotted_marks() -> None:
    exhibit = what_if()
    dotted = [trace for trace in traces(exhibit.figure, "lines") if trace["line"]["dash"] == "dot"]

    assert [mark["x"] for mark in dotted] == [[37.0, 37.0]]
    assert "Minimax: 37 months" in words_in_figure(exhibit)
    # bank lines are not drawn; a note names them
    assert set(exhibit.claims) - claims_in_figure(exhibit) == {"minimax.undrawn_facilities.2025-09-30@acn"}


def test_a_note_says_which_part_of_the_balance_is_bank_lines() -> None:
    assert what_if().notes[1].endswith("undrawn bank lines are US$39.4m (4%).")
    assert what_if(("liquidity", "cash_and_investments")).notes[1] == (
        "Minimax, 30 Sep 2025: undrawn bank lines of US$39.4m are not counted; they are 4% of the balance by the "
        "company's definition (US$1.0462bn)."
    )


def test_the_subtitle_names_the_share_of_the_burn() -> None:
    assert "× 150%" in what_if(("burn", "150")).subtitle
