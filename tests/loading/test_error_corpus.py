"""One mistake per folder of ``broken/``: a changed file of the good seeds, and beside it the exact message.

An entry holds the changed file at its place in a seeds folder and ``expected.txt``. To add one, make the folder, run
the loader and judge the message as an analyst would: what was found, where, what is allowed, the nearest right name.
"""

import re
from pathlib import Path

import pytest

from ipo_data.errors import SeedError
from ipo_data.loading.loader import load_records
from tests.builders import GOOD_SEEDS

BROKEN = Path(__file__).parent / "broken"
ENTRIES = sorted(folder.name for folder in BROKEN.iterdir() if folder.is_dir())
POSITION = re.compile(r"seeds/(?P<file>[^:]+):(?P<line>\d+):(?P<column>\d+): (?P<message>.+)")
SEVERAL_LINES = {"alias_bomb"}
"""Entries whose one mistake shows in several places."""


def changed_files(entry: str) -> dict[str, bytes]:
    folder = BROKEN / entry
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "expected.txt"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def expected_problems(entry: str) -> list[str]:
    return (BROKEN / entry / "expected.txt").read_text("utf-8").splitlines()


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(SeedError) as caught:
        load_records(folder)
    return list(caught.value.problems)


def test_the_good_seeds_are_good(make_seeds):
    assert len(load_records(make_seeds()).claims) == 8


@pytest.mark.parametrize("entry", ENTRIES)
def test_mistake_is_reported_with_exactly_this_message(entry, make_seeds):
    assert problems_of(make_seeds(changed_files(entry))) == expected_problems(entry)


@pytest.mark.parametrize("entry", ENTRIES)
def test_entry_is_one_changed_file_and_one_message(entry):
    files = changed_files(entry)
    assert len(files) == 1
    name, content = files.popitem()
    assert GOOD_SEEDS.get(name, "").encode() != content
    assert len(expected_problems(entry)) == 1 or entry in SEVERAL_LINES


@pytest.mark.parametrize("entry", ENTRIES)
def test_message_points_into_the_file_and_stays_on_its_line(entry):
    files = changed_files(entry)
    for problem in expected_problems(entry):
        match = POSITION.fullmatch(problem)
        assert match is not None, problem
        assert match["file"] in files
        text = files[match["file"]].decode("utf-8", errors="replace")
        lines = text.split("\n")
        line, column = int(match["line"]), int(match["column"])
        assert line <= max(1, len(lines))
        assert column <= len(lines[line - 1]) + 1
        assert len(match["message"]) < 300


def text_at(entry: str) -> str:
    """Return the line a message points at, from its column on."""
    match = POSITION.fullmatch(expected_problems(entry)[0])
    assert match is not None
    content = changed_files(entry)[match["file"]]
    line = content.decode("utf-8", errors="replace").split("\n")[int(match["line"]) - 1]
    return line[int(match["column"]) - 1 :]


@pytest.mark.parametrize(
    ("entry", "pointed_at"),
    [
        ("misspelt_field", "form: acn"), ("duplicate_key", "says: 53.4m"), ("misspelt_unit", "53.44m US,"),
        ("unit_not_of_the_metric", "23.3m USD"), ("exponent", "1e999"), ("negative_users", "-27.6m"),
        ("share_of_130_percent", "130%"), ("both_period_and_date", "2025-09-30"), ("period_for_a_balance", "9M2025"),
        ("date_that_does_not_exist", "2025-09-31"), ("unknown_source", "fineet"), ("unknown_metric", "revenu:"),
        ("unknown_member", "cend"), ("unknown_axis", "segmnt"), ("unknown_flag", "suspekt"), ("alias", "*first"),
        ("anchor", "&first"), ("tag", "!!float"), ("merge_key", "<<"), ("source_id_taken", "acn"),
        ("right_to_left_mark", "\u202e"), ("zero_width_space", "\u200b"), ("control_character", "\x07"),
        ("html_in_a_note", '"<script>'), ("bound_without_quotes", ">53.44m"), ("rate_outside_the_band", "8.78"),
        ("unknown_currency", "US$"), ("company_id_is_not_the_folder", "mini-max"), ("bad_utf8", "\ufffd"),
        ("judgement_verdict_unknown", "contradiction"), ("axis_not_of_the_metric", "holder"), ("tab_indent", "\t"),
        ("cut_in_the_middle", ""), ("rounding_is_no_divisor", "0.1m"), ("missing_field", "{period"),
    ],
)  # fmt: skip
def test_position_is_that_of_the_offending_value(entry, pointed_at):
    rest = text_at(entry)
    assert rest.startswith(pointed_at) if pointed_at else not rest.strip()


def test_all_mistakes_of_all_files_come_in_one_run_in_reading_order(make_seeds):
    entries = ["unknown_metric", "negative_users", "period_for_a_balance", "unknown_topic", "rate_is_not_a_number",
               "misspelt_shared_file", "traditional_with_html", "share_of_130_percent", "company_id_is_not_the_folder",
               "label_without_english", "source_kind_unknown"]  # fmt: skip
    files = {name: content for entry in entries for name, content in changed_files(entry).items()}
    assert len(files) == len(entries)
    expected = [line for entry in entries for line in expected_problems(entry)]
    # cash.yaml of that entry no longer states the runway, but holds no judgement on it either
    found = problems_of(make_seeds(files))
    assert sorted(found) == sorted(expected)

    def place(problem: str) -> tuple[str, int, int]:
        match = POSITION.fullmatch(problem)
        assert match is not None
        return match["file"], int(match["line"]), int(match["column"])

    assert found == sorted(found, key=place)


def test_many_mistakes_in_one_file_are_listed_by_line(make_seeds):
    lines = [
        "revenue:",
        "  - {period: FY2024, says: 30.52m US, from: acn}",
        "  - {period: 9M2025, says: 53.44m USD, form: acn}",
        "  - {period: H3-2025, says: 1e999, from: acm}",
        "revenu_growth:",
        "  - {period: 9M2025, says: 174.7%, from: acn}",
        "",
    ]
    found = problems_of(make_seeds({"companies/minimax/revenue.yaml": "\n".join(lines)}))
    assert [problem.split(": ")[0].removeprefix("seeds/companies/minimax/revenue.yaml") for problem in found] == [
        ":2:28", ":3:40", ":4:14", ":4:29", ":5:1",
    ]  # fmt: skip
    assert [problem.split(": ", 1)[1].split(" '")[0] for problem in found] == [
        "revenue[0].says: unknown unit",
        "revenue[1]: unknown field",
        "revenue[2].period:",
        "revenue[2].says:",
        "unknown metric",
    ]
