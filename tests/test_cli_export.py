"""The commands ``export`` and ``shoot``: which files they write, and what they refuse before anything is drawn."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from ipo_data.cli import main
from ipo_data.cli_export import THEMES
from ipo_data.dataset import Dataset
from ipo_data.errors import NoBrowserError
from ipo_data.exhibits import model
from ipo_data.export import metadata, sheet
from ipo_data.export.browser import VARIABLE, find_browser
from ipo_data.paths import ROOT

NUMBERS = ("export", "--page", "growth", "--exhibit", "one-footing", "--format", "csv,txt,tsv")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_numbers_and_text_need_no_browser(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "/nonexistent")
    status = main([*NUMBERS, "--lang", "en", "--lang", "zh-Hans", "--out", str(tmp_path / "new" / "out")])
    assert status == 0
    stems = [f"growth-one-footing-{language}" for language in ("en", "zh-Hans")]
    written = sorted(f"{stem}.{ending}" for stem in stems for ending in ("csv", "tsv", "txt"))
    assert names(tmp_path / "new" / "out") == written
    assert len(capsys.readouterr().out.splitlines()) == 6
    text = (tmp_path / "new" / "out" / "growth-one-footing-zh-Hans.txt").read_text(encoding="utf-8")
    assert "growth?lang=zh-Hans&" in text


def test_a_query_chooses_the_view(tmp_path: Path) -> None:
    assert main([*NUMBERS, "--query", "?ccy=CNY&evidence=filings", "--out", str(tmp_path)]) == 0
    link = (tmp_path / "growth-one-footing-en.txt").read_text("utf-8").rpartition("growth?")[2]
    assert {"ccy=CNY", "evidence=filings"} <= set(link.split("&"))


def test_nothing_is_replaced_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "growth-one-footing-en.txt").write_text("mine")
    assert main([*NUMBERS, "--out", str(tmp_path)]) == 2
    assert "growth-one-footing-en.txt exists already; nothing was written. Use --force" in capsys.readouterr().err
    assert names(tmp_path) == ["growth-one-footing-en.txt"]
    assert main([*NUMBERS, "--out", str(tmp_path), "--force"]) == 0
    assert (tmp_path / "growth-one-footing-en.txt").read_text("utf-8") != "mine"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--page", "grwoth"], "did you mean 'growth'"),
        (["--page", "growth", "--exhibit", "one-foot"], "did you mean 'one-footing'"),
        (["--page", "growth", "--query", "ccy=USB"], "did you mean USD?"),
        (["--page", "growth", "--format", "gif"], "unknown format 'gif'"),
        (["--page", "growth", "--lang", "zh"], "unknown language 'zh'"),
        (["--page", "growth", "--preset", "slides"], "did you mean 'slide'"),
    ],
)
def test_wrong_words_are_named_before_anything_is_written(
    arguments: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    formats = [] if "--format" in arguments else ["--format", "csv"]
    try:
        status = main(["export", *arguments, *formats, "--out", str(tmp_path)])
    except SystemExit as stopped:  # the parser's own refusals
        status = int(str(stopped.code))
    assert status == 2
    assert message in capsys.readouterr().err
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    "arguments", [["export", "--page", "growth"], ["shoot", "growth"], ["shoot", "all", "--url", "http://127.0.0.1:1"]]
)
def test_without_a_browser_it_says_so_at_once(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "/nonexistent")
    assert main([*arguments, "--out", str(tmp_path / "out")]) == 2
    assert "BROWSER_PATH is set to '/nonexistent', which is not a program" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


HOSTILE_NAMES = (
    "../../etc/passwd", "..", "/etc/passwd", "growth/../../x", "growth\\..\\x", "con", "~root", "$(touch x)", "a\nb",
    "\u202eshtworg", "x" * 5_000,
)  # fmt: skip
"""A null character cannot stand in an argument."""


@pytest.mark.parametrize("option", ["--page", "--exhibit", "--query"])
def test_hostile_names_are_refused_and_write_nothing_anywhere(
    option: str, dataset: Dataset, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Dataset, "load", lambda folder=None: dataset)
    for name in HOSTILE_NAMES:
        chosen = {"--page": "growth", "--exhibit": "one-footing", "--format": "csv", option: name}
        arguments = [word for pair in chosen.items() for word in pair]
        assert main(["export", *arguments, "--out", str(tmp_path / "out")]) == 2, name
        said = capsys.readouterr().err
        assert "ipo-data: " in said
        assert len(said) < 2_000, name
        assert said.count("\n") == 1, name
        assert "\u202e" not in said
    assert list(tmp_path.rglob("*")) == []


def test_a_folder_of_a_hostile_name_is_the_one_asked_for(
    dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader's own word is all that chooses the folder; what is written bears plain names in it."""
    monkeypatch.setattr(Dataset, "load", lambda folder=None: dataset)
    for number, name in enumerate(HOSTILE_NAMES):
        out = tmp_path / f"{number}" / "a" / "b" / name[:100].lstrip("/")
        assert main([*NUMBERS[:-1], "csv", "--lang", "en", "--out", str(out)]) == 0
        (written,) = [path for path in (tmp_path / f"{number}").rglob("*") if path.is_file()]
        assert (written.parent, written.name) == (out.resolve(), "growth-one-footing-en.csv")


FULL = """
import resource, signal, sys
from ipo_data.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
sys.exit(main(sys.argv[1:]))
"""


def test_where_a_file_does_not_fit_the_old_one_stays(tmp_path: Path) -> None:
    """A limit on the size of files stops a write in its midst, as a full disk does."""
    old = tmp_path / "growth-one-footing-en.html"
    old.write_bytes(b"old")
    arguments = ["export", "--page", "growth", "--exhibit", "one-footing", "--format", "html", "--force"]
    done = subprocess.run(
        [sys.executable, "-c", FULL, *arguments, "--out", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "growth-one-footing-en.html" in done.stderr
    assert "File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [(old.name, b"old")]


def test_a_table_too_long_for_a_picture_is_left_out_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet, "LONGEST_TABLE", 5)
    arguments = ["export", "--page", "overview", "--format", "html", "--out", str(tmp_path)]
    assert main(arguments) == 0
    assert "key-figures: a table too long for a picture; left out, export it as csv" in capsys.readouterr().err
    assert "overview-segments-en.html" in names(tmp_path)
    assert "overview-key-figures-en.html" not in names(tmp_path)
    assert main([*arguments, "--exhibit", "key-figures"]) == 2
    assert "'key-figures' has 16 rows, too many for a picture (at most 5); export it as csv" in capsys.readouterr().err


def test_themes_are_those_of_a_view() -> None:
    assert model.THEMES == THEMES


@pytest.fixture
def _browser() -> None:
    try:
        find_browser()
    except NoBrowserError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.usefixtures("_browser")
def test_a_page_is_taken_from_an_app_started_for_it(tmp_path: Path) -> None:
    out = str(tmp_path)
    assert (
        main(["shoot", "growth", "--lang", "zh-Hans", "--query", "ccy=USD", "--format", "png,pdf", "--out", out]) == 0
    )
    assert names(tmp_path) == ["growth-zh-Hans.pdf", "growth-zh-Hans.png"]
    content = (tmp_path / "growth-zh-Hans.png").read_bytes()
    assert metadata.png_texts(content)[metadata.LINK] == "growth?lang=zh-Hans&ccy=USD"
    image = Image.open(io.BytesIO(content))
    assert image.width == 2400
    assert image.height > 4000  # the whole page, not the first window
    pdf = (tmp_path / "growth-zh-Hans.pdf").read_bytes()
    assert pdf.count(b"/Type /Page\n") >= 2
    assert b"/MediaBox [0 0 595" in pdf
    assert b"D:20" not in pdf
