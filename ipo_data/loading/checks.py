"""Checks across records: sources exist, axes and members are known, references point at something."""

from collections import defaultdict
from dataclasses import dataclass, field

from ipo_data.errors import PeriodError, nearest, shown
from ipo_data.loading.document_checks import check_dates, check_documents
from ipo_data.loading.part_checks import check_parts
from ipo_data.loading.placed import Placed
from ipo_data.loading.problems import ProblemList
from ipo_data.loading.records import Records
from ipo_data.loading.scenario_checks import check_scenarios
from ipo_data.loading.sign_checks import check_signs
from ipo_data.model.claim import AXES, Claim
from ipo_data.model.company import Company
from ipo_data.model.judgement import Contrast, FactReference, Judgement
from ipo_data.model.metric import METRICS
from ipo_data.model.rate import FxRate
from ipo_data.model.scenario_preset import CompanyScenarios
from ipo_data.model.statement import Operand, Statement
from ipo_data.periods import Instant, Period

_SEGMENT_AXES = ("segment", "deployment")
"""Axes whose members may be the segments of a scenario."""
Subject = tuple[str, str, tuple[tuple[str, str], ...]]
"""Metric, date and breakdown: what judgements point at."""


@dataclass(slots=True)
class Findings:
    """Everything read from a folder, with places, before it is known to fit together.

    Attributes:
        records: The records.
        claims: Claims, in reading order.
        companies: Companies whose own file is sound.
        judgements: Choices between claims, with their company.
        contrasts: Look-alikes, with their company.
        statements: What documents say in words, with their company.
        rates: Exchange rates.
        scenarios: Runway scenarios.
        known_sources: Ids that ``sources.yaml`` uses, sound or not; ``None`` if it could not be read.
        vocabulary_read: Whether the shared members are known.
        doubtful: Company and metric of lines that could not be read (metric ``None``: a whole file).
    """

    records: Records
    claims: list[Placed[Claim]] = field(default_factory=list)
    companies: list[Placed[Company]] = field(default_factory=list)
    judgements: list[tuple[str, Placed[Judgement]]] = field(default_factory=list)
    contrasts: list[tuple[str, Placed[Contrast]]] = field(default_factory=list)
    statements: list[tuple[str, Placed[Statement]]] = field(default_factory=list)
    rates: list[Placed[FxRate]] = field(default_factory=list)
    scenarios: list[Placed[CompanyScenarios]] = field(default_factory=list)
    known_sources: frozenset[str] | None = frozenset()
    vocabulary_read: bool = True
    doubtful: set[tuple[str, str | None]] = field(default_factory=set)


def check_records(findings: Findings, problems: ProblemList) -> None:
    """Note every problem that only shows between records.

    Args:
        findings: What was read; what could not be read is not held against what could.
        problems: Collects what is found.
    """
    sound = {placed.record.id: placed.record for placed in findings.companies}
    statements = [placed for _, placed in findings.statements]
    check_documents([*findings.claims, *findings.rates, *statements], findings.known_sources, problems)
    check_dates(findings.claims, findings.records.sources, problems)
    for claim in findings.claims:
        _check_axes(claim, sound.get(claim.record.company), findings, problems)
    check_parts(findings.claims, sound, problems)
    check_signs(findings.claims, problems)
    for company in findings.companies:
        _check_company(company, problems)
    for scenarios in findings.scenarios:
        name, known = scenarios.record.id, findings.records.companies
        if name not in known:
            message = f"{scenarios.name('id')}: unknown company '{name}'{nearest(name, known)}"
            scenarios.object_to(message, problems, "id")
        elif findings.vocabulary_read:
            owner = findings.records.companies[name]
            segments = [code for axis in _SEGMENT_AXES for code in members_of(axis, owner, findings.records)]
            check_scenarios(scenarios, segments, problems)
    _check_references(findings, problems)


def members_of(axis: str, company: Company, records: Records) -> list[str]:
    """Return the members an axis may have for a company: its own and the shared ones."""
    return [*company.members.get(axis, {}), *records.members.get(axis, {})]


def _check_axes(placed: Placed[Claim], company: Company | None, findings: Findings, problems: ProblemList) -> None:
    claim = placed.record
    metric = METRICS[claim.metric]
    members_known = company is not None and set(company.members) <= set(AXES) and findings.vocabulary_read
    for axis, member in claim.dimensions:
        if axis not in metric.axes:
            hint = nearest(axis, sorted(metric.axes)) if metric.axes else ""
            message = f"{placed.name()}: {claim.metric} is not broken down by '{axis}'{hint}"
            problems.add(placed.page.file, placed.page.key_position((*placed.path, axis)), message)
        elif company and members_known and member not in (known := members_of(axis, company, findings.records)):
            message = f"{placed.name(axis)}: unknown member '{shown(member)}'{nearest(member, known)}"
            placed.object_to(message, problems, axis)


# --- companies ------------------------------------------------------------------------------------------------------


def _check_company(company: Placed[Company], problems: ProblemList) -> None:
    for axis in company.record.members:
        _check_axis(company, axis, problems, "members", axis)
    for axis in company.record.groups:
        _check_axis(company, axis, problems, "groups", axis)
    for index, gap in enumerate(company.record.gaps):
        _check_metric(company, gap.metric, problems, "gaps", index, "metric")
        if gap.axis is not None:
            _check_axis(company, gap.axis, problems, "gaps", index, "axis")
    for index, change in enumerate(company.record.breaks):
        _check_metric(company, change.metric, problems, "breaks", index, "metric")
        if change.axis is not None:
            _check_axis(company, change.axis, problems, "breaks", index, "axis")
        _check_start(company, change.starts, problems, "breaks", index, "starts")


def _check_axis(company: Placed[Company], axis: str, problems: ProblemList, *path: str | int) -> None:
    if axis not in AXES:
        is_key = path[-1] == axis
        position = company.page.key_position(path) if is_key else company.page.position(path)
        name = company.name(*(path[:-1] if is_key else path))
        problems.add(company.page.file, position, f"{name}: unknown axis '{shown(axis)}'{nearest(axis, AXES)}")


def _check_metric(company: Placed[Company], metric: str, problems: ProblemList, *path: str | int) -> None:
    if metric not in METRICS:
        message = f"{company.name(*path)}: unknown metric '{shown(metric)}'{nearest(metric, METRICS)}"
        company.object_to(message, problems, *path)


def _check_start(company: Placed[Company], starts: str, problems: ProblemList, *path: str | int) -> None:
    try:
        Instant.parse(starts)
    except PeriodError:
        try:
            Period.parse(starts, company.record.year_end_month)
        except PeriodError as error:
            company.object_to(f"{company.name(*path)}: {error}", problems, *path)


# --- judgements and contrasts ---------------------------------------------------------------------------------------


def _check_references(findings: Findings, problems: ProblemList) -> None:
    stated: dict[str, dict[Subject, set[str]]] = defaultdict(lambda: defaultdict(set))
    for placed in findings.claims:
        claim = placed.record
        stated[claim.company][(claim.metric, claim.stamp, claim.dimensions)].add(claim.source)
    decided: dict[tuple[str, Subject], str] = {}
    for company, judgement in findings.judgements:
        subject = _subject(judgement.record)
        if findings.doubtful & {(company, None), (company, judgement.record.metric)}:
            continue  # what it points at may stand in a line that could not be read
        sources = _sources_of(subject, stated[company], judgement, problems)
        if sources is not None:
            _check_documents(judgement, sources, problems)
            if (company, subject) in decided:
                message = f"{judgement.name()}: {decided[company, subject]} already decides this"
                judgement.object_to(message, problems)
            decided.setdefault((company, subject), judgement.name())
    _check_statements(findings, stated, problems)
    for company, contrast in findings.contrasts:
        for index, fact in enumerate(contrast.record.facts):
            if findings.doubtful & {(company, None), (company, fact.metric)}:
                continue
            place = Placed(fact, contrast.page, (*contrast.path, "facts", index))
            _sources_of(_subject(fact), stated[company], place, problems)


def _check_statements(findings: Findings, stated: dict[str, dict[Subject, set[str]]], problems: ProblemList) -> None:
    """Refuse statements on figures nobody states, or made twice: a slip must not look like a gap."""
    taken: dict[tuple[str, str, str], str] = {}
    for company, statement in findings.statements:
        name = (company, statement.record.id, statement.record.source)
        if name in taken:
            message = f"{statement.name()}: {statement.record.source} already states this in {taken[name]}"
            statement.object_to(message, problems)
        taken.setdefault(name, statement.name())
        for index, figure in enumerate(statement.record.figures):
            place = Placed(figure, statement.page, (*statement.path, "figures", index))
            _check_operand(company, place, findings, stated, problems)


def _check_operand(
    company: str, place: Placed[Operand], findings: Findings, stated: dict[str, dict[Subject, set[str]]],
    problems: ProblemList,
) -> None:  # fmt: skip
    figure, owner = place.record, place.record.company or company
    if owner not in findings.records.companies:
        message = f"{place.name('company')}: unknown company '{owner}'{nearest(owner, findings.records.companies)}"
        place.object_to(message, problems, "company")
        return
    if findings.doubtful & {(owner, None), (owner, figure.metric), (owner, figure.per)}:
        return
    moments = [figure] + ([figure.model_copy(update={"period": figure.since})] if figure.since else [])
    moments += [figure.model_copy(update={"metric": figure.per, "dimensions": {}})] if figure.per else []
    for moment in moments:
        target: Placed[FactReference] = Placed(moment, place.page, place.path)
        _sources_of(_subject(moment), stated[owner], target, problems)


def _subject(target: Judgement | FactReference) -> Subject:
    return target.metric, target.stamp, tuple(sorted(target.dimensions.items()))


def _sources_of(
    subject: Subject, stated: dict[Subject, set[str]], placed: Placed[Judgement] | Placed[FactReference],
    problems: ProblemList,
) -> set[str] | None:  # fmt: skip
    """Return the documents that speak of a subject; note it if none does."""
    if subject in stated:
        return stated[subject]
    alike = sorted(_spelt(known) for known in stated if known[0] == subject[0])
    hint = nearest(_spelt(subject), alike) if alike else ""
    if subject[0] not in METRICS:
        placed.object_to(f"{placed.name('metric')}: unknown metric '{shown(subject[0])}'{nearest(subject[0], METRICS)}",
                         problems, "metric")  # fmt: skip
    else:
        placed.object_to(f"{placed.name()}: no claim speaks of {_spelt(subject)}{hint}", problems)
    return None


def _spelt(subject: Subject) -> str:
    metric, stamp, dimensions = subject
    return " ".join(filter(None, [shown(metric), stamp, *(f"{axis}={member}" for axis, member in dimensions)]))


def _check_documents(judgement: Placed[Judgement], sources: set[str], problems: ProblemList) -> None:
    named = [(judgement.record.prefer, ("prefer",)), *((s, ("over", n)) for n, s in enumerate(judgement.record.over))]
    for source, path in named:
        if source not in sources:
            message = f"{judgement.name(*path)}: '{source}' makes no claim on this{nearest(source, sorted(sources))}"
            judgement.object_to(message, problems, *path)
