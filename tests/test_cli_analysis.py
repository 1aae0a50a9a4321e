"""Commands that compute: their output by hand, evidence options, refusals."""

import json

import pytest

from ipo_data.cli import main

LEDGER_KEYS = [
    "id", "company", "rule", "stated", "low", "high", "computed_low", "computed_high", "verdict", "inputs",
    "explanation",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _own_seeds(monkeypatch):
    monkeypatch.delenv("IPO_SEEDS", raising=False)


@pytest.fixture
def run(capsys):
    def command(*words):
        try:
            status = main(list(words))
        except SystemExit as stop:
            status = int(stop.code or 0)
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return command


def lines_of(text):
    return [json.loads(line) for line in text.splitlines()]


def test_reconcile_writes_the_ledger_as_json_lines(run):
    status, out, err = run("reconcile", "--evidence", "articles", "--format", "jsonl")
    rows = {row["id"]: row for row in lines_of(out)}

    assert (status, err) == (0, "")
    assert all(list(row) == LEDGER_KEYS for row in rows.values())
    # 3.124 / 0.574 = 5.4425; its square root is 2.3329, so 133.29 % against a printed 130 %
    cagr = rows["revenue_cagr:zhipu.revenue_cagr.FY2022..FY2024@newexpress-2026-01"]
    assert cagr["verdict"] == "in_conflict"
    assert (cagr["stated"], cagr["low"], cagr["high"]) == (130, 129.5, 130.5)
    assert cagr["computed_low"] == pytest.approx(133.17, abs=0.01)
    assert cagr["inputs"] == ["zhipu.revenue.FY2024", "zhipu.revenue.FY2022"]


def test_reconcile_ends_with_statements_in_words(run):
    _, out, _ = run("reconcile", "--evidence", "articles", "--format", "jsonl")
    rows = {row["id"]: row for row in lines_of(out) if row["rule"] == "narrative"}
    found = rows["narrative:zhipu.loss-outgrows-revenue-h1-2025@newexpress-2026-01"]

    # 1.91 − 4.25 = −2.34, and 0.01 to either side
    assert (found["verdict"], found["computed_low"], found["computed_high"]) == ("in_conflict", -2.35, -2.33)
    assert found["stated"] == "Losses grow faster than revenue, first half of 2025"
    assert (found["low"], found["high"]) == (None, None)
    untested = rows["narrative:minimax.api-margin-above-industry@netease-2026-01"]
    assert (untested["verdict"], untested["explanation"]) == (
        "not_computable", "No document states a margin of the industry.",
    )  # fmt: skip

    _, out, _ = run("reconcile", "--evidence", "articles", "--company", "zhipu")
    assert any(line.startswith("in_conflict") and "Statement in words" in line for line in out.splitlines())


def test_reconcile_names_the_test_in_its_table(run):
    _, out, _ = run("reconcile", "--evidence", "articles")
    (row,) = [line for line in out.splitlines() if "zhipu.revenue_cagr" in line]

    assert "130%" in row
    assert "Compound annual growth" in row


def test_reconcile_gives_the_reason_of_a_judgement(run):
    _, out, _ = run("reconcile", "--company", "minimax", "--format", "jsonl")

    (row,) = [row for row in lines_of(out) if row["rule"] == "runway" and row["stated"] == 53]
    assert row["verdict"] == "other_basis"
    assert "53" in row["explanation"]


def test_known_by_leaves_later_results_out_of_every_derived_figure(run):
    _, out, _ = run("derive", "--known-by", "2026-01-12", "--format", "jsonl")
    periods = {row["period"] for row in lines_of(out)}

    assert not {p for p in periods if p and ("2026-0" in p[4:] or p in ("FY2025", "H1-2026", "LTM-2026-06"))}
    assert "LTM-2025-09" in periods


def test_derive_names_the_reason_where_there_is_no_value(run):
    _, out, _ = run("derive", "--evidence", "articles", "--company", "zhipu", "--format", "jsonl")
    chased = [row for row in lines_of(out) if row["figure"] == "money_chased"]

    assert {row["state"] for row in chased} == {"not_available"}
    assert all(row["value"] is None and row["reason"] for row in chased)


def test_runway_flat_reproduces_the_companys_months(run):
    status, out, _ = run("runway", "--company", "minimax", "--scenario", "flat", "--lines", "--format", "json")
    (summary,) = lines_of(out)

    assert status == 0
    assert summary["runway_months"] == pytest.approx(1046.201 / 28.1, abs=1e-3)  # 37.23
    assert summary["cash_out_date"].startswith("2028-11")


@pytest.mark.parametrize(
    ("lines", "months"),
    [
        ((), 2812.6 / 327.3),  # 8.59
        (("--lines",), 8943.1 / 327.3),  # 27.32
        (("--lines", "no"), 2812.6 / 327.3),
        (("--lines", "draw"), 8943.1 / 327.3),  # the flat scenario draws without interest
    ],
)
def test_runway_treats_bank_lines_as_told(lines, months, run):
    status, out, _ = run("runway", "--company", "zhipu", "--scenario", "flat", *lines, "--format", "json")

    assert status == 0
    assert lines_of(out)[0]["runway_months"] == pytest.approx(months, abs=1e-3)


def test_lines_drawn_at_interest_last_less_long(run):
    words = ("runway", "--company", "zhipu", "--scenario", "flat", "--lines", "draw", "--format", "json")
    _, out, _ = run(*words, "--set", "liquidity.facility_rate=0.06")

    assert 24 < lines_of(out)[0]["runway_months"] < 27.3


def test_runway_takes_changes_paths_and_seed(run):
    words = ("runway", "--company", "minimax", "--set", "r_and_d.growth=0.03", "--paths", "500", "--seed", "7")
    _, first, _ = run(*words, "--format", "json")
    _, second, _ = run(*words, "--format", "json")
    _, base, _ = run("runway", "--company", "minimax", "--format", "json")

    assert first == second
    assert lines_of(first)[0]["runway_months"] < lines_of(base)[0]["runway_months"]  # dearer research, shorter runway
    assert lines_of(first)[0]["seed"] == 7


def test_runway_takes_another_burn(run):
    _, out, _ = run(
        "runway", "--company", "minimax", "--scenario", "flat", "--lines", "--set", "burn=14.05", "--format", "json"
    )

    assert lines_of(out)[0]["runway_months"] == pytest.approx(1046.201 / 14.05, abs=1e-3)  # 74.46


GROWTH = ("segments.c_end.growth.start", "segments.b_end.growth.start")


def test_runway_takes_correlations_and_jumps(run):
    words = ("runway", "--company", "minimax", "--paths", "300", "--format", "json")
    _, plain, _ = run(*words)
    status, correlated, _ = run(*words, "--correlation", f"{GROWTH[0]}~{GROWTH[1]}=0.9")
    _, jumping, _ = run(*words, "--jump")

    assert status == 0
    assert len({plain, correlated, jumping}) == 3


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (("r_and_d.growth.start~compute_price.change=0.99",), "cannot hold together"),
        ((f"{GROWTH[0]}~{GROWTH[1]}=1.5",), "between -1 and 1"),
        ((f"{GROWTH[0]}~interest_rate=0.5",), "unknown runway input"),
        (("0.5",), "unknown runway input"),
    ],
)
def test_impossible_correlations_are_refused_with_the_reason(run, given, message):
    words = [word for one in given for word in ("--correlation", one)]
    status, out, err = run("runway", "--company", "minimax", "--paths", "300", *words)

    assert (status, out) == (2, "")
    assert message in err


def test_runway_by_month_starts_with_the_stated_burn(run):
    _, out, _ = run("runway", "--company", "minimax", "--scenario", "flat", "--format", "csv")
    heading, first = out.splitlines()[:2]
    row = dict(zip(heading.split(","), first.split(","), strict=True))

    assert float(row["free_cash_flow"]) == pytest.approx(-28.1)
    assert row["date"] == "2025-10-31"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("runway", "--company", "minmax"), "did you mean 'minimax'?"),
        (("runway", "--company", "minimax", "--scenario", "bse"), "did you mean 'base'?"),
        (("runway", "--company", "minimax", "--set", "r_and_d.growth=9"), "between -0.9 and 1"),
        (("runway", "--company", "minimax", "--set", "compute_price.chnge=1"), "did you mean 'compute_price.change'?"),
        (
            ("runway", "--company", "minimax", "--set", "compute_price.change=nan"),
            "between -0.9 and 5 (fraction), got nan",
        ),
        (("runway", "--company", "minimax", "--set", "burn=1e308"), "burn must be a number between -1e+07 and 1e+07"),
        (("runway", "--company", "minimax", "--set", "horizon=0"), "horizon must be a whole number between 1 and 240"),
        (("runway", "--company", "minimax", "--set", "compute_price.change"), "NAME=NUMBER"),
        (("runway", "--company", "minimax", "--paths", "1000000000"), "between 1 and 50,000"),
        (("runway", "--company", "zhipu", "--evidence", "articles"), "lacks cash and its parts"),
        (("reconcile", "--known-by", "2026-13-01"), "2026-13-01"),
        (("reconcile", "--without", "finnet-2025-12"), "did you mean 'finet-2025-12'?"),
        (("derive", "--company", "acme"), "unknown company 'acme'"),
    ],
)
def test_wrong_words_are_refused_with_the_nearest_right_ones(run, words, message):
    status, out, err = run(*words)

    assert (status, out) == (2, "")
    assert message in err


def test_gaps_say_what_one_company_lacks_and_what_it_would_unlock(run):
    status, out, err = run("gaps", "--company", "zhipu", "--format", "jsonl")
    rows = {(row["metric"], row["dimension"]): row for row in lines_of(out)}

    assert (status, err) == (0, "")
    assert {row["company"] for row in rows.values()} == {"zhipu"}
    assert list(next(iter(rows.values()))) == [
        "company", "metric", "dimension", "basis", "lack", "wanted", "has", "others", "unlocks", "unlocks_with_others",
        "reason",
    ]  # fmt: skip
    assert rows["mau", None]["lack"] == "nothing"
    assert rows["mau", None]["others"] == ["minimax"]
    assert "mau_growth" in rows["mau", None]["unlocks"]
    assert rows["revenue_share", "segment=c_end"]["lack"] == "not_disclosed"


def test_gaps_as_a_table_and_without_any(run):
    _, out, _ = run("gaps", "--evidence", "articles")
    assert out.splitlines()[0].split() == ["company", "missing", "lack", "others_have", "instead", "unlocks"]
    status, out, _ = run("gaps", "--known-by", "2020-01-01")
    assert (status, out) == (0, "nothing is missing on one side\n")
