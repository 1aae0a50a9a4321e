"""Whatever an editor leaves behind: any damage to any file gives records or a list of problems, never a traceback."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipo_data.errors import SeedError
from ipo_data.loading.loader import load_records
from ipo_data.loading.problems import MOST_PER_FILE
from tests.builders import GOOD_SEEDS, write_seeds

CONTRASTS = """\
contrasts:
  - id: cash-and-runway
    title: Cash
    because: They differ.
    facts:
      - {metric: runway, as_of: 2025-09-30}
      - {metric: runway, as_of: 2025-09}
"""
SEEDS = {
    **GOOD_SEEDS,
    "companies/minimax/cash.yaml": GOOD_SEEDS["companies/minimax/cash.yaml"] + CONTRASTS,
    "companies/minimax/company.yaml": GOOD_SEEDS["companies/minimax/company.yaml"]
    + "groups: {holder: {all: [yan, alisoft]}}\n"
    + "gaps: [{metric: revenue_share, axis: segment, because: None}]\n"
    + "breaks: [{metric: revenue, starts: FY2024, because: Restated}]\n",
    "zh-Hant.yaml": "智谱: 智譜\n",
}
NAMES = st.sampled_from(sorted(SEEDS))
DAMAGE = st.sampled_from(
    ["", " ", "\n", ":", "- ", "[", "]", "{", "}", "{}", "[]", "~", "''", "#", ",", "&a ", "*a", "!t ", ">", "|", "0",
     "-1", "x", "\t", "\u200b", "<b>", "=1", "nan", "1e999", "[[]]", "{a: {b: c}}", "2025-02-30", "\x00", "é", "万"]
)  # fmt: skip


def load(folder: Path) -> tuple[str, ...]:
    """Return the problems; none if the folder loads."""
    try:
        load_records(folder)
    except SeedError as error:
        return error.problems or ("refused without a reason",)
    return ()


def check(problems: tuple[str, ...]) -> None:
    assert len(set(problems)) == len(problems)
    assert len(problems) <= MOST_PER_FILE * len(SEEDS)
    assert all(line.startswith("seeds/") and len(line.splitlines()) == 1 for line in problems)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_seeds(tmp_path_factory.mktemp("half") / "seeds", SEEDS)


def check_with(folder: Path, name: str, content: str | bytes) -> None:
    """Check what is said of the folder with other content in one file, and put the file right again."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    try:
        check(load(folder))
    finally:
        path.write_bytes(SEEDS[name].encode())


def test_the_undamaged_seeds_load(folder):
    assert load(folder) == ()


@settings(max_examples=max(250, settings.default.max_examples))
@given(NAMES, st.integers(0, 10**6), st.integers(0, 12), DAMAGE)
def test_a_stretch_replaced_by_anything(folder, name, start, length, damage):
    text = SEEDS[name]
    at = start % (len(text) + 1)
    check_with(folder, name, text[:at] + damage + text[at + length :])


@given(NAMES, st.integers(0, 10**6))
def test_a_file_cut_anywhere(folder, name, start):
    check_with(folder, name, SEEDS[name][: start % len(SEEDS[name])])


@given(NAMES, st.integers(0, 10**6), DAMAGE)
def test_a_value_replaced_by_another_shape(folder, name, which, damage):
    lines = SEEDS[name].splitlines(keepends=True)
    at = which % len(lines)
    key, colon, _ = lines[at].partition(": ")
    lines[at] = f"{key}{colon}{damage}\n"
    check_with(folder, name, "".join(lines))


@given(NAMES, NAMES)
def test_a_file_saved_under_the_name_of_another(folder, name, other):
    check_with(folder, name, SEEDS[other])


@given(NAMES, st.binary(max_size=200))
def test_a_file_of_any_bytes(folder, name, content):
    check_with(folder, name, content)


@given(NAMES, st.integers(0, 10**6))
def test_a_line_written_twice(folder, name, which):
    lines = SEEDS[name].splitlines(keepends=True)
    at = which % len(lines)
    check_with(folder, name, "".join([*lines[:at], lines[at], *lines[at:]]))
