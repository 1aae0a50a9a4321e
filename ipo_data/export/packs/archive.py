"""Archives and file names: the same bytes every time, plain relative names, nothing outside the output folder."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Final

from ipo_data.errors import OptionError, shown
from ipo_data.export.files import file_name, write_file

_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip archive can name; every entry carries it, so that equal content gives equal bytes."""
_MOST_BYTES: Final = 160
"""A Chinese letter takes three; file systems end names at 255, and endings and folders come on top."""
_TIME: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


# --- names ------------------------------------------------------------------------------------------------------------


def safe_name(text: str) -> str:
    """Return a file name without ending, of letters of any script, digits, ``.``, ``_``, ``+`` and ``-``."""
    stem = file_name(text, ending="zip").removesuffix(".zip")
    return stem.encode()[:_MOST_BYTES].decode(errors="ignore").rstrip("-._")


def is_plain_entry(name: str) -> bool:
    """Tell whether a name of an archive's entry is a plain relative path."""
    parts = PurePosixPath(name).parts
    plain = bool(parts) and not name.startswith("/") and "\\" not in name and ":" not in name
    return plain and ".." not in parts and all(part == part.strip() for part in parts)


# --- archives ---------------------------------------------------------------------------------------------------------


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return a zip archive of some files, in their order; the same files give the same bytes.

    Raises:
        ValueError: If a name is not a plain relative path.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            if not is_plain_entry(name):
                raise ValueError(f"'{shown(name)}' is not a plain relative name")
            entry = zipfile.ZipInfo(name, _EARLIEST)
            stored = name.endswith((".png", ".zip", ".docx", ".pptx", ".xlsx"))  # compressed already
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            target.writestr(entry, content)
    return buffer.getvalue()


def repacked(package: bytes, made: datetime) -> bytes:
    """Return an Office package without the wall clock: entries and properties dated ``made``, inner workbooks too."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for old in source.infolist():
            content = source.read(old)
            if old.filename.endswith(".xlsx"):
                content = repacked(content, made)
            elif old.filename == "docProps/core.xml":
                content = _TIME.sub(rb"\g<1>" + f"{made:%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\2", content)
            entry = zipfile.ZipInfo(old.filename, _EARLIEST)
            entry.compress_type = zipfile.ZIP_STORED if old.filename.endswith(".png") else zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return buffer.getvalue()


# --- the output folder ------------------------------------------------------------------------------------------------


def write_files(files: Mapping[str, bytes], folder: Path, *, force: bool = False) -> list[Path]:
    """Write files below a folder: all checks first, each file under a temporary name and then renamed.

    Args:
        files: Content by plain relative name.
        folder: The output folder; it is made if it does not exist.
        force: Whether existing files may be replaced.

    Returns:
        The paths written, in order.

    Raises:
        OptionError: If a file exists already, or would come to lie outside the folder; nothing is written then.
        OSError: If the disk refuses; no half file stays.
    """
    root = folder.resolve()
    targets = {name: _target(root, name) for name in files}
    existing = [path for path in targets.values() if path.exists()]
    if existing and not force:
        more = f" and {len(existing) - 1} more" if len(existing) > 1 else ""
        raise OptionError(f"{shown(existing[0], most=300)}{more} exists already; --force replaces it")
    for name, content in files.items():
        write_file(targets[name].parent, targets[name].name, content, force=force)
    return list(targets.values())


def _target(root: Path, name: str) -> Path:
    target = (root / name).resolve()
    if not is_plain_entry(name) or not target.is_relative_to(root) or target.is_dir():
        raise OptionError(f"'{shown(name)}' is not a file below {shown(root, most=300)}")
    return target
