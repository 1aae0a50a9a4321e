"""Record files a reader drops onto the page: unpacked within limits, put beside the seeds, loaded, and gone again.

Nothing a reader drops is trusted: names may climb out of a folder, archives may unfold to gigabytes, contents may be no
text. The seeds themselves are only read.
"""

import io
import re
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from typing import Final

from ipo_data.errors import SeedError, nearest, shown
from ipo_data.loading.loader import SHARED_FILES, load_records
from ipo_data.loading.records import Records
from ipo_data.model.metric import FAMILIES
from ipo_data.model.source import IDENTIFIER

MOST_FILES: Final = 60
"""Files taken at once, those inside archives included; a company has about fifteen."""
MOST_BYTES: Final = 2_000_000
"""Bytes of all files together, unpacked."""
_CHUNK: Final = 65_536
_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it, where the system has one
_ENDINGS: Final = (".yaml", ".yml")
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Of the others a few kilobytes unfold to a hundred megabytes at once, before anybody can count them."""
_COMPANY: Final = "company.yaml"
_ID: Final = re.compile(rb"(?m)^id:[ \t]*[\"']?([A-Za-z0-9_-]+)")
_LIST: Final = re.compile(rb"(?m)^sources:[ \t]*(#.*)?\r?$")
_ITEM: Final = re.compile(rb"(?m)^( *)- ")
_DOCUMENT: Final = re.compile(rb"(?m)^ *- \{? *id: *([\w-]+)")
_SOURCES: Final = "sources.yaml"
_PLACE: Final = re.compile(r"^seeds/sources\.yaml:(\d+):(\d+): (.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Dropped:
    """Files by the name they would have below the seeds folder, and what is wrong with what was dropped.

    Attributes:
        files: Contents by relative name, e.g. ``companies/acme/revenue.yaml``.
        problems: What could not be taken, in the words of the problem list.
    """

    files: dict[str, bytes]
    problems: tuple[str, ...] = ()


_DAMAGE: Final = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, IndexError, zlib.error)
"""What reading a damaged archive, or one of an unknown kind, may raise."""


class _RefusedError(Exception):
    """A dropped file that is not taken."""


# --- what was dropped -------------------------------------------------------------------------------------------------


def unpacked(dropped: Iterable[tuple[str, bytes]]) -> Dropped:
    """Return dropped files, archives unpacked, by the name they would have below the seeds folder.

    Args:
        dropped: Names and contents as the browser sent them; names are never used as paths.

    Returns:
        The files; every file that is not taken is named in ``problems``.
    """
    loose: list[tuple[str, bytes]] = []
    problems: list[str] = []
    for name, content in dropped:
        try:
            loose += _members(name, content) if zipfile.is_zipfile(io.BytesIO(content)) else [(name, content)]
        except _RefusedError as error:
            problems.append(f"{shown(name)}:1:1: {error}")
    if len(loose) > MOST_FILES or sum(len(content) for _, content in loose) > MOST_BYTES:
        return Dropped({}, (*problems, f"1:1: {_too_much()}"))
    placed, misplaced = _placed(loose)
    return Dropped(placed, (*problems, *misplaced))


def _too_much() -> str:
    return f"at most {MOST_FILES} files of together {MOST_BYTES:,} bytes are taken, unpacked"


def _members(name: str, content: bytes) -> list[tuple[str, bytes]]:
    """Return the record files of an archive; sizes are counted while unpacking, not believed.

    Raises:
        _RefusedError: If the archive is damaged, locked, too large, or holds a name that leaves its folder.
    """
    found: list[tuple[str, bytes]] = []
    left = MOST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > 4 * MOST_FILES:
                raise _RefusedError(_too_much())
            for entry in entries:
                _refuse_odd(entry)
                if entry.is_dir() or _is_litter(entry.filename):
                    continue
                unfolded = _unfolded(archive, entry, left)
                left -= len(unfolded)
                found.append((f"{Path(name).stem}/{entry.filename}", unfolded))
    except (*_DAMAGE, OSError) as error:
        raise _RefusedError(f"the archive cannot be read: {shown(str(error))}") from None
    return found


def _is_litter(name: str) -> bool:
    """Tell whether an entry is what a system adds to archives."""
    return name.startswith("__MACOSX/") or any(part.startswith(".") and part.strip(".") for part in name.split("/"))


def _refuse_odd(entry: zipfile.ZipInfo) -> None:
    parts = entry.filename.replace("\\", "/").split("/")
    if entry.filename.startswith(("/", "\\")) or ".." in parts or ":" in entry.filename or "\0" in entry.filename:
        raise _RefusedError(f"the name '{shown(entry.filename)}' leaves the folder")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise _RefusedError(f"'{shown(entry.filename)}' is a link")
    if entry.flag_bits & 1:
        raise _RefusedError("the archive is locked by a password")
    if entry.compress_type not in _METHODS:
        raise _RefusedError(f"'{shown(entry.filename)}' is packed in an unusual way; pack it as an ordinary ZIP")


def _unfolded(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    parts: list[bytes] = []
    with archive.open(entry) as stream:
        while part := stream.read(_CHUNK):
            left -= len(part)
            if left < 0:
                raise _RefusedError(_too_much())
            parts.append(part)
    return b"".join(parts)


# --- where it belongs -------------------------------------------------------------------------------------------------


def _placed(loose: list[tuple[str, bytes]]) -> tuple[dict[str, bytes], list[str]]:
    placed: dict[str, bytes] = {}
    problems = []
    companies = _company_ids(loose)
    for name, content in loose:
        folder, _, file = name.replace("\\", "/").rpartition("/")
        try:
            target = _target(folder, file, companies)
            if target in placed:
                raise _RefusedError(f"{target} was dropped twice")
            placed[target] = content
        except _RefusedError as error:
            problems.append(f"{shown(name)}:1:1: {error}")
    return placed, problems


def _company_ids(loose: list[tuple[str, bytes]]) -> dict[str, str]:
    """Return the company of each folder, as its ``company.yaml`` names it."""
    found = {}
    for name, content in loose:
        folder, _, file = name.replace("\\", "/").rpartition("/")
        named = _ID.search(content) if file == _COMPANY else None
        if named is not None:
            found[folder] = named[1].decode("ascii")
    return found


def _target(folder: str, file: str, companies: dict[str, str]) -> str:
    """Return the name of a file below the seeds folder.

    Raises:
        _RefusedError: If it is no record file, or it cannot be told whose it is.
    """
    known = [*(f"{family}.yaml" for family in FAMILIES), _COMPANY, *SHARED_FILES]
    if file not in known:
        kind = "" if file.endswith(_ENDINGS) else "; record files end in .yaml"
        raise _RefusedError(f"'{shown(file)}' is no record file{nearest(file, known)}{kind}")
    if file in SHARED_FILES:
        return file
    above = folder.split("/")
    inside = above[-1] if len(above) > 1 and above[-2] == "companies" else ""
    company = companies.get(folder) or inside or (next(iter(companies.values())) if len(companies) == 1 else "")
    if not IDENTIFIER.fullmatch(company):
        raise _RefusedError(f"whose figures these are cannot be told: drop {_COMPANY} with it, with its 'id'")
    return f"companies/{company}/{file}"


# --- beside the seeds -------------------------------------------------------------------------------------------------


def load_with(seeds: Path, files: dict[str, bytes]) -> Records:
    """Return the records of the seeds with some files put beside or in place of theirs; the seeds stay as they are.

    A dropped ``sources.yaml`` that does not repeat the documents of the seeds adds to them.

    Args:
        seeds: The seeds folder.
        files: Contents by relative name.

    Raises:
        SeedError: With every problem, lines and columns as in the files that were dropped.
    """
    place = _MEMORY if _MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="ipo-check-", dir=place, ignore_cleanup_errors=True) as folder:
        copy = Path(copytree(seeds, Path(folder) / "seeds", ignore=_not_records))
        added = None
        for name, content in files.items():
            path = copy / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if name == _SOURCES and (together := _appended(path.read_bytes() if path.exists() else b"", content)):
                content, added = together  # noqa: PLW2901
            path.write_bytes(content)
        try:
            return load_records(copy)
        except SeedError as error:
            raise SeedError(tuple(_as_dropped(error.problems, added))) from None


def _not_records(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if not name.endswith(_ENDINGS) and not (Path(folder) / name).is_dir()]


@dataclass(frozen=True, slots=True)
class _Added:
    """Where added documents stand: lines before them, and columns they were moved to the right."""

    lines: int
    columns: int


def _appended(seeds: bytes, dropped: bytes) -> tuple[bytes, _Added] | None:
    """Return the documents of the seeds with the dropped ones after them; ``None`` if those are meant to replace them.

    The heading of the added list becomes a comment, so that every line keeps its number.
    """
    heading, first, theirs = _LIST.search(dropped), _ITEM.search(dropped), _ITEM.search(seeds)
    if heading is None or first is None or theirs is None or _ids(seeds) <= _ids(dropped):
        return None
    shift = len(theirs[1]) - len(first[1])
    before = seeds if seeds.endswith(b"\n") else seeds + b"\n"
    lines = (dropped[: heading.start()] + b"#" + dropped[heading.start() :]).split(b"\n")
    moved = [b" " * shift + line if shift > 0 and line.strip() else line[max(0, -shift) :] for line in lines]
    return before + b"\n".join(moved), _Added(before.count(b"\n"), shift)


def _ids(content: bytes) -> set[bytes]:
    return set(_DOCUMENT.findall(content))


def _as_dropped(problems: Iterable[str], added: _Added | None) -> Iterator[str]:
    """Give problems in added documents the line and column they have in the dropped file."""
    for problem in problems:
        place = _PLACE.match(problem)
        if added is None or place is None or int(place[1]) <= added.lines:
            yield problem
            continue
        line, column = int(place[1]) - added.lines, max(1, int(place[2]) - added.columns)
        yield f"{_SOURCES}:{line}:{column}: {place[3]}"
