import json
import zipfile
from pathlib import Path

import pytest

from ipo_data.cli import main

SPEC = "title: A short memo\nlanguage: en\nexhibits:\n  - {page: growth, exhibit: growth-rates}\n"


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "spec.yaml"
    path.write_text(SPEC, "utf-8")
    return path


def run(*words: object) -> int:
    return main([str(word) for word in words])


def test_memo_writes_every_format(spec, tmp_path, capsys):
    out = tmp_path / "out"

    assert run("memo", spec, "--out", out, "--without-pictures", "--address", "http://app.example") == 0

    assert sorted(path.name for path in out.iterdir()) == [
        f"A-short-memo.{ending}" for ending in ("docx", "md", "pptx", "xlsx", "zip")
    ]
    assert capsys.readouterr().out.count(" bytes\n") == 5
    with zipfile.ZipFile(out / "A-short-memo.zip") as opened:
        link = json.loads(opened.read("manifest.json"))["exhibits"][0]["link"]
    assert link.startswith("http://app.example/growth?lang=en&")


def test_memo_overwrites_nothing_unless_forced(spec, tmp_path, capsys):
    words = ("memo", spec, "--out", tmp_path / "out", "--without-pictures", "--format", "md")

    assert run(*words) == 0
    assert run(*words) == 2
    assert "A-short-memo.md exists already; --force replaces it" in capsys.readouterr().err
    assert run(*words, "--force") == 0


def test_memo_lists_what_is_wrong_with_the_specification(spec, tmp_path, capsys):
    spec.write_text(SPEC.replace("growth-rates", "growth-rate"), "utf-8")

    assert run("memo", spec, "--out", tmp_path / "out") == 1

    assert "spec.yaml:4:29: unknown exhibit of page growth 'growth-rate'" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--format", "pdf"), "unknown format 'pdf'"),
        (("--address", "javascript:x"), "an address begins with https://"),
        (("--out", ""), "the name of the folder is empty"),
    ],
)
def test_memo_refuses_wrong_options(spec, tmp_path, capsys, words, message):
    with pytest.raises(SystemExit):
        run("memo", spec, "--out", tmp_path, *words)

    assert message in capsys.readouterr().err


def test_memo_says_that_a_file_is_missing(tmp_path, capsys):
    assert run("memo", tmp_path / "none.yaml", "--out", tmp_path / "out") == 1

    assert "none.yaml:1:1: cannot be read" in capsys.readouterr().err


def test_trace_leads_from_a_file_to_its_view(spec, tmp_path, capsys):
    run("memo", spec, "--out", tmp_path / "out", "--without-pictures", "--format", "docx")
    capsys.readouterr()

    assert run("trace", tmp_path / "out" / "A-short-memo.docx", "--format", "jsonl", "--address", "http://app") == 0

    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (row["since"], row["what"], row["code"]) == ("unchanged", "growth/growth-rates", row["now"])
    assert row["link"].startswith("http://app/growth?lang=en&")


def test_trace_says_what_holds_no_code(spec, capsys):
    assert run("trace", spec) == 1
    assert "spec.yaml holds no figure code" in capsys.readouterr().err
    assert run("trace", "nothing") == 2
    assert "'nothing' is neither a file nor a figure code such as F62VSXSKH5" in capsys.readouterr().err
