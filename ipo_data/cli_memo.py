"""Commands that lead from the screen to a memo and back: ``memo`` and ``trace``."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ipo_data.dataset import Dataset
from ipo_data.errors import OptionError, UnknownNameError, shown
from ipo_data.export.tables import Row, jsonl_text, table_text

if TYPE_CHECKING:
    from ipo_data.export.trace import Traced

FORMATS: Final = ("docx", "pptx", "xlsx", "md", "zip")
"""Formats of a memo; the writers are only imported when one is made."""

TRACE_COLUMNS: Final = ("code", "since", "what", "then", "now", "link")
"""Figure code · unchanged, changed or unknown (or row, claim) · exhibit or what changed · then · now · link."""


def memo(options: argparse.Namespace) -> int:
    """Write a memo from its specification: document, slides, workbook, Markdown and an archive of all of them."""
    from ipo_data.export.packs.archive import write_files  # noqa: PLC0415 - the writers take a while to import
    from ipo_data.export.packs.build import Maker  # noqa: PLC0415
    from ipo_data.export.packs.drawing import drawing  # noqa: PLC0415
    from ipo_data.export.packs.spec import load_spec  # noqa: PLC0415

    dataset = Dataset.load(getattr(options, "seeds", None))
    spec = load_spec(Path(options.spec), dataset)
    draw = None if options.without_pictures else drawing(dataset, spec.preset)
    files, without = Maker(dataset, options.address, draw).files(spec, options.format or FORMATS)
    if without:
        print(f"ipo-data: tables instead of charts: {without}", file=sys.stderr)
    for path in write_files(files, Path(options.out), force=options.force):
        print(f"{shown(path, most=300)}: {path.stat().st_size:,} bytes")
    return 0


def trace(options: argparse.Namespace) -> int:
    """Print which exhibit and view a figure comes from, and what changed since: by file or by typed code."""
    from ipo_data.export.figure_code import is_code  # noqa: PLC0415
    from ipo_data.export.trace import Since, normal, trace_code, trace_file  # noqa: PLC0415 - imports the whole product
    from ipo_data.export.trace_files import LARGEST  # noqa: PLC0415

    dataset = Dataset.load(getattr(options, "seeds", None))
    rows: list[Row] = []
    missing = 0
    for given in options.figure:
        path = Path(given)
        if path.is_file():
            if path.stat().st_size > LARGEST:
                raise OptionError(f"{shown(given, most=300)} is larger than {LARGEST // 1_000_000} MB")
            traced = trace_file(path.name, path.read_bytes(), dataset, options.address)
        elif is_code(normal(given)):
            traced = [trace_code(given, dataset, options.address)]
        else:
            raise OptionError(f"'{shown(given)}' is neither a file nor a figure code such as F62VSXSKH5")
        missing += not traced or any(item.since is Since.UNKNOWN for item in traced)
        for near in (item.nearest for item in traced if item.nearest):
            print(f"ipo-data: no figure has the code {shown(given)} (did you mean {near}?)", file=sys.stderr)
        if not traced:
            print(f"ipo-data: {shown(given, most=300)} holds no figure code", file=sys.stderr)
        rows += [row for item in traced for row in trace_rows(item)]
    if options.format == "jsonl":
        print(jsonl_text(rows), end="")
    elif rows:
        print(table_text(rows, TRACE_COLUMNS), end="")
    return 1 if missing else 0


def trace_rows(item: "Traced") -> list[Row]:
    """Return the rows of a traced figure with the columns ``TRACE_COLUMNS``: one for the view, one per change."""
    where = f"{item.page}/{item.exhibit}" if item.page else None
    first: Row = {
        "code": item.found.code, "since": str(item.since), "what": where, "then": item.data_then or None,
        "now": item.code_now or None, "link": item.link or None,
    }  # fmt: skip
    changes: list[Row] = [
        {"code": item.found.code, "since": change.kind, "what": change.name, "then": change.then, "now": change.now,
         "link": None}
        for change in item.changes
    ]  # fmt: skip
    return [first, *changes]


def trace_options(command: argparse.ArgumentParser) -> None:
    """Add the options of ``trace``."""
    command.add_argument(
        "figure", nargs="+", metavar="FILE|CODE",
        help="picture, document, slides, workbook, archive, page or a figure code",
    )  # fmt: skip
    command.add_argument("--address", default="", type=_address, metavar="URL", help="the app that links lead to")
    command.add_argument("--format", choices=("table", "jsonl"), default="table", help="how to write them (table)")


def memo_options(command: argparse.ArgumentParser) -> None:
    """Add the options of ``memo``."""
    command.add_argument("spec", metavar="SPEC.yaml", help="specification, as the memo page saves it")
    command.add_argument("--out", required=True, metavar="DIR", type=_folder, help="folder for the files")
    command.add_argument("--force", action="store_true", help="replace files that exist already")
    command.add_argument(
        "--format", action="append", default=[], type=_format, metavar="|".join(FORMATS),
        help="only this format; may be repeated (all)",
    )  # fmt: skip
    command.add_argument("--address", default="", type=_address, metavar="URL", help="the app that links lead to")
    command.add_argument("--without-pictures", action="store_true", help="tables instead of drawn charts")


def _folder(text: str) -> str:
    if not text:
        raise argparse.ArgumentTypeError("the name of the folder is empty")
    return text


def _format(text: str) -> str:
    if text not in FORMATS:
        raise argparse.ArgumentTypeError(str(UnknownNameError("format", text, FORMATS)))
    return text


def _address(text: str) -> str:
    if text and not text.startswith(("http://", "https://")):
        raise argparse.ArgumentTypeError(str(OptionError(f"an address begins with https://, got '{shown(text)}'")))
    return text if not text or text.endswith("/") else text + "/"


COMMANDS: Final[dict[str, Callable[[argparse.Namespace], int]]] = {"memo": memo, "trace": trace}
OPTIONS: Final[dict[str, Callable[[argparse.ArgumentParser], None]]] = {"memo": memo_options, "trace": trace_options}
