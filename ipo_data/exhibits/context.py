"""The context an exhibit is built in: the evidence, the view, and how things are called and written in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache

import pandas as pd

from ipo_data import formatting
from ipo_data.analysis.bases import basis_of, flow_of, on_basis
from ipo_data.analysis.currency import (
    NATIVE,
    OWN,
    Rates,
    all_converted,
    own_rates,
    rate_sets,
    rates_of,
)
from ipo_data.analysis.point_frame import points_frame
from ipo_data.analysis.points import EMPTY_STATES, DataPoint, State, unique_claims
from ipo_data.analysis.valuation import revenue_basis_of
from ipo_data.charts.drawing import Drawing
from ipo_data.charts.theme import CompanyStyle, Look, blank, company_style
from ipo_data.dataset import Dataset
from ipo_data.evidence import admits, last_day
from ipo_data.exhibits.claim_notes import converted_at, flag_notes, judgement_notes
from ipo_data.exhibits.definitions import look_alike_notes
from ipo_data.exhibits.digits import carried, places
from ipo_data.exhibits.model import Exhibit, View
from ipo_data.exhibits.names import company_names
from ipo_data.exhibits.point_words import arithmetic, document, growth_notes, is_multiple, multiple_first, place, status
from ipo_data.exhibits.windows import is_money, window_notes
from ipo_data.model.claim import Claim
from ipo_data.periods import Instant, Period
from ipo_data.text.catalog import Words, words

_SOURCES_SHOWN = 3
_SCALED = ("month", "annualised")


def restricted_to(dataset: Dataset, view: View) -> Dataset:
    """Return the evidence a view admits: kinds of document, documents left out, and what was known by a date."""
    if view.evidence == "all" and not view.known_by and not view.without:
        return dataset
    return dataset.restricted(admits(view.evidence, view.known_by, view.without), last_day(view.known_by))


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
        self.companies = [c for c in view.companies if c in dataset.companies] or list(dataset.companies)
        self._names = company_names(dataset, view.language)

    # --- names and figures --------------------------------------------------------------------------------------

    @property
    def alone(self) -> str | None:
        """The name of the only company, to which nothing is compared; ``None`` of several."""
        return self.name(self.companies[0]) if len(self.companies) == 1 else None

    @cached_property
    def look(self) -> Look:
        """Theme, company styles and writers for the charts."""
        order = {name: index for index, name in enumerate(self.dataset.companies)}
        styles: dict[str, CompanyStyle] = {
            name: company_style(self.name(name), self.dataset.companies[name].color, order[name], self.view.theme)
            for name in self.companies
        }
        return Look(self.say, self.view.theme, styles, self.label, self.write, self.when, self.view.narrow)

    def name(self, company: str) -> str:
        """Return a company's name."""
        return self._names[company]

    def member(self, company: str, axis: str, member: str) -> str:
        """Return the label of an axis member."""
        own = next((key for key in (f"member.{member}", f"{axis}.{member}") if self.say.has(key)), None)
        if own is not None:
            return self.say(own)
        return self.dataset.say(self.dataset.member_label(company, axis, member), self.view.language)

    def label(self, measure: str, company: str) -> str:
        """Return the label of a metric or derived measure."""
        del company  # labels are the same for all companies
        if self.say.has(f"metric.{measure}"):
            return self.say(f"metric.{measure}")
        flow = flow_of(measure)
        if flow != measure and self.say.has(f"metric.{flow}"):
            return self.say.commas((self.say(f"metric.{flow}"), self.say(f"basis.{basis_of(measure)}")))
        return measure

    def dimensions(self, company: str, dimensions: dict[str, str]) -> str:
        """Return a breakdown for readers: ``C-end (consumers)``; an axis without a member has no word."""
        return " · ".join(self.member(company, axis, member) for axis, member in sorted(dimensions.items()) if member)

    def write(self, value: float, unit: str) -> str:
        """Write a value."""
        return _written(value, unit, self.view.language)

    def when(self, label: str) -> str:
        """Write a period label or date."""
        if ".." in label:
            return formatting.period(Period.parse(label), self.view.language)
        return formatting.period_label(label, self.view.language) if label else ""

    def period(self, when: Period | Instant | None) -> str:
        """Write a period or date."""
        return formatting.period(when, self.view.language)

    def point(self, point: DataPoint) -> str:
        """Write a data point: its figure with the document's hedge, or the words of its empty state."""
        if point.value is None:
            return self.say(f"state.{point.state}")
        claim = self._printed(point)
        if claim is not None:
            return formatting.claim_figure(claim, self.view.language)
        language, digits = self.view.language, places(point)
        text = formatting.value(point.value, point.unit, language, digits=digits, significant=carried(point))
        inclusive = bool(point.formula) or self._is_inclusive(point)
        return formatting.hedged(text, point.bound, self.view.language, inclusive=inclusive)

    def short(self, point: DataPoint) -> str:
        """Write a data point for a chart's label or a sentence: its figure rounded to at most four digits.

        Growth that is a multiple of its base is written as that, with the percentage: ``8.90× (+790.3%)``.
        """
        if point.value is None:
            return self.point(point)
        claim = self._printed(point)
        text = self.point(point) if claim is None else formatting.short_figure(claim, self.view.language)
        return multiple_first(self, point, text) if is_multiple(point) else text

    def _is_inclusive(self, point: DataPoint) -> bool:
        """Tell whether the document behind a point that is converted says *at least* and not *over*."""
        claim = self.dataset.claim_by_id.get(point.claims[0]) if point.claims else None
        return claim is not None and claim.bound_is_inclusive

    def _printed(self, point: DataPoint) -> Claim | None:
        """Return the claim that prints exactly this point, unless it is computed or converted."""
        claim = self.dataset.claim_by_id.get(point.claims[0]) if point.claims and not point.formula else None
        return claim if claim is not None and not point.rate and claim.quantity.value == point.value else None

    def sentence(self, key: str, **values: object) -> str:
        """Return a text whose first letter is a capital, for sentences that begin with a placeholder."""
        text = self.say(key, **values)
        return text[:1].upper() + text[1:]

    def counted(self, one: str, many: str, count: int) -> str:
        """Write a number of things: the text ``one`` speaks of a single thing, ``many`` of any other number."""
        return self.say(one if count == 1 else many, count=formatting.number(count))

    def clauses(self, sentences: Iterable[str]) -> str:
        """Join clauses that hold commas or conjunctions of their own."""
        return self.say("segments.separator").join(sentences)

    def title(self, name: str, sentences: Sequence[str], *, clauses: bool = False, **values: object) -> str:
        """Return ``<name>.title`` with the sentences as its parts, or ``<name>.neutral`` where the data support none.

        Args:
            name: Prefix of the text ids.
            sentences: One sentence per company, in order.
            clauses: Whether the sentences are long and are kept apart by semicolons.
            **values: Further placeholders of the title.
        """
        if not sentences:
            return self.say(f"{name}.neutral")
        parts = self.clauses(sentences) if clauses else self.say.join(list(sentences))
        return self.say(f"{name}.title", parts=parts, **values)

    # --- currency -----------------------------------------------------------------------------------------------

    @cached_property
    def rates(self) -> Rates:
        """The chosen rate set, or the first the evidence offers, or an empty one; or the reader's own rates."""
        offered = rate_sets(self.dataset)
        own = self.view.rates == OWN
        wanted = View().rates if own else self.view.rates
        name = wanted if wanted in offered else next(iter(offered), "none")
        if own:
            return own_rates(self.dataset, name, {"usdcny": self.view.usdcny, "usdhkd": self.view.usdhkd})
        return rates_of(self.dataset, name) if offered else Rates("none", ())

    @property
    def common_currency(self) -> str:
        """The currency in which firms are set side by side: the chosen one, else US$."""
        return "USD" if self.view.currency == NATIVE else self.view.currency

    @property
    def accounts_currency(self) -> str:
        """The common currency of figures from accounts; of one company alone that in which it reports."""
        own = self.dataset.companies[self.companies[0]].reporting_currency
        its_own = self.alone and self.view.currency == NATIVE and self.say.has(f"currency.{own}")
        return own if its_own else self.common_currency

    def shown(self, points: Iterable[DataPoint]) -> list[DataPoint]:
        """Return points in the view's currency for text; without a rate they stay in their own."""
        return all_converted(points, self.view.currency, self.rates)

    def on_one_axis(self, points: Iterable[DataPoint], currency: str) -> list[DataPoint]:
        """Return points in one currency for a chart; money without a rate is named as not available, never drawn."""
        converted = all_converted(points, currency, self.rates)
        return converted if currency == NATIVE else [_without_rate(p, currency) for p in converted]

    # --- basis --------------------------------------------------------------------------------------------------

    @property
    def basis(self) -> str:
        """The chosen basis of flows in words, for subtitles."""
        return self.say(f"basis.{self.view.basis}")

    def on_basis(self, company: str, metric: str = "revenue", *, at: str | None = None, **dimensions: str) -> DataPoint:
        """Return a company's flow on the chosen basis, of the latest period or up to its end, or why there is none."""
        return on_basis(self.dataset, company, self.view.basis, metric, at=at, **dimensions)

    def window(self, point: DataPoint) -> str:
        """Write a flow's period with its basis: ``9M 2025, per month``; twelve months say so themselves."""
        basis = basis_of(point.measure)
        return self.say.commas((self.period(point.when), self.say(f"basis.{basis}") if basis in _SCALED else ""))

    def during(self, point: DataPoint) -> str:
        """Write when a flow was, for sentences: ``in 9M 2025, per month``, ``in the 12 months to Sep 2025``."""
        twelve = isinstance(point.when, Period) and point.when.label.startswith("LTM")
        return self.say("during.twelve_months" if twelve else "during.period", period=self.window(point))

    @property
    def revenue_basis(self) -> str:
        """The revenue under multiples of market value where flows stand on the chosen basis."""
        return revenue_basis_of(self.view.basis)

    # --- assembling ---------------------------------------------------------------------------------------------

    def exhibit(
        self, name: str, title: str, subtitle: str, figure: Drawing | None, points: Sequence[DataPoint], *,
        notes: Sequence[str] = (), claims: Iterable[str] = (), table: pd.DataFrame | None = None,
        footed: bool = False, projected: bool = False, overall: bool = False,
    ) -> Exhibit:  # fmt: skip
        """Put an exhibit together: table, states, notes on conversion and the source line follow from the points.

        Args:
            name: Id of the exhibit.
            title: Takeaway, or neutral title.
            subtitle: Measure, unit, currency, basis, window.
            figure: The chart, or ``None`` for a table.
            points: The data points shown.
            notes: The exhibit's own notes, which come first.
            claims: Claims drawn on besides those of the points.
            table: The table, if it is not one row per point.
            projected: Whether it shows results of a scenario that are no points, so that it carries their mark.
            overall: Whether it counts or lists all that the evidence holds and so rests on every document of it.
            footed: Whether the exhibit puts unequal windows on one footing itself, and says how.
        """
        used = tuple(dict.fromkeys([*unique_claims(points), *claims]))
        states = [str(p.state) for p in points] + [str(State.SCENARIO)] * projected
        windows = [] if footed else window_notes(self, points)
        rows = _in_table(self.table(points) if table is None else table)
        figure = blank(self.look, self.say("table.nothing")) if figure is None and rows.empty else figure
        return Exhibit(
            id=name,
            title=title,
            subtitle=subtitle,
            figure=figure,
            alt=self.say.paragraph((title, subtitle)),
            points=tuple(points),
            table=rows,
            claims=used,
            states=tuple(dict.fromkeys(states)),
            notes=(
                *notes,
                *windows,
                *look_alike_notes(self, points, name),
                *judgement_notes(self, points),
                *(growth_notes(self, points) if figure is not None else []),
                *self.conversion_notes(points),
                *flag_notes(self, used),
            ),
            source_line=self.every_source_line() if overall else self.source_line(used),
        )

    def frame(self, points: Iterable[DataPoint]) -> pd.DataFrame:
        """Return the points as a frame for a chart, each with its figure as table and labels write it."""
        return points_frame(points, self.point, self.short)

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
            status(self, point), arithmetic(self, point) or reason,
        ]  # fmt: skip

    def conversion_notes(self, points: Iterable[DataPoint]) -> list[str]:
        """Return a note per exchange rate used, with its date and document."""
        return self.rate_notes(p.rate for p in points if p.rate)

    def rate_notes(self, used: Iterable[str]) -> list[str]:
        """Return a note per exchange rate, given the ids of the rates used (several joined by spaces)."""
        return [converted_at(self, rate) for rate in self.rates.by_id(" ".join(dict.fromkeys(used)))]

    def source_name(self, source: str) -> str:
        """Return a document's short name: publisher and date."""
        record = self.dataset.sources[source]
        name = self.dataset.say(record.short, self.view.language) if record.short is not None else record.publisher
        return name + self.say.aside(formatting.instant(record.published_on, self.view.language))

    def by_authority(self, counts: Mapping[str, int]) -> list[str]:
        """Return documents from filings to the press, of one kind the most used first, given how often each is used."""
        return sorted(counts, key=lambda s: (self.dataset.sources[s].kind.rank, -counts[s], s))

    def source_line(self, claims: Iterable[str]) -> str:
        """Return the documents behind some claims, shortened after three: by kind from filings on, then by use."""
        counts: dict[str, int] = {}
        for name in claims:
            source = self.dataset.claim_by_id[name].source
            counts[source] = counts.get(source, 0) + 1
        names = [self.source_name(source) for source in self.by_authority(counts)]
        if not names:
            return self.say("source.none")
        rest = f" +{len(names) - _SOURCES_SHOWN}" if len(names) > _SOURCES_SHOWN else ""
        return self.say("source.line", names=self.clauses(names[:_SOURCES_SHOWN]) + rest)

    def every_source_line(self) -> str:
        """Return that something rests on the whole evidence of the chosen companies, with its size."""
        own = sum(claim.company in self.companies for claim in self.dataset.claims)
        if not own:
            return self.say("source.none")
        return self.say("source.every", claims=self.counted("count.claim", "count.claims", own))

    def claims_table(self, claims: Iterable[str]) -> pd.DataFrame:
        """Return the claims behind an exhibit as written text: figure, document, place, remark."""
        rows = [self._claim_row(self.dataset.claim_by_id[name]) for name in claims]
        columns = [
            self.say(f"table.{c}") for c in ("company", "item", "period", "figure", "document", "place", "remark")
        ]
        return _in_table(pd.DataFrame(rows, columns=columns, dtype="str"))

    def _claim_row(self, claim: Claim) -> list[str]:
        item = self.label(claim.metric, claim.company)
        part = self.dimensions(claim.company, dict(claim.dimensions))
        remarks = [self.say(f"flag.{flag}") for flag in claim.flags]
        if claim.note is not None:
            remarks.append(self.dataset.say(claim.note, self.view.language))
        return [
            self.name(claim.company), f"{item} · {part}" if part else item, self.period(claim.span or claim.instant),
            formatting.claim_figure(claim, self.view.language), document(self, claim.source), place(self, claim),
            self.clauses(remarks),
        ]  # fmt: skip

    def with_language(self, language: str) -> "Context":
        """Return the same context in another language."""
        return Context(self.dataset, replace(self.view, language=language))


@lru_cache(maxsize=16_384, typed=True)
def _written(value: float, unit: str, language: str) -> str:
    """Write a value once: charts write the same months again whenever a control moves one line of several."""
    return formatting.value(value, unit, language)


def _without_rate(point: DataPoint, currency: str) -> DataPoint:
    if point.value is None or not is_money(point) or point.unit == currency:
        return point
    return replace(
        point, value=None, interval=None, unit=currency, state=State.NOT_AVAILABLE, reason="reason.no_rate", formula=""
    )  # fmt: skip


def _in_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with negative figures in parentheses; pandas' own ``map`` takes twice as long."""
    rows = table.to_numpy(dtype=object).tolist()
    written = [[formatting.in_table(cell) for cell in row] for row in rows]
    return table if written == rows else pd.DataFrame(written, table.index, table.columns, dtype="str")
