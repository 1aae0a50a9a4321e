"""What every format of a memo says: captions, footnotes, sources, settings and the figures that were recomputed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Final

from ipo_data import formatting
from ipo_data.analysis.currency import OwnRate
from ipo_data.analysis.ledger import LedgerRow, ledger
from ipo_data.analysis.verdicts import TieOut
from ipo_data.dataset import Dataset
from ipo_data.errors import is_visible
from ipo_data.exhibits.context import Context
from ipo_data.exhibits.model import Exhibit, View
from ipo_data.exhibits.point_words import place
from ipo_data.export.packs.spec import MemoSpec
from ipo_data.model.claim import Claim
from ipo_data.model.rate import FxRate
from ipo_data.model.source import Source

_VERDICTS: Final = (
    TieOut.IN_CONFLICT, TieOut.OTHER_BASIS, TieOut.LOOSE_WORDING, TieOut.WITHIN_ROUNDING, TieOut.EXACT,
    TieOut.NOT_COMPUTABLE,
)  # fmt: skip
"""Verdicts in reading order, worst first."""
_PLACES_SHOWN: Final = 6
_DIGEST_SHOWN: Final = 12
_FIRST_WIDE: Final = "\u2e80"
_BREAKS: Final = frozenset("\n\t")


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn exhibit: one sheet with takeaway, chart, notes and figure code, or the chart alone.

    Attributes:
        png: The file.
        size: Width and height in layout pixels.
    """

    png: bytes
    size: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class MemoExhibit:
    """One exhibit of a memo, ready to be written.

    Attributes:
        exhibit: Takeaway, chart, table, notes and claims.
        page: Page id.
        view: The view it was built in.
        number: Position in the memo, from 1.
        code: Figure code: the same data in the same view give the same code.
        link: Address that opens this view.
        picture: The exhibit as PNG; ``None`` for tables and where no browser can draw it.
        note: The analyst's own words.
        charts: The chart without its words as PNG, by form (``column``, ``strip``).
        facts: What else decides the figures: status, newest document, evidence, currency, settings, seed.
    """

    exhibit: Exhibit
    page: str
    view: View
    number: int
    code: str
    link: str
    picture: Picture | None = None
    note: str = ""
    charts: Mapping[str, Picture] = field(default_factory=dict)
    facts: tuple[str, ...] = ()

    def drawn(self, form: str) -> Picture | None:
        """Return the chart alone in a form, else the whole sheet; ``None`` if nothing is drawn."""
        return self.charts.get(form, self.picture)

    @property
    def name(self) -> str:
        """Name in files and on sheets: ``03-revenue-spans``."""
        return f"{self.number:02d}-{self.exhibit.id}"


@dataclass(frozen=True)
class Memo:
    """A memo ready to be written in any format.

    Attributes:
        spec: What was asked for.
        dataset: The whole data set, from which the evidence of the memo is taken.
        context: Language, names and the evidence that counts.
        exhibits: The exhibits in order.
        no_pictures: Why charts could not be drawn, in the memo's language; empty if they could.
    """

    spec: MemoSpec
    dataset: Dataset
    context: Context
    exhibits: tuple[MemoExhibit, ...]
    no_pictures: str = ""

    # --- evidence -----------------------------------------------------------------------------------------------

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim drawn on, once, in order of first use."""
        used = dict.fromkeys(name for item in self.exhibits for name in item.exhibit.claims)
        return tuple(self.context.dataset.claim_by_id[name] for name in used)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every document drawn on, oldest first."""
        used = {claim.source for claim in self.claims} | {
            rate.source for rate in self.rates if isinstance(rate, FxRate) and rate.source
        }
        known = self.context.dataset.sources
        return tuple(sorted((known[name] for name in used), key=lambda s: (s.published_on.last, s.id)))

    @cached_property
    def rates(self) -> tuple[FxRate | OwnRate, ...]:
        """Every exchange rate used by a figure of the memo."""
        used = [rate for item in self.exhibits for point in item.exhibit.points for rate in point.rate.split()]
        return tuple(self.context.rates.by_id(" ".join(dict.fromkeys(used))))

    @cached_property
    def tie_outs(self) -> tuple[LedgerRow, ...]:
        """Every figure of the memo that other figures can test: what does not tie first, then in order of first use."""
        order = {claim.id: number for number, claim in enumerate(self.claims)}
        rows = [row for row in ledger(self.context.dataset) if row.claim.id in order]
        return tuple(sorted(rows, key=lambda row: (_VERDICTS.index(row.verdict), order[row.claim.id], row.id)))

    @cached_property
    def made(self) -> datetime:
        """The date that files carry: publication of the newest document, not the clock, so that bytes repeat."""
        days = [source.published_on.last for source in self.sources or self.context.dataset.sources.values()]
        return datetime(*max(days).timetuple()[:3], tzinfo=UTC) if days else datetime(2000, 1, 1, tzinfo=UTC)

    # --- sentences ----------------------------------------------------------------------------------------------

    @property
    def as_of(self) -> str:
        """Newest document and state of the records, on one line."""
        day = formatting.day(self.made.date(), self.spec.language)
        return self.context.say("pack.as_of", day=day, digest=self.dataset.digest[:_DIGEST_SHOWN])

    def heading(self, item: MemoExhibit) -> str:
        """Return number and takeaway."""
        return self.context.say("exhibit.heading", number=item.number, title=item.exhibit.title)

    def caption(self, item: MemoExhibit) -> str:
        """Return what stands below: documents with the places used, what else decides the figures, figure code."""
        return " · ".join(word for word in (self.places(item.exhibit.claims), *item.facts, self.code(item)) if word)

    def code(self, item: MemoExhibit) -> str:
        """Return the figure code with its word."""
        return self.context.say("pack.code", code=item.code)

    def footnotes(self, item: MemoExhibit) -> list[str]:
        """Return the notes of an exhibit and, last, its documents with the places used."""
        return [*item.exhibit.notes, self.places(item.exhibit.claims)]

    def places(self, claims: Iterable[str]) -> str:
        """Return documents with the paragraphs and pages used, filings first; names of tables are left out."""
        found: dict[str, list[str]] = {}
        for name in claims:
            claim = self.context.dataset.claim_by_id[name]
            place = claim.locator.place if claim.locator else ""
            found.setdefault(claim.source, []).append(place if place.startswith(("¶", "p.")) else "")
        ordered = self.context.by_authority({source: len(places) for source, places in found.items()})
        names = [" ".join([self.context.source_name(s), _listed(found[s])]).strip() for s in ordered]
        return self.context.say("source.line", names=self.context.clauses(names)) if names else self.no_sources

    @property
    def no_sources(self) -> str:
        """What stands where no document is drawn on."""
        return self.context.say("source.none")

    def settings(self) -> list[tuple[str, str]]:
        """Return what was chosen for the memo: language, companies, currency, rates and evidence, as written."""
        say, spec = self.context.say, self.spec
        names = say.join([self.context.name(company) for company in self.context.companies])
        evidence = [say(f"evidence.{spec.evidence}")]
        if spec.known_by:
            evidence.append(say("pack.known_by", day=spec.known_by))
        evidence += [say("pack.left_out", source=self._document(source)) for source in spec.without]
        rates = f"rates.{self.context.rates.name}"
        return [
            (say("control.companies"), names),
            (say("control.currency"), say(f"currency.{spec.currency}")),
            (say("control.rates"), say(rates) if say.has(rates) else self.context.rates.name),
            (say("control.evidence"), self.context.clauses(evidence)),
            (say("pack.data"), self.dataset.digest),
        ]

    def _document(self, source: str) -> str:
        return Context(self.dataset, View(language=self.spec.language)).source_name(source)

    def assumptions(self) -> list[str]:
        """Return every note of every exhibit once: rates, judgements, scenario and definitions behind the figures."""
        rates = self.context.rate_notes(rate.id for rate in self.rates)
        notes = [note for item in self.exhibits for note in item.exhibit.notes]
        return list(dict.fromkeys([*rates, *notes]))

    def subject(self, claim: Claim) -> str:
        """Return what a claim is about: company, metric, breakdown and time."""
        context = self.context
        part = context.dimensions(claim.company, dict(claim.dimensions))
        label, when = context.label(claim.metric, claim.company), context.period(claim.span or claim.instant)
        return " · ".join(word for word in (context.name(claim.company), label, part, when) if word)

    def citation(self, claim: Claim) -> str:
        """Return figure as printed, document and place of a claim."""
        words = (claim.says, self.context.source_name(claim.source), place(self.context, claim) if claim.at else "")
        return " · ".join(word for word in words if word)


def _listed(places: Iterable[str]) -> str:
    distinct = [place for place in dict.fromkeys(places) if place]
    more = f" +{len(distinct) - _PLACES_SHOWN}" if len(distinct) > _PLACES_SHOWN else ""
    return ", ".join(sorted(distinct[:_PLACES_SHOWN], key=_page_order)) + more


def _page_order(place: str) -> tuple[str, int]:
    digits = "".join(c for c in place if c.isdigit())
    return place.rstrip("0123456789"), int(digits[:9]) if digits else 0


def visible(text: str) -> str:
    """Return a text that no file format chokes on: characters that hide, reorder or control are written as escapes."""
    if text.isprintable():
        return text
    written = (c if is_visible(c) or c in _BREAKS else c.encode("unicode_escape").decode() for c in text)
    return "".join(written)


def width_of(text: str) -> int:
    """Return how many Latin letters wide a text is; Chinese characters count twice."""
    return sum(1 + (character >= _FIRST_WIDE) for character in text)
