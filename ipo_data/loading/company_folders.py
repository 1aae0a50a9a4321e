"""The folders below ``companies``: one company each, with a file per topic."""

from collections.abc import Callable
from pathlib import Path as FilePath
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from ipo_data.errors import nearest, shown
from ipo_data.loading.checks import Findings
from ipo_data.loading.placed import Placed
from ipo_data.loading.problems import ProblemList, dotted
from ipo_data.loading.records import Records, subject_id
from ipo_data.loading.validation import validate
from ipo_data.loading.yaml_reader import Parsed
from ipo_data.model.claim import AXES, Claim
from ipo_data.model.company import Company
from ipo_data.model.judgement import Contrast, Judgement
from ipo_data.model.metric import FAMILIES, METRICS
from ipo_data.model.source import IDENTIFIER
from ipo_data.model.statement import Statement
from ipo_data.model.text import Text

_RECORD_KEYS: Final = ("judgements", "contrasts", "statements")
_NOT_IN_FILES: Final = {
    "company": " (the folder says which)", "metric": " (the key above the line says which)",
    "dimensions": " (write the axis itself, e.g. 'segment: c_end')", "source": " (did you mean 'from'?)",
}  # fmt: skip
"""Fields a claim line may not have, and what is meant instead."""
R = TypeVar("R", bound=BaseModel)


class CompanyFolders:
    """Reads every company's folder.

    A company whose own file is broken still has its topics read, so that one run shows all problems.

    Args:
        root: The folder ``companies``.
        read: Reads one file.
        shown_as: Gives a file's name in messages.
        problems: Collects every mistake.

    Attributes:
        companies: Companies by id; a stand-in where the company's own file is broken.
    """

    def __init__(
        self, root: FilePath, read: Callable[[FilePath], Parsed], shown_as: Callable[[FilePath], str],
        problems: ProblemList,
    ) -> None:  # fmt: skip
        self._root, self._read, self._shown_as, self._problems = root, read, shown_as, problems
        self._found = Findings(Records({}, {}, ()))
        self.companies: dict[str, Company] = {}

    def read(self) -> Findings:
        """Return everything found below the folder, without the shared records."""
        folders = sorted(p for p in self._root.iterdir() if p.is_dir()) if self._root.is_dir() else []
        if not folders:
            message = "there is no company folder; make one with a company.yaml, e.g. companies/acme/company.yaml"
            self._problems.add(self._shown_as(self._root), (1, 1), message)
        for folder in folders:
            if not folder.name.startswith("."):
                self._folder(folder)
        return self._found

    def _folder(self, folder: FilePath) -> None:
        if not IDENTIFIER.fullmatch(folder.name):
            message = f"the folder '{shown(folder.name)}' is not named by an id: use a–z, 0–9, '-' and '_'"
            self._problems.add(self._shown_as(folder), (1, 1), message)
            return
        company = self._company(folder)
        self.companies[company.id] = company
        for path in sorted(folder.glob("*.yaml")):
            if path.name != "company.yaml" and not path.name.startswith("."):
                self._topic(path, company)

    def _company(self, folder: FilePath) -> Company:
        path = folder / "company.yaml"
        stand_in = Company(id=folder.name, name=Text(en=folder.name), ticker="0.X", reporting_currency="USD")
        if not path.is_file():
            self._problems.add(self._shown_as(path), (1, 1), "the file is missing")
            return stand_in
        parsed = self._read(path)
        company = None if parsed.data is None else validate(Company, parsed.data, parsed, (), self._problems)
        if company is None:
            return stand_in
        if company.id != folder.name:
            message = f"id: the folder is called '{folder.name}', got '{company.id}'"
            self._problems.add(parsed.file, parsed.position(("id",)), message)
            company = company.model_copy(update={"id": folder.name})
        self._found.companies.append(Placed(company, parsed, ()))
        return company

    # --- topics -------------------------------------------------------------------------------------------------

    def _topic(self, path: FilePath, company: Company) -> None:
        parsed = self._read(path)
        if path.stem not in FAMILIES:
            hint = nearest(path.stem, FAMILIES, show=len(FAMILIES))
            self._problems.add(parsed.file, (1, 1), f"unknown topic '{shown(path.stem)}'{hint}")
            return
        if not isinstance(parsed.data, dict):
            self._found.doubtful.add((company.id, None))
            if parsed.data is not None:
                self._problems.add(parsed.file, (1, 1), "expected metrics, each with a list of claims")
            return
        for key in parsed.data:
            if key not in _RECORD_KEYS and not self._problems.is_full(parsed.file):
                self._metric(key, path.stem, company, parsed)
        self._found.judgements += [(company.id, placed) for placed in self._records(parsed, "judgements", Judgement)]
        self._found.contrasts += [(company.id, placed) for placed in self._records(parsed, "contrasts", Contrast)]
        self._found.statements += [(company.id, placed) for placed in self._records(parsed, "statements", Statement)]

    def _records(self, parsed: Parsed, key: str, model: type[R]) -> list[Placed[R]]:
        found = []
        for index, item in enumerate(self._lines(parsed, key)):
            record = validate(model, item, parsed, (key, index), self._problems)
            if record is not None:
                found.append(Placed(record, parsed, (key, index)))
        return found

    def _lines(self, parsed: Parsed, key: str, what: str = "records") -> list[Any]:
        lines = parsed.data.get(key, [])
        if isinstance(lines, list):
            return lines
        self._problems.add(parsed.file, parsed.position((key,)), f"{key}: expected a list of {what}, one per line")
        return []

    def _metric(self, key: str, family: str, company: Company, parsed: Parsed) -> None:
        metric = METRICS.get(key)
        where = parsed.key_position((key,))
        if metric is None:
            self._problems.add(parsed.file, where, f"unknown metric '{shown(key)}'{_metric_hint(key, family)}")
            return
        if metric.family != family:
            self._problems.add(parsed.file, where, f"the metric '{key}' belongs in {metric.family}.yaml")
        if not isinstance(parsed.data[key], list):
            self._found.doubtful.add((company.id, key))
        for index, line in enumerate(self._lines(parsed, key, "claims")):
            if self._problems.is_full(parsed.file):
                self._found.doubtful.add((company.id, None))
                return
            self._claim(line, (key, index), company, parsed)

    def _claim(self, line: Any, path: tuple[str, int], company: Company, parsed: Parsed) -> None:  # noqa: ANN401
        metric = path[0]
        if not isinstance(line, dict):
            message = f"{dotted(path)}: expected a claim such as {{period: …, says: …, from: …, at: …}}"
            self._problems.add(parsed.file, parsed.position(path), message)
            self._found.doubtful.add((company.id, metric))
            return
        for name, meant in _NOT_IN_FILES.items():
            if name in line:
                message = f"{dotted(path)}: unknown field '{name}'{meant}"
                self._problems.add(parsed.file, parsed.key_position((*path, name)), message)
        fields = {name: value for name, value in line.items() if name not in AXES and name not in _NOT_IN_FILES}
        if "source" in line:
            fields.setdefault("from", line["source"])
        axes = tuple(sorted((axis, str(line[axis])) for axis in line if axis in AXES))
        claim = validate(
            Claim, {**fields, "company": company.id, "metric": metric, "dimensions": axes}, parsed, path,
            self._problems, context=_context(company), also=sorted(METRICS[metric].axes),
        )  # fmt: skip
        if claim is None:
            self._found.doubtful.add((company.id, metric))
            return
        row, column = parsed.position(path)
        self._found.claims.append(Placed(claim.placed("", f"{parsed.file}:{row}:{column}"), parsed, path))


def _context(company: Company) -> dict[str, object]:
    """Return what validating a claim needs to know of its company."""
    return {"year_end_month": company.year_end_month, "currency": company.reporting_currency}


def _metric_hint(key: str, family: str) -> str:
    """Name the nearest metric of the topic, else the nearest of all, else list those of the topic."""
    hint = nearest(key, [m.id for m in METRICS.values() if m.family == family] + list(_RECORD_KEYS))
    anywhere = nearest(key, METRICS)
    return anywhere if "did you mean" in anywhere and "did you mean" not in hint else hint


def name_claims(found: list[Placed[Claim]], companies: dict[str, Company], problems: ProblemList) -> tuple[Claim, ...]:
    """Give every claim its id and return them in its order; the place is added where a document repeats itself.

    Args:
        found: Claims in reading order.
        companies: Companies by id.
        problems: Collects claims that stand twice.
    """
    groups: dict[str, list[Placed[Claim]]] = {}
    for placed in found:
        claim = placed.record
        name = f"{subject_id(claim, companies[claim.company].reporting_currency)}@{claim.source}"
        groups.setdefault(name, []).append(placed)
    named: dict[str, Claim] = {}
    for name, group in groups.items():
        for placed in group:
            claim = placed.record
            full = name if len(group) == 1 else f"{name}~{_place_of(claim)}"
            if full in named:
                placed.object_to(f"{placed.name()}: {_repeated(claim, named[full])}", problems)
                continue
            named[full] = claim.placed(full, claim.where)
    return tuple(claim for _, claim in sorted(named.items()))


def _repeated(claim: Claim, first: Claim) -> str:
    line = first.where.rsplit(":", 1)[0]
    if claim.says == first.says:
        return f"{claim.source} already states this in {line}; keep one line, or give each its own place in 'at'"
    return f"{claim.source} states '{first.says}' for this in {line}; give each its own place in 'at'"


def _place_of(claim: Claim) -> str:
    locator = claim.locator
    if locator is None:
        return "?"
    return locator.place if locator.nth == 1 else f"{locator.place}#{locator.nth}"
