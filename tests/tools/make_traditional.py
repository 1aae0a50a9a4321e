"""Derive the Traditional Chinese texts from the Simplified ones (OpenCC, Hong Kong standard) and check them in.

Run with ``make zh-hant``. Writes ``ipo_data/text/zh-Hant.yaml`` and ``seeds/zh-Hant.yaml``.
"""

from pathlib import Path

import opencc
import yaml

from ipo_data.dataset import Dataset
from ipo_data.model.scenario_preset import CompanyScenarios
from ipo_data.model.text import Text
from ipo_data.paths import ROOT
from ipo_data.text.catalog import catalogue

_CONVERTER = opencc.OpenCC("s2hk")
HEADING = "# Derived from Simplified Chinese by 'make zh-hant'; do not edit.\n"


_AS_FILED = str.maketrans("户占説閲兑税脱鋭悦", "戶佔說閱兌稅脫銳悅")
"""Characters for which filings with the exchange use another form than the converter's Hong Kong standard."""
_HONG_KONG = {
    "退出登錄": "登出", "登錄": "登入", "賬號": "賬戶", "電子郵箱": "電郵地址", "服務器": "伺服器", "內存": "記憶體",
    "默認": "預設", "鏈接": "連結", "導出": "匯出", "信息": "資訊", "文件夾": "資料夾",
    "壓縮包": "壓縮檔", "幻燈片": "簡報", "標籤頁": "分頁", "窗口": "視窗", "看板": "儀表板", "校驗": "核對",
    "行與列": "行與欄", "自定義": "自訂", "自定": "自訂", "分紅": "派息", "伙伴": "夥伴", "全屏": "全螢幕",
    "合並": "合併", "舍入": "捨入", "收盤": "收市", "漲跌": "升跌", "上漲": "上升", "列為年數": "欄為年數",
}  # fmt: skip
"""Words of the mainland that Hong Kong readers would not write; the longer ones first."""
_ON_DISK = {
    "check.": (), "dropped.": (), "error.": ("error.url",), "trace.": ("trace.same_rows",), "nav.check": (),
    "question.check": (), "memo.": (), "export.": (),
}  # fmt: skip
"""Beginnings of the ids of texts in which 文件 is a file (檔案) and no document, with exceptions."""


def characters(text: str) -> str:
    """Return a Simplified text in Traditional characters (Hong Kong standard, as filings print them)."""
    return _CONVERTER.convert(text).translate(_AS_FILED)


def traditional(text: str, key: str = "") -> str:
    """Return the Traditional form of a Simplified text in the words of Hong Kong.

    Args:
        text: The text.
        key: Its id in the catalogue; tells files from documents, which Simplified calls by one word.
    """
    found = characters(text)
    for mainland, local in _HONG_KONG.items():
        found = found.replace(mainland, local)
    on_disk = any(key.startswith(start) and key not in exceptions for start, exceptions in _ON_DISK.items())
    if on_disk:
        found = found.replace("文件", "檔案").replace("保存", "儲存")
    return found.replace("文檔", "文件")


def quoted(text: str) -> str:
    """Return a text as a double-quoted YAML scalar on one line."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def catalogue_text() -> str:
    """Return the content of the derived catalogue."""
    return HEADING + "".join(f"{key}: {quoted(traditional(text, key))}\n" for key, text in catalogue("zh-Hans").items())


def scenario_texts(scenarios: CompanyScenarios) -> list[Text]:
    """Return every text of a company's runway scenarios."""
    values = [*scenarios.assumed, *(value for preset in scenarios.scenarios for value in preset.values)]
    own = [text for preset in scenarios.scenarios for text in (preset.name, preset.because)]
    return own + [value.because for value in values]


def record_texts(dataset: Dataset) -> dict[str, str]:
    """Return every Simplified text of the records with its Traditional form, where the two differ."""
    records = dataset._records
    texts: list[Text] = []
    for company in records.companies.values():
        texts += [company.name, *[t for members in company.members.values() for t in members.values()]]
        texts += [gap.because for gap in company.gaps] + [b.because for b in company.breaks]
        texts += [company.profile] if company.profile else []
    texts += [t for members in records.members.values() for t in members.values()]
    texts += [claim.note for claim in records.claims if claim.note]
    texts += [t for s in records.sources.values() for t in (s.note, s.short) if t]
    texts += [j.because for js in records.judgements.values() for j in js]
    texts += [t for cs in records.contrasts.values() for c in cs for t in (c.title, c.because)]
    texts += [t for own in records.statements.values() for s in own for t in (s.title, s.lacks) if t]
    texts += [rate.because for rate in records.rates]
    texts += [t for s in records.scenarios.values() for t in scenario_texts(s)]
    simplified = sorted({t.zh_hans for t in texts if t.zh_hans})
    return {text: traditional(text) for text in simplified if traditional(text) != text}


def records_text(dataset: Dataset) -> str:
    """Return the content of the derived record texts."""
    return HEADING + "".join(f"{quoted(k)}: {quoted(v)}\n" for k, v in record_texts(dataset).items())


def main() -> None:
    """Write both files."""
    targets: dict[Path, str] = {
        ROOT / "ipo_data" / "text" / "zh-Hant.yaml": catalogue_text(),
        ROOT / "seeds" / "zh-Hant.yaml": records_text(Dataset.load()),
    }
    for path, text in targets.items():
        yaml.safe_load(text)  # never write a file that cannot be read back
        path.write_text(text, encoding="utf-8")
        print(f"wrote {path.relative_to(ROOT)}: {text.count(chr(10)) - 1} texts")


if __name__ == "__main__":
    main()
