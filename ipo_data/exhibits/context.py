"""The context an exhibit is built in: the evidence, the view, and how things are called and written in it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

import pandas as pd

from ipo_data import formatting
from ipo_data.analysis.currency import NATIVE, Rates, all_converted, rate_sets, rates_of
from ipo_data.analysis.points import EMPTY_STATES, DataPoint, State, unique_claims
from ipo_data.charts.theme import CompanyStyle, Look, company_style
from ipo_data.dataset import Dataset
from ipo_data.exhibits.model import Exhibit, View
from ipo_data.model.claim import Claim
from ipo_data.model.source import Source
from ipo_data.periods import Instant, Period
from ipo_data.text.catalog import Words, words

_SOURCES_SHOWN = 3


def restricted_to(dataset: Dataset, view: View) -> Dataset:
    """Return the evidence a view admits: kinds of document, documents left out, and what was known by a date."""

    def admitted(source: Source) -> bool:
        if view.evidence == "filings" and not source.kind.is_primary:
            return False
        if view.evidence == "articles" and source.collection != "articles":
            return False
        if view.known_by and source.published_on.last > Instant.parse(view.known_by).last:
            return False
        return source.id not in view.without

    everything = view.evidence == "all" and not view.known_by and not view.without
    return dataset if everything else dataset.restricted(admitted)


class Context:
    """What exhibit builders work with.

    Args:
        dataset: The whole data set or already restricted evidence.
        view: What the reader asks to see.
    """

    def __init__(self, dataset: Dataset, view: View) -> None:
        self.dataset = dataset
        self.view = view
        self.say: Words = words(view.language)
        wanted = [c for c in view.companies if c in dataset.companies]
        self.companies: list[str] = wanted or list(dataset.companies)

    # --- names and figures --------------------------------------------------------------------------------------

    @cached_property
    def look(self) -> Look:
        """Theme, company styles and writers for the charts."""
        order = {name: index for index, name in enumerate(self.dataset.companies)}
        styles: dict[str, CompanyStyle] = {
            name: company_style(self.name(name), self.dataset.companies[name].color, order[name], self.view.theme)
            for name in self.companies
        }
        return Look(self.say, self.view.theme, styles, self.label, self.write, self.when)

    def name(self, company: str) -> str:
        """Return a company's name."""
        return self.dataset.say(self.dataset.companies[company].name, self.view.language)

    def member(self, company: str, axis: str, member: str) -> str:
        """Return the label of an axis member."""
        key = f"member.{member}"
        if self.say.has(key):
            return self.say(key)
        return self.dataset.say(self.dataset.member_label(company, axis, member), self.view.language)

    def label(self, measure: str, company: str) -> str:
        """Return the label of a metric or derived measure."""
        del company  # labels are the same for all companies
        return self.say(f"metric.{measure}") if self.say.has(f"metric.{measure}") else measure

    def dimensions(self, company: str, dimensions: dict[str, str]) -> str:
        """Return a breakdown for readers: ``C-end (consumers)``."""
        return " · ".join(self.member(company, axis, member) for axis, member in sorted(dimensions.items()))

    def write(self, value: float, unit: str) -> str:
        """Write a value."""
        return formatting.value(value, unit, self.view.language)

    def when(self, label: str) -> str:
        """Write a period label or date."""
        if not label:
            return ""
        if label.startswith("LTM-"):
            return self.say("format.ltm", end=formatting.instant(Instant.parse(label[4:]), self.view.language))
        if ".." in label:
            return formatting.period(Period.parse(label), self.view.language)
        return formatting.period_label(label, self.view.language)

    def period(self, when: Period | Instant | None) -> str:
        """Write a period or date."""
        if isinstance(when, Period):
            return self.when(when.label)
        return formatting.period(when, self.view.language)

    def point(self, point: DataPoint) -> str:
        """Write a data point: its figure with the document's hedge, or the words of its empty state."""
        if point.value is None:
            return self.say(f"state.{point.state}")
        claim = self.dataset.claim_by_id.get(point.claims[0]) if point.claims and not point.formula else None
        if claim is not None and not point.rate and claim.quantity.value == point.value:
            return formatting.claim_figure(claim, self.view.language)
        text = formatting.value(point.value, point.unit, self.view.language, digits=_digits(point))
        return formatting.hedged(text, point.bound, self.view.language)

    # --- currency -----------------------------------------------------------------------------------------------

    @cached_property
    def rates(self) -> Rates:
        """The chosen rate set, or the first the evidence offers, or an empty one."""
        offered = rate_sets(self.dataset)
        if not offered:
            return Rates("none", ())
        return rates_of(self.dataset, self.view.rates if self.view.rates in offered else offered[0])

    @property
    def common_currency(self) -> str:
        """The currency in which firms are set side by side: the chosen one, else US$."""
        return "USD" if self.view.currency == NATIVE else self.view.currency

    def shown_in(self, points: Iterable[DataPoint], currency: str | None = None) -> list[DataPoint]:
        """Return points in the view's currency, or in the given one."""
        return all_converted(points, currency or self.view.currency, self.rates)

    # --- assembling ---------------------------------------------------------------------------------------------

    def exhibit(
        self, name: str, title: str, subtitle: str, figure: object, points: Sequence[DataPoint], *,
        notes: Sequence[str] = (), claims: Iterable[str] = (), table: pd.DataFrame | None = None,
    ) -> Exhibit:  # fmt: skip
        """Put an exhibit together: table, states, notes on conversion and the source line follow from the points."""
        used = tuple(dict.fromkeys([*unique_claims(points), *claims]))
        states = tuple(dict.fromkeys(str(p.state) for p in points))
        own = table if table is not None else self.table(points)
        all_notes = [*notes, *self.judgement_notes(points), *self.conversion_notes(points), *self.flag_notes(used)]
        return Exhibit(
            name, title, subtitle, figure, f"{title} {subtitle}", tuple(points), own, used, states, tuple(all_notes),  # type: ignore[arg-type]
            self.source_line(used),
        )  # fmt: skip

    def table(self, points: Sequence[DataPoint]) -> pd.DataFrame:
        """Return the points as written text, one row each, empty states last."""
        ordered = sorted(points, key=lambda p: p.state in EMPTY_STATES)
        rows = [self._row(point) for point in ordered]
        columns = [self.say(f"table.{c}") for c in ("company", "item", "period", "figure", "status", "formula")]
        return pd.DataFrame(rows, columns=columns, dtype="str")

    def _row(self, point: DataPoint) -> list[str]:
        item = self.label(point.measure, point.company)
        part = self.dimensions(point.company, point.dimensions)
        reason = self.say(point.reason) if point.reason else ""
        return [
            self.name(point.company), f"{item} · {part}" if part else item, self.period(point.when), self.point(point),
            self.say(f"state.{point.state}"), point.formula or reason,
        ]  # fmt: skip

    def judgement_notes(self, points: Iterable[DataPoint]) -> list[str]:
        """Return a note per judged figure: what is shown, what other documents print, and why."""
        facts = dict.fromkeys(name for p in points if p.state is State.JUDGED and not p.formula for name in p.facts)
        notes = []
        for name in facts:
            fact = self.dataset.fact_by_id[name]
            if fact.shown is None or not fact.rivals:
                continue
            rivals = {formatting.claim_figure(c, self.view.language): c.source for c in fact.rivals}
            others = self.say.join(
                [self.say("note.rival", figure=f, source=self.source_name(s)) for f, s in rivals.items()]
            )
            reason = (
                self.dataset.say(fact.judgement.because, self.view.language)
                if fact.judgement
                else self.say("note.filing_first")
            )
            part = self.dimensions(fact.company, fact.dimensions)
            item = " · ".join(w for w in (self.name(fact.company), self.label(fact.metric.id, fact.company), part) if w)
            notes.append(
                self.say(
                    "note.judged",
                    item=item,
                    figure=formatting.claim_figure(fact.shown, self.view.language),
                    rivals=others,
                    reason=reason,
                )
            )
        return notes

    def conversion_notes(self, points: Iterable[DataPoint]) -> list[str]:
        """Return a note per exchange rate used, with its date and document."""
        used = " ".join(dict.fromkeys(p.rate for p in points if p.rate))
        notes = []
        for rate in self.rates.by_id(used):
            source = self.source_name(rate.source) if rate.source else self.say("rate.convention")
            notes.append(self.say("note.rate", base=formatting.currency_name(rate.base, self.view.language), quote=formatting.currency_name(rate.quote, self.view.language), rate=f"{rate.rate.normalize():f}", set=self.say(f"rates.{rate.set}") if self.say.has(f"rates.{rate.set}") else rate.set, source=source))  # fmt: skip
        return notes

    def flag_notes(self, claims: Iterable[str]) -> list[str]:
        """Return a note per claim that a reader flagged as suspect, with the reader's remark."""
        notes = []
        for name in claims:
            claim = self.dataset.claim_by_id.get(name)
            if claim is not None and "suspect" in claim.flags and claim.note is not None:
                remark = self.dataset.say(claim.note, self.view.language)
                notes.append(
                    self.say(
                        "note.suspect",
                        figure=formatting.claim_figure(claim, self.view.language),
                        source=self.source_name(claim.source),
                        remark=remark,
                    )
                )
        return notes

    def source_name(self, source: str) -> str:
        """Return a document's short name: publisher and date."""
        record = self.dataset.sources[source]
        if record.short is not None:
            return f"{self.dataset.say(record.short, self.view.language)} ({formatting.instant(record.published_on, self.view.language)})"
        return f"{record.publisher} ({formatting.instant(record.published_on, self.view.language)})"

    def source_line(self, claims: Iterable[str]) -> str:
        """Return the documents behind some claims, most used first, shortened after three."""
        counts: dict[str, int] = {}
        for name in claims:
            source = self.dataset.claim_by_id[name].source
            counts[source] = counts.get(source, 0) + 1
        names = [self.source_name(s) for s in sorted(counts, key=lambda s: (-counts[s], s))]
        if not names:
            return self.say("source.none")
        rest = f" +{len(names) - _SOURCES_SHOWN}" if len(names) > _SOURCES_SHOWN else ""
        return self.say("source.line", names="; ".join(names[:_SOURCES_SHOWN]) + rest)

    def claims_table(self, claims: Iterable[str]) -> pd.DataFrame:
        """Return the claims behind an exhibit as written text: figure, document, place, remark."""
        rows = [self._claim_row(self.dataset.claim_by_id[name]) for name in claims]
        columns = [
            self.say(f"table.{c}") for c in ("company", "item", "period", "figure", "document", "place", "remark")
        ]
        return pd.DataFrame(rows, columns=columns, dtype="str")

    def _claim_row(self, claim: Claim) -> list[str]:
        item = self.label(claim.metric, claim.company)
        part = self.dimensions(claim.company, dict(claim.dimensions))
        remarks = [self.say(f"flag.{flag}") for flag in claim.flags]
        if claim.note is not None:
            remarks.append(self.dataset.say(claim.note, self.view.language))
        return [
            self.name(claim.company), f"{item} · {part}" if part else item, self.period(claim.span or claim.instant),
            formatting.claim_figure(claim, self.view.language), self.source_name(claim.source), claim.at or "", "; ".join(remarks),
        ]  # fmt: skip

    def with_language(self, language: str) -> "Context":
        """Return the same context in another language."""
        return Context(self.dataset, replace(self.view, language=language))


def _digits(point: DataPoint) -> int | None:
    """Keep the printed precision of stated percentages and multiples; derived ones have one place."""
    if point.interval is None or point.state in (State.DERIVED, State.SCENARIO) or point.unit not in ("percent", "x"):
        return None
    if not point.interval.bounded:
        value = point.value.normalize().as_tuple().exponent if point.value is not None else 0
        return max(0, -value) if isinstance(value, int) else 0
    exponent = point.interval.width.normalize().adjusted()
    return max(0, -exponent)
