"""The files a new company starts with: what must be filled in, and every metric as a line to uncomment."""

from typing import Final

from ipo_data.errors import OptionError, shown
from ipo_data.model.metric import FAMILIES, METRICS, Metric, TimeKind
from ipo_data.model.source import IDENTIFIER
from ipo_data.text.catalog import words
from ipo_data.units import UNITS, UnitKind

TOPICS: Final = (
    "revenue", "mix", "margins", "profit", "spending", "cash", "users", "shareholding", "offering", "subscription",
    "market", "events",
)  # fmt: skip
"""Topics that every listed company's documents state figures on; the others may be added later."""
DOCUMENT: Final = "DOCUMENT-ID"
"""Stands for the id of a document in the example lines."""

_COMPANY: Final = """\
# yaml-language-server: $schema=../../schema/company.schema.json
# Who reports, in which currency, and what the figures can be broken down by.
# Fill in name and ticker, then run: ipo-data check
id: {id}
name:                        # as readers know it; {{en: Acme, zh-Hans: 某某}} where the languages differ
ticker:                      # stock code with its market, e.g. 1234.HK
reporting_currency: USD      # currency of the accounts: USD, CNY, HKD …
fiscal_year_end: 12-31       # last day of the fiscal year, month and day
order: {order}                     # position in lists and charts

# One sentence on what the company lives from:
# profile: {{en: "Enterprise-led: models installed at the customer's site", zh-Hans: 以B端为主：本地化部署}}

# Own members of axes, with their labels; shared ones (c_end, b_end, cloud …) are in vocabulary.yaml:
# members:
#   product:
#     first_product: {{en: First Product, zh-Hans: 某产品}}
#   holder:
#     founder: {{en: The Founder, zh-Hans: 创始人}}

# What the documents are known not to report; pages name the gap:
# gaps:
#   - metric: revenue_share
#     axis: segment
#     because: {{en: Not split by consumers and enterprises., zh-Hans: 未按B端与C端拆分。}}

# Its documents go into ../../sources.yaml; the figures name them by their id:
#   - id: {id}-prospectus
#     title: Global Offering
#     publisher: HKEXnews
#     published: 2025-12-31
#     kind: prospectus
#     script: latn
#     reading: first_hand

# Other topics a file may be added for: {other_topics}
"""
_TOPIC: Final = """\
# yaml-language-server: $schema=../../schema/{topic}.schema.json
# One claim, one line: what one document prints. Uncomment a metric and a line below it, one line per document.
#   says  the figure in the printed notation: 53.44m USD · 5343.7万 USD · >212m persons · ~500m USD · 37x · -24.7%
#   from  a document of sources.yaml
#   at    where it stands: "¶16 5343.7 万美元" (paragraph and printed figure) or "p.12"
# A file without claims may be removed.

{metrics}
judgements: []
"""
_FIGURES: Final = {
    UnitKind.PERCENT: "12.3%",
    UnitKind.MULTIPLE: "1.5x",
    UnitKind.DATE: "2025-12-31",
}


def company_skeleton(company: str, order: int) -> dict[str, str]:
    """Return the files of a new company's folder by name; they pass the checks once name and ticker are filled in.

    Args:
        company: Company id, which is also the folder's name.
        order: Position in lists and charts.

    Raises:
        OptionError: If the id is not one.
    """
    if not IDENTIFIER.fullmatch(company):
        raise OptionError(
            f"'{shown(company)}' is not a company id: use 2 to 61 characters from a–z, 0–9, '-' and '_', e.g. acme"
        )
    other = ", ".join(family for family in FAMILIES if family not in TOPICS)
    return {
        "company.yaml": _COMPANY.format(id=company, order=order, other_topics=other),
        **{f"{topic}.yaml": topic_skeleton(topic) for topic in TOPICS},
    }


def topic_skeleton(topic: str) -> str:
    """Return a topic file with every metric of the topic as a commented line."""
    metrics = [_commented(metric) for metric in METRICS.values() if metric.family == topic]
    return _TOPIC.format(topic=topic, metrics="".join(metrics))


def _commented(metric: Metric) -> str:
    axes = f"  # may also have: {', '.join(sorted(metric.axes))}" if metric.axes else ""
    when = {TimeKind.TIMELESS: "", TimeKind.INSTANT: "as_of: 2025-12-31, "}.get(metric.time, "period: FY2025, ")
    line = f'{{{when}says: {_figure(metric)}, from: {DOCUMENT}, at: "p.1 {_figure(metric)}"}}'
    return f"# {metric.id}:  # {words('en')(f'metric.{metric.id}')}\n#   - {line}{axes}\n"


def _figure(metric: Metric) -> str:
    if metric.unit == "money":
        return "12.3m USD"
    return _FIGURES.get(UNITS[metric.unit].kind, f"12 {metric.unit}")
