"""A seeds folder → validated records, or the full list of problems."""

import hashlib
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any, Final

from ipo_data.errors import SeedError, nearest
from ipo_data.loading.checks import check_records
from ipo_data.loading.problems import ProblemList, dotted
from ipo_data.loading.records import Records, subject_id
from ipo_data.loading.validation import validate
from ipo_data.loading.yaml_reader import Parsed, read_yaml
from ipo_data.model.claim import AXES, Claim
from ipo_data.model.company import Company
from ipo_data.model.judgement import Contrast, Judgement
from ipo_data.model.metric import FAMILIES, METRICS
from ipo_data.model.rate import FxRate
from ipo_data.model.source import Source
from ipo_data.model.text import Text

_SHARED_FILES: Final = ("sources.yaml", "vocabulary.yaml", "fx.yaml", "scenarios.yaml", "zh-Hant.yaml")
_RECORD_KEYS: Final = ("judgements", "contrasts")
MOST_FILES: Final = 2_000


def load_records(folder: FilePath) -> Records:
    """Read and validate a whole seeds folder; nothing is ever written.

    Args:
        folder: The folder with ``sources.yaml`` and ``companies/``.

    Raises:
        SeedError: With every problem of every file, each as ``file:line:column: message``.
    """
    loader = _Loader(folder)
    records = loader.load()
    if loader.problems:
        raise SeedError(loader.problems.lines())
    return records


def seed_files(folder: FilePath) -> list[FilePath]:
    """Return the record files of a seeds folder in a fixed order."""
    shared = [folder / name for name in _SHARED_FILES if (folder / name).is_file()]
    return shared + sorted((folder / "companies").glob("*/*.yaml"))


def digest_of(folder: FilePath) -> str:
    """Return a hash of the names and contents of all record files."""
    digest = hashlib.sha256()
    for path in seed_files(folder):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


class _Loader:
    def __init__(self, folder: FilePath) -> None:
        self.folder = folder
        self.problems = ProblemList()
        self._claims: list[Claim] = []

    def load(self) -> Records:
        if not self.folder.is_dir():
            self.problems.add(self.folder.name, (1, 1), f"the seeds folder {self.folder} does not exist")
            return Records({}, {}, ())
        sources = {s.id: s for s in self._list("sources.yaml", "sources", Source, required=True)}
        rates = tuple(self._list("fx.yaml", "rates", FxRate))
        members = self._members()
        companies, judgements, contrasts = self._companies()
        claims = self._named(companies)
        records = Records(
            companies, sources, claims, judgements, contrasts, rates, members, self._traditional(),
            digest_of(self.folder),
        )  # fmt: skip
        check_records(records, self._parsed, self.problems)
        return records

    # --- shared files -------------------------------------------------------------------------------------------

    _parsed: dict[str, Parsed]

    def _read(self, path: FilePath) -> Parsed:
        shown = f"{self.folder.name}/{path.relative_to(self.folder).as_posix()}"
        parsed = read_yaml(path, shown, self.problems)
        if not hasattr(self, "_parsed"):
            self._parsed = {}
        self._parsed[shown] = parsed
        return parsed

    def _list(self, name: str, key: str, model: type[Any], *, required: bool = False) -> Iterator[Any]:
        path = self.folder / name
        if not path.is_file():
            if required:
                self.problems.add(f"{self.folder.name}/{name}", (1, 1), "the file is missing")
            return
        parsed = self._read(path)
        seen: dict[str, int] = {}
        for index, item in enumerate(self._entries(parsed, key)):
            record = validate(model, item, parsed, (key, index), self.problems)
            if record is None:
                continue
            if record.id in seen:
                where = parsed.position((key, index))
                self.problems.add(
                    parsed.file,
                    where,
                    f"{key}[{index}]: the id '{record.id}' is already taken by {key}[{seen[record.id]}]",
                )
                continue
            seen[record.id] = index
            yield record

    def _entries(self, parsed: Parsed, key: str) -> list[Any]:
        if parsed.data is None:
            return []
        if not isinstance(parsed.data, dict) or not isinstance(parsed.data.get(key), list):
            self.problems.add(parsed.file, (1, 1), f"expected a list under '{key}:'")
            return []
        for other in parsed.data:
            if other != key:
                self.problems.add(
                    parsed.file, parsed.key_position((other,)), f"unknown key '{other}'{nearest(other, [key])}"
                )
        return list(parsed.data[key])

    def _members(self) -> dict[str, dict[str, Text]]:
        path = self.folder / "vocabulary.yaml"
        if not path.is_file():
            return {}
        parsed = self._read(path)
        data = parsed.data.get("members") if isinstance(parsed.data, dict) else None
        if not isinstance(data, dict):
            if parsed.data is not None:
                self.problems.add(parsed.file, (1, 1), "expected axes under 'members:'")
            return {}
        found: dict[str, dict[str, Text]] = {}
        for axis, entries in data.items():
            if axis not in AXES:
                self.problems.add(
                    parsed.file, parsed.key_position(("members", axis)), f"unknown axis '{axis}'{nearest(axis, AXES)}"
                )
            for member, label in entries.items() if isinstance(entries, dict) else ():
                path_to = ("members", axis, member)
                text = validate(
                    Text, label if isinstance(label, dict) else {"en": label}, parsed, path_to, self.problems
                )
                if text is not None:
                    found.setdefault(axis, {})[member] = text
        return found

    def _traditional(self) -> dict[str, str]:
        path = self.folder / "zh-Hant.yaml"
        data = self._read(path).data if path.is_file() else {}
        return {str(k): str(v) for k, v in data.items()} if isinstance(data, dict) else {}

    # --- companies ----------------------------------------------------------------------------------------------

    def _companies(
        self,
    ) -> tuple[dict[str, Company], dict[str, tuple[Judgement, ...]], dict[str, tuple[Contrast, ...]]]:
        companies: dict[str, Company] = {}
        judgements: dict[str, tuple[Judgement, ...]] = {}
        contrasts: dict[str, tuple[Contrast, ...]] = {}
        root = self.folder / "companies"
        folders = sorted(p for p in root.iterdir() if p.is_dir()) if root.is_dir() else []
        if not folders:
            self.problems.add(
                f"{self.folder.name}/companies",
                (1, 1),
                "there is no company folder; make one with 'ipo-data new-company ID'",
            )
        for folder in folders:
            company = self._company(folder)
            if company is None:
                continue
            companies[company.id] = company
            found = [
                self._topic(path, company) for path in sorted(folder.glob("*.yaml")) if path.name != "company.yaml"
            ]
            judgements[company.id] = tuple(j for js, _ in found for j in js)
            contrasts[company.id] = tuple(c for _, cs in found for c in cs)
        ordered = dict(sorted(companies.items(), key=lambda item: (item[1].order, item[0])))
        return ordered, judgements, contrasts

    def _company(self, folder: FilePath) -> Company | None:
        path = folder / "company.yaml"
        if not path.is_file():
            self.problems.add(f"{self.folder.name}/companies/{folder.name}/company.yaml", (1, 1), "the file is missing")
            return None
        parsed = self._read(path)
        if parsed.data is None:
            return None
        company = validate(Company, parsed.data, parsed, (), self.problems)
        if company is not None and company.id != folder.name:
            self.problems.add(
                parsed.file, parsed.position(("id",)), f"id: the folder is called '{folder.name}', got '{company.id}'"
            )
            return None
        return company

    def _topic(self, path: FilePath, company: Company) -> tuple[list[Judgement], list[Contrast]]:
        parsed = self._read(path)
        family = path.stem
        if family not in FAMILIES:
            self.problems.add(parsed.file, (1, 1), f"unknown topic '{family}'{nearest(family, FAMILIES, show=20)}")
            return [], []
        if parsed.data is None:
            return [], []
        if not isinstance(parsed.data, dict):
            self.problems.add(parsed.file, (1, 1), "expected metrics, each with a list of claims")
            return [], []
        for key, lines in parsed.data.items():
            if key not in _RECORD_KEYS:
                self._metric(key, lines, family, company, parsed)
        return (
            [j for j in self._records(parsed, "judgements", Judgement) if j is not None],
            [c for c in self._records(parsed, "contrasts", Contrast) if c is not None],
        )

    def _records(self, parsed: Parsed, key: str, model: type[Any]) -> list[Any]:
        items = parsed.data.get(key, [])
        return [validate(model, item, parsed, (key, index), self.problems) for index, item in enumerate(items)]

    def _metric(self, key: str, lines: Any, family: str, company: Company, parsed: Parsed) -> None:  # noqa: ANN401
        metric = METRICS.get(key)
        where = parsed.key_position((key,))
        if metric is None:
            allowed = [m.id for m in METRICS.values() if m.family == family] + list(_RECORD_KEYS)
            hint = nearest(key, allowed)
            if "did you mean" not in hint and "did you mean" in nearest(key, METRICS):
                hint = nearest(key, METRICS)
            self.problems.add(parsed.file, where, f"unknown metric '{key}'{hint}")
            return
        if metric.family != family:
            self.problems.add(parsed.file, where, f"the metric '{key}' belongs in {metric.family}.yaml")
        if not isinstance(lines, list):
            self.problems.add(parsed.file, where, f"{key}: expected a list of claims, one per line")
            return
        for index, line in enumerate(lines):
            self._claim(line, key, index, company, parsed)

    def _claim(self, line: Any, key: str, index: int, company: Company, parsed: Parsed) -> None:  # noqa: ANN401
        path = (key, index)
        if not isinstance(line, dict):
            self.problems.add(
                parsed.file, parsed.position(path), f"{dotted(path)}: expected {{period: …, says: …, from: …}}"
            )
            return
        axes = sorted((axis, str(line[axis])) for axis in line if axis in AXES)
        fields = {name: value for name, value in line.items() if name not in AXES}
        data = {**fields, "company": company.id, "metric": key, "dimensions": tuple(axes)}
        for hidden in ("company", "metric", "dimensions"):
            if hidden in line:
                self.problems.add(
                    parsed.file, parsed.key_position((*path, hidden)), f"{dotted(path)}: unknown field '{hidden}'"
                )
        context = {"year_end_month": company.year_end_month}
        claim = validate(Claim, data, parsed, path, self.problems, context=context)
        if claim is not None:
            row, column = parsed.position(path)
            self._claims.append(claim.placed("", f"{parsed.file}:{row}:{column}"))

    def _named(self, companies: dict[str, Company]) -> tuple[Claim, ...]:
        """Give every claim its id; places are added where one document states one thing twice."""
        groups: dict[str, list[Claim]] = {}
        for claim in self._claims:
            name = f"{subject_id(claim, companies[claim.company].reporting_currency)}@{claim.source}"
            groups.setdefault(name, []).append(claim)
        named: dict[str, Claim] = {}
        for name, claims in groups.items():
            for claim in claims:
                locator = claim.locator
                full = name if len(claims) == 1 else f"{name}~{locator.place if locator else '?'}"
                if full in named:
                    file, line, column = claim.where.rsplit(":", 2)
                    message = f"{claim.metric}: {claim.source} already states this in {named[full].where.rsplit(':', 1)[0]}; keep one line or give each its place"
                    self.problems.add(file, (int(line), int(column)), message)
                    continue
                named[full] = claim.placed(full, claim.where)
        return tuple(claim for _, claim in sorted(named.items()))
