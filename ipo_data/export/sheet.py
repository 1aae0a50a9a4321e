"""What stands on an exported picture: takeaway, chart or table, notes, documents, what the view restricts, the code.

The sheet is plain data; ``sheet.html`` lays it out in the browser, so that PNG, SVG, PDF and HTML come from one layout.
"""

import re
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import orjson
import pandas as pd

from ipo_data import formatting
from ipo_data.dataset import Dataset
from ipo_data.errors import OptionError
from ipo_data.exhibits.context import Context, restricted_to
from ipo_data.exhibits.model import Exhibit, View
from ipo_data.exhibits.registry import options_read
from ipo_data.exhibits.registry import page as page_of
from ipo_data.exhibits.runway_fan import seed_of
from ipo_data.exhibits.runway_fields import summary
from ipo_data.exhibits.view_query import complete_query_of
from ipo_data.export.fonts import FAMILY, WEIGHTS, font_file, has_fonts
from ipo_data.text.catalog import Words

LONGEST_TABLE: Final = 60
"""Rows up to which a table is drawn as a picture; longer ones scroll on screen and belong in a file of cells."""
_SEEDED: Final = frozenset({"runway-fan"})
"""Exhibits drawn from simulated paths."""
_NUMBER: Final = re.compile(r"[≈<>≥≤+−-]{0,2}\s?(?:US|HK|RMB|C|¥|€|\$)*\s?[0-9][0-9,.]*\s?\S{0,6}")
_TEMPLATE: Final = Path(__file__).with_name("sheet.html")


@dataclass(frozen=True)
class Sheet:
    """The contents of one picture.

    Attributes:
        title: Takeaway.
        subtitle: Measure, unit, currency, basis, window.
        figure: Plotly's ``data`` and ``layout``, or ``None`` for a table.
        table: Columns, rows and which columns hold numbers, or ``None`` for a chart.
        notes: Status of what is drawn, then the numbered notes.
        facts: Documents; then date, evidence, currency, settings.
        code: The figure code with its name in the reader's language.
        figure_code: The figure code alone.
        language: Language code.
        link: Page and query that open the view again.
        sources: Ids of the documents drawn on.
    """

    title: str
    subtitle: str
    figure: dict[str, Any] | None
    table: dict[str, Any] | None
    notes: tuple[str, ...]
    facts: tuple[str, ...]
    code: str
    figure_code: str
    language: str
    link: str
    sources: tuple[str, ...]

    def spec(self, **layout: Any) -> str:  # noqa: ANN401 - width, box and the like, for the page
        """Return the sheet as JSON for the page, with settings of the layout."""
        content = {
            "title": self.title, "subtitle": self.subtitle, "figure": self.figure, "table": self.table,
            "notes": self.notes, "facts": self.facts, "code": self.code, "lang": self.language,
        }  # fmt: skip
        return orjson.dumps({**content, **layout}).decode().replace("</", "<\\/")


def is_drawable(exhibit: Exhibit) -> bool:
    """Tell whether an exhibit can be a picture: a chart, or a table that is not too long."""
    return exhibit.figure is not None or len(exhibit.table) <= LONGEST_TABLE


def sheet_of(exhibit: Exhibit, page: str, view: View, dataset: Dataset, code: str) -> Sheet:
    """Return the contents of an exhibit's picture.

    Args:
        exhibit: The exhibit, drawn in the light theme.
        page: Page it stands on.
        view: The view it was built for.
        dataset: The whole data set.
        code: Its figure code.

    Raises:
        OptionError: If it is a table too long for a picture.
    """
    if not is_drawable(exhibit):
        raise OptionError(
            f"the table '{exhibit.id}' has {len(exhibit.table)} rows, too many for a picture "
            f"(at most {LONGEST_TABLE}); export it as csv"
        )
    context = Context(restricted_to(dataset, view), view)
    return Sheet(
        title=exhibit.title,
        subtitle=exhibit.subtitle,
        figure=None if exhibit.figure is None else exhibit.figure.to_dict(),
        table=_table(exhibit.table) if exhibit.figure is None else None,
        notes=(*status_of(exhibit, context.say), *(f"{i}. {note}" for i, note in enumerate(exhibit.notes, 1))),
        facts=(exhibit.source_line, " · ".join(facts_of(exhibit, page, context))),
        code=context.say("picture.code", code=code),
        figure_code=code,
        language=view.language,
        link=f"{page}?{urlencode(complete_query_of(page, view, dataset), safe=',')}",
        sources=tuple(sorted(_used(exhibit, dataset))),
    )


def _table(table: pd.DataFrame) -> dict[str, Any]:
    rows = [[str(cell) for cell in row] for row in table.itertuples(index=False)]
    columns = [str(name) for name in table.columns]
    numbers = [_is_numeric([row[i] for row in rows if row[i]]) for i in range(len(columns))]
    return {"columns": columns, "rows": rows, "numbers": numbers}


def _is_numeric(cells: list[str]) -> bool:
    matching = sum(bool(_NUMBER.fullmatch(cell)) for cell in cells)
    return bool(cells) and matching >= 0.8 * len(cells)


def _used(exhibit: Exhibit, dataset: Dataset) -> set[str]:
    return {dataset.claim_by_id[name].source for name in exhibit.claims}


def status_of(exhibit: Exhibit, say: Words) -> list[str]:
    """Return what an exhibit's figures are (reported, derived, …) as one sentence; nothing where it draws none."""
    if not exhibit.states:
        return []
    return [say("picture.status", states=say.join([say(f"state.{state}") for state in exhibit.states]))]


def facts_of(exhibit: Exhibit, page: str, context: Context) -> list[str]:
    """Return what else decides the figures: dates, evidence, companies left out, currency, settings, seed."""
    view, say = context.view, context.say
    dates = (context.dataset.sources[name].published_on for name in _used(exhibit, context.dataset))
    latest = max(dates, key=lambda date: date.last, default=None)
    found = [say("picture.latest", date=formatting.instant(latest, view.language))] if latest else []
    if view.evidence != "all":
        found.append(say("picture.evidence", evidence=say(f"evidence.{view.evidence}")))
    if view.known_by:
        found.append(say("picture.known", date=context.when(view.known_by)))
    if view.without:
        found.append(say("picture.without", names=context.clauses(context.source_name(name) for name in view.without)))
    if view.currency != "native":
        rates = say(f"rates.{view.rates}") if say.has(f"rates.{view.rates}") else view.rates
        found.append(say("picture.currency", currency=say(f"currency.{view.currency}"), rates=rates))
    found += _settings(exhibit.id, page, context, say)
    return [*found, say("picture.seed", seed=seed_of(context))] if exhibit.id in _SEEDED else found


_GROUPS: Final = {"topic": "family"}
"""Prefix of the names of codes, where it is not the option's own name."""


def _settings(exhibit: str, page: str, context: Context, say: Words) -> list[str]:
    """Return the page's choices that the exhibit reads: the scenario always, others where they are not the default."""
    found = []
    options = page_of(page).codes(context.dataset)
    named = options_read(page_of(page), exhibit)
    read = tuple(options) if named is None else named
    for name, codes in options.items():
        chosen = context.view.option(name, codes[0])
        if name not in read:
            continue
        if chosen != codes[0] or name == "scenario":
            group = _GROUPS.get(name, name)
            label = next((key for key in (f"picture.{name}", f"control.{name}") if say.has(key)), None)
            value = next((key for key in (f"{group}.{chosen}", f"choice.{chosen}") if say.has(key)), None)
            words = (say(label) if label else name, say(value) if value else chosen)
            found.append(say("picture.setting", name=words[0], value=words[1]))
    return [*found, *(summary(context) if "set" in read else [])]


# --- the page ---------------------------------------------------------------------------------------------------------


@cache
def plotly_script() -> Path:
    """Return the script of the installed Plotly; nothing is fetched from anywhere."""
    import plotly  # noqa: PLC0415 - only its folder is needed

    return Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


def drawing_page() -> str:
    """Return the page in which the browser draws: Plotly's script and the fonts are read from files."""
    return _page(head=f'<script src="{plotly_script().as_uri()}"></script>', fonts=_font_faces())


def stand_alone_page(sheet: Sheet, width: int) -> str:
    """Return the sheet as one page that needs no other file and asks no other host."""
    policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    if sheet.figure is not None:
        head += f"<script>{plotly_script().read_text(encoding='utf-8')}</script>"
    head += f'<meta name="ipo-data:code" content="{escape(sheet.figure_code)}">'
    head += f'<meta name="ipo-data:link" content="{escape(sheet.link)}">'
    tail = f"<script>draw({sheet.spec(widths=[width])});</script>"
    return _page(head=head, tail=tail)


def _page(head: str, tail: str = "", fonts: str = "") -> str:
    text = _TEMPLATE.read_text(encoding="utf-8")
    for mark, content in (("/*fonts*/", fonts), ("<!--tail-->", tail), ("<!--head-->", head)):
        before, after = text.split(mark, 1)
        text = before + content + after
    return text


def _font_faces() -> str:
    if not has_fonts():
        return ""
    return "".join(
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; src: url("{font_file(weight).as_uri()}"); }}\n'
        for weight in WEIGHTS
    )
