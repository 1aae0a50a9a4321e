"""Record files with mistakes, missing ones, and what the pages show instead; an edit is seen without a restart."""

import os
from pathlib import Path
from threading import Timer

import pytest

from ipo_data.paths import SEEDS_VARIABLE
from ipo_data.text.catalog import LANGUAGES, words
from pages.shell.data import loaded
from tests.builders import GOOD_SEEDS, write_seeds
from tests.pages.conftest import UseSeeds
from tests.pages.opened import PAGE_IDS, Opened

SLIP = "revenue:\n  - {period: FY2024, sys: 30.52m USD, from: acn}\n"
HALF_WRITTEN = "revenue:\n  - {period: FY2024, says: 30.52m USD, fr"
REVENUE = "companies/minimax/revenue.yaml"


def edit(folder: Path, name: str, content: str | None) -> None:
    """Change a file the way an editor does; the clock of the file system is too coarse for two edits in one tick."""
    path = folder / name
    if content is None:
        path.unlink()
        return
    path.write_text(content, encoding="utf-8")
    status = path.stat()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGE_IDS)
def test_every_page_shows_the_list_of_problems(page: str, lang: str, use_seeds: UseSeeds) -> None:
    use_seeds({REVENUE: SLIP})
    shown = Opened(page, {"lang": lang})
    assert shown.errors == []
    assert shown.title == words(lang)("error.seeds_title")
    (problems,) = shown.app.code
    assert f"{REVENUE}:2:" in problems.value
    assert "says" in problems.value
    assert shown.charts == []


@pytest.mark.parametrize(
    "content",
    [
        HALF_WRITTEN,
        "",
        "- a list\n",
        "\x00",
        "revenue: !!python/object:os.system\n",
        "a: &a [*a]\n",
        b"revenue: \xff\xfe\n",
        "revenue:\n  - {period: FY2024, says: .nan, from: acn}\n",
        "revenue:\n  - {period: FY2024, says: '<script>alert(1)</script>', from: acn}\n",
        "revenue:\n  - {period: FY2024, says: 1m USD, from: acn, note: \u202eabc}\n",
        "[" * 5_000,
    ],
)
def test_no_mistake_in_a_file_shows_a_traceback(content: str | bytes, use_seeds: UseSeeds) -> None:
    use_seeds({REVENUE: content})
    shown = Opened("growth")
    assert shown.errors == []


def test_problems_are_shown_as_plain_text(use_seeds: UseSeeds) -> None:
    use_seeds({REVENUE: "revenue:\n  - {period: '<b>x</b> **y** :red[z]', says: 1m USD, from: acn}\n"})
    (problems,) = Opened("growth").app.code
    assert "<b>x</b> **y** :red[z]" in problems.value
    assert problems.language in ("plaintext", None)


def test_the_app_recovers_when_the_mistake_is_corrected(use_seeds: UseSeeds) -> None:
    folder = use_seeds({REVENUE: SLIP})
    shown = Opened("growth")
    assert shown.title == words("en")("error.seeds_title")
    edit(folder, REVENUE, GOOD_SEEDS[REVENUE])
    shown.again()
    assert shown.errors == []
    assert shown.title == words("en")("question.growth")
    assert shown.headings


def test_a_broken_edit_keeps_the_last_good_data_under_a_notice(use_seeds: UseSeeds) -> None:
    folder = use_seeds({})
    shown = Opened("growth")
    before = shown.headings
    edit(folder, REVENUE, HALF_WRITTEN)
    shown.again()
    assert shown.errors == []
    assert shown.warnings == [words("en")("error.stale")]
    assert any(f"{REVENUE}:" in str(code.value) for code in shown.app.code)
    assert shown.headings == before
    edit(folder, REVENUE, GOOD_SEEDS[REVENUE])
    assert shown.again().warnings == []
    assert shown.headings == before


def test_an_edit_shows_up_without_a_restart(use_seeds: UseSeeds) -> None:
    folder = use_seeds({})
    shown = Opened("growth")
    assert "54.99" not in shown.text()
    edit(folder, REVENUE, GOOD_SEEDS[REVENUE].replace("53.44m USD", "54.99m USD").replace("53.4m", "55.0m"))
    assert "54.99" in shown.again().text()


def test_a_new_company_shows_up_and_may_go_again(use_seeds: UseSeeds) -> None:
    folder = use_seeds({})
    shown = Opened("growth")
    (folder / "companies" / "late").mkdir()
    edit(folder, "companies/late/company.yaml", "id: late\nname: Late\nticker: 1.HK\nreporting_currency: USD\n")
    shown.again()
    shown.app.multiselect(key="view_firms").set_value(["late"]).run()
    assert shown.query["firms"] == "late"
    edit(folder, "companies/late/company.yaml", None)
    (folder / "companies" / "late").rmdir()
    shown.again()
    assert shown.errors == []
    assert "firms" not in shown.query
    assert shown.app.multiselect(key="view_firms").value == []


def test_a_file_nothing_reads_is_reported_and_forgotten_once_it_is_gone(use_seeds: UseSeeds) -> None:
    folder = use_seeds({})
    edit(folder, "sourcs.yaml", "sources: []\n")
    shown = Opened("growth")
    assert any("sourcs.yaml" in str(code.value) for code in shown.app.code)
    edit(folder, "sourcs.yaml", None)
    shown.again()
    assert shown.title == words("en")("question.growth")
    assert shown.warnings == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_missing_folder_is_named(lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SEEDS_VARIABLE, str(tmp_path / "nowhere"))
    shown = Opened("growth", {"lang": lang})
    assert shown.title == words(lang)("error.seeds_title")
    (problems,) = shown.app.code
    assert str(tmp_path / "nowhere") in problems.value


def test_two_missing_folders_are_not_confused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("first", "second"):
        monkeypatch.setenv(SEEDS_VARIABLE, str(tmp_path / name))
        (problems,) = Opened("growth").app.code
        assert str(tmp_path / name) in problems.value


def test_a_folder_that_appears_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "seeds"
    monkeypatch.setenv(SEEDS_VARIABLE, str(folder))
    shown = Opened("growth")
    write_seeds(folder)
    shown.again()
    assert shown.title == words("en")("question.growth")


def test_an_empty_folder_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SEEDS_VARIABLE, str(tmp_path))
    (problems,) = Opened("growth").app.code
    assert "sources.yaml" in problems.value
    assert "there is no company folder" in problems.value


def test_a_file_instead_of_a_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "seeds"
    path.write_text("x", encoding="utf-8")
    monkeypatch.setenv(SEEDS_VARIABLE, str(path))
    (problems,) = Opened("growth").app.code
    assert "is not a folder" in problems.value


def test_seeds_elsewhere_are_shown(use_seeds: UseSeeds) -> None:
    use_seeds(
        {"companies/zhipu/company.yaml": GOOD_SEEDS["companies/zhipu/company.yaml"].replace("Zhipu", "Elsewhere")}
    )
    text = Opened("overview").text()
    assert "Elsewhere" in text
    assert "Zhipu" not in text


def test_nothing_is_written_into_a_seeds_folder(use_seeds: UseSeeds) -> None:
    folder = use_seeds({REVENUE: SLIP})
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    for page in PAGE_IDS:
        Opened(page)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def printed() -> set[str]:
    """Return every figure of the data as the pages have it now."""
    found = loaded()
    assert found.problems == ()
    assert found.dataset is not None
    return {claim.says for claim in found.dataset.claims}


def test_an_edit_of_equal_size_with_the_old_time_shows_up(use_seeds: UseSeeds) -> None:
    """As ``cp -p`` and ``rsync -t`` leave it: name, size and time of change are those of the file before."""
    path = use_seeds({}) / REVENUE
    assert "30.52m USD" in printed()
    before = path.stat()
    draft = path.with_suffix(".draft")
    draft.write_text(GOOD_SEEDS[REVENUE].replace("30.52m", "31.52m"), "utf-8")
    os.utime(draft, ns=(before.st_atime_ns, before.st_mtime_ns))
    draft.replace(path)
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert "31.52m USD" in printed()


def test_half_of_a_file_is_never_shown(use_seeds: UseSeeds) -> None:
    """A file written in place in two steps is sound in between, with fewer figures; the page waits for the rest."""
    path = use_seeds({}) / REVENUE
    whole = printed()
    lines = GOOD_SEEDS[REVENUE].splitlines(keepends=True)
    path.write_text("".join(lines[:2]), "utf-8")
    timer = Timer(
        0.1, path.write_text, ("".join([*lines, "  - {period: FY2023, says: 3.46m USD, from: acn}\n"]), "utf-8")
    )
    timer.start()
    assert printed() == whole | {"3.46m USD"}
    timer.join()
