"""Traditional Chinese is derived from Simplified, checked in and current."""

from itertools import chain

import opencc
import pytest
import yaml

from ipo_data.dataset import Dataset
from ipo_data.paths import ROOT
from ipo_data.text.catalog import catalogue
from tests.tools.make_traditional import catalogue_text, characters, record_texts, records_text, traditional

TO_SIMPLIFIED = opencc.OpenCC("hk2s")


def _records() -> dict[str, str]:
    loaded = yaml.safe_load((ROOT / "seeds" / "zh-Hant.yaml").read_text(encoding="utf-8"))
    return {str(simplified): str(derived) for simplified, derived in loaded.items()}


def test_the_catalogue_is_the_derivation() -> None:
    """Otherwise run ``make zh-hant``."""
    assert catalogue("zh-Hant") == {key: traditional(text, key) for key, text in catalogue("zh-Hans").items()}
    assert (ROOT / "ipo_data" / "text" / "zh-Hant.yaml").read_text(encoding="utf-8") == catalogue_text()


def test_the_texts_of_the_records_are_the_derivation(dataset: Dataset) -> None:
    """Otherwise run ``make zh-hant``."""
    assert _records() == record_texts(dataset)
    assert (ROOT / "seeds" / "zh-Hant.yaml").read_text(encoding="utf-8") == records_text(dataset)


def test_the_simplified_catalogue_holds_no_traditional_characters() -> None:
    found = {key: text for key, text in catalogue("zh-Hans").items() if TO_SIMPLIFIED.convert(text) != text}

    assert found == {}


def test_the_traditional_characters_hold_no_simplified_characters() -> None:
    """A Simplified character left over would come back unchanged, and so would the whole text."""
    simplified = catalogue("zh-Hans")
    derived = {key: characters(text) for key, text in simplified.items()}

    assert {key: TO_SIMPLIFIED.convert(text) for key, text in derived.items()} == simplified
    assert {key: text for key, text in derived.items() if characters(text) != text} == {}


@pytest.mark.parametrize(
    ("key", "simplified", "expected"),
    [
        ("check.choose", "选择文件", "選擇檔案"),  # a file
        ("table.stated", "文件所载", "文件所載"),  # a document
        ("preset.document", "文档栏宽", "文件欄寬"),
        ("login.out", "退出登录", "登出"),
        ("link.copy", "复制链接", "複製連結"),
        ("dilution.title", "新股占全部股份", "新股佔全部股份"),
        ("note.rate", "兑换说明请阅税项", "兌換說明請閱稅項"),
    ],
)
def test_words_are_those_of_hong_kong(key: str, simplified: str, expected: str) -> None:
    assert traditional(simplified, key) == expected


def test_the_simplified_texts_of_the_records_hold_no_traditional_characters(dataset: Dataset) -> None:
    assert {text for text in record_texts(dataset) if TO_SIMPLIFIED.convert(text) != text} == set()


@pytest.mark.parametrize(
    ("simplified", "expected"),
    [
        ("公开发售认购倍数", "公開發售認購倍數"),
        ("口径", "口徑"),
        ("港元", "港元"),
        ("软件", "軟件"),
        ("付费用户与客户", "付費用戶與客戶"),
    ],
)
def test_the_derivation_follows_hong_kong(simplified: str, expected: str) -> None:
    assert traditional(simplified) == expected


def test_records_are_said_in_traditional(dataset: Dataset) -> None:
    name = dataset.companies["zhipu"].name
    because = next(gap.because for gap in dataset.companies["zhipu"].gaps)

    assert dataset.say(name, "zh-Hant") == "智譜"
    assert dataset.say(because, "zh-Hant") == traditional(because.simplified())
    assert "部署" in dataset.say(because, "zh-Hant")


def test_every_character_of_the_derived_texts_is_printable() -> None:
    assert all(text.isprintable() for text in chain(catalogue("zh-Hant").values(), _records().values()))
