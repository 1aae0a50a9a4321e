"""The figure code: equal for equal data and parameters, whatever the language, order, theme or process."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context, restricted_to
from ipo_data.exhibits.model import Exhibit, View
from ipo_data.exhibits.registry import PAGES, build, exhibit_ids
from ipo_data.exhibits.registry import page as page_of
from ipo_data.export.figure_code import figure_code, is_code
from ipo_data.paths import ROOT


def exhibit(dataset: Dataset, page: str, name: str, view: View) -> Exhibit:
    return build(Context(restricted_to(dataset, view), view), page_of(page), name)


def code(dataset: Dataset, page: str, name: str, view: View) -> str:
    return figure_code(exhibit(dataset, page, name, view), view, page, dataset)


SOME = [("growth", "one-footing"), ("runway", "runway-fan"), ("sources", "documents"), ("reconciliation", "untested")]
"""Two charts and two tables, with and without data points."""


@pytest.mark.parametrize(("page", "name"), SOME)
def test_language_and_theme_do_not_change_it(dataset: Dataset, page: str, name: str) -> None:
    looks = [View(language=language) for language in ("en", "zh-Hans", "zh-Hant")] + [View(theme="dark")]
    assert len({code(dataset, page, name, view) for view in looks}) == 1


def test_every_exhibit_has_its_own(dataset: Dataset) -> None:
    context = Context(dataset, View())
    found = [
        figure_code(build(context, page, name), View(), page.id, dataset)
        for page in PAGES
        for name in exhibit_ids(page, context.companies)
    ]
    assert len(set(found)) == len(found)
    assert all(map(is_code, found))


def test_order_does_not_change_it(dataset: Dataset) -> None:
    shown = exhibit(dataset, "growth", "one-footing", View())
    turned = replace(shown, points=shown.points[::-1], claims=shown.claims[::-1])
    assert figure_code(turned, View(), "growth", dataset) == figure_code(shown, View(), "growth", dataset)
    both, swapped = View(companies=("minimax", "zhipu")), View(companies=("zhipu", "minimax"))
    assert code(dataset, "growth", "mau", both) == code(dataset, "growth", "mau", swapped)
    assert code(dataset, "growth", "mau", both) == code(dataset, "growth", "mau", View())  # all firms, named or not


@pytest.mark.parametrize(
    "view",
    [View(currency="USD"), View(evidence="filings"), View(without=("finet-2025-12",)), View(companies=("zhipu",))],
    ids=["currency", "evidence", "without", "companies"],
)
def test_a_parameter_changes_it(dataset: Dataset, view: View) -> None:
    assert code(dataset, "growth", "one-footing", view) != code(dataset, "growth", "one-footing", View())


def test_a_figure_changes_it(dataset: Dataset) -> None:
    shown = exhibit(dataset, "growth", "one-footing", View())
    first = shown.points[0]
    assert first.value is not None
    other = replace(shown, points=(replace(first, value=first.value + 1), *shown.points[1:]))
    assert figure_code(other, View(), "growth", dataset) != figure_code(shown, View(), "growth", dataset)


def test_a_new_title_does_not_change_it(dataset: Dataset) -> None:
    shown = exhibit(dataset, "growth", "one-footing", View())
    reworded = replace(shown, title="Other words", figure=None, notes=())
    assert figure_code(reworded, View(), "growth", dataset) == figure_code(shown, View(), "growth", dataset)


def test_another_process_finds_the_same(dataset: Dataset) -> None:
    """Sets come in another order in every process; the code must not."""
    program = (
        "from tests.export.test_figure_code import *; d = Dataset.load(ROOT / 'seeds');"
        "print(*(code(d, page, name, View()) for page, name in SOME))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": "7"}, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    assert ran.stdout.split() == [code(dataset, page, name, View()) for page, name in SOME]


def test_what_may_be_a_code() -> None:
    assert is_code("ABCDE23456")
    assert not is_code("ABCDE2345")
    assert not is_code("abcde23456")
    assert not is_code("ABCDE23451")
