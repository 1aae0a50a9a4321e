"""The memo as Markdown, with its pictures beside it and footnotes."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from ipo_data import formatting
from ipo_data.export.packs.material import Memo, MemoExhibit, visible
from ipo_data.export.packs.rich_text import Run, lines_of_note

MOST_ROWS: Final = 60
"""Rows of a table in the text; longer ones are whole in the workbook and in the CSV files."""
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]()#+!|$~<>&-])")
_ENTRIES: Final = ("- ", *(f"{number}. " for number in range(100)))
_NOT_IN_ADDRESS: Final = re.compile(r"[\s<>()\\\"`]")


def markdown(memo: Memo, images: Mapping[int, str]) -> str:
    """Return the memo as Markdown.

    Args:
        memo: The memo.
        images: File of each exhibit's picture, relative to the text, by the exhibit's number.
    """
    say = memo.context.say
    parts = [f"# {_plain(memo.spec.title)}", _plain(memo.as_of)]
    footnotes: list[str] = []
    for item in memo.exhibits:
        parts += _exhibit(memo, item, images.get(item.number), footnotes)
    parts.append(f"## {_plain(say('pack.settings'))}")
    settings = [f"- **{_plain(label)}**: {_plain(value)}" for label, value in memo.settings()]
    parts.append("\n".join([*settings, *(f"- {_plain(note)}" for note in memo.assumptions())]))
    parts.append(f"## {_plain(say('pack.sources'))}")
    parts.append("\n".join(f"{n}. {_source(memo, n - 1)}" for n in range(1, len(memo.sources) + 1)))
    parts += [_plain(say("disclaimer")), "\n".join(footnotes)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _exhibit(memo: Memo, item: MemoExhibit, image: str | None, footnotes: list[str]) -> list[str]:
    exhibit = item.exhibit
    parts = [f"## {_plain(memo.heading(item))}", _note(item.note)]
    if image is not None:
        parts.append(f"![{_plain(exhibit.alt)}]({image})")
    else:
        if exhibit.figure is not None:
            parts.append(_plain(memo.no_pictures or memo.context.say("pack.no_picture")))
        rows = exhibit.table.values.tolist()
        parts.append(_table([str(name) for name in exhibit.table.columns], rows[:MOST_ROWS]))
        if len(rows) > MOST_ROWS:
            parts.append(_plain(memo.context.say("pack.more_rows", count=len(rows) - MOST_ROWS)))
    marks = ""
    for note in exhibit.notes:
        footnotes.append(f"[^{len(footnotes) + 1}]: {_plain(note)}")
        marks += f"[^{len(footnotes)}]"
    address = _NOT_IN_ADDRESS.sub("", item.link)
    parts.append(f"*{_plain(memo.caption(item))}*{marks} · [{_plain(memo.context.say('pack.open'))}](<{address}>)")
    return parts


def _note(note: str) -> str:
    """Return the reader's own words with their marks, and nothing else of them as markup."""
    written = ""
    for line in lines_of_note(note):
        between = "\n" if line.mark and written.rpartition("\n")[2].startswith(_ENTRIES) else "\n\n"
        mark = {"": "", "•": "- "}.get(line.mark, f"{line.mark} ")
        written += between + mark + "".join(map(_run, line.runs))
    return written.strip()


def _run(run: Run) -> str:
    words = visible(run.text)
    kept = words.strip()
    if not kept:
        return words
    inner = _plain(kept)
    inner = f"**{inner}**" if run.bold else inner
    inner = f"*{inner}*" if run.italic else inner
    inner = f"[{inner}](<{_NOT_IN_ADDRESS.sub('', run.address)}>)" if run.address else inner
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    return before + inner + after


def _source(memo: Memo, index: int) -> str:
    source = memo.sources[index]
    published = formatting.instant(source.published_on, memo.spec.language)
    link = f" · <{_NOT_IN_ADDRESS.sub('', source.url)}>" if source.url else ""
    return _plain(f"{source.publisher} · {source.title} · {published}") + link


def _table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    if not rows:
        return ""
    lines = [columns, ["---"] * len(columns), *rows]
    written = [[str(c) if n == 1 else _plain(str(c)) for c in line] for n, line in enumerate(lines)]
    return "\n".join("| " + " | ".join(line) + " |" for line in written)


def _plain(text: str) -> str:
    """Return Markdown that shows a text as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(visible(text).split()))
