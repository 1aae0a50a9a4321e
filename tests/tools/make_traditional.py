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


_AS_FILED = str.maketrans({"户": "戶"})
"""Characters for which filings with the exchange use another form than the converter's Hong Kong standard."""


def traditional(text: str) -> str:
    """Return the Traditional form (Hong Kong standard, as filings print it) of a Simplified text."""
    return _CONVERTER.convert(text).translate(_AS_FILED)


def quoted(text: str) -> str:
    """Return a text as a double-quoted YAML scalar on one line."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def catalogue_text() -> str:
    """Return the content of the derived catalogue."""
    return HEADING + "".join(f"{key}: {quoted(traditional(text))}\n" for key, text in catalogue("zh-Hans").items())


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
