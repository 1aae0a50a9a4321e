"""Checks across records: sources exist, axes and members are known, parts do not exceed the whole."""

from collections import defaultdict
from decimal import Decimal

from ipo_data.errors import nearest
from ipo_data.loading.problems import ProblemList, dotted
from ipo_data.loading.records import Records
from ipo_data.loading.yaml_reader import Parsed
from ipo_data.model.claim import AXES, Claim
from ipo_data.model.company import Company
from ipo_data.model.metric import METRICS

_SUMS_TO_HUNDRED = ("economic_interest", "voting_rights", "revenue_share", "use_of_proceeds")


def check_records(records: Records, parsed: dict[str, Parsed], problems: ProblemList) -> None:
    """Note every problem that only shows between records.

    Args:
        records: All validated records.
        parsed: The files they come from, for positions.
        problems: Collects what is found.
    """
    for claim in records.claims:
        _check_claim(claim, records, problems, parsed)
    _check_sums(records, problems)
    for company in records.companies.values():
        _check_references(company, records, problems, parsed)
    _check_rates(records, problems, parsed)


def _at(claim: Claim) -> tuple[str, tuple[int, int]]:
    file, line, column = claim.where.rsplit(":", 2)
    return file, (int(line), int(column))


def _field_position(claim: Claim, field: str, parsed: dict[str, Parsed]) -> tuple[str, tuple[int, int]]:
    file, position = _at(claim)
    for path, place in parsed[file].positions.items():
        if place == position and len(path) == 2:
            return file, parsed[file].position((*path, field))
    return file, position


def _check_claim(claim: Claim, records: Records, problems: ProblemList, parsed: dict[str, Parsed]) -> None:
    metric = METRICS[claim.metric]
    if claim.source not in records.sources:
        file, place = _field_position(claim, "from", parsed)
        problems.add(
            file, place, f"{claim.metric}.from: unknown source '{claim.source}'{nearest(claim.source, records.sources)}"
        )
    for axis, member in claim.dimensions:
        file, place = _field_position(claim, axis, parsed)
        if axis not in metric.axes:
            problems.add(
                file, place, f"{claim.metric} is not broken down by '{axis}'{nearest(axis, sorted(metric.axes))}"
            )
            continue
        known = members_of(axis, records.companies[claim.company], records)
        if member not in known:
            problems.add(file, place, f"{claim.metric}.{axis}: unknown member '{member}'{nearest(member, known)}")


def members_of(axis: str, company: Company, records: Records) -> list[str]:
    """Return the members an axis may have for a company: its own and the shared ones."""
    return [*company.members.get(axis, {}), *records.members.get(axis, {})]


def _check_sums(records: Records, problems: ProblemList) -> None:
    """Refuse parts of one document that add up to clearly more than the whole."""
    groups: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in records.claims:
        if claim.metric in _SUMS_TO_HUNDRED and claim.dimensions and claim.source in records.sources:
            axes = tuple(axis for axis, _ in claim.dimensions)
            fixed = [m for a, m in claim.dimensions if a in ("stage",)]
            key = (claim.company, claim.metric, claim.time_label, claim.source, str(axes), *fixed)
            groups[key].append(claim)
    for (company, metric, time, source, *_), claims in groups.items():
        total = sum((_lowest_share(c, records.companies[company]) for c in claims), Decimal(0))
        if total > 100:
            file, place = _at(min(claims, key=lambda c: (c.where.rsplit(":", 2)[0], int(c.where.rsplit(":", 2)[1]))))
            message = f"{metric}: the parts {source} states for {time or 'the offering'} add up to at least {total.normalize():f} %, more than the whole"
            problems.add(file, place, message)


def _lowest_share(claim: Claim, company: Company) -> Decimal:
    groups = {
        member for axis, members in company.groups.items() for member in members if (axis, member) in claim.dimensions
    }
    return Decimal(0) if groups else max(Decimal(0), claim.quantity.rounding.low)


def _check_references(company: Company, records: Records, problems: ProblemList, parsed: dict[str, Parsed]) -> None:
    file = next(f for f in parsed if f.endswith(f"companies/{company.id}/company.yaml"))
    for axis in company.members:
        if axis not in AXES:
            problems.add(
                file,
                parsed[file].key_position(("members", axis)),
                f"members: unknown axis '{axis}'{nearest(axis, AXES)}",
            )
    for index, gap in enumerate(company.gaps):
        if gap.metric not in METRICS:
            problems.add(
                file,
                parsed[file].position(("gaps", index, "metric")),
                f"gaps[{index}].metric: unknown metric '{gap.metric}'{nearest(gap.metric, METRICS)}",
            )
    for topic, page in parsed.items():
        if f"companies/{company.id}/" in topic and isinstance(page.data, dict):
            _check_judgements(company, records, problems, page)


def _check_judgements(company: Company, records: Records, problems: ProblemList, page: Parsed) -> None:
    stated = {
        (c.metric, c.period or c.as_of or "", c.dimensions): set[str]()
        for c in records.claims
        if c.company == company.id
    }
    for claim in records.claims:
        if claim.company == company.id:
            stated[(claim.metric, claim.time_label, claim.dimensions)].add(claim.source)
    for key in ("judgements", "contrasts"):
        for index, item in enumerate(page.data.get(key, [])):
            if not isinstance(item, dict):
                continue
            targets = [((key, index), item)] if key == "judgements" else [
                ((key, index, "facts", n), fact) for n, fact in enumerate(item.get("facts", []))
            ]  # fmt: skip
            for path, target in targets:
                _check_target(path, target, stated, problems, page)


def _check_target(
    path: tuple[str | int, ...],
    target: object,
    stated: dict[tuple[str, str, tuple[tuple[str, str], ...]], set[str]],
    problems: ProblemList,
    page: Parsed,
) -> None:
    if not isinstance(target, dict):
        return
    dimensions = tuple(sorted((str(a), str(m)) for a, m in (target.get("dimensions") or {}).items()))
    subject = (str(target.get("metric")), str(target.get("period") or target.get("as_of") or ""), dimensions)
    if subject not in stated:
        near = nearest(
            ".".join(subject[:2]),
            sorted({".".join(s[:2]) for s in stated if s[0] == subject[0]}) or sorted({s[0] for s in stated}),
        )
        problems.add(
            page.file,
            page.position(path),
            f"{dotted(path)}: no claim speaks of {subject[0]} {subject[1]} {dict(dimensions) or ''}".rstrip() + near,
        )
        return
    for field in ("prefer", "over"):
        named = target.get(field) or []
        for source in [named] if isinstance(named, str) else named:
            if source not in stated[subject]:
                problems.add(
                    page.file,
                    page.position((*path, field)),
                    f"{dotted((*path, field))}: '{source}' makes no claim on this{nearest(source, sorted(stated[subject]))}",
                )


def _check_rates(records: Records, problems: ProblemList, parsed: dict[str, Parsed]) -> None:
    page = next((p for f, p in parsed.items() if f.endswith("/fx.yaml")), None)
    for index, rate in enumerate(records.rates):
        if rate.source and rate.source not in records.sources and page:
            problems.add(
                page.file,
                page.position(("rates", index, "from")),
                f"rates[{index}].from: unknown source '{rate.source}'{nearest(rate.source, records.sources)}",
            )
