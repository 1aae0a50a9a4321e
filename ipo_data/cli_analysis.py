"""Commands that compute: ``reconcile``, ``derive``, ``gaps`` and ``runway``."""

import argparse
from collections.abc import Callable
from datetime import date
from math import isfinite
from typing import Any, Final

from ipo_data.analysis.currency import Rates, rate_sets, rates_of
from ipo_data.analysis.ledger import ledger, narratives
from ipo_data.dataset import Dataset
from ipo_data.errors import OptionError, UnknownNameError, shown
from ipo_data.evidence import KINDS, admits, last_day
from ipo_data.export.analysis_rows import (
    DERIVED_TABLE,
    LEDGER_TABLE,
    derived_rows,
    derived_table_rows,
    ledger_rows,
    ledger_table_rows,
    narrative_rows,
    narrative_table_rows,
)
from ipo_data.export.tables import Row, csv_text, jsonl_text, table_text
from ipo_data.text.catalog import words

MOST_PATHS: Final = 50_000


def reconcile(options: argparse.Namespace) -> int:
    """Print the ledger: every stated figure and statement that other figures can test, with its verdict."""
    dataset = _evidence(options)
    rows = [row for row in ledger(dataset) if not options.company or row.claim.company in options.company]
    said = [row for row in narratives(dataset) if not options.company or row.company in options.company]
    if options.format == "jsonl":
        print(jsonl_text(ledger_rows(dataset, rows) + narrative_rows(dataset, said)), end="")
    else:
        table = ledger_table_rows(rows) + narrative_table_rows(said)
        print(table_text(table, LEDGER_TABLE) if table else "nothing can be tested\n", end="")
    return 0


def gaps(options: argparse.Namespace) -> int:
    """Print what one company has and another lacks, and what filling each gap would make computable."""
    from ipo_data.analysis.gaps import gaps as gaps_of  # noqa: PLC0415 - pandas only for this command
    from ipo_data.export.gap_rows import GAP_TABLE, gap_rows, gap_table_rows  # noqa: PLC0415 - pandas only here

    dataset = _evidence(options)
    found = [
        g for g in gaps_of(dataset, tuple(dataset.companies)) if not options.company or g.company in options.company
    ]
    if options.format == "jsonl":
        print(jsonl_text(gap_rows(dataset, found)), end="")
    else:
        print(table_text(gap_table_rows(found), GAP_TABLE) if found else "nothing is missing on one side\n", end="")
    return 0


def derive(options: argparse.Namespace) -> int:
    """Print every derived figure with its arithmetic, interval and inputs."""
    from ipo_data.analysis.derived_figures import derived_points  # noqa: PLC0415 - pandas only for this command

    dataset = _evidence(options)
    points = [item for item in derived_points(dataset) if not options.company or item[1].company in options.company]
    if options.format == "jsonl":
        print(jsonl_text(derived_rows(points)), end="")
    else:
        print(table_text(derived_table_rows(points), DERIVED_TABLE), end="")
    return 0


def runway(options: argparse.Namespace) -> int:
    """Print a runway scenario of one company: its summary, its months, and the spread if paths are asked for."""
    from ipo_data.analysis import runway_model as model  # noqa: PLC0415 - numpy and pandas only for this command

    dataset = _evidence(options)
    company = _one_company(options, dataset)
    chosen = _assumptions(options, dataset, company)
    if options.format == "csv":
        frame = model.monthly_frame(chosen)
        rows: list[Row] = [{str(k): _cell(v) for k, v in row.items()} for row in frame.to_dict("records")]
        print(csv_text(rows, [str(column) for column in frame.columns]), end="")
        return 0
    summary = _summary(model.runway(chosen), chosen)
    if options.paths:
        settings = model.preset_settings(
            dataset.scenarios[company], options.scenario, paths=options.paths, seed=options.seed,
            regime_jump=options.jump, correlations=_correlations(options, dataset, company),
        )  # fmt: skip
        summary |= _spread(model.monte_carlo(chosen, settings), options)
    if options.format == "json":
        print(jsonl_text([summary]), end="")
    else:
        listed: list[Row] = [{"figure": key, "value": value} for key, value in summary.items()]
        print(table_text(listed, ("figure", "value")), end="")
    return 0


def _cell(value: Any) -> str | float:  # noqa: ANN401 - cells of a frame
    return f"{value:%Y-%m-%d}" if hasattr(value, "strftime") else float(value)


def _assumptions(options: argparse.Namespace, dataset: Dataset, company: str) -> Any:  # noqa: ANN401 - RunwayAssumptions
    from ipo_data.analysis import runway_model as model  # noqa: PLC0415
    from ipo_data.analysis.runway_inputs import opening  # noqa: PLC0415
    from ipo_data.analysis.runway_model.own_values import own_assumptions  # noqa: PLC0415
    from ipo_data.exhibits.runway_run import FACILITIES  # noqa: PLC0415

    sets = rate_sets(dataset)
    rates = rates_of(dataset, "prospectus" if "prospectus" in sets else sets[0]) if sets else Rates("none", ())
    start = opening(dataset, company, rates, facilities=FACILITIES[options.lines], with_offer=options.offer)
    if start.inputs is None:
        lacking = ", ".join(words("en")(name) for name in start.missing)
        raise OptionError(f"no runway for {company}: this evidence lacks {lacking}")
    if company not in dataset.scenarios:
        raise UnknownNameError("company with scenarios", company, dataset.scenarios)
    records = dataset.scenarios[company]
    chosen = model.preset_assumptions(records, options.scenario, start.inputs)
    return own_assumptions(records, options.scenario, start.inputs, _changes(options, chosen))


def _changes(options: argparse.Namespace, chosen: Any) -> dict[str, float]:  # noqa: ANN401 - RunwayAssumptions
    """Return the values given with ``--set``; ``….growth`` alone stands for its start and end.

    Raises:
        OptionError: If one is not ``NAME=VALUE`` or lies outside its bounds.
        UnknownNameError: If one names no input.
    """
    from ipo_data.analysis.runway_model import levers  # noqa: PLC0415
    from ipo_data.analysis.runway_model.own_values import figure_levers, full_names, new_money_levers  # noqa: PLC0415

    known = {**levers(chosen), **figure_levers(levers(chosen)), **new_money_levers()}
    changes: dict[str, float] = {}
    for given in options.set:
        name, equals, text = given.partition("=")
        if not equals:
            raise OptionError(f"--set takes NAME=NUMBER, e.g. compute_price.change=0.3; got '{shown(given)}'")
        names = full_names(name, known)
        if not names:
            raise UnknownNameError("runway input", name, known)
        changes |= dict.fromkeys(names, known[names[0]].read(text))
    return changes


def _correlations(options: argparse.Namespace, dataset: Dataset, company: str) -> dict[tuple[str, str], float]:
    """Return the correlations given with ``--correlation A~B=VALUE``, which replace the listed ones.

    Raises:
        OptionError: If one is not of this form, names an input without a spread or lies outside its bounds.
    """
    from ipo_data.analysis.runway_model.own_values import own_values  # noqa: PLC0415

    spread = [entry.lever for entry in dataset.scenarios[company].uncertainty.spreads]
    text = ",".join(f"{company}.{given.replace('=', ':', 1)}" for given in options.correlation)
    found = own_values(text, company, {}, dataset.companies, spread)
    if found.refusals:
        raise OptionError("; ".join(refusal.message for refusal in found.refusals))
    return dict(found.correlations)


def _summary(result: Any, chosen: Any) -> dict[str, Any]:  # noqa: ANN401 - records of the runway model
    months = result.months
    return {
        "currency": chosen.currency, "balance_date": chosen.balance_date.isoformat(),
        "liquidity_millions": round(result_opening(chosen), 3), "horizon_months": chosen.horizon,
        "runway_months": round(months, 4) if isfinite(months) else None,
        "beyond_horizon": str(not isfinite(months)).lower(),
        "cash_out_date": _iso(result.cash_out_date), "break_even_month": result.break_even_month,
        "funding_need_millions": round(result.funding_need, 3),
    }  # fmt: skip


def result_opening(chosen: Any) -> float:  # noqa: ANN401 - RunwayAssumptions
    """Return opening liquidity in millions as the model counts it."""
    from ipo_data.analysis.runway_model import simulate  # noqa: PLC0415

    return float(simulate(chosen).liquidity[0, 0])


def _spread(result: Any, options: argparse.Namespace) -> dict[str, Any]:  # noqa: ANN401 - MonteCarloResult
    quantiles = result.runway_quantiles((0.1, 0.5, 0.9))
    written = {f"runway_p{level * 100:.0f}": round(v, 2) if isfinite(v) else None for level, v in quantiles.items()}
    shares = {f"share_out_within_{m}": round(result.probability_of_cash_out(m).value, 4) for m in (24, 36, 60)}
    return {"paths": options.paths, "seed": options.seed} | written | shares


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _one_company(options: argparse.Namespace, dataset: Dataset) -> str:
    if options.company not in dataset.companies:
        raise UnknownNameError("company", options.company, dataset.companies)
    return str(options.company)


def _evidence(options: argparse.Namespace) -> Dataset:
    dataset = Dataset.load(getattr(options, "seeds", None))
    for source in options.without:
        if source not in dataset.sources:
            raise UnknownNameError("document", source, sorted(dataset.sources))
    companies = options.company if isinstance(options.company, list) else []
    for company in companies:
        if company not in dataset.companies:
            raise UnknownNameError("company", company, dataset.companies)
    return dataset.restricted(admits(options.evidence, options.known_by, options.without), last_day(options.known_by))


# --- options --------------------------------------------------------------------------------------------------------


def _evidence_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--evidence", choices=KINDS, default="all", help="which documents count (all)")
    command.add_argument("--known-by", default="", metavar="DATE", help="leave out what was published after this day")
    command.add_argument("--without", action="append", default=[], metavar="ID", help="leave out a document")


def listing_options(command: argparse.ArgumentParser) -> None:
    """Add the options of ``reconcile``, ``derive`` and ``gaps``."""
    _evidence_options(command)
    command.add_argument("--format", choices=("table", "jsonl"), default="table", help="how to write them (table)")
    command.add_argument("--company", action="append", default=[], metavar="ID", help="only this company")


def runway_options(command: argparse.ArgumentParser) -> None:
    """Add the options of ``runway``."""
    _evidence_options(command)
    command.add_argument("--company", required=True, metavar="ID", help="company id")
    command.add_argument("--scenario", default="base", metavar="NAME", help="named scenario (base)")
    command.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="change one input")
    command.add_argument(
        "--correlation", action="append", default=[], metavar="A~B=VALUE", help="correlate two uncertain inputs"
    )
    command.add_argument("--jump", action="store_true", help="let sales and research jump together")
    command.add_argument(
        "--lines", nargs="?", const="yes", default="no", choices=("no", "yes", "draw"),
        help="undrawn bank lines: leave out (no), count as liquidity (yes, also if given alone), or draw when short, "
        "at their interest (draw)",
    )  # fmt: skip
    command.add_argument("--offer", action="store_true", help="add net offer proceeds in the month of listing")
    command.add_argument("--paths", type=_paths, default=0, metavar="N", help="simulate so many paths as well")
    command.add_argument("--seed", type=_seed, default=20_260_109, metavar="N", help="seed of the simulation")
    command.add_argument("--format", choices=("table", "json", "csv"), default="table", help="csv is month by month")


def _paths(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_PATHS:
        raise argparse.ArgumentTypeError(
            f"the number of paths must lie between 1 and {MOST_PATHS:,}, got '{text[:20]}'"
        )
    return int(text)


def _seed(text: str) -> int:
    if not text.isdecimal() or len(text) > 18:
        raise argparse.ArgumentTypeError(f"a seed is a whole number of at most 18 digits, got '{text[:20]}'")
    return int(text)


COMMANDS: Final[dict[str, Callable[[argparse.Namespace], int]]] = {
    "reconcile": reconcile, "derive": derive, "gaps": gaps, "runway": runway,
}  # fmt: skip
OPTIONS: Final[dict[str, Callable[[argparse.ArgumentParser], None]]] = {
    "reconcile": listing_options, "derive": listing_options, "gaps": listing_options, "runway": runway_options,
}  # fmt: skip
