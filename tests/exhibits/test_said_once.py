"""What the figures of a takeaway share is said once, before them."""

import pytest

from ipo_data.exhibits.model import View
from ipo_data.exhibits.said_once import Said, said_once
from tests.exhibits.small import small

MOST = (
    Said("Minimax", "2.51×", ("adjusted", "H1 2026")), Said("Zhipu", "2.06×", ("adjusted", "H1 2026")),
    Said("Acme", "1.54×", ("under IFRS", "FY2025")),
)  # fmt: skip
ONE_WITHOUT = (Said("Minimax", "1", ("2025",)), Said("Zhipu", "2", ("2025",)), Said("Acme", "3", ("",)))
ALIKE = (Said("Minimax", "2.51×", ("adjusted", "H1 2026")), Said("Zhipu", "2.06×", ("adjusted", "H1 2026")))
UNLIKE = (Said("Minimax", "3.48×", ("adjusted", "9M 2025")), Said("Zhipu", "9.18×", ("adjusted", "H1 2025")))
OWN = (Said("Minimax", "+174.7%", ("9M 2025",)), Said("Zhipu", "4.25× (+325%)", ("H1 2025",)))


@pytest.mark.parametrize(
    ("found", "shared", "parts"),
    [
        (ALIKE, " (adjusted, H1 2026)", "Minimax 2.51× and Zhipu 2.06×"),
        (UNLIKE, " (adjusted)", "Minimax 3.48× (9M 2025) and Zhipu 9.18× (H1 2025)"),
        (ALIKE[:1], " (adjusted, H1 2026)", "Minimax 2.51×"),
        (OWN, "", "Minimax +174.7% (9M 2025) and Zhipu 4.25× (+325%, H1 2025)"),  # no two brackets in a row
        (MOST, " (adjusted, H1 2026)", "Minimax 2.51×, Zhipu 2.06× and Acme 1.54× (under IFRS, FY2025)"),
        (ONE_WITHOUT, "", "Minimax 1 (2025), Zhipu 2 (2025) and Acme 3"),  # else 3 would be taken for one of 2025
        ((Said("Minimax", "1", ("",)), Said("Zhipu", "2", ("",))), "", "Minimax 1 and Zhipu 2"),
    ],
)
def test_what_is_shared_is_said_before_the_figures(found: tuple[Said, ...], shared: str, parts: str) -> None:
    assert said_once(small(), found) == (shared, parts)


def test_figures_of_several_clauses_are_kept_apart_by_semicolons() -> None:
    found = [Said("Minimax", "1 under IFRS, 2 adjusted", ("",)), Said("Zhipu", "3 under IFRS, 4 adjusted", ("",))]

    assert said_once(small(), found, clauses=True)[1] == (
        "Minimax 1 under IFRS, 2 adjusted; Zhipu 3 under IFRS, 4 adjusted"
    )


def test_chinese_words_follow_a_name_without_a_space() -> None:
    found = [Said("Minimax", "2.51×", ("经调整",)), Said("智谱", "净亏损3亿", ("经调整",))]

    assert said_once(small(view=View(language="zh-Hans")), found) == ("（经调整）", "Minimax 2.51×和智谱净亏损3亿")
