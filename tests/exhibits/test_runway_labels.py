"""Every number on the runway page says which liquidity, burn, date and proceeds it assumes; nothing is a forecast."""

import re

import pytest

from ipo_data.dataset import Dataset
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit, View
from ipo_data.exhibits.registry import build, exhibit_ids, page
from ipo_data.text.catalog import LANGUAGES

ASSUMED = re.compile(r"(?:MiniMax|Zhipu) (?:US\$|RMB)[\d.]+\w+ at \d+ \w+ 2025, burn (?:US\$|RMB)[\d.]+\w+ a month")
OPTIONS = (
    (), (("scenario", "bear"), ("lines", "yes"), ("offer", "yes")), (("lines", "draw"), ("set", "minimax.burn:20")),
    (("burn", "80"), ("liquidity", "cash_only"), ("burn_definition", "adjusted_loss"), ("jump", "yes")),
)  # fmt: skip
DATES = {"en": ("30 Sep 2025", "31 Oct 2025"), "zh": ("2025年9月30日", "2025年10月31日")}
WORDS = {
    "en": {"burn": "burn", "proceeds": ("offer proceeds", "published"), "forecast": "forecast"},
    "zh-Hans": {"burn": "消耗", "proceeds": ("募资", "公开"), "forecast": "预测"},
    "zh-Hant": {"burn": "消耗", "proceeds": ("募資", "公開"), "forecast": "預測"},
}
NOT_A_FORECAST = {
    "en": ("not a forecast", "not forecasts"), "zh-Hans": ("并非预测", "非预测"), "zh-Hant": ("並非預測", "非預測"),
}  # fmt: skip


@pytest.fixture(scope="module")
def everything() -> Dataset:
    return Dataset.load()


def exhibits(dataset: Dataset, language: str, options: tuple[tuple[str, str], ...]) -> list[Exhibit]:
    context = Context(dataset, View(language=language, options=options))
    return [build(context, page("runway"), name) for name in exhibit_ids(page("runway"), context.companies)]


def said(exhibit: Exhibit) -> str:
    """Return what a reader reads above and below the numbers."""
    return " ".join((exhibit.title, exhibit.subtitle, *exhibit.notes))


@pytest.mark.parametrize("options", OPTIONS, ids=lambda options: "-".join(name for name, _ in options) or "default")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_exhibit_names_date_burn_and_proceeds_and_is_no_forecast(everything, language, options) -> None:
    words = WORDS[language]
    for exhibit in exhibits(everything, language, options):
        text = said(exhibit)
        dates = DATES["en" if language == "en" else "zh"]
        if exhibit.id != "runway-what-if":  # months from the balance date, whichever it is
            assert any(date in exhibit.subtitle for date in dates), (exhibit.id, exhibit.subtitle)
        assert words["burn"] in text, (exhibit.id, text)
        assert any(word in text for word in words["proceeds"]), (exhibit.id, text)
        for denied in NOT_A_FORECAST[language]:
            text = text.replace(denied, "")
        assert words["forecast"] not in text, (exhibit.id, text)


@pytest.mark.parametrize("options", OPTIONS, ids=lambda options: "-".join(name for name, _ in options) or "default")
def test_every_projection_names_the_amounts_of_liquidity_and_burn(everything, options) -> None:
    for exhibit in exhibits(everything, "en", options):
        if exhibit.id.startswith(("runway-matrix", "runway-bridge", "runway-what-if")):
            continue  # the definitions stand in rows and columns, or in the title's division
        parts = ASSUMED.findall(exhibit.subtitle)
        assert parts, (exhibit.id, exhibit.subtitle)
        assert re.search(r"bank lines (not )?(counted|drawn)", exhibit.subtitle), (exhibit.id, exhibit.subtitle)
