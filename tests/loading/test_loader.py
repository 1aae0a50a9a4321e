"""A seeds folder as a whole: missing parts, odd files, follow-on noise, and that loading writes nothing."""

import os
import time
import tracemalloc
from pathlib import Path

import pytest

from ipo_data.errors import SeedError
from ipo_data.loading import loader
from ipo_data.loading.loader import digest_of, load_records, seed_files
from ipo_data.loading.problems import MOST_PER_FILE
from ipo_data.loading.yaml_reader import LARGEST_FILE, LARGEST_TOPIC
from tests.builders import GOOD_SEEDS

REVENUE = "companies/minimax/revenue.yaml"
CASH = "companies/minimax/cash.yaml"
COMPANY = "companies/minimax/company.yaml"


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(SeedError) as caught:
        load_records(folder)
    return list(caught.value.problems)


# --- what loads -----------------------------------------------------------------------------------------------------


def test_records_are_indexed_and_ordered(make_seeds):
    records = load_records(make_seeds())
    assert list(records.companies) == ["minimax", "zhipu"]
    assert list(records.sources) == ["acn", "finet"]
    assert [claim.id for claim in records.claims] == sorted(claim.id for claim in records.claims)
    assert records.rates[0].source == "finet"
    assert records.members["segment"]["c_end"].simplified() == "C端"
    assert [judgement.prefer for judgement in records.judgements["minimax"]] == ["finet"]


def test_a_claim_knows_its_file_and_line(make_seeds):
    claims = {claim.id: claim for claim in load_records(make_seeds()).claims}
    assert claims["minimax.revenue.9M2025@finet"].where == "seeds/companies/minimax/revenue.yaml:4:5"


def test_companies_are_ordered_by_their_order_then_name(make_seeds):
    first = GOOD_SEEDS["companies/zhipu/company.yaml"].replace("order: 2", "order: 0")
    assert list(load_records(make_seeds({"companies/zhipu/company.yaml": first})).companies) == ["zhipu", "minimax"]


def test_only_sources_and_one_company_are_needed(make_seeds):
    bare = {name: None for name in GOOD_SEEDS if name not in {"sources.yaml", COMPANY}}
    records = load_records(make_seeds(bare))
    assert (list(records.companies), records.claims, records.rates, records.members) == (["minimax"], (), (), {})


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("windows line ends", lambda text: text.replace("\n", "\r\n")),
        ("old line ends", lambda text: text.replace("\n", "\r")),
        ("a byte order mark", lambda text: "\ufeff" + text),
        ("a document marker", lambda text: "---\n" + text),
        ("a comment", lambda text: "# figures\n" + text),
        ("no line end at the end", str.rstrip),
        ("spaces at line ends", lambda text: text.replace("\n", "  \n")),
    ],
)
def test_files_of_other_editors_load(make_seeds, what, change):
    changed = make_seeds({REVENUE: change(GOOD_SEEDS[REVENUE])})
    assert len(load_records(changed).claims) == 8, what


def test_hidden_and_other_files_are_left_alone(make_seeds):
    extra = {
        "companies/minimax/.revenue.yaml.swp": "x",
        "companies/minimax/._revenue.yaml": "\0\0",
        "companies/minimax/.#users.yaml": "broken: [",
        "companies/minimax/notes.md": "# Notes",
        "companies/.git/config.yaml": "a: b",
        "schema/claims.schema.json": "{}",
    }
    assert len(load_records(make_seeds(extra)).claims) == 8


@pytest.mark.parametrize("name", [".", "../seeds", "./"])
def test_a_folder_may_be_named_from_where_one_stands(make_seeds, monkeypatch, name):
    folder = make_seeds({REVENUE: "revenue: []\nrevenu: []\n"})
    monkeypatch.chdir(folder)
    (problem,) = problems_of(Path(name))
    assert problem == f"seeds/{REVENUE}:2:1: unknown metric 'revenu' (did you mean 'revenue'?)"


def test_fiscal_year_of_the_company_reaches_its_claims(make_seeds):
    march = GOOD_SEEDS[COMPANY] + 'fiscal_year_end: "03-31"\n'
    records = load_records(make_seeds({COMPANY: march}))
    span = next(claim.span for claim in records.claims if claim.period == "FY2024")
    assert (str(span.start), str(span.end)) == ("2023-04-01", "2024-03-31")


def test_places_keep_two_figures_of_one_document_apart(make_seeds):
    revenue = """\
revenue:
  - {period: 9M2025, says: 53.44m USD, from: acn, at: "¶1 5344"}
  - {period: 9M2025, says: 35.44m USD, from: acn, at: "¶1 3544 #2"}
  - {period: 9M2025, says: 53.44m USD, from: acn, at: "¶9 5344"}
"""
    records = load_records(make_seeds({REVENUE: revenue}))
    assert [claim.id for claim in records.claims if claim.metric == "revenue"] == [
        "minimax.revenue.9M2025@acn~¶1", "minimax.revenue.9M2025@acn~¶1#2", "minimax.revenue.9M2025@acn~¶9",
    ]  # fmt: skip


def test_a_part_stated_twice_counts_once(make_seeds):
    shares = """\
economic_interest:
  - {as_of: 2025-12, holder: yan, says: 60%, from: finet, at: "¶1 60"}
  - {as_of: 2025-12, holder: yan, says: 60%, from: finet, at: "¶9 60"}
  - {as_of: 2025-12, holder: alisoft, says: 39%, from: finet}
"""
    assert len(load_records(make_seeds({"companies/minimax/shareholding.yaml": shares})).claims) == 9


def test_shares_that_reach_a_hundred_within_rounding_are_whole(make_seeds):
    shares = """\
economic_interest:
  - {as_of: 2025-12, holder: yan, says: 60.5%, from: finet}
  - {as_of: 2025-12, holder: alisoft, says: 39.6%, from: finet}
"""
    # 60.45 + 39.55 = 100.0: the lowest they may stand for is no more than the whole
    assert load_records(make_seeds({"companies/minimax/shareholding.yaml": shares})).claims


def test_sums_and_stages_are_not_added_to_the_parts(make_seeds):
    company = GOOD_SEEDS[COMPANY] + "groups:\n  holder:\n    yan: [alisoft]\n"
    shares = """\
economic_interest:
  - {as_of: 2025-12, holder: yan, says: 90%, from: finet}
  - {as_of: 2025-12, holder: alisoft, says: 90%, from: finet}
  - {as_of: 2025-12, stage: before_offering, holder: alisoft, says: 90%, from: finet}
  - {as_of: 2025-12, stage: after_offering, holder: alisoft, says: 80%, from: finet}
"""
    words = GOOD_SEEDS["vocabulary.yaml"] + "  stage: {before_offering: before, after_offering: after}\n"
    changes = {COMPANY: company, "companies/minimax/shareholding.yaml": shares, "vocabulary.yaml": words}
    assert load_records(make_seeds(changes)).claims


# --- missing parts --------------------------------------------------------------------------------------------------


def test_folder_that_does_not_exist(tmp_path):
    folder = tmp_path / "nowhere"
    assert problems_of(folder) == [
        f"nowhere:1:1: the seeds folder {folder} does not exist; name one with --seeds or IPO_SEEDS"
    ]


def test_file_instead_of_a_folder(tmp_path):
    file = tmp_path / "seeds.yaml"
    file.write_text("sources: []")
    assert problems_of(file) == [
        f"seeds.yaml:1:1: the seeds folder {file} is not a folder; name one with --seeds or IPO_SEEDS"
    ]


def test_empty_folder(tmp_path):
    (tmp_path / "seeds").mkdir()
    assert problems_of(tmp_path / "seeds") == [
        (
            "seeds/companies:1:1: there is no company folder; "
            "make one with a company.yaml, e.g. companies/acme/company.yaml"
        ),
        "seeds/sources.yaml:1:1: the file is missing",
    ]


def test_missing_sources_are_one_problem_not_one_per_claim(make_seeds):
    assert problems_of(make_seeds({"sources.yaml": None})) == ["seeds/sources.yaml:1:1: the file is missing"]


def test_missing_company_file_is_one_problem_and_topics_are_still_read(make_seeds):
    folder = make_seeds({COMPANY: None, REVENUE: "revenue:\n  - {period: FY2024, says: 5m US, from: acn}\n"})
    assert problems_of(folder) == [
        "seeds/companies/minimax/company.yaml:1:1: the file is missing",
        f"seeds/{REVENUE}:2:28: revenue[0].says: unknown unit 'US' in '5m US' (did you mean 'USD'?)",
    ]


@pytest.mark.parametrize("name", ["sources.yaml", "vocabulary.yaml", "fx.yaml", COMPANY, REVENUE])
def test_a_file_cut_in_the_middle_is_the_only_problem(make_seeds, name):
    cut = GOOD_SEEDS[name].rstrip()[:-4] if name == COMPANY else GOOD_SEEDS[name].rstrip()[:-2]
    found = problems_of(make_seeds({name: cut + '\n  - "'}))
    assert len(found) == 1
    assert found[0].startswith(f"seeds/{name}:")


@pytest.mark.parametrize("name", ["Mini Max", "MiniMax", "a", "公司"])
def test_a_folder_name_that_is_no_id(make_seeds, name):
    folder = make_seeds({f"companies/{name}/company.yaml": GOOD_SEEDS[COMPANY]})
    assert problems_of(folder) == [
        f"seeds/companies/{name}:1:1: the folder '{name}' is not named by an id: use a–z, 0–9, '-' and '_'"
    ]


def test_broken_source_is_not_reported_again_by_its_claims(make_seeds):
    broken = GOOD_SEEDS["sources.yaml"].replace("kind: news}", "kind: newz}")
    assert problems_of(make_seeds({"sources.yaml": broken})) == [
        "seeds/sources.yaml:3:81: sources[1].kind: unknown word 'newz' (did you mean 'news'?)"
    ]


def test_judgement_on_a_broken_claim_is_not_a_second_problem(make_seeds):
    cash = GOOD_SEEDS[CASH].replace("says: 37 months", "says: 37 month")
    assert problems_of(make_seeds({CASH: cash})) == [
        f"seeds/{CASH}:3:31: runway[1].says: unknown unit 'month' in '37 month' (did you mean 'months'?)"
    ]


def test_judgement_may_date_a_balance_by_its_month(make_seeds):
    cash = GOOD_SEEDS[CASH].replace("    as_of: 2025-09-30", "    as_of: 2025-09")
    assert load_records(make_seeds({CASH: cash})).judgements["minimax"]


# --- huge and odd files ---------------------------------------------------------------------------------------------


def test_huge_file_is_not_read(make_seeds):
    assert problems_of(make_seeds({REVENUE: "# " + "x" * LARGEST_TOPIC})) == [
        "seeds/companies/minimax/revenue.yaml:1:1: the file has 300,002 bytes; at most 300,000 are read"
    ]
    assert problems_of(make_seeds({"sources.yaml": "# " + "x" * LARGEST_FILE})) == [
        "seeds/sources.yaml:1:1: the file has 2,000,002 bytes; at most 2,000,000 are read"
    ]


def says(quantity: str) -> dict[str, str]:
    return {REVENUE: f"revenue:\n  - {{period: FY2024, says: {quantity}, from: acn}}\n"}


def named(name: str) -> dict[str, str]:
    return {COMPANY: GOOD_SEEDS[COMPANY].replace("name: MiniMax", f"name: {name}")}


BOMB = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 31))
MISLEADING = {
    "a bomb of 30 levels": ({REVENUE: BOMB}, f"{REVENUE}:1:5: anchors"),
    "a list within itself": ({REVENUE: "revenue: &a [*a]\n"}, f"{REVENUE}:1:10: anchors"),
    "a megabyte": ({REVENUE: "revenue:\n" + "  - {period: FY2024, says: 5m USD}\n" * 29_000}, f"{REVENUE}:1:1: "),
    "5,000 levels": ({REVENUE: f"revenue: {'[' * 5_000}{']' * 5_000}\n"}, f"{REVENUE}:1:21: nested deeper"),
    "a key twice": (says("1m USD, says: 2m USD"), f"{REVENUE}:2:36: duplicate key 'says'"),
    "an octal code": (
        {COMPANY: GOOD_SEEDS[COMPANY].replace("0100.HK", "0100")}, f"{COMPANY}:3:9: ticker: '0100' is not a stock code",
    ),
    "a word that means no": (says("NO"), f"{REVENUE}:2:28: revenue[0].says: 'NO' is not a quantity"),
    "minutes": (says("12:30"), f"{REVENUE}:2:28: revenue[0].says: '12:30' is not a quantity"),
    "no number": (says("nan USD"), f"{REVENUE}:2:28: revenue[0].says: 'nan USD' is not a quantity"),
    "infinity": (says(".inf"), f"{REVENUE}:2:28: revenue[0].says: '.inf' is not a quantity"),
    "1e400": (says("1e400 USD"), f"{REVENUE}:2:28: revenue[0].says: '1e400 USD' is not a quantity"),
    "10**400": (says(f"1{'0' * 400} USD"), f"{REVENUE}:2:28: revenue[0].says: at most 80 characters"),
    "full-width digits": (says("１２m USD"), f"{REVENUE}:2:28: revenue[0].says: '１２m USD' is not a quantity"),
    "a name written backwards": (named("\u202exaMiniM"), f"{COMPANY}:2:7: the character U+202E"),
    "a name with a hidden sign": (named("Mini\u200bMax"), f"{COMPANY}:2:11: the character U+200B"),
    "a Cyrillic letter": (named("Mini\u041cax"), f"{COMPANY}:2:10: U+041C (cyrillic capital letter em) stands in"),
    "a Greek letter": (named("\u039cinimax"), f"{COMPANY}:2:7: U+039C (greek capital letter mu) stands in"),
}  # fmt: skip


@pytest.mark.parametrize("case", MISLEADING)
def test_what_could_mislead_or_stop_a_loader_is_refused_with_its_place(make_seeds, case):
    """Small messages and little memory, whatever the file says; the time is its own bound in the test below."""
    changes, message = MISLEADING[case]
    folder = make_seeds(changes)
    tracemalloc.start()
    found = problems_of(folder)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found[0].startswith(f"seeds/{message}")
    assert max(len(line.encode()) for line in found) < 2_000
    assert most < 100_000_000


def test_words_of_other_alphabets_stand_beside_latin_ones(make_seeds):
    """Only a word of two alphabets is refused; formulas and names in their own letters are not."""
    assert load_records(make_seeds(named("MiniMax Μ Москва 稀宇 β-test")))


def test_folder_with_too_many_files_is_not_read(make_seeds, monkeypatch):
    monkeypatch.setattr(loader, "MOST_FILES", 3)
    assert problems_of(make_seeds()) == ["seeds/companies:1:1: holds more than 3 files"]


@pytest.mark.parametrize(
    "content",
    [
        "[" * 600_000,
        "{a: " * 300_000,
        "revenue:\n" + "- " * 600_000,
        "revenue:\n" + "  - {period: FY2024, says: 5m USD, form: acn}\n" * 40_000,
        "".join(f"revenue{n}: 1\n" for n in range(100_000)),
        "a: &a [x]\n" + "".join(f"b{n}: [*a, *a, *a, *a]\n" for n in range(40_000)),
        "revenue:\n" + "  - {says: '\u200b'}\n" * 40_000,
        "a" * 1_900_000,
        '"' + "\\u202e" * 100_000 + '"',
    ],
    ids=["brackets", "braces", "dashes", "bad lines", "bad keys", "alias bomb", "zero widths", "one word", "escapes"],
)
def test_hostile_file_is_refused_soon_and_within_bounds(make_seeds, content):
    folder = make_seeds({REVENUE: content})
    began = time.process_time()
    found = problems_of(folder)
    assert time.process_time() - began < 10
    assert 1 <= len(found) <= MOST_PER_FILE + 1
    assert all(len(line) < 400 for line in found)


def test_a_file_with_more_problems_than_are_listed_says_so(make_seeds):
    folder = make_seeds({REVENUE: "revenue:\n" + "  - {period: FY2024, says: 5m US, from: acn}\n" * 300})
    found = problems_of(folder)
    assert len(found) == MOST_PER_FILE + 1
    assert found[-1] == (
        "seeds/companies/minimax/revenue.yaml:201:1: "
        "these are the first 200 problems of this file; there may be more"
    )  # fmt: skip


def test_a_folder_called_like_a_file(make_seeds):
    folder = make_seeds({REVENUE: None})
    (folder / REVENUE).mkdir()
    assert problems_of(folder) == ["seeds/companies/minimax/revenue.yaml:1:1: is not a file"]


def test_a_pipe_does_not_block(make_seeds):
    folder = make_seeds({REVENUE: None})
    os.mkfifo(folder / REVENUE)
    assert problems_of(folder) == ["seeds/companies/minimax/revenue.yaml:1:1: is not a file"]


def test_a_link_to_nothing(make_seeds):
    folder = make_seeds({REVENUE: None})
    (folder / REVENUE).symlink_to(folder / "gone.yaml")
    assert problems_of(folder) == [
        "seeds/companies/minimax/revenue.yaml:1:1: cannot be read: No such file or directory"
    ]


def test_a_file_that_vanishes_while_it_is_read(make_seeds, monkeypatch):
    def gone(_folder: Path) -> str:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(loader, "digest_of", gone)
    assert problems_of(make_seeds()) == [
        "seeds:1:1: changed while it was read (No such file or directory); load it again"
    ]


def test_names_in_messages_cannot_break_lines_or_reach_the_terminal(make_seeds):
    found = problems_of(make_seeds({REVENUE: '"reve\\nnue\\x1b[31m": []\n'}))
    assert len(found) == 2  # the hidden character, and that there is no such metric
    assert all("\n" not in line and "\x1b" not in line for line in found)


# --- digest and purity ----------------------------------------------------------------------------------------------


def test_digest_follows_names_and_contents(make_seeds):
    folder = make_seeds()
    before = digest_of(folder)
    assert load_records(folder).digest == before
    (folder / "companies/minimax/notes.md").write_text("not a record")
    assert digest_of(folder) == before
    (folder / REVENUE).write_text(GOOD_SEEDS[REVENUE] + "# a remark\n")
    changed = digest_of(folder)
    assert changed != before
    (folder / "companies/minimax/revenue.yaml").rename(folder / "companies/minimax/mix.yaml")
    assert digest_of(folder) not in {before, changed}


def test_seed_files_come_in_a_fixed_order(make_seeds):
    folder = make_seeds({"zh-Hant.yaml": "智谱: 智譜\n"})
    names = [path.relative_to(folder).as_posix() for path in seed_files(folder)]
    assert names[:4] == ["sources.yaml", "vocabulary.yaml", "fx.yaml", "zh-Hant.yaml"]
    assert names[4:] == sorted(names[4:])
    assert load_records(folder).traditional == {"智谱": "智譜"}


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in [folder, *folder.rglob("*")]
    }


@pytest.mark.parametrize(
    "changes", [{}, {REVENUE: "revenue: ["}, {"sources.yaml": None}], ids=["good", "cut", "missing"]
)
def test_loading_writes_nothing(make_seeds, changes):
    folder = make_seeds(changes)
    before = snapshot(folder.parent)
    try:
        load_records(folder)
    except SeedError:
        assert changes
    assert snapshot(folder.parent) == before


def test_loading_the_repositorys_seeds_writes_nothing(dataset):
    assert dataset.digest  # loaded by the fixture
    folder = Path(loader.__file__).parents[2] / "seeds"
    before = snapshot(folder)
    load_records(folder)
    assert snapshot(folder) == before
