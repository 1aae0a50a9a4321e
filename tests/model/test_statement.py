"""Statements in words."""

import pytest
from pydantic import ValidationError

from ipo_data.model.statement import Comparison, Statement

REVENUE = {"metric": "revenue", "period": "9M2025"}


def statement(**changes) -> Statement:
    return Statement.model_validate(
        {"id": "grows", "from": "acn", "title": "It grows", "compares": "doubles", "figures": [REVENUE], **changes}
    )


def test_a_statement_names_its_figures_in_order():
    found = statement(compares="rises", figures=[{**REVENUE, "period": "FY2024"}, REVENUE], at="¶3")
    assert (found.source, found.compares) == ("acn", Comparison.RISES)
    assert [figure.period for figure in found.figures] == ["FY2024", "9M2025"]


@pytest.mark.parametrize(("compares", "fewest"), [("majority", 1), ("rises", 2), ("second", 3)])
def test_a_comparison_needs_its_figures(compares, fewest):
    assert statement(compares=compares, figures=[REVENUE] * fewest)
    with pytest.raises(ValidationError, match=rf"'{compares}' compares at least {fewest}, got {fewest - 1}"):
        statement(compares=compares, figures=[REVENUE] * (fewest - 1))


def test_what_no_figure_can_test_says_why():
    assert statement(figures=[], lacks="No document counts them.").figures == ()


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"compares": "grows"}, "grows_faster"),
        ({"at": "¶"}, "locator"),
        ({"figures": [{"metric": "mau", "from": "x"}]}, "from"),
    ],
)
def test_slips_are_refused(changes, match):
    with pytest.raises(ValidationError, match=match):
        statement(**changes)
