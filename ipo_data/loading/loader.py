"""A seeds folder → validated records, or the full list of problems."""

import hashlib
from dataclasses import replace
from itertools import islice
from pathlib import Path as FilePath
from typing import Any, Final, TypeVar

from ipo_data.budget import keep_time
from ipo_data.errors import SeedError, nearest, shown
from ipo_data.loading.checks import Findings, check_records
from ipo_data.loading.company_folders import CompanyFolders, name_claims
from ipo_data.loading.placed import Placed
from ipo_data.loading.problems import Path, ProblemList, dotted
from ipo_data.loading.records import Records
from ipo_data.loading.validation import validate
from ipo_data.loading.yaml_reader import Parsed, read_yaml
from ipo_data.model.claim import AXES
from ipo_data.model.metric import FAMILIES
from ipo_data.model.rate import FxRate
from ipo_data.model.scenario_preset import CompanyScenarios
from ipo_data.model.source import IDENTIFIER, Source
from ipo_data.model.text import Text, refuse_unprintable
from ipo_data.paths import SEEDS_VARIABLE

SHARED_FILES: Final = ("sources.yaml", "vocabulary.yaml", "fx.yaml", "scenarios.yaml", "zh-Hant.yaml")
MOST_FILES: Final = 5_000
"""Files below ``companies``; more means that the folder is not a seeds folder."""
T = TypeVar("T")


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
    shared = [folder / name for name in SHARED_FILES if (folder / name).is_file()]
    companies = sorted((folder / "companies").glob("*/*.yaml"))
    return shared + [
        path for path in companies if not path.name.startswith(".") and IDENTIFIER.fullmatch(path.parent.name)
    ]


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
        self.name = folder.name or folder.resolve().name
        self.problems = ProblemList()
        self._parsed: dict[FilePath, Parsed] = {}

    def load(self) -> Records:
        """Return the records; they are complete only if no problem was noted."""
        if not self.folder.is_dir():
            what = "is not a folder" if self.folder.exists() else "does not exist"
            remedy = f"name one with --seeds or {SEEDS_VARIABLE}"
            self.problems.add(self.name, (1, 1), f"the seeds folder {self.folder} {what}; {remedy}")
            return Records({}, {}, ())
        if self._too_many_files():
            return Records({}, {}, ())
        found = self._findings()
        check_records(found, self.problems)
        self._note_stray_files()
        return found.records if self.problems else replace(found.records, digest=self._digest())

    def _findings(self) -> Findings:
        sources = self._list("sources.yaml", "sources", Source, required=True)
        rates = self._list("fx.yaml", "rates", FxRate)
        members, vocabulary_read = self._members()
        scenarios = self._list("scenarios.yaml", "companies", CompanyScenarios)
        folders = CompanyFolders(self.folder / "companies", self._read, self._shown, self.problems)
        found = folders.read()
        found.records = Records(
            companies=dict(sorted(folders.companies.items(), key=lambda item: (item[1].order, item[0]))),
            sources={placed.record.id: placed.record for placed in sources},
            claims=name_claims(found.claims, folders.companies, self.problems),
            judgements=_by_company(found.judgements),
            contrasts=_by_company(found.contrasts),
            statements=_by_company(found.statements),
            scenarios={placed.record.id: placed.record for placed in scenarios},
            rates=tuple(placed.record for placed in rates),
            members=members,
            traditional=self._traditional(),
        )
        found.rates, found.scenarios = rates, scenarios
        found.known_sources = self._source_ids()
        found.vocabulary_read = vocabulary_read
        return found

    # --- files --------------------------------------------------------------------------------------------------

    def _shown(self, path: FilePath) -> str:
        return f"{self.name}/{path.relative_to(self.folder).as_posix()}"

    def _read(self, path: FilePath) -> Parsed:
        keep_time()
        parsed = read_yaml(path, self._shown(path), self.problems)
        self._parsed[path] = parsed
        return parsed

    def _digest(self) -> str:
        try:
            return digest_of(self.folder)
        except OSError as error:
            message = f"changed while it was read ({error.strerror or error}); load it again"
            self.problems.add(self.name, (1, 1), message)
            return ""

    def _too_many_files(self) -> bool:
        count = sum(1 for _ in islice((self.folder / "companies").glob("*/*"), MOST_FILES + 1))
        if count > MOST_FILES:
            self.problems.add(f"{self.name}/companies", (1, 1), f"holds more than {MOST_FILES:,} files")
        return count > MOST_FILES

    def _note_stray_files(self) -> None:
        """Refuse record files that nothing reads: a misspelt name must not make figures vanish."""
        for pattern in ("*.y*ml", "companies/*.y*ml", "companies/*/*.y*ml"):
            for path in sorted(self.folder.glob(pattern)):
                of_nobody = path.parent.parent != self.folder.parent and not IDENTIFIER.fullmatch(path.parent.name)
                if path in self._parsed or path.name.startswith(".") or of_nobody:
                    continue  # read, or an editor's, or in a folder that was noted by its name
                self.problems.add(self._shown(path), (1, 1), f"this file is not read{self._meant(path)}")

    def _meant(self, path: FilePath) -> str:
        if path.parent == self.folder:
            return nearest(path.name, SHARED_FILES)
        if path.parent == self.folder / "companies":
            return "; a company is a folder with a company.yaml"
        return nearest(path.name, [f"{family}.yaml" for family in FAMILIES])

    # --- shared files -------------------------------------------------------------------------------------------

    def _list(self, name: str, key: str, model: type[Any], *, required: bool = False) -> list[Placed[Any]]:
        path = self.folder / name
        if not path.is_file():
            if required:
                self.problems.add(self._shown(path), (1, 1), "the file is missing")
            return []
        parsed = self._read(path)
        found: dict[str, Placed[Any]] = {}
        for index, item in enumerate(self._entries(parsed, key)):
            record = validate(model, item, parsed, (key, index), self.problems)
            if record is None:
                continue
            placed = Placed(record, parsed, (key, index))
            if record.id in found:
                message = f"{placed.name()}: the id '{record.id}' is already taken by {found[record.id].name()}"
                placed.object_to(message, self.problems, "id")
                continue
            found[record.id] = placed
        return list(found.values())

    def _entries(self, parsed: Parsed, key: str) -> list[Any]:
        data = self._map(parsed, key)
        if key not in data:
            return []
        if not isinstance(data[key], list):
            self.problems.add(parsed.file, parsed.position((key,)), f"{key}: expected a list")
            return []
        return list(data[key])

    def _map(self, parsed: Parsed, key: str) -> dict[str, Any]:
        """Return a file's content if it is a map with this one key; note what it is instead."""
        if parsed.data is None:
            return {}
        if not isinstance(parsed.data, dict):
            self.problems.add(parsed.file, (1, 1), f"expected '{key}:' at the top of the file")
            return {}
        for other in parsed.data:
            if other != key:
                message = f"unknown key '{shown(other)}'{nearest(other, [key])}"
                self.problems.add(parsed.file, parsed.key_position((other,)), message)
        return parsed.data

    def _source_ids(self) -> frozenset[str] | None:
        """Return the ids in use; ``None`` if the file or one of its ids is not sound, so that any may be meant."""
        parsed = self._parsed.get(self.folder / "sources.yaml")
        entries = parsed.data.get("sources") if parsed and isinstance(parsed.data, dict) else None
        if not isinstance(entries, list):
            return None
        named = [str(entry.get("id", "")) if isinstance(entry, dict) else "" for entry in entries]
        return frozenset(named) if all(IDENTIFIER.fullmatch(name) for name in named) else None

    def _members(self) -> tuple[dict[str, dict[str, Text]], bool]:
        """Return the shared members and whether all of them are known."""
        path = self.folder / "vocabulary.yaml"
        if not path.is_file():
            return {}, True
        parsed = self._read(path)
        axes = self._map(parsed, "members").get("members")
        if not isinstance(axes, dict):
            if parsed.data is not None and axes is not None:
                self.problems.add(parsed.file, parsed.position(("members",)), "members: expected axes")
            return {}, False
        found: dict[str, dict[str, Text]] = {}
        for axis, entries in axes.items():
            where = ("members", axis)
            if axis not in AXES:
                message = f"members: unknown axis '{shown(axis)}'{nearest(axis, AXES)}"
                self.problems.add(parsed.file, parsed.key_position(where), message)
            if not isinstance(entries, dict):
                self.problems.add(parsed.file, parsed.position(where), f"{dotted(where)}: expected members with labels")
                continue
            labels = {name: self._label(label, parsed, (*where, name)) for name, label in entries.items()}
            found[axis] = {name: label for name, label in labels.items() if label is not None}
        return found, set(found) <= set(AXES)

    def _label(self, label: Any, parsed: Parsed, path: Path) -> Text | None:  # noqa: ANN401 - plain data
        return validate(Text, {"en": label} if isinstance(label, str) else label, parsed, path, self.problems)

    def _traditional(self) -> dict[str, str]:
        path = self.folder / "zh-Hant.yaml"
        if not path.is_file():
            return {}
        parsed = self._read(path)
        if not isinstance(parsed.data, dict):
            if parsed.data is not None:
                self.problems.add(parsed.file, (1, 1), "expected Simplified texts with their Traditional form")
            return {}
        return {text: form for text, form in parsed.data.items() if self._is_form(text, form, parsed)}

    def _is_form(self, text: str, form: Any, parsed: Parsed) -> bool:  # noqa: ANN401 - plain data
        try:
            if not isinstance(form, str):
                raise ValueError("expected a text")
            refuse_unprintable(form)
        except ValueError as error:
            self.problems.add(parsed.file, parsed.position((text,)), str(error))
            return False
        return True


def _by_company(placed: list[tuple[str, Placed[T]]]) -> dict[str, tuple[T, ...]]:
    grouped: dict[str, list[T]] = {}
    for company, item in placed:
        grouped.setdefault(company, []).append(item.record)
    return {company: tuple(records) for company, records in grouped.items()}
