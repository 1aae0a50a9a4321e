"""The command line: every command, its output by hand, its exit status, and that nothing is written by mistake."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from ipo_data import cli
from ipo_data.cli import COMMANDS, main
from ipo_data.export.tables import CLAIM_COLUMNS, FACT_COLUMNS
from ipo_data.loading.skeleton import TOPICS
from ipo_data.paths import ROOT
from tests.builders import GOOD_SEEDS
from tests.conftest import MakeSeeds

Run = Callable[..., tuple[int, str, str]]

BROKEN = {"companies/minimax/revenue.yaml": "revenue:\n  - {period: FY2024, sayz: 30.52m USD, from: acn}\n"}


@pytest.fixture(autouse=True)
def _no_folder_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IPO_SEEDS", raising=False)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process; returns exit status, output and messages."""

    def run_command(*arguments: str | Path) -> tuple[int, str, str]:
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as stop:
            status = int(stop.code or 0)
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run_command


def files_below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# --- check ----------------------------------------------------------------------------------------------------------


def test_check_of_sound_seeds_summarises_in_one_paragraph(run: Run, make_seeds: MakeSeeds) -> None:
    folder = make_seeds()

    status, out, err = run("check", folder)

    assert (status, err) == (0, "")
    assert out == (
        f"{folder}: 2 companies (MiniMax, Zhipu), 2 documents, 8 claims, 6 facts: "
        "4 single, 1 corroborated, 0 preferred, 1 judged, 0 conflicting. No problems.\n"
    )


def test_check_of_broken_seeds_lists_every_problem_with_its_place(run: Run, make_seeds: MakeSeeds) -> None:
    folder = make_seeds({**BROKEN, "companies/zhipu/users.yaml": "institutional_customers: 12000\n"})

    status, out, err = run("check", folder)

    lines = out.splitlines()
    assert status == 1
    assert lines[0].startswith("seeds/companies/minimax/revenue.yaml:2:")
    assert "did you mean 'says'?" in out
    assert any(line.startswith("seeds/companies/zhipu/users.yaml:1:") for line in lines)
    assert err == f"{len(lines)} problems in {folder}\n"


@pytest.mark.parametrize(
    ("state", "expected"),
    [("missing", "does not exist"), ("file", "is not a folder"), ("empty", "the file is missing")],
)
def test_check_of_no_seeds_folder_says_what_is_there(run: Run, tmp_path: Path, state: str, expected: str) -> None:
    folder = tmp_path / "nowhere"
    if state == "file":
        folder.write_text("x")
    if state == "empty":
        folder.mkdir()

    status, out, _ = run("check", folder)

    assert status == 1
    assert expected in out


def test_check_takes_the_folder_from_option_or_environment(
    run: Run, make_seeds: MakeSeeds, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = make_seeds()

    assert run("check", "--seeds", folder)[0] == 0
    assert run("--seeds", folder, "check")[0] == 0
    monkeypatch.setenv("IPO_SEEDS", str(folder))
    assert str(folder) in run("check")[1]
    assert run("check", tmp_path / "nowhere")[0] == 1


def test_check_refuses_two_folders(run: Run, make_seeds: MakeSeeds) -> None:
    folder = make_seeds()

    status, out, err = run("check", folder, "--seeds", folder)

    assert (status, out) == (2, "")
    assert "name the folder once" in err


# --- claims ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real_claims() -> dict[str, str]:
    """Every line of ``claims --format jsonl`` on the repository's seeds, by claim id."""
    command = [sys.executable, "-m", "ipo_data", "claims", "--format", "jsonl", "--seeds", str(ROOT / "seeds")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    lines = done.stdout.decode("utf-8").splitlines()
    return {json.loads(line)["id"]: line for line in lines}


# worked out by hand from the articles: value and rounding interval in base units
REAL_CLAIMS = [
    # 5343.7 万 = 53,437,000; last printed place 0.1 万 = 1,000, so ± 500
    (
        '{"id": "minimax.revenue.9M2025@finet-2025-12", "company": "minimax", "metric": "revenue", '
        '"period": "9M2025", "as_of": null, "dimension": null, "basis": "reported", "kind": "actual", '
        '"value": 53437000, "unit": "USD", "low": 53436500, "high": 53437500, "bound": "exact", '
        '"source": "finet-2025-12", "source_file": "003_38b5014be5275635.txt", "locator": "¶22 5343.7 万美元"}'
    ),
    # 逾 2.12 亿 = more than 212,000,000: no upper end
    (
        '{"id": "minimax.cumulative_users.2025-09-30@acn-2025-12-24", "company": "minimax", '
        '"metric": "cumulative_users", "period": null, "as_of": "2025-09-30", "dimension": null, '
        '"basis": "reported", "kind": "actual", "value": 212000000, "unit": "persons", "low": 212000000, '
        '"high": null, "bound": "at_least", "source": "acn-2025-12-24", '
        '"source_file": "000_ae532bd039863bac.txt", "locator": "¶1 逾 2.12 億"}'
    ),
    # 350 万 with zeros that are rounding to 10 万: 3,500,000 ± 50,000
    (
        '{"id": "minimax.revenue.FY2023@newexpress-2026-01", "company": "minimax", "metric": "revenue", '
        '"period": "FY2023", "as_of": null, "dimension": null, "basis": "reported", "kind": "actual", '
        '"value": 3500000, "unit": "USD", "low": 3450000, "high": 3550000, "bound": "exact", '
        '"source": "newexpress-2026-01", "source_file": "004_dbfec787a4b95a99.txt", "locator": "¶17 350万美元"}'
    ),
    # 37 times, one of the two rival figures of the international tranche; 37 ± 0.5
    (
        '{"id": "minimax.subscription_multiple.tranche=international@netease-2026-01", "company": "minimax", '
        '"metric": "subscription_multiple", "period": null, "as_of": null, '
        '"dimension": "tranche=international", "basis": "reported", "kind": "actual", "value": 37, "unit": "x", '
        '"low": 36.5, "high": 37.5, "bound": "exact", "source": "netease-2026-01", '
        '"source_file": "001_dac64b2f0b3e930d.txt", "locator": "¶5 37倍"}'
    ),
    # a date is its own interval
    (
        '{"id": "zhipu.listed@newexpress-2026-01", "company": "zhipu", "metric": "listed", "period": null, '
        '"as_of": null, "dimension": null, "basis": "reported", "kind": "actual", "value": "2026-01-08", '
        '"unit": "date", "low": "2026-01-08", "high": "2026-01-08", "bound": "exact", '
        '"source": "newexpress-2026-01", "source_file": "004_dbfec787a4b95a99.txt", "locator": "¶3 1月8日"}'
    ),
]


@pytest.mark.parametrize("line", REAL_CLAIMS, ids=lambda line: json.loads(line)["id"])
def test_claims_jsonl_of_five_figures_worked_out_by_hand(real_claims: dict[str, str], line: str) -> None:
    assert real_claims[json.loads(line)["id"]] == line


def test_claims_jsonl_has_exactly_the_promised_keys(real_claims: dict[str, str]) -> None:
    assert {tuple(json.loads(line)) for line in real_claims.values()} == {CLAIM_COLUMNS}


def test_claims_jsonl_numbers_have_their_decimal_digits(real_claims: dict[str, str]) -> None:
    written: list[str] = []

    def noted(text: str) -> Decimal:
        written.append(text)
        return Decimal(text)

    for line in real_claims.values():
        json.loads(line, parse_float=noted, parse_int=noted)

    assert len(written) > 3 * 190
    assert not [text for text in written if "e" in text.lower()]


def test_claims_keep_percentages_as_printed(run: Run, make_seeds: MakeSeeds) -> None:
    status, out, _ = run("claims", "--format", "jsonl", "--metric", "economic_interest", "--seeds", make_seeds())

    rows = [json.loads(line, parse_float=Decimal) for line in out.splitlines()]
    assert status == 0
    assert [(row["value"], row["low"], row["unit"]) for row in rows] == [
        (Decimal("15.04"), Decimal("15.035"), "percent"),
        (Decimal("22.35"), Decimal("22.345"), "percent"),
    ]


def test_claims_csv_has_a_heading_and_one_line_per_claim(run: Run, make_seeds: MakeSeeds) -> None:
    status, out, _ = run("claims", "--format", "csv", "--seeds", make_seeds())

    rows = list(csv.DictReader(io.StringIO(out)))
    assert status == 0
    assert out.splitlines()[0] == ",".join(CLAIM_COLUMNS)
    assert len(rows) == 8
    assert rows[-1] == {
        "id": "zhipu.institutional_customers.2025-09-30@finet", "company": "zhipu", "metric": "institutional_customers",
        "period": "", "as_of": "2025-09-30", "dimension": "", "basis": "reported", "kind": "actual", "value": "12000",
        "unit": "customers", "low": "11999.5", "high": "12000.5", "bound": "exact", "source": "finet",
        "source_file": "", "locator": "",
    }  # fmt: skip


def test_claims_table_shows_figures_as_printed_and_where_they_stand(run: Run, make_seeds: MakeSeeds) -> None:
    status, out, _ = run("claims", "--metric", "revenue", "--source", "finet", "--seeds", make_seeds())

    assert status == 0
    assert out.splitlines() == [
        "claim                         figure     locator          flags  seed line",
        "minimax.revenue.9M2025@finet  53.4m USD  ¶22 5340 万美元         seeds/companies/minimax/revenue.yaml:4:5",
    ]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ([], 8),
        (["--company", "zhipu"], 1),
        (["--company", "zhipu", "--company", "minimax"], 8),
        (["--metric", "revenue"], 3),
        (["--metric", "revenue", "--source", "acn"], 2),
        (["--company", "zhipu", "--metric", "revenue"], 0),
        (["--metric", "mau"], 0),
    ],
)
def test_claims_are_filtered(run: Run, make_seeds: MakeSeeds, filters: list[str], count: int) -> None:
    status, out, _ = run("claims", "--format", "jsonl", "--seeds", make_seeds(), *filters)

    assert (status, len(out.splitlines())) == (0, count)


@pytest.mark.parametrize("command", ["claims", "facts"])
def test_an_empty_selection_is_said_in_a_table_and_keeps_the_heading_in_csv(
    run: Run, make_seeds: MakeSeeds, command: str
) -> None:
    selection = [command, "--metric", "mau", "--seeds", make_seeds()]
    columns = CLAIM_COLUMNS if command == "claims" else FACT_COLUMNS

    assert run(*selection) == (0, "nothing matches\n", "")
    assert run(*selection, "--format", "csv") == (0, ",".join(columns) + "\n", "")
    assert run(*selection, "--format", "jsonl") == (0, "", "")


# --- facts ----------------------------------------------------------------------------------------------------------


def test_facts_jsonl_has_exactly_the_promised_keys(run: Run, make_seeds: MakeSeeds) -> None:
    status, out, _ = run("facts", "--format", "jsonl", "--seeds", make_seeds())

    rows = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert {tuple(row) for row in rows} == {FACT_COLUMNS}
    assert len(rows) == 6


def test_facts_jsonl_in_conflict_has_no_value(run: Run, make_seeds: MakeSeeds) -> None:
    lines = [
        "runway:",
        "- {as_of: 2025-09-30, says: '>53 months', from: acn}",
        "- {as_of: 2025-09-30, says: 37 months, from: finet}",
    ]
    folder = make_seeds({"companies/minimax/cash.yaml": "\n".join(lines)})

    _, out, _ = run("facts", "--metric", "runway", "--format", "jsonl", "--seeds", folder)

    assert json.loads(out) == {
        "id": "minimax.runway.2025-09-30", "company": "minimax", "metric": "runway", "period": None,
        "as_of": "2025-09-30", "dimension": None, "basis": "reported", "kind": "actual", "value": None,
        "unit": "months", "low": None, "high": None, "bound": None, "status": "conflicting",
        "claim_ids": ["minimax.runway.2025-09-30@finet", "minimax.runway.2025-09-30@acn"], "flags": [],
    }  # fmt: skip


def test_facts_of_a_document_are_those_it_states(run: Run, make_seeds: MakeSeeds) -> None:
    _, out, _ = run("facts", "--source", "acn", "--format", "jsonl", "--seeds", make_seeds())

    found = [json.loads(line)["id"] for line in out.splitlines()]
    assert found == ["minimax.revenue.9M2025", "minimax.revenue.FY2024", "minimax.runway.2025-09-30"]


def test_facts_table_and_csv_agree_on_the_facts(run: Run, make_seeds: MakeSeeds) -> None:
    folder = make_seeds()
    table = run("facts", "--seeds", folder)[1].splitlines()
    rows = list(csv.DictReader(io.StringIO(run("facts", "--format", "csv", "--seeds", folder)[1])))

    assert [line.split()[0] for line in table[1:]] == [row["id"] for row in rows]
    assert "judged" in next(line for line in table if "runway" in line)


# --- wrong use ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        (["--company", "minimaxx"], "unknown company 'minimaxx' (did you mean 'minimax'?)"),
        (["--metric", "revenues"], "unknown metric 'revenues' (did you mean 'revenue'?)"),
        (["--source", "finnet"], "unknown document 'finnet' (did you mean 'finet'?)"),
        (["--company", "\x1b[31mx"], "unknown company '\\x1b[31mx'"),
    ],
)
@pytest.mark.parametrize("command", ["claims", "facts"])
def test_an_unknown_name_gets_the_nearest_one(
    run: Run, make_seeds: MakeSeeds, command: str, filters: list[str], message: str
) -> None:
    status, out, err = run(command, "--seeds", make_seeds(), *filters)

    assert (status, out) == (2, "")
    assert err.startswith(f"ipo-data: {message}")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "required: COMMAND"),
        (["chek"], "invalid choice: 'chek'"),
        (["claims", "--format", "jsn"], "unknown format 'jsn' (did you mean 'jsonl'?)"),
        (["claims", "--companys", "zhipu"], "unrecognized arguments"),
        (["claims", "--for", "csv"], "unrecognized arguments"),
        (["check", "--seeds", ""], "the name of the folder is empty"),
        (["check", ""], "the name of the folder is empty"),
    ],
)
def test_a_wrong_option_ends_with_status_2(run: Run, arguments: list[str], message: str) -> None:
    status, out, err = run(*arguments)

    assert (status, out) == (2, "")
    assert message in err


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help(run: Run, command: str) -> None:
    status, out, _ = run(command, "--help")

    assert status == 0
    assert "--seeds FOLDER" in out


# --- broken seeds ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"], ["claims"], ["claims", "--format", "csv"], ["facts"], ["facts", "--format", "jsonl"], ["schema"],
        ["schema", "--write"], ["new-company", "acme"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_broken_seeds_are_listed_and_nothing_is_written(run: Run, make_seeds: MakeSeeds, arguments: list[str]) -> None:
    folder = make_seeds(BROKEN)
    before = files_below(folder)

    status, out, err = run(*arguments, "--seeds", folder)

    assert status == 1
    assert "seeds/companies/minimax/revenue.yaml:2:" in (out if arguments == ["check"] else err)
    assert out == "" or arguments == ["check"]
    assert files_below(folder) == before
    assert sorted(path.name for path in folder.iterdir()) == ["companies", "fx.yaml", "sources.yaml", "vocabulary.yaml"]


def test_a_missing_seeds_folder_is_not_created(run: Run, tmp_path: Path) -> None:
    for arguments in (["schema", "--write"], ["new-company", "acme"]):
        assert run(*arguments, "--seeds", tmp_path / "nowhere")[0] == 1

    assert list(tmp_path.iterdir()) == []


# --- schema ---------------------------------------------------------------------------------------------------------


def test_schema_prints_one_json_object_and_writes_nothing(run: Run, make_seeds: MakeSeeds) -> None:
    folder = make_seeds()

    status, out, _ = run("schema", "--seeds", folder)

    assert status == 0
    assert {"sources.schema.json", "company.schema.json", "revenue.schema.json"} <= set(json.loads(out))
    assert not (folder / "schema").exists()


def test_schema_write_fills_the_folder_and_leaves_equal_files_alone(run: Run, make_seeds: MakeSeeds) -> None:
    folder = make_seeds()

    first = run("schema", "--write", "--seeds", folder)
    written = files_below(folder / "schema")
    times = {path: path.stat().st_mtime_ns for path in (folder / "schema").iterdir()}
    second = run("schema", "--write", "--seeds", folder)

    assert first[0] == second[0] == 0
    assert f"{len(written)} schema files, {len(written)} changed" in first[1]
    assert "0 changed" in second[1]
    assert {path: path.stat().st_mtime_ns for path in (folder / "schema").iterdir()} == times
    assert run("check", folder)[0] == 0


def test_schema_write_where_it_cannot_says_why(run: Run, make_seeds: MakeSeeds) -> None:
    folder = make_seeds()
    (folder / "schema").write_text("not a folder")

    status, out, err = run("schema", "--write", "--seeds", folder)

    assert (status, out) == (1, "")
    assert err.startswith("ipo-data: ")
    assert "Traceback" not in err


# --- new-company ----------------------------------------------------------------------------------------------------


def filled_in(folder: Path, company: str) -> None:
    path = folder / "companies" / company / "company.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("name:  ", "name: Acme  ", 1).replace("ticker:  ", "ticker: 1234.HK  ", 1), "utf-8")


def test_new_company_asks_for_name_and_ticker_and_then_passes(run: Run, make_seeds: MakeSeeds) -> None:
    folder = make_seeds()

    made = run("new-company", "acme", "--seeds", folder)
    unfilled = run("check", folder)
    filled_in(folder, "acme")
    filled = run("check", folder)

    assert made[0] == 0
    assert unfilled[0] == 1
    assert [line.split(": ", 1)[1] for line in unfilled[1].splitlines()] == [
        "'name' has no value; fill it in or remove it",
        "'ticker' has no value; fill it in or remove it",
    ]
    assert filled[0] == 0
    assert "3 companies (MiniMax, Zhipu, Acme)" in filled[1]
    assert sorted(path.name for path in (folder / "companies").iterdir()) == ["acme", "minimax", "zhipu"]


def test_new_company_with_name_and_ticker_passes_at_once(run: Run, make_seeds: MakeSeeds) -> None:
    folder = make_seeds()

    named = ("--name", 'Acme: "AI" #1', "--ticker", "1234.HK")
    status, out, _ = run("new-company", "acme", *named, "--seeds", folder)

    assert (status, out.split(". ", 1)[1]) == (0, "Uncomment what you have figures for, then: ipo-data check\n")
    assert '(MiniMax, Zhipu, Acme: "AI" #1)' in run("check", folder)[1]


def test_new_company_cites_the_document_it_holds_a_record_of(run: Run, make_seeds: MakeSeeds) -> None:
    folder = make_seeds()
    run("new-company", "acme", "--name", "Acme", "--ticker", "1234.HK", "--seeds", folder)
    own = folder / "companies" / "acme"
    block = (own / "company.yaml").read_text("utf-8").split("by 'short':\n")[1].split("\n\n")[0]
    with (folder / "sources.yaml").open("a", encoding="utf-8") as sources:
        sources.write("".join(f"{line.removeprefix('# ')}\n" for line in block.splitlines()))
    cash = (own / "cash.yaml").read_text("utf-8")
    metric = cash[cash.index("# liquidity:") :].splitlines()[:2]
    uncommented = "\n".join(line.removeprefix("# ") for line in metric)
    (own / "cash.yaml").write_text(uncommented, "utf-8")
    unfilled = run("check", folder)
    (own / "cash.yaml").write_text(uncommented.replace("p.#", "p.12"), "utf-8")
    status, out, _ = run("check", folder)

    assert '    short: {en: "Acme prospectus", zh-Hans: "Acme招股书"}' in (folder / "sources.yaml").read_text("utf-8")
    assert (unfilled[0], "liquidity[0].at: 'p.#' is not a locator; expected" in unfilled[1]) == (1, True)
    assert status == 0, out
    assert run("claims", "--company", "acme", "--format", "jsonl", "--seeds", folder)[1].count("acme-prospectus") >= 1


def test_new_company_lines_pass_once_uncommented(run: Run, make_seeds: MakeSeeds) -> None:
    folder = make_seeds()
    run("new-company", "acme", "--seeds", folder)
    filled_in(folder, "acme")
    for topic in TOPICS:
        path = folder / "companies" / "acme" / f"{topic}.yaml"
        lines = path.read_text("utf-8").replace("acme-prospectus", "finet").replace("p.#", "p.1").splitlines()
        start = lines.index("")
        path.write_text("\n".join(line.removeprefix("# ") for line in lines[start:]), "utf-8")

    status, out, _ = run("check", folder)

    assert (status, out.split(": ", 1)[1][:11]) == (0, "3 companies")
    assert run("claims", "--company", "acme", "--format", "jsonl", "--seeds", folder)[1].count("\n") > 80


def test_new_company_writes_its_example_lines_in_its_currency(run: Run, make_seeds: MakeSeeds) -> None:
    folder = make_seeds()

    run("new-company", "acme", "--currency", "HKD", "--seeds", folder)
    written = [path.read_text("utf-8") for path in (folder / "companies" / "acme").iterdir()]

    assert any("reporting_currency: HKD" in text for text in written)
    assert any("says: 12.3m HKD" in text for text in written)
    assert not any("says: 12.3m USD" in text for text in written)
    assert sum(text.count("says: 12.30 HKD") for text in written) == 4  # offer price, its two ends, closing price


def test_new_company_names_the_shared_members_and_the_stages_pages_look_for(run: Run, make_seeds: MakeSeeds) -> None:
    stages = "  stage:\n    before_offering: Before the offering\n    at_listing: At listing\n"
    folder = make_seeds({"vocabulary.yaml": GOOD_SEEDS["vocabulary.yaml"] + stages})

    run("new-company", "acme", "--seeds", folder)
    revenue, holders = (
        (folder / "companies" / "acme" / f"{topic}.yaml").read_text("utf-8") for topic in ("revenue", "shareholding")
    )

    assert "#   segment: c_end, b_end\n" in revenue
    assert "#   stage: before_offering, at_listing\n" in holders
    assert "{as_of: 2025-12-31, stage: at_listing, says: 12 shares, " in holders


def test_new_company_refuses_a_currency_that_is_not_in_the_list(run: Run, make_seeds: MakeSeeds) -> None:
    folder = make_seeds()

    status, _, err = run("new-company", "acme", "--currency", "HK", "--seeds", folder)

    assert (status, "unknown currency 'HK' (did you mean 'HKD'?)" in err) == (2, True)
    assert not (folder / "companies" / "acme").exists()


def test_new_company_refuses_one_that_exists(run: Run, make_seeds: MakeSeeds) -> None:
    folder = make_seeds()
    before = files_below(folder)

    status, out, err = run("new-company", "minimax", "--seeds", folder)

    assert (status, out) == (2, "")
    assert "exists already; nothing was written" in err
    assert files_below(folder) == before


@pytest.mark.parametrize("name", ["../evil", "Acme", "a", "", "a/b", "acme\n", ".acme", "con" + "x" * 70])
def test_new_company_refuses_what_is_no_id(run: Run, make_seeds: MakeSeeds, name: str) -> None:
    folder = make_seeds()
    before = files_below(folder.parent)

    status, _, err = run("new-company", "--seeds", folder, "--", name)

    assert status == 2
    assert "is not a company id" in err
    assert files_below(folder.parent) == before


def test_new_company_that_cannot_be_written_leaves_nothing(
    run: Run, make_seeds: MakeSeeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_seeds()
    before = files_below(folder)
    monkeypatch.setattr(Path, "rename", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))

    status, out, err = run("new-company", "acme", "--seeds", folder)

    assert (status, out) == (1, "")
    assert err == "ipo-data: No space left on device\n"
    assert files_below(folder) == before
    assert sorted(path.name for path in (folder / "companies").iterdir()) == ["minimax", "zhipu"]


# --- hostile values, pipes, encodings -------------------------------------------------------------------------------


def test_a_hostile_value_reaches_the_terminal_as_escapes(
    run: Run, make_seeds: MakeSeeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_seeds()
    rows = [
        {"claim": "a\x1b]0;owned\x07\x1b[2J", "figure": "\u202e37x\r\n", "locator": None, "flags": (), "seed line": "x"}
    ]
    monkeypatch.setattr(cli, "claim_table_rows", lambda _: rows)

    _, out, _ = run("claims", "--seeds", folder)

    assert out.splitlines()[1].startswith("a\\x1b]0;owned\\x07\\x1b[2J")
    assert out.replace("\n", "").isprintable()


@pytest.fixture
def process(make_seeds: MakeSeeds) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run the tool as a process of its own, through a shell, with the small seeds folder."""
    folder = make_seeds()

    def run_shell(command: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
        known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        settings = {**known, "IPO_SEEDS": str(folder), "PYTHONPATH": str(ROOT), "TOOL": f"{sys.executable} -m ipo_data"}
        return subprocess.run(
            ["bash", "-c", command], env={**settings, **environment}, cwd=folder, capture_output=True, timeout=60,
            check=False,
        )  # fmt: skip

    return run_shell


def test_output_is_utf8_whatever_the_locale(process: Callable[..., subprocess.CompletedProcess[bytes]]) -> None:
    done = process("$TOOL claims --metric revenue", LC_ALL="C", PYTHONIOENCODING="ascii")

    assert done.returncode == 0
    assert "¶22 5340 万美元" in done.stdout.decode("utf-8")


def test_a_closed_pipe_is_no_error(process: Callable[..., subprocess.CompletedProcess[bytes]]) -> None:
    done = process('for _ in 1 2 3; do $TOOL schema | head -1; echo "${PIPESTATUS[0]}"; done')

    assert done.stdout.decode().splitlines()[1::2] == ["0", "0", "0"]
    assert done.stderr == b""


def test_a_full_disk_is_reported(process: Callable[..., subprocess.CompletedProcess[bytes]]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    done = process("$TOOL claims > /dev/full")

    assert done.returncode == 1
    assert done.stderr.startswith(b"ipo-data: ")
    assert b"Traceback" not in done.stderr


def test_python_m_and_the_installed_command_are_the_same() -> None:
    script = Path(sys.executable).with_name("ipo-data")

    assert "ipo_data.cli:main" in (ROOT / "pyproject.toml").read_text("utf-8")
    assert not script.exists() or "ipo_data.cli" in script.read_text("utf-8")


def test_the_command_line_starts_without_pandas_plotly_and_streamlit() -> None:
    probe = (
        "import sys, ipo_data.cli; print([m for m in ('pandas', 'plotly', 'streamlit', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
