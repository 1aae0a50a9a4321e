from decimal import Decimal

import pytest

from ipo_data.export.packs.formulas import Operand, live_formula

A1, A2, A3 = Operand("A1", 30_429_000.0), Operand("A2", 116_573_000.0), Operand("A3", 9.0)
RATE = Operand("R1", 7.78, exact=False)
"""HKD per USD; written turned round and to six digits: 1/7.78 = 0.128535."""


@pytest.mark.parametrize(
    ("arithmetic", "value", "formula"),
    [
        # 116.573 ÷ 30.429 − 1 = 2.83098…: a percentage
        (
            "116.573 ÷ 30.429 − 1",
            (Decimal("116.573") / Decimal("30.429") - 1) * 100,
            "((A2/1000000)/(A1/1000000)-1)*100",
        ),
        ("116.573 + 30.429", Decimal(147_002_000), "((A2/1000000)+(A1/1000000))*1000000"),
        ("116573000 + 30429000", Decimal(147_002_000), "(A2+A1)"),
        ("116.573 ÷ 9", Decimal(116_573_000) / 9, "((A2/1000000)/A3)*1000000"),
        ("(116.573 − 30.429) × 12", Decimal("1033.728"), "(((A2/1000000)-(A1/1000000))*12)"),
        (
            "(116.573 ÷ 30.429)^(1/2)", (Decimal("116.573") / Decimal("30.429")).sqrt(),
            "(((A2/1000000)/(A1/1000000))^(1/2))",
        ),
        ("−9 + 10", Decimal(1), "((-A3)+10)"),
        # 9 % of 116.573m = 10.49157m
        ("9% × 116.573", Decimal(10_491_570), "((A3/100)*(A2/1000000))*1000000"),
        # 116.573m ÷ 7.78 = 14.98368…m
        ("116.573 × 0.128535", Decimal(116_573_000) / Decimal("7.78"), "((A2/1000000)*(1/R1))*1000000"),
    ],
)  # fmt: skip
def test_arithmetic_becomes_a_formula_over_cells(arithmetic, value, formula):
    assert live_formula(arithmetic, value, [A1, A2, A3, RATE]) == formula


def test_a_rate_applied_to_the_result_is_part_of_the_formula():
    value = Decimal(147_002_000) / Decimal("7.78")

    assert live_formula("116.573 + 30.429", value, [A1, A2], [RATE]) == "((A2/1000000)+(A1/1000000))*1000000/R1"


@pytest.mark.parametrize(
    "arithmetic",
    ["116.573 ÷ 30.429", "116.573 ÷ 0", "116.573 ÷", "(116.573 + 1", "12 ÷ 9.5", "", "=A1+A2", "about 3 × 4", "1/2"],
)
def test_a_formula_that_does_not_give_the_figure_is_not_used(arithmetic):
    assert live_formula(arithmetic, Decimal(5), [A1, A2, A3]) is None
