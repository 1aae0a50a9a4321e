"""``ipo-data export`` and ``ipo-data shoot``: exhibits and whole pages as files."""

import argparse
from collections.abc import Callable
from typing import Final

from ipo_data.errors import UnknownNameError, shown
from ipo_data.export.formats import EXHIBIT_FORMATS, PAGE_FORMATS, PAGE_WIDTH, PRESETS
from ipo_data.text.catalog import LANGUAGES

THEMES: Final = ("light", "dark")
_WITHOUT_BROWSER: Final = frozenset({"html", "csv", "tsv", "txt"})


def export(options: argparse.Namespace) -> int:
    """Write exhibits of a page as pictures, numbers or text."""
    if set(options.format) - _WITHOUT_BROWSER:
        _need_browser()
    from ipo_data import cli_export_run  # noqa: PLC0415 - charts take a while to import

    return cli_export_run.export(options)


def shoot(options: argparse.Namespace) -> int:
    """Write whole pages as PNG or A4 PDF, from the app at --url or one started for it."""
    _need_browser()
    from ipo_data import cli_export_run  # noqa: PLC0415

    return cli_export_run.shoot(options)


def _need_browser() -> None:
    """Say that there is no browser before anything that takes long is imported."""
    from ipo_data.export.browser import find_browser  # noqa: PLC0415

    find_browser()


# --- options ----------------------------------------------------------------------------------------------------------


def _export_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--page", required=True, metavar="PAGE", help="page id, e.g. growth")
    command.add_argument(
        "--exhibit", action="append", default=[], metavar="ID", help="only this exhibit; may be repeated (all)"
    )
    command.add_argument(
        "--preset", type=_one_of("preset", tuple(PRESETS)), default="document",
        metavar="|".join(PRESETS), help="size of pictures (document)",
    )  # fmt: skip
    _shared_options(command, EXHIBIT_FORMATS)


def _shoot_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("page", metavar="PAGE|all", help="page id, or all pages")
    command.add_argument("--url", default="", help="address of a running app; without it one is started")
    command.add_argument(
        "--theme", type=_one_of("theme", THEMES), default="light", metavar="|".join(THEMES), help="colours of a PNG"
    )
    command.add_argument("--width", type=_width, default=PAGE_WIDTH, help=f"pixels ({PAGE_WIDTH})")
    _shared_options(command, PAGE_FORMATS)


def _shared_options(command: argparse.ArgumentParser, formats: tuple[str, ...]) -> None:
    command.add_argument(
        "--lang", action="append", default=[], type=_one_of("language", LANGUAGES), metavar="|".join(LANGUAGES),
        help="language; may be repeated (en)",
    )  # fmt: skip
    command.add_argument(
        "--query", default="", metavar="QUERY", help="the view as in a link: 'ccy=USD&evidence=filings'"
    )
    command.add_argument(
        "--format", type=_several(formats), default=["png"], metavar=",".join(formats), help="what to write (png)"
    )
    command.add_argument("--out", default=".", metavar="FOLDER", help="where to write; made if missing (here)")
    command.add_argument("--force", action="store_true", help="replace files that exist")


def _one_of(what: str, allowed: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in allowed:
            raise argparse.ArgumentTypeError(str(UnknownNameError(what, text, allowed)))
        return text

    return read


def _several(allowed: tuple[str, ...]) -> Callable[[str], list[str]]:
    read = _one_of("format", allowed)
    return lambda text: list(dict.fromkeys(read(word.strip()) for word in text.split(",")))


def _width(text: str) -> int:
    if not text.isdecimal() or not 320 <= int(text) <= 3840:
        raise argparse.ArgumentTypeError(f"'{shown(text)}' is not a width (320 to 3840)")
    return int(text)


COMMANDS: Final[dict[str, Callable[[argparse.Namespace], int]]] = {"export": export, "shoot": shoot}
OPTIONS: Final[dict[str, Callable[[argparse.ArgumentParser], None]]] = {
    "export": _export_options,
    "shoot": _shoot_options,
}
