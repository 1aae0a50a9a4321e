"""Impossible inputs are refused alike by the address, the form and the command line, with name and bounds."""

from dataclasses import dataclass
from math import isfinite

import pytest

from ipo_data.cli import main
from tests.pages.opened import Opened
from tests.pages.test_runway_page import apply, with_form


@dataclass(frozen=True)
class Impossible:
    """An input nobody can have.

    Attributes:
        name: Name in links and after ``--set``.
        typed: Value in the input's own unit, as a link and the command line give it.
        field: Value as the form shows it.
        words: What the page calls it.
        bounds: Its bounds on the page.
        printed: Its name and bounds on the command line.
    """

    name: str
    typed: str
    field: float
    words: str
    bounds: tuple[str, str]
    printed: str


TABLE = (
    Impossible("liquidity.cash", "-1", -1.0, "Cash and equivalents", ("US$0", "US$10.00trn"),
               "liquidity.cash must be a number between 0 and 1e+07 (million)"),
    Impossible("segments.c_end.growth.start", "-1", -100.0, "Revenue growth, C-end (consumers), first month",
               ("−90.0% a month", "100.0% a month"),
               "segments.c_end.growth.start must be a number between -0.9 and 1 (fraction per month)"),
    Impossible("burn", "nan", float("nan"), "Burn of the opening month", ("−US$10.00trn", "US$10.00trn"),
               "burn must be a number between -1e+07 and 1e+07 (million per month)"),
    Impossible("liquidity.cash", "1e308", 1e308, "Cash and equivalents", ("US$0", "US$10.00trn"),
               "liquidity.cash must be a number between 0 and 1e+07 (million)"),
    Impossible("interest_rate", "inf", float("inf"), "Interest on liquidity", ("0.0% a year", "50.0% a year"),
               "interest_rate must be a number between 0 and 0.5 (fraction per year)"),
    Impossible("horizon", "0", 0, "Months projected", ("1 month", "240 months"),
               "horizon must be a whole number between 1 and 240 (months)"),
    Impossible("simulation.paths", "1000000000", 1_000_000_000, "Simulated paths", ("1", "10,000"), "between 1 and"),
)  # fmt: skip
each = pytest.mark.parametrize("case", TABLE, ids=lambda case: f"{case.name}={case.typed}")


def assert_refused(shown: Opened, case: Impossible) -> None:
    """The page names input and bounds, and shows what it shows without the value."""
    assert shown.errors == []
    (warning,) = shown.warnings
    assert case.words in warning
    assert all(bound in warning for bound in case.bounds), warning
    assert "Base scenario, money lasts: MiniMax 30.1 months" in shown.text()


@each
def test_the_address_refuses(case: Impossible) -> None:
    assert_refused(Opened("runway", {"set": f"minimax.{case.name}:{case.typed}"}), case)


@pytest.mark.parametrize(
    "case", [case for case in TABLE if isfinite(case.field)], ids=lambda case: f"{case.name}={case.typed}"
)
def test_the_form_refuses(case: Impossible) -> None:
    """What is no finite number cannot stand in a number field."""
    shown = with_form()
    assert_refused(apply(shown, **{case.name.replace(".", "__"): case.field}), case)


@each
def test_the_command_line_refuses(case: Impossible, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--set", f"{case.name}={case.typed}"] if case.name != "simulation.paths" else ["--paths", case.typed]
    try:
        status = main(["runway", "--company", "minimax", *words])
    except SystemExit as stop:
        status = int(stop.code or 0)
    captured = capsys.readouterr()

    assert (status, captured.out) == (2, "")
    assert case.printed in captured.err


def test_correlations_that_contradict_are_refused_with_the_reason_and_the_listed_ones_stand() -> None:
    research, computing = "research_and_development.growth.start", "compute_price.change"
    first, second = "segments.c_end.growth.start", "segments.b_end.growth.start"
    pairs = f"{first}~{research}:0.99,{second}~{research}:-0.99,{first}~{second}:0.99"
    shown = Opened("runway", {"set": ",".join(f"minimax.{pair}" for pair in pairs.split(","))})

    assert shown.errors == []
    assert "cannot hold together: some mix of them would have a negative variance" in shown.text()
    assert "Median of the simulated runways: MiniMax 30.2 months" in shown.text()
    allowed = Opened("runway", {"set": f"minimax.{research}~{computing}:0.4"})
    assert "cannot hold together" not in allowed.text()
