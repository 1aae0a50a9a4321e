"""The command line: ``ipo-data`` or ``python -m ipo_data``.

Every command first reads the seeds folder. If it holds problems they are listed, nothing is written, and the exit
status is 1; a wrong option or an unknown name gives 2.
"""

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Final, TypeVar

from ipo_data import cli_analysis, cli_export, cli_memo, cli_serve
from ipo_data.dataset import Dataset, Fact, Status
from ipo_data.errors import IpoDataError, OptionError, SeedError, SpecError, UnknownNameError, shown
from ipo_data.export.tables import (
    CLAIM_COLUMNS,
    CLAIM_TABLE,
    FACT_COLUMNS,
    FACT_TABLE,
    Row,
    claim_rows,
    claim_table_rows,
    csv_text,
    fact_rows,
    fact_table_rows,
    jsonl_text,
    table_text,
)
from ipo_data.loading.schema import FOLDER as SCHEMA_FOLDER
from ipo_data.loading.schema import schema_texts
from ipo_data.loading.skeleton import company_skeleton
from ipo_data.model.claim import Claim
from ipo_data.model.metric import METRICS
from ipo_data.paths import SEEDS_VARIABLE, seeds_folder

FORMATS: Final = ("table", "csv", "jsonl")
"""How ``claims`` and ``facts`` are written."""
DONE, PROBLEMS, WRONG_USE, INTERRUPTED = 0, 1, 2, 130
"""Exit statuses: done · problems in the seeds folder or with a file · a wrong option or name · stopped by Ctrl-C."""

T = TypeVar("T", Claim, Fact)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: The words after the program's name; those of the process if not given.

    Returns:
        The exit status: 0 done, 1 problems in the seeds folder, 2 wrong use.
    """
    _speak_utf8()
    try:
        options = parser().parse_args(arguments)
        status: int = options.run(options)
        print(end="", flush=True)
    except (SeedError, SpecError) as error:
        return _complain(*error.problems, status=PROBLEMS)
    except IpoDataError as error:
        return _complain(f"ipo-data: {error}", status=WRONG_USE)
    except BrokenPipeError:  # the reader has seen enough, e.g. `ipo-data claims | head`
        _drop_output()
        return DONE
    except OSError as error:
        _drop_output()
        return _complain(f"ipo-data: {_reason(error)}", status=PROBLEMS)
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


# --- commands -------------------------------------------------------------------------------------------------------


def check(options: argparse.Namespace) -> int:
    """Print every problem of a seeds folder, or a summary if there is none."""
    if options.folder and _named(options):
        raise OptionError("name the folder once: either 'check FOLDER' or --seeds FOLDER")
    folder = seeds_folder(options.folder or _named(options))
    try:
        dataset = Dataset.load(folder)
    except SeedError as error:
        print("\n".join(error.problems))
        count = len(error.problems)
        return _complain(f"{count} problem{'s' if count > 1 else ''} in {shown(folder, most=300)}", status=PROBLEMS)
    print(summary(dataset, folder))
    return DONE


def claims(options: argparse.Namespace) -> int:
    """Print claims: what each document prints."""
    dataset = Dataset.load(_named(options))
    wanted = _selected(dataset.claims, options, dataset, lambda claim: [claim.source])
    if options.format == "table":
        return _print_table(claim_table_rows(wanted), CLAIM_TABLE)
    return _print_rows(claim_rows(dataset, wanted), CLAIM_COLUMNS, options.format)


def facts(options: argparse.Namespace) -> int:
    """Print facts: what the claims on one thing come to."""
    dataset = Dataset.load(_named(options))
    wanted = _selected(dataset.facts, options, dataset, lambda fact: [claim.source for claim in fact.claims])
    if options.format == "table":
        return _print_table(fact_table_rows(wanted), FACT_TABLE)
    return _print_rows(fact_rows(wanted), FACT_COLUMNS, options.format)


def schema(options: argparse.Namespace) -> int:
    """Print the JSON Schemas of the seed files, or write them beside the files."""
    folder = seeds_folder(_named(options))
    Dataset.load(folder)
    texts = schema_texts()
    if not options.write:
        entries = [f'"{name}": {text.rstrip()}' for name, text in texts.items()]
        print("{" + ",\n".join(entries) + "}")
        return DONE
    target = folder / SCHEMA_FOLDER
    target.mkdir(exist_ok=True)
    changed = [name for name, text in texts.items() if _write_if_changed(target / name, text)]
    print(f"{shown(target, most=300)}: {len(texts)} schema files, {len(changed)} changed")
    return DONE


def new_company(options: argparse.Namespace) -> int:
    """Write the skeleton of a new company's folder."""
    folder = seeds_folder(_named(options))
    dataset = Dataset.load(folder)
    files = company_skeleton(
        options.id, len(dataset.companies) + 1, currency=options.currency, members=dataset.shared_members,
        name=options.name, ticker=options.ticker,
    )  # fmt: skip
    target = folder / "companies" / options.id
    if target.exists():
        raise OptionError(f"{shown(target, most=300)} exists already; nothing was written")
    with tempfile.TemporaryDirectory(prefix=".new-", dir=target.parent) as parent:
        draft = Path(parent) / options.id
        draft.mkdir()
        for name, text in files.items():
            (draft / name).write_text(text, encoding="utf-8")
        draft.rename(target)
    empty = [field for field in ("name", "ticker") if not getattr(options, field)]
    fill = f"Fill in {' and '.join(empty)} in company.yaml" if empty else "Uncomment what you have figures for"
    print(f"{shown(target, most=300)}: {len(files)} files. {fill}, then: ipo-data check")
    return DONE


COMMANDS: Final[dict[str, Callable[[argparse.Namespace], int]]] = {
    "check": check,
    "claims": claims,
    "facts": facts,
    "schema": schema,
    "new-company": new_company,
    **cli_analysis.COMMANDS,
    **cli_serve.COMMANDS,
    **cli_memo.COMMANDS,
    **cli_export.COMMANDS,
}
"""Every command by its name."""


def summary(dataset: Dataset, folder: Path) -> str:
    """Return one paragraph on what a sound seeds folder holds: companies, documents, claims, facts by status."""
    counted = Counter(fact.status for fact in dataset.facts)
    by_status = ", ".join(f"{counted[status]:,} {status}" for status in Status)
    names = ", ".join(shown(company.name.en) for company in dataset.companies.values())
    return (
        f"{shown(folder, most=300)}: {len(dataset.companies)} companies ({names}), {len(dataset.sources)} documents, "
        f"{len(dataset.claims):,} claims, {len(dataset.facts):,} facts: {by_status}. No problems."
    )


# --- options --------------------------------------------------------------------------------------------------------


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    shared = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    where = f"seeds folder; else ${SEEDS_VARIABLE}, else the repository's own"
    shared.add_argument("--seeds", metavar="FOLDER", type=_folder, default=argparse.SUPPRESS, help=where)
    main_parser = argparse.ArgumentParser(
        prog="ipo-data", description="Read, check and print the records behind the dashboard.", parents=[shared],
        allow_abbrev=False,
    )  # fmt: skip
    commands = main_parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, run in COMMANDS.items():
        help_line = (run.__doc__ or "").splitlines()[0]
        command = commands.add_parser(
            name, help=help_line, description=help_line, parents=[shared], allow_abbrev=False
        )  # fmt: skip
        command.set_defaults(run=run)
        _OPTIONS[name](command)
    return main_parser


def _check_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", nargs="?", type=_folder, metavar="FOLDER", help="seeds folder, as with --seeds")


def _listing_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--format", type=_format, default="table", metavar="|".join(FORMATS), help="how to write them (table)"
    )  # fmt: skip
    for name, what in (("company", "company id"), ("metric", "metric id"), ("source", "document id")):
        command.add_argument(
            f"--{name}", action="append", default=[], metavar="ID", help=f"only this {what}; may be repeated"
        )  # fmt: skip


def _schema_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--write", action="store_true", help=f"write them to the folder {SCHEMA_FOLDER} of the seeds")


def _new_company_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("id", metavar="ID", help="company id, e.g. acme: the name of its folder")
    command.add_argument("--currency", default="USD", metavar="CODE", help="its reporting currency (USD)")
    command.add_argument("--name", default="", metavar="NAME", help="as readers know it")
    command.add_argument("--ticker", default="", metavar="CODE", help="its stock code, e.g. 1234.HK")


_OPTIONS: Final[dict[str, Callable[[argparse.ArgumentParser], None]]] = {
    "check": _check_options,
    "claims": _listing_options,
    "facts": _listing_options,
    "schema": _schema_options,
    "new-company": _new_company_options,
    **cli_analysis.OPTIONS,
    **cli_serve.OPTIONS,
    **cli_memo.OPTIONS,
    **cli_export.OPTIONS,
}


def _format(text: str) -> str:
    if text not in FORMATS:
        raise argparse.ArgumentTypeError(str(UnknownNameError("format", text, FORMATS)))
    return text


def _folder(text: str) -> str:
    if not text:
        raise argparse.ArgumentTypeError("the name of the folder is empty")
    return text


def _named(options: argparse.Namespace) -> str | None:
    """Return the folder given with ``--seeds``."""
    return getattr(options, "seeds", None)


def _selected(
    found: Sequence[T], options: argparse.Namespace, dataset: Dataset, sources_of: Callable[[T], Iterable[str]]
) -> list[T]:
    """Return what matches every filter given.

    Raises:
        UnknownNameError: For a company, metric or document that does not exist; the message names the nearest.
    """
    allowed = {"company": dataset.companies, "metric": METRICS, "source": dataset.sources}
    for what, names in allowed.items():
        for given in getattr(options, what):
            if given not in names:
                raise UnknownNameError("document" if what == "source" else what, given, names)
    chosen = []
    for item in found:
        metric = item.metric if isinstance(item, Claim) else item.metric.id
        company_fits = not options.company or item.company in options.company
        metric_fits = not options.metric or metric in options.metric
        if company_fits and metric_fits and (not options.source or set(options.source) & set(sources_of(item))):
            chosen.append(item)
    return chosen


# --- output ---------------------------------------------------------------------------------------------------------


def _print_table(rows: Sequence[Row], columns: Sequence[str]) -> int:
    print(table_text(rows, columns) if rows else "nothing matches\n", end="")
    return DONE


def _print_rows(rows: Sequence[Row], columns: Sequence[str], written_as: str) -> int:
    print(csv_text(rows, columns) if written_as == "csv" else jsonl_text(rows), end="")
    return DONE


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale; what cannot be encoded is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _drop_output() -> None:
    """Let what could not be written go, so that Python does not try again at its end."""
    with suppress(OSError, ValueError):  # a stand-in for the output has no file behind it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(*lines: str, status: int) -> int:
    print("\n".join(lines), file=sys.stderr)
    return status


def _reason(error: OSError) -> str:
    name = f"{shown(error.filename, most=300)}: " if error.filename else ""
    return name + (error.strerror or str(error))


def _write_if_changed(path: Path, text: str) -> bool:
    """Write a file in one step, so that no reader ever sees half of it; tell whether it changed."""
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return False
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return True
