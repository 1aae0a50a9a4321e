"""What ``ipo-data export`` and ``ipo-data shoot`` do."""

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlencode

from ipo_data.dataset import Dataset
from ipo_data.errors import OptionError, shown
from ipo_data.exhibits.context import Context, restricted_to
from ipo_data.exhibits.model import Exhibit, View
from ipo_data.exhibits.registry import PAGES, Page, build, exhibit_ids, page
from ipo_data.exhibits.view_query import complete_query_of, query_of, view_of
from ipo_data.export import metadata
from ipo_data.export.browser import browser_thread
from ipo_data.export.exhibit_table import exhibit_csv, sentence, table_for_pasting
from ipo_data.export.figure_code import figure_code
from ipo_data.export.files import file_name, inside, write_file
from ipo_data.export.formats import FORMATS
from ipo_data.export.page_capture import captured
from ipo_data.export.picture import picture
from ipo_data.export.running_app import running_app
from ipo_data.export.sheet import is_drawable

DONE: Final = 0


# --- exhibits ---------------------------------------------------------------------------------------------------------


def export(options: argparse.Namespace) -> int:
    """Write exhibits of a page as pictures, numbers or text."""
    dataset = Dataset.load(getattr(options, "seeds", None))
    chosen, out = page(options.page), Path(options.out)
    jobs = [job for view in _views(options, chosen, dataset) for job in _jobs(options, chosen, view, dataset)]
    _refuse_to_overwrite(out, [name for name, _ in jobs], force=options.force)
    try:
        for name, make in jobs:
            print(write_file(out, name, make(), force=options.force))
    finally:
        browser_thread().close()
    return DONE


def _views(options: argparse.Namespace, chosen: Page, dataset: Dataset) -> Iterator[View]:
    given = dict(parse_qsl(options.query.lstrip("?"), keep_blank_values=True))
    for language in options.lang or [given.get("lang", "en")]:
        yield view_of(chosen.id, {**given, "lang": language}, dataset)


def _jobs(
    options: argparse.Namespace, chosen: Page, view: View, dataset: Dataset
) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield name and maker of every file; with no exhibit named, tables too long for a picture are left out."""
    context = Context(restricted_to(dataset, view), view)
    for name in options.exhibit or exhibit_ids(chosen, context.companies):
        exhibit = build(context, chosen, name)
        for written_as in options.format:
            if written_as in FORMATS and not options.exhibit and not is_drawable(exhibit):
                print(f"{name}: a table too long for a picture; left out, export it as csv", file=sys.stderr)
                continue
            preset = options.preset if options.preset != "document" and written_as in FORMATS else ""
            target = file_name(chosen.id, name, view.language, preset, ending=written_as)
            yield target, _maker(options, chosen, exhibit, context, dataset, written_as)


def _maker(  # noqa: PLR0917 - everything a file depends on
    options: argparse.Namespace, chosen: Page, exhibit: Exhibit, context: Context, dataset: Dataset, written_as: str
) -> Callable[[], bytes]:
    view = context.view

    def make() -> bytes:
        if written_as == "csv":
            return exhibit_csv(exhibit, context).encode()
        if written_as == "tsv":
            return table_for_pasting(exhibit).encode()
        if written_as == "txt":
            link = f"{chosen.id}?{urlencode(complete_query_of(chosen.id, view, dataset), safe=',')}"
            return (sentence(exhibit, context, figure_code(exhibit, view, chosen.id, dataset), link) + "\n").encode()
        return picture(exhibit, chosen.id, view, dataset, preset=options.preset, format=written_as)

    return make


def _refuse_to_overwrite(out: Path, names: list[str], *, force: bool) -> None:
    """Say before anything is drawn that a file is there already."""
    there = [name for name in names if inside(out, name).exists()]
    if there and not force:
        more = f" and {len(there) - 1} more" if len(there) > 1 else ""
        raise OptionError(
            f"{shown(out / there[0], most=300)}{more} exists already; nothing was written. Use --force to replace it"
        )


# --- whole pages ------------------------------------------------------------------------------------------------------


def shoot(options: argparse.Namespace) -> int:
    """Write whole pages as PNG or A4 PDF, from the app at --url or one started for it."""
    dataset = Dataset.load(getattr(options, "seeds", None))
    chosen = PAGES if options.page == "all" else (page(options.page),)
    jobs = [
        (one.id, _link(one, replace(view, theme=options.theme), dataset), kind, view.language)
        for one in chosen
        for view in _views(options, one, dataset)
        for kind in options.format
    ]
    out = Path(options.out)
    theme = "dark" if options.theme == "dark" else ""
    names = [file_name(page_id, language, theme, ending=kind) for page_id, _, kind, language in jobs]
    _refuse_to_overwrite(out, names, force=options.force)
    try:
        for name, content in zip(names, _captured(jobs, options), strict=True):
            print(write_file(out, name, content, force=options.force))
    finally:
        browser_thread().close()
    return DONE


def _captured(jobs: list[tuple[str, str, str, str]], options: argparse.Namespace) -> Iterator[bytes]:
    if options.url:
        yield from (_shot(options.url.rstrip("/"), job, options) for job in jobs)
        return
    seeds = getattr(options, "seeds", None)
    with running_app(Path(seeds) if seeds else None) as url:
        yield from (_shot(url, job, options) for job in jobs)


def _shot(url: str, job: tuple[str, str, str, str], options: argparse.Namespace) -> bytes:
    texts = {metadata.TITLE: job[0], metadata.LINK: job[1]}
    return captured(f"{url}/{job[1]}", texts, format=job[2], theme=options.theme, width=options.width)


def _link(chosen: Page, view: View, dataset: Dataset) -> str:
    path = "" if chosen is PAGES[0] else chosen.id
    return f"{path}?{urlencode(query_of(chosen.id, view, dataset), safe=',')}"
