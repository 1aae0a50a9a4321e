"""Everything one seeds folder holds, validated but not yet resolved."""

from dataclasses import dataclass, field

from ipo_data.model.claim import Claim
from ipo_data.model.company import Company
from ipo_data.model.judgement import Contrast, Judgement
from ipo_data.model.rate import FxRate
from ipo_data.model.scenario_preset import CompanyScenarios
from ipo_data.model.source import Source
from ipo_data.model.statement import Statement
from ipo_data.model.text import Text


@dataclass(frozen=True, slots=True)
class Records:
    """The validated content of a seeds folder.

    Attributes:
        companies: Companies by id, in display order.
        sources: Documents by id.
        claims: All claims, ordered by id.
        judgements: Choices between rival claims, by company.
        contrasts: Look-alikes, by company.
        statements: What documents say in words, by company.
        rates: Exchange rates.
        members: Labels of axis members shared by all companies.
        traditional: Traditional Chinese texts by their Simplified form.
        digest: Hash of the files' content.
        scenarios: Runway scenarios by company: assumptions, never evidence.
    """

    companies: dict[str, Company]
    sources: dict[str, Source]
    claims: tuple[Claim, ...]
    judgements: dict[str, tuple[Judgement, ...]] = field(default_factory=dict)
    contrasts: dict[str, tuple[Contrast, ...]] = field(default_factory=dict)
    statements: dict[str, tuple[Statement, ...]] = field(default_factory=dict)
    rates: tuple[FxRate, ...] = ()
    members: dict[str, dict[str, Text]] = field(default_factory=dict)
    traditional: dict[str, str] = field(default_factory=dict)
    digest: str = ""
    scenarios: dict[str, CompanyScenarios] = field(default_factory=dict)


def subject_id(claim: Claim, reporting_currency: str) -> str:
    """Return the name of the fact a claim speaks of, e.g. ``minimax.revenue.9M2025.segment=c_end``.

    Args:
        claim: The claim.
        reporting_currency: The company's currency, which the name leaves out.
    """
    unit = claim.quantity.unit
    parts = [claim.company, claim.metric]
    if claim.stamp:
        parts.append(claim.stamp)
    parts += [f"{axis}={member}" for axis, member in claim.dimensions]
    parts += [str(part) for part in (claim.basis, claim.kind) if part not in ("reported", "actual")]
    if unit.is_money and unit.code != reporting_currency:
        parts.append(unit.code)
    return ".".join(parts)
