"""The files a new company starts with: what must be filled in, and every metric as a line to uncomment."""

import json
from collections.abc import Collection, Mapping
from typing import Final

from ipo_data.errors import OptionError, UnknownNameError, shown
from ipo_data.model.metric import FAMILIES, METRICS, Metric, TimeKind
from ipo_data.model.source import IDENTIFIER, SourceKind
from ipo_data.text.catalog import words
from ipo_data.units import CURRENCIES, UNITS, UnitKind

TOPICS: Final = (
    "revenue", "mix", "margins", "profit", "spending", "cash", "users", "shareholding", "offering", "subscription",
    "market", "events",
)  # fmt: skip
"""Topics that every listed company's documents state figures on; the others may be added later."""
_DOCUMENT: Final = "{id}-prospectus"
"""Id of the document that the example lines cite, and that ``company.yaml`` holds a record of to copy."""

_COMPANY: Final = """\
# yaml-language-server: $schema=../../schema/company.schema.json
# Who reports, in which currency, and what the figures can be broken down by.
# Once name and ticker are there, run: ipo-data check
id: {id}
name: {name:<22} # as readers know it; {{en: Acme, zh-Hans: 某某}} where the languages differ
ticker: {ticker:<20} # stock code with its market, e.g. 1234.HK
reporting_currency: {currency}      # currency of the accounts: USD, CNY, HKD …
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

# Copy its documents below the last line of ../../sources.yaml, each line without its '# ' (the space goes too). The
# figures name a document by its id, the exhibits by 'short':
#   - id: {document}
#     short: {short}
#     title: Global Offering
#     publisher: HKEXnews
#     published: 2026-06-30
#     kind: prospectus        # or {kinds}
#     script: latn
#     reading: first_hand

# Other topics a file may be added for: {other_topics}
"""
_TOPIC: Final = """\
# yaml-language-server: $schema=../../schema/{topic}.schema.json
# One claim, one line: what one document prints. To use a metric, take the '# ' (the space goes too) off its name and
# off the line below; another period or document is another line.
#   says  the figure in the printed notation: 53.44m USD · 5343.7万 USD · >212m persons · ~500m USD · 37x · -24.7%;
#         no commas: 1,204.5 million is 1204.5m, a table in thousands 1204512k
#   from  a document of sources.yaml
#   at    where it stands: "p.12", or "¶16 5343.7 万美元" (paragraph and printed figure); p.# is refused until filled in
# A file without claims may be removed.{remarks}

{metrics}
judgements: []
"""
_FIGURES: Final = {
    UnitKind.PERCENT: "12.3%",
    UnitKind.MULTIPLE: "1.5x",
    UnitKind.DATE: "2025-12-31",
}
_A_SHARE: Final = frozenset({"offer_price", "offer_price_low", "offer_price_high", "share_price", "price_per_share"})
"""Metrics in money for one share."""
_NO_PAGE: Final = "p.#"
"""A place that the checks refuse: an example line that nobody has filled in never passes for a figure."""
_REMARKS: Final = {
    "revenue": ("The total has no axis. Give last year's part of the year too (H1-2024 beside H1-2025): like-for-like",
                "growth and twelve months need it."),
    "profit": ("A loss is a positive figure, a profit under the name of a loss a negative one.",
               "The non-IFRS loss is adjusted_net_loss; it takes no 'basis'."),
    "cash": ("Burn and outflow are positive where money leaves. A runway needs a balance and a burn or an outflow.",),
    "users": ("The company's total has no product; pages compare totals.",),
    "shareholding": ("The stage says which register is meant: pages look for before_offering, after_offering and",
                     "at_listing. Shares in issue at_listing give the market value at the offer price."),
    "market": ("share_price at the close, with the shares in issue, gives the market value.",),
}  # fmt: skip
"""What is easily written in a way that no page finds, by topic."""
_PARTS: Final = {
    "economic_interest": ("stage", "before_offering"),
    "voting_rights": ("stage", "before_offering"),
    "shares_in_issue": ("stage", "at_listing"),
    "offer_shares": ("offer_stage", "initial"),
    "subscription_multiple": ("tranche", "public"),
    "market_cap": ("moment", "close"),
    "share_price": ("moment", "close"),
}
"""The breakdown that the pages look for, where a figure is hardly ever stated without one."""
Members = Mapping[str, Collection[str]]
"""Shared members by axis."""


def company_skeleton(
    company: str, order: int, *, currency: str = "USD", members: Members | None = None, name: str = "", ticker: str = ""
) -> dict[str, str]:
    """Return the files of a new company's folder by name; they pass the checks once they have a name and a ticker.

    Args:
        company: Company id, which is also the folder's name.
        order: Position in lists and charts.
        currency: Reporting currency, which the example lines are written in.
        members: Shared members by axis, named above the lines that may carry them.
        name: The company's name; left to be filled in if it is empty.
        ticker: Its stock code; left to be filled in if it is empty.

    Raises:
        OptionError: If the id is not one.
        UnknownNameError: If the currency is not in the list.
    """
    if currency not in CURRENCIES:
        raise UnknownNameError("currency", currency, CURRENCIES)
    if not IDENTIFIER.fullmatch(company):
        raise OptionError(
            f"'{shown(company)}' is not a company id: use 2 to 61 characters from a–z, 0–9, '-' and '_', e.g. acme"
        )
    other = ", ".join(family for family in FAMILIES if family not in TOPICS)
    document = _DOCUMENT.format(id=company)
    record = _COMPANY.format(
        id=company, order=order, other_topics=other, currency=currency, document=document,
        name=_quoted(name), ticker=_quoted(ticker), short=_short(name),
        kinds=", ".join(kind for kind in SourceKind if kind is not SourceKind.PROSPECTUS),
    )  # fmt: skip
    topics = {f"{topic}.yaml": _topic(topic, (currency, document), members or {}) for topic in TOPICS}
    return {"company.yaml": record, **topics}


def _quoted(text: str) -> str:
    """Return a text as a YAML scalar; nothing for an empty one."""
    return json.dumps(text, ensure_ascii=False) if text else ""


def _short(name: str) -> str:
    """Return what exhibits call the company's prospectus."""
    if not name:
        return "{en: Acme prospectus, zh-Hans: 某某招股书}"
    return f"{{en: {_quoted(f'{name} prospectus')}, zh-Hans: {_quoted(f'{name}招股书')}}}"


def _topic(topic: str, stated: tuple[str, str], members: Members) -> str:
    """Return a topic file with every metric as a commented line, stated in a currency by a document."""
    metrics = [metric for metric in METRICS.values() if metric.family == topic]
    axes = sorted({axis for metric in metrics for axis in metric.axes if members.get(axis)})
    lines = [f"#   {axis}: {', '.join(members[axis])}" for axis in axes]
    heading = ["# Members that companies share; own ones stand under 'members' in company.yaml:"] if lines else []
    remarks = "".join(f"\n{line}" for line in [*(f"# {line}" for line in _REMARKS.get(topic, ())), *heading, *lines])
    listed = "".join(_commented(metric, stated, members) for metric in metrics)
    return _TOPIC.format(topic=topic, metrics=listed, remarks=remarks)


def _commented(metric: Metric, stated: tuple[str, str], members: Members) -> str:
    currency, document = stated
    axis, member = _PARTS.get(metric.id, ("", ""))
    part = f"{axis}: {member}, " if member in members.get(axis, ()) else ""
    others = sorted(metric.axes - {axis} if part else metric.axes)
    axes = f"  # may also have: {', '.join(others)}" if others else ""
    when = {TimeKind.TIMELESS: "", TimeKind.INSTANT: "as_of: 2025-12-31, "}.get(metric.time, "period: FY2025, ")
    figure = _figure(metric, currency)
    line = f'{{{when}{part}says: {figure}, from: {document}, at: "{_NO_PAGE}"}}'
    return f"# {metric.id}:  # {words('en')(f'metric.{metric.id}')}\n#   - {line}{axes}\n"


def _figure(metric: Metric, currency: str) -> str:
    if metric.id in _A_SHARE:
        return f"12.30 {currency}"
    if metric.unit == "money":
        return f"12.3m {currency}"
    return _FIGURES.get(UNITS[metric.unit].kind, f"12 {metric.unit}")
