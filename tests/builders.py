"""Records and seeds folders for tests: valid as they are, so that a test changes one thing and says which."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ipo_data.dataset import Dataset
from ipo_data.loading.company_folders import name_claims
from ipo_data.loading.placed import Placed
from ipo_data.loading.problems import ProblemList
from ipo_data.loading.records import Records
from ipo_data.loading.yaml_reader import Parsed
from ipo_data.model.claim import AXES, Claim
from ipo_data.model.company import Company
from ipo_data.model.judgement import Judgement
from ipo_data.model.rate import FxRate
from ipo_data.model.source import Source

GOOD_SEEDS: Mapping[str, str] = {
    "sources.yaml": """\
sources:
  - {id: acn, title: A newswire piece, publisher: ACN Newswire, published: 2025-12-24, kind: issuer_release}
  - {id: finet, title: An analysis, publisher: Finet, published: 2025-12, kind: news}
""",
    "vocabulary.yaml": """\
members:
  segment:
    c_end: {en: C-end, zh-Hans: C端}
    b_end: {en: B-end, zh-Hans: B端}
""",
    "fx.yaml": """\
rates:
  - {set: articles, base: USD, quote: CNY, rate: 7.0363, method: implied, as_of: 2025-09-30, from: finet, because: x}
""",
    "companies/minimax/company.yaml": """\
id: minimax
name: MiniMax
ticker: 0100.HK
reporting_currency: USD
order: 1
members:
  holder:
    yan: Yan Junjie
    alisoft: Alisoft China
""",
    "companies/minimax/revenue.yaml": """\
revenue:
  - {period: FY2024, says: 30.52m USD, from: acn}
  - {period: 9M2025, says: 53.44m USD, from: acn, at: "¶1 5344萬美元"}
  - {period: 9M2025, says: 53.4m USD, from: finet, at: "¶22 5340 万美元"}
""",
    "companies/minimax/shareholding.yaml": """\
economic_interest:
  - {as_of: 2025-12, holder: yan, says: 22.35%, from: finet}
  - {as_of: 2025-12, holder: alisoft, says: 15.04%, from: finet}
""",
    "companies/minimax/cash.yaml": """\
runway:
  - {as_of: 2025-09-30, says: ">53 months", from: acn}
  - {as_of: 2025-09-30, says: 37 months, from: finet}
judgements:
  - metric: runway
    as_of: 2025-09-30
    prefer: finet
    over: [acn]
    verdict: contradicted
    because: The newswire gives no sum.
    decided: 2026-11-21
""",
    "companies/zhipu/company.yaml": """\
id: zhipu
name: Zhipu
ticker: 2513.HK
reporting_currency: CNY
order: 2
""",
    "companies/zhipu/users.yaml": """\
institutional_customers:
  - {as_of: 2025-09-30, says: 12000 customers, from: finet}
""",
}
"""A small seeds folder without a mistake."""


def write_seeds(folder: Path, changes: Mapping[str, str | bytes | None] | None = None) -> Path:
    """Write the good seeds with some files changed (``None`` leaves a file out) and return the folder."""
    files: dict[str, str | bytes | None] = {**GOOD_SEEDS, **(changes or {})}
    for name, content in files.items():
        if content is None:
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def make_source(name: str = "acn", **changes: Any) -> Source:
    return Source.model_validate(
        {"id": name, "title": "A piece", "publisher": "A paper", "published": "2025-12-24", "kind": "news", **changes}
    )


def make_company(name: str = "minimax", **changes: Any) -> Company:
    return Company.model_validate(
        {"id": name, "name": name.title(), "ticker": "0100.HK", "reporting_currency": "USD", **changes}
    )


def make_claim(metric: str = "revenue", says: str = "53.44m USD", *, source: str = "acn", **changes: Any) -> Claim:
    """Return a claim; axes are given as keywords (``segment="c_end"``), revenue falls on 9M2025 unless dated."""
    dimensions = tuple(sorted((axis, changes.pop(axis)) for axis in list(changes) if axis in AXES))
    if metric == "revenue":
        changes.setdefault("period", "9M2025")
    year_end = changes.pop("year_end_month", 12)
    data = {"company": "minimax", "metric": metric, "says": says, "from": source, "dimensions": dimensions, **changes}
    return Claim.model_validate(data, context={"year_end_month": year_end})


def make_judgement(**changes: Any) -> Judgement:
    return Judgement.model_validate(
        {
            "metric": "revenue", "period": "9M2025", "prefer": "acn", "verdict": "misprint",
            "because": "The other drops a digit.", "decided": "2026-11-21", **changes,
        }
    )  # fmt: skip


def make_rate(**changes: Any) -> FxRate:
    return FxRate.model_validate(
        {
            "set": "articles", "base": "USD", "quote": "CNY", "rate": "7.0363", "method": "implied",
            "as_of": "2025-09-30", "because": "376 over 53.437", **changes,
        }
    )  # fmt: skip


def make_dataset(
    *claims: Claim, sources: Iterable[Source] = (), companies: Iterable[Company] = (),
    judgements: Iterable[Judgement] = (), **records: Any,
) -> Dataset:  # fmt: skip
    """Return a data set of these claims; sources and companies they need are made up where none are given."""
    by_id = {source.id: source for source in sources}
    by_id |= {claim.source: make_source(claim.source) for claim in claims if claim.source not in by_id}
    known = {company.id: company for company in companies}
    known |= {claim.company: make_company(claim.company) for claim in claims if claim.company not in known}
    page = Parsed("built.yaml", None, {})
    problems = ProblemList()
    placed = [Placed(c.model_copy().placed("", f"built.yaml:{n}:1"), page, (n,)) for n, c in enumerate(claims, 1)]
    named = name_claims(placed, known, problems)
    assert not problems, problems.lines()
    choices = {company: tuple(judgements) for company in known}
    return Dataset(Records(known, by_id, named, choices, **records))
