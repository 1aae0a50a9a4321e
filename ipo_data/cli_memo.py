"""Commands that lead from the screen to a memo and back: ``memo``."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from ipo_data.dataset import Dataset
from ipo_data.errors import OptionError, UnknownNameError, shown

FORMATS: Final = ("docx", "pptx", "xlsx", "md", "zip")
"""Formats of a memo; the writers are only imported when one is made."""


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


COMMANDS: Final[dict[str, Callable[[argparse.Namespace], int]]] = {"memo": memo}
OPTIONS: Final[dict[str, Callable[[argparse.ArgumentParser], None]]] = {"memo": memo_options}
