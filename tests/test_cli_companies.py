"""Any company through the commands: a third one in a currency of its own, and one of which nothing is known."""

import json
from pathlib import Path
from shutil import copytree

import pytest

from ipo_data.cli import main
from ipo_data.paths import ROOT

THIRD = {
    "company.yaml": "id: acme\nname: {en: Acme, zh-Hans: 艾克米}\nticker: ACME.PA\nreporting_currency: EUR\norder: 3\n",
    "revenue.yaml": """\
revenue:
  - {period: FY2023, says: 20.0m EUR, from: finet-2025-12}
  - {period: FY2024, says: 30.0m EUR, from: finet-2025-12}
revenue_growth:
  - {period: FY2024, says: 55%, from: finet-2025-12}
statements:
  - id: doubles
    from: finet-2025-12
    title: Revenue doubles
    compares: doubles
    figures:
      - {metric: revenue, period: FY2024}
""",
}
QUIET = {
    "company.yaml": "id: quiet\nname: {en: Quiet, zh-Hans: 静默}\nticker: 9999.HK\nreporting_currency: HKD\norder: 4\n"
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    seeds = copytree(ROOT / "seeds", tmp_path_factory.mktemp("companies") / "seeds")
    for company, files in (("acme", THIRD), ("quiet", QUIET)):
        (seeds / "companies" / company).mkdir()
        for name, content in files.items():
            (seeds / "companies" / company / name).write_text(content, encoding="utf-8")
    return seeds


@pytest.fixture
def run(folder, capsys):
    def command(name, *words):
        status = main([name, "--seeds", str(folder), *words])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return command


def lines_of(text):
    return [json.loads(line) for line in text.splitlines()]


def test_the_third_company_is_reconciled(run):
    status, out, _ = run("reconcile", "--company", "acme", "--format", "jsonl")
    rows = {row["rule"]: row for row in lines_of(out)}

    assert (status, set(rows)) == (0, {"revenue_growth", "narrative"})
    # 30 ÷ 20 − 1 = 50 %, from 29.95 ÷ 20.05 to 30.05 ÷ 19.95; 55 % is none of these
    growth = rows["revenue_growth"]
    assert (growth["verdict"], growth["computed_low"]) == ("in_conflict", pytest.approx(49.38, abs=0.01))
    assert rows["narrative"]["verdict"] == "in_conflict"  # 1.5 times is not twice


def test_the_third_company_is_derived(run):
    status, out, _ = run("derive", "--company", "acme", "--format", "jsonl")
    rows = {(row["figure"], row["period"]): row for row in lines_of(out)}

    assert status == 0
    assert (rows["revenue_ltm", "FY2024"]["value"], rows["revenue_ltm", "FY2024"]["unit"]) == (30_000_000, "EUR")
    assert rows["revenue_per_month", "FY2024"]["value"] == 2_500_000  # 30 ÷ 12


def test_a_company_without_facts_has_gaps_and_no_errors(run):
    assert run("reconcile", "--company", "quiet") == (0, "nothing can be tested\n", "")
    assert run("reconcile", "--company", "quiet", "--format", "jsonl") == (0, "", "")
    status, out, _ = run("derive", "--company", "quiet", "--format", "jsonl")
    rows = lines_of(out)
    assert status == 0
    assert rows
    assert all(row["value"] is None and row["reason"] for row in rows)
    assert run("derive", "--company", "quiet")[0] == 0


@pytest.mark.parametrize("company", ["acme", "quiet"])
def test_no_runway_is_named_by_what_is_missing(run, company):
    status, out, err = run("runway", "--company", company)

    assert (status, out) == (2, "")
    assert f"no runway for {company}: this evidence lacks" in err


@pytest.mark.parametrize("name", ["claims", "facts"])
def test_listings_hold_the_third_company(run, name):
    status, out, _ = run(name, "--company", "acme", "--format", "jsonl")

    assert status == 0
    assert len(lines_of(out)) == 3
    assert run(name, "--company", "quiet", "--format", "jsonl")[:2] == (0, "")
