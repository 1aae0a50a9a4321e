"""Files that leave the product: safe names, inside one folder, nothing overwritten unasked, whole or not at all."""

import os
import re
import tempfile
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import Final

from ipo_data.errors import OptionError, shown

LONGEST_NAME: Final = 120
"""Longest file name, ending included; some systems cut at 255 bytes."""
_ALLOWED: Final = re.compile(r"[^\w.+-]+")
_RESERVED: Final = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))})


def file_name(*parts: str, ending: str) -> str:
    """Return a file name of words joined by hyphens: letters of any script, digits, ``.``, ``+``, ``-`` and ``_``.

    Args:
        *parts: Words of the name; empty ones are left out.
        ending: Ending without the dot.
    """
    words = [_cleaned(part) for part in parts]
    stem = "-".join(word for word in words if word)[: LONGEST_NAME - len(ending) - 1].strip("-.") or "export"
    return f"{'x-' if stem.split('.')[0].lower() in _RESERVED else ''}{stem}.{ending}"


def _cleaned(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    visible = "".join(c for c in plain if unicodedata.category(c)[0] != "C" or c in "\n\t")
    return re.sub(r"\.{2,}", ".", _ALLOWED.sub("-", visible)).strip("-.")


def inside(folder: Path, name: str) -> Path:
    """Return the path of a file in a folder.

    Raises:
        OptionError: If the name leads out of the folder or is no plain name.
    """
    is_plain = bool(name) and "\0" not in name and Path(name).name == name
    path = (folder / name).resolve() if is_plain else folder
    if not is_plain or path.parent != folder.resolve():
        raise OptionError(f"'{shown(name)}' is not the name of a file in {shown(folder, most=200)}")
    return path


def write_file(folder: Path, name: str, content: bytes, *, force: bool = False) -> Path:
    """Write a file under a temporary name and rename it, so that it appears whole or not at all.

    Args:
        folder: Where to write; made if it is missing.
        name: Plain file name.
        content: What to write.
        force: Whether a file of that name may be replaced.

    Returns:
        The path written.

    Raises:
        OptionError: If the name leads out of the folder, or the file exists and ``force`` is not given.
        OSError: If the disk is full or the folder cannot be written; nothing is left behind and an older file stays.
    """
    path = inside(folder, name)
    if path.exists() and not force:
        raise _exists(path)
    folder.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(prefix=".ipo-", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).chmod(0o644)
        _put_in_place(Path(draft), path, force=force)
    except OSError as error:
        raise OSError(error.errno, error.strerror, shown(path, most=300)) from None  # not the name of the draft
    finally:
        with suppress(FileNotFoundError):
            Path(draft).unlink()
    return path


def _put_in_place(draft: Path, path: Path, *, force: bool) -> None:
    """Rename; without ``force`` a file that appeared meanwhile is kept, where the file system can promise that."""
    if force:
        draft.replace(path)
        return
    try:
        os.link(draft, path)
    except FileExistsError:
        raise _exists(path) from None
    except OSError:  # a file system without hard links
        draft.replace(path)


def _exists(path: Path) -> OptionError:
    return OptionError(f"{shown(path, most=300)} exists already; nothing was written. Use --force to replace it")
