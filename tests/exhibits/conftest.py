"""The repository's exhibits, built once, and a data set with two more companies."""

from pathlib import Path
from shutil import copytree

import pytest

from ipo_data.dataset import Dataset
from ipo_data.paths import ROOT
from tests.exhibits.library import Library

ACME = {
    "company.yaml": """\
id: acme
name: {en: Acme, zh-Hans: 艾克米}
ticker: ACME.PA
reporting_currency: EUR
order: 3
""",
    "revenue.yaml": """\
revenue:
  - {period: FY2023, says: 20.0m EUR, from: finet-2025-12}
  - {period: FY2024, says: 30.0m EUR, from: finet-2025-12}
  - {period: H1-2025, says: 24.0m EUR, from: finet-2025-12}
  - {period: H1-2024, says: 10.0m EUR, from: finet-2025-12}
""",
    "margins.yaml": """\
gross_margin:
  - {period: FY2024, says: 40.0%, from: finet-2025-12}
""",
}
"""A company that reports in a currency no document converts."""

QUIET = {
    "company.yaml": """\
id: quiet
name: {en: Quiet, zh-Hans: 静默}
ticker: 9999.HK
reporting_currency: HKD
order: 4
"""
}
"""A company of which no document says anything."""


@pytest.fixture(scope="session")
def library(dataset: Dataset) -> Library:
    return Library(dataset)


@pytest.fixture(scope="session")
def four_companies(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The repository's records with Acme and Quiet beside MiniMax and Zhipu."""
    folder = copytree(ROOT / "seeds", tmp_path_factory.mktemp("four") / "seeds")
    for company, files in (("acme", ACME), ("quiet", QUIET)):
        (folder / "companies" / company).mkdir()
        for name, content in files.items():
            Path(folder / "companies" / company / name).write_text(content, encoding="utf-8")
    return Library(Dataset.load(folder))


@pytest.fixture(scope="session")
def three_companies(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The repository's records with Nebula, an invented company of a dozen figures, beside MiniMax and Zhipu."""
    folder = copytree(ROOT / "seeds", tmp_path_factory.mktemp("three") / "seeds")
    nebula = copytree(Path(__file__).parent / "nebula", folder / "companies" / "nebula")
    own = (nebula / "sources.yaml").read_text(encoding="utf-8").removeprefix("sources:\n")
    (nebula / "sources.yaml").unlink()
    with (folder / "sources.yaml").open("a", encoding="utf-8") as listed:
        listed.write(own)
    return Library(Dataset.load(folder))
